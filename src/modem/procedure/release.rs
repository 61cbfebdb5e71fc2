//! Ending a call, and what is asked before that so that no other one ends.

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use super::poll_calls::{list, take_list};
use crate::at::CommandLine;
use crate::clock::Instant;
use crate::modem::calls::{ListTrust, RING_SILENCE, Track};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId, CallState, CommandError, Diagnosis, RequestId};
use std::time::Duration;

/// Hanging up may take the network a moment. A modem that says nothing for so long most likely
/// never will; what has become of the call its list tells.
pub(super) const HANG_UP_TIMEOUT: Duration = Duration::from_secs(5);

/// The same while a call for help waits for it.
const HELP_TIMEOUT: Duration = Duration::from_secs(3);

/// Rejects the call that waits. With nobody waiting it would end the calls on hold (22.030
/// §6.5.5.1), so where there are any the list is asked just before.
pub(super) const DROP_WAITING: &str = "AT+CHLD=0";

/// A call is on hold that must not be ended, or the modem was told to swap the calls and has taken
/// this one instead.
pub(super) fn must_check(call: CallId, core: &Core) -> bool {
    let taken = core.calls.track(call).is_some_and(|track| track.answer_accepted);
    let held = !core.calls.in_state(&CallState::Held).is_empty();
    core.calls.trust == ListTrust::Works && (held || taken)
}

/// It was not us who ended it, unless an earlier command did.
pub(super) fn note_given_up(call: CallId, core: &mut Core) {
    note_refused(call, core);
    if let Some(track) = core.calls.track_mut(call) {
        track.end_hint = true;
    }
}

/// Nobody ends it but the other side, as far as we know.
pub(super) fn note_refused(call: CallId, core: &mut Core) {
    if let Some(track) = core.calls.track_mut(call)
        && !track.end_hint
    {
        track.who = WhoEnded::NotUs;
        track.end_words.clear();
    }
}

/// The list, asked just now, does not show this call.
pub(super) fn nobody_waits(call: CallId, core: &Core) -> bool {
    let shown = |id| core.calls.track(id).is_some_and(|track| track.missing == 0 && track.listed);
    let known = core.calls.get(call).is_some_and(waits);
    must_check(call, core) && !(known && shown(call))
}

/// The line names no call: it ends the only one, or rejects who rings.
fn is_plain(line: &CommandLine, core: &Core) -> bool {
    core.profile.hang_up.contains(&line.as_str())
}

/// Another call that lives is in this state. If it rings: beside a call that lives a caller waits
/// and does not ring, so that the call that is to be ended is most likely gone.
fn beside(call: CallId, state: CallState, core: &Core) -> bool {
    let there = |other: &Call| other.id != call && other.state == state;
    let lives = |track: &Track| !track.ending && !track.not_dialed;
    let alive = |id: CallId| core.calls.track(id).is_some_and(lives);
    core.calls.list().iter().any(|other| there(other) && alive(other.id))
}

/// It was to be answered, the modem has not said that it is, and no ring was heard for long: the
/// caller may have given up, or be talking to us.
fn silent(id: CallId, core: &Core, now: Instant) -> bool {
    let rang = core.calls.get(id).is_some_and(|call| call.state == CallState::Incoming);
    let long = |track: &Track| track.ours && now.since(track.last_ring) >= RING_SILENCE;
    rang && core.calls.track(id).is_some_and(long)
}

/// Another call is answered or set up, which the plain hang-up would end.
fn beside_a_talk(call: CallId, core: &Core) -> bool {
    core.calls.list().iter().filter(|other| other.id != call).any(|other| {
        let lives = |track: &Track| !track.ending && !track.not_dialed;
        let answered = matches!(other.state, CallState::Active | CallState::Held);
        (answered || matches!(other.state, CallState::Dialing | CallState::Alerting))
            && core.calls.track(other.id).is_some_and(lives)
    })
}

/// The modem said so, or its list, asked just now, does not show it.
fn ended(call: CallId, core: &Core) -> bool {
    let listed = core.calls.trust == ListTrust::Works;
    core.calls.track(call).is_none_or(|track| track.end_hint || listed && track.missing > 0)
}

/// The list, asked just now, does not show the call that was to be ended.
fn gone_from_list(call: CallId, response: &Response, core: &Core) -> bool {
    response.is_ok() && core.calls.track(call).is_some_and(|track| track.missing > 0)
}

fn waits(call: &Call) -> bool {
    matches!(call.state, CallState::Waiting | CallState::Incoming)
}

/// `OK`, or that the call has ended, which is all that some modems say.
fn is_over(response: &Response) -> bool {
    matches!(&response.outcome, Outcome::Final(result) if result.is_ok() || result.ends_call())
}

/// What was heard of the commands that are to end a call.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// The list is asked whether the caller still waits; it was.
    pub checking: bool,
    pub checked: bool,
    /// Some command got no answer, so that it may have been obeyed.
    pub unanswered: bool,
    /// What the last command got.
    pub last: Option<Response>,
}

impl Heard {
    /// An answer; true if the call is over by it.
    pub fn take(
        &mut self,
        call: CallId,
        response: Response,
        core: &mut Core,
        now: Instant,
    ) -> bool {
        if std::mem::take(&mut self.checking) {
            take_list(&response, core, now);
            self.checked = true;
            return self.unanswered && gone_from_list(call, &response, core);
        }
        if is_over(&response) {
            return true;
        }
        self.unanswered |= response.timed_out();
        // Whether it was obeyed the list tells, where there is one.
        self.checking = response.timed_out() && core.calls.trust == ListTrust::Works;
        self.last = Some(response);
        false
    }
}

/// Of several calls on hold that the modem gives no numbers none can be ended alone.
fn only_together() -> Diagnosis {
    Diagnosis::new(
        "This modem can't end one of several calls on hold",
        "Take them back first, then hang up",
    )
}

/// What would end this one would end another call too.
fn not_alone() -> Diagnosis {
    Diagnosis::new("This modem can't end this call alone", "Hang up the other call first")
}

/// Ends one call, whatever its state.
#[derive(Debug)]
pub(in crate::modem) struct Release {
    request: Option<RequestId>,
    pub call: CallId,
    /// The commands still to try.
    attempt: usize,
    /// `CHLD=1<idx>` was tried and refused.
    single_refused: bool,
    /// An answer to the `ATD` we broke off may still come.
    unanswered_abort: bool,
    /// `CHLD=1` is out, which takes the held call back.
    resumes: bool,
    /// Nothing is tried after this.
    last_round: bool,
    /// A call for help waits for it.
    for_help: bool,
    heard: Heard,
}

impl Release {
    pub fn new(request: Option<RequestId>, call: CallId) -> Self {
        Release {
            request,
            call,
            attempt: 0,
            single_refused: false,
            unanswered_abort: false,
            resumes: false,
            last_round: false,
            for_help: false,
            heard: Heard::default(),
        }
    }

    /// Once more, with the next of the commands: the last one changed nothing.
    pub fn again(call: CallId) -> Self {
        Release { attempt: 1, last_round: true, ..Release::new(None, call) }
    }

    /// To make room for a call for help.
    pub fn for_help(call: CallId) -> Self {
        Release { for_help: true, ..Release::new(None, call) }
    }

    /// After an `ATD` was broken off and has not answered.
    pub fn after_abort(call: CallId) -> Self {
        Release { unanswered_abort: true, ..Release::new(None, call) }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        if let Some(response) = last
            && self.heard.take(self.call, response, core, now)
        {
            return self.accepted(core, now);
        }
        if self.heard.checking {
            return Step::send(list());
        }
        if core.calls.get(self.call).is_none() {
            if let Some(request) = self.request {
                core.done(request);
            }
            return Step::Finished;
        }
        if self.attempt == 0 && core.calls.track(self.call).is_some_and(|t| t.broken_off) {
            // To hang up now would reject somebody who rings just then.
            return self.not_another(core, now);
        }
        if self.attempt == 0 && silent(self.call, core, now) {
            if core.calls.hints_decide() {
                note_refused(self.call, core);
            } else if !std::mem::replace(&mut self.heard.checked, true) {
                self.heard.checking = true;
                return Step::send(list());
            } else if core.calls.track(self.call).is_some_and(|track| track.missing > 0) {
                return self.gone(core, now);
            }
        }
        let Some(line) = self.next_line(core) else { return self.refused(core, now) };
        let waiting = core.calls.get(self.call).is_some_and(waits);
        if line.as_str() == DROP_WAITING && waiting && must_check(self.call, core) {
            if !self.heard.checked {
                self.heard.checking = true;
                self.single_refused = false;
                return Step::send(list());
            }
            if nobody_waits(self.call, core) {
                return self.gone(core, now);
            }
        }
        if is_plain(&line, core)
            && let Some(step) = self.spare_others(core, now)
        {
            return step;
        }
        if let Some(track) = core.calls.track_mut(self.call) {
            track.hang_up_sent = Some(now);
            track.hang_ups = track.hang_ups.saturating_add(1);
        }
        self.resumes = line.as_str() == "AT+CHLD=1";
        let wait = if self.for_help { HELP_TIMEOUT } else { HANG_UP_TIMEOUT };
        let request = Request::new(&line).within(wait);
        Step::send(match self.unanswered_abort {
            true => request.check_after(),
            false => request,
        })
    }

    /// The plain hang-up would reject who rings, and end who waits if that one rings by then.
    fn spare_others(&mut self, core: &mut Core, now: Instant) -> Option<Step> {
        let listed = core.calls.trust == ListTrust::Works;
        let over = ended(self.call, core);
        let rings = beside(self.call, CallState::Incoming, core);
        if !over && self.takes_along(core) {
            return Some(self.put_off(core, now));
        }
        if rings && (self.attempt > 1 || over)
            || listed && over && beside(self.call, CallState::Waiting, core)
            || over && beside_a_talk(self.call, core)
        {
            return Some(self.not_another(core, now));
        }
        if !(rings && listed && !self.heard.checked) {
            return None;
        }
        self.heard.checking = true;
        self.attempt = 0;
        Some(Step::send(list()))
    }

    /// The plain hang-up would end another call that is to live: one that is being set up, a call
    /// for help, and, where it has been tried before, whoever is talked to.
    fn takes_along(&self, core: &Core) -> bool {
        core.calls.list().iter().filter(|other| other.id != self.call).any(|other| {
            let Some(track) = core.calls.track(other.id) else { return false };
            let wanted = track.who == WhoEnded::NotUs && !track.ending && !track.not_dialed;
            wanted
                && match other.state {
                    CallState::Dialing | CallState::Alerting => true,
                    CallState::Active => self.last_round || track.for_help,
                    _ => false,
                }
        })
    }

    /// The call is ended when it is alone, or was refused already.
    fn put_off(&mut self, core: &mut Core, now: Instant) -> Step {
        if self.request.is_some() {
            return self.refused(core, now);
        }
        if let Some(track) = core.calls.track_mut(self.call) {
            track.hang_up_sent = self.heard.last.is_none().then_some(now);
        }
        core.poll_calls(now);
        Step::Finished
    }

    /// The command would reject somebody else, and the call is most likely gone: the list tells,
    /// and if it is there after all it is ended later.
    fn not_another(&mut self, core: &mut Core, now: Instant) -> Step {
        let hints = core.calls.hints_decide();
        if let Some(track) = core.calls.track_mut(self.call) {
            // Without a list nothing better will be told of it. The last one is hung up for sure.
            track.ending |= hints && track.end_hint;
            track.end_hint = true;
            track.hang_up_sent = Some(now);
        }
        if hints {
            let network = core.network().clone();
            core.calls.release_ending(&network, now);
        }
        core.poll_calls(now);
        if let Some(request) = self.request {
            core.done(request);
        }
        Step::Finished
    }

    /// The caller has given up in the meantime.
    fn gone(&mut self, core: &mut Core, now: Instant) -> Step {
        note_given_up(self.call, core);
        core.poll_calls(now);
        if let Some(request) = self.request {
            core.done(request);
        }
        Step::Finished
    }

    /// One of several calls is ended by its index; the only one by what the profile says.
    fn next_line(&mut self, core: &Core) -> Option<CommandLine> {
        let others = core.calls.several();
        let call = core.calls.get(self.call)?;
        let held = call.state == CallState::Held;
        // Android's simulated modem ends with ATH only calls that ring, and says OK all the same.
        let in_vain = |track: &Track| usize::from(track.hang_ups) >= core.profile.hang_up.len();
        let in_vain = self.last_round && core.calls.track(self.call).is_some_and(in_vain);
        if (others || held || in_vain) && !self.single_refused {
            self.single_refused = true;
            if let Some(line) = self.single_line(call, core) {
                return Some(line);
            }
        }
        if others && (held || waits(call)) {
            // The plain hang-up would end the active call, and leave this one.
            return None;
        }
        let line = core.profile.hang_up.get(self.attempt).copied()?;
        self.attempt += 1;
        Some(CommandLine::basic(line))
    }

    /// What ends this call and no other.
    fn single_line(&self, call: &Call, core: &Core) -> Option<CommandLine> {
        if waits(call) {
            return Some(CommandLine::basic(DROP_WAITING));
        }
        let index = core.calls.index_of(self.call);
        let crashes = core.profile.no_release_before_alerting && call.state == CallState::Dialing;
        let index =
            index.filter(|index| *index < 10 && core.identity.abilities.release_one && !crashes);
        if let Some(index) = index {
            return CommandLine::set("+CHLD").number(10 + i64::from(index)).build().ok();
        }
        let waiting = core.calls.list().iter().any(waits);
        let alone_in = |state: &CallState| core.calls.in_state(state) == [self.call];
        let set_up = [CallState::Dialing, CallState::Alerting];
        let set_up = set_up.into_iter().any(|state| beside(self.call, state, core));
        match call.state {
            // With nobody waiting, 0 ends all that is held, and 1 all that is active.
            CallState::Held if !waiting && alone_in(&CallState::Held) => {
                Some(CommandLine::basic("AT+CHLD=0"))
            }
            CallState::Active if !(waiting || set_up) && alone_in(&CallState::Active) => {
                Some(CommandLine::basic("AT+CHLD=1"))
            }
            _ => None,
        }
    }

    fn accepted(&mut self, core: &mut Core, now: Instant) -> Step {
        let hints = core.calls.hints_decide();
        if let Some(track) = core.calls.track_mut(self.call) {
            track.end_accepted();
            track.ending |= hints;
        }
        if hints {
            let network = core.network().clone();
            core.calls.release_ending(&network, now);
            if self.resumes {
                core.calls.swap_states(now);
            }
        }
        core.poll_calls(now);
        if let Some(request) = self.request {
            core.done(request);
        }
        Step::Finished
    }

    fn refused(&mut self, core: &mut Core, now: Instant) -> Step {
        core.poll_calls(now);
        // What got no answer may be obeyed late; if the call goes now it was we who ended it.
        if !self.heard.unanswered || self.last_round {
            note_refused(self.call, core);
        }
        let sent = self.heard.last.is_some();
        if let Some(track) = core.calls.track_mut(self.call).filter(|track| !track.end_hint) {
            track.hang_up_refused = sent.then_some(now);
        }
        let held = core.calls.get(self.call).is_some_and(|call| call.state == CallState::Held);
        if let Some(request) = self.request {
            let (error, diagnosis) = match self.heard.last.as_ref().map(|last| &last.outcome) {
                Some(Outcome::Final(result)) => {
                    service_refusal(result, "The modem did not hang up")
                }
                Some(_) => no_answer(),
                // Nothing was sent: there is no command that ends this one alone.
                None if held => (CommandError::NotAllowedNow, only_together()),
                None => (CommandError::NotAllowedNow, not_alone()),
            };
            core.failed(request, error, diagnosis);
        }
        Step::Finished
    }
}
