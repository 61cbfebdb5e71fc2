//! The history of calls.

use super::{Store, StoreError, call_details, rows};
use crate::clock::WallTime;
use crate::number;
use crate::phone::{CallDetail, CallRecord, CallRecordId, Direction, Outcome, RemoteParty};
use rusqlite::{Connection, params};

impl Store {
    /// A call begins: a row that says so from now on, even if the program dies.
    pub fn begin_call(
        &mut self,
        direction: Direction,
        remote: &RemoteParty,
        started: WallTime,
    ) -> Result<CallRecord, StoreError> {
        let mut record = CallRecord {
            id: CallRecordId(0),
            direction,
            remote: remote.clone(),
            started,
            talk_time: None,
            outcome: Outcome::Unfinished,
            cause: String::new(),
            advice: String::new(),
            seen: direction == Direction::MobileOriginated,
        };
        self.write(|db| {
            db.prepare_cached(
                "INSERT INTO calls (direction, remote, number, match_key, started, started_offset,
                     outcome, cause, advice, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '', ?8)",
            )?
            .execute(params![
                rows::direction_code(direction),
                rows::remote_code(remote),
                number_of(remote),
                key_of(remote),
                started.unix_millis,
                started.utc_offset_quarters,
                record.outcome.word(),
                record.seen
            ])?;
            record.id = CallRecordId(db.last_insert_rowid());
            Ok(record)
        })
    }

    /// Keeps what is known of a call now.
    pub fn update_call(&mut self, record: &CallRecord) -> Result<(), StoreError> {
        self.write(|db| update(db, record))
    }

    /// Keeps what is known of a call that is over, and what it was like.
    pub fn finish_call(
        &mut self,
        record: &CallRecord,
        detail: &CallDetail,
    ) -> Result<(), StoreError> {
        self.write(|db| {
            update(db, record)?;
            call_details::keep(db, record.id, detail)
        })
    }

    /// Deletes a call from the history, with its detail.
    pub fn delete_call(&mut self, id: CallRecordId) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("DELETE FROM calls WHERE id = ?1", [id.0])?;
            Ok(())
        })
    }

    /// All ended calls were seen.
    pub fn mark_calls_seen(&mut self) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("UPDATE calls SET seen = 1 WHERE outcome = 'missed' AND seen = 0", [])?;
            Ok(())
        })
    }

    /// How many missed calls were not seen.
    pub fn missed_unseen(&self) -> Result<u32, StoreError> {
        let sql = "SELECT count(*) FROM calls WHERE outcome = 'missed' AND seen = 0";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }
}

fn update(db: &Connection, record: &CallRecord) -> Result<(), StoreError> {
    let talk = record.talk_time.map(|t| i64::try_from(t.as_millis()).unwrap_or(i64::MAX));
    let changed = db
        .prepare_cached(
            "UPDATE calls SET direction = ?2, remote = ?3, number = ?4, match_key = ?5,
                 started = ?6, started_offset = ?7, talk_millis = ?8, outcome = ?9,
                 cause = ?10, advice = ?11, seen = ?12 WHERE id = ?1",
        )?
        .execute(params![
            record.id.0,
            rows::direction_code(record.direction),
            rows::remote_code(&record.remote),
            number_of(&record.remote),
            key_of(&record.remote),
            record.started.unix_millis,
            record.started.utc_offset_quarters,
            talk,
            record.outcome.word(),
            record.cause,
            record.advice,
            record.seen
        ])?;
    if changed == 0 { Err(StoreError::Missing("call")) } else { Ok(()) }
}

fn number_of(remote: &RemoteParty) -> &str {
    remote.number().map_or("", |number| number.as_str())
}

/// Calls without a number belong to no conversation.
fn key_of(remote: &RemoteParty) -> Option<String> {
    remote.number().map(|number| number::match_key(number.as_str()))
}
