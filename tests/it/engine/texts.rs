//! Texts through the engine: stored before they are sent or deleted, and never silently repeated.

use super::*;

#[test]
fn a_text_is_stored_then_sent_then_reported_delivered() {
    let mut rig = Rig::connected();
    let before = rig.written.len();
    let request = rig.send(text(&["+15550100"], "Hello"));
    assert_eq!(rig.outcome(request), Some(Ok(())), "done when it is stored");
    assert_eq!(messages(&rig, Direction::MobileOriginated)[0].delivery, Delivery::Queued);
    assert_eq!(rig.written_since(before), "", "not a byte before it is on disk");
    rig.until("the report", |rig| {
        messages(rig, Direction::MobileOriginated)[0].delivery == Delivery::Delivered
    });
    assert_eq!(rig.state.threads.len(), 1);
}

#[test]
fn a_text_goes_once_to_each_of_several_recipients() {
    let mut rig = Rig::connected();
    rig.done(text(&["+15550100", "+15550101", "+15550100", "15550101"], "Hi")).unwrap();
    rig.run_for(Duration::from_secs(60));
    let sent = messages(&rig, Direction::MobileOriginated);
    let numbers: Vec<&str> = sent.iter().map(|message| message.number.as_str()).collect();
    assert_eq!(numbers, ["+15550100", "+15550101"]);
    assert!(sent.iter().all(|message| message.delivery == Delivery::Delivered), "{sent:?}");
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 2);
}

#[test]
fn a_long_text_goes_out_in_segments_and_comes_back_whole() {
    let mut rig = Rig::connected();
    let long = "Ten chars ".repeat(40);
    rig.done(text(&["+15550107"], long.trim())).unwrap();
    rig.until("the echo", |rig| {
        messages(rig, Direction::MobileTerminated)
            .iter()
            .any(|message| matches!(message.delivery, Delivery::Received(c) if c.done == c.total))
    });
    rig.run_for(Duration::from_secs(30));
    let received = messages(&rig, Direction::MobileTerminated);
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].text, long.trim());
    // 399 septets in segments of 153 (23.040 §9.2.3.24.1).
    assert_eq!(messages(&rig, Direction::MobileOriginated)[0].segments, 3);
}

#[test]
fn ten_thousand_characters_are_sent_whole_and_too_many_are_refused() {
    let mut rig = Rig::connected();
    let long = "x".repeat(10_000);
    rig.done(text(&["+15550100"], &long)).unwrap();
    // ⌈10,000 / 153⌉ = 66.
    assert_eq!(messages(&rig, Direction::MobileOriginated)[0].segments, 66);
    for _ in 0..10 {
        rig.run_for(Duration::from_secs(60));
    }
    let sent = messages(&rig, Direction::MobileOriginated)[0].clone();
    assert!(matches!(sent.delivery, Delivery::Sent | Delivery::Delivered), "{sent:?}");
    let refused = rig.done(text(&["+15550100"], &"x".repeat(153 * 255 + 1)));
    assert!(refused.unwrap_err().contains("at most 255"));
    assert_eq!(messages(&rig, Direction::MobileOriginated).len(), 1);
}

#[test]
fn what_can_not_be_sent_is_refused_in_words_and_not_stored() {
    let mut rig = Rig::connected();
    assert!(rig.done(text(&["+15550100"], "")).is_err());
    assert!(rig.done(text(&[], "Hello")).unwrap_err().contains("no recipient"));
    assert!(rig.messages.is_empty());
    let line = Command::Console("AT\rATD112;".to_owned());
    let before = rig.written.len();
    assert!(rig.done(line).unwrap_err().contains("control characters"));
    assert_eq!(rig.written_since(before), "");
}

#[test]
fn control_characters_in_a_text_reach_the_wire_only_as_hex() {
    let mut rig = Rig::connected();
    let before = rig.written.len();
    rig.done(text(&["+15550107"], "a\u{1a}b\u{1b}\r\nATD112;\0c")).unwrap();
    rig.run_for(Duration::from_secs(30));
    let written = rig.written_since(before);
    assert!(written.contains("AT+CMGS="));
    assert!(!written.contains("ATD"), "{written}");
    assert_eq!(written.matches('\u{1a}').count(), written.matches("AT+CMGS=").count());
}

#[test]
fn a_text_without_a_modem_waits_and_goes_out_when_one_is_connected() {
    let mut rig = Rig::new();
    rig.done(text(&["+15550100"], "Later")).unwrap();
    assert!(rig.events.iter().any(|event| matches!(event, Event::Notice(_))), "says when");
    rig.run_for(Duration::from_secs(60));
    assert_eq!(messages(&rig, Direction::MobileOriginated)[0].delivery, Delivery::Queued);
    rig.connect();
    rig.until("the text to be delivered", |rig| {
        messages(rig, Direction::MobileOriginated)[0].delivery == Delivery::Delivered
    });
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 1);
}

#[test]
fn a_link_lost_after_ctrl_z_leaves_the_text_in_doubt_and_it_is_not_repeated() {
    let mut rig = Rig::connected();
    rig.wire.breaks_after = Some(0x1a);
    rig.done(text(&["+15550100"], "Once")).unwrap();
    rig.until("the text to be in doubt", |rig| {
        let message = messages(rig, Direction::MobileOriginated)[0];
        matches!(message.delivery, Delivery::Unknown(_))
    });
    rig.until("the modem to be back", |rig| rig.state.link.ready());
    rig.run_for(Duration::from_secs(60));
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 1);
    let id = messages(&rig, Direction::MobileOriginated)[0].id;
    rig.done(Command::Message(MessageCommand::Retry(id))).unwrap();
    rig.until("the retry to be sent", |rig| {
        matches!(
            messages(rig, Direction::MobileOriginated)[0].delivery,
            Delivery::Sent | Delivery::Delivered
        )
    });
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 2);
}

#[test]
fn a_link_lost_before_the_prompt_leaves_the_text_queued() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(30));
    rig.wire.breaks_after = Some(b'\r');
    rig.done(text(&["+15550100"], "Once")).unwrap();
    rig.until("the link to be lost", |rig| !rig.state.link.ready());
    let delivery = &messages(&rig, Direction::MobileOriginated)[0].delivery;
    assert_eq!(*delivery, Delivery::Queued);
    rig.until("the text to be delivered", |rig| {
        messages(rig, Direction::MobileOriginated)[0].delivery == Delivery::Delivered
    });
}

#[test]
fn a_queued_text_can_be_taken_back_and_a_sent_one_can_not() {
    let mut rig = Rig::new();
    rig.done(text(&["+15550100"], "Not sent")).unwrap();
    let id = messages(&rig, Direction::MobileOriginated)[0].id;
    rig.done(Command::Message(MessageCommand::Cancel(id))).unwrap();
    rig.connect();
    rig.run_for(Duration::from_secs(30));
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 0);
    rig.done(text(&["+15550100"], "Sent")).unwrap();
    rig.run_for(Duration::from_secs(30));
    let id = *rig.messages.keys().last().unwrap();
    assert!(rig.done(Command::Message(MessageCommand::Cancel(id))).is_err());
}

#[test]
fn a_refused_text_says_why_and_can_be_tried_again() {
    let mut rig = Rig::connected();
    rig.done(text(&["+15550109"], "No")).unwrap();
    rig.until("the refusal", |rig| {
        let message = messages(rig, Direction::MobileOriginated)[0];
        matches!(&message.delivery, Delivery::Failed(why) if !why.cause.is_empty())
    });
    let id = messages(&rig, Direction::MobileOriginated)[0].id;
    rig.done(Command::Message(MessageCommand::Retry(id))).unwrap();
    rig.run_for(Duration::from_secs(30));
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 2);
}

#[test]
fn a_received_text_is_told_counted_and_deleted_from_the_modem() {
    let mut rig = Rig::connected();
    incoming(&mut rig, "Hello");
    rig.until("the text", |rig| !rig.messages.is_empty());
    rig.run_for(Duration::from_secs(5));
    assert_eq!(rig.written_since(0).matches("AT+CMGD").count(), 1);
    assert_eq!(rig.state.threads[0].unread, 1);
    let thread = rig.state.threads[0].id;
    rig.done(Command::Message(MessageCommand::MarkRead(thread))).unwrap();
    assert_eq!(rig.state.threads[0].unread, 0);
}

#[test]
fn a_crash_between_storing_and_deleting_neither_loses_nor_doubles_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.wire.swallows = Some("AT+CMGD");
    incoming(&mut rig, "Only once");
    rig.until("the text", |rig| !rig.messages.is_empty());
    rig.kill();
    rig.wire.swallows = None;
    rig.run_for(Duration::from_secs(5));
    rig.crash(folder.path());
    let before = rig.written.len();
    rig.connect();
    rig.run_for(Duration::from_secs(30));
    assert!(rig.messages.is_empty(), "it is no new text");
    assert_eq!(rig.state.threads[0].unread, 1);
    assert_eq!(rig.written_since(before).matches("AT+CMGD").count(), 1);
    incoming(&mut rig, "Only once");
    rig.run_for(Duration::from_secs(10));
    let received = messages(&rig, Direction::MobileTerminated);
    assert_eq!(received.len(), 1, "the same words sent again are a text of their own");
    assert_eq!(rig.state.threads[0].unread, 2);
}

#[test]
fn a_text_that_can_not_be_stored_stays_in_the_modem_until_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    let database = rusqlite::Connection::open(folder.path().join("test.sqlite3")).unwrap();
    database.execute_batch("ALTER TABLE parts RENAME TO gone").unwrap();
    incoming(&mut rig, "Wait for me");
    rig.run_for(Duration::from_secs(30));
    assert!(rig.messages.is_empty());
    assert!(!rig.written_since(0).contains("AT+CMGD"), "not stored, so not deleted");
    let told = rig.events.iter().filter(|event| matches!(event, Event::Notice(_))).count();
    assert_eq!(told, 1, "told once, not at every attempt");
    database.execute_batch("ALTER TABLE gone RENAME TO parts").unwrap();
    rig.run_for(Duration::from_secs(10));
    assert_eq!(messages(&rig, Direction::MobileTerminated)[0].text, "Wait for me");
    assert_eq!(rig.written_since(0).matches("AT+CMGD").count(), 1);
}

#[test]
fn a_crash_while_a_text_is_sent_leaves_it_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.done(text(&["+15550100"], "Once")).unwrap();
    rig.done(text(&["+15550101"], "Next")).unwrap();
    rig.until("a segment to be handed over", |rig| rig.written.ends_with(&[0x1a]));
    rig.crash(folder.path());
    rig.connect();
    rig.run_for(Duration::from_secs(60));
    let sent = messages(&rig, Direction::MobileOriginated);
    assert!(matches!(sent[0].delivery, Delivery::Unknown(_)), "{sent:?}");
    assert_eq!(sent[1].delivery, Delivery::Delivered, "what was queued still goes out");
    assert_eq!(rig.written_since(0).matches("AT+CMGS=").count(), 2);
}

#[test]
fn a_store_that_can_not_be_opened_keeps_texts_in_the_modem() {
    let volatile = Some("the disk is full".to_owned());
    let store = Store::in_memory().unwrap();
    let mut rig = Rig::with(store, Options { volatile, ..options() });
    rig.connect();
    incoming(&mut rig, "Stay there");
    rig.until("the text", |rig| !rig.messages.is_empty());
    rig.run_for(Duration::from_secs(30));
    assert!(!rig.written_since(0).contains("AT+CMGD"));
    let refused = rig.done(text(&["+15550100"], "Hello")).unwrap_err();
    assert!(refused.contains("the disk is full"), "{refused}");
    assert!(rig.events.iter().any(|event| {
        matches!(event, Event::Notice(notice) if notice.problem
            && notice.text.contains("the disk is full"))
    }));
}
