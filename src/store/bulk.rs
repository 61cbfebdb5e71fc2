//! Many texts at once, for benchmarks and for trying out how the program does with a long history.

use super::{Store, StoreError, index, rows, threads};
use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{Direction, MessageId, ThreadId};
use rusqlite::params;
use std::collections::BTreeMap;

/// Texts of one transaction.
const AT_ONCE: usize = 50_000;

/// A text from somebody, read long ago.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OldText {
    /// Who sent it.
    pub from: PhoneNumber,
    /// The text.
    pub text: String,
    /// When it came.
    pub time: WallTime,
}

impl Store {
    /// Stores texts as if they had come and been read long ago; much faster than one by one. There
    /// is no check for duplicates. Returns how many there were.
    #[doc(hidden)]
    pub fn fill(&mut self, texts: &mut dyn Iterator<Item = OldText>) -> Result<usize, StoreError> {
        let region = self.region.clone();
        let mut known: BTreeMap<PhoneNumber, ThreadId> = BTreeMap::new();
        let mut total = 0;
        loop {
            let filled = self.write(|db| {
                let mut filled = 0;
                let mut insert = db.prepare_cached(
                    "INSERT INTO messages (thread, direction, number, text, time, time_offset,
                         delivery, done, segments)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'received', 1, 1)",
                )?;
                for text in texts.take(AT_ONCE) {
                    let thread = match known.get(&text.from) {
                        Some(&thread) => thread,
                        None => threads::find_or_create(db, &text.from, text.time, &region)?,
                    };
                    insert.execute(params![
                        thread.0,
                        rows::direction_code(Direction::MobileTerminated),
                        text.from.as_str(),
                        text.text,
                        text.time.unix_millis,
                        text.time.utc_offset_quarters
                    ])?;
                    index::add(db, MessageId(db.last_insert_rowid()), &text.text)?;
                    known.insert(text.from, thread);
                    filled += 1;
                }
                Ok(filled)
            })?;
            total += filled;
            if filled == 0 {
                break;
            }
        }
        self.write(|db| known.values().try_for_each(|&thread| threads::refresh(db, thread)))?;
        Ok(total)
    }
}
