//! Which rows of a long list are kept: so many at a time, and the next ones when it is read again.

use super::exchange::Pending;
use crate::at::response::MAX_ENTRIES;

/// Rows of the list that is being read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Rows {
    /// So many are passed over.
    skip: usize,
    /// Rows so far.
    seen: usize,
    /// Where the last one begins in what is kept, if it is passed over.
    passed: Option<usize>,
}

impl Rows {
    /// So many rows were read before.
    pub fn after(skip: usize) -> Self {
        Rows { skip, seen: 0, passed: None }
    }
}

impl Pending {
    /// Another row begins.
    pub fn begin_row(&mut self) {
        self.drop_passed_row();
        let rows = &mut self.rows;
        rows.seen = rows.seen.saturating_add(1);
        let kept = rows.seen > rows.skip && rows.seen - rows.skip <= MAX_ENTRIES;
        rows.passed = (!kept).then_some(self.lines.len());
    }

    /// The last row was needed only to see where it ends.
    pub fn drop_passed_row(&mut self) {
        if let Some(begin) = self.rows.passed.take() {
            self.lines.truncate(begin);
        }
    }
}
