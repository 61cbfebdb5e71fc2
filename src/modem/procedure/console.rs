//! A command line of the user's own, as typed.

use super::super::core::{Core, no_answer};
use super::super::exchange::{Expect, Outcome, Payload, Request, Response, typed_call};
use super::super::queue::Priority;
use super::{AFTER_CONSOLE, Procedure, Questions, Step};
use crate::at::CommandLine;
use crate::modem::types::ModemEvent;
use crate::phone::RequestId;
use std::fmt;
use std::time::Duration;

/// Most commands answer at once. A lost answer must not keep the phone from ringing for long.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How long these may take: looking for networks up to three minutes, whatever asks the network
/// up to one.
const LONG: &[(&str, Duration)] = &[
    ("+COPS=", Duration::from_secs(180)),
    ("ATD", Duration::from_secs(60)),
    ("ATA", Duration::from_secs(60)),
    ("+CFUN=", Duration::from_secs(60)),
    ("+CCFC", Duration::from_secs(60)),
    ("+CLCK", Duration::from_secs(60)),
    ("+CCWA", Duration::from_secs(60)),
    ("+CMGS", Duration::from_secs(60)),
    ("+CMSS", Duration::from_secs(60)),
    ("+CMGL", Duration::from_secs(60)),
    ("+CUSD", Duration::from_secs(60)),
];

/// After these our settings have to be made again.
const CHANGES_SETTINGS: &[&str] = &[
    "ATZ", "AT&F", "ATE", "ATV", "ATQ", "ATX", "AT+CMGF=", "AT+CMEE=", "AT+CLIP=", "AT+CFUN=",
    "AT+CSCS=", "AT+CSDH=", "AT+CSMP=",
];

/// The machine.
pub(in crate::modem) struct Console {
    request: RequestId,
    line: CommandLine,
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console").field("line", &self.line.masked()).finish()
    }
}

impl Console {
    pub fn new(request: RequestId, line: CommandLine) -> Self {
        Console { request, line }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let typed = self.line.as_str().to_ascii_uppercase();
        let Some(response) = last else {
            if typed_call(&typed) && typed.starts_with("ATD") && !typed.ends_with(';') {
                core.notice(
                    "This places a data call",
                    "End the line with a semicolon for a voice call",
                    true,
                );
            }
            // A prompt can't be answered from the console, so ESC takes it back.
            let escape =
                Payload { bytes: vec![0x1B], handed_over: None, timeout: Duration::from_secs(10) };
            let mut request = Request::new(&self.line).expecting(Expect::Everything);
            request.payload = Some(escape);
            let long = LONG.iter().find(|(name, _)| typed.contains(name));
            return Step::send(request.within(long.map_or(TIMEOUT, |(_, timeout)| *timeout)));
        };
        self.take(response, core);
        if typed.contains("+CPMS") {
            core.facts.selected = None;
        }
        if CHANGES_SETTINGS.iter().any(|head| typed.starts_with(head)) {
            let again = Questions::new(AFTER_CONSOLE, |_, _| {});
            core.enqueue(Priority::User, Procedure::Questions(again));
        }
        Step::Finished
    }

    fn take(&self, response: Response, core: &mut Core) {
        let ok = response.is_ok();
        let request = self.request;
        let result = response.result_line();
        let mut lines = response.lines;
        if response.handed_over {
            core.notice(
                "The modem asked for a text, which the console can't give",
                "Send texts from the conversations",
                false,
            );
        }
        match (&response.outcome, result) {
            (Outcome::Final(_), Some(result)) => {
                lines.push(result);
                core.tell(ModemEvent::ConsoleAnswer { request, lines, ok });
                // The user sees what the modem said; that it said so is success enough.
                core.done(request);
            }
            _ => {
                core.tell(ModemEvent::ConsoleAnswer { request, lines, ok: false });
                let (error, diagnosis) = no_answer();
                core.failed(request, error, diagnosis);
            }
        }
    }
}
