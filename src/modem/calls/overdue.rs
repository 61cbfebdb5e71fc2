//! Calls that we placed and of which the modem has said nothing more for minutes, where no list
//! tells. No network lets a phone ring for so long (24.008 §11.3: T303 and T310 30 seconds each,
//! T301 three minutes), so that either the answer or the end was lost on its way. Which of the two
//! nobody knows here, and the two may be talking: such a call is never hung up by the program. The
//! user is told, and can end it at any time, also where there is nothing left to end. The same for
//! any other call, if the modem refuses to hang it up and nothing tells that it lives.

use super::{Calls, ListTrust, Track};
use crate::clock::Instant;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallState};
use std::time::Duration;

/// No network lets a phone ring for so long.
const UNANSWERED: Duration = Duration::from_secs(5 * 60);

/// What is still there so long after it was hung up does not exist any more.
const HUNG_UP: Duration = Duration::from_secs(20);

impl Calls {
    /// Gives up calls in doubt that the user has hung up in vain. True if a call has come to be in
    /// doubt: the modem has said nothing of it for five minutes. `blind`: nothing but the modem's
    /// own reports tells whether a call lives.
    pub fn take_overdue(&mut self, blind: bool, now: Instant) -> bool {
        if self.trust == ListTrust::Works {
            return false;
        }
        if blind && self.hints_decide() {
            self.give_up_refused(now);
        }
        let unanswered =
            |state: &CallState| matches!(state, CallState::Dialing | CallState::Alerting);
        let mut new = false;
        for call in self.list.iter().filter(|call| unanswered(&call.state)) {
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            if track.overdue {
                let hung_up = track.hang_up_sent.is_some_and(|at| now.since(at) >= HUNG_UP);
                if hung_up && !track.ending {
                    track.who = WhoEnded::Us;
                    track.ending = true;
                }
                continue;
            }
            // Who sends tones or says that it was answered is talking.
            let talks = track.play_unanswered || !call.keys.sent.is_empty();
            let known = track.alive || track.end.timed_out;
            let told = known && !talks && !track.dial_outstanding && !track.ending;
            track.overdue = told && now.since(call.state_since) >= UNANSWERED;
            new |= track.overdue;
        }
        new
    }

    /// Calls that the modem refuses to hang up by every command, as it does where there is none.
    /// Who rings and gives up is known by the silence.
    fn give_up_refused(&mut self, now: Instant) {
        let rings = |state: &CallState| matches!(state, CallState::Incoming | CallState::Waiting);
        for call in self.list.iter().filter(|call| !rings(&call.state)) {
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            let refused = track.hang_up_refused.is_some_and(|at| now.since(at) >= HUNG_UP);
            if refused && !track.ending && !track.dial_outstanding {
                track.who = WhoEnded::Us;
                track.end_words = "You hung up; whether it had ended before is unknown".to_owned();
                track.ending = true;
            }
        }
    }
}

/// The words for the end of a call in doubt that the user has ended.
pub(super) fn note(call: &Call, track: &mut Track) {
    if track.overdue && track.who == WhoEnded::Us && call.answered_at.is_none() {
        track.end_words = "You hung up; whether it was answered is unknown".to_owned();
    }
}
