//! What happens by itself with calls: an incoming one is answered, a busy number is dialed again.
//!
//! How often and how soon a number may be dialed again is said by 3GPP TS 22.001 annex E (before
//! Release 4: GSM 02.07 annex A). After the last try it is "blacklisted" there until somebody dials
//! it by hand; here every series begins with that, and nothing else begins one.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::calls::Live;
use crate::engine::input::Moment;
use crate::modem::ModemCommand;
use crate::number::{PhoneNumber, is_emergency_here, match_key};
use crate::phone::{
    Call, CallId, CallState, CommandError, Diagnosis, Dial, Direction, Event, Redial, ReleaseCause,
    RequestId,
};
use std::time::Duration;

/// Causes of 24.008 §10.5.4.11 of annex E's category 2, "unobtainable destination, temporary",
/// beside 18 and 19 (nobody answers): destination out of order, no circuit, temporary failure,
/// congestion of the switch, the circuit asked for is taken, no resources.
const TEMPORARY: [u8; 6] = [27, 34, 41, 42, 44, 47];
/// Of category 3, "permanent or long term": network out of order. The others there, 1, 3, 22 and
/// 28, say that the number is wrong, and it will be so at the next try.
const LONG_TERM: [u8; 1] = [38];
/// Tries after the first one at most, by category.
const MOST_TEMPORARY: u8 = 10;
const MOST_LONG_TERM: u8 = 1;

/// A call that a command has placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Attempt {
    dial: Dial,
    /// From 1.
    number: u8,
    /// How many there will be at most, if it is dialed again.
    of: u8,
}

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Redialing {
    /// The driver has been told to dial, in this order, and the calls are not there yet.
    dialing: Vec<(RequestId, Attempt)>,
    /// The next try, and when.
    waiting: Option<(Instant, Attempt)>,
    /// The same, while somebody else calls.
    put_off: Option<Attempt>,
    /// The incoming call that was answered by itself.
    answered: Option<CallId>,
}

impl Redialing {
    /// The call that the first command has placed which has none yet.
    pub(super) fn placed(&mut self, call: &Call) -> Option<Attempt> {
        let ours = |attempt: &Attempt| {
            let (_, number) = attempt.dial.number.split_caller_id_prefix();
            call.remote.number().is_some_and(|to| *to == number.to_number())
        };
        let at = self.dialing.iter().position(|(_, attempt)| ours(attempt))?;
        Some(self.dialing.remove(at).1)
    }

    fn due(&self) -> Option<Instant> {
        self.waiting.as_ref().map(|(at, _)| *at)
    }
}

impl Engine {
    /// When a call is to be answered or a number to be dialed again.
    pub(super) fn automatic_due(&self) -> Option<Instant> {
        [self.redial.due(), self.answer_due()].into_iter().flatten().min()
    }

    fn answer_due(&self) -> Option<Instant> {
        let seconds = u64::from(self.settings.auto_answer_seconds);
        let call = self.answerable().filter(|_| seconds > 0)?;
        let begun = self.redial.answered == Some(call.id);
        (!begun).then(|| call.started_at + Duration::from_secs(seconds))
    }

    /// Does what is due.
    pub(super) fn do_automatic(&mut self, moment: Moment) {
        if self.answer_due().is_some_and(|due| due <= moment.now) {
            self.redial.answered = self.answerable().map(|call| call.id);
            let request = self.internal_request();
            self.seat.modem.handle_command(request, ModemCommand::Answer, moment.now);
        }
        if self.redial.due().is_some_and(|due| due <= moment.now)
            && let Some((_, attempt)) = self.redial.waiting.take()
        {
            self.out.events.push(Event::Redial(None));
            if self.linkage.why_no_link().is_none() {
                let request = self.internal_request();
                self.dial(request, attempt, moment);
            }
        }
    }

    /// The user places a call.
    pub(super) fn user_dials(&mut self, request: RequestId, dial: Dial, moment: Moment) {
        self.cancel_redial();
        if let Some(diagnosis) = self.linkage.why_no_link() {
            return self.failed(request, CommandError::NoLink, diagnosis);
        }
        self.tasks.pending.insert(request);
        self.dial(request, Attempt { dial, number: 1, of: 1 }, moment);
    }

    fn dial(&mut self, request: RequestId, attempt: Attempt, moment: Moment) {
        let command = ModemCommand::Dial(attempt.dial.clone());
        self.redial.dialing.push((request, attempt));
        self.seat.modem.handle_command(request, command, moment.now);
    }

    /// The driver is through with a request: if that was to dial, and no call came of it, there is
    /// nothing to do again.
    pub(super) fn dial_over(&mut self, request: RequestId, failure: Option<&Diagnosis>) {
        let dialing = &mut self.redial.dialing;
        let ours = dialing.iter().position(|(dialing, _)| *dialing == request);
        if let (Some((_, attempt)), Some(why)) = (ours.map(|at| dialing.remove(at)), failure)
            && attempt.number > 1
        {
            let text = format!("{} was not dialed again", attempt.dial.number.as_str());
            self.notice(&text, &why.cause, true);
        }
    }

    /// The user does not want it any more, or calls somebody.
    pub(super) fn cancel_redial(&mut self) {
        self.redial.put_off = None;
        if self.redial.waiting.take().is_some() {
            self.out.events.push(Event::Redial(None));
        }
    }

    /// A call lives: nothing is dialed beside it. What waits is put off by one that comes in.
    pub(super) fn another_call(&mut self, call: CallId) {
        let comes_in = |live: &Live| live.call.direction == Direction::MobileTerminated;
        if !self.calls.live.get(&call).is_some_and(comes_in) {
            return self.cancel_redial();
        }
        if let Some((_, attempt)) = self.redial.waiting.take() {
            self.redial.put_off = Some(attempt);
            self.out.events.push(Event::Redial(None));
        }
    }

    /// A call is over: whether its number is dialed again, or one that was put off by it.
    pub(super) fn call_over(&mut self, live: &Live) {
        if self.redial.answered == Some(live.call.id) {
            self.redial.answered = None;
        }
        if self.redial.put_off.as_ref().is_some_and(|attempt| spoken_to(live, attempt)) {
            self.redial.put_off = None;
        }
        if !self.calls.live.is_empty() || !self.redial.dialing.is_empty() {
            return;
        }
        if let Some(attempt) = self.redial.put_off.take() {
            return self.redial_later(attempt);
        }
        let most = self.settings.redial_attempts.min(allowed(live));
        let Some(attempt) = &live.attempt else { return };
        if attempt.number > most || self.is_emergency(&attempt.dial) {
            return;
        }
        let next = Attempt { number: attempt.number + 1, of: most + 1, dial: attempt.dial.clone() };
        self.redial_later(next);
    }

    fn redial_later(&mut self, next: Attempt) {
        let chosen = Duration::from_secs(u64::from(self.settings.redial_pause_seconds));
        let at = self.tasks.last.now + chosen.max(shortest_pause(next.number - 1));
        let number = next.dial.number.clone();
        let redial = Redial { number, attempt: next.number, of: next.of, at };
        self.redial.waiting = Some((at, next));
        self.out.events.push(Event::Redial(Some(redial)));
    }

    fn is_emergency(&self, dial: &Dial) -> bool {
        let number = dial.number.as_str();
        is_emergency_here(number, self.region(), &self.network.emergency_numbers)
    }
}

/// Whom the attempt is for has called back, and was answered.
fn spoken_to(live: &Live, attempt: &Attempt) -> bool {
    let same = |caller: &PhoneNumber| {
        match_key(caller.as_str()) == match_key(attempt.dial.number.as_str())
    };
    live.call.answered_at.is_some() && live.call.remote.number().is_some_and(same)
}

/// How often the number of a call that is over may be dialed again by itself: never if somebody
/// does not want to talk, the number does not exist, or nobody knows why the call ended.
fn allowed(live: &Live) -> u8 {
    let call = &live.call;
    let placed = call.direction == Direction::MobileOriginated && call.answered_at.is_none();
    match &call.state {
        CallState::Released(cause) if placed => of_cause(cause),
        _ => 0,
    }
}

fn of_cause(cause: &ReleaseCause) -> u8 {
    match cause {
        // Category 1, cause 17; and 18 and 19 of category 2.
        ReleaseCause::Busy | ReleaseCause::NoAnswer => MOST_TEMPORARY,
        ReleaseCause::Refused(Some(cause)) if TEMPORARY.contains(cause) => MOST_TEMPORARY,
        ReleaseCause::Refused(Some(cause)) if LONG_TERM.contains(cause) => MOST_LONG_TERM,
        _ => 0,
    }
}

/// The pause before a try at least; 1 is the one after the first call (3GPP TS 22.001 annex E).
pub fn shortest_pause(again: u8) -> Duration {
    Duration::from_secs(match again {
        0 | 1 => 5,
        2..=4 => 60,
        _ => 180,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3GPP TS 22.001 annex E.
    #[test]
    fn causes_and_pauses_are_those_of_the_annex() {
        for cause in [27, 34, 41, 42, 44, 47] {
            assert_eq!(of_cause(&ReleaseCause::Refused(Some(cause))), 10, "{cause}");
        }
        assert_eq!((of_cause(&ReleaseCause::Busy), of_cause(&ReleaseCause::NoAnswer)), (10, 10));
        assert_eq!(of_cause(&ReleaseCause::Refused(Some(38))), 1);
        // Category 3 allows one more try for these, and none is forced to make it.
        for cause in [1, 3, 22, 28] {
            assert_eq!(of_cause(&ReleaseCause::Refused(Some(cause))), 0, "{cause}");
        }
        // In no category: operator barring, call rejected, normal clearing, no cause at all.
        for cause in [Some(8), Some(21), Some(16), None] {
            assert_eq!(of_cause(&ReleaseCause::Refused(cause)), 0, "{cause:?}");
        }
        assert_eq!(of_cause(&ReleaseCause::RejectedByRemote), 0);
        let pauses: Vec<u64> = (1..=10).map(|again| shortest_pause(again).as_secs()).collect();
        assert_eq!(pauses, [5, 60, 60, 60, 180, 180, 180, 180, 180, 180]);
    }
}
