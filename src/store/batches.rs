//! Texts that were sent together: stored all or none, counted, paused, taken back.

use super::delivery::{GOING, settle_alone};
use super::{OutgoingText, Owner, Store, StoreError, outbox, parts, rows, staging, threads};
use crate::clock::WallTime;
use crate::phone::{Batch, BatchCounts, BatchId, MessageId, TextMessage, Thread};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// Batches in the list.
const LIST_LIMIT: i64 = 200;

/// Texts of one batch at most.
const TEXTS_LIMIT: usize = 10_000;

/// Texts taken back in one go.
const CANCELLED_AT_ONCE: u8 = 100;

/// Characters of a name.
const NAME_LIMIT: usize = 120;

impl Store {
    /// Stores several texts to be sent, as one batch: all of them, or none if one can't be stored.
    pub fn submit_batch(
        &mut self,
        name: &str,
        texts: &[OutgoingText<'_>],
        time: WallTime,
        owner: &Owner,
    ) -> Result<(Batch, Vec<TextMessage>, Vec<Thread>), StoreError> {
        if texts.is_empty() || texts.len() > TEXTS_LIMIT {
            return Err(StoreError::Refused("a batch has 1 to 10,000 texts"));
        }
        self.register(owner)?;
        let region = self.region.clone();
        let name = short(name);
        self.write(|db| {
            db.execute(
                "INSERT INTO batches (name, created, created_offset) VALUES (?1, ?2, ?3)",
                params![name, time.unix_millis, time.utc_offset_quarters],
            )?;
            let batch = BatchId(db.last_insert_rowid());
            let (messages, threads) = staging::insert_all(db, batch, texts, time, owner, &region)?;
            let batch = get(db, batch)?.ok_or(StoreError::Missing("batch"))?;
            Ok((batch, messages, threads))
        })
    }

    /// The batches, newest first, without those taken out of the list; at most 200.
    pub fn batches(&self) -> Result<Vec<Batch>, StoreError> {
        let db = &self.connection;
        let mut statement = db.prepare_cached(
            "SELECT id, name, created, created_offset, paused FROM batches WHERE removed = 0
             ORDER BY id DESC LIMIT ?1",
        )?;
        let batches = statement.query_map([LIST_LIMIT], batch)?;
        let mut batches: Vec<Batch> = batches.collect::<rusqlite::Result<_>>()?;
        for batch in &mut batches {
            batch.counts = counts(db, batch.id)?;
        }
        Ok(batches)
    }

    /// One batch, in the list or not, unless it is still being stored.
    pub fn batch(&self, id: BatchId) -> Result<Option<Batch>, StoreError> {
        get(&self.connection, id)
    }

    /// Stops a batch after the text that is being sent, or lets it go on.
    pub fn set_batch_paused(
        &mut self,
        id: BatchId,
        paused: bool,
    ) -> Result<Option<Batch>, StoreError> {
        self.write(|db| {
            db.prepare_cached("UPDATE batches SET paused = ?2 WHERE id = ?1")?
                .execute(params![id.0, paused])?;
            get(db, id)
        })
    }

    /// Takes back what was not handed to the modem yet of the texts after this one, a hundred at
    /// once so that nobody waits for long; the texts that changed, and the last one that was looked
    /// at if there are more.
    pub fn cancel_some(
        &mut self,
        id: BatchId,
        after: MessageId,
    ) -> Result<(Vec<TextMessage>, Option<MessageId>), StoreError> {
        self.write(|db| {
            let sql = format!(
                "SELECT id FROM messages WHERE batch = ?1 AND id > ?2 AND {GOING}
                 ORDER BY id LIMIT ?3"
            );
            let going: Vec<MessageId> = db
                .prepare_cached(&sql)?
                .query_map(params![id.0, after.0, CANCELLED_AT_ONCE], |row| {
                    row.get(0).map(MessageId)
                })?
                .collect::<rusqlite::Result<_>>()?;
            let all = going.len() < usize::from(CANCELLED_AT_ONCE);
            let last = going.last().copied().filter(|_| !all);
            let mut changed = Vec::new();
            let mut touched = BTreeSet::new();
            for message in going {
                if let Some(settled) = take_back(db, message)? {
                    touched.insert(settled.thread);
                    changed.push(settled);
                }
            }
            touched.into_iter().try_for_each(|thread| threads::refresh(db, thread))?;
            Ok((changed, last))
        })
    }

    /// Takes a batch out of the list; its texts stay. Refused while some of them wait: nobody could
    /// stop them any more.
    pub fn remove_batch(&mut self, id: BatchId) -> Result<(), StoreError> {
        self.write(|db| {
            if counts(db, id)?.waiting > 0 {
                return Err(StoreError::Refused(
                    "texts of this list still wait to be sent: cancel them first",
                ));
            }
            db.prepare_cached("UPDATE batches SET removed = 1 WHERE id = ?1")?.execute([id.0])?;
            Ok(())
        })
    }
}

/// Takes a text back as [`Store::cancel`] does. Most were not begun: there is less to find out of
/// them.
fn take_back(db: &Connection, message: MessageId) -> Result<Option<TextMessage>, StoreError> {
    let whole = db
        .prepare_cached(
            "UPDATE messages SET delivery = 'failed', due = NULL, cause = ?2, advice = '',
                 evidence = ''
             WHERE id = ?1 AND delivery IN ('scheduled', 'queued', 'retrying') AND done = 0",
        )?
        .execute(params![message.0, outbox::CANCELLED])?;
    if whole > 0 {
        db.prepare_cached(
            "UPDATE segments SET state = 'failed', cause = ?2, advice = '', evidence = ''
             WHERE message = ?1",
        )?
        .execute(params![message.0, outbox::CANCELLED])?;
        return parts::message(db, message).map(Some);
    }
    let taken = outbox::take_back(db, message)?;
    taken.then(|| settle_alone(db, message)).transpose()
}

/// A name that fits.
pub(super) fn short(name: &str) -> String {
    name.chars().take(NAME_LIMIT).collect()
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    Ok(Batch {
        id: BatchId(row.get(0)?),
        name: row.get(1)?,
        created: rows::wall(row.get(2)?, row.get(3)?),
        paused: row.get(4)?,
        counts: BatchCounts::default(),
    })
}

pub(super) fn get(db: &Connection, id: BatchId) -> Result<Option<Batch>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id, name, created, created_offset, paused FROM batches
             WHERE id = ?1 AND removed <> ?2",
        )?
        .query_row([id.0, staging::STAGING], batch)
        .optional()?;
    let Some(mut found) = found else { return Ok(None) };
    found.counts = counts(db, id)?;
    Ok(Some(found))
}

/// Where the texts of a batch stand; from an index alone.
fn counts(db: &Connection, id: BatchId) -> Result<BatchCounts, StoreError> {
    let mut counts = BatchCounts::default();
    let mut statement = db.prepare_cached("SELECT delivery FROM messages WHERE batch = ?1")?;
    let mut texts = statement.query([id.0])?;
    while let Some(row) = texts.next()? {
        match row.get_ref(0)?.as_str().unwrap_or_default() {
            "sent" => counts.sent += 1,
            "delivered" => counts.delivered += 1,
            "failed" => counts.failed += 1,
            "unknown" => counts.unknown += 1,
            _ => counts.waiting += 1,
        }
    }
    Ok(counts)
}
