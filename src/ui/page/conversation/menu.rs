//! What can be done with a whole conversation: the same menu in its head and in the list.

use crate::number::PhoneNumber;
use crate::phone::{ExportFormat, Thread};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::page::recents;
use crate::ui::talk::{Flag, Talk};
use crate::ui::text::{self, talk};
use crate::ui::widget::icon::{Icon, icons};
use crate::ui::widget::menu;
use egui::Ui;

/// The entries.
pub fn chat_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber, actions: &mut Actions) {
    menu::entries(ui, 190.0, |ui| entries_ui(ui, cx, number, actions));
}

/// The entries inside a menu of the caller's.
pub fn entries_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber, actions: &mut Actions) {
    let threads = cx.model.phone.threads_with(number);
    if !threads.is_empty() {
        for (symbol, word, action) in flags(&threads, number) {
            entry(ui, symbol, word, action, actions);
        }
        ui.separator();
    }
    let (word, action) = recents::block_chat_deed(cx, number);
    entry(ui, icons::ICON_BLOCK, word, action, actions);
    let copy = Action::Copy(number.as_str().to_owned());
    entry(ui, icons::ICON_CONTENT_COPY, talk::COPY_NUMBER, copy, actions);
    if threads.is_empty() {
        return;
    }
    for (symbol, word, format) in [
        (icons::ICON_DESCRIPTION, talk::EXPORT_TEXT, ExportFormat::Text),
        (icons::ICON_TABLE, talk::EXPORT_CSV, ExportFormat::Csv),
        (icons::ICON_DATA_OBJECT, talk::EXPORT_JSON, ExportFormat::Json),
    ] {
        entry(ui, symbol, word, Talk::Export(number.clone(), format).into(), actions);
    }
    ui.separator();
    if menu::delete(ui, text::message::DELETE_CHAT) {
        actions.push(Talk::Delete(number.clone()).into());
    }
}

fn entry(ui: &mut Ui, symbol: Icon, word: &str, action: Action, actions: &mut Actions) {
    if menu::item(ui, symbol, word) {
        actions.push(action);
    }
}

fn flags(threads: &[&Thread], number: &PhoneNumber) -> Vec<(Icon, &'static str, Action)> {
    let unread = threads.iter().any(|thread| thread.unread > 0);
    let any = |of: fn(&Thread) -> bool| threads.iter().any(|thread| of(thread));
    let all = |of: fn(&Thread) -> bool| threads.iter().all(|thread| of(thread));
    let read = if unread {
        (icons::ICON_MARK_CHAT_READ, talk::MARK_READ, Talk::Read(number.clone()).into())
    } else {
        (icons::ICON_MARK_CHAT_UNREAD, talk::MARK_UNREAD, Talk::Unread(number.clone()).into())
    };
    let flag = |symbol: Icon, flag: Flag, is: bool, set: &'static str, take: &'static str| {
        let word = if is { take } else { set };
        (symbol, word, Talk::Flag(number.clone(), flag, !is).into())
    };
    let muted = any(|t| t.flags.muted);
    let bell = if muted { icons::ICON_NOTIFICATIONS } else { icons::ICON_NOTIFICATIONS_OFF };
    let archived = all(|t| t.flags.archived);
    let boxed = if archived { icons::ICON_UNARCHIVE } else { icons::ICON_ARCHIVE };
    let pin = icons::ICON_KEEP;
    vec![
        read,
        flag(pin, Flag::Pinned, any(|t| t.flags.pinned), talk::PIN, talk::UNPIN),
        flag(bell, Flag::Muted, muted, talk::MUTE, talk::UNMUTE),
        flag(boxed, Flag::Archived, archived, talk::ARCHIVE, talk::UNARCHIVE),
    ]
}
