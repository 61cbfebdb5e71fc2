//! A cell of the number column: what spreadsheets do to telephone numbers, undone where nothing was
//! lost, and named where something was.

use crate::number::DialString;

/// A telephone number has at most 15 digits (ITU-T E.164), and 3 more as an international prefix.
const MOST_DIGITS: usize = 18;
/// From so many digits on, a number among other cells looks like a telephone number.
const FEWEST_DIGITS: usize = 6;

/// The number in a cell, or a sentence that says why there is none.
pub(super) fn number(cell: &str) -> Result<DialString, String> {
    let cell = without_apostrophe(plain(cell));
    if cell.is_empty() {
        return Err("There is no number".to_owned());
    }
    if scientific(cell) {
        let cell = shortened(cell);
        return Err(format!(
            "“{cell}” was shortened by a spreadsheet, its last digits are lost: format the column \
             as text, enter the numbers again, and save the file anew"
        ));
    }
    if decimal(cell) {
        let cell = shortened(cell);
        return Err(format!(
            "“{cell}” was written as a decimal number: format the column as text and save the file \
             anew"
        ));
    }
    if cell.starts_with('=') {
        return Err("The cell has a formula in it, not its value: save the file as CSV anew".into());
    }
    let number = DialString::parse(cell)
        .map_err(|error| format!("“{}” is no number: {error}", shortened(cell)))?;
    if number.as_str().contains(['*', '#']) {
        return Err(format!("“{}” is a code: no text can be sent to it", shortened(cell)));
    }
    let digits = number.as_str().chars().filter(char::is_ascii_digit).count();
    if digits > MOST_DIGITS {
        return Err(format!(
            "“{}” has {digits} digits, which is more than a number has: write one number in a cell",
            shortened(cell)
        ));
    }
    Ok(number)
}

/// Whether a cell holds something that is meant as a telephone number, also one that a spreadsheet
/// has spoilt. Years, prices and dates do not.
pub(super) fn looks_like_number(cell: &str) -> bool {
    let cell = without_apostrophe(plain(cell));
    if scientific(cell) || decimal(cell) {
        return cell.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS;
    }
    if date(cell) {
        return false;
    }
    number(cell).is_ok_and(|number| number.as_str().len() >= FEWEST_DIGITS)
}

/// The number of a cell begins as most telephone numbers do: `+`, or the 0 of a trunk or
/// international prefix.
pub(super) fn begins_like_number(cell: &str) -> bool {
    let first = number(cell).ok().and_then(|number| number.as_str().chars().next());
    matches!(first, Some('+' | '0'))
}

/// A cell without surrounding blanks and without the `="…"` that keeps spreadsheets from taking a
/// text for a number.
pub(super) fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    let quoted = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    quoted.map_or(cell, str::trim)
}

/// The same against numbers: an apostrophe in front. Other cells may begin with one (*’t Hart*).
fn without_apostrophe(cell: &str) -> &str {
    cell.strip_prefix(['\'', '’', '`']).map_or(cell, str::trim_start)
}

/// `4.91512E+11`: how a spreadsheet shows a number that is too wide for its column.
fn scientific(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    figures(exponent) && figures(whole) && figures(fraction)
}

/// `4915123456789.0`: how programs write a number that they took for a quantity. The point would be
/// left out as a separator, and the 0 become a digit.
fn decimal(cell: &str) -> bool {
    let whole = [".0", ".00", ",0", ",00"].iter().find_map(|end| cell.strip_suffix(end));
    whole.is_some_and(|whole| {
        whole.len() >= FEWEST_DIGITS && whole.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `2026-11-23`, `23.11.2026`, `11/23/2026`, `23.11.26`, `2026/27`: groups of digits that look
/// like a day or a year.
fn date(cell: &str) -> bool {
    let Some(separator) = cell.chars().find(|c| matches!(c, '-' | '.' | '/')) else { return false };
    let day = cell.split([' ', 'T']).next().unwrap_or(cell);
    let groups: Vec<usize> = day
        .split(separator)
        .map(|group| if group.bytes().all(|b| b.is_ascii_digit()) { group.len() } else { 0 })
        .take(4)
        .collect();
    matches!(groups[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [1..=2, 1..=2, 2] | [4, 2])
}

/// A cell cut to a length that fits into a sentence.
pub(super) fn shortened(cell: &str) -> String {
    let mut characters = cell.chars();
    let start: String = characters.by_ref().take(40).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}
