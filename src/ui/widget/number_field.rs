//! The field of the number being dialed: large, centred, grouped while it is typed.

use super::field::Field;
use crate::number;
use crate::ui::text;
use crate::ui::theme::{self, type_size};
use egui::text::{CCursor, CCursorRange};
use egui::{Id, Response, Ui};

/// Where the tones behind a number begin: at the first pause or wait after a digit, if no letter
/// stands anywhere else.
pub fn tail_at(typed: &str) -> Option<usize> {
    let mut digits = false;
    for (at, c) in typed.char_indices() {
        match c {
            ',' | ';' | 'p' | 'P' | 'w' | 'W' => return digits.then_some(at),
            _ if c.is_alphabetic() => return None,
            _ => digits |= c.is_ascii_digit(),
        }
    }
    None
}

/// Groups what is typed, if it is a number; a name stays as it is, and so does what follows the
/// number.
pub fn grouped(typed: &str, region: &str) -> String {
    if let Some(at) = tail_at(typed) {
        let (number, tail) = typed.split_at(at);
        return format!("{}{tail}", grouped(number.trim_end(), region));
    }
    let separator =
        |c: char| matches!(c, ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}' | '\u{2011}');
    let number = typed.chars().all(|c| is_significant(c) || separator(c));
    if !number || typed.contains(['*', '#']) {
        return typed.to_owned();
    }
    let digits: String = typed.chars().filter(|c| is_significant(*c)).collect();
    number::format_as_typed(&digits, region)
}

fn is_significant(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '*' | '#')
}

/// Shows the field and keeps the cursor behind the same digit while groups move.
pub fn number_field(
    ui: &mut Ui,
    id: Id,
    typed: &mut String,
    region: &str,
    width: f32,
    cursor_to_end: bool,
) -> Response {
    let length = typed.chars().count();
    let size = match length {
        0..=13 => type_size::DIAL,
        14..=17 => 22.0,
        _ => type_size::NAME,
    };
    let size = if width < 180.0 { size.min(20.0) } else { size };
    let mut output = Field::new(id, text::call::NUMBER)
        .hint(text::call::NUMBER_HINT)
        .font(theme::font(if length == 0 { type_size::NAME } else { size }))
        .width(width)
        .show(ui, typed);
    let cursor = output.state.cursor.char_range().map(|range| usize::from(range.primary.index));
    if output.response.response.changed() {
        let before: usize =
            typed.chars().take(cursor.unwrap_or(usize::MAX)).filter(|c| is_significant(*c)).count();
        let regrouped = grouped(&typed.replace(['\n', '\r', '\t'], " "), region);
        if regrouped != *typed {
            *typed = regrouped;
            set_cursor(ui, &mut output, behind(typed, before));
        }
    } else if cursor_to_end {
        set_cursor(ui, &mut output, typed.chars().count());
    }
    output.response.response.clone()
}

/// The place behind the n-th digit.
fn behind(text: &str, digits: usize) -> usize {
    let mut seen = 0;
    for (place, c) in text.chars().enumerate() {
        if seen == digits {
            return place;
        }
        seen += usize::from(is_significant(c));
    }
    text.chars().count()
}

fn set_cursor(ui: &Ui, output: &mut egui::text_edit::TextEditOutput, place: usize) {
    let cursor = CCursor::new(place);
    output.state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
    output.state.clone().store(ui.ctx(), output.response.response.id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_behind_its_digit() {
        assert_eq!(behind("+44 20 79", 3), 3);
        assert_eq!(behind("+44 20 79", 4), 5);
        assert_eq!(behind("123", 9), 3);
    }

    #[test]
    fn what_follows_a_number_stays_as_it_is_typed() {
        assert_eq!(grouped("+442079460018,,12#", "GB"), "+44 20 7946 0018,,12#");
        assert_eq!(grouped("+442079460018p1w2", "GB"), "+44 20 7946 0018p1w2");
        assert_eq!((tail_at("Pawel 2"), tail_at("112;3"), tail_at("112")), (None, Some(3), None));
    }

    #[test]
    fn names_and_codes_are_not_regrouped() {
        assert_eq!(grouped("Ada", "GB"), "Ada");
        assert_eq!(grouped("*100#", "GB"), "*100#");
    }
}
