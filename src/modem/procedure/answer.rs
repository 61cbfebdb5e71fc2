//! Answering the call that rings.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::Step;
use crate::at::FinalResult;
use crate::clock::Instant;
use crate::modem::calls::ListTrust;
use crate::phone::{CallId, CallState, RequestId};
use std::time::Duration;

/// The network needs a moment to connect us.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Answer {
    request: RequestId,
    call: CallId,
    sent: bool,
}

impl Answer {
    pub fn new(request: RequestId, call: CallId) -> Self {
        Answer { request, call, sent: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last {
            self.take(&response, core, now);
            return Step::Finished;
        }
        let Some(call) = core.calls.get(self.call) else {
            core.refuse(self.request, "The caller has given up", "Call back");
            return Step::Finished;
        };
        if !matches!(call.state, CallState::Incoming | CallState::Waiting) {
            // Answer was pressed twice: a second ATA would be taken for another call's.
            core.done(self.request);
            return Step::Finished;
        }
        self.sent = true;
        // Beside another call, ATA does not say which; CHLD=2 parks the other and takes this one.
        let beside_another = call.state == CallState::Waiting || core.calls.list().len() > 1;
        if let Some(track) = core.calls.track_mut(self.call) {
            track.answering = true;
        }
        let line = if beside_another { "AT+CHLD=2" } else { "ATA" };
        Step::send(Request::line(line).expecting(Expect::CallResult).within(ANSWER_TIMEOUT))
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) {
        core.poll_calls(now);
        let list_tells = core.calls.trust == ListTrust::Works;
        let Some(track) = core.calls.track_mut(self.call) else {
            return core.refuse(self.request, "The caller has given up", "Call back");
        };
        track.answering = false;
        match &response.outcome {
            Outcome::Final(FinalResult::Ok | FinalResult::Connect(_)) => {
                track.alive = true;
                track.last_ring = now;
                core.calls.set_state(self.call, CallState::Active, now);
                if !list_tells {
                    core.calls.park_others(self.call, now);
                }
                core.done(self.request);
            }
            Outcome::Final(result) => {
                if result.ends_call() {
                    track.end_hint = true;
                    if core.calls.hints_decide() {
                        core.calls.mark_ending(self.call);
                    }
                }
                let (error, diagnosis) = refusal(result, "The call could not be answered");
                core.failed(self.request, error, diagnosis);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                core.failed(self.request, error, diagnosis);
            }
        }
    }
}
