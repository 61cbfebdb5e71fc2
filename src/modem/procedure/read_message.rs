//! Reading one received text (`+CMGR`, 27.005 §4.2), and handing over what was read.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response, looks_like_pdu};
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::memory::{select, selected};
use super::{DeleteMessage, Procedure, Step};
use crate::at::CommandLine;
use crate::at::response::cmgl::MessageStatus;
use crate::at::response::cmgr;
use crate::clock::Instant;
use crate::modem::types::{ModemEvent, Receipt, StorageLocation};
use std::time::Duration;

/// A line that was damaged on its way is read again so often.
const TRIES: u8 = 3;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct ReadMessage {
    location: StorageLocation,
    tries: u8,
    reading: bool,
}

impl ReadMessage {
    pub fn new(location: StorageLocation) -> Self {
        ReadMessage { location, tries: 0, reading: false }
    }

    /// It reads this place.
    pub fn reads(&self, location: &StorageLocation) -> bool {
        self.location == *location
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if core.facts.text_mode {
            return Step::Finished;
        }
        match last {
            Some(response) if self.reading => self.take(&response, core, now),
            Some(response) => {
                if selected(&self.location.memory, &response, core) {
                    self.read()
                } else {
                    look_soon(core, now);
                    Step::Finished
                }
            }
            None => match select(&self.location.memory, core) {
                Some(request) => Step::send(request),
                None => self.read(),
            },
        }
    }

    fn read(&mut self) -> Step {
        self.reading = true;
        Step::send(read_request(self.location.index))
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        self.tries += 1;
        let last_try = self.tries >= TRIES;
        let row = row_of(response);
        let again = match row {
            Some(row) => {
                let taken = take_stored(&self.location, row, last_try, core);
                match taken {
                    Taken::News => core.note_found(&self.location.memory),
                    // Some modems announce every text with the same index.
                    Taken::Known | Taken::NotReceived => look_soon(core, now),
                    Taken::Damaged => {}
                }
                taken == Taken::Damaged && !last_try
            }
            None if response.timed_out() => !last_try,
            // Nothing there, or no index to be trusted: the list tells.
            None => {
                look_soon(core, now);
                false
            }
        };
        if !again {
            return Step::Finished;
        }
        self.reading = false;
        Step::Pause
    }
}

/// A stored text as the modem gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub status: MessageStatus,
    /// `<length>`: octets of the TPDU.
    pub length: Option<u16>,
    pub pdu: String,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Taken {
    /// It was handed over.
    News,
    /// It was handed over before.
    Known,
    /// It is a draft or a text sent from here: none of our business.
    NotReceived,
    /// Octets were lost on their way: read it again.
    Damaged,
}

pub(super) fn read_request(index: u16) -> Request {
    // A number can't spoil a command line, so the line is always built.
    let line = CommandLine::set("+CMGR").number(index).build();
    let line = line.unwrap_or_else(|_| CommandLine::basic("AT"));
    let request = Request::new(&line).expecting(Expect::Pdu("+CMGR"));
    request.within(Duration::from_secs(10)).informative()
}

/// The text in the answer to `+CMGR`, if there is one.
pub(super) fn row_of(response: &Response) -> Option<Row> {
    let header = response.lines.iter().find_map(|line| cmgr::parse(line))?;
    let below = response.lines.iter().skip_while(|line| cmgr::parse(line).is_none()).nth(1);
    let pdu = header.pdu.or_else(|| below.cloned()).unwrap_or_default();
    Some(Row { status: header.status, length: header.length, pdu })
}

/// Hands a stored text over, unless it was before. `as_is`: damaged or not.
pub(super) fn take_stored(
    location: &StorageLocation,
    row: Row,
    as_is: bool,
    core: &mut Core,
) -> Taken {
    if matches!(row.status, MessageStatus::StoredUnsent | MessageStatus::StoredSent) {
        return Taken::NotReceived;
    }
    let pdu = row.pdu.trim();
    if !complete(pdu, row.length) && !as_is {
        return Taken::Damaged;
    }
    let pdu = &pdu.to_ascii_uppercase();
    if core.stored.mirrored(location, pdu) {
        return Taken::Known;
    }
    let before = core.stored.get(location).map(|place| place.pdu == *pdu);
    if before == Some(false) {
        // What lay there before is gone.
        core.tell(ModemEvent::Removed(location.clone()));
    }
    if core.stored.read(location, pdu) {
        core.tell(ModemEvent::Received {
            pdu: octets(pdu).ok_or_else(|| pdu.to_owned()),
            receipt: Receipt { location: Some(location.clone()), acknowledge: false },
        });
        return Taken::News;
    }
    delete_if_safe(location, core);
    Taken::Known
}

/// The PDU of a text that was routed here directly.
pub(in crate::modem) fn take_direct(
    pdu: &str,
    length: Option<u16>,
    acknowledge: bool,
    core: &mut Core,
) {
    let pdu = pdu.trim();
    // Without our acknowledgement the network sends it again, whole.
    if acknowledge && !complete(pdu, length) {
        return;
    }
    core.tell(ModemEvent::Received {
        pdu: octets(pdu).ok_or_else(|| pdu.to_owned()),
        receipt: Receipt { location: None, acknowledge },
    });
}

/// The text is in the store: its place may be freed, if the user wants that.
pub(in crate::modem) fn delete_if_safe(location: &StorageLocation, core: &mut Core) {
    let safe = core.stored.get(location).is_some_and(|place| place.safe);
    if safe && core.options.delete_received {
        let delete = DeleteMessage::new(location.clone());
        core.enqueue_once(
            Priority::Background,
            Procedure::DeleteMessage(delete),
            |other| matches!(other, Procedure::DeleteMessage(delete) if delete.deletes(location)),
        );
    }
}

/// Look for texts in a moment, since something did not go as announced.
pub(super) fn look_soon(core: &mut Core, now: Instant) {
    core.list_wanted();
    core.timers.set_at_latest(Timer::CheckMessages, Duration::from_secs(2), now);
}

/// All octets are there: hex throughout, and as many as the modem said.
fn complete(pdu: &str, length: Option<u16>) -> bool {
    let Some(octets) = octets(pdu) else { return false };
    let Some(length) = length.map(usize::from) else { return looks_like_pdu(pdu) };
    let smsc = octets.first().map_or(0, |count| usize::from(*count) + 1);
    // Some modems count the SMSC's octets, and some leave them out altogether.
    octets.len() == smsc + length || octets.len() == length
}

/// The octets of a hex line; `None` if it is none.
fn octets(pdu: &str) -> Option<Vec<u8>> {
    if pdu.is_empty() || !pdu.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    pdu.as_bytes()
        .chunks(2)
        .map(|pair| {
            let (high, low) = (digit(*pair.first()?)?, digit(*pair.get(1)?)?);
            u8::try_from(high * 16 + low).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdu_with_octets_lost_is_not_complete() {
        // The deliver PDU of the 27.005 text: SMSC of 7 octets, then the TPDU.
        let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
        let tpdu = u16::try_from(pdu.len() / 2 - 8).unwrap();
        assert!(complete(pdu, Some(tpdu)));
        assert!(!complete(&pdu[..pdu.len() - 2], Some(tpdu)));
        assert!(!complete(&pdu[..pdu.len() - 1], Some(tpdu)));
        assert!(!complete("hello", None));
        assert!(!complete("", Some(0)));
    }
}
