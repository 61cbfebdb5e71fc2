//! Reading all texts the modem keeps (`+CMGL=4`, 27.005 §4.1).

use super::super::core::Core;
use super::super::exchange::{Request, Response};
use super::super::queue::Priority;
use super::super::text_mode::key;
use super::memory::{select, selected};
use super::read_message::{Row, Taken, dated, delete_if_safe, look_soon, reading, take_stored};
use super::{Procedure, ReadMessage, Step};
use crate::at::response::cmgl::{self, MessageStatus};
use crate::at::response::cpms;
use crate::at::response::text_mode::TextHeader;
use crate::clock::Instant;
use crate::modem::types::StorageLocation;
use std::time::Duration;

/// Hundreds of texts take a while at 9600 baud.
const LIST_TIMEOUT: Duration = Duration::from_secs(60);

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct ListMessages {
    memory: String,
    /// Not if the modem counts as many texts there as we know.
    if_changed: bool,
    listing: bool,
    tries: u8,
}

/// A list that got no answer is asked for so often before the next look for texts does.
const TRIES: u8 = 5;

/// Lists the memory that new texts go to, and the other one a phone may have left texts in.
pub(super) fn list_all(core: &mut Core) {
    for memory in all_memories(core) {
        list(&memory, core);
    }
}

/// The same, but only memories that hold more or fewer texts than we know. Choosing a memory tells
/// how many there are.
pub(super) fn list_what_changed(core: &mut Core) {
    let memories = all_memories(core);
    if memories.len() > 1 {
        for memory in memories {
            enqueue(&memory, true, core);
        }
    }
}

/// The memory that new texts go to comes last.
fn all_memories(core: &Core) -> Vec<String> {
    let current = core.facts.memory.clone();
    // A modem that did not say which memories it has may have both.
    let usual = ["SM".to_owned(), "ME".to_owned()];
    let told = &core.facts.memories;
    let memories = if told.is_empty() { usual.as_slice() } else { told.as_slice() };
    let others: Vec<String> = memories
        .iter()
        .filter(|memory| **memory != current && !current.is_empty())
        // "MT" shows both of them, but not the memory of the reports.
        .filter(|memory| match memory.as_str() {
            "SM" | "ME" => current != "MT",
            memory => memory == "SR",
        })
        .cloned()
        .collect();
    others.into_iter().chain([current]).collect()
}

/// Lists one memory.
pub(in crate::modem) fn list(memory: &str, core: &mut Core) {
    enqueue(memory, false, core);
}

fn enqueue(memory: &str, if_changed: bool, core: &mut Core) {
    let list = ListMessages { memory: memory.to_owned(), if_changed, listing: false, tries: 0 };
    let same = |other: &Procedure| match other {
        Procedure::ListMessages(other) => {
            other.memory == memory && (if_changed || !other.if_changed)
        }
        _ => false,
    };
    core.enqueue_once(Priority::Background, Procedure::ListMessages(list), same);
}

impl ListMessages {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
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
                true if self.if_changed && self.as_known(&response, core) => Step::Finished,
                true => self.list(core),
                false => Step::Finished,
            },
            None => match select(&self.memory, core) {
                Some(request) => Step::send(request),
                None => self.list(core),
            },
        }
    }

    /// The modem counts as many texts as we know.
    fn as_known(&self, response: &Response, core: &Core) -> bool {
        let stores = response.lines.iter().find_map(|line| cpms::parse(line));
        let used = stores.and_then(|stores| stores.first().map(|store| usize::from(store.used)));
        used.is_some() && used == core.expected_messages(&self.memory)
    }

    fn list(&mut self, core: &Core) -> Step {
        self.listing = true;
        let line = if core.facts.text_mode { "AT+CMGL=\"ALL\"" } else { "AT+CMGL=4" };
        Step::send(reading(Request::line(line), "+CMGL", core).within(LIST_TIMEOUT))
    }

    fn take(&self, response: &Response, core: &mut Core, now: Instant) {
        if !response.is_ok() {
            // Also a modem whose SIM is still being read refuses.
            look_soon(core, now);
            return;
        }
        if core.facts.text_mode {
            return self.take_texts(response, core);
        }
        let messages = cmgl::parse_block(response.lines.iter().map(String::as_str));
        core.note_listed(&self.memory, messages.len());
        for message in messages {
            let (header, body) = (message.header, message.body);
            let location = StorageLocation { memory: self.memory.clone(), index: header.index };
            let (status, length) = (header.status, header.length);
            let row = Row::of_pdu(status, length, &body);
            if dated(&row.pdu) && core.stored.came_back(&location, &row.pdu.to_ascii_uppercase()) {
                delete_if_safe(&location, core);
                continue;
            }
            if take_stored(&location, row, false, core) == Taken::Damaged {
                read_again(location, core);
            }
        }
    }
}

impl ListMessages {
    /// Text mode: a header and a text by turns. What is news is read once more by itself, since
    /// only `+CMGR` tells its class, its place in a long text and the like.
    fn take_texts(&self, response: &Response, core: &mut Core) {
        let mut rows = Vec::new();
        for pair in response.lines.chunks(2) {
            let Some(header) = pair.first().and_then(|line| TextHeader::parse(line)) else {
                continue;
            };
            let Some(index) = header.index else { continue };
            let body = pair.get(1).cloned().unwrap_or_default();
            rows.push((StorageLocation { memory: self.memory.clone(), index }, header, body));
        }
        let more_to_tell = |header: &TextHeader| header.length.is_some();
        let ours = |header: &TextHeader| {
            let status = header.status;
            matches!(status, Some(MessageStatus::StoredUnsent | MessageStatus::StoredSent))
        };
        let mut here = 0;
        for (location, header, body) in rows {
            let text = key(&header, &body);
            if !header.scts.is_empty() && core.stored.came_back(&location, &text) {
                delete_if_safe(&location, core);
                here += 1;
                continue;
            }
            let known = core.stored.get(&location).is_some_and(|place| place.pdu == text);
            let whole = known || ours(&header) || !more_to_tell(&header) || core.facts.lists_only;
            let damaged = whole && {
                let row = Row::of_text(header, body);
                take_stored(&location, row, false, core) == Taken::Damaged
            };
            here += usize::from(whole);
            if !whole || damaged {
                read_again(location, core);
            }
        }
        core.note_listed(&self.memory, here);
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
