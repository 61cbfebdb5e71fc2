//! Reading all texts the modem keeps (`+CMGL=4`, 27.005 §4.1).

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::super::queue::Priority;
use super::memory::{select, selected};
use super::read_message::{Row, Taken, look_soon, take_stored};
use super::{Procedure, ReadMessage, Step};
use crate::at::response::cmgl;
use crate::clock::Instant;
use crate::modem::types::StorageLocation;
use std::time::Duration;

/// Hundreds of texts take a while at 9600 baud.
const LIST_TIMEOUT: Duration = Duration::from_secs(60);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct ListMessages {
    memory: String,
    listing: bool,
    tries: u8,
}

/// A list that got no answer is asked for so often before the next look for texts does.
const TRIES: u8 = 5;

/// Lists the memory that new texts go to, and the other one a phone may have left texts in.
pub(super) fn list_all(core: &mut Core) {
    let current = core.facts.memory.clone();
    let others: Vec<String> = core
        .facts
        .memories
        .iter()
        .filter(|memory| matches!(memory.as_str(), "SM" | "ME") && **memory != current)
        .filter(|_| !current.is_empty() && current != "MT")
        .cloned()
        .collect();
    for memory in others.into_iter().chain([current]) {
        list(&memory, core);
    }
}

/// Lists one memory.
pub(super) fn list(memory: &str, core: &mut Core) {
    let list = ListMessages { memory: memory.to_owned(), listing: false, tries: 0 };
    core.enqueue_once(
        Priority::Background,
        Procedure::ListMessages(list),
        |other| matches!(other, Procedure::ListMessages(other) if other.memory == memory),
    );
}

impl ListMessages {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if core.facts.text_mode {
            return Step::Finished;
        }
        if last.as_ref().is_some_and(Response::timed_out) && self.tries < TRIES {
            self.tries += 1;
            self.listing = false;
            core.facts.selected = None;
            return Step::Pause;
        }
        match last {
            Some(response) if self.listing => {
                self.take(&response, core, now);
                Step::Finished
            }
            Some(response) => match selected(&self.memory, &response, core) {
                true => self.list(),
                false => Step::Finished,
            },
            None => match select(&self.memory, core) {
                Some(request) => Step::send(request),
                None => self.list(),
            },
        }
    }

    fn list(&mut self) -> Step {
        self.listing = true;
        let list = Request::line("AT+CMGL=4").expecting(Expect::Pdu("+CMGL"));
        Step::send(list.within(LIST_TIMEOUT))
    }

    fn take(&self, response: &Response, core: &mut Core, now: Instant) {
        if !response.is_ok() {
            // Also a modem whose SIM is still being read refuses.
            look_soon(core, now);
            return;
        }
        let messages = cmgl::parse_block(response.lines.iter().map(String::as_str));
        core.note_listed(&self.memory, messages.len());
        for message in messages {
            let (header, body) = (message.header, message.body);
            let location = StorageLocation { memory: self.memory.clone(), index: header.index };
            let row = Row { status: header.status, length: header.length, pdu: body };
            if take_stored(&location, row, false, core) == Taken::Damaged {
                read_again(location, core);
            }
        }
    }
}

fn read_again(location: StorageLocation, core: &mut Core) {
    let same = location.clone();
    let read = ReadMessage::new(location);
    core.enqueue_once(
        Priority::Background,
        Procedure::ReadMessage(read),
        |other| matches!(other, Procedure::ReadMessage(read) if read.reads(&same)),
    );
}
