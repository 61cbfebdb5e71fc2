//! What the user wants, and whether it makes sense now.

use super::Modem;
use super::calls::ListTrust;
use super::exchange::{Exchange, Phase};
use super::procedure::{
    Answer, Console, Dial, Dtmf, EnterPin, Procedure, Questions, Reject, Release, STATUS, Submit,
    Swap, Ussd,
};
use super::queue::Priority;
use super::timers::Timer;
use super::types::{ModemCommand, Transmit};
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::number::is_emergency;
use crate::phone::diagnosis::{WhoEnded, not_able};
use crate::phone::{
    CallId, CallState, CommandError, Diagnosis, Direction, Registration, RequestId,
};
use std::time::Duration;

/// So long the result of an `ATD` that was broken off is waited for.
const ABORT_WAIT: Duration = Duration::from_millis(700);

impl Modem {
    /// Queues what the command asks for, or refuses it at once.
    pub(super) fn begin(&mut self, request: RequestId, command: ModemCommand, now: Instant) {
        let core = &mut self.core;
        match command {
            ModemCommand::Dial(dial) => self.begin_dial(request, dial, now),
            ModemCommand::Answer => self.begin_answer(request),
            ModemCommand::Reject => {
                let Some(call) = core.calls.ringing().map(|call| call.id) else {
                    return core.refuse(request, "No call is coming in", "");
                };
                if let Some(track) = core.calls.track_mut(call) {
                    track.who = WhoEnded::UsRejecting;
                }
                core.enqueue(Priority::HangUp, Procedure::Reject(Reject::new(request, call)));
            }
            ModemCommand::Release(call) => self.begin_release(request, call, now),
            ModemCommand::SwapHeldAndActive => {
                let answered =
                    |state: &CallState| matches!(state, CallState::Active | CallState::Held);
                if !core.calls.list().iter().any(|call| answered(&call.state)) {
                    return core.refuse(request, "There is no call to hold", "");
                }
                // CHLD=2 would take the call that waits.
                if core.calls.ringing().is_some() {
                    let advice = "Answer or reject it first";
                    return core.refuse(request, "Another call is coming in", advice);
                }
                core.enqueue(Priority::CallControl, Procedure::Swap(Swap::new(request)));
            }
            ModemCommand::SendDtmf(tones) => {
                // Without a list that works nobody knows when a call is answered.
                let blind = core.calls.trust != ListTrust::Works && core.calls.dialing().is_some();
                let active = core.calls.list().iter().any(|call| call.state == CallState::Active);
                if !active && !blind {
                    return core.refuse(request, "There is no call to send tones in", "");
                }
                if tones.as_str().is_empty() {
                    return core.done(request);
                }
                let tones = Procedure::Dtmf(Dtmf::new(request, &tones));
                core.enqueue(Priority::CallControl, tones);
            }
            ModemCommand::Submit(submission) => {
                let submit = Procedure::Submit(Submit::new(request, submission));
                core.enqueue(Priority::Background, submit);
            }
            ModemCommand::Ussd(command) => {
                core.enqueue(Priority::User, Procedure::Ussd(Ussd::new(request, command)));
            }
            ModemCommand::Console(typed) => self.begin_console(request, &typed),
            ModemCommand::EnterPin { code, new_pin } => {
                let pin = Procedure::EnterPin(EnterPin::new(request, code, new_pin));
                core.enqueue(Priority::User, pin);
            }
            ModemCommand::Refresh => {
                let status = Questions::for_request(STATUS, request);
                core.enqueue(Priority::User, Procedure::Questions(status));
            }
        }
    }

    fn begin_dial(&mut self, request: RequestId, dial: crate::phone::Dial, now: Instant) {
        let core = &mut self.core;
        let emergency = is_emergency(dial.number.as_str());
        if dial.number.is_service_code() {
            let diagnosis =
                Diagnosis::new("This is a service code, not a number to call", "Send it as a code");
            return core.failed(request, CommandError::BadInput, diagnosis);
        }
        if core.calls.dialing().is_some() {
            return core.refuse(request, "A call is being set up already", "End it first");
        }
        if core.calls.ringing().is_some() {
            let advice = "Answer or reject it first";
            return core.refuse(request, "A call is coming in", advice);
        }
        // The registration may change any moment, so the modem itself refuses for that.
        if let Some(why) = not_able(&core.network().sim, Registration::Unknown)
            && !emergency
        {
            return core.failed(request, CommandError::NotAllowedNow, why);
        }
        let call = core.calls.dial(dial.number.to_number(), now);
        let dial = Dial::new(request, call, dial.number, dial.hide_own_number);
        core.enqueue(Priority::CallControl, Procedure::Dial(dial));
    }

    fn begin_answer(&mut self, request: RequestId) {
        let dial_outstanding = self.outstanding_dial().is_some();
        let core = &mut self.core;
        let Some(call) = core.calls.ringing().map(|call| call.id) else {
            return core.refuse(request, "No call is coming in", "");
        };
        if dial_outstanding {
            return core.refuse(request, "A call is being set up", "End it first, then answer");
        }
        core.enqueue(Priority::CallControl, Procedure::Answer(Answer::new(request, call)));
    }

    fn begin_release(&mut self, request: RequestId, call: CallId, now: Instant) {
        let core = &mut self.core;
        let Some(known) = core.calls.get(call) else {
            return core.refuse(request, "This call has ended already", "");
        };
        let ringing = known.direction == Direction::MobileTerminated && known.answered_at.is_none();
        if let Some(track) = core.calls.track_mut(call) {
            track.who = if ringing { WhoEnded::UsRejecting } else { WhoEnded::Us };
        }
        let not_sent = core
            .queue
            .remove(|procedure| matches!(procedure, Procedure::Dial(dial) if dial.call == call));
        if let Some(Procedure::Dial(dial)) = not_sent.into_iter().next() {
            let network = core.network().clone();
            core.calls.release(call, &network, now);
            let gave_up = Diagnosis::new("You gave up the call", "");
            core.failed(dial.request(), CommandError::Cancelled, gave_up);
            return core.done(request);
        }
        let release = Procedure::Release(Release::new(Some(request), call));
        core.enqueue(Priority::HangUp, release);
        if self.outstanding_dial() == Some(call) {
            self.break_off_dial(now);
        }
    }

    fn begin_console(&mut self, request: RequestId, typed: &str) {
        if self.outstanding_dial().is_some() {
            let advice = "Wait until the call is set up, or end it";
            return self.core.refuse(request, "Any command now would end the call", advice);
        }
        match CommandLine::raw_from_user(typed) {
            Ok(line) => {
                let console = Procedure::Console(Console::new(request, line));
                self.core.enqueue(Priority::User, console);
            }
            Err(error) => {
                let mut words = error.to_string();
                if let Some(first) = words.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                let diagnosis = Diagnosis::new(&words, "");
                self.core.failed(request, CommandError::BadInput, diagnosis);
            }
        }
    }

    /// The call whose `ATD` has no result yet.
    pub(super) fn outstanding_dial(&self) -> Option<CallId> {
        match &self.exchange {
            Exchange::Awaiting(pending) => match &pending.procedure {
                Procedure::Dial(dial) if dial.outstanding() => Some(dial.call),
                _ => None,
            },
            _ => None,
        }
    }

    /// Any byte aborts an `ATD` that has no result (V.250 §5.6.1). The modem may swallow it, so it
    /// is one that means nothing; the hang-up follows as a command of its own.
    fn break_off_dial(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        if pending.phase == Phase::Aborting {
            return;
        }
        pending.phase = Phase::Aborting;
        self.out.push_back(Transmit { bytes: b"\r".to_vec(), secret: false });
        self.core.timers.set(Timer::Exchange, ABORT_WAIT, now);
    }
}
