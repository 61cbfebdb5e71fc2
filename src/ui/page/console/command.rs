//! The command line of the console: history, completion, help while typing, and a question before a
//! command that does harm.

use super::super::shortcuts::dialog_frame;
use crate::engine::lens::{self, Danger};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, console as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, icon, icon::icons, label};
use egui::text::{CCursor, CCursorRange};
use egui::{Id, Key, Modal, Modifiers, Ui};

/// Commands remembered.
const MAX_HISTORY: usize = 100;
/// Names offered at once.
const MAX_OFFERED: usize = 6;
/// The same where there is little height.
const FEW_OFFERED: usize = 2;

/// What is typed and what was.
#[derive(Default)]
pub(super) struct CommandField {
    command: String,
    history: Vec<String>,
    /// Place in the history while Up and Down walk through it.
    recalled: Option<usize>,
    /// Waits for a yes.
    asking: Option<(String, Danger)>,
    /// The field gets the keyboard back when the question is gone.
    refocus: bool,
    sent: bool,
}

impl CommandField {
    /// True once after a command was sent.
    pub fn take_sent(&mut self) -> bool {
        std::mem::take(&mut self.sent)
    }

    /// Something is typed.
    pub fn is_typed(&self) -> bool {
        !self.command.trim().is_empty()
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let offered = self.offered();
        let most = if cx.layout.short { FEW_OFFERED } else { MAX_OFFERED };
        self.offers_ui(ui, &offered, most);
        let mut run = false;
        let row = egui::Vec2::new(ui.available_width(), 36.0);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(row, layout, |ui| {
            let button = Button::new(text::RUN).kind(Kind::Primary).height(36.0);
            let room = ui.available_width() - button.width(ui) - space::SMALL;
            run = self.field_ui(ui, room, &offered);
            run |= button.show(ui).clicked();
        });
        // Little height is for the traffic, until there is something to say.
        if !cx.layout.short || self.is_typed() {
            self.hint_ui(ui);
        }
        if run {
            self.run(actions);
        }
        self.question_ui(ui, actions);
    }

    /// The field; true when Enter was pressed in it.
    fn field_ui(
        &mut self,
        ui: &mut Ui,
        room: f32,
        offered: &[(&'static str, &'static str)],
    ) -> bool {
        let id = Id::unique("at command");
        if self.refocus {
            let free = ui.memory(|memory| memory.top_modal_layer().is_none());
            self.refocus = !free;
            match free {
                true => ui.memory_mut(|memory| memory.request_focus(id)),
                false => ui.ctx().request_repaint(),
            }
        }
        let focused = ui.memory(|memory| memory.has_focus(id));
        let mut completed = false;
        if focused {
            self.recall(ui);
            // Tab goes on to the next control when there is nothing to complete.
            let tab = |ui: &Ui| ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Tab));
            if let Some(&(name, _)) = offered.first()
                && tab(ui)
            {
                self.complete(name);
                completed = true;
            }
        }
        let output = Field::new(id, text::AT_COMMAND)
            .hint("AT+CSQ")
            .font(theme::mono(type_size::BODY))
            .width(room)
            .show(ui, &mut self.command);
        let response = output.response.response;
        if !offered.is_empty() {
            // Or Tab would complete and leave the field as well.
            let keys = egui::EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                ..egui::EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
        }
        if completed {
            response.request_focus();
            let mut state = output.state;
            let end = CCursor::new(self.command.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        if response.changed() {
            self.recalled = None;
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if enter {
            response.request_focus();
        }
        enter
    }

    /// Names that begin like what is typed.
    fn offered(&self) -> Vec<(&'static str, &'static str)> {
        // Two letters behind AT, or everything would be offered.
        if self.command.trim().len() < 4 {
            return Vec::new();
        }
        lens::completions(&self.command)
    }

    fn offers_ui(&mut self, ui: &mut Ui, offered: &[(&'static str, &'static str)], most: usize) {
        if offered.is_empty() {
            return;
        }
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            for (name, what) in offered.iter().take(most) {
                if Button::new(name).tip(what).show(ui).clicked() {
                    chosen = Some(*name);
                }
            }
            if let [(_, what)] = offered {
                label::caption(ui, what);
            }
        });
        if let Some(name) = chosen {
            self.complete(name);
            ui.memory_mut(|memory| memory.request_focus(Id::unique("at command")));
        }
    }

    /// Puts the whole name where its beginning stands.
    fn complete(&mut self, name: &str) {
        let from = self.command.rfind(';').map_or(0, |at| at + 1);
        let head = &self.command[..from];
        let at = if from == 0 { "AT" } else { "" };
        self.command = format!("{head}{at}{name}");
    }

    /// What is typed, in words; what it would do if that is harm.
    fn hint_ui(&self, ui: &mut Ui) {
        let p = theme::palette(ui);
        if let Some(danger) = lens::danger(&self.command) {
            let words = match danger.remedy {
                "" => danger.what.to_owned(),
                remedy => format!("{}. {remedy}", danger.what),
            };
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                icon::show(ui, icons::ICON_WARNING, 16.0, p.doubt_text);
                let font = theme::font(type_size::CAPTION);
                label::announce(&label::styled(ui, &words, font, p.doubt_text));
            });
            return;
        }
        let Some(help) = lens::help(&self.command) else {
            label::caption(ui, words::HINT);
            return;
        };
        let names: Vec<&str> = help.rows.iter().map(|row| row.name.as_str()).collect();
        let form = match names.is_empty() {
            true => help.title.clone(),
            false => format!("{}=<{}>", help.title, names.join(">,<")),
        };
        label::caption(ui, &format!("{} · {form}", help.what));
        if let Some(row) = self.parameter_typed().and_then(|at| help.rows.get(at)) {
            label::caption(ui, &format!("<{}> {}", row.name, row.meaning));
        }
    }

    /// Which parameter the end of what is typed is in.
    fn parameter_typed(&self) -> Option<usize> {
        let command = self.command.rsplit(';').next()?;
        let (_, values) = command.split_once('=')?;
        Some(values.matches(',').count())
    }

    fn run(&mut self, actions: &mut Actions) {
        let command = self.command.trim().to_owned();
        if command.is_empty() {
            return;
        }
        match lens::danger(&command) {
            Some(danger) => self.asking = Some((command, danger)),
            None => self.send(command, actions),
        }
    }

    fn send(&mut self, command: String, actions: &mut Actions) {
        if !has_secret(&command) {
            self.history.retain(|known| *known != command);
            self.history.push(command.clone());
            let excess = self.history.len().saturating_sub(MAX_HISTORY);
            self.history.drain(..excess);
        }
        self.recalled = None;
        self.command.clear();
        self.sent = true;
        actions.push(Action::Console(command));
    }

    /// Asks before harm is done.
    fn question_ui(&mut self, ui: &Ui, actions: &mut Actions) {
        let Some((command, danger)) = self.asking.clone() else { return };
        let frame = dialog_frame(ui);
        let response = Modal::new(Id::unique("sure")).frame(frame).show(ui.ctx(), |ui| {
            let room = ui.ctx().content_rect().width() - 2.0 * space::GROUP - space::PANEL;
            ui.set_max_width(room.min(380.0));
            label::title(ui, words::SURE);
            ui.add_space(space::SMALL);
            let p = theme::palette(ui);
            let shown = if has_secret(&command) { "••••" } else { command.as_str() };
            label::styled(ui, shown, theme::mono(type_size::BODY), p.text);
            ui.add_space(space::SMALL);
            label::body(ui, danger.what);
            if !danger.remedy.is_empty() {
                label::caption(ui, danger.remedy);
            }
            ui.add_space(space::SMALL);
            let mut answer = None;
            ui.horizontal_wrapped(|ui| {
                let cancel = Button::new(text::CANCEL).show(ui);
                if ui.memory(|memory| memory.focused().is_none()) {
                    cancel.request_focus();
                }
                if cancel.clicked() {
                    answer = Some(false);
                }
                if Button::new(words::SEND_ANYWAY).kind(Kind::Danger).show(ui).clicked() {
                    answer = Some(true);
                }
            });
            answer
        });
        let answer = response.inner.or(response.should_close().then_some(false));
        if let Some(yes) = answer {
            self.asking = None;
            // What is typed next is meant for the same field, not for the dialpad.
            self.refocus = true;
            if yes {
                self.send(command, actions);
            }
        }
    }

    /// Up and Down walk through the commands typed before.
    fn recall(&mut self, ui: &Ui) {
        let (up, down) =
            ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
        let count = self.history.len();
        let next = match (up, down, self.recalled) {
            (true, _, None) if count > 0 => Some(count - 1),
            (true, _, Some(at)) => Some(at.saturating_sub(1)),
            (_, true, Some(at)) if at + 1 < count => Some(at + 1),
            (_, true, Some(_)) => {
                self.recalled = None;
                self.command.clear();
                return;
            }
            _ => return,
        };
        self.recalled = next;
        if let Some(at) = next {
            self.command.clone_from(&self.history[at]);
        }
    }
}

/// True for a command that may have a PIN, PUK or password in it: `+CPIN`, `+CLCK`, `+CPWD`
/// (3GPP TS 27.007 §8.3, §7.4, §7.5) and the codes of 3GPP TS 22.030 that carry one.
fn has_secret(command: &str) -> bool {
    const MARKS: [&str; 10] =
        ["CPIN=", "CPIN2=", "CPINR", "CLCK=", "CPWD=", "*03*", "**04*", "**05*", "*33*", "#33*"];
    let bare: String = command.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.to_ascii_uppercase();
    MARKS.iter().any(|mark| bare.contains(mark))
}
