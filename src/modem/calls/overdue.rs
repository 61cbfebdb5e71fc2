//! Calls that we placed and nobody answers, on modems whose list does not tell. Any network gives
//! up within a few minutes (24.008 §11.3: T303 and T310 30 seconds each, T301 three minutes), so
//! that the end was lost on its way.

use super::{Calls, ListTrust};
use crate::clock::Instant;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState};
use std::time::Duration;

/// No network lets a phone ring for so long.
const UNANSWERED: Duration = Duration::from_secs(5 * 60);

/// Where nothing tells of an answer the two may be talking: no call lasts for so long.
const UNTOLD: Duration = Duration::from_secs(12 * 60 * 60);

/// What is still there so long after it was hung up does not exist any more.
const HUNG_UP: Duration = Duration::from_secs(20);

impl Calls {
    /// Calls that nobody has answered for too long, to be hung up now. Those that were hung up for
    /// it in vain are given up.
    pub fn take_overdue(&mut self, now: Instant) -> Vec<CallId> {
        if self.trust == ListTrust::Works {
            return Vec::new();
        }
        let unanswered =
            |state: &CallState| matches!(state, CallState::Dialing | CallState::Alerting);
        let waiting = self.list.iter().filter(|call| unanswered(&call.state));
        let mut overdue = Vec::new();
        for call in waiting {
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            // Who sends tones or says that it was answered is talking.
            let talks = track.play_unanswered || !call.keys.sent.is_empty();
            let limit = if track.alive && !talks { UNANSWERED } else { UNTOLD };
            let waits = now.since(call.started_at) >= limit && !track.dial_outstanding;
            match track.overdue {
                _ if !waits || track.ending => {}
                None => {
                    track.overdue = Some(now);
                    overdue.push(call.id);
                }
                Some(at) => track.ending |= now.since(at) >= HUNG_UP,
            }
            if track.overdue.is_some() {
                track.who = WhoEnded::Us;
                track.end_words = "Nobody answered for minutes, so the program hung up".to_owned();
            }
        }
        overdue
    }
}
