//! Texts coming in: each PDU is stored once, whatever the modem repeats, before the modem may
//! delete it.

use super::{Received, Store, StoreError, StoredAt, parts, rows, threads};
use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{Delivery, Direction, MessageId, ThreadId};
use crate::sms::{Concat, IncomingText};
use rusqlite::{Connection, OptionalExtension, params};

/// A directly routed PDU that comes again within this time was not acknowledged and is the same
/// text, milliseconds.
const ROUTED_AGAIN_MILLIS: i64 = 10 * 60 * 1000;

/// A directly routed PDU of a complete message is kept this long, milliseconds.
const ROUTED_KEPT_MILLIS: i64 = 24 * 3600 * 1000;

/// Octets kept of a line that is no PDU; a proper one has at most 176 octets, 352 hex digits.
const UNDECODABLE_LIMIT: usize = 16 * 1024;

/// A PDU as it is stored.
struct Arrival<'a> {
    pdu: &'a [u8],
    location: Option<&'a StoredAt>,
    time: WallTime,
}

impl Store {
    /// Stores one SMS-DELIVER, alone or as a part of a long message. When this returns, the modem
    /// may delete or acknowledge it.
    ///
    /// It is a duplicate (`new` is false) if the same octets were stored from the same place of the
    /// modem and not removed there since, or, for a PDU without a place, within ten minutes.
    pub fn receive_text(
        &mut self,
        pdu: &[u8],
        text: &IncomingText,
        location: Option<&StoredAt>,
        time: WallTime,
    ) -> Result<Received, StoreError> {
        let region = self.region.clone();
        let arrival = Arrival { pdu, location, time };
        self.write(|db| {
            if let Some(known) = duplicate(db, &arrival)? {
                return received(db, known, false);
            }
            let place = parts::place(text);
            let begun = match &place {
                Some(place) => parts::lacking(db, text, place, time.unix_millis, &region)?,
                None => None,
            };
            let id = match begun {
                Some(id) => id,
                None => begin(db, text, place.map_or(1, |place| place.parts), time, &region)?,
            };
            insert_part(db, id, &arrival, text, place)?;
            if let Some(place) = place {
                let (whole, done) = parts::assemble(db, id, place.parts)?;
                db.prepare_cached("UPDATE messages SET text = ?2, done = ?3 WHERE id = ?1")?
                    .execute(params![id.0, whole, done])?;
            }
            finish(db, id)
        })
    }

    /// Stores what could not be decoded, so that nothing is dropped; the text says why. The
    /// duplicate rule is that of [`Store::receive_text`].
    pub fn receive_undecodable(
        &mut self,
        pdu_hex: &str,
        problem: &str,
        location: Option<&StoredAt>,
        time: WallTime,
    ) -> Result<Received, StoreError> {
        let region = self.region.clone();
        let mut end = pdu_hex.len().min(UNDECODABLE_LIMIT);
        while !pdu_hex.is_char_boundary(end) {
            end -= 1;
        }
        let pdu_hex = &pdu_hex[..end];
        let arrival = Arrival { pdu: pdu_hex.as_bytes(), location, time };
        let text = IncomingText {
            from: String::new(),
            sent_at: None,
            text: format!("This text could not be read: {problem}"),
            utf16: None,
            class: None,
            concat: None,
            binary: false,
        };
        self.write(|db| {
            if let Some(known) = duplicate(db, &arrival)? {
                return received(db, known, false);
            }
            let id = begin(db, &text, 1, time, &region)?;
            db.prepare_cached("UPDATE messages SET undecodable_pdu = ?2 WHERE id = ?1")?
                .execute(params![id.0, pdu_hex])?;
            insert_part(db, id, &arrival, &text, None)?;
            finish(db, id)
        })
    }

    /// The modem confirmed that this place is free again: what is read there from now on is new.
    pub fn mark_removed(&mut self, location: &StoredAt) -> Result<(), StoreError> {
        self.write(|db| {
            clear_mark(db, location)?;
            threads::remove_unused(db)
        })
    }
}

/// The sender as it is shown: a PDU may have none, or no readable one.
pub(super) fn sender(text: &IncomingText) -> PhoneNumber {
    let from = text.from.trim();
    PhoneNumber::new(if from.is_empty() { "Unknown sender" } else { from })
}

/// The message that this PDU was stored as before. A different PDU in its place proves that the
/// modem has reused the place, so the old one's mark is cleared.
fn duplicate(db: &Connection, arrival: &Arrival<'_>) -> Result<Option<MessageId>, StoreError> {
    let id = |row: &rusqlite::Row<'_>| row.get(0).map(MessageId);
    let Some(location) = arrival.location else {
        let now = arrival.time.unix_millis;
        let known = db
            .prepare_cached(
                "SELECT message FROM parts WHERE memory IS NULL AND received BETWEEN ?1 AND ?2
                 AND pdu = ?3 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(
                params![
                    now.saturating_sub(ROUTED_AGAIN_MILLIS),
                    now.saturating_add(ROUTED_AGAIN_MILLIS),
                    arrival.pdu
                ],
                id,
            )
            .optional()?;
        return Ok(known);
    };
    let known = db
        .prepare_cached(
            "SELECT message FROM parts
             WHERE memory = ?1 AND location = ?2 AND on_modem = 1 AND pdu = ?3 LIMIT 1",
        )?
        .query_row(params![location.memory, location.index, arrival.pdu], id)
        .optional()?;
    if known.is_none() {
        clear_mark(db, location)?;
    }
    Ok(known)
}

/// Nothing that was stored from this place is there any more. Parts of complete messages have no
/// further use then.
fn clear_mark(db: &Connection, location: &StoredAt) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM parts WHERE memory = ?1 AND location = ?2 AND on_modem = 1
             AND (SELECT done = segments FROM messages WHERE id = parts.message)",
    )?
    .execute(params![location.memory, location.index])?;
    db.prepare_cached(
        "UPDATE parts SET on_modem = 0 WHERE memory = ?1 AND location = ?2 AND on_modem = 1",
    )?
    .execute(params![location.memory, location.index])?;
    Ok(())
}

/// A new message without its parts.
fn begin(
    db: &Connection,
    text: &IncomingText,
    total: u8,
    time: WallTime,
    region: &str,
) -> Result<MessageId, StoreError> {
    let number = sender(text);
    let thread = threads::find_or_create(db, &number, time, region)?;
    let words = if text.binary && text.text.is_empty() { "Data, not text" } else { &text.text };
    db.prepare_cached(
        "INSERT INTO messages (thread, direction, number, text, time, time_offset, sent_at,
             sent_at_offset, delivery, done, segments, read)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, 0)",
    )?
    .execute(params![
        thread.0,
        rows::direction_code(Direction::MobileTerminated),
        number.as_str(),
        words,
        time.unix_millis,
        time.utc_offset_quarters,
        text.sent_at.map(|sent| sent.unix_millis),
        text.sent_at.map(|sent| sent.utc_offset_quarters),
        "received",
        total,
    ])?;
    Ok(MessageId(db.last_insert_rowid()))
}

fn insert_part(
    db: &Connection,
    message: MessageId,
    arrival: &Arrival<'_>,
    text: &IncomingText,
    place: Option<Concat>,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO parts (message, part, pdu, text, utf16, reference, wide, total, received,
             memory, location, on_modem)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        message.0,
        place.map_or(1, |place| place.part),
        arrival.pdu,
        // A message of one part has its text in `messages` already.
        place.map_or("", |_| text.text.as_str()),
        parts::octets(place.and(text.utf16.as_deref())),
        place.map(|place| place.reference),
        place.map(|place| place.wide),
        place.map_or(1, |place| place.parts),
        arrival.time.unix_millis,
        arrival.location.map(|location| location.memory.as_str()),
        arrival.location.map(|location| location.index),
        arrival.location.is_some(),
    ])?;
    if arrival.location.is_none() {
        db.prepare_cached(
            "DELETE FROM parts WHERE memory IS NULL AND received < ?1
                 AND (SELECT done = segments FROM messages WHERE id = parts.message)",
        )?
        .execute([arrival.time.unix_millis.saturating_sub(ROUTED_KEPT_MILLIS)])?;
    }
    Ok(())
}

fn finish(db: &Connection, id: MessageId) -> Result<Received, StoreError> {
    let thread = ThreadId(
        db.prepare_cached("SELECT thread FROM messages WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))?,
    );
    threads::refresh(db, thread)?;
    received(db, id, true)
}

fn received(db: &Connection, id: MessageId, new: bool) -> Result<Received, StoreError> {
    let message = parts::message(db, id)?;
    let thread = threads::get_any(db, message.thread)?;
    let complete = matches!(&message.delivery, Delivery::Received(n) if n.done >= n.total);
    Ok(Received { message, thread, new, complete })
}
