//! Between rows and the values of `phone`.

use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{
    CallRecord, CallRecordId, Delivery, Diagnosis, Direction, MessageId, Outcome, RemoteParty,
    SegmentCount, TextMessage, Thread, ThreadId,
};
use rusqlite::Row;
use std::time::Duration;

/// Columns of `messages` in the order [`message`] reads them.
pub(super) const MESSAGE: &str = "id, thread, direction, number, text, undecodable_pdu, time, \
     time_offset, sent_at, sent_at_offset, delivery, done, segments, cause, advice, evidence, \
     report_requested, read";

/// Columns of `threads` in the order [`thread`] reads them.
pub(super) const THREAD: &str =
    "id, number, preview, last_direction, last_delivery, time, time_offset, unread, draft";

/// Columns of `calls` in the order [`call`] reads them.
pub(super) const CALL: &str = "id, direction, remote, number, started, started_offset, \
     talk_millis, outcome, cause, advice, seen";

/// Reads the columns [`MESSAGE`].
pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<TextMessage> {
    let direction = direction(row.get(2)?);
    let sent_at: Option<i64> = row.get(8)?;
    let sent_at_offset: Option<i8> = row.get(9)?;
    let count = SegmentCount { done: row.get(11)?, total: row.get(12)? };
    let word: String = row.get(10)?;
    let diagnosis = |row: &Row<'_>| -> rusqlite::Result<Diagnosis> {
        let evidence: String = row.get(15)?;
        let evidence = evidence.lines().map(str::to_owned).collect();
        Ok(Diagnosis { cause: row.get(13)?, advice: row.get(14)?, evidence })
    };
    let delivery = match (direction, word.as_str()) {
        (Direction::MobileTerminated, _) => Delivery::Received(count),
        (_, "queued") => Delivery::Queued,
        (_, "sending") => Delivery::Sending(count),
        (_, "sent") => Delivery::Sent,
        (_, "delivered") => Delivery::Delivered,
        (_, "failed") => Delivery::Failed(diagnosis(row)?),
        _ => Delivery::Unknown(diagnosis(row)?),
    };
    Ok(TextMessage {
        id: MessageId(row.get(0)?),
        thread: ThreadId(row.get(1)?),
        direction,
        number: number(row, 3)?,
        text: row.get(4)?,
        undecodable_pdu: row.get(5)?,
        time: wall(row.get(6)?, row.get(7)?),
        sent_at: sent_at.map(|millis| wall(millis, sent_at_offset.unwrap_or(0))),
        delivery,
        segments: count.total,
        report_requested: row.get(16)?,
        read: row.get(17)?,
    })
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

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<PhoneNumber> {
    Ok(PhoneNumber::new(&row.get::<_, String>(column)?))
}

fn wall(unix_millis: i64, utc_offset_quarters: i8) -> WallTime {
    WallTime { unix_millis, utc_offset_quarters }
}
