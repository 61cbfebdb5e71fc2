//! PIN, PUK, locks and their passwords (3GPP TS 27.007 §7.4, §7.5, §8.3).

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::REGISTER_TIME;
use crate::simulator::sim_card::SimState;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

/// `+CME ERROR: 16`: incorrect password.
const WRONG: Reply = Reply::Cme(16);

impl SimulatedModem {
    pub(super) fn security(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "+CPIN" => self.pin(command, lines, now),
            "+CLCK" => self.lock(command, lines, now),
            "+CPWD" => self.password(command, lines),
            "+CPINR" => {
                let card = &self.sim;
                lines.push(format!("+CPINR: SIM PIN,{},3", card.pin_tries));
                lines.push(format!("+CPINR: SIM PUK,{},10", card.puk_tries));
                Reply::Ok
            }
            _ => return None,
        };
        Some(reply)
    }

    fn pin(&mut self, command: &Command, lines: &mut Vec<String>, now: Instant) -> Reply {
        let arguments = command.arguments();
        match &command.form {
            Form::Test => return Reply::Ok,
            Form::Read => {
                let state = match self.sim.state {
                    SimState::Ready => "READY",
                    SimState::Pin => "SIM PIN",
                    SimState::Puk => "SIM PUK",
                    SimState::Blocked => return Reply::Cme(13),
                    SimState::Absent => return Reply::Cme(10),
                };
                lines.push(format!("+CPIN: {state}"));
                return Reply::Ok;
            }
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => {}
        }
        let good = match (self.sim.state, arguments.as_slice()) {
            (SimState::Ready, _) => return Reply::Cme(3),
            (SimState::Absent, _) => return Reply::Cme(10),
            (SimState::Blocked, _) => return Reply::Cme(13),
            (SimState::Pin, [pin]) => self.sim.check_pin(pin),
            (SimState::Puk, [puk, new_pin]) => self.sim.unblock(puk, new_pin),
            (SimState::Puk, _) => return Reply::Cme(12),
            (SimState::Pin, _) => return Reply::Cme(50),
        };
        if !good {
            return WRONG;
        }
        self.register_if_ready(REGISTER_TIME, now);
        Reply::Ok
    }

    /// `+CLCK=<fac>,<mode>[,<passwd>]`; only the SIM's own lock can be switched.
    fn lock(&mut self, command: &Command, lines: &mut Vec<String>, _now: Instant) -> Reply {
        let arguments = command.arguments();
        let facility = arguments.first().map(String::as_str).unwrap_or_default();
        match (&command.form, facility, command.number(1)) {
            (Form::Test, _, _) => {
                lines.push("+CLCK: (\"SC\",\"AO\",\"OI\",\"OX\",\"AI\",\"IR\",\"FD\")".to_owned());
            }
            (Form::Set(_), "SC", Some(2)) => {
                lines.push(format!("+CLCK: {}", u8::from(self.sim.pin_enabled)));
            }
            (Form::Set(_), "AO" | "OI" | "OX" | "AI" | "IR" | "FD", Some(2)) => {
                lines.push("+CLCK: 0".to_owned());
            }
            (Form::Set(_), "SC", Some(mode @ 0..=1)) => {
                let pin = arguments.get(2).cloned().unwrap_or_default();
                if !self.sim.check_pin(&pin) {
                    return WRONG;
                }
                self.sim.pin_enabled = mode == 1;
            }
            (Form::Set(_), "AO" | "OI" | "OX" | "AI" | "IR" | "FD", Some(0 | 1)) => return WRONG,
            _ => return Reply::Cme(50),
        }
        Reply::Ok
    }

    fn password(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let arguments = command.arguments();
        match (&command.form, arguments.as_slice()) {
            (Form::Test, _) => lines.push("+CPWD: (\"SC\",8)".to_owned()),
            (Form::Set(_), [facility, old, new]) if facility == "SC" => {
                if !self.sim.check_pin(old) {
                    return WRONG;
                }
                if !self.sim.set_pin(new) {
                    return Reply::Cme(50);
                }
            }
            _ => return Reply::Cme(3),
        }
        Reply::Ok
    }
}
