//! What the user wants of calls, and whether it makes sense now.

use super::Modem;
use super::asked_dials::{AskedDial, PATIENCE};
use super::exchange::{Abort, Exchange, Phase};
use super::procedure::{
    self, Answer, CallService, Deflect, Mute, Procedure, Reject, Release, Service, ask_for_call,
    asks_for_call, ends_for_help, why_not,
};
use super::queue::Priority;
use super::timers::Timer;
use super::types::{ModemCommand, Transmit};
use crate::clock::Instant;
use crate::number::{DialString, is_emergency_here, region_of_mcc};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::readiness::ims_would_do;
use crate::phone::{
    Call, CallId, CallState, CallerId, CommandError, Diagnosis, Dial, Direction, LinkAddress,
    LinkState, RequestId, readiness,
};
use std::time::Duration;

/// So long the result of a command that was broken off is waited for.
const ABORT_WAIT: Duration = Duration::from_millis(700);

impl Modem {
    /// Queues what the command asks for, or refuses it at once.
    pub(super) fn begin_call(&mut self, request: RequestId, command: ModemCommand, now: Instant) {
        let core = &mut self.core;
        match command {
            ModemCommand::Dial(dial) => self.begin_dial(request, dial, true, now),
            ModemCommand::Answer => self.begin_answer(request, now),
            ModemCommand::AnswerAndEnd => match core.calls.ringing().map(|call| call.id) {
                // With no other call there is nothing to end.
                Some(call) if core.calls.list().len() > 1 => {
                    self.user_takes(call);
                    self.begin_service(request, Service::AnswerAndEnd(call));
                }
                _ => self.begin_answer(request, now),
            },
            ModemCommand::Reject => self.begin_reject(request, now),
            ModemCommand::Release(call) => self.begin_release(Some(request), call, now),
            ModemCommand::SwapHeldAndActive => self.begin_service(request, Service::Swap),
            ModemCommand::Merge => self.begin_service(request, Service::Merge),
            ModemCommand::Private(call) => self.begin_service(request, Service::Private(call)),
            ModemCommand::Transfer => self.begin_service(request, Service::Transfer),
            ModemCommand::Deflect(call, to) => self.begin_deflect(request, call, to),
            ModemCommand::Mute(on) => self.begin_mute(request, on),
            ModemCommand::SendDtmf(tones) => core.press_keys(request, &tones),
            ModemCommand::ContinueDial(call) => match core.calls.continue_dial(call) {
                true => core.done(request),
                false => core.refuse(request, "Nothing is left to be sent", ""),
            },
            ModemCommand::DropPostDial(call) => {
                core.calls.drop_pending(call);
                core.done(request);
            }
            // The others are no calls, see `begin`.
            _ => core.refuse(request, "The modem can't do this", ""),
        }
    }

    /// The modem has said what it has to say of calls over LTE.
    pub(super) fn dial_asked(&mut self, now: Instant) {
        for AskedDial { request, dial, beside } in self.core.dials.take() {
            self.core.timers.stop(Timer::AskedDial);
            // Who has answered a call meanwhile, or called for help, does not want that one held.
            let new = |call: &Call| !beside.contains(&call.id);
            if self.has_room_for_dial().is_ok() && self.core.calls.list().iter().any(new) {
                let advice = "Call again if you want both";
                self.core.refuse(request, "Another call came in between", advice);
            } else {
                self.begin_dial(request, dial, false, now);
            }
        }
    }

    /// It has not said so in time: what was wanted so long ago is not dialed any more.
    pub(super) fn dial_not_asked(&mut self) {
        for AskedDial { request, .. } in self.core.dials.give_up() {
            let cause = "The modem is too busy to say whether it can place this call";
            let diagnosis = Diagnosis::new(cause, "Wait a little and call again");
            self.core.failed(request, CommandError::TimedOut, diagnosis);
        }
    }

    /// Where only calls over LTE are possible, and the modem has not said that it has those, it may
    /// be asked (`ask`) before the call is refused.
    fn begin_dial(&mut self, request: RequestId, dial: Dial, ask: bool, now: Instant) {
        let (hidden, number) = dial.number.split_caller_id_prefix();
        let caller_id = match hidden {
            Some(true) => CallerId::Hide,
            Some(false) => CallerId::Show,
            None => dial.caller_id,
        };
        let core = &mut self.core;
        if number.is_service_code() {
            let diagnosis =
                Diagnosis::new("This is a service code, not a number to call", "Send it as a code");
            return core.failed(request, CommandError::BadInput, diagnosis);
        }
        if number.is_unfinished_code() {
            let diagnosis = Diagnosis::new("A service code ends with #", "Put a # behind it");
            return core.failed(request, CommandError::BadInput, diagnosis);
        }
        let region = region_of_mcc(core.home()).unwrap_or("");
        let told = &core.network().emergency_numbers;
        let emergency = is_emergency_here(number.as_str(), region, told);
        match emergency {
            true => self.make_room_for_emergency(&number, now),
            false => {
                if let Err((cause, advice)) = self.has_room_for_dial() {
                    return self.core.refuse(request, cause, advice);
                }
                if let Some(why) = self.cannot_succeed().filter(|_| !dial.anyway) {
                    if ask && ims_would_do(self.core.network()) && !self.core.dials.full() {
                        return self.ask_for_call(request, dial, now);
                    }
                    return self.core.failed(request, CommandError::NotAllowedNow, why);
                }
            }
        }
        let core = &mut self.core;
        let on_its_way = |call: &crate::phone::Call| {
            core.calls.track(call.id).is_some_and(|track| track.who == WhoEnded::NotUs)
        };
        if core.calls.dialing().is_some_and(on_its_way) {
            return core.refuse(request, "A call is being set up already", "End it first");
        }
        let call = core.calls.dial(number.to_number(), now);
        core.calls.set_pending(call, &dial.post_dial);
        if let Some(track) = core.calls.track_mut(call) {
            track.for_help = emergency;
        }
        let priority = if emergency { Priority::HangUp } else { Priority::CallControl };
        let dial = procedure::Dial::new(request, call, number, caller_id, emergency);
        core.enqueue(priority, Procedure::Dial(dial));
        if emergency {
            self.make_way(now);
        }
    }

    /// Whether calls over LTE are possible is asked, unless it is being asked.
    fn ask_for_call(&mut self, request: RequestId, dial: Dial, now: Instant) {
        let beside = self.core.calls.list().iter().map(|call| call.id).collect();
        self.core.dials.wait(AskedDial { request, dial, beside });
        self.core.timers.set_at_latest(Timer::AskedDial, PATIENCE, now);
        match &self.exchange {
            Exchange::Awaiting(pending) if asks_for_call(&pending.procedure) => {}
            _ => ask_for_call(&mut self.core),
        }
    }

    /// Another call beside those that exist; else why not, and what to do.
    fn has_room_for_dial(&self) -> Result<(), (&'static str, &'static str)> {
        let core = &self.core;
        let refused = |cause, advice| Err((cause, advice));
        if core.calls.dialing().is_some() {
            return refused("A call is being set up already", "End it first");
        }
        if core.calls.ringing().is_some() {
            return refused("A call is coming in", "Answer or reject it first");
        }
        let active = !core.calls.in_state(&CallState::Active).is_empty();
        if active && !core.calls.in_state(&CallState::Held).is_empty() {
            return refused("There are two calls already", "End one of them, or join them");
        }
        if active && !core.identity.abilities.hold {
            return refused("This modem can't hold a call for another", "End the call first");
        }
        Ok(())
    }

    /// Why a call can't succeed now, if it can't.
    fn cannot_succeed(&self) -> Option<Diagnosis> {
        // What the driver is asked while it connects waits until the modem is ready.
        let link = LinkState::Ready(LinkAddress::Serial(String::new()));
        let readiness = readiness(&link, self.core.network());
        readiness.lamp.refuses().then_some(readiness.why)
    }

    /// Whatever is in the way of an emergency call ends, but for one that is on its way already.
    fn make_room_for_emergency(&mut self, number: &DialString, now: Instant) {
        let calls = &self.core.calls;
        let same = |call: CallId| {
            let remote = calls.get(call).and_then(|call| call.remote.number().cloned());
            remote.is_some_and(|remote| remote == number.to_number())
        };
        let mut ending: Vec<CallId> = calls.ringing().map(|call| call.id).into_iter().collect();
        ending.extend(calls.dialing().map(|call| call.id).filter(|call| !same(*call)));
        // The answer to one that is just being answered may take long.
        let answered = |call: &&Call| calls.track(call.id).is_some_and(|track| track.answering);
        ending.extend(calls.list().iter().filter(answered).map(|call| call.id));
        let active = calls.in_state(&CallState::Active);
        if !calls.in_state(&CallState::Held).is_empty() {
            ending.extend(active);
        }
        for call in ending {
            self.begin_release(None, call, now);
            ends_for_help(call, &mut self.core);
        }
    }

    fn begin_answer(&mut self, request: RequestId, now: Instant) {
        let dial_outstanding = self.outstanding_dial().is_some();
        let core = &mut self.core;
        let Some((call, state)) = core.calls.ringing().map(|call| (call.id, call.state.clone()))
        else {
            return core.refuse(request, "No call is coming in", "");
        };
        if dial_outstanding {
            return core.refuse(request, "A call is being set up", "End it first, then answer");
        }
        let both = [CallState::Active, CallState::Held];
        if state == CallState::Waiting
            && both.iter().all(|state| !core.calls.in_state(state).is_empty())
        {
            let advice = "Answer it and end the active call, or reject it";
            return core.refuse(request, "There are two calls already", advice);
        }
        self.user_takes(call);
        let answer = Procedure::Answer(Answer::new(request, call));
        self.core.enqueue(Priority::CallControl, answer);
        // A caller does not wait until the network has told how some service stands.
        self.make_way(now);
    }

    /// The user wants to talk to the caller, perhaps after rejecting the call in vain.
    fn user_takes(&mut self, call: CallId) {
        let ends = self.being_released(call);
        let Some(track) = self.core.calls.track_mut(call) else { return };
        track.ours = true;
        if !(ends || track.end_hint) {
            track.who = WhoEnded::NotUs;
        }
    }

    fn begin_reject(&mut self, request: RequestId, now: Instant) {
        let core = &mut self.core;
        let Some(call) = core.calls.ringing().map(|call| call.id) else {
            return core.refuse(request, "No call is coming in", "");
        };
        if let Some(track) = core.calls.track_mut(call) {
            track.who = WhoEnded::UsRejecting;
        }
        core.enqueue(Priority::HangUp, Procedure::Reject(Reject::new(request, call)));
        self.make_way(now);
    }

    fn begin_service(&mut self, request: RequestId, service: Service) {
        let core = &mut self.core;
        if let Some((cause, advice)) = why_not(service, core) {
            return core.refuse(request, cause, advice);
        }
        let service = Procedure::CallService(CallService::new(request, service));
        core.enqueue(Priority::CallControl, service);
    }

    fn begin_deflect(&mut self, request: RequestId, call: CallId, to: DialString) {
        let core = &mut self.core;
        // `+CTFR` names no call: it means the one that rings.
        if core.calls.ringing().is_none_or(|ringing| ringing.id != call) {
            return core.refuse(request, "This call doesn't ring any more", "");
        }
        if !core.identity.abilities.deflect {
            let advice = "Set up forwarding in the network instead";
            return core.refuse(request, "This modem can't forward a call that rings", advice);
        }
        let deflect = Procedure::Deflect(Deflect::new(request, call, to));
        core.enqueue(Priority::CallControl, deflect);
    }

    fn begin_mute(&mut self, request: RequestId, on: bool) {
        let core = &mut self.core;
        if on && !core.calls.any() {
            return core.refuse(request, "There is no call", "");
        }
        if on && !core.identity.abilities.mute {
            let advice = "Switch off the microphone itself";
            return core.refuse(request, "This modem can't switch the microphone off", advice);
        }
        core.enqueue(Priority::CallControl, Procedure::Mute(Mute::new(request, on)));
    }

    /// Ends a call, for the user or since an emergency call needs its place.
    fn begin_release(&mut self, request: Option<RequestId>, call: CallId, now: Instant) {
        let not_sent = self.not_dialed_yet(call);
        let Some(known) = self.core.calls.get(call).cloned() else {
            if let Some(request) = request {
                self.core.refuse(request, "This call has ended already", "");
            }
            return;
        };
        if self.being_released(call) {
            // Hang up was pressed twice: a second command might end another call, and a call for
            // help does not wait for it.
            return request.into_iter().for_each(|request| self.core.done(request));
        }
        let core = &mut self.core;
        let ringing = known.direction == Direction::MobileTerminated && known.answered_at.is_none();
        if let Some(track) = core.calls.track_mut(call) {
            track.who = if ringing { WhoEnded::UsRejecting } else { WhoEnded::Us };
        }
        if not_sent {
            let network = core.network().clone();
            core.calls.release(call, &network, now);
            let waiting = core.queue.remove(|p| matches!(p, Procedure::Dial(d) if d.call == call));
            if let Some(Procedure::Dial(dial)) = waiting.into_iter().next() {
                let gave_up = Diagnosis::new("You gave up the call", "");
                core.failed(dial.request(), CommandError::Cancelled, gave_up);
            }
            if let Some(request) = request {
                core.done(request);
            }
            return;
        }
        let release = match request {
            Some(_) => Release::new(request, call),
            None => Release::for_help(call),
        };
        core.enqueue(Priority::HangUp, Procedure::Release(release));
        self.break_off_call(call, now);
        self.make_way(now);
    }

    /// Its end is asked for already.
    fn being_released(&self, call: CallId) -> bool {
        let ends = |p: &Procedure| match p {
            Procedure::Release(release) => release.call == call,
            Procedure::Reject(reject) => reject.call == call,
            _ => false,
        };
        let sent = match &self.exchange {
            Exchange::Awaiting(pending) => ends(&pending.procedure),
            _ => false,
        };
        sent || self.core.queue.any(ends)
    }

    /// Its `ATD` waits, or waits for the other call to be put on hold.
    fn not_dialed_yet(&self, call: CallId) -> bool {
        let queued = |p: &Procedure| matches!(p, Procedure::Dial(dial) if dial.call == call);
        let holding = match &self.exchange {
            Exchange::Awaiting(pending) => match &pending.procedure {
                Procedure::Dial(dial) => dial.call == call && dial.before_dialing(),
                _ => false,
            },
            _ => false,
        };
        holding || self.core.queue.any(queued)
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

    /// This call's `ATD` or `ATA` has no result, and the call shall end.
    fn break_off_call(&mut self, call: CallId, now: Instant) {
        let Exchange::Awaiting(pending) = &self.exchange else { return };
        let its_own = match &pending.procedure {
            Procedure::Dial(dial) => dial.outstanding() && dial.call == call,
            Procedure::Answer(answer) => answer.call == call && pending.request.text == "ATA",
            _ => false,
        };
        if its_own {
            self.break_off(now);
        }
    }

    /// Something that has to go out at once waits. What may take long and can be broken off makes
    /// way for it; the rest is over soon.
    fn make_way(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &self.exchange else { return };
        let long = pending.phase == Phase::Result && pending.request.abort != Abort::Never;
        if long && pending.priority > Priority::HangUp {
            self.break_off(now);
        }
    }

    /// Any byte aborts a command that is abortable and has no result (V.250 §5.6.1). The modem may
    /// swallow it, so it is one that means nothing; what is urgent follows as a command of its own.
    fn break_off(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        if pending.phase == Phase::Aborting {
            return;
        }
        pending.phase = Phase::Aborting;
        self.out.push_back(Transmit { bytes: b"\r".to_vec(), secret: false });
        self.core.timers.set(Timer::Exchange, ABORT_WAIT, now);
    }
}
