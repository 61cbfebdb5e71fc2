//! The list of conversations, newest first, and the texts found by search.

use crate::number::PhoneNumber;
use crate::phone::{Direction, TextMessage, Thread};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space};
use crate::ui::widget::row::{self, Row};
use crate::ui::widget::{empty, icon::icons, label};
use crate::ui::{on_click, safe_text, text};
use egui::{ScrollArea, Ui};

/// The list. `open` is the conversation on the page.
pub fn list_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    wanted: &str,
    open: Option<&PhoneNumber>,
    actions: &mut Actions,
) {
    let phone = &cx.model.phone;
    let lower = wanted.to_lowercase();
    let shown: Vec<&Thread> = phone
        .threads
        .iter()
        .filter(|thread| wanted.is_empty() || matches(cx, thread, &lower))
        .collect();
    let found: &[TextMessage] = if wanted.is_empty() { &[] } else { &cx.model.found.messages };
    if shown.is_empty() && found.is_empty() {
        let (line, why, action) = if wanted.is_empty() {
            let action = Some(text::message::WRITE_FIRST_TEXT);
            (text::message::NO_CHATS, text::message::NO_CHATS_WHY, action)
        } else {
            (text::NOTHING_FOUND, text::NOTHING_FOUND_WHY, None)
        };
        if empty::state(ui, icons::ICON_FORUM, line, why, action) {
            actions.push(Action::NewText(String::new()));
        }
        return;
    }
    let heading = if found.is_empty() { 0.0 } else { 28.0 };
    let total = (shown.len() + found.len()) as f32 * size::ROW + heading;
    ScrollArea::vertical().auto_shrink([false, false]).show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let top = ui.max_rect().top();
        let visible = |at: f32| at + size::ROW >= viewport.top() && at <= viewport.bottom();
        let mut at = 0.0;
        for thread in shown {
            if visible(at) {
                place(ui, top + at, |ui| thread_ui(ui, cx, thread, open, actions));
            }
            at += size::ROW;
        }
        if !found.is_empty() {
            place(ui, top + at, |ui| {
                ui.add_space(space::SMALL);
                ui.horizontal(|ui| {
                    ui.add_space(space::PANEL);
                    label::section(ui, text::message::FOUND);
                });
            });
            at += heading;
        }
        for message in found {
            if visible(at) {
                place(ui, top + at, |ui| found_ui(ui, cx, message, actions));
            }
            at += size::ROW;
        }
    });
}

/// Draws one row at its height in a list.
pub fn place(ui: &mut Ui, top: f32, add: impl FnOnce(&mut Ui)) {
    let rect = egui::Rect::from_min_size(
        egui::pos2(ui.max_rect().left(), top),
        egui::Vec2::new(ui.max_rect().width(), size::ROW),
    );
    let id = egui::Id::unique(("row", (top - ui.max_rect().top()) as i64));
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).id_salt(id), add);
}

fn matches(cx: &ViewContext<'_>, thread: &Thread, wanted: &str) -> bool {
    let name = cx.model.phone.name_for(&thread.number).unwrap_or_default();
    name.to_lowercase().contains(wanted)
        || thread.number.as_str().to_lowercase().contains(wanted)
        || thread.preview.to_lowercase().contains(wanted)
        || super::contacts::digits_match(thread.number.as_str(), wanted)
}

fn thread_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    thread: &Thread,
    open: Option<&PhoneNumber>,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let title = cx.name(&thread.number);
    let time = text::format::when(thread.time, cx.wall_time);
    let failed = matches!(thread.last_delivery.as_str(), "failed" | "unknown");
    let (detail, color) = match () {
        () if !thread.draft.is_empty() => {
            (format!("{}{}", text::message::DRAFT, thread.draft), Some(p.danger_text))
        }
        () if failed && thread.last_delivery == "failed" => {
            (format!("Not sent: {}", thread.preview), Some(p.danger_text))
        }
        () if failed => (format!("May have been sent: {}", thread.preview), Some(p.doubt_text)),
        () if thread.last_direction == Some(Direction::MobileOriginated) => {
            (format!("You: {}", thread.preview), None)
        }
        () => (thread.preview.clone(), None),
    };
    let region = &cx.model.phone.region;
    let chosen = open.is_some_and(|open| {
        crate::number::same_number(open.as_str(), thread.number.as_str(), region)
    });
    let unread = match thread.unread {
        0 => String::new(),
        count => format!(", {count} unread"),
    };
    let name = format!("{}, {}{unread}", safe_text::line(&title, 80), safe_text::line(&detail, 80));
    let known = cx.model.phone.name_for(&thread.number);
    let letters = thread.number.as_str().chars().any(char::is_alphabetic);
    let face = known.unwrap_or(if letters { thread.number.as_str() } else { "" });
    let shown = Row {
        title: &title,
        detail: &detail,
        detail_color: color,
        time: &time,
        badge: thread.unread,
        chosen,
        name: &name,
        reserved: 0.0,
        avatar: face,
    };
    let response = row::show(ui, &shown, 0.0).response;
    on_click(&response, actions, Action::Converse(thread.number.clone()));
}

fn found_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage, actions: &mut Actions) {
    let title = cx.name(&message.number);
    let time = text::format::when(message.time, cx.wall_time);
    let name = format!("{}: {}", safe_text::line(&title, 80), safe_text::line(&message.text, 120));
    let shown = Row {
        title: &title,
        detail: &message.text,
        detail_color: None,
        time: &time,
        badge: 0,
        chosen: false,
        name: &name,
        reserved: 0.0,
        avatar: cx.model.phone.name_for(&message.number).unwrap_or_default(),
    };
    let response = row::show(ui, &shown, 0.0).response;
    on_click(&response, actions, Action::Converse(message.number.clone()));
}
