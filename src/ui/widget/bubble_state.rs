//! Time and state under a bubble: why it failed or waits, and what can be done about it.

use super::button::{Button, Kind};
use super::icon::{self, Icon, icons};
use super::label;
use crate::phone::{Command, Delivery, Diagnosis, Direction, MessageCommand, TextMessage};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Color32, Role, Sense, Ui, Vec2, WidgetInfo};

fn look(p: &Palette, message: &TextMessage) -> (Option<Icon>, Color32) {
    match &message.delivery {
        Delivery::Scheduled(_)
        | Delivery::Retrying(_)
        | Delivery::Queued
        | Delivery::Sending(_) => (Some(icons::ICON_SCHEDULE), p.weak),
        Delivery::Sent => (Some(icons::ICON_DONE), p.weak),
        Delivery::Delivered => (Some(icons::ICON_DONE_ALL), p.accent_text),
        Delivery::Failed(_) => (Some(icons::ICON_ERROR), p.danger_text),
        Delivery::Unknown(_) => (Some(icons::ICON_HELP), p.doubt_text),
        Delivery::Received(count) if count.total > count.done => {
            (Some(icons::ICON_WARNING), p.doubt_text)
        }
        Delivery::Received(_) => (None, p.weak),
    }
}

/// Time and state under a bubble, and the remedy where there is one.
pub fn state_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage, actions: &mut Actions) {
    let p = theme::palette(ui);
    let mine = message.direction == Direction::MobileOriginated;
    let time = text::format::clock(message.time, cx.wall_time);
    let mut state = text::message::state(message, cx.wall_time);
    let in_use = cx.model.phone.link.address().map(|address| address.carrier());
    if let Some(waits) = text::message::waits_for(message, in_use) {
        state = format!("{state} · {waits}");
    }
    let (symbol, color) = look(p, message);
    let font = theme::font(type_size::CAPTION);
    ui.add_space(2.0);
    let line = if state.is_empty() { time } else { format!("{time} · {state}") };
    let row = Vec2::new(ui.available_width(), 18.0);
    let (rect, response) = ui.allocate_exact_size(row, Sense::hover());
    let galley = ui.painter().layout_no_wrap(line.clone(), font, color);
    let room = if symbol.is_some() { 20.0 } else { 4.0 };
    let x = if mine { rect.right() - galley.size().x - 4.0 } else { rect.left() + room };
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(x, top), galley, color);
    if let Some(symbol) = symbol {
        let at = if mine { x - 12.0 } else { rect.left() + 9.0 };
        icon::paint(ui.painter(), egui::pos2(at, rect.center().y), symbol, 15.0, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &line));
    let mut exact = text::format::exact(message.time, cx.wall_time);
    if let Some(sent) = message.sent_at {
        exact = format!("{exact}\nSent {}", text::format::exact(sent, cx.wall_time));
    }
    response.on_hover_text_at_pointer(exact);
    remedy_ui(ui, p, message, actions);
}

/// A button under a text: its word, whether it repeats something, and what it asks for.
type Remedy = (&'static str, bool, MessageCommand);

fn remedies(message: &TextMessage) -> (Option<&Diagnosis>, Vec<Remedy>) {
    let id = message.id;
    let again = (text::message::SEND_AGAIN, true, MessageCommand::Retry(id));
    let now = (text::talk::SEND_NOW, false, MessageCommand::SendNow(id));
    let cancel = (text::message::CANCEL, false, MessageCommand::Cancel(id));
    match &message.delivery {
        Delivery::Failed(why) => (Some(why), vec![again]),
        Delivery::Unknown(why) => {
            let arrived = (text::talk::IT_ARRIVED, false, MessageCommand::MarkSent(id));
            (Some(why), vec![arrived, again])
        }
        Delivery::Queued => (None, vec![cancel]),
        Delivery::Scheduled(_) => (None, vec![now, cancel]),
        Delivery::Retrying(retry) => (Some(&retry.why), vec![now, cancel]),
        // What the modem has already can't be taken back.
        Delivery::Sending(count) if count.done + 1 < count.total => (None, vec![cancel]),
        _ => (None, Vec::new()),
    }
}

/// Why it failed, and buttons.
fn remedy_ui(ui: &mut Ui, p: &Palette, message: &TextMessage, actions: &mut Actions) {
    let (why, remedies) = remedies(message);
    if remedies.is_empty() {
        return;
    }
    let layout = egui::Layout::top_down(egui::Align::Max);
    let inset = ui.available_rect_before_wrap();
    let inset = inset.with_max_x(inset.right() - 4.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inset).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if let Some(why) = why {
            for (line, color) in [(&why.cause, p.text), (&why.advice, p.weak)] {
                if !line.is_empty() {
                    let line = safe_text::line(line, 300);
                    label::styled(ui, &line, theme::font(type_size::CAPTION), color);
                }
            }
        }
        let row = Vec2::new(ui.available_width(), size::CONTROL - 4.0);
        let from_right = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(row, from_right, |ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            for (word, again, command) in remedies.into_iter().rev() {
                let button = Button::new(word).kind(Kind::Plain).height(size::CONTROL - 4.0);
                let button = if again { button.icon(icons::ICON_REPLAY) } else { button };
                let action = Action::Command(Command::Message(command));
                on_click(&button.show(ui), actions, action);
            }
        });
        ui.add_space(space::TIGHT);
    });
}
