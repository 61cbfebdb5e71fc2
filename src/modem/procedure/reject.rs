//! Rejecting the call that rings.

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::poll_calls::{list, take_list};
use super::release::{
    DROP_WAITING, HANG_UP_TIMEOUT, asks_in_silence, gone_from_list, is_over, must_check,
    nobody_waits, note_given_up, note_refused,
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
    /// The list is asked whether the caller still waits; it was.
    checking: bool,
    checked: bool,
    /// Some command got no answer, so that it may have been obeyed.
    unanswered: bool,
    last: Option<Response>,
}

impl Reject {
    pub fn new(request: RequestId, call: CallId) -> Self {
        let (checking, checked, unanswered) = (false, false, false);
        Reject { request, call, attempt: 0, checking, checked, unanswered, last: None }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last {
            if std::mem::take(&mut self.checking) {
                take_list(&response, core, now);
                self.checked = true;
                if self.unanswered && gone_from_list(self.call, &response, core) {
                    return self.accepted(core, now);
                }
            } else if is_over(&response) {
                return self.accepted(core, now);
            } else {
                self.unanswered |= response.timed_out();
                self.checking = asks_in_silence(&response, core);
                self.last = Some(response);
            }
        }
        if self.checking {
            return Step::send(list());
        }
        let Some(call) = core.calls.get(self.call) else {
            core.done(self.request);
            return Step::Finished;
        };
        let beside_another = call.state == CallState::Waiting || core.calls.several();
        if beside_another && self.attempt == 0 && !self.checked && must_check(self.call, core) {
            self.checking = true;
            return Step::send(list());
        }
        if self.checked && matches!(call.state, CallState::Active | CallState::Held) {
            // It was answered by then, though nobody wanted it.
            let release = Release::new(Some(self.request), self.call);
            core.enqueue(Priority::HangUp, Procedure::Release(release));
            return Step::Finished;
        }
        if beside_another && self.checked && nobody_waits(self.call, core) {
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
        if !self.unanswered {
            note_refused(self.call, core);
        }
        let (error, diagnosis) = match self.last.as_ref().map(|last| &last.outcome) {
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
