//! The emergency numbers of the SIM and the network: the file EF_ECC (31.102 §4.2.21; 51.011
//! §10.3.27), the phonebook `EN`, and what makers have for it. Asked for when nothing else waits.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::Step;
use crate::at::CommandLine;
use crate::at::response::crsm::{self, Layout};
use crate::at::response::{cpbr, offers};
use std::time::Duration;

/// The file's number, 6FB7.
const EF_ECC: u16 = 28_599;

/// Asks which places the phonebook of emergency numbers has, and selects the SIM's again.
const PLACES: &str = "AT+CPBS=\"EN\";+CPBR=?;+CPBS=\"SM\"";

/// More records than a card has for it.
const MAX_RECORDS: u8 = 8;

/// A record without a name: the number and the category (31.102 §4.2.21).
const SHORT_RECORD: u8 = 4;

/// Places of the phonebook that are read.
const MAX_PLACES: u16 = 10;

/// More numbers than any network has.
const MAX_NUMBERS: usize = 24;

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Stage {
    /// How long is the file, and does it have records?
    #[default]
    Layout,
    Octets(u16),
    Record {
        number: u8,
        of: u8,
        length: u8,
    },
    Maker,
    Network,
    /// The phonebook `EN` in one line each, so that nobody else finds it selected: its places, and
    /// what is in them. A range that goes beyond them would be refused.
    Places,
    Phonebook(u16, u16),
    /// The phonebook that is used otherwise, if that line was not obeyed to its end.
    Back,
    End,
}

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct EmergencyNumbers {
    stage: Stage,
    found: Vec<String>,
}

impl EmergencyNumbers {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        if let Some(response) = last {
            self.take(&response, core);
            return Step::Pause;
        }
        let crsm = |command: u8, p1: u16, p2: u16, p3: u16| {
            let line = CommandLine::set("+CRSM").number(command).number(EF_ECC);
            line.number(p1).number(p2).number(p3).build().ok()
        };
        let (line, prefix) = match self.stage {
            Stage::Layout => (crsm(192, 0, 0, 15), "+CRSM"),
            Stage::Octets(length) => (crsm(176, 0, 0, length), "+CRSM"),
            Stage::Record { number, length, .. } => {
                (crsm(178, u16::from(number), 4, u16::from(length)), "+CRSM")
            }
            Stage::Maker => (Some(CommandLine::basic("AT^ECCLIST?")), "^ECCLIST"),
            Stage::Network => (Some(CommandLine::basic("AT+CEN?")), "+CEN"),
            Stage::Places => (Some(CommandLine::basic(PLACES)), "+CPBR"),
            Stage::Phonebook(first, last) => {
                let line = CommandLine::set("+CPBS=\"EN\";+CPBR").number(first).number(last);
                (line.followed_by("+CPBS=\"SM\"").build().ok(), "+CPBR")
            }
            Stage::Back => (Some(CommandLine::basic("AT+CPBS=\"SM\"")), "+CPBS"),
            Stage::End => {
                self.tell(core);
                return Step::Finished;
            }
        };
        let Some(line) = line else { return Step::Finished };
        let mut request = Request::new(&line).expecting(Expect::Prefix(prefix));
        request.informative = false;
        Step::send(request.within(Duration::from_secs(3)))
    }

    fn take(&mut self, response: &Response, core: &Core) {
        let huawei = core.profile.name == "Huawei";
        let after_file = if huawei { Stage::Maker } else { Stage::Network };
        let told = response.lines.iter().find_map(|line| crsm::parse(line));
        let status = told.as_ref().map(|told| (told.sw1, told.sw2));
        let file = told.filter(|file| response.is_ok() && file.worked());
        self.stage = match self.stage {
            Stage::Layout => match file.and_then(|file| crsm::layout(&file.octets)) {
                Some(Layout::Records(length, of)) if length >= 3 && of > 0 => {
                    Stage::Record { number: 1, of: of.min(MAX_RECORDS), length }
                }
                Some(Layout::Transparent(length)) if length >= 3 => Stage::Octets(length.min(60)),
                _ => Stage::Octets(15),
            },
            // 69 81: the file has records (102 221 §10.2.1.5).
            Stage::Octets(_) if matches!(status, Some((0x69, _))) => {
                Stage::Record { number: 1, of: MAX_RECORDS, length: SHORT_RECORD }
            }
            Stage::Octets(_) => {
                self.found.extend(file.iter().flat_map(|f| crsm::emergency_codes(&f.octets)));
                after_file
            }
            Stage::Record { number, of, length } => match status {
                // 6C xx and 67 xx: the record has so many octets.
                Some((0x6C | 0x67, right)) if right >= 3 && number == 1 && right != length => {
                    Stage::Record { number, of, length: right }
                }
                _ => {
                    let more = file.is_some() && number < of;
                    let code = file.and_then(|file| crsm::emergency_record(&file.octets));
                    self.found.extend(code);
                    match more {
                        true => Stage::Record { number: number + 1, of, length },
                        false => after_file,
                    }
                }
            },
            Stage::Maker => self.lines(response, Stage::Network),
            Stage::Network => self.lines(response, Stage::Places),
            Stage::Places if response.is_ok() => {
                let told = response.lines.iter().find_map(|line| cpbr::parse_test(line));
                let (first, last) = told.map_or((1, MAX_PLACES), |told| (told.first, told.last));
                Stage::Phonebook(first, last.min(first.saturating_add(MAX_PLACES - 1)))
            }
            Stage::Places => Stage::Back,
            Stage::Phonebook(..) => {
                let next = if response.is_ok() { Stage::End } else { Stage::Back };
                self.lines(response, next)
            }
            Stage::Back | Stage::End => Stage::End,
        };
    }

    fn lines(&mut self, response: &Response, next: Stage) -> Stage {
        let numbers = response.lines.iter().flat_map(|line| offers::emergency_numbers(line));
        self.found.extend(numbers.take(MAX_NUMBERS));
        next
    }

    fn tell(&mut self, core: &mut Core) {
        let mut found = std::mem::take(&mut self.found);
        found.sort();
        found.dedup();
        found.truncate(MAX_NUMBERS);
        core.update_network(|network| network.emergency_numbers = found);
    }
}
