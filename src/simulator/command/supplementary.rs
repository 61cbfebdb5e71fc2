//! Caller ID, call waiting, service codes, and settings that only need to be kept
//! (3GPP TS 27.007 §7).

use super::SimulatedModem;
use super::text_form;
use crate::clock::Instant;
use crate::simulator::persona::CallReports;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    pub(super) fn supplementary(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "+CLIP" => match command.form {
                Form::Read => {
                    lines.push(format!("+CLIP: {},1", u8::from(self.settings.reports.clip)));
                    Reply::Ok
                }
                _ => self.switch(command, lines, |modem| &mut modem.settings.reports.clip),
            },
            "+COLP" => match command.form {
                Form::Read => {
                    lines.push(format!("+COLP: {},1", u8::from(self.settings.reports.colp)));
                    Reply::Ok
                }
                _ => self.switch(command, lines, |modem| &mut modem.settings.reports.colp),
            },
            "+CRC" => self.switch(command, lines, |modem| &mut modem.settings.reports.cring),
            "+CLIR" => match command.form {
                Form::Read => {
                    let kept = self.settings.kept.get("+CLIR").map_or("0", String::as_str);
                    lines.push(format!("+CLIR: {kept},4"));
                    Reply::Ok
                }
                _ => self.keep_setting(command, lines, "0", "(0-2)"),
            },
            "+CCWA" => self.waiting_setting(command, lines),
            "+CUSD" => self.service_code_command(command, lines, now),
            "+CSSN" => self.keep_setting(command, lines, "0,0", "(0,1),(0,1)"),
            "+CVHU" => self.keep_setting(command, lines, "0", "(0-2)"),
            "+CMOD" => self.keep_setting(command, lines, "0", "(0)"),
            "+CSTA" => self.keep_setting(command, lines, "129", "(129,145)"),
            "+CLVL" => self.keep_setting(command, lines, "3", "(0-5)"),
            "+CMUT" => self.keep_setting(command, lines, "0", "(0,1)"),
            "+CMER" => self.keep_setting(command, lines, "0,0,0,0,0", "(0-3),(0),(0),(0,1),(0)"),
            "+CTZR" | "+CTZU" => self.keep_setting(command, lines, "0", "(0,1)"),
            "+CCFC" => self.forwarding(command, lines),
            _ => return None,
        };
        Some(reply)
    }

    /// `+CCWA=<n>,<mode>,<class>` (27.007 §7.12).
    fn waiting_setting(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let shown = self.settings.reports.ccwa;
        match &command.form {
            Form::Test => lines.push("+CCWA: (0,1)".to_owned()),
            Form::Read => lines.push(format!("+CCWA: {}", u8::from(shown))),
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => {
                match command.number(0) {
                    Some(number @ 0..=1) => self.settings.reports.ccwa = number == 1,
                    None => {}
                    Some(_) => return Reply::Cme(50),
                }
                match command.number(1) {
                    Some(mode @ 0..=1) => self.network.set_call_waiting(mode == 1),
                    Some(2) => {
                        let on = u8::from(self.network.call_waiting());
                        lines.push(format!("+CCWA: {on},1"));
                    }
                    None => {}
                    Some(_) => return Reply::Cme(50),
                }
            }
        }
        Reply::Ok
    }

    /// `+CUSD=<n>,<str>,<dcs>` (27.007 §7.15).
    fn service_code_command(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        match &command.form {
            Form::Test => lines.push("+CUSD: (0-2)".to_owned()),
            Form::Read => {
                lines.push(format!("+CUSD: {}", u8::from(self.settings.reports.cusd)));
            }
            Form::Execute => self.settings.reports.cusd = false,
            Form::Set(_) => {
                match command.number(0) {
                    Some(number @ 0..=1) => self.settings.reports.cusd = number == 1,
                    Some(2) => {
                        self.network.cancel_service_code();
                        return Reply::Ok;
                    }
                    _ => return Reply::Cme(50),
                }
                if let Some(text) = command.arguments().get(1) {
                    if !self.network.registration().carries_calls() {
                        return Reply::Cme(30);
                    }
                    let huawei = self.persona.calls.reports == CallReports::Huawei;
                    let packed = text_form::packed_service_text(text).filter(|_| huawei);
                    self.timers.packed_service = packed.is_some();
                    let plain = text_form::typed_service_text(text, &self.settings.texts);
                    let text = packed.unwrap_or(plain);
                    self.network.service_code(&text, now);
                }
            }
        }
        Reply::Ok
    }

    /// `+CCFC=<reason>,2`: nothing is forwarded (27.007 §7.11).
    fn forwarding(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        match (&command.form, command.number(1)) {
            (Form::Test, _) => lines.push("+CCFC: (0-5)".to_owned()),
            (Form::Set(_), Some(2)) => lines.push("+CCFC: 0,255".to_owned()),
            (Form::Set(_), Some(0 | 4)) => {}
            _ => return Reply::Cme(3),
        }
        Reply::Ok
    }
}
