//! Answering the call that rings.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::Step;
use crate::at::FinalResult;
use crate::clock::Instant;
use crate::modem::calls::ListTrust;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState, CommandError, Diagnosis, RequestId};
use std::time::Duration;

/// The network needs a moment to connect us.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Answer {
    request: RequestId,
    pub call: CallId,
    /// `CHLD=2` was sent: the caller waits beside another call.
    beside_another: bool,
}

impl Answer {
    pub fn new(request: RequestId, call: CallId) -> Self {
        Answer { request, call, beside_another: false }
    }

    /// `CHLD=2` is out.
    pub fn beside_another(&self) -> bool {
        self.beside_another
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
        let track = core.calls.track(self.call);
        if track.is_some_and(|track| track.answered_in_vain || track.ending) {
            // Answer was pressed twice; who rings now is somebody else.
            core.refuse(self.request, "The caller has given up", "Call back");
            return Step::Finished;
        }
        if track.is_some_and(|track| track.end_hint && track.who == WhoEnded::UsRejecting) {
            // Who rings now is somebody else.
            core.refuse(self.request, "You have rejected this call", "");
            return Step::Finished;
        }
        // Beside another call, ATA does not say which; CHLD=2 parks the other and takes this one.
        self.beside_another = call.state == CallState::Waiting || core.calls.list().len() > 1;
        if let Some(track) = core.calls.track_mut(self.call) {
            track.answering = true;
        }
        if !self.beside_another {
            let line = Request::line("ATA").expecting(Expect::CallResult).within(ANSWER_TIMEOUT);
            return Step::send(line);
        }
        core.calls.note_parked_for(self.call);
        let line = Request::line("AT+CHLD=2").expecting(Expect::CallResult);
        Step::send(line.within(ANSWER_TIMEOUT))
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) {
        core.poll_calls(now);
        let decides = core.calls.hints_decide();
        let Some(track) = core.calls.track_mut(self.call) else {
            return core.refuse(self.request, "The caller has given up", "Call back");
        };
        track.answering = false;
        if track.ending {
            // Somebody else rang in the meantime; if that one was answered the list tells, or the
            // modem's word.
            if let Some(other) = core.calls.ringing().map(|call| call.id)
                && response.is_ok()
                && decides
            {
                core.calls.set_state(other, CallState::Active, now);
            }
            return core.refuse(self.request, "The caller has given up", "Call back");
        }
        if !response.is_ok() {
            core.calls.forget_parked_for(self.call);
        }
        let Some(track) = core.calls.track_mut(self.call) else { return };
        let given_up = track.who != WhoEnded::NotUs;
        match &response.outcome {
            // The caller may have given up before the modem took the command; then it has only
            // parked the other call, and the list tells.
            Outcome::Final(FinalResult::Ok) if self.beside_another && !decides => {
                track.alive = true;
                track.answer_accepted = true;
                track.last_ring = now;
                core.done(self.request);
            }
            Outcome::Final(FinalResult::Ok | FinalResult::Connect(_)) => {
                track.alive = true;
                track.last_ring = now;
                core.calls.set_state(self.call, CallState::Active, now);
                if core.calls.trust != ListTrust::Works {
                    core.calls.park_others(self.call, now);
                }
                core.done(self.request);
            }
            _ if given_up => {
                let diagnosis = Diagnosis::new("You gave up the call", "");
                core.failed(self.request, CommandError::Cancelled, diagnosis);
            }
            Outcome::Final(result) => {
                if result.ends_call() {
                    track.end_hint = true;
                    track.answered_in_vain = true;
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
