//! What the segments of a text to send make of the whole text.

use super::{SegmentState, StoreError, parts, threads};
use crate::clock::WallTime;
use crate::phone::{Diagnosis, MessageId, TextMessage};
use rusqlite::{Connection, OptionalExtension, params};

/// The texts that are on their way out; the same words as in the indexes.
pub(super) const GOING: &str = "delivery IN ('scheduled', 'queued', 'sending', 'retrying')";

/// Writes a segment's state; a late answer never takes back that it was delivered, and only what is
/// queued can begin to be sent.
pub(super) fn set_state(
    db: &Connection,
    message: MessageId,
    segment: u8,
    state: SegmentState,
    diagnosis: Option<&Diagnosis>,
    time: WallTime,
) -> Result<(), StoreError> {
    let (word, reference) = match state {
        SegmentState::Queued => ("queued", None),
        SegmentState::Sending => ("sending", None),
        SegmentState::Sent { reference } => ("sent", reference),
        SegmentState::Delivered => ("delivered", None),
        SegmentState::Failed => ("failed", None),
        SegmentState::Unknown => ("unknown", None),
    };
    let none = Diagnosis::default();
    let diagnosis = diagnosis.unwrap_or(&none);
    let changed = db
        .prepare_cached(
            "UPDATE segments SET state = ?3, changed = ?5, cause = ?6, advice = ?7, evidence = ?8,
                 reference = CASE WHEN ?3 IN ('queued', 'sending') THEN NULL
                                  ELSE coalesce(?4, reference) END
             WHERE message = ?1 AND segment = ?2 AND state <> 'delivered'
                 AND (?3 <> 'sending' OR state IN ('queued', 'sending'))",
        )?
        .execute(params![
            message.0,
            segment,
            word,
            reference,
            time.unix_millis,
            diagnosis.cause,
            diagnosis.advice,
            diagnosis.evidence.join("\n")
        ])?;
    if changed > 0 {
        return Ok(());
    }
    let known = "SELECT 1 FROM segments WHERE message = ?1 AND segment = ?2";
    if !db.prepare_cached(known)?.exists(params![message.0, segment])? {
        return Err(StoreError::Missing("text"));
    }
    if state == SegmentState::Sending {
        return Err(StoreError::Refused("the text does not wait to be sent any more"));
    }
    Ok(())
}

/// How many segments of a text are in each state.
#[derive(Default)]
struct Census {
    total: i64,
    taken: i64,
    delivered: i64,
    sending: i64,
    failed: i64,
    unknown: i64,
}

impl Census {
    fn of(db: &Connection, message: MessageId) -> Result<Census, StoreError> {
        let mut census = Census::default();
        let mut statement = db.prepare_cached("SELECT state FROM segments WHERE message = ?1")?;
        let mut states = statement.query([message.0])?;
        while let Some(row) = states.next()? {
            census.total += 1;
            match row.get_ref(0)?.as_str().unwrap_or_default() {
                "sent" => census.taken += 1,
                "delivered" => {
                    census.taken += 1;
                    census.delivered += 1;
                }
                "sending" => census.sending += 1,
                "failed" => census.failed += 1,
                "unknown" => census.unknown += 1,
                _ => {}
            }
        }
        Ok(census)
    }

    /// The whole text's word, by the worst that is known of it. `due` and `attempts` say whether
    /// what is queued has to wait, and why.
    fn delivery(&self, due: bool, attempts: i64) -> &'static str {
        if self.sending > 0 {
            "sending"
        } else if self.failed > 0 {
            "failed"
        } else if self.unknown > 0 {
            "unknown"
        } else if self.delivered == self.total {
            "delivered"
        } else if self.taken == self.total {
            "sent"
        } else if due {
            if attempts > 0 { "retrying" } else { "scheduled" }
        } else if self.taken > 0 {
            "sending"
        } else {
            "queued"
        }
    }
}

/// Computes the whole text's delivery from its segments, keeps it, and refreshes the thread.
pub(super) fn settle(db: &Connection, message: MessageId) -> Result<TextMessage, StoreError> {
    let settled = settle_alone(db, message)?;
    threads::refresh(db, settled.thread)?;
    Ok(settled)
}

/// The same without the thread.
pub(super) fn settle_alone(db: &Connection, message: MessageId) -> Result<TextMessage, StoreError> {
    let census = Census::of(db, message)?;
    if census.total == 0 {
        return Err(StoreError::Missing("text"));
    }
    let (due, attempts): (bool, i64) = db
        .prepare_cached("SELECT due IS NOT NULL, attempts FROM messages WHERE id = ?1")?
        .query_row([message.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let word = census.delivery(due, attempts);
    let segment_word = if word == "retrying" { "queued" } else { word };
    let why = db
        .prepare_cached(
            "SELECT cause, advice, evidence FROM segments WHERE message = ?1 AND state = ?2
             ORDER BY cause = '', segment LIMIT 1",
        )?
        .query_row(params![message.0, segment_word], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let (cause, advice, evidence) = why.unwrap_or_default();
    db.prepare_cached(
        "UPDATE messages SET delivery = ?2, done = ?3, delivered = ?4, cause = ?5, advice = ?6,
             evidence = ?7 WHERE id = ?1",
    )?
    .execute(params![
        message.0,
        word,
        census.taken,
        census.delivered,
        cause,
        advice,
        evidence
    ])?;
    parts::message(db, message)
}
