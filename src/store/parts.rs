//! Long messages: which message a part belongs to, and the text of the parts that are here.

use super::{StoreError, content, incoming, rows};
use crate::number;
use crate::phone::{MessageId, MessageKind, TextMessage};
use crate::sms::{Concat, IncomingText};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

/// A part that comes later than this after the others begins a message of its own, milliseconds,
/// if it does not say when it was sent: this machine's clock may have been set meanwhile.
/// For as long the parts of a whole message are kept, so that a copy is known.
pub(super) const PATIENCE_MILLIS: i64 = 7 * 24 * 3600 * 1000;

/// Parts of one text are handed in at the centre one after the other. Those that were handed in
/// this much earlier or later are of another text that has got the same reference, milliseconds.
const SENT_WITHIN_MILLIS: i64 = 6 * 3600 * 1000;

/// A place in a long message that makes sense: 23.040 §9.2.3.24.1 has the element ignored where the
/// number is 0 or beyond the count.
pub(super) fn place(text: &IncomingText) -> Option<Concat> {
    text.concat.filter(|c| c.parts > 1 && c.part >= 1 && c.part <= c.parts)
}

/// What a part is to the messages that are here.
pub(super) enum Belongs {
    /// The first of its message.
    Nowhere,
    /// To one that lacks it.
    To(MessageId),
    /// It is here already, octet by octet.
    Known(MessageId),
}

/// The message that a part belongs to: same sender, reference, width and count, handed in at about
/// the same time, and this part missing; the nearest in time if there are several, then the newest.
/// A whole message lacks nothing, so that a reference that comes again begins a new one.
pub(super) fn belongs(
    db: &Connection,
    text: &IncomingText,
    place: &Concat,
    pdu: &[u8],
    now: i64,
    region: &str,
) -> Result<Belongs, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT messages.id, messages.number,
             min(abs(coalesce(parts.sent_at - ?6, 0))) AS distance,
             max(parts.part = ?5), max(parts.part = ?5 AND parts.pdu = ?7)
         FROM parts JOIN messages ON messages.id = parts.message
         WHERE parts.reference = ?1 AND parts.wide = ?2 AND parts.total = ?3
             AND (parts.received >= ?4 OR parts.sent_at IS NOT NULL AND ?6 IS NOT NULL)
         GROUP BY messages.id ORDER BY distance, messages.id DESC",
    )?;
    let mut candidates = statement.query(params![
        place.reference,
        place.wide,
        place.parts,
        now.saturating_sub(PATIENCE_MILLIS),
        place.part,
        text.sent_at.map(|sent| sent.unix_millis),
        pdu,
    ])?;
    let mut found = Belongs::Nowhere;
    while let Some(row) = candidates.next()? {
        let sender: String = row.get(1)?;
        if !number::same_number(&sender, incoming::sender(&text.from).as_str(), region) {
            continue;
        }
        let id = MessageId(row.get(0)?);
        let (distance, here, known): (i64, bool, bool) = (row.get(2)?, row.get(3)?, row.get(4)?);
        if known {
            return Ok(Belongs::Known(id));
        }
        if !here && distance <= SENT_WITHIN_MILLIS && matches!(found, Belongs::Nowhere) {
            found = Belongs::To(id);
        }
    }
    Ok(found)
}

/// One stored part.
struct Part {
    part: u8,
    text: String,
    utf16: Option<Vec<u16>>,
    data: Option<Vec<u8>>,
}

/// The text of all parts that are here, with words in place of those that are not; and how many are
/// here.
pub(super) fn assemble(
    db: &Connection,
    message: MessageId,
    total: u8,
    kind: MessageKind,
) -> Result<(String, u8), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT part, text, utf16, data FROM parts WHERE message = ?1 ORDER BY part",
    )?;
    let parts = statement.query_map([message.0], |row| {
        let utf16: Option<Vec<u8>> = row.get(2)?;
        let utf16 = utf16.map(|octets| units(&octets));
        Ok(Part { part: row.get(0)?, text: row.get(1)?, utf16, data: row.get(3)? })
    })?;
    let parts: Vec<Part> = parts.collect::<rusqlite::Result<_>>()?;
    let here = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    Ok((join(&parts, total, kind), here))
}

/// What can only be read when it is joined: a surrogate pair or a character of a contact card may
/// be cut between two segments.
#[derive(Default)]
struct Raw {
    units: Vec<u16>,
    octets: Vec<u8>,
}

impl Raw {
    fn flush(&mut self, kind: MessageKind, out: &mut String) {
        out.push_str(&String::from_utf16_lossy(&self.units));
        self.units.clear();
        if !self.octets.is_empty() {
            out.push_str(&content::read_data(&self.octets, kind));
            self.octets.clear();
        }
    }
}

fn join(parts: &[Part], total: u8, kind: MessageKind) -> String {
    let mut out = String::new();
    let mut raw = Raw::default();
    let mut next = 1;
    for part in parts {
        if part.part > next {
            raw.flush(kind, &mut out);
            out.push_str(&missing(next, part.part - 1, total));
        }
        match (&part.utf16, &part.data) {
            (Some(utf16), _) => {
                if !raw.octets.is_empty() {
                    raw.flush(kind, &mut out);
                }
                raw.units.extend_from_slice(utf16);
            }
            (None, Some(data)) => {
                if !raw.units.is_empty() {
                    raw.flush(kind, &mut out);
                }
                raw.octets.extend_from_slice(data);
            }
            (None, None) => {
                raw.flush(kind, &mut out);
                out.push_str(&part.text);
            }
        }
        next = part.part.saturating_add(1);
    }
    raw.flush(kind, &mut out);
    if next <= total && parts.last().is_none_or(|last| last.part < total) {
        out.push_str(&missing(next, total, total));
    }
    out
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
