//! Modems that say nothing at all between the `OK` to `ATD` and the end of the call.

use super::Calls;
use crate::clock::Instant;
use std::time::Duration;

/// A modem that tells of the progress of a call does so within this time.
const UNTOLD: Duration = Duration::from_secs(5);

/// The same where a row has told of a call and no list: the next comes when the other phone rings.
const UNTOLD_AFTER_ROW: Duration = Duration::from_secs(12);

impl Calls {
    /// Nothing has ever told how far this modem's calls are, although one was dialed long ago.
    pub fn progress_untold(&self, now: Instant) -> bool {
        let wait = if self.rows_disowned() { UNTOLD_AFTER_ROW } else { UNTOLD };
        self.hints_decide()
            && self.dialing().is_some_and(|call| {
                now.since(call.started_at) >= wait
                    && self.tracks.get(&call.id).is_some_and(|track| !track.alive)
            })
    }
}
