//! Giving the SIM its PIN, or its PUK with a new PIN (`+CPIN`, 27.007 §8.3).

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::super::queue::Priority;
use super::{Procedure, Questions, SIM_STATE, Step};
use crate::at::{CommandLine, CommandLineError, FinalResult};
use crate::clock::Instant;
use crate::phone::{CommandError, Diagnosis, RequestId, Secret};
use std::time::Duration;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct EnterPin {
    request: RequestId,
    code: Secret,
    new_pin: Option<Secret>,
}

impl EnterPin {
    pub fn new(request: RequestId, code: Secret, new_pin: Option<Secret>) -> Self {
        EnterPin { request, code, new_pin }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, _now: Instant) -> Step {
        let Some(response) = last else {
            return match self.line() {
                // The SIM is unlocked and read before some modems answer.
                Ok(line) => Step::send(Request::new(&line).within(Duration::from_secs(20))),
                Err(_) => {
                    let diagnosis = Diagnosis::new("A PIN has digits only", "Type it again");
                    core.failed(self.request, CommandError::BadInput, diagnosis);
                    Step::Finished
                }
            };
        };
        match &response.outcome {
            Outcome::Final(FinalResult::Ok) => core.done(self.request),
            Outcome::Final(result) => {
                let (error, diagnosis) = refusal(result, "The SIM did not accept the code");
                core.failed(self.request, error, diagnosis);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                core.failed(self.request, error, diagnosis);
            }
        }
        core.enqueue(Priority::User, Procedure::Questions(Questions::new(SIM_STATE, |_, _| {})));
        Step::Finished
    }

    fn line(&self) -> Result<CommandLine, CommandLineError> {
        let builder = CommandLine::set("+CPIN").secret_string(&self.code.0);
        match &self.new_pin {
            Some(pin) => builder.secret_string(&pin.0).build(),
            None => builder.build(),
        }
    }
}
