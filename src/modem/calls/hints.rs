//! What the modem says of calls without being asked. URCs are hints: they make a call appear at
//! once and have the list asked for; where there is no list that works, they decide.

use super::reconcile::{direction_of, remote_of, state_of};
use super::{Calls, ListTrust, RING_SILENCE};
use crate::at::FinalResult;
use crate::at::response::clcc::CallStatus;
use crate::at::unsolicited::CallReport;
use crate::clock::Instant;
use crate::modem::exchange::result_words;
use crate::number::match_key;
use crate::phone::{CallId, CallState, Direction, RemoteParty};
use std::time::Duration;

/// A `RING` so soon after the answer is a late one.
const LATE_RING: Duration = Duration::from_secs(3);

/// A modem that tells of the progress of a call does so within this time.
const UNTOLD: Duration = Duration::from_secs(5);

/// Reports that number calls in a way of their own, not as the list does.
const COUNTS_BY_ITSELF: [&str; 3] = ["#ECAM", "*ECAV", "+WIND"];

impl Calls {
    /// The list can't tell, so hints decide.
    pub fn hints_decide(&self) -> bool {
        matches!(self.trust, ListTrust::Empty | ListTrust::Absent)
    }

    /// It has turned out that the list can't tell: what was hinted at before counts now.
    pub fn distrust_list(&mut self, trust: ListTrust) {
        self.trust = trust;
        let hinted = |track: &&mut super::Track| track.end_hint && !track.dial_outstanding;
        let mut hinted = self.tracks.values_mut().filter(hinted);
        if let (Some(one), None) = (hinted.next(), hinted.next()) {
            one.ending = true;
        }
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
        let remote = remote_of(number, validity);
        let another = self.ringing().filter(|call| {
            another_party(&call.remote, &remote) && call.state == CallState::Incoming
        });
        if let Some(id) = another.map(|call| call.id) {
            // The one who rang has given up unheard, and somebody else rings now.
            self.mark_ending(id);
        }
        self.ring(now);
        if let Some(id) = self.ringing().map(|call| call.id) {
            self.set_remote(id, remote);
        }
    }

    /// `+CCWA`: a second caller.
    pub fn waiting(&mut self, number: Option<&str>, validity: Option<u8>, now: Instant) {
        let remote = remote_of(number, validity);
        let another = self.ringing().filter(|call| {
            let nobody = remote == RemoteParty::NotAvailable && call.remote.number().is_some();
            nobody || another_party(&call.remote, &remote)
        });
        if let Some(id) = another.map(|call| call.id) {
            self.mark_ending(id);
        }
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
        let hints_decide = self.hints_decide();
        for call in &self.list {
            let rings = match call.state {
                CallState::Incoming => true,
                // A second caller is announced once; the list tells when it is gone.
                CallState::Waiting => hints_decide,
                _ => false,
            };
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            let silent = now.since(track.last_ring) >= RING_SILENCE;
            let in_list = track.listed && track.missing == 0 && self.trust == ListTrust::Works;
            if rings && silent && !in_list && !track.answering {
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
            let left = RING_SILENCE.saturating_sub(now.since(track.last_ring));
            // Silent, but still in the list: look again as late as that.
            Some(if left.is_zero() { RING_SILENCE } else { left })
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
        // Where there is no list, the call that does not ring is meant: one that rings and ends is
        // known by its silence.
        let rings = |id: &&CallId| {
            self.get(**id)
                .is_some_and(|call| matches!(call.state, CallState::Incoming | CallState::Waiting))
        };
        let quiet: Vec<CallId> = ids.iter().filter(|id| !rings(id)).copied().collect();
        let meant = match (quiet.as_slice(), ids.as_slice()) {
            ([one], _) | ([], [one]) => Some(*one).filter(|_| self.hints_decide()),
            _ => None,
        };
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
            track.ending |= meant == Some(id);
        }
    }

    /// `NO CARRIER` was taken for the result of this call's `ATD`. When the network drops all calls
    /// it may have been another's: a list without that one is no proof that the list is useless.
    pub fn others_perhaps_ended(&mut self, id: CallId) {
        for (_, track) in self.tracks.iter_mut().filter(|(other, _)| **other != id) {
            track.perhaps_ended = true;
        }
    }

    /// `CONNECT` after the `OK` to `ATD`: without a list, the only word of the answer.
    pub fn answered_hint(&mut self, now: Instant) {
        let Some(id) = self.dialing().map(|call| call.id) else { return };
        let Some(track) = self.tracks.get_mut(&id) else { return };
        if self.trust != ListTrust::Works && track.accepted {
            track.alive = true;
            self.set_state(id, CallState::Active, now);
        }
    }

    /// Nothing has ever told how far this modem's calls are, although one was dialed long ago.
    pub fn progress_untold(&self, now: Instant) -> bool {
        self.hints_decide()
            && self.dialing().is_some_and(|call| {
                now.since(call.started_at) >= UNTOLD
                    && self.tracks.get(&call.id).is_some_and(|track| !track.alive)
            })
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
                && !self.other_index(*id, report)
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

    /// The list has given the call another index than the report speaks of.
    fn other_index(&self, id: CallId, report: &CallReport) -> bool {
        let own = self.tracks.get(&id).and_then(|track| track.index);
        let counts_alike = !COUNTS_BY_ITSELF.contains(&report.source);
        matches!((own, report.index), (Some(own), Some(told)) if own != told && counts_alike)
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

/// The two can't be one: different numbers, or a number and none on purpose.
fn another_party(a: &RemoteParty, b: &RemoteParty) -> bool {
    match (a, b) {
        (RemoteParty::Known(a), RemoteParty::Known(b)) => {
            match_key(a.as_str()) != match_key(b.as_str())
        }
        (RemoteParty::Known(_), RemoteParty::Withheld) => true,
        (RemoteParty::Withheld, RemoteParty::Known(_)) => true,
        _ => false,
    }
}
