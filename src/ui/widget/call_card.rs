//! The card of one call or a conference: who, its true state, the timer, and what can be done. The
//! same card lies flat as a strip.

use super::button::{Button, icon_button_sized};
use super::call_deeds::{self, Around, Card, Deed};
use super::icon::{self, Icon, icons};
use super::{avatar, call_menu, label};
use crate::phone::{CallState, RemoteParty};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::{safe_text, text};
use egui::{Align, Color32, CornerRadius, Frame, Layout, Margin, Rect, Sense, Stroke, Ui, Vec2};

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

fn card_title(cx: &ViewContext<'_>, card: &Card<'_>) -> String {
    match card {
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
    let frame = Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(if place == Place::Strip { 8 } else { 12 }));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if place == Place::Strip {
            strip_ui(ui, cx, card, actions);
            return;
        }
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        head_ui(ui, cx, card, place, ui.available_width());
        super::call_keys::keys_ui(ui, card.first(), actions);
        if let Card::Conference(_) = card {
            members_ui(ui, cx, card, actions);
        }
        ui.add_space(space::TIGHT);
        column_buttons_ui(ui, cx, card, actions);
    });
}

/// Avatar, name, number, state and timer.
fn head_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, place: Place, width: f32) {
    let p = theme::palette(ui);
    let who = card_title(cx, card);
    let number = number_line(cx, card);
    let tall = place == Place::Column && !number.is_empty() && !cx.layout.short;
    let face = if cx.layout.short { 32.0 } else { 40.0 };
    let height = if tall { 64.0 } else { 42.0 };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let left = rect.left() + face + space::ITEM;
    let beside = Rect::from_min_max(egui::pos2(left, rect.top()), rect.max);
    let layout = Layout::top_down(Align::Min);
    let words = ui.scope_builder(egui::UiBuilder::new().max_rect(beside).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        label::foreign(ui, &who, theme::strong(type_size::NAME), p.text);
        if tall {
            label::foreign(ui, &number, theme::font(type_size::CAPTION + 1.0), p.weak);
        }
        let beside = if place == Place::Strip { number.as_str() } else { "" };
        state_ui(ui, cx, card, beside);
    });
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
    let color = state_color(p, state);
    let font = theme::strong(type_size::CAPTION + 1.0);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, state_icon(state), 16.0, color);
        let word = state_word(ui, state, &font);
        let response = ui.add(
            egui::Label::new(egui::RichText::new(word).font(font.clone()).color(color)).truncate(),
        );
        label::announce(&response);
        let talked = card.calls().iter().filter_map(|call| call.talk_time(cx.now)).max();
        if let Some(talked) = talked {
            ui.add_space(space::TIGHT);
            label::tabular(ui, &text::format::timer(talked), font.clone(), p.text);
        }
        if cx.model.phone.muted && *state == CallState::Active {
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

/// The state in full, or in short where that would be cut.
fn state_word(ui: &Ui, state: &CallState, font: &egui::FontId) -> &'static str {
    let full = text::call::state(state);
    let galley = ui.painter().layout_no_wrap(full.to_owned(), font.clone(), Color32::WHITE);
    let fits = galley.size().x <= ui.available_width();
    if fits { full } else { text::call::state_short(state) }
}

/// The members of a conference, each with a way to talk alone and to be dropped.
fn members_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let p = theme::palette(ui);
    let around = around(cx);
    for call in card.calls() {
        ui.push_id(call.id, |ui| {
            let who = safe_text::line(&title(cx, &call.remote), 40);
            let (private, drop) = call_deeds::member(card, call.id, &who, &around);
            let row = Vec2::new(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for (deed, color) in [(drop, p.danger_text), (private, p.accent_text)] {
                    if let Some(deed) = deed {
                        icon_deed_ui(ui, &deed, color, actions);
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    label::foreign(ui, &who, theme::font(type_size::BODY), p.text);
                });
            });
        });
    }
}

/// A deed as a round button with its icon only.
fn icon_deed_ui(ui: &mut Ui, deed: &Deed, color: Color32, actions: &mut Actions) {
    let p = theme::palette(ui);
    let color = if deed.disabled.is_some() { p.outline } else { color };
    let enabled = deed.disabled.is_none();
    let side = size::CONTROL;
    let button = |ui: &mut Ui| icon_button_sized(ui, deed.icon, &deed.name, side, color);
    let response = ui.add_enabled_ui(enabled, button).inner;
    if let Some(why) = deed.disabled {
        response.on_disabled_hover_text(why);
    } else if response.clicked() && !response.double_clicked() && !response.triple_clicked() {
        // Another deed may stand here by the second click of a double click.
        deed.actions.iter().for_each(|action| actions.push(action.clone()));
    }
}

/// A deed as a button this high; `wide`: as wide as there is room.
fn deed_ui(
    ui: &mut Ui,
    deed: &Deed,
    (height, wide, face): (f32, bool, Face),
    actions: &mut Actions,
) {
    let mut button = face
        .button(deed)
        .name(&deed.name)
        .chosen(deed.chosen)
        .disabled_because(deed.disabled)
        .height(height);
    if face == Face::Icon {
        button = button.tip(deed.word);
    } else if !deed.tip.is_empty() {
        button = button.tip(deed.tip);
    }
    let response = if wide { button.full_width().show(ui) } else { button.show(ui) };
    // Hang up may stand by the second click of a double click where Merge was.
    if response.clicked() && !response.double_clicked() && !response.triple_clicked() {
        deed.actions.iter().for_each(|action| actions.push(action.clone()));
    }
}

/// Deeds side by side in equal parts; hanging up below, alone.
fn column_buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let around = around(cx);
    let high = if cx.layout.short { size::CONTROL } else { 40.0 };
    let deeds = call_deeds::talking(card, &around);
    ui.spacing_mut().item_spacing.y = space::SMALL;
    tiles_ui(ui, &deeds, size::CONTROL, actions);
    // The menu is less high than the button, and stands in the middle beside it.
    let row = Vec2::new(ui.available_width(), high);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
        let rarer = call_deeds::rarer(card, &around);
        if !rarer.is_empty() {
            call_menu::rarer_ui(ui, &rarer, actions);
        }
        let who = safe_text::line(&card_title(cx, card), 40);
        deed_ui(ui, &call_deeds::hang_up(card, &around, &who), (high, true, Face::Both), actions);
    });
}

/// What of a deed is on its button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Face {
    Both,
    Word,
    Icon,
}

impl Face {
    /// The most that fits into this width.
    fn that_fits(ui: &Ui, deed: &Deed, width: f32) -> Face {
        let fits = |face: &Face| face.button(deed).width(ui) <= width;
        [Face::Both, Face::Word].into_iter().find(fits).unwrap_or(Face::Icon)
    }

    fn button(self, deed: &Deed) -> Button<'_> {
        let word = if self == Face::Icon { "" } else { deed.word };
        let button = Button::new(word).kind(deed.kind);
        if self == Face::Word { button } else { button.icon(deed.icon) }
    }
}

/// Equal parts of the row; where words and icons do not fit there are only words, or only icons.
fn tiles_ui(ui: &mut Ui, deeds: &[Deed], height: f32, actions: &mut Actions) {
    if deeds.is_empty() {
        return;
    }
    // Closer together where there are many: their words tell more than the gaps.
    let gap = if deeds.len() > 2 { space::TIGHT } else { space::SMALL };
    let width = (ui.available_width() + gap) / deeds.len() as f32 - gap;
    let faces = deeds.iter().map(|deed| Face::that_fits(ui, deed, width));
    let face = faces.max_by_key(|face| *face as u8).unwrap_or(Face::Both);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for deed in deeds {
            ui.allocate_ui(Vec2::new(width, height), |ui| {
                deed_ui(ui, deed, (height, true, face), actions);
            });
        }
    });
}

/// Card and buttons on one line, or on two where it is narrow.
fn strip_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let around = around(cx);
    let who = safe_text::line(&card_title(cx, card), 40);
    let (small, mut large) = if card.rings() {
        (Vec::new(), call_deeds::ringing(&around))
    } else {
        let mut small = call_deeds::talking(card, &around);
        if card.first().state == CallState::Active {
            small.push(call_deeds::keypad());
        }
        (small, vec![call_deeds::hang_up(card, &around, &who)])
    };
    let width = |deed: &Deed| Face::Both.button(deed).width(ui) + space::SMALL;
    let worded: f32 = large.iter().map(width).sum();
    let buttons = worded + (small.len() + 1) as f32 * (size::CONTROL + space::SMALL);
    let height = if cx.layout.short { size::CONTROL } else { 40.0 };
    let room = ui.available_width();
    let menu = |ui: &mut Ui, actions: &mut Actions| {
        if card.rings() {
            call_menu::reject_ui(ui, cx, actions);
        }
    };
    if room >= buttons + 180.0 {
        ui.horizontal(|ui| {
            head_ui(ui, cx, card, Place::Strip, room - buttons - space::SMALL);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                menu(ui, actions);
                // From the right, so that the main one is the leftmost in both.
                large.reverse();
                large
                    .iter()
                    .for_each(|deed| deed_ui(ui, deed, (height, false, Face::Both), actions));
                small.iter().rev().for_each(|deed| strip_icon_ui(ui, deed, actions));
            });
        });
    } else {
        head_ui(ui, cx, card, Place::Strip, room);
        ui.horizontal_wrapped(|ui| {
            small.iter().for_each(|deed| strip_icon_ui(ui, deed, actions));
            for deed in &large {
                let face = Face::that_fits(ui, deed, room);
                deed_ui(ui, deed, (height, false, face), actions);
            }
            menu(ui, actions);
        });
    }
    super::call_keys::keys_ui(ui, card.first(), actions);
}

fn strip_icon_ui(ui: &mut Ui, deed: &Deed, actions: &mut Actions) {
    let p = theme::palette(ui);
    let color = if deed.chosen { p.doubt_text } else { p.weak };
    icon_deed_ui(ui, deed, color, actions);
}
