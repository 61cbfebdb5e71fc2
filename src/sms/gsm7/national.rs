//! National language tables (3GPP TS 23.038 annex A): a single shift table replaces the extension
//! table, a locking shift table the default alphabet.

use super::alphabet::{DEFAULT, EXTENSION};
use super::locking_tables::{self, Runs};
use super::{ESCAPE, single_shift_tables};

/// Appends the text of septets coded with the tables of `single` and `locking` (national language
/// identifiers, §6.2.1.2.4). One that isn't known counts as the default table.
pub(crate) fn push_national_text(septets: &[u8], single: u8, locking: u8, text: &mut String) {
    let mut escaped = false;
    for septet in septets.iter().map(|septet| septet & 0x7F) {
        if escaped {
            escaped = false;
            text.push(after_escape(septet, single, locking));
        } else if septet == ESCAPE {
            escaped = true;
        } else {
            text.push(plain(septet, locking));
        }
    }
    if escaped {
        text.push(' ');
    }
}

/// A septet by itself.
fn plain(septet: u8, locking: u8) -> char {
    find(locking_tables::differences(locking), septet)
        .unwrap_or(DEFAULT[usize::from(septet & 0x7F)])
}

/// A septet after an escape; what the table lacks is shown as without the escape (annex A.2).
fn after_escape(septet: u8, single: u8, locking: u8) -> char {
    let additions = single_shift_tables::additions(single);
    let extension = || EXTENSION.iter().find(|row| row.0 == septet).map(|row| row.1);
    additions
        .into_iter()
        .find_map(|runs| find(runs, septet))
        .or_else(extension)
        .unwrap_or_else(|| plain(septet, locking))
}

/// The character of a septet in runs of characters, each with the septet of its first.
fn find(runs: Runs, septet: u8) -> Option<char> {
    runs.iter().find_map(|(first, run)| run.chars().nth(usize::from(septet.checked_sub(*first)?)))
}
