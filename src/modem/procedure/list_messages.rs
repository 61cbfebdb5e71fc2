//! Reading all texts the modem keeps (`+CMGL=4`, 27.005 §4.1).

use super::super::core::Core;
use super::super::exchange::{Request, Response};
use super::super::queue::Priority;
use super::memory::{select, selected};
use super::read_message::{Taken, delete_if_safe, look_soon, read_again, reading, take_stored};
use super::row::{Row, dated};
use super::{Procedure, ReadMessage, Step};
use crate::at::response::MAX_ENTRIES;
use crate::at::response::cmgl;
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
    /// Texts of the list that were read in the rounds before this one.
    skip: usize,
}

/// After so many refusals in a row the list is asked for no sooner than usual. A start-up may
/// refuse in two memories each two seconds for half a minute.
const REFUSALS_IN_PATIENCE: u8 = 30;

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
    let memory = memory.to_owned();
    let same_memory = memory.clone();
    let list = ListMessages { memory, if_changed, listing: false, tries: 0, skip: 0 };
    let same = |other: &Procedure| match other {
        Procedure::ListMessages(other) => {
            other.memory == same_memory && (if_changed || !other.if_changed)
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
            Some(response) if self.listing => self.take(&response, core, now),
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

    /// It only looks whether there are more or fewer texts than we know.
    pub fn counts(&self) -> bool {
        self.if_changed && !self.listing
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
        Step::send(
            reading(Request::line(line), "+CMGL", core).within(LIST_TIMEOUT).skipping(self.skip),
        )
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        if !response.is_ok() {
            self.refused(core, now);
            return Step::Finished;
        }
        core.facts.lists_refused = 0;
        let (rows, news) = match core.facts.text_mode {
            true => self.take_texts(response, core),
            false => self.take_pdus(response, core),
        };
        if rows < MAX_ENTRIES {
            return Step::Finished;
        }
        // There may be more. What is deleted makes room in the next list; the rest is passed over.
        if news && core.options.delete_received && !core.stored.refuses() {
            look_soon(core, now);
            return Step::Finished;
        }
        self.skip += rows;
        self.list(core)
    }

    /// A modem whose SIM is still being read refuses for some seconds, one without texts always.
    fn refused(&self, core: &mut Core, now: Instant) {
        core.facts.lists_refused = core.facts.lists_refused.saturating_add(1);
        if core.facts.lists_refused <= REFUSALS_IN_PATIENCE {
            look_soon(core, now);
        }
    }

    /// How many rows there were, and whether any of them was news.
    fn take_pdus(&self, response: &Response, core: &mut Core) -> (usize, bool) {
        let messages = cmgl::parse_block(response.lines.iter().map(String::as_str));
        core.note_listed(&self.memory, self.skip + messages.len());
        let (rows, mut news) = (messages.len(), false);
        for message in messages {
            let (header, body) = (message.header, message.body);
            let location = StorageLocation { memory: self.memory.clone(), index: header.index };
            let (status, length) = (header.status, header.length);
            let row = Row::of_pdu(status, length, &body);
            if dated(&row.pdu) && core.stored.came_back(&location, &row.pdu.to_ascii_uppercase()) {
                delete_if_safe(&location, core);
                continue;
            }
            match take_stored(&location, row, false, core) {
                Taken::Damaged => read_again(ReadMessage::listed(location, None), core),
                taken => news |= taken == Taken::News,
            }
        }
        (rows, news)
    }
}

impl ListMessages {
    /// Text mode: a header and a text by turns. What is news is read once more by itself, since
    /// only `+CMGR` tells its class, its place in a long text and the like.
    fn take_texts(&self, response: &Response, core: &mut Core) -> (usize, bool) {
        let mut rows = Vec::new();
        for pair in response.lines.chunks(2) {
            let Some(header) = pair.first().and_then(|line| TextHeader::parse(line)) else {
                continue;
            };
            let Some(index) = header.index else { continue };
            let body = pair.get(1).cloned().unwrap_or_default();
            let location = StorageLocation { memory: self.memory.clone(), index };
            rows.push((location, Row::of_text(header, body)));
        }
        let (count, mut here, mut news) = (rows.len(), 0, false);
        for (location, row) in rows {
            if row.is_dated() && core.stored.came_back(&location, &row.pdu) {
                delete_if_safe(&location, core);
                here += 1;
                continue;
            }
            let known = core.stored.get(&location).is_some_and(|place| place.pdu == row.pdu);
            let whole = known || core.facts.lists_only || row.is_all_told(core.facts.charset);
            here += usize::from(whole);
            let taken = whole.then(|| take_stored(&location, row.clone(), false, core));
            match taken {
                None | Some(Taken::Damaged) => {
                    news = true;
                    read_again(ReadMessage::listed(location, Some(row)), core);
                }
                Some(taken) => news |= taken == Taken::News,
            }
        }
        core.note_listed(&self.memory, self.skip + here);
        (count, news)
    }
}
