//! Long lists are stored bit by bit: whole or not at all, and nobody waits for them.

use super::*;
use deskphone::phone::{BatchAction, NewBatch};

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
    rig.connect();
    rig.run_for(Duration::from_secs(60));
    assert_eq!(rig.modem.network().texts_accepted().len(), 1);
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
