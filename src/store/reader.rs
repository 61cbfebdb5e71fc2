//! The questions of the window: pages of a conversation, the history, and search. On a connection
//! of its own, so that neither the engine nor the window waits for the other.

use super::open::{self, MemoryName};
use super::{StoreError, rows, search};
use crate::number::{self, PhoneNumber};
use crate::phone::{Answer, CallRecord, Query, TextMessage, TimelineItem};
use rusqlite::{Connection, params};
use std::path::Path;

/// Items of one answer at most, whatever was asked.
const ANSWER_LIMIT: u32 = 5000;

/// A connection that only reads.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    /// Keeps the name of a store in memory from being used again.
    _memory: Option<MemoryName>,
}

impl Reader {
    /// Reads a file that a [`super::Store`] has opened before.
    pub fn open(path: &Path) -> Result<Reader, StoreError> {
        let connection = open::file_reader(path).map_err(|error| error.at(path))?;
        Ok(Reader { connection, _memory: None })
    }

    pub(super) fn of_memory(name: &MemoryName) -> Result<Reader, StoreError> {
        Ok(Reader { connection: open::memory_reader(name)?, _memory: Some(name.clone()) })
    }

    /// Answers a query. `region` (ISO 3166, may be empty) says where numbers without `+` are at
    /// home.
    ///
    /// A page of a timeline ends with whole milliseconds: items of the same moment are never torn
    /// apart, so that it may have more items than asked for.
    pub fn answer(&self, query: &Query, region: &str) -> Answer {
        let answer = match query {
            Query::Timeline { number, before, limit } => {
                timeline(&self.connection, number, *before, *limit, region)
            }
            Query::Calls { limit } => calls(&self.connection, *limit).map(Answer::Calls),
            Query::Search { text, limit } => {
                search::find(&self.connection, text, (*limit).min(ANSWER_LIMIT)).map(Answer::Found)
            }
        };
        answer.unwrap_or_else(|error| Answer::Failed(error.to_string()))
    }
}

/// The part of the time line that a page is taken from, in Unix milliseconds.
#[derive(Clone, Copy)]
struct Span {
    from: i64,
    before: i64,
    limit: u32,
}

fn timeline(
    db: &Connection,
    number: &PhoneNumber,
    before: Option<i64>,
    limit: u32,
    region: &str,
) -> Result<Answer, StoreError> {
    let limit = limit.clamp(1, ANSWER_LIMIT);
    let before = before.unwrap_or(i64::MAX);
    let page = Span { from: i64::MIN, before, limit: limit + 1 };
    let mut items = newest(db, number, page, region)?;
    let wanted = limit as usize;
    let mut more = items.len() > wanted;
    if more {
        let oldest = items[wanted - 1].time().unix_millis;
        if items[wanted].time().unix_millis == oldest {
            let rest = Span { from: oldest, before, limit: limit + ANSWER_LIMIT };
            items = newest(db, number, rest, region)?;
            let older = Span { from: i64::MIN, before: oldest, limit: 1 };
            more = !newest(db, number, older, region)?.is_empty();
        } else {
            items.truncate(wanted);
        }
    }
    items.reverse();
    Ok(Answer::Timeline { items, more })
}

/// The newest texts and calls of a span, newest first.
fn newest(
    db: &Connection,
    number: &PhoneNumber,
    span: Span,
    region: &str,
) -> Result<Vec<TimelineItem>, StoreError> {
    let mut items: Vec<TimelineItem> = Vec::new();
    for thread in threads(db, number, region)? {
        items.extend(texts(db, thread, span)?.into_iter().map(TimelineItem::Text));
    }
    items.extend(calls_with(db, number, span, region)?.into_iter().map(TimelineItem::Call));
    items.sort_by_key(|item| std::cmp::Reverse(order(item)));
    items.truncate(span.limit as usize);
    Ok(items)
}

/// Items of one moment have an order too: calls first, then by row.
fn order(item: &TimelineItem) -> (i64, u8, i64) {
    let (kind, id) = match item {
        TimelineItem::Call(record) => (0, record.id.0),
        TimelineItem::Text(message) => (1, message.id.0),
    };
    (item.time().unix_millis, kind, id)
}

fn threads(db: &Connection, number: &PhoneNumber, region: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT id, number FROM threads WHERE match_key = ?1 AND hidden = 0")?;
    let mut candidates = statement.query([number::match_key(number.as_str())])?;
    let mut found = Vec::new();
    while let Some(row) = candidates.next()? {
        let known: String = row.get(1)?;
        if number::same_number(&known, number.as_str(), region) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

fn texts(db: &Connection, thread: i64, span: Span) -> Result<Vec<TextMessage>, StoreError> {
    let sql = format!(
        "SELECT {} FROM messages
         WHERE thread = ?1 AND time >= ?2 AND time < ?3 AND hidden = 0
         ORDER BY time DESC, id DESC LIMIT ?4",
        rows::MESSAGE
    );
    let mut statement = db.prepare_cached(&sql)?;
    let texts =
        statement.query_map(params![thread, span.from, span.before, span.limit], rows::message)?;
    Ok(texts.collect::<rusqlite::Result<_>>()?)
}

fn calls_with(
    db: &Connection,
    number: &PhoneNumber,
    span: Span,
    region: &str,
) -> Result<Vec<CallRecord>, StoreError> {
    let sql = format!(
        "SELECT {} FROM calls WHERE match_key = ?1 AND started >= ?2 AND started < ?3
         ORDER BY started DESC, id DESC",
        rows::CALL
    );
    let mut statement = db.prepare_cached(&sql)?;
    let key = number::match_key(number.as_str());
    let mut candidates = statement.query(params![key, span.from, span.before])?;
    let mut found = Vec::new();
    while found.len() < span.limit as usize
        && let Some(row) = candidates.next()?
    {
        let record = rows::call(row)?;
        let known = record.remote.number().map_or("", |known| known.as_str());
        if number::same_number(known, number.as_str(), region) {
            found.push(record);
        }
    }
    Ok(found)
}

fn calls(db: &Connection, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
    let sql = format!("SELECT {} FROM calls ORDER BY started DESC, id DESC LIMIT ?1", rows::CALL);
    let mut statement = db.prepare_cached(&sql)?;
    let calls = statement.query_map([limit.min(ANSWER_LIMIT)], rows::call)?;
    Ok(calls.collect::<rusqlite::Result<_>>()?)
}
