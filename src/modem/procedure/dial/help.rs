//! What is different where the call is one for help: others make room for it, a refusal is not the
//! end, and a silent modem does not end it.

use super::super::super::calls::ListTrust;
use super::super::super::core::Core;
use super::super::super::exchange::Request;
use super::super::Step;
use super::super::make_room::{make_room, others};
use super::super::poll_calls::list;
use super::{DIAL_TIMEOUT, Dial, Stage};
use crate::clock::Instant;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState};
use std::time::Duration;

/// So often the line is freed for a call for help, and it is dialed again if it was refused.
const ROUNDS: u8 = 2;

/// A refusal within this time is one of the modem, or of a network that was just being changed.
const AT_ONCE: Duration = Duration::from_secs(10);

/// The moment before it is dialed again.
const REST: Duration = Duration::from_millis(1500);

/// No network lets a phone ring longer (24.008 §11.3: T303 and T310 30 seconds each, T301 three
/// minutes).
const HELP_RINGS: Duration = Duration::from_secs(4 * 60);

impl Dial {
    /// A call for help has the line: of two calls one ends, and the active one does where it can't
    /// be put on hold.
    pub(super) fn make_room(&mut self, core: &mut Core) -> Option<Step> {
        if !self.emergency {
            return None;
        }
        let held = core.calls.in_state(&CallState::Held);
        // The command that ended another call may have taken the held one back.
        let in_doubt = self.rounds > 0 || !held.is_empty() || self.hold_refused;
        if in_doubt && !self.looked && core.calls.trust == ListTrust::Works {
            self.looked = true;
            self.stage = Stage::Looking;
            return Some(Step::send(list()));
        }
        // One that we have ended may be listed a moment longer.
        let ours = |id: &CallId| core.calls.track(*id).is_some_and(|t| t.who != WhoEnded::NotUs);
        let mut active = core.calls.in_state(&CallState::Active);
        active.retain(|id| !ours(id));
        let holds = core.identity.abilities.hold && !self.hold_refused;
        if active.is_empty() || (holds && held.is_empty()) {
            return None;
        }
        // Of two the active one was to end before this, and did not. No time is lost by trying the
        // same again.
        let mut ids = if held.is_empty() { active } else { held };
        ids.retain(|id| !self.ended.contains(id));
        self.free(&ids, core)
    }

    /// These calls end, then this one has its turn again.
    fn free(&mut self, ids: &[CallId], core: &mut Core) -> Option<Step> {
        if ids.is_empty() || self.rounds >= ROUNDS {
            return None;
        }
        self.rounds += 1;
        self.ended.extend(ids);
        self.looked = false;
        self.stage = Stage::Begin;
        make_room(ids, core);
        Some(Step::Pause)
    }

    /// A call for help was refused. Beside other calls these end, and it is dialed once more; with
    /// none in the way after a moment, since a phone that just loses one network finds the next.
    /// Neither is done twice, nor once the user has hung up.
    pub(super) fn again(&mut self, core: &mut Core, now: Instant) -> Option<Step> {
        let wanted = core.calls.track(self.call).is_some_and(|t| t.who == WhoEnded::NotUs);
        if !(self.emergency && wanted) {
            return None;
        }
        let others = others(self.call, core);
        let step = self.free(&others, core).or_else(|| self.rest(now))?;
        self.rounds = ROUNDS;
        self.refused_once = true;
        self.failure = None;
        core.calls.dial_again(self.call);
        Some(step)
    }

    /// It was refused at once, and is dialed again after this.
    fn rest(&mut self, now: Instant) -> Option<Step> {
        let at_once = self.dialed_at.is_some_and(|at| now.since(at) <= AT_ONCE);
        if self.refused_once || !at_once {
            return None;
        }
        self.stage = Stage::Resting;
        Some(Step::send(Request::pause(REST)))
    }

    /// How long its result is waited for. Where `OK` or `CONNECT` is the answer, as it may be with
    /// a modem that no profile knows, every byte before that would end the call (V.250 §5.6.1):
    /// none is sent while the other phone may ring.
    pub(super) fn patience(&self, core: &Core) -> Duration {
        let unknown = core.profile.identified_by.is_empty();
        let fragile = unknown || !core.profile.poll_while_dialing;
        if self.emergency && fragile { HELP_RINGS } else { DIAL_TIMEOUT }
    }

    /// The result of `ATD` and the list are both missing. A call that was reported answered lives
    /// all the same; a call for help may, and it is the user's to end.
    pub(super) fn lives_on(&mut self, core: &mut Core, now: Instant) -> Option<Step> {
        let active = core.calls.get(self.call)?.state == CallState::Active;
        let track = core.calls.track_mut(self.call)?;
        if track.end_hint || !(active || self.emergency) {
            return None;
        }
        track.accepted = true;
        if active {
            return Some(self.accepted(true, core, now));
        }
        core.done(self.request);
        Some(Step::Finished)
    }
}
