//! The console: the live AT traffic with its meaning, taken apart on a click, and a command line
//! that completes, explains and warns.

mod command;
mod detail;
mod lines;

use super::head_ui;
use crate::engine::lens::Section;
use crate::engine::{TraceDirection, TraceEntry, TraceLog};
use crate::phone::{Command, Settings};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, console as words};
use crate::ui::theme::{self, space};
use crate::ui::widget::field::Field;
use crate::ui::widget::{
    Button, Kind, button::segmented, empty, icon::icons, icon_button, label, menu, toggle,
};
use egui::{CentralPanel, Frame, Id, Margin, Panel, Ui};
use lines::{Filter, Line, Shown};
use std::collections::VecDeque;

/// Lines kept on the page.
const MAX_LINES: usize = 2_000;

/// The traffic seen so far, how it is shown, and what is typed.
pub struct ConsolePage {
    lines: VecDeque<Line>,
    seen: u64,
    masker: lines::Masker,
    watching: bool,
    follow: bool,
    /// The list goes to its end when it is next shown, wherever it was scrolled to.
    to_end: bool,
    /// Lines after this one are not shown yet.
    paused_at: Option<u64>,
    filter: Filter,
    /// The line that is taken apart, and what it is made of.
    chosen: Option<(u64, Vec<Section>)>,
    /// A line is being read: the list stays where it is.
    held: bool,
    /// The chosen line is scrolled into sight, once.
    reveal: bool,
    /// Where the list stood when it was painted last.
    place: lines::Place,
    command: command::CommandField,
}

impl Default for ConsolePage {
    fn default() -> Self {
        ConsolePage {
            lines: VecDeque::new(),
            seen: 0,
            masker: lines::Masker::default(),
            watching: false,
            follow: true,
            to_end: false,
            paused_at: None,
            filter: Filter::default(),
            chosen: None,
            held: false,
            reveal: false,
            place: lines::Place::default(),
            command: command::CommandField::default(),
        }
    }
}

impl ConsolePage {
    /// New lines wake the window only while they are on the screen.
    pub fn set_watching(&mut self, trace: &TraceLog, watching: bool) {
        if self.watching != watching {
            trace.watch(watching);
            self.watching = watching;
        }
    }

    /// The page.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        trace: &TraceLog,
        actions: &mut Actions,
    ) {
        self.read(ui.ctx(), trace);
        let masked = cx.model.phone.settings.mask_console;
        head_ui(ui, cx, (text::CONSOLE, true), actions, |ui, actions| {
            self.head_buttons_ui(ui, cx, masked, actions);
        });
        self.filter_ui(ui, cx);
        self.recording_ui(ui, cx, actions);
        let p = theme::palette(ui);
        let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(16, 8));
        Panel::bottom("command line")
            .resizable(false)
            .show_separator_line(false)
            .frame(frame)
            .show(ui, |ui| self.command.ui(ui, cx, actions));
        if self.command.take_sent() {
            // The answer is what is waited for.
            self.follow = true;
            self.to_end = true;
            self.held = false;
            self.paused_at = None;
        }
        self.detail_ui(ui, masked);
        CentralPanel::no_frame().show(ui, |ui| self.lines_ui(ui, masked));
    }

    fn read(&mut self, ctx: &egui::Context, trace: &TraceLog) {
        let new = trace.since(self.seen);
        if !new.is_empty() {
            // Following the end takes effect in the frame after.
            ctx.request_repaint();
        }
        for entry in new {
            self.seen = entry.sequence;
            let line = self.masker.line(entry);
            self.lines.push_back(line);
        }
        let excess = self.lines.len().saturating_sub(MAX_LINES);
        self.lines.drain(..excess);
    }

    fn head_buttons_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        masked: bool,
        actions: &mut Actions,
    ) {
        let (icon, name) = match self.paused_at {
            Some(_) => (icons::ICON_PLAY_ARROW, words::GO_ON),
            None => (icons::ICON_PAUSE, words::PAUSE),
        };
        if icon_button(ui, icon, name).clicked() {
            self.to_end = self.follow && self.paused_at.is_some();
            self.held &= !self.to_end;
            self.paused_at = self.paused_at.map_or(Some(self.seen), |_| None);
        }
        let (eye, name) = match masked {
            true => (icons::ICON_VISIBILITY_OFF, words::UNMASK),
            false => (icons::ICON_VISIBILITY, words::MASK),
        };
        if icon_button(ui, eye, name).clicked() {
            let settings = &cx.model.phone.settings;
            actions.push(Action::Save(Settings { mask_console: !masked, ..settings.clone() }));
            self.close();
        }
        let more = icon_button(ui, icons::ICON_MORE_VERT, words::MORE);
        egui::Popup::menu(&more).show(|ui| self.menu_ui(ui, cx, masked, actions));
    }

    fn menu_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, masked: bool, actions: &mut Actions) {
        ui.set_min_width(190.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        if menu::item(ui, icons::ICON_CONTENT_COPY, text::COPY_ALL) {
            actions.push(Action::Copy(self.as_text(masked)));
        }
        if menu::item(ui, icons::ICON_DELETE_SWEEP, text::CLEAR) {
            self.lines.clear();
            self.close();
        }
        let follow = match self.follow {
            true => icons::ICON_CHECK_BOX,
            false => icons::ICON_CHECK_BOX_OUTLINE_BLANK,
        };
        if menu::item(ui, follow, text::FOLLOW) {
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
    fn filter_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        if cx.layout.short {
            return;
        }
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 8));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            let choices = [
                (Shown::All, words::ALL),
                (Shown::Sent, words::SENT),
                (Shown::Received, words::RECEIVED),
            ];
            ui.horizontal_wrapped(|ui| {
                if let Some(shown) = segmented(ui, self.filter.shown, &choices) {
                    self.filter.shown = shown;
                }
                ui.add_space(space::SMALL);
                toggle::check_box_ui(ui, &mut self.filter.hide_checks, words::HIDE_CHECKS);
            });
            Field::new(Id::unique("find in traffic"), words::FIND)
                .hint(words::FIND)
                .width(ui.available_width())
                .show(ui, &mut self.filter.find);
        });
    }

    /// That the traffic is written to a file must never be overlooked.
    fn recording_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let held = self
            .paused_at
            .map(|at| self.lines.iter().filter(|line| line.entry.sequence > at).count());
        let recording = cx.model.phone.recording.as_ref();
        if held.is_none() && recording.is_none() {
            return;
        }
        let p = theme::palette(ui);
        let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(16, 6));
        frame.show(ui, |ui| {
            if let Some(count) = held {
                label::caption(ui, &words::new_lines(count));
            }
            if let Some(file) = recording {
                ui.horizontal_wrapped(|ui| {
                    label::caption(ui, &words::recording(&file.display().to_string()));
                    if Button::new(words::STOP_RECORDING).kind(Kind::Plain).show(ui).clicked() {
                        actions.push(Action::Command(Command::Record(None)));
                    }
                });
            }
            ui.set_min_width(ui.available_width());
        });
    }

    fn as_text(&self, masked: bool) -> String {
        let lines = self.visible().map(|line| {
            let mark = match line.entry.direction {
                TraceDirection::Sent => ">",
                TraceDirection::Received => "<",
                TraceDirection::Note => "-",
            };
            let time = text::format::clock_millis(line.entry.time);
            format!("{time} {mark} {}\n", line.shown(masked))
        });
        lines.collect()
    }

    /// The lines that fit the filter.
    fn visible(&self) -> impl Iterator<Item = &Line> {
        let until = self.paused_at.unwrap_or(u64::MAX);
        let fits = self.filter.ready();
        self.lines.iter().filter(move |line| line.entry.sequence <= until && fits.fits(line))
    }

    fn lines_ui(&mut self, ui: &mut Ui, masked: bool) {
        if self.lines.is_empty() {
            empty::state(ui, icons::ICON_TERMINAL, text::NO_TRAFFIC, text::NO_TRAFFIC_WHY, None);
            return;
        }
        let visible: Vec<&Line> = self.visible().collect();
        if visible.is_empty() {
            let (what, why) = (words::NOTHING_FITS, words::NOTHING_FITS_WHY);
            let all = empty::state(ui, icons::ICON_FILTER_LIST, what, why, Some(words::SHOW_ALL));
            if all {
                self.filter = Filter::default();
            }
            return;
        }
        let chosen = self.chosen.as_ref().map(|(sequence, _)| *sequence);
        let look = lines::Look {
            chosen,
            reveal: self.reveal,
            follow: self.follow && self.paused_at.is_none() && !self.held,
            to_end: self.to_end,
            masked,
        };
        let (clicked, place) = lines::list_ui(ui, &visible, &look, self.place);
        self.place = place;
        self.reveal &= !place.revealed;
        self.to_end &= !place.ended;
        if let Some(entry) = clicked {
            self.choose(&entry);
        }
    }

    /// Takes a line apart; the one that is apart already is closed.
    fn choose(&mut self, entry: &TraceEntry) {
        if self.chosen.as_ref().is_some_and(|(sequence, _)| *sequence == entry.sequence) {
            self.close();
            return;
        }
        self.chosen = Some((entry.sequence, detail::sections(entry)));
        (self.held, self.reveal) = (true, true);
    }

    /// No line is taken apart any more; where the end was followed before it is again.
    fn close(&mut self) {
        self.chosen = None;
        let held = std::mem::take(&mut self.held);
        self.to_end |= held && self.follow && self.paused_at.is_none() && self.place.was_at_end;
    }

    fn detail_ui(&mut self, ui: &mut Ui, masked: bool) {
        let Some((sequence, sections)) = &self.chosen else { return };
        let line = self.lines.iter().find(|line| line.entry.sequence == *sequence);
        let shown = line.map(|line| line.shown(masked).to_owned()).unwrap_or_default();
        let cause = line.map(|line| line.entry.cause.clone()).unwrap_or_default();
        if detail::detail_ui(ui, &shown, &cause, sections, masked) {
            self.close();
        }
    }
}
