//! Delivery reports: which text they speak of, and what they make of it.

use super::{SegmentState, Store, StoreError, delivery};
use crate::clock::WallTime;
use crate::number;
use crate::phone::{Diagnosis, MessageId, TextMessage};
use crate::sms::IncomingReport;
use rusqlite::{Connection, params};

/// A report may come before the modem has told the reference of its text: how long it waits for
/// that, milliseconds.
const EARLY_MILLIS: i64 = 10 * 60 * 1000;

/// The clocks of the centre and of this machine differ by less, milliseconds: a report of a text
/// that was handed in at another time speaks of another one with the same reference.
const CLOCKS_DIFFER_MILLIS: i64 = 24 * 3600 * 1000;

/// Early reports kept at most.
const EARLY_LIMIT: i64 = 100;

impl Store {
    /// Keeps a status report; returns the text it changed. `None` if it speaks of no text of ours
    /// (yet), or says that the network is still trying.
    ///
    /// The text is the newest one not yet delivered that was sent with this reference to this
    /// recipient at about the time the report names, and that asked for a report. TP-ST (23.040
    /// §9.2.3.15): 0x00–0x1F delivered, 0x20–0x3F still trying, others given up. `diagnosis` says
    /// why, for those given up.
    pub fn receive_report(
        &mut self,
        report: &IncomingReport,
        diagnosis: Option<&Diagnosis>,
        time: WallTime,
    ) -> Result<Option<TextMessage>, StoreError> {
        let region = self.region.clone();
        self.write(|db| {
            let Some(state) = state_of(report.status) else { return Ok(None) };
            match find(db, report, time, &region)? {
                Some((message, segment)) => {
                    let diagnosis = given_up(state, diagnosis);
                    delivery::set_state(db, message, segment, state, diagnosis.as_ref(), time)?;
                    delivery::settle(db, message).map(Some)
                }
                None => {
                    keep_early(db, report, given_up(state, diagnosis), time)?;
                    Ok(None)
                }
            }
        })
    }
}

/// What TP-ST makes of a segment; `None` while the network is still trying.
fn state_of(status: u8) -> Option<SegmentState> {
    match status {
        0x00..=0x1F => Some(SegmentState::Delivered),
        0x20..=0x3F => None,
        _ => Some(SegmentState::Failed),
    }
}

/// A failure always has words.
fn given_up(state: SegmentState, diagnosis: Option<&Diagnosis>) -> Option<Diagnosis> {
    if state != SegmentState::Failed {
        return None;
    }
    Some(diagnosis.cloned().unwrap_or_else(|| Diagnosis {
        cause: "The network could not deliver the text".to_owned(),
        advice: "Check the number and send it again later".to_owned(),
        evidence: Vec::new(),
    }))
}

fn find(
    db: &Connection,
    report: &IncomingReport,
    time: WallTime,
    region: &str,
) -> Result<Option<(MessageId, u8)>, StoreError> {
    let (earliest, latest) = handed_in(report, time);
    let mut statement = db.prepare_cached(
        "SELECT segments.message, segment, number FROM segments
         JOIN messages ON messages.id = segments.message
         WHERE reference = ?1 AND hidden <> 1 AND report_requested
             AND changed >= ?2 AND (state <> 'sent' OR changed <= ?3)
         ORDER BY state = 'delivered', segments.message DESC",
    )?;
    let mut candidates = statement.query(params![report.reference, earliest, latest])?;
    while let Some(row) = candidates.next()? {
        let number: String = row.get(2)?;
        if number::same_number(&number, &report.recipient, region) {
            return Ok(Some((MessageId(row.get(0)?), row.get(1)?)));
        }
    }
    Ok(None)
}

/// When the text may have been sent that a report speaks of, by this machine's clock. A centre
/// whose clock is wrong says nothing, nor does a report that was on its way for long.
fn handed_in(report: &IncomingReport, time: WallTime) -> (i64, i64) {
    let (Some(sent), Some(done)) = (report.sent_at, report.discharged_at) else {
        return (i64::MIN, i64::MAX);
    };
    if done.unix_millis.abs_diff(time.unix_millis) > CLOCKS_DIFFER_MILLIS.unsigned_abs() {
        return (i64::MIN, i64::MAX);
    }
    let sent = sent.unix_millis;
    (sent.saturating_sub(CLOCKS_DIFFER_MILLIS), sent.saturating_add(CLOCKS_DIFFER_MILLIS))
}

fn keep_early(
    db: &Connection,
    report: &IncomingReport,
    diagnosis: Option<Diagnosis>,
    time: WallTime,
) -> Result<(), StoreError> {
    let why = diagnosis.unwrap_or_default();
    db.execute(
        "INSERT INTO early_reports (reference, recipient, status, received, cause, advice, evidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            report.reference,
            report.recipient,
            report.status,
            time.unix_millis,
            why.cause,
            why.advice,
            why.evidence.join("\n")
        ],
    )?;
    db.execute(
        "DELETE FROM early_reports WHERE id <= (SELECT max(id) FROM early_reports) - ?1",
        [EARLY_LIMIT],
    )?;
    Ok(())
}

/// Applies a report that came before its segment was known to be sent with this reference.
pub(super) fn apply_early(
    db: &Connection,
    message: MessageId,
    segment: u8,
    reference: u8,
    time: WallTime,
) -> Result<(), StoreError> {
    let number: String =
        db.query_row("SELECT number FROM messages WHERE id = ?1", [message.0], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT id, recipient, status, cause, advice, evidence FROM early_reports
         WHERE reference = ?1 AND received BETWEEN ?2 AND ?3 ORDER BY id",
    )?;
    let now = time.unix_millis;
    let window = (now.saturating_sub(EARLY_MILLIS), now.saturating_add(EARLY_MILLIS));
    let mut reports = statement.query(params![reference, window.0, window.1])?;
    while let Some(row) = reports.next()? {
        let recipient: String = row.get(1)?;
        // Without a country the comparison is the lenient one: the reference agrees already.
        if !number::same_number(&number, &recipient, "") {
            continue;
        }
        let evidence: String = row.get(5)?;
        let why = Diagnosis {
            cause: row.get(3)?,
            advice: row.get(4)?,
            evidence: evidence.lines().map(str::to_owned).collect(),
        };
        if let Some(state) = state_of(row.get(2)?) {
            delivery::set_state(db, message, segment, state, Some(&why), time)?;
        }
        let id: i64 = row.get(0)?;
        db.execute("DELETE FROM early_reports WHERE id = ?1", [id])?;
        return Ok(());
    }
    Ok(())
}
