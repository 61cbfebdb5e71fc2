//! The open conversation: a page of texts and calls, kept up to date by events and extended
//! backwards by queries.

use crate::number::{self, PhoneNumber};
use crate::phone::{
    Answer, CallRecord, CallRecordId, MessageId, QueryId, TextMessage, ThreadId, TimelineItem,
};

/// Items asked for at once.
pub const PAGE: u32 = 100;

/// The texts and calls with one number, oldest first.
#[derive(Debug, Default)]
pub struct Timeline {
    /// With whom; `None` while no conversation is open.
    pub number: Option<PhoneNumber>,
    /// Oldest first.
    pub items: Vec<TimelineItem>,
    /// Older items exist.
    pub more: bool,
    /// The query under way.
    pub query: Option<QueryId>,
    /// Why the store could not answer; empty if it could.
    pub problem: String,
}

impl Timeline {
    /// Begins with another number.
    pub fn open(&mut self, number: PhoneNumber, query: QueryId) {
        *self = Timeline { number: Some(number), query: Some(query), ..Timeline::default() };
    }

    /// End of the next older page, exclusive, in Unix milliseconds.
    pub fn before(&self) -> Option<i64> {
        self.items.first().map(|item| item.time().unix_millis)
    }

    /// Takes the answer to a query of this conversation in.
    pub fn answered(&mut self, id: QueryId, answer: &Answer) {
        if self.query != Some(id) {
            return;
        }
        self.query = None;
        match answer {
            Answer::Timeline { items, more } => {
                self.more = *more;
                for item in items {
                    self.insert(item.clone());
                }
            }
            Answer::Failed(problem) => self.problem.clone_from(problem),
            Answer::Calls(_) | Answer::Found(_) => {}
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

    fn is_with(&self, other: &PhoneNumber, region: &str) -> bool {
        self.number.as_ref().is_some_and(|number| {
            number == other || number::same_number(number.as_str(), other.as_str(), region)
        })
    }

    fn insert(&mut self, item: TimelineItem) {
        let same = self.items.iter().position(|known| key(known) == key(&item));
        if let Some(at) = same {
            self.items.remove(at);
        }
        let order = |item: &TimelineItem| (item.time().unix_millis, key(item));
        let at = self.items.partition_point(|known| order(known) <= order(&item));
        self.items.insert(at, item);
    }
}

/// What tells one item from another.
fn key(item: &TimelineItem) -> (bool, i64) {
    match item {
        TimelineItem::Text(message) => (false, message.id.0),
        TimelineItem::Call(record) => (true, record.id.0),
    }
}
