//! Whether and how the modem can talk: voice over IMS (3GPP TS 27.007 §8.71 `+CIREG`, §8.68
//! `+CIREP`), the voice domain (§10.1.35 `+CEVDP`), the call mode (`+CVMOD`).

use super::SimulatedModem;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    /// Only modems for E-UTRAN know these.
    pub(super) fn voice_service(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
    ) -> Option<Reply> {
        if self.persona.access != Some(7) {
            return None;
        }
        let ims = u8::from(self.network.ims());
        Some(match (command.name.as_str(), &command.form) {
            ("+CIREG", Form::Read) => {
                let level = self.settings.kept.get("+CIREG").map_or("0", String::as_str);
                // <ext_info> 1: voice (RTP).
                let more = if level == "2" && ims == 1 { ",1" } else { "" };
                lines.push(format!("+CIREG: {level},{ims}{more}"));
                Reply::Ok
            }
            ("+CIREG", _) => self.keep_setting(command, lines, "0", "(0-2)"),
            ("+CIREP", Form::Read) => {
                let on = self.settings.kept.get("+CIREP").map_or("0", String::as_str);
                lines.push(format!("+CIREP: {on},{ims}"));
                Reply::Ok
            }
            ("+CIREP", _) => self.keep_setting(command, lines, "0", "(0,1)"),
            ("+CEVDP", _) => self.keep_setting(command, lines, "3", "(1-4)"),
            ("+CVMOD", _) => self.keep_setting(command, lines, "3", "(0-3)"),
            _ => return None,
        })
    }

    /// `+CIREGU` when asked for.
    pub(in crate::simulator) fn ims_changed(&mut self, on: bool) {
        let level = self.settings.kept.get("+CIREG").map_or("0", String::as_str).to_owned();
        match (level.as_str(), on) {
            ("1", _) | ("2", false) => self.unsolicited(&format!("+CIREGU: {}", u8::from(on))),
            ("2", true) => self.unsolicited("+CIREGU: 1,1"),
            _ => {}
        }
    }
}
