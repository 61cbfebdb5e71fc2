//! From a file to contacts: finds the cards by their BEGIN and END lines, so that each is read by
//! itself, and remembers the lines that make no sense.

use super::{Problem, fields};
use crate::phone::Contact;
use calcard::vcard::VCard;
use calcard::{Entry, Parser};

/// Larger files are refused: a thousand cards with pictures have about 30 MB.
pub const FILE_LIMIT_OCTETS: usize = 64 * 1024 * 1024;

/// Cards beyond these are left out, with a problem that says so.
pub const CARD_LIMIT: usize = 50_000;

/// Problems told at most; the last one says how many more there are.
const PROBLEM_LIMIT: usize = 100;

/// Reads all cards of a file in any of the three versions and in UTF-8, UTF-16 with a mark, or
/// Latin-1. Never fails as a whole: what can't be read becomes a problem.
pub fn read(bytes: &[u8]) -> (Vec<Contact>, Vec<Problem>) {
    let mut found = Found::default();
    if bytes.len() > FILE_LIMIT_OCTETS {
        let limit = FILE_LIMIT_OCTETS / 1024 / 1024;
        found.problem(1, format!("The file is larger than {limit} MB"));
        return found.finish();
    }
    let utf16 = decoded_utf16(bytes);
    let bytes = match &utf16 {
        Some(text) => text.as_bytes(),
        None => bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
    };
    let mut card = None;
    let mut last = 1;
    for (line, number) in lines(bytes).zip(1..) {
        step(&mut card, line, number, &mut found);
        if !line.is_empty() {
            last = number;
        }
    }
    if let Some(card) = card.take() {
        found.problem(card.line, format!("The file ends inside this card, in line {last}"));
        // Its last line may be whole or cut: most of a number is better than none.
        found.keep(&card);
    }
    if found.cards == 0 && found.problems.is_empty() {
        found.problem(1, "There is no vCard in the file".to_owned());
    }
    found.finish()
}

/// A card being collected.
#[derive(Default)]
struct Card {
    /// Line of its BEGIN.
    line: usize,
    /// Its lines, BEGIN included.
    text: Vec<u8>,
    /// How many cards inside it are open (the AGENT of 2.1).
    depth: usize,
    /// What goes on in the following line.
    open: Open,
}

/// What may continue without a space at the beginning of the line (2.1 only).
#[derive(Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    QuotedPrintable,
    Base64,
    /// The card inside follows.
    Agent,
}

fn step(card: &mut Option<Card>, line: &[u8], number: usize, found: &mut Found) {
    let bare = line.trim_ascii();
    let begins = bare.eq_ignore_ascii_case(b"BEGIN:VCARD");
    let ends = bare.eq_ignore_ascii_case(b"END:VCARD");
    let Some(current) = card else {
        if begins {
            *card = Some(Card { line: number, text: with_end(line), ..Card::default() });
        } else if !bare.is_empty() {
            found.stray(number);
        }
        return;
    };
    if begins && current.open == Open::Agent {
        current.depth += 1;
        current.open = Open::Nothing;
        return;
    }
    if begins {
        found.problem(current.line, "The card has no END:VCARD".to_owned());
        found.keep(current);
        *card = Some(Card { line: number, text: with_end(line), ..Card::default() });
        return;
    }
    if current.depth > 0 {
        // What is inside belongs to somebody else: the agent of this contact.
        current.depth -= usize::from(ends);
        return;
    }
    if !ends && !makes_sense(current, line, bare) {
        found.problem(number, "The line is no “NAME:VALUE” and was left out".to_owned());
        return;
    }
    current.text.extend_from_slice(&with_end(line));
    if ends {
        found.keep(current);
        *card = None;
    }
}

/// Whether a line continues the one before or is a property of its own; and what may follow it.
fn makes_sense(card: &mut Card, line: &[u8], bare: &[u8]) -> bool {
    let soft_break = bare.ends_with(b"=");
    match card.open {
        Open::QuotedPrintable => {
            if !soft_break {
                card.open = Open::Nothing;
            }
            return true;
        }
        Open::Base64 if !bare.contains(&b':') => return true,
        _ => {}
    }
    if bare.is_empty() || line.starts_with(b" ") || line.starts_with(b"\t") {
        return true;
    }
    let Some(colon) = bare.iter().position(|&c| c == b':') else { return false };
    let head = bare[..colon].to_ascii_uppercase();
    let has = |word: &[u8]| head.windows(word.len()).any(|at| at == word);
    card.open = if has(b"QUOTED-PRINTABLE") && soft_break {
        Open::QuotedPrintable
    } else if has(b"BASE64") || has(b"ENCODING=B") {
        Open::Base64
    } else if head == b"AGENT" {
        Open::Agent
    } else {
        Open::Nothing
    };
    true
}

fn with_end(line: &[u8]) -> Vec<u8> {
    [line, b"\r\n"].concat()
}

/// The lines of a file, ended by LF, CRLF, or CR alone.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let only_cr = !bytes.contains(&b'\n');
    let separator = if only_cr { b'\r' } else { b'\n' };
    bytes.split(move |&c| c == separator).map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// What was found so far.
#[derive(Default)]
struct Found {
    contacts: Vec<Contact>,
    problems: Vec<Problem>,
    /// Problems beyond the limit.
    untold: usize,
    cards: usize,
    /// A line between cards was told already since the last card.
    stray: bool,
}

impl Found {
    fn problem(&mut self, line: usize, text: String) {
        if self.problems.len() < PROBLEM_LIMIT {
            self.problems.push(Problem { line, text });
        } else {
            self.untold += 1;
        }
    }

    /// Lines outside cards are told once for each run of them.
    fn stray(&mut self, line: usize) {
        if !self.stray {
            self.stray = true;
            self.problem(line, "The line is outside any card and was left out".to_owned());
        }
    }

    fn keep(&mut self, card: &Card) {
        self.stray = false;
        self.cards += 1;
        if self.cards > CARD_LIMIT {
            if self.cards == CARD_LIMIT + 1 {
                self.problem(card.line, format!("Only the first {CARD_LIMIT} cards were read"));
            }
            return;
        }
        match parse(&card.text) {
            Some(vcard) if fields::is_group(&vcard) => {}
            Some(vcard) => match fields::contact(&vcard) {
                Some(contact) => self.contacts.push(contact),
                None => {
                    let text = "The card has no name, no number and no address";
                    self.problem(card.line, text.to_owned());
                }
            },
            None => self.problem(card.line, "The card can't be read".to_owned()),
        }
    }

    fn finish(mut self) -> (Vec<Contact>, Vec<Problem>) {
        if self.untold > 0
            && let Some(last) = self.problems.last_mut()
        {
            last.text = format!("{} more problems from here on", self.untold + 1);
        }
        (self.contacts, self.problems)
    }
}

fn parse(card: &[u8]) -> Option<VCard> {
    let text = match std::str::from_utf8(card) {
        Ok(text) => text.to_owned(),
        Err(_) => card.iter().copied().map(latin1).collect(),
    };
    match Parser::new(&text).entry() {
        Entry::VCard(vcard) => Some(vcard),
        _ => None,
    }
}

/// ISO 8859-1, with the typographic characters that Windows puts where that has controls.
fn latin1(octet: u8) -> char {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match octet {
        0x80..=0x9F => WINDOWS[usize::from(octet - 0x80)],
        _ => char::from(octet),
    }
}

/// The text of a UTF-16 file, known by its mark.
fn decoded_utf16(bytes: &[u8]) -> Option<String> {
    let (unit, rest): (fn([u8; 2]) -> u16, _) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => (u16::from_be_bytes, rest),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let decoded = char::decode_utf16(units);
    Some(decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
