//! National language tables (3GPP TS 23.038 annex A): a single shift table replaces the extension
//! table, a locking shift table the default alphabet.

use super::ESCAPE;
use super::alphabet::{DEFAULT, EXTENSION};
use super::locking_tables::{self, Runs};
use super::single_shift_tables;

/// National language identifiers that are known, 0 (the default tables) among them (§6.2.1.2.4).
pub(crate) const LANGUAGES: usize = 14;

/// A place of a single shift table with no character.
const NONE: char = '\0';

type Table = [char; 128];

/// What a septet by itself means.
static LOCKING: [Table; LANGUAGES] = {
    let mut tables = [DEFAULT; LANGUAGES];
    let mut language = 0;
    while language < LANGUAGES {
        tables[language] = filled(DEFAULT, locking_tables::differences(language as u8));
        language += 1;
    }
    tables
};

/// What a septet after an escape means.
static SINGLE: [Table; LANGUAGES] = {
    let mut extension = [NONE; 128];
    let mut row = 0;
    while row < EXTENSION.len() {
        extension[EXTENSION[row].0 as usize] = EXTENSION[row].1;
        row += 1;
    }
    let mut tables = [extension; LANGUAGES];
    let mut language = 0;
    while language < LANGUAGES {
        let [own, common] = single_shift_tables::additions(language as u8);
        tables[language] = filled(filled(extension, common), own);
        language += 1;
    }
    tables
};

/// A table with the characters of runs in their places.
const fn filled(mut table: Table, runs: Runs) -> Table {
    let mut run = 0;
    while run < runs.len() {
        let (mut septet, utf8) = (runs[run].0 as usize, runs[run].1.as_bytes());
        let mut at = 0;
        while at < utf8.len() {
            let (character, length) = first_character(utf8, at);
            table[septet] = character;
            septet += 1;
            at += length;
        }
        run += 1;
    }
    table
}

/// The character at `at` and its octets; the tables have none beyond U+FFFF.
const fn first_character(utf8: &[u8], at: usize) -> (char, usize) {
    let lead = utf8[at] as u32;
    let (code, length) = if lead < 0x80 {
        (lead, 1)
    } else if lead < 0xE0 {
        ((lead & 0x1F) << 6 | (utf8[at + 1] as u32 & 0x3F), 2)
    } else {
        let middle = (utf8[at + 1] as u32 & 0x3F) << 6;
        ((lead & 0x0F) << 12 | middle | (utf8[at + 2] as u32 & 0x3F), 3)
    };
    match char::from_u32(code) {
        Some(character) => (character, length),
        None => panic!("the tables are valid UTF-8"),
    }
}

/// In which tables a character is: bit n for national language identifier n.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Membership {
    /// Locking shift tables; bit 0 is the default alphabet. It costs one septet there.
    pub locking: u16,
    /// Single shift tables; bit 0 is the extension table. It costs two septets there.
    pub single: u16,
}

/// Number of places in [`MEMBERSHIP`].
const PLACES: usize = 0x802;

/// The place of a character in [`MEMBERSHIP`]: all tables together have characters of four parts
/// of Unicode, and two strays.
#[inline]
const fn place(character: char) -> Option<usize> {
    match character as usize {
        code @ 0..=0x1FF => Some(code),
        code @ 0x380..=0x3FF => Some(code - 0x380 + 0x200),
        code @ 0x600..=0x6FF => Some(code - 0x600 + 0x280),
        code @ 0x900..=0xD7F => Some(code - 0x900 + 0x380),
        0x20AC => Some(0x800),
        0x221E => Some(0x801),
        _ => None,
    }
}

static MEMBERSHIP: [Membership; PLACES] = {
    let mut places = [Membership { locking: 0, single: 0 }; PLACES];
    let mut language = 0;
    while language < LANGUAGES {
        let mut septet = 0;
        while septet < 128 {
            let escape = septet == ESCAPE as usize;
            let (locking, single) = (LOCKING[language][septet], SINGLE[language][septet]);
            if !escape && let Some(at) = place(locking) {
                places[at].locking |= 1 << language;
            }
            if single != NONE
                && let Some(at) = place(single)
            {
                places[at].single |= 1 << language;
            }
            septet += 1;
        }
        language += 1;
    }
    places
};

/// In which tables a character is.
#[inline]
pub(crate) fn membership(character: char) -> Membership {
    place(character).map(|at| MEMBERSHIP[at]).unwrap_or_default()
}

/// Septets that a character costs with the tables of `single` and `locking`: 1, or 2 after an
/// escape; none if they lack it. Languages that aren't known have the default tables.
#[inline]
pub(crate) fn national_cost(character: char, single: u8, locking: u8) -> Option<usize> {
    let tables = membership(character);
    if tables.locking >> known(locking) & 1 != 0 {
        Some(1)
    } else if tables.single >> known(single) & 1 != 0 {
        Some(2)
    } else {
        None
    }
}

/// Writes the septets of a text into a slice and returns how many they are. None if the tables
/// lack a character or they don't fit.
pub(crate) fn encode_national_into(
    text: &str,
    single: u8,
    locking: u8,
    septets: &mut [u8],
) -> Option<usize> {
    let mut length = 0;
    for character in text.chars() {
        if national_cost(character, single, locking)? == 1 {
            *septets.get_mut(length)? = septet_in(&LOCKING[known(locking)], character)?;
            length += 1;
        } else {
            let pair = septets.get_mut(length..length + 2)?;
            pair.copy_from_slice(&[ESCAPE, septet_in(&SINGLE[known(single)], character)?]);
            length += 2;
        }
    }
    Some(length)
}

/// The place of a character in a table. A space stands in every empty place of a locking shift
/// table, and is sent as itself.
fn septet_in(table: &Table, character: char) -> Option<u8> {
    if character == ' ' {
        return Some(0x20);
    }
    table.iter().position(|found| *found == character).map(|septet| septet as u8)
}

/// The index of a language's tables.
#[inline]
fn known(language: u8) -> usize {
    let language = usize::from(language);
    if language < LANGUAGES { language } else { 0 }
}

/// Appends the text of septets coded with the tables of `single` and `locking` (national language
/// identifiers, §6.2.1.2.4). One that isn't known counts as the default table.
pub(crate) fn push_national_text(septets: &[u8], single: u8, locking: u8, text: &mut String) {
    let (single, locking) = (&SINGLE[known(single)], &LOCKING[known(locking)]);
    let mut escaped = false;
    for septet in septets.iter().map(|septet| septet & 0x7F) {
        let plain = locking[usize::from(septet)];
        if escaped {
            escaped = false;
            // What the table lacks is shown as without the escape (annex A.2).
            let shifted = single[usize::from(septet)];
            text.push(if shifted == NONE { plain } else { shifted });
        } else if septet == ESCAPE {
            escaped = true;
        } else {
            text.push(plain);
        }
    }
    if escaped {
        text.push(' ');
    }
}
