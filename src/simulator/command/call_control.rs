//! Placing, answering and ending calls (V.250 §6.3, 3GPP TS 27.007 §6, §7.13, §7.18).

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::calls::{clcc_row, stat};
use crate::simulator::errors::cause_text;
use crate::simulator::network::{CallStage, DialRefusal};
use crate::simulator::persona::{Ceer, Clcc, DialResult};
use crate::simulator::terminal::execute::{Reply, Wait};
use crate::simulator::terminal::parser::{Command, Form};
use std::time::Duration;

/// How long a modem tries to set up a data call that the network will not carry.
const DATA_CALL_TIME: Duration = Duration::from_secs(3);

/// Longest dial string (27.007: +CME ERROR: 26).
const MAX_DIAL_STRING: usize = 80;

/// Calls that only `ATH` and `+CHUP` end: all but a waiting one.
const OWN_CALLS: [CallStage; 5] = [
    CallStage::Active,
    CallStage::Held,
    CallStage::Dialing,
    CallStage::Alerting,
    CallStage::Incoming,
];

impl SimulatedModem {
    pub(super) fn call_control(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "D" => self.dial(command, now),
            "A" => self.answer(now),
            "H" => {
                self.release_stages(&OWN_CALLS, 16, now);
                Reply::Ok
            }
            "+CHUP" => match command.form {
                Form::Test => Reply::Ok,
                _ => self.hang_up(now),
            },
            "+CHLD" => match &command.form {
                Form::Test => {
                    lines.push("+CHLD: (0,1,1x,2,2x,3,4)".to_owned());
                    Reply::Ok
                }
                Form::Set(operation) => self.hold(operation, now),
                _ => Reply::Cme(50),
            },
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
        let emergency = ["112", "911"].contains(&number.as_str());
        if let Some(error) = self.sim.error().filter(|_| !emergency) {
            return Reply::Cme(error);
        }
        let serial = match self.network.dial(&number, now) {
            Ok(serial) => serial,
            Err(DialRefusal::NoNetwork) => return Reply::Cme(30),
            Err(DialRefusal::EmergencyOnly) => return Reply::Cme(32),
            Err(DialRefusal::NotAllowed) => return Reply::Cme(3),
        };
        let late = self.persona.calls.dial_result == DialResult::WhenAnswered;
        if late || self.settings.reports.colp {
            return Reply::Wait(Wait::DialAnswered(serial));
        }
        let after = self.random.between(self.persona.calls.dial_ok_millis);
        Reply::Wait(Wait::DialAccepted(now + Duration::from_millis(after), serial))
    }

    /// Without its semicolon a number means a data call: the modem tries, the network has no such
    /// service.
    fn dial_data(&mut self, number: &str, now: Instant) -> Reply {
        if number.is_empty() || !self.network.registration().carries_calls() {
            return Reply::Final("NO CARRIER");
        }
        Reply::Wait(Wait::DataCall(now + DATA_CALL_TIME))
    }

    fn answer(&mut self, now: Instant) -> Reply {
        match self.incoming_call() {
            Some(serial) => {
                self.network.connect(serial, now);
                Reply::Ok
            }
            None => Reply::Final("NO CARRIER"),
        }
    }

    /// `+CHUP`: ends the active call, or gives up or rejects the one being set up (27.007 §6.5);
    /// without any of these, the held ones.
    fn hang_up(&mut self, now: Instant) -> Reply {
        let incoming = self.release_stages(&[CallStage::Incoming], 21, now);
        let current = [CallStage::Active, CallStage::Dialing, CallStage::Alerting];
        if incoming + self.release_stages(&current, 16, now) == 0 {
            self.release_stages(&[CallStage::Held], 16, now);
        }
        Reply::Ok
    }

    /// `+CHLD` (27.007 §7.13, 22.030 §6.5.5).
    fn hold(&mut self, operation: &str, now: Instant) -> Reply {
        let first = operation.chars().next().map_or(0, char::len_utf8);
        let (kind, index) = operation.split_at(first);
        let index = match index {
            "" => None,
            digits => match digits.parse::<u8>() {
                Ok(index) => Some(index),
                Err(_) => return Reply::Cme(50),
            },
        };
        let table = self.network.call_table();
        let waiting = table.in_stage(&[CallStage::Waiting]).map(|call| call.serial);
        let held = table.all_in_stage(&[CallStage::Held]);
        let active = table.all_in_stage(&[CallStage::Active]);
        match (kind, index) {
            ("0", None) => match waiting.or_else(|| self.incoming_call()) {
                Some(serial) => self.network.release(serial, 17, now),
                None if held.is_empty() => return Reply::Cme(3),
                None => held.iter().for_each(|serial| self.network.release(*serial, 16, now)),
            },
            ("1", None) => {
                if active.is_empty() && waiting.is_none() && held.is_empty() {
                    return Reply::Cme(3);
                }
                let next = waiting.map_or(held, |serial| vec![serial]);
                next.iter().for_each(|serial| self.network.connect(*serial, now));
                active.iter().for_each(|serial| self.network.release(*serial, 16, now));
            }
            ("1", Some(index)) => {
                let Some(serial) = self.serial_of(index) else { return Reply::Cme(3) };
                self.network.release(serial, 16, now);
            }
            ("2", None) => {
                let next = waiting.map_or(held.clone(), |serial| vec![serial]);
                let full = waiting.is_some() && !held.is_empty() && !active.is_empty();
                if full || (next.is_empty() && active.is_empty()) {
                    return Reply::Cme(3);
                }
                self.swap(&active, &next, now);
            }
            ("2", Some(index)) => {
                let Some(serial) = self.serial_of(index).filter(|s| active.contains(s)) else {
                    return Reply::Cme(3);
                };
                let others: Vec<u64> = active.into_iter().filter(|s| *s != serial).collect();
                self.network.call_table().leave_conference(serial);
                self.swap(&others, &[], now);
            }
            ("3", None) if !active.is_empty() && !held.is_empty() => {
                self.network.call_table().join(now);
            }
            ("4", None) if !active.is_empty() && !held.is_empty() => {
                active.iter().chain(&held).for_each(|serial| {
                    self.network.release(*serial, 16, now);
                });
            }
            ("3" | "4", None) => return Reply::Cme(3),
            _ => return Reply::Cme(50),
        }
        Reply::Ok
    }

    fn swap(&mut self, active: &[u64], next: &[u64], now: Instant) {
        for serial in active {
            self.network.call_table().set_stage(*serial, CallStage::Held, now);
        }
        for serial in next {
            self.network.connect(*serial, now);
        }
    }

    fn serial_of(&self, index: u8) -> Option<u64> {
        self.network.calls().iter().find(|call| call.index == index).map(|call| call.serial)
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
        for call in self.network.calls() {
            let row = clcc_row(call, stat(call.stage));
            let name = if self.persona.calls.clcc == Clcc::WithName { ",\"\"" } else { "" };
            lines.push(format!("{row}{name}"));
        }
        Reply::Ok
    }

    fn release_report(&self) -> String {
        let (cause, text) = (self.last_cause, cause_text(self.last_cause));
        match self.persona.calls.ceer {
            Ceer::NumberAndText => format!("{cause},\"{text}\""),
            Ceer::Text => text.to_owned(),
            Ceer::LocationAndNumber => format!("5,{cause}"),
            Ceer::Error => format!("Error {cause}"),
        }
    }

    fn send_tones(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        if command.form == Form::Test {
            lines.push("+VTS: (0-9,A-D,*,#)".to_owned());
            return Reply::Ok;
        }
        let arguments = command.arguments();
        let Some(tones) = arguments.first() else { return Reply::Cme(50) };
        let tone = |c: char| c.is_ascii_digit() || "ABCDabcd*#".contains(c);
        if tones.is_empty() || tones.len() > 29 || !tones.chars().all(tone) {
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
