//! A switch with its words: the words on the left, the switch at the right end. And a box to be
//! ticked, which stands before its words.

use super::button::focus_ring;
use super::icon::{self, icons};
use crate::ui::theme::{self, size, space, type_size};
use egui::{Color32, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind};
use egui::{Ui, Vec2, WidgetInfo};

const SIZE: Vec2 = Vec2::new(38.0, 22.0);
/// Side of a box to be ticked, in points.
const BOX: f32 = 18.0;

/// How wide it is with its words on one line.
pub fn width(ui: &Ui, words: &str) -> f32 {
    let font = theme::font(type_size::BODY);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER);
    (galley.size().x.ceil() + 4.0 + space::ITEM + SIZE.x).min(ui.available_width())
}

/// Shows it; the whole line can be clicked.
pub fn toggle_ui(ui: &mut Ui, on: &mut bool, words: &str) -> Response {
    let p = theme::palette(ui);
    let (rect, mut response) = words_ui(ui, words, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let track = track(rect);
    let radius = CornerRadius::same((SIZE.y / 2.0) as u8);
    let fill = match (*on, response.hovered()) {
        (true, _) => p.accent,
        (false, true) => p.weak,
        (false, false) => p.outline,
    };
    ui.painter().rect_filled(track, radius, fill);
    focus_ring(ui, p, track, radius, &response);
    let inset = SIZE.y / 2.0;
    let x = if *on { track.right() - inset } else { track.left() + inset };
    let knob = egui::pos2(x, track.center().y);
    ui.painter().circle_filled(knob, inset - 3.0, Color32::WHITE);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *on, words));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The place of a switch whose state nobody has told: neither on nor off.
pub fn untold_ui(ui: &mut Ui, words: &str) {
    let p = theme::palette(ui);
    let (rect, response) = words_ui(ui, words, Sense::hover());
    let radius = CornerRadius::same((SIZE.y / 2.0) as u8);
    let stroke = Stroke::new(1.0, p.outline);
    ui.painter().rect_stroke(track(rect), radius, stroke, StrokeKind::Inside);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// Its words, and all the room it takes.
fn words_ui(ui: &mut Ui, words: &str, sense: Sense) -> (Rect, Response) {
    let p = theme::palette(ui);
    let room = ui.available_width();
    let font = theme::font(type_size::BODY);
    let text_room = (room - SIZE.x - space::ITEM).max(40.0);
    let galley = ui.painter().layout(words.to_owned(), font, p.text, text_room);
    let height = galley.size().y.max(SIZE.y) + 8.0;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(room, height), sense);
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(rect.left(), top), galley, p.text);
    (rect, response)
}

/// Where the switch is: at the right end.
fn track(rect: Rect) -> Rect {
    let center = egui::pos2(rect.right() - SIZE.x / 2.0, rect.center().y);
    Rect::from_center_size(center, SIZE)
}

/// A box to be ticked, with its words behind it.
pub fn check_box_ui(ui: &mut Ui, on: &mut bool, words: &str) -> Response {
    let p = theme::palette(ui);
    let room = (ui.available_width() - BOX - space::SMALL).max(40.0);
    let galley = ui.painter().layout(words.to_owned(), theme::font(type_size::BODY), p.text, room);
    let text = galley.size();
    let wanted = Vec2::new(BOX + space::SMALL + text.x, text.y.max(size::CONTROL));
    let (rect, mut response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let middle = egui::pos2(rect.left() + BOX / 2.0, rect.center().y);
    let square = Rect::from_center_size(middle, Vec2::splat(BOX));
    let radius = CornerRadius::same(5);
    if *on {
        ui.painter().rect_filled(square, radius, p.accent);
        icon::paint(ui.painter(), middle, icons::ICON_CHECK, BOX - 2.0, p.on_fill);
    } else {
        // As strong as text: it is all that is to be seen of it.
        let fill = if response.hovered() { p.hover } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(square, radius, fill);
        let stroke = Stroke::new(1.5, p.weak);
        ui.painter().rect_stroke(square, radius, stroke, StrokeKind::Inside);
    }
    focus_ring(ui, p, square, radius, &response);
    let at = egui::pos2(square.right() + space::SMALL, rect.center().y - text.y / 2.0);
    ui.painter().galley(at, galley, p.text);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), *on, words));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
