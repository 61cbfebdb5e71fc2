//! Shortcuts, and digits typed outside a field, which go to the dialpad.

use super::action::{Action, Actions, Field, List, Page};
use super::layout::Width;
use super::model::ViewContext;
use super::page::{Pages, Part, View};
use super::widget::{call_card, call_deeds};
use crate::phone::{CallCommand, CallState, Command};
use egui::{Context, Event, Key, Modifiers};
use std::time::Duration;

/// A second Esc within this time rejects the call.
const REJECT_WITHIN: Duration = Duration::from_secs(3);
/// Steps of the text size, in percent.
const TEXT_SIZES: [u16; 8] = [75, 90, 100, 110, 125, 150, 175, 200];

/// Acts on the keys of this frame, before the views see them.
pub fn handle(
    ctx: &Context,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    shortcuts(ctx, cx, actions);
    if ctx.input_mut(|input| input.key_pressed(Key::Escape)) {
        escape(ctx, cx, view, pages, actions);
    }
    if !ctx.text_edit_focused() && !dialog_open(cx, pages) && !modal_open(ctx) {
        match own_fields(cx, view) {
            Some(Page::Codes) => code_typed(ctx, pages),
            Some(_) => tones_typed(ctx, cx, pages, actions),
            None => outside_fields(ctx, cx, pages, actions),
        }
    }
}

/// The page in sight if it has fields of its own: what is typed beside them was meant for one of
/// them, may be a PIN, and is not dialed.
fn own_fields<'a>(cx: &ViewContext<'_>, view: &'a View) -> Option<&'a Page> {
    let in_sight = match cx.layout.width {
        Width::Narrow => view.part == Part::Page,
        Width::Medium => !view.drawer,
        Width::Wide => true,
    };
    let own = matches!(
        view.page,
        Page::Codes | Page::Services | Page::SimPhonebook | Page::Settings | Page::Contact(_)
    );
    (in_sight && own).then_some(&view.page)
}

/// What is typed goes to the field for codes.
fn code_typed(ctx: &Context, pages: &mut Pages) {
    let mut typed = String::new();
    // Taken out: the field has the keyboard before it is drawn, and would take it in once more.
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Text(text) if text.chars().all(is_dial_character) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
    });
    if !typed.is_empty() {
        pages.codes.type_in(ctx, &typed);
    }
}

/// In a call, digits are tones on every page.
fn tones_typed(ctx: &Context, cx: &ViewContext<'_>, pages: &Pages, actions: &mut Actions) {
    if !pages.dialer.sends_tones(cx) {
        return;
    }
    for event in ctx.input(|input| input.events.clone()) {
        if let Event::Text(text) = event {
            push_tones(&text, actions);
        }
    }
}

fn push_tones(text: &str, actions: &mut Actions) {
    let tones: String = text.chars().filter(|c| *c != '+').collect();
    if !tones.is_empty() && tones.chars().all(is_dial_character) {
        actions.push(Action::Tones(tones));
    }
}

/// A dialog has the keyboard, or will have it in this frame.
fn dialog_open(cx: &ViewContext<'_>, pages: &Pages) -> bool {
    let asks = pages.code.is_open() || pages.call_dialog.is_open() || pages.files.is_open();
    asks || pages.pin.is_open() || pages.pin.will_open(cx)
}

/// Any other dialog is over the window.
fn modal_open(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.top_modal_layer()).is_some()
}

fn shortcuts(ctx: &Context, cx: &ViewContext<'_>, actions: &mut Actions) {
    let pressed =
        |modifiers: Modifiers, key: Key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    let control = Modifiers::COMMAND;
    let places = [
        (Key::Num1, Action::ShowList(List::Chats)),
        (Key::Num2, Action::ShowList(List::Contacts)),
        (Key::Num3, Action::ShowList(List::Recents)),
        (Key::Num4, Action::Show(Page::Console)),
        (Key::Num5, Action::Show(Page::Settings)),
        (Key::L, Action::Focus(Field::Number)),
        (Key::N, Action::NewText(String::new())),
        (Key::F, Action::Focus(Field::Search)),
        (Key::P, Action::Picker(true)),
    ];
    for (key, action) in places {
        if pressed(control, key) {
            actions.push(action);
        }
    }
    if pressed(Modifiers::NONE, Key::F1) {
        actions.push(Action::Shortcuts(true));
    }
    for (key, larger) in [(Key::Plus, true), (Key::Equals, true), (Key::Minus, false)] {
        if pressed(control, key) {
            resize_text(cx, larger, actions);
        }
    }
    calls(cx, &pressed, actions);
}

/// Answering, the microphone and hanging up: what the main button of the card does.
fn calls(cx: &ViewContext<'_>, pressed: &dyn Fn(Modifiers, Key) -> bool, actions: &mut Actions) {
    let phone = &cx.model.phone;
    let control = Modifiers::COMMAND;
    let around = call_card::around(cx);
    let mut carry_out = |deed: Option<call_deeds::Deed>| {
        deed.into_iter().flat_map(|deed| deed.actions).for_each(|action| actions.push(action));
    };
    if phone.ringing_call().is_some() && pressed(control, Key::Enter) {
        carry_out(call_deeds::answers(&around).into_iter().next());
    }
    if pressed(control | Modifiers::SHIFT, Key::H) {
        let cards = call_deeds::cards(&phone.calls);
        let talked = cards.iter().find(|card| card.first().state != CallState::Held);
        let card = talked.or(if let [only] = cards.as_slice() { Some(only) } else { None });
        carry_out(card.map(|card| call_deeds::hang_up(card, &around, "")));
    }
    if cx.model.active_call().is_some() && phone.identity.abilities.mute && pressed(control, Key::M)
    {
        actions.command(Command::Call(CallCommand::Mute(!phone.muted)));
    }
}

fn resize_text(cx: &ViewContext<'_>, larger: bool, actions: &mut Actions) {
    let mut settings = cx.model.phone.settings.clone();
    let now = settings.text_size_percent;
    let next = if larger {
        TEXT_SIZES.iter().find(|size| **size > now)
    } else {
        TEXT_SIZES.iter().rev().find(|size| **size < now)
    };
    if let Some(next) = next {
        settings.text_size_percent = *next;
        actions.push(Action::Save(settings));
    }
}

/// Closes the topmost thing; a ringing call is rejected by a second press.
fn escape(
    ctx: &Context,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    if egui::Popup::is_any_open(ctx) || ctx.text_edit_focused() {
        // The menu closes, or the field gives the keyboard back, by itself.
        return;
    }
    if view.shortcuts {
        view.shortcuts = false;
    } else if view.picker {
        view.picker = false;
    } else if dialog_open(cx, pages) || modal_open(ctx) {
        // A dialog closes itself.
    } else if cx.model.phone.ringing_call().is_some() {
        let pressed_before = view.reject_pressed.is_some_and(|at| cx.now.since(at) < REJECT_WITHIN);
        if pressed_before {
            view.reject_pressed = None;
            actions.command(Command::Call(CallCommand::Reject));
        } else {
            view.reject_pressed = Some(cx.now);
        }
    } else if view.drawer {
        view.drawer = false;
    } else {
        actions.push(Action::Back);
    }
}

fn outside_fields(ctx: &Context, cx: &ViewContext<'_>, pages: &mut Pages, actions: &mut Actions) {
    let events = ctx.input(|input| input.events.clone());
    let nothing_focused = ctx.memory(|memory| memory.focused().is_none());
    let region = &cx.model.phone.region;
    for event in events {
        match event {
            Event::Text(text) if !text.is_empty() && text.chars().all(is_dial_character) => {
                if pages.dialer.sends_tones(cx) {
                    push_tones(&text, actions);
                } else {
                    pages.dialer.push(&text, region);
                    actions.push(Action::Focus(Field::Number));
                }
            }
            // Behind a number that was begun: a pause or a wait.
            Event::Text(text) if is_pause(&text) && pages.dialer.takes_pauses(cx) => {
                pages.dialer.push(&text, region);
                actions.push(Action::Focus(Field::Number));
            }
            Event::Paste(text) if text.chars().any(|c| c.is_ascii_digit()) => {
                actions.push(Action::FillDialpad(text));
            }
            Event::Key { key: Key::Backspace, pressed: true, .. } if nothing_focused => {
                pages.dialer.backspace(region);
            }
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. }
                if nothing_focused && modifiers.is_none() && !pages.dialer.is_empty() =>
            {
                actions.push(Action::DialTyped(pages.dialer.typed()));
            }
            _ => {}
        }
    }
}

fn is_pause(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, ',' | ';' | 'p' | 'w'))
}

fn is_dial_character(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | '*' | '#')
}
