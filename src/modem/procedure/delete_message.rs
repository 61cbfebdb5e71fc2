//! Freeing the place of a text that is safe in the store (`+CMGD`, 27.005 §3.5.4).
//!
//! If the answer to a deletion is lost, the place may be free, and another text may lie there by
//! now. So it is read before it is deleted again.

use super::super::core::Core;
use super::super::exchange::{Request, Response};
use super::memory::{select, selected};
use super::read_message::{
    look_soon, nothing_there, read_again, read_request, row_of, stays_in_doubt, take_stored,
};
use super::row::Row;
use super::{ReadMessage, Step};
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::modem::types::{ModemEvent, StorageLocation};
use std::time::Duration;

/// So often one deletion is tried in a row; the next look for texts tries again.
const TRIES: u8 = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Begin,
    Selecting,
    Verifying,
    Deleting,
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct DeleteMessage {
    location: StorageLocation,
    stage: Stage,
    tries: u8,
    /// Times the place was found empty.
    empty: u8,
}

impl DeleteMessage {
    pub fn new(location: StorageLocation) -> Self {
        DeleteMessage { location, stage: Stage::Begin, tries: 0, empty: 0 }
    }

    /// It frees this place.
    pub fn deletes(&self, location: &StorageLocation) -> bool {
        self.location == *location
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match (self.stage, last) {
            (Stage::Selecting, Some(response)) => {
                match selected(&self.location.memory, &response, core) {
                    true => self.next(core),
                    false => self.later(core, now),
                }
            }
            (Stage::Verifying, Some(response)) => self.verify(&response, core, now),
            (Stage::Deleting, Some(response)) => self.take(&response, core, now),
            _ => match select(&self.location.memory, core) {
                Some(request) => {
                    self.stage = Stage::Selecting;
                    Step::send(request)
                }
                None => self.next(core),
            },
        }
    }

    fn next(&mut self, core: &Core) -> Step {
        match core.stored.get(&self.location) {
            Some(place) if !place.safe || place.keep || core.stored.refuses() => Step::Finished,
            Some(_) if core.stored.in_doubt(&self.location) => {
                self.stage = Stage::Verifying;
                Step::send(read_request(self.location.index, core).check_after())
            }
            Some(_) => self.delete(),
            None => Step::Finished,
        }
    }

    fn delete(&mut self) -> Step {
        self.stage = Stage::Deleting;
        self.tries += 1;
        match CommandLine::set("+CMGD").number(self.location.index).build() {
            Ok(line) => Step::send(Request::new(&line).within(Duration::from_secs(15))),
            Err(_) => Step::Finished,
        }
    }

    fn verify(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        if response.timed_out() {
            return self.later(core, now);
        }
        let Some(row) = row_of(response, core) else {
            // An `OK` with nothing before it may be the answer to an earlier line: ask twice.
            self.empty += u8::from(response.is_ok());
            return match (self.empty, nothing_there(response)) {
                (_, true) | (2.., _) => self.removed(core),
                (1, _) => {
                    self.stage = Stage::Begin;
                    Step::Pause
                }
                _ => {
                    core.stored.refused(&self.location);
                    self.later(core, now)
                }
            };
        };
        let same = core.stored.get(&self.location).is_some_and(|place| match row.text {
            Some(_) => place.pdu == row.pdu,
            None => place.pdu.eq_ignore_ascii_case(row.pdu.trim()),
        });
        if same {
            core.stored.found_again(&self.location);
            return self.delete();
        }
        self.other_text(row, core, now)
    }

    /// Another text lies there, or the line was damaged on its way.
    fn other_text(&mut self, row: Row, core: &mut Core, now: Instant) -> Step {
        use super::read_message::Taken;
        if row.is_unsure(core.facts.charset) {
            // It may be the same with words of the modem in it, or cut where they were.
            core.stored.refused(&self.location);
            if core.stored.get(&self.location).is_some_and(|place| place.refused >= TRIES) {
                stays_in_doubt(&self.location, core);
            }
            read_again(ReadMessage::listed(self.location.clone(), Some(row)), core);
            return Step::Finished;
        }
        match take_stored(&self.location, row, false, core) {
            Taken::Damaged => self.later(core, now),
            Taken::News | Taken::Known | Taken::NotReceived => Step::Finished,
        }
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        if response.is_ok() || nothing_there(response) {
            return self.removed(core);
        }
        if response.timed_out() {
            core.stored.doubt(&self.location);
        }
        if self.tries < TRIES {
            self.stage = Stage::Begin;
            return Step::Pause;
        }
        if !response.timed_out() {
            core.stored.refused(&self.location);
        }
        self.later(core, now)
    }

    fn removed(&mut self, core: &mut Core) -> Step {
        core.stored.removed(&self.location);
        core.note_deleted(&self.location.memory);
        core.tell(ModemEvent::Removed(self.location.clone()));
        Step::Finished
    }

    fn later(&mut self, core: &mut Core, now: Instant) -> Step {
        look_soon(core, now);
        Step::Finished
    }
}
