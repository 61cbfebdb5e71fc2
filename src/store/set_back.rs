//! What to do about a clock on the wall that was set back.

use super::{INCOMPLETE_AFTER, LONGEST_RETRY, Owner, Store, StoreError};
use crate::clock::WallTime;
use rusqlite::params;

impl Store {
    /// The clock was perhaps set back by hours: what passes by itself, an attempt that failed or
    /// parts of a text that are missing, is not waited for longer than it would be from now on.
    /// Texts scheduled for a time wait for that time. Cheap where nothing is to be done.
    pub fn clock_set_back(&mut self, owner: &Owner, now: WallTime) -> Result<(), StoreError> {
        let retry = now.plus(LONGEST_RETRY).unix_millis;
        let incomplete = now.plus(INCOMPLETE_AFTER).unix_millis;
        let beyond = "SELECT 1 FROM messages WHERE hidden = 3 AND due > ?1
            UNION ALL SELECT 1 FROM messages
                WHERE owner = ?2 AND due > ?3 AND delivery = 'retrying' LIMIT 1";
        let values = params![incomplete, owner.0, retry];
        if !self.connection.prepare_cached(beyond)?.exists(values)? {
            return Ok(());
        }
        self.write(|db| {
            db.execute("UPDATE messages SET due = ?1 WHERE hidden = 3 AND due > ?1", [incomplete])?;
            db.execute(
                "UPDATE messages SET due = ?2, due_offset = ?3
                 WHERE owner = ?1 AND due > ?2 AND delivery = 'retrying'",
                params![owner.0, retry, now.utc_offset_quarters],
            )?;
            Ok(())
        })
    }
}
