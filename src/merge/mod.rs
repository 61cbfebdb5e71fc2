//! Texts from a list: a CSV file with a line for each person, and a template with `{name}` fields.
//!
//! The file may come from any spreadsheet: separator, quotation marks and encoding are found out.
//! What can't be used is a [`Problem`] in words with its place; nothing is sent by guess.

mod cell;
mod column;
mod decode;
mod template;
#[cfg(test)]
mod tests;

mod table;

pub use column::number_column;
pub use table::read;
pub use template::{fill, unknown_fields};

use crate::number::{self, DialString};
use crate::phone::Table;
use std::collections::BTreeMap;

/// Lines of a list at most.
pub const MOST_ROWS: usize = 10_000;
/// Columns of a list at most; further ones are left out.
pub const MOST_COLUMNS: usize = 200;
/// Octets of a file at most: ten thousand lines with more than a whole text in each.
pub const MOST_OCTETS: usize = 16 << 20;
/// Octets of one text at most. 255 segments hold 153 characters each (23.040 §9.2.3.24.1), of up
/// to four octets; a longer text is not made ten thousand times before somebody says so.
const MOST_OCTETS_OF_TEXT: usize = 255 * 153 * 4;
/// Octets of all texts together at most.
const MOST_TEXT_OCTETS: usize = 64 << 20;

/// Why a file is no list.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MergeError {
    /// Nothing in it, or nothing but the names of columns.
    #[error("the file has no lines")]
    Empty,
    /// What a spreadsheet saves if it isn't told otherwise, or another file that is no text.
    #[error("it is no CSV file: open it in a spreadsheet and save it as CSV")]
    NotText,
    /// More than [`MOST_OCTETS`].
    #[error("the file is larger than 16 MB, which is more than a list of {MOST_ROWS} people needs")]
    TooLarge,
}

/// Something to know about a line of the list: mostly why it makes no text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Which line of the table, counted from 0.
    pub row: usize,
    /// One sentence that says why.
    pub sentence: String,
}

/// The texts of a list and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Merged {
    /// To whom, and what.
    pub texts: Vec<(DialString, String)>,
    /// Lines left out, and numbers that are there twice (both of which are kept).
    pub problems: Vec<Problem>,
}

/// A text for each line, in the order of the list.
///
/// A line without a usable number or without a text is left out and named. A number that is there
/// twice gets both texts, and that is said too. A number column that isn't there leaves out all.
pub fn merge(template: &str, table: &Table, number_column: usize) -> Merged {
    let template = template::Template::new(template, table);
    let mut merged = Merged::default();
    let mut known = Known::default();
    let mut room = MOST_TEXT_OCTETS;
    for (row, cells) in table.rows.iter().enumerate() {
        let mut left_out = |sentence: String| merged.problems.push(Problem { row, sentence });
        let number = match cell::number(cells.get(number_column).map_or("", String::as_str)) {
            Ok(number) => number,
            Err(sentence) => {
                left_out(sentence);
                continue;
            }
        };
        let text = match template.fill(cells, MOST_OCTETS_OF_TEXT.min(room)) {
            Some(text) if !text.trim().is_empty() => text,
            Some(_) => {
                left_out("The text is empty".to_owned());
                continue;
            }
            None if room < MOST_OCTETS_OF_TEXT => {
                left_out("The texts of the rows before it are too long together".to_owned());
                continue;
            }
            None => {
                left_out("The text is longer than can be sent".to_owned());
                continue;
            }
        };
        if let Some(earlier) = known.earlier(&number, row) {
            left_out(format!(
                "Row {} has the same number: both texts are kept",
                earlier.saturating_add(1)
            ));
        }
        room = room.saturating_sub(text.len());
        merged.texts.push((number, text));
    }
    merged
}

/// Numbers that had a text already, however they were written.
#[derive(Default)]
struct Known {
    by_key: BTreeMap<String, Vec<(DialString, usize)>>,
}

impl Known {
    /// The first row with this number; `row` is that row if there was none.
    fn earlier(&mut self, number: &DialString, row: usize) -> Option<usize> {
        let alike = self.by_key.entry(number::match_key(number.as_str())).or_default();
        let same = |(other, _): &&(DialString, usize)| {
            other == number || number::same_number(other.as_str(), number.as_str(), "")
        };
        // Few numbers share a key without being the same; a file made to be slow gets no further.
        if let Some((_, earlier)) = alike.iter().take(MOST_ALIKE).find(same) {
            return Some(*earlier);
        }
        alike.push((number.clone(), row));
        None
    }
}

/// Numbers with one key that are compared at most.
const MOST_ALIKE: usize = 20;
