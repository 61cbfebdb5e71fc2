//! Whether the list of calls is one. Some modems (SIM800 after `AT+CLCC=1`) write a row by
//! themselves whenever a call changes, and keep the list itself empty; such a row may come just
//! between `AT+CLCC` and its `OK`, where it looks like the list.

use super::{Calls, ListTrust};
use crate::at::response::clcc::{CallStatus, ClccEntry};
use crate::at::unsolicited::CallReport;
use crate::clock::Instant;

/// What has been seen of rows.
#[derive(Debug, Default)]
pub(super) struct Proof {
    /// Rows have come by themselves.
    unasked: bool,
    /// The rows of the last answer.
    last: Vec<(u8, CallStatus)>,
    /// Two answers in a row had the same one. A row that comes by itself tells of a change.
    repeated: bool,
}

impl Calls {
    /// A row came by itself. If all that the list ever showed was one, that was such a row too.
    pub fn row_came_unasked(&mut self) {
        self.proof.unasked = true;
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
        proof.repeated |= shown.iter().any(|row| proof.last.contains(row));
        proof.last = shown;
        proof.repeated || !proof.unasked || self.trust != ListTrust::Empty
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

    /// The same, and something else can tell of the only call whether it lives.
    pub fn barely_proven(&self) -> bool {
        self.shown_once() && self.list.len() == 1
    }

    /// What was taken for the list was not.
    pub fn disown_rows(&mut self) {
        self.forget_rows();
        self.distrust_list(ListTrust::Empty);
    }

    fn forget_rows(&mut self) {
        for track in self.tracks.values_mut() {
            track.listed = false;
            track.missing = 0;
        }
    }
}
