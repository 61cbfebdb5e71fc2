//! The card of one call: who, its true state, the timer, and what can be done. The same card lies
//! flat as a strip.

use super::button::{Button, Kind};
use super::icon::{self, Icon, icons};
use super::{avatar, label};
use crate::phone::{Call, CallCommand, CallState, Command, RemoteParty};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, Color32, CornerRadius, Frame, Layout, Margin, Sense, Stroke, Ui, Vec2};

/// Where the card stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the column, above the dialpad.
    Column,
    /// Flat, under the top bar.
    Strip,
}

/// A call that rings here: incoming or waiting.
pub fn rings(call: &Call) -> bool {
    matches!(call.state, CallState::Incoming | CallState::Waiting)
}

/// Who is at the other end.
pub fn title(cx: &ViewContext<'_>, remote: &RemoteParty) -> String {
    match remote {
        RemoteParty::Known(number) => cx.name(number),
        RemoteParty::Withheld => text::WITHHELD.to_owned(),
        RemoteParty::NotAvailable => text::UNKNOWN_CALLER.to_owned(),
    }
}

/// The number under a contact's name; empty when the title is the number.
fn number_line(cx: &ViewContext<'_>, remote: &RemoteParty) -> String {
    let known = remote.number().filter(|number| cx.model.phone.name_for(number).is_some());
    known.map(|number| cx.display(number)).unwrap_or_default()
}

fn state_color(p: &Palette, state: &CallState) -> Color32 {
    match state {
        CallState::Active => p.call_text,
        CallState::Incoming | CallState::Waiting => p.call_text,
        CallState::Held => p.doubt_text,
        _ => p.weak,
    }
}

fn state_icon(state: &CallState) -> Icon {
    match state {
        CallState::Dialing => icons::ICON_CALL_MADE,
        CallState::Alerting | CallState::Incoming | CallState::Waiting => icons::ICON_RING_VOLUME,
        CallState::Active => icons::ICON_CALL,
        CallState::Held => icons::ICON_PHONE_PAUSED,
        CallState::Released(_) => icons::ICON_CALL_END,
    }
}

/// A live call.
pub fn live_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    call: &Call,
    place: Place,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let border = if rings(call) { p.call_text } else { p.line };
    let frame = Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(if place == Place::Strip { 8 } else { 12 }));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if place == Place::Strip {
            strip_ui(ui, cx, call, actions);
        } else {
            head_ui(ui, cx, call, place, ui.available_width());
            ui.add_space(space::TIGHT);
            buttons_ui(ui, cx, call, place, actions);
        }
    });
}

/// Card and buttons on one line, or on two where it is narrow.
fn strip_ui(ui: &mut Ui, cx: &ViewContext<'_>, call: &Call, actions: &mut Actions) {
    let buttons = if rings(call) { 236.0 } else { 250.0 };
    let room = ui.available_width();
    if room >= buttons + 180.0 {
        ui.horizontal(|ui| {
            head_ui(ui, cx, call, Place::Strip, room - buttons - space::SMALL);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                buttons_ui(ui, cx, call, Place::Strip, actions);
            });
        });
    } else {
        head_ui(ui, cx, call, Place::Strip, room);
        ui.horizontal(|ui| buttons_ui(ui, cx, call, Place::Strip, actions));
    }
}

/// Avatar, name, number, state and timer.
fn head_ui(ui: &mut Ui, cx: &ViewContext<'_>, call: &Call, place: Place, width: f32) {
    let p = theme::palette(ui);
    let who = title(cx, &call.remote);
    let number = number_line(cx, &call.remote);
    let tall = place == Place::Column && !number.is_empty() && !cx.layout.short;
    let face = if cx.layout.short { 32.0 } else { 40.0 };
    let height = if tall { 64.0 } else { 42.0 };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let corner = rect.left_center() - Vec2::new(0.0, face / 2.0);
    let known = call.remote.number().and_then(|number| cx.model.phone.name_for(number));
    let square = egui::Rect::from_min_size(corner, Vec2::splat(face));
    avatar::paint(ui, square, known.unwrap_or_default());
    let beside =
        egui::Rect::from_min_max(egui::pos2(square.right() + space::ITEM, rect.top()), rect.max);
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(egui::UiBuilder::new().max_rect(beside).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        label::foreign(ui, &who, theme::strong(type_size::NAME), p.text);
        if tall {
            label::foreign(ui, &number, theme::font(type_size::CAPTION + 1.0), p.weak);
        }
        let beside = if place == Place::Strip { number.as_str() } else { "" };
        state_ui(ui, cx, call, beside);
    });
}

/// Icon, word and timer; changes are read out.
fn state_ui(ui: &mut Ui, cx: &ViewContext<'_>, call: &Call, beside: &str) {
    let p = theme::palette(ui);
    let color = state_color(p, &call.state);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, state_icon(&call.state), 16.0, color);
        let font = theme::strong(type_size::CAPTION + 1.0);
        let word = text::call::state(&call.state);
        let response = ui.add(
            egui::Label::new(egui::RichText::new(word).font(font.clone()).color(color)).truncate(),
        );
        label::announce(&response);
        if let Some(talked) = call.talk_time(cx.now) {
            ui.add_space(space::TIGHT);
            label::tabular(ui, &text::format::timer(talked), font, p.text);
        }
        if !beside.is_empty() && ui.available_width() > 90.0 {
            ui.add_space(space::TIGHT);
            label::foreign(ui, beside, theme::font(type_size::CAPTION + 1.0), p.weak);
        }
    });
}

fn buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, call: &Call, place: Place, actions: &mut Actions) {
    let several = cx.model.phone.calls.len() > 1;
    let who = safe_text::line(&title(cx, &call.remote), 40);
    let height = if cx.layout.short { size::CONTROL } else { 40.0 };
    if rings(call) {
        let answer = |ui: &mut Ui, actions: &mut Actions| {
            let button = Button::new(text::call::ANSWER)
                .kind(Kind::Call)
                .icon(icons::ICON_CALL)
                .height(height)
                .tip("Ctrl+Enter")
                .show(ui);
            let command = Command::Call(CallCommand::Answer);
            on_click(&button, actions, Action::Command(command));
        };
        let reject = |ui: &mut Ui, actions: &mut Actions| {
            let button = Button::new(text::call::REJECT)
                .kind(Kind::Danger)
                .icon(icons::ICON_CALL_END)
                .height(height)
                .tip("Esc twice")
                .show(ui);
            let command = Command::Call(CallCommand::Reject);
            on_click(&button, actions, Action::Command(command));
        };
        // From the right in a strip, so that Answer is the leftmost in both.
        if ui.layout().prefer_right_to_left() {
            reject(ui, actions);
            answer(ui, actions);
        } else {
            answer(ui, actions);
            reject(ui, actions);
        }
        return;
    }
    let name = if several { format!("{} {who}", text::call::HANG_UP) } else { String::new() };
    let hang_up = Button::new(text::call::HANG_UP)
        .kind(Kind::Danger)
        .icon(icons::ICON_CALL_END)
        .name(if several { &name } else { text::call::HANG_UP })
        .tip("Ctrl+Shift+H")
        .height(height);
    let release = Action::Command(Command::Call(CallCommand::Release(call.id)));
    let hold = hold_word(cx, call);
    let hold_button = |ui: &mut Ui, actions: &mut Actions| {
        let Some(word) = hold else { return };
        let button = Button::new(word).icon(icons::ICON_PAUSE).height(height).show(ui);
        let swap = Action::Command(Command::Call(CallCommand::SwapHeldAndActive));
        on_click(&button, actions, swap);
    };
    if place == Place::Strip && ui.layout().prefer_right_to_left() {
        on_click(&hang_up.show(ui), actions, release);
        hold_button(ui, actions);
    } else {
        ui.horizontal(|ui| {
            hold_button(ui, actions);
            let last = if place == Place::Column { hang_up.full_width() } else { hang_up };
            on_click(&last.show(ui), actions, release);
        });
    }
}

/// Hold, resume or swap, for the calls that can.
fn hold_word(cx: &ViewContext<'_>, call: &Call) -> Option<&'static str> {
    let calls = &cx.model.phone.calls;
    let other = |state: CallState| calls.iter().any(|c| c.id != call.id && c.state == state);
    match call.state {
        CallState::Active if other(CallState::Held) => Some(text::call::SWAP),
        CallState::Active => Some(text::call::HOLD),
        CallState::Held if other(CallState::Active) => None,
        CallState::Held => Some(text::call::RESUME),
        _ => None,
    }
}
