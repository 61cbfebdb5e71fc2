//! Texts coming in: each PDU is stored once, whatever the modem repeats, before the modem may
//! delete it. A long text is held back until it is whole, or until nothing more has come for a
//! while.

use super::content::{self, hex};
use super::parts::Belongs;
use super::{INCOMPLETE_AFTER, Received, Store, StoreError, StoredAt, deleted, index, parts};
use super::{rows, threads};
use crate::clock::WallTime;
use crate::number::{self, PhoneNumber};
use crate::phone::{Delivery, Direction, MessageId, MessageKind, TextMessage, Thread, ThreadId};
use crate::sms::{Concat, IncomingText};
use rusqlite::{Connection, OptionalExtension, params};

/// A directly routed PDU that comes again within this time was not acknowledged and is the same
/// text, milliseconds.
const ROUTED_AGAIN_MILLIS: i64 = 10 * 60 * 1000;

/// The same octets, sent in the same second as the time stamp in them says, that come so much later
/// than the first time are the same text again, milliseconds: the modem's deletion had no effect,
/// its SIM card forgot it, or the network did not hear that it was delivered. Before that they may
/// be a second text.
const AGAIN_AFTER_MILLIS: i64 = 2 * 60 * 1000;

/// Octets kept of a line that is no PDU; a proper one has at most 176 octets, 352 hex digits.
const UNDECODABLE_LIMIT: usize = 16 * 1024;

/// A PDU as it is stored.
struct Arrival<'a> {
    pdu: &'a [u8],
    location: Option<&'a StoredAt>,
    time: WallTime,
    /// When the centre got it, if the octets say so.
    sent_at: Option<WallTime>,
}

impl Store {
    /// Stores one SMS-DELIVER, alone or as a part of a long message. When this returns, the modem
    /// may delete or acknowledge it.
    ///
    /// It is a duplicate (`new` is false) if the same octets were stored from the same place of the
    /// modem and not removed there since, or, for a PDU without a place, within ten minutes, or,
    /// for a part of a long message, within a week from anywhere; and so for a text with a time
    /// stamp, if that was more than two minutes ago.
    ///
    /// A text that replaces one (23.040 §9.2.3.9) takes its row, unless that was sent later.
    pub fn receive_text(
        &mut self,
        pdu: &[u8],
        text: &IncomingText,
        location: Option<&StoredAt>,
        time: WallTime,
    ) -> Result<Received, StoreError> {
        let region = self.region.clone();
        let arrival = Arrival { pdu, location, time, sent_at: text.sent_at };
        self.write(|db| match parts::place(text) {
            Some(place) => receive_part(db, &arrival, text, place, &region),
            None => receive_single(db, &arrival, text, &region),
        })
    }

    /// Stores a text that a modem without PDU mode gave. It is a duplicate by the rule of
    /// [`Store::receive_text`], where sender, time and words stand for the octets.
    pub fn receive_plain(
        &mut self,
        from: &str,
        sent_at: Option<WallTime>,
        text: &str,
        location: Option<&StoredAt>,
        time: WallTime,
    ) -> Result<Received, StoreError> {
        let sent = sent_at.map(WallTime::rfc3339).unwrap_or_default();
        let octets = format!("text mode\n{from}\n{sent}\n{text}");
        let text = IncomingText {
            from: from.to_owned(),
            sent_at,
            text: text.to_owned(),
            ..IncomingText::default()
        };
        self.receive_text(octets.as_bytes(), &text, location, time)
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
        let arrival = Arrival { pdu: pdu_hex.as_bytes(), location, time, sent_at: None };
        let text = IncomingText {
            text: format!("This text could not be read: {problem}"),
            ..IncomingText::default()
        };
        self.write(|db| {
            if let Some(known) = duplicate(db, &arrival)? {
                return received(db, known, false);
            }
            let kind = MessageKind::Unreadable;
            let id = begin(db, &text, kind, &text.text, None, time, &region)?;
            keep_raw(db, id, pdu_hex)?;
            insert_part(db, id, &arrival, &text, None)?;
            appear(db, id, time)?;
            received(db, id, true)
        })
    }

    /// The modem confirmed that this place is free again: what is read there from now on is new.
    pub fn mark_removed(&mut self, location: &StoredAt) -> Result<(), StoreError> {
        self.write(|db| {
            clear_mark(db, location)?;
            deleted::remove_unused(db)
        })
    }

    /// Shows the incomplete texts of which nothing has come for [`INCOMPLETE_AFTER`], with the
    /// missing parts marked, and returns them.
    pub fn show_incomplete(
        &mut self,
        now: WallTime,
    ) -> Result<Vec<(TextMessage, Thread)>, StoreError> {
        if self.next_incomplete()?.is_none_or(|due| due.unix_millis > now.unix_millis) {
            return Ok(Vec::new());
        }
        self.write(|db| {
            let due: Vec<MessageId> = db
                .prepare_cached(
                    "SELECT id FROM messages WHERE hidden = 3 AND due <= ?1 ORDER BY due, id",
                )?
                .query_map([now.unix_millis], |row| row.get(0).map(MessageId))?
                .collect::<rusqlite::Result<_>>()?;
            let mut shown = Vec::new();
            for id in due {
                appear(db, id, now)?;
                let message = parts::message(db, id)?;
                let thread = threads::get_any(db, message.thread)?;
                shown.push((message, thread));
            }
            Ok(shown)
        })
    }

    /// When the next incomplete text is to be shown.
    pub fn next_incomplete(&self) -> Result<Option<WallTime>, StoreError> {
        let due = self
            .connection
            .prepare_cached(
                "SELECT due, time_offset FROM messages WHERE hidden = 3 ORDER BY due LIMIT 1",
            )?
            .query_row([], |row| Ok(rows::wall(row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(due)
    }
}

fn receive_single(
    db: &Connection,
    arrival: &Arrival<'_>,
    text: &IncomingText,
    region: &str,
) -> Result<Received, StoreError> {
    if let Some(known) = duplicate(db, arrival)? {
        return received(db, known, false);
    }
    let kind = content::kind(text);
    let words = content::words(text, kind);
    let id = match replaced(db, text, region)? {
        Some((id, known)) if known.is_none_or(|known| sent(text).is_none_or(|at| at >= known)) => {
            replace(db, id, text, kind, &words, arrival.time)?;
            id
        }
        // A memory need not be in the order of time: the older text stays beside the newer one.
        Some(_) => {
            let text = IncomingText { replaces: None, ..text.clone() };
            begin(db, &text, kind, &words, None, arrival.time, region)?
        }
        None => begin(db, text, kind, &words, None, arrival.time, region)?,
    };
    if kind == MessageKind::Unreadable {
        keep_raw(db, id, &hex(arrival.pdu))?;
    }
    insert_part(db, id, arrival, text, None)?;
    appear(db, id, arrival.time)?;
    received(db, id, true)
}

fn receive_part(
    db: &Connection,
    arrival: &Arrival<'_>,
    text: &IncomingText,
    place: Concat,
    region: &str,
) -> Result<Received, StoreError> {
    if let Some(known) = duplicate(db, arrival)? {
        return received(db, known, false);
    }
    let now = arrival.time;
    let kind = content::kind(text);
    let id = match parts::belongs(db, text, &place, arrival.pdu, now.unix_millis, region)? {
        Belongs::Known(known) => return received(db, known, false),
        Belongs::To(id) => id,
        Belongs::Nowhere => begin(db, text, kind, "", Some(place.parts), now, region)?,
    };
    if kind == MessageKind::Unreadable {
        keep_raw(db, id, &hex(arrival.pdu))?;
    }
    insert_part(db, id, arrival, text, Some(place))?;
    let (mut whole, done) = parts::assemble(db, id, place.parts, kind)?;
    if kind == MessageKind::Unreadable {
        whole = content::words(text, kind);
    }
    db.prepare_cached("UPDATE messages SET text = ?2, done = ?3 WHERE id = ?1")?
        .execute(params![id.0, whole, done])?;
    match hidden(db, id)? {
        3 if done < place.parts => {
            db.prepare_cached("UPDATE messages SET due = ?2 WHERE id = ?1")?
                .execute(params![id.0, now.plus(INCOMPLETE_AFTER).unix_millis])?;
        }
        0 | 3 => appear(db, id, now)?,
        // The user has deleted it: it stays so, and is whole if that is undone.
        2 => index::change(db, id, &whole)?,
        _ => {}
    }
    received(db, id, true)
}

/// The sender as it is shown: a PDU may have none, or no readable one.
pub(super) fn sender(from: &str) -> PhoneNumber {
    let from = from.trim();
    PhoneNumber::new(if from.is_empty() { "Unknown sender" } else { from })
}

/// The message that this PDU was stored as before. A different PDU in its place proves that the
/// modem has reused the place, so the old one's mark is cleared.
fn duplicate(db: &Connection, arrival: &Arrival<'_>) -> Result<Option<MessageId>, StoreError> {
    let Some(location) = arrival.location else {
        return Ok(match routed(db, arrival)? {
            Some(known) => Some(known),
            None => again(db, arrival)?.map(|(_, message)| message),
        });
    };
    let known = db
        .prepare_cached(
            "SELECT message FROM parts
             WHERE memory = ?1 AND location = ?2 AND on_modem = 1 AND pdu = ?3 LIMIT 1",
        )?
        .query_row(params![location.memory, location.index, arrival.pdu], |row| {
            row.get(0).map(MessageId)
        })
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    clear_mark(db, location)?;
    // One that was routed here and not acknowledged in time comes again by way of a memory, and is
    // there from now on.
    if let Some(message) = routed(db, arrival)? {
        db.prepare_cached(
            "UPDATE parts SET memory = ?2, location = ?3, on_modem = 1
             WHERE message = ?1 AND memory IS NULL AND pdu = ?4",
        )?
        .execute(params![message.0, location.memory, location.index, arrival.pdu])?;
        return Ok(Some(message));
    }
    let Some((part, message)) = again(db, arrival)? else { return Ok(None) };
    db.prepare_cached("UPDATE parts SET memory = ?2, location = ?3, on_modem = 1 WHERE id = ?1")?
        .execute(params![part, location.memory, location.index])?;
    Ok(Some(message))
}

/// The message that these octets were routed here as, a short while ago.
fn routed(db: &Connection, arrival: &Arrival<'_>) -> Result<Option<MessageId>, StoreError> {
    let now = arrival.time.unix_millis;
    let window = (now.saturating_sub(ROUTED_AGAIN_MILLIS), now.saturating_add(ROUTED_AGAIN_MILLIS));
    Ok(db
        .prepare_cached(
            "SELECT message FROM parts WHERE memory IS NULL AND received BETWEEN ?1 AND ?2
             AND pdu = ?3 ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![window.0, window.1, arrival.pdu], |row| row.get(0).map(MessageId))
        .optional()?)
}

/// The text of one part that these octets were stored as earlier, from anywhere. Two texts of the
/// same second come together, one that comes later is the same.
fn again(db: &Connection, arrival: &Arrival<'_>) -> Result<Option<(i64, MessageId)>, StoreError> {
    let Some(sent_at) = arrival.sent_at else { return Ok(None) };
    let now = arrival.time.unix_millis;
    Ok(db
        .prepare_cached(
            "SELECT id, message FROM parts WHERE reference IS NULL AND sent_at = ?1
                 AND received >= ?2 AND received NOT BETWEEN ?3 AND ?4 AND pdu = ?5
             ORDER BY on_modem, id LIMIT 1",
        )?
        .query_row(
            params![
                sent_at.unix_millis,
                now.saturating_sub(parts::PATIENCE_MILLIS),
                // A clock that was set back makes it come before the first time.
                now.saturating_sub(AGAIN_AFTER_MILLIS).saturating_add(1),
                now.saturating_add(AGAIN_AFTER_MILLIS),
                arrival.pdu
            ],
            |row| Ok((row.get(0)?, MessageId(row.get(1)?))),
        )
        .optional()?)
}

/// Nothing that was stored from this place is there any more. A message of one part without a time
/// stamp has no further use for it then; others are kept for a while, so that a copy is known.
fn clear_mark(db: &Connection, location: &StoredAt) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM parts WHERE memory = ?1 AND location = ?2 AND on_modem = 1
             AND reference IS NULL AND sent_at IS NULL",
    )?
    .execute(params![location.memory, location.index])?;
    db.prepare_cached(
        "UPDATE parts SET on_modem = 0 WHERE memory = ?1 AND location = ?2 AND on_modem = 1",
    )?
    .execute(params![location.memory, location.index])?;
    Ok(())
}

/// When the centre got it, Unix milliseconds.
fn sent(text: &IncomingText) -> Option<i64> {
    text.sent_at.map(|at| at.unix_millis)
}

/// The message with the same number 1–7, sender and centre, and when that was sent: this one takes
/// its place unless it is older.
fn replaced(
    db: &Connection,
    text: &IncomingText,
    region: &str,
) -> Result<Option<(MessageId, Option<i64>)>, StoreError> {
    let Some(code) = text.replaces else { return Ok(None) };
    let number = sender(&text.from);
    let Some(thread) = threads::find(db, &number, region)? else { return Ok(None) };
    let mut statement = db.prepare_cached(
        "SELECT id, number, sent_at FROM messages
         WHERE thread = (SELECT id FROM threads WHERE id = ?1 AND hidden = 0)
             AND replaces = ?2 AND smsc = ?3 AND hidden = 0
         ORDER BY time DESC, id DESC",
    )?;
    let mut candidates = statement.query(params![thread.0, code, text.smsc])?;
    while let Some(row) = candidates.next()? {
        let known: String = row.get(1)?;
        if number::same_number(&known, number.as_str(), region) {
            return Ok(Some((MessageId(row.get(0)?), row.get(2)?)));
        }
    }
    Ok(None)
}

fn replace(
    db: &Connection,
    id: MessageId,
    text: &IncomingText,
    kind: MessageKind,
    words: &str,
    time: WallTime,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE messages SET text = ?2, kind = ?3, time = ?4, time_offset = ?5, sent_at = ?6,
             sent_at_offset = ?7, undecodable_pdu = NULL WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        words,
        kind.word(),
        time.unix_millis,
        time.utc_offset_quarters,
        sent(text),
        text.sent_at.map(|sent| sent.utc_offset_quarters),
    ])?;
    Ok(())
}

/// A new message without its parts, in no list until [`appear`] is called for it. `total` parts are
/// expected; `None`: it is whole.
fn begin(
    db: &Connection,
    text: &IncomingText,
    kind: MessageKind,
    words: &str,
    total: Option<u8>,
    time: WallTime,
    region: &str,
) -> Result<MessageId, StoreError> {
    let number = sender(&text.from);
    let thread = threads::find_or_create_unseen(db, &number, time, region)?;
    db.prepare_cached(
        "INSERT INTO messages (thread, direction, number, text, time, time_offset, sent_at,
             sent_at_offset, delivery, done, segments, read, kind, smsc, replaces, hidden, due)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'received', 1, ?9, 0, ?10, ?11, ?12, 3, ?5)",
    )?
    .execute(params![
        thread.0,
        rows::direction_code(Direction::MobileTerminated),
        number.as_str(),
        words,
        time.unix_millis,
        time.utc_offset_quarters,
        sent(text),
        text.sent_at.map(|sent| sent.utc_offset_quarters),
        total.unwrap_or(1),
        kind.word(),
        text.smsc,
        text.replaces.filter(|_| total.is_none()),
    ])?;
    Ok(MessageId(db.last_insert_rowid()))
}

/// Puts a message into the lists, unread, or what has changed of it.
fn appear(db: &Connection, id: MessageId, now: WallTime) -> Result<(), StoreError> {
    let (thread, words): (i64, String) = db
        .prepare_cached("SELECT thread, text FROM messages WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let thread = ThreadId(thread);
    threads::reveal(db, thread, now)?;
    db.prepare_cached(
        "UPDATE messages SET hidden = 0, due = NULL,
             read = (SELECT blocked FROM threads WHERE id = messages.thread) WHERE id = ?1",
    )?
    .execute([id.0])?;
    index::change(db, id, &words)?;
    threads::unarchive(db, thread)?;
    threads::refresh(db, thread)
}

/// Keeps the octets of what can't be read, one line for each part.
fn keep_raw(db: &Connection, id: MessageId, hex: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE messages SET undecodable_pdu = coalesce(undecodable_pdu || char(10), '') || ?2
         WHERE id = ?1",
    )?
    .execute(params![id.0, hex])?;
    Ok(())
}

fn insert_part(
    db: &Connection,
    message: MessageId,
    arrival: &Arrival<'_>,
    text: &IncomingText,
    place: Option<Concat>,
) -> Result<(), StoreError> {
    let now = arrival.time.unix_millis;
    db.prepare_cached(
        "INSERT INTO parts (message, part, pdu, text, utf16, reference, wide, total, received,
             memory, location, on_modem, data, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
        now,
        arrival.location.map(|location| location.memory.as_str()),
        arrival.location.map(|location| location.index),
        arrival.location.is_some(),
        place.and(text.data.as_deref()),
        sent(text),
    ])?;
    db.prepare_cached(
        "DELETE FROM parts WHERE on_modem = 0 AND received < ?1
             AND (SELECT done = segments FROM messages WHERE id = parts.message)",
    )?
    .execute([now.saturating_sub(parts::PATIENCE_MILLIS)])?;
    Ok(())
}

/// What stands in `hidden`; 2 also for a text that was deleted with its thread.
fn hidden(db: &Connection, id: MessageId) -> Result<i64, StoreError> {
    let sql = "SELECT CASE WHEN messages.hidden = 0 THEN threads.hidden ELSE messages.hidden END
        FROM messages JOIN threads ON threads.id = thread WHERE messages.id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([id.0], |row| row.get(0))?)
}

fn received(db: &Connection, id: MessageId, new: bool) -> Result<Received, StoreError> {
    let message = parts::message(db, id)?;
    let thread = threads::get_any(db, message.thread)?;
    let complete = matches!(&message.delivery, Delivery::Received(n) if n.done >= n.total);
    let hidden = hidden(db, id)?;
    Ok(Received { message, thread, new, complete, shown: hidden == 0, deleted: hidden == 1 })
}
