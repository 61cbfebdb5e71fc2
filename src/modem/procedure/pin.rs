//! Giving the SIM its PIN, or its PUK with a new PIN (`+CPIN`, 27.007 §8.3).

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::super::queue::{Priority, Waiting};
use super::pin_tries::{self, Left, count_down, start_anew, tries_words};
use super::{Procedure, Questions, SIM_STATE, Step};
use crate::at::{CommandLine, CommandLineError, FinalResult};
use crate::clock::Instant;
use crate::phone::{CommandError, Diagnosis, RequestId, Secret, SimState};
use std::time::Duration;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct EnterPin {
    request: RequestId,
    code: Secret,
    new_pin: Option<Secret>,
    /// The user knows that it is the last try.
    last_try: bool,
}

impl EnterPin {
    pub fn new(request: RequestId, code: Secret, new_pin: Option<Secret>, last_try: bool) -> Self {
        EnterPin { request, code, new_pin, last_try }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, _now: Instant) -> Step {
        let Some(response) = last else {
            if tries_go_first(core) {
                return Step::Pause;
            }
            if let Err((error, diagnosis)) = self.check(core) {
                core.failed(self.request, error, diagnosis);
                return Step::Finished;
            }
            return match self.line() {
                // The SIM is unlocked and read before some modems answer.
                Ok(line) => Step::send(Request::new(&line).within(Duration::from_secs(20))),
                Err(_) => {
                    core.failed(self.request, CommandError::BadInput, digits_only());
                    Step::Finished
                }
            };
        };
        match &response.outcome {
            Outcome::Final(FinalResult::Ok) => {
                start_anew(core);
                core.done(self.request);
            }
            // No code was asked for, so none was wrong.
            Outcome::Final(result) if core.network().sim == SimState::Ready => {
                let (error, diagnosis) = refusal(result, "The SIM asks for no PIN now");
                core.failed(self.request, error, diagnosis);
            }
            Outcome::Final(result) => {
                let (error, diagnosis) = wrong(result, self.is_puk(core), core);
                core.failed(self.request, error, diagnosis);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, diagnosis) = no_answer();
                core.failed(self.request, error, diagnosis);
            }
        }
        core.enqueue(Priority::User, Procedure::Questions(Questions::new(SIM_STATE, |_, _| {})));
        pin_tries::ask(Priority::User, core);
        Step::Finished
    }

    fn is_puk(&self, core: &Core) -> bool {
        self.new_pin.is_some() || matches!(core.network().sim, SimState::PukRequired(_))
    }

    /// A try is not spent on what can't be right, and the last one not by accident.
    fn check(&self, core: &Core) -> Result<(), (CommandError, Diagnosis)> {
        let bad = |cause, advice| Err((CommandError::BadInput, Diagnosis::new(cause, advice)));
        let mut codes = std::iter::once(&self.code).chain(&self.new_pin);
        if codes.any(|code| !code.0.bytes().all(|b| b.is_ascii_digit())) {
            return Err((CommandError::BadInput, digits_only()));
        }
        let right = |code: &Secret| (4..=8).contains(&code.0.len());
        if !right(&self.code) || !self.new_pin.as_ref().is_none_or(right) {
            return bad("A PIN has four to eight digits, a PUK eight", "Type it again");
        }
        match (&core.network().sim, &self.new_pin) {
            (SimState::PukRequired(_), None) => {
                return bad("The SIM asks for its PUK", "Enter the PUK and a new PIN");
            }
            // Some modems would take the PUK for a PIN, and count it as wrong.
            (SimState::PinRequired(_), Some(_)) => {
                return bad("The SIM asks for its PIN, not for the PUK", "Enter the PIN");
            }
            (SimState::PinRequired(_), None) | (SimState::PukRequired(_), Some(_)) => {}
            // 27.007 §8.3: a lock of the modem, which has its own code and its own tries.
            (SimState::Locked(_), _) => {
                return bad(
                    "The modem is locked to a network or a card, and asks for the code of that lock",
                    "Whoever sold the modem has the code; the PIN of the SIM does not open it",
                );
            }
            _ => return Ok(()),
        }
        let puk = self.new_pin.is_some();
        let left = pin_tries::left(puk, core);
        if left.may_be_last() && !self.last_try {
            let cause = tries_words(left, puk);
            let advice = "Be sure of the code, then confirm that you want this";
            let why = Diagnosis::new(&cause, advice);
            return Err((CommandError::NotAllowedNow, why));
        }
        Ok(())
    }

    fn line(&self) -> Result<CommandLine, CommandLineError> {
        let builder = CommandLine::set("+CPIN").secret_string(&self.code.0);
        match &self.new_pin {
            Some(pin) => builder.secret_string(&pin.0).build(),
            None => builder.build(),
        }
    }
}

/// The tries are still being asked for: that goes before a code, which may be for the last one.
pub(super) fn tries_go_first(core: &mut Core) -> bool {
    let asking = core.queue.remove(|procedure| matches!(procedure, Procedure::PinTries(_)));
    let any = !asking.is_empty();
    for procedure in asking {
        core.queue.push_front(Waiting { priority: Priority::User, procedure, request: None });
    }
    any
}

fn digits_only() -> Diagnosis {
    Diagnosis::new("A PIN has digits only", "Type it again")
}

/// What a refusal of a PIN or a PUK says, with the tries that are left then. A modem that only says
/// `ERROR`, or that it does not know, may have spent one; that the code was wrong nobody has said.
pub(super) fn wrong(result: &FinalResult, puk: bool, core: &mut Core) -> (CommandError, Diagnosis) {
    let (error, diagnosis) = refusal(result, "The modem refused this without a reason");
    let number = match result {
        FinalResult::CmeError(error) => error.number,
        FinalResult::Error => Some(UNKNOWN),
        _ => None,
    };
    if !matches!(number, Some(12 | 16 | UNKNOWN)) {
        return (error, diagnosis);
    }
    // The SIM asks for its PUK: that was the last one.
    let left = match number {
        Some(12) if !puk => {
            core.facts.services.tries.pin = Some(0);
            Left::Told(0)
        }
        _ => count_down(puk, core),
    };
    let tries = tries_words(left, puk);
    let told = match (number, puk) {
        (Some(UNKNOWN), _) => {
            let code = if puk { "PUK" } else { "PIN" };
            Diagnosis::new(&diagnosis.cause, &format!("Perhaps the {code} was wrong. {tries}"))
        }
        (_, true) => Diagnosis::new("The PUK was wrong", &tries),
        (_, false) => Diagnosis::new("The PIN was wrong", &tries),
    };
    (error, told.with_evidence(diagnosis.evidence))
}

/// `+CME ERROR: 100`.
const UNKNOWN: u16 = 100;
