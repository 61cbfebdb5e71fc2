//! What is due by the clock on the wall, whatever is done to that clock; and what other programs do
//! to the same file.

use super::*;
use deskphone::engine::Engine;
use deskphone::phone::{TemplateId, ThreadFlags};
use deskphone::store::OutgoingText;

const ADA: &str = "+15550100";

fn at(rig: &Rig, after: Duration, words: &str) -> Command {
    Command::Message(MessageCommand::Submit(NewMessage {
        to: vec![DialString::parse(ADA).unwrap()],
        text: words.to_owned(),
        options: SendOptions { at: Some(rig.wall().plus(after)), ..SendOptions::default() },
    }))
}

fn accepted(rig: &Rig) -> usize {
    rig.modem.network().texts_accepted().len()
}

fn delivery(rig: &Rig) -> Delivery {
    messages(rig, Direction::MobileOriginated).last().expect("a text").delivery.clone()
}

fn hours(hours: u64) -> Duration {
    Duration::from_secs(3600 * hours)
}

#[test]
fn a_scheduled_text_goes_out_at_its_time_and_not_before() {
    let mut rig = Rig::connected();
    let later = at(&rig, hours(3), "Good morning");
    rig.done(later).unwrap();
    assert!(matches!(delivery(&rig), Delivery::Scheduled(_)));
    rig.run_for(hours(3) - Duration::from_secs(10));
    assert_eq!(accepted(&rig), 0);
    rig.run_for(Duration::from_secs(20));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Sent));
}

#[test]
fn a_clock_that_is_set_forward_is_noticed_within_half_a_minute() {
    let mut rig = Rig::connected();
    let later = at(&rig, hours(20), "Tomorrow");
    rig.done(later).unwrap();
    rig.run_for(Duration::from_secs(60));
    rig.shift_wall_clock(hours(24));
    rig.run_for(Duration::from_secs(40));
    assert_eq!((accepted(&rig), delivery(&rig)), (1, Delivery::Sent));
}

#[test]
fn a_scheduled_text_can_be_sent_at_once_or_taken_back() {
    let mut rig = Rig::connected();
    let later = at(&rig, hours(1), "Now");
    rig.done(later).unwrap();
    let id = *rig.messages.keys().last().unwrap();
    rig.done(Command::Message(MessageCommand::SendNow(id))).unwrap();
    rig.run_for(Duration::from_secs(10));
    assert_eq!(accepted(&rig), 1);
    let later = at(&rig, hours(1), "Never");
    rig.done(later).unwrap();
    let id = *rig.messages.keys().last().unwrap();
    rig.done(Command::Message(MessageCommand::Cancel(id))).unwrap();
    rig.run_for(hours(2));
    assert_eq!(accepted(&rig), 1);
    assert!(matches!(delivery(&rig), Delivery::Failed(_)));
}

#[test]
fn a_scheduled_text_survives_a_restart_and_waits_for_a_modem() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    let later = at(&rig, hours(1), "Kept");
    rig.done(later).unwrap();
    let told = |rig: &Rig| {
        let notice = |event: &&Event| matches!(event, Event::Notice(_));
        rig.events.iter().filter(notice).count()
    };
    assert_eq!(told(&rig), 0, "there is time to connect a modem");
    rig.crash(folder.path());
    rig.run_for(hours(2));
    assert_eq!(told(&rig), 1, "said once, when it should have gone out");
    rig.connect();
    rig.run_for(Duration::from_secs(20));
    assert_eq!(accepted(&rig), 1);
}

#[test]
fn what_another_program_did_is_told_and_what_it_left_behind_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.run_for(Duration::from_secs(40));
    let mut other = Store::open(&folder.path().join("test.sqlite3")).unwrap();
    other.save_contact(&Contact::new("Ada").with_number(ADA, "")).unwrap();
    let number = PhoneNumber::new(ADA);
    let when = rig.wall().plus(Duration::from_secs(90));
    let options = SendOptions { at: Some(when), ..SendOptions::default() };
    let encoded = deskphone::sms::encode_submit(ADA, "Left behind", &Default::default()).unwrap();
    let segments: Vec<_> = encoded
        .into_iter()
        .map(|segment| deskphone::store::OutgoingSegment {
            pdu: segment.pdu,
            tpdu_octets: segment.tpdu_octets,
        })
        .collect();
    let text =
        OutgoingText { to: &number, text: "Left behind", options: &options, segments: &segments };
    other.submit(&text, rig.wall(), &Owner("other".to_owned())).unwrap();
    rig.run_for(Duration::from_secs(40));
    assert_eq!(rig.state.contacts.len(), 1);
    assert_eq!(rig.state.threads.len(), 1);
    rig.run_for(Duration::from_secs(120));
    assert_eq!(accepted(&rig), 0, "the other program lives and sends it itself");
    drop(other);
    rig.run_for(Duration::from_secs(70));
    assert_eq!(accepted(&rig), 1);
    rig.run_for(hours(1));
    assert_eq!(accepted(&rig), 1);
}

#[test]
fn our_own_changes_are_not_taken_for_others() {
    let mut rig = Rig::connected();
    rig.done(text(&[ADA], "Hi")).unwrap();
    rig.run_for(Duration::from_secs(20));
    let lists =
        |rig: &Rig| rig.events.iter().filter(|event| matches!(event, Event::Threads(_))).count();
    let before = lists(&rig);
    rig.run_for(hours(1));
    assert_eq!(lists(&rig), before);
}

#[test]
fn an_incomplete_text_is_shown_after_a_time_and_completed_if_the_rest_comes() {
    let mut rig = Rig::connected();
    // SMS-DELIVER from +15550107 with TP-UDH 05 00 03 2A 02 nn, segment 1 and 2 of 2, of 8-bit
    // reference 2A (23.040 §9.2.3.24.1), UCS-2 so that the octets are plain to read.
    let part = |number: u8, letters: &str| {
        let mut tpdu = vec![0x44, 0x08, 0x91, 0x51, 0x55, 0x10, 0x70, 0x00, 0x08];
        tpdu.extend([0x62, 0x11, 0x22, 0x21, 0x00, 0x00, 0x00]);
        tpdu.push(6 + 2 * letters.len() as u8);
        tpdu.extend([0x05, 0x00, 0x03, 0x2A, 0x02, number]);
        tpdu.extend(letters.bytes().flat_map(|byte| [0, byte]));
        NetworkAction::IncomingTpdu(tpdu)
    };
    rig.run_for(Duration::from_secs(5));
    let now = rig.now();
    rig.modem.handle_action(part(2, "world"), now);
    rig.run_for(Duration::from_secs(60));
    assert!(rig.messages.is_empty(), "the rest may still come");
    assert!(rig.written_since(0).contains("AT+CMGD"), "it is safe all the same");
    rig.run_for(Duration::from_secs(60));
    let shown = messages(&rig, Direction::MobileTerminated);
    assert!(shown.len() == 1 && shown[0].text.contains("world"), "{shown:?}");
    assert_ne!(shown[0].text, "world", "what is missing is marked");
    assert_eq!(rig.state.threads[0].unread, 1);
    let now = rig.now();
    rig.modem.handle_action(part(1, "Hello "), now);
    rig.run_for(Duration::from_secs(10));
    let shown = messages(&rig, Direction::MobileTerminated);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].text, "Hello world");
}

#[test]
fn a_deleted_text_comes_back_within_a_minute_and_not_later() {
    let mut rig = Rig::connected();
    rig.done(text(&[ADA], "Oops")).unwrap();
    rig.run_for(Duration::from_secs(10));
    let id = *rig.messages.keys().last().unwrap();
    let delete = Command::Message(MessageCommand::Delete(id));
    let undelete = Command::Message(MessageCommand::Undelete(id));
    rig.done(delete.clone()).unwrap();
    let gone = |event: &Event| *event == Event::MessageDeleted(id);
    assert!(rig.events.iter().any(gone));
    rig.run_for(Duration::from_secs(30));
    rig.messages.clear();
    rig.done(undelete.clone()).unwrap();
    assert_eq!(rig.messages[&id].text, "Oops");
    rig.done(delete).unwrap();
    rig.run_for(Duration::from_secs(120));
    assert!(rig.done(undelete).is_err());
}

#[test]
fn a_deleted_text_is_never_sent_and_nothing_more_is_told_of_it() {
    let mut rig = Rig::new();
    rig.done(text(&[ADA], "Never")).unwrap();
    let id = *rig.messages.keys().last().unwrap();
    rig.done(Command::Message(MessageCommand::Delete(id))).unwrap();
    rig.connect();
    rig.run_for(Duration::from_secs(30));
    assert_eq!(accepted(&rig), 0);
    rig.done(text(&[ADA], "Deleted on its way")).unwrap();
    rig.until("a segment to be handed over", |rig| rig.written.ends_with(&[0x1a]));
    let id = *rig.messages.keys().last().unwrap();
    let thread = rig.messages[&id].thread;
    rig.done(Command::Message(MessageCommand::DeleteThread(thread))).unwrap();
    let told = rig.events.len();
    rig.run_for(Duration::from_secs(30));
    let again = |event: &Event| {
        matches!(event, Event::Message(message) if message.id == id)
            || matches!(event, Event::Thread(of) if of.id == thread)
    };
    assert!(!rig.events[told..].iter().any(again));
    assert!(rig.state.threads.is_empty());
    rig.done(Command::Message(MessageCommand::UndeleteThread(thread))).unwrap();
    assert_eq!(rig.state.threads.len(), 1);
}

#[test]
fn templates_flags_and_marks_are_kept_and_told() {
    let mut rig = Rig::new();
    let template = |name: &str| deskphone::phone::Template {
        id: TemplateId::NEW,
        name: name.to_owned(),
        text: "On my way".to_owned(),
    };
    rig.done(Command::Message(MessageCommand::SaveTemplate(template("Late")))).unwrap();
    let refused = rig.done(Command::Message(MessageCommand::SaveTemplate(template(" "))));
    assert!(refused.unwrap_err().contains("no name"));
    assert_eq!(rig.state.templates.len(), 1);
    let id = rig.state.templates[0].id;
    rig.done(Command::Message(MessageCommand::DeleteTemplate(id))).unwrap();
    assert!(rig.state.templates.is_empty());
    rig.done(text(&[ADA], "Hi")).unwrap();
    let thread = rig.state.threads[0].id;
    let flags = ThreadFlags { pinned: true, muted: true, ..ThreadFlags::default() };
    rig.done(Command::Message(MessageCommand::SetFlags(thread, flags))).unwrap();
    assert_eq!(rig.state.threads[0].flags, flags);
}

#[test]
fn a_text_that_another_program_left_in_the_outbox_goes_out_within_two_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.run_for(Duration::from_secs(31));
    let from = rig.written.len();
    let store = Store::open(&folder.path().join("test.sqlite3")).unwrap();
    let mut other = Engine::new(store, Options { owner: Owner("other".to_owned()), ..options() });
    other.step(Some(Input::Start), rig.now(), rig.wall());
    let command = Input::Command(RequestId(1), text(&[ADA], "From the command line"));
    other.step(Some(command), rig.now(), rig.wall());
    // While it lives the text is its own.
    rig.run_for(Duration::from_secs(5));
    assert!(!rig.written_since(from).contains("AT+CMGS"));
    assert!(rig.messages.is_empty() && !rig.state.threads.is_empty(), "but it is seen");
    drop(other);
    rig.run_for(Duration::from_millis(2100));
    assert!(rig.written_since(from).contains("AT+CMGS"));
}
