//! Reading one received text (`+CMGR`, 27.005 §4.2), and handing over what was read.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response, looks_like_pdu};
use super::super::queue::Priority;
use super::super::stored::Place;
use super::super::text_mode::{self, Shown, key, shown};
use super::super::timers::Timer;
use super::memory::{select, selected};
use super::{DeleteMessage, Procedure, Step, list};
use crate::at::response::cmgl::MessageStatus;
use crate::at::response::cmgr;
use crate::at::response::text_mode::TextHeader;
use crate::at::{Charset, CommandLine};
use crate::clock::Instant;
use crate::modem::types::{ModemEvent, Receipt, StorageLocation};
use crate::sms::{self, Incoming};
use std::time::Duration;

/// A line that was damaged on its way is read again so often.
const TRIES: u8 = 3;

/// A text whose deletion was refused so often stays until the next session.
const DELETIONS: u8 = 3;

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
        match last {
            Some(response) if self.reading => self.take(&response, core, now),
            Some(response) => {
                if selected(&self.location.memory, &response, core) {
                    self.read(core)
                } else if response.timed_out() && self.tries < TRIES {
                    self.tries += 1;
                    Step::Pause
                } else {
                    look_soon(core, now);
                    Step::Finished
                }
            }
            None => match select(&self.location.memory, core) {
                Some(request) => Step::send(request),
                None => self.read(core),
            },
        }
    }

    fn read(&mut self, core: &Core) -> Step {
        self.reading = true;
        Step::send(read_request(self.location.index, core))
    }

    /// The index was of no use: the whole memory is listed, and the usual one too.
    fn look_around(&self, core: &mut Core, now: Instant) {
        let memory = &self.location.memory;
        if *memory != core.facts.memory && !memory.is_empty() {
            list(memory, core);
        }
        look_soon(core, now);
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        self.tries += 1;
        let last_try = self.tries >= TRIES;
        let row = row_of(response, core);
        if row.is_none() && !response.timed_out() {
            core.facts.lists_only = core.facts.text_mode && !response.is_ok();
        }
        let again = match row {
            Some(row) => {
                let taken = take_stored(&self.location, row, last_try, core);
                match taken {
                    Taken::News => core.note_found(&self.location.memory),
                    // Some modems announce every text with the same index.
                    Taken::Known | Taken::NotReceived => self.look_around(core, now),
                    Taken::Damaged => {}
                }
                taken == Taken::Damaged && !last_try
            }
            None if response.timed_out() => !last_try,
            // Nothing there, or no index to be trusted: the list tells.
            None => {
                self.look_around(core, now);
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
    /// The PDU; in text mode what the text is known by.
    pub pdu: String,
    /// The header and the text of text mode.
    pub text: Option<(TextHeader, String)>,
}

impl Row {
    /// Of PDU mode. Some modems write blanks between the octets, or quotes around them.
    pub fn of_pdu(status: MessageStatus, length: Option<u16>, pdu: &str) -> Self {
        Row { status, length, pdu: bare(pdu), text: None }
    }

    /// Of text mode.
    pub fn of_text(header: TextHeader, body: String) -> Self {
        Row {
            status: header.status.unwrap_or(MessageStatus::Unknown),
            length: None,
            pdu: key(&header, &body),
            text: Some((header, body)),
        }
    }

    fn is_complete(&self, charset: Charset) -> bool {
        match &self.text {
            Some((header, body)) => !text_mode::damaged(header, body, charset),
            None => complete(&self.pdu, self.length),
        }
    }
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

pub(super) fn read_request(index: u16, core: &Core) -> Request {
    // A number can't spoil a command line, so the line is always built.
    let line = CommandLine::set("+CMGR").number(index).build();
    let line = line.unwrap_or_else(|_| CommandLine::basic("AT"));
    reading(Request::new(&line), "+CMGR", core).within(Duration::from_secs(10)).informative()
}

/// How the answer is read that shows texts.
pub(super) fn reading(request: Request, prefix: &'static str, core: &Core) -> Request {
    let hex = core.facts.charset == Charset::Ucs2;
    match core.facts.text_mode {
        false => request.expecting(Expect::Pdu(prefix)),
        true if hex => request.expecting(Expect::Plain(prefix, true)),
        // A line of a text may have looked like the result.
        true => request.expecting(Expect::Plain(prefix, false)).check_after(),
    }
}

/// The text in the answer to `+CMGR`, if there is one.
pub(super) fn row_of(response: &Response, core: &Core) -> Option<Row> {
    if core.facts.text_mode {
        let header = TextHeader::parse(response.lines.first()?)?;
        return Some(Row::of_text(header, response.lines.get(1).cloned().unwrap_or_default()));
    }
    let header = response.lines.iter().find_map(|line| cmgr::parse(line))?;
    let below = response.lines.iter().skip_while(|line| cmgr::parse(line).is_none()).nth(1);
    let pdu = header.pdu.or_else(|| below.cloned()).unwrap_or_default();
    Some(Row::of_pdu(header.status, header.length, &pdu))
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
    if !row.is_complete(core.facts.charset) && !as_is {
        return Taken::Damaged;
    }
    let pdu = &match row.text {
        Some(_) => row.pdu.clone(),
        None => row.pdu.to_ascii_uppercase(),
    };
    if core.stored.mirrored(location, pdu) {
        return Taken::Known;
    }
    let before = core.stored.get(location).map(|place| place.pdu == *pdu);
    if before == Some(false) {
        // What lay there before is gone.
        core.tell(ModemEvent::Removed(location.clone()));
    }
    if core.stored.read(location, pdu) {
        let receipt = Receipt { location: Some(location.clone()), acknowledge: false };
        match row.text {
            Some((header, body)) => hand_over(&header, &body, receipt, core),
            None => core.tell(ModemEvent::Received {
                pdu: octets(pdu).map(|o| with_smsc(o, row.length)).ok_or_else(|| pdu.to_owned()),
                receipt,
            }),
        }
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
    now: Instant,
) {
    let pdu = &bare(pdu);
    // Without our acknowledgement the network sends it again, whole.
    if acknowledge && !complete(pdu, length) {
        return;
    }
    note_direct(acknowledge, core, now);
    core.tell(ModemEvent::Received {
        pdu: octets(pdu).map(|o| with_smsc(o, length)).ok_or_else(|| pdu.to_owned()),
        receipt: Receipt { location: None, acknowledge },
    });
}

/// The same in text mode.
pub(in crate::modem) fn take_direct_text(
    header: &TextHeader,
    body: &str,
    core: &mut Core,
    now: Instant,
) {
    let acknowledge = core.facts.acknowledges;
    if acknowledge && text_mode::damaged(header, body, core.facts.charset) {
        return;
    }
    note_direct(acknowledge, core, now);
    hand_over(header, body, Receipt { location: None, acknowledge }, core);
}

fn note_direct(acknowledge: bool, core: &mut Core, now: Instant) {
    if acknowledge && core.facts.unacknowledged.is_none() {
        core.facts.unacknowledged = Some(now);
    }
}

/// Tells a text of text mode.
fn hand_over(header: &TextHeader, body: &str, receipt: Receipt, core: &mut Core) {
    core.tell(match shown(header, body, core.facts.charset) {
        Shown::Pdu(pdu) => ModemEvent::Received { pdu: Ok(pdu), receipt },
        Shown::Plain(message) => ModemEvent::ReceivedPlain { message, receipt },
        Shown::Report(report) => ModemEvent::ReceivedReport { report, receipt },
    });
}

/// The text is in the store: its place may be freed, if the user wants that.
pub(in crate::modem) fn delete_if_safe(location: &StorageLocation, core: &mut Core) {
    let deletable = |place: &Place| place.safe && !place.keep && place.refused < DELETIONS;
    let safe = core.stored.get(location).is_some_and(deletable);
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

/// It says when it was sent: the same octets are the same text then, and otherwise may be the same
/// words said again.
pub(super) fn dated(pdu: &str) -> bool {
    match octets(pdu).map(|octets| sms::decode_incoming(&octets)) {
        Some(Ok(Incoming::Text(text))) => text.sent_at.is_some(),
        _ => false,
    }
}

/// A PDU without what is not of it.
fn bare(pdu: &str) -> String {
    pdu.chars().filter(|c| !c.is_whitespace() && *c != '"').collect()
}

/// All octets are there: hex throughout, and as many as the modem said.
fn complete(pdu: &str, length: Option<u16>) -> bool {
    let Some(octets) = octets(pdu) else { return false };
    let Some(length) = length.map(usize::from) else { return looks_like_pdu(pdu) };
    let smsc = octets.first().map_or(0, |count| usize::from(*count) + 1);
    // Some modems count the SMSC's octets, and some leave them out altogether.
    octets.len() == smsc + length || octets.len() == length
}

/// A modem that leaves the SMSC's octets out altogether gets "none" in their place.
fn with_smsc(mut octets: Vec<u8>, length: Option<u16>) -> Vec<u8> {
    let counted = length.is_some_and(|length| octets.len() == usize::from(length));
    // What tells them apart: an address has at most 20 digits, and bit 7 of its type is set
    // (23.040 §9.1.2.5). In a report it stands one octet later, behind TP-MR.
    let is_address = |length: u8, kind: u8| length <= 20 && kind & 0x80 != 0;
    let left_out = match octets.get(..4) {
        Some(&[first, reference, length, kind]) if first & 3 == 2 => {
            !matches!(reference, 0x81 | 0x91) && is_address(length, kind)
        }
        Some(&[_, length, kind, _]) => is_address(length, kind),
        _ => false,
    };
    if counted && left_out {
        octets.insert(0, 0);
    }
    octets
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
        let spaced = format!("\"{} {}\"", &pdu[..8], &pdu[8..]);
        let row = Row::of_pdu(MessageStatus::ReceivedUnread, Some(tpdu), &spaced);
        assert!(row.is_complete(Charset::Gsm));
        assert_eq!(row.pdu, pdu);
        assert!(dated(pdu));
        // The same without a time stamp.
        assert!(!dated(&pdu.replace("20806291731408", "00000000000000")));
        assert!(!complete("hello", None));
        assert!(!complete("", Some(0)));
    }
}
