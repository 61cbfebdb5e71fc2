//! What is kept of each call, and for how long.

use super::*;
use deskphone::phone::{
    AccessTechnology, CallDetail, CallRecord, CallRecordId, Direction, Milestone, Outcome,
    Registration, RemoteParty, SignalQuality, TRANSCRIPT_LINES, TranscriptLine,
};
use rusqlite::Connection;
use std::time::Instant;

fn detail() -> CallDetail {
    let step = |at_ms, state: &str| Milestone { at_ms, state: state.into() };
    let line = |at_ms, sent, text: &str| TranscriptLine { at_ms, sent, text: text.into() };
    CallDetail {
        milestones: vec![step(0, "dialing"), step(2100, "alerting"), step(9000, "released")],
        cause: Some(17),
        evidence: vec!["BUSY".into(), "+CEER: \"5,17\"".into()],
        signal: Some(SignalQuality { rssi: 31 }),
        registration: Registration::Roaming,
        access_technology: Some(AccessTechnology::Lte),
        operator: "Simulated \"net\"".into(),
        keys: "12#".into(),
        blocked_by: "+49 900*".into(),
        transcript: vec![line(-7, true, "ATD+1;"), line(8999, false, "line\n\u{1}«BUSY»")],
    }
}

fn call(store: &mut Store, seconds: i64) -> CallRecord {
    let remote = RemoteParty::Known(number("+15550100"));
    let record = store.begin_call(Direction::MobileOriginated, &remote, at(seconds)).unwrap();
    CallRecord { outcome: Outcome::Blocked, cause: "x".into(), ..record }
}

fn kept(store: &Store, id: CallRecordId) -> Option<CallDetail> {
    match store.reader().unwrap().answer(&Query::CallDetail(id), "") {
        Answer::CallDetail(detail) => detail.map(|detail| *detail),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_detail_is_what_was_kept_and_goes_with_its_call() {
    let folder = Folder::new();
    let mut store = folder.open();
    let record = call(&mut store, 0);
    assert_eq!(kept(&store, record.id), None);
    store.finish_call(&record, &detail()).unwrap();
    drop(store);
    let mut store = folder.open();
    assert_eq!(kept(&store, record.id), Some(detail()));
    let answer = store.reader().unwrap().answer(&Query::Calls { limit: 9 }, "");
    assert_eq!(answer, Answer::Calls(vec![record.clone()]));
    let bare = CallDetail { registration: Registration::Unknown, ..CallDetail::default() };
    store.finish_call(&record, &bare).unwrap();
    assert_eq!(kept(&store, record.id), Some(bare));
    store.delete_call(record.id).unwrap();
    assert_eq!(kept(&store, record.id), None);
    drop(store);
    let db = Connection::open(folder.path()).unwrap();
    let rows: i64 = db.query_row("SELECT count(*) FROM call_details", [], |r| r.get(0)).unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn a_call_that_is_gone_takes_no_detail() {
    let mut store = Store::in_memory().unwrap();
    let record = call(&mut store, 0);
    store.delete_call(record.id).unwrap();
    assert!(store.finish_call(&record, &detail()).is_err());
    assert_eq!(kept(&store, record.id), None);
}

#[test]
fn only_the_newest_thousand_calls_keep_their_lines() {
    let mut store = Store::in_memory().unwrap();
    let ids: Vec<CallRecordId> = (0..1010)
        .map(|n| {
            let record = call(&mut store, n);
            store.finish_call(&record, &detail()).unwrap();
            record.id
        })
        .collect();
    for (id, n) in ids.iter().zip(0..) {
        let kept = kept(&store, *id).unwrap();
        assert_eq!(kept.transcript.is_empty(), n < 10, "call {n}");
        assert_eq!(kept.milestones, detail().milestones);
    }
}

#[test]
fn a_transcript_has_a_limit() {
    let mut store = Store::in_memory().unwrap();
    let record = call(&mut store, 0);
    let line = TranscriptLine { at_ms: 1, sent: false, text: "RING".into() };
    let transcript = vec![line; 3 * TRANSCRIPT_LINES];
    store.finish_call(&record, &CallDetail { transcript, ..detail() }).unwrap();
    assert_eq!(kept(&store, record.id).unwrap().transcript.len(), TRANSCRIPT_LINES);
}

#[test]
fn what_another_program_wrote_into_a_detail_is_put_up_with() {
    let folder = Folder::new();
    let mut store = folder.open();
    let record = call(&mut store, 0);
    store.finish_call(&record, &detail()).unwrap();
    drop(store);
    let db = Connection::open(folder.path()).unwrap();
    db.execute_batch(
        "UPDATE call_details SET milestones = '[[5,\"active\"],[1],\"x\",[-1,\"held\"]]',
             evidence = 'no json', registration = 'on the moon', transcript = '{}'",
    )
    .unwrap();
    drop(db);
    let read = kept(&folder.open(), record.id).unwrap();
    assert_eq!(read.milestones, [Milestone { at_ms: 5, state: "active".into() }]);
    assert_eq!((read.evidence.len(), read.transcript.len()), (0, 0));
    assert_eq!(read.registration, Registration::Unknown);
}

#[test]
fn the_newest_of_a_hundred_thousand_calls_come_at_once() {
    let folder = Folder::new();
    drop(folder.open());
    let mut db = Connection::open(folder.path()).unwrap();
    let writing = db.transaction().unwrap();
    for n in 0..100_000i64 {
        let number = format!("+1555{:07}", n % 500);
        let key = deskphone::number::match_key(&number);
        writing
            .prepare_cached(
                "INSERT INTO calls (direction, remote, number, match_key, started, started_offset,
                     outcome, cause, advice, seen) VALUES (1, 0, ?1, ?2, ?3, 0, 'missed', '', '', ?4)",
            )
            .unwrap()
            .execute(rusqlite::params![number, key, 1_790_000_000_000 + n, n % 100 != 0])
            .unwrap();
    }
    writing.commit().unwrap();
    drop(db);
    let store = folder.open();
    let reader = store.reader().unwrap();
    let begun = Instant::now();
    for _ in 0..10 {
        let Answer::Calls(calls) = reader.answer(&Query::Calls { limit: 200 }, "US") else {
            panic!("no calls");
        };
        assert_eq!(calls.len(), 200);
        let numbers = vec![number("+15550000007")];
        let query = Query::Timeline { numbers, page: Page::Newest, limit: 50 };
        let Answer::Timeline { items, .. } = reader.answer(&query, "US") else { panic!("none") };
        assert_eq!(items.len(), 50);
        assert_eq!(store.missed_unseen().unwrap(), 1000);
    }
    let each = begun.elapsed() / 10;
    // Without an index each of them reads all rows, about 100 ms.
    assert!(each.as_millis() < 100, "{each:?}");
}
