//! Holding the active call, taking the held one back, swapping the two.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use crate::clock::Instant;
use crate::phone::{CallId, CallState, RequestId};
use std::time::Duration;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Swap {
    request: RequestId,
}

impl Swap {
    pub fn new(request: RequestId) -> Self {
        Swap { request }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else {
            return Step::send(Request::line("AT+CHLD=2").within(Duration::from_secs(8)));
        };
        core.poll_calls(now);
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => {
                if core.calls.hints_decide() {
                    swap_states(core, now);
                }
                core.done(self.request);
            }
            Outcome::Final(result) => {
                let (error, diagnosis) = refusal(result, "The modem can't hold calls");
                core.failed(self.request, error, diagnosis);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                core.failed(self.request, error, diagnosis);
            }
        }
        Step::Finished
    }
}

/// Without a list of calls, what `OK` means is all that is known.
fn swap_states(core: &mut Core, now: Instant) {
    let swapped: Vec<(CallId, CallState)> = core
        .calls
        .list()
        .iter()
        .filter_map(|call| match call.state {
            CallState::Active => Some((call.id, CallState::Held)),
            CallState::Held => Some((call.id, CallState::Active)),
            _ => None,
        })
        .collect();
    for (id, state) in swapped {
        core.calls.set_state(id, state, now);
    }
}
