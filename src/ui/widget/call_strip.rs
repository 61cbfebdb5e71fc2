//! The card of a call as a strip under the top bar: on one line, or below each other where it is
//! narrow. What ends the call, Reject and then Hang up, is the last at the right, in one place from
//! the first ring to the end.

use super::call_card::{self, Place};
use super::call_deeds::{self, Card, Deed};
use super::deed_button::{self, Face};
use super::{call_keys, call_menu};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::safe_text;
use crate::ui::theme::{self, size, space};
use egui::{Align, Layout, Ui, Vec2};

/// Least room for name and state beside the buttons.
const HEAD: f32 = 180.0;
/// Height of name and state.
const HEAD_HEIGHT: f32 = 42.0;

/// What can be done with the call of a strip.
struct Deeds {
    /// Icons: what can be done while it is talked.
    small: Vec<Deed>,
    /// What is behind one more icon, in the column.
    rarer: Vec<Deed>,
    answers: Vec<Deed>,
    /// Rejecting or hanging up.
    end: Deed,
}

impl Deeds {
    fn of(cx: &ViewContext<'_>, card: &Card<'_>, place: Place) -> Deeds {
        let around = call_card::around(cx);
        let who = safe_text::line(&call_card::card_title(cx, card), 40);
        if card.rings() {
            let (answers, end) = (call_deeds::answers(&around), call_deeds::reject());
            return Deeds { small: Vec::new(), rarer: Vec::new(), answers, end };
        }
        let mut small = call_deeds::talking(card, &around, &who);
        // In the column the keys are in sight.
        let mut rarer = Vec::new();
        match place {
            Place::Strip => small.push(call_deeds::keypad()),
            Place::Column => rarer = call_deeds::rarer(card, &around),
        }
        let end = call_deeds::hang_up(card, &around, &who);
        Deeds { small, rarer, answers: Vec::new(), end }
    }

    /// How many icons there are.
    fn icons(&self) -> f32 {
        (self.small.len() + usize::from(!self.rarer.is_empty())) as f32
    }
}

/// Head, buttons, and below them the tones.
pub fn strip_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    card: &Card<'_>,
    place: Place,
    actions: &mut Actions,
) {
    let deeds = Deeds::of(cx, card, place);
    let height = if cx.layout.short { size::CONTROL } else { 40.0 };
    ui.spacing_mut().item_spacing = Vec2::splat(space::SMALL);
    let room = ui.available_width();
    let menu = if card.rings() { call_menu::reject_width(cx) } else { 0.0 };
    let icons = deeds.icons() * (size::CONTROL + space::SMALL);
    let worded = |deed: &Deed| Face::Both.width(ui, deed) + space::SMALL;
    let answers: f32 = deeds.answers.iter().map(worded).sum();
    let buttons = menu + icons + answers + end_width(ui, &deeds.end) + space::SMALL;
    if room >= buttons + HEAD {
        let row = Vec2::new(room, HEAD_HEIGHT);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            strip_head_ui(ui, cx, card, room - buttons);
            call_menu::reject_ui(ui, cx, card, actions);
            small_ui(ui, card, &deeds, actions);
            for deed in &deeds.answers {
                let width = Face::Both.width(ui, deed);
                deed_button::sized_ui(ui, card, deed, (width, height), actions);
            }
            deed_button::wide_ui(ui, card, &deeds.end, (height, Face::Both), actions);
        });
    } else {
        let row = Vec2::new(room, HEAD_HEIGHT);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            strip_head_ui(ui, cx, card, room - menu);
            call_menu::reject_ui(ui, cx, card, actions);
        });
        if card.rings() {
            ringing_ui(ui, card, &deeds, height, actions);
        } else {
            talking_ui(ui, card, &deeds, height, actions);
        }
    }
    call_keys::keys_ui(ui, card.first(), place, actions);
}

/// Who and how, in exactly this width.
fn strip_head_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, width: f32) {
    let size = Vec2::new(width, HEAD_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_width(width);
        call_card::head_ui(ui, cx, card, Place::Strip, width);
    });
}

/// What ends a call is as wide before the answer as after it.
fn end_width(ui: &Ui, end: &Deed) -> f32 {
    Face::Both.width(ui, end).max(least_end_width(ui))
}

/// The width at the right end of a strip that what ends a call takes at least.
pub(super) fn least_end_width(ui: &Ui) -> f32 {
    let reject = Face::Both.width(ui, &call_deeds::reject());
    let hang_up = Face::Both.width(ui, &call_deeds::plain_hang_up());
    reject.max(hang_up)
}

fn small_ui(ui: &mut Ui, card: &Card<'_>, deeds: &Deeds, actions: &mut Actions) {
    let p = theme::palette(ui);
    for deed in &deeds.small {
        let color = if deed.chosen { p.doubt_text } else { p.weak };
        deed_button::icon_ui(ui, card.first(), deed, color, actions);
    }
    if !deeds.rarer.is_empty() {
        call_menu::rarer_ui(ui, &deeds.rarer, actions);
    }
}

/// Answers, and rejecting at the right end of the last line.
fn ringing_ui(ui: &mut Ui, card: &Card<'_>, deeds: &Deeds, height: f32, actions: &mut Actions) {
    let pair = [deeds.answers.clone(), vec![deeds.end.clone()]].concat();
    if deed_button::worded(ui, &pair) {
        deed_button::tiles_ui(ui, card, &pair, height, actions);
        return;
    }
    if deed_button::worded(ui, &deeds.answers) {
        deed_button::tiles_ui(ui, card, &deeds.answers, height, actions);
    } else {
        for deed in &deeds.answers {
            let width = ui.available_width();
            deed_button::sized_ui(ui, card, deed, (width, height), actions);
        }
    }
    let width = ui.available_width();
    deed_button::sized_ui(ui, card, &deeds.end, (width, height), actions);
}

/// Icons, and hanging up in the right half of the line, or below where that is too little.
fn talking_ui(ui: &mut Ui, card: &Card<'_>, deeds: &Deeds, height: f32, actions: &mut Actions) {
    let room = ui.available_width();
    let half = (room - space::SMALL) / 2.0;
    let count = deeds.icons();
    let gap = if count * (size::CONTROL + space::SMALL) <= half { space::SMALL } else { 0.0 };
    let left = half.max(count * (size::CONTROL + gap));
    let end = room - left - if gap > 0.0 { gap } else { space::TIGHT };
    let below = Face::that_fits(ui, &deeds.end, end) == Face::Icon;
    let row = Vec2::new(room, if below { size::CONTROL } else { height });
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        small_ui(ui, card, deeds, actions);
        if !below {
            ui.add_space((ui.available_width() - end).max(0.0));
            deed_button::sized_ui(ui, card, &deeds.end, (end, height), actions);
        }
    });
    if below {
        deed_button::sized_ui(ui, card, &deeds.end, (room, height), actions);
    }
}
