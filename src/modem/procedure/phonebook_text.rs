//! The strings of a phonebook entry: how they are written for the SIM, and what comes from it.

use super::super::text_mode::utf16_hex;
use crate::at::charset::try_ucs2_hex;
use crate::at::response::cpbr;
use crate::at::{Charset, CommandLine};
use crate::phone::{SimEntry, SimPhonebook};
use crate::sms::gsm7;

/// Characters of a name in UCS-2 take twice the room, and one octet says so (31.102 annex A).
fn room(name: &str) -> usize {
    match gsm7::to_septets(name) {
        Some(septets) => septets.len(),
        None => 1 + 2 * name.encode_utf16().count(),
    }
}

/// The number as a SIM keeps it: pauses are `p`, waits `w` (27.007 §8.14 has dial strings).
pub(super) fn number_of(number: &str) -> Option<String> {
    let mut stored = String::new();
    for c in number.chars() {
        match c {
            '0'..='9' | '*' | '#' => stored.push(c),
            '+' if stored.is_empty() => stored.push(c),
            ',' | 'p' | 'P' => stored.push('p'),
            ';' | 'w' | 'W' => stored.push('w'),
            ' ' | '-' | '.' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    stored.bytes().any(|b| b.is_ascii_digit()).then_some(stored)
}

/// Number and name as they go on the wire; why they can't.
pub(super) fn text_of(
    entry: &SimEntry,
    book: &SimPhonebook,
    charset: Charset,
) -> Result<(String, String), (String, &'static str)> {
    let Some(number) = number_of(&entry.number) else {
        let why = "A number on the SIM has only digits, *, #, a leading + and pauses";
        return Err((why.to_owned(), "Check the number"));
    };
    let digits = number.chars().filter(|c| *c != '+').count();
    if book.number_length > 0 && digits > usize::from(book.number_length) {
        let why = format!("The number is too long: the SIM keeps {} digits", book.number_length);
        return Err((why, "Shorten the number"));
    }
    let name = entry.name.trim();
    if name.chars().any(char::is_control) {
        let why = "A name on the SIM can't hold line breaks or other control characters";
        return Err((why.to_owned(), "Write the name on one line"));
    }
    if book.name_length > 0 && room(name) > usize::from(book.name_length) {
        let why = format!("The name is too long: the SIM keeps {} characters", book.name_length);
        return Err((why, "Shorten the name; accents and other scripts take twice the room"));
    }
    let refused = || {
        let why = "The modem can't write this name to the SIM";
        (why.to_owned(), "Use plain letters without quotation marks")
    };
    let name = match charset {
        Charset::Ucs2 => utf16_hex(name),
        // A quotation mark would end the string, and few modems know how to write it otherwise.
        _ if name.contains(['"', '\\']) || !name.is_ascii() => return Err(refused()),
        // In the GSM alphabet some octets mean other characters, or none.
        Charset::Gsm if name.contains(['@', '$', '_', '[', ']', '{', '}', '~', '^', '|', '`']) => {
            return Err(refused());
        }
        Charset::Gsm | Charset::Ira => name.to_owned(),
    };
    Ok((number, name))
}

/// The ways to write an entry: modems whose character set is UCS-2 want the number so, too, or not.
pub(super) fn write_lines(
    entry: &SimEntry,
    book: &SimPhonebook,
    charset: Charset,
) -> Vec<CommandLine> {
    let Ok((number, name)) = text_of(entry, book, charset) else { return Vec::new() };
    let kind = if number.starts_with('+') { 145 } else { 129 };
    let line = |number: &str| {
        let builder = CommandLine::set("+CPBW");
        let builder = match entry.index {
            // A place of the modem's choice.
            0 => builder.omitted(),
            index => builder.number(index),
        };
        builder.string(number).number(kind).string(&name).build().ok()
    };
    let hex = (charset == Charset::Ucs2).then(|| utf16_hex(&number));
    [line(&number), hex.and_then(|number| line(&number))].into_iter().flatten().collect()
}

/// An entry as the modem told it.
pub(super) fn entry_of(told: cpbr::Entry, charset: Charset) -> SimEntry {
    let mut number = try_ucs2_hex(told.number.trim());
    if told.type_of_number == Some(145) && number.starts_with(|c: char| c.is_ascii_digit()) {
        number.insert(0, '+');
    }
    number.retain(|c| !c.is_control());
    let name = match charset {
        // What is no UCS-2 comes from a modem that only says that it obeyed.
        Charset::Ucs2 => Charset::Ucs2.decode(&told.text),
        other => try_ucs2_hex(&other.decode(&told.text)),
    };
    let name: String =
        name.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFF}' | '\u{FFFD}')).collect();
    SimEntry { index: told.index, number, name: name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(index: u16, number: &str, name: &str) -> SimEntry {
        SimEntry { index, number: number.to_owned(), name: name.to_owned() }
    }

    fn written(entry: &SimEntry, charset: Charset) -> Vec<String> {
        let lines = write_lines(entry, &SimPhonebook::default(), charset);
        lines.iter().map(|line| line.as_str().to_owned()).collect()
    }

    #[test]
    fn entries_are_written_so_that_nothing_leaves_its_quotes() {
        let plain = written(&entry(3, "+49 30 1234567", "Erika"), Charset::Ira);
        assert_eq!(plain, ["AT+CPBW=3,\"+49301234567\",145,\"Erika\""]);
        let lines = written(&entry(0, "0301,2;3", "\"E\""), Charset::Ucs2);
        assert_eq!(lines[0], "AT+CPBW=,\"0301p2w3\",129,\"002200450022\"");
        for hostile in ["a\"b", "a\\b", "a\rATD123;", "ä", "a\u{1A}"] {
            assert_eq!(written(&entry(1, "1", hostile), Charset::Ira), Vec::<String>::new());
        }
        for number in ["", "+", "12a", "1\"2", "1\r2", "1+2", "١"] {
            assert!(
                text_of(&entry(1, number, "A"), &SimPhonebook::default(), Charset::Ucs2).is_err()
            );
        }
    }

    #[test]
    fn what_is_too_long_is_refused_before_it_is_sent() {
        let book = SimPhonebook { number_length: 5, name_length: 4, ..SimPhonebook::default() };
        let fits = |number, name| text_of(&entry(1, number, name), &book, Charset::Ucs2).is_ok();
        assert!(fits("+12345", "Jörg"), "a plus is no digit, ö is in the GSM alphabet");
        assert!(!fits("123456", "A"));
        assert!(!fits("1", "Eriks"));
        assert!(fits("1", "ж"), "two octets and one that says so");
        assert!(!fits("1", "жж"));
    }

    #[test]
    fn entries_are_read_in_any_character_set() {
        let told = |number: &str, kind, text: &str| cpbr::Entry {
            index: 1,
            number: number.to_owned(),
            type_of_number: kind,
            text: text.to_owned(),
        };
        let read = entry_of(told("49301", Some(145), "004A00F60072"), Charset::Ucs2);
        assert_eq!((read.number.as_str(), read.name.as_str()), ("+49301", "Jör"));
        let read = entry_of(told("002B0034", Some(145), "Erika"), Charset::Ucs2);
        assert_eq!((read.number.as_str(), read.name.as_str()), ("+4", "Erika"));
        let read = entry_of(told("0301", Some(129), "J|rg"), Charset::Gsm);
        assert_eq!(read.name, "Jörg");
    }
}
