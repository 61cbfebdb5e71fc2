//! A list of rows of any height of which only those in sight are laid out, and which stays where it
//! is when rows come or go at either end.
//!
//! The place is held by the bottom of the first row in sight, not by a distance from the top: what
//! is above it may be a guess. A row's height is known once it was drawn.

use crate::ui::theme;
use crate::ui::timeline::Key;
use egui::emath::GuiRounding as _;
use egui::{CornerRadius, Rect, Sense, Ui, UiBuilder};
use std::collections::BTreeMap;

/// Room above the first and below the last row, in points.
const PADDING: f32 = 8.0;
/// Rows this near to what is in sight are laid out, too, so that their height is known when they
/// come into sight.
const NEAR: f32 = 300.0;
/// Rows this near to an end ask for more, in points.
const AHEAD: f32 = 2_500.0;
/// Width of the scroll bar, in points.
const BAR: f32 = 11.0;
/// A jump that stops so near to the end goes on to it, in points.
const SLIVER: f32 = 48.0;
/// Frames after which a jump has arrived, however the heights turn out.
const JUMP_TRIES: u8 = 4;
/// Heights remembered.
const MOST_HEIGHTS: usize = 4_000;

/// Where the list stands.
#[derive(Default)]
pub struct Scroll {
    /// A row, and how far its bottom is below the top of what is in sight.
    anchor: Option<(Key, f32)>,
    /// The end is in sight and stays so.
    at_end: bool,
    heights: BTreeMap<Key, f32>,
    width: f32,
    jump: Option<(Key, u8)>,
}

/// What the list needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// More rows at the top.
    pub above: bool,
    /// More rows at the bottom.
    pub below: bool,
}

/// The rows of a list.
pub struct Rows<'a> {
    /// What tells them apart, from the top.
    pub keys: &'a [Key],
    /// A guess at the height of a row never drawn.
    pub guess: &'a dyn Fn(usize) -> f32,
    /// The last row is not the end of all.
    pub more_below: bool,
}

impl Scroll {
    /// Begins at the end.
    pub fn at_the_end() -> Self {
        Scroll { at_end: true, ..Scroll::default() }
    }

    /// The end of all rows is in sight.
    pub fn at_end(&self) -> bool {
        self.at_end
    }

    /// Goes to the end.
    pub fn go_to_end(&mut self) {
        self.at_end = true;
        self.jump = None;
    }

    /// Goes to a row, which will stand in the upper part of what is in sight.
    pub fn go_to_row(&mut self, key: Key) {
        self.at_end = false;
        self.jump = Some((key, JUMP_TRIES));
    }

    /// Shows the rows; `row` draws one.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        rows: &Rows<'_>,
        row: &mut dyn FnMut(&mut Ui, usize),
    ) -> Needs {
        let window = ui.available_rect_before_wrap();
        let (width, view) = (window.width(), window.height());
        if (width - self.width).abs() > 0.5 || self.heights.len() > MOST_HEIGHTS {
            self.width = width;
            self.heights.clear();
        }
        let tops = self.tops(rows, view);
        let total = tops[rows.keys.len()] + PADDING;
        let end = (total - view).max(0.0);
        let place = self.offset(rows, &tops, view).unwrap_or(end).clamp(0.0, end);
        let bar = bar_ui(ui, window, (place, end, view));
        let wanted = bar.unwrap_or(place + pushed(ui, window, view)).clamp(0.0, end);
        let moved = (wanted - place).abs() > 0.01;
        let offset = wanted.round_to_pixels(ui.pixels_per_point());
        let top = window.top() - offset;
        let all = Rect::from_min_size(egui::pos2(window.left(), top), egui::vec2(width, total));
        let mut content = ui.new_child(UiBuilder::new().max_rect(all).id_salt("timeline"));
        content.set_clip_rect(window.intersect(ui.clip_rect()));
        let wrong = self.rows_ui(&mut content, rows, &tops, (offset, view), row);
        ui.allocate_rect(window, Sense::hover());
        self.settle(rows, &tops, (wanted, end), moved, wrong);
        if wrong {
            // The rows stand where they were guessed to: once more, now that it is known.
            ui.ctx().request_discard("heights were guessed");
            ui.ctx().request_repaint();
        }
        Needs { above: wanted < AHEAD, below: end - wanted < AHEAD }
    }

    /// Where each row begins, and where the last ends.
    fn tops(&self, rows: &Rows<'_>, view: f32) -> Vec<f32> {
        let mut tops = Vec::with_capacity(rows.keys.len() + 1);
        let mut y = PADDING;
        for (index, key) in rows.keys.iter().enumerate() {
            tops.push(y);
            y += self.heights.get(key).copied().unwrap_or_else(|| (rows.guess)(index));
        }
        tops.push(y);
        // A short conversation stands at the bottom, beside what is being written.
        let spare = (view - y - PADDING).max(0.0);
        tops.iter_mut().for_each(|top| *top += spare);
        tops
    }

    /// How far down the place is; `None` is the end.
    fn offset(&self, rows: &Rows<'_>, tops: &[f32], view: f32) -> Option<f32> {
        let place = |key: &Key| rows.keys.iter().position(|known| known == key);
        if let Some(at) = self.jump.as_ref().and_then(|(key, _)| place(key)) {
            return Some(tops[at] - view * 0.25);
        }
        if self.at_end {
            return None;
        }
        let (key, below) = self.anchor?;
        place(&key).map(|at| tops[at + 1] - below)
    }

    /// Draws what is in sight or near; true if a row in sight was not as high as it was taken for.
    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        rows: &Rows<'_>,
        tops: &[f32],
        (offset, view): (f32, f32),
        row: &mut dyn FnMut(&mut Ui, usize),
    ) -> bool {
        let origin = ui.max_rect().min;
        let width = ui.max_rect().width();
        let first = tops.partition_point(|&top| top < offset - NEAR).saturating_sub(1);
        let (mut below, mut wrong) = (0.0, false);
        for (index, key) in rows.keys.iter().enumerate().skip(first) {
            let above_sight = tops[index + 1] <= offset;
            let top = tops[index] + below;
            if top > offset + view + NEAR {
                break;
            }
            let place = Rect::from_min_size(
                egui::pos2(origin.x, origin.y + top),
                egui::vec2(width, tops[index + 1] - tops[index]),
            );
            let builder = UiBuilder::new()
                .max_rect(place)
                .id_salt(*key)
                .layout(egui::Layout::top_down(egui::Align::Min));
            let mut child = ui.new_child(builder);
            child.spacing_mut().item_spacing.y = 0.0;
            row(&mut child, index);
            let height = child.min_rect().bottom() - place.top();
            let guessed = tops[index + 1] - tops[index];
            let off = height - guessed;
            self.heights.insert(*key, height);
            if off.abs() > 0.5 {
                // What is above keeps its place until the next time; what is below moves at once.
                wrong |= !above_sight && top < offset + view;
                if !above_sight {
                    below += off;
                }
            }
        }
        wrong
    }

    /// Remembers the place.
    fn settle(
        &mut self,
        rows: &Rows<'_>,
        tops: &[f32],
        (now, end): (f32, f32),
        moved: bool,
        wrong: bool,
    ) {
        if moved {
            self.jump = None;
        }
        let mut landed = false;
        if let Some((_, tries)) = &mut self.jump {
            *tries = if wrong { tries.saturating_sub(1) } else { 0 };
            if *tries == 0 {
                self.jump = None;
                landed = true;
            }
        }
        let last = tops.len().saturating_sub(2);
        let first = tops.partition_point(|&top| top <= now).saturating_sub(1).min(last);
        self.anchor = rows.keys.get(first).map(|key| (*key, tops[first + 1] - now));
        // A jump that shows all but a sliver of what is below shows the end.
        let sliver = if landed { SLIVER } else { 2.0 };
        let there = now >= end - sliver && !rows.more_below;
        // Guesses do not take the list away from its end; the user does.
        if moved || !self.at_end || rows.more_below {
            self.at_end = there && self.jump.is_none();
        }
    }
}

/// How far the wheel, the trackpad and Page Up and Page Down push the list down, in points.
fn pushed(ui: &Ui, window: Rect, view: f32) -> f32 {
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let by_keys = match () {
        () if pressed(egui::Key::PageUp) => -0.85 * view,
        () if pressed(egui::Key::PageDown) => 0.85 * view,
        () => 0.0,
    };
    let by_wheel = if ui.rect_contains_pointer(window) {
        ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y))
    } else {
        0.0
    };
    by_keys - by_wheel
}

/// The scroll bar; returns the place it was dragged to. The list's length is partly a guess, so the
/// bar may grow or shrink a little on the way.
fn bar_ui(ui: &Ui, window: Rect, (place, end, view): (f32, f32, f32)) -> Option<f32> {
    if end <= 0.0 {
        return None;
    }
    let p = theme::palette(ui);
    let track = window.with_min_x(window.right() - BAR).shrink2(egui::vec2(2.0, 4.0));
    let length = (track.height() * view / (end + view)).clamp(28.0, track.height());
    let room = (track.height() - length).max(1.0);
    let handle = Rect::from_min_size(
        egui::pos2(track.left(), track.top() + room * place / end),
        egui::vec2(track.width(), length),
    );
    let response = ui.interact(track, ui.scope_id().with("bar"), Sense::drag());
    let color = if response.hovered() || response.dragged() { p.weak } else { p.outline };
    let layer = ui.painter().clone().with_clip_rect(window);
    layer.rect_filled(handle, CornerRadius::same(4), color);
    let at = response.interact_pointer_pos().filter(|_| response.dragged())?;
    let delta = response.drag_delta().y;
    let inside = handle.y_range().contains(at.y - delta);
    // Beside the handle: it jumps there.
    let begin = if inside { handle.top() + delta } else { at.y - length / 2.0 };
    Some((begin - track.top()) / room * end)
}

#[cfg(test)]
#[path = "scroll_tests.rs"]
mod tests;
