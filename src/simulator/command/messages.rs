//! Settings of texts, and sending them (3GPP TS 27.005 §3.1–3.3, §3.5).

use super::{SimulatedModem, hex, text_form};
use crate::clock::Instant;
use crate::simulator::message::tpdu::Submit;
use crate::simulator::storage::{Status, StoredMessage};
use crate::simulator::terminal::execute::{Prompt, Reply, Wait};
use crate::simulator::terminal::parser::{Command, Form};

/// Most octets of a TPDU that `+CMGS` and `+CMGW` take.
const MAX_TPDU: u32 = 164;

impl SimulatedModem {
    pub(super) fn messages(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "+CMGF" if self.persona.texts.text_mode_only && command.number(0) == Some(0) => {
                Reply::Cms(303)
            }
            "+CMGF" => self.switch(command, lines, |modem| &mut modem.settings.texts.text_mode),
            "+CSMS" => match command.form {
                Form::Read => {
                    lines.push(format!("+CSMS: {},1,1,1", self.settings.texts.service));
                    Reply::Ok
                }
                Form::Set(_) => {
                    let reply =
                        self.setting(command, lines, 1, |modem| &mut modem.settings.texts.service);
                    if reply == Reply::Ok {
                        lines.push("+CSMS: 1,1,1".to_owned());
                    }
                    reply
                }
                _ => self.setting(command, lines, 1, |modem| &mut modem.settings.texts.service),
            },
            "+CNMI" => self.indications(command, lines),
            "+CSCA" => self.service_centre(command, lines),
            "+CSMP" => self.text_parameters(command, lines),
            "+CSDH" => self.switch(command, lines, |modem| &mut modem.settings.texts.show_header),
            "+CMMS" => self.keep_setting(command, lines, "0", "(0-2)"),
            "+CGSMS" => self.keep_setting(command, lines, "1", "(0-3)"),
            "+CSCB" => self.keep_setting(command, lines, "0,\"\",\"\"", "(0,1)"),
            "+CSAS" | "+CRES" => Reply::Ok,
            "+CNMA" => self.acknowledgement(command, lines, now),
            "+CMGS" | "+CMGW" => self.prompt(command, lines),
            "+CMSS" => self.send_stored(command, lines, now),
            _ => return None,
        };
        Some(reply)
    }

    /// `+CNMI` (27.005 §3.4.1).
    fn indications(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let Some(most) = self.persona.texts.cnmi else { return self.refusal() };
        match &command.form {
            Form::Test => {
                let ranges =
                    most.map(|most| if most == 0 { "(0)".into() } else { format!("(0-{most})") });
                lines.push(format!("+CNMI: {}", ranges.join(",")));
            }
            Form::Read => {
                let values = self.settings.reports.cnmi.map(|value| value.to_string());
                lines.push(format!("+CNMI: {}", values.join(",")));
            }
            Form::Execute => self.settings.reports.cnmi = [0; 5],
            Form::Set(_) => {
                let mut values = self.settings.reports.cnmi;
                for (place, text) in command.arguments().iter().enumerate() {
                    match (place, text.parse::<u8>()) {
                        (0..=4, Ok(value)) if value <= most[place] => values[place] = value,
                        (0..=4, Err(_)) if text.is_empty() => {}
                        _ => return Reply::Cms(303),
                    }
                }
                self.settings.reports.cnmi = values;
            }
        }
        Reply::Ok
    }

    fn service_centre(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        match &command.form {
            Form::Test => {}
            Form::Read => {
                let number = &self.settings.texts.smsc;
                let kind = super::type_of_number(number);
                let shown = text_form::shown(number, &self.settings.texts);
                lines.push(format!("+CSCA: \"{shown}\",{kind}"));
            }
            Form::Execute => return Reply::Cms(305),
            Form::Set(_) => {
                let number = command.arguments().first().cloned().unwrap_or_default();
                let number = text_form::plain(&number, &self.settings.texts);
                let digits = number.strip_prefix('+').unwrap_or(&number);
                let good = (1..=20).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_digit());
                if !good {
                    return Reply::Cms(305);
                }
                let international = command.number(1) == Some(145) || number.starts_with('+');
                let plus = if international { "+" } else { "" };
                self.settings.texts.smsc = format!("{plus}{digits}");
            }
        }
        Reply::Ok
    }

    fn text_parameters(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        match &command.form {
            Form::Test => {}
            Form::Read => {
                let values = self.settings.texts.parameters.map(|value| value.to_string());
                lines.push(format!("+CSMP: {}", values.join(",")));
            }
            Form::Execute => self.settings.texts.parameters = [17, 167, 0, 0],
            Form::Set(_) => {
                for (place, text) in command.arguments().iter().enumerate().take(4) {
                    match text.parse::<u8>() {
                        Ok(value) => self.settings.texts.parameters[place] = value,
                        Err(_) if text.is_empty() => {}
                        Err(_) => return Reply::Cms(305),
                    }
                }
            }
        }
        Reply::Ok
    }

    /// `+CNMA[=<n>]`: 0 and 1 accept, 2 refuses (27.005 §3.4.4). The form with a PDU is refused, as
    /// most modems do.
    fn acknowledgement(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        if command.form == Form::Test {
            lines.push("+CNMA: (0-2)".to_owned());
            return Reply::Ok;
        }
        if command.number(1).is_some_and(|length| length > 0) {
            return Reply::Cms(303);
        }
        let good = command.number(0).unwrap_or(0) != 2;
        if self.acknowledge(good, now) { Reply::Ok } else { Reply::Cms(340) }
    }

    fn prompt(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let store = command.name == "+CMGW";
        let text_mode = self.settings.texts.text_mode;
        let _ = lines;
        let (length, destination) = match &command.form {
            Form::Test => return Reply::Ok,
            Form::Read => return Reply::Error,
            Form::Execute if store && text_mode => (0, String::new()),
            Form::Execute => return Reply::Cms(304),
            Form::Set(_) if text_mode => {
                let number = command.arguments().first().cloned().unwrap_or_default();
                let number = text_form::plain(&number, &self.settings.texts);
                let international = command.number(1) == Some(145) && !number.starts_with('+');
                let plus = if international { "+" } else { "" };
                (0, format!("{plus}{number}"))
            }
            Form::Set(_) => match command.number(0) {
                Some(length) if (8..=MAX_TPDU).contains(&length) => (length, String::new()),
                _ => return Reply::Cms(304),
            },
        };
        let length = length as usize;
        let body = Vec::new();
        Reply::Wait(Wait::Prompt(Prompt { store, length, destination, text_mode, body }))
    }

    /// The text after the prompt is complete.
    pub(in crate::simulator) fn prompt_answered(
        &mut self,
        prompt: &Prompt,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        let tpdu = if prompt.text_mode {
            text_form::submit(&prompt.destination, &prompt.body, &self.settings.texts)
        } else {
            tpdu_of(&prompt.body, prompt.length)
        };
        let error = Reply::Cms(if prompt.text_mode { 305 } else { 304 });
        let Some(tpdu) = tpdu else { return error };
        if !prompt.store {
            return match Submit::read(&tpdu) {
                Some(submit) => self.send_text(submit, "+CMGS", now),
                None => error,
            };
        }
        let message = StoredMessage { status: Status::Unsent, tpdu, serial: None };
        match self.storage.selected_mut(1).store(message) {
            Some(index) => {
                lines.push(format!("+CMGW: {index}"));
                Reply::Ok
            }
            None => Reply::Cms(322),
        }
    }

    /// `+CMSS=<index>[,<da>]`: sends what `+CMGW` stored. Another recipient is not supported.
    fn send_stored(&mut self, command: &Command, _lines: &mut Vec<String>, now: Instant) -> Reply {
        let index = command.number(0).and_then(|index| u16::try_from(index).ok());
        let place = index.and_then(|index| self.storage.selected_mut(1).place(index));
        let Some(Some(message)) = place else { return Reply::Cms(321) };
        match Submit::read(&message.tpdu) {
            Some(submit) => {
                message.status = Status::Sent;
                self.send_text(submit, "+CMSS", now)
            }
            None => Reply::Cms(304),
        }
    }
}

/// The TPDU in what was typed after a prompt of PDU mode, if its length is as announced.
fn tpdu_of(typed: &[u8], length: usize) -> Option<Vec<u8>> {
    let octets = hex::decode(typed)?;
    let smsc = usize::from(*octets.first()?);
    let tpdu = octets.get(1 + smsc..)?;
    (tpdu.len() == length && smsc <= 12).then(|| tpdu.to_vec())
}
