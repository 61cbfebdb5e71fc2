//! Forwarding the call that rings to another number (`+CTFR`, 27.007 §7.14).

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::number::DialString;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState, RequestId};
use std::time::Duration;

/// The network may need a while.
const TIMEOUT: Duration = Duration::from_secs(10);

/// `<type>` (24.008 §10.5.4.7): with a country code, and without one that is known.
const INTERNATIONAL: i64 = 145;
const UNKNOWN: i64 = 129;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Deflect {
    request: RequestId,
    call: CallId,
    to: DialString,
    /// `<type>` was left out, as some modems want it.
    without_type: bool,
}

impl Deflect {
    pub fn new(request: RequestId, call: CallId, to: DialString) -> Self {
        Deflect { request, call, to, without_type: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else { return self.send(core) };
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => self.accepted(core, now),
            Outcome::Final(_) if !self.without_type => {
                self.without_type = true;
                return self.send(core);
            }
            outcome => {
                let (error, diagnosis) = match outcome {
                    Outcome::Final(result) => {
                        service_refusal(result, "The call could not be forwarded")
                    }
                    Outcome::TimedOut | Outcome::Aborted => no_answer(),
                };
                core.failed(self.request, error, diagnosis);
            }
        }
        core.poll_calls(now);
        Step::Finished
    }

    fn send(&self, core: &mut Core) -> Step {
        let rings = |state: &CallState| matches!(state, CallState::Incoming | CallState::Waiting);
        if !core.calls.get(self.call).is_some_and(|call| rings(&call.state)) {
            core.refuse(self.request, "The caller has given up", "Call back");
            return Step::Finished;
        }
        let number = self.to.as_str();
        let kind = if number.starts_with('+') { INTERNATIONAL } else { UNKNOWN };
        let builder = CommandLine::set("+CTFR").string(number);
        let line = if self.without_type { builder.build() } else { builder.number(kind).build() };
        match line {
            Ok(line) => Step::send(Request::new(&line).within(TIMEOUT)),
            Err(_) => {
                core.refuse(self.request, "This is no number to forward to", "Type digits");
                Step::Finished
            }
        }
    }

    fn accepted(&self, core: &mut Core, now: Instant) {
        let hints = core.calls.hints_decide();
        if let Some(track) = core.calls.track_mut(self.call) {
            track.who = WhoEnded::UsRejecting;
            track.end_words = format!("You forwarded the caller to {}", self.to.as_str());
            track.end_hint = true;
            track.ending |= hints || !track.listed;
        }
        let network = core.network().clone();
        core.calls.release_ending(&network, now);
        core.done(self.request);
    }
}
