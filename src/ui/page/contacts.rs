//! The address book as a list: favorites first, search by name and digits, call and text in one
//! click.

use crate::phone::{Contact, ContactId, ContactNumber};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space};
use crate::ui::widget::row::{self, Row};
use crate::ui::widget::{button, empty, icon::icons, icon_button, label, menu};
use crate::ui::{on_click, safe_text, text};
use egui::{Rect, ScrollArea, Ui, Vec2};

/// Height of a heading in the list.
const HEADING: f32 = 30.0;

/// Rows narrower than this have one button.
const TIGHT: f32 = 240.0;

/// One line of the list.
enum Line<'a> {
    Heading(&'static str),
    Contact(&'a Contact),
}

/// Buttons beside the search field.
pub fn buttons_ui(ui: &mut Ui, actions: &mut Actions) {
    let add = icon_button(ui, icons::ICON_PERSON_ADD, text::ADD_CONTACT);
    on_click(&add, actions, Action::Show(Page::Contact(Box::new(Contact::new("")))));
    let more = icon_button(ui, icons::ICON_MORE_VERT, "More about contacts");
    egui::Popup::menu(&more).show(|ui| {
        ui.set_min_width(180.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        if menu::item(ui, icons::ICON_UPLOAD_FILE, text::IMPORT) {
            actions.push(Action::ImportContacts);
        }
        if menu::item(ui, icons::ICON_DOWNLOAD, text::EXPORT) {
            actions.push(Action::ExportContacts);
        }
    });
}

/// The list. `open` is the contact on the page.
pub fn list_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    wanted: &str,
    open: Option<ContactId>,
    actions: &mut Actions,
) {
    let contacts = &cx.model.phone.contacts;
    let found: Vec<&Contact> =
        contacts.iter().filter(|contact| wanted.is_empty() || matches(contact, wanted)).collect();
    if found.is_empty() {
        nothing_ui(ui, wanted, actions);
        return;
    }
    let lines = lines(&found);
    let height = |line: &Line<'_>| match line {
        Line::Heading(_) => HEADING,
        Line::Contact(_) => size::ROW,
    };
    let total: f32 = lines.iter().map(height).sum();
    ScrollArea::vertical().auto_shrink([false, false]).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let top = ui.max_rect().top();
        let mut at = 0.0;
        for line in &lines {
            let tall = height(line);
            if at + tall >= viewport.top() && at <= viewport.bottom() {
                super::chats::place(ui, top + at, |ui| match line {
                    Line::Heading(word) => heading_ui(ui, word),
                    Line::Contact(contact) => contact_ui(ui, cx, contact, wanted, open, actions),
                });
            }
            at += tall;
        }
    });
}

fn nothing_ui(ui: &mut Ui, wanted: &str, actions: &mut Actions) {
    if wanted.is_empty() {
        let action = Some(text::ADD_A_CONTACT);
        let (line, why) = (text::NO_CONTACTS, text::NO_CONTACTS_WHY);
        if empty::state(ui, icons::ICON_CONTACTS, line, why, action) {
            actions.push(Action::Show(Page::Contact(Box::new(Contact::new("")))));
        }
        return;
    }
    let is_number = wanted.chars().all(|c| !c.is_alphabetic());
    let action = if is_number { text::message::WRITE_FIRST_TEXT } else { text::ADD_A_CONTACT };
    let (line, why) = (text::NOTHING_FOUND, text::NOTHING_FOUND_WHY);
    if empty::state(ui, icons::ICON_SEARCH, line, why, Some(action)) {
        actions.push(if is_number {
            Action::NewText(wanted.to_owned())
        } else {
            Action::Show(Page::Contact(Box::new(Contact::new(wanted))))
        });
    }
}

/// Favorites first, then everybody else, each under a heading where there are both.
fn lines<'a>(found: &[&'a Contact]) -> Vec<Line<'a>> {
    let (favorites, others): (Vec<&Contact>, Vec<&Contact>) =
        found.iter().copied().partition(|contact| contact.favorite);
    let mut lines = Vec::with_capacity(found.len() + 2);
    if !favorites.is_empty() {
        lines.push(Line::Heading(text::FAVORITES));
        lines.extend(favorites.into_iter().map(Line::Contact));
        if !others.is_empty() {
            lines.push(Line::Heading(text::ALL_CONTACTS));
        }
    }
    lines.extend(others.into_iter().map(Line::Contact));
    lines
}

fn heading_ui(ui: &mut Ui, word: &str) {
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        ui.add_space(space::PANEL);
        label::section(ui, word);
    });
}

pub(super) fn contact_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    contact: &Contact,
    wanted: &str,
    open: Option<ContactId>,
    actions: &mut Actions,
) {
    let number = matching_number(contact, wanted).or_else(|| contact.numbers.first());
    let detail = match number {
        Some(number) => cx.display(&number.number),
        None if !contact.email.is_empty() => contact.email.clone(),
        None => "No number".to_owned(),
    };
    // With little room the name comes first; the contact's page has both buttons.
    let tight = ui.available_width() < TIGHT;
    let buttons = match (number.is_some(), tight) {
        (false, _) => 0.0,
        (true, true) => size::CONTROL,
        (true, false) => 2.0 * size::CONTROL + space::TIGHT,
    };
    let shown = Row {
        title: &contact.name,
        detail: &detail,
        detail_color: None,
        time: "",
        badge: 0,
        chosen: open == Some(contact.id),
        name: &contact.name,
        reserved: buttons,
        avatar: &contact.name,
    };
    let row = row::show(ui, &shown, 0.0);
    let page = Page::Contact(Box::new(contact.clone()));
    on_click(&row.response, actions, Action::Show(page));
    let Some(number) = number else { return };
    let p = theme::palette(ui);
    let who = safe_text::line(&contact.name, 60);
    let side = Vec2::splat(size::CONTROL);
    let middle = row.reserved.center().y;
    let write = Rect::from_center_size(
        egui::pos2(row.reserved.right() - size::CONTROL / 2.0, middle),
        side,
    );
    let aside = if tight { 0.0 } else { size::CONTROL + space::TIGHT };
    let call = write.translate(Vec2::new(-aside, 0.0));
    let name = text::call_somebody(&who);
    let response = button::icon_button_in(ui, call, icons::ICON_CALL, &name, p.call_text);
    on_click(&response, actions, Action::Dial(number.number.as_str().to_owned()));
    if tight {
        return;
    }
    let name = text::text_somebody(&who);
    let response = button::icon_button_in(ui, write, icons::ICON_CHAT_BUBBLE, &name, p.accent_text);
    on_click(&response, actions, Action::Converse(number.number.clone()));
}

/// What was typed speaks of this contact.
pub fn matches(contact: &Contact, wanted: &str) -> bool {
    name_matches(&contact.name, wanted)
        || name_matches(&contact.organization, wanted)
        || contact.email.to_lowercase().contains(&wanted.to_lowercase())
        || contact.numbers.iter().any(|number| digits_match(number.number.as_str(), wanted))
}

/// Every word typed begins a word of the name, in any order.
fn name_matches(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    let wanted = wanted.to_lowercase();
    !wanted.is_empty()
        && wanted
            .split_whitespace()
            .all(|part| name.split_whitespace().any(|word| word.starts_with(part)))
}

/// The digits typed occur in the number; a leading 0 stands for any country.
pub fn digits_match(number: &str, wanted: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let odd = wanted.chars().any(char::is_alphabetic);
    let (number, wanted) = (digits(number), digits(wanted));
    let national = wanted.trim_start_matches('0');
    !odd && !national.is_empty() && number.contains(national)
}

/// The number of a contact that what was typed speaks of: the one with these digits, or the first
/// when the name matches.
pub fn matching_number<'a>(contact: &'a Contact, wanted: &str) -> Option<&'a ContactNumber> {
    if wanted.is_empty() {
        return None;
    }
    let by_digits =
        contact.numbers.iter().find(|number| digits_match(number.number.as_str(), wanted));
    by_digits
        .or_else(|| name_matches(&contact.name, wanted).then(|| contact.numbers.first()).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_any_word_of_their_name_and_by_digits() {
        let ada = Contact::new("Ada Lovelace").with_number("+44 20 7946 0018", "Home");
        for wanted in ["ada", "LOVE", "love ada", "7946", "020 7946", "+4420"] {
            assert!(matches(&ada, wanted), "{wanted}");
        }
        for wanted in ["dal", "7947", "bob", "ada 1815"] {
            assert!(!matches(&ada, wanted), "{wanted}");
        }
    }

    #[test]
    fn favorites_come_first() {
        let mut bob = Contact::new("Bob");
        let ada = Contact::new("Ada");
        bob.favorite = true;
        let names: Vec<String> = lines(&[&ada, &bob])
            .iter()
            .map(|line| match line {
                Line::Heading(word) => format!("[{word}]"),
                Line::Contact(contact) => contact.name.clone(),
            })
            .collect();
        assert_eq!(names, ["[Favorites]", "Bob", "[All contacts]", "Ada"]);
    }
}
