//! The lines of the traffic: which are shown, and how they are painted.

use crate::engine::lens;
use crate::engine::{TraceDirection, TraceEntry};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::button::focus_ring;
use crate::ui::widget::{icon, icon::icons, label};
use crate::ui::{safe_text, text};
use egui::{Align2, CornerRadius, Rect, Response, ScrollArea, Sense, Ui, Vec2};

/// Height of a line in points.
const HEIGHT: f32 = 22.0;
/// Narrower than this there is no room for times.
const TIMES_ROOM: f32 = 420.0;

/// One line and how others may see it.
pub(super) struct Line {
    pub entry: TraceEntry,
    masked: String,
    masked_meaning: String,
}

impl Line {
    /// The line as it is shown.
    pub fn shown(&self, masked: bool) -> &str {
        if masked { &self.masked } else { &self.entry.line }
    }

    fn meaning(&self, masked: bool) -> &str {
        if masked { &self.masked_meaning } else { &self.entry.meaning }
    }
}

/// Masks the lines in their order.
#[derive(Default)]
pub(super) struct Masker(lens::Masker);

impl Masker {
    pub fn line(&mut self, entry: TraceEntry) -> Line {
        let masked = match entry.direction {
            TraceDirection::Note => entry.line.clone(),
            way => self.0.line(&entry.line, way == TraceDirection::Sent),
        };
        let hidden = masked != entry.line && !entry.meaning.is_empty();
        let masked_meaning = match hidden {
            // The sentence for the line as it is shown: a name or a text in it is hidden as well.
            true => sentence(&masked, entry.direction),
            false => lens::mask(&entry.meaning).into_owned(),
        };
        Line { entry, masked, masked_meaning }
    }
}

/// What a line says that is masked.
fn sentence(masked: &str, way: TraceDirection) -> String {
    let told = lens::explain_line(masked, way == TraceDirection::Sent);
    let words: Vec<&str> = told.iter().map(|section| section.what.as_str()).collect();
    lens::mask(&words.join(", ")).into_owned()
}

/// Which way the lines go that are shown.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    #[default]
    All,
    Sent,
    Received,
}

/// Which lines are shown.
#[derive(Clone, Default)]
pub(super) struct Filter {
    pub shown: Shown,
    pub hide_checks: bool,
    pub find: String,
}

impl Filter {
    /// The same with the words in lower case, for many lines.
    pub fn ready(&self) -> Filter {
        Filter { find: self.find.trim().to_lowercase(), ..self.clone() }
    }

    /// Whether a line is shown. To be asked of what [`Filter::ready`] gives.
    pub fn fits(&self, line: &Line) -> bool {
        let entry = &line.entry;
        let way = match self.shown {
            Shown::All => true,
            Shown::Sent => entry.direction == TraceDirection::Sent,
            Shown::Received => entry.direction == TraceDirection::Received,
        };
        way && !(self.hide_checks && entry.routine) && self.finds(entry)
    }

    fn finds(&self, entry: &TraceEntry) -> bool {
        let has = |text: &str| text.to_lowercase().contains(&self.find);
        self.find.is_empty() || has(&entry.line) || has(&entry.meaning) || has(&entry.cause)
    }
}

/// How the lines are shown.
pub(super) struct Look {
    /// The line that is taken apart, by its number.
    pub chosen: Option<u64>,
    /// It is scrolled into sight, if it is out of it.
    pub reveal: bool,
    /// The end stays in sight while it is.
    pub follow: bool,
    /// Go to the end.
    pub to_end: bool,
    /// Numbers are hidden.
    pub masked: bool,
}

/// Where the list stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Points above the first line in sight.
    offset: f32,
    /// The end was in sight before a line was taken apart.
    pub was_at_end: bool,
    /// The chosen line was scrolled into sight.
    pub revealed: bool,
    /// It has gone to the end, as it was asked to.
    pub ended: bool,
    /// The furthest it can go, with so many lines in this height.
    most: f32,
    height: f32,
    count: usize,
    /// A line was taken apart when the list was painted: what does that had its room.
    apart: bool,
}

/// Shows the lines; returns the one that was clicked, and where the list stands.
pub(super) fn list_ui(
    ui: &mut Ui,
    lines: &[&Line],
    look: &Look,
    before: Place,
) -> (Option<TraceEntry>, Place) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut clicked = None;
    let height = ui.available_height();
    let mut area = ScrollArea::vertical()
        .auto_shrink([false, false])
        .min_scrolled_height(0.0)
        .stick_to_bottom(look.follow);
    // Never further than the area was able to go: what is beyond springs back, and does not stick.
    let steady = before.count == lines.len() && before.height == height;
    if look.to_end {
        area = area.vertical_scroll_offset(before.most.max(0.0));
    } else if look.reveal
        && before.apart
        && let Some(at) = lines.iter().position(|line| Some(line.entry.sequence) == look.chosen)
    {
        // What takes it apart stands below the list, and has covered it.
        let least = (HEIGHT * (at + 1) as f32 - height).min(before.most);
        area = area.vertical_scroll_offset(before.offset.max(least).max(0.0));
    }
    let shown = area.show_rows(ui, HEIGHT, lines.len(), |ui, rows| {
        for at in rows {
            let Some(line) = lines.get(at) else { continue };
            // The cause stands once, at the first line it is the cause of.
            let before = at.checked_sub(1).and_then(|before| lines.get(before));
            let news = before.is_none_or(|before| before.entry.cause != line.entry.cause);
            let chosen = look.chosen == Some(line.entry.sequence);
            if line_ui(ui, line, look.masked, news, chosen).clicked() {
                clicked = Some(line.entry.clone());
            }
        }
    });
    let offset = shown.state.clamped_offset().y;
    let most = shown.content_size.y - shown.inner_rect.height();
    let apart = look.chosen.is_some();
    let was_at_end = if apart { before.was_at_end } else { offset >= most - 1.0 };
    let (revealed, ended) = (apart && before.apart, look.to_end && steady);
    if look.reveal && !revealed || look.to_end && !ended {
        ui.request_repaint();
    }
    let count = lines.len();
    (clicked, Place { offset, most, height, count, was_at_end, revealed, ended, apart })
}

/// Time, direction, line, meaning, and why it was sent.
fn line_ui(ui: &mut Ui, line: &Line, masked: bool, news: bool, chosen: bool) -> Response {
    let entry = &line.entry;
    let p = theme::palette(ui);
    let size = Vec2::new(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let font = theme::mono(type_size::CAPTION);
    let (arrow, symbol, color) = match entry.direction {
        TraceDirection::Sent => ("→", icons::ICON_ARROW_FORWARD, p.accent_text),
        TraceDirection::Received => ("←", icons::ICON_ARROW_BACK, p.text),
        TraceDirection::Note => ("·", icons::ICON_INFO, p.weak),
    };
    if chosen {
        ui.painter().rect_filled(rect, 0.0, p.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, p.hover);
    }
    let at = |x: f32| egui::pos2(rect.left() + x, rect.center().y);
    let mut x = space::PANEL;
    if rect.width() >= TIMES_ROOM {
        let time = text::format::clock_millis(entry.time);
        ui.painter().text(at(x), Align2::LEFT_CENTER, time, font.clone(), p.weak);
        x += 96.0;
    }
    icon::paint(ui.painter(), at(x + 6.0), symbol, 13.0, color);
    x += 20.0;
    let cause_room = cause_ui(ui, rect, entry, news);
    let right = rect.width() - space::PANEL - cause_room;
    let shown = safe_text::line(line.shown(masked), 400);
    let meaning = safe_text::line(line.meaning(masked), 400);
    let share = if meaning.is_empty() { 1.0 } else { 0.58 };
    let width = ((right - x) * share).max(40.0);
    let box_at = |x: f32, width: f32| {
        Rect::from_min_size(at(x) - Vec2::new(0.0, 10.0), egui::vec2(width, 20.0))
    };
    label::paint_line(ui, box_at(x, width), &shown, font.clone(), color);
    let laid = label::foreign_line(ui, &shown, font, color, width);
    let meaning_x = x + laid.size().x + 16.0;
    let room = right - meaning_x;
    if !meaning.is_empty() && room > 60.0 {
        let font = theme::font(type_size::CAPTION);
        label::paint_line(ui, box_at(meaning_x, room), &meaning, font, p.weak);
    }
    focus_ring(ui, p, rect.shrink(1.0), CornerRadius::ZERO, &response);
    let whole = format!("{arrow} {shown}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &whole));
    response.on_hover_ui(|ui| {
        ui.label(egui::RichText::new(&shown).monospace());
        for more in [&meaning, &entry.cause] {
            if !more.is_empty() {
                ui.label(more);
            }
        }
    })
}

/// Why the line was sent, at the right end; returns the room it takes.
fn cause_ui(ui: &Ui, rect: Rect, entry: &TraceEntry, news: bool) -> f32 {
    if !news || entry.cause.is_empty() || rect.width() < 640.0 {
        return 0.0;
    }
    let p = theme::palette(ui);
    let font = theme::font(type_size::CAPTION);
    let cause = safe_text::line(&entry.cause, 40);
    let galley = ui.painter().layout_no_wrap(cause, font, p.weak);
    let room = galley.size().x + space::PANEL;
    let place = egui::pos2(rect.right() - room, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(place, galley, p.weak);
    room + 8.0
}
