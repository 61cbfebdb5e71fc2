//! Placing, answering and ending calls (V.250 §6.3, 3GPP TS 27.007 §6, §7.13, §7.18).

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::calls::{clcc_row, stat};
use crate::simulator::errors::cause_text;
use crate::simulator::network::subscriber::{EMERGENCY_NUMBERS, SIM_EMERGENCY_NUMBER};
use crate::simulator::network::{CallStage, DialRefusal, Placing};
use crate::simulator::persona::{Clcc, DialResult};
use crate::simulator::sim_card::SimState;
use crate::simulator::terminal::execute::{Reply, Wait};
use crate::simulator::terminal::parser::{Command, Form};
use std::time::Duration;

/// How long a modem tries to set up a data call that the network will not carry.
const DATA_CALL_TIME: Duration = Duration::from_secs(3);

/// Longest dial string (27.007: +CME ERROR: 26).
const MAX_DIAL_STRING: usize = 80;

impl SimulatedModem {
    pub(super) fn call_control(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "D" => self.dial(command, now),
            "+CLCC" => self.list_calls(command, lines),
            "+CPAS" => {
                let state =
                    match self.network.calls().iter().map(|call| call.stage).min_by_key(|stage| {
                        matches!(stage, CallStage::Incoming | CallStage::Waiting)
                    }) {
                        None => 0,
                        Some(CallStage::Incoming | CallStage::Waiting) => 3,
                        Some(_) => 4,
                    };
                match command.form {
                    Form::Test => lines.push("+CPAS: (0,3,4)".to_owned()),
                    _ => lines.push(format!("+CPAS: {state}")),
                }
                Reply::Ok
            }
            "+CEER" => {
                if command.form == Form::Execute {
                    lines.push(format!("+CEER: {}", self.release_report()));
                }
                Reply::Ok
            }
            "+VTS" => self.send_tones(command, lines),
            "+VTD" => self.keep_setting(command, lines, "3", "(1-255)"),
            _ => return None,
        };
        Some(reply)
    }

    fn dial(&mut self, command: &Command, now: Instant) -> Reply {
        let Form::Set(text) = &command.form else { return Reply::Error };
        let number = match dialable(text) {
            Ok(number) => number,
            Err(error) => return Reply::Cme(error),
        };
        if !command.voice {
            return self.dial_data(&number, now);
        }
        if number.ends_with('#') {
            self.network.service_code(&number, now);
            return Reply::Ok;
        }
        let placing = Placing {
            hide: self.hides_number(text),
            emergency: self.is_emergency(&number),
            by_lte: self.persona.access == Some(7),
        };
        if let Some(error) = self.sim.error().filter(|_| !placing.emergency) {
            return Reply::Cme(error);
        }
        if self.sim.fixed_dialing && !placing.emergency && !self.phonebook.may_dial(&number) {
            return Reply::Cme(56);
        }
        let serial = match self.network.dial(&number, placing, now) {
            Ok(serial) => serial,
            Err(DialRefusal::NoNetwork) => return Reply::Cme(30),
            Err(DialRefusal::EmergencyOnly) => return Reply::Cme(32),
            Err(DialRefusal::NotAllowed) => return Reply::Cme(3),
        };
        self.phonebook.dialed(&number);
        let late = self.persona.calls.dial_result != DialResult::AtOnce;
        if late || self.settings.reports.colp {
            return Reply::Wait(Wait::DialAnswered(serial));
        }
        let after = self.random.between(self.persona.calls.dial_ok_millis);
        Reply::Wait(Wait::DialAccepted(now + Duration::from_millis(after), serial))
    }

    /// Emergency numbers: two on every phone, those that the SIM adds, and some more without a SIM
    /// (22.101 §10.1).
    fn is_emergency(&self, number: &str) -> bool {
        let known = if self.sim.state == SimState::Absent { 8 } else { 2 };
        EMERGENCY_NUMBERS[..known].contains(&number)
            || (self.sim.state != SimState::Absent && number == SIM_EMERGENCY_NUMBER)
    }

    /// `I` hides the own number, `i` shows it (27.007 §6.2); else as `+CLIR` has it (§7.7).
    fn hides_number(&self, text: &str) -> Option<bool> {
        let text = text.trim_end_matches(['G', 'g']);
        if text.ends_with('I') || text.starts_with("#31#") {
            return Some(true);
        }
        if text.ends_with('i') || text.starts_with("*31#") {
            return Some(false);
        }
        match self.settings.kept.get("+CLIR").map(String::as_str) {
            Some("1") => Some(true),
            Some("2") => Some(false),
            _ => None,
        }
    }

    /// Without its semicolon a number means a data call: the modem tries, the network has no such
    /// service.
    fn dial_data(&mut self, number: &str, now: Instant) -> Reply {
        if number.is_empty() || !self.network.registration().carries_calls() {
            return Reply::Final("NO CARRIER");
        }
        Reply::Wait(Wait::DataCall(now + DATA_CALL_TIME))
    }

    fn list_calls(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        if self.persona.calls.clcc == Clcc::Missing {
            return self.refusal();
        }
        match &command.form {
            Form::Test | Form::Read => return Reply::Ok,
            Form::Set(_) => return self.switch(command, lines, |m| &mut m.settings.reports.clcc),
            Form::Execute => {}
        }
        if self.persona.calls.clcc == Clcc::WithDataRow {
            lines.push("+CLCC: 1,1,0,1,0,\"\",128".to_owned());
        }
        if self.persona.calls.clcc == Clcc::Empty {
            return Reply::Ok;
        }
        for call in self.network.calls() {
            let row = clcc_row(call, stat(call.stage));
            let name = if self.persona.calls.clcc == Clcc::WithName { ",\"\"" } else { "" };
            lines.push(format!("{row}{name}"));
        }
        Reply::Ok
    }

    fn release_report(&self) -> String {
        self.persona.calls.ceer.words(self.last_cause, cause_text(self.last_cause))
    }

    fn send_tones(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        if command.form == Form::Test {
            lines.push("+VTS: (0-9,A-D,*,#)".to_owned());
            return Reply::Ok;
        }
        let arguments = command.arguments();
        let Some(tones) = arguments.first() else { return Reply::Cme(50) };
        let tone = |c: char| c.is_ascii_digit() || "ABCDabcd*#".contains(c);
        let form = matches!(&command.form, Form::Set(text) if self.persona.calls.tones.takes(text));
        if tones.is_empty() || tones.len() > 29 || !tones.chars().all(tone) || !form {
            return Reply::Cme(50);
        }
        let known = self.network.call_table().send_tones(&tones.to_ascii_uppercase());
        if known { Reply::Ok } else { Reply::Cme(3) }
    }
}

/// The number in a dial string: separators and V.250 modifiers that mean nothing here are dropped,
/// a caller ID or closed user group letter at the end too (27.007 §6.2). Else the number of a
/// `+CME ERROR`.
fn dialable(text: &str) -> Result<String, u16> {
    let text = text.trim();
    let text = text.strip_prefix(['T', 't', 'P', 'p']).unwrap_or(text);
    let text = text.trim_end_matches(['I', 'i', 'G', 'g']);
    // Caller ID for this call only (22.030 §6.5.2).
    let text = text.strip_prefix("*31#").or(text.strip_prefix("#31#")).unwrap_or(text);
    // A phonebook entry by name or place: there is no such entry.
    if text.starts_with('>') {
        return Err(22);
    }
    let mut number = String::new();
    for (place, character) in text.chars().enumerate() {
        match character {
            '0'..='9' | '*' | '#' | 'A'..='D' => number.push(character),
            '+' if place == 0 => number.push('+'),
            ' ' | '-' | '(' | ')' | '.' | ',' | 'W' | '@' | '!' => {}
            _ => return Err(27),
        }
    }
    if number.len() > MAX_DIAL_STRING {
        return Err(26);
    }
    if number.is_empty() || number == "+" { Err(27) } else { Ok(number) }
}
