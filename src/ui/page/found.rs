//! What a search finds: conversations, contacts, calls and texts, under each other.

use super::chats;
use super::{contacts, recents};
use crate::phone::{CallRecord, Contact, Conversation, SearchHit};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::talk::Talk;
use crate::ui::text::{self, talk};
use crate::ui::theme::{self, size};
use crate::ui::timeline::Spot;
use crate::ui::widget::row::{self, Extra, Row};
use crate::ui::{on_click, safe_text};
use egui::Ui;

/// Contacts and calls shown among what was found.
const MOST: usize = 8;
/// Longest snippet, in characters.
const SNIPPET: usize = 120;

/// Something found, or the heading above it.
pub enum Line<'a> {
    /// What the lines below are.
    Heading(&'static str),
    /// A contact.
    Contact(&'a Contact),
    /// A call.
    Call(&'a CallRecord),
    /// A text.
    Text(&'a SearchHit),
    /// Below the last text: there are more.
    More,
}

impl Line<'_> {
    /// Its height in points.
    pub fn height(&self) -> f32 {
        match self {
            Line::Heading(_) => 28.0,
            Line::More => 1.0,
            _ => size::ROW,
        }
    }
}

/// The lines for what was typed.
pub(super) fn lines<'a>(cx: &ViewContext<'a>, wanted: &str) -> Vec<chats::Line<'a>> {
    let model = cx.model;
    let lower = wanted.to_lowercase();
    let mut lines: Vec<chats::Line<'a>> = Vec::new();
    let chats: Vec<&Conversation> =
        model.conversations.iter().filter(|chat| chat_matches(cx, chat, &lower)).collect();
    let has_chat = |contact: &Contact| {
        let of = |chat: &&Conversation| {
            chat.contact.and_then(|at| model.phone.contacts.get(at)).map(|c| c.id)
        };
        chats.iter().any(|chat| of(chat) == Some(contact.id))
    };
    let people = model.phone.contacts.iter().filter(|c| contacts::matches(c, wanted));
    let people: Vec<&Contact> = people.filter(|c| !has_chat(c)).take(MOST).collect();
    let calls = model.history.iter().filter(|record| recents::matches(cx, record, &lower));
    let calls: Vec<&CallRecord> = calls.take(MOST).collect();
    let found = |lines: &mut Vec<chats::Line<'a>>, line: Line<'a>| {
        lines.push(chats::Line::Found(line));
    };
    // Without other groups above, chats need no heading.
    lines.extend(chats.into_iter().map(chats::Line::Chat));
    if !people.is_empty() {
        found(&mut lines, Line::Heading(talk::FOUND_CONTACTS));
        people.into_iter().for_each(|contact| found(&mut lines, Line::Contact(contact)));
    }
    if !calls.is_empty() {
        found(&mut lines, Line::Heading(talk::FOUND_CALLS));
        calls.into_iter().for_each(|record| found(&mut lines, Line::Call(record)));
    }
    if !model.found.hits.is_empty() {
        found(&mut lines, Line::Heading(text::message::FOUND));
        model.found.hits.iter().for_each(|hit| found(&mut lines, Line::Text(hit)));
        if model.found.more {
            found(&mut lines, Line::More);
        }
    }
    lines
}

fn chat_matches(cx: &ViewContext<'_>, chat: &Conversation, wanted: &str) -> bool {
    let phone = &cx.model.phone;
    let contact = chat.contact.and_then(|at| phone.contacts.get(at));
    contact.is_some_and(|contact| contacts::matches(contact, wanted))
        || chat.threads.iter().filter_map(|&at| phone.threads.get(at)).any(|thread| {
            thread.number.as_str().to_lowercase().contains(wanted)
                || contacts::digits_match(thread.number.as_str(), wanted)
        })
}

/// Shows a line.
pub(super) fn line_ui(ui: &mut Ui, cx: &ViewContext<'_>, line: &Line<'_>, actions: &mut Actions) {
    match line {
        Line::Heading(word) => chats::heading_ui(ui, word),
        Line::Contact(contact) => contacts::contact_ui(ui, cx, contact, "", None, actions),
        Line::Call(record) => recents::record_ui(ui, cx, record, false, actions),
        Line::Text(hit) => text_ui(ui, cx, hit, actions),
        // In sight: the next page is asked for.
        Line::More if cx.model.found.next.is_none() => actions.push(Talk::MoreFound.into()),
        Line::More => {}
    }
}

fn text_ui(ui: &mut Ui, cx: &ViewContext<'_>, hit: &SearchHit, actions: &mut Actions) {
    let message = &hit.message;
    let title = cx.name(&message.number);
    let time = text::format::when(message.time, cx.wall_time);
    let (snippet, marks) = safe_text::snippet(&message.text, &hit.marks, SNIPPET);
    let name = format!("{}: {snippet}", safe_text::line(&title, 80));
    let shown = Row {
        title: &title,
        detail: &snippet,
        detail_color: None,
        time: &time,
        badge: 0,
        chosen: false,
        name: &name,
        reserved: 0.0,
        avatar: cx.model.phone.name_for(&message.number).unwrap_or_default(),
    };
    let p = theme::palette(ui);
    let look = crate::ui::bidi::Look::Found(p.doubt_soft, p.doubt_text);
    let extra = Extra { marks: &marks, look: Some(look), ..Extra::default() };
    let response = row::show_with(ui, &shown, &extra, 0.0).response;
    let time = message.time.unix_millis;
    let spot = Spot { message: message.id, time, marks: hit.marks.clone() };
    let open: Action = Talk::At(message.number.clone(), spot).into();
    on_click(&response, actions, open);
}
