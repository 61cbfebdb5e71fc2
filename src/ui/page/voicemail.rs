//! What waits at the network: a mark in the top bar, and what can be done about it.

use super::call_settings::mailbox;
use super::top_bar::counted_button;
use crate::number::PhoneNumber;
use crate::phone::{Command, MessageCommand, WaitingKind, WaitingMark};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::sending as words;
use crate::ui::theme;
use crate::ui::widget::icon::{Icon, icons};
use crate::ui::widget::menu;
use egui::Ui;

/// A button for each kind that waits.
pub fn button_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    for mark in cx.model.phone.waiting.iter().filter(|mark| mark.count != Some(0)) {
        ui.push_id(mark.kind, |ui| mark_ui(ui, cx, mark, actions));
    }
}

fn mark_ui(ui: &mut Ui, cx: &ViewContext<'_>, mark: &WaitingMark, actions: &mut Actions) {
    let color = theme::palette(ui).accent_text;
    let name = words::waiting(mark);
    let count = u32::from(mark.count.unwrap_or(0));
    let opener = counted_button(ui, icon(mark.kind), &name, color, count);
    egui::Popup::menu(&opener).show(|ui| {
        ui.set_min_width(180.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        let digits = mark.from.as_str().chars().filter(char::is_ascii_digit).count();
        let mailbox = PhoneNumber::new(mailbox(cx));
        let known = mark.kind == WaitingKind::Voicemail && !mailbox.as_str().is_empty();
        if known {
            let word = format!("{} {}", words::CALL_VOICEMAIL, cx.display(&mailbox));
            if menu::item(ui, icons::ICON_CALL, &word) {
                actions.push(Action::Dial(mailbox.as_str().to_owned()));
            }
        }
        let callable = !known && digits > 1 && !mark.from.as_str().chars().any(char::is_alphabetic);
        if mark.kind == WaitingKind::Voicemail && callable {
            let word = format!("{} {}", words::CALL_VOICEMAIL, cx.display(&mark.from));
            if menu::item(ui, icons::ICON_DIALPAD, &word) {
                // Anybody can write such a text: its number is seen before it is dialed.
                actions.push(Action::FillDialpad(mark.from.as_str().to_owned()));
            }
        }
        let heard = if mark.kind == WaitingKind::Voicemail { words::HEARD } else { words::SEEN };
        if menu::item(ui, icons::ICON_CHECK, heard) {
            actions.command(Command::Message(MessageCommand::ClearWaiting(mark.kind)));
        }
    });
}

fn icon(kind: WaitingKind) -> Icon {
    match kind {
        WaitingKind::Voicemail => icons::ICON_VOICEMAIL,
        WaitingKind::Fax => icons::ICON_FAX,
        WaitingKind::Email => icons::ICON_MAIL,
        WaitingKind::Other => icons::ICON_MARK_UNREAD_CHAT_ALT,
    }
}
