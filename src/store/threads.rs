//! Threads: finding the one a number belongs to, and keeping its line in the list true.

use super::{Store, StoreError, rows};
use crate::clock::WallTime;
use crate::number::{self, PhoneNumber};
use crate::phone::{Draft, MessageId, Thread, ThreadId};
use rusqlite::{Connection, OptionalExtension, params};

/// Characters of a preview.
const PREVIEW_CHARS: usize = 120;

impl Store {
    /// The thread with this number, however written; made if there is none.
    pub fn thread_for(
        &mut self,
        number: &PhoneNumber,
        time: WallTime,
        region: &str,
    ) -> Result<Thread, StoreError> {
        let region = region.to_owned();
        self.write(|db| {
            let id = find_or_create(db, number, time, &region)?;
            get(db, id)?.ok_or(StoreError::Missing("conversation"))
        })
    }

    /// All threads, newest first.
    pub fn threads(&self) -> Result<Vec<Thread>, StoreError> {
        let columns = rows::THREAD;
        let sql =
            format!("SELECT {columns} FROM threads WHERE hidden = 0 ORDER BY time DESC, id DESC");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let threads = statement.query_map([], rows::thread)?;
        Ok(threads.collect::<rusqlite::Result<_>>()?)
    }

    /// One thread, if it (still) exists.
    pub fn thread(&self, id: ThreadId) -> Result<Option<Thread>, StoreError> {
        get(&self.connection, id)
    }

    /// All received texts of the thread were seen.
    pub fn mark_read(&mut self, thread: ThreadId) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            db.prepare_cached("UPDATE messages SET read = 1 WHERE thread = ?1 AND read = 0")?
                .execute([thread.0])?;
            refresh(db, thread)?;
            get(db, thread)
        })
    }

    /// Deletes a text; the thread as it is then, or `None` if there was no such text.
    pub fn delete_message(&mut self, id: MessageId) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            let thread = db
                .query_row(
                    "SELECT thread FROM messages WHERE id = ?1 AND hidden = 0",
                    [id.0],
                    |row| row.get(0).map(ThreadId),
                )
                .optional()?;
            let Some(thread) = thread else { return Ok(None) };
            hide_or_delete(db, "id = ?1", id.0)?;
            refresh(db, thread)?;
            get(db, thread)
        })
    }

    /// Deletes a thread with all its texts and its draft.
    pub fn delete_thread(&mut self, id: ThreadId) -> Result<(), StoreError> {
        self.write(|db| {
            hide_or_delete(db, "thread = ?1", id.0)?;
            db.execute("UPDATE threads SET hidden = 1, draft = '' WHERE id = ?1", [id.0])?;
            refresh(db, id)?;
            remove_unused(db)
        })
    }

    /// Keeps what is typed for a number; an empty text deletes the draft. `None` if there is
    /// nothing to keep and no thread.
    pub fn save_draft(
        &mut self,
        draft: &Draft,
        time: WallTime,
        region: &str,
    ) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            let id = if draft.text.is_empty() {
                match find(db, &draft.number, region)? {
                    Some(id) => id,
                    None => return Ok(None),
                }
            } else {
                find_or_create(db, &draft.number, time, region)?
            };
            db.prepare_cached("UPDATE threads SET draft = ?2 WHERE id = ?1")?
                .execute(params![id.0, draft.text])?;
            get(db, id)
        })
    }
}

/// Removes, at start, what deletions left behind and threads that hold nothing.
pub(super) fn remove_empty(store: &mut Store) -> Result<(), StoreError> {
    let empty = "SELECT 1 FROM threads WHERE last_direction IS NULL AND draft = '' LIMIT 1";
    // Mostly there is nothing to do, and starting should not have to write.
    if store.connection.query_row(empty, [], |_| Ok(())).optional()?.is_none() {
        return Ok(());
    }
    store.write(|db| {
        db.execute(
            "DELETE FROM threads WHERE last_direction IS NULL AND draft = ''
                 AND NOT EXISTS (SELECT 1 FROM messages WHERE thread = threads.id)",
            [],
        )?;
        Ok(())
    })
}

/// Removes deleted messages that the modem no longer has, and deleted threads without messages.
pub(super) fn remove_unused(db: &Connection) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM messages WHERE hidden = 1
             AND NOT EXISTS (SELECT 1 FROM parts WHERE message = messages.id AND on_modem = 1)",
    )?
    .execute([])?;
    db.prepare_cached(
        "DELETE FROM threads WHERE hidden = 1
             AND NOT EXISTS (SELECT 1 FROM messages WHERE thread = threads.id)",
    )?
    .execute([])?;
    Ok(())
}

/// Deletes messages, or hides those that the modem still has: read again, they must be known.
fn hide_or_delete(db: &Connection, which: &str, id: i64) -> Result<(), StoreError> {
    let sql = format!("UPDATE messages SET hidden = 1, read = 1 WHERE {which} AND hidden = 0");
    db.prepare_cached(&sql)?.execute([id])?;
    remove_unused(db)
}

/// The thread with this number, hidden ones included.
pub(super) fn find(
    db: &Connection,
    number: &PhoneNumber,
    region: &str,
) -> Result<Option<ThreadId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, number FROM threads WHERE match_key = ?1 ORDER BY hidden, time DESC",
    )?;
    let key = number::match_key(number.as_str());
    let mut candidates = statement.query([key])?;
    let mut found = None;
    while let Some(row) = candidates.next()? {
        let known: String = row.get(1)?;
        if known == number.as_str() {
            return Ok(Some(ThreadId(row.get(0)?)));
        }
        if found.is_none() && number::same_number(&known, number.as_str(), region) {
            found = Some(ThreadId(row.get(0)?));
        }
    }
    Ok(found)
}

/// The thread with this number, visible again if it was deleted, or a new one.
pub(super) fn find_or_create(
    db: &Connection,
    number: &PhoneNumber,
    time: WallTime,
    region: &str,
) -> Result<ThreadId, StoreError> {
    if let Some(id) = find(db, number, region)? {
        db.prepare_cached(
            "UPDATE threads SET hidden = 0, time = ?2, time_offset = ?3
             WHERE id = ?1 AND hidden = 1",
        )?
        .execute(params![id.0, time.unix_millis, time.utc_offset_quarters])?;
        return Ok(id);
    }
    db.prepare_cached(
        "INSERT INTO threads (number, match_key, time, time_offset) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        number.as_str(),
        number::match_key(number.as_str()),
        time.unix_millis,
        time.utc_offset_quarters
    ])?;
    Ok(ThreadId(db.last_insert_rowid()))
}

/// Reads one visible thread.
pub(super) fn get(db: &Connection, id: ThreadId) -> Result<Option<Thread>, StoreError> {
    let sql = format!("SELECT {} FROM threads WHERE id = ?1 AND hidden = 0", rows::THREAD);
    Ok(db.prepare_cached(&sql)?.query_row([id.0], rows::thread).optional()?)
}

/// Reads one thread even if it is hidden.
pub(super) fn get_any(db: &Connection, id: ThreadId) -> Result<Thread, StoreError> {
    let sql = format!("SELECT {} FROM threads WHERE id = ?1", rows::THREAD);
    let thread = db.prepare_cached(&sql)?.query_row([id.0], rows::thread).optional()?;
    thread.ok_or(StoreError::Missing("conversation"))
}

/// Makes the thread's line in the list say again what its messages say.
pub(super) fn refresh(db: &Connection, id: ThreadId) -> Result<(), StoreError> {
    let newest = db
        .prepare_cached(
            "SELECT text, direction, delivery, time, time_offset, number FROM messages
             WHERE thread = ?1 AND hidden = 0 ORDER BY time DESC, id DESC LIMIT 1",
        )?
        .query_row([id.0], |row| {
            let text: String = row.get(0)?;
            let delivery: String = row.get(2)?;
            let (time, offset): (i64, i64) = (row.get(3)?, row.get(4)?);
            let number: String = row.get(5)?;
            Ok((preview(&text), row.get::<_, i64>(1)?, delivery, time, offset, number))
        })
        .optional()?;
    match newest {
        Some((preview, direction, delivery, time, offset, number)) => {
            db.prepare_cached(
                "UPDATE threads SET preview = ?2, last_direction = ?3, last_delivery = ?4,
                     time = ?5, time_offset = ?6, number = ?7, match_key = ?8, unread =
                     (SELECT count(*) FROM messages WHERE thread = ?1 AND read = 0 AND hidden = 0)
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                preview,
                direction,
                delivery,
                time,
                offset,
                number,
                number::match_key(&number)
            ])?;
        }
        None => {
            db.prepare_cached(
                "UPDATE threads SET preview = '', last_direction = NULL, last_delivery = '',
                     unread = 0 WHERE id = ?1",
            )?
            .execute([id.0])?;
        }
    }
    Ok(())
}

/// The text on one line, cut.
fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((cut, _)) = line.char_indices().nth(PREVIEW_CHARS) {
            line.truncate(cut);
            line.push('…');
            break;
        }
    }
    line
}
