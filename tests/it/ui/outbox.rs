//! What waits to be sent, failed or may have been sent; and texts that were sent together.

use super::data;
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::clock::WallTime;
use deskphone::phone::*;
use std::sync::Arc;

/// Everything is on the screen at once.
const TALL: [f32; 2] = [1100.0, 1400.0];

fn outbox() -> Vec<TextMessage> {
    let evening = WallTime::from_civil((2026, 11, 22), (20, 0, 0), 4);
    let why = data::why("The network is busy", "It is tried again");
    let retry = Retry { at: evening, attempts: 2, why };
    let failed = data::why("The network refused the text", "Check the text centre’s number");
    let unknown = data::why("The modem was unplugged while sending", "Ask before sending it again");
    vec![
        data::text(31, data::ADA, "Happy birthday", 60, Delivery::Scheduled(evening)),
        data::text(32, "+15550107", "On my way", 50, Delivery::Retrying(retry)),
        data::text(33, "+15550108", "Waiting here", 40, Delivery::Queued),
        data::text(34, "+15550109", "No luck", 30, Delivery::Failed(failed)),
        data::text(35, "+15550110", "Who knows", 20, Delivery::Unknown(unknown)),
    ]
}

fn ready(batches: Vec<Batch>) -> Rig {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().outbox = outbox();
    engine.script.borrow_mut().batch = people();
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    window_with(TALL, engine, events.chain([Event::Batches(batches.into())]))
}

fn message(rig: &Rig) -> MessageCommand {
    match rig.last() {
        Command::Message(command) => command,
        other => panic!("no text but {other:?}"),
    }
}

#[test]
fn the_outbox_says_where_each_text_stands_and_what_can_be_done() {
    let mut rig = ready(Vec::new());
    rig.click("Outbox, 5 waiting or to be decided");
    for words in [
        "Scheduled for 20:00",
        "Tried again at 20:00 after 2 tries",
        "The network is busy",
        "Waiting",
        "The network refused the text",
        "May have been sent",
    ] {
        assert!(rig.shows(words), "{words}");
    }
    rig.click("Send now: Ada Lovelace");
    assert_eq!(message(&rig), MessageCommand::SendNow(MessageId(31)));
    rig.click("Cancel: Ada Lovelace");
    assert_eq!(message(&rig), MessageCommand::Cancel(MessageId(31)));
    let name = |number: &str| deskphone::number::format_for_display(number, "GB");
    rig.click(&format!("Cancel: {}", name("+15550108")));
    assert_eq!(message(&rig), MessageCommand::Cancel(MessageId(33)));
    rig.click(&format!("Send again: {}", name("+15550109")));
    assert_eq!(message(&rig), MessageCommand::Retry(MessageId(34)));
    rig.click(&format!("It arrived: {}", name("+15550110")));
    assert_eq!(message(&rig), MessageCommand::MarkSent(MessageId(35)));
}

#[test]
fn a_text_leaves_the_outbox_when_it_is_sent() {
    let mut rig = ready(Vec::new());
    rig.click("Outbox, 5 waiting or to be decided");
    let mut sent = outbox();
    for message in &mut sent {
        message.delivery = Delivery::Sent;
    }
    let last = sent.pop().expect("five");
    for message in sent {
        rig.tell(Event::Message(message));
    }
    assert!(!rig.shows("Scheduled for"));
    assert!(rig.shows("May have been sent"));
    rig.tell(Event::MessageDeleted(last.id));
    assert!(rig.shows("Nothing waits to be sent"));
    rig.click("Settings");
    assert!(!rig.shows("Outbox"), "no button without anything in it");
}

#[test]
fn a_text_that_fails_appears_at_once() {
    let mut rig = ready(Vec::new());
    let why = data::why("The network refused the text", "");
    let new = data::text(40, data::ADA, "New", 1, Delivery::Failed(why));
    rig.tell(Event::Message(new));
    assert!(rig.shows("Outbox, 6 waiting or to be decided"));
}

fn batch(paused: bool, counts: BatchCounts) -> Batch {
    Batch { id: BatchId(7), name: "people.csv".to_owned(), created: data::ago(60), paused, counts }
}

fn people() -> Vec<TextMessage> {
    let text = |index: i64, delivery: Delivery| {
        let number = format!("+1555010{index}");
        let mut message = data::text(50 + index, &number, "Hello", 60, delivery);
        message.batch = Some(BatchId(7));
        message
    };
    vec![
        text(0, Delivery::Delivered),
        text(1, Delivery::Sent),
        text(2, Delivery::Failed(data::why("The number is wrong", ""))),
        text(3, Delivery::Queued),
    ]
}

fn half() -> BatchCounts {
    BatchCounts { waiting: 1, sent: 1, delivered: 1, failed: 1, unknown: 0 }
}

#[test]
fn a_batch_shows_its_progress_and_can_be_stopped() {
    let mut rig = ready(vec![batch(false, half())]);
    rig.click("Outbox, 6 waiting or to be decided");
    rig.click("Open people.csv");
    assert!(rig.shows("3 of 4"));
    assert!(rig.shows("1 waiting · 1 sent · 1 delivered · 1 not sent"));
    assert!(rig.shows("Not sent: The number is wrong"));
    rig.click("Pause");
    let action = |action| MessageCommand::Batch(BatchId(7), action);
    assert_eq!(message(&rig), action(BatchAction::Pause));
    rig.tell(Event::Batch(batch(true, half())));
    assert!(rig.shows("Paused"));
    rig.click("Resume");
    assert_eq!(message(&rig), action(BatchAction::Resume));
    rig.click("Cancel the rest");
    assert_eq!(message(&rig), action(BatchAction::Cancel));
    let done = BatchCounts { waiting: 0, sent: 2, ..half() };
    let mut last = people().pop().expect("four");
    last.delivery = Delivery::Sent;
    rig.tell(Event::Message(last));
    rig.tell(Event::Batch(batch(false, done)));
    assert!(rig.shows("4 of 4") && !rig.shows("Waiting"));
    rig.click("Remove from the list");
    assert_eq!(message(&rig), action(BatchAction::Remove));
}

#[test]
fn batches_are_there_again_after_a_restart_and_gone_ones_say_so() {
    let mut rig = ready(vec![batch(true, half())]);
    rig.click("Outbox, 6 waiting or to be decided");
    assert!(rig.shows("3 of 4 · Paused"));
    rig.click("Open people.csv");
    rig.tell(Event::BatchRemoved(BatchId(7)));
    assert!(rig.shows("This list is gone"));
}

#[test]
fn a_text_to_several_people_shows_the_outbox() {
    let mut rig = ready(Vec::new());
    rig.type_into("To", "ada,");
    rig.type_into("To", "+15550107;");
    rig.type_into("Message", "hi");
    rig.press_button("Send 2 texts");
    assert!(rig.shows("Single texts"), "the outbox is open");
}

#[test]
fn ten_thousand_texts_of_a_batch_are_a_list_like_any_other() {
    let engine = FakeEngine::default();
    let all: Vec<TextMessage> = (0..10_000)
        .map(|index| {
            let number = format!("+1555{index:07}");
            let mut message = data::text(100 + index, &number, "Hello", 60, Delivery::Queued);
            message.batch = Some(BatchId(7));
            message
        })
        .collect();
    engine.script.borrow_mut().batch = all;
    let counts = BatchCounts { waiting: 10_000, ..BatchCounts::default() };
    let events = data::ready().into_iter();
    let events = events.chain([Event::Batches(Arc::new([batch(false, counts)]))]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Outbox, 1 waiting or to be decided");
    rig.click("Open people.csv");
    let shown = {
        use egui_kittest::kittest::Queryable;
        rig.harness.query_all_by_label_contains(", Waiting").count()
    };
    assert!((1..30).contains(&shown), "only rows on the screen are laid out: {shown}");
}
