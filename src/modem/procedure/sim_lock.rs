//! Another PIN, the question for it at every start, the barring password (`+CPWD`, `+CLCK="SC"`,
//! 27.007 §7.4, §7.5), and a PUK typed as a code.

use super::super::core::{Core, no_answer};
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::queue::Priority;
use super::asker::Asker;
use super::pin::{tries_go_first, wrong};
use super::pin_tries::{self, Left, start_anew, tries_words};
use super::service::service_refusal;
use super::{Procedure, Questions, SIM_STATE, Step};
use crate::at::response::cpin::{self, PinState};
use crate::at::{CommandLine, CommandLineError, FinalResult};
use crate::phone::{CommandError, Diagnosis, Secret};
use std::time::Duration;

/// The SIM answers at once; the network, asked for a password, may take its time.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::modem) enum Wish {
    ChangePin { old: Secret, new: Secret },
    ChangePin2 { old: Secret, new: Secret },
    SetLock { on: bool, pin: Secret },
    ChangePassword { facility: &'static str, old: Secret, new: Secret },
    Unblock { puk: Secret, new_pin: Secret, second: bool },
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct SimLock {
    asker: Asker,
    wish: Wish,
    /// The user knows that it may be the last try.
    last_try: bool,
    /// For a PUK: the SIM was asked whether it wants one.
    asked: bool,
    sent: bool,
}

/// Queues it. `last_try`: the user has confirmed it, though it may be the last one.
pub(in crate::modem) fn begin(asker: Asker, wish: Wish, last_try: bool, core: &mut Core) {
    let lock = SimLock { asker, wish, last_try, asked: false, sent: false };
    core.enqueue(Priority::User, Procedure::SimLock(Box::new(lock)));
}

impl SimLock {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let Some(response) = last else {
            // Whether this may be the last try is known before it is made.
            if !matches!(self.wish, Wish::ChangePassword { .. }) {
                pin_tries::ask_if_unknown(core);
                if tries_go_first(core) {
                    return Step::Pause;
                }
            }
            if let Err((error, why)) = self.check(core) {
                self.asker.failed(error, why, core);
                return Step::Finished;
            }
            self.asker.begins(core);
            if matches!(self.wish, Wish::Unblock { .. }) {
                self.asked = true;
                let ask = Request::line("AT+CPIN?").expecting(Expect::Prefix("+CPIN"));
                return Step::send(ask);
            }
            return self.send(core);
        };
        if !self.sent {
            // Given to a SIM that wants its PIN, the PUK may count as a wrong PIN.
            let state = response.lines.iter().find_map(|line| cpin::parse(line));
            let wanted = match &self.wish {
                Wish::Unblock { second: true, .. } => PinState::SimPuk2,
                _ => PinState::SimPuk,
            };
            if state == Some(wanted) {
                return self.send(core);
            }
            let cause = "The SIM does not ask for this PUK now";
            let why = Diagnosis::new(cause, "It does after three wrong PINs");
            self.asker.failed(CommandError::NotAllowedNow, why, core);
            return Step::Finished;
        }
        self.take(&response, core);
        Step::Finished
    }

    fn send(&mut self, core: &mut Core) -> Step {
        self.sent = true;
        match line(&self.wish) {
            Ok(line) => Step::send(Request::new(&line).within(TIMEOUT)),
            Err(_) => {
                self.asker.wrong("A PIN has digits only", "Type it again", core);
                Step::Finished
            }
        }
    }

    fn take(&self, response: &Response, core: &mut Core) {
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => self.succeeded(core),
            Outcome::Final(result) => {
                let (error, why) = self.refused(result, core);
                self.asker.failed(error, why, core);
            }
            Outcome::TimedOut | Outcome::Aborted => {
                let (error, why) = no_answer();
                self.asker.failed(error, why, core);
            }
        }
        let puk = matches!(self.wish, Wish::Unblock { .. });
        if puk || !response.is_ok() {
            let state = Questions::new(SIM_STATE, |_, _| {});
            core.enqueue(Priority::User, Procedure::Questions(state));
        }
        if !matches!(self.wish, Wish::ChangePassword { .. }) {
            pin_tries::ask(Priority::User, core);
        }
    }

    fn succeeded(&self, core: &mut Core) {
        if matches!(self.wish, Wish::ChangePin { .. } | Wish::SetLock { .. }) {
            start_anew(core);
        }
        let words = match self.wish {
            Wish::ChangePin { .. } => "The PIN is changed",
            Wish::ChangePin2 { .. } => "The PIN2 is changed",
            Wish::SetLock { on, .. } => {
                core.update_network(|network| network.pin_lock = Some(on));
                match on {
                    true => "The SIM asks for its PIN at every start",
                    false => "The SIM asks for no PIN any more",
                }
            }
            Wish::ChangePassword { .. } => "The barring password is changed",
            Wish::Unblock { second, .. } => match second {
                false => "The SIM has its new PIN",
                true => "The SIM has its new PIN2",
            },
        };
        self.asker.done(words, core);
    }

    fn refused(&self, result: &FinalResult, core: &mut Core) -> (CommandError, Diagnosis) {
        match self.wish {
            Wish::ChangePassword { .. } => service_refusal(result),
            Wish::ChangePin { .. } | Wish::SetLock { .. } => wrong(result, false, core),
            Wish::Unblock { second: false, .. } => wrong(result, true, core),
            Wish::ChangePin2 { .. } | Wish::Unblock { .. } => {
                super::super::core::refusal(result, "The SIM did not accept the code")
            }
        }
    }

    /// Nothing is sent that can't be right, or that might block the SIM without anybody wanting it.
    fn check(&self, core: &Core) -> Result<(), (CommandError, Diagnosis)> {
        let bad = |cause| Err((CommandError::BadInput, Diagnosis::new(cause, "Type it again")));
        let digits = |secret: &Secret, least, most| {
            let text = &secret.0;
            (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let right = match &self.wish {
            Wish::ChangePin { old, new } | Wish::ChangePin2 { old, new } => {
                digits(old, 4, 8) && digits(new, 4, 8)
            }
            Wish::SetLock { pin, .. } => digits(pin, 4, 8),
            Wish::ChangePassword { old, new, .. } => {
                if !digits(old, 4, 4) || !digits(new, 4, 4) {
                    return bad("The barring password has four digits");
                }
                true
            }
            Wish::Unblock { puk, new_pin, .. } => digits(puk, 8, 8) && digits(new_pin, 4, 8),
        };
        if !right {
            return bad("A PIN has four to eight digits, a PUK eight");
        }
        let unlocked = core.network().pin_lock == Some(false);
        if unlocked && matches!(self.wish, Wish::ChangePin { .. }) {
            let cause = "The PIN can be changed only while the SIM asks for it";
            let why = Diagnosis::new(cause, "Switch the question for the PIN on first");
            return Err((CommandError::NotAllowedNow, why));
        }
        let tries = &core.facts.services.tries;
        let told = |tries: Option<u8>| tries.map_or(Left::Unknown, Left::Told);
        let (left, puk) = match &self.wish {
            Wish::ChangePin { .. } | Wish::SetLock { .. } => (pin_tries::left(false, core), false),
            Wish::ChangePin2 { .. } => (told(tries.pin2), false),
            Wish::Unblock { second: false, .. } => (pin_tries::left(true, core), true),
            Wish::Unblock { .. } => (told(tries.puk2), true),
            Wish::ChangePassword { .. } => return Ok(()),
        };
        if left.may_be_last() && !self.last_try {
            let advice = "Be sure of the PIN, then confirm that you want this";
            let why = Diagnosis::new(&tries_words(left, puk), advice);
            return Err((CommandError::NotAllowedNow, why));
        }
        Ok(())
    }
}

fn line(wish: &Wish) -> Result<CommandLine, CommandLineError> {
    let password = |facility: &str, old: &Secret, new: &Secret| {
        let builder = CommandLine::set("+CPWD").string(facility);
        builder.secret_string(&old.0).secret_string(&new.0).build()
    };
    match wish {
        Wish::ChangePin { old, new } => password("SC", old, new),
        Wish::ChangePin2 { old, new } => password("P2", old, new),
        Wish::ChangePassword { facility, old, new } => password(facility, old, new),
        Wish::SetLock { on, pin } => {
            let builder = CommandLine::set("+CLCK").string("SC").number(i64::from(*on));
            builder.secret_string(&pin.0).build()
        }
        Wish::Unblock { puk, new_pin, .. } => {
            let builder = CommandLine::set("+CPIN").secret_string(&puk.0);
            builder.secret_string(&new_pin.0).build()
        }
    }
}
