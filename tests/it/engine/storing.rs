//! Long lists are stored bit by bit: whole or not at all, and nobody waits for them.

use super::*;
use deskphone::phone::{BatchAction, Draft, MessageId, NewBatch};
use deskphone::store::{OutgoingSegment, OutgoingText};
use std::collections::BTreeSet;

const TEXTS: usize = 1000;

fn list(texts: usize, last: &str) -> Command {
    let number = |n: usize| DialString::parse(&format!("+1555{:07}", 1_000_000 + n)).unwrap();
    let mut texts: Vec<_> =
        (0..texts).map(|n| (number(n), format!("Text {n:05} of the list"))).collect();
    texts.last_mut().unwrap().1 = last.to_owned();
    let batch = NewBatch { name: "guests".to_owned(), texts, options: SendOptions::default() };
    Command::Message(MessageCommand::SubmitBatch(batch))
}

fn outgoing(rig: &Rig) -> usize {
    messages(rig, Direction::MobileOriginated).len()
}

#[test]
fn a_call_is_placed_while_a_list_is_stored_and_no_text_goes_before_all_are_there() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(31));
    let request = rig.send(list(TEXTS, "the last"));
    rig.until("a part of the list", |rig| outgoing(rig) > 0);
    assert!(outgoing(&rig) < TEXTS && rig.outcome(request).is_none());
    assert!(rig.state.batches.is_empty(), "it is in no list yet");
    let stored = outgoing(&rig);
    rig.send(dial("+15550100"));
    assert!(rig.written_since(0).contains("ATD+15550100;"));
    assert_eq!(outgoing(&rig), stored, "nothing was stored before the call was placed");
    rig.until("the rest", |rig| rig.outcome(request).is_some());
    assert_eq!((rig.outcome(request), outgoing(&rig)), (Some(Ok(())), TEXTS));
    assert_eq!(rig.state.batches[0].counts.waiting as usize, TEXTS);
    assert!(rig.modem.network().texts_accepted().is_empty());
    let id = rig.state.calls[0].id;
    rig.done(Command::Call(CallCommand::Release(id))).unwrap();
    rig.run_for(Duration::from_secs(30));
    assert!(!rig.modem.network().texts_accepted().is_empty());
}

#[test]
fn a_list_with_one_text_that_can_not_be_sent_leaves_nothing_behind() {
    let mut rig = Rig::connected();
    // 255 segments of 67 UCS-2 units are the most (23.040 §9.2.3.24.1).
    let refused = rig.done(list(TEXTS, &"ж".repeat(20_000))).unwrap_err();
    assert!(refused.starts_with("Text 1000 of 1000: "), "{refused}");
    rig.run_for(Duration::from_secs(30));
    assert_eq!((outgoing(&rig), rig.state.threads.len()), (0, 0));
    assert!(rig.modem.network().texts_accepted().is_empty());
}

#[test]
fn a_program_that_dies_while_it_stores_a_list_leaves_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.done(text(&["+15551000001"], "Known before")).unwrap();
    rig.send(list(TEXTS, "the last"));
    rig.until("a part of the list", |rig| outgoing(rig) > 200);
    rig.crash(folder.path());
    assert_eq!(rig.state.threads.len(), 1, "conversations begun for it are gone");
    assert_eq!(rig.state.threads[0].preview, "Known before");
    assert_eq!(
        notices(&rig),
        ["The list “guests” was not stored to its end, so none of it is sent"]
    );
    rig.connect();
    rig.run_for(Duration::from_secs(60));
    assert_eq!(rig.modem.network().texts_accepted().len(), 1);
}

#[test]
fn a_window_that_looks_on_is_told_when_another_program_dies_over_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Rig::on_disk(folder.path());
    window.connect();
    let path = folder.path().join("test.sqlite3");
    let mut other = Store::open(&path).unwrap();
    let (owner, options) = (Owner("other".to_owned()), SendOptions::default());
    let segments = [OutgoingSegment { pdu: vec![0, 17, 0], tpdu_octets: 2 }];
    let to: Vec<_> = (0..450).map(|n| PhoneNumber::new(&format!("+15551{n:06}"))).collect();
    let text = |to| OutgoingText { to, text: "half", options: &options, segments: &segments };
    let texts: Vec<_> = to.iter().map(text).collect();
    let batch = other.begin_batch("guests", window.wall(), &owner).unwrap();
    let (stored, _) = other.extend_batch(batch, &texts, window.wall(), &owner).unwrap();
    window.run_for(Duration::from_secs(5));
    assert_eq!((window.state.threads.len(), notices(&window).len()), (450, 0), "it may go on");
    drop(other);
    window.run_for(Duration::from_secs(5));
    assert_eq!(window.state.threads.len(), 0);
    let told: BTreeSet<_> = window.events.iter().filter_map(deleted).collect();
    assert_eq!(told, stored.iter().map(|text| text.id).collect());
    let said = notices(&window);
    assert_eq!(said, ["The list “guests” was not stored to its end, so none of it is sent"]);
    assert!(window.modem.network().texts_accepted().is_empty());
}

fn deleted(event: &Event) -> Option<MessageId> {
    if let Event::MessageDeleted(id) = event { Some(*id) } else { None }
}

/// What was told of problems.
fn notices(rig: &Rig) -> Vec<&str> {
    let told = rig.events.iter().filter_map(|event| match event {
        Event::Notice(notice) if notice.problem => Some(notice.text.as_str()),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_list_that_the_store_refuses_half_way_is_taken_back_with_every_draft_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    let draft = Draft { number: PhoneNumber::new("+15551000001"), text: "Dear".to_owned() };
    rig.done(Command::Message(MessageCommand::SaveDraft(draft))).unwrap();
    let request = rig.send(list(TEXTS, "the last"));
    rig.until("a part of the list", |rig| outgoing(rig) > 500);
    let disk = rusqlite::Connection::open(folder.path().join("test.sqlite3")).unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON messages
        BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
    disk.execute_batch(full).unwrap();
    rig.until("the outcome", |rig| rig.outcome(request).is_some());
    let refused = rig.outcome(request).unwrap().unwrap_err();
    assert!(refused.contains("the disk is full"), "{refused}");
    rig.run_for(Duration::from_secs(1));
    let told: BTreeSet<_> = rig.events.iter().filter_map(deleted).collect();
    assert_eq!(told, rig.messages.keys().copied().collect());
    let left: Vec<_> = rig.state.threads.iter().map(|thread| thread.draft.as_str()).collect();
    assert_eq!((left, notices(&rig).len()), (vec!["Dear"], 0));
    rig.crash(folder.path());
    assert_eq!((rig.state.threads.len(), notices(&rig).len()), (1, 0), "nothing is left of it");
}

#[test]
fn only_so_many_lists_wait_to_be_stored() {
    let mut rig = Rig::new();
    let asked: Vec<_> = (0..9).map(|_| rig.send(list(101, "the last"))).collect();
    let refused = rig.outcome(asked[8]).unwrap().unwrap_err();
    assert_eq!(refused, "8 other lists are being stored");
    rig.run_for(Duration::from_secs(10));
    assert!(asked[..8].iter().all(|request| rig.outcome(*request) == Some(Ok(()))));
    assert_eq!(rig.state.batches.len(), 8);
    rig.done(list(101, "the last")).unwrap();
}

#[test]
fn a_program_that_is_told_to_end_stores_the_list_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    let request = rig.send(list(TEXTS, "the last"));
    rig.input(Input::Shutdown);
    assert_eq!(rig.outcome(request), Some(Ok(())));
    rig.crash(folder.path());
    assert_eq!(rig.state.batches[0].counts.waiting as usize, TEXTS);
}

#[test]
fn a_long_list_is_taken_back_at_once_and_a_call_does_not_wait_for_that() {
    let mut rig = Rig::connected();
    rig.done(list(TEXTS, "the last")).unwrap();
    rig.until("some to be sent", |rig| rig.modem.network().texts_accepted().len() >= 3);
    let id = rig.state.batches[0].id;
    let cancel = rig.send(Command::Message(MessageCommand::Batch(id, BatchAction::Cancel)));
    assert_eq!(rig.outcome(cancel), None, "the rest comes later");
    let asked = rig.modem.network().texts_accepted().len();
    rig.send(dial("+15550100"));
    rig.until("the end of it", |rig| rig.outcome(cancel).is_some());
    assert_eq!(rig.outcome(cancel), Some(Ok(())));
    let counts = rig.state.batches[0].counts;
    let sent = rig.modem.network().texts_accepted().len();
    assert!(sent <= asked + 1, "only what was being sent still went: {asked} {sent}");
    assert!(counts.failed as usize >= TEXTS - sent - 1 && counts.waiting <= 1, "{counts:?}");
    assert!(!rig.state.batches[0].paused);
}
