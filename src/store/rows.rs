//! Between rows and the values of `phone`.

use crate::clock::WallTime;
use crate::number::{DialString, PhoneNumber};
use crate::phone::{
    BatchId, CallRecord, CallRecordId, Carrier, Delivery, Diagnosis, Direction, MessageId,
    MessageKind, Outcome, RemoteParty, Retry, SegmentCount, SendOptions, TextMessage, Thread,
    ThreadFlags, ThreadId,
};
use rusqlite::Row;
use std::time::Duration;

/// Columns of `messages` in the order [`message`] reads them.
pub(super) const MESSAGE: &str = "id, thread, direction, number, text, undecodable_pdu, time, \
     time_offset, sent_at, sent_at_offset, delivery, done, segments, cause, advice, evidence, \
     report_requested, read, kind, delivered, flash, validity_seconds, smsc, send_at, \
     send_at_offset, due, due_offset, attempts, batch, carrier";

/// Condition on `messages`: neither deleted, nor with its thread, nor held back.
pub(super) const VISIBLE: &str = "messages.hidden = 0 AND \
     (SELECT threads.hidden FROM threads WHERE threads.id = messages.thread) = 0";

/// Columns of `threads` in the order [`thread`] reads them.
pub(super) const THREAD: &str = "id, number, preview, last_direction, last_delivery, time, \
     time_offset, unread, draft, pinned, archived, muted, blocked";

/// Columns of `calls` in the order [`call`] reads them.
pub(super) const CALL: &str = "id, direction, remote, number, started, started_offset, \
     talk_millis, outcome, cause, advice, seen";

/// Reads the columns [`MESSAGE`].
pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<TextMessage> {
    let direction = direction(row.get(2)?);
    let sent_at: Option<i64> = row.get(8)?;
    let sent_at_offset: Option<i8> = row.get(9)?;
    let total = row.get(12)?;
    Ok(TextMessage {
        id: MessageId(row.get(0)?),
        thread: ThreadId(row.get(1)?),
        direction,
        number: number(row, 3)?,
        text: row.get(4)?,
        undecodable_pdu: row.get(5)?,
        time: wall(row.get(6)?, row.get(7)?),
        sent_at: sent_at.map(|millis| wall(millis, sent_at_offset.unwrap_or(0))),
        delivery: delivery(row, direction, total)?,
        segments: total,
        kind: kind(row.get_ref(18)?.as_str().unwrap_or_default()),
        delivered_segments: row.get(19)?,
        options: options(row, direction)?,
        batch: row.get::<_, Option<i64>>(28)?.map(BatchId),
        read: row.get(17)?,
    })
}

fn delivery(row: &Row<'_>, direction: Direction, total: u8) -> rusqlite::Result<Delivery> {
    let count = SegmentCount { done: row.get(11)?, total };
    let diagnosis = || -> rusqlite::Result<Diagnosis> {
        let evidence: String = row.get(15)?;
        let evidence = evidence.lines().map(str::to_owned).collect();
        Ok(Diagnosis { cause: row.get(13)?, advice: row.get(14)?, evidence })
    };
    let due = || -> rusqlite::Result<WallTime> {
        let millis: Option<i64> = row.get(25)?;
        let offset: Option<i8> = row.get(26)?;
        Ok(wall(millis.unwrap_or(0), offset.unwrap_or(0)))
    };
    Ok(match (direction, row.get_ref(10)?.as_str().unwrap_or_default()) {
        (Direction::MobileTerminated, _) => Delivery::Received(count),
        (_, "scheduled") => Delivery::Scheduled(due()?),
        (_, "queued") => Delivery::Queued,
        (_, "sending") => Delivery::Sending(count),
        (_, "retrying") => {
            Delivery::Retrying(Retry { at: due()?, attempts: row.get(27)?, why: diagnosis()? })
        }
        (_, "sent") => Delivery::Sent,
        (_, "delivered") => Delivery::Delivered,
        (_, "failed") => Delivery::Failed(diagnosis()?),
        _ => Delivery::Unknown(diagnosis()?),
    })
}

fn options(row: &Row<'_>, direction: Direction) -> rusqlite::Result<SendOptions> {
    if direction == Direction::MobileTerminated {
        return Ok(SendOptions::default());
    }
    let validity: Option<i64> = row.get(21)?;
    let at: Option<i64> = row.get(23)?;
    let at_offset: Option<i8> = row.get(24)?;
    Ok(SendOptions {
        status_report: row.get(16)?,
        flash: row.get(20)?,
        validity: validity.map(|s| Duration::from_secs(u64::try_from(s).unwrap_or(0))),
        smsc: DialString::parse(row.get_ref(22)?.as_str().unwrap_or_default()).ok(),
        at: at.map(|millis| wall(millis, at_offset.unwrap_or(0))),
        carrier: Carrier::of_word(row.get_ref(29)?.as_str().unwrap_or_default()),
    })
}

fn kind(word: &str) -> MessageKind {
    MessageKind::ALL.into_iter().find(|kind| kind.word() == word).unwrap_or_default()
}

/// Reads the columns [`THREAD`].
pub(super) fn thread(row: &Row<'_>) -> rusqlite::Result<Thread> {
    Ok(Thread {
        id: ThreadId(row.get(0)?),
        number: number(row, 1)?,
        preview: row.get(2)?,
        last_direction: row.get::<_, Option<i64>>(3)?.map(direction),
        last_delivery: row.get(4)?,
        time: wall(row.get(5)?, row.get(6)?),
        unread: row.get(7)?,
        draft: row.get(8)?,
        flags: ThreadFlags {
            pinned: row.get(9)?,
            archived: row.get(10)?,
            muted: row.get(11)?,
            blocked: row.get(12)?,
        },
    })
}

/// Reads the columns [`CALL`].
pub(super) fn call(row: &Row<'_>) -> rusqlite::Result<CallRecord> {
    let remote = match row.get(2)? {
        0 => RemoteParty::Known(number(row, 3)?),
        1 => RemoteParty::Withheld,
        _ => RemoteParty::NotAvailable,
    };
    let talk_millis: Option<i64> = row.get(6)?;
    let outcome: String = row.get(7)?;
    Ok(CallRecord {
        id: CallRecordId(row.get(0)?),
        direction: direction(row.get(1)?),
        remote,
        started: wall(row.get(4)?, row.get(5)?),
        talk_time: talk_millis.map(|m| Duration::from_millis(u64::try_from(m).unwrap_or(0))),
        outcome: outcome_of(&outcome),
        cause: row.get(8)?,
        advice: row.get(9)?,
        seen: row.get(10)?,
    })
}

fn outcome_of(word: &str) -> Outcome {
    let known = [
        Outcome::Answered,
        Outcome::Missed,
        Outcome::Rejected,
        Outcome::Cancelled,
        Outcome::Failed,
        Outcome::Blocked,
    ];
    known.into_iter().find(|outcome| outcome.word() == word).unwrap_or(Outcome::Unfinished)
}

/// What stands in the `remote` column.
pub(super) fn remote_code(remote: &RemoteParty) -> i64 {
    match remote {
        RemoteParty::Known(_) => 0,
        RemoteParty::Withheld => 1,
        RemoteParty::NotAvailable => 2,
    }
}

/// What stands in the `direction` columns.
pub(super) fn direction_code(direction: Direction) -> i64 {
    match direction {
        Direction::MobileOriginated => 0,
        Direction::MobileTerminated => 1,
    }
}

fn direction(code: i64) -> Direction {
    if code == 0 { Direction::MobileOriginated } else { Direction::MobileTerminated }
}

pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<PhoneNumber> {
    Ok(PhoneNumber::new(&row.get::<_, String>(column)?))
}

pub(super) fn wall(unix_millis: i64, utc_offset_quarters: i8) -> WallTime {
    WallTime { unix_millis, utc_offset_quarters }
}
