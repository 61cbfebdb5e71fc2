//! What stands above the traffic: the buttons of the head, their menu, and the filter, which goes
//! into the menu where there is little height.

use super::ConsolePage;
use super::lines::{Filter, Shown};
use crate::phone::{Command, Settings};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, console as words};
use crate::ui::theme::{size, space};
use crate::ui::widget::field::Field;
use crate::ui::widget::{
    Button, Icon, Kind, button::segmented, icon::icons, icon_button, label, menu, toggle,
};
use egui::{Frame, Id, Margin, Ui};

/// Which way the lines go that are shown.
const CHOICES: [(Shown, &str); 3] =
    [(Shown::All, words::ALL), (Shown::Sent, words::SENT), (Shown::Received, words::RECEIVED)];

impl ConsolePage {
    pub(super) fn head_buttons_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        (masked, narrow): (bool, bool),
        actions: &mut Actions,
    ) {
        if !narrow {
            let (symbol, name) = self.pause_words();
            if icon_button(ui, symbol, name).clicked() {
                self.pause_or_go_on();
            }
            let (symbol, name) = mask_words(masked);
            if icon_button(ui, symbol, name).clicked() {
                self.mask(cx, !masked, actions);
            }
        }
        let more = icon_button(ui, icons::ICON_MORE_VERT, words::MORE);
        egui::Popup::menu(&more).show(|ui| {
            menu::entries(ui, if narrow { 150.0 } else { 190.0 }, |ui| {
                if narrow {
                    self.head_entries_ui(ui, cx, masked, actions);
                }
                if cx.layout.short {
                    self.filter_entries_ui(ui);
                }
                self.menu_ui(ui, cx, masked, actions);
            });
        });
    }

    fn pause_words(&self) -> (Icon, &'static str) {
        match self.paused_at {
            Some(_) => (icons::ICON_PLAY_ARROW, words::GO_ON),
            None => (icons::ICON_PAUSE, words::PAUSE),
        }
    }

    pub(super) fn pause_or_go_on(&mut self) {
        self.to_end = self.follow && self.paused_at.is_some();
        self.held &= !self.to_end;
        self.paused_at = self.paused_at.map_or(Some(self.seen), |_| None);
    }

    fn mask(&mut self, cx: &ViewContext<'_>, mask_console: bool, actions: &mut Actions) {
        let settings = &cx.model.phone.settings;
        actions.push(Action::Save(Settings { mask_console, ..settings.clone() }));
        self.close();
    }

    /// The buttons of a wider head.
    fn head_entries_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        masked: bool,
        actions: &mut Actions,
    ) {
        let (symbol, name) = self.pause_words();
        if menu::item(ui, symbol, name) {
            self.pause_or_go_on();
        }
        let (symbol, _) = mask_words(masked);
        let name = if masked { words::UNMASK_SHORT } else { words::MASK_SHORT };
        if menu::item(ui, symbol, name) {
            self.mask(cx, !masked, actions);
        }
        ui.separator();
    }

    /// The filter of a higher window.
    fn filter_entries_ui(&mut self, ui: &mut Ui) {
        for (shown, name) in CHOICES {
            let symbol = match self.filter.shown == shown {
                true => icons::ICON_RADIO_BUTTON_CHECKED,
                false => icons::ICON_RADIO_BUTTON_UNCHECKED,
            };
            if menu::item(ui, symbol, name) {
                self.filter.shown = shown;
            }
        }
        if menu::item(ui, ticked(self.filter.hide_checks), words::HIDE_CHECKS) {
            self.filter.hide_checks = !self.filter.hide_checks;
        }
        if menu::item(ui, icons::ICON_SEARCH, words::FIND) {
            self.finding = true;
            // The menu that closes takes the keyboard with it.
            self.focus_find = 2;
        }
        ui.separator();
    }

    fn menu_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, masked: bool, actions: &mut Actions) {
        if menu::item(ui, icons::ICON_CONTENT_COPY, text::COPY_ALL) {
            actions.push(Action::Copy(self.as_text(masked)));
        }
        if menu::item(ui, icons::ICON_DELETE_SWEEP, text::CLEAR) {
            self.lines.clear();
            self.close();
        }
        if menu::item(ui, ticked(self.follow), text::FOLLOW) {
            self.follow = !self.follow;
            self.to_end = self.follow && self.paused_at.is_none();
            self.held &= !self.to_end;
        }
        ui.separator();
        if cx.model.phone.recording.is_some() {
            if menu::item(ui, icons::ICON_STOP_CIRCLE, words::STOP_RECORDING) {
                actions.push(Action::Command(Command::Record(None)));
            }
        } else if menu::item(ui, icons::ICON_FIBER_MANUAL_RECORD, words::RECORD) {
            actions.push(Action::RecordTraffic);
        }
        if menu::item(ui, icons::ICON_FOLDER_OPEN, words::OPEN_RECORDING) {
            actions.push(Action::OpenRecording);
        }
    }

    /// What is shown, and words to find.
    pub(super) fn filter_ui(&mut self, ui: &mut Ui, short: bool) {
        let narrowed = self.filter.shown != Shown::All || self.filter.hide_checks;
        self.finding |= !self.filter.find.is_empty();
        if short && !self.finding && !narrowed {
            return;
        }
        let margin = if short { 4 } else { 8 };
        let frame = Frame::new().inner_margin(Margin::symmetric(16, margin));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            if short {
                self.short_filter_ui(ui, narrowed);
                return;
            }
            ui.horizontal_wrapped(|ui| {
                if let Some(shown) = segmented(ui, self.filter.shown, &CHOICES) {
                    self.filter.shown = shown;
                }
                ui.add_space(space::SMALL);
                toggle::check_box_ui(ui, &mut self.filter.hide_checks, words::HIDE_CHECKS);
            });
            let room = ui.available_width();
            self.find_ui(ui, room);
        });
    }

    /// What was chosen in the menu stays in sight, with the way out of it.
    fn short_filter_ui(&mut self, ui: &mut Ui, narrowed: bool) {
        if self.finding {
            ui.horizontal(|ui| {
                let close = size::CONTROL;
                let room = ui.available_width() - close - ui.spacing().item_spacing.x;
                self.find_ui(ui, room);
                if icon_button(ui, icons::ICON_CLOSE, words::STOP_FINDING).clicked() {
                    self.finding = false;
                    self.filter.find.clear();
                }
            });
        }
        if narrowed {
            ui.horizontal_wrapped(|ui| {
                label::caption(ui, words::SOME_HIDDEN);
                if Button::new(words::SHOW_ALL).kind(Kind::Quiet).show(ui).clicked() {
                    let find = std::mem::take(&mut self.filter.find);
                    self.filter = Filter { find, ..Filter::default() };
                }
            });
        }
    }

    fn find_ui(&mut self, ui: &mut Ui, width: f32) {
        let field = Field::new(Id::unique("find in traffic"), words::FIND);
        let output = field.hint(words::FIND).width(width).show(ui, &mut self.filter.find);
        if self.focus_find > 0 {
            self.focus_find -= 1;
            output.response.response.request_focus();
            ui.request_repaint();
        }
    }
}

fn mask_words(masked: bool) -> (Icon, &'static str) {
    match masked {
        true => (icons::ICON_VISIBILITY_OFF, words::UNMASK),
        false => (icons::ICON_VISIBILITY, words::MASK),
    }
}

fn ticked(on: bool) -> Icon {
    if on { icons::ICON_CHECK_BOX } else { icons::ICON_CHECK_BOX_OUTLINE_BLANK }
}
