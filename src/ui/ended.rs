//! Calls that are gone, or could not be placed, as their cards show them.

use super::Model;
use super::call_notes::{CallNotes, Reply};
use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::{
    Answer, Call, CallDetail, CallId, CallRecordId, CallState, CommandError, Diagnosis, Dial,
    Direction, QueryId, ReleaseCause, RemoteParty,
};
use std::time::Duration;

/// Cards of ended calls kept.
const MAX_ENDED: usize = 8;
/// How long a call that ended well stays in sight.
const CALM_STAYS: Duration = Duration::from_secs(8);
/// How long a failure stays once somebody sat before the window and could read it.
const SEEN_STAYS: Duration = Duration::from_secs(90);
/// How long "A call is possible now" stays.
const PASSED_STAYS: Duration = Duration::from_secs(60);
/// A refused command and a released call within this time are one failure.
const SAME_FAILURE: Duration = Duration::from_secs(3);

/// A call that is gone, or one that could not be placed.
#[derive(Clone, Debug)]
pub struct EndedCall {
    /// For actions on its card.
    pub key: u64,
    /// Which call it was; `None`: it never was one.
    pub call: Option<CallId>,
    /// The other side.
    pub remote: RemoteParty,
    /// Set up by somebody else.
    pub incoming: bool,
    /// How long it was answered.
    pub talk_time: Option<Duration>,
    /// Why it ended and what to do.
    pub diagnosis: Diagnosis,
    /// It ended as a call should: nothing to explain.
    pub calm: bool,
    /// When.
    pub at: Instant,
    /// It comes from a released call, not from a refused command.
    pub released: bool,
    /// It never left: this was not dialed, since it could not succeed.
    pub refused: Option<Dial>,
    /// The modem's own lines are folded out.
    pub unfolded: bool,
    /// No call could succeed then.
    unready: bool,
    /// Since when one can.
    passed: Option<Instant>,
    /// Since when somebody has had it before their eyes.
    seen: Option<Instant>,
}

impl EndedCall {
    /// A call to this number that could not be placed.
    pub fn failed(number: PhoneNumber, why: Diagnosis, at: Instant) -> Self {
        EndedCall {
            key: 0,
            call: None,
            remote: RemoteParty::Known(number),
            incoming: false,
            talk_time: None,
            diagnosis: why,
            calm: false,
            at,
            released: false,
            refused: None,
            unfolded: false,
            unready: false,
            passed: None,
            seen: None,
        }
    }

    /// The other side's number, where known.
    pub fn number(&self) -> Option<&PhoneNumber> {
        self.remote.number()
    }

    /// What kept it from being dialed has passed.
    pub fn possible_now(&self) -> bool {
        self.passed.is_some()
    }

    /// What keeps calls from being placed still does.
    pub fn unready(&self) -> bool {
        self.unready && self.passed.is_none()
    }

    /// It is with this number.
    pub fn is_with(&self, number: &str, region: &str) -> bool {
        self.number().is_some_and(|known| same(known.as_str(), number, region))
    }

    /// When it goes by itself; `None`: not yet. A failure stays until it was seen, and what is
    /// being read until it is closed; a text that the caller gets instead is news until it is sent.
    fn goes(&self, notes: &CallNotes) -> Option<Instant> {
        let reply = self.call.and_then(|call| notes.reply(call));
        if self.unfolded || reply.is_some_and(Reply::waits) {
            return None;
        }
        let calm = self.calm && self.diagnosis.advice.is_empty();
        let calm = calm && !reply.is_some_and(Reply::failed);
        let ends = [
            calm.then_some(self.at + CALM_STAYS),
            self.passed.map(|passed| passed + PASSED_STAYS),
            self.seen.map(|seen| seen + SEEN_STAYS),
        ];
        ends.into_iter().flatten().min()
    }
}

fn same(one: &str, other: &str, region: &str) -> bool {
    one == other || crate::number::same_number(one, other, region)
}

/// What is kept of the call whose page is open.
#[derive(Clone, Debug, Default)]
pub struct OpenDetail {
    /// Which call.
    pub id: Option<CallRecordId>,
    /// The query under way.
    pub query: Option<QueryId>,
    /// The answer.
    pub detail: Option<Box<CallDetail>>,
    /// Why the store could not answer; empty if it could.
    pub problem: String,
    /// The call has changed since.
    pub stale: bool,
}

impl OpenDetail {
    /// Begins with another call.
    pub fn open(&mut self, id: CallRecordId, query: QueryId) {
        *self = OpenDetail { id: Some(id), query: Some(query), ..OpenDetail::default() };
    }

    /// Takes the answer in; true if it was to this.
    pub fn answered(&mut self, id: QueryId, answer: &Answer) -> bool {
        if self.query != Some(id) {
            return false;
        }
        self.query = None;
        match answer {
            Answer::CallDetail(detail) => self.detail.clone_from(detail),
            Answer::Failed(problem) => self.problem.clone_from(problem),
            _ => {}
        }
        true
    }
}

impl Model {
    /// When a timer on a card shows another second, if one runs.
    pub(super) fn next_second(&self, now: Instant) -> Option<Duration> {
        const SECOND: u64 = 1_000_000_000;
        let calls = &self.phone.calls;
        let timed = self.active_call().or_else(|| calls.iter().find(|c| c.answered_at.is_some()));
        let counts = timed.and_then(|call| call.answered_at).map(|answered| {
            Duration::from_nanos(SECOND + 1 - u64::from(now.since(answered).subsec_nanos()))
        });
        // The countdown shows full seconds, rounded up.
        let redial = self.phone.redial.as_ref().filter(|redial| redial.at > now).map(|redial| {
            let beyond = u64::from(redial.at.since(now).subsec_nanos());
            Duration::from_nanos(if beyond == 0 { SECOND } else { beyond })
        });
        counts.into_iter().chain(redial).min()
    }

    /// Somebody moves the pointer or types in this window: what is on the cards that are on the
    /// screen, with these keys, was seen.
    pub(super) fn attended(&mut self, keys: &[u64], now: Instant) {
        let shown = self.ended.iter_mut().filter(|ended| keys.contains(&ended.key));
        shown.for_each(|ended| ended.seen = ended.seen.or(Some(now)));
    }

    /// Drops the cards that have been in sight long enough; returns when to look again.
    pub(super) fn expire_ended(&mut self, now: Instant) -> Option<Duration> {
        let refuses = self.refuses();
        for ended in self.ended.iter_mut().filter(|ended| ended.unready) {
            ended.passed = if refuses { None } else { ended.passed.or(Some(now)) };
        }
        let notes = &self.notes;
        self.ended.retain(|ended| ended.goes(notes).is_none_or(|goes| goes > now));
        self.ended.iter().filter_map(|ended| Some(ended.goes(notes)?.since(now))).min()
    }

    /// No call can succeed now.
    fn refuses(&self) -> bool {
        crate::phone::readiness(&self.phone.link, &self.phone.network).lamp.refuses()
    }

    /// The newest card of a call to the number that is dialed again by itself: both are one.
    pub fn redialed(&self) -> Option<&EndedCall> {
        let redial = self.phone.redial.as_ref()?;
        let region = &self.phone.region;
        let tried =
            |ended: &&EndedCall| !ended.incoming && ended.is_with(redial.number.as_str(), region);
        self.ended.iter().rev().find(tried)
    }

    /// A call changed; one that is gone gets a card.
    pub(super) fn call_changed(&mut self, call: &Call, now: Instant) {
        let known = self.phone.calls.iter().any(|live| live.id == call.id);
        let CallState::Released(cause) = &call.state else {
            if let Some(number) = call.remote.number().filter(|_| !known) {
                // What became of an older call with the same person is no news any more.
                let region = &self.phone.region;
                self.ended.retain(|ended| !ended.is_with(number.as_str(), region));
            }
            return;
        };
        if !known {
            // Told twice, or never seen: a call without a card needs no ending.
            return;
        }
        let talked = call.answered_at.is_some();
        let calm = match cause {
            ReleaseCause::Local | ReleaseCause::Rejected => true,
            ReleaseCause::Remote => talked,
            _ => false,
        };
        // The refused command that came a moment before speaks of the same call.
        let same = |ended: &EndedCall| {
            !ended.released && ended.remote == call.remote && now.since(ended.at) < SAME_FAILURE
        };
        self.ended.retain(|ended| !same(ended));
        self.push_ended(EndedCall {
            call: Some(call.id),
            remote: call.remote.clone(),
            incoming: call.direction == Direction::MobileTerminated,
            talk_time: call.talk_time(now),
            calm,
            released: true,
            ..EndedCall::failed(
                PhoneNumber::new(""),
                call.diagnosis.clone().unwrap_or_default(),
                now,
            )
        });
    }

    /// Adds a card under a key of its own.
    pub(super) fn push_ended(&mut self, ended: EndedCall) {
        let key = self.key();
        // A call that was under way failed for itself, whatever becomes of the network.
        let unready = !ended.released && self.refuses();
        self.ended.push(EndedCall { key, unready, ..ended });
        let excess = self.ended.len().saturating_sub(MAX_ENDED);
        self.ended.drain(..excess);
    }

    /// The engine refused to dial.
    pub(super) fn dial_failed(
        &mut self,
        dial: &Dial,
        error: &CommandError,
        why: &Diagnosis,
        now: Instant,
    ) {
        let number = dial.number.to_number();
        let region = &self.phone.region;
        let told = self.ended.iter().any(|ended| {
            ended.is_with(number.as_str(), region) && now.since(ended.at) < SAME_FAILURE
        });
        let with = |call: &Call| {
            let other = call.remote.number();
            other.is_some_and(|other| same(other.as_str(), number.as_str(), region))
        };
        let live = self.phone.calls.iter().any(with);
        if told || live {
            return;
        }
        // Judged by the engine with what it knew a moment later than the window.
        let refused = *error == CommandError::NotAllowedNow && !dial.anyway;
        let refused = (refused && self.phone.link.ready() && self.refuses()).then(|| dial.clone());
        self.push_ended(EndedCall { refused, ..EndedCall::failed(number, why.clone(), now) });
    }
}
