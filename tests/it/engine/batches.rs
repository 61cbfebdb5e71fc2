//! Texts to many people: counted, paused, resumed after a restart, taken back; each sent once.

use super::*;
use deskphone::phone::{Batch, BatchAction, BatchId, NewBatch};
use std::collections::BTreeMap;

fn list(texts: usize) -> Command {
    let number = |n: usize| DialString::parse(&format!("+1555{:07}", 1_000_000 + n)).unwrap();
    let texts = (0..texts).map(|n| (number(n), format!("Text {n:05} of the list"))).collect();
    let options = SendOptions::default();
    let batch = NewBatch { name: "guests.csv".to_owned(), texts, options };
    Command::Message(MessageCommand::SubmitBatch(batch))
}

fn act(rig: &mut Rig, id: BatchId, action: BatchAction) -> Result<(), String> {
    rig.done(Command::Message(MessageCommand::Batch(id, action)))
}

fn batch(rig: &Rig) -> &Batch {
    &rig.state.batches[0]
}

/// How often the network has each text.
fn taken(rig: &Rig) -> BTreeMap<String, usize> {
    let mut taken = BTreeMap::new();
    for text in rig.modem.network().texts_accepted() {
        *taken.entry(text.text.clone().unwrap_or_default()).or_default() += 1;
    }
    taken
}

#[test]
fn several_recipients_make_a_batch_that_counts_to_the_end() {
    let mut rig = Rig::connected();
    rig.done(text(&["+15550100", "+15550101", "+15550109"], "Hi all\nsecond line")).unwrap();
    assert_eq!(batch(&rig).name, "Hi all");
    assert_eq!(batch(&rig).counts.waiting, 3);
    rig.run_for(Duration::from_secs(60));
    let counts = batch(&rig).counts;
    assert_eq!((counts.waiting, counts.delivered, counts.failed), (0, 2, 1));
    let id = batch(&rig).id;
    assert!(rig.messages.values().all(|message| message.batch == Some(id)));
    rig.done(text(&["+15550100"], "Alone")).unwrap();
    assert_eq!(rig.state.batches.len(), 1, "one recipient is no batch");
}

#[test]
fn a_list_is_paused_survives_a_restart_and_goes_on_and_no_text_goes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on_disk(folder.path());
    rig.connect();
    rig.done(list(60)).unwrap();
    rig.until("some to be sent", |rig| rig.modem.network().texts_accepted().len() >= 20);
    let id = batch(&rig).id;
    act(&mut rig, id, BatchAction::Pause).unwrap();
    assert!(batch(&rig).paused);
    rig.run_for(Duration::from_secs(10));
    let sent = taken(&rig).len();
    assert!((20..=22).contains(&sent), "{sent}: only what was being sent still went");
    rig.crash(folder.path());
    rig.connect();
    rig.run_for(Duration::from_secs(60));
    assert_eq!(taken(&rig).len(), sent);
    assert!(batch(&rig).paused, "also after the restart");
    act(&mut rig, id, BatchAction::Resume).unwrap();
    for _ in 0..3 {
        rig.run_for(Duration::from_secs(60));
    }
    assert_eq!(batch(&rig).counts.sent, 60, "{:?}", batch(&rig));
    let taken = taken(&rig);
    assert_eq!(taken.len(), 60);
    assert!(taken.values().all(|&times| times == 1), "{taken:?}");
}

#[test]
fn how_far_a_list_is_is_told_at_most_four_times_a_second_and_at_the_end() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(5));
    let began = rig.now();
    rig.done(list(50)).unwrap();
    rig.until("the end", |rig| batch(rig).counts.waiting == 0);
    let seconds = rig.now().since(began).as_secs_f64();
    let told = rig.events.iter().filter(|event| matches!(event, Event::Batch(_))).count();
    assert!(told as f64 <= 4.0 * seconds + 2.0, "{told} times in {seconds} s");
    assert!(told >= 20, "{told} times: often enough for a progress bar");
    assert_eq!(batch(&rig).counts.sent, 50);
}

#[test]
fn a_list_taken_back_stops_at_once_and_can_then_be_removed() {
    let mut rig = Rig::connected();
    rig.done(list(50)).unwrap();
    rig.until("some to be sent", |rig| rig.modem.network().texts_accepted().len() >= 10);
    let id = batch(&rig).id;
    assert!(act(&mut rig, id, BatchAction::Remove).unwrap_err().contains("still wait"));
    act(&mut rig, id, BatchAction::Cancel).unwrap();
    let sent = taken(&rig).len();
    rig.run_for(Duration::from_secs(60));
    assert!(taken(&rig).len() <= sent + 1);
    let counts = batch(&rig).counts;
    assert_eq!((counts.waiting, counts.total()), (0, 50));
    assert_eq!(counts.sent as usize, taken(&rig).len(), "the truth about the one on its way");
    act(&mut rig, id, BatchAction::Remove).unwrap();
    assert!(rig.state.batches.is_empty());
    assert_eq!(messages(&rig, Direction::MobileOriginated).len(), 50, "the texts stay");
}

#[test]
fn a_single_text_does_not_wait_for_a_list() {
    let mut rig = Rig::connected();
    rig.done(list(200)).unwrap();
    rig.run_for(Duration::from_secs(5));
    rig.done(text(&["+15550100"], "Urgent")).unwrap();
    let before = rig.modem.network().texts_accepted().len();
    rig.until("the urgent text", |rig| taken(rig).contains_key("Urgent"));
    assert!(rig.modem.network().texts_accepted().len() <= before + 2);
}

#[test]
fn a_list_waits_while_a_call_lasts() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(5));
    rig.send(dial("+15550100"));
    rig.until("the answer", |rig| {
        rig.state.calls.iter().any(|call| call.state == CallState::Active)
    });
    rig.done(list(5)).unwrap();
    rig.run_for(Duration::from_secs(10));
    assert_eq!(taken(&rig).len(), 0);
    rig.done(text(&["+15550107"], "Single")).unwrap();
    rig.run_for(Duration::from_secs(5));
    assert_eq!(taken(&rig).len(), 1, "a single text goes out during a call");
    let id = rig.state.calls[0].id;
    rig.done(Command::Call(CallCommand::Release(id))).unwrap();
    rig.run_for(Duration::from_secs(30));
    assert_eq!(taken(&rig).len(), 6);
}

#[test]
fn a_list_has_one_to_ten_thousand_texts_and_all_or_none_are_kept() {
    let mut rig = Rig::new();
    assert!(rig.done(list(0)).unwrap_err().contains("no texts"));
    assert!(rig.done(list(10_001)).unwrap_err().contains("at most 10000"));
    let to = DialString::parse("+15550100").unwrap();
    let texts = vec![(to.clone(), "Good".to_owned()), (to, String::new())];
    let options = SendOptions::default();
    let batch = NewBatch { name: "bad.csv".to_owned(), texts, options };
    let refused = rig.done(Command::Message(MessageCommand::SubmitBatch(batch)));
    assert!(refused.unwrap_err().starts_with("Text 2 of 2: "));
    assert!(rig.messages.is_empty() && rig.state.batches.is_empty());
    rig.done(list(10_000)).unwrap();
    assert_eq!(rig.messages.len(), 10_000);
    assert_eq!(rig.state.batches[0].counts.waiting, 10_000);
    assert_eq!(rig.state.threads.len(), 10_000);
}
