//! Texts going out: the outbox, each segment's fate, reports, taking back and trying again.

use super::*;
use deskphone::phone::{Delivery, Diagnosis, SegmentCount};
use deskphone::sms::IncomingReport;
use deskphone::store::SegmentState;

const US: &str = "this program";

fn hello(store: &mut Store, to: &str, count: u8) -> MessageId {
    submit(store, to, "hello", count, 0, &owner(US)).unwrap().0.id
}

fn mark(store: &mut Store, id: MessageId, segment: u8, state: SegmentState) -> TextMessage {
    store.mark_segment(id, segment, state, None, at(1)).unwrap()
}

fn sent(reference: u8) -> SegmentState {
    SegmentState::Sent { reference: Some(reference) }
}

fn first(store: &mut Store) -> Option<(MessageId, u8)> {
    next(store, &owner(US))
}

fn report(store: &mut Store, reference: u8, recipient: &str, status: u8) -> Option<TextMessage> {
    report_of(store, (reference, recipient, status), None, 60)
}

/// A report that the centre made at `seconds` of a text that it got at `sent`.
fn report_of(
    store: &mut Store,
    (reference, recipient, status): (u8, &str, u8),
    sent: Option<i64>,
    seconds: i64,
) -> Option<TextMessage> {
    let (sent_at, discharged_at) = (sent.map(at), sent.map(|_| at(seconds)));
    let recipient = recipient.into();
    let report = IncomingReport { reference, recipient, status, sent_at, discharged_at };
    store.receive_report(&report, None, at(seconds)).unwrap()
}

fn failure(cause: &str) -> Diagnosis {
    Diagnosis {
        cause: cause.into(),
        advice: "Try again".into(),
        evidence: vec!["+CMS ERROR: 38".into(), "x".into()],
    }
}

#[test]
fn a_long_text_keeps_to_the_first_card_that_is_known() {
    let mut store = Store::in_memory().unwrap();
    let id = hello(&mut store, "+15550107", 3);
    // The first part went out before the modem told whose card it has.
    mark(&mut store, id, 1, SegmentState::Sending);
    mark(&mut store, id, 1, sent(1));
    assert_eq!(store.keep_to_card(id, 7).unwrap(), None);
    mark(&mut store, id, 2, SegmentState::Sending);
    mark(&mut store, id, 2, sent(2));
    assert_eq!(store.keep_to_card(id, 7).unwrap(), None);
    let held = store.keep_to_card(id, 8).unwrap().expect("the rest is held back");
    let Delivery::Failed(why) = held.delivery else { panic!("{:?}", held.delivery) };
    assert_eq!(why.cause, "2 of 3 parts went out with another SIM card");
}

#[test]
fn a_text_goes_through_its_states() {
    let mut store = Store::in_memory().unwrap();
    let draft = deskphone::phone::Draft { number: number("+15550107"), text: "hel".into() };
    let thread = store.save_draft(&draft, at(0), "").unwrap().unwrap();
    assert_eq!(thread.draft, "hel");
    let to = number("+15550107");
    let (message, thread) = submit(&mut store, "+15550107", "hello", 3, 0, &owner(US)).unwrap();
    assert_eq!(message.delivery, Delivery::Queued);
    assert_eq!((message.segments, message.options.status_report, message.read), (3, true, true));
    assert_eq!((thread.draft.as_str(), thread.preview.as_str()), ("", "hello"));
    assert_eq!(thread.last_delivery, "queued");
    let next = store.next_to_send(&owner(US), Carrier::Modem, at(0)).unwrap().unwrap();
    assert_eq!(next.pdu, segments(3)[0].pdu);
    assert_eq!((next.segment, next.segments, next.tpdu_octets), (1, 3, 3));
    assert_eq!((next.number, next.more, next.attempts, next.batch), (to, true, 0, None));
    let id = message.id;
    let count = |done| Delivery::Sending(SegmentCount { done, total: 3 });
    assert_eq!(mark(&mut store, id, 1, SegmentState::Sending).delivery, count(0));
    assert_eq!(mark(&mut store, id, 1, sent(250)).delivery, count(1));
    assert_eq!(first(&mut store), Some((id, 2)));
    mark(&mut store, id, 2, SegmentState::Sending);
    mark(&mut store, id, 2, sent(251));
    mark(&mut store, id, 3, SegmentState::Sending);
    assert_eq!(mark(&mut store, id, 3, sent(252)).delivery, Delivery::Sent);
    assert_eq!(first(&mut store), None);
    assert_eq!(report(&mut store, 250, "+15550107", 0).unwrap().delivery, Delivery::Sent);
    assert_eq!(report(&mut store, 252, "15550107", 1).unwrap().delivery, Delivery::Sent);
    assert_eq!(report(&mut store, 251, "+15550107", 2).unwrap().delivery, Delivery::Delivered);
    assert_eq!(store.threads().unwrap()[0].last_delivery, "delivered");
}

#[test]
fn the_outbox_is_in_order_and_each_program_has_its_own() {
    let mut store = Store::in_memory().unwrap();
    let a = hello(&mut store, "+15550101", 2);
    let other = submit(&mut store, "+1555", "x", 1, 0, &owner("other")).unwrap().0.id;
    let b = hello(&mut store, "+15550102", 1);
    for expected in [(a, 1), (a, 2), (b, 1)] {
        assert_eq!(first(&mut store), Some(expected));
        mark(&mut store, expected.0, expected.1, SegmentState::Sending);
        mark(&mut store, expected.0, expected.1, sent(9));
    }
    assert_eq!(first(&mut store), None);
    assert_eq!(next(&mut store, &owner("other")), Some((other, 1)));
    assert_eq!(next(&mut store, &owner("nobody")), None);
}

#[test]
fn a_failed_text_waits_for_the_user_and_only_repeats_what_failed() {
    let mut store = Store::in_memory().unwrap();
    let id = hello(&mut store, "+15550109", 3);
    mark(&mut store, id, 1, sent(1));
    let why = failure("The network refused the text");
    let failed = store.mark_segment(id, 2, SegmentState::Failed, Some(&why), at(2)).unwrap();
    assert_eq!(failed.delivery, Delivery::Failed(why));
    assert_eq!(first(&mut store), None);
    let again = store.retry(id, &owner(US), None).unwrap();
    assert_eq!(again.delivery, Delivery::Sending(SegmentCount { done: 1, total: 3 }));
    assert_eq!(first(&mut store), Some((id, 2)));
    let why = failure("No answer");
    let doubtful = store.mark_segment(id, 2, SegmentState::Unknown, Some(&why), at(3)).unwrap();
    assert_eq!(doubtful.delivery, Delivery::Unknown(why));
    assert_eq!(first(&mut store), None);
    store.retry(id, &owner(US), None).unwrap();
    mark(&mut store, id, 2, sent(2));
    assert_eq!(mark(&mut store, id, 3, sent(3)).delivery, Delivery::Sent);
}

#[test]
fn only_what_was_not_handed_over_can_be_taken_back() {
    let mut store = Store::in_memory().unwrap();
    let why = |message: &TextMessage| match &message.delivery {
        Delivery::Failed(why) => why.cause.clone(),
        other => panic!("{other:?}"),
    };
    let id = hello(&mut store, "+15550107", 3);
    let cancelled = store.cancel(id).unwrap().unwrap();
    assert_eq!(why(&cancelled), "You cancelled it before it was sent");
    assert_eq!(first(&mut store), None);
    assert_eq!(store.cancel(id).unwrap(), None);
    store.retry(id, &owner(US), None).unwrap();
    assert_eq!(first(&mut store), Some((id, 1)));
    mark(&mut store, id, 1, SegmentState::Sending);
    // The first part is in flight: the others are taken back at once, and its answer is awaited.
    assert_eq!(store.cancel(id).unwrap().unwrap().delivery.word(), "sending");
    assert_eq!(store.cancel(id).unwrap(), None);
    assert_eq!(first(&mut store), None);
    let cut = mark(&mut store, id, 1, sent(1));
    assert_eq!(why(&cut), "You cancelled it after 1 of 3 parts were sent");
    assert_eq!(first(&mut store), None);
    assert_eq!(store.cancel(MessageId(999)).unwrap(), None);
    // The only part is in flight.
    let id = hello(&mut store, "+15550107", 1);
    mark(&mut store, id, 1, SegmentState::Sending);
    assert_eq!(store.cancel(id).unwrap(), None);
    assert_eq!(mark(&mut store, id, 1, sent(1)).delivery, Delivery::Sent);
}

#[test]
fn a_text_that_is_not_tried_again_keeps_the_reason() {
    let mut store = Store::in_memory().unwrap();
    let id = hello(&mut store, "+15550101", 1);
    mark(&mut store, id, 1, SegmentState::Sending);
    store.retry_later(id, 1, at(60), &failure("The network is out of order"), at(1)).unwrap();
    let Delivery::Failed(why) = store.cancel(id).unwrap().unwrap().delivery else {
        panic!("it was taken back");
    };
    assert_eq!(why.cause, "The network is out of order (further attempts were cancelled)");
    assert_eq!(why.advice, "Try again");
}

#[test]
fn what_was_taken_back_can_not_begin_to_be_sent() {
    let mut store = Store::in_memory().unwrap();
    let id = hello(&mut store, "+15550107", 1);
    assert_eq!(first(&mut store), Some((id, 1)));
    store.cancel(id).unwrap();
    let begun = store.mark_segment(id, 1, SegmentState::Sending, None, at(1));
    assert!(matches!(begun, Err(StoreError::Refused(_))), "{begun:?}");
}

#[test]
fn what_does_not_exist_is_said_so() {
    let mut store = Store::in_memory().unwrap();
    let state = SegmentState::Sending;
    let missing = StoreError::Missing("text");
    assert_eq!(store.mark_segment(MessageId(7), 1, state, None, at(0)), Err(missing.clone()));
    let id = hello(&mut store, "+15550107", 1);
    assert_eq!(store.mark_segment(id, 2, state, None, at(0)), Err(missing.clone()));
    assert_eq!(store.retry(MessageId(7), &owner(US), None), Err(missing));
    let none = submit(&mut store, "+1", "x", 0, 0, &owner(US));
    assert!(matches!(none, Err(StoreError::Refused(_))));
    let many = vec![segments(1).remove(0); 256];
    let (to, options) = (number("+1"), SendOptions::default());
    let text = OutgoingText { to: &to, text: "x", options: &options, segments: &many };
    assert!(store.submit(&text, at(0), &owner(US)).is_err());
    assert!(store.threads().unwrap().len() == 1);
}

#[test]
fn reports_find_the_newest_text_with_their_reference_and_recipient() {
    let mut store = Store::in_memory().unwrap();
    let ids: Vec<_> = ["+15550101", "+15550102", "+15550101"]
        .into_iter()
        .map(|to| {
            let id = hello(&mut store, to, 1);
            mark(&mut store, id, 1, sent(7));
            id
        })
        .collect();
    assert_eq!(report(&mut store, 7, "+15550199", 0), None);
    assert_eq!(report(&mut store, 8, "+15550101", 0), None);
    assert_eq!(report(&mut store, 7, "5550102", 0).unwrap().id, ids[1]);
    assert_eq!(report(&mut store, 7, "+15550101", 0).unwrap().id, ids[2]);
    // The next one is for the older text: the newer one is delivered already.
    assert_eq!(report(&mut store, 7, "+15550101", 0).unwrap().id, ids[0]);
}

#[test]
fn a_report_is_of_the_text_that_was_handed_in_when_it_says() {
    const DAY: i64 = 24 * 3600;
    let mut store = Store::in_memory().unwrap();
    let old = hello(&mut store, "+15550101", 1);
    mark(&mut store, old, 1, sent(7));
    // TP-MR has come round, and the report overtakes the modem's answer to the newer text.
    let new = hello(&mut store, "+15550101", 1);
    mark(&mut store, new, 1, SegmentState::Sending);
    let of_new = (7, "+15550101", 0);
    assert_eq!(report_of(&mut store, of_new, Some(3 * DAY), 3 * DAY + 5), None);
    let state = SegmentState::Sent { reference: Some(7) };
    let told = store.mark_segment(new, 1, state, None, at(3 * DAY + 6)).unwrap();
    assert_eq!(told.delivery, Delivery::Delivered);
    // The older one gets its own, three days late.
    let told = report_of(&mut store, of_new, Some(1), 3 * DAY + 60).unwrap();
    assert_eq!((told.id, told.delivery), (old, Delivery::Delivered));
    // A centre whose clock has stopped is of no help, and reports are told apart as before.
    let other = hello(&mut store, "+15550103", 1);
    mark(&mut store, other, 1, sent(9));
    let told = store.receive_report(
        &IncomingReport {
            reference: 9,
            recipient: "+15550103".into(),
            status: 0,
            sent_at: Some(at(-900 * DAY)),
            discharged_at: Some(at(-900 * DAY)),
        },
        None,
        at(20),
    );
    assert_eq!(told.unwrap().unwrap().id, other);
}

#[test]
fn a_repeated_report_is_not_of_an_older_text_that_asked_for_none() {
    let mut store = Store::in_memory().unwrap();
    let (to, parts, options) = (number("+15550101"), segments(1), SendOptions::default());
    let text = OutgoingText { to: &to, text: "no report", options: &options, segments: &parts };
    let silent = store.submit(&text, at(0), &owner(US)).unwrap().0.id;
    mark(&mut store, silent, 1, sent(7));
    let id = hello(&mut store, "+15550101", 1);
    mark(&mut store, id, 1, sent(7));
    for _ in 0..3 {
        assert_eq!(report(&mut store, 7, "+15550101", 0).unwrap().id, id);
    }
    assert_eq!(mark(&mut store, silent, 1, sent(7)).delivery, Delivery::Sent);
}

#[test]
fn report_statuses_have_their_meaning() {
    // 23.040 §9.2.3.15: 0x00–0x1F completed, 0x20–0x3F still trying, 0x40–0x5F permanent,
    // 0x60–0x7F temporary and given up.
    for (status, word) in [
        (0x00, Some("delivered")),
        (0x02, Some("delivered")),
        (0x1F, Some("delivered")),
        (0x20, None),
        (0x30, None),
        (0x3F, None),
        (0x40, Some("failed")),
        (0x46, Some("failed")),
        (0x60, Some("failed")),
        (0xFF, Some("failed")),
    ] {
        let mut store = Store::in_memory().unwrap();
        let id = hello(&mut store, "+15550108", 1);
        mark(&mut store, id, 1, sent(3));
        let changed = report(&mut store, 3, "+15550108", status);
        assert_eq!(changed.as_ref().map(|message| message.delivery.word()), word, "{status:#x}");
        if let Some(Delivery::Failed(why)) = changed.map(|message| message.delivery) {
            assert!(!why.cause.is_empty());
        }
        // Whatever was said first, it may still be delivered.
        assert_eq!(report(&mut store, 3, "+15550108", 0).unwrap().delivery, Delivery::Delivered);
        // And a late answer of the modem changes that no more.
        assert_eq!(mark(&mut store, id, 1, sent(3)).delivery, Delivery::Delivered);
    }
}

#[test]
fn a_report_may_come_before_the_modem_tells_the_reference() {
    let mut store = Store::in_memory().unwrap();
    let id = hello(&mut store, "+15550108", 1);
    mark(&mut store, id, 1, SegmentState::Sending);
    assert_eq!(report(&mut store, 44, "+15550108", 0), None);
    assert_eq!(mark(&mut store, id, 1, sent(43)).delivery, Delivery::Sent);
    let id = hello(&mut store, "+15550108", 1);
    assert_eq!(mark(&mut store, id, 1, sent(44)).delivery, Delivery::Delivered);
    // It is used once.
    let id = hello(&mut store, "+15550108", 1);
    assert_eq!(mark(&mut store, id, 1, sent(44)).delivery, Delivery::Sent);
    // And only for its recipient.
    assert_eq!(report(&mut store, 45, "+15550108", 0), None);
    let id = hello(&mut store, "+15550107", 1);
    assert_eq!(mark(&mut store, id, 1, sent(45)).delivery, Delivery::Sent);
    for reference in 0..=255 {
        assert_eq!(report(&mut store, reference, "+15559999", 0), None);
    }
}

#[test]
fn concatenation_references_count_on_and_around() {
    for (wide, key, count) in [(false, "concat_reference", 256), (true, "wide_reference", 65_536)] {
        let folder = Folder::new();
        assert_eq!(folder.open().next_concat_reference(wide).unwrap(), 1);
        // Nearly round.
        let db = rusqlite::Connection::open(folder.path()).unwrap();
        db.execute("UPDATE meta SET value = ?2 WHERE key = ?1", (key, count - 3)).unwrap();
        drop(db);
        let mut store = folder.open();
        for step in 0..300 {
            let reference = u32::from(store.next_concat_reference(wide).unwrap());
            assert_eq!(reference, (count - 2 + step) % count);
        }
    }
    let mut store = Store::in_memory().unwrap();
    let (a, b) = (store.next_concat_reference(false), store.next_concat_reference(true));
    assert_eq!((a.unwrap(), b.unwrap()), (1, 1));
}

#[test]
fn a_clock_that_is_set_back_does_not_put_another_attempt_off_for_hours() {
    let mut store = Store::in_memory().unwrap();
    let us = owner(US);
    let retrying = submit(&mut store, "+1555", "Again", 1, 0, &us).unwrap().0.id;
    store.retry_later(retrying, 1, at(120), &Diagnosis::new("x", ""), at(0)).unwrap();
    let options = SendOptions { at: Some(at(3600)), ..SendOptions::default() };
    let (to, segments) = (number("+1556"), segments(1));
    let text = OutgoingText { to: &to, text: "Later", options: &options, segments: &segments };
    store.submit(&text, at(0), &us).unwrap();
    let back = -5 * 3600;
    store.clock_set_back(&us, at(back)).unwrap();
    // At most half an hour from now, and what was scheduled waits for its time.
    assert_eq!(store.next_due(&us).unwrap(), Some(at(back + 1800)));
    let next = store.next_to_send(&us, Carrier::Modem, at(back + 1800)).unwrap().unwrap();
    assert_eq!(next.message, retrying);
    assert_eq!(store.next_due(&us).unwrap(), Some(at(3600)));
}

#[test]
fn a_text_that_another_program_has_taken_over_is_not_begun_here() {
    let folder = Folder::new();
    let (mut ours, mut theirs) = (folder.open(), folder.open());
    let (us, them) = (owner(US), owner("them"));
    let id = submit(&mut ours, "+1555", "Once", 1, 0, &us).unwrap().0.id;
    ours.mark_segment(id, 1, SegmentState::Failed, None, at(1)).unwrap();
    ours.retry(id, &us, None).unwrap();
    let modem = Carrier::Modem;
    let chosen = ours.next_to_send(&us, modem, at(2)).unwrap().unwrap();
    // Where the file system has no locks, each program takes the other for dead.
    theirs.mark_segment(id, 1, SegmentState::Failed, None, at(3)).unwrap();
    theirs.retry(id, &them, None).unwrap();
    let late = ours.begin_segment(chosen.message, chosen.segment, &us, modem, at(4));
    assert!(matches!(late, Err(StoreError::Refused(_))), "{late:?}");
    theirs.begin_segment(id, 1, &them, modem, at(5)).unwrap();
    assert!(theirs.begin_segment(id, 1, &them, modem, at(6)).is_err(), "begun is begun");
    let other = submit(&mut theirs, "+1556", "Demo", 1, 7, &them).unwrap().0.id;
    assert!(theirs.begin_segment(other, 1, &them, Carrier::Demo, at(8)).is_err());
}
