//! Registration, operator, signal (3GPP TS 27.007 §7.2, §7.3, §8.5, §8.69).

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::network::Registration;
use crate::simulator::terminal::execute::{Reply, Wait};
use crate::simulator::terminal::parser::{Command, Form};
use std::time::Duration;

/// How long a search for networks takes.
const SCAN_TIME: Duration = Duration::from_secs(4);

impl SimulatedModem {
    pub(super) fn network_service(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "+CREG" => self.registration(0, command, lines, now),
            "+CGREG" => self.registration(1, command, lines, now),
            "+CEREG" => self.registration(2, command, lines, now),
            "+COPS" => self.operator(command, lines, now),
            "+CSQ" => {
                match command.form {
                    Form::Test => lines.push("+CSQ: (0-31,99),(0-7,99)".to_owned()),
                    _ => lines.push(format!("+CSQ: {},99", self.network.signal(now))),
                }
                Reply::Ok
            }
            "+CESQ" => {
                let signal = self.network.signal(now);
                // <rsrp> 0–97 from −140 dBm in steps of one; −98 dBm goes with −71 dBm here.
                let rsrp = if signal == 99 { 255 } else { u32::from(signal) * 2 };
                match command.form {
                    Form::Test => {
                        lines.push(
                            "+CESQ: (0-63,99),(0-7,99),(0-96,255),(0-49,255),(0-34,255),\
                                    (0-97,255)"
                                .to_owned(),
                        );
                    }
                    _ => lines.push(format!("+CESQ: 99,99,255,255,20,{rsrp}")),
                }
                Reply::Ok
            }
            "+CGATT" => {
                let attached = u8::from(self.network.registration().carries_texts());
                match command.form {
                    Form::Read => lines.push(format!("+CGATT: {attached}")),
                    Form::Test => lines.push("+CGATT: (0,1)".to_owned()),
                    _ => {}
                }
                Reply::Ok
            }
            "+CGDCONT" => {
                if command.form == Form::Read {
                    lines.push("+CGDCONT: 1,\"IP\",\"internet\",\"\",0,0".to_owned());
                }
                Reply::Ok
            }
            _ => return None,
        };
        Some(reply)
    }

    fn registration(
        &mut self,
        place: usize,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        let name = &command.name;
        match &command.form {
            Form::Test => lines.push(format!("{name}: (0-2)")),
            Form::Read => {
                let level = self.settings.reports.registration[place];
                let state = self.registration_state(place, level, now);
                lines.push(format!("{name}: {level},{state}"));
            }
            Form::Execute => self.settings.reports.registration[place] = 0,
            Form::Set(_) => match command.number(0) {
                Some(level @ 0..=2) => self.settings.reports.registration[place] = level as u8,
                _ => return Reply::Cme(50),
            },
        }
        Reply::Ok
    }

    /// `+COPS` (27.007 §7.3).
    fn operator(&mut self, command: &Command, lines: &mut Vec<String>, now: Instant) -> Reply {
        match &command.form {
            Form::Test => return Reply::Wait(Wait::Scan(now + SCAN_TIME)),
            Form::Read => {
                let registered = self.network.registration().carries_texts();
                if !registered {
                    lines.push("+COPS: 0".to_owned());
                    return Reply::Ok;
                }
                let format = self.settings.operator_format;
                let name = match format {
                    0 | 1 => super::text_form::shown("TestNet", &self.settings.texts),
                    _ => "00101".to_owned(),
                };
                let access = self.persona.access.map(|access| format!(",{access}"));
                let access = access.unwrap_or_default();
                lines.push(format!("+COPS: 0,{format},\"{name}\"{access}"));
            }
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => match (command.number(0), command.number(1)) {
                (Some(3), Some(format @ 0..=2)) => self.settings.operator_format = format as u8,
                (Some(0), _) => self.register_if_ready(crate::simulator::REGISTER_TIME, now),
                (Some(1 | 4), _) => {
                    let wanted = command.arguments().get(2).cloned().unwrap_or_default();
                    if wanted != "TestNet" && wanted != "00101" {
                        return Reply::Cme(30);
                    }
                }
                (Some(2), _) => {
                    self.network.register_in(Duration::ZERO, Registration::Idle, now);
                }
                _ => return Reply::Cme(50),
            },
        }
        Reply::Ok
    }

    /// The answer of `+COPS=?`.
    pub(in crate::simulator) fn operators_found(&self) -> String {
        let access = self.persona.access.unwrap_or(0);
        format!(
            "+COPS: (2,\"TestNet\",\"TestNet\",\"00101\",{access}),\
             (3,\"Elsewhere Mobile\",\"Elsewhere\",\"00102\",{access}),,(0-4),(0-2)"
        )
    }
}
