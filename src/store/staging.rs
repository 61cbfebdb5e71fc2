//! Long lists of texts, stored bit by bit so that nobody waits for them: none of them is sent
//! before all are there, and if the program dies before that, none is left. They are removed bit by
//! bit as well.

use super::{Discarded, OutgoingText, Owner, Store, StoreError};
use super::{batches, deleted, outbox, parts, threads};
use crate::clock::WallTime;
use crate::phone::{Batch, BatchId, MessageId, TextMessage, Thread, ThreadId};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// Texts removed in one go.
const DISCARDED_AT_ONCE: u8 = 200;

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

    /// Not all texts could be stored: none of them stays. Removes a part of them, the last part
    /// with the batch; to be called as long as [`Discarded::more`] says so. `None` if it is no
    /// batch that is being stored.
    pub fn discard_batch(&mut self, batch: BatchId) -> Result<Option<Discarded>, StoreError> {
        self.write(|db| discard(db, batch))
    }

    /// The same for a batch that a program was storing which no longer runs. `None` if there is
    /// none; to be called until then. Cheap, and to be done before [`Store::recover`].
    pub fn discard_half_stored(&mut self) -> Result<Option<Discarded>, StoreError> {
        let own = self.lock.as_ref().map(|lock| lock.owner().clone());
        let living = |name: &str| own.as_ref().is_some_and(|own| own.0 == name) || self.lives(name);
        let Some(batch) = orphan(&self.connection, living)? else { return Ok(None) };
        self.discard_batch(batch)
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

/// A batch that a program which no longer runs was storing; `lives` says who does.
fn orphan(db: &Connection, lives: impl Fn(&str) -> bool) -> Result<Option<BatchId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id, owner FROM batches WHERE removed = ?1")?;
    let mut staged = statement.query([STAGING])?;
    while let Some(row) = staged.next()? {
        if !lives(row.get_ref(1)?.as_str().unwrap_or_default()) {
            return Ok(Some(BatchId(row.get(0)?)));
        }
    }
    Ok(None)
}

/// Removes texts of a batch that is being stored, the newest first, and with the last of them the
/// batch.
fn discard(db: &Connection, batch: BatchId) -> Result<Option<Discarded>, StoreError> {
    let staging = "SELECT name FROM batches WHERE id = ?1 AND removed = ?2";
    let name: Option<String> =
        db.query_row(staging, params![batch.0, STAGING], |row| row.get(0)).optional()?;
    let Some(name) = name else { return Ok(None) };
    let texts: Vec<(MessageId, i64)> = db
        .prepare_cached(
            "SELECT id, thread FROM messages WHERE batch = ?1 ORDER BY id DESC LIMIT ?2",
        )?
        .query_map(params![batch.0, DISCARDED_AT_ONCE], |row| {
            Ok((MessageId(row.get(0)?), row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (id, _) in &texts {
        db.prepare_cached("DELETE FROM messages WHERE id = ?1")?.execute([id.0])?;
    }
    let touched: BTreeSet<i64> = texts.iter().map(|(_, thread)| *thread).collect();
    for thread in touched {
        threads::refresh(db, ThreadId(thread))?;
        // A conversation that was begun for it goes with it.
        db.prepare_cached(
            "UPDATE threads SET hidden = 1 WHERE id = ?1 AND hidden = 0
                 AND last_direction IS NULL AND draft = ''",
        )?
        .execute([thread])?;
    }
    deleted::remove_unused(db)?;
    let more = texts.len() >= usize::from(DISCARDED_AT_ONCE);
    if !more {
        db.execute("DELETE FROM batches WHERE id = ?1", [batch.0])?;
    }
    Ok(Some(Discarded { name, texts: texts.into_iter().map(|(id, _)| id).collect(), more }))
}
