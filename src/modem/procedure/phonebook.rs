//! The SIM's phonebook: read in pieces, written, deleted from (27.007 §8.11–8.14).
//!
//! Names are read and written in UCS-2 where the modem can do that, so that every character
//! survives and none can end its quotes; then the character set is put back.

use super::super::core::{Core, no_answer, refusal};
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::queue::Priority;
use super::super::types::ModemEvent;
use super::asker::Asker;
use super::phonebook_text::{entry_of, text_of, write_lines};
use super::{Procedure, Step};
use crate::at::response::{after, cpbr};
use crate::at::{Charset, CommandLine, FinalResult};
use crate::phone::{CommandError, Diagnosis, SimEntry, SimPhonebook};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Entries asked for at once: a call never waits for more.
const PIECE: u16 = 20;

/// A phonebook is not larger; the rest is left out.
const MAX_ENTRIES: u16 = 1024;

/// So many places in a row that are refused are behind the last one, where nobody told which places
/// there are.
const MAX_GAPS: u16 = 8;

/// So often a SIM that is busy is asked again, and after so long a pause.
const BUSY_TRIES: u8 = 12;
const BUSY_PAUSE: Duration = Duration::from_millis(500);

const TIMEOUT: Duration = Duration::from_secs(15);

/// What is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::modem) enum Task {
    Read,
    Write(SimEntry),
    Delete(u16),
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    AskCharset,
    SetCharset,
    Select,
    Count,
    Extent,
    Write,
    Read,
    Restore,
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Phonebook {
    asker: Asker,
    task: Task,
    stage: Stage,
    attempt: usize,
    busy: u8,
    /// A pause is outstanding, since the SIM was busy.
    pausing: bool,
    /// The character set to put back, in the modem's word.
    restore: Option<String>,
    charset: Charset,
    first: u16,
    next: u16,
    used: Option<u16>,
    /// The modem does not choose a place: it is read first, and a free one chosen here.
    choosing: bool,
    /// The modem told which places there are.
    extent_told: bool,
    /// Places asked for at once now: fewer while it is found out where the places end.
    piece: u16,
    /// Pieces refused in a row.
    gaps: u16,
    /// A piece was refused without saying that its places are empty.
    refused: bool,
    /// A piece was given, if only as empty.
    given: bool,
    entries: BTreeMap<u16, SimEntry>,
    book: SimPhonebook,
    failure: Option<(CommandError, Diagnosis)>,
}

impl Phonebook {
    pub fn new(asker: Asker, task: Task) -> Self {
        Phonebook {
            asker,
            task,
            stage: Stage::AskCharset,
            attempt: 0,
            busy: 0,
            pausing: false,
            restore: None,
            charset: Charset::Ira,
            first: 1,
            next: 1,
            used: None,
            choosing: false,
            extent_told: false,
            piece: PIECE,
            gaps: 0,
            refused: false,
            given: false,
            entries: BTreeMap::new(),
            book: SimPhonebook::default(),
            failure: None,
        }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        if let Some(response) = last {
            if std::mem::take(&mut self.pausing) {
                return self.send(core);
            }
            if self.is_busy(&response) && self.stage != Stage::Restore {
                (self.busy, self.pausing) = (self.busy + 1, true);
                // Its end is a time-out, which brings us here again.
                return Step::send(Request::pause(BUSY_PAUSE));
            }
            self.busy = 0;
            self.take(&response, core);
            // What calls do goes first.
            return if self.stage == Stage::Read { Step::Pause } else { self.send(core) };
        }
        self.send(core)
    }

    fn is_busy(&self, response: &Response) -> bool {
        let busy = matches!(&response.outcome,
            Outcome::Final(FinalResult::CmeError(error)) if error.is_temporary());
        busy && self.busy < BUSY_TRIES
    }

    fn send(&mut self, core: &mut Core) -> Step {
        let line = match self.stage {
            Stage::AskCharset if core.facts.text_mode => {
                self.charset = core.facts.charset;
                self.go(Stage::Select);
                return self.send(core);
            }
            Stage::AskCharset => Some(CommandLine::read("+CSCS")),
            Stage::SetCharset => Some(CommandLine::basic("AT+CSCS=\"UCS2\"")),
            Stage::Select => SELECT.get(self.attempt).map(|line| CommandLine::basic(line)),
            Stage::Count => Some(CommandLine::read("+CPBS")),
            Stage::Extent => Some(CommandLine::test("+CPBR")),
            Stage::Write => self.write_line(),
            Stage::Read => {
                CommandLine::set("+CPBR").number(self.next).number(self.piece_end()).build().ok()
            }
            Stage::Restore => match self.restore.take() {
                Some(name) => CommandLine::set("+CSCS").string(&name).build().ok(),
                None => {
                    self.tell_outcome(core);
                    return Step::Finished;
                }
            },
        };
        let Some(line) = line else {
            self.go(Stage::Restore);
            return self.send(core);
        };
        let expect = match self.stage {
            Stage::AskCharset => Expect::Prefix("+CSCS"),
            Stage::Count => Expect::Prefix("+CPBS"),
            Stage::Extent | Stage::Read => Expect::Prefix("+CPBR"),
            _ => Expect::Nothing,
        };
        Step::send(Request::new(&line).expecting(expect).within(TIMEOUT))
    }

    fn go(&mut self, stage: Stage) {
        (self.stage, self.attempt) = (stage, 0);
    }

    fn last(&self) -> u16 {
        self.first.saturating_add(self.book.capacity.clamp(1, MAX_ENTRIES) - 1)
    }

    /// The last place of the piece that is read now.
    fn piece_end(&self) -> u16 {
        self.next.saturating_add(self.piece - 1).min(self.last())
    }

    fn take(&mut self, response: &Response, core: &mut Core) {
        if response.timed_out() && self.stage != Stage::Restore {
            self.failure.get_or_insert_with(no_answer);
            return self.go(Stage::Restore);
        }
        match self.stage {
            Stage::AskCharset => self.take_charset(response),
            Stage::SetCharset => {
                if response.is_ok() {
                    self.charset = Charset::Ucs2;
                    core.facts.services.ucs2 = true;
                } else {
                    self.restore = None;
                }
                self.go(Stage::Select);
            }
            Stage::Select if response.is_ok() => self.go(Stage::Count),
            Stage::Select => {
                self.attempt += 1;
                if self.attempt == SELECT.len() {
                    self.fail(response, "The modem gives no access to the SIM's phonebook");
                }
            }
            Stage::Count => {
                let told = response.lines.iter().find_map(|line| cpbr::parse_memory(line));
                if let Some((_, used, total)) = told {
                    self.used = used;
                    self.book.capacity = total.unwrap_or(0);
                }
                self.go(Stage::Extent);
            }
            Stage::Extent => self.take_extent(response),
            Stage::Write => self.take_written(response),
            Stage::Read => self.take_piece(response),
            Stage::Restore => {
                core.facts.services.ucs2 = false;
            }
        }
    }

    fn take_charset(&mut self, response: &Response) {
        let told = response.lines.iter().find_map(|line| after(line, "+CSCS"));
        let name = told.map(|name| name.trim_matches('"').to_ascii_uppercase());
        self.charset = match name.as_deref() {
            // Also in its own character set, as some modems have it.
            Some("UCS2" | "0055004300530032") => Charset::Ucs2,
            Some("GSM") => Charset::Gsm,
            _ => Charset::Ira,
        };
        if self.charset == Charset::Ucs2 {
            return self.go(Stage::Select);
        }
        self.restore = Some(name.unwrap_or_else(|| "GSM".to_owned()));
        self.go(Stage::SetCharset);
    }

    fn take_extent(&mut self, response: &Response) {
        if let Some(extent) = response.lines.iter().find_map(|line| cpbr::parse_test(line)) {
            self.first = extent.first.max(1);
            let places = extent.last.saturating_sub(self.first).saturating_add(1);
            // `(1-0)`, or fewer places than there are entries.
            let total = self.book.capacity;
            let senseless = places == 1 || self.used.is_some_and(|used| used > places);
            self.extent_told = !senseless || total <= places;
            self.book.capacity = if self.extent_told { places } else { total };
            self.book.number_length = extent.number_length;
            self.book.name_length = extent.text_length;
        } else if self.book.capacity == 0 {
            // Most SIMs have no more, and places that do not exist are refused.
            self.book.capacity = 250;
        }
        self.next = self.first;
        self.go(if self.task == Task::Read { Stage::Read } else { Stage::Write });
        if let Task::Write(entry) = &self.task
            && let Err((cause, advice)) = text_of(entry, &self.book, self.charset)
        {
            let why = Diagnosis::new(&cause, advice);
            self.failure = Some((CommandError::BadInput, why));
            self.go(Stage::Restore);
        }
    }

    fn write_line(&self) -> Option<CommandLine> {
        match &self.task {
            Task::Read => None,
            Task::Delete(index) => CommandLine::set("+CPBW").number(*index).build().ok(),
            Task::Write(entry) => {
                let mut lines = write_lines(entry, &self.book, self.charset).into_iter();
                lines.nth(self.attempt)
            }
        }
    }

    fn take_written(&mut self, response: &Response) {
        if response.is_ok() {
            // How many there are now, nobody has said.
            self.used = None;
            return self.go(Stage::Read);
        }
        // The form may not be liked; what is too long, or finds no room, stays so.
        let final_word = matches!(&response.outcome,
            Outcome::Final(FinalResult::CmeError(error))
                if matches!(error.number, Some(10..=24 | 26)));
        let ways = match &self.task {
            Task::Write(entry) => write_lines(entry, &self.book, self.charset).len(),
            _ => 1,
        };
        if !final_word && self.attempt + 1 < ways {
            self.attempt += 1;
            return;
        }
        if !final_word && matches!(&self.task, Task::Write(entry) if entry.index == 0) {
            self.choosing = true;
            return self.go(Stage::Read);
        }
        self.fail(response, "The SIM did not take the entry");
    }

    fn take_piece(&mut self, response: &Response) {
        let last = self.piece_end();
        let places = self.next..=last;
        let told = response.lines.iter().filter_map(|line| cpbr::parse(line));
        for entry in told.filter(|entry| places.contains(&entry.index)) {
            let entry = entry_of(entry, self.charset);
            if !entry.number.is_empty() || !entry.name.is_empty() {
                self.entries.insert(entry.index, entry);
            }
        }
        let whole = self.used.is_some_and(|used| self.entries.len() >= usize::from(used));
        // Places that are empty are refused as not found (22), others do not exist (21).
        let number = match &response.outcome {
            Outcome::Final(FinalResult::CmeError(error)) => error.number,
            _ => None,
        };
        let refused = !response.is_ok() && number != Some(22) && !whole;
        // Where nobody told which places there are, a range may be refused since its end does not
        // exist, though its beginning does.
        if refused && !self.extent_told && last > self.next {
            self.piece = (last - self.next).div_ceil(2);
            return;
        }
        match response.is_ok() || matches!(number, Some(21 | 22)) {
            true => self.given = true,
            false => self.refused = true,
        }
        self.gaps = if refused { self.gaps + 1 } else { 0 };
        self.piece = if refused { self.piece } else { PIECE.min(self.piece * 2) };
        let end = !self.extent_told && self.gaps == MAX_GAPS;
        if last < self.last() && !whole && !end {
            self.next = last.saturating_add(1);
            return;
        }
        self.take_all(response);
    }

    /// All places were asked for, or as many as there are.
    fn take_all(&mut self, response: &Response) {
        let empty = match self.used {
            Some(used) => used == 0,
            // The places are known, so that the refusals only say that nothing is in them.
            None => self.extent_told,
        };
        if self.refused && !self.given && self.entries.is_empty() && !empty {
            return self.fail(response, "The phonebook of the SIM can't be read");
        }
        if std::mem::take(&mut self.choosing) {
            return self.choose_place();
        }
        self.book.entries = std::mem::take(&mut self.entries).into_values().collect();
        self.go(Stage::Restore);
    }

    /// The first free place, for a modem that wants to be told one.
    fn choose_place(&mut self) {
        let free = (self.first..=self.last()).find(|place| !self.entries.contains_key(place));
        let (Some(place), Task::Write(entry)) = (free, &mut self.task) else {
            let why = Diagnosis::new("The memory is full", "Delete old entries, then try again");
            self.failure.get_or_insert((CommandError::Equipment(20), why));
            return self.go(Stage::Restore);
        };
        entry.index = place;
        self.entries.clear();
        (self.next, self.piece, self.gaps) = (self.first, PIECE, 0);
        (self.given, self.refused) = (false, false);
        self.go(Stage::Write);
    }

    fn fail(&mut self, response: &Response, what: &str) {
        let failure = match &response.outcome {
            Outcome::Final(result) => refusal(result, what),
            _ => no_answer(),
        };
        self.failure.get_or_insert(failure);
        self.go(Stage::Restore);
    }

    fn tell_outcome(&mut self, core: &mut Core) {
        core.facts.services.ucs2 = false;
        match self.failure.take() {
            Some((error, why)) => self.asker.failed(error, why, core),
            None => {
                let book = Arc::new(std::mem::take(&mut self.book));
                core.tell(ModemEvent::SimPhonebook(book));
                self.asker.done("", core);
            }
        }
    }
}

/// Ways to choose the SIM's phonebook; the second is in UCS-2, as some modems want everything then.
const SELECT: [&str; 3] = ["AT+CPBS=\"SM\"", "AT+CPBS=\"0053004D\"", "AT+CPBS=\"ME\""];

/// Queues it; texts and phonebook take turns.
pub(in crate::modem) fn begin(asker: Asker, task: Task, core: &mut Core) {
    let phonebook = Phonebook::new(asker, task);
    core.enqueue(Priority::Background, Procedure::Phonebook(Box::new(phonebook)));
}
