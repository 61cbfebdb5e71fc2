//! The questions of the window: pages of a conversation, the history, and search. On a connection
//! of its own, so that neither the engine nor the window waits for the other.

use super::open::{self, MemoryName};
use super::{StoreError, call_details, rows, search, timeline};
use crate::phone::{Answer, BatchId, CallRecord, Query, TextMessage};
use rusqlite::{Connection, params};
use std::path::Path;

/// Items of one answer at most, whatever was asked.
const ANSWER_LIMIT: u32 = 5000;

/// A batch is one list, however long.
const BATCH_LIMIT: u32 = 10_000;

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
        let db = &self.connection;
        let limited = |limit: u32| limit.clamp(1, ANSWER_LIMIT);
        let answer = match query {
            Query::Timeline { numbers, page, limit } => {
                timeline::page(db, numbers, *page, limited(*limit), region)
            }
            Query::CallDetail(id) => {
                call_details::read(db, *id).map(|detail| Answer::CallDetail(detail.map(Box::new)))
            }
            Query::Calls { limit } => calls(db, *limit).map(Answer::Calls),
            Query::Search { text, before, limit } => {
                search::find(db, text, *before, limited(*limit))
                    .map(|(hits, more)| Answer::Found { hits, more })
            }
            Query::Outbox { limit } => outbox(db, limited(*limit)).map(Answer::Messages),
            Query::Batch { batch, limit } => {
                batch_texts(db, *batch, (*limit).min(BATCH_LIMIT)).map(Answer::Messages)
            }
        };
        answer.unwrap_or_else(|error| Answer::Failed(error.to_string()))
    }
}

fn calls(db: &Connection, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
    let sql = format!("SELECT {} FROM calls ORDER BY started DESC, id DESC LIMIT ?1", rows::CALL);
    let mut statement = db.prepare_cached(&sql)?;
    let calls = statement.query_map([limit.min(ANSWER_LIMIT)], rows::call)?;
    Ok(calls.collect::<rusqlite::Result<_>>()?)
}

/// What waits in the outbox, state by state: being sent, queued (single texts first), to be tried
/// again, scheduled; then what waits for the user: in doubt, failed, the newest first.
const OUTBOX: [&str; 6] = [
    "delivery = 'sending' ORDER BY time, id",
    "delivery = 'queued' ORDER BY batch, time, id",
    "delivery = 'retrying' ORDER BY due, id",
    "delivery = 'scheduled' ORDER BY due, id",
    "delivery = 'unknown' ORDER BY time DESC, id DESC",
    "delivery = 'failed' ORDER BY time DESC, id DESC",
];

fn outbox(db: &Connection, limit: u32) -> Result<Vec<TextMessage>, StoreError> {
    let mut texts: Vec<TextMessage> = Vec::new();
    for state in OUTBOX {
        let left = limit as usize - texts.len();
        let sql = format!(
            "SELECT {} FROM messages WHERE {} AND delivery IN
                 ('scheduled', 'queued', 'sending', 'retrying', 'failed', 'unknown')
             AND {state} LIMIT ?1",
            rows::MESSAGE,
            rows::VISIBLE
        );
        let mut statement = db.prepare_cached(&sql)?;
        let some = statement.query_map([left as i64], rows::message)?;
        texts.extend(some.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(texts)
}

fn batch_texts(db: &Connection, id: BatchId, limit: u32) -> Result<Vec<TextMessage>, StoreError> {
    let sql = format!(
        "SELECT {} FROM messages WHERE batch = ?1 AND {} ORDER BY id LIMIT ?2",
        rows::MESSAGE,
        rows::VISIBLE
    );
    let mut statement = db.prepare_cached(&sql)?;
    let texts = statement.query_map(params![id.0, limit], rows::message)?;
    Ok(texts.collect::<rusqlite::Result<_>>()?)
}
