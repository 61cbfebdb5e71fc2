//! The card of a call that ended: why, what to do next, and on what evidence. It stays until it is
//! closed, unless the call ended as calls should.

use super::button::{Button, Kind, icon_button};
use super::icon::{self, icons};
use super::{call_card, label};
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, Dial, Direction, readiness};
use crate::ui::action::{Action, Actions};
use crate::ui::calling::{self, Ask};
use crate::ui::ended::EndedCall;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, CornerRadius, Frame, Layout, Margin, Stroke, Ui, Vec2};

/// Rows of the history among which that of an ended call is looked for.
const NEWEST: usize = 5;

/// It was refused before it was dialed, and could be dialed now.
fn possible_now(cx: &ViewContext<'_>, ended: &EndedCall) -> bool {
    let phone = &cx.model.phone;
    ended.refused.is_some() && !readiness(&phone.link, &phone.network).lamp.refuses()
}

fn frame(ui: &Ui, cx: &ViewContext<'_>, ended: &EndedCall, margin: i8) -> Frame {
    let p = theme::palette(ui);
    let border = if ended.calm || possible_now(cx, ended) { p.line } else { p.danger_text };
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, border))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(margin))
}

/// In the column, with the raw lines folded. Returns true when the fold was clicked.
pub fn card_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    unfolded: bool,
    actions: &mut Actions,
) -> bool {
    let mut fold = false;
    frame(ui, cx, ended, space::ITEM as i8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let room = Vec2::new(ui.available_width(), 42.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Min), |ui| {
            close_ui(ui, ended, actions);
            ui.with_layout(Layout::top_down(Align::Min), |ui| head_ui(ui, cx, ended));
        });
        why_ui(ui, cx, ended);
        let evidence = &ended.diagnosis.evidence;
        if !evidence.is_empty() && !possible_now(cx, ended) {
            fold = evidence_ui(ui, evidence, unfolded);
        }
        let record = record_of(cx, ended);
        if ended.number().is_none() && record.is_none() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if let Some(number) = ended.number() {
                again_ui(ui, cx, ended, number, actions);
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
    fold
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

/// Flat, under the top bar; the raw lines are in the column.
pub fn strip_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall, actions: &mut Actions) {
    frame(ui, cx, ended, 8).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        let room = Vec2::new(ui.available_width(), 42.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            close_ui(ui, ended, actions);
            if let Some(number) = ended.number() {
                again_ui(ui, cx, ended, number, actions);
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| head_ui(ui, cx, ended));
        });
        why_ui(ui, cx, ended);
    });
}

fn close_ui(ui: &mut Ui, ended: &EndedCall, actions: &mut Actions) {
    let close = icon_button(ui, icons::ICON_CLOSE, text::CLOSE);
    on_click(&close, actions, Action::CloseEnded(ended.key));
}

/// The same call once more: back, again, now that it can succeed, or although it can't.
fn again_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    ended: &EndedCall,
    number: &PhoneNumber,
    actions: &mut Actions,
) {
    if let Some(dial) = &ended.refused {
        if possible_now(cx, ended) {
            let now = Button::new(text::call::CALL_NOW).kind(Kind::Call).icon(icons::ICON_CALL);
            on_click(&now.show(ui), actions, Ask::Sure(dial.clone()).into());
            return;
        }
        if cx.model.phone.link.ready() {
            let anyway = Button::new(text::call::TRY_ANYWAY).icon(icons::ICON_CALL).show(ui);
            let dial = Dial { anyway: true, ..dial.clone() };
            on_click(&anyway, actions, Ask::Sure(dial).into());
            return;
        }
    }
    let back = ended.incoming && ended.talk_time.is_none();
    let word = if back { text::call::CALL_BACK } else { text::call::CALL_AGAIN };
    let again = Button::new(word).icon(icons::ICON_CALL).show(ui);
    // It comes up where Hang up was: the rest of a double click there must not call again.
    if !again.double_clicked() && !again.triple_clicked() {
        on_click(&again, actions, Action::Dial(number.as_str().to_owned()));
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
    let quiet = ended.calm || possible_now(cx, ended);
    let color = if quiet { p.weak } else { p.danger_text };
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, icons::ICON_CALL_END, 16.0, color);
        let font = theme::strong(type_size::CAPTION);
        label::styled(ui, word, font.clone(), color);
        if let Some(talked) = ended.talk_time {
            label::tabular(ui, &text::format::timer(talked), font, p.text);
        }
    });
}

/// Cause and advice.
fn why_ui(ui: &mut Ui, cx: &ViewContext<'_>, ended: &EndedCall) {
    let p = theme::palette(ui);
    if possible_now(cx, ended) {
        // What spoke against it has passed.
        label::announce(&label::body(ui, text::call::POSSIBLE_NOW));
        return;
    }
    let why = &ended.diagnosis;
    if !why.cause.is_empty() {
        let cause = safe_text::line(&why.cause, 300);
        let (font, color) = if ended.calm {
            (theme::font(type_size::BODY), p.weak)
        } else {
            (theme::strong(type_size::BODY), p.text)
        };
        label::announce(&label::styled(ui, &cause, font, color));
    }
    // That stands on the button already, or can't be done: the number is not known.
    if !why.advice.is_empty() && why.advice != text::call::CALL_BACK {
        let advice = safe_text::line(&why.advice, 400);
        label::styled(ui, &advice, theme::font(type_size::BODY), p.weak);
    }
}

fn evidence_ui(ui: &mut Ui, evidence: &[String], unfolded: bool) -> bool {
    let p = theme::palette(ui);
    let symbol = if unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
    let narrow = ui.available_width() < 200.0;
    let name = text::call::SHOW_EVIDENCE;
    let word = if narrow { text::call::SHOW_EVIDENCE_SHORT } else { name };
    let button = Button::new(word).name(name).icon(symbol).kind(Kind::Quiet).show(ui);
    if unfolded {
        for line in evidence.iter().take(20) {
            let line = safe_text::line(line, 200);
            label::styled(ui, &line, theme::mono(type_size::CAPTION), p.weak);
        }
    }
    button.clicked()
}
