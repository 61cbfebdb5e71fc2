//! The outbox: texts that wait, failed or may have been sent, and what was sent together.

use super::{card_frame, head_ui};
use crate::phone::{Batch, Command, Delivery, MessageCommand, MessageId, TextMessage};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::model::ViewContext;
use crate::ui::sending::Ask;
use crate::ui::talk::Talk;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, empty, icon, icon::icons, label, progress};
use crate::ui::{on_click, safe_text};
use egui::{Color32, Margin, ScrollArea, Ui, Vec2};

/// The page.
pub fn page_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    head_ui(ui, cx, (words::OUTBOX, true), actions, |ui, actions| {
        let list = Button::new(words::SEND_TO_LIST).icon(icons::ICON_GROUPS).kind(Kind::Quiet);
        on_click(&list.show(ui), actions, Action::Sending(Ask::OpenList));
    });
    let sending = &cx.model.sending;
    let batches = &cx.model.phone.batches;
    let singles: Vec<&TextMessage> = sending.singles().collect();
    if singles.is_empty() && batches.is_empty() {
        if sending.outbox_query.is_none() {
            let why = words::OUTBOX_EMPTY_WHY;
            empty::state(ui, icons::ICON_OUTBOX, words::OUTBOX_EMPTY, why, None);
        }
        return;
    }
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(680.0));
            ui.spacing_mut().item_spacing.y = space::SMALL;
            if !batches.is_empty() {
                label::section(ui, words::SENT_TOGETHER);
                for batch in batches {
                    ui.push_id(batch.id, |ui| batch_ui(ui, batch, actions));
                }
            }
            if !singles.is_empty() {
                if !batches.is_empty() {
                    ui.add_space(space::SMALL);
                }
                label::section(ui, words::SINGLE_TEXTS);
                for message in singles {
                    ui.push_id(message.id, |ui| {
                        card_frame(ui).show(ui, |ui| {
                            ui.set_width(ui.available_width());
                            text_ui(ui, cx, message, actions);
                        });
                    });
                }
            }
        });
    });
}

fn batch_ui(ui: &mut Ui, batch: &Batch, actions: &mut Actions) {
    let p = theme::palette(ui);
    card_frame(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 90.0).max(60.0);
            ui.allocate_ui(Vec2::new(room, 24.0), |ui| {
                label::foreign(ui, &batch.name, theme::strong(type_size::BODY), p.text);
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Open {}", safe_text::line(&batch.name, 40));
                let open = Button::new("Open").name(&name).kind(Kind::Quiet).height(26.0);
                on_click(&open.show(ui), actions, Action::Show(Page::Batch(batch.id)));
            });
        });
        let done = words::progress(batch);
        let shares = progress::batch_shares(p, batch.counts);
        progress::bar(ui, &shares, batch.counts.total(), &done);
        label::caption(ui, &format!("{done} · {}", words::counts(batch)));
    });
}

/// One text: to whom, where it stands, why, the text, and what can be done.
pub fn text_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage, actions: &mut Actions) {
    let p = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    let (symbol, color) = mark(p, &message.delivery);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        icon::show(ui, symbol, 18.0, color);
        let who = cx.name(&message.number);
        label::foreign(ui, &who, theme::strong(type_size::BODY), p.text);
        let time = text::format::when(message.time, cx.wall_time);
        let exact = text::format::exact(message.time, cx.wall_time);
        label::caption(ui, &time).on_hover_text(exact);
    });
    label::foreign(ui, &message.text, theme::font(type_size::BODY), p.text);
    let state = words::state(&message.delivery, cx.wall_time);
    let colored = if color == p.weak { p.text } else { color };
    label::styled(ui, &state, theme::font(type_size::CAPTION + 1.0), colored);
    if let Some(why) = reason(&message.delivery) {
        label::caption(ui, &safe_text::line(&why.cause, 300));
        if !why.advice.is_empty() {
            label::caption(ui, &safe_text::line(&why.advice, 300));
        }
    }
    ui.add_space(space::TIGHT);
    buttons_ui(ui, cx, message, actions);
}

fn reason(delivery: &Delivery) -> Option<&crate::phone::Diagnosis> {
    match delivery {
        Delivery::Failed(why) | Delivery::Unknown(why) => Some(why),
        Delivery::Retrying(retry) => Some(&retry.why),
        _ => None,
    }
}

fn mark(p: &theme::Palette, delivery: &Delivery) -> (icon::Icon, Color32) {
    match delivery {
        Delivery::Failed(_) => (icons::ICON_ERROR, p.danger_text),
        Delivery::Unknown(_) => (icons::ICON_HELP, p.doubt_text),
        Delivery::Retrying(_) => (icons::ICON_UPDATE, p.doubt_text),
        Delivery::Scheduled(_) => (icons::ICON_SCHEDULE, p.accent_text),
        Delivery::Sending(_) => (icons::ICON_SEND, p.accent_text),
        Delivery::Sent | Delivery::Received(_) => (icons::ICON_CHECK, p.weak),
        Delivery::Delivered => (icons::ICON_DONE_ALL, p.weak),
        Delivery::Queued => (icons::ICON_HOURGLASS_EMPTY, p.weak),
    }
}

fn buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage, actions: &mut Actions) {
    type Make = fn(MessageId) -> MessageCommand;
    let offered: &[(&str, Make)] = match &message.delivery {
        Delivery::Scheduled(_) | Delivery::Retrying(_) => {
            &[(words::SEND_NOW, MessageCommand::SendNow), (words::CANCEL, MessageCommand::Cancel)]
        }
        Delivery::Queued | Delivery::Sending(_) => &[(words::CANCEL, MessageCommand::Cancel)],
        Delivery::Failed(_) => &[(words::SEND_AGAIN, MessageCommand::Retry)],
        Delivery::Unknown(_) => &[
            (words::ARRIVED, MessageCommand::MarkSent),
            (words::SEND_AGAIN, MessageCommand::Retry),
        ],
        _ => &[],
    };
    if offered.is_empty() {
        return;
    }
    let who = safe_text::line(&cx.name(&message.number), 40);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        for (word, command) in offered {
            let name = format!("{word}: {who}");
            let button = Button::new(word).name(&name).height(28.0).show(ui);
            let command = Command::Message(command(message.id));
            on_click(&button, actions, Action::Command(command));
        }
        let open = format!("Open the conversation with {who}");
        let show = Button::new("Open").name(&open).kind(Kind::Quiet).height(28.0).show(ui);
        on_click(&show, actions, Action::Converse(message.number.clone()));
        if matches!(message.delivery, Delivery::Failed(_) | Delivery::Unknown(_)) {
            let name = format!("Delete the text to {who}");
            let delete = Button::new(text::DELETE).name(&name).kind(Kind::QuietDanger);
            let delete = delete.height(28.0).show(ui);
            let gone = Action::Talk(Talk::DeleteText(message.id));
            on_click(&delete, actions, gone);
        }
    });
}

/// State and reason in one line, with its colour.
pub fn state_line(
    p: &theme::Palette,
    message: &TextMessage,
    now: crate::clock::WallTime,
) -> (String, Color32) {
    let state = words::state(&message.delivery, now);
    let line = match reason(&message.delivery).filter(|why| !why.cause.is_empty()) {
        Some(why) => format!("{state}: {}", safe_text::line(&why.cause, 200)),
        None => state,
    };
    let (_, color) = mark(p, &message.delivery);
    (line, if color == p.weak { p.text } else { color })
}
