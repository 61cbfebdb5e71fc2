//! Rejecting the call that rings.

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::poll_calls::list;
use super::release::{
    DROP_WAITING, HANG_UP_TIMEOUT, Heard, must_check, nobody_waits, note_given_up, note_refused,
};
use super::{Procedure, Release, Step};
use crate::clock::Instant;
use crate::modem::queue::Priority;
use crate::phone::{CallId, CallState, RequestId};

/// Rejects the call that rings.
#[derive(Debug)]
pub(in crate::modem) struct Reject {
    request: RequestId,
    pub call: CallId,
    attempt: usize,
    heard: Heard,
}

impl Reject {
    pub fn new(request: RequestId, call: CallId) -> Self {
        Reject { request, call, attempt: 0, heard: Heard::default() }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last
            && self.heard.take(self.call, response, core, now)
        {
            return self.accepted(core, now);
        }
        if self.heard.checking {
            return Step::send(list());
        }
        let Some(call) = core.calls.get(self.call) else {
            core.done(self.request);
            return Step::Finished;
        };
        let beside_another = call.state == CallState::Waiting || core.calls.several();
        if beside_another && self.attempt == 0 && !self.heard.checked && must_check(self.call, core)
        {
            self.heard.checking = true;
            return Step::send(list());
        }
        if self.heard.checked && matches!(call.state, CallState::Active | CallState::Held) {
            // It was answered by then, though nobody wanted it.
            let release = Release::new(Some(self.request), self.call);
            core.enqueue(Priority::HangUp, Procedure::Release(release));
            return Step::Finished;
        }
        if beside_another && self.heard.checked && nobody_waits(self.call, core) {
            note_given_up(self.call, core);
            core.done(self.request);
            core.poll_calls(now);
            return Step::Finished;
        }
        let lines: &[&'static str] =
            if beside_another { &[DROP_WAITING] } else { core.profile.hang_up };
        match lines.get(self.attempt) {
            Some(line) => {
                self.attempt += 1;
                Step::send(Request::line(line).within(HANG_UP_TIMEOUT))
            }
            None => self.refused(core, now),
        }
    }

    fn accepted(&mut self, core: &mut Core, now: Instant) -> Step {
        let hints = core.calls.hints_decide();
        if let Some(track) = core.calls.track_mut(self.call) {
            track.end_accepted();
            track.ending |= hints || !track.listed;
        }
        let network = core.network().clone();
        core.calls.release_ending(&network, now);
        core.done(self.request);
        core.poll_calls(now);
        Step::Finished
    }

    fn refused(&mut self, core: &mut Core, now: Instant) -> Step {
        // What got no answer may be obeyed late.
        if !self.heard.unanswered {
            note_refused(self.call, core);
        }
        let (error, diagnosis) = match self.heard.last.as_ref().map(|last| &last.outcome) {
            Some(Outcome::Final(result)) => {
                service_refusal(result, "The modem did not reject the call")
            }
            _ => no_answer(),
        };
        core.failed(self.request, error, diagnosis);
        core.poll_calls(now);
        Step::Finished
    }
}
