//! Lines of AT traffic made fit to be shown to others: telephone numbers, IMEI, IMSI and SIM
//! numbers with dots in the middle, texts and names hidden. PINs never come here: they are masked
//! where they are sent.
//!
//! What is masked can't be found out again, and what is left is enough to follow the dialogue.
//!
//! Recordings are masked elsewhere (`engine/masking`), in another way for another reason: they are
//! played again, so that a number must stay the same number everywhere and a PDU must stay a PDU of
//! the same length. On the screen, such a stand-in would be taken for a number that was dialed;
//! dots can't be. What is personal is decided here for both.

use std::borrow::Cow;

/// Digits from which on a run of them is somebody's number. Service codes and emergency numbers
/// are shorter.
const SHORTEST_NUMBER: usize = 7;

/// Hexadecimal digits from which on a word of them is a PDU, or a string in UCS2.
const SHORTEST_HEX: usize = 16;

/// So much of a number is shown at its beginning and at its end.
const SHOWN: (usize, usize) = (3, 2);

const DOTS: &str = "••••";

/// Masks one line after the other: what follows the header of a message is its text.
#[derive(Clone, Debug, Default)]
pub struct Masker {
    text_follows: bool,
}

impl Masker {
    /// The line as others may see it.
    pub fn line(&mut self, line: &str, sent: bool) -> String {
        let trimmed = line.trim();
        if sent {
            self.text_follows = false;
            // The text of a message, or its PDU, ends with Ctrl-Z (27.005 §3.5.1).
            let body = trimmed.strip_suffix("<Ctrl-Z>").or(trimmed.strip_suffix('\u{1A}'));
            if let Some(body) = body {
                return hidden(body);
            }
            return mask(line).into_owned();
        }
        if announces_text(trimmed) {
            self.text_follows = true;
            return mask(line).into_owned();
        }
        if is_result(trimmed) {
            self.text_follows = false;
            return line.to_owned();
        }
        if self.text_follows && !trimmed.is_empty() {
            return hidden(trimmed);
        }
        mask(line).into_owned()
    }
}

/// A header whose next line is a text or a PDU (27.005 §3.4.1, §4.1, §4.2).
pub fn announces_text(line: &str) -> bool {
    let headers = ["+CMGR:", "+CMGL:", "+CMT:", "+CDS:", "+CBM:", "^HCMT:"];
    headers.iter().any(|name| line.starts_with(name))
}

/// What stands in quotes there is a person's name or message, unless it is a number: entries of a
/// phonebook (27.007 §8.12–§8.14), the own number's name, the texts of services (§7.15).
pub fn quotes_words(line: &str) -> bool {
    let names = ["+CUSD", "AT+CUSD", "+CPBR", "+CPBF", "+CPBW", "AT+CPBW", "AT+CPBF", "+CNUM"];
    let starts = |name: &&str| {
        line.trim_start().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    names.iter().any(starts)
}

fn is_result(line: &str) -> bool {
    matches!(line, "OK" | "ERROR" | ">")
        || line.starts_with("+CME ERROR")
        || line.starts_with("+CMS ERROR")
}

fn hidden(text: &str) -> String {
    let count = text.chars().count();
    if hex(text) {
        return format!("{DOTS} ({} octets)", count / 2);
    }
    format!("{DOTS} ({count} characters)")
}

fn hex(text: &str) -> bool {
    text.len() >= SHORTEST_HEX
        && text.len().is_multiple_of(2)
        && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The numbers of a line masked, and the names of a phonebook's entry.
pub fn mask(line: &str) -> Cow<'_, str> {
    let line =
        if quotes_words(line) { Cow::Owned(without_names(line)) } else { Cow::Borrowed(line) };
    match numbers_masked(&line) {
        Some(masked) => Cow::Owned(masked),
        None => line,
    }
}

/// Quoted strings with a letter in them are names.
fn without_names(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (at, piece) in line.split('"').enumerate() {
        if at > 0 {
            out.push('"');
        }
        let quoted = at % 2 == 1;
        let name = quoted && piece.chars().any(|c| !matches!(c, '0'..='9' | '+' | '*' | '#'));
        match name {
            true if hex(piece) => out.push_str(&hidden(piece)),
            true => out.push_str(DOTS),
            false => out.push_str(piece),
        }
    }
    out
}

/// `None`: there is nothing to mask.
fn numbers_masked(line: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = line;
    let mut changed = false;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit() || c == '+') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find(|c: char| !c.is_ascii_hexdigit()).map_or(rest.len(), |e| e + 1);
        let (word, tail) = rest.split_at(end);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let number = digits >= SHORTEST_NUMBER
            && word.strip_prefix('+').unwrap_or(word).bytes().all(|b| b.is_ascii_digit());
        if number {
            let (head, foot) = SHOWN;
            out.push_str(&word[..head]);
            out.push_str(DOTS);
            out.push_str(&word[word.len() - foot..]);
            changed = true;
        } else if hex(word) {
            out.push_str(&hidden(word));
            changed = true;
        } else if let Some(masked) = embedded(word) {
            out.push_str(&masked);
            changed = true;
        } else {
            out.push_str(word);
        }
        rest = tail;
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// A number right behind letters that are hexadecimal digits too: the `D` of `ATD0301234567`.
fn embedded(word: &str) -> Option<String> {
    let at = word.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let digits = word[at..].trim_start_matches('+');
    let all = digits.len() >= SHORTEST_NUMBER && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| {
        let number = &word[at..];
        let (head, foot) = SHOWN;
        format!("{}{}{DOTS}{}", &word[..at], &number[..head], &number[number.len() - foot..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_masked_wherever_they_stand() {
        let cases = [
            ("ATD+4930123456;", "ATD+49••••56;"),
            ("ATD0301234567;", "ATD030••••67;"),
            ("+CLIP: \"+4930123456\",145,,,,0", "+CLIP: \"+49••••56\",145,,,,0"),
            ("867962040000001", "867••••01"),
            ("+CCID: 8949020000012345678", "+CCID: 894••••78"),
            ("AT+CUSD=1,\"*100#\",15", "AT+CUSD=1,\"*100#\",15"),
            ("ATD112;", "ATD112;"),
            ("+CLCC: 1,0,3,0,0,\"110\",129", "+CLCC: 1,0,3,0,0,\"110\",129"),
            ("+CREG: 2,1,\"1A2B\",\"01C3D4\",7", "+CREG: 2,1,\"1A2B\",\"01C3D4\",7"),
            ("EC25EFAR06A06M4G", "EC25EFAR06A06M4G"),
            ("+CPBR: 3,\"+4930123456\",145,\"Ada\"", "+CPBR: 3,\"+49••••56\",145,\"••••\""),
            ("+CUSD: 0,\"Your balance is 5\",15", "+CUSD: 0,\"••••\",15"),
            ("AT+CPBF=\"Ada\"", "AT+CPBF=\"••••\""),
            ("+CUSD: 0,\"00530061006C0064006F\",72", "+CUSD: 0,\"•••• (10 octets)\",72"),
        ];
        for (line, masked) in cases {
            assert_eq!(mask(line), masked);
        }
    }

    #[test]
    fn the_text_of_a_message_is_hidden_and_what_follows_it_is_not() {
        let mut masker = Masker::default();
        assert_eq!(masker.line("+CMGR: 1,\"+4930123456\"", false), "+CMGR: 1,\"+49••••56\"");
        assert_eq!(masker.line("See you at five", false), "•••• (15 characters)");
        assert_eq!(masker.line("OK", false), "OK");
        assert_eq!(masker.line("Quectel", false), "Quectel");
        let sent = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37<Ctrl-Z>";
        assert_eq!(masker.line(sent, true), "•••• (24 octets)");
        assert_eq!(masker.line("Hello<Ctrl-Z>", true), "•••• (5 characters)");
    }

    #[test]
    fn any_line_is_taken() {
        for line in ["", "+", "++++", "é+1234567é", "\u{202e}12345678", "+1234567"] {
            let masked = mask(line);
            assert!(!masked.contains("1234567"), "{masked}");
        }
    }
}
