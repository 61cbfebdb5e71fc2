//! The page of a contact: its fields, its numbers with call and text, saving and deleting.

use super::head_ui;
use crate::phone::{Contact, ContactId, ContactNumber};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space};
use crate::ui::widget::field::Field;
use crate::ui::widget::{
    Button, Kind, avatar, button, empty, icon::icons, icon_button, label, toggle,
};
use crate::ui::{on_click, safe_text, text};
use egui::{Id, ScrollArea, Sense, Ui, Vec2};

/// Numbers a contact may have on this page.
const MAX_NUMBERS: usize = 20;
/// Below this width a number takes two lines.
const TIGHT: f32 = 320.0;

/// The contact as it is being edited.
pub struct ContactPage {
    contact: Contact,
    /// Numbers and labels as typed.
    numbers: Vec<(String, String)>,
    problem: &'static str,
    asks_to_delete: bool,
    focus_name: bool,
}

impl Default for ContactPage {
    fn default() -> Self {
        ContactPage {
            contact: Contact::new(""),
            numbers: Vec::new(),
            problem: "",
            asks_to_delete: false,
            focus_name: false,
        }
    }
}

impl ContactPage {
    /// Begins with this contact.
    pub fn open(&mut self, contact: &Contact) {
        self.numbers =
            contact.numbers.iter().map(|number| (number.dialed(), number.label.clone())).collect();
        if self.numbers.is_empty() {
            self.numbers.push((String::new(), "Mobile".to_owned()));
        }
        self.contact = contact.clone();
        self.problem = "";
        self.asks_to_delete = false;
        self.focus_name = contact.name.is_empty();
    }

    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let new = self.contact.id == ContactId::NEW;
        let title = if new { text::NEW_CONTACT } else { "Contact" };
        head_ui(ui, cx, (title, true), actions, |_, _| {});
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::same(16)).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(460.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                self.face_ui(ui);
                self.names_ui(ui, actions);
                self.numbers_ui(ui, actions);
                line_ui(ui, "email", text::EMAIL, &mut self.contact.email);
                line_ui(ui, "company", text::COMPANY, &mut self.contact.organization);
                label::above_field(ui, text::NOTE);
                Field::new(Id::unique("note"), text::NOTE)
                    .rows(3, false)
                    .show(ui, &mut self.contact.note);
                ui.add_space(space::SMALL);
                self.buttons_ui(ui, new, actions);
                if !new && !self.contact.numbers.is_empty() {
                    let (word, action) = super::recents::block_contact_deed(cx, &self.contact);
                    let block = Button::new(word).kind(Kind::Quiet).icon(icons::ICON_BLOCK);
                    on_click(&block.show(ui), actions, action);
                }
            });
        });
    }

    fn face_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let face = if ui.available_width() < TIGHT { 44.0 } else { 64.0 };
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(face), Sense::hover());
            avatar::paint(ui, rect, &self.contact.name);
            ui.add_space(space::SMALL);
            let room = Vec2::new(toggle::width(ui, text::FAVORITE), size::CONTROL);
            ui.allocate_ui(room, |ui| {
                toggle::toggle_ui(ui, &mut self.contact.favorite, text::FAVORITE);
            });
        });
    }

    fn names_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        label::above_field(ui, text::NAME);
        let output = Field::new(Id::unique("contact name"), text::NAME)
            .error(!self.problem.is_empty())
            .show(ui, &mut self.contact.name);
        let response = output.response.response;
        if std::mem::take(&mut self.focus_name) {
            response.request_focus();
        }
        if response.changed() {
            self.problem = "";
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            self.save(actions);
        }
        if !self.problem.is_empty() {
            empty::problem(ui, self.problem);
        }
    }

    fn numbers_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let mut removed = None;
        let several = self.numbers.len() > 1;
        label::above_field(ui, text::PHONE_NUMBER);
        for (index, typed) in self.numbers.iter_mut().enumerate() {
            ui.push_id(index, |ui| {
                if number_ui(ui, index, several, typed, actions) {
                    removed = Some(index);
                }
            });
        }
        if let Some(index) = removed {
            self.numbers.remove(index);
        }
        if self.numbers.len() < MAX_NUMBERS {
            let add = Button::new(text::ADD_NUMBER).icon(icons::ICON_ADD).kind(Kind::Quiet);
            if add.show(ui).clicked() {
                self.numbers.push((String::new(), String::new()));
            }
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui, new: bool, actions: &mut Actions) {
        if self.asks_to_delete {
            let name = safe_text::line(&self.contact.name, 60);
            label::strong(ui, &text::delete_somebody(&name));
            ui.horizontal(|ui| {
                let delete = Button::new(text::DELETE).kind(Kind::Danger).height(36.0).show(ui);
                on_click(&delete, actions, Action::DeleteContact(self.contact.id));
                if Button::new(text::KEEP).height(36.0).show(ui).clicked() {
                    self.asks_to_delete = false;
                }
            });
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if Button::new(text::SAVE).kind(Kind::Primary).height(36.0).show(ui).clicked() {
                self.save(actions);
            }
            let cancel = Button::new(text::CANCEL).height(36.0).show(ui);
            on_click(&cancel, actions, Action::Back);
            if !new {
                let delete =
                    Button::new(text::DELETE).kind(Kind::QuietDanger).icon(icons::ICON_DELETE);
                if delete.height(36.0).show(ui).clicked() {
                    self.asks_to_delete = true;
                }
            }
        });
    }

    fn save(&mut self, actions: &mut Actions) {
        let name = self.contact.name.trim().to_owned();
        if name.is_empty() {
            self.problem = text::NAME_MISSING;
            return;
        }
        let numbers = self.numbers.iter().filter(|(number, _)| !number.trim().is_empty());
        let numbers =
            numbers.map(|(number, label)| ContactNumber::new(number, label.trim())).collect();
        let contact = Contact { name, numbers, ..self.contact.clone() };
        actions.push(Action::SaveContact(contact));
    }
}

/// A number, its label and its buttons, in two lines where there is little room; true when it is to
/// go.
fn number_ui(
    ui: &mut Ui,
    index: usize,
    several: bool,
    (number, word): &mut (String, String),
    actions: &mut Actions,
) -> bool {
    let whole = ui.available_width();
    let tight = whole < TIGHT;
    let count = if several { 3.0 } else { 2.0 };
    let buttons = count * (size::CONTROL + space::TIGHT);
    let (first, second) = (text::number_field(index + 1), text::label_field(index + 1));
    let field = |ui: &mut Ui, number: &mut String, width: f32| {
        let id = ui.scope_id().with("number");
        Field::new(id, &first).hint("+44 20 7946 0018").width(width).show(ui, number);
    };
    let room = whole - buttons - space::TIGHT;
    if tight {
        field(ui, number, whole);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        if !tight {
            field(ui, number, room * 0.62);
        }
        let width = if tight { whole - buttons } else { room * 0.38 };
        let id = ui.scope_id().with("label");
        Field::new(id, &second).hint(text::LABEL).width(width.max(40.0)).show(ui, word);
        number_buttons_ui(ui, index, several, number, actions)
    })
    .inner
}

fn number_buttons_ui(
    ui: &mut Ui,
    index: usize,
    several: bool,
    number: &str,
    actions: &mut Actions,
) -> bool {
    let p = theme::palette(ui);
    let side = size::CONTROL;
    let name = "Call this number";
    let call = button::icon_button_sized(ui, icons::ICON_CALL, name, side, p.call_text);
    on_click(&call, actions, Action::Dial(number.to_owned()));
    let name = "Text this number";
    let write = button::icon_button_sized(ui, icons::ICON_CHAT_BUBBLE, name, side, p.accent_text);
    // Texts go to the number without what is to be keyed in after it.
    let to = ContactNumber::new(number, "").number;
    on_click(&write, actions, Action::Converse(to));
    several && icon_button(ui, icons::ICON_CLOSE, &text::remove_number(index + 1)).clicked()
}

fn line_ui(ui: &mut Ui, id: &str, name: &str, text: &mut String) {
    label::above_field(ui, name);
    Field::new(Id::unique(("contact", id)), name).show(ui, text);
}
