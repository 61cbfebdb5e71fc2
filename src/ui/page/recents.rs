//! The history of calls, newest first: direction, outcome, cause or duration, and calling back.

use crate::phone::{CallRecord, Command, Direction, Outcome, RemoteParty};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size};
use crate::ui::widget::row::{self, Row};
use crate::ui::widget::{Icon, button, call_card, empty, icon, icon::icons};
use crate::ui::{on_click, safe_text, text};
use egui::{Color32, Rect, ScrollArea, Ui, Vec2};

/// The list.
pub fn list_ui(ui: &mut Ui, cx: &ViewContext<'_>, wanted: &str, actions: &mut Actions) {
    let lower = wanted.to_lowercase();
    let shown: Vec<&CallRecord> = cx
        .model
        .history
        .iter()
        .filter(|record| wanted.is_empty() || matches(cx, record, &lower))
        .collect();
    if shown.is_empty() {
        let (line, why) = if wanted.is_empty() {
            (text::call::NO_CALLS, text::call::NO_CALLS_WHY)
        } else {
            (text::NOTHING_FOUND, text::NOTHING_FOUND_WHY)
        };
        empty::state(ui, icons::ICON_HISTORY, line, why, None);
        return;
    }
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(
        ui,
        size::ROW,
        shown.len(),
        |ui, rows| {
            for record in &shown[rows] {
                ui.push_id(record.id, |ui| record_ui(ui, cx, record, actions));
            }
        },
    );
}

pub(super) fn matches(cx: &ViewContext<'_>, record: &CallRecord, wanted: &str) -> bool {
    let title = call_card::title(cx, &record.remote).to_lowercase();
    let number = record.remote.number().map(|number| number.as_str()).unwrap_or_default();
    title.contains(wanted)
        || super::contacts::digits_match(number, wanted)
        || text::call::record(record).to_lowercase().contains(wanted)
}

pub(super) fn record_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    record: &CallRecord,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let title = call_card::title(cx, &record.remote);
    let detail = text::call::record(record);
    let time = text::format::when(record.started, cx.wall_time);
    let (symbol, color) = mark(p, record);
    let number = record.remote.number();
    let known = number.and_then(|number| cx.model.phone.name_for(number)).unwrap_or_default();
    let line = format!("{}, {detail}, {time}", safe_text::line(&title, 60));
    let shown = Row {
        title: &title,
        detail: &detail,
        detail_color: Some(color),
        time: &time,
        badge: 0,
        chosen: false,
        name: &line,
        reserved: if number.is_some() { size::CONTROL } else { 0.0 },
        avatar: known,
    };
    let row = row::show(ui, &shown, 20.0);
    let at = row.detail_start + Vec2::new(8.0, 0.0);
    icon::paint(ui.painter(), at, symbol, 16.0, color);
    let mut response = row.response.on_hover_ui(|ui| {
        ui.label(text::format::exact(record.started, cx.wall_time));
        if !record.cause.is_empty() {
            ui.label(safe_text::line(&record.cause, 300));
        }
        if !record.advice.is_empty() {
            ui.label(safe_text::line(&record.advice, 300));
        }
    });
    response.context_menu(|ui| menu_ui(ui, cx, record, actions));
    if let Some(number) = number {
        if response.clicked() {
            actions.push(Action::Converse(number.clone()));
        }
        let side = Vec2::splat(size::CONTROL);
        let middle =
            egui::pos2(row.reserved.right() - size::CONTROL / 2.0, row.reserved.center().y);
        let place = Rect::from_center_size(middle, side);
        let name = text::call_somebody(&safe_text::line(&title, 60));
        response = button::icon_button_in(ui, place, icons::ICON_CALL, &name, p.call_text);
        on_click(&response, actions, Action::Dial(number.as_str().to_owned()));
    }
}

fn menu_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord, actions: &mut Actions) {
    if let RemoteParty::Known(number) = &record.remote {
        if ui.button("Copy number").clicked() {
            actions.push(Action::Copy(number.as_str().to_owned()));
            ui.close();
        }
        let page = crate::ui::action::contact_page(&cx.model.phone, number);
        let known = cx.model.phone.contact_for(number).is_some();
        let word = if known { text::message::OPEN_CONTACT } else { text::ADD_CONTACT };
        if ui.button(word).clicked() {
            actions.push(Action::Show(page));
            ui.close();
        }
    }
    if ui.button(text::call::DELETE_CALL).clicked() {
        actions.command(Command::DeleteCallRecord(record.id));
        ui.close();
    }
}

/// Icon and colour of an outcome; the word stands beside it.
pub fn mark(p: &Palette, record: &CallRecord) -> (Icon, Color32) {
    let outgoing = record.direction == Direction::MobileOriginated;
    match record.outcome {
        Outcome::Missed => (icons::ICON_CALL_MISSED, p.danger_text),
        Outcome::Failed => (icons::ICON_CALL_MISSED_OUTGOING, p.danger_text),
        Outcome::Rejected => (icons::ICON_PHONE_DISABLED, p.weak),
        _ if outgoing => (icons::ICON_CALL_MADE, p.weak),
        _ => (icons::ICON_CALL_RECEIVED, p.weak),
    }
}
