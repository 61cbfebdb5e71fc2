//! The console: the live AT traffic with its meaning, taken apart on a click, and a command line
//! that completes, explains and warns.

mod command;
mod detail;
mod head;
mod lines;

use super::head_ui;
use crate::engine::lens::Section;
use crate::engine::{TraceDirection, TraceEntry, TraceLog};
use crate::phone::Command;
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, console as words};
use crate::ui::theme;
use crate::ui::widget::{Button, Kind, empty, icon::icons, label};
use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use lines::{Filter, Line};
use std::collections::VecDeque;

/// Lines kept on the page.
const MAX_LINES: usize = 2_000;
/// Below this width the menu has what buttons do.
const NARROW: f32 = 300.0;

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
    /// Where there is little height: the field of the words to find is open.
    finding: bool,
    /// For so many frames it gets the keyboard.
    focus_find: u8,
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
            finding: false,
            focus_find: 0,
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
        let narrow = ui.available_width() < NARROW;
        head_ui(ui, cx, (text::CONSOLE, true), actions, |ui, actions| {
            self.head_buttons_ui(ui, cx, (masked, narrow), actions);
        });
        self.filter_ui(ui, cx.layout.short);
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
        // In a low window there is no room for both.
        if !(cx.layout.short && self.command.is_typed()) {
            self.detail_ui(ui, masked);
        }
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
        let narrow = ui.available_width() < NARROW;
        let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(16, 6));
        frame.show(ui, |ui| {
            if let Some(count) = held {
                ui.horizontal_wrapped(|ui| {
                    label::caption(ui, &words::new_lines(count));
                    // Elsewhere the head has a button for it.
                    if narrow && Button::new(words::GO_ON).kind(Kind::Quiet).show(ui).clicked() {
                        self.pause_or_go_on();
                    }
                });
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
