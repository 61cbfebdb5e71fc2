//! What must hold whatever octets come from outside. The fuzz targets call these, and `cargo test`
//! replays the corpus through them.

use deskphone::at::framer::{MAX_LINE, MAX_PENDING};
use deskphone::at::{Frame, Framer, Hint};
use deskphone::clock::Instant;
use deskphone::modem::{Afterwards, Modem, ModemCommand, ModemEvent, Options, Submission};
use deskphone::number::{DialString, DtmfTones};
use deskphone::phone::{CallId, Contact, Dial, MessageId, RequestId, UssdCommand};
use deskphone::sms::{self, Encoding, Pdu, SubmitOptions, Tpdu, Way};
use deskphone::{merge as lists, vcard as cards};
use std::collections::BTreeMap;
use std::time::Duration;

/// A PDU in words is longer than its octets by no more than this factor and sum.
const MOST_FIELDS: usize = 1000;

/// Any octets as PDU, both ways: no panic, re-encoded bit for bit, explained within bounds.
pub fn codec(octets: &[u8]) {
    let readings = [
        Pdu::decode(octets),
        Pdu::decode_from(Way::ToPhone, octets),
        Pdu::decode_from(Way::FromPhone, octets),
        Pdu::decode_bare(octets),
        Pdu::decode_with_length(octets, octets.len().saturating_sub(8)),
    ];
    for pdu in readings.into_iter().flatten() {
        assert_eq!(pdu.encode().pdu, octets, "re-encoding {pdu:?}");
        if let Some(data) = pdu.tpdu.user_data() {
            // 23.040 §9.2.3.16: 160 septets, each at most one character; ESC pairs are fewer.
            assert!(data.text().chars().count() <= 2 * 160, "{pdu:?}");
        }
    }
    for way in [Way::ToPhone, Way::FromPhone] {
        if let Ok(tpdu) = Tpdu::decode_from(way, octets) {
            assert!(octets.starts_with(&tpdu.encode()), "re-encoding {tpdu:?}");
        }
        if let Ok(fields) = sms::explain::explain(octets, way) {
            assert!(fields.len() <= MOST_FIELDS);
            for field in fields {
                assert!(field.octets.end <= octets.len(), "{field:?} of {}", octets.len());
            }
        }
    }
    // Explained or refused, both are fine; what is decoded has a kind.
    let _ = sms::explain::explain_stored(octets);
    let _ = sms::decode_incoming(octets);
    if let Ok(hex) = std::str::from_utf8(octets) {
        let _ = Pdu::from_hex(hex);
    }
}

/// Any text to send: what arrives is the same, and the composer counted right. The first octet
/// chooses the options.
pub fn segment(octets: &[u8]) {
    let Some((choice, rest)) = octets.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let encoding = Encoding { national_tables: choice & 1 != 0, wide_reference: choice & 2 != 0 };
    let options = SubmitOptions {
        encoding,
        flash: choice & 4 != 0,
        concat_reference: 7,
        ..Default::default()
    };
    let counted = sms::count_segments(&text, encoding);
    let encoded = sms::encode_submit("+15550107", &text, &options);
    for range in sms::forcing_clusters(&text, encoding) {
        assert!(text.get(range).is_some(), "a range outside of {text:?}");
    }
    if let Some(plain) = sms::plain_text(&text, encoding) {
        assert!(plain.segments <= counted.segments, "{plain:?} of {counted:?}");
    }
    let Ok(segments) = encoded else {
        assert!(text.is_empty() || counted.segments > 255, "{text:?} is refused");
        return;
    };
    assert_eq!(segments.len(), counted.segments, "{text:?}");
    assert_eq!(joined(&segments), text, "{text:?}");
}

/// What a phone makes of the segments.
fn joined(segments: &[sms::EncodedSegment]) -> String {
    let (mut text, mut units) = (String::new(), Vec::new());
    for (number, segment) in segments.iter().enumerate() {
        let pdu = Pdu::decode(&segment.pdu).expect("our own PDU");
        assert!(segment.tpdu_octets <= 164 && segment.tpdu_octets < segment.pdu.len());
        let place = pdu.tpdu.concat().map(|place| (usize::from(place.part), place.parts.into()));
        let expected = (segments.len() > 1).then_some((number + 1, segments.len()));
        assert_eq!(place, expected);
        let data = pdu.tpdu.user_data().expect("a text");
        match data.dcs().coding() {
            sms::Coding::Ucs2 => {
                let pairs = data.payload().chunks_exact(2);
                units.extend(pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]])));
            }
            _ => text += &data.text(),
        }
    }
    assert!(text.is_empty() || units.is_empty(), "two alphabets in one text");
    text + &String::from_utf16_lossy(&units)
}

/// Any octets from a modem: the same frames however they are cut, none longer than the limit.
pub fn framer(octets: &[u8]) {
    let octets = &octets[..octets.len().min(MAX_PENDING / 2)];
    let Some((cut, rest)) = octets.split_first() else { return };
    for expect_prompt in [false, true] {
        let hint = Hint { expect_prompt };
        let whole = frames(rest, rest.len().max(1), hint);
        assert_eq!(whole, frames(rest, 1, hint));
        assert_eq!(whole, frames(rest, usize::from(*cut).max(1), hint));
        assert!(whole.len() <= rest.len());
        for frame in whole {
            if let Frame::Line(line) = frame {
                // A joined text has several lines; each octet is at most one character.
                let most = line.lines().map(|line| line.chars().count()).max();
                assert!(most.is_some_and(|most| most <= MAX_LINE));
            }
        }
    }
}

fn frames(octets: &[u8], cut: usize, hint: Hint) -> Vec<Frame> {
    let (mut framer, mut found) = (Framer::new(), Vec::new());
    for piece in octets.chunks(cut) {
        framer.push(piece);
        while let Some(frame) = framer.next(hint) {
            found.push(frame);
        }
    }
    found.extend(framer.flush_partial());
    found
}

/// Any conversation with a modem: no panic, bounded output, one outcome for each command. Octets
/// from 0xF0 are what the user and the clock do, the others come from the modem.
pub fn modem(octets: &[u8]) {
    let mut world = World::new();
    let mut rest = octets;
    while let Some((first, after)) = rest.split_first() {
        if *first >= 0xF0 {
            world.act(first & 15);
            rest = after;
            continue;
        }
        let count = rest.iter().position(|octet| *octet >= 0xF0).unwrap_or(rest.len());
        let (bytes, after) = rest.split_at(count);
        world.modem.handle_bytes(bytes, world.now);
        world.drain(bytes.len());
        rest = after;
    }
    world.modem.handle_link_down(world.now);
    world.drain(0);
    for (request, outcomes) in &world.outcomes {
        assert_eq!(*outcomes, 1, "outcomes of {request:?}");
    }
}

struct World {
    modem: Modem,
    now: Instant,
    outcomes: BTreeMap<RequestId, u32>,
}

impl World {
    fn new() -> World {
        let options = Options { profile: String::new(), delete_received: true };
        let mut modem = Modem::new(options);
        modem.handle_link_up(Instant::ZERO);
        let mut world = World { modem, now: Instant::ZERO, outcomes: BTreeMap::new() };
        world.drain(0);
        world
    }

    fn act(&mut self, what: u8) {
        let command = match what {
            0 => ModemCommand::Dial(Dial::to(DialString::parse("+15550107").expect("a number"))),
            1 => ModemCommand::Answer,
            2 => ModemCommand::Reject,
            3 => ModemCommand::Release(CallId(1)),
            4 => ModemCommand::SwapHeldAndActive,
            5 => ModemCommand::SendDtmf(DtmfTones::parse("12#").expect("tones")),
            6 => self.submission(),
            7 => ModemCommand::Ussd(UssdCommand::Send("*100#".to_owned())),
            8 => ModemCommand::Console("AT+CSQ".to_owned()),
            9 => ModemCommand::Refresh,
            10 => return self.pass(Duration::from_millis(50)),
            11 => return self.pass(Duration::from_secs(6)),
            12 => return self.pass(Duration::from_secs(200)),
            13 => {
                self.modem.handle_link_down(self.now);
                self.modem.handle_link_up(self.now);
                return self.drain(0);
            }
            _ => {
                // The next deadline.
                let due = self.modem.poll_timeout().unwrap_or(self.now);
                return self.pass(due.since(self.now));
            }
        };
        let request = RequestId(self.outcomes.len() as u64 + 1);
        self.outcomes.insert(request, 0);
        self.modem.handle_command(request, command, self.now);
        self.drain(0);
    }

    fn submission(&self) -> ModemCommand {
        let options = SubmitOptions::default();
        let mut segments = sms::encode_submit("+15550107", "Hello", &options).expect("a text");
        let segment = segments.remove(0);
        ModemCommand::Submit(Submission {
            message: MessageId(self.outcomes.len() as i64 + 1),
            segment: 1,
            pdu: segment.pdu,
            tpdu_octets: segment.tpdu_octets,
            more_follow: false,
        })
    }

    fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        self.modem.handle_timeout(self.now);
        self.drain(0);
    }

    /// Takes all that the driver has to say after it was told so many octets.
    fn drain(&mut self, told: usize) {
        // A link that ends is the end of every command that waits.
        let most = 200 + 20 * told + 4 * self.outcomes.len();
        let mut said = 0;
        loop {
            let mut more = false;
            while let Some(transmit) = self.modem.poll_transmit() {
                (more, said) = (true, said + 1);
                assert!(transmit.bytes.len() < 2000);
            }
            while let Some(event) = self.modem.poll_event() {
                (more, said) = (true, said + 1);
                self.hear(event);
            }
            assert!(said <= most, "{said} words to {told} octets");
            if !more {
                return;
            }
        }
    }

    fn hear(&mut self, event: ModemEvent) {
        match event {
            ModemEvent::Done { request } | ModemEvent::Failed { request, .. } => {
                // Requests of the driver's own are not ours.
                if let Some(outcomes) = self.outcomes.get_mut(&request) {
                    *outcomes += 1;
                }
            }
            ModemEvent::Received { receipt, .. }
            | ModemEvent::ReceivedPlain { receipt, .. }
            | ModemEvent::ReceivedReport { receipt, .. } => {
                self.modem.handle_stored(receipt, Afterwards::Free, self.now);
            }
            _ => {}
        }
    }
}

/// Any file as contacts: no panic; what is read can be written and read again, with no card or name
/// lost.
pub fn vcard(octets: &[u8]) {
    let (contacts, problems) = cards::read(octets);
    assert!(contacts.len() <= cards::CARD_LIMIT && problems.len() <= octets.len() + 1);
    let written = cards::write(&contacts);
    let (again, _) = cards::read(written.as_bytes());
    let names = |contacts: &[Contact]| -> Vec<String> {
        contacts.iter().map(|contact| contact.name.clone()).collect()
    };
    assert_eq!(names(&again), names(&contacts), "{written}");
}

/// Any file as a list of texts: no panic, no more texts than rows, each for a line with a number.
pub fn merge(octets: &[u8]) {
    let Ok(table) = lists::read("list.csv", octets) else { return };
    assert!(table.rows.len() <= lists::MOST_ROWS && table.columns.len() <= lists::MOST_COLUMNS);
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    let template = format!("Hello {{{}}}", table.columns.first().map_or("", String::as_str));
    let column = lists::number_column(&table).unwrap_or(0);
    let merged = lists::merge(&template, &table, column);
    assert!(merged.texts.len() <= table.rows.len());
    for problem in &merged.problems {
        assert!(problem.row < table.rows.len().max(1), "{problem:?}");
    }
    for row in 0..table.rows.len().min(10) {
        let _ = lists::fill(&template, &table, row);
    }
}
