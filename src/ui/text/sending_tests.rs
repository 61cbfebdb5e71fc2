//! The words of the composer, the outbox and the lists.

use super::*;
use crate::phone::{BatchCounts, BatchId};

fn at(day: u8, hour: u8, minute: u8) -> WallTime {
    WallTime::from_civil((2026, 11, day), (hour, minute, 0), 4)
}

#[test]
fn a_moment_to_come_is_said_as_people_say_it() {
    // 22 November 2026 is a Sunday.
    let now = at(22, 18, 4);
    assert_eq!(moment(at(22, 20, 0), now), "20:00");
    assert_eq!(moment(at(23, 9, 0), now), "tomorrow 09:00");
    assert_eq!(moment(at(25, 9, 5), now), "Wednesday 09:05");
    assert_eq!(moment(at(30, 9, 0), now), "30 Nov 09:00");
    assert_eq!(send(1, Some(at(22, 20, 0)), now), "Schedule for 20:00");
    assert_eq!(send(3, Some(at(23, 9, 0)), now), "Schedule 3 texts for tomorrow 09:00");
    assert_eq!(send(1, None, now), "Send");
    assert_eq!(send_list(120, None, now), "Send 120 texts");
}

#[test]
fn the_encoding_names_its_national_table() {
    let mut info = SegmentInfo {
        alphabet: Alphabet::Gsm7,
        segments: 2,
        used_in_last: 1,
        capacity: 153,
        forced_by: None,
        segments_if_gsm7: 1,
        tables: (0, 0),
    };
    assert_eq!(encoding(&info), "GSM-7");
    // 23.038 §6.2.1.2.4: 1 Turkish, 3 Portuguese, 13 Urdu.
    info.tables = (1, 0);
    assert_eq!(encoding(&info), "GSM-7 with the Turkish table");
    info.tables = (3, 3);
    assert_eq!(encoding(&info), "GSM-7 with the Portuguese tables");
    info.tables = (0, 13);
    assert_eq!(encoding(&info), "GSM-7 with the Urdu table");
    info.tables = (0, 99);
    assert_eq!(encoding(&info), "GSM-7");
    info.alphabet = Alphabet::Ucs2;
    assert_eq!(encoding(&info), "Unicode");
}

#[test]
fn a_replacement_says_what_it_saves() {
    let plain = PlainText {
        text: String::new(),
        segments: 1,
        replaced: vec![("’".to_owned(), "'".to_owned()), ("\u{a0}".to_owned(), " ".to_owned())],
    };
    let info = SegmentInfo {
        alphabet: Alphabet::Ucs2,
        segments: 2,
        used_in_last: 1,
        capacity: 67,
        forced_by: Some('’'),
        segments_if_gsm7: 1,
        tables: (0, 0),
    };
    assert_eq!(replace(&plain, 3, &info), "Replace 3 characters: 1 text instead of 2");
    assert_eq!(
        replace(&PlainText { segments: 2, ..plain.clone() }, 1, &info),
        "Replace 1 character"
    );
    assert_eq!(pairs(&plain), "’  →  '\nnon-breaking space  →  space\nCtrl+Z undoes it");
}

#[test]
fn a_batch_says_where_its_texts_stand() {
    let counts_of = BatchCounts { waiting: 84, sent: 12, delivered: 3, failed: 1, unknown: 0 };
    let batch = Batch {
        id: BatchId(1),
        name: "people.csv".to_owned(),
        created: at(22, 18, 0),
        paused: true,
        counts: counts_of,
    };
    assert_eq!(counts(&batch), "Paused · 84 waiting · 12 sent · 3 delivered · 1 not sent");
    assert_eq!(progress(&batch), "16 of 100");
}

#[test]
fn what_waits_at_the_network_is_counted() {
    let mut mark = WaitingMark {
        kind: WaitingKind::Voicemail,
        count: Some(2),
        from: crate::number::PhoneNumber::new("+15550100"),
        time: at(22, 18, 0),
    };
    assert_eq!(waiting(&mark), "2 voice messages at the network");
    mark.count = None;
    assert_eq!(waiting(&mark), "New voice messages at the network");
}
