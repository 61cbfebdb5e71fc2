//! The late word on a call that is over, where no list tells: a report of the maker has ended that
//! call, and `NO CARRIER` comes seconds later, beside or after the next one.

use super::{Calls, ECHO_OF_RELEASE};
use crate::clock::Instant;

impl Calls {
    /// A call has just ended without `NO CARRIER` or the like: the word may still come.
    pub(super) fn echo_due(&self, now: Instant) -> bool {
        self.last_unsaid.is_some_and(|at| now.since(at) < ECHO_OF_RELEASE)
    }

    /// Whether any call lives after a word that may have been such an echo, as `+CPAS` tells, or as
    /// is concluded where that can't.
    pub fn settle_echo(&mut self, lives: bool) {
        for track in self.tracks.values_mut().filter(|track| track.perhaps_echo) {
            track.perhaps_echo = false;
            if lives {
                let word = std::mem::take(&mut track.end.result);
                track.end.evidence.retain(|line| *line != word);
                track.end_hint = false;
                self.last_unsaid = None;
            } else {
                track.ending = true;
            }
        }
    }
}
