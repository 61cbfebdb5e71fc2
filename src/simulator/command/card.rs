//! What the SIM holds beside texts and numbers: files (`+CRSM`, 3GPP TS 27.007 §8.18), the
//! mailbox's number (`+CSVM`, §8.33), and the tries left of its codes.

use super::identity::{ICCID, IMSI};
use super::{SimulatedModem, hex, type_of_number};
use crate::simulator::network::subscriber::{
    EMERGENCY_NUMBERS, OWN_NUMBER, SIM_EMERGENCY_NUMBER, VOICEMAIL_NUMBER,
};
use crate::simulator::persona::PinCounter;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

/// `READ BINARY` and `READ RECORD` (3GPP TS 51.011 §9.2).
const READ_BINARY: u32 = 176;
const READ_RECORD: u32 = 178;

impl SimulatedModem {
    pub(super) fn card(&mut self, command: &Command, lines: &mut Vec<String>) -> Option<Reply> {
        if let Some(reply) = self.pin_counter(command, lines) {
            return Some(reply);
        }
        Some(match (command.name.as_str(), &command.form) {
            ("+CRSM", Form::Test) => Reply::Ok,
            ("+CRSM", Form::Set(_)) => match self.read_file(command) {
                Some(answer) => {
                    lines.push(format!("+CRSM: {answer}"));
                    Reply::Ok
                }
                None => Reply::Cme(50),
            },
            ("+CSVM", Form::Test) => {
                lines.push("+CSVM: (0,1),(129,145,161)".to_owned());
                Reply::Ok
            }
            ("+CSVM", Form::Read) => {
                let kept = self.settings.kept.get("+CSVM").cloned();
                let usual = format!("1,\"{VOICEMAIL_NUMBER}\",145");
                lines.push(format!("+CSVM: {}", kept.unwrap_or(usual)));
                Reply::Ok
            }
            ("+CSVM", Form::Set(_)) => self.set_mailbox(command),
            ("+CNUM", Form::Test) => Reply::Ok,
            ("+CNUM", _) => {
                let book = self.phonebook.named("ON");
                let own = book.into_iter().flat_map(|book| book.entries().values());
                lines.extend(own.map(|entry| {
                    let name = super::text_form::shown(&entry.name, &self.settings.texts);
                    let kind = type_of_number(&entry.number);
                    format!("+CNUM: \"{name}\",\"{}\",{kind}", entry.number)
                }));
                Reply::Ok
            }
            _ => return None,
        })
    }

    fn set_mailbox(&mut self, command: &Command) -> Reply {
        let arguments = command.arguments();
        let (Some(on @ 0..=1), Some(number)) = (command.number(0), arguments.get(1)) else {
            return Reply::Cme(50);
        };
        let digits = number.strip_prefix('+').unwrap_or(number);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Reply::Cme(27);
        }
        let kept = format!("{on},\"{number}\",{}", type_of_number(number));
        self.settings.kept.insert("+CSVM".to_owned(), kept);
        Reply::Ok
    }

    /// Status words and octets of a file. On a USIM the emergency numbers are records (31.102
    /// §4.2.21), on an older SIM one row of them (51.011 §10.3.27).
    fn read_file(&self, command: &Command) -> Option<String> {
        let (what, file) = (command.number(0)?, command.number(1)?);
        let usim = self.persona.access == Some(7);
        let not_found = if usim { "106,130,\"\"" } else { "148,4,\"\"" };
        let wrong_kind = if usim { "105,129,\"\"" } else { "148,8,\"\"" };
        let mut numbers = EMERGENCY_NUMBERS[..2].to_vec();
        numbers.push(SIM_EMERGENCY_NUMBER);
        let octets = match (file, what) {
            (28_599, READ_BINARY) if !usim => {
                let mut octets: Vec<u8> = numbers.iter().flat_map(|n| bcd(n, 3)).collect();
                octets.resize(15, 0xFF);
                octets
            }
            (28_599, READ_RECORD) if usim => {
                let place = command.number(2)? as usize;
                match numbers.get(place.checked_sub(1)?) {
                    // Number, no name, category 1: police.
                    Some(number) => [bcd(number, 3), vec![1]].concat(),
                    None if place <= 5 => vec![0xFF; 4],
                    None => return Some("106,131,\"\"".to_owned()),
                }
            }
            (12_258, READ_BINARY) => bcd(ICCID, 10),
            // The length and the parity digit 9 come first (51.011 §10.3.2).
            (28_423, READ_BINARY) => [vec![8], bcd(&format!("9{IMSI}"), 8)].concat(),
            (28_480, READ_RECORD) => {
                let digits = OWN_NUMBER.trim_start_matches('+');
                let number = bcd(digits, digits.len().div_ceil(2));
                let mut record = vec![0xFF; 14];
                record.extend([number.len() as u8 + 1, 0x91]);
                record.extend(&number);
                record.resize(28, 0xFF);
                record
            }
            (28_599 | 12_258 | 28_423 | 28_480, _) => return Some(wrong_kind.to_owned()),
            _ => return Some(not_found.to_owned()),
        };
        Some(format!("144,0,\"{}\"", hex::encode(&octets)))
    }

    /// The tries left, by the commands that this maker has for it.
    fn pin_counter(&mut self, command: &Command, lines: &mut Vec<String>) -> Option<Reply> {
        let card = &self.sim;
        let (pin, puk) = (card.pin_tries, card.puk_tries);
        let (pin2, puk2) = (card.pin2_tries, card.puk2_tries);
        let (asked, tries) = card.asked();
        let counters = self.persona.services.pin_counters;
        let found = match (command.name.as_str(), &command.form) {
            ("+CPINR", Form::Execute | Form::Set(_)) => PinCounter::Cpinr,
            ("^CPIN", Form::Read) => PinCounter::Huawei,
            ("+SPIC", Form::Execute | Form::Read) => PinCounter::Simcom,
            ("+QPINC", Form::Read | Form::Execute) => PinCounter::Quectel,
            ("#PCT", Form::Execute) => PinCounter::Telit,
            ("+UPINCNT", Form::Execute) => PinCounter::Ublox,
            ("^SPIC", Form::Execute) => PinCounter::Cinterion,
            ("*EPIN", Form::Read) => PinCounter::Ericsson,
            _ => return None,
        };
        if !counters.contains(&found) {
            return Some(self.refusal());
        }
        lines.push(match found {
            PinCounter::Cpinr => {
                let wanted = command.arguments().first().cloned().unwrap_or_default();
                [
                    ("SIM PIN", pin, 3),
                    ("SIM PUK", puk, 10),
                    ("SIM PIN2", pin2, 3),
                    ("SIM PUK2", puk2, 10),
                ]
                .iter()
                .filter(|(name, _, _)| wanted.is_empty() || *name == wanted)
                .map(|(name, left, most)| format!("+CPINR: {name},{left},{most}"))
                .collect::<Vec<_>>()
                .join("\n")
            }
            PinCounter::Huawei => {
                let times = if asked == "READY" { String::new() } else { tries.to_string() };
                format!("^CPIN: {asked},{times},{puk},{pin},{puk2},{pin2}")
            }
            PinCounter::Simcom => format!("+SPIC: {pin},{puk},{pin2},{puk2}"),
            PinCounter::Quectel => {
                format!("+QPINC: \"SC\",{pin},{puk}\n+QPINC: \"P2\",{pin2},{puk2}")
            }
            PinCounter::Telit => format!("#PCT: {tries}"),
            PinCounter::Ublox => format!("+UPINCNT: {pin},{pin2},{puk},{puk2}"),
            PinCounter::Cinterion => format!("^SPIC: {tries}"),
            PinCounter::Ericsson => format!("*EPIN: {pin},{puk},{pin2},{puk2}"),
        });
        Some(Reply::Ok)
    }
}

/// Digits two to an octet, the first in the low half, filled up with F.
fn bcd(digits: &str, octets: usize) -> Vec<u8> {
    let mut nibbles: Vec<u8> =
        digits.bytes().map(|digit| digit.wrapping_sub(b'0') & 0x0F).collect();
    nibbles.resize(octets * 2, 0x0F);
    nibbles.chunks(2).map(|pair| pair[1] << 4 | pair[0]).collect()
}
