//! To whom a new text goes: names and numbers, several of them, found as they are typed.

use crate::number::PhoneNumber;
use crate::phone::{Contact, PhoneState};
use crate::ui::action::{Action, Actions, Field as FieldId};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::row::{self, Row};
use crate::ui::widget::{Button, icon::icons, label};
use crate::ui::{safe_text, text};
use egui::{Key, Ui};

/// People one text can be sent to.
const MAX_RECIPIENTS: usize = 100;
/// Contacts offered while typing.
const MAX_SUGGESTIONS: usize = 4;

/// Those chosen, and what is being typed.
#[derive(Debug, Default)]
pub struct Recipients {
    chosen: Vec<String>,
    typed: String,
}

impl Recipients {
    /// Adds a number once.
    pub fn add(&mut self, number: &str) {
        let number = number.trim().to_owned();
        if !number.is_empty()
            && !self.chosen.contains(&number)
            && self.chosen.len() < MAX_RECIPIENTS
        {
            self.chosen.push(number);
        }
    }

    /// Nobody is chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// How many people, counting one that is typed and looks like a number.
    pub fn count(&self) -> usize {
        self.chosen.len() + usize::from(looks_like_number(&self.typed))
    }

    /// The only one chosen.
    pub fn only(&self) -> Option<&str> {
        match self.chosen.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Takes all, with the one being typed.
    pub fn take(&mut self, phone: &PhoneState) -> Vec<String> {
        self.add_typed(phone);
        self.typed.clear();
        std::mem::take(&mut self.chosen)
    }

    /// Chips, the field, and contacts that match.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let mut removed = None;
        if !self.chosen.is_empty() {
            ui.horizontal_wrapped(|ui| {
                for (index, number) in self.chosen.iter().enumerate() {
                    let name = safe_text::line(&cx.name(&PhoneNumber::new(number)), 40);
                    let chip = Button::new(&name).icon(icons::ICON_CLOSE).chosen(true);
                    let remove = format!("Remove {name}");
                    if chip.name(&remove).tip(&remove).height(30.0).show(ui).clicked() {
                        removed = Some(index);
                    }
                }
            });
        }
        if let Some(index) = removed {
            self.chosen.remove(index);
        }
        let focused = ui.memory(|memory| memory.has_focus(FieldId::To.id()));
        ui.horizontal(|ui| {
            let p = theme::palette(ui);
            // As high as the field, so that the word stands on the line of what is typed.
            ui.set_min_height(theme::size::CONTROL + 4.0);
            let font = theme::strong(type_size::BODY);
            label::beside_field(ui, text::message::TO, font, p.weak);
            let room = ui.available_width();
            let output = Field::new(FieldId::To.id(), text::message::TO)
                .hint(text::message::TO_HINT)
                .width(room)
                .show(ui, &mut self.typed);
            let response = output.response.response;
            let separated = self.typed.contains([',', ';', '\n']);
            let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if separated || enter {
                self.typed = self.typed.replace([',', ';', '\n'], " ");
                self.add_typed(&cx.model.phone);
                let next = if self.chosen.is_empty() || separated {
                    FieldId::To
                } else {
                    FieldId::Message
                };
                actions.push(Action::Focus(next));
            }
        });
        let backspace = focused && ui.input(|input| input.key_pressed(Key::Backspace));
        if backspace && self.typed.is_empty() && removed.is_none() && !self.chosen.is_empty() {
            // What was typed is gone already; one more Backspace takes the last person away.
            let _ = self.chosen.pop();
        }
        self.suggestions_ui(ui, cx, actions);
    }

    fn suggestions_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let wanted = self.typed.trim().to_owned();
        if wanted.is_empty() {
            return;
        }
        let mut picked = None;
        for (contact, number) in suggestions(&cx.model.phone, &wanted) {
            let place = cx.display(&number);
            let detail = number_label(contact, &number, &place);
            let name = format!("{}, {detail}", safe_text::line(&contact.name, 60));
            let shown = Row {
                title: &contact.name,
                detail: &detail,
                detail_color: None,
                time: "",
                badge: 0,
                chosen: false,
                name: &name,
                reserved: 0.0,
                avatar: &contact.name,
            };
            if row::show(ui, &shown, 0.0).response.clicked() {
                picked = Some(number.as_str().to_owned());
            }
        }
        if let Some(number) = picked {
            self.add(&number);
            self.typed.clear();
            actions.push(Action::Focus(FieldId::Message));
        }
    }

    /// A number as it stands; a name stands for the first contact it finds.
    fn add_typed(&mut self, phone: &PhoneState) {
        let typed = self.typed.trim().to_owned();
        if typed.is_empty() {
            return;
        }
        if looks_like_number(&typed) {
            self.add(&typed);
            self.typed.clear();
        } else if let Some((_, number)) = suggestions(phone, &typed).into_iter().next() {
            self.add(number.as_str());
            self.typed.clear();
        }
    }
}

fn looks_like_number(typed: &str) -> bool {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    digits >= 2 && !typed.chars().any(char::is_alphabetic)
}

fn number_label(contact: &Contact, number: &PhoneNumber, shown: &str) -> String {
    let known = contact.numbers.iter().find(|known| known.number == *number);
    match known.map(|known| known.label.as_str()) {
        Some(label) if !label.is_empty() => format!("{label} · {shown}"),
        _ => shown.to_owned(),
    }
}

fn suggestions<'a>(phone: &'a PhoneState, wanted: &str) -> Vec<(&'a Contact, PhoneNumber)> {
    let found = phone.contacts.iter().filter_map(|contact| {
        let number = super::contacts::matching_number(contact, wanted)?;
        Some((contact, number.number.clone()))
    });
    found.take(MAX_SUGGESTIONS).collect()
}
