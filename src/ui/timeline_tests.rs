//! Tests of the window of items.

use super::*;
use crate::clock::WallTime;
use crate::phone::{Delivery, MessageKind, SegmentCount, SendOptions};

const ADA: &str = "+442079460018";

fn text(id: i64, seconds: i64) -> TimelineItem {
    TimelineItem::Text(TextMessage {
        id: MessageId(id),
        thread: ThreadId(1),
        direction: Direction::MobileTerminated,
        number: PhoneNumber::new(ADA),
        kind: MessageKind::Text,
        text: format!("text {id}"),
        undecodable_pdu: None,
        time: WallTime::from_unix_seconds(seconds, 0),
        sent_at: None,
        delivery: Delivery::Received(SegmentCount { done: 1, total: 1 }),
        segments: 1,
        delivered_segments: 0,
        options: SendOptions::default(),
        batch: None,
        read: false,
    })
}

/// A store of `count` texts, two in each second, answering the pages that the window asks for.
struct Archive(Vec<TimelineItem>);

impl Archive {
    fn new(count: i64) -> Self {
        Archive((0..count).map(|id| text(id, id / 2)).collect())
    }

    fn answer(&self, page: Page) -> Answer {
        let time = |item: &TimelineItem| item.time().unix_millis;
        let all = &self.0;
        let limit = PAGE as usize;
        // Pairs of one second stay together, as the store promises.
        let start_of = |at: usize| at - at % 2;
        let range = match page {
            Page::Newest => start_of(all.len().saturating_sub(limit))..all.len(),
            Page::Before(end) => {
                let end = all.partition_point(|item| time(item) < end);
                start_of(end.saturating_sub(limit))..end
            }
            Page::From(start) => {
                let start = all.partition_point(|item| time(item) < start);
                start..(start + limit).min(all.len())
            }
            Page::Around(middle) => {
                let middle = all.partition_point(|item| time(item) < middle);
                middle.saturating_sub(limit / 2)..(middle + limit / 2).min(all.len())
            }
        };
        let (older, newer) = (range.start > 0, range.end < all.len());
        Answer::Timeline { items: all[range].to_vec(), older, newer }
    }
}

fn opened(archive: &Archive, page: Page, unread: u32) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.open(vec![PhoneNumber::new(ADA)], unread, QueryId(1));
    timeline.answered(QueryId(1), &archive.answer(page));
    timeline
}

fn ids(timeline: &Timeline) -> Vec<i64> {
    timeline.items.iter().map(|item| key(item).1).collect()
}

#[test]
fn walking_up_and_down_shows_every_item_once_in_a_bounded_window() {
    let archive = Archive::new(3_001);
    let mut timeline = opened(&archive, Page::Newest, 0);
    let mut query = 1;
    let mut step = |timeline: &mut Timeline, page: Page| {
        query += 1;
        timeline.asked(page, QueryId(query));
        timeline.answered(QueryId(query), &archive.answer(page));
        let ids = ids(timeline);
        assert!(ids.windows(2).all(|pair| pair[1] == pair[0] + 1), "a gap or a double");
        assert!(ids.len() <= WINDOW + 1, "{}", ids.len());
    };
    while let Some(page) = timeline.older_page() {
        step(&mut timeline, page);
    }
    assert_eq!(ids(&timeline)[0], 0);
    assert!(timeline.newer);
    while let Some(page) = timeline.newer_page() {
        step(&mut timeline, page);
    }
    assert_eq!(ids(&timeline).last(), Some(&3_000));
    assert!(timeline.older);
}

#[test]
fn a_text_that_arrives_while_the_end_is_not_loaded_waits_for_its_page() {
    let archive = Archive::new(1_000);
    let mut timeline = opened(&archive, Page::Around(100_000), 0);
    let before = ids(&timeline);
    let TimelineItem::Text(new) = text(5_000, 9_000) else { unreachable!() };
    timeline.text_changed(&new, "");
    assert_eq!(ids(&timeline), before);
    let mut at_end = opened(&archive, Page::Newest, 0);
    at_end.text_changed(&new, "");
    assert_eq!(ids(&at_end).last(), Some(&5_000));
}

#[test]
fn the_first_unread_is_counted_from_the_end() {
    let archive = Archive::new(500);
    assert_eq!(opened(&archive, Page::Newest, 0).first_unread, None);
    assert_eq!(opened(&archive, Page::Newest, 3).first_unread, Some(MessageId(497)));
    assert_eq!(opened(&archive, Page::Newest, 400).first_unread, Some(MessageId(400)));
}

#[test]
fn an_answer_to_an_earlier_question_is_not_taken() {
    let archive = Archive::new(10);
    let mut timeline = opened(&archive, Page::Newest, 0);
    timeline.turn_to(None, QueryId(7));
    timeline.answered(QueryId(6), &archive.answer(Page::Newest));
    assert!(timeline.waits());
}
