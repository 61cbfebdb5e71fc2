//! Threads: finding the one a number belongs to, and keeping its line in the list true.

use super::{Store, StoreError, deleted, rows};
use crate::clock::WallTime;
use crate::number::{self, PhoneNumber};
use crate::phone::{Draft, MessageKind, Thread, ThreadFlags, ThreadId};
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
            db.prepare_cached(
                "UPDATE messages SET read = 1 WHERE thread = ?1 AND read = 0 AND hidden = 0",
            )?
            .execute([thread.0])?;
            refresh(db, thread)?;
            get(db, thread)
        })
    }

    /// The newest received text of the thread was not seen.
    pub fn mark_unread(&mut self, thread: ThreadId) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            db.prepare_cached(
                "UPDATE messages SET read = 0 WHERE id =
                     (SELECT id FROM messages WHERE thread = ?1 AND direction = 1 AND hidden = 0
                      ORDER BY time DESC, id DESC LIMIT 1)
                 AND NOT EXISTS (SELECT 1 FROM threads WHERE id = ?1 AND blocked = 1)",
            )?
            .execute([thread.0])?;
            refresh(db, thread)?;
            get(db, thread)
        })
    }

    /// Some conversation is blocked.
    pub fn any_blocked(&self) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM threads WHERE blocked = 1 LIMIT 1";
        Ok(self.connection.prepare_cached(sql)?.exists([])?)
    }

    /// The conversation with this number, however written, is blocked.
    pub fn is_blocked(&self, number: &PhoneNumber, region: &str) -> Result<bool, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number FROM threads WHERE blocked = 1 AND match_key = ?1")?;
        let mut candidates = statement.query([number::match_key(number.as_str())])?;
        while let Some(row) = candidates.next()? {
            let known = row.get_ref(0)?.as_str().unwrap_or_default();
            if number::same_number(known, number.as_str(), region) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Pins, archives, mutes or blocks a conversation. What was not read of a blocked one counts as
    /// read.
    pub fn set_flags(
        &mut self,
        thread: ThreadId,
        flags: ThreadFlags,
    ) -> Result<Option<Thread>, StoreError> {
        self.write(|db| {
            db.prepare_cached(
                "UPDATE threads SET pinned = ?2, archived = ?3, muted = ?4, blocked = ?5
                 WHERE id = ?1",
            )?
            .execute(params![
                thread.0,
                flags.pinned,
                flags.archived,
                flags.muted,
                flags.blocked
            ])?;
            if flags.blocked {
                db.prepare_cached(
                    "UPDATE messages SET read = 1 WHERE thread = ?1 AND read = 0 AND hidden = 0",
                )?
                .execute([thread.0])?;
                refresh(db, thread)?;
            }
            get(db, thread)
        })
    }

    /// Takes threads that hold nothing out of the list, and removes those of which nothing is to be
    /// kept; which they were.
    pub fn remove_empty(&mut self) -> Result<Vec<ThreadId>, StoreError> {
        let empty = "last_direction IS NULL AND draft = '' AND hidden = 0";
        let sql = format!("SELECT id FROM threads WHERE {empty}");
        let found: Vec<ThreadId> = self
            .connection
            .prepare_cached(&sql)?
            .query_map([], |row| row.get(0).map(ThreadId))?
            .collect::<rusqlite::Result<_>>()?;
        // Mostly there is nothing to do, and starting should not have to write.
        if !found.is_empty() {
            self.write(|db| {
                db.execute(&format!("UPDATE threads SET hidden = 1 WHERE {empty}"), [])?;
                deleted::remove_unused(db)
            })?;
        }
        Ok(found)
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
    let id = find_or_create_unseen(db, number, time, region)?;
    reveal(db, id, time)?;
    Ok(id)
}

/// The thread with this number, or a new one that is in no list until it is revealed.
pub(super) fn find_or_create_unseen(
    db: &Connection,
    number: &PhoneNumber,
    time: WallTime,
    region: &str,
) -> Result<ThreadId, StoreError> {
    if let Some(id) = find(db, number, region)? {
        return Ok(id);
    }
    db.prepare_cached(
        "INSERT INTO threads (number, match_key, time, time_offset, hidden)
         VALUES (?1, ?2, ?3, ?4, 1)",
    )?
    .execute(params![
        number.as_str(),
        number::match_key(number.as_str()),
        time.unix_millis,
        time.utc_offset_quarters
    ])?;
    Ok(ThreadId(db.last_insert_rowid()))
}

/// Makes a deleted or new thread visible; what was deleted with it stays so.
pub(super) fn reveal(db: &Connection, id: ThreadId, time: WallTime) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE messages SET hidden = 2, deleted = (SELECT deleted FROM threads WHERE id = ?1)
         WHERE thread = (SELECT id FROM threads WHERE id = ?1 AND hidden = 2) AND hidden = 0",
    )?
    .execute([id.0])?;
    db.prepare_cached(
        "UPDATE threads SET hidden = 0, time = ?2, time_offset = ?3 WHERE id = ?1 AND hidden <> 0",
    )?
    .execute(params![id.0, time.unix_millis, time.utc_offset_quarters])?;
    Ok(())
}

/// A new text takes its conversation out of the archive, unless the user wants to hear nothing.
pub(super) fn unarchive(db: &Connection, id: ThreadId) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE threads SET archived = 0
         WHERE id = ?1 AND archived = 1 AND muted = 0 AND blocked = 0",
    )?
    .execute([id.0])?;
    Ok(())
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
            "SELECT text, direction, delivery, time, time_offset, number, kind FROM messages
             WHERE thread = ?1 AND hidden = 0 ORDER BY time DESC, id DESC LIMIT 1",
        )?
        .query_row([id.0], |row| {
            let text: String = row.get(0)?;
            let delivery: String = row.get(2)?;
            let (time, offset): (i64, i64) = (row.get(3)?, row.get(4)?);
            let number: String = row.get(5)?;
            let card = row.get_ref(6)?.as_str() == Ok(MessageKind::ContactCard.word());
            let line = if card { card_preview(&text) } else { preview(&text) };
            Ok((line, row.get::<_, i64>(1)?, delivery, time, offset, number))
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

/// A contact card by its name (FN, RFC 6350 §6.2.1), which may have parameters.
fn card_preview(card: &str) -> String {
    let name = card.lines().find_map(|line| {
        let (property, value) = line.split_once(':')?;
        let property = property.split(';').next()?;
        property.eq_ignore_ascii_case("FN").then(|| preview(value))
    });
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("Contact card: {name}"),
        None => "Contact card".to_owned(),
    }
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
