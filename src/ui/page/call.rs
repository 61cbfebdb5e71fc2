//! The column of the call: cards of live calls, answers of service codes, cards of calls that
//! ended, and below them the dialpad.

use super::codes;
use super::dialer::{DialerPage, SIDE_BY_SIDE};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::theme::space;
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::{call_deeds, ended_card, redial_card};
use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

/// Least height of the cards that scroll above the dialpad.
const CARDS_ROOM: f32 = 80.0;
/// The same while there are calls, if a smaller dialpad makes room for what can be done with one.
const CALL_ROOM: f32 = 190.0;
/// Height of the dialpad with field and keys side by side.
const SMALL_PAD: f32 = 190.0;
/// Height of the dialpad with the smallest keys below the field.
const NARROW_PAD: f32 = 264.0;
/// The same in a window with hardly any height.
const LEAST_PAD: f32 = 130.0;

/// What is typed and folded.
#[derive(Debug, Default)]
pub struct CallPage {
    /// The ended call whose raw lines are folded out.
    unfolded: Option<u64>,
}

impl CallPage {
    /// Cards above, dialpad below.
    pub fn column_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        dialer: &mut DialerPage,
        actions: &mut Actions,
    ) {
        let margin = if cx.layout.short { 8 } else { space::PANEL as i8 };
        Frame::new().inner_margin(Margin::symmetric(margin, space::SMALL as i8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            let room = ui.available_height();
            // The pad keeps a useful size even when cards need the room; then the cards scroll.
            let least = if dialer.sends_tones(cx) { 250.0 } else { 330.0 };
            let small = match ui.available_width() {
                width if width >= SIDE_BY_SIDE => SMALL_PAD,
                _ if cx.model.active_call().is_some() => NARROW_PAD + 40.0,
                _ => NARROW_PAD,
            };
            let live = cx.model.phone.calls.iter().any(|call| !call_deeds::rings(call));
            let cards = if live { CALL_ROOM } else { CARDS_ROOM };
            let least = if room - least >= cards { least } else { small.min(least) };
            if room - least >= CARDS_ROOM {
                ScrollArea::vertical()
                    .id_salt("cards")
                    .auto_shrink([false, true])
                    .max_height(room - least - space::SMALL)
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = space::SMALL;
                        self.cards_ui(ui, cx, actions);
                    });
                let height = ui.available_height();
                pad_ui(ui, cx, dialer, height, actions);
                return;
            }
            // So little room that everything scrolls together.
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::SMALL;
                let top = ui.cursor().top();
                self.cards_ui(ui, cx, actions);
                let left = room - (ui.cursor().top() - top);
                pad_ui(ui, cx, dialer, left.max(LEAST_PAD), actions);
            });
        });
    }

    /// All cards that are not in the strip.
    fn cards_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        for card in call_deeds::cards(&cx.model.phone.calls).iter().filter(|card| !card.rings()) {
            ui.push_id(card.first().id, |ui| {
                call_card::live_ui(ui, cx, card, Place::Column, actions);
            });
        }
        if let Some(redial) = &cx.model.phone.redial {
            redial_card::card_ui(ui, cx, redial, actions);
        }
        codes::card_ui(ui, cx, actions);
        for ended in cx.model.ended.iter().rev() {
            ui.push_id(ended.key, |ui| {
                let unfolded = self.unfolded == Some(ended.key);
                if ended_card::card_ui(ui, cx, ended, unfolded, actions) {
                    self.unfolded = if unfolded { None } else { Some(ended.key) };
                }
            });
        }
    }
}

/// The dialpad, this high.
fn pad_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    dialer: &mut DialerPage,
    height: f32,
    actions: &mut Actions,
) {
    let size = egui::Vec2::new(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(height);
        ui.set_max_height(height);
        dialer.ui(ui, cx, actions);
    });
}
