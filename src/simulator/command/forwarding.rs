//! Forwarding, waiting, and how the own number is shown (3GPP TS 27.007 §7.7, §7.11, §7.12): what
//! the network keeps.

use super::{SimulatedModem, type_of_number};
use crate::simulator::network::services::DEFAULT_CLASSES;
use crate::simulator::network::{Diversion, ServiceBook};
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    pub(super) fn kept_services(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
    ) -> Option<Reply> {
        Some(match command.name.as_str() {
            "+CCFC" => self.forwarding(command, lines),
            "+CCWA" => self.waiting_setting(command, lines),
            "+CLIR" => match command.form {
                Form::Read => {
                    let kept = self.settings.kept.get("+CLIR").map_or("0", String::as_str);
                    let mode = self.network.services().own_number;
                    lines.push(format!("+CLIR: {kept},{mode}"));
                    Reply::Ok
                }
                Form::Set(_) if !matches!(command.number(0), Some(0..=2)) => Reply::Cme(50),
                _ => self.keep_setting(command, lines, "0", "(0-2)"),
            },
            _ => return None,
        })
    }

    /// The network can't be asked.
    fn no_network(&self) -> Option<Reply> {
        (!self.network.registration().carries_texts()).then_some(Reply::Cme(30))
    }

    /// `<class>` at this place; what the specification takes where it is missing.
    pub(super) fn classes(command: &Command, place: usize) -> Option<u16> {
        match command.arguments().get(place).map(String::as_str) {
            None | Some("") => Some(DEFAULT_CLASSES),
            Some(_) => match command.number(place) {
                Some(classes @ 1..=255) => Some(classes as u16),
                _ => None,
            },
        }
    }

    /// `+CCWA=<n>,<mode>,<class>` (27.007 §7.12).
    fn waiting_setting(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let shown = self.settings.reports.ccwa;
        match &command.form {
            Form::Test => lines.push("+CCWA: (0,1)".to_owned()),
            Form::Read => lines.push(format!("+CCWA: {}", u8::from(shown))),
            Form::Execute => return Reply::Cme(50),
            Form::Set(_) => {
                let Some(classes) = Self::classes(command, 2) else { return Reply::Cme(50) };
                match command.number(0) {
                    Some(number @ 0..=1) => self.settings.reports.ccwa = number == 1,
                    None => {}
                    Some(_) => return Reply::Cme(50),
                }
                let Some(mode) = command.number(1) else { return Reply::Ok };
                if let Some(refused) = self.no_network() {
                    return refused;
                }
                match mode {
                    0 | 1 => self.network.service_book().set_waiting(classes, mode == 1),
                    2 => {
                        let on = self.network.services().waiting() & classes;
                        lines.push(rows_of("+CCWA", on, classes));
                    }
                    _ => return Reply::Cme(50),
                }
            }
        }
        Reply::Ok
    }

    /// `+CCFC=<reason>,<mode>[,<number>[,<type>[,<class>[,<subaddr>[,<satype>[,<time>]]]]]]`
    /// (27.007 §7.11).
    fn forwarding(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        match command.form {
            Form::Test => {
                lines.push("+CCFC: (0-5)".to_owned());
                return Reply::Ok;
            }
            Form::Set(_) => {}
            _ => return Reply::Cme(50),
        }
        let which = command.number(0).and_then(Diversion::named);
        let (Some(which), Some(mode)) = (which, command.number(1)) else { return Reply::Cme(50) };
        let Some(classes) = Self::classes(command, 4) else { return Reply::Cme(50) };
        if let Some(refused) = self.no_network() {
            return refused;
        }
        let book = self.network.service_book();
        let switched = match mode {
            0 | 1 => book.switch_forwarding(which, classes, mode == 1),
            2 => {
                let &[reason] = which else { return Reply::Cme(3) };
                lines.push(forwarding_rows(book, reason, classes));
                Ok(())
            }
            3 => {
                let number = command.arguments().get(2).cloned().unwrap_or_default();
                let digits = number.strip_prefix('+').unwrap_or(&number);
                let seconds = command.number(7);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Reply::Cme(27);
                }
                if seconds.is_some_and(|seconds| !(1..=30).contains(&seconds)) {
                    return Reply::Cme(50);
                }
                let international = command.number(3) == Some(145) || number.starts_with('+');
                let number = if international { format!("+{digits}") } else { number };
                let usual = u32::from(ServiceBook::usual_seconds());
                book.register(which, classes, &number, seconds.unwrap_or(usual) as u8);
                Ok(())
            }
            4 => {
                book.erase(which, classes);
                Ok(())
            }
            _ => return Reply::Cme(50),
        };
        if switched.is_ok() { Reply::Ok } else { Reply::Cme(3) }
    }
}

/// A row for each class that is on; one for all of them if none is (27.007 §7.4, §7.12).
pub(super) fn rows_of(name: &str, on: u16, asked: u16) -> String {
    let rows: Vec<String> = (0..8)
        .map(|bit| 1u16 << bit)
        .filter(|class| on & class != 0)
        .map(|class| format!("{name}: 1,{class}"))
        .collect();
    if rows.is_empty() { format!("{name}: 0,{asked}") } else { rows.join("\n") }
}

fn forwarding_rows(book: &ServiceBook, reason: Diversion, classes: u16) -> String {
    let rows: Vec<String> = book
        .forwardings(reason, classes)
        .into_iter()
        .map(|(class, to)| {
            let (number, kind) = (&to.number, type_of_number(&to.number));
            let time = match reason {
                Diversion::NoReply => format!(",,,{}", to.seconds),
                _ => String::new(),
            };
            format!("+CCFC: {},{class},\"{number}\",{kind}{time}", u8::from(to.active))
        })
        .collect();
    if rows.is_empty() { format!("+CCFC: 0,{classes}") } else { rows.join("\n") }
}
