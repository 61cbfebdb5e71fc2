//! The numbers of contacts under a field that takes a number: a name is typed, its number picked.

use super::contacts;
use crate::number::same_number;
use crate::phone::{Contact, ContactNumber};
use crate::ui::model::ViewContext;
use crate::ui::safe_text;
use crate::ui::widget::{Button, Kind, icon::icons};
use egui::Ui;

/// Numbers offered at once.
const MAX_OFFERED: usize = 4;
/// Digits from which a number is looked for.
const LEAST_DIGITS: usize = 3;
/// Characters of a name shown.
const NAME_CHARS: usize = 60;

/// The numbers that what is typed speaks of: all of somebody whose name it begins, or those with
/// these digits.
fn offered<'a>(cx: &ViewContext<'a>, typed: &str) -> Vec<(&'a Contact, &'a ContactNumber)> {
    let wanted = typed.trim();
    let named = wanted.chars().any(char::is_alphabetic);
    let digits = wanted.chars().filter(char::is_ascii_digit).count();
    if !named && (digits < LEAST_DIGITS || wanted.contains(['*', '#', '?'])) {
        return Vec::new();
    }
    let phone = &cx.model.phone;
    let all = phone.contacts.iter().filter(|contact| contacts::matches(contact, wanted));
    let numbers = all.flat_map(|contact| contact.numbers.iter().map(move |one| (contact, one)));
    let fits = numbers.filter(|(_, one)| {
        let number = one.number.as_str();
        named || contacts::digits_match(number, wanted)
    });
    let known = |number: &str| !named && same_number(number, wanted, &phone.region);
    let mut found: Vec<_> = fits.take(MAX_OFFERED + 1).collect();
    if found.iter().any(|(_, one)| known(one.number.as_str())) {
        // It is whole.
        found.clear();
    }
    found.truncate(MAX_OFFERED);
    found
}

/// True if something would be offered.
pub fn any(cx: &ViewContext<'_>, typed: &str) -> bool {
    !offered(cx, typed).is_empty()
}

/// Puts the first number offered in place of a name; true if there was a name and a number.
pub fn take_first(cx: &ViewContext<'_>, typed: &mut String) -> bool {
    if !typed.chars().any(char::is_alphabetic) {
        return false;
    }
    let first = offered(cx, typed).first().map(|(_, one)| one.number.as_str().to_owned());
    if let Some(number) = &first {
        typed.clone_from(number);
    }
    first.is_some()
}

/// Shows them; true when one was picked, which stands in the field now.
pub fn offers_ui(ui: &mut Ui, cx: &ViewContext<'_>, salt: &str, typed: &mut String) -> bool {
    let mut picked = None;
    for (at, (contact, one)) in offered(cx, typed).into_iter().enumerate() {
        let mut parts = vec![safe_text::line(&contact.name, NAME_CHARS)];
        if !one.label.is_empty() {
            parts.push(safe_text::line(&one.label, NAME_CHARS));
        }
        parts.push(cx.display(&one.number));
        let line = parts.join(" · ");
        let button = Button::new(&line).icon(icons::ICON_PERSON).kind(Kind::Quiet);
        if ui.push_id((salt, at), |ui| button.show(ui).clicked()).inner {
            picked = Some(one.number.as_str().to_owned());
        }
    }
    let any = picked.is_some();
    if let Some(number) = picked {
        *typed = number;
    }
    any
}
