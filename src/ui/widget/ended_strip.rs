//! The card of a call that ended as a strip under the top bar. At its right end, where Hang up was,
//! there is nothing but what closes it. Where it is narrow it is as low as can be and unfolds.

use super::button::{Button, icon_button};
use super::call_card::Place;
use super::ended_card::{self, AGAIN, LEAST_HEAD};
use super::icon::icons;
use super::{call_strip, label};
use crate::ui::action::{Action, Actions};
use crate::ui::calling::Ask;
use crate::ui::ended::EndedCall;
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, text};
use egui::{Align, FontId, Layout, Ui, Vec2};

/// Windows lower than this, in points, have no room for advice.
const LOW: f32 = 480.0;
/// Height of the name and a line below it, or of two lines.
const LINES: f32 = 36.0;
/// So much of a longer line tells what it is about, in points.
const LINE: f32 = 200.0;

/// Flat; the raw lines are in the column.
pub fn strip_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    place: Place,
    actions: &mut Actions,
) {
    let low = cx.layout.size.y < LOW;
    let narrow = cx.layout.width == Width::Narrow || place == Place::Column;
    let frame = ended_card::frame(ui, ended, if low || narrow { 4 } else { 8 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = Vec2::new(space::TIGHT, if low { 0.0 } else { 2.0 });
        if narrow {
            narrow_ui(ui, cx, ended, actions);
        } else {
            wide_ui(ui, cx, ended, (low, actions));
        }
    });
    ended_card::tells(ui, ended, &shown.response);
}

/// Calling again stands where the picture of the caller was, and closing it where Hang up was.
fn wide_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    (low, actions): (bool, &mut Actions),
) {
    let room = Vec2::new(ui.available_width(), 42.0);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ended_card::again_ui(ui, cx, ended, actions);
        ui.add_space(space::TIGHT);
        let end = call_strip::least_end_width(ui);
        let head = Vec2::new(ui.available_width() - end - space::SMALL, 42.0);
        ui.allocate_ui_with_layout(head, Layout::top_down(Align::Min), |ui| {
            ui.set_min_width(head.x);
            ended_card::head_ui(ui, cx, ended);
        });
        let close = Button::new(text::CLOSE).full_width().height(AGAIN).show(ui);
        on_click(&close, actions, Action::CloseEnded(ended.key));
    });
    if low && !ended.possible_now() {
        ended_card::cause_ui(ui, cx, ended);
    } else {
        ended_card::why_ui(ui, cx, ended);
    }
    ended_card::remedies_ui(ui, cx, ended, actions);
}

/// Who and why beside the buttons, or between them; all of it when it is unfolded.
fn narrow_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    let room = ui.available_width();
    let line = line(cx, ended);
    let between = room - AGAIN - 2.0 * size::CONTROL - 4.0 * space::TIGHT;
    let who = label::width(ui, &ended_card::title(cx, ended), name_font());
    let why = label::width(ui, &line, line_font());
    let beside = who.min(1.5 * LEAST_HEAD) <= between && why.min(LINE) <= between;
    if beside {
        let row = Vec2::new(room, LINES);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ends_ui(ui, ended, actions);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ended_card::again_ui(ui, cx, ended, actions);
                ui.add_space(space::TIGHT);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add_space(1.0);
                    name_ui(ui, cx, ended);
                    line_ui(ui, ended, &line, 1);
                });
            });
        });
    } else {
        let row = Vec2::new(room, size::CONTROL);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ends_ui(ui, ended, actions);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| name_ui(ui, cx, ended));
        });
        let row = Vec2::new(room, LINES);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            ended_card::again_ui(ui, cx, ended, actions);
            ui.add_space(space::TIGHT);
            line_ui(ui, ended, &line, 2);
        });
    }
    if ended.unfolded {
        ended_card::why_ui(ui, cx, ended);
        ended_card::remedies_ui(ui, cx, ended, actions);
    }
}

/// Closing it, and unfolding it, from the right.
fn ends_ui(ui: &mut Ui, ended: &EndedCall, actions: &mut Actions) {
    let close = icon_button(ui, icons::ICON_CLOSE, text::CLOSE);
    on_click(&close, actions, Action::CloseEnded(ended.key));
    let symbol = if ended.unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
    let unfold = icon_button(ui, symbol, text::call::WHY_AND_WHAT);
    on_click(&unfold, actions, Ask::Unfold(ended.key).into());
}

fn name_font() -> FontId {
    theme::strong(type_size::BODY)
}

fn name_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let p = theme::palette(ui);
    label::foreign_whole(ui, &ended_card::title(cx, ended), name_font(), p.text);
}

fn line_font() -> FontId {
    theme::font(type_size::CAPTION + 1.0)
}

/// Why it ended, as it is said here.
fn line(cx: &ViewContext<'_>, ended: &EndedCall) -> String {
    let cause = ended_card::cause(cx, ended);
    match () {
        () if ended.possible_now() => text::call::POSSIBLE_NOW.to_owned(),
        () if cause.is_empty() || ended.unfolded => ended_card::word(ended).to_owned(),
        () => cause,
    }
}

fn line_ui(ui: &mut Ui, ended: &EndedCall, line: &str, rows: usize) {
    let p = theme::palette(ui);
    let quiet = ended.calm || ended.possible_now();
    let color = if quiet { p.weak } else { p.danger_text };
    label::announce(&label::foreign_lines(ui, line, line_font(), color, rows));
}
