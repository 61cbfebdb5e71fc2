//! The card of one call or a conference: who, its true state, the timer, and what can be done. The
//! same card lies flat as a strip.

use super::call_deeds::{self, Around, Card};
use super::deed_button::{self, Face};
use super::icon::{self, Icon, icons};
use super::{avatar, call_menu, call_strip, label};
use crate::phone::{Call, CallState, Direction, RemoteParty};
use crate::ui::action::Actions;
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::{calling, safe_text, text};
use egui::{Align, Color32, CornerRadius, Frame, Layout, Margin, Rect, Sense, Stroke, Ui, Vec2};

/// Height of a window in which several cards stand flat in the column, too.
const LOW: f32 = 600.0;

/// Less of a long name beside a picture tells nobody, in points.
const LEAST_NAME: f32 = 100.0;

/// Where the card stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the column, above the dialpad.
    Column,
    /// Flat, under the top bar.
    Strip,
}

/// Who is at the other end.
pub fn title(cx: &ViewContext<'_>, remote: &RemoteParty) -> String {
    match remote {
        RemoteParty::Known(number) => cx.name(number),
        RemoteParty::Withheld => text::WITHHELD.to_owned(),
        RemoteParty::NotAvailable => text::UNKNOWN_CALLER.to_owned(),
    }
}

/// What is around the calls, for what can be done with them.
pub fn around<'a>(cx: &ViewContext<'a>) -> Around<'a> {
    let phone = &cx.model.phone;
    Around { calls: &phone.calls, abilities: phone.identity.abilities, muted: phone.muted }
}

/// The number under a contact's name; empty when the title is the number.
fn number_line(cx: &ViewContext<'_>, card: &Card<'_>) -> String {
    let Card::One(call) = card else { return String::new() };
    let known = call.remote.number().filter(|number| cx.model.phone.name_for(number).is_some());
    known.map(|number| cx.display(number)).unwrap_or_default()
}

/// It is with the emergency services.
fn is_emergency(cx: &ViewContext<'_>, call: &Call) -> bool {
    let number = call.remote.number().filter(|_| call.direction == Direction::MobileOriginated);
    number.is_some_and(|number| calling::is_emergency(&cx.model.phone, number.as_str()))
}

/// Name or number, or how many talk with each other.
pub(super) fn card_title(cx: &ViewContext<'_>, card: &Card<'_>) -> String {
    match card {
        Card::One(call) if is_emergency(cx, call) => {
            text::call::emergency_title(&title(cx, &call.remote))
        }
        Card::One(call) => title(cx, &call.remote),
        Card::Conference(calls) => text::call::conference(calls.len(), cx.layout.size.x < 300.0),
    }
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

/// A live call, or a conference.
pub fn live_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    card: &Card<'_>,
    place: Place,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let border = if card.rings() { p.call_text } else { p.line };
    let several = place == Place::Column && beside_others(cx, card);
    let flat = place == Place::Strip || (several && flat_beside(cx));
    let margin = match () {
        () if flat => Margin::same(8),
        () if several => Margin::symmetric(12, 8),
        () => Margin::same(12),
    };
    let frame = Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(margin);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if flat {
            call_strip::strip_ui(ui, cx, card, place, actions);
            doubt_ui(ui, cx, card);
            if let (Place::Column, Card::Conference(_)) = (place, card) {
                members_ui(ui, cx, card, actions);
            }
            return;
        }
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        head_ui(ui, cx, card, place, ui.available_width());
        ui.add_space(space::TIGHT);
        column_buttons_ui(ui, cx, card, actions);
        // What comes and goes stands below the buttons, which stay where they are.
        super::call_keys::keys_ui(ui, card.first(), place, actions);
        doubt_ui(ui, cx, card);
        if let Card::Conference(_) = card {
            members_ui(ui, cx, card, actions);
        }
    });
}

/// The modem has not mentioned it for long.
fn doubt_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>) {
    if !card.calls().iter().any(|call| cx.model.notes.doubts(call.id)) {
        return;
    }
    let p = theme::palette(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, icons::ICON_WARNING, 16.0, p.doubt_text);
        let font = theme::font(type_size::CAPTION + 1.0);
        label::announce(&label::styled(ui, text::call::IN_DOUBT, font, p.text));
    });
}

/// Other calls have cards beside this one.
fn beside_others(cx: &ViewContext<'_>, card: &Card<'_>) -> bool {
    let all = cx.model.phone.calls.iter().filter(|call| !call_deeds::rings(call)).count();
    all > card.calls().len()
}

/// Cards beside each other lie flat where one of them were out of sight otherwise: in a low window,
/// below the members of a conference, and in a narrow window while another call rings.
fn flat_beside(cx: &ViewContext<'_>) -> bool {
    let phone = &cx.model.phone;
    let rings = cx.layout.width == Width::Narrow && phone.ringing_call().is_some();
    let conference = || call_deeds::cards(&phone.calls).iter().any(Card::is_conference);
    cx.layout.size.y < LOW || rings || conference()
}

/// Avatar, name, number, state and timer.
pub(super) fn head_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    card: &Card<'_>,
    place: Place,
    width: f32,
) {
    let p = theme::palette(ui);
    let who = card_title(cx, card);
    let number = number_line(cx, card);
    // Of two calls the names are enough, so that both have their buttons in sight.
    let several = place == Place::Column && beside_others(cx, card);
    let tall = place == Place::Column && !number.is_empty() && !cx.layout.short && !several;
    let face = if cx.layout.short { 32.0 } else { 40.0 };
    let height = if tall { 64.0 } else { 42.0 };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    // Who it is is not cut for a picture that tells less, unless it is cut anyway; a number never.
    let needs = |points| label::width(ui, &who, theme::strong(points));
    let room = width - face - space::ITEM;
    let whole_without = label::is_number(&who) || needs(type_size::CAPTION) <= width;
    let pictured = needs(type_size::BODY) <= room || (!whole_without && room >= LEAST_NAME);
    let left = if pictured { rect.left() + face + space::ITEM } else { rect.left() };
    let beside = Rect::from_min_max(egui::pos2(left, rect.top()), rect.max);
    let layout = Layout::top_down(Align::Min);
    let words = ui.scope_builder(egui::UiBuilder::new().max_rect(beside).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        label::foreign_whole(ui, &who, theme::strong(type_size::NAME), p.text);
        if tall {
            label::foreign(ui, &number, theme::font(type_size::CAPTION + 1.0), p.weak);
        }
        let beside = if place == Place::Strip { number.as_str() } else { "" };
        state_ui(ui, cx, card, beside);
    });
    if !pictured {
        return;
    }
    // In the middle of the words, which may be higher than was thought.
    let middle = egui::pos2(rect.left() + face / 2.0, words.response.rect.center().y);
    face_ui(ui, cx, card, Rect::from_center_size(middle, Vec2::splat(face)));
}

fn face_ui(ui: &Ui, cx: &ViewContext<'_>, card: &Card<'_>, square: Rect) {
    let p = theme::palette(ui);
    match card {
        Card::One(call) => {
            let number = call.remote.number();
            let known = number.and_then(|number| cx.model.phone.name_for(number));
            avatar::paint(ui, square, known.unwrap_or_default());
        }
        Card::Conference(_) => {
            ui.painter().circle_filled(square.center(), square.width() / 2.0, p.accent_soft);
            let size = square.width() * 0.6;
            let color = p.on_accent_soft;
            icon::paint(ui.painter(), square.center(), icons::ICON_GROUPS, size, color);
        }
    }
}

/// Icon, word, timer and microphone; changes are read out.
fn state_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, beside: &str) {
    let p = theme::palette(ui);
    let state = &card.first().state;
    let words = StateWords::of(card);
    // Whoever is put on hold hears nothing either way.
    let looks = if words.silent { &CallState::Held } else { state };
    let color = state_color(p, looks);
    let font = theme::strong(type_size::CAPTION + 1.0);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        let talked = card.calls().iter().filter_map(|call| call.talk_time(cx.now)).max();
        let timer = talked.map(text::format::timer);
        let width = |words: &str| {
            let color = Color32::PLACEHOLDER;
            ui.painter().layout_no_wrap(words.to_owned(), font.clone(), color).size().x
        };
        // Word and time tell more than the icon.
        let short = width(words.short);
        let time = timer.as_deref().map_or(0.0, |timer| width(timer) + 12.0);
        if ui.available_width() >= 20.0 + short + time {
            icon::show(ui, state_icon(looks), 16.0, color);
        }
        let word = words.fitting(ui, &font, time);
        let response = ui.add(
            egui::Label::new(egui::RichText::new(word).font(font.clone()).color(color)).truncate(),
        );
        label::announce(&response);
        if let Some(timer) = timer {
            ui.add_space(space::TIGHT);
            label::tabular(ui, &timer, font.clone(), p.text);
        }
        let room = ui.available_width() - space::TIGHT;
        if cx.model.phone.muted && *state == CallState::Active && room >= 16.0 {
            ui.add_space(space::TIGHT);
            icon::show(ui, icons::ICON_MIC_OFF, 16.0, p.doubt_text);
            if ui.available_width() > 40.0 {
                label::announce(&label::styled(ui, text::call::MUTED, font, p.doubt_text));
            }
        }
        if !beside.is_empty() && ui.available_width() > 90.0 {
            ui.add_space(space::TIGHT);
            label::foreign(ui, beside, theme::font(type_size::CAPTION + 1.0), p.weak);
        }
    });
}

/// The state in words.
struct StateWords {
    full: &'static str,
    /// Where there is little room.
    short: &'static str,
    /// It is talked, and the other side has put the call on hold.
    silent: bool,
}

impl StateWords {
    fn of(card: &Card<'_>) -> Self {
        let state = &card.first().state;
        match card {
            Card::One(call) if call.held_by_other && *state == CallState::Active => StateWords {
                full: text::call::HELD_BY_OTHER,
                short: text::call::HELD_BY_OTHER_SHORT,
                silent: true,
            },
            _ => StateWords {
                full: text::call::state(state),
                short: text::call::state_short(state),
                silent: false,
            },
        }
    }

    /// In full, or in short where that would be cut; the time takes `time` points.
    fn fitting(&self, ui: &Ui, font: &egui::FontId, time: f32) -> &'static str {
        let full = self.full.to_owned();
        let galley = ui.painter().layout_no_wrap(full, font.clone(), Color32::WHITE);
        let fits = galley.size().x + time <= ui.available_width();
        if fits { self.full } else { self.short }
    }
}

/// The members of a conference, each with a way to talk alone and to be dropped.
fn members_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let p = theme::palette(ui);
    let around = around(cx);
    if card.first().state == CallState::Held {
        // Only who is active can be dropped or talked with alone (3GPP TS 22.030 §6.5.5.1).
        let names = card.calls().iter().map(|call| title(cx, &call.remote));
        let names = names.collect::<Vec<_>>().join(", ");
        label::foreign(ui, &names, theme::font(type_size::CAPTION + 1.0), p.weak);
        return;
    }
    for call in card.calls() {
        ui.push_id(call.id, |ui| {
            let who = safe_text::line(&title(cx, &call.remote), 40);
            let (private, drop) = call_deeds::member(card, call.id, &who, &around);
            let row = Vec2::new(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for (deed, color) in [(drop, p.danger_text), (private, p.accent_text)] {
                    if let Some(deed) = deed {
                        deed_button::icon_ui(ui, call, &deed, color, actions);
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    label::foreign(ui, &who, theme::font(type_size::BODY), p.text);
                });
            });
        });
    }
}

/// Deeds side by side in equal parts; hanging up below, alone, and in its place as long as the call
/// lives.
fn column_buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let around = around(cx);
    let high = if cx.layout.short { size::CONTROL } else { 40.0 };
    let who = safe_text::line(&card_title(cx, card), 40);
    let deeds = call_deeds::talking(card, &around, &who);
    ui.spacing_mut().item_spacing.y = space::SMALL;
    deed_button::tiles_ui(ui, card, &deeds, size::CONTROL, actions);
    // The menu is less high than the button, and stands in the middle beside it.
    let row = Vec2::new(ui.available_width(), high);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        let rarer = call_deeds::rarer(card, &around);
        if !rarer.is_empty() {
            call_menu::rarer_ui(ui, &rarer, actions);
        }
        let end = call_deeds::hang_up(card, &around, &who);
        deed_button::wide_ui(ui, card, &end, (high, Face::Both), actions);
    });
}
