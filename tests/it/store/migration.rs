//! A file of an older version becomes one of this version, with everything in it.

use super::*;
use deskphone::phone::{Delivery, LinkAddress, MessageKind, ThreadFlags};
use deskphone::store::SegmentState;
use rusqlite::{Connection, params};

/// The tables as the first version published them.
const VERSION_1: &str = include_str!("../../../src/store/schema_1.sql");

/// FNV-1a: a published script never changes.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, octet| {
        (hash ^ u64::from(octet)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// A file as a program of version 1 left it: texts in both directions, one of them half here, one
/// half sent, one that can't be read, one deleted that the modem still has.
fn write_version_1(path: &std::path::Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let db = Connection::open(path).unwrap();
    db.execute_batch(VERSION_1).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    db.pragma_update(None, "application_id", 0x4470_686E).unwrap();
    db.execute_batch(
        "INSERT INTO threads (id, number, match_key, preview, last_direction, last_delivery, time,
             time_offset, unread, draft)
         VALUES (1, '+15550107', '5550107', 'x', 1, 'received', 1790000003000, 4, 1, 'hel');
         INSERT INTO messages (id, thread, direction, number, text, undecodable_pdu, time,
             time_offset, delivery, done, segments, read, report_requested, owner, hidden)
         VALUES
            (1, 1, 1, '+15550107', 'See you at the Café', NULL, 1790000000000, 4, 'received', 1, 1,
                1, 0, '', 0),
            (2, 1, 0, '+15550107', 'on my way', NULL, 1790000001000, 4, 'sending', 1, 2, 1, 1,
                'dead', 0),
            (3, 1, 1, '+15550107', '[part 1 of 2 is missing]会议', NULL, 1790000002000, 4,
                'received', 1, 2, 0, 0, '', 0),
            (4, 1, 1, '+15550107', 'This text could not be read: x', 'FF', 1790000003000, 4,
                'received', 1, 1, 1, 0, '', 0),
            (5, 1, 1, '+15550107', 'deleted', NULL, 1790000004000, 4, 'received', 1, 1, 1, 0, '',
                1);
         INSERT INTO segments (message, segment, pdu, tpdu_octets, state, reference, changed)
         VALUES (2, 1, x'00', 1, 'delivered', 7, 0), (2, 2, x'01', 1, 'queued', NULL, 0);
         INSERT INTO meta (key, value) VALUES ('concat_reference', '41');
         INSERT INTO settings (key, value) VALUES ('region', 'GB');",
    )
    .unwrap();
    let part = "INSERT INTO parts (message, part, pdu, text, reference, wide, total, received,
            memory, location, on_modem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'SM', ?1, 1)";
    let half = params![3, 2, b"half", "会议", 5, false, 2, 1_790_000_002_000i64];
    db.execute(part, half).unwrap();
    let none: Option<u16> = None;
    let whole = params![5, 1, b"deleted", "", none, none, 1, 1_790_000_004_000i64];
    db.execute(part, whole).unwrap();
}

#[test]
fn published_versions_are_as_they_were_published() {
    let scripts = [
        (VERSION_1, 0xDA50_087D_FEB4_CB8C),
        (include_str!("../../../src/store/schema_2.sql"), 0x7E24_51C7_DAE8_98D8),
        (include_str!("../../../src/store/schema_3.sql"), 0x49F1_CD73_7C78_41C2),
        (include_str!("../../../src/store/schema_4.sql"), 0xB9DB_8A0E_5B3C_851C),
        (include_str!("../../../src/store/schema_5.sql"), 0x2B72_4AF7_2886_EE53),
    ];
    for ((script, published), version) in scripts.into_iter().zip(1..) {
        assert_eq!(fingerprint(script), published, "schema_{version}.sql was changed");
    }
}

#[test]
fn a_file_of_version_1_is_migrated_with_everything_in_it() {
    let folder = Folder::new();
    write_version_1(&folder.path());
    for _ in 0..2 {
        let store = folder.open();
        let threads = store.threads().unwrap();
        assert_eq!(threads.len(), 1);
        assert_eq!((threads[0].unread, threads[0].draft.as_str()), (1, "hel"));
        assert_eq!(threads[0].flags, ThreadFlags::default());
        assert_eq!(store.settings().unwrap().region, "GB");
        assert_eq!(conversation(&store, "+15550107").len(), 4);
        let reader = store.reader().unwrap();
        for (query, found) in [
            ("cafe", vec!["See you at the Café"]),
            ("会议", vec!["[part 1 of 2 is missing]会议"]),
            ("way", vec!["on my way"]),
            ("deleted", vec![]),
        ] {
            assert_eq!(super::search::search(&reader, query), found, "{query}");
        }
    }
    let mut store = folder.open();
    assert_eq!(store.next_concat_reference(false).unwrap(), 42);
    let us = owner("us");
    assert_eq!(store.recover(&us).unwrap(), []);
    let sending = store.next_to_send(&us, Carrier::Modem, at(9)).unwrap().unwrap();
    assert_eq!((sending.message, sending.segment), (MessageId(2), 2));
    let sent = SegmentState::Sent { reference: Some(8) };
    let sent = store.mark_segment(sending.message, 2, sent, None, at(9)).unwrap();
    assert_eq!((sent.delivery, sent.delivered_segments), (Delivery::Sent, 1));
    assert!(sent.options.status_report);
    // The half text still waits for its other half, and the deleted one is still known.
    let other = IncomingText { sent_at: None, ..part("+15550107", "A", 5, 2, 1) };
    let whole = store.receive_text(b"first", &other, None, at(60)).unwrap();
    assert_eq!((whole.message.id, whole.message.text.as_str()), (MessageId(3), "A会议"));
    let again = StoredAt { memory: "SM".into(), index: 5 };
    let again = store.receive_text(b"deleted", &text("+15550107", "deleted"), Some(&again), at(61));
    assert!(!again.unwrap().new);
    let reader = store.reader().unwrap();
    assert_eq!(super::search::search(&reader, "unreadable").len(), 0);
    let query = Query::Search { text: "could not".into(), before: None, limit: 3 };
    let Answer::Found { hits, .. } = reader.answer(&query, "") else { panic!() };
    assert_eq!(hits[0].message.kind, MessageKind::Unreadable);
}

#[test]
fn a_migrated_file_has_the_tables_of_a_new_one() {
    let (old, new) = (Folder::new(), Folder::new());
    write_version_1(&old.path());
    let tables = |folder: &Folder| {
        drop(folder.open());
        let db = Connection::open(folder.path()).unwrap();
        let mut names = db.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").unwrap();
        let rows = names.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<(String, Option<String>)>>()
    };
    assert_eq!(tables(&old), tables(&new));
}

/// A file as a program of version 4 left it that used `modem` last: texts that wait for their time,
/// for their turn, for the rest of them and for another attempt, and two that wait no more.
fn write_version_4(path: &std::path::Path, modem: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let db = Connection::open(path).unwrap();
    let scripts = [
        VERSION_1,
        include_str!("../../../src/store/schema_2.sql"),
        include_str!("../../../src/store/schema_3.sql"),
        include_str!("../../../src/store/schema_4.sql"),
    ];
    scripts.iter().for_each(|script| db.execute_batch(script).unwrap());
    db.pragma_update(None, "user_version", 4).unwrap();
    db.pragma_update(None, "application_id", 0x4470_686E).unwrap();
    db.execute_batch(
        "INSERT INTO threads (id, number, match_key, preview, last_direction, last_delivery, time,
             time_offset) VALUES (1, '+15550107', '5550107', 'x', 0, 'sent', 1790000006000, 4);
         INSERT INTO batches (id, name, created, created_offset, paused)
         VALUES (3, 'guests', 1790000002000, 4, 1);
         INSERT INTO messages (id, thread, direction, number, text, time, time_offset, delivery,
             done, segments, read, owner, due, due_offset, send_at, send_at_offset, attempts,
             cause, batch)
         VALUES
            (1, 1, 0, '+15550107', 'later', 1790000001000, 4, 'scheduled', 0, 1, 1, 'dead',
                1790000500000, 4, 1790000500000, 4, 0, '', NULL),
            (2, 1, 0, '+15550107', 'next', 1790000002000, 4, 'queued', 0, 1, 1, 'dead',
                NULL, NULL, NULL, NULL, 0, '', NULL),
            (3, 1, 0, '+15550107', 'again', 1790000003000, 4, 'retrying', 0, 1, 1, 'dead',
                1790000100000, 4, NULL, NULL, 2, 'congested', NULL),
            (4, 1, 0, '+15550107', 'begun', 1790000004000, 4, 'sending', 1, 2, 1, 'dead',
                NULL, NULL, NULL, NULL, 0, '', NULL),
            (5, 1, 0, '+15550107', 'failed', 1790000005000, 4, 'failed', 0, 1, 1, 'dead',
                NULL, NULL, NULL, NULL, 0, 'refused', NULL),
            (6, 1, 0, '+15550107', 'sent', 1790000006000, 4, 'sent', 1, 1, 1, 'dead',
                NULL, NULL, NULL, NULL, 0, '', NULL),
            (7, 1, 0, '+15550107', 'paused', 1790000002000, 4, 'queued', 0, 1, 1, 'dead',
                NULL, NULL, NULL, NULL, 0, '', 3);
         INSERT INTO segments (message, segment, pdu, tpdu_octets, state, changed, cause) VALUES
            (1, 1, x'01', 1, 'queued', 0, ''), (2, 1, x'02', 1, 'queued', 0, ''),
            (3, 1, x'03', 1, 'queued', 0, 'congested'), (4, 1, x'04', 1, 'sent', 0, ''),
            (4, 2, x'05', 1, 'queued', 0, ''), (5, 1, x'06', 1, 'failed', 0, 'refused'),
            (6, 1, x'07', 1, 'sent', 0, ''), (7, 1, x'08', 1, 'queued', 0, '');",
    )
    .unwrap();
    db.execute("INSERT INTO settings (key, value) VALUES ('last_address', ?1)", [modem]).unwrap();
}

#[test]
fn texts_that_wait_in_a_file_of_version_4_go_where_they_were_written_for() {
    let real = LinkAddress::Serial("/dev/ttyUSB2".to_owned());
    for (modem, carrier, other) in
        [(LinkAddress::Demo, Carrier::Demo, Carrier::Modem), (real, Carrier::Modem, Carrier::Demo)]
    {
        let folder = Folder::new();
        write_version_4(&folder.path(), &modem.to_string());
        let mut store = folder.open();
        assert_eq!(store.settings().unwrap().last_address.as_ref(), Some(&modem));
        let outbox = Query::Outbox { limit: 9 };
        let Answer::Messages(texts) = store.reader().unwrap().answer(&outbox, "") else { panic!() };
        let mut kept: Vec<_> = texts
            .iter()
            .map(|text| (text.id.0, text.delivery.word(), text.options.carrier))
            .collect();
        kept.sort_unstable_by_key(|(id, ..)| *id);
        let waits = |id, word| (id, word, carrier);
        // One that failed waits for nobody but the user, who has the say.
        let failed = (5, "failed", Carrier::Modem);
        let due = [waits(1, "scheduled"), waits(2, "queued"), waits(3, "retrying")];
        let rest = [waits(4, "sending"), failed, waits(7, "queued")];
        assert_eq!(kept, [due, rest].concat(), "{modem}");
        let Delivery::Retrying(retry) = &texts.iter().find(|t| t.id.0 == 3).unwrap().delivery
        else {
            panic!()
        };
        assert_eq!((retry.at, retry.attempts, &*retry.why.cause), (at(100), 2, "congested"));
        // Only who they were written for gets them, each at its time.
        let us = owner("us");
        assert_eq!(store.discard_half_stored().unwrap(), None);
        assert_eq!(store.recover(&us).unwrap(), []);
        let mut sent = Vec::new();
        for seconds in [50, 100, 500] {
            assert_eq!(store.next_to_send(&us, other, at(seconds)).unwrap(), None, "{modem}");
            while let Some(next) = store.next_to_send(&us, carrier, at(seconds)).unwrap() {
                sent.push((seconds, next.message.0, next.segment));
                let state = SegmentState::Sent { reference: None };
                store.mark_segment(next.message, next.segment, state, None, at(seconds)).unwrap();
            }
        }
        assert_eq!(sent, [(50, 4, 2), (50, 2, 1), (100, 3, 1), (500, 1, 1)], "{modem}");
        assert_eq!(store.batches().unwrap()[0].counts.waiting, 1);
        store.set_batch_paused(store.batches().unwrap()[0].id, false).unwrap();
        let last = store.next_to_send(&us, carrier, at(501)).unwrap().unwrap();
        assert_eq!(last.message, MessageId(7));
    }
}
