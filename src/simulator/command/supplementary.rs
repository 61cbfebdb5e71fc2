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
            "+CUSD" => self.service_code_command(command, lines, now),
            "+CSSN" => self.keep_setting(command, lines, "0,0", "(0,1),(0,1)"),
            "+CVHU" => self.keep_setting(command, lines, "0", "(0-2)"),
            "+CMOD" => self.keep_setting(command, lines, "0", "(0)"),
            "+CSTA" => self.keep_setting(command, lines, "129", "(129,145)"),
            "+CLVL" => self.keep_setting(command, lines, "3", "(0-5)"),
            "+CMER" => self.keep_setting(command, lines, "0,0,0,0,0", "(0-3),(0),(0),(0,1),(0)"),
            "+CTZR" | "+CTZU" => self.keep_setting(command, lines, "0", "(0,1)"),
            _ => return None,
        };
        Some(reply)
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
                    let only = self.persona.services.ussd_packed_only;
                    let huawei = self.persona.calls.reports == CallReports::Huawei || only;
                    let short = only || self.timers.packed_service;
                    let packed = text_form::packed_service_text(text, short).filter(|_| huawei);
                    self.timers.packed_service = packed.is_some();
                    let plain = text_form::typed_service_text(text, &self.settings.texts);
                    // What is no hex goes out as noise that no network knows.
                    let other = if only { "?".to_owned() } else { plain };
                    let text = packed.unwrap_or(other);
                    self.network.service_code(&text, now);
                }
            }
        }
        Reply::Ok
    }
}
