//! Ending a call, and rejecting one that rings.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState, RequestId};
use std::time::Duration;

/// Hanging up may take the network a while.
const HANG_UP_TIMEOUT: Duration = Duration::from_secs(8);

/// Ends one call, whatever its state.
#[derive(Debug)]
pub(in crate::modem) struct Release {
    request: Option<RequestId>,
    pub call: CallId,
    /// The commands still to try.
    attempt: usize,
    /// `CHLD=1<idx>` was tried and refused.
    single_refused: bool,
    /// An answer to the `ATD` we broke off may still come.
    unanswered_abort: bool,
    last: Option<Response>,
}

impl Release {
    pub fn new(request: Option<RequestId>, call: CallId) -> Self {
        Release {
            request,
            call,
            attempt: 0,
            single_refused: false,
            unanswered_abort: false,
            last: None,
        }
    }

    /// Once more, with the next of the commands: the last one changed nothing.
    pub fn again(call: CallId) -> Self {
        Release { attempt: 1, ..Release::new(None, call) }
    }

    /// After an `ATD` was broken off and has not answered.
    pub fn after_abort(call: CallId) -> Self {
        Release { unanswered_abort: true, ..Release::new(None, call) }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last {
            if response.is_ok() {
                return self.accepted(core, now);
            }
            self.last = Some(response);
        }
        if core.calls.get(self.call).is_none() {
            if let Some(request) = self.request {
                core.done(request);
            }
            return Step::Finished;
        }
        let Some(line) = self.next_line(core) else { return self.refused(core, now) };
        if let Some(track) = core.calls.track_mut(self.call) {
            track.hang_up_sent = Some(now);
        }
        let request = Request::new(&line).within(HANG_UP_TIMEOUT);
        Step::send(match self.unanswered_abort {
            true => request.check_after(),
            false => request,
        })
    }

    /// One of several calls is ended by its index; the only one by what the profile says.
    fn next_line(&mut self, core: &Core) -> Option<CommandLine> {
        let others = core.calls.list().len() > 1;
        let call = core.calls.get(self.call)?;
        let index = core.calls.track(self.call).and_then(|track| track.index);
        // The plain hang-up ends the active call and leaves one that is held.
        let held = call.state == CallState::Held;
        if (others || held) && !self.single_refused {
            self.single_refused = true;
            let waiting = core.calls.list().iter().any(|call| call.state == CallState::Waiting);
            if call.state == CallState::Waiting || (held && index.is_none() && !waiting) {
                return Some(CommandLine::basic("AT+CHLD=0"));
            }
            if let Some(index) = index.filter(|index| *index < 10) {
                return CommandLine::set("+CHLD").number(10 + i64::from(index)).build().ok();
            }
        }
        let line = core.profile.hang_up.get(self.attempt).copied()?;
        self.attempt += 1;
        Some(CommandLine::basic(line))
    }

    fn accepted(&mut self, core: &mut Core, now: Instant) -> Step {
        let hints = core.calls.hints_decide();
        if let Some(track) = core.calls.track_mut(self.call) {
            track.end_hint = true;
            track.ending |= hints;
        }
        if hints {
            let network = core.network().clone();
            core.calls.release_ending(&network, now);
        }
        core.poll_calls(now);
        if let Some(request) = self.request {
            core.done(request);
        }
        Step::Finished
    }

    fn refused(&mut self, core: &mut Core, now: Instant) -> Step {
        core.poll_calls(now);
        // Nobody ends it but the other side, as far as we know.
        if let Some(track) = core.calls.track_mut(self.call) {
            track.who = WhoEnded::NotUs;
        }
        if let Some(request) = self.request {
            let (error, diagnosis) = match self.last.as_ref().map(|last| &last.outcome) {
                Some(Outcome::Final(result)) => refusal(result, "The modem did not hang up"),
                _ => no_answer(),
            };
            core.failed(request, error, diagnosis);
        }
        Step::Finished
    }
}

/// Rejects the call that rings.
#[derive(Debug)]
pub(in crate::modem) struct Reject {
    request: RequestId,
    call: CallId,
    attempt: usize,
    last: Option<Response>,
}

impl Reject {
    pub fn new(request: RequestId, call: CallId) -> Self {
        Reject { request, call, attempt: 0, last: None }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last {
            if response.is_ok() {
                return self.accepted(core, now);
            }
            self.last = Some(response);
        }
        let Some(call) = core.calls.get(self.call) else {
            core.done(self.request);
            return Step::Finished;
        };
        let beside_another = call.state == CallState::Waiting || core.calls.list().len() > 1;
        let lines: &[&'static str] =
            if beside_another { &["AT+CHLD=0"] } else { core.profile.hang_up };
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
            track.end_hint = true;
            track.ending |= hints || !track.listed;
        }
        let network = core.network().clone();
        core.calls.release_ending(&network, now);
        core.done(self.request);
        core.poll_calls(now);
        Step::Finished
    }

    fn refused(&mut self, core: &mut Core, now: Instant) -> Step {
        if let Some(track) = core.calls.track_mut(self.call) {
            track.who = WhoEnded::NotUs;
        }
        let (error, diagnosis) = match self.last.as_ref().map(|last| &last.outcome) {
            Some(Outcome::Final(result)) => refusal(result, "The modem did not reject the call"),
            _ => no_answer(),
        };
        core.failed(self.request, error, diagnosis);
        core.poll_calls(now);
        Step::Finished
    }
}
