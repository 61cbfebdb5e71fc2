//! Taking over what programs that died have left in the outbox.

use super::delivery::{GOING, settle};
use super::{Owner, Store, StoreError, parts};
use crate::phone::{MessageId, TextMessage};
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// Takes over what programs that no longer run have left: their texts on the way out are ours
    /// now, and segments that they had handed to the modem without an answer may have been sent
    /// ([`super::SegmentState::Unknown`]). Returns the texts that changed, oldest first.
    ///
    /// A list that such a program had not stored to its end is to be removed before:
    /// [`Store::discard_half_stored`].
    ///
    /// To be called at start, before anything is sent, and as often as one likes afterwards: it is
    /// cheap, and does not touch our own texts then.
    pub fn recover(&mut self, owner: &Owner) -> Result<Vec<TextMessage>, StoreError> {
        let registered = self.lock.as_ref().map(|lock| lock.owner().clone());
        // Programs that die after this question are recovered the next time.
        let mut dead = owners(&self.connection)?;
        let living =
            |name: &str| registered.as_ref().is_some_and(|own| own.0 == name) || self.lives(name);
        dead.retain(|name| !living(name));
        if registered.as_ref() != Some(owner) {
            self.register(owner)?;
            self.clear_up_locks();
        }
        if dead.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|db| {
            let mut changed = Vec::new();
            for name in dead {
                changed.extend(take_over(db, &name, owner)?);
            }
            changed.sort_unstable();
            changed.into_iter().map(|id| parts::message(db, id)).collect()
        })
    }
}

/// Whose texts are on the way out: one look into the index each.
fn owners(db: &Connection) -> Result<Vec<String>, StoreError> {
    let sql =
        format!("SELECT owner FROM messages WHERE {GOING} AND owner > ?1 ORDER BY owner LIMIT 1");
    let first = format!("SELECT owner FROM messages WHERE {GOING} ORDER BY owner LIMIT 1");
    let mut owners: Vec<String> = Vec::new();
    loop {
        let next: Option<String> = match owners.last() {
            None => db.prepare_cached(&first)?.query_row([], |row| row.get(0)).optional()?,
            Some(last) => {
                db.prepare_cached(&sql)?.query_row([last], |row| row.get(0)).optional()?
            }
        };
        match next {
            Some(owner) => owners.push(owner),
            None => return Ok(owners),
        }
    }
}

/// Makes a dead program's texts ours; those that may have been sent.
fn take_over(db: &Connection, dead: &str, owner: &Owner) -> Result<Vec<MessageId>, StoreError> {
    let sql = format!("SELECT id FROM messages WHERE owner = ?1 AND {GOING}");
    let ids: Vec<MessageId> = db
        .prepare_cached(&sql)?
        .query_map([dead], |row| row.get(0).map(MessageId))?
        .collect::<rusqlite::Result<_>>()?;
    let mut changed = Vec::new();
    for id in ids {
        db.prepare_cached("UPDATE messages SET owner = ?2 WHERE id = ?1")?
            .execute(params![id.0, owner.0])?;
        let doubtful = db
            .prepare_cached(
                "UPDATE segments SET state = 'unknown', cause = ?2, advice = ?3
                 WHERE message = ?1 AND state = 'sending'",
            )?
            .execute(params![
                id.0,
                "The program ended before the modem said whether the text was sent",
                "It may have been sent: ask the other side, or send it again"
            ])?;
        if doubtful > 0 {
            settle(db, id)?;
            changed.push(id);
        }
    }
    Ok(changed)
}
