//! What the modem says of calls without being asked. URCs are hints: they make a call appear at once
//! and have the list asked for; where there is no list that works, they decide.

use super::reconcile::{direction_of, remote_of, state_of};
use super::{Calls, ListTrust, RING_SILENCE};
use crate::at::FinalResult;
use crate::at::response::clcc::CallStatus;
use crate::at::unsolicited::CallReport;
use crate::clock::Instant;
use crate::modem::exchange::result_words;
use crate::phone::{CallId, CallState, Direction, RemoteParty};
use std::time::Duration;

/// A `RING` so soon after the answer is a late one.
const LATE_RING: Duration = Duration::from_secs(3);

impl Calls {
    /// The list can't tell, so hints decide.
    pub fn hints_decide(&self) -> bool {
        matches!(self.trust, ListTrust::Empty | ListTrust::Absent)
    }

    /// `RING`, `+CRING` or what a maker says instead.
    pub fn ring(&mut self, now: Instant) {
        if let Some(id) = self.ringing().map(|call| call.id) {
            if let Some(track) = self.tracks.get_mut(&id) {
                track.last_ring = now;
            }
            return;
        }
        let late = self.list.iter().any(|call| {
            call.direction == Direction::MobileTerminated
                && call.answered_at.is_some_and(|at| now.since(at) < LATE_RING)
        });
        // In a call a second caller is announced by +CCWA, so the list shall say what this is.
        let listed_call = self.trust == ListTrust::Works && self.any_answered();
        if !late && !listed_call && self.has_room() {
            let remote = RemoteParty::NotAvailable;
            self.add(Direction::MobileTerminated, CallState::Incoming, remote, now);
        }
    }

    fn any_answered(&self) -> bool {
        self.list.iter().any(|call| matches!(call.state, CallState::Active | CallState::Held))
    }

    /// `+CLIP`: who rings. It comes with every `RING`, and from some modems instead of it.
    pub fn clip(&mut self, number: Option<&str>, validity: Option<u8>, now: Instant) {
        self.ring(now);
        if let Some(id) = self.ringing().map(|call| call.id) {
            self.set_remote(id, remote_of(number, validity));
        }
    }

    /// `+CCWA`: a second caller.
    pub fn waiting(&mut self, number: Option<&str>, validity: Option<u8>, now: Instant) {
        let remote = remote_of(number, validity);
        if let Some(id) = self.ringing().map(|call| call.id) {
            if let Some(track) = self.tracks.get_mut(&id) {
                track.last_ring = now;
            }
            self.set_remote(id, remote);
        } else if self.has_room() {
            let state = if self.any() { CallState::Waiting } else { CallState::Incoming };
            self.add(Direction::MobileTerminated, state, remote, now);
        }
    }

    /// Callers who have not rung for long and whom no list shows have given up.
    pub fn end_silent_rings(&mut self, now: Instant) {
        for call in &self.list {
            let ringing = matches!(call.state, CallState::Incoming | CallState::Waiting);
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            let silent = now.since(track.last_ring) >= RING_SILENCE;
            let in_list = track.listed && track.missing == 0 && self.trust == ListTrust::Works;
            if ringing && silent && !in_list && !track.answering {
                track.ending = true;
            }
        }
    }

    /// When the next caller is silent for too long.
    pub fn next_silence(&self, now: Instant) -> Option<Duration> {
        let ringing = self
            .list
            .iter()
            .filter(|call| matches!(call.state, CallState::Incoming | CallState::Waiting));
        let left = ringing.filter_map(|call| {
            let track = self.tracks.get(&call.id).filter(|track| !track.ending)?;
            let elapsed = now.since(track.last_ring);
            Some(RING_SILENCE.checked_sub(elapsed).unwrap_or(RING_SILENCE))
        });
        left.min()
    }

    /// `NO CARRIER`, `BUSY` and the like by themselves.
    pub fn ended_hint(&mut self, result: &FinalResult) {
        let words = result_words(result);
        let dialing_only = *result != FinalResult::NoCarrier;
        let ids: Vec<CallId> = self
            .list
            .iter()
            .filter(|call| match call.state {
                CallState::Dialing | CallState::Alerting => true,
                CallState::Held | CallState::Released(_) => false,
                _ => !dialing_only,
            })
            .map(|call| call.id)
            .collect();
        let decides = self.hints_decide() && ids.len() == 1;
        for id in ids {
            let Some(track) = self.tracks.get_mut(&id) else { continue };
            if track.dial_outstanding {
                continue;
            }
            track.end_hint = true;
            track.evidence(&words);
            if track.end.result.is_empty() {
                track.end.result = words.clone();
            }
            track.ending |= decides;
        }
    }

    /// A maker's own report on one call.
    pub fn report(&mut self, report: &CallReport, line: &str, now: Instant) {
        if !report.voice {
            return;
        }
        let Some(id) = self.call_of_report(report, now) else { return };
        let decides = self.hints_decide();
        let single = self.list.len() == 1;
        let Some(track) = self.tracks.get_mut(&id) else { return };
        if report.status == Some(CallStatus::Released) || report.status.is_none() {
            if report.cause.is_some() || report.maker_status.is_some() {
                track.end.cause = report.cause.map(u16::from).or(track.end.cause);
                track.end.huawei_status = report.maker_status.or(track.end.huawei_status);
            }
            if report.status.is_some() {
                track.evidence(line);
                track.end_hint = true;
                track.ending |= decides && !track.dial_outstanding;
            }
            return;
        }
        track.alive = true;
        track.last_ring = now;
        if let Some(number) = &report.number {
            self.set_remote(id, remote_of(Some(number), None));
        }
        let Some(state) = report.status.and_then(state_of) else { return };
        if (single || decides) && forward(self.get(id).map(|call| &call.state), &state) {
            self.set_state(id, state, now);
        }
    }

    /// Whom a report speaks of; for one that rings, a new call if need be.
    fn call_of_report(&mut self, report: &CallReport, now: Instant) -> Option<CallId> {
        let direction = report.direction.map(direction_of);
        let fits = |id: &CallId| {
            let call = self.get(*id);
            call.is_some_and(|call| direction.is_none_or(|wanted| wanted == call.direction))
                && !self.is_ending(*id)
        };
        let by_index = report.index.and_then(|index| {
            let known = self.tracks.iter().find(|(_, track)| track.index == Some(index));
            known.map(|(id, _)| *id).filter(|id| fits(id))
        });
        let candidates: Vec<CallId> =
            self.list.iter().map(|call| call.id).filter(|id| fits(id)).collect();
        if let Some(id) = by_index {
            return Some(id);
        }
        let ringing = matches!(report.status, Some(CallStatus::Incoming | CallStatus::Waiting));
        match candidates.as_slice() {
            [] if ringing => {
                self.ring(now);
                self.ringing().map(|call| call.id)
            }
            [only] if !ringing => Some(*only),
            _ if ringing => {
                self.ring(now);
                self.ringing().map(|call| call.id)
            }
            _ => None,
        }
    }
}

/// A hint only moves a call on; that it goes back is for the list to say.
fn forward(from: Option<&CallState>, to: &CallState) -> bool {
    let rank = |state: &CallState| match state {
        CallState::Dialing | CallState::Incoming | CallState::Waiting => 0,
        CallState::Alerting => 1,
        CallState::Active | CallState::Held => 2,
        CallState::Released(_) => 3,
    };
    from.is_some_and(|from| rank(from) < rank(to) || (rank(from) == 2 && rank(to) == 2))
}
