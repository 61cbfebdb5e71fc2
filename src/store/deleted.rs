//! Deleting, so that it can be undone for a while, and so that the modem's copy of a deleted text
//! does not bring it back.

use super::delivery::{GOING, settle_alone};
use super::{Store, StoreError, StoredAt, outbox, parts, threads};
use crate::clock::WallTime;
use crate::phone::{MessageId, TextMessage, Thread, ThreadId, UNDO_FOR};
use rusqlite::{Connection, OptionalExtension, params};

/// In place of the time of a deletion: it can't be undone any more.
const FINAL: i64 = i64::MIN;

/// Texts removed for good in one go, so that nobody waits long for it.
const PURGE_AT_ONCE: i64 = 500;

impl Store {
    /// Deletes a text, which can be undone for [`UNDO_FOR`]: it is in no list any more. What was
    /// not sent of it is taken back. The thread as it is then, or `None` if there is no such text.
    pub fn delete_message(
        &mut self,
        id: MessageId,
        time: WallTime,
    ) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            let Some(thread) = thread_of(db, id, 0)? else { return Ok(None) };
            if outbox::take_back(db, id)? {
                settle_alone(db, id)?;
            }
            db.prepare_cached("UPDATE messages SET hidden = 2, deleted = ?2 WHERE id = ?1")?
                .execute(params![id.0, time.unix_millis])?;
            threads::refresh(db, thread)?;
            threads::get(db, thread)
        })
    }

    /// Undoes that. `None` if the text is gone, or was not deleted.
    pub fn undelete_message(
        &mut self,
        id: MessageId,
    ) -> Result<Option<(TextMessage, Thread)>, StoreError> {
        self.write(|db| {
            let Some(thread) = thread_of(db, id, 2)? else { return Ok(None) };
            let message = parts::message(db, id)?;
            threads::reveal(db, thread, message.time)?;
            db.prepare_cached("UPDATE messages SET hidden = 0, deleted = NULL WHERE id = ?1")?
                .execute([id.0])?;
            threads::refresh(db, thread)?;
            Ok(Some((message, threads::get_any(db, thread)?)))
        })
    }

    /// Deletes a thread with all its texts and its draft, which can be undone for [`UNDO_FOR`].
    /// The rows of its texts are left alone until then: there may be very many.
    pub fn delete_thread(&mut self, id: ThreadId, time: WallTime) -> Result<(), StoreError> {
        self.write(|db| {
            let sql = format!(
                "SELECT id FROM messages INDEXED BY messages_going_out
                 WHERE thread = ?1 AND {GOING}"
            );
            let going: Vec<MessageId> = db
                .prepare_cached(&sql)?
                .query_map([id.0], |row| row.get(0).map(MessageId))?
                .collect::<rusqlite::Result<_>>()?;
            for message in going {
                if outbox::take_back(db, message)? {
                    settle_alone(db, message)?;
                }
            }
            // What was deleted in it before, and could still be had back, stays deleted.
            db.prepare_cached(
                "UPDATE threads SET hidden = 2, deleted = ?2, deleted_draft = draft, draft = ''
                 WHERE id = ?1 AND hidden = 0",
            )?
            .execute(params![id.0, time.unix_millis])?;
            Ok(())
        })
    }

    /// Undoes that, with the texts that were deleted with it. `None` if it is gone, or was not
    /// deleted.
    pub fn undelete_thread(&mut self, id: ThreadId) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            let deleted: Option<i64> = db
                .prepare_cached("SELECT deleted FROM threads WHERE id = ?1 AND deleted > ?2")?
                .query_row([id.0, FINAL], |row| row.get(0))
                .optional()?;
            let Some(deleted) = deleted else { return Ok(None) };
            // Those that were put away because a new text has come meanwhile.
            db.prepare_cached(
                "UPDATE messages INDEXED BY messages_deleted SET hidden = 0, deleted = NULL
                 WHERE thread = ?1 AND hidden = 2 AND deleted = ?2",
            )?
            .execute(params![id.0, deleted])?;
            db.prepare_cached(
                "UPDATE threads SET hidden = 0, deleted = NULL, deleted_draft = '',
                     draft = CASE WHEN draft = '' THEN deleted_draft ELSE draft END
                 WHERE id = ?1",
            )?
            .execute([id.0])?;
            threads::refresh(db, id)?;
            threads::get(db, id)
        })
    }

    /// Removes for good what was deleted more than [`UNDO_FOR`] ago, a bounded number of texts at
    /// once. Returns when there is more to do; `None` if nothing is deleted.
    pub fn purge(&mut self, now: WallTime) -> Result<Option<WallTime>, StoreError> {
        let undo = i64::try_from(UNDO_FOR.as_millis()).unwrap_or(0);
        let more = self.purge_before(now.unix_millis.saturating_sub(undo))?;
        if more {
            return Ok(Some(now));
        }
        let next = first_deleted(&self.connection)?;
        Ok(next.map(|millis| WallTime { unix_millis: millis.saturating_add(undo), ..now }))
    }

    /// Where the modem still has texts that were deleted for good, a bounded number of them.
    pub fn deleted_on_modem(&mut self) -> Result<Vec<StoredAt>, StoreError> {
        let sql = "SELECT DISTINCT memory, location FROM messages INDEXED BY messages_hidden
             CROSS JOIN parts ON parts.message = messages.id
             WHERE messages.hidden = 1 AND on_modem = 1
                 AND memory IS NOT NULL AND location IS NOT NULL LIMIT ?1";
        let mut found = self.connection.prepare_cached(sql)?;
        let places = found.query_map([PURGE_AT_ONCE], |row| {
            Ok(StoredAt { memory: row.get(0)?, index: row.get(1)? })
        })?;
        Ok(places.collect::<rusqlite::Result<_>>()?)
    }

    /// The same for what was deleted until then; true if there is more of it.
    pub(super) fn purge_before(&mut self, until: i64) -> Result<bool, StoreError> {
        let due = |first: Option<i64>| first.is_some_and(|first| first <= until);
        if !due(first_deleted(&self.connection)?) {
            return Ok(false);
        }
        self.write(|db| {
            let some = purge_messages(db, until)?;
            let more = some == PURGE_AT_ONCE;
            if !more {
                db.prepare_cached(
                    "UPDATE threads SET hidden = CASE hidden WHEN 2 THEN 1 ELSE hidden END,
                         deleted = NULL, deleted_draft = '' WHERE deleted <= ?1",
                )?
                .execute([until])?;
            }
            remove_unused(db)?;
            Ok(more)
        })
    }

    /// At start: what is deleted stays so, unless another program runs, whose user could still undo
    /// it. A part of it is removed at once, the rest by [`Store::purge`].
    pub(super) fn finish_deletions(&mut self) -> Result<(), StoreError> {
        if first_deleted(&self.connection)?.is_none() || self.others_live() {
            return Ok(());
        }
        self.write(|db| {
            db.execute("UPDATE messages SET deleted = ?1 WHERE deleted IS NOT NULL", [FINAL])?;
            db.execute("UPDATE threads SET deleted = ?1 WHERE deleted IS NOT NULL", [FINAL])?;
            Ok(())
        })?;
        self.purge_before(FINAL).map(|_| ())
    }
}

/// Hides some of the messages deleted until then, alone or with their thread; how many.
fn purge_messages(db: &Connection, until: i64) -> Result<i64, StoreError> {
    let alone = db
        .prepare_cached(
            "UPDATE messages SET hidden = 1, deleted = NULL, read = 1 WHERE id IN
                 (SELECT id FROM messages WHERE deleted <= ?1 ORDER BY deleted LIMIT ?2)",
        )?
        .execute(params![until, PURGE_AT_ONCE])?;
    let alone = i64::try_from(alone).unwrap_or(PURGE_AT_ONCE);
    let with_thread = db
        .prepare_cached(
            "UPDATE messages SET hidden = 1, read = 1 WHERE id IN
                 (SELECT messages.id FROM threads
                  CROSS JOIN messages INDEXED BY messages_newest ON messages.thread = threads.id
                  WHERE threads.deleted <= ?1 AND threads.hidden = 2 AND messages.hidden = 0
                  LIMIT ?2)",
        )?
        .execute(params![until, PURGE_AT_ONCE - alone])?;
    Ok(alone + i64::try_from(with_thread).unwrap_or(PURGE_AT_ONCE))
}

/// When the first of all deletions that can be undone was.
fn first_deleted(db: &Connection) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT min(first) FROM
        (SELECT min(deleted) AS first FROM messages WHERE deleted IS NOT NULL
         UNION ALL SELECT min(deleted) FROM threads WHERE deleted IS NOT NULL)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

fn thread_of(db: &Connection, id: MessageId, hidden: i64) -> Result<Option<ThreadId>, StoreError> {
    let thread = db
        .prepare_cached(
            "SELECT thread FROM messages
             WHERE id = ?1 AND hidden = ?2 AND (deleted IS NULL OR deleted > ?3)",
        )?
        .query_row(params![id.0, hidden, FINAL], |row| row.get(0).map(ThreadId))
        .optional()?;
    Ok(thread)
}

/// Removes deleted messages that the modem no longer has, and deleted threads without messages;
/// but who is blocked or muted stays so.
pub(super) fn remove_unused(db: &Connection) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM messages WHERE hidden = 1
             AND NOT EXISTS (SELECT 1 FROM parts WHERE message = messages.id AND on_modem = 1)",
    )?
    .execute([])?;
    db.prepare_cached(
        "DELETE FROM threads WHERE hidden = 1 AND blocked = 0 AND muted = 0
             AND NOT EXISTS (SELECT 1 FROM messages WHERE thread = threads.id)",
    )?
    .execute([])?;
    Ok(())
}
