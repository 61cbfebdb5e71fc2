//! What the three forms look like, and that nobody else's words break out of them.

use super::*;
use crate::clock::WallTime;
use crate::phone::{
    CallRecordId, MessageId, MessageKind, Outcome, RemoteParty, SegmentCount, SendOptions, ThreadId,
};
use std::time::Duration;

/// 2026-11-22T12:00:00Z, an hour ahead.
const TIME: WallTime = WallTime::from_unix_seconds(1_795_348_800, 4);

fn text(direction: Direction, number: &str, words: &str, delivery: Delivery) -> TimelineItem {
    TimelineItem::Text(TextMessage {
        id: MessageId(7),
        thread: ThreadId(1),
        direction,
        number: PhoneNumber::new(number),
        kind: MessageKind::Text,
        text: words.to_owned(),
        undecodable_pdu: None,
        time: TIME,
        sent_at: None,
        delivery,
        segments: 1,
        delivered_segments: 0,
        options: SendOptions::default(),
        batch: None,
        read: true,
    })
}

fn received(number: &str, words: &str) -> TimelineItem {
    let whole = Delivery::Received(SegmentCount { done: 1, total: 1 });
    text(Direction::MobileTerminated, number, words, whole)
}

fn call() -> TimelineItem {
    TimelineItem::Call(CallRecord {
        id: CallRecordId(3),
        direction: Direction::MobileTerminated,
        remote: RemoteParty::Known(PhoneNumber::new("+15550100")),
        started: TIME,
        talk_time: Some(Duration::from_secs(65)),
        outcome: Outcome::Answered,
        cause: String::new(),
        advice: String::new(),
        seen: true,
    })
}

fn written(format: ExportFormat, items: Vec<(&str, TimelineItem)>) -> (String, Written) {
    let entries = items.into_iter().map(|(name, item)| Ok(Entry { name: name.to_owned(), item }));
    let mut out = Vec::new();
    let written = write(entries, format, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), written)
}

#[test]
fn text_is_for_people_and_a_text_can_not_imitate_the_next_line() {
    let failed = Delivery::Failed(Diagnosis::new("The network is overloaded", ""));
    let items = vec![
        ("Ada", received("+15550100", "Hi\n2026-11-22 13:00:00  From Bank\u{1b}[2J")),
        ("", text(Direction::MobileOriginated, "+15550101", "Hello", failed)),
        ("Ada", call()),
    ];
    let (out, count) = written(ExportFormat::Text, items);
    let expected = "2026-11-22 13:00:00  From Ada (+15550100)\n    Hi\n    \
                    2026-11-22 13:00:00  From Bank [2J\n\n\
                    2026-11-22 13:00:00  To +15550101, failed: The network is overloaded\n    \
                    Hello\n\n\
                    2026-11-22 13:00:00  Call from Ada (+15550100), 1 min 5 s\n";
    assert_eq!(out, expected);
    assert_eq!(count, Written { texts: 2, calls: 1 });
}

#[test]
fn csv_quotes_what_it_must_and_holds_no_formulas() {
    let items = vec![
        ("=cmd|' /C calc'!A0", received("+15550100", "a \"b\", c\r\nd")),
        ("", received("@SUM(A1)", "+1+1")),
        ("", call()),
    ];
    let (out, _) = written(ExportFormat::Csv, items);
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(&rows[0][3], "+15550100", "a number is no formula");
    assert_eq!(&rows[0][4], "'=cmd|' /C calc'!A0");
    assert_eq!(&rows[0][6], "a \"b\", c\r\nd", "line ends stay as they are");
    assert_eq!((&rows[1][3], &rows[1][6]), ("'@SUM(A1)", "'+1+1"));
    assert_eq!((&rows[2][0], &rows[2][7]), ("call", "65"));
    assert_eq!(&rows[2][1], "2026-11-22T13:00:00+01:00");
}

#[test]
fn csv_reads_back_to_what_was_written() {
    // The apostrophe is ours if what follows the apostrophes would be a formula.
    let bare = |field: &str| match field.strip_prefix('\'') {
        Some(rest)
            if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) =>
        {
            rest.to_owned()
        }
        _ => field.to_owned(),
    };
    let texts = ["=1", "'=1", "''=1", "'Tis", "+49301", "'+49301", "+", "", "a\r\nb\"c\",;", "\t-"];
    let items = texts.iter().map(|words| ("", received("+15550100", words))).collect();
    let (out, _) = written(ExportFormat::Csv, items);
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let back: Vec<String> = rows.iter().map(|row| bare(&row[6])).collect();
    assert_eq!(back, texts);
    assert!(rows.iter().all(|row| !row[6].starts_with(['=', '-', '@', '\t', '\r'])));
}

#[test]
fn the_kind_of_a_text_is_in_every_form() {
    let mut flash = text(Direction::MobileOriginated, "+15550100", "Look", Delivery::Sent);
    if let TimelineItem::Text(text) = &mut flash {
        text.options.flash = true;
    }
    let items = || vec![("", flash.clone()), ("", received("+15550100", "Hi")), ("", call())];
    let (out, _) = written(ExportFormat::Csv, items());
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == "kind").unwrap();
    let kinds: Vec<String> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
    assert_eq!(kinds, ["flash", "text", ""]);
    let back: Value = serde_json::from_str(&written(ExportFormat::Json, items()).0).unwrap();
    assert_eq!((&back[0]["kind"], &back[1]["kind"]), (&"flash".into(), &"text".into()));
    assert!(back[2].get("kind").is_none());
}

#[test]
fn json_is_one_array_that_reads_back() {
    let items = vec![("Ada", received("+15550100", "\"سلام\"\n😀")), ("Ada", call())];
    let (out, _) = written(ExportFormat::Json, items);
    let back: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(back[0]["text"], "\"سلام\"\n😀");
    assert_eq!(back[0]["name"], "Ada");
    assert_eq!(back[1]["duration"], 65);
    assert_eq!(
        serde_json::from_str::<Value>(&written(ExportFormat::Json, vec![]).0).unwrap(),
        Value::Array(Vec::new())
    );
}

#[test]
fn pages_are_asked_for_until_there_is_nothing_newer() {
    let at = |millis| {
        let mut item = received("+15550100", "x");
        if let TimelineItem::Text(text) = &mut item {
            text.time.unix_millis = millis;
        }
        item
    };
    let pages = [(vec![at(5), at(6), at(6)], true), (vec![at(7)], false)];
    let mut asked = Vec::new();
    let answers = |query: Query| {
        let Query::Timeline { page: Page::From(from), .. } = query else { panic!("{query:?}") };
        let (items, newer) = pages[asked.len()].clone();
        asked.push(from);
        Answer::Timeline { items, older: false, newer }
    };
    let all: Vec<_> = items(vec![PhoneNumber::new("+15550100")], answers).collect();
    assert_eq!(all.len(), 4);
    assert_eq!(asked, [i64::MIN, 7]);
    let fails = |_: Query| Answer::Failed("the disk is gone".to_owned());
    assert!(items(Vec::new(), fails).next().is_some_and(|item| item.is_err()));
}
