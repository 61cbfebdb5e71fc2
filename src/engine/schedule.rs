//! What is due by the clock on the wall: scheduled texts, further attempts, incomplete texts to be
//! shown, deleted ones to be forgotten; and a look now and then at what other programs did to the
//! same file.

use crate::clock::{Instant, WallTime};
use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::phone::Event;
use std::time::Duration;

/// The wall clock may be set at any time: while something is due by it, it is read this often.
const READ_CLOCK_EVERY: Duration = Duration::from_secs(30);
/// How often the file is looked at for what other programs did. To ask whether it was changed costs
/// microseconds.
const OTHERS_EVERY: Duration = Duration::from_secs(2);

/// What is due when.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// The store may have something due earlier than is known here.
    stale: bool,
    texts: Option<WallTime>,
    incomplete: Option<WallTime>,
    purge: Option<WallTime>,
    /// The user knows that what was due then still waits.
    overdue_told: Option<WallTime>,
    look_at: Option<Instant>,
    /// When the file is looked at next; `None` before the start, and if nobody else can have it.
    others_at: Option<Instant>,
    /// [`Store::foreign_changes`](crate::store::Store::foreign_changes) as last told.
    version: u64,
}

impl Agenda {
    /// Something was stored that may be due some time.
    pub(super) fn stale(&mut self) {
        self.stale = true;
    }

    /// What was deleted is forgotten then.
    pub(super) fn purge_at(&mut self, at: WallTime) {
        self.purge = Some(self.purge.map_or(at, |known| known.min(at)));
        self.stale = true;
    }

    /// When the engine is to look; `last` is the time of its last step.
    pub(super) fn due(&self, last: Instant) -> Option<Instant> {
        let at_once = self.stale.then_some(last);
        [at_once, self.look_at, self.others_at].into_iter().flatten().min()
    }

    /// The pause until something is due by the wall clock.
    fn pause(&self, wall: WallTime) -> Option<Duration> {
        let next = [self.texts, self.incomplete, self.purge].into_iter().flatten().min()?;
        let millis = next.unix_millis.saturating_sub(wall.unix_millis);
        let millis = u64::try_from(millis).ok().filter(|&millis| millis > 0);
        // What is overdue could not be done: again a little later.
        let pause = millis.map_or(READ_CLOCK_EVERY, Duration::from_millis);
        Some(pause.min(READ_CLOCK_EVERY))
    }
}

impl Engine {
    /// Does what is due by the wall clock.
    pub(super) fn look_at_agenda(&mut self, moment: Moment) {
        let due = self.agenda.look_at.is_some_and(|at| at <= moment.now);
        if self.agenda.stale || due {
            self.agenda.stale = false;
            self.do_what_time_says(moment);
            let pause = self.agenda.pause(moment.wall);
            self.agenda.look_at = pause.map(|pause| moment.now + pause);
        }
        self.look_at_others(moment);
    }

    fn do_what_time_says(&mut self, moment: Moment) {
        let passed =
            |at: Option<WallTime>| at.is_some_and(|at| at.unix_millis <= moment.wall.unix_millis);
        let what_failed = "What is due can't be read";
        let pulled_in = self.store.clock_set_back(&self.options.owner, moment.wall);
        self.check(pulled_in, what_failed);
        let incomplete = self.store.next_incomplete();
        self.agenda.incomplete = self.check(incomplete, what_failed).flatten();
        if passed(self.agenda.incomplete) {
            self.show_incomplete(moment);
        }
        if passed(self.agenda.purge) {
            let next = self.store.purge(moment.wall);
            if let Some(next) = self.check(next, "What was deleted could not be removed") {
                self.agenda.purge = next;
                self.delete_from_modem(moment);
                if next.is_none() {
                    self.deleted.forget();
                    let empty = self.store.remove_empty();
                    let empty = self.check(empty, "Empty conversations could not be removed");
                    let gone = empty.unwrap_or_default().into_iter().map(Event::ThreadDeleted);
                    self.out.events.extend(gone);
                }
            }
        }
        let next = self.store.next_due(&self.options.owner);
        self.agenda.texts = self.check(next, what_failed).flatten();
        if passed(self.agenda.texts) {
            let told = std::mem::replace(&mut self.agenda.overdue_told, self.agenda.texts);
            match told == self.agenda.texts {
                true => self.tasks.deferred.push(Deferred::SendTexts),
                false => self.outbox_filled(),
            }
        }
    }

    fn show_incomplete(&mut self, moment: Moment) {
        let shown = self.store.show_incomplete(moment.wall);
        let shown = self.check(shown, "Incomplete texts can't be read").unwrap_or_default();
        for (message, thread) in shown {
            self.out.events.push(Event::Message(message));
            self.out.events.push(Event::Thread(thread));
        }
        let next = self.store.next_incomplete();
        self.agenda.incomplete = self.check(next, "Incomplete texts can't be read").flatten();
    }

    /// From now on the file is looked at.
    pub(super) fn begin_to_look_at_others(&mut self, moment: Moment) {
        self.agenda.version = self.store.foreign_changes().unwrap_or(0);
        let shared = self.store.path().is_some();
        self.agenda.others_at = shared.then(|| moment.now + OTHERS_EVERY);
        self.agenda.stale = true;
    }

    /// Another program, the command line for instance, may have written to the same file, or ended
    /// and left texts to be sent.
    fn look_at_others(&mut self, moment: Moment) {
        if self.agenda.others_at.is_none_or(|at| at > moment.now) {
            return;
        }
        self.agenda.others_at = Some(moment.now + OTHERS_EVERY);
        let version = self.store.foreign_changes();
        let version = self.check(version, "The database can't be read");
        let changed = version.is_some_and(|version| version != self.agenda.version);
        self.agenda.version = version.unwrap_or(self.agenda.version);
        // Also without a change: a program that ends leaves its texts as they are.
        self.adopt_orphans(moment);
        if changed {
            self.publish_lists();
            self.agenda.stale = true;
        }
    }

    /// Texts of programs that have ended are ours to send.
    fn adopt_orphans(&mut self, moment: Moment) {
        if self.discard_half_stored(true) {
            // The rest of it at once, but not before whatever else there is to do.
            self.agenda.others_at = Some(moment.now);
            return;
        }
        let recovered = self.store.recover(&self.options.owner);
        let what_failed = "The texts of another program could not be looked at";
        for message in self.check(recovered, what_failed).unwrap_or_default() {
            self.publish_message(message);
        }
        let next = self.store.next_due(&self.options.owner);
        if self.check(next, what_failed).flatten() != self.agenda.texts {
            self.agenda.stale = true;
        }
        self.tasks.deferred.push(Deferred::SendTexts);
    }
}
