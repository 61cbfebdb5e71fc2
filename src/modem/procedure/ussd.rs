//! Service codes (`+CUSD`, 27.007 §7.15). The network's answer comes by itself, some seconds later.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::super::text_mode::utf16_hex;
use super::super::timers::Timer;
use super::Step;
use crate::at::{Charset, CommandLine};
use crate::clock::Instant;
use crate::modem::types::ModemEvent;
use crate::phone::{RequestId, UssdCommand, UssdStatus};
use std::time::Duration;

/// The network answers within seconds or not at all.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Ussd {
    request: RequestId,
    command: UssdCommand,
    /// `<dcs>` was left out, as some modems want it.
    without_dcs: bool,
}

impl Ussd {
    pub fn new(request: RequestId, command: UssdCommand) -> Self {
        Ussd { request, command, without_dcs: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else { return self.send(core, now) };
        let cancel = self.command == UssdCommand::Cancel;
        match &response.outcome {
            Outcome::Final(result) if result.is_ok() => {
                if cancel {
                    end(core, "You ended the dialogue");
                }
                core.done(self.request);
            }
            Outcome::Final(_) if !cancel && !self.without_dcs => {
                self.without_dcs = true;
                return self.send(core, now);
            }
            outcome => {
                let (error, diagnosis) = match outcome {
                    Outcome::Final(result) => refusal(result, "The modem refused the code"),
                    Outcome::TimedOut | Outcome::Aborted => no_answer(),
                };
                end(core, &diagnosis.cause);
                core.failed(self.request, error, diagnosis);
            }
        }
        Step::Finished
    }

    fn send(&mut self, core: &mut Core, now: Instant) -> Step {
        let built = match &self.command {
            UssdCommand::Cancel => CommandLine::set("+CUSD").number(2).build(),
            UssdCommand::Send(text) => {
                // The strings of a modem without PDU mode are in UCS-2 where it can do that.
                let shown = match core.facts.charset {
                    Charset::Ucs2 => utf16_hex(text),
                    Charset::Ira | Charset::Gsm => text.clone(),
                };
                let builder = CommandLine::set("+CUSD").number(1).string(&shown);
                match self.without_dcs {
                    true => builder.build(),
                    false => builder.number(15).build(),
                }
            }
        };
        let Ok(line) = built else {
            core.refuse(self.request, "This can't be sent to the network", "Type plain characters");
            return Step::Finished;
        };
        if self.command != UssdCommand::Cancel {
            core.ussd_open = true;
            core.timers.set(Timer::Ussd, ANSWER_TIMEOUT, now);
            if !self.without_dcs {
                core.tell(ModemEvent::Ussd(UssdStatus::Waiting));
            }
        }
        Step::send(Request::new(&line).within(Duration::from_secs(30)))
    }
}

/// The dialogue is over.
pub(in crate::modem) fn end(core: &mut Core, why: &str) {
    core.timers.stop(Timer::Ussd);
    if std::mem::take(&mut core.ussd_open) {
        core.tell(ModemEvent::Ussd(UssdStatus::Ended(why.to_owned())));
    }
}
