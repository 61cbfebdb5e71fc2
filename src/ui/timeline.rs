//! The open conversation: a window of texts and calls that moves over all there are. Events keep it
//! up to date, queries extend it at either end, and what is far from sight is dropped.

use crate::number::{self, PhoneNumber};
use crate::phone::{
    Answer, CallRecord, CallRecordId, Direction, MessageId, Page, QueryId, TextMessage, ThreadId,
    TimelineItem,
};
use std::ops::Range;

/// Items asked for at once.
pub const PAGE: u32 = 100;
/// Items kept in memory.
pub const WINDOW: usize = 600;

/// What tells one item from another: a call or not, and its row number.
pub type Key = (bool, i64);

/// A text to be shown and pointed out: found by a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    /// The text.
    pub message: MessageId,
    /// Its place in the conversation, in Unix milliseconds.
    pub time: i64,
    /// Octets of its text to be marked.
    pub marks: Vec<Range<usize>>,
}

/// Which end a query extends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Older,
    Newer,
    /// Everything anew.
    Both,
}

/// The texts and calls with one person, oldest first.
#[derive(Debug, Default)]
pub struct Timeline {
    /// All numbers of the person; empty while no conversation is open.
    pub numbers: Vec<PhoneNumber>,
    /// Oldest first; at most [`WINDOW`] and a page.
    pub items: Vec<TimelineItem>,
    /// Older items exist.
    pub older: bool,
    /// Newer items exist.
    pub newer: bool,
    /// Why the store could not answer; empty if it could.
    pub problem: String,
    /// The first text that was unread when the conversation was opened.
    pub first_unread: Option<MessageId>,
    /// How many were.
    pub unread_at_start: u32,
    /// The text that a search found.
    pub spot: Option<Spot>,
    /// Grows with each answer that replaced everything, so that the page knows where to begin.
    pub opened: u64,
    /// Items that changed since the page last asked.
    pub changed: Vec<Key>,
    query: Option<(QueryId, End)>,
}

impl Timeline {
    /// Begins with other numbers; `unread` received texts are new, `query` brings the first items.
    pub fn open(&mut self, numbers: Vec<PhoneNumber>, unread: u32, query: QueryId) {
        let opened = self.opened;
        let query = Some((query, End::Both));
        *self = Timeline { numbers, unread_at_start: unread, query, opened, ..Timeline::default() };
    }

    /// The place in the conversation changes: `query` brings the items there.
    pub fn turn_to(&mut self, spot: Option<Spot>, query: QueryId) {
        self.spot = spot;
        self.unread_at_start = 0;
        self.first_unread = None;
        self.query = Some((query, End::Both));
    }

    /// An answer is awaited.
    pub fn waits(&self) -> bool {
        self.query.is_some()
    }

    /// What to ask for to extend the window towards older items, if there are any.
    pub fn older_page(&self) -> Option<Page> {
        let first = self.items.first().filter(|_| self.older && !self.waits())?;
        Some(Page::Before(first.time().unix_millis))
    }

    /// The same towards newer ones.
    pub fn newer_page(&self) -> Option<Page> {
        let last = self.items.last().filter(|_| self.newer && !self.waits())?;
        Some(Page::From(last.time().unix_millis.saturating_add(1)))
    }

    /// That page was asked for.
    pub fn asked(&mut self, page: Page, query: QueryId) {
        let end = match page {
            Page::Before(_) => End::Older,
            Page::From(_) => End::Newer,
            Page::Newest | Page::Around(_) => End::Both,
        };
        self.query = Some((query, end));
    }

    /// Takes the answer to a query of this conversation in.
    pub fn answered(&mut self, id: QueryId, answer: &Answer) {
        let Some((_, end)) = self.query.filter(|(query, _)| *query == id) else { return };
        self.query = None;
        match answer {
            Answer::Timeline { items, older, newer } => {
                if end == End::Both {
                    self.items.clear();
                    self.changed.clear();
                    self.opened += 1;
                }
                let kept = std::mem::take(&mut self.items);
                self.items = merge(kept, items);
                if end != End::Newer {
                    self.older = *older;
                }
                if end != End::Older {
                    self.newer = *newer;
                }
                if end == End::Both {
                    self.first_unread = self.find_first_unread();
                }
                self.trim(end);
            }
            Answer::Failed(problem) => self.problem.clone_from(problem),
            Answer::Calls(_)
            | Answer::CallDetail(_)
            | Answer::Found { .. }
            | Answer::Messages(_) => {}
        }
    }

    /// A text is new or changed.
    pub fn text_changed(&mut self, message: &TextMessage, region: &str) {
        if self.is_with(&message.number, region) {
            self.insert(TimelineItem::Text(message.clone()));
        }
    }

    /// A call is new or changed.
    pub fn call_changed(&mut self, record: &CallRecord, region: &str) {
        let ours = record.remote.number().is_some_and(|number| self.is_with(number, region));
        if ours {
            self.insert(TimelineItem::Call(record.clone()));
        }
    }

    /// A text is gone.
    pub fn text_deleted(&mut self, id: MessageId) {
        self.items.retain(|item| !matches!(item, TimelineItem::Text(text) if text.id == id));
    }

    /// A call is gone.
    pub fn call_deleted(&mut self, id: CallRecordId) {
        self.items.retain(|item| !matches!(item, TimelineItem::Call(call) if call.id == id));
    }

    /// All texts of a conversation are gone.
    pub fn thread_deleted(&mut self, id: ThreadId) {
        self.items.retain(|item| !matches!(item, TimelineItem::Text(text) if text.thread == id));
    }

    /// The number last used in either direction, if it is among these items.
    pub fn last_number(&self) -> Option<&PhoneNumber> {
        self.items.iter().rev().find_map(|item| match item {
            TimelineItem::Text(message) => Some(&message.number),
            TimelineItem::Call(record) => record.remote.number(),
        })
    }

    fn find_first_unread(&self) -> Option<MessageId> {
        let received = |item: &&TimelineItem| {
            matches!(item, TimelineItem::Text(text)
                if text.direction == Direction::MobileTerminated)
        };
        let count = usize::try_from(self.unread_at_start).ok()?.checked_sub(1)?;
        let texts = self.items.iter().filter(received).count();
        let at = texts.checked_sub(1)?.min(count);
        match self.items.iter().rev().filter(received).nth(at)? {
            TimelineItem::Text(text) => Some(text.id),
            TimelineItem::Call(_) => None,
        }
    }

    fn is_with(&self, other: &PhoneNumber, region: &str) -> bool {
        self.numbers.iter().any(|number| {
            number == other || number::same_number(number.as_str(), other.as_str(), region)
        })
    }

    fn insert(&mut self, item: TimelineItem) {
        let place = order(&item);
        self.changed.push(place.1);
        if self.changed.len() > 2 * WINDOW {
            self.changed.drain(..WINDOW);
        }
        if let Some(at) = self.items.iter().rposition(|known| key(known) == place.1) {
            if order(&self.items[at]) == place {
                self.items[at] = item;
                return;
            }
            self.items.remove(at);
        }
        // What belongs beyond the window comes with the page it stands on.
        let millis = place.0;
        let before = self.items.first().is_some_and(|first| millis < first.time().unix_millis);
        let after = self.items.last().is_some_and(|last| millis > last.time().unix_millis);
        if (before && self.older) || (after && self.newer) {
            return;
        }
        let at = self.items.partition_point(|known| order(known) <= place);
        self.items.insert(at, item);
        if !self.newer {
            self.trim(End::Newer);
        }
    }

    /// Drops items at the end that is far from the one that grew; those of one millisecond stay or
    /// go together, for a page is asked for by time.
    fn trim(&mut self, grown: End) {
        let Some(excess) = self.items.len().checked_sub(WINDOW + 1) else { return };
        let time = |item: &TimelineItem| item.time().unix_millis;
        match grown {
            End::Older => {
                let first_dropped = time(&self.items[WINDOW]);
                let keep = self.items.partition_point(|item| time(item) < first_dropped);
                if keep > 0 {
                    self.items.truncate(keep);
                    self.newer = true;
                }
            }
            End::Newer | End::Both => {
                let last_dropped = time(&self.items[excess]);
                let drop = self.items.partition_point(|item| time(item) <= last_dropped);
                if drop < self.items.len() {
                    self.items.drain(..drop);
                    self.older = true;
                }
            }
        }
    }
}

/// What tells one item from another.
pub fn key(item: &TimelineItem) -> Key {
    match item {
        TimelineItem::Text(message) => (false, message.id.0),
        TimelineItem::Call(record) => (true, record.id.0),
    }
}

fn order(item: &TimelineItem) -> (i64, Key) {
    (item.time().unix_millis, key(item))
}

/// Both lists as one, in order; where an item is in both, the new one.
fn merge(mut kept: Vec<TimelineItem>, new: &[TimelineItem]) -> Vec<TimelineItem> {
    let keys: std::collections::BTreeSet<Key> = new.iter().map(key).collect();
    kept.retain(|item| !keys.contains(&key(item)));
    kept.extend(new.iter().cloned());
    // Two sorted runs: this is a merge.
    kept.sort_by_key(order);
    kept
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
