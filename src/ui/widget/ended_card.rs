//! The card of a call that ended: why, what to do next, and on what evidence. A failure stays for a
//! while after somebody had it before their eyes, and as long as its evidence is being read; a call
//! that ended as calls should goes by itself.

use super::button::{Button, Kind, icon_button};
use super::icon::{self, icons};
use super::{call_card, label, settled};
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, Dial, Direction};
use crate::ui::action::{Action, Actions};
use crate::ui::calling::{self, Ask};
use crate::ui::ended::EndedCall;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, Context, CornerRadius, Frame, Id, Layout, Margin, Response, Stroke, Ui, Vec2};

/// Rows of the history among which that of an ended call is looked for.
const NEWEST: usize = 5;
/// Windows lower than this, in points, have no room for advice in a strip.
const LOW: f32 = 480.0;
/// Least room for name and state beside a button with its word, in points.
const LEAST_HEAD: f32 = 90.0;
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

fn frame(ui: &Ui, ended: &EndedCall, margin: i8) -> Frame {
    let p = theme::palette(ui);
    let border = if ended.calm || ended.possible_now() { p.line } else { p.danger_text };
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(margin))
}

/// In the column, with the raw lines folded.
pub fn card_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    let shown = frame(ui, ended, space::ITEM as i8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let room = Vec2::new(ui.available_width(), 42.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Min), |ui| {
            close_ui(ui, ended, actions);
            ui.with_layout(Layout::top_down(Align::Min), |ui| head_ui(ui, cx, ended));
        });
        why_ui(ui, ended);
        if !ended.diagnosis.evidence.is_empty() && !ended.possible_now() {
            evidence_ui(ui, ended, actions);
        }
        let record = record_of(cx, ended);
        if ended.number().is_none() && record.is_none() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(number) = ended.number() {
                again_ui(ui, cx, ended, (number, false), actions);
            }
            if let Some(number) = ended.number().filter(|n| calling::takes_texts(cx, n)) {
                let write = Button::new(text::call::TEXT)
                    .name("Text instead")
                    .icon(icons::ICON_CHAT_BUBBLE);
                on_click(&write.show(ui), actions, Action::Converse(number.clone()));
            }
            if let Some(record) = record {
                let open = Button::new(text::history::DETAILS).kind(Kind::Quiet);
                on_click(&open.show(ui), actions, Ask::Open(record.clone()).into());
            }
        });
    });
    tells(ui, ended, &shown.response);
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

/// Flat, under the top bar; the raw lines are in the column. Where the window is low there is only
/// the cause.
pub fn strip_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    let low = cx.layout.size.y < LOW;
    let shown = frame(ui, ended, if low { 4 } else { 8 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = if low { 0.0 } else { 2.0 };
        let room = Vec2::new(ui.available_width(), 42.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            close_ui(ui, ended, actions);
            if let Some(number) = ended.number() {
                again_ui(ui, cx, ended, (number, true), actions);
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| head_ui(ui, cx, ended));
        });
        if low && !ended.possible_now() {
            cause_ui(ui, ended);
        } else {
            why_ui(ui, ended);
        }
    });
    tells(ui, ended, &shown.response);
}

fn close_ui(ui: &mut Ui, ended: &EndedCall, actions: &mut Actions) {
    let close = icon_button(ui, icons::ICON_CLOSE, text::CLOSE);
    on_click(&close, actions, Action::CloseEnded(ended.key));
}

/// The same call once more: back, again, now that it can succeed, or although it can't. It comes up
/// where Hang up was, and one gives way to another by itself: a click there may not have been meant
/// for it.
fn again_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    (number, flat): (&PhoneNumber, bool),
    actions: &mut Actions,
) {
    if let Some(dial) = &ended.refused {
        if ended.possible_now() {
            let now = Button::new(text::call::CALL_NOW).kind(Kind::Call).icon(icons::ICON_CALL);
            let now = now.show(ui);
            if settled::clicked(ui, &now, ("now", ended.key), settled::GRAVE) {
                actions.push(Ask::Sure(dial.clone()).into());
            }
            return;
        }
        if cx.model.phone.link.ready() {
            let anyway = Button::new(text::call::TRY_ANYWAY).icon(icons::ICON_CALL).show(ui);
            if settled::clicked(ui, &anyway, ("anyway", ended.key), settled::GRAVE) {
                actions.push(Ask::Sure(Dial { anyway: true, ..dial.clone() }).into());
            }
            return;
        }
    }
    let back = ended.incoming && ended.talk_time.is_none();
    let word = if back { text::call::CALL_BACK } else { text::call::CALL_AGAIN };
    let button = Button::new(word).icon(icons::ICON_CALL);
    // Beside the cross there may be room for the icon alone.
    let beside = button.width(ui) + size::CONTROL + LEAST_HEAD;
    let narrow = flat && beside > ui.max_rect().width();
    let again =
        if narrow { Button::new("").icon(icons::ICON_CALL).name(word).tip(word) } else { button };
    let again = again.show(ui);
    if settled::clicked(ui, &again, ("again", ended.key), settled::GRAVE) {
        actions.push(Action::Dial(number.as_str().to_owned()));
    }
}

/// Who, and how it ended.
fn head_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let p = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    let who = call_card::title(cx, &ended.remote);
    label::foreign(ui, &who, theme::strong(type_size::BODY), p.text);
    let word = match () {
        () if ended.calm => text::call::ENDED,
        () if ended.refused.is_some() => text::call::NOT_DIALED,
        () => text::call::ended_title(ended.talk_time.is_some(), ended.incoming),
    };
    let quiet = ended.calm || ended.possible_now();
    let color = if quiet { p.weak } else { p.danger_text };
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        if ui.available_width() >= LEAST_HEAD + 20.0 {
            icon::show(ui, icons::ICON_CALL_END, 16.0, color);
        }
        let font = theme::strong(type_size::CAPTION);
        let line = egui::RichText::new(word).font(font.clone()).color(color);
        ui.add(egui::Label::new(line).truncate());
        if let Some(talked) = ended.talk_time {
            label::tabular(ui, &text::format::timer(talked), font, p.text);
        }
    });
}

/// Cause and advice.
fn why_ui(ui: &mut Ui, ended: &EndedCall) {
    let p = theme::palette(ui);
    if ended.possible_now() {
        // What spoke against it has passed.
        label::announce(&label::body(ui, text::call::POSSIBLE_NOW));
        return;
    }
    cause_ui(ui, ended);
    let why = &ended.diagnosis;
    // That stands on the button already, or can't be done: the number is not known.
    if !why.advice.is_empty() && why.advice != text::call::CALL_BACK {
        let advice = safe_text::line(&why.advice, 400);
        label::styled(ui, &advice, theme::font(type_size::BODY), p.weak);
    }
}

/// Why it ended.
pub(super) fn cause_ui(ui: &mut Ui, ended: &EndedCall) {
    if ended.diagnosis.cause.is_empty() {
        return;
    }
    let p = theme::palette(ui);
    let cause = safe_text::line(&ended.diagnosis.cause, 300);
    let (font, color) = if ended.calm {
        (theme::font(type_size::BODY), p.weak)
    } else {
        (theme::strong(type_size::BODY), p.text)
    };
    label::announce(&label::styled(ui, &cause, font, color));
}

/// The modem's own lines, folded.
pub(super) fn evidence_ui(ui: &mut Ui, ended: &EndedCall, actions: &mut Actions) {
    let p = theme::palette(ui);
    let symbol = if ended.unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
    let narrow = ui.available_width() < 200.0;
    let name = text::call::SHOW_EVIDENCE;
    let word = if narrow { text::call::SHOW_EVIDENCE_SHORT } else { name };
    let button = Button::new(word).name(name).icon(symbol).kind(Kind::Quiet).show(ui);
    if ended.unfolded {
        for line in ended.diagnosis.evidence.iter().take(20) {
            let line = safe_text::line(line, 200);
            label::styled(ui, &line, theme::mono(type_size::CAPTION), p.weak);
        }
    }
    on_click(&button, actions, Ask::Unfold(ended.key).into());
}
