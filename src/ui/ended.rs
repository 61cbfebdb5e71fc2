//! Calls that are gone, or could not be placed, as their cards show them.

use super::Model;
use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::{
    Answer, Call, CallDetail, CallRecordId, CallState, CommandError, Diagnosis, Dial, Direction,
    QueryId, ReleaseCause, RemoteParty,
};
use std::time::Duration;

/// Cards of ended calls shown at once.
const MAX_ENDED: usize = 3;
/// How long a call that ended well stays in sight.
const CALM_STAYS: Duration = Duration::from_secs(8);
/// A refused command and a released call within this time are one failure.
const SAME_FAILURE: Duration = Duration::from_secs(3);

/// A call that is gone, or one that could not be placed.
#[derive(Clone, Debug)]
pub struct EndedCall {
    /// For actions on its card.
    pub key: u64,
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
}

impl EndedCall {
    /// A call to this number that could not be placed.
    pub fn failed(number: PhoneNumber, why: Diagnosis, at: Instant) -> Self {
        EndedCall {
            key: 0,
            remote: RemoteParty::Known(number),
            incoming: false,
            talk_time: None,
            diagnosis: why,
            calm: false,
            at,
            released: false,
            refused: None,
        }
    }

    /// The other side's number, where known.
    pub fn number(&self) -> Option<&PhoneNumber> {
        self.remote.number()
    }

    /// When it goes by itself; `None`: when it is closed. What is to be read stays.
    fn stays(&self) -> Option<Duration> {
        (self.calm && self.diagnosis.advice.is_empty()).then_some(CALM_STAYS)
    }
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

    /// Drops the cards that have been in sight long enough; returns when to look again.
    pub(super) fn expire_ended(&mut self, now: Instant) -> Option<Duration> {
        self.ended.retain(|ended| ended.stays().is_none_or(|stays| now.since(ended.at) < stays));
        let left = |ended: &EndedCall| Some(ended.stays()?.saturating_sub(now.since(ended.at)));
        self.ended.iter().filter_map(left).min()
    }

    /// A call changed; one that is gone gets a card.
    pub(super) fn call_changed(&mut self, call: &Call, now: Instant) {
        let CallState::Released(cause) = &call.state else { return };
        let known = self.phone.calls.iter().any(|live| live.id == call.id);
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
            key: 0,
            remote: call.remote.clone(),
            incoming: call.direction == Direction::MobileTerminated,
            talk_time: call.talk_time(now),
            diagnosis: call.diagnosis.clone().unwrap_or_default(),
            calm,
            at: now,
            released: true,
            refused: None,
        });
    }

    /// Adds a card under a key of its own.
    pub(super) fn push_ended(&mut self, ended: EndedCall) {
        let key = self.key();
        self.ended.push(EndedCall { key, ..ended });
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
        let same = |other: Option<&PhoneNumber>| {
            other.is_some_and(|other| {
                *other == number
                    || crate::number::same_number(other.as_str(), number.as_str(), region)
            })
        };
        let told = self
            .ended
            .iter()
            .any(|ended| same(ended.number()) && now.since(ended.at) < SAME_FAILURE);
        let live = self.phone.calls.iter().any(|call| same(call.remote.number()));
        if told || live {
            return;
        }
        // Judged by the engine with what it knew a moment later than the window.
        let refused = *error == CommandError::NotAllowedNow && !dial.anyway;
        let judged = crate::phone::readiness(&self.phone.link, &self.phone.network);
        let refused =
            (refused && self.phone.link.ready() && judged.lamp.refuses()).then(|| dial.clone());
        self.push_ended(EndedCall { refused, ..EndedCall::failed(number, why.clone(), now) });
    }
}
