//! What is kept of a call beside its line in the history: its milestones, the network it began in,
//! and its AT lines, of which only the newest calls keep theirs.

use super::StoreError;
use crate::phone::{
    AccessTechnology, CallDetail, CallRecordId, Milestone, Registration, SignalQuality,
    TRANSCRIPT_LINES, TranscriptLine,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

/// So many of the newest calls keep their AT lines.
const TRANSCRIPTS: i64 = 1000;

/// Milestones and lines of evidence at most, whatever the file says.
const LIST_LIMIT: usize = 1000;

/// Keeps the detail of a call, in place of an earlier one; old transcripts go.
pub(super) fn keep(
    db: &Connection,
    call: CallRecordId,
    detail: &CallDetail,
) -> Result<(), StoreError> {
    let milestones: Vec<Value> =
        detail.milestones.iter().map(|step| json!([step.at_ms, step.state])).collect();
    let lines = detail.transcript.iter().take(TRANSCRIPT_LINES);
    let lines: Vec<Value> =
        lines.map(|line| json!([line.at_ms, u8::from(line.sent), line.text])).collect();
    let transcript = (!lines.is_empty()).then(|| Value::Array(lines).to_string());
    db.prepare_cached(
        "INSERT OR REPLACE INTO call_details (call, milestones, cause, evidence, rssi, registration,
             access_technology, operator, keys, blocked_by, transcript)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        call.0,
        Value::Array(milestones).to_string(),
        detail.cause,
        json!(detail.evidence).to_string(),
        detail.signal.map(|signal| signal.rssi),
        detail.registration.word(),
        detail.access_technology.map_or("", AccessTechnology::word),
        detail.operator,
        detail.keys,
        detail.blocked_by,
        transcript
    ])?;
    trim(db)
}

/// Calls older than the newest [`TRANSCRIPTS`] that have one lose their AT lines.
fn trim(db: &Connection) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE call_details SET transcript = NULL WHERE transcript IS NOT NULL AND call <=
             (SELECT call FROM call_details WHERE transcript IS NOT NULL
              ORDER BY call DESC LIMIT 1 OFFSET ?1)",
    )?
    .execute([TRANSCRIPTS])?;
    Ok(())
}

/// What is kept of a call; `None`: nothing.
pub(super) fn read(db: &Connection, call: CallRecordId) -> Result<Option<CallDetail>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT milestones, cause, evidence, rssi, registration, access_technology, operator, keys,
             blocked_by, transcript FROM call_details WHERE call = ?1",
    )?;
    Ok(statement.query_row([call.0], detail).optional()?)
}

fn detail(row: &Row<'_>) -> rusqlite::Result<CallDetail> {
    let word = |column| -> rusqlite::Result<String> { row.get(column) };
    Ok(CallDetail {
        milestones: list(&word(0)?, milestone),
        cause: row.get(1)?,
        evidence: list(&word(2)?, |line| line.as_str().map(str::to_owned)),
        signal: row.get::<_, Option<u8>>(3)?.map(|rssi| SignalQuality { rssi }),
        registration: registration(&word(4)?),
        access_technology: access_technology(&word(5)?),
        operator: word(6)?,
        keys: word(7)?,
        blocked_by: word(8)?,
        transcript: list(&row.get::<_, Option<String>>(9)?.unwrap_or_default(), line),
    })
}

/// The entries of a list that make sense.
fn list<T>(json: &str, entry: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    let value = serde_json::from_str(json).unwrap_or(Value::Null);
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().take(LIST_LIMIT).filter_map(entry).collect()
}

fn milestone(entry: &Value) -> Option<Milestone> {
    let state = entry.get(1)?.as_str()?.to_owned();
    Some(Milestone { at_ms: entry.get(0)?.as_u64()?, state })
}

fn line(entry: &Value) -> Option<TranscriptLine> {
    Some(TranscriptLine {
        at_ms: entry.get(0)?.as_i64()?,
        sent: entry.get(1)?.as_i64()? != 0,
        text: entry.get(2)?.as_str()?.to_owned(),
    })
}

fn registration(word: &str) -> Registration {
    use Registration::{Denied, EmergencyOnly, Home, NotRegistered, Roaming, Searching, SmsOnly};
    let known = [NotRegistered, Home, Searching, Denied, Roaming, SmsOnly, EmergencyOnly];
    known.into_iter().find(|known| known.word() == word).unwrap_or_default()
}

fn access_technology(word: &str) -> Option<AccessTechnology> {
    use AccessTechnology::{Gsm, Lte, Nr, Umts};
    [Gsm, Umts, Lte, Nr].into_iter().find(|known| known.word() == word)
}
