//! Texts to several people, texts for later, and texts that are tried again.

use super::*;
use deskphone::number::DialString;
use deskphone::phone::{Batch, BatchCounts, Delivery, Diagnosis};
use deskphone::store::SegmentState;
use std::time::Duration;

fn us() -> Owner {
    owner("this program")
}

/// `count` texts to different people.
fn batch(store: &mut Store, name: &str, count: usize, seconds: i64) -> (Batch, Vec<MessageId>) {
    let options = SendOptions::default();
    let to: Vec<_> = (0..count).map(|n| number(&format!("+155501{n:05}"))).collect();
    let segments = segments(1);
    let text = |to| OutgoingText { to, text: "hello all", options: &options, segments: &segments };
    let texts: Vec<_> = to.iter().map(text).collect();
    let (batch, messages, threads) = store.submit_batch(name, &texts, at(seconds), &us()).unwrap();
    assert_eq!((messages.len(), threads.len()), (count, count));
    (batch, messages.iter().map(|message| message.id).collect())
}

fn scheduled(store: &mut Store, to: &str, seconds: i64) -> TextMessage {
    let options = SendOptions { at: Some(at(seconds)), ..SendOptions::default() };
    let (to, segments) = (number(to), segments(2));
    let text = OutgoingText { to: &to, text: "later", options: &options, segments: &segments };
    store.submit(&text, at(0), &us()).unwrap().0
}

fn take(store: &mut Store, id: MessageId) {
    store.mark_segment(id, 1, SegmentState::Sending, None, at(1)).unwrap();
    store.mark_segment(id, 1, SegmentState::Sent { reference: None }, None, at(1)).unwrap();
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    let mut store = Store::in_memory().unwrap();
    let (to, options) = (number("+1555"), SendOptions::default());
    let (good, none) = (segments(1), []);
    let text = |segments| OutgoingText { to: &to, text: "x", options: &options, segments };
    let texts = [text(&good[..]), text(&none[..])];
    assert!(store.submit_batch("bad", &texts, at(0), &us()).is_err());
    assert!(store.submit_batch("empty", &[], at(0), &us()).is_err());
    let many = vec![text(&good[..]); 10_001];
    assert!(store.submit_batch("large", &many, at(0), &us()).is_err());
    assert_eq!((store.threads().unwrap(), store.batches().unwrap()), (vec![], vec![]));
    assert_eq!(next(&mut store, &us()), None);
}

#[test]
fn a_batch_counts_pauses_goes_on_and_is_taken_back() {
    let folder = Folder::new();
    let mut store = folder.open();
    store.recover(&us()).unwrap();
    let (made, ids) = batch(&mut store, "guests.csv", 5, 0);
    assert_eq!((made.name.as_str(), made.paused, made.created), ("guests.csv", false, at(0)));
    let counts =
        |waiting, sent, failed| BatchCounts { waiting, sent, failed, ..BatchCounts::default() };
    assert_eq!(made.counts, counts(5, 0, 0));
    assert_eq!(next(&mut store, &us()), Some((ids[0], 1)));
    take(&mut store, ids[0]);
    assert_eq!(store.batch(made.id).unwrap().unwrap().counts, counts(4, 1, 0));
    // A single text does not wait for the batch.
    let single = submit(&mut store, "+15559", "me first", 1, 9, &us()).unwrap().0;
    assert_eq!(single.batch, None);
    assert_eq!(next(&mut store, &us()), Some((single.id, 1)));
    take(&mut store, single.id);
    assert_eq!(next(&mut store, &us()), Some((ids[1], 1)));
    // Paused also after a restart; another batch goes on.
    assert!(store.set_batch_paused(made.id, true).unwrap().unwrap().paused);
    assert_eq!(next(&mut store, &us()), None);
    drop(store);
    let mut store = folder.open();
    store.recover(&us()).unwrap();
    assert_eq!(next(&mut store, &us()), None);
    let (other, others) = batch(&mut store, "others", 2, 3);
    assert_eq!(next(&mut store, &us()), Some((others[0], 1)));
    let names: Vec<_> = store.batches().unwrap().into_iter().map(|batch| batch.name).collect();
    assert_eq!(names, ["others", "guests.csv"]);
    // The older batch goes first.
    store.set_batch_paused(made.id, false).unwrap();
    assert_eq!(next(&mut store, &us()), Some((ids[1], 1)));
    assert!(store.remove_batch(made.id).is_err());
    let (changed, more) = store.cancel_some(made.id, MessageId(0)).unwrap();
    assert_eq!(more, None);
    assert_eq!(store.batch(made.id).unwrap().unwrap().counts, counts(0, 1, 4));
    assert_eq!(changed.iter().map(|m| m.id).collect::<Vec<_>>(), ids[1..]);
    assert!(changed.iter().all(|m| m.batch == Some(made.id) && m.delivery.word() == "failed"));
    assert_eq!(store.cancel_some(made.id, MessageId(0)).unwrap().0, []);
    assert_eq!(next(&mut store, &us()), Some((others[0], 1)));
    store.remove_batch(made.id).unwrap();
    assert_eq!(store.batches().unwrap(), [store.batch(other.id).unwrap().unwrap()]);
    let query = Query::Batch { batch: made.id, limit: 100 };
    let Answer::Messages(texts) = store.reader().unwrap().answer(&query, "") else { panic!() };
    assert_eq!(texts.iter().map(|m| m.id).collect::<Vec<_>>(), ids);
}

#[test]
fn a_text_begun_is_finished_before_another_one_begins() {
    let mut store = Store::in_memory().unwrap();
    let options = SendOptions::default();
    let (to, segments) = (number("+1555"), segments(2));
    let text = OutgoingText { to: &to, text: "x", options: &options, segments: &segments };
    let (made, messages, _) = store.submit_batch("b", &[text], at(0), &us()).unwrap();
    take(&mut store, messages[0].id);
    submit(&mut store, "+15559", "single", 1, 0, &us()).unwrap();
    store.set_batch_paused(made.id, true).unwrap();
    assert_eq!(next(&mut store, &us()), Some((messages[0].id, 2)));
    let last = store.next_to_send(&us(), Carrier::Modem, at(0)).unwrap().unwrap();
    assert_eq!((last.more, last.batch), (false, Some(made.id)));
}

#[test]
fn a_scheduled_text_waits_for_its_time() {
    let mut store = Store::in_memory().unwrap();
    let late = scheduled(&mut store, "+15550101", 500);
    let soon = scheduled(&mut store, "+15550102", 100);
    assert_eq!(soon.delivery, Delivery::Scheduled(at(100)));
    assert_eq!(soon.options.at, Some(at(100)));
    assert_eq!(store.threads().unwrap()[0].last_delivery, "scheduled");
    assert_eq!(store.next_due(&us()).unwrap(), Some(at(100)));
    assert_eq!(store.next_to_send(&us(), Carrier::Modem, at(99)).unwrap(), None);
    let due = store.next_to_send(&us(), Carrier::Modem, at(100)).unwrap().unwrap();
    assert_eq!((due.message, due.segment, due.attempts), (soon.id, 1, 0));
    assert_eq!(store.next_due(&us()).unwrap(), Some(at(500)));
    // One whose time has passed is queued at once.
    let past = scheduled(&mut store, "+15550103", 0);
    assert_eq!((past.delivery, past.options.at), (Delivery::Queued, Some(at(0))));
    // The user can't wait.
    assert_eq!(store.send_now(late.id, &us()).unwrap().unwrap().delivery, Delivery::Queued);
    assert_eq!(store.send_now(late.id, &us()).unwrap(), None);
    assert_eq!(store.next_due(&us()).unwrap(), None);
    // Taken back while it waits, and sent at once when tried again.
    let never = scheduled(&mut store, "+15550104", 900);
    assert_eq!(store.cancel(never.id).unwrap().unwrap().delivery.word(), "failed");
    assert_eq!(store.next_due(&us()).unwrap(), None);
    assert_eq!(store.retry(never.id, &us(), None).unwrap().delivery, Delivery::Queued);
}

#[test]
fn a_text_is_tried_again_from_the_segment_that_failed() {
    let mut store = Store::in_memory().unwrap();
    let id = submit(&mut store, "+15550107", "long", 3, 0, &us()).unwrap().0.id;
    take(&mut store, id);
    let why = Diagnosis::new("The network is congested", "It is tried again");
    for attempt in 1..=2u8 {
        let wait = at(i64::from(attempt) * 100);
        store.mark_segment(id, 2, SegmentState::Sending, None, at(2)).unwrap();
        let waits = store.retry_later(id, 2, wait, &why, at(3)).unwrap();
        let Delivery::Retrying(retry) = waits.delivery else { panic!("{waits:?}") };
        assert_eq!((retry.at, retry.attempts, retry.why), (wait, attempt, why.clone()));
        assert_eq!(store.next_due(&us()).unwrap(), Some(wait));
        assert_eq!(
            store.next_to_send(&us(), Carrier::Modem, at(i64::from(attempt) * 100 - 1)).unwrap(),
            None
        );
        let again = store.next_to_send(&us(), Carrier::Modem, wait).unwrap().unwrap();
        assert_eq!((again.message, again.segment, again.attempts), (id, 2, attempt));
    }
    // At once, if the user wants it; and then the attempts begin anew.
    store.retry_later(id, 2, at(900), &why, at(3)).unwrap();
    assert_eq!(store.send_now(id, &us()).unwrap().unwrap().delivery.word(), "sending");
    store.retry_later(id, 2, at(900), &why, at(3)).unwrap();
    assert_eq!(store.retry(id, &us(), None).unwrap().delivery.word(), "sending");
    let again = store.next_to_send(&us(), Carrier::Modem, at(4)).unwrap().unwrap();
    assert_eq!((again.segment, again.attempts), (2, 0));
}

#[test]
fn orphans_are_adopted_whatever_they_wait_for() {
    let folder = Folder::new();
    let mut dead = folder.open();
    let late = scheduled(&mut dead, "+15550101", 500);
    let retrying = submit(&mut dead, "+15550102", "x", 1, 0, &us()).unwrap().0;
    dead.retry_later(retrying.id, 1, at(300), &Diagnosis::default(), at(0)).unwrap();
    let mut living = folder.open();
    let other = owner("other");
    assert_eq!(living.recover(&other).unwrap(), []);
    assert_eq!(living.next_due(&other).unwrap(), None);
    drop(dead);
    // Later, while it runs; and as often as it likes.
    for _ in 0..3 {
        assert_eq!(living.recover(&other).unwrap(), []);
        assert_eq!(living.next_due(&other).unwrap(), Some(at(300)));
    }
    let next = living.next_to_send(&other, Carrier::Modem, at(300)).unwrap().unwrap();
    assert_eq!((next.message, next.attempts), (retrying.id, 1));
    living.mark_segment(retrying.id, 1, SegmentState::Sending, None, at(301)).unwrap();
    // Its own text in flight is not in doubt.
    assert_eq!(living.recover(&other).unwrap(), []);
    assert_eq!(
        living.next_to_send(&other, Carrier::Modem, at(500)).unwrap().unwrap().message,
        late.id
    );
}

#[test]
fn the_user_can_say_that_a_doubtful_text_arrived() {
    let mut store = Store::in_memory().unwrap();
    let id = submit(&mut store, "+15550107", "x", 1, 0, &us()).unwrap().0.id;
    assert_eq!(store.mark_sent(id, at(1)).unwrap(), None);
    store.mark_segment(id, 1, SegmentState::Sending, None, at(1)).unwrap();
    store.mark_segment(id, 1, SegmentState::Unknown, None, at(2)).unwrap();
    assert_eq!(store.mark_sent(id, at(3)).unwrap().unwrap().delivery, Delivery::Sent);
    assert_eq!(store.mark_sent(id, at(4)).unwrap(), None);
    assert_eq!(store.mark_sent(MessageId(99), at(4)).unwrap(), None);
}

#[test]
fn how_a_text_is_sent_is_kept() {
    let folder = Folder::new();
    let mut store = folder.open();
    let options = SendOptions {
        status_report: true,
        flash: true,
        validity: Some(Duration::from_secs(300)),
        smsc: Some(DialString::parse("+15550199").unwrap()),
        at: Some(at(77)),
        carrier: Carrier::Demo,
    };
    let (to, segments) = (number("+1555"), segments(2));
    let text = OutgoingText { to: &to, text: "x", options: &options, segments: &segments };
    let sent = store.submit(&text, at(0), &us()).unwrap().0;
    assert_eq!(sent.options, options);
    drop(store);
    let reader = folder.open().reader().unwrap();
    let Answer::Messages(waiting) = reader.answer(&Query::Outbox { limit: 9 }, "") else {
        panic!()
    };
    assert_eq!(waiting, [sent]);
}

#[test]
fn the_outbox_lists_what_goes_first_and_then_what_failed() {
    let mut store = Store::in_memory().unwrap();
    let failed = submit(&mut store, "+1551", "failed", 1, 0, &us()).unwrap().0.id;
    store.cancel(failed).unwrap();
    let late = scheduled(&mut store, "+1552", 900).id;
    let queued = submit(&mut store, "+1553", "queued", 1, 5, &us()).unwrap().0.id;
    let (_, batched) = batch(&mut store, "b", 2, 1);
    let doubtful = submit(&mut store, "+1554", "doubtful", 1, 6, &us()).unwrap().0.id;
    store.mark_segment(doubtful, 1, SegmentState::Unknown, None, at(7)).unwrap();
    let sending = submit(&mut store, "+1555", "sending", 1, 8, &us()).unwrap().0.id;
    store.mark_segment(sending, 1, SegmentState::Sending, None, at(9)).unwrap();
    let again = submit(&mut store, "+1556", "again", 1, 9, &us()).unwrap().0.id;
    store.retry_later(again, 1, at(50), &Diagnosis::default(), at(9)).unwrap();
    let done = submit(&mut store, "+1557", "done", 1, 9, &us()).unwrap().0.id;
    take(&mut store, done);
    let reader = store.reader().unwrap();
    let list = |limit| match reader.answer(&Query::Outbox { limit }, "") {
        Answer::Messages(texts) => texts.iter().map(|m| m.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let all = [sending, queued, batched[0], batched[1], again, late, doubtful, failed];
    assert_eq!(list(100), all);
    assert_eq!(list(3), all[..3]);
}

#[test]
fn delivered_segments_are_counted() {
    use deskphone::sms::IncomingReport;
    let mut store = Store::in_memory().unwrap();
    let id = submit(&mut store, "+15550107", "long", 3, 0, &us()).unwrap().0.id;
    for segment in 1..=3u8 {
        store.mark_segment(id, segment, SegmentState::Sending, None, at(1)).unwrap();
        let sent = SegmentState::Sent { reference: Some(segment) };
        store.mark_segment(id, segment, sent, None, at(1)).unwrap();
    }
    for (done, reference) in (1..).zip([2, 3, 1]) {
        let recipient = "+15550107".to_owned();
        let (sent_at, discharged_at) = (None, None);
        let report = IncomingReport { reference, recipient, status: 0, sent_at, discharged_at };
        let told = store.receive_report(&report, None, at(9)).unwrap().unwrap();
        assert_eq!((told.delivered_segments, told.segments), (done, 3));
    }
}
