//! Finding the modem, and the few settings without which nothing can be begun. It works on a modem
//! nobody has seen: a bare `AT` may be refused or ignored, and any answer to anything is a sign of
//! life.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::Step;
use super::questions::{Question, request};
use super::set_up::{ESSENTIAL, begin_set_up};
use crate::clock::Instant;
use crate::modem::exchange::Outcome;
use crate::modem::types::ModemEvent;
use crate::phone::Diagnosis;
use std::time::Duration;

/// Signs of life are looked for with these, in this order. ESC ends a prompt that another program
/// left open; `ATQ0V1` is for a modem that was told to keep silent or to answer in digits.
const KNOCKS: &[(&str, &str)] = &[
    ("", "AT"),
    ("\x1B", "AT"),
    ("", "ATE0"),
    ("", "ATQ0V1E0"),
    ("", "AT+CMEE=1"),
    ("", "AT+CGMI"),
    ("", "AT+CSQ"),
];

/// After the first sign of life, answers to other things may still come: to what an earlier program
/// asked, or to an ESC that ended its prompt. One taken for the next command's would put all later
/// ones out of step.
const SETTLE: Duration = Duration::from_millis(40);

/// What is due to our own earlier knocks comes within this time, one after the other, if the modem
/// is slow rather than deaf to them.
const OVERDUE: Duration = Duration::from_millis(1100);

/// The same where an answer was seen to be another line's.
const DRAIN: Duration = Duration::from_millis(4500);

/// A port that says `OK` for ever is not waited for.
const MOST_SURPLUS: u8 = 16;

const KNOCK_WAIT: Duration = Duration::from_millis(1000);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Stage {
    /// Nothing has answered yet.
    #[default]
    Knocking,
    /// Answers to earlier things are waited for.
    Settling,
    /// More came than was asked for: was it left over, or is everything said twice?
    Counting,
    /// The answer to that is there; does it come again?
    Recounting,
    /// The essential settings.
    Asking,
    /// Their answers are out of step: knocks that were thought to be lost are answered after all.
    Draining,
}

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct Connect {
    stage: Stage,
    knock: usize,
    /// Knocks whose answers may still come, and how many have.
    overdue: u8,
    late: u8,
    /// Results beside those, in all and since the last count began.
    surplus: u8,
    repeated: bool,
    /// Late answers were waited for once more.
    drained: bool,
    question: usize,
    alternative: usize,
    /// Questions in a row that got no answer.
    unanswered: u8,
    /// Something other than our own words came.
    heard: Heard,
}

/// What came from the port while nothing was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::modem) struct Heard {
    pub bytes: usize,
    pub lines: usize,
    pub echoes: usize,
    pub satellites: bool,
}

impl Connect {
    /// Something came from the port.
    pub fn hear(&mut self, heard: Heard) {
        self.heard = heard;
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match self.stage {
            Stage::Knocking => self.knock(last.as_ref(), core),
            Stage::Settling | Stage::Recounting => self.settle(last.as_ref(), core, now),
            Stage::Counting => {
                self.stage = Stage::Recounting;
                self.pause()
            }
            Stage::Asking => self.ask(last, core, now),
            Stage::Draining => self.drain(last.as_ref(), core, now),
        }
    }

    fn knock(&mut self, last: Option<&Response>, core: &mut Core) -> Step {
        if let Some(response) = last {
            if let Outcome::Final(_) = &response.outcome {
                core.facts.probe = KNOCKS.get(self.knock).map_or("AT", |knock| knock.1);
                self.overdue = u8::try_from(self.knock).unwrap_or(u8::MAX);
                self.stage = Stage::Settling;
                return self.pause();
            }
            self.knock += 1;
        }
        match KNOCKS.get(self.knock) {
            Some((before, line)) => Step::send(knock(before, line)),
            None => Step::GiveUp(self.diagnosis()),
        }
    }

    fn pause(&self) -> Step {
        Step::send(Request::pause(if self.overdue > 0 { OVERDUE } else { SETTLE }))
    }

    /// Takes whatever comes until nothing does, and learns from it how the modem answers.
    fn settle(&mut self, last: Option<&Response>, core: &mut Core, now: Instant) -> Step {
        let more = last.is_some_and(|response| !response.timed_out());
        if more && self.overdue > 0 {
            self.overdue -= 1;
            self.late += 1;
            return self.pause();
        }
        if more && self.surplus < MOST_SURPLUS {
            self.surplus += 1;
            self.repeated = true;
            return self.pause();
        }
        if self.late > 0 {
            core.facts.patience = Duration::from_secs(2 + 3 * u64::from(self.late));
        }
        if self.repeated && self.stage == Stage::Settling {
            self.stage = Stage::Counting;
            self.repeated = false;
            return Step::send(knock("", core.facts.probe));
        }
        core.facts.repeats_results = self.repeated;
        self.stage = Stage::Asking;
        self.ask(None, core, now)
    }

    /// The essential settings.
    fn ask(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let (Some(response), Some(question)) = (last, ESSENTIAL.get(self.question)) {
            self.unanswered = if response.timed_out() { self.unanswered + 1 } else { 0 };
            let said_nothing = response.is_ok() && response.lines.is_empty();
            let asked = question.lines.first().is_some_and(|line| line.ends_with('?'));
            if asked && said_nothing && self.overdue > 0 && !self.drained {
                self.drained = true;
                self.stage = Stage::Draining;
                return Step::send(Request::pause(DRAIN));
            }
            self.take(question, &response, core, now);
        }
        core.queue.help_first();
        match ESSENTIAL.get(self.question) {
            Some(question) => Step::send(request(question, self.alternative)),
            None => {
                core.ready = true;
                core.tell(ModemEvent::Ready);
                begin_set_up(core, now);
                Step::Finished
            }
        }
    }

    /// Everything that is due comes, then the essentials are asked for anew.
    fn drain(&mut self, last: Option<&Response>, core: &mut Core, now: Instant) -> Step {
        if last.is_some_and(|response| !response.timed_out()) && self.surplus < MOST_SURPLUS {
            self.surplus += 1;
            self.overdue = self.overdue.saturating_sub(1);
            return Step::send(Request::pause(if self.overdue > 0 { DRAIN } else { SETTLE }));
        }
        self.stage = Stage::Asking;
        self.question = 0;
        self.alternative = 0;
        self.ask(None, core, now)
    }

    fn take(&mut self, question: &Question, response: &Response, core: &mut Core, now: Instant) {
        let more = self.alternative + 1 < question.lines.len();
        if more && !response.is_ok() && !response.timed_out() {
            self.alternative += 1;
            return;
        }
        (question.then)(response, core, now);
        self.question += 1;
        self.alternative = 0;
    }

    /// Why nothing answers, from what was heard.
    fn diagnosis(&self) -> Diagnosis {
        let (cause, advice) = match self.heard {
            Heard { satellites: true, .. } => (
                "This port sends satellite positions and takes no commands",
                "Choose another port of the same modem",
            ),
            Heard { bytes: 0, .. } => (
                "Nothing answers at this port",
                "Choose another port of the same modem; check the speed, and that the modem is on",
            ),
            Heard { lines, echoes, .. } if echoes > 0 && lines == echoes => (
                "This port only repeats what is sent and takes no commands",
                "Choose another port of the same modem",
            ),
            _ => (
                "Something answers at this port, but not as a modem does",
                "Check the speed; close other programs that use the modem; try its other ports",
            ),
        };
        Diagnosis::new(cause, advice)
    }
}

fn knock(before: &str, line: &'static str) -> Request {
    let mut request = Request::line(line).within(KNOCK_WAIT).without_recovery();
    request.bytes.splice(0..0, before.bytes());
    request.expecting(Expect::Text)
}
