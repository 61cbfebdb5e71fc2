//! The tones of a call on its card: what was sent, what is to come, and the question of a wait.

use super::button::{Button, Kind};
use super::call_card::Place;
use super::label;
use crate::number::PostDial;
use crate::phone::{Call, CallCommand, CallState};
use crate::ui::action::Actions;
use crate::ui::theme::{self, space, type_size};
use crate::ui::{on_click, text};
use egui::Ui;

/// Keys shown of those that were sent, from the end.
const SHOWN: usize = 40;

/// Nothing, while there are no tones. In the column the keypad below shows what was sent in the
/// call that is talked in.
pub fn keys_ui(ui: &mut Ui, call: &Call, place: Place, actions: &mut Actions) {
    let keys = &call.keys;
    let below = place == Place::Column && call.state == CallState::Active;
    if !keys.sent.is_empty() && !below {
        label::caption(ui, &text::call::keys_sent(&last_keys(&keys.sent)));
    }
    let rest = PostDial::parse(&keys.pending).unwrap_or_default();
    if rest.is_empty() {
        return;
    }
    if !keys.asks {
        label::caption(ui, &text::call::keys_to_come(&rest));
        return;
    }
    let p = theme::palette(ui);
    let question = text::call::send_rest(&rest);
    label::announce(&label::styled(ui, &question, theme::strong(type_size::BODY), p.text));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let send = Button::new(text::call::SEND_NOW).kind(Kind::Primary).show(ui);
        on_click(&send, actions, CallCommand::ContinueDial(call.id).into());
        let skip = Button::new(text::call::SKIP).show(ui);
        on_click(&skip, actions, CallCommand::DropPostDial(call.id).into());
    });
}

/// The end of what was sent, as much as is shown.
pub fn last_keys(sent: &str) -> String {
    let excess = sent.chars().count().saturating_sub(SHOWN);
    let end: String = sent.chars().skip(excess).collect();
    if excess > 0 { format!("…{end}") } else { end }
}
