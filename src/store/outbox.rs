//! Texts going out: on the disk before their first octet leaves, each segment's fate after it.

use super::{OutboxSegment, OutgoingSegment, Owner, SegmentState, Store, StoreError};
use super::{parts, reports, rows, threads};
use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{Diagnosis, Direction, MessageId, TextMessage, Thread};
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// Takes the outbox over at start: queued texts of programs that no longer run are ours now,
    /// and segments that they had handed to the modem without an answer may have been sent
    /// ([`SegmentState::Unknown`]). Returns the texts that changed, oldest first. To be called
    /// once, before anything is sent.
    pub fn recover(&mut self, owner: &Owner) -> Result<Vec<TextMessage>, StoreError> {
        // Programs that die after this question are recovered by the next one that starts.
        let dead: Vec<String> = {
            let mut statement = self.connection.prepare(
                "SELECT DISTINCT owner FROM messages WHERE delivery IN ('queued', 'sending')",
            )?;
            let owners = statement.query_map([], |row| row.get::<_, String>(0))?;
            let owners: Vec<String> = owners.collect::<rusqlite::Result<_>>()?;
            let registered = self.lock.as_ref().map(|lock| lock.owner().clone());
            owners
                .into_iter()
                .filter(|name| registered.as_ref().is_none_or(|own| own.0 != *name))
                .filter(|name| !self.lives(name))
                .collect()
        };
        self.register(owner)?;
        self.clear_up_locks();
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

    /// Stores a text to be sent, with the segments the codec made of it (1–255), and removes the
    /// thread's draft.
    pub fn submit(
        &mut self,
        to: &PhoneNumber,
        text: &str,
        report: bool,
        segments: &[OutgoingSegment],
        time: WallTime,
        owner: &Owner,
    ) -> Result<(TextMessage, Thread), StoreError> {
        self.register(owner)?;
        let region = self.region.clone();
        let total = u8::try_from(segments.len()).ok().filter(|&total| total > 0);
        let total = total.ok_or(StoreError::Refused("a text has 1 to 255 segments"))?;
        self.write(|db| {
            let thread = threads::find_or_create(db, to, time, &region)?;
            db.prepare_cached(
                "INSERT INTO messages (thread, direction, number, text, time, time_offset, delivery,
                     done, segments, report_requested, read, owner)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', 0, ?7, ?8, 1, ?9)",
            )?
            .execute(params![
                thread.0,
                rows::direction_code(Direction::MobileOriginated),
                to.as_str(),
                text,
                time.unix_millis,
                time.utc_offset_quarters,
                total,
                report,
                owner.0
            ])?;
            let id = MessageId(db.last_insert_rowid());
            insert_segments(db, id, segments, time)?;
            db.prepare_cached("UPDATE threads SET draft = '' WHERE id = ?1")?
                .execute([thread.0])?;
            threads::refresh(db, thread)?;
            Ok((parts::message(db, id)?, threads::get_any(db, thread)?))
        })
    }

    /// The segments this program has to send, oldest text first, in order. A text of which a
    /// segment failed or may have been sent waits for the user.
    pub fn outbox(&self, owner: &Owner) -> Result<Vec<OutboxSegment>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT messages.id, number, segment, segments, pdu, tpdu_octets FROM messages
             JOIN segments ON segments.message = messages.id
             WHERE owner = ?1 AND delivery IN ('queued', 'sending') AND hidden = 0
                 AND state = 'queued'
             ORDER BY messages.id, segment",
        )?;
        let segments = statement.query_map([&owner.0], |row| {
            Ok(OutboxSegment {
                message: MessageId(row.get(0)?),
                number: PhoneNumber::new(&row.get::<_, String>(1)?),
                segment: row.get(2)?,
                segments: row.get(3)?,
                pdu: row.get(4)?,
                tpdu_octets: usize::try_from(row.get::<_, i64>(5)?).unwrap_or(0),
            })
        })?;
        Ok(segments.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps what became of a segment, and what that makes of the whole text.
    pub fn mark_segment(
        &mut self,
        message: MessageId,
        segment: u8,
        state: SegmentState,
        diagnosis: Option<&Diagnosis>,
        time: WallTime,
    ) -> Result<TextMessage, StoreError> {
        self.write(|db| {
            set_state(db, message, segment, state, diagnosis, time)?;
            if let SegmentState::Sent { reference: Some(reference) } = state {
                reports::apply_early(db, message, segment, reference, time)?;
            }
            settle(db, message)
        })
    }

    /// Queues what failed or may have been sent once more; segments the network took stay sent.
    pub fn retry(&mut self, message: MessageId, owner: &Owner) -> Result<TextMessage, StoreError> {
        self.register(owner)?;
        self.write(|db| {
            db.prepare_cached(
                "UPDATE segments SET state = 'queued', reference = NULL, cause = '', advice = '',
                     evidence = '' WHERE message = ?1 AND state IN ('failed', 'unknown')",
            )?
            .execute([message.0])?;
            db.prepare_cached("UPDATE messages SET owner = ?2 WHERE id = ?1 AND direction = 0")?
                .execute(params![message.0, owner.0])?;
            settle(db, message)
        })
    }

    /// Takes a text back: it is failed then, and can be retried. `None`, and no change, if a
    /// segment of it was handed to the modem already, or there is no such text.
    pub fn cancel(&mut self, message: MessageId) -> Result<Option<TextMessage>, StoreError> {
        self.write(|db| {
            let (all, queued): (i64, i64) = db.query_row(
                "SELECT count(*), count(*) FILTER (WHERE state = 'queued') FROM segments
                 WHERE message = ?1",
                [message.0],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if all == 0 || queued < all {
                return Ok(None);
            }
            db.execute(
                "UPDATE segments SET state = 'failed', cause = ?2 WHERE message = ?1",
                params![message.0, "You cancelled it before it was sent"],
            )?;
            settle(db, message).map(Some)
        })
    }

    /// The next concatenation reference (23.040 §9.2.3.24.1), counting on over restarts.
    pub fn next_concat_reference(&mut self) -> Result<u8, StoreError> {
        self.write(|db| {
            let next: i64 = db.query_row(
                "INSERT INTO meta (key, value) VALUES ('concat_reference', '1')
                 ON CONFLICT (key) DO UPDATE SET value = (value + 1) % 256
                 RETURNING CAST(value AS INTEGER)",
                [],
                |row| row.get(0),
            )?;
            Ok(u8::try_from(next.rem_euclid(256)).unwrap_or(0))
        })
    }
}

fn insert_segments(
    db: &Connection,
    message: MessageId,
    segments: &[OutgoingSegment],
    time: WallTime,
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "INSERT INTO segments (message, segment, pdu, tpdu_octets, state, changed)
         VALUES (?1, ?2, ?3, ?4, 'queued', ?5)",
    )?;
    for (segment, number) in segments.iter().zip(1i64..) {
        let octets = i64::try_from(segment.tpdu_octets).unwrap_or(i64::MAX);
        statement.execute(params![message.0, number, segment.pdu, octets, time.unix_millis])?;
    }
    Ok(())
}

/// Makes a dead program's texts ours.
fn take_over(db: &Connection, dead: &str, owner: &Owner) -> Result<Vec<MessageId>, StoreError> {
    let ids: Vec<MessageId> = db
        .prepare_cached(
            "SELECT id FROM messages WHERE owner = ?1 AND delivery IN ('queued', 'sending')",
        )?
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

/// Writes a segment's state; a late answer never takes back that it was delivered.
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
             WHERE message = ?1 AND segment = ?2 AND state <> 'delivered'",
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
    let known = "SELECT 1 FROM segments WHERE message = ?1 AND segment = ?2";
    if changed == 0 && !db.prepare_cached(known)?.exists(params![message.0, segment])? {
        return Err(StoreError::Missing("text"));
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
        let mut statement = db
            .prepare_cached("SELECT state, count(*) FROM segments WHERE message = ?1 GROUP BY 1")?;
        let mut states = statement.query([message.0])?;
        while let Some(row) = states.next()? {
            let (state, count): (String, i64) = (row.get(0)?, row.get(1)?);
            census.total += count;
            match state.as_str() {
                "sent" => census.taken += count,
                "delivered" => {
                    census.taken += count;
                    census.delivered += count;
                }
                "sending" => census.sending += count,
                "failed" => census.failed += count,
                "unknown" => census.unknown += count,
                _ => {}
            }
        }
        Ok(census)
    }

    /// The whole text's word, by the worst that is known of it.
    fn delivery(&self) -> &'static str {
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
        } else if self.taken > 0 {
            "sending"
        } else {
            "queued"
        }
    }
}

/// Computes the whole text's delivery from its segments, keeps it, and refreshes the thread.
pub(super) fn settle(db: &Connection, message: MessageId) -> Result<TextMessage, StoreError> {
    let census = Census::of(db, message)?;
    if census.total == 0 {
        return Err(StoreError::Missing("text"));
    }
    let word = census.delivery();
    let why = db
        .prepare_cached(
            "SELECT cause, advice, evidence FROM segments WHERE message = ?1 AND state = ?2
             ORDER BY segment LIMIT 1",
        )?
        .query_row(params![message.0, word], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })
        .optional()?;
    let (cause, advice, evidence) = why.unwrap_or_default();
    db.prepare_cached(
        "UPDATE messages SET delivery = ?2, done = ?3, cause = ?4, advice = ?5, evidence = ?6
         WHERE id = ?1",
    )?
    .execute(params![message.0, word, census.taken, cause, advice, evidence])?;
    let settled = parts::message(db, message)?;
    threads::refresh(db, settled.thread)?;
    Ok(settled)
}
