//! The call services of one command each, `+CHLD=<n>` (27.007 §7.13, 22.030 §6.5.5.1): hold and
//! swap, answer the waiting call and end the active one, conference, private talk, transfer.

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use super::poll_calls::{list, take_list};
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::modem::calls::{LATE_IN_LIST, ListTrust};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState, RequestId};
use std::time::Duration;

/// The network may need a while.
const TIMEOUT: Duration = Duration::from_secs(8);

/// Which of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) enum Service {
    /// Active calls on hold, held ones back.
    Swap,
    /// This waiting call is answered, the active ones end.
    AnswerAndEnd(CallId),
    /// All in one conference.
    Merge,
    /// This one of the conference alone.
    Private(CallId),
    /// The two talk with each other, without us.
    Transfer,
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct CallService {
    request: Option<RequestId>,
    service: Service,
    stage: Stage,
    /// The calls that this ends.
    ends: Vec<CallId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Begin,
    /// Does the caller still wait? Otherwise the active call would be ended for nothing.
    Checking,
    Sent,
}

impl CallService {
    pub fn new(request: RequestId, service: Service) -> Self {
        CallService { request: Some(request), service, stage: Stage::Begin, ends: Vec::new() }
    }

    /// A call that nobody wanted on hold is taken back.
    pub fn take_back() -> Self {
        let service = Service::Swap;
        CallService { request: None, service, stage: Stage::Begin, ends: Vec::new() }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match (self.stage, last) {
            (Stage::Sent, Some(response)) => {
                self.take(&response, core, now);
                return Step::Finished;
            }
            (Stage::Checking, Some(response)) => take_list(&response, core, now),
            _ => {}
        }
        let gone = self.stage == Stage::Checking && self.caller_gone(core, now);
        let gone = gone.then_some(("The caller has given up", "Call back"));
        if let Some((cause, advice)) = gone.or_else(|| why_not(self.service, core)) {
            core.poll_calls(now);
            if let Some(request) = self.request {
                core.refuse(request, cause, advice);
            }
            return Step::Finished;
        }
        let check = matches!(self.service, Service::AnswerAndEnd(_))
            && self.stage == Stage::Begin
            && core.calls.trust == ListTrust::Works;
        if check {
            self.stage = Stage::Checking;
            return Step::send(list());
        }
        self.send(core)
    }

    /// The list, asked just now, does not show the waiting call. One that was announced a moment
    /// ago may not be in it yet.
    fn caller_gone(&self, core: &Core, now: Instant) -> bool {
        let Service::AnswerAndEnd(id) = self.service else { return false };
        let (Some(call), Some(track)) = (core.calls.get(id), core.calls.track(id)) else {
            return true;
        };
        let new = !track.listed && now.since(call.started_at) < LATE_IN_LIST;
        let ended = track.end_hint && track.who != WhoEnded::NotUs;
        ended || (track.missing > 0 && !new)
    }

    fn send(&mut self, core: &mut Core) -> Step {
        self.stage = Stage::Sent;
        let line = match self.service {
            Service::Swap => CommandLine::basic("AT+CHLD=2"),
            Service::AnswerAndEnd(_) => CommandLine::basic("AT+CHLD=1"),
            Service::Merge => CommandLine::basic("AT+CHLD=3"),
            Service::Transfer => CommandLine::basic("AT+CHLD=4"),
            Service::Private(call) => {
                // That it has an index was looked at just before.
                let index = core.calls.index_of(call).unwrap_or(0);
                let line = CommandLine::set("+CHLD").number(20 + i64::from(index)).build();
                line.unwrap_or_else(|_| CommandLine::basic("AT+CHLD=2"))
            }
        };
        self.ends = match self.service {
            Service::AnswerAndEnd(_) => core.calls.in_state(&CallState::Active),
            Service::Transfer => {
                let states = [CallState::Active, CallState::Held, CallState::Alerting];
                states.iter().flat_map(|state| core.calls.in_state(state)).collect()
            }
            _ => Vec::new(),
        };
        core.calls.user_ends(&self.ends, true);
        if let Service::AnswerAndEnd(call) = self.service
            && let Some(track) = core.calls.track_mut(call)
        {
            track.answering = true;
        }
        Step::send(Request::new(&line).within(TIMEOUT))
    }

    fn take(&mut self, response: &Response, core: &mut Core, now: Instant) {
        core.poll_calls(now);
        if let Service::AnswerAndEnd(call) = self.service
            && let Some(track) = core.calls.track_mut(call)
        {
            track.answering = false;
        }
        if response.is_ok() {
            self.accepted(core, now);
            if let Some(request) = self.request {
                core.done(request);
            }
            return;
        }
        core.calls.user_ends(&self.ends, false);
        let Some(request) = self.request else { return };
        let (error, diagnosis) = match &response.outcome {
            Outcome::Final(result) => service_refusal(result, self.refused()),
            Outcome::TimedOut | Outcome::Aborted => no_answer(),
        };
        core.failed(request, error, diagnosis);
    }

    /// `OK`: the list will tell; without one, this is what has become of the calls.
    fn accepted(&self, core: &mut Core, now: Instant) {
        let calls = &mut core.calls;
        if self.service == Service::Transfer {
            for id in &self.ends {
                if let Some(track) = calls.track_mut(*id) {
                    track.end_words = "You connected the two callers with each other".to_owned();
                }
            }
        }
        calls.ended_by_command(&self.ends);
        if calls.trust == ListTrust::Works {
            if let Service::AnswerAndEnd(call) = self.service
                && let Some(track) = calls.track_mut(call)
            {
                track.alive = true;
                track.answer_accepted = true;
                track.last_ring = now;
            }
            if self.service == Service::Swap {
                if calls.any_unlisted() {
                    calls.swap_states(now);
                }
                calls.taken_by_hold(now);
            }
            return;
        }
        match self.service {
            Service::AnswerAndEnd(call) => {
                if let Some(track) = calls.track_mut(call) {
                    track.alive = true;
                    track.last_ring = now;
                }
                calls.set_state(call, CallState::Active, now);
            }
            Service::Swap if calls.ringing().is_none() => calls.swap_states(now),
            _ if !calls.hints_decide() => {}
            Service::Swap => calls.swap_states(now),
            Service::Merge => calls.join_answered(now),
            Service::Private(call) => calls.leave_conference(call, now),
            Service::Transfer => {}
        }
        let network = core.network().clone();
        core.calls.release_ending(&network, now);
    }

    fn refused(&self) -> &'static str {
        match self.service {
            Service::Swap => "The modem can't hold calls",
            Service::AnswerAndEnd(_) => "The waiting call could not be answered",
            Service::Merge => "The calls could not be joined",
            Service::Private(_) => "The modem can't single out one of a conference",
            Service::Transfer => "The calls could not be connected with each other",
        }
    }
}

/// Why this makes no sense now, and what to do.
pub(in crate::modem) fn why_not(
    service: Service,
    core: &Core,
) -> Option<(&'static str, &'static str)> {
    let calls = &core.calls;
    let abilities = core.identity.abilities;
    let active = !calls.in_state(&CallState::Active).is_empty();
    let held = !calls.in_state(&CallState::Held).is_empty();
    let ringing = calls.ringing().is_some();
    let two = "It takes two calls: one active, one on hold";
    let first = ("Another call is coming in", "Answer or reject it first");
    Some(match service {
        Service::Swap if !active && !held => ("There is no call to hold", ""),
        // CHLD=2 would take the call that waits.
        Service::Swap if ringing => first,
        Service::Swap if !abilities.hold => ("This modem can't hold calls", ""),
        Service::AnswerAndEnd(call) if !calls.get(call).is_some_and(waits) => {
            ("The caller has given up", "Call back")
        }
        Service::Merge if !active || !held => ("There are no two calls to join", two),
        Service::Merge if !abilities.merge => ("This modem offers no conference", ""),
        Service::Private(call) => return why_not_private(call, core),
        Service::Transfer if !abilities.transfer => {
            ("This modem can't connect two calls with each other", "")
        }
        Service::Transfer
            if !held || (!active && calls.in_state(&CallState::Alerting).is_empty()) =>
        {
            ("There are no two calls to connect", two)
        }
        _ => return None,
    })
}

fn why_not_private(call: CallId, core: &Core) -> Option<(&'static str, &'static str)> {
    let Some(known) = core.calls.get(call) else {
        return Some(("This call has ended already", ""));
    };
    if !known.multiparty {
        return Some(("This call is not part of a conference", ""));
    }
    if known.state != CallState::Active {
        return Some(("The conference is on hold", "Take it back first"));
    }
    if !core.identity.abilities.private {
        return Some(("This modem can't single out one of a conference", ""));
    }
    let index = core.calls.index_of(call);
    match index.filter(|index| (1..=9).contains(index)) {
        Some(_) => None,
        None => Some(("This modem does not tell its calls apart", "")),
    }
}

fn waits(call: &crate::phone::Call) -> bool {
    matches!(call.state, CallState::Waiting | CallState::Incoming)
}
