//! Listing, reading and deleting stored messages (3GPP TS 27.005 §3.2.2, §3.4.2, §3.4.3, §3.5.4).

use super::{SimulatedModem, text_form};
use crate::clock::Instant;
use crate::simulator::storage::{Status, StoredMessage};
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    pub(super) fn message_store(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Option<Reply> {
        let reply = match command.name.as_str() {
            "+CPMS" => self.preferred_storage(command, lines, now),
            "+CMGL" => self.list(command, lines),
            "+CMGR" => self.read_message(command, lines),
            "+CMGD" => self.delete(command, lines, now),
            _ => return None,
        };
        Some(reply)
    }

    fn preferred_storage(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
        now: Instant,
    ) -> Reply {
        let quoted = |names: Vec<&str>| {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("({})", quoted.join(","))
        };
        match &command.form {
            Form::Test => {
                let shelves = self.storage.shelves();
                let all: Vec<&str> = shelves.iter().map(|shelf| shelf.memory.name).collect();
                let kept: Vec<&str> = all.iter().copied().filter(|name| *name != "SR").collect();
                let (all, kept) = (quoted(all), quoted(kept));
                lines.push(format!("+CPMS: {all},{kept},{kept}"));
            }
            Form::Read => {
                let used = [0, 1, 2].map(|using| {
                    let shelf = self.storage.selected(using);
                    let memory = shelf.memory;
                    format!("\"{}\",{},{}", memory.name, shelf.used(), memory.capacity)
                });
                lines.push(format!("+CPMS: {}", used.join(",")));
            }
            Form::Execute => return Reply::Cms(302),
            Form::Set(_) => {
                let before = self.storage.clone();
                for (using, name) in command.arguments().iter().enumerate() {
                    let name = text_form::plain(name, &self.settings.texts);
                    if using > 2 || (!name.is_empty() && !self.storage.select(using, &name)) {
                        self.storage = before;
                        return Reply::Cms(302);
                    }
                }
                let used = [0, 1, 2].map(|using| {
                    let shelf = self.storage.selected(using);
                    format!("{},{}", shelf.used(), shelf.memory.capacity)
                });
                lines.push(format!("+CPMS: {}", used.join(",")));
                self.network.memory_available(now);
            }
        }
        Reply::Ok
    }

    /// `+CMGL[=<stat>]`: lists, and marks what it lists as read.
    fn list(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let text_mode = self.settings.texts.text_mode;
        if command.form == Form::Test {
            lines.push(if text_mode {
                "+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")"
                    .to_owned()
            } else {
                "+CMGL: (0-4)".to_owned()
            });
            return Reply::Ok;
        }
        let asked = command.arguments().first().cloned().unwrap_or_default();
        let Some(wanted) = wanted_status(&asked, text_mode) else {
            return Reply::Cms(if text_mode { 305 } else { 304 });
        };
        let shelf = self.storage.selected(0);
        let chosen: Vec<(u16, StoredMessage)> = shelf
            .messages()
            .filter(|(_, message)| wanted.is_none_or(|status| status == message.status))
            .map(|(index, message)| (index, message.clone()))
            .collect();
        for (index, message) in chosen {
            lines.push(self.shown(&message, "+CMGL", Some(index)));
            self.mark_read(index);
        }
        Reply::Ok
    }

    fn read_message(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        if command.form == Form::Test {
            return Reply::Ok;
        }
        let index = command.number(0).and_then(|index| u16::try_from(index).ok());
        let place = index.and_then(|index| self.storage.selected_mut(0).place(index));
        match (place.map(|place| place.clone()), index) {
            (Some(Some(message)), Some(index)) => {
                lines.push(self.shown(&message, "+CMGR", None));
                self.mark_read(index);
                Reply::Ok
            }
            (Some(None), _) if self.persona.texts.empty_place_is_ok => Reply::Ok,
            _ => Reply::Cms(321),
        }
    }

    fn mark_read(&mut self, index: u16) {
        if let Some(Some(message)) = self.storage.selected_mut(0).place(index)
            && message.status == Status::Unread
        {
            message.status = Status::Read;
        }
    }

    /// A message as `+CMGR` (no index) and `+CMGL` show it.
    fn shown(&self, message: &StoredMessage, name: &str, index: Option<u16>) -> String {
        let number = index.map(|index| format!("{index},")).unwrap_or_default();
        if self.settings.texts.text_mode {
            let in_list = index.is_some();
            let text = text_form::stored(message, &self.settings.texts, in_list);
            return format!("{name}: {number}{text}");
        }
        let (status, length) = (message.status as u8, message.tpdu.len());
        format!("{name}: {number}{status},,{length}\n{}", self.pdu(&message.tpdu))
    }

    /// `+CMGD=<index>[,<delflag>]`.
    fn delete(&mut self, command: &Command, lines: &mut Vec<String>, now: Instant) -> Reply {
        let shelf = self.storage.selected_mut(0);
        if command.form == Form::Test {
            let indexes: Vec<String> = shelf.messages().map(|(n, _)| n.to_string()).collect();
            lines.push(format!("+CMGD: ({}),(0-4)", indexes.join(",")));
            return Reply::Ok;
        }
        let Some(index) = command.number(0).and_then(|index| u16::try_from(index).ok()) else {
            return Reply::Cms(321);
        };
        let doomed = |status: Status, flag: u32| match flag {
            1 => status == Status::Read,
            2 => matches!(status, Status::Read | Status::Sent),
            3 => status != Status::Unread,
            _ => true,
        };
        match command.number(1).unwrap_or(0) {
            0 => match shelf.place(index) {
                Some(place) => *place = None,
                None => return Reply::Cms(321),
            },
            flag @ 1..=4 => {
                let all: Vec<u16> = shelf
                    .messages()
                    .filter(|(_, message)| doomed(message.status, flag))
                    .map(|(index, _)| index)
                    .collect();
                for index in all {
                    if let Some(place) = shelf.place(index) {
                        *place = None;
                    }
                }
            }
            _ => return Reply::Cms(302),
        }
        self.network.memory_available(now);
        Reply::Ok
    }
}

/// What `<stat>` asks for: `Some(None)` is everything, `None` is nonsense.
fn wanted_status(asked: &str, text_mode: bool) -> Option<Option<Status>> {
    let all = [Status::Unread, Status::Read, Status::Unsent, Status::Sent];
    if text_mode {
        return match asked {
            "ALL" => Some(None),
            "" => Some(Some(Status::Unread)),
            word => all.into_iter().find(|status| status.word() == word).map(Some),
        };
    }
    match asked {
        "4" => Some(None),
        "" => Some(Some(Status::Unread)),
        number => {
            let number: u8 = number.parse().ok()?;
            all.into_iter().find(|status| *status as u8 == number).map(Some)
        }
    }
}
