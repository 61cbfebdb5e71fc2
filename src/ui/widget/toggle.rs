//! A switch with its words: the words on the left, the switch at the right end.

use super::button::focus_ring;
use crate::ui::theme::{self, space, type_size};
use egui::{Color32, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

const SIZE: Vec2 = Vec2::new(38.0, 22.0);

/// How wide it is with its words on one line.
pub fn width(ui: &Ui, words: &str) -> f32 {
    let font = theme::font(type_size::BODY);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER);
    (galley.size().x.ceil() + 4.0 + space::ITEM + SIZE.x).min(ui.available_width())
}

/// Shows it; the whole line can be clicked.
pub fn toggle_ui(ui: &mut Ui, on: &mut bool, words: &str) -> Response {
    let p = theme::palette(ui);
    let room = ui.available_width();
    let font = theme::font(type_size::BODY);
    let text_room = (room - SIZE.x - space::ITEM).max(40.0);
    let galley = ui.painter().layout(words.to_owned(), font, p.text, text_room);
    let height = galley.size().y.max(SIZE.y) + 8.0;
    let (rect, mut response) = ui.allocate_exact_size(Vec2::new(room, height), Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(rect.left(), top), galley, p.text);
    let center = egui::pos2(rect.right() - SIZE.x / 2.0, rect.center().y);
    let track = Rect::from_center_size(center, SIZE);
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
