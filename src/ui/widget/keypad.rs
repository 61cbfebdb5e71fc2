//! The twelve keys with their letters. Holding 0 gives `+`.

use super::button::focus_ring;
use crate::ui::text::call::letters;
use crate::ui::theme::{self, type_size};
use egui::{Align2, CornerRadius, CursorIcon, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use std::time::Duration;

/// How long 0 is held for `+`.
const HOLD: Duration = Duration::from_millis(500);
const KEYS: [char; 12] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/// Since when the 0 is down, in egui's time; and whether it gave its `+` already.
#[derive(Debug, Default)]
pub struct Hold {
    since: Option<f64>,
    given: bool,
}

/// Shows the keys, each `height` points high; returns the one that was pressed.
pub fn keypad_ui(ui: &mut Ui, hold: &mut Hold, height: f32, plus: bool) -> Option<char> {
    let gap = 6.0;
    let width = ui.available_width();
    let key = Vec2::new((width - 2.0 * gap) / 3.0, height);
    let size = Vec2::new(width, 4.0 * height + 3.0 * gap);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut pressed = None;
    for (index, digit) in KEYS.into_iter().enumerate() {
        let (column, row) = (index % 3, index / 3);
        let corner = Vec2::new(column as f32 * (key.x + gap), row as f32 * (key.y + gap));
        let place = Rect::from_min_size(rect.min + corner, key);
        let response = key_ui(ui, place, digit, plus);
        if digit == '0' && plus {
            pressed = pressed.or(held_zero(ui, hold, &response));
        } else if response.clicked() {
            pressed = Some(digit);
        }
    }
    pressed
}

/// `0` for a click, `+` when it is held long enough.
fn held_zero(ui: &Ui, hold: &mut Hold, response: &egui::Response) -> Option<char> {
    let now = ui.input(|input| input.time);
    if response.is_pointer_button_down_on() {
        let since = *hold.since.get_or_insert(now);
        let held = Duration::from_secs_f64((now - since).max(0.0));
        if held >= HOLD && !hold.given {
            hold.given = true;
            return Some('+');
        }
        if !hold.given {
            ui.ctx().request_repaint_after(HOLD.saturating_sub(held));
        }
        return None;
    }
    hold.since = None;
    let given = std::mem::take(&mut hold.given);
    (response.clicked() && !given).then_some('0')
}

fn key_ui(ui: &Ui, place: Rect, digit: char, plus: bool) -> egui::Response {
    let p = theme::palette(ui);
    let id = ui.scope_id().with(("key", digit));
    let response = ui.interact(place, id, Sense::click());
    let fill = match () {
        () if response.is_pointer_button_down_on() => p.outline,
        () if response.hovered() => p.hover,
        () => p.raised,
    };
    let radius = CornerRadius::same(12);
    ui.painter().rect_filled(place, radius, fill);
    focus_ring(ui, p, place, radius, &response);
    let below = if digit == '0' && !plus { "" } else { letters(digit) };
    let big = theme::font((place.height() * 0.44).clamp(type_size::NAME, 22.0));
    let roomy = place.height() >= 40.0;
    if below.is_empty() || !roomy {
        ui.painter().text(place.center(), Align2::CENTER_CENTER, digit, big, p.text);
    } else {
        let up = place.center() - Vec2::new(0.0, 7.0);
        ui.painter().text(up, Align2::CENTER_CENTER, digit, big, p.text);
        let down = place.center() + Vec2::new(0.0, 12.0);
        let small = theme::font(type_size::CAPTION - 2.0);
        ui.painter().text(down, Align2::CENTER_CENTER, below, small, p.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, digit.to_string()));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
