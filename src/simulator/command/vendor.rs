//! The makers' own commands: those with an effect, then the tables of fixed answers.

use super::SimulatedModem;
use crate::clock::Instant;
use crate::simulator::network::CallStage;
use crate::simulator::persona::CallReports;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    pub(super) fn vendor(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let own = match self.persona.calls.reports {
            CallReports::Huawei => self.huawei(command),
            CallReports::Simcom => self.simcom(command, lines),
            CallReports::Quectel => self.quectel(command, lines, now),
            reports => report_setting(reports)
                .filter(|(name, _)| *name == command.name)
                .map(|(_, values)| self.keep_setting(command, lines, "0", values)),
        };
        if own.is_some() {
            return own;
        }
        let text = command.text();
        let known = self.persona.vendor.iter().find(|known| text.starts_with(known.begins))?;
        // The function is on; ready for calls over LTE or not.
        let ims = format!(",{}", u8::from(self.network.ims()));
        lines.extend(known.lines.iter().map(|line| line.replace(",{ims}", &ims)));
        Some(Reply::Ok)
    }

    fn huawei(&mut self, command: &Command) -> Option<Reply> {
        match (command.name.as_str(), &command.form) {
            ("^CURC", Form::Set(_)) => {
                self.settings.reports.curc = command.number(0) != Some(0);
                Some(Reply::Ok)
            }
            ("^DTMF", Form::Set(_)) => {
                let tone = command.arguments().get(1).cloned().unwrap_or_default();
                let sent = self.network.call_table().send_tones(&tone);
                Some(if sent { Reply::Ok } else { Reply::Cme(3) })
            }
            _ => None,
        }
    }

    fn simcom(&mut self, command: &Command, lines: &mut Vec<String>) -> Option<Reply> {
        match (command.name.as_str(), &command.form) {
            ("+CPCMREG", Form::Set(_)) => {
                let active = self.network.call_table().in_stage(&[CallStage::Active]).is_some();
                let off = command.number(0) == Some(0);
                Some(if active || off { Reply::Ok } else { Reply::Error })
            }
            ("+CLCC", Form::Read) => {
                lines.push(format!("+CLCC: {}", u8::from(self.settings.reports.clcc)));
                Some(Reply::Ok)
            }
            _ => None,
        }
    }

    fn quectel(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let arguments = command.arguments();
        match (command.name.as_str(), &command.form) {
            ("+QINDCFG", Form::Set(_)) => {
                let ccinfo = arguments.first().is_some_and(|name| name == "ccinfo");
                match (ccinfo, command.number(1)) {
                    (true, Some(value)) => self.settings.reports.ccinfo = value == 1,
                    (true, None) => {
                        let on = u8::from(self.settings.reports.ccinfo);
                        lines.push(format!("+QINDCFG: \"ccinfo\",{on},0"));
                    }
                    _ => {}
                }
                Some(Reply::Ok)
            }
            ("+QHUP", Form::Set(_)) => {
                let cause = command.number(0).and_then(|cause| u8::try_from(cause).ok());
                let index = command.number(1);
                let all: Vec<u64> = self
                    .network
                    .calls()
                    .iter()
                    .filter(|call| index.is_none_or(|index| u32::from(call.index) == index))
                    .map(|call| call.serial)
                    .collect();
                for serial in &all {
                    self.network.release(*serial, cause.unwrap_or(16), now);
                }
                Some(if all.is_empty() && index.is_some() { Reply::Cme(3) } else { Reply::Ok })
            }
            _ => None,
        }
    }
}

/// The setting that switches a maker's reports on, and the values it takes.
fn report_setting(reports: CallReports) -> Option<(&'static str, &'static str)> {
    Some(match reports {
        CallReports::Wavecom => ("+WIND", "(0-255)"),
        CallReports::DsciCounted | CallReports::DsciListed => ("^DSCI", "(0,1)"),
        CallReports::Ublox => ("+UCALLSTAT", "(0,1)"),
        CallReports::Telit => ("#ECAM", "(0,1)"),
        CallReports::Ericsson => ("*ECAM", "(0,1)"),
        CallReports::Cinterion => ("^SLCC", "(0,1)"),
        CallReports::Intel => ("+XCALLSTAT", "(0,1)"),
        CallReports::None
        | CallReports::Huawei
        | CallReports::Simcom
        | CallReports::Quectel
        | CallReports::Zte => return None,
    })
}
