//! What waits for the AT channel, the more urgent first.

use super::exchange::Request;
use super::procedure::Procedure;
use std::collections::VecDeque;

/// How urgent a procedure is; the first is served first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Priority {
    /// A call for help, as soon as the modem has answered anything.
    Emergency,
    /// Nothing makes sense before the modem has been found.
    Connect,
    /// The user wants a call to end.
    HangUp,
    /// The user wants something else of a call.
    CallControl,
    /// What the calls do now.
    PollCalls,
    /// Anything else the user waits for.
    User,
    /// Texts in both directions, and the rest of the set-up. They take turns.
    Background,
    /// Signal and the like.
    Check,
}

/// Something that waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub priority: Priority,
    pub procedure: Procedure,
    /// Its next command line, if it was interrupted just before sending it.
    pub request: Option<Request>,
}

/// More than this waits only if somebody floods us.
const MAX_WAITING: usize = 4096;
/// So much of that is kept for what the driver does of itself, and as much for calls.
const KEPT: usize = 256;

/// After so many looks at the calls in a row something else has its turn, however much the modem
/// tells of calls.
const POLLS_IN_A_ROW: u8 = 5;

/// First come, first served within each priority.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    polls: u8,
}

impl Queue {
    /// Adds behind all of the same priority. Gives the procedure back if there is no room.
    pub fn push(&mut self, priority: Priority, procedure: Procedure) -> Result<(), Box<Procedure>> {
        if self.waiting.len() >= MAX_WAITING {
            return Err(Box::new(procedure));
        }
        let at = self.waiting.partition_point(|waiting| waiting.priority <= priority);
        self.waiting.insert(at, Waiting { priority, procedure, request: None });
        Ok(())
    }

    /// There is no room for another wish of the user; for what goes first there is longer.
    pub fn full(&self, goes_first: bool) -> bool {
        let kept = if goes_first { KEPT } else { 2 * KEPT };
        self.waiting.len() >= MAX_WAITING - kept
    }

    /// Adds before all of the same priority: it was interrupted.
    pub fn push_front(&mut self, waiting: Waiting) {
        let at = self.waiting.partition_point(|other| other.priority < waiting.priority);
        self.waiting.insert(at, waiting);
    }

    /// The modem answers: calls that are to be ended and calls for help, which waited for that, go
    /// before the rest of the search for it.
    pub fn help_first(&mut self) {
        for waiting in &mut self.waiting {
            if waiting.priority == Priority::HangUp {
                waiting.priority = Priority::Emergency;
            }
        }
        self.waiting.make_contiguous().sort_by_key(|waiting| waiting.priority);
    }

    /// The most urgent; a modem that tells of calls without end does not keep the rest waiting.
    pub fn pop(&mut self) -> Option<Waiting> {
        let is_poll = |waiting: &Waiting| waiting.priority == Priority::PollCalls;
        let mut at = 0;
        if self.polls >= POLLS_IN_A_ROW && self.waiting.front().is_some_and(is_poll) {
            at = self.waiting.iter().position(|waiting| !is_poll(waiting)).unwrap_or(0);
        }
        let waiting = self.waiting.remove(at)?;
        self.polls = if is_poll(&waiting) { self.polls.saturating_add(1) } else { 0 };
        Some(waiting)
    }

    /// The user wants something of a call, and it waits for something less urgent.
    pub fn call_goes_before(&self, priority: Priority) -> bool {
        let first = self.waiting.front().map(|waiting| waiting.priority);
        first.is_some_and(|first| first < priority && first <= Priority::CallControl)
    }

    /// Nobody waits for what waits.
    pub fn only_routine(&self) -> bool {
        self.waiting.front().is_none_or(|first| first.priority >= Priority::Background)
    }

    /// Something like this waits already.
    pub fn any(&self, wanted: impl Fn(&Procedure) -> bool) -> bool {
        self.waiting.iter().any(|waiting| wanted(&waiting.procedure))
    }

    /// Takes everything like this out.
    pub fn remove(&mut self, unwanted: impl Fn(&Procedure) -> bool) -> Vec<Procedure> {
        let (gone, kept) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition::<VecDeque<_>, _>(|waiting| unwanted(&waiting.procedure));
        self.waiting = kept;
        gone.into_iter().map(|waiting| waiting.procedure).collect()
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::procedure::{Acknowledge, CheckMessages, PollCalls};
    use super::*;

    #[test]
    fn the_more_urgent_goes_first_and_equals_take_turns() {
        let mut queue = Queue::default();
        queue.push(Priority::Background, Procedure::CheckMessages(CheckMessages)).unwrap();
        queue.push(Priority::User, Procedure::Acknowledge(Acknowledge)).unwrap();
        queue.push(Priority::Background, Procedure::PollCalls(PollCalls::list())).unwrap();
        let first = queue.pop().unwrap();
        assert_eq!(first.priority, Priority::User);
        let interrupted = queue.pop().unwrap();
        assert!(matches!(interrupted.procedure, Procedure::CheckMessages(_)));
        queue.push_front(interrupted);
        assert!(matches!(queue.pop().unwrap().procedure, Procedure::CheckMessages(_)));
        assert!(matches!(queue.pop().unwrap().procedure, Procedure::PollCalls(_)));
        assert!(queue.pop().is_none());
    }

    #[test]
    fn looks_at_the_calls_do_not_keep_the_rest_waiting_for_ever() {
        let mut queue = Queue::default();
        let poll = || Procedure::PollCalls(PollCalls::list());
        queue.push(Priority::User, Procedure::Acknowledge(Acknowledge)).unwrap();
        queue.push(Priority::PollCalls, poll()).unwrap();
        let mut before = 0;
        while queue.pop().unwrap().priority == Priority::PollCalls {
            before += 1;
            queue.push(Priority::PollCalls, poll()).unwrap();
        }
        assert_eq!(before, POLLS_IN_A_ROW);
        assert_eq!(queue.pop().unwrap().priority, Priority::PollCalls);
    }

    #[test]
    fn calls_for_help_go_before_the_rest_of_the_search_for_the_modem() {
        let mut queue = Queue::default();
        queue.push(Priority::User, Procedure::Acknowledge(Acknowledge)).unwrap();
        queue.push(Priority::HangUp, Procedure::PollCalls(PollCalls::list())).unwrap();
        assert!(!queue.call_goes_before(Priority::Connect));
        queue.help_first();
        assert!(queue.call_goes_before(Priority::Connect));
        assert_eq!(queue.pop().unwrap().priority, Priority::Emergency);
        queue.help_first();
        assert!(!queue.call_goes_before(Priority::Connect));
    }

    #[test]
    fn a_flood_is_refused() {
        let mut queue = Queue::default();
        for _ in 0..MAX_WAITING {
            queue.push(Priority::User, Procedure::Acknowledge(Acknowledge)).unwrap();
        }
        assert!(queue.push(Priority::HangUp, Procedure::Acknowledge(Acknowledge)).is_err());
    }

    #[test]
    fn there_is_room_for_calls_when_there_is_none_for_the_rest() {
        let mut queue = Queue::default();
        while !queue.full(false) {
            queue.push(Priority::User, Procedure::Acknowledge(Acknowledge)).unwrap();
        }
        for _ in 0..KEPT {
            assert!(!queue.full(true));
            queue.push(Priority::HangUp, Procedure::Acknowledge(Acknowledge)).unwrap();
        }
        assert!(queue.full(true));
        queue.push(Priority::PollCalls, Procedure::PollCalls(PollCalls::list())).unwrap();
    }
}
