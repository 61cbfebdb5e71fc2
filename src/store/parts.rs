//! Long messages: which message a part belongs to, and the text of the parts that are here.

use super::{StoreError, rows};
use crate::number;
use crate::phone::{MessageId, TextMessage};
use crate::sms::{Concat, IncomingText};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

/// A part that comes later than this after the first begins a message of its own, milliseconds.
const PATIENCE_MILLIS: i64 = 7 * 24 * 3600 * 1000;

/// A place in a long message that makes sense: 23.040 §9.2.3.24.1 has the element ignored where the
/// number is 0 or beyond the count.
pub(super) fn place(text: &IncomingText) -> Option<Concat> {
    text.concat.filter(|c| c.parts > 1 && c.part >= 1 && c.part <= c.parts)
}

/// The message that still lacks this part: same sender, reference, width and count, begun within
/// seven days; the newest if there are several.
pub(super) fn lacking(
    db: &Connection,
    text: &IncomingText,
    place: &Concat,
    now: i64,
    region: &str,
) -> Result<Option<MessageId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT messages.id, messages.number FROM parts
         JOIN messages ON messages.id = parts.message
         WHERE parts.reference = ?1 AND parts.wide = ?2 AND parts.total = ?3
             AND parts.received >= ?4 AND messages.hidden = 0
             AND NOT EXISTS
                 (SELECT 1 FROM parts AS same WHERE same.message = messages.id AND same.part = ?5)
         ORDER BY messages.id DESC",
    )?;
    let mut candidates = statement.query(params![
        place.reference,
        place.wide,
        place.parts,
        now.saturating_sub(PATIENCE_MILLIS),
        place.part
    ])?;
    while let Some(row) = candidates.next()? {
        let sender: String = row.get(1)?;
        if number::same_number(&sender, super::incoming::sender(text).as_str(), region) {
            return Ok(Some(MessageId(row.get(0)?)));
        }
    }
    Ok(None)
}

/// One stored part.
struct Part {
    part: u8,
    text: String,
    utf16: Option<Vec<u16>>,
}

/// The text of all parts that are here, with words in place of those that are not; and how many are
/// here.
pub(super) fn assemble(
    db: &Connection,
    message: MessageId,
    total: u8,
) -> Result<(String, u8), StoreError> {
    let mut statement =
        db.prepare_cached("SELECT part, text, utf16 FROM parts WHERE message = ?1 ORDER BY part")?;
    let parts = statement.query_map([message.0], |row| {
        let utf16: Option<Vec<u8>> = row.get(2)?;
        Ok(Part { part: row.get(0)?, text: row.get(1)?, utf16: utf16.map(|octets| units(&octets)) })
    })?;
    let parts: Vec<Part> = parts.collect::<rusqlite::Result<_>>()?;
    let here = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    Ok((join(&parts, total), here))
}

fn join(parts: &[Part], total: u8) -> String {
    let mut out = String::new();
    // UTF-16 not decoded yet: a surrogate pair may be cut between two segments.
    let mut units: Vec<u16> = Vec::new();
    let mut next = 1;
    for part in parts {
        if part.part > next {
            flush(&mut units, &mut out);
            out.push_str(&missing(next, part.part - 1, total));
        }
        match &part.utf16 {
            Some(utf16) => units.extend_from_slice(utf16),
            None => {
                flush(&mut units, &mut out);
                out.push_str(&part.text);
            }
        }
        next = part.part.saturating_add(1);
    }
    flush(&mut units, &mut out);
    if next <= total && parts.last().is_none_or(|last| last.part < total) {
        out.push_str(&missing(next, total, total));
    }
    out
}

fn flush(units: &mut Vec<u16>, out: &mut String) {
    out.push_str(&String::from_utf16_lossy(units));
    units.clear();
}

fn missing(from: u8, to: u8, total: u8) -> String {
    if from == to {
        format!("[part {from} of {total} is missing]")
    } else {
        format!("[parts {from} to {to} of {total} are missing]")
    }
}

/// UTF-16 as it is stored: units, big-endian as on the air.
pub(super) fn octets(utf16: Option<&[u16]>) -> Value {
    match utf16 {
        Some(units) => Value::Blob(units.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
        None => Value::Null,
    }
}

fn units(octets: &[u8]) -> Vec<u16> {
    octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

/// Reads one message, hidden or not.
pub(super) fn message(db: &Connection, id: MessageId) -> Result<TextMessage, StoreError> {
    let sql = format!("SELECT {} FROM messages WHERE id = ?1", rows::MESSAGE);
    match db.prepare_cached(&sql)?.query_row([id.0], rows::message) {
        Err(rusqlite::Error::QueryReturnedNoRows) => Err(StoreError::Missing("text")),
        other => Ok(other?),
    }
}
