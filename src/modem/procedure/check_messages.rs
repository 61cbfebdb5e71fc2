//! Looking for texts that were not announced: an announcement may be lost on its way, and some
//! modems make none.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::list_messages::list;
use super::memory::note_counts;
use super::{Procedure, Step};
use crate::clock::Instant;
use std::time::Duration;

/// How often they are looked for.
const EVERY: Duration = Duration::from_secs(15);

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct CheckMessages;

impl CheckMessages {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let memory = core.facts.memory.clone();
        let Some(response) = last else {
            if core.facts.announced && core.facts.counts_messages && !core.take_list_wanted() {
                let ask = Request::line("AT+CPMS?").expecting(Expect::Prefix("+CPMS"));
                return Step::send(ask.within(Duration::from_secs(5)));
            }
            list(&memory, core);
            core.timers.set_at_latest(Timer::CheckMessages, EVERY, now);
            return Step::Finished;
        };
        match note_counts(&response, core) {
            Some(used) if core.expected_messages() == Some(usize::from(used)) => {}
            None if response.timed_out() => {}
            // Another memory is selected, or there are texts that we do not know.
            _ if response.is_ok() => list(&memory, core),
            _ => core.facts.counts_messages = false,
        }
        core.timers.set_at_latest(Timer::CheckMessages, EVERY, now);
        Step::Finished
    }
}

impl Core {
    /// Looks for texts as soon as the channel is free.
    pub(in crate::modem) fn check_messages(&mut self, now: Instant) {
        self.timers.set(Timer::CheckMessages, EVERY, now);
        let same = |other: &Procedure| matches!(other, Procedure::CheckMessages(_));
        let check = Procedure::CheckMessages(CheckMessages);
        self.enqueue_once(Priority::Background, check, same);
    }

    /// How often to look for texts.
    pub(in crate::modem) fn check_messages_every(&self) -> Duration {
        EVERY
    }
}
