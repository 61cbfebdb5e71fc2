//! Texts to send and what they were written for: one that was written for a modem is not given to
//! the Demo modem, where it would count as sent, and one that was written for the Demo modem does
//! not reach a network without the user's word. And with which SIM card a long text was begun:
//! parts of two senders would never be joined.

use super::delivery::{GOING, settle_alone};
use super::{Owner, SegmentState, Store, StoreError, delivery, outbox, threads};
use crate::clock::WallTime;
use crate::phone::{Carrier, MessageId, TextMessage};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// Texts turned away in one go, so that nobody waits long for it.
const AT_ONCE: i64 = 200;

impl Store {
    /// How many texts that could go out now wait for another carrier.
    pub fn held_back(&self, owner: &Owner, carrier: Carrier) -> Result<u64, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM messages WHERE owner = ?1 AND carrier <> ?2
                 AND delivery IN ('queued', 'sending') AND {GOING} AND hidden = 0"
        );
        let count: i64 = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![owner.0, carrier.word()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// A modem is in use: texts whose turn it would be and that were written for something else
    /// fail, with words that say so, until the user sends them again. At most 200 at once.
    pub fn turn_away(&mut self, owner: &Owner) -> Result<Vec<TextMessage>, StoreError> {
        let sql = format!(
            "SELECT id, carrier FROM messages WHERE owner = ?1 AND carrier > ''
                 AND delivery IN ('queued', 'sending') AND {GOING} AND hidden = 0
                 AND EXISTS (SELECT 1 FROM segments WHERE message = messages.id
                     AND state = 'queued')
             LIMIT ?2"
        );
        let found: Vec<(MessageId, String)> = self
            .connection
            .prepare_cached(&sql)?
            .query_map(params![owner.0, AT_ONCE], |row| Ok((MessageId(row.get(0)?), row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        self.write(|db| {
            let mut changed = Vec::new();
            let mut touched = BTreeSet::new();
            for (id, word) in found {
                let cause = match Carrier::of_word(&word) {
                    Carrier::Recording => "It was written while a recording was played",
                    Carrier::Demo | Carrier::Modem => "It was written for the demo modem",
                };
                let advice = "Send it again if it shall really go out";
                if outbox::give_up(db, id, cause, advice)? {
                    let settled = settle_alone(db, id)?;
                    touched.insert(settled.thread);
                    changed.push(settled);
                }
            }
            touched.into_iter().try_for_each(|thread| threads::refresh(db, thread))?;
            Ok(changed)
        })
    }

    /// A part of a long text is about to go out with this SIM card, which is noted with the first
    /// one of which the card is known. If another card was there then, the rest fails, with words
    /// that say so, until the user sends the text again: that sends all of it. `Some` if it failed.
    pub fn keep_to_card(
        &mut self,
        message: MessageId,
        card: u16,
    ) -> Result<Option<TextMessage>, StoreError> {
        let sql = "SELECT card, count(*), count(*) FILTER (WHERE state NOT IN ('queued', 'failed'))
             FROM messages JOIN segments ON segments.message = messages.id WHERE messages.id = ?1";
        let (known, all, gone): (Option<i64>, i64, i64) = self
            .connection
            .prepare_cached(sql)?
            .query_row([message.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if known == Some(i64::from(card)) {
            return Ok(None);
        }
        if gone == 0 || known.is_none() {
            self.write(|db| note_card(db, message, i64::from(card)))?;
            return Ok(None);
        }
        self.write(|db| {
            let cause = format!("{gone} of {all} parts went out with another SIM card");
            let advice = "Send it again: then all of it goes out with this card, since the \
                          recipient's phone would not join parts of two numbers";
            if !outbox::give_up(db, message, &cause, advice)? {
                return Ok(None);
            }
            note_card(db, message, ALL_AGAIN)?;
            delivery::settle(db, message).map(Some)
        })
    }

    /// A queued segment is about to be handed to this carrier. Refused if it is another program's
    /// text by now, another carrier's, or does not wait any more: two programs that each think the
    /// other dead never send it both.
    pub fn begin_segment(
        &mut self,
        message: MessageId,
        segment: u8,
        owner: &Owner,
        carrier: Carrier,
        time: WallTime,
    ) -> Result<TextMessage, StoreError> {
        self.write(|db| {
            let sql = format!(
                "SELECT 1 FROM messages JOIN segments ON segments.message = messages.id
                 WHERE messages.id = ?1 AND segment = ?2 AND owner = ?3 AND carrier = ?4
                     AND state = 'queued' AND hidden = 0 AND {GOING}"
            );
            let waits = params![message.0, segment, owner.0, carrier.word()];
            if !db.prepare_cached(&sql)?.exists(waits)? {
                return Err(StoreError::Refused("the text does not wait to be sent any more"));
            }
            delivery::set_state(db, message, segment, SegmentState::Sending, None, time)?;
            delivery::settle(db, message)
        })
    }
}

/// The card of a text of which the rest was held back.
const ALL_AGAIN: i64 = -1;

fn note_card(db: &Connection, message: MessageId, card: i64) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE messages SET card = ?2 WHERE id = ?1")?
        .execute(params![message.0, card])?;
    Ok(())
}

/// Whether the text was begun with another SIM card, so that all of it has to be sent again. Asked
/// once: then it belongs to the card that comes.
pub(super) fn of_another_card(db: &Connection, message: MessageId) -> Result<bool, StoreError> {
    let forgotten = db
        .prepare_cached("UPDATE messages SET card = NULL WHERE id = ?1 AND card = ?2")?
        .execute(params![message.0, ALL_AGAIN])?;
    Ok(forgotten > 0)
}

/// Gives a text that was written for the Demo modem or a recording to another carrier; true if all
/// of it has to be sent then.
pub(super) fn change(
    db: &Connection,
    message: MessageId,
    carrier: Option<Carrier>,
) -> Result<bool, StoreError> {
    let Some(carrier) = carrier else { return Ok(false) };
    let known: Option<String> = db
        .prepare_cached("SELECT carrier FROM messages WHERE id = ?1 AND direction = 0")?
        .query_row([message.0], |row| row.get(0))
        .optional()?;
    let known = known.map_or(Carrier::Modem, |word| Carrier::of_word(&word));
    if known == Carrier::Modem || known == carrier {
        return Ok(false);
    }
    db.prepare_cached("UPDATE messages SET carrier = ?2 WHERE id = ?1")?
        .execute(params![message.0, carrier.word()])?;
    Ok(true)
}
