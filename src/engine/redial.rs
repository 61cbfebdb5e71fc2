//! What happens by itself with calls: an incoming one is answered, a busy number is dialed again.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::calls::Live;
use crate::engine::input::Moment;
use crate::modem::ModemCommand;
use crate::number::is_emergency_here;
use crate::phone::{
    CallId, CallState, CommandError, Diagnosis, Dial, Direction, Event, Redial, ReleaseCause,
    RequestId,
};
use std::time::Duration;

/// Causes of 24.008 §10.5.4.11 that say that the network or the way to it is full or out of order
/// for a moment: no circuit, network out of order, temporary failure, congestion of the switch,
/// the circuit asked for is taken, no resources.
const CONGESTION: [u8; 6] = [34, 38, 41, 42, 44, 47];

/// A call that a command has placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Attempt {
    dial: Dial,
    /// From 1.
    number: u8,
}

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Redialing {
    /// The driver has been told to dial, and the call is not there yet.
    dialing: Option<(RequestId, Attempt)>,
    /// The next try, and when.
    waiting: Option<(Instant, Attempt)>,
    /// The incoming call that was answered by itself.
    answered: Option<CallId>,
}

impl Redialing {
    /// The call that the last command has placed.
    pub(super) fn placed(&mut self) -> Option<Attempt> {
        self.dialing.take().map(|(_, attempt)| attempt)
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
        self.dial(request, Attempt { dial, number: 1 }, moment);
    }

    fn dial(&mut self, request: RequestId, attempt: Attempt, moment: Moment) {
        let command = ModemCommand::Dial(attempt.dial.clone());
        self.redial.dialing = Some((request, attempt));
        self.seat.modem.handle_command(request, command, moment.now);
    }

    /// The driver is through with a request: if that was to dial, and no call came of it, there is
    /// nothing to do again.
    pub(super) fn dial_over(&mut self, request: RequestId, failure: Option<&Diagnosis>) {
        let ours = self.redial.dialing.take_if(|(dialing, _)| *dialing == request);
        if let (Some((_, attempt)), Some(why)) = (ours, failure)
            && attempt.number > 1
        {
            let text = format!("{} was not dialed again", attempt.dial.number.as_str());
            self.notice(&text, &why.cause, true);
        }
    }

    /// The user does not want it any more, or something else has come.
    pub(super) fn cancel_redial(&mut self) {
        if self.redial.waiting.take().is_some() {
            self.out.events.push(Event::Redial(None));
        }
    }

    /// A call lives: nothing is dialed beside it.
    pub(super) fn another_call(&mut self, _call: CallId) {
        self.cancel_redial();
    }

    /// A call is over: whether its number is dialed again.
    pub(super) fn call_over(&mut self, live: &Live) {
        if self.redial.answered == Some(live.call.id) {
            self.redial.answered = None;
        }
        let most = self.settings.redial_attempts;
        let Some(attempt) = &live.attempt else { return };
        let alone = self.calls.live.is_empty() && self.redial.dialing.is_none();
        if !alone || attempt.number > most || !may_pass(live) || self.is_emergency(&attempt.dial) {
            return;
        }
        let pause = Duration::from_secs(u64::from(self.settings.redial_pause_seconds));
        let at = self.tasks.last.now + pause;
        let next = Attempt { number: attempt.number + 1, ..attempt.clone() };
        let (number, of) = (next.dial.number.clone(), most + 1);
        let redial = Redial { number, attempt: next.number, of, at };
        self.redial.waiting = Some((at, next));
        self.out.events.push(Event::Redial(Some(redial)));
    }

    fn is_emergency(&self, dial: &Dial) -> bool {
        let number = dial.number.as_str();
        is_emergency_here(number, self.region(), &self.network.emergency_numbers)
    }
}

/// Busy, no answer, or a network that is full: another try may succeed. A number that does not
/// exist, or somebody who does not want to talk, is not tried again (3GPP TS 22.001 annex E).
fn may_pass(live: &Live) -> bool {
    let call = &live.call;
    let placed = call.direction == Direction::MobileOriginated && call.answered_at.is_none();
    let CallState::Released(cause) = &call.state else { return false };
    placed
        && match cause {
            ReleaseCause::Busy | ReleaseCause::NoAnswer => true,
            ReleaseCause::Refused(Some(cause)) => CONGESTION.contains(cause),
            _ => false,
        }
}
