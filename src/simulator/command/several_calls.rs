//! Several calls at once (3GPP TS 27.007 §6.5, §7.13, §7.14, §8.24, V.250 §6.3.5; 22.030 §6.5.5.1).

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::network::{CallStage, Notification};
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

/// Calls that only `ATH` and `+CHUP` end: all but a waiting one.
const OWN_CALLS: [CallStage; 5] = [
    CallStage::Active,
    CallStage::Held,
    CallStage::Dialing,
    CallStage::Alerting,
    CallStage::Incoming,
];

impl SimulatedModem {
    pub(super) fn several_calls(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "A" => self.answer(now),
            "H" => {
                // With `+CVHU=1` it is ignored (27.007 §6.20).
                if self.settings.kept.get("+CVHU").is_none_or(|value| value != "1") {
                    self.release_stages(&OWN_CALLS, 16, now);
                }
                Reply::Ok
            }
            "+CHUP" => match command.form {
                Form::Test => Reply::Ok,
                _ => self.hang_up(now),
            },
            "+CHLD" => match &command.form {
                Form::Test => {
                    lines.push(format!("+CHLD: {}", self.persona.services.chld));
                    Reply::Ok
                }
                Form::Set(operation) => self.hold(operation, now),
                _ => Reply::Cme(50),
            },
            "+CTFR" if self.persona.services.deflects => match &command.form {
                Form::Test => Reply::Ok,
                Form::Set(_) => {
                    let to = command.arguments().first().cloned().unwrap_or_default();
                    self.deflect(&to, now)
                }
                _ => Reply::Cme(50),
            },
            "+CMUT" => match (&command.form, command.number(0)) {
                (Form::Set(_), Some(0 | 1)) | (Form::Read | Form::Test, _) => {
                    self.keep_setting(command, lines, "0", "(0,1)")
                }
                _ => Reply::Cme(50),
            },
            _ => return None,
        };
        Some(reply)
    }

    /// `ATA`; the `SEND` key of 22.030 for those whose waiting call it takes.
    fn answer(&mut self, now: Instant) -> Reply {
        if let Some(serial) = self.incoming_call() {
            self.network.connect(serial, now);
            return Reply::Ok;
        }
        let waiting = self.network.call_table().in_stage(&[CallStage::Waiting]).is_some();
        if waiting && self.persona.services.answer_takes_waiting {
            return self.hold("2", now);
        }
        Reply::Final("NO CARRIER")
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

    /// `+CHLD` (27.007 §7.13, 22.030 §6.5.5.1).
    fn hold(&mut self, operation: &str, now: Instant) -> Reply {
        if let Some(to) = operation.strip_prefix("4*") {
            return self.deflect(to, now);
        }
        let first = operation.chars().next().map_or(0, char::len_utf8);
        let (kind, index) = operation.split_at(first);
        let index = match index {
            "" => None,
            digits => match digits.parse::<u8>() {
                Ok(index) => Some(index),
                Err(_) => return Reply::Cme(50),
            },
        };
        let form = if index.is_some() { format!("{kind}x") } else { kind.to_owned() };
        let offered = self.persona.services.chld.trim_matches(['(', ')']);
        if !offered.split(',').any(|offered| offered == form) {
            return Reply::Cme(50);
        }
        let done = match (kind, index) {
            ("0", None) => self.refuse_or_end_held(now),
            ("1", None) => self.end_and_take(now),
            ("1", Some(index)) => self.serial_of(index).is_some_and(|serial| {
                self.network.release(serial, 16, now);
                true
            }),
            ("2", None) => self.hold_and_take(now),
            ("2", Some(index)) => self.talk_alone(index, now),
            ("3", None) => self.network.call_table().join(now),
            ("4", None) => self.network.transfer(now),
            // Completion of calls to busy subscribers: only right after such a call (22.093).
            ("5", None) => self.last_cause == 17 && self.network.calls().is_empty(),
            _ => false,
        };
        if done { Reply::Ok } else { Reply::Cme(3) }
    }

    fn stages(&mut self) -> (Option<u64>, Vec<u64>, Vec<u64>) {
        let table = self.network.call_table();
        let waiting = table.in_stage(&[CallStage::Waiting]).map(|call| call.serial);
        let held = table.all_in_stage(&[CallStage::Held]);
        let active = table.all_in_stage(&[CallStage::Active]);
        (waiting, held, active)
    }

    /// A call is being dialed: the line is its own until it is answered or given up.
    fn sets_up(&mut self) -> bool {
        let stages = [CallStage::Dialing, CallStage::Alerting];
        self.network.call_table().in_stage(&stages).is_some()
    }

    /// `0`: the waiting or incoming call hears that we are busy; without one the held ones end.
    fn refuse_or_end_held(&mut self, now: Instant) -> bool {
        let (waiting, held, _) = self.stages();
        let (doomed, cause) = match waiting.or_else(|| self.incoming_call()) {
            Some(serial) => (vec![serial], 17),
            None => (held, 16),
        };
        doomed.iter().for_each(|serial| self.network.release(*serial, cause, now));
        !doomed.is_empty()
    }

    /// `1`: the active calls end, the waiting one, else the held ones, are taken.
    fn end_and_take(&mut self, now: Instant) -> bool {
        let (waiting, held, active) = self.stages();
        if active.is_empty() && waiting.is_none() && held.is_empty() {
            return false;
        }
        let next = waiting.map_or(held, |serial| vec![serial]);
        if !next.is_empty() && self.sets_up() {
            return false;
        }
        next.iter().for_each(|serial| self.network.connect(*serial, now));
        active.iter().for_each(|serial| self.network.release(*serial, 16, now));
        true
    }

    /// `2`: the active calls are held, the waiting one, else the held ones, are taken. There is no
    /// room for two sets of held calls.
    fn hold_and_take(&mut self, now: Instant) -> bool {
        let (waiting, held, active) = self.stages();
        let full = waiting.is_some() && !held.is_empty() && !active.is_empty();
        let next = waiting.map_or(held, |serial| vec![serial]);
        if full || (next.is_empty() && active.is_empty()) || self.sets_up() {
            return false;
        }
        self.swap(&active, &next, now);
        true
    }

    /// `2x`: this one of the conference goes on alone, the others are held. There must be others,
    /// and no held call in their place.
    fn talk_alone(&mut self, index: u8, now: Instant) -> bool {
        let (_, held, active) = self.stages();
        let Some(serial) = self.serial_of(index).filter(|serial| active.contains(serial)) else {
            return false;
        };
        let others: Vec<u64> = active.into_iter().filter(|other| *other != serial).collect();
        if others.is_empty() || !held.is_empty() {
            return false;
        }
        self.network.call_table().leave_conference(serial);
        self.swap(&others, &[], now);
        true
    }

    fn swap(&mut self, active: &[u64], next: &[u64], now: Instant) {
        for serial in active {
            self.network.call_table().set_stage(*serial, CallStage::Held, now);
        }
        for serial in next {
            self.network.connect(*serial, now);
        }
    }

    /// `+CTFR`, `+CHLD=4*…`: the incoming or waiting call goes elsewhere.
    fn deflect(&mut self, to: &str, now: Instant) -> Reply {
        let to = to.trim_matches('"');
        let digits = to.strip_prefix('+').unwrap_or(to);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Reply::Cme(50);
        }
        if self.network.deflect(to, now) { Reply::Ok } else { Reply::Cme(3) }
    }

    fn serial_of(&self, index: u8) -> Option<u64> {
        self.network.calls().iter().find(|call| call.index == index).map(|call| call.serial)
    }

    /// `+CSSI` and `+CSSU`, if `+CSSN` asks for them (27.007 §7.17).
    pub(in crate::simulator) fn notified(&mut self, notification: Notification) {
        let asked = self.settings.kept.get("+CSSN").cloned().unwrap_or_default();
        let mut flags = asked.split(',').map(|flag| flag.trim() == "1");
        let (intermediate, unsolicited) =
            (flags.next().unwrap_or(false), flags.next().unwrap_or(false));
        match notification {
            Notification::Intermediate(code) if intermediate => {
                self.unsolicited(&format!("+CSSI: {code}"));
            }
            Notification::Unsolicited(code) if unsolicited => {
                self.unsolicited(&format!("+CSSU: {code}"));
            }
            _ => {}
        }
    }
}
