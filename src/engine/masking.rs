//! Takes what is personal out of AT lines, always in the same way: the last seven digits of
//! numbers, IMEI, IMSI and card numbers become others, the words of texts become `x`. What is
//! masked can still be played: the same number is the same number everywhere, and a PDU is still a
//! PDU of the same length. (For the eye, lines are masked by `at/mask`, with dots.)

mod pdu;

use crate::at::mask::{announces_text, quotes_words};
use std::collections::BTreeMap;

/// Digits that are replaced of each number. What is before them (the country, the network, the
/// type of the modem) says where and with what, and not who.
const HIDDEN: usize = 7;
/// Runs of fewer digits are no numbers: short codes, lengths, cell identities.
const SHORTEST: usize = 7;
/// Numbers remembered; from then on they are masked without memory.
const MOST_KNOWN: usize = 10_000;

/// Masks lines; remembers which number became which.
#[derive(Clone, Debug, Default)]
pub struct Masker {
    known: BTreeMap<String, String>,
    /// The next received line is a text.
    body_follows: bool,
}

impl Masker {
    /// A line that came from the modem, or a piece of it; line ends stay.
    pub fn received(&mut self, line: &str) -> String {
        let bare = line.trim();
        if bare.is_empty() {
            return line.to_owned();
        }
        if std::mem::take(&mut self.body_follows) && !["OK", "ERROR"].contains(&bare) {
            return self.body(line);
        }
        self.body_follows = announces_text(bare);
        self.line(line)
    }

    /// A line that is sent to the modem; a text ends with Ctrl-Z or Esc.
    pub fn sent(&mut self, line: &str) -> String {
        if line.ends_with(['\u{1a}', '\u{1b}']) { self.body(line) } else { self.line(line) }
    }

    /// A PDU stays one; other words are hidden.
    fn body(&mut self, line: &str) -> String {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if bare.is_empty() {
            return line.to_owned();
        }
        let hex = bare.len() >= 2 && bare.bytes().all(|octet| octet.is_ascii_hexdigit());
        let masked = match pdu::masked(bare, |digits| self.number(digits)) {
            Some(pdu) => pdu,
            // Nobody knows what is in it.
            None if hex => hidden_hex(bare),
            None => hidden(bare),
        };
        line.replacen(bare, &masked, 1)
    }

    fn line(&mut self, line: &str) -> String {
        let words = quotes_words(line);
        let mut out = String::with_capacity(line.len());
        for (part, quoted) in line.split('"').zip([false, true].into_iter().cycle()) {
            if quoted {
                out.push('"');
            }
            match (quoted, ucs2(part)) {
                (true, Some(text)) => out.push_str(&to_ucs2(&self.part(&text, words))),
                (true, None) => out.push_str(&self.part(part, words)),
                (false, _) => out.push_str(&self.digits(part)),
            }
            if quoted {
                out.push('"');
            }
        }
        // An odd number of quotes: the last part has one more than the line.
        if line.matches('"').count() % 2 == 1 {
            out.pop();
        }
        out
    }

    /// What stands in quotes: a number, or words.
    fn part(&mut self, part: &str, words: bool) -> String {
        let number = part.chars().all(|c| c.is_ascii_digit() || "+*#,pw ".contains(c));
        if words && !number { hidden(part) } else { self.digits(part) }
    }

    /// Replaces the end of every long run of digits.
    fn digits(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut run = String::new();
        for c in text.chars().map(Some).chain([None]) {
            match c {
                Some(c) if c.is_ascii_digit() => run.push(c),
                other => {
                    if !run.is_empty() {
                        out.push_str(&self.number(&std::mem::take(&mut run)));
                    }
                    out.extend(other);
                }
            }
        }
        out
    }

    /// Another number of the same length, the same for every spelling.
    fn number(&mut self, digits: &str) -> String {
        if digits.len() < SHORTEST {
            return digits.to_owned();
        }
        let (begin, end) = digits.split_at(digits.len() - HIDDEN);
        let next = self.known.len() + 1;
        if self.known.len() >= MOST_KNOWN && !self.known.contains_key(end) {
            return format!("{begin}{:0HIDDEN$}", 0);
        }
        let masked = self.known.entry(end.to_owned());
        // 5550001, 5550002, …: numbers that nobody has.
        format!("{begin}{}", masked.or_insert_with(|| format!("555{next:04}")))
    }
}

/// As many `x` as there are letters.
fn hidden(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { c } else { 'x' }).collect()
}

/// Zeros that are as long.
fn hidden_hex(text: &str) -> String {
    "0".repeat(text.len())
}

/// Text in the hexadecimal form of UCS-2 (27.005 §3.2.3): letters of Latin and of other scripts,
/// not digits that happen to be four or eight.
fn ucs2(part: &str) -> Option<String> {
    let hex = part.len() >= 8
        && part.len().is_multiple_of(4)
        && part.bytes().all(|octet| octet.is_ascii_hexdigit())
        && part.starts_with(['0', '2', '4', '5', '6', '7', '8', '9']);
    // A number in digits has no "00" before each of them.
    let plausible = part.starts_with("00") || part.starts_with("06") || !is_digits(part);
    if !hex || !plausible {
        return None;
    }
    let units = part.as_bytes().chunks(4).map(|four| {
        let four = std::str::from_utf8(four).ok()?;
        u16::from_str_radix(four, 16).ok()
    });
    let units: Vec<u16> = units.collect::<Option<_>>()?;
    String::from_utf16(&units).ok().filter(|text| !text.contains(char::is_control))
}

fn is_digits(part: &str) -> bool {
    part.bytes().all(|octet| octet.is_ascii_digit())
}

fn to_ucs2(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests;
