//! The index of all words. The table `search` holds, under the row of each text, the words that
//! [`fold::words`] makes of it, and not the text itself.

use super::{StoreError, fold};
use crate::phone::MessageId;
use rusqlite::{Connection, params};

/// Texts indexed between two looks at the table.
const CHUNK: i64 = 2000;

/// Indexes a text that is new.
pub(super) fn add(db: &Connection, message: MessageId, text: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![message.0, fold::words(text)])?;
    Ok(())
}

/// Indexes a text that may have been indexed with other words.
pub(super) fn change(db: &Connection, message: MessageId, text: &str) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([message.0])?;
    add(db, message, text)
}

/// Indexes all texts of a file that has none of them indexed.
pub(super) fn fill(db: &Connection) -> Result<(), StoreError> {
    let mut last = 0;
    loop {
        let texts: Vec<(i64, String)> = db
            .prepare_cached("SELECT id, text FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2")?
            .query_map([last, CHUNK], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let Some((newest, _)) = texts.last() else { return Ok(()) };
        last = *newest;
        for (id, text) in &texts {
            add(db, MessageId(*id), text)?;
        }
    }
}
