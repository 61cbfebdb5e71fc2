//! What can be done with a whole conversation: the same menu in its head and in the list.

use crate::number::PhoneNumber;
use crate::phone::{ExportFormat, Thread};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::talk::{Flag, Talk};
use crate::ui::text::{self, talk};
use egui::Ui;

/// The entries.
pub fn chat_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber, actions: &mut Actions) {
    ui.set_min_width(190.0);
    let threads = cx.model.phone.threads_with(number);
    if !threads.is_empty() {
        for (word, action) in flags(&threads, number) {
            entry(ui, word, action, actions);
        }
        ui.separator();
    }
    let copy = Action::Copy(number.as_str().to_owned());
    entry(ui, talk::COPY_NUMBER, copy, actions);
    if threads.is_empty() {
        return;
    }
    for (word, format) in [
        (talk::EXPORT_TEXT, ExportFormat::Text),
        (talk::EXPORT_CSV, ExportFormat::Csv),
        (talk::EXPORT_JSON, ExportFormat::Json),
    ] {
        entry(ui, word, Talk::Export(number.clone(), format).into(), actions);
    }
    ui.separator();
    entry(ui, text::message::DELETE_CHAT, Talk::Delete(number.clone()).into(), actions);
}

fn entry(ui: &mut Ui, word: &str, action: Action, actions: &mut Actions) {
    if ui.button(word).clicked() {
        actions.push(action);
        ui.close();
    }
}

fn flags(threads: &[&Thread], number: &PhoneNumber) -> Vec<(&'static str, Action)> {
    let unread = threads.iter().any(|thread| thread.unread > 0);
    let any = |of: fn(&Thread) -> bool| threads.iter().any(|thread| of(thread));
    let all = |of: fn(&Thread) -> bool| threads.iter().all(|thread| of(thread));
    let read = if unread {
        (talk::MARK_READ, Talk::Read(number.clone()).into())
    } else {
        (talk::MARK_UNREAD, Talk::Unread(number.clone()).into())
    };
    let flag = |flag: Flag, is: bool, set: &'static str, take: &'static str| {
        let word = if is { take } else { set };
        (word, Talk::Flag(number.clone(), flag, !is).into())
    };
    vec![
        read,
        flag(Flag::Pinned, any(|t| t.flags.pinned), talk::PIN, talk::UNPIN),
        flag(Flag::Muted, any(|t| t.flags.muted), talk::MUTE, talk::UNMUTE),
        flag(Flag::Archived, all(|t| t.flags.archived), talk::ARCHIVE, talk::UNARCHIVE),
        flag(Flag::Blocked, all(|t| t.flags.blocked), talk::BLOCK, talk::UNBLOCK),
    ]
}
