//! People, texts and calls to show.

use super::fake::TODAY;
use deskphone::clock::{Instant, WallTime};
use deskphone::number::PhoneNumber;
use deskphone::phone::*;
use std::sync::Arc;
use std::time::Duration;

pub const ADA: &str = "+442079460018";

pub fn ago(seconds: i64) -> WallTime {
    WallTime { unix_millis: TODAY.unix_millis - seconds * 1000, ..TODAY }
}

pub fn ready() -> Vec<Event> {
    vec![
        Event::Link(LinkState::Ready(LinkAddress::Demo)),
        Event::Network(NetworkState {
            registration: Registration::Home,
            operator: "TestNet".to_owned(),
            access_technology: Some(AccessTechnology::Lte),
            signal: Some(SignalQuality { rssi: 21 }),
            sim: SimState::Ready,
            battery_percent: None,
            message_storage: Some((3, 25)),
            ..NetworkState::default()
        }),
        Event::Identity(ModemIdentity {
            manufacturer: "Deskphone".to_owned(),
            model: "Demo".to_owned(),
            revision: "1.0".to_owned(),
            imei: "490154203237518".to_owned(),
            imsi: "001010123456789".to_owned(),
            own_numbers: vec!["+15550199".to_owned()],
            profile: "generic".to_owned(),
            abilities: Abilities::default(),
        }),
    ]
}

pub fn port(name: &str, title: &str, probe: Option<ProbeResult>) -> PortDescription {
    PortDescription {
        address: name.parse().expect("address"),
        title: title.to_owned(),
        detail: format!("{} · 2c7c:0125", name.trim_start_matches("/dev/")),
        usb: Some(UsbIdentity { vid: 0x2c7c, pid: 0x0125, serial: None, interface: Some(2) }),
        likely_modem: probe.is_none(),
        probe,
    }
}

pub fn ports() -> Event {
    let demo = PortDescription {
        address: LinkAddress::Demo,
        title: "Demo modem (simulated)".to_owned(),
        detail: "Built in: calls and texts without hardware".to_owned(),
        usb: None,
        likely_modem: false,
        probe: None,
    };
    let modem = ProbeResult::Modem("Quectel EC25".to_owned());
    let busy = ProbeResult::Unavailable("In use by ModemManager".to_owned());
    Event::Ports(Arc::new([
        port("/dev/ttyUSB2", "Quectel EC25", Some(modem)),
        port("/dev/ttyUSB3", "Quectel EC25", Some(ProbeResult::Silent)),
        port("/dev/ttyACM0", "Huawei E3372", Some(busy)),
        port("/dev/ttyUSB7", "SIMCom SIM7600", None),
        demo,
    ]))
}

pub fn contacts() -> Event {
    let people = [
        ("Ada Lovelace", ADA, true),
        ("Alan Turing", "+441632960123", true),
        ("Barbara Liskov", "+16175550142", false),
        ("Demo: answers", "+15550100", false),
        ("Demo: busy", "+15550101", false),
        ("Edsger Dijkstra", "+31205551234", false),
        ("Grace Hopper", "+12025550166", false),
        ("Katherine Johnson", "+17575550101", false),
        ("Kurt Gödel", "+4318890000", false),
        ("سارا احمدی", "+989121234567", false),
        ("דוד כהן", "+972501234567", false),
    ];
    let all: Vec<Contact> = people
        .iter()
        .enumerate()
        .map(|(index, (name, number, favorite))| {
            let mut contact = Contact::new(name).with_number(number, "Mobile");
            contact.id = ContactId(index as i64 + 1);
            contact.favorite = *favorite;
            contact
        })
        .collect();
    Event::Contacts(all.into())
}

pub fn text(id: i64, number: &str, text: &str, seconds: i64, delivery: Delivery) -> TextMessage {
    let incoming = matches!(delivery, Delivery::Received(_));
    TextMessage {
        id: MessageId(id),
        thread: ThreadId(1),
        direction: if incoming { Direction::MobileTerminated } else { Direction::MobileOriginated },
        number: PhoneNumber::new(number),
        text: text.to_owned(),
        kind: MessageKind::Text,
        undecodable_pdu: None,
        time: ago(seconds),
        sent_at: None,
        delivery,
        segments: 1,
        delivered_segments: 0,
        options: SendOptions { status_report: true, ..SendOptions::default() },
        batch: None,
        read: true,
    }
}

pub fn received() -> Delivery {
    Delivery::Received(SegmentCount { done: 1, total: 1 })
}

pub fn why(cause: &str, advice: &str) -> Diagnosis {
    Diagnosis {
        cause: cause.to_owned(),
        advice: advice.to_owned(),
        evidence: vec!["NO CARRIER".to_owned(), "+CEER: 5,17".to_owned()],
    }
}

pub fn threads() -> Event {
    let rows: [(&str, &str, bool, &str, i64, u32, &str); 7] = [
        (ADA, "See you at the station then", false, "received", 240, 0, ""),
        ("BANK", "Your code is 482913. Never share it.", false, "received", 3_600, 2, ""),
        ("+989121234567", "سلام، کد شما ۱۲۳۴۵ است", false, "received", 7_300, 1, ""),
        ("+31205551234", "Testing shows the presence of bugs", true, "delivered", 90_000, 0, ""),
        ("+12025550166", "It is easier to ask forgiveness", true, "failed", 180_000, 0, ""),
        ("+15550199", "", true, "sent", 400_000, 0, "Half a thought that"),
        ("+972501234567", "שלום, נתראה ב-18:30 (בתחנה).", false, "received", 900_000, 0, ""),
    ];
    let all: Vec<Thread> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| Thread {
            flags: ThreadFlags::default(),
            id: ThreadId(index as i64 + 1),
            number: PhoneNumber::new(row.0),
            preview: row.1.to_owned(),
            last_direction: Some(if row.2 {
                Direction::MobileOriginated
            } else {
                Direction::MobileTerminated
            }),
            last_delivery: row.3.to_owned(),
            time: ago(row.4),
            unread: row.5,
            draft: row.6.to_owned(),
        })
        .collect();
    Event::Threads(all.into())
}

pub fn conversation() -> Vec<TimelineItem> {
    let day = 86_400;
    let sending = Delivery::Sending(SegmentCount { done: 1, total: 3 });
    let unknown = why("The modem was unplugged while sending", "Ask Ada before sending it again");
    let failed = why("The network refused the text", "Check the text centre’s number");
    vec![
        TimelineItem::Text(text(1, ADA, "Are you at the office tomorrow?", 2 * day, received())),
        TimelineItem::Text(text(
            2,
            ADA,
            "Yes, from nine. Bring the drawings of the engine, all of them please; the printers \
             want to begin on Monday and Charles has lost his copies again",
            2 * day - 100,
            Delivery::Delivered,
        )),
        TimelineItem::Text(text(3, ADA, "🎉 👩‍💻", 2 * day - 60, Delivery::Delivered)),
        TimelineItem::Call(record(11, ADA, Outcome::Answered, day + 3_000, Some(754))),
        TimelineItem::Text(text(
            4,
            ADA,
            "سلام! کد شما ۱۲۳۴۵ است (OTP). تماس: +98 912 123 4567",
            9_000,
            received(),
        )),
        TimelineItem::Text(text(5, ADA, "مرحبا بك في الهاتف. شكراً", 8_950, received())),
        TimelineItem::Call(record(12, ADA, Outcome::Missed, 5_000, None)),
        TimelineItem::Text(text(6, ADA, "Running late, sorry", 1_200, Delivery::Failed(failed))),
        TimelineItem::Text(text(7, ADA, "Did this arrive?", 900, Delivery::Unknown(unknown))),
        TimelineItem::Text(text(8, ADA, "A long one in three parts", 600, sending)),
        TimelineItem::Text(text(9, ADA, "I am on the 18:12 train", 300, received())),
        TimelineItem::Text(text(10, ADA, "See you at the station then", 240, received())),
    ]
}

pub fn record(
    id: i64,
    number: &str,
    outcome: Outcome,
    seconds: i64,
    talked: Option<u64>,
) -> CallRecord {
    let direction = match outcome {
        Outcome::Missed | Outcome::Rejected => Direction::MobileTerminated,
        _ => Direction::MobileOriginated,
    };
    let failed = outcome == Outcome::Failed;
    CallRecord {
        id: CallRecordId(id),
        direction,
        remote: RemoteParty::Known(PhoneNumber::new(number)),
        started: ago(seconds),
        talk_time: talked.map(Duration::from_secs),
        outcome,
        cause: if failed { "The number is busy" } else { "" }.to_owned(),
        advice: if failed { "Try again in a few minutes" } else { "" }.to_owned(),
        seen: outcome != Outcome::Missed,
    }
}

pub fn history() -> Vec<CallRecord> {
    vec![
        record(20, ADA, Outcome::Missed, 600, None),
        record(19, "+15550101", Outcome::Failed, 4_000, None),
        record(18, "+15550100", Outcome::Answered, 9_000, Some(62)),
        record(17, "+989121234567", Outcome::Answered, 90_000, Some(3_725)),
        record(16, "+12025550166", Outcome::Cancelled, 180_000, None),
        record(15, "+4930123456", Outcome::Rejected, 270_000, None),
    ]
}

pub fn call(id: u32, number: &str, state: CallState) -> Call {
    let incoming = matches!(state, CallState::Incoming | CallState::Waiting);
    let answered = matches!(state, CallState::Active | CallState::Held);
    Call {
        id: CallId(id),
        direction: if incoming { Direction::MobileTerminated } else { Direction::MobileOriginated },
        state,
        remote: RemoteParty::Known(PhoneNumber::new(number)),
        multiparty: false,
        held_by_other: false,
        keys: Default::default(),
        started_at: Instant::from_secs(80),
        state_since: Instant::from_secs(88),
        answered_at: answered.then_some(Instant::from_secs(88)),
        diagnosis: None,
    }
}
