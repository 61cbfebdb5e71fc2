//! PIN, PUK, locks and their passwords (3GPP TS 27.007 §7.4, §7.5, §8.3).

use super::SimulatedModem;
use super::forwarding::rows_of;
use crate::clock::Instant;
use crate::simulator::REGISTER_TIME;
use crate::simulator::network::services::ServiceError;
use crate::simulator::sim_card::SimState;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

/// `+CME ERROR: 16`: incorrect password.
const WRONG: Reply = Reply::Cme(16);

/// The barring facilities (27.007 §7.4).
const BARRINGS: [&str; 8] = ["AO", "OI", "OX", "AI", "IR", "AB", "AG", "AC"];

/// `+CLCK=?`
const FACILITIES: &str =
    "+CLCK: (\"SC\",\"FD\",\"AO\",\"OI\",\"OX\",\"AI\",\"IR\",\"AB\",\"AG\",\"AC\")";

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

    /// `+CLCK=<fac>,<mode>[,<passwd>[,<class>]]`: the SIM's own lock, fixed dialing, barring.
    fn lock(&mut self, command: &Command, lines: &mut Vec<String>, _now: Instant) -> Reply {
        let arguments = command.arguments();
        let facility = arguments.first().map(String::as_str).unwrap_or_default();
        let password = arguments.get(2).map(String::as_str).unwrap_or_default();
        match (&command.form, facility, command.number(1)) {
            (Form::Test, _, _) => lines.push(FACILITIES.to_owned()),
            (Form::Set(_), "SC", Some(2)) => {
                lines.push(format!("+CLCK: {}", u8::from(self.sim.pin_enabled)));
            }
            (Form::Set(_), "SC", Some(mode @ 0..=1)) => {
                if !self.sim.check_pin(password) {
                    return WRONG;
                }
                self.sim.pin_enabled = mode == 1;
            }
            (Form::Set(_), "FD", Some(2)) => {
                lines.push(format!("+CLCK: {}", u8::from(self.sim.fixed_dialing)));
            }
            (Form::Set(_), "FD", Some(mode @ 0..=1)) => match self.sim.check_pin2(password) {
                Ok(()) => self.sim.fixed_dialing = mode == 1,
                Err(error) => return Reply::Cme(error),
            },
            (Form::Set(_), _, Some(mode)) => return self.barring(command, mode, lines),
            _ => return Reply::Cme(50),
        }
        Reply::Ok
    }

    fn barring(&mut self, command: &Command, mode: u32, lines: &mut Vec<String>) -> Reply {
        let arguments = command.arguments();
        let facility = arguments.first().map(String::as_str).unwrap_or_default();
        let password = arguments.get(2).map(String::as_str).unwrap_or_default();
        let Some(classes) = Self::classes(command, 3) else { return Reply::Cme(50) };
        if !BARRINGS.contains(&facility) {
            return Reply::Cme(4);
        }
        if !self.network.registration().carries_texts() {
            return Reply::Cme(30);
        }
        match (mode, self.network.services().barred(facility)) {
            (2, Some(on)) => lines.push(rows_of("+CLCK", on & classes, classes)),
            (0 | 1, _) => {
                let book = self.network.service_book();
                return match book.bar(facility, classes, mode == 1, password) {
                    Ok(()) => Reply::Ok,
                    Err(ServiceError::Password) => WRONG,
                    Err(ServiceError::NotPossible) => Reply::Cme(3),
                };
            }
            // `AB`, `AG` and `AC` can't be asked for.
            (2, None) => return Reply::Cme(3),
            _ => return Reply::Cme(50),
        }
        Reply::Ok
    }

    /// `+CPWD=<fac>,<oldpwd>,<newpwd>` (27.007 §7.5).
    fn password(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let arguments = command.arguments();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match (&command.form, arguments.as_slice()) {
            (Form::Test, _) => {
                lines.push("+CPWD: (\"SC\",8),(\"P2\",8),(\"AB\",4)".to_owned());
            }
            // A PIN that is not asked for can't be changed (3GPP TS 51.011 §8.10).
            (Form::Set(_), ["SC", _, _]) if !self.sim.pin_enabled => return Reply::Cme(3),
            (Form::Set(_), ["SC", old, new]) => {
                if !self.sim.check_pin(old) {
                    return WRONG;
                }
                if !self.sim.set_pin(new) {
                    return Reply::Cme(50);
                }
            }
            (Form::Set(_), ["P2", old, new]) => {
                if let Err(error) = self.sim.change_pin2(old, new) {
                    return Reply::Cme(error);
                }
            }
            (Form::Set(_), [facility, old, new]) if BARRINGS.contains(facility) => {
                return match self.network.service_book().change_password(old, new) {
                    Ok(()) => Reply::Ok,
                    Err(ServiceError::Password) => WRONG,
                    Err(ServiceError::NotPossible) => Reply::Cme(50),
                };
            }
            _ => return Reply::Cme(3),
        }
        Reply::Ok
    }
}
