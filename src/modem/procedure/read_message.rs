//! Reading one received text (`+CMGR`, 27.005 §4.2), and handing over what was read.

use super::super::core::Core;
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::queue::Priority;
use super::super::stored::Place;
use super::super::text_mode::{self, Shown, shown};
use super::super::timers::Timer;
use super::super::unsolicited;
use super::memory::{select, selected};
use super::row::{Row, bare, complete, octets, with_smsc};
use super::{DeleteMessage, Procedure, Step, list};
use crate::at::response::cmgl::MessageStatus;
use crate::at::response::cmgr;
use crate::at::response::text_mode::TextHeader;
use crate::at::{Charset, CommandLine, FinalResult};
use crate::clock::Instant;
use crate::modem::types::{ModemEvent, Receipt, StorageLocation};
use std::time::Duration;

/// A line that was damaged on its way is read again so often.
const TRIES: u8 = 3;

/// A text that the modem may have spoken into is read so often, until it is the same twice.
const READINGS: u8 = 6;

/// A text whose deletion was refused so often stays until the next session.
const DELETIONS: u8 = 3;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct ReadMessage {
    location: StorageLocation,
    tries: u8,
    reading: bool,
    /// A list has shown it.
    listed: bool,
    /// As it was read last, if lines of it may be the modem's own.
    before: Option<Row>,
}

impl ReadMessage {
    pub fn new(location: StorageLocation) -> Self {
        ReadMessage { location, tries: 0, reading: false, listed: false, before: None }
    }

    /// A list has shown something there; in text mode what it has shown.
    pub(super) fn listed(location: StorageLocation, shown: Option<Row>) -> Self {
        ReadMessage { listed: true, before: shown, ..ReadMessage::new(location) }
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
        if !response.timed_out() {
            note_readable(row.is_some(), response, core);
        }
        let agrees = row.as_ref().is_none_or(|row| self.agrees(row, core, now));
        if !agrees && self.tries < READINGS {
            return self.read(core);
        }
        let again = match row {
            Some(row) => {
                let taken = take_stored(&self.location, row, last_try, core);
                if !agrees {
                    stays_in_doubt(&self.location, core);
                }
                match taken {
                    Taken::News => core.note_found(&self.location.memory),
                    Taken::Known | Taken::NotReceived if self.listed => {
                        core.note_found(&self.location.memory);
                    }
                    // Some modems announce every text with the same index.
                    Taken::Known | Taken::NotReceived => self.look_around(core, now),
                    Taken::Damaged => {}
                }
                taken == Taken::Damaged && !last_try
            }
            None if response.timed_out() => !last_try,
            // Nothing there, or no index to be trusted: the list tells.
            None if self.listed && !core.facts.lists_only => false,
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

impl ReadMessage {
    /// Nothing in the text can be the modem's own words, or it was the same the last time. What was
    /// in it then and is not now was the modem's, and is heard.
    fn agrees(&mut self, row: &Row, core: &mut Core, now: Instant) -> bool {
        let charset = core.facts.charset;
        let Some(before) = self.before.replace(row.clone()) else { return !row.is_odd(charset) };
        let agrees = before.pdu == row.pdu || !row.is_unsure(charset);
        if !agrees {
            unsolicited::take_lines(&before.lines_not_in(row), core, now);
        }
        agrees || !row.is_odd(charset)
    }
}

/// Whether `+CMGR` works in text mode: some modems know only the list.
fn note_readable(read: bool, response: &Response, core: &mut Core) {
    core.facts.reads |= read;
    let refused = !read && !response.is_ok() && !nothing_there(response);
    core.facts.lists_only = core.facts.text_mode && refused && !core.facts.reads;
}

/// "Invalid memory index": the place is free.
pub(super) fn nothing_there(response: &Response) -> bool {
    match &response.outcome {
        Outcome::Final(FinalResult::CmsError(error)) => error.number == Some(321),
        Outcome::Final(FinalResult::CmeError(error)) => matches!(error.number, Some(21 | 22)),
        _ => false,
    }
}

/// It never read the same twice: it is not deleted, and the user knows.
pub(super) fn stays_in_doubt(location: &StorageLocation, core: &mut Core) {
    core.stored.stays(location);
    if !std::mem::replace(&mut core.facts.doubt_told, true) {
        core.notice(
            "A text stays in the modem, since it reads differently each time",
            "Compare it with what is shown here, and delete it by hand",
            true,
        );
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
        // A line of a text may have looked like the result; see `text_end`, too.
        true => request.expecting(Expect::Plain(prefix, false)).check_after(),
    }
}

/// The text in the answer to `+CMGR`, if there is one.
pub(super) fn row_of(response: &Response, core: &Core) -> Option<Row> {
    if core.facts.text_mode {
        let header = TextHeader::parse(response.lines.first()?)?;
        let row = Row::of_text(header, response.lines.get(1).cloned().unwrap_or_default());
        // Without its end nobody knows whether it is all.
        let whole = response.is_ok() || !row.is_unsure(core.facts.charset);
        return whole.then_some(row);
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
    let unsure = row.is_unsure(core.facts.charset);
    let before = core.stored.get(location).map(|place| place.pdu == *pdu);
    if before == Some(false) {
        // What lay there before is gone.
        core.tell(ModemEvent::Removed(location.clone()));
    }
    let news = core.stored.read(location, pdu);
    if unsure {
        // It is read once more before it is deleted.
        core.stored.doubt(location);
    }
    if news {
        let serial = core.stored.get(location).map_or(0, |place| place.serial);
        let receipt = Receipt { location: Some(location.clone()), acknowledge: false, serial };
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
    if acknowledge && !complete(pdu, length) && !misfits_again(pdu, core) {
        return;
    }
    note_direct(acknowledge, core, now);
    core.tell(ModemEvent::Received {
        pdu: octets(pdu).map(|o| with_smsc(o, length)).ok_or_else(|| pdu.to_owned()),
        receipt: Receipt { location: None, acknowledge, serial: 0 },
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
    let damaged = text_mode::damaged(header, body, core.facts.charset);
    if acknowledge && damaged && !misfits_again(body, core) {
        return;
    }
    note_direct(acknowledge, core, now);
    hand_over(header, body, Receipt { location: None, acknowledge, serial: 0 }, core);
}

/// It is not as long as the modem said, and was not before either: no octets were lost on their way
/// then, and the modem counts in its own way. It is taken as it is, since the network would send it
/// for ever, and nothing else.
fn misfits_again(text: &str, core: &mut Core) -> bool {
    let (before, times) = &mut core.facts.misfit;
    *times = times.saturating_add(1);
    let again = before == text || *times >= TRIES;
    text.clone_into(before);
    if again {
        core.facts.misfit = (String::new(), 0);
    }
    again
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
    let wanted =
        |place: &Place| deletable(place) && (place.unwanted || core.options.delete_received);
    if core.stored.get(location).is_some_and(wanted) && !core.stored.refuses() {
        let delete = DeleteMessage::new(location.clone());
        core.enqueue_once(
            Priority::Background,
            Procedure::DeleteMessage(delete),
            |other| matches!(other, Procedure::DeleteMessage(delete) if delete.deletes(location)),
        );
    }
}

/// Reads it, unless that is going to be done anyway.
pub(super) fn read_again(read: ReadMessage, core: &mut Core) {
    let location = read.location.clone();
    core.enqueue_once(
        Priority::Background,
        Procedure::ReadMessage(read),
        |other| matches!(other, Procedure::ReadMessage(read) if read.reads(&location)),
    );
}

/// Look for texts in a moment, since something did not go as announced.
pub(super) fn look_soon(core: &mut Core, now: Instant) {
    core.list_wanted();
    core.timers.set_at_latest(Timer::CheckMessages, Duration::from_secs(2), now);
}
