//! Long lists of texts, stored bit by bit so that nobody waits for them: none of them is sent
//! before all are there, and if the program dies before that, none is left.

use super::{OutgoingText, Owner, Store, StoreError, batches, deleted, outbox, parts, threads};
use crate::clock::WallTime;
use crate::phone::{Batch, BatchId, MessageId, TextMessage, Thread};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// `removed` while the texts of a batch are being stored: it is in no list.
pub(super) const STAGING: i64 = 2;

impl Store {
    /// Begins a batch that [`Store::extend_batch`] fills and [`Store::finish_batch`] makes known.
    pub fn begin_batch(
        &mut self,
        name: &str,
        time: WallTime,
        owner: &Owner,
    ) -> Result<BatchId, StoreError> {
        self.register(owner)?;
        let name = batches::short(name);
        self.write(|db| {
            // Paused, so that none of its texts is sent.
            db.execute(
                "INSERT INTO batches (name, created, created_offset, paused, removed, owner)
                 VALUES (?1, ?2, ?3, 1, ?4, ?5)",
                params![name, time.unix_millis, time.utc_offset_quarters, STAGING, owner.0],
            )?;
            Ok(BatchId(db.last_insert_rowid()))
        })
    }

    /// Adds texts to it: these, or none if one can't be stored.
    pub fn extend_batch(
        &mut self,
        batch: BatchId,
        texts: &[OutgoingText<'_>],
        time: WallTime,
        owner: &Owner,
    ) -> Result<(Vec<TextMessage>, Vec<Thread>), StoreError> {
        let region = self.region.clone();
        self.write(|db| {
            let staging = "SELECT 1 FROM batches WHERE id = ?1 AND removed = ?2";
            if !db.prepare_cached(staging)?.exists(params![batch.0, STAGING])? {
                return Err(StoreError::Missing("batch"));
            }
            insert_all(db, batch, texts, time, owner, &region)
        })
    }

    /// All texts are there: they may be sent from now on.
    pub fn finish_batch(&mut self, batch: BatchId) -> Result<Batch, StoreError> {
        self.write(|db| {
            db.execute(
                "UPDATE batches SET removed = 0, paused = 0 WHERE id = ?1 AND removed = ?2",
                params![batch.0, STAGING],
            )?;
            batches::get(db, batch)?.ok_or(StoreError::Missing("batch"))
        })
    }

    /// Not all texts could be stored: none of them stays. Returns those that were there.
    pub fn discard_batch(&mut self, batch: BatchId) -> Result<Vec<MessageId>, StoreError> {
        self.write(|db| discard(db, batch))
    }
}

/// Stores texts of a batch; they, and their threads.
pub(super) fn insert_all(
    db: &Connection,
    batch: BatchId,
    texts: &[OutgoingText<'_>],
    time: WallTime,
    owner: &Owner,
    region: &str,
) -> Result<(Vec<TextMessage>, Vec<Thread>), StoreError> {
    let mut ids = Vec::with_capacity(texts.len());
    let mut touched = BTreeSet::new();
    for text in texts {
        let (id, thread) = outbox::insert(db, text, Some(batch), time, owner, region)?;
        ids.push(id);
        touched.insert(thread);
    }
    let threads = touched.into_iter().map(|thread| {
        threads::refresh(db, thread)?;
        threads::get_any(db, thread)
    });
    let threads = threads.collect::<Result<_, StoreError>>()?;
    let messages = ids.into_iter().map(|id| parts::message(db, id));
    Ok((messages.collect::<Result<_, StoreError>>()?, threads))
}

/// Batches that programs which no longer run were storing; `lives` says who does.
pub(super) fn orphans(
    db: &Connection,
    lives: impl Fn(&str) -> bool,
) -> Result<Vec<BatchId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, owner FROM batches WHERE removed = ?1")?;
    let staged = statement
        .query_map([STAGING], |row| Ok((BatchId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let staged: Vec<(BatchId, String)> = staged.collect::<rusqlite::Result<_>>()?;
    Ok(staged.into_iter().filter(|(_, owner)| !lives(owner)).map(|(id, _)| id).collect())
}

/// Removes a batch that is being stored, with its texts.
pub(super) fn discard(db: &Connection, batch: BatchId) -> Result<Vec<MessageId>, StoreError> {
    let staging = "DELETE FROM batches WHERE id = ?1 AND removed = ?2";
    if db.execute(staging, params![batch.0, STAGING])? == 0 {
        return Ok(Vec::new());
    }
    let texts: Vec<(MessageId, i64)> = db
        .prepare_cached("SELECT id, thread FROM messages WHERE batch = ?1")?
        .query_map([batch.0], |row| Ok((MessageId(row.get(0)?), row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    db.execute("DELETE FROM messages WHERE batch = ?1", [batch.0])?;
    let touched: BTreeSet<i64> = texts.iter().map(|(_, thread)| *thread).collect();
    for thread in touched {
        threads::refresh(db, crate::phone::ThreadId(thread))?;
        // A conversation that was begun for it goes with it.
        db.prepare_cached(
            "UPDATE threads SET hidden = 1 WHERE id = ?1 AND hidden = 0
                 AND last_direction IS NULL AND draft = ''",
        )?
        .execute([thread])?;
    }
    deleted::remove_unused(db)?;
    Ok(texts.into_iter().map(|(id, _)| id).collect())
}
