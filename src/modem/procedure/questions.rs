//! Asking the modem a table of questions, one after the other, with a pause between any two so that
//! what the user wants never waits for more than one of them.

use super::super::core::Core;
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::queue::Priority;
use super::{Procedure, SIM_STATE, STATUS, Step};
use crate::at::{CommandLine, FinalResult};
use crate::clock::Instant;
use crate::phone::{CommandError, RequestId};
use std::time::Duration;

/// One question, as data.
#[derive(Debug)]
pub(in crate::modem) struct Question {
    /// Ways to ask, tried in this order until one is answered with `OK`.
    pub lines: &'static [&'static str],
    /// Which lines are the answer.
    pub expect: Expect,
    /// How long the answer may take.
    pub seconds: u64,
    /// What to do with the answer, or with the refusal of the last way to ask.
    pub then: fn(&Response, &mut Core, Instant),
}

impl Question {
    /// A setting: nothing but `OK` or an error, and neither matters.
    pub const fn setting(lines: &'static [&'static str]) -> Self {
        Question { lines, expect: Expect::Nothing, seconds: 3, then: |_, _, _| {} }
    }
}

/// A question that was refused so often in a row is not asked any more.
const REFUSALS: u8 = 3;

/// A question that got no answer is not asked again before this.
const AGAIN: Duration = Duration::from_secs(60);

/// What comes when all is asked.
pub(in crate::modem) type Finish = fn(&mut Core, Instant);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Questions {
    table: &'static [Question],
    at: usize,
    alternative: usize,
    answered: bool,
    finish: Finish,
    /// The user waits for it.
    request: Option<RequestId>,
    /// A call waits for it.
    for_call: bool,
}

impl Questions {
    pub fn new(table: &'static [Question], finish: Finish) -> Self {
        Questions {
            table,
            at: 0,
            alternative: 0,
            answered: false,
            finish,
            request: None,
            for_call: false,
        }
    }

    /// Asked by the user.
    pub fn for_request(table: &'static [Question], request: RequestId) -> Self {
        Questions { request: Some(request), ..Questions::new(table, |_, _| {}) }
    }

    /// Asked for a call that waits for the answers.
    pub fn for_call(table: &'static [Question], finish: Finish) -> Self {
        Questions { for_call: true, ..Questions::new(table, finish) }
    }

    /// A call waits for it.
    pub fn call_waits(&self) -> bool {
        self.for_call
    }

    /// The user asked for it.
    pub fn for_user(&self) -> bool {
        self.request.is_some()
    }

    /// This table is being asked. Tables of the same questions may be one.
    pub fn asks(&self, table: &'static [Question]) -> bool {
        std::ptr::eq(self.table, table)
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last {
            self.answered |= !response.timed_out();
            self.take(&response, core, now);
            return Step::Pause;
        }
        while let Some(line) = self.table.get(self.at).and_then(|question| question.lines.first())
            && self.is_in_vain(line, core, now)
        {
            self.at += 1;
        }
        match self.table.get(self.at) {
            Some(question) => Step::send(request(question, self.alternative)),
            None => {
                self.tell_outcome(core);
                (self.finish)(core, now);
                Step::Finished
            }
        }
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) {
        let Some(question) = self.table.get(self.at) else { return };
        let more = self.alternative + 1 < question.lines.len();
        // A SIM that is still starting refuses every way to ask; another way helps nothing.
        let busy = matches!(&response.outcome,
            Outcome::Final(FinalResult::CmeError(e)) if e.is_temporary());
        if more && !busy && !response.is_ok() && !response.timed_out() {
            self.alternative += 1;
            return;
        }
        if let Some(line) = question.lines.first().filter(|_| response.timed_out()) {
            core.facts.unanswered.insert(line, now);
        }
        if let Some(line) = question.lines.first().filter(|line| line.ends_with('?')) {
            match is_unknown(response) {
                false => core.facts.refused.remove(line),
                true => {
                    let times = core.facts.refused.get(line).copied().unwrap_or(0);
                    core.facts.refused.insert(line, times.saturating_add(1))
                }
            };
        }
        (question.then)(response, core, now);
        self.at += 1;
        self.alternative = 0;
    }

    /// What a modem has refused again and again it does not know. One that has just left a question
    /// without an answer shall not block the channel with it again so soon, if it can wait.
    fn is_in_vain(&self, line: &str, core: &Core, now: Instant) -> bool {
        // A card may be put in at any time, and a modem without error numbers says just ERROR.
        if self.asks(SIM_STATE) {
            return false;
        }
        core.facts.refused.get(line).is_some_and(|times| *times >= REFUSALS)
            || self.asks(STATUS)
                && self.request.is_none()
                && core.facts.unanswered.get(line).is_some_and(|at| now.since(*at) < AGAIN)
    }

    fn tell_outcome(&self, core: &mut Core) {
        let Some(request) = self.request else { return };
        if self.answered {
            core.done(request);
        } else {
            let (error, diagnosis) = super::super::core::no_answer();
            debug_assert_eq!(error, CommandError::TimedOut);
            core.failed(request, error, diagnosis);
        }
    }
}

/// The modem seems not to know the question. An error that speaks of the SIM or the network (27.007
/// §9.2) says that it does, and a silence says nothing.
fn is_unknown(response: &Response) -> bool {
    match &response.outcome {
        Outcome::Final(FinalResult::CmeError(error)) => {
            !error.is_temporary() && !matches!(error.number, Some(5..=7 | 10..=18 | 30..=32))
        }
        Outcome::Final(result) => !result.is_ok(),
        Outcome::TimedOut | Outcome::Aborted => false,
    }
}

impl Core {
    /// Asks a table of questions, unless it is going to be asked anyway.
    pub(in crate::modem) fn ask_once(&mut self, priority: Priority, table: &'static [Question]) {
        let same = |other: &Procedure| match other {
            Procedure::Questions(questions) => questions.asks(table),
            _ => false,
        };
        let questions = Procedure::Questions(Questions::new(table, |_, _| {}));
        self.enqueue_once(priority, questions, same);
    }
}

/// The request that asks a question in one of its ways.
pub(super) fn request(question: &Question, alternative: usize) -> Request {
    let line = question.lines.get(alternative).copied().unwrap_or("AT");
    Request::new(&CommandLine::basic(line))
        .expecting(question.expect)
        .within(Duration::from_secs(question.seconds))
}
