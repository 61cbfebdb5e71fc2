//! The store from outside: what is committed stays, whoever dies, and nothing comes twice.

mod crash;
mod lists;
mod receiving;
mod sending;

use deskphone::clock::WallTime;
use deskphone::number::PhoneNumber;
use deskphone::phone::{Answer, Query, TimelineItem};
use deskphone::sms::{Concat, IncomingText};
use deskphone::store::{OutgoingSegment, Owner, Reader, Store, StoredAt};

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
        utf16: None,
        class: None,
        concat: None,
        binary: false,
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

/// The words of a whole conversation, oldest first; calls as `call`.
pub fn conversation(store: &Store, with: &str) -> Vec<String> {
    page(&store.reader().unwrap(), with, None, 1000).0
}

pub fn page(reader: &Reader, with: &str, before: Option<i64>, limit: u32) -> (Vec<String>, bool) {
    let query = Query::Timeline { number: number(with), before, limit };
    let Answer::Timeline { items, more } = reader.answer(&query, "") else {
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
