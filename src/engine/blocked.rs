//! The block list and the conversations that are blocked say the same, whoever changes one of them:
//! the window, the command line, or a text that comes from a blocked number.

use crate::engine::Engine;
use crate::engine::block_list::blocking;
use crate::number::same_number;
use crate::phone::{BLOCK_LIST_LIMIT, Event, Thread, ThreadFlags};

impl Engine {
    /// The user has blocked a conversation, or takes that back: so does the list. A pattern in it
    /// that blocks others too stays.
    pub(super) fn list_follows(&mut self, thread: &Thread) {
        let (list, region) = (&self.settings.block_list, self.region());
        let number = thread.number.as_str();
        let listed = blocking(list, &thread.number, region).is_some();
        let mut new = list.clone();
        match thread.flags.blocked {
            true if !listed && !number.is_empty() && new.len() < BLOCK_LIST_LIMIT => {
                new.push(number.to_owned());
            }
            true => {}
            false => new.retain(|entry| !same_number(entry, number, region)),
        }
        if new == *list {
            return;
        }
        self.settings.block_list = new;
        let saved = self.store.save_settings(&self.settings);
        self.check(saved, "The block list could not be kept");
        self.out.events.push(Event::Settings(self.settings.clone()));
    }

    /// The list has changed, and was `old` before: so do the conversations of those who came or
    /// went.
    pub(super) fn conversations_follow(&mut self, old: &[String]) {
        let new = &self.settings.block_list;
        if old == new.as_slice() {
            return;
        }
        let without = |all: &[String], known: &[String]| -> Vec<String> {
            all.iter().filter(|entry| !known.contains(entry)).cloned().collect()
        };
        let (came, went) = (without(new, old), without(old, new));
        let threads = self.store.threads();
        let what_failed = "The conversations can't be read";
        for thread in self.check(threads, what_failed).unwrap_or_default() {
            let by = |list: &[String]| blocking(list, &thread.number, self.region()).is_some();
            let blocked = match thread.flags.blocked {
                true => !by(&went) || by(&self.settings.block_list),
                false => by(&came),
            };
            if blocked != thread.flags.blocked {
                let flags = ThreadFlags { blocked, ..thread.flags };
                let set = self.store.set_flags(thread.id, flags);
                let set = self.check(set, "A conversation could not be blocked").flatten();
                self.publish_thread(set);
            }
        }
    }
}
