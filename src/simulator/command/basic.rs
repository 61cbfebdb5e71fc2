//! V.250: echo, result codes, registers, reset, and what every modem answers.

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::network::{CallStage, Registration};
use crate::simulator::persona::BareAt;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};
use crate::simulator::terminal::settings::Settings;
use std::time::Duration;

impl SimulatedModem {
    /// The answer to a bare `AT`.
    pub(in crate::simulator) fn bare_at(&self) -> Reply {
        match self.persona.manners.bare_at {
            BareAt::Ok => Reply::Ok,
            BareAt::Error => Reply::Error,
            BareAt::Silent => Reply::Silence,
        }
    }

    pub(super) fn basic(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let number = command.number(0).unwrap_or(0);
        let reply = match command.name.as_str() {
            "E" => on_or_off(number, &mut self.settings.echo),
            "Q" => on_or_off(number, &mut self.settings.quiet),
            "V" => on_or_off(number, &mut self.settings.verbose),
            "X" if number <= 4 => {
                self.settings.result_level = number;
                Reply::Ok
            }
            "X" => Reply::Error,
            "Z" => {
                self.release_stages(&[CallStage::Active, CallStage::Held], 16, now);
                self.settings = Settings::of(&self.persona);
                Reply::Ok
            }
            "&F" => {
                self.settings = Settings::of(&self.persona);
                Reply::Ok
            }
            "L" | "M" | "T" | "P" | "B" | "&C" | "&D" | "&W" | "&K" | "&S" | "\\Q" => Reply::Ok,
            "I" => {
                let identity = &self.persona.identity;
                lines.push(identity.manufacturer.to_owned());
                lines.push(identity.model.to_owned());
                lines.push(format!("Revision: {}", identity.revision));
                Reply::Ok
            }
            // No data call ever stands, so there is none to go back to.
            "O" => Reply::Final("NO CARRIER"),
            "+CMEE" => self.setting(command, lines, 2, |modem| &mut modem.settings.cmee),
            "+GCAP" => {
                lines.push("+GCAP: +CGSM,+DS,+ES".to_owned());
                Reply::Ok
            }
            "+IPR" => self.keep_setting(command, lines, "115200", "(),(9600,115200)"),
            "+IFC" | "+ICF" => self.keep_setting(command, lines, "0,0", "(0-2),(0-2)"),
            "+CFUN" => self.functionality(command, lines, now),
            name => match name.strip_prefix('S').and_then(|number| number.parse().ok()) {
                Some(register) => self.register(register, command, lines),
                None => return None,
            },
        };
        Some(reply)
    }

    fn register(&mut self, register: u8, command: &Command, lines: &mut Vec<String>) -> Reply {
        match &command.form {
            Form::Read => {
                lines.push(format!("{:03}", self.settings.register(register)));
                Reply::Ok
            }
            Form::Set(_) => match command.number(0).and_then(|value| u8::try_from(value).ok()) {
                // Another end of line than CR would lock out most programs, on real modems too;
                // they refuse what is no control character.
                Some(value) if !(3..=5).contains(&register) || value < 128 => {
                    self.settings.registers.insert(register, value);
                    Reply::Ok
                }
                _ => Reply::Error,
            },
            _ => Reply::Error,
        }
    }

    /// `+CFUN` (27.007 §8.2).
    fn functionality(&mut self, command: &Command, lines: &mut Vec<String>, now: Instant) -> Reply {
        match &command.form {
            Form::Test => lines.push("+CFUN: (0,1,4),(0,1)".to_owned()),
            Form::Read => lines.push(format!("+CFUN: {}", self.timers.functionality)),
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => {
                let level = match command.number(0) {
                    Some(level @ (0 | 1 | 4)) => level as u8,
                    _ => return Reply::Cme(50),
                };
                if command.number(1) == Some(1) {
                    self.timers.restart_at = Some(now + Duration::from_millis(100));
                    return Reply::Ok;
                }
                let before = std::mem::replace(&mut self.timers.functionality, level);
                if level != 1 {
                    let away = Registration::Idle;
                    self.network.register_in(Duration::ZERO, away, now);
                } else if before != 1 {
                    self.register_if_ready(crate::simulator::REGISTER_TIME, now);
                }
            }
        }
        Reply::Ok
    }
}

fn on_or_off(number: u32, value: &mut bool) -> Reply {
    if number > 1 {
        return Reply::Error;
    }
    *value = number == 1;
    Reply::Ok
}
