//! Avatars: initials on a hue that follows from the name, the same every time.

use super::icon::{self, icons};
use crate::ui::safe_text;
use crate::ui::theme;
use egui::{Align2, Color32, Rect, Ui, ecolor::HsvaGamma};
use unicode_segmentation::UnicodeSegmentation;

/// Paints the avatar of a name, or of an unknown person when it has no letter, into a square.
pub fn paint(ui: &Ui, rect: Rect, name: &str) {
    let p = theme::palette(ui);
    let radius = rect.width() / 2.0;
    let letters = initials(name);
    if letters.is_empty() {
        ui.painter().circle_filled(rect.center(), radius, p.raised);
        let size = rect.width() * 0.6;
        icon::paint(ui.painter(), rect.center(), icons::ICON_PERSON, size, p.weak);
        return;
    }
    let (fill, text) = colors(name, p.dark);
    ui.painter().circle_filled(rect.center(), radius, fill);
    let font = theme::strong(rect.width() * 0.38);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, letters, font, text);
}

/// Fill and text of a name's avatar.
pub fn colors(name: &str, dark: bool) -> (Color32, Color32) {
    // FNV-1a: small, and the same on every machine and in every version.
    let hash = name
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hue = (hash % 12) as f32 / 12.0;
    if dark {
        (hsv(hue, 0.55, 0.36), hsv(hue, 0.20, 1.0))
    } else {
        (hsv(hue, 0.20, 0.94), hsv(hue, 0.80, 0.40))
    }
}

fn hsv(h: f32, s: f32, v: f32) -> Color32 {
    HsvaGamma { h, s, v, a: 1.0 }.into()
}

/// The first letters of the first and the last word; empty for a number.
pub fn initials(name: &str) -> String {
    // What stands in brackets explains the name and is no part of it.
    let name = name.split(['(', '[']).next().unwrap_or_default();
    let safe = safe_text::line(name, 80);
    let letter = |word: &&str| {
        let first = word.graphemes(true).next().unwrap_or_default();
        first.chars().next().is_some_and(char::is_alphabetic).then(|| first.to_uppercase())
    };
    let words: Vec<&str> = safe.split_whitespace().collect();
    let first = words.iter().find_map(letter);
    let last = words.iter().skip(1).rev().find_map(letter);
    match (first, last) {
        // Joining two letters of a joining script would make a ligature.
        (Some(first), Some(last)) if first.is_ascii() && last.is_ascii() => first + &last,
        (Some(first), _) => first,
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::contrast;

    #[test]
    fn initials_are_letters_of_names_only() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials("Clara (never answers)"), "C");
        assert_eq!(initials("Jean Le Rond d'Alembert"), "JD");
        assert_eq!(initials("+44 20 7946 0018"), "");
        assert_eq!(initials("علی رضایی"), "ع");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn initials_can_be_read_on_every_hue() {
        for n in 0..200 {
            for dark in [false, true] {
                let (fill, text) = colors(&format!("name {n}"), dark);
                let ratio = contrast(fill, text);
                assert!(ratio >= 4.5, "name {n}, dark {dark}: {ratio:.2}");
            }
        }
    }
}
