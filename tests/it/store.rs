//! The store from outside: what is committed stays, whoever dies, and nothing comes twice.

mod batches;
mod call_details;
mod crash;
mod deleting;
mod flags;
mod lists;
mod long_texts;
mod migration;
mod pages;
mod reassembly;
mod receiving;
mod search;
mod sending;
mod staging;

use deskphone::clock::WallTime;
use deskphone::number::PhoneNumber;
use deskphone::phone::{
    Answer, Carrier, MessageId, Page, Query, SendOptions, TextMessage, Thread, TimelineItem,
};
use deskphone::sms::{Concat, IncomingText};
use deskphone::store::{OutgoingSegment, OutgoingText, Owner, Reader, Store, StoreError, StoredAt};

/// A moment, in seconds after some day.
pub fn at(seconds: i64) -> WallTime {
    WallTime::from_unix_seconds(1_790_000_000 + seconds, 4)
}

pub fn number(text: &str) -> PhoneNumber {
    PhoneNumber::new(text)
}

pub fn place(index: u16) -> StoredAt {
    StoredAt { memory: "SM".into(), index }
}

pub fn text(from: &str, words: &str) -> IncomingText {
    IncomingText {
        from: from.into(),
        sent_at: Some(at(-5)),
        text: words.into(),
        ..IncomingText::default()
    }
}

/// Part `part` of `parts` with an 8-bit reference.
pub fn part(from: &str, words: &str, reference: u16, parts: u8, part: u8) -> IncomingText {
    let concat = Some(Concat { reference, wide: false, parts, part });
    IncomingText { concat, ..text(from, words) }
}

pub fn owner(name: &str) -> Owner {
    Owner(name.into())
}

/// `count` segments with different octets.
pub fn segments(count: u8) -> Vec<OutgoingSegment> {
    let segment = |n: u8| OutgoingSegment { pdu: vec![0, 17, n, 0xFF], tpdu_octets: 3 };
    (1..=count).map(segment).collect()
}

/// Stores a text to be sent, with a delivery report asked for.
pub fn submit(
    store: &mut Store,
    to: &str,
    words: &str,
    count: u8,
    seconds: i64,
    owner: &Owner,
) -> Result<(TextMessage, Thread), StoreError> {
    let options = SendOptions { status_report: true, ..SendOptions::default() };
    let (to, segments) = (number(to), segments(count));
    let text = OutgoingText { to: &to, text: words, options: &options, segments: &segments };
    store.submit(&text, at(seconds), owner)
}

/// The text and the segment that would be sent next, long after everything is due.
pub fn next(store: &mut Store, owner: &Owner) -> Option<(MessageId, u8)> {
    let next = store.next_to_send(owner, Carrier::Modem, at(1_000_000)).unwrap();
    next.map(|next| (next.message, next.segment))
}

/// The words of a whole conversation, oldest first; calls as `call`.
pub fn conversation(store: &Store, with: &str) -> Vec<String> {
    page(&store.reader().unwrap(), with, None, 1000).0
}

pub fn page(reader: &Reader, with: &str, before: Option<i64>, limit: u32) -> (Vec<String>, bool) {
    let query = Query::Timeline {
        numbers: vec![number(with)],
        page: before.map_or(Page::Newest, Page::Before),
        limit,
    };
    let Answer::Timeline { items, older: more, .. } = reader.answer(&query, "") else {
        panic!("no timeline");
    };
    let words = |item: &TimelineItem| match item {
        TimelineItem::Text(message) => message.text.clone(),
        TimelineItem::Call(_) => "call".to_owned(),
    };
    (items.iter().map(words).collect(), more)
}

/// A database in a folder of its own.
pub struct Folder(pub tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.0.path().join("data").join("deskphone.sqlite3")
    }

    pub fn open(&self) -> Store {
        Store::open(&self.path()).unwrap()
    }
}
