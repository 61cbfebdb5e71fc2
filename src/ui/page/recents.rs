//! The history of calls, newest first: direction, outcome, cause or duration, and calling back. A
//! click opens the page of the call.

use crate::number::PhoneNumber;
use crate::phone::{CallRecord, CallRecordId, Command, Contact, Direction, Outcome, RemoteParty};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::blocking;
use crate::ui::calling::{self, Ask};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space};
use crate::ui::widget::row::{self, Extra, Row};
use crate::ui::widget::{Icon, button, call_card, empty, icon, icon::icons, menu, settled};
use crate::ui::{safe_text, text};
use egui::{Color32, Frame, Margin, Rect, ScrollArea, Ui, Vec2};

/// Which calls are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Filter {
    /// Every call.
    #[default]
    All,
    /// Missed ones.
    Missed,
    /// Those that the block list refused.
    Blocked,
}

impl Filter {
    fn takes(self, record: &CallRecord) -> bool {
        match self {
            Filter::All => true,
            Filter::Missed => record.outcome == Outcome::Missed,
            Filter::Blocked => record.outcome == Outcome::Blocked,
        }
    }

    /// What an empty list says.
    fn empty(self) -> (&'static str, &'static str) {
        match self {
            Filter::All => (text::call::NO_CALLS, text::call::NO_CALLS_WHY),
            Filter::Missed => (text::call::NO_MISSED, ""),
            Filter::Blocked => (text::call::NO_BLOCKED, text::call::NO_BLOCKED_WHY),
        }
    }
}

/// The list, with a choice above it once there is something to choose from. `open` is the call on
/// the page.
pub fn list_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (wanted, filter): (&str, &mut Filter),
    open: Option<CallRecordId>,
    actions: &mut Actions,
) {
    if !cx.model.history.is_empty() {
        let all = [
            (Filter::All, text::call::ALL),
            (Filter::Missed, text::call::MISSED),
            (Filter::Blocked, text::call::BLOCKED),
        ];
        let margin = Margin::symmetric(space::ITEM as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::TIGHT;
            if let Some(picked) = button::segmented(ui, *filter, &all) {
                *filter = picked;
            }
        });
        ui.add_space(space::TIGHT);
    }
    let filter = *filter;
    let lower = wanted.to_lowercase();
    let shown: Vec<&CallRecord> = cx
        .model
        .history
        .iter()
        .filter(|record| filter.takes(record))
        .filter(|record| wanted.is_empty() || matches(cx, record, &lower))
        .collect();
    if shown.is_empty() {
        let (line, why) = if wanted.is_empty() {
            filter.empty()
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
                let open = open == Some(record.id);
                ui.push_id(record.id, |ui| record_ui(ui, cx, record, open, actions));
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
    open: bool,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let title = call_card::title(cx, &record.remote);
    let detail = text::call::record(record);
    let time = text::format::when(record.started, cx.wall_time);
    let (symbol, color) = mark(p, record);
    let number = record.remote.number();
    let known = number.and_then(|number| cx.model.phone.name_for(number)).unwrap_or_default();
    let mut line = format!("{}, {detail}, {time}", safe_text::line(&title, 60));
    // A call that was refused for it says so already.
    let blocked = record.outcome != Outcome::Blocked
        && number.is_some_and(|number| blocking::is_blocked(cx, number));
    if blocked {
        line = format!("{line}, {}", text::call::BLOCKED);
    }
    let shown = Row {
        title: &title,
        detail: &detail,
        detail_color: Some(color),
        time: &time,
        badge: 0,
        chosen: open,
        name: &line,
        // Also where there is nobody to call: the times stand below each other.
        reserved: size::CONTROL,
        avatar: known,
    };
    let marks: &[Icon] = if blocked { &[icons::ICON_BLOCK] } else { &[] };
    let row = row::show_with(ui, &shown, &Extra { icons: marks, ..Extra::default() }, 20.0);
    let at = row.detail_start + Vec2::new(8.0, 0.0);
    // In the colour of the words beside it.
    let color = if open { p.weak_on_accent_soft } else { color };
    icon::paint(ui.painter(), at, symbol, 16.0, color);
    let mut response = row.response.on_hover_ui(|ui| {
        ui.label(text::format::exact(record.started, cx.wall_time));
        if !record.cause.is_empty() {
            let cause = safe_text::line(&record.cause, 300);
            ui.label(text::format::numbers_in(&cause, &cx.model.phone.region));
        }
        if !record.advice.is_empty() {
            ui.label(safe_text::line(&record.advice, 300));
        }
    });
    response.context_menu(|ui| menu_ui(ui, cx, record, actions));
    if response.clicked() {
        actions.push(Ask::Open(record.clone()).into());
    }
    if let Some(number) = number {
        let side = Vec2::splat(size::CONTROL);
        let middle =
            egui::pos2(row.reserved.right() - size::CONTROL / 2.0, row.reserved.center().y);
        let place = Rect::from_center_size(middle, side);
        let name = text::call_somebody(&safe_text::line(&title, 60));
        response = button::icon_button_in(ui, place, icons::ICON_CALL, &name, p.call_text);
        // A strip that comes or goes moves the list: somebody else's row is below the pointer.
        if settled::clicked(ui, &response, ("recent", record.id), settled::QUICK) {
            actions.push(Action::Dial(number.as_str().to_owned()));
        }
    }
}

fn menu_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord, actions: &mut Actions) {
    ui.set_min_width(190.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut entry = |ui: &mut Ui, symbol: Icon, word: &str, action: Action| {
        if menu::item(ui, symbol, word) {
            actions.push(action);
        }
    };
    let open = Ask::Open(record.clone()).into();
    entry(ui, icons::ICON_INFO, text::history::DETAILS, open);
    if let RemoteParty::Known(number) = &record.remote {
        if calling::takes_texts(cx, number) {
            let write = Action::Converse(number.clone());
            entry(ui, icons::ICON_CHAT_BUBBLE, text::call::WRITE, write);
        }
        let copy = Action::Copy(number.as_str().to_owned());
        entry(ui, icons::ICON_CONTENT_COPY, text::talk::COPY_NUMBER, copy);
        let page = crate::ui::action::contact_page(&cx.model.phone, number);
        let known = cx.model.phone.contact_for(number).is_some();
        let word = if known { text::message::OPEN_CONTACT } else { text::ADD_CONTACT };
        entry(ui, icons::ICON_PERSON, word, Action::Show(page));
        if let Some((word, action)) = block_deed(cx, number) {
            entry(ui, icons::ICON_BLOCK, word, action);
        }
    }
    if menu::delete(ui, text::call::DELETE_CALL) {
        actions.command(Command::DeleteCallRecord(record.id));
    }
}

/// Blocking a number, or taking that back, as a word and what it does; the emergency services are
/// not offered to be blocked.
pub fn block_deed(cx: &ViewContext<'_>, number: &PhoneNumber) -> Option<(&'static str, Action)> {
    let blocked = blocking::is_blocked(cx, number);
    if !blocked && calling::is_emergency(&cx.model.phone, number.as_str()) {
        return None;
    }
    let words = (text::history::BLOCK, text::history::UNBLOCK);
    Some(block_all_deed(cx, vec![number.clone()], words))
}

/// The same for all numbers of a contact.
pub fn block_contact_deed(cx: &ViewContext<'_>, contact: &Contact) -> (&'static str, Action) {
    let numbers = contact.numbers.iter().map(|n| n.number.clone()).collect();
    block_all_deed(cx, numbers, (text::talk::BLOCK, text::talk::UNBLOCK))
}

/// The same for all numbers that a conversation is with.
pub fn block_chat_deed(cx: &ViewContext<'_>, number: &PhoneNumber) -> (&'static str, Action) {
    let numbers = cx.model.phone.numbers_with(number);
    block_all_deed(cx, numbers, (text::talk::BLOCK, text::talk::UNBLOCK))
}

/// They are blocked when each of them is.
fn block_all_deed(
    cx: &ViewContext<'_>,
    numbers: Vec<PhoneNumber>,
    (block, unblock): (&'static str, &'static str),
) -> (&'static str, Action) {
    let pattern = |number: &PhoneNumber| {
        blocking::entry_of(cx, number).is_some_and(|entry| entry.contains(['*', '?']))
    };
    let blocked = numbers.iter().all(|number| blocking::is_blocked(cx, number));
    if blocked && numbers.iter().any(pattern) {
        // Others fall under it, too.
        return (text::history::CHANGE_PATTERN, Action::Show(Page::Settings));
    }
    let word = if blocked { unblock } else { block };
    (word, Ask::Block(numbers, !blocked).into())
}

/// Icon and colour of an outcome; the word stands beside it.
pub fn mark(p: &Palette, record: &CallRecord) -> (Icon, Color32) {
    let outgoing = record.direction == Direction::MobileOriginated;
    match record.outcome {
        Outcome::Missed => (icons::ICON_CALL_MISSED, p.danger_text),
        Outcome::Failed => (icons::ICON_CALL_MISSED_OUTGOING, p.danger_text),
        Outcome::Rejected if text::call::forwarded(record) => (icons::ICON_PHONE_FORWARDED, p.weak),
        Outcome::Rejected => (icons::ICON_PHONE_DISABLED, p.weak),
        Outcome::Blocked => (icons::ICON_BLOCK, p.doubt_text),
        _ if outgoing => (icons::ICON_CALL_MADE, p.weak),
        _ => (icons::ICON_CALL_RECEIVED, p.weak),
    }
}
