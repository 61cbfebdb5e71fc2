//! The twelve keys with their letters. While a number is typed, holding 0 gives `+`, `*` a pause,
//! `#` a wait, and 1 calls the mailbox.

use super::button::focus_ring;
use super::icon::{self, icons};
use crate::ui::text::call::{self, letters};
use crate::ui::theme::{self, type_size};
use egui::{Align2, CornerRadius, CursorIcon, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use std::time::Duration;

/// How long a key is held for its second meaning.
const HOLD: Duration = Duration::from_millis(500);
const KEYS: [char; 12] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/// Which key is down since when, in egui's time; and whether it gave its second meaning already.
#[derive(Debug, Default)]
pub struct Hold {
    key: Option<(char, f64)>,
    given: bool,
}

/// How long a key was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Press {
    /// For its first meaning.
    Short,
    /// For the second.
    Long,
}

/// What was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pressed {
    /// A key, or what it gives when it is held.
    Key(char),
    /// The 1 was held.
    Mailbox,
}

/// What a key gives when it is held.
fn held(key: char) -> Option<Pressed> {
    match key {
        '0' => Some(Pressed::Key('+')),
        '1' => Some(Pressed::Mailbox),
        '*' => Some(Pressed::Key(',')),
        '#' => Some(Pressed::Key(';')),
        _ => None,
    }
}

/// Shows the keys, each `height` points high; returns what was pressed. `dials`: keys have their
/// second meanings.
pub fn keypad_ui(ui: &mut Ui, hold: &mut Hold, height: f32, dials: bool) -> Option<Pressed> {
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
        let response = key_ui(ui, place, digit, dials);
        if let Some(second) = held(digit).filter(|_| dials) {
            pressed = pressed.or(match hold.press(ui, digit, &response) {
                Some(Press::Short) => Some(Pressed::Key(digit)),
                Some(Press::Long) => Some(second),
                None => None,
            });
        } else if response.clicked() {
            pressed = Some(Pressed::Key(digit));
        }
    }
    pressed
}

impl Hold {
    /// How the key was pressed, if it was: long as soon as it is held long enough, short when it is
    /// let go before.
    pub fn press(&mut self, ui: &Ui, key: char, response: &egui::Response) -> Option<Press> {
        let now = ui.input(|input| input.time);
        if response.is_pointer_button_down_on() {
            if self.key.is_none_or(|(down, _)| down != key) {
                *self = Hold { key: Some((key, now)), given: false };
            }
            let since = self.key.map_or(now, |(_, since)| since);
            let held = Duration::from_secs_f64((now - since).max(0.0));
            if held >= HOLD && !self.given {
                self.given = true;
                return Some(Press::Long);
            }
            if !self.given {
                ui.ctx().request_repaint_after(HOLD.saturating_sub(held));
            }
            return None;
        }
        let ours = self.key.is_some_and(|(down, _)| down == key);
        let given = ours && self.given;
        if ours {
            *self = Hold::default();
        }
        (response.clicked() && !given).then_some(Press::Short)
    }
}

fn key_ui(ui: &Ui, place: Rect, digit: char, dials: bool) -> egui::Response {
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
    let below = if held(digit).is_some() && !dials { "" } else { letters(digit) };
    let big = theme::font((place.height() * 0.44).clamp(type_size::NAME, 22.0));
    let roomy = place.height() >= 40.0;
    let mailbox = digit == '1' && dials && roomy;
    if mailbox {
        let down = place.center() + Vec2::new(0.0, 12.0);
        icon::paint(ui.painter(), down, icons::ICON_VOICEMAIL, 14.0, p.weak);
        let up = place.center() - Vec2::new(0.0, 7.0);
        ui.painter().text(up, Align2::CENTER_CENTER, digit, big, p.text);
    } else if below.is_empty() || !roomy {
        ui.painter().text(place.center(), Align2::CENTER_CENTER, digit, big, p.text);
    } else {
        let up = place.center() - Vec2::new(0.0, 7.0);
        ui.painter().text(up, Align2::CENTER_CENTER, digit, big, p.text);
        let down = place.center() + Vec2::new(0.0, 12.0);
        let small = theme::font(type_size::CAPTION - 2.0);
        ui.painter().text(down, Align2::CENTER_CENTER, below, small, p.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, digit.to_string()));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    match digit {
        '1' if dials => response.on_hover_text(call::MAILBOX_TIP),
        '*' if dials => response.on_hover_text(call::STAR_TIP),
        '#' if dials => response.on_hover_text(call::HASH_TIP),
        _ => response,
    }
}
