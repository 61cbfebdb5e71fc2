//! The card of a call that ended: why, what to do next, and on what evidence. A failure stays for a
//! while after somebody had it before their eyes, and as long as its evidence is being read; a call
//! that ended as calls should goes by itself.

use super::button::{Button, Kind, icon_button, icon_button_sized};
use super::icon::{self, icons};
use super::{call_card, label, settled};
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, Delivery, Dial, Direction};
use crate::ui::action::{Action, Actions};
use crate::ui::calling::{self, Ask};
use crate::ui::ended::EndedCall;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::Vec2;
use egui::{Align, Context, CornerRadius, FontId, Frame, Id, Layout, Margin, Response, Stroke, Ui};

/// Rows of the history among which that of an ended call is looked for.
const NEWEST: usize = 5;
/// Lines of evidence shown.
const MAX_EVIDENCE: usize = 20;
/// Height of name and state: Hang up begins below it on the card of a live call.
const HEAD: f32 = 42.0;
/// Side of the button that calls again.
pub(super) const AGAIN: f32 = 36.0;
/// Least room for name and state, in points.
pub(super) const LEAST_HEAD: f32 = 90.0;
/// The most of a name that buttons give way to, in points: as long as numbers are.
const LONG_NAME: f32 = 140.0;
/// Least width of a card in which what helps stands beside what closes it, in points.
const LEAST_ROW: f32 = 200.0;
/// The room beside what folds the modem's lines out: the button that closes the card.
const BESIDE_FOLD: f32 = size::CONTROL;
/// So much of a card tells who and why, in points: less of it on the screen tells nothing.
const TELLING: f32 = 60.0;

/// The cards on the screen.
#[derive(Clone, Default)]
struct Drawn {
    frame: u64,
    keys: Vec<u64>,
}

fn drawn_id() -> Id {
    Id::unique("ended calls on the screen")
}

/// The keys of the calls whose cards are on the screen, or were a frame before.
pub fn drawn(ctx: &Context) -> Vec<u64> {
    let drawn = ctx.data(|data| data.get_temp::<Drawn>(drawn_id())).unwrap_or_default();
    let recent = ctx.cumulative_frame_nr().saturating_sub(drawn.frame) <= 1;
    if recent { drawn.keys } else { Vec::new() }
}

/// This tells how the call ended: remembered, unless it is scrolled or clipped away.
pub(super) fn tells(ui: &Ui, ended: &EndedCall, told: &Response) {
    let seen = ui.clip_rect().intersect(told.rect).height();
    if seen < told.rect.height().min(TELLING) {
        return;
    }
    let frame = ui.ctx().cumulative_frame_nr();
    ui.data_mut(|data| {
        let drawn = data.get_temp_mut_or_default::<Drawn>(drawn_id());
        if drawn.frame != frame {
            *drawn = Drawn { frame, keys: Vec::new() };
        }
        drawn.keys.push(ended.key);
    });
}

pub(super) fn frame(ui: &Ui, ended: &EndedCall, margin: i8) -> Frame {
    let p = theme::palette(ui);
    let border = if ended.calm || ended.possible_now() { p.line } else { p.danger_text };
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(margin))
}

/// In the column, with the raw lines folded. What dials, writes or opens a page stands beside the
/// name: Hang up was below it a moment ago, and a second click there must do none of that.
pub fn card_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    let shown = frame(ui, ended, space::ITEM as i8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let beside = head_width(ui, cx, ended) + deeds_width(cx, ended) <= ui.available_width();
        if !beside {
            head_ui(ui, cx, ended);
        }
        let room = Vec2::new(ui.available_width(), if beside { HEAD } else { AGAIN });
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            deeds_ui(ui, cx, ended, actions);
            if beside {
                ui.with_layout(Layout::top_down(Align::Min), |ui| head_ui(ui, cx, ended));
            }
        });
        why_ui(ui, cx, ended);
        let evidence = !ended.diagnosis.evidence.is_empty() && !ended.possible_now();
        let below = evidence || ui.available_width() < LEAST_ROW;
        if below {
            remedies_ui(ui, cx, ended, actions);
        }
        let row = Vec2::new(ui.available_width(), size::CONTROL);
        ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::Center), |ui| {
            if evidence {
                fold_ui(ui, ended, actions);
            } else if !below {
                ui.scope(|ui| {
                    ui.set_max_width(row.x - BESIDE_FOLD);
                    remedies_ui(ui, cx, ended, actions);
                });
            }
            ui.add_space((ui.available_width() - size::CONTROL).max(0.0));
            let close = icon_button(ui, icons::ICON_CLOSE, text::CLOSE);
            on_click(&close, actions, Action::CloseEnded(ended.key));
        });
        if evidence && ended.unfolded {
            lines_ui(ui, ended);
        }
    });
    tells(ui, ended, &shown.response);
}

/// What can be done next, in the order of its weight from the right.
fn deeds_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = space::TIGHT;
    let p = theme::palette(ui);
    again_ui(ui, cx, ended, actions);
    let open = record_of(cx, ended).map(|record| Action::from(Ask::Open(record.clone())));
    let number = ended.number().filter(|number| calling::takes_texts(cx, number));
    let write = number.map(|number| Action::Converse(number.clone()));
    for (symbol, name, action) in [
        (icons::ICON_CHAT_BUBBLE, text::call::TEXT_INSTEAD, write),
        (icons::ICON_INFO, text::history::DETAILS, open),
    ] {
        if let Some(action) = action {
            let button = icon_button_sized(ui, symbol, name, size::CONTROL, p.accent_text);
            on_click(&button, actions, action);
        }
    }
}

/// The room that all of them take, with their gaps.
fn deeds_width(cx: &ViewContext<'_>, ended: &EndedCall) -> f32 {
    let again = offers_again(cx, ended).is_some();
    let number = ended.number().filter(|number| calling::takes_texts(cx, number));
    let beside = usize::from(number.is_some()) + usize::from(record_of(cx, ended).is_some());
    beside as f32 * (size::CONTROL + space::TIGHT) + if again { AGAIN + space::SMALL } else { 0.0 }
}

/// The row of the history that speaks of this call: one of the newest, with the same caller.
fn record_of<'a>(cx: &ViewContext<'a>, ended: &EndedCall) -> Option<&'a CallRecord> {
    let same = |record: &&CallRecord| {
        let incoming = record.direction == Direction::MobileTerminated;
        incoming == ended.incoming && record.remote == ended.remote
    };
    let newest = cx.model.history.iter().take(NEWEST);
    newest.filter(|_| ended.released).find(same)
}

/// What keeps calls from being placed, while it does and something can be done about it here.
fn remedy(cx: &ViewContext<'_>, ended: &EndedCall) -> Option<(&'static str, Action)> {
    calling::remedy(cx).filter(|_| ended.unready())
}

/// The word for the same call once more, and its number, where nothing better is offered.
fn offers_again<'a>(
    cx: &ViewContext<'_>,
    ended: &'a EndedCall,
) -> Option<(&'static str, &'a PhoneNumber)> {
    let better = ended.refused.is_some() && (ended.possible_now() || cx.model.phone.link.ready());
    if better || remedy(cx, ended).is_some() {
        return None;
    }
    let back = ended.incoming && ended.talk_time.is_none();
    Some((if back { text::call::CALL_BACK } else { text::call::CALL_AGAIN }, ended.number()?))
}

/// The same call once more, or back. A card comes by itself: a click that came with it may not have
/// been meant for it.
pub(super) fn again_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    actions: &mut Actions,
) {
    let Some((word, number)) = offers_again(cx, ended) else { return };
    let button = Button::new("").icon(icons::ICON_CALL).kind(Kind::Call).name(word).tip(word);
    let again = button.height(AGAIN).show(ui);
    if settled::clicked(ui, &again, ("again", ended.key), settled::GRAVE) {
        actions.push(Action::Dial(number.as_str().to_owned()));
    }
}

/// For a call that never left: what was missing, now that it can succeed, or although it can't. One
/// gives way to another by itself.
pub(super) fn remedies_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    actions: &mut Actions,
) {
    let ready = cx.model.phone.link.ready();
    let now = ended.refused.clone().filter(|_| ended.possible_now());
    let anyway = ended.refused.clone().filter(|_| !ended.possible_now() && ready);
    let remedy = remedy(cx, ended);
    if now.is_none() && anyway.is_none() && remedy.is_none() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::TIGHT);
        if let Some((word, action)) = remedy {
            on_click(&Button::new(word).kind(Kind::Primary).show(ui), actions, action);
        }
        let mut place = |button: Button<'_>, key: &str, dial: Dial| {
            let placed = button.icon(icons::ICON_CALL).show(ui);
            if settled::clicked(ui, &placed, (key, ended.key), settled::GRAVE) {
                actions.push(Ask::Sure(dial).into());
            }
        };
        if let Some(dial) = now {
            place(Button::new(text::call::CALL_NOW).kind(Kind::Call), "now", dial);
        }
        if let Some(dial) = anyway {
            place(Button::new(text::call::TRY_ANYWAY), "anyway", Dial { anyway: true, ..dial });
        }
    });
}

/// Who it was, as the card of the call said.
pub(super) fn title(cx: &ViewContext<'_>, ended: &EndedCall) -> String {
    let who = call_card::title(cx, &ended.remote);
    let number = ended.number().filter(|_| !ended.incoming);
    let emergency = |number: &PhoneNumber| calling::is_emergency(&cx.model.phone, number.as_str());
    if number.is_some_and(emergency) { text::call::emergency_title(&who) } else { who }
}

fn name_font() -> FontId {
    theme::strong(type_size::BODY)
}

fn state_font() -> FontId {
    theme::strong(type_size::CAPTION)
}

/// The room that [`head_ui`] wants: a name may be cut, its state and time may not.
fn head_width(ui: &Ui, cx: &ViewContext<'_>, ended: &EndedCall) -> f32 {
    let name = label::width(ui, &title(cx, ended), name_font());
    state_width(ui, ended).max(name.clamp(LEAST_HEAD, LONG_NAME))
}

/// The word for how it ended, and the time.
fn state_width(ui: &Ui, ended: &EndedCall) -> f32 {
    let talked = ended.talk_time.map(|talked| {
        label::tabular_width(ui, &text::format::timer(talked), state_font()) + space::TIGHT
    });
    label::width(ui, word(ended), state_font()) + talked.unwrap_or_default()
}

/// Who, and how it ended.
pub(super) fn head_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let p = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let who = title(cx, ended);
    label::foreign_whole(ui, &who, name_font(), p.text);
    let word = word(ended);
    let quiet = ended.calm || ended.possible_now();
    let color = if quiet { p.weak } else { p.danger_text };
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        if ui.available_width() >= state_width(ui, ended) + 16.0 + space::TIGHT {
            icon::show(ui, icons::ICON_CALL_END, 16.0, color);
        }
        let font = state_font();
        let line = egui::RichText::new(word).font(font.clone()).color(color);
        ui.add(egui::Label::new(line).truncate());
        if let Some(talked) = ended.talk_time {
            label::tabular(ui, &text::format::timer(talked), font, p.text);
        }
    });
}

/// How it ended, in a word or two.
pub(super) fn word(ended: &EndedCall) -> &'static str {
    match () {
        () if ended.calm => text::call::ENDED,
        () if ended.refused.is_some() => text::call::NOT_DIALED,
        () => text::call::ended_title(ended.talk_time.is_some(), ended.incoming),
    }
}

/// Cause and advice.
pub(super) fn why_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let p = theme::palette(ui);
    if ended.possible_now() {
        // What spoke against it has passed.
        label::announce(&label::body(ui, text::call::POSSIBLE_NOW));
        return;
    }
    cause_ui(ui, cx, ended);
    let why = &ended.diagnosis;
    reply_ui(ui, cx, ended);
    // That stands on the button already, or can't be done: the number is not known.
    if !why.advice.is_empty() && why.advice != text::call::CALL_BACK {
        let advice = safe_text::line(&why.advice, 400);
        label::styled(ui, &advice, theme::font(type_size::BODY), p.weak);
    }
}

/// What became of the text that the caller was to get instead.
fn reply_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let reply = ended.call.and_then(|call| cx.model.notes.reply(call));
    let Some((_, delivery)) = reply.and_then(|reply| reply.stored.as_ref()) else { return };
    let p = theme::palette(ui);
    let color = match delivery {
        Delivery::Failed(_) => p.danger_text,
        Delivery::Unknown(_) => p.doubt_text,
        _ => p.weak,
    };
    let line = safe_text::line(&text::call::reply(delivery), 300);
    label::announce(&label::styled(ui, &line, theme::strong(type_size::BODY), color));
}

/// Why it ended.
pub(super) fn cause_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    if ended.diagnosis.cause.is_empty() {
        return;
    }
    let p = theme::palette(ui);
    let cause = cause(cx, ended);
    let (font, color) = if ended.calm {
        (theme::font(type_size::BODY), p.weak)
    } else {
        (theme::strong(type_size::BODY), p.text)
    };
    label::announce(&label::styled(ui, &cause, font, color));
}

/// The cause with its numbers as their country writes them.
pub(super) fn cause(cx: &ViewContext<'_>, ended: &EndedCall) -> String {
    let cause = safe_text::line(&ended.diagnosis.cause, 300);
    text::format::numbers_in(&cause, &cx.model.phone.region)
}

/// Folds the modem's own lines out, or back.
pub(super) fn fold_ui(ui: &mut Ui, ended: &EndedCall, actions: &mut Actions) {
    let symbol = if ended.unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
    let name = text::call::SHOW_EVIDENCE;
    let of = |word| Button::new(word).name(name).icon(symbol).kind(Kind::Quiet);
    let fits = of(name).width(ui) + BESIDE_FOLD <= ui.available_width();
    let button = of(if fits { name } else { text::call::SHOW_EVIDENCE_SHORT }).show(ui);
    on_click(&button, actions, Ask::Unfold(ended.key).into());
}

/// The modem's own lines.
pub(super) fn lines_ui(ui: &mut Ui, ended: &EndedCall) {
    let p = theme::palette(ui);
    for line in ended.diagnosis.evidence.iter().take(MAX_EVIDENCE) {
        let line = safe_text::line(line, 200);
        label::styled(ui, &line, theme::mono(type_size::CAPTION), p.weak);
    }
}
