//! Every moment the driver waits for, in one table, so that none is forgotten.

use crate::clock::Instant;
use std::time::Duration;

/// What there is to wait for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub(super) enum Timer {
    /// The answer to the command line that is outstanding, or the end of a pause.
    Exchange,
    /// A line without its end is taken as it stands.
    PartialLine,
    /// Ask for the list of calls while there are any.
    PollCalls,
    /// Ask for the list of calls although we know of none.
    CheckCalls,
    /// A caller who has stopped ringing has given up.
    Ring,
    /// A call that is gone is released although the modem has not told why.
    Release,
    /// Signal, registration, operator.
    CheckStatus,
    /// Look for texts that were not announced.
    CheckMessages,
    /// The SIM was not ready: ask again.
    CheckSim,
    /// The network answers no service code for ever.
    Ussd,
    /// The network may still refuse a code that the modem took: nothing routine is asked, whose
    /// answer that would seem to be.
    LateRefusal,
    /// A text of text mode that was routed here ends, though its length says nothing.
    DirectText,
    /// A pause in what was dialed behind a number is over.
    PostDial,
    /// The modem has not said in time whether LTE carries a call.
    AskedDial,
}

/// How many timers there are.
pub(super) const TIMERS: usize = 14;

const ALL: [Timer; TIMERS] = [
    Timer::Exchange,
    Timer::PartialLine,
    Timer::PollCalls,
    Timer::CheckCalls,
    Timer::Ring,
    Timer::Release,
    Timer::CheckStatus,
    Timer::CheckMessages,
    Timer::CheckSim,
    Timer::Ussd,
    Timer::LateRefusal,
    Timer::DirectText,
    Timer::PostDial,
    Timer::AskedDial,
];

/// When each [`Timer`] is due.
#[derive(Debug, Default)]
pub(super) struct Timers {
    due: [Option<Instant>; TIMERS],
}

impl Timers {
    /// Sets the timer, whatever it was before.
    pub fn set(&mut self, timer: Timer, after: Duration, now: Instant) {
        self.due[timer as usize] = Some(now + after);
    }

    /// Sets the timer unless it is due earlier already.
    pub fn set_at_latest(&mut self, timer: Timer, after: Duration, now: Instant) {
        let at = now + after;
        let due = &mut self.due[timer as usize];
        *due = Some(due.map_or(at, |due| due.min(at)));
    }

    /// The timer is set.
    pub fn is_set(&self, timer: Timer) -> bool {
        self.due[timer as usize].is_some()
    }

    /// Forgets the timer.
    pub fn stop(&mut self, timer: Timer) {
        self.due[timer as usize] = None;
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Timers::default();
    }

    /// The earliest moment of all.
    pub fn earliest(&self) -> Option<Instant> {
        self.due.iter().flatten().min().copied()
    }

    /// Takes one timer that is due.
    pub fn take_due(&mut self, now: Instant) -> Option<Timer> {
        let timer = ALL
            .into_iter()
            .find(|&timer| self.due[timer as usize].is_some_and(|due| due <= now))?;
        self.due[timer as usize] = None;
        Some(timer)
    }

    /// Puts off whatever is still due, by a moment.
    pub fn postpone_due(&mut self, now: Instant) {
        for due in self.due.iter_mut().flatten().filter(|due| **due <= now) {
            *due = now + Duration::from_millis(10);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_come_due_one_by_one_and_once() {
        let mut timers = Timers::default();
        let at = Instant::from_millis;
        timers.set(Timer::Ring, Duration::from_millis(20), at(0));
        timers.set(Timer::Exchange, Duration::from_millis(10), at(0));
        timers.set_at_latest(Timer::Ring, Duration::from_millis(50), at(0));
        assert_eq!(timers.earliest(), Some(at(10)));
        assert_eq!(timers.take_due(at(9)), None);
        assert_eq!(timers.take_due(at(30)), Some(Timer::Exchange));
        assert_eq!(timers.take_due(at(30)), Some(Timer::Ring));
        assert_eq!(timers.take_due(at(30)), None);
        assert_eq!(timers.earliest(), None);
    }

    #[test]
    fn what_is_still_due_is_put_off_and_not_forgotten() {
        let mut timers = Timers::default();
        let now = Instant::from_secs(1);
        timers.set(Timer::Ussd, Duration::ZERO, now);
        timers.postpone_due(now);
        assert!(timers.earliest().is_some_and(|due| due > now));
    }
}
