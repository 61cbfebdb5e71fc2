//! The dialpad: the number as it is typed, matching contacts, the keys, and Call.

mod call_row;
mod lamp;

use crate::number::{self, PhoneNumber, PostDial};
use crate::phone::{Contact, Direction};
use crate::ui::action::{Action, Actions, Field as FieldId};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::keypad::{Press, Pressed};
use crate::ui::widget::{button, call_keys, number_field, row};
use crate::ui::widget::{empty, icon, icon::icons, icon_button, keypad, label};
use crate::ui::{on_click, text};
use egui::{Align, Key, Layout, Ui, Vec2};

/// Contacts offered while typing.
const MAX_SUGGESTIONS: usize = 3;
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

    /// What is typed next is a number, also in a call.
    pub fn begin_number(&mut self) {
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

    /// Takes everything away.
    fn clear(&mut self) {
        self.typed.clear();
        self.problem.clear();
    }

    /// Takes the last digit away.
    pub fn backspace(&mut self, region: &str) {
        let significant = |c: char| c.is_alphanumeric() || matches!(c, '+' | '*' | '#' | ',' | ';');
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
        self.new_call = false;
    }

    /// The number can't be dialed; it stays in the field.
    pub fn refused(&mut self, why: &str) {
        self.problem = why.to_owned();
    }

    /// Pauses can follow what is typed: a number was begun.
    pub fn takes_pauses(&self, cx: &ViewContext<'_>) -> bool {
        let number = number_field::tail_at(&format!("{},", self.typed)).is_some();
        number && !self.sends_tones(cx)
    }

    /// Keys are tones: a call is active and the user has not asked for another one.
    pub fn sends_tones(&self, cx: &ViewContext<'_>) -> bool {
        cx.model.active_call().is_some() && !self.new_call
    }

    /// The dialpad in the room that is left.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        if cx.model.active_call().is_none() {
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
        let roomy = ui.available_height() > 380.0;
        let sound = if roomy { 46.0 } else { 0.0 };
        let below = if tones { 8.0 } else { size::PRIMARY + space::SMALL + sound };
        let mode = if in_call { 40.0 } else { 0.0 };
        let lamp = if roomy && !tones { lamp::HEIGHT + space::SMALL } else { 0.0 };
        let tail = if tones { PostDial::default() } else { self.tail() };
        let tail_room = if roomy && !tail.is_empty() { 24.0 } else { 0.0 };
        let number = if cx.layout.short { 40.0 } else { 52.0 };
        let problem = if tones { 0.0 } else { self.problem_height(ui) };
        let above = number + mode + lamp + tail_room + problem;
        let key = ((ui.available_height() - below - above) / 4.0 - 9.0).clamp(28.0, 60.0);
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
            tones_ui(ui, cx);
        } else {
            if roomy {
                lamp::line_ui(ui, cx, self.emergency(cx).as_deref(), actions);
            }
            self.number_ui(ui, cx, !roomy, actions);
            if tail_room > 0.0 {
                label::caption(ui, &text::call::after_answer(&tail));
            }
        }
        self.keys_ui(ui, cx, key, actions);
        if !tones {
            ui.add_space(space::SMALL);
            self.call_row_ui(ui, cx, actions);
            self.sound_ui(ui);
        }
    }

    /// What is to be sent after the answer, as far as it can be read.
    fn tail(&self) -> PostDial {
        let behind = number_field::tail_at(&self.typed).map(|_| self.typed.as_str());
        let parsed = behind.and_then(|typed| number::parse_with_tones(typed).ok());
        parsed.map(|(_, tail)| tail).unwrap_or_default()
    }

    /// What the line about a number that can't be dialed takes.
    fn problem_height(&self, ui: &Ui) -> f32 {
        if self.problem.is_empty() {
            return 0.0;
        }
        let (font, color) = (theme::font(type_size::CAPTION), theme::palette(ui).text);
        let room = ui.available_width() - 16.0 - space::TIGHT;
        let words = ui.painter().layout(self.problem.clone(), font, color, room).size().y;
        words.max(16.0) + space::SMALL
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
                        tones_ui(ui, cx);
                    } else {
                        self.number_ui(ui, cx, true, actions);
                        self.call_row_ui(ui, cx, actions);
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

    /// The field; `with_lamp` puts the lamp beside it, where it has no line of its own.
    fn number_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        with_lamp: bool,
        actions: &mut Actions,
    ) {
        let region = &cx.model.phone.region;
        // One height for all type sizes, so that the keys stand still.
        let row = Vec2::new(ui.available_width(), if cx.layout.short { 36.0 } else { 48.0 });
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            if with_lamp {
                lamp::dot_ui(ui, cx, self.emergency(cx).as_deref(), actions);
            }
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
                self.call(cx, actions);
            }
            let erase = icon_button(ui, icons::ICON_BACKSPACE, text::call::BACKSPACE);
            match self.hold.press(ui, '\u{8}', &erase) {
                Some(Press::Short) => self.backspace(region),
                Some(Press::Long) => self.clear(),
                None => {}
            }
        });
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
    }

    fn keys_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, key: f32, actions: &mut Actions) {
        let tones = self.sends_tones(cx);
        let Some(pressed) = keypad::keypad_ui(ui, &mut self.hold, key, !tones) else { return };
        match pressed {
            Pressed::Key(key) if tones => actions.push(Action::Tones(key.to_string())),
            Pressed::Key(key) => self.push(&key.to_string(), &cx.model.phone.region),
            Pressed::Mailbox => match super::call_settings::mailbox(cx) {
                "" => text::call::NO_MAILBOX.clone_into(&mut self.problem),
                number => actions.push(Action::Dial(number.to_owned())),
            },
        }
    }

    /// With an empty field Call recalls the last number; a second press dials it.
    fn call(&mut self, cx: &ViewContext<'_>, actions: &mut Actions) {
        if !self.typed.trim().is_empty() {
            actions.push(Action::DialTyped(self.typed.clone()));
            return;
        }
        if self.last_dialed.is_empty() {
            // From an earlier run of the program.
            let outgoing = |direction| direction == Direction::MobileOriginated;
            let last = cx.model.history.iter().find(|record| outgoing(record.direction));
            let number = last.and_then(|record| record.remote.number());
            self.last_dialed = number.map(|n| n.as_str().to_owned()).unwrap_or_default();
        }
        if self.last_dialed.is_empty() {
            self.problem = number::DialStringError::Empty.to_string();
        } else {
            let last = self.last_dialed.clone();
            self.typed = number_field::grouped(&last, &cx.model.phone.region);
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

/// The keys that were sent in the active call, large; the modem has confirmed them.
fn tones_ui(ui: &mut Ui, cx: &ViewContext<'_>) {
    let p = theme::palette(ui);
    let sent = cx.model.active_call().map(|call| call.keys.sent.as_str()).unwrap_or_default();
    let shown = call_keys::last_keys(sent);
    let size = Vec2::new(ui.available_width(), 44.0);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let center = egui::Align2::CENTER_CENTER;
    let painter = ui.painter().with_clip_rect(rect);
    if shown.is_empty() {
        let font = theme::font(type_size::BODY);
        painter.text(rect.center(), center, text::call::TONES_HINT, font, p.weak);
    } else {
        // The last ones are of interest: what is too long begins out of sight.
        let font = theme::font(type_size::TITLE);
        let galley = painter.layout_no_wrap(shown, font, p.text);
        let middle = rect.center().x - galley.size().x / 2.0;
        let left = middle.min(rect.right() - galley.size().x);
        let top = rect.center().y - galley.size().y / 2.0;
        painter.galley(egui::pos2(left, top), galley, p.text);
    }
    let name = format!("{} {sent}", text::call::TONES_SENT);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, name.trim_end()));
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
    // A code is nobody's number, whatever digits are in it.
    let code = wanted.starts_with(['*', '#']);
    if code || wanted.chars().count() < 2 {
        return Vec::new();
    }
    let all = cx.model.phone.contacts.iter();
    let found = all.filter_map(|contact| {
        let number = super::contacts::matching_number(contact, wanted)?;
        Some((contact, number.number.clone()))
    });
    found.take(most).collect()
}
