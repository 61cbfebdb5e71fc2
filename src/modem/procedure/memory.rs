//! Which memory the modem keeps texts in, and telling it which one we speak of (`+CPMS`, 27.005
//! §3.2.2).

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::Step;
use super::set_up::begin_notifications;
use crate::at::CommandLine;
use crate::at::response::cpms;
use crate::clock::Instant;
use std::time::Duration;

/// Chooses the memory for received texts at the beginning: the one the modem uses already, or the
/// first that it has.
#[derive(Debug, Default)]
pub(in crate::modem) struct ChooseMemory {
    asked: bool,
    memory: String,
    /// Parameters still to try; modems want three, two or one.
    parameters: usize,
}

impl ChooseMemory {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else {
            let ask = Request::line("AT+CPMS?").expecting(Expect::Prefix("+CPMS"));
            return Step::send(ask.within(Duration::from_secs(5)));
        };
        if !self.asked {
            self.asked = true;
            self.memory = wanted(&response, core);
            self.parameters = 3;
        } else if response.is_ok() {
            core.facts.memory = self.memory.clone();
            core.facts.selected = Some(self.memory.clone());
            note_counts(&response, core);
            begin_notifications(core, now);
            return Step::Finished;
        } else {
            self.parameters -= 1;
        }
        let line = select_line(&self.memory, self.parameters);
        match line.filter(|_| self.parameters > 0 && !self.memory.is_empty()) {
            Some(line) => Step::send(select_request(&line)),
            None => {
                // What the modem uses by itself will do.
                begin_notifications(core, now);
                Step::Finished
            }
        }
    }
}

/// The memory that new texts go to now (the last of up to three), if it can be read too.
fn wanted(response: &Response, core: &Core) -> String {
    let stores = response.lines.iter().find_map(|line| cpms::parse(line)).unwrap_or_default();
    let current = stores.last().and_then(|store| store.memory.clone());
    let readable = &core.facts.memories;
    let known = |memory: &String| readable.is_empty() || readable.contains(memory);
    let usual = ["MT", "ME", "SM"];
    let first = || {
        let found = usual.iter().find(|memory| readable.iter().any(|known| known == *memory));
        found.map(|memory| (*memory).to_owned())
    };
    current.filter(known).filter(|memory| memory != "SR").or_else(first).unwrap_or_default()
}

fn select_line(memory: &str, parameters: usize) -> Option<CommandLine> {
    let mut builder = CommandLine::set("+CPMS");
    for _ in 0..parameters {
        builder = builder.string(memory);
    }
    builder.build().ok()
}

fn select_request(line: &CommandLine) -> Request {
    Request::new(line).expecting(Expect::Prefix("+CPMS")).within(Duration::from_secs(5))
}

/// The request that makes `+CMGR` and its kin speak of this memory; `None` if they do already, or
/// if nobody knows better.
pub(super) fn select(memory: &str, core: &Core) -> Option<Request> {
    let selected = core.facts.selected.as_deref() == Some(memory);
    if memory.is_empty() || selected || core.facts.memory.is_empty() {
        return None;
    }
    select_line(memory, 1).map(|line| select_request(&line))
}

/// Whether the memory was selected.
pub(super) fn selected(memory: &str, response: &Response, core: &mut Core) -> bool {
    if response.is_ok() {
        core.facts.selected = Some(memory.to_owned());
        note_counts(response, core);
    } else if response.timed_out() {
        // It may have been obeyed.
        core.facts.selected = None;
    }
    response.is_ok()
}

/// Places in use and in all, of the memory we read from.
pub(super) fn note_counts(response: &Response, core: &mut Core) -> Option<u16> {
    let stores = response.lines.iter().find_map(|line| cpms::parse(line))?;
    let first = stores.first()?;
    if first.memory.is_some() {
        core.facts.selected = first.memory.clone();
    }
    // Reading another memory for once does not change what the gauge shows.
    if core.facts.memory.is_empty() || core.facts.selected.as_ref() == Some(&core.facts.memory) {
        let counts = Some((first.used, first.total));
        core.update_network(|network| network.message_storage = counts);
        return Some(first.used);
    }
    None
}
