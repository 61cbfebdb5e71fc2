//! The column of the call: cards of live calls, answers of service codes, cards of calls that
//! ended, and below them the dialpad.

use super::codes;
use super::dialer::{DialerPage, SIDE_BY_SIDE};
use crate::ui::action::Actions;
use crate::ui::calling::Ask;
use crate::ui::ended::EndedCall;
use crate::ui::model::ViewContext;
use crate::ui::theme::space;
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::{Button, Kind, call_deeds, icon::icons};
use crate::ui::widget::{ended_card, ended_strip, redial_card};
use crate::ui::{on_click, text};
use egui::{Align, Frame, Id, Layout, Margin, ScrollArea, Ui};

/// Least height of the cards that scroll above the dialpad.
const CARDS_ROOM: f32 = 80.0;
/// The same where a card tells why a call ended.
const WHY_ROOM: f32 = 134.0;
/// Height of the dialpad with keys that are hit without aiming: dialing, and in a call.
const GOOD_PAD: f32 = 330.0;
const GOOD_TONES: f32 = 312.0;
/// Height of the dialpad with field and keys side by side.
const SMALL_PAD: f32 = 190.0;
/// Height of the dialpad with the smallest keys below the field; with tones, or another number, in
/// a call.
const NARROW_PAD: f32 = 264.0;
const NARROW_TONES: f32 = 278.0;
const LOW_TONES: f32 = 246.0;
const NARROW_NEW: f32 = 304.0;
/// The same in a window with hardly any height.
const LEAST_PAD: f32 = 130.0;
/// Cards of ended calls shown; one where there is a call, or little room.
const ENDED_SHOWN: usize = 2;
/// Height of a window in which the card of a call takes its room from the keys.
const LOW: f32 = 600.0;
/// Height of a window in which there is room for them.
const ROOMY: f32 = 900.0;

/// What is folded.
#[derive(Debug, Default)]
pub struct CallPage {
    /// The cards of all ended calls are shown.
    all_ended: bool,
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
        let side = if cx.layout.short { 8 } else { space::PANEL as i8 };
        let above = space::SMALL as i8;
        let margin = Margin { left: side, right: 0, top: above, bottom: above };
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            let room = ui.available_height();
            let width = ui.available_width() - f32::from(side);
            // Calls may make the pad smaller; what is over may not.
            let live = Id::unique("height of the live cards");
            let known = ui.data_mut(|data| data.get_temp::<f32>(live)).unwrap_or_default();
            let tells = cx.model.phone.redial.is_some() || !cx.model.ended.is_empty();
            let others = if tells && known < WHY_ROOM { WHY_ROOM } else { CARDS_ROOM };
            let left = room - known.max(others) - space::SMALL;
            let pad = pad_height(cx, dialer, (width, left));
            if room - pad >= CARDS_ROOM {
                // The bar of the scroll area stands in the margin, beside the cards.
                let area = ScrollArea::vertical().id_salt("cards").auto_shrink([false, true]);
                let needed = area.max_height(room - pad - space::SMALL).show(ui, |ui| {
                    ui.set_width(width);
                    self.cards_ui(ui, cx, actions)
                });
                remember(ui, live, known, needed.inner);
                let height = ui.available_height();
                pad_ui(ui, cx, dialer, (width, height), actions);
                return;
            }
            // So little room that everything scrolls together.
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::SMALL;
                ui.set_width(width);
                let top = ui.cursor().top();
                let needed = self.cards_ui(ui, cx, actions);
                remember(ui, live, known, needed);
                let left = room - (ui.cursor().top() - top);
                pad_ui(ui, cx, dialer, (width, left.max(LEAST_PAD)), actions);
            });
        });
    }

    /// All cards that are not in the strip; how high those are that can't wait.
    fn cards_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) -> f32 {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        let top = ui.cursor().top();
        for card in call_deeds::cards(&cx.model.phone.calls).iter().filter(|card| !card.rings()) {
            ui.push_id(card.first().id, |ui| {
                call_card::live_ui(ui, cx, card, Place::Column, actions);
            });
        }
        let live = ui.cursor().top() - top;
        // What is over leaves the room to the call that is under way.
        let flat = live > 0.0;
        match &cx.model.phone.redial {
            Some(redial) if flat => redial_card::strip_ui(ui, cx, redial, actions),
            Some(redial) => redial_card::card_ui(ui, cx, redial, actions),
            None => {}
        }
        codes::card_ui(ui, cx, actions);
        self.ended_ui(ui, cx, flat, actions);
        live
    }

    /// The newest of the calls that ended; the others behind a line.
    fn ended_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, flat: bool, actions: &mut Actions) {
        let told = cx.model.redialed().map(|ended| ended.key);
        let ended = cx.model.ended.iter().rev().filter(|ended| Some(ended.key) != told);
        let ended: Vec<&EndedCall> = ended.collect();
        let busy = !cx.model.phone.calls.is_empty() || cx.model.phone.redial.is_some();
        let few = if busy || cx.layout.size.y < ROOMY { 1 } else { ENDED_SHOWN };
        let folds = ended.len() > few;
        self.all_ended &= folds;
        let (first, others) = ended.split_at(few.min(ended.len()));
        let cards = |ui: &mut Ui, ended: &[&EndedCall], actions: &mut Actions| {
            for ended in ended {
                ui.push_id(ended.key, |ui| {
                    if flat {
                        ended_strip::strip_ui(ui, cx, ended, Place::Column, actions);
                    } else {
                        ended_card::card_ui(ui, cx, ended, actions);
                    }
                });
            }
        };
        cards(ui, first, actions);
        if !folds {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let (word, symbol) = if self.all_ended {
                (text::call::FEWER.to_owned(), icons::ICON_EXPAND_LESS)
            } else {
                (text::call::more_ended(others.len()), icons::ICON_EXPAND_MORE)
            };
            if Button::new(&word).icon(symbol).kind(Kind::Quiet).show(ui).clicked() {
                self.all_ended = !self.all_ended;
            }
            let all = Button::new(text::call::DISMISS_ALL).kind(Kind::Quiet).show(ui);
            on_click(&all, actions, Ask::DismissEnded.into());
        });
        if self.all_ended {
            cards(ui, others, actions);
        }
    }
}

/// The height of the dialpad in a column this wide, with so much room beside the live calls.
fn pad_height(cx: &ViewContext<'_>, dialer: &DialerPage, (width, left): (f32, f32)) -> f32 {
    let good = if dialer.sends_tones(cx) { GOOD_TONES } else { GOOD_PAD };
    let rings = cx.model.phone.ringing_call().is_some();
    let least = match () {
        () if width >= SIDE_BY_SIDE => SMALL_PAD,
        // A third call that rings takes room from two that have cards.
        () if dialer.sends_tones(cx) && (cx.layout.size.y < LOW || rings) => LOW_TONES,
        () if dialer.sends_tones(cx) => NARROW_TONES,
        () if cx.model.active_call().is_some() => NARROW_NEW,
        () => NARROW_PAD,
    };
    left.clamp(least.min(good), good)
}

/// Takes in how high the live cards are, and draws the frame again if that is news.
fn remember(ui: &Ui, id: Id, known: f32, needed: f32) {
    if (known - needed).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, needed));
        ui.ctx().request_discard("other cards");
        ui.ctx().request_repaint();
    }
}

/// The dialpad, this high.
fn pad_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    dialer: &mut DialerPage,
    (width, height): (f32, f32),
    actions: &mut Actions,
) {
    let size = egui::Vec2::new(width, height);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_max_width(width);
        ui.set_min_height(height);
        ui.set_max_height(height);
        dialer.ui(ui, cx, actions);
    });
}
