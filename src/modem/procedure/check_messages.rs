//! Looking for texts that were not announced: an announcement may be lost on its way, and some
//! modems make none.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::super::timers::Timer;
use super::Step;
use super::list_messages::list;
use super::memory::note_counts;
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
            Some(_) => list(&memory, core),
            None if response.timed_out() => {}
            None => core.facts.counts_messages = false,
        }
        core.timers.set_at_latest(Timer::CheckMessages, EVERY, now);
        Step::Finished
    }
}

impl Core {
    /// How often to look for texts.
    pub(in crate::modem) fn check_messages_every(&self) -> Duration {
        EVERY
    }
}
