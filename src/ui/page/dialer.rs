//! The dialpad: the number as it is typed, matching contacts, the keys, and Call.

use crate::number::{self, PhoneNumber};
use crate::phone::Contact;
use crate::ui::action::{Action, Actions, Field as FieldId};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{Button, Kind, empty, icon, icon::icons, icon_button, keypad, label};
use crate::ui::widget::{button, number_field, row};
use crate::ui::{on_click, text};
use egui::{Align, Key, Layout, Ui, Vec2};

/// Contacts offered while typing.
const MAX_SUGGESTIONS: usize = 3;
/// Tones remembered for the display.
const MAX_TONES: usize = 40;
/// Least width of the dialpad with field and keys side by side.
pub const SIDE_BY_SIDE: f32 = 280.0;
/// Longest text in the number field.
const MAX_CHARS: usize = 200;

/// What is typed.
#[derive(Debug, Default)]
pub struct DialerPage {
    typed: String,
    cursor_to_end: bool,
    last_dialed: String,
    problem: String,
    tones: String,
    new_call: bool,
    hold: keypad::Hold,
}

impl DialerPage {
    /// What is in the field, as typed.
    pub fn typed(&self) -> String {
        self.typed.clone()
    }

    /// Nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Replaces what is typed.
    pub fn fill(&mut self, number: &str, region: &str) {
        let cut: String = number.trim().chars().take(MAX_CHARS).collect();
        self.typed = number_field::grouped(&cut, region);
        self.problem.clear();
        self.cursor_to_end = true;
        self.new_call = true;
    }

    /// Adds keys at the end.
    pub fn push(&mut self, keys: &str, region: &str) {
        if self.typed.chars().count() < MAX_CHARS {
            let longer = format!("{}{keys}", self.typed);
            self.typed = number_field::grouped(&longer, region);
        }
        self.problem.clear();
        self.cursor_to_end = true;
    }

    /// Takes the last digit away.
    pub fn backspace(&mut self, region: &str) {
        let significant = |c: char| c.is_alphanumeric() || matches!(c, '+' | '*' | '#');
        while let Some(last) = self.typed.pop() {
            if significant(last) {
                break;
            }
        }
        self.typed = number_field::grouped(self.typed.trim_end(), region);
        self.problem.clear();
        self.cursor_to_end = true;
    }

    /// The call was asked for: the field is empty for the next, the number is kept for redial.
    pub fn dialed(&mut self, number: &str) {
        self.last_dialed = number.to_owned();
        self.typed.clear();
        self.problem.clear();
        self.tones.clear();
        self.new_call = false;
    }

    /// The number can't be dialed; it stays in the field.
    pub fn refused(&mut self, why: &str) {
        self.problem = why.to_owned();
    }

    /// These tones were sent.
    pub fn tones_sent(&mut self, tones: &str) {
        self.tones.push_str(tones);
        let excess = self.tones.chars().count().saturating_sub(MAX_TONES);
        self.tones = self.tones.chars().skip(excess).collect();
    }

    /// Keys are tones: a call is active and the user has not asked for another one.
    pub fn sends_tones(&self, cx: &ViewContext<'_>) -> bool {
        cx.model.active_call().is_some() && !self.new_call
    }

    /// The dialpad in the room that is left.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        if cx.model.active_call().is_none() {
            self.tones.clear();
            self.new_call = false;
        }
        let wide_and_short = ui.available_height() < 300.0 && ui.available_width() >= SIDE_BY_SIDE;
        if wide_and_short {
            self.side_by_side_ui(ui, cx, actions);
        } else {
            self.stacked_ui(ui, cx, actions);
        }
    }

    fn stacked_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let tones = self.sends_tones(cx);
        let in_call = cx.model.active_call().is_some();
        let sound = if ui.available_height() > 360.0 { 46.0 } else { 0.0 };
        let below = if tones { 8.0 } else { size::PRIMARY + space::SMALL + sound };
        let above = 52.0 + if in_call { 40.0 } else { 0.0 };
        let key = ((ui.available_height() - below - above) / 4.0 - 8.0).clamp(30.0, 60.0);
        let used = above + below + 4.0 * key + 3.0 * 6.0 + 2.0 * space::SMALL;
        // The keys stand at the bottom, where a card that comes or goes does not move them.
        let spare = ui.available_height() - used;
        if !tones && spare >= size::ROW {
            let rows = (spare / size::ROW) as usize;
            let found = suggestions(cx, &self.typed, rows.min(MAX_SUGGESTIONS));
            ui.add_space(spare - found.len() as f32 * size::ROW);
            suggestions_ui(ui, cx, found, actions);
        } else {
            ui.add_space(spare.max(0.0));
        }
        self.mode_ui(ui, cx);
        if tones {
            self.tones_ui(ui);
        } else {
            self.number_ui(ui, cx, actions);
        }
        self.keys_ui(ui, cx, key, actions);
        if !tones {
            ui.add_space(space::SMALL);
            self.call_buttons_ui(ui, actions);
            self.sound_ui(ui);
        }
    }

    /// Field and buttons left, keys right: for windows with little height.
    fn side_by_side_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let half = (ui.available_width() - space::ITEM) / 2.0;
        let height = ui.available_height();
        ui.horizontal_top(|ui| {
            ui.allocate_ui(Vec2::new(half, height), |ui| {
                ui.vertical(|ui| {
                    self.mode_ui(ui, cx);
                    if self.sends_tones(cx) {
                        self.tones_ui(ui);
                    } else {
                        self.number_ui(ui, cx, actions);
                        self.call_buttons_ui(ui, actions);
                    }
                });
            });
            ui.allocate_ui(Vec2::new(half, height), |ui| {
                ui.vertical(|ui| {
                    let key = ((height - 4.0) / 4.0 - 6.0).clamp(26.0, 58.0);
                    self.keys_ui(ui, cx, key, actions);
                });
            });
        });
    }

    /// In a call: tones, or another number.
    fn mode_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        if cx.model.active_call().is_none() {
            return;
        }
        let modes = [(false, text::call::TONES), (true, text::call::NEW_CALL)];
        if let Some(new_call) = button::segmented(ui, self.new_call, &modes) {
            self.new_call = new_call;
        }
    }

    fn tones_ui(&mut self, ui: &mut Ui) {
        let p = theme::palette(ui);
        let (line, font, color) = if self.tones.is_empty() {
            (text::call::TONES_HINT, theme::font(type_size::BODY), p.weak)
        } else {
            (self.tones.as_str(), theme::font(type_size::TITLE), p.text)
        };
        let height = 44.0;
        let size = Vec2::new(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, line, font, color);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, text::call::TONES_SENT)
        });
    }

    fn number_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let region = &cx.model.phone.region;
        // One height for all type sizes, so that the keys stand still.
        let row = Vec2::new(ui.available_width(), if cx.layout.short { 36.0 } else { 48.0 });
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            let room = ui.available_width() - size::CONTROL - space::SMALL;
            let response = number_field::number_field(
                ui,
                FieldId::Number.id(),
                &mut self.typed,
                region,
                room,
                std::mem::take(&mut self.cursor_to_end),
            );
            if response.changed() {
                self.problem.clear();
            }
            let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if enter {
                self.call(actions);
            }
            if icon_button(ui, icons::ICON_BACKSPACE, text::call::BACKSPACE).clicked() {
                self.backspace(region);
            }
        });
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
    }

    fn keys_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, key: f32, actions: &mut Actions) {
        let tones = self.sends_tones(cx);
        let Some(pressed) = keypad::keypad_ui(ui, &mut self.hold, key, !tones) else { return };
        if tones {
            actions.push(Action::Tones(pressed.to_string()));
        } else {
            self.push(&pressed.to_string(), &cx.model.phone.region);
        }
    }

    fn call_buttons_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let is_code =
            number::DialString::parse(&self.typed).is_ok_and(|parsed| parsed.is_service_code());
        let (word, symbol) = if is_code {
            (text::call::SEND_CODE, icons::ICON_SEND)
        } else {
            (text::call::CALL, icons::ICON_CALL)
        };
        let tip = if self.typed.is_empty() { text::call::REDIAL_TIP } else { text::call::CALL_TIP };
        ui.horizontal(|ui| {
            let text_side = size::PRIMARY;
            let room = ui.available_width();
            let has_number = !self.typed.is_empty() && !is_code;
            let call_room = if has_number { room - text_side - space::SMALL } else { room };
            let response = ui
                .allocate_ui(Vec2::new(call_room, size::PRIMARY), |ui| {
                    Button::new(word)
                        .kind(Kind::Call)
                        .icon(symbol)
                        .height(size::PRIMARY)
                        .tip(tip)
                        .full_width()
                        .show(ui)
                })
                .inner;
            if response.clicked() {
                self.call(actions);
            }
            if has_number {
                let color = theme::palette(ui).accent_text;
                let name = text::call::TEXT;
                let write =
                    button::icon_button_sized(ui, icons::ICON_CHAT_BUBBLE, name, text_side, color);
                on_click(&write, actions, Action::NewText(self.typed.clone()));
            }
        });
    }

    /// With an empty field Call recalls the last number; a second press dials it.
    fn call(&mut self, actions: &mut Actions) {
        if !self.typed.trim().is_empty() {
            actions.push(Action::DialTyped(self.typed.clone()));
        } else if self.last_dialed.is_empty() {
            self.problem = number::DialStringError::Empty.to_string();
        } else {
            self.typed.clone_from(&self.last_dialed);
            self.cursor_to_end = true;
        }
    }

    fn sound_ui(&self, ui: &mut Ui) {
        if ui.available_height() < 36.0 {
            return;
        }
        sound_line(ui);
    }
}

/// Says where the voice is.
pub fn sound_line(ui: &mut Ui) {
    let p = theme::palette(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, icons::ICON_HEADSET_MIC, 16.0, p.weak);
        label::caption(ui, text::call::SOUND);
    });
}

fn suggestions_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    found: Vec<(&Contact, PhoneNumber)>,
    actions: &mut Actions,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (contact, number) in found {
        let place = cx.display(&number);
        let name = text::call_somebody(&format!("{}, {place}", contact.name));
        let shown = row::Row {
            title: &contact.name,
            detail: &place,
            detail_color: None,
            time: "",
            badge: 0,
            chosen: false,
            name: &name,
            reserved: 0.0,
            avatar: &contact.name,
        };
        let response = row::show(ui, &shown, 0.0).response;
        on_click(&response, actions, Action::Dial(number.as_str().to_owned()));
    }
    ui.spacing_mut().item_spacing.y = space::SMALL;
}

/// Contacts that match digits or letters typed, with the number that matches.
fn suggestions<'a>(
    cx: &ViewContext<'a>,
    typed: &str,
    most: usize,
) -> Vec<(&'a Contact, PhoneNumber)> {
    let wanted = typed.trim();
    if wanted.chars().count() < 2 {
        return Vec::new();
    }
    let all = cx.model.phone.contacts.iter();
    let found = all.filter_map(|contact| {
        let number = super::contacts::matching_number(contact, wanted)?;
        Some((contact, number.number.clone()))
    });
    found.take(most).collect()
}
