//! The console: the live AT traffic in words, and a command line with history.

use super::head_ui;
use crate::engine::{TraceDirection, TraceEntry, TraceLog};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, icon, icon::icons, icon_button, label};
use crate::ui::{safe_text, text};
use egui::{CentralPanel, Frame, Id, Key, Margin, Panel, ScrollArea, Ui};
use std::collections::VecDeque;

/// Lines kept on the page.
const MAX_LINES: usize = 2_000;
/// Commands remembered.
const MAX_HISTORY: usize = 100;
/// Room beside the title in which the buttons have words.
const WORDS_ROOM: f32 = 290.0;

/// The traffic seen so far and what is typed.
pub struct ConsolePage {
    lines: VecDeque<TraceEntry>,
    seen: u64,
    watching: bool,
    follow: bool,
    command: String,
    history: Vec<String>,
    /// Place in the history while Up and Down walk through it.
    recalled: Option<usize>,
}

impl Default for ConsolePage {
    fn default() -> Self {
        ConsolePage {
            lines: VecDeque::new(),
            seen: 0,
            watching: false,
            follow: true,
            command: String::new(),
            history: Vec::new(),
            recalled: None,
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
        head_ui(ui, cx, (text::CONSOLE, true), actions, |ui, actions| {
            let (clear, copy) = if ui.available_width() < WORDS_ROOM {
                (
                    icon_button(ui, icons::ICON_DELETE, text::CLEAR),
                    icon_button(ui, icons::ICON_CONTENT_COPY, text::COPY_ALL),
                )
            } else {
                (
                    Button::new(text::CLEAR).show(ui),
                    Button::new(text::COPY_ALL).icon(icons::ICON_CONTENT_COPY).show(ui),
                )
            };
            if clear.clicked() {
                self.lines.clear();
            }
            if copy.clicked() {
                actions.push(Action::Copy(self.as_text()));
            }
            ui.checkbox(&mut self.follow, text::FOLLOW);
        });
        let p = theme::palette(ui);
        let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(16, 8));
        Panel::bottom("command line")
            .resizable(false)
            .show_separator_line(false)
            .frame(frame)
            .show(ui, |ui| self.command_ui(ui, cx, actions));
        CentralPanel::no_frame().show(ui, |ui| self.lines_ui(ui));
    }

    fn read(&mut self, ctx: &egui::Context, trace: &TraceLog) {
        let new = trace.since(self.seen);
        if !new.is_empty() {
            // Following the end takes effect in the frame after.
            ctx.request_repaint();
        }
        for entry in new {
            self.seen = entry.sequence;
            self.lines.push_back(entry);
        }
        let excess = self.lines.len().saturating_sub(MAX_LINES);
        self.lines.drain(..excess);
    }

    fn as_text(&self) -> String {
        let lines = self.lines.iter().map(|entry| {
            let mark = match entry.direction {
                TraceDirection::Sent => ">",
                TraceDirection::Received => "<",
                TraceDirection::Note => "-",
            };
            format!("{} {mark} {}\n", text::format::clock_millis(entry.time), entry.line)
        });
        lines.collect()
    }

    fn lines_ui(&mut self, ui: &mut Ui) {
        if self.lines.is_empty() {
            empty::state(ui, icons::ICON_TERMINAL, text::NO_TRAFFIC, text::NO_TRAFFIC_WHY, None);
            return;
        }
        let height = 20.0;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink([false, false]).stick_to_bottom(self.follow).show_rows(
            ui,
            height,
            self.lines.len(),
            |ui, rows| {
                for entry in self.lines.range(rows) {
                    line_ui(ui, entry, height);
                }
            },
        );
    }

    fn command_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let mut run = false;
        let row = egui::Vec2::new(ui.available_width(), 36.0);
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(row, layout, |ui| {
            run = Button::new(text::RUN).kind(Kind::Primary).height(36.0).show(ui).clicked();
            let room = ui.available_width() - 4.0;
            let id = Id::unique("at command");
            let focused = ui.memory(|memory| memory.has_focus(id));
            if focused {
                self.recall(ui);
            }
            let output = Field::new(id, text::AT_COMMAND)
                .hint("AT+CSQ")
                .font(theme::mono(type_size::BODY))
                .width(room)
                .show(ui, &mut self.command);
            let response = output.response.response;
            if response.changed() {
                self.recalled = None;
            }
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                run = true;
                response.request_focus();
            }
        });
        if !cx.layout.short {
            label::caption(ui, &self.hint());
        }
        if run {
            self.run(actions);
        }
    }

    /// A data call instead of a voice call is the mistake everybody makes once.
    fn hint(&self) -> String {
        let upper = self.command.trim().to_ascii_uppercase();
        if upper.starts_with("ATD") && !upper.ends_with(';') {
            return "Without ; at its end this places a data call, which ends in NO CARRIER"
                .to_owned();
        }
        text::CONSOLE_HINT.to_owned()
    }

    fn run(&mut self, actions: &mut Actions) {
        let command = self.command.trim().to_owned();
        if command.is_empty() {
            return;
        }
        if !has_secret(&command) {
            self.history.retain(|known| *known != command);
            self.history.push(command.clone());
            let excess = self.history.len().saturating_sub(MAX_HISTORY);
            self.history.drain(..excess);
        }
        self.recalled = None;
        self.command.clear();
        self.follow = true;
        actions.push(Action::Console(command));
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

/// Time, direction, line, meaning.
fn line_ui(ui: &mut Ui, entry: &TraceEntry, height: f32) {
    let p = theme::palette(ui);
    let size = egui::Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let narrow = rect.width() < 420.0;
    let font = theme::mono(type_size::CAPTION);
    let (arrow, symbol, color) = match entry.direction {
        TraceDirection::Sent => ("→", icons::ICON_ARROW_FORWARD, p.accent_text),
        TraceDirection::Received => ("←", icons::ICON_ARROW_BACK, p.text),
        TraceDirection::Note => ("·", icons::ICON_INFO, p.weak),
    };
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, p.hover);
    }
    let at = |x: f32| egui::pos2(rect.left() + x, rect.center().y);
    let anchor = egui::Align2::LEFT_CENTER;
    let time = text::format::clock_millis(entry.time);
    let mut x = 12.0;
    if !narrow {
        ui.painter().text(at(x), anchor, time, font.clone(), p.weak);
        x += 96.0;
    }
    icon::paint(ui.painter(), at(x + 6.0), symbol, 13.0, color);
    x += 20.0;
    let line = safe_text::line(&entry.line, 400);
    let share = if entry.meaning.is_empty() { 1.0 } else { 0.58 };
    let width = ((rect.width() - x - 12.0) * share).max(40.0);
    let place =
        egui::Rect::from_min_size(at(x) - egui::Vec2::new(0.0, 10.0), egui::vec2(width, 20.0));
    label::paint_line(ui, place, &line, font, color);
    let laid = label::foreign_line(ui, &line, theme::mono(type_size::CAPTION), color, width);
    let meaning_x = x + laid.size().x + 16.0;
    let room = rect.width() - meaning_x - 12.0;
    if !entry.meaning.is_empty() && room > 60.0 {
        let place = egui::Rect::from_min_size(
            at(meaning_x) - egui::Vec2::new(0.0, 10.0),
            egui::vec2(room, 20.0),
        );
        label::paint_line(ui, place, &entry.meaning, theme::font(type_size::CAPTION), p.weak);
    }
    let whole = format!("{arrow} {line}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &whole));
    let response = response.on_hover_ui(|ui| {
        ui.label(egui::RichText::new(&line).monospace());
        if !entry.meaning.is_empty() {
            ui.label(safe_text::line(&entry.meaning, 400));
        }
    });
    if response.clicked() {
        ui.ctx().copy_text(entry.line.clone());
    }
}
