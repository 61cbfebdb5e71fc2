//! The commands of the phonebook (3GPP TS 27.007 §8.11 `+CPBS`, §8.12 `+CPBR`, §8.13 `+CPBF`,
//! §8.14 `+CPBW`).

use super::{SimulatedModem, text_form, type_of_number};
use crate::simulator::phonebook::Entry;
use crate::simulator::terminal::execute::Reply;
use crate::simulator::terminal::parser::{Command, Form};

impl SimulatedModem {
    pub(super) fn phonebook_command(
        &mut self,
        command: &Command,
        lines: &mut Vec<String>,
    ) -> Option<Reply> {
        let (numbers, names) = self.persona.services.phonebook_lengths;
        let places = self.phonebook.book().capacity;
        let test = match command.name.as_str() {
            "+CPBS" => {
                let names: Vec<_> =
                    self.phonebook.names().iter().map(|name| format!("\"{name}\"")).collect();
                format!("+CPBS: ({})", names.join(","))
            }
            "+CPBR" => format!("+CPBR: (1-{places}),{numbers},{names}"),
            "+CPBF" => format!("+CPBF: {numbers},{names}"),
            "+CPBW" => format!("+CPBW: (1-{places}),{numbers},(129,145,161),{names}"),
            _ => return None,
        };
        Some(match (command.name.as_str(), &command.form) {
            (_, Form::Test) => {
                lines.push(test);
                Reply::Ok
            }
            ("+CPBS", Form::Read) => {
                let book = self.phonebook.book();
                let used = book.entries().len();
                lines.push(format!("+CPBS: \"{}\",{used},{}", book.name, book.capacity));
                Reply::Ok
            }
            ("+CPBS", Form::Set(_)) => self.choose_phonebook(command),
            ("+CPBR", Form::Set(_)) => self.read_phonebook(command, lines),
            ("+CPBF", Form::Set(_)) => self.find_in_phonebook(command, lines),
            ("+CPBW", Form::Set(_)) => self.write_phonebook(command, lines),
            _ => Reply::Cme(50),
        })
    }

    fn choose_phonebook(&mut self, command: &Command) -> Reply {
        let name = command.arguments().first().cloned().unwrap_or_default();
        let name = text_form::plain(&name, &self.settings.texts);
        // Some take the name as it is, whatever the character set.
        let plain = command.arguments().first().cloned().unwrap_or_default();
        if self.phonebook.choose(&name) || self.phonebook.choose(&plain) {
            Reply::Ok
        } else {
            Reply::Cme(3)
        }
    }

    fn row(&self, name: &str, place: u16, entry: &Entry) -> String {
        let kind = type_of_number(&entry.number);
        let text = text_form::shown(&entry.name, &self.settings.texts);
        format!("{name}: {place},\"{}\",{kind},\"{text}\"", entry.number)
    }

    /// `+CPBR=<first>[,<last>]`
    fn read_phonebook(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let book = self.phonebook.book();
        let place = |number: Option<u32>| {
            let place = number.and_then(|number| u16::try_from(number).ok());
            place.filter(|place| (1..=book.capacity).contains(place))
        };
        let Some(first) = place(command.number(0)) else { return Reply::Cme(21) };
        let last =
            if command.arguments().len() > 1 { place(command.number(1)) } else { Some(first) };
        let Some(last) = last else { return Reply::Cme(21) };
        let found = book.entries().iter().filter(|(place, _)| (first..=last).contains(place));
        let rows: Vec<_> = found.map(|(place, entry)| self.row("+CPBR", *place, entry)).collect();
        if rows.is_empty() && self.persona.services.empty_entry_is_error {
            return Reply::Cme(22);
        }
        lines.extend(rows);
        Reply::Ok
    }

    /// `+CPBF=<beginning of a name>`
    fn find_in_phonebook(&mut self, command: &Command, lines: &mut Vec<String>) -> Reply {
        let wanted = command.arguments().first().cloned().unwrap_or_default();
        let wanted = text_form::plain(&wanted, &self.settings.texts).to_lowercase();
        let found = self.phonebook.book().entries().iter();
        let found = found.filter(|(_, entry)| entry.name.to_lowercase().starts_with(&wanted));
        let rows: Vec<_> = found.map(|(place, entry)| self.row("+CPBF", *place, entry)).collect();
        if rows.is_empty() {
            return Reply::Cme(22);
        }
        lines.extend(rows);
        Reply::Ok
    }

    /// `+CPBW=[<index>][,<number>[,<type>[,<text>]]]`: without a number the place is emptied,
    /// without an index the first free one is taken.
    fn write_phonebook(&mut self, command: &Command, _lines: &mut Vec<String>) -> Reply {
        let arguments = command.arguments();
        let book = self.phonebook.book();
        if !book.writable {
            return Reply::Cme(3);
        }
        let index = match arguments.first().map(String::as_str) {
            None | Some("") => None,
            Some(digits) => match digits.parse::<u16>() {
                Ok(index) if (1..=book.capacity).contains(&index) => Some(index),
                _ => return Reply::Cme(21),
            },
        };
        let number = arguments.get(1).cloned().unwrap_or_default();
        let typed = arguments.get(3).cloned().unwrap_or_default();
        let name = text_form::plain(&typed, &self.settings.texts);
        if number.is_empty() && name.is_empty() {
            let Some(index) = index else { return Reply::Cme(50) };
            self.phonebook.book_mut().delete(index);
            return Reply::Ok;
        }
        let (longest_number, longest_name) = self.persona.services.phonebook_lengths;
        let digits = number.strip_prefix('+').unwrap_or(&number);
        if !digits.chars().all(|c| c.is_ascii_digit() || "*#pPwW,?".contains(c)) {
            return Reply::Cme(27);
        }
        if digits.len() > longest_number {
            return Reply::Cme(26);
        }
        if text_form::length_on_sim(&name) > longest_name {
            return Reply::Cme(24);
        }
        let international = command.number(2) == Some(145) || number.starts_with('+');
        let number = if international { format!("+{digits}") } else { digits.to_owned() };
        match self.phonebook.book_mut().write(index, Entry { number, name }) {
            Some(_) => Reply::Ok,
            None => Reply::Cme(20),
        }
    }
}
