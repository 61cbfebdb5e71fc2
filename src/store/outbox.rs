//! Texts going out: on the disk before their first octet leaves, each segment's fate after it, and
//! which one is next.

use super::delivery::{GOING, set_state, settle, settle_alone};
use super::{OutboxSegment, OutgoingSegment, OutgoingText, Owner, SegmentState, Store, StoreError};
use super::{carrier, index, parts, reports, rows, threads};
use crate::clock::WallTime;
use crate::phone::{
    BatchId, Carrier, Diagnosis, Direction, MessageId, TextMessage, Thread, ThreadId,
};
use rusqlite::{Connection, OptionalExtension, params};

/// Why a text failed of which nothing left.
pub(super) const CANCELLED: &str = "You cancelled it before it was sent";

/// Texts whose time has come that are queued in one go.
const DUE_AT_ONCE: i64 = 200;

impl Store {
    /// Stores a text to be sent, with the segments the codec made of it (1–255), and removes the
    /// thread's draft. It is scheduled if its time is still to come, else queued.
    pub fn submit(
        &mut self,
        text: &OutgoingText<'_>,
        time: WallTime,
        owner: &Owner,
    ) -> Result<(TextMessage, Thread), StoreError> {
        self.register(owner)?;
        let region = self.region.clone();
        self.write(|db| {
            let (id, thread) = insert(db, text, None, time, owner, &region)?;
            db.prepare_cached("UPDATE threads SET draft = '' WHERE id = ?1 AND draft <> ''")?
                .execute([thread.0])?;
            threads::refresh(db, thread)?;
            Ok((parts::message(db, id)?, threads::get_any(db, thread)?))
        })
    }

    /// The next segment that this carrier may get now: of a text that was begun, else of the oldest
    /// text that stands alone, else of the oldest one of a batch that is not paused. Scheduled
    /// texts, and those that wait for another attempt, become queued when their time has come. A
    /// text of which a segment failed or may have been sent waits for the user.
    pub fn next_to_send(
        &mut self,
        owner: &Owner,
        carrier: Carrier,
        now: WallTime,
    ) -> Result<Option<OutboxSegment>, StoreError> {
        if self.next_due(owner)?.is_some_and(|due| due.unix_millis <= now.unix_millis) {
            self.write(|db| queue_due(db, owner, now))?;
        }
        let db = &self.connection;
        let whose = Whose { owner, carrier };
        let id = match first_begun(db, whose)? {
            Some(id) => Some(id),
            None => match first_single(db, whose)? {
                Some(id) => Some(id),
                None => first_of_batches(db, whose)?,
            },
        };
        id.map(|id| next_segment(db, id)).transpose().map(Option::flatten)
    }

    /// When a scheduled text, or one that waits for another attempt, becomes due next.
    pub fn next_due(&self, owner: &Owner) -> Result<Option<WallTime>, StoreError> {
        let sql = format!(
            "SELECT due, due_offset FROM messages
             WHERE owner = ?1 AND due IS NOT NULL AND {GOING} AND hidden = 0
             ORDER BY due LIMIT 1"
        );
        let due = self
            .connection
            .prepare_cached(&sql)?
            .query_row([&owner.0], |row| Ok(rows::wall(row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(due)
    }

    /// Keeps what became of a segment, and what that makes of the whole text. Only a segment that
    /// is queued can become [`SegmentState::Sending`]: it may have been taken back meanwhile.
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

    /// A segment failed for a reason that passes: the text waits until `at` and then goes on with
    /// this segment. The attempt is counted.
    pub fn retry_later(
        &mut self,
        message: MessageId,
        segment: u8,
        at: WallTime,
        diagnosis: &Diagnosis,
        time: WallTime,
    ) -> Result<TextMessage, StoreError> {
        self.write(|db| {
            set_state(db, message, segment, SegmentState::Queued, Some(diagnosis), time)?;
            db.prepare_cached(
                "UPDATE messages SET due = ?2, due_offset = ?3, attempts = min(attempts + 1, 255)
                 WHERE id = ?1",
            )?
            .execute(params![message.0, at.unix_millis, at.utc_offset_quarters])?;
            settle(db, message)
        })
    }

    /// The user wants it tried again, at once: queues what failed or may have been sent, and
    /// forgets earlier attempts; segments the network took stay sent. What was written for the
    /// Demo modem or a recording goes by `carrier` from now on if that is another one, and as a
    /// whole, and so does what was begun with another SIM card; what was written for a modem is
    /// never given to anything else.
    pub fn retry(
        &mut self,
        message: MessageId,
        owner: &Owner,
        carrier: Option<Carrier>,
    ) -> Result<TextMessage, StoreError> {
        self.register(owner)?;
        self.write(|db| {
            let other_card = carrier::of_another_card(db, message)?;
            let whole = carrier::change(db, message, carrier)? || other_card;
            let again = db
                .prepare_cached(
                    "UPDATE segments SET state = 'queued', reference = NULL, cause = '',
                         advice = '', evidence = ''
                     WHERE message = ?1 AND (state IN ('failed', 'unknown') OR ?2)",
                )?
                .execute(params![message.0, whole])?;
            // A text that another program is about to send stays with it.
            db.prepare_cached(
                "UPDATE messages SET attempts = 0, due = NULL, owner = ?2
                 WHERE id = ?1 AND direction = 0 AND (?3 OR due IS NOT NULL)",
            )?
            .execute(params![message.0, owner.0, again > 0])?;
            settle(db, message)
        })
    }

    /// Queues a text that is scheduled or waits for another attempt. `None` if it is neither.
    pub fn send_now(
        &mut self,
        message: MessageId,
        owner: &Owner,
    ) -> Result<Option<TextMessage>, StoreError> {
        self.register(owner)?;
        self.write(|db| {
            let changed = db
                .prepare_cached(
                    "UPDATE messages SET due = NULL, owner = ?2
                     WHERE id = ?1 AND delivery IN ('scheduled', 'retrying') AND hidden = 0",
                )?
                .execute(params![message.0, owner.0])?;
            if changed == 0 { Ok(None) } else { settle(db, message).map(Some) }
        })
    }

    /// A text that may have been sent did arrive, the user says. `None` if it is no such text.
    /// What was not handed over of it is queued again.
    pub fn mark_sent(
        &mut self,
        message: MessageId,
        time: WallTime,
    ) -> Result<Option<TextMessage>, StoreError> {
        self.write(|db| {
            let doubtful = "SELECT 1 FROM messages WHERE id = ?1 AND delivery = 'unknown'";
            if !db.prepare_cached(doubtful)?.exists([message.0])? {
                return Ok(None);
            }
            db.prepare_cached(
                "UPDATE segments SET state = 'sent', changed = ?2, cause = '', advice = '',
                     evidence = '' WHERE message = ?1 AND state = 'unknown'",
            )?
            .execute(params![message.0, time.unix_millis])?;
            settle(db, message).map(Some)
        })
    }

    /// Takes back what was not handed to the modem yet: the text is failed then, and can be
    /// retried. `None`, and no change, if nothing is left to be taken back.
    pub fn cancel(&mut self, message: MessageId) -> Result<Option<TextMessage>, StoreError> {
        self.write(|db| {
            if !take_back(db, message)? {
                return Ok(None);
            }
            settle(db, message).map(Some)
        })
    }

    /// The next concatenation reference (23.040 §9.2.3.24.1, .8): 8 bits, or 16 if `wide`,
    /// counting on over restarts.
    pub fn next_concat_reference(&mut self, wide: bool) -> Result<u16, StoreError> {
        let (key, count) =
            if wide { ("wide_reference", 65_536) } else { ("concat_reference", 256) };
        self.write(|db| {
            let next: i64 = db.query_row(
                "INSERT INTO meta (key, value) VALUES (?1, '1')
                 ON CONFLICT (key) DO UPDATE SET value = (value + 1) % ?2
                 RETURNING CAST(value AS INTEGER)",
                params![key, count],
                |row| row.get(0),
            )?;
            Ok(u16::try_from(next.rem_euclid(count)).unwrap_or(0))
        })
    }
}

/// A new text with its segments; the thread's line is not refreshed yet, and its draft stays: what
/// is sent to many was not typed there.
pub(super) fn insert(
    db: &Connection,
    text: &OutgoingText<'_>,
    batch: Option<BatchId>,
    time: WallTime,
    owner: &Owner,
    region: &str,
) -> Result<(MessageId, ThreadId), StoreError> {
    let total = u8::try_from(text.segments.len()).ok().filter(|&total| total > 0);
    let total = total.ok_or(StoreError::Refused("a text has 1 to 255 segments"))?;
    let thread = threads::find_or_create(db, text.to, time, region)?;
    let options = text.options;
    let due = options.at.filter(|at| at.unix_millis > time.unix_millis);
    let validity = options.validity.map(|v| i64::try_from(v.as_secs()).unwrap_or(i64::MAX));
    db.prepare_cached(
        "INSERT INTO messages (thread, direction, number, text, time, time_offset, delivery,
             done, segments, report_requested, read, owner, flash, validity_seconds, smsc, send_at,
             send_at_offset, due, due_offset, batch, carrier)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, 1, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
             ?17, ?18, ?19)",
    )?
    .execute(params![
        thread.0,
        rows::direction_code(Direction::MobileOriginated),
        text.to.as_str(),
        text.text,
        time.unix_millis,
        time.utc_offset_quarters,
        if due.is_some() { "scheduled" } else { "queued" },
        total,
        options.status_report,
        owner.0,
        options.flash,
        validity,
        options.smsc.as_ref().map_or("", |smsc| smsc.as_str()),
        options.at.map(|at| at.unix_millis),
        options.at.map(|at| at.utc_offset_quarters),
        due.map(|at| at.unix_millis),
        due.map(|at| at.utc_offset_quarters),
        batch.map(|batch| batch.0),
        options.carrier.word(),
    ])?;
    let id = MessageId(db.last_insert_rowid());
    index::add(db, id, text.text)?;
    insert_segments(db, id, text.segments, time)?;
    threads::unarchive(db, thread)?;
    Ok((id, thread))
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

/// Cancels the queued segments of a text that is on its way out. False if there are none. The text
/// is not settled yet.
pub(super) fn take_back(db: &Connection, message: MessageId) -> Result<bool, StoreError> {
    give_up(db, message, CANCELLED, "")
}

/// The same for another reason, which says more than why an attempt failed.
pub(super) fn give_up(
    db: &Connection,
    message: MessageId,
    cause: &str,
    advice: &str,
) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM messages WHERE id = ?1 AND {GOING}");
    if !db.prepare_cached(&sql)?.exists([message.0])? {
        return Ok(false);
    }
    let (all, queued): (i64, i64) = db
        .prepare_cached(
            "SELECT count(*), count(*) FILTER (WHERE state = 'queued') FROM segments
             WHERE message = ?1",
        )?
        .query_row([message.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if queued == 0 {
        return Ok(false);
    }
    let by_user = cause == CANCELLED;
    let cause = if queued == all || !by_user {
        cause.to_owned()
    } else {
        format!("You cancelled it after {} of {all} parts were sent", all - queued)
    };
    db.prepare_cached(
        // Why an earlier attempt failed says more than that there will be no other.
        "UPDATE segments SET state = 'failed',
             cause = CASE WHEN cause = '' OR ?4 THEN ?2
                          ELSE cause || ' (further attempts were cancelled)' END,
             advice = CASE WHEN cause = '' OR ?4 THEN ?3 ELSE advice END
         WHERE message = ?1 AND state = 'queued'",
    )?
    .execute(params![message.0, cause, advice, !by_user])?;
    db.prepare_cached("UPDATE messages SET due = NULL WHERE id = ?1 AND due IS NOT NULL")?
        .execute([message.0])?;
    Ok(true)
}

/// Queues texts whose time has come, single ones first.
fn queue_due(db: &Connection, owner: &Owner, now: WallTime) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT id FROM messages
         WHERE owner = ?1 AND due IS NOT NULL AND due <= ?2 AND {GOING} AND hidden = 0
         ORDER BY batch IS NOT NULL, due, id LIMIT ?3"
    );
    let due: Vec<MessageId> = db
        .prepare_cached(&sql)?
        .query_map(params![owner.0, now.unix_millis, DUE_AT_ONCE], |row| row.get(0).map(MessageId))?
        .collect::<rusqlite::Result<_>>()?;
    let mut threads = std::collections::BTreeSet::new();
    for id in due {
        db.prepare_cached("UPDATE messages SET due = NULL WHERE id = ?1")?.execute([id.0])?;
        threads.insert(settle_alone(db, id)?.thread);
    }
    threads.into_iter().try_for_each(|thread| threads::refresh(db, thread))
}

/// Texts of one program, for one carrier.
#[derive(Clone, Copy)]
struct Whose<'a> {
    owner: &'a Owner,
    carrier: Carrier,
}

/// The first text of which a part was taken, and another one is queued.
fn first_begun(db: &Connection, whose: Whose<'_>) -> Result<Option<MessageId>, StoreError> {
    let sql = format!(
        "SELECT id FROM messages WHERE owner = ?1 AND carrier = ?2 AND delivery = 'sending'
             AND {GOING} AND hidden = 0 AND EXISTS
                 (SELECT 1 FROM segments WHERE message = messages.id AND state = 'queued')
         ORDER BY id LIMIT 1"
    );
    first(db, &sql, whose)
}

fn first_single(db: &Connection, whose: Whose<'_>) -> Result<Option<MessageId>, StoreError> {
    let sql = format!(
        "SELECT id FROM messages WHERE owner = ?1 AND carrier = ?2 AND delivery = 'queued'
             AND {GOING} AND batch IS NULL AND hidden = 0 ORDER BY time, id LIMIT 1"
    );
    first(db, &sql, whose)
}

fn first(db: &Connection, sql: &str, whose: Whose<'_>) -> Result<Option<MessageId>, StoreError> {
    let (owner, carrier) = (&whose.owner.0, whose.carrier.word());
    let id =
        db.prepare_cached(sql)?.query_row(params![owner, carrier], |row| row.get(0).map(MessageId));
    Ok(id.optional()?)
}

/// The oldest queued text of the batches that are not paused: one look into the index a batch.
fn first_of_batches(db: &Connection, whose: Whose<'_>) -> Result<Option<MessageId>, StoreError> {
    let (owner, carrier) = (&whose.owner.0, whose.carrier.word());
    let next_batch = format!(
        "SELECT batch, EXISTS (SELECT 1 FROM batches WHERE batches.id = batch AND paused = 1)
         FROM messages WHERE owner = ?1 AND carrier = ?2 AND delivery = 'queued' AND {GOING}
             AND batch > ?3 ORDER BY batch LIMIT 1"
    );
    let oldest = format!(
        "SELECT time, id FROM messages WHERE owner = ?1 AND carrier = ?2
             AND delivery = 'queued' AND {GOING} AND batch = ?3 AND hidden = 0
         ORDER BY time, id LIMIT 1"
    );
    let mut found: Option<(i64, i64)> = None;
    let mut last = i64::MIN;
    loop {
        let batch: Option<(i64, bool)> = db
            .prepare_cached(&next_batch)?
            .query_row(params![owner, carrier, last], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((batch, paused)) = batch else { break };
        last = batch;
        if paused {
            continue;
        }
        let first = db
            .prepare_cached(&oldest)?
            .query_row(params![owner, carrier, batch], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found = [found, first].into_iter().flatten().min();
    }
    Ok(found.map(|(_, id)| MessageId(id)))
}

fn next_segment(db: &Connection, id: MessageId) -> Result<Option<OutboxSegment>, StoreError> {
    let segment = db
        .prepare_cached(
            "SELECT number, segment, segments, pdu, tpdu_octets, attempts, batch,
                 EXISTS (SELECT 1 FROM segments AS other WHERE other.message = messages.id
                     AND other.segment > segments.segment AND other.state = 'queued')
             FROM messages JOIN segments ON segments.message = messages.id
             WHERE messages.id = ?1 AND state = 'queued' ORDER BY segment LIMIT 1",
        )?
        .query_row([id.0], |row| {
            Ok(OutboxSegment {
                message: id,
                number: rows::number(row, 0)?,
                segment: row.get(1)?,
                segments: row.get(2)?,
                pdu: row.get(3)?,
                tpdu_octets: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
                attempts: row.get(5)?,
                batch: row.get::<_, Option<i64>>(6)?.map(BatchId),
                more: row.get(7)?,
            })
        })
        .optional()?;
    Ok(segment)
}
