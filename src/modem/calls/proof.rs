//! Whether the list of calls is one. Some modems (SIM800 after `AT+CLCC=1`) write a row by
//! themselves whenever a call changes, and keep the list itself empty; such a row may come just
//! between `AT+CLCC` and its `OK`, where it looks like the list.

use super::{Calls, ListTrust};
use crate::at::response::clcc::{CallStatus, ClccEntry};
use crate::at::unsolicited::CallReport;
use crate::clock::Instant;
use crate::phone::CallState;

/// What has been seen of rows.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// Rows have come by themselves.
    unasked: bool,
    /// The rows of the last answer.
    last: Vec<(u8, CallStatus)>,
    /// Two answers in a row had the same one. A row that comes by itself tells of a change.
    repeated: bool,
    /// The same of the last answer that had any, so that the list tells how the calls are now.
    settled: bool,
    /// What came by itself of a call that lives, and no list has confirmed since.
    told: Option<CallReport>,
    /// What was taken for the list was not.
    disowned: bool,
}

impl Calls {
    /// A row came by itself. If all that the list ever showed was one, that was such a row too.
    pub fn row_came_unasked(&mut self, row: &ClccEntry) {
        self.proof.unasked = true;
        let lives = row.status != CallStatus::Released;
        self.proof.told = lives.then(|| CallReport::of_row(row));
        if self.shown_once() {
            self.forget_rows();
            self.trust = ListTrust::Unknown;
        }
    }

    /// Rows in an answer to `AT+CLCC`: true if they are the list, as far as anybody can tell. Where
    /// it has stayed empty during a call and rows come by themselves, one answer with rows is no
    /// proof.
    pub(super) fn is_list(&mut self, rows: &[&ClccEntry]) -> bool {
        let shown: Vec<_> = rows.iter().map(|row| (row.index, row.status)).collect();
        let proof = &mut self.proof;
        let same = shown.iter().any(|row| proof.last.contains(row));
        proof.repeated |= same;
        if !shown.is_empty() {
            proof.settled = same;
            proof.told = None;
        }
        proof.last = shown;
        let by_themselves = proof.unasked || proof.disowned;
        proof.repeated || !by_themselves || self.trust != ListTrust::Empty
    }

    /// The rows are no list, so that each is a report.
    pub(super) fn take_reports(&mut self, rows: &[&ClccEntry], now: Instant) {
        for row in rows {
            self.report(&CallReport::of_row(row), "", now);
        }
    }

    /// The list is believed, and has shown a call in no two answers running.
    fn shown_once(&self) -> bool {
        self.trust == ListTrust::Works && !self.proof.repeated
    }

    /// The same, or it may be silent of how the only call is now: something else can tell whether
    /// that one lives.
    pub fn barely_proven(&self) -> bool {
        self.list.len() == 1 && (self.shown_once() || self.may_be_left_out())
    }

    /// Some lists have rows until a call is answered, or a row only when something changes. So one
    /// without the only call, of whose end nothing has spoken, is no proof if it has never shown
    /// the present state twice, if the call was ours and not answered, or against a row that came
    /// by itself.
    fn may_be_left_out(&self) -> bool {
        let [call] = self.list.as_slice() else { return false };
        let Some(track) = self.tracks.get(&call.id) else { return false };
        let in_doubt = match call.state {
            CallState::Dialing | CallState::Alerting => track.ours || !self.proof.settled,
            CallState::Active | CallState::Held => !self.proof.settled,
            _ => false,
        };
        self.trust == ListTrust::Works
            && (in_doubt || self.proof.told.is_some())
            && track.listed
            && !track.end_hint
    }

    /// The list has shown the only call well, so that one look at something else is enough.
    pub fn well_proven(&self) -> bool {
        self.proof.repeated && self.proof.told.is_none()
    }

    /// The list is without the only call, and nothing else can tell. A row that came by itself is
    /// more than a list that says nothing.
    pub fn nothing_tells(&mut self, now: Instant) {
        if self.proof.repeated && self.proof.told.is_some() {
            self.disown_rows(now);
        } else {
            self.none_lives(now);
        }
    }

    /// What was taken for the list was not. The last row that came by itself counts now.
    pub fn disown_rows(&mut self, now: Instant) {
        for track in self.tracks.values_mut().filter(|track| track.told_index.is_none()) {
            // Only the list has told of it.
            track.alive = false;
        }
        self.forget_rows();
        self.proof.repeated = false;
        self.proof.settled = false;
        self.proof.disowned = true;
        self.distrust_list(ListTrust::Empty);
        if let Some(report) = self.proof.told.take() {
            self.report(&report, "", now);
        }
    }

    /// Rows have told of calls here, so that more of them may come.
    pub(super) fn rows_disowned(&self) -> bool {
        self.proof.disowned
    }

    fn forget_rows(&mut self) {
        for track in self.tracks.values_mut() {
            track.listed = false;
            track.missing = 0;
        }
    }
}
