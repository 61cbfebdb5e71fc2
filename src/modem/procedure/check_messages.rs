//! Looking for texts that were not announced: an announcement may be lost on its way, and some
//! modems make none.

use super::super::core::{Core, Fullness};
use super::super::exchange::{Expect, Request, Response};
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::list_messages::{list, list_all, list_what_changed};
use super::memory::note_counts;
use super::{MODE, Procedure, Step};
use crate::clock::Instant;
use std::time::Duration;

/// How often they are looked for.
const EVERY: Duration = Duration::from_secs(15);

/// After so many looks at the memory that new texts go to, the others are looked at too.
const LOOKS: u8 = 4;

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct CheckMessages;

impl CheckMessages {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        core.check_routing(now);
        if core.facts.mode_unknown {
            core.ask_once(Priority::Background, MODE);
        }
        let memory = core.facts.memory.clone();
        let Some(response) = last else {
            if core.facts.announced && core.facts.counts_messages && !core.take_list_wanted() {
                let ask = Request::line("AT+CPMS?").expecting(Expect::Prefix("+CPMS"));
                return Step::send(ask.within(Duration::from_secs(5)));
            }
            // Not only there: class 2 goes to the SIM, whatever memory is preferred (23.038 §4).
            list_all(core);
            core.facts.looks = 0;
            core.timers.set_at_latest(Timer::CheckMessages, EVERY, now);
            return Step::Finished;
        };
        let counted = note_counts(&response, core);
        warn_of_fullness(core);
        match counted {
            Some(used) if core.expected_messages(&memory) == Some(usize::from(used)) => {}
            None if response.timed_out() => {}
            // Another memory is selected, or there are texts that we do not know.
            _ if response.is_ok() => list(&memory, core),
            _ => core.facts.counts_messages = false,
        }
        core.facts.looks += 1;
        if core.facts.looks >= LOOKS {
            core.facts.looks = 0;
            list_what_changed(core);
        }
        core.timers.set_at_latest(Timer::CheckMessages, EVERY, now);
        Step::Finished
    }
}

/// Tells the user once that the memory is nearly full, and once that it is. Texts that are going to
/// be deleted don't count.
fn warn_of_fullness(core: &mut Core) {
    let leaving = |waiting: &Procedure| {
        matches!(waiting, Procedure::DeleteMessage(_) | Procedure::ReadMessage(_))
    };
    let Some((used, total)) = core.network().message_storage.filter(|(_, total)| *total > 0) else {
        return;
    };
    let fullness = match (u32::from(used), u32::from(total)) {
        (used, total) if used >= total => Fullness::Full,
        (used, total) if used * 10 >= total * 9 => Fullness::Nearly,
        (used, total) if used * 10 >= total * 8 => core.facts.fullness_told.min(Fullness::Nearly),
        _ => Fullness::Roomy,
    };
    let before = core.facts.fullness_told;
    if fullness < before {
        core.facts.fullness_told = fullness;
    } else if fullness > before && !core.queue.any(leaving) {
        core.tell_fullness(fullness, Some((used, total)));
    }
}

impl Core {
    /// Tells the user how full the memory for texts is, once.
    pub(in crate::modem) fn tell_fullness(
        &mut self,
        fullness: Fullness,
        counts: Option<(u16, u16)>,
    ) {
        if fullness <= self.facts.fullness_told {
            return;
        }
        self.facts.fullness_told = fullness;
        let counts =
            counts.map(|(used, all)| format!(" ({used} of {all} places)")).unwrap_or_default();
        let text = match fullness {
            Fullness::Full => format!(
                "The modem's memory for texts is full{counts}, so new texts wait in the network"
            ),
            _ => format!("The modem's memory for texts is nearly full{counts}"),
        };
        let advice = match (self.options.delete_received, fullness) {
            (true, _) => "Delete texts from the modem or the SIM card",
            (false, Fullness::Full) => {
                "Turn on deleting texts from the modem once they are stored here"
            }
            (false, _) => {
                "When it is full, new texts wait in the network: turn on deleting texts from the \
                 modem once they are stored here"
            }
        };
        self.notice(&text, advice, true);
    }

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
