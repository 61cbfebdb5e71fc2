//! Pages of a person's timeline, in every direction.

use super::*;
use deskphone::phone::{Direction, RemoteParty};

const NUMBERS: [&str; 2] = ["+15550107", "+445550107"];

/// 200 texts and calls with two numbers of one person; some share a moment. Others are not theirs.
fn filled() -> (Store, Vec<(i64, String)>) {
    let mut store = Store::in_memory().unwrap();
    let mut all = Vec::new();
    for n in 0..200i64 {
        let time = at(n * n % 71 + n);
        let with = NUMBERS[n as usize % 2];
        if n % 5 == 0 {
            let party = RemoteParty::Known(number(with));
            let call = store.begin_call(Direction::MobileTerminated, &party, time).unwrap();
            all.push((time.unix_millis, format!("call {}", call.id.0)));
        } else {
            let words = format!("text {n}");
            store.receive_text(words.as_bytes(), &text(with, &words), None, time).unwrap();
            all.push((time.unix_millis, words));
        }
        store.receive_text(&[n as u8], &text("+15550199", "not theirs"), None, time).unwrap();
    }
    all.sort();
    (store, all)
}

fn ask(reader: &Reader, page: Page, limit: u32) -> (Vec<(i64, String)>, bool, bool) {
    // The same number twice, differently written, counts once.
    let numbers = vec![number(NUMBERS[0]), number(NUMBERS[1]), number("0015550107")];
    match reader.answer(&Query::Timeline { numbers, page, limit }, "") {
        Answer::Timeline { items, older, newer } => {
            let line = |item: &TimelineItem| {
                let words = match item {
                    TimelineItem::Text(message) => message.text.clone(),
                    TimelineItem::Call(record) => format!("call {}", record.id.0),
                };
                (item.time().unix_millis, words)
            };
            (items.iter().map(line).collect(), older, newer)
        }
        other => panic!("{other:?}"),
    }
}

fn sorted(mut items: Vec<(i64, String)>) -> Vec<(i64, String)> {
    assert!(items.is_sorted_by_key(|item| item.0));
    items.sort();
    items
}

#[test]
fn every_page_is_a_whole_piece_of_the_timeline() {
    let (store, all) = filled();
    let reader = store.reader().unwrap();
    for limit in [1, 2, 7, 50, 200, 1000] {
        for millis in (-5..290).step_by(7).map(|seconds| at(seconds).unix_millis) {
            for page in
                [Page::Newest, Page::Before(millis), Page::From(millis), Page::Around(millis)]
            {
                let (items, older, newer) = ask(&reader, page, limit);
                let items = sorted(items);
                let what = format!("{page:?} of {limit}");
                // A page without anything has a place too: where it was asked for.
                let (first, last) = match (items.first(), items.last()) {
                    (Some(first), Some(last)) => (first.0, last.0),
                    _ => (millis, millis - 1),
                };
                let piece: Vec<_> =
                    all.iter().filter(|item| (first..=last).contains(&item.0)).cloned().collect();
                assert_eq!(items, piece, "{what}");
                assert_eq!(older, all.iter().any(|item| item.0 < first), "older, {what}");
                assert_eq!(newer, all.iter().any(|item| item.0 > last), "newer, {what}");
                let enough = items.len() as u32 >= limit;
                match page {
                    Page::Newest => assert!(!newer && (enough || !older), "{what}"),
                    Page::Before(_) => assert!(last < millis && (enough || !older), "{what}"),
                    Page::From(_) => assert!(first >= millis && (enough || !newer), "{what}"),
                    Page::Around(_) => {
                        let before = items.iter().filter(|item| item.0 < millis).count();
                        assert!(before as u32 >= limit / 2 || !older, "{what}");
                        let after = (items.len() - before) as u32;
                        assert!(after >= limit / 2 || !newer, "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn pages_on_from_the_middle_meet_every_item_once() {
    let (store, all) = filled();
    let reader = store.reader().unwrap();
    let (mut items, mut older, mut newer) = ask(&reader, Page::Around(at(140).unix_millis), 20);
    while older {
        let (more, further, _) = ask(&reader, Page::Before(items[0].0), 13);
        items.splice(0..0, more);
        older = further;
    }
    while newer {
        let next = items[items.len() - 1].0 + 1;
        let (more, _, further) = ask(&reader, Page::From(next), 13);
        items.extend(more);
        newer = further;
    }
    assert_eq!(sorted(items), all);
}

#[test]
fn nobody_has_no_timeline() {
    let (store, _) = filled();
    let reader = store.reader().unwrap();
    for numbers in [vec![], vec![number("")], vec![number("+999")]] {
        let query = Query::Timeline { numbers, page: Page::Around(0), limit: 0 };
        let nothing = Answer::Timeline { items: vec![], older: false, newer: false };
        assert_eq!(reader.answer(&query, ""), nothing);
    }
}
