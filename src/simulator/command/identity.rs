//! Who the modem and the SIM are, the clock, the battery, the character set
//! (3GPP TS 27.007 §5, §8).

use super::SimulatedModem;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

/// The SIM's number with the digits of the test network 001 01 (ITU-T E.212).
pub(super) const IMSI: &str = "001010123456789";

/// The SIM's serial number.
pub(super) const ICCID: &str = "8988303000012345678";

impl SimulatedModem {
    pub(super) fn identity(&mut self, command: &Command, lines: &mut Vec<String>) -> Option<Reply> {
        let identity = &self.persona.identity;
        let fixed = match command.name.as_str() {
            "+CGMI" | "+GMI" => identity.manufacturer,
            "+CGMM" | "+GMM" => identity.model,
            "+CGMR" | "+GMR" => identity.revision,
            "+CGSN" | "+GSN" => identity.imei,
            "+CIMI" => IMSI,
            "+CCID" => ICCID,
            _ => return self.other_information(command, lines),
        };
        match command.form {
            Form::Test => return Some(Reply::Ok),
            Form::Read => return Some(Reply::Cme(50)),
            // `+CGSN=1` asks for the IMEI by type; the answer is quoted then.
            Form::Set(_) if command.name == "+CGSN" => lines.push(format!("+CGSN: \"{fixed}\"")),
            Form::Set(_) => return Some(Reply::Cme(50)),
            Form::Execute if identity.prefixed || command.name == "+CCID" => {
                lines.push(format!("{}: {fixed}", command.name));
            }
            Form::Execute => lines.push(fixed.to_owned()),
        }
        Some(Reply::Ok)
    }

    fn other_information(&mut self, command: &Command, lines: &mut Vec<String>) -> Option<Reply> {
        let tested = command.form == Form::Test;
        match command.name.as_str() {
            "+CBC" if tested => lines.push("+CBC: (0-3),(0-100)".to_owned()),
            "+CBC" => lines.push("+CBC: 0,85".to_owned()),
            "+CCLK" if tested => {}
            "+CCLK" => {
                let wall_time = self.network.wall_time(self.timers.now);
                let stamp = crate::simulator::message::tpdu::timestamp(wall_time);
                let text = crate::simulator::message::tpdu::timestamp_text(&stamp);
                lines.push(format!("+CCLK: \"{text}\""));
            }
            "+CSCS" => return Some(self.character_set(command, lines)),
            _ => return None,
        }
        Some(Reply::Ok)
    }

    /// `+CSCS` (27.007 §5.5).
    fn character_set(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let known = self.persona.texts.charsets;
        match &command.form {
            Form::Test => {
                let names: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
                lines.push(format!("+CSCS: ({})", names.join(",")));
            }
            Form::Read => lines.push(format!("+CSCS: \"{}\"", self.settings.texts.charset)),
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => {
                let asked = command.arguments().first().cloned().unwrap_or_default();
                let asked = super::text_form::plain(&asked, &self.settings.texts);
                match known.iter().find(|name| name.eq_ignore_ascii_case(&asked)) {
                    Some(name) => (*name).clone_into(&mut self.settings.texts.charset),
                    None => return Reply::Cme(50),
                }
            }
        }
        Reply::Ok
    }
}
