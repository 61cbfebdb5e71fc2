//! Blocking: by the list in the settings, which the engine keeps the same as the flags of the
//! conversations. Whoever is put on the list has a blocked conversation, and the other way round.

use super::App;
use super::model::{Pending, ViewContext};
use super::text::{self, calling as words};
use crate::engine::blocking;
use crate::number::{self, PhoneNumber};
use crate::phone::{
    BLOCK_LIST_LIMIT, Command, MessageCommand, PhoneState, Settings, Thread, ThreadFlags,
};

/// Longest name in a toast, in characters.
const NAME_CHARS: usize = 60;

impl App {
    /// Blocks these numbers of one person, or takes that back, with a chance to undo it.
    pub(super) fn block(&mut self, numbers: &[PhoneNumber], on: bool) {
        let Some(first) = numbers.first() else { return };
        let phone = &self.model.phone;
        let settings =
            Settings { block_list: listed(phone, numbers, on), ..phone.settings.clone() };
        if settings.block_list.len() > BLOCK_LIST_LIMIT {
            let line = words::list_full(BLOCK_LIST_LIMIT);
            self.model.toast(&line, "", true, self.clock.now());
            return;
        }
        // Conversations that follow no entry: without a number, or blocked by an earlier version.
        let alone = |thread: &&Thread| {
            let same = |number: &PhoneNumber| same(phone, number, &thread.number);
            let list = &phone.settings.block_list;
            let no_entry = match on {
                true => thread.number.as_str().is_empty(),
                false => blocking(list, &thread.number, &phone.region).is_none(),
            };
            thread.flags.blocked != on && no_entry && numbers.iter().any(same)
        };
        let alone: Vec<Thread> = phone.threads.iter().filter(alone).cloned().collect();
        let listed = settings != phone.settings;
        let before = listed.then(|| Command::SaveSettings(phone.settings.clone()));
        let undo = alone.iter().map(|thread| flag(thread, !on));
        let undo: Vec<Command> = before.into_iter().chain(undo).collect();
        let name = super::safe_text::line(&self.model.name(first), NAME_CHARS);
        if listed {
            self.send(Command::SaveSettings(settings), Pending::Other);
        }
        for thread in &alone {
            self.send(flag(thread, on), Pending::Other);
        }
        let line = if on { text::history::blocked(&name) } else { text::history::unblocked(&name) };
        self.model.toast_with_undo(&line, undo, self.clock.now());
    }
}

fn flag(thread: &Thread, blocked: bool) -> Command {
    let flags = ThreadFlags { blocked, ..thread.flags };
    Command::Message(MessageCommand::SetFlags(thread.id, flags))
}

fn same(phone: &PhoneState, a: &PhoneNumber, b: &PhoneNumber) -> bool {
    number::same_number(a.as_str(), b.as_str(), &phone.region)
}

/// The block list with these numbers, or without them.
fn listed(phone: &PhoneState, numbers: &[PhoneNumber], on: bool) -> Vec<String> {
    let mut list = phone.settings.block_list.clone();
    for number in numbers.iter().filter(|number| !number.as_str().is_empty()) {
        list.retain(|entry| !same(phone, &PhoneNumber::new(entry), number));
        if on {
            list.push(number.as_str().to_owned());
        }
    }
    list
}

/// The entry of the block list that this number falls under.
pub fn entry_of<'a>(cx: &ViewContext<'a>, number: &PhoneNumber) -> Option<&'a str> {
    let phone = &cx.model.phone;
    blocking(&phone.settings.block_list, number, &phone.region)
}

/// Calls and texts from this number are kept away.
pub fn is_blocked(cx: &ViewContext<'_>, number: &PhoneNumber) -> bool {
    let thread = cx.model.phone.thread_for(number);
    entry_of(cx, number).is_some() || thread.is_some_and(|thread| thread.flags.blocked)
}
