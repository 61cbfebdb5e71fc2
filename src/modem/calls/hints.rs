//! What the modem says of calls without being asked. URCs are hints: they make a call appear at
//! once and have the list asked for; where there is no list that works, they decide.

use super::reconcile::{another_party, direction_of, remote_of, state_of, with_plus};
use super::{Calls, ListTrust, RING_SILENCE, Track, late_refusal};
use crate::at::FinalResult;
use crate::at::response::clcc::CallStatus;
use crate::at::unsolicited::{CallReport, form_of};
use crate::clock::Instant;
use crate::modem::refusals::result_words;
use crate::number::match_key;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId, CallState, Direction, RemoteParty};
use std::time::Duration;

/// A `RING` so soon after the answer is a late one.
pub(super) const LATE_RING: Duration = Duration::from_secs(3);

/// A modem counts the seconds of a call as we do, to this much.
const SAME_TIME: Duration = Duration::from_secs(2);

/// No modem has more calls than this in a list that comes by itself.
const MAX_BLOCK: usize = 16;

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
            one.ending |= !late_refusal::in_doubt(one);
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
        // The one that is just being answered may still ring.
        let taken = |track: &&mut Track| track.taken() && !track.ending;
        if let Some(track) = self.tracks.values_mut().find(taken) {
            track.last_ring = now;
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
        self.list.iter().any(|call| {
            let gone = self.tracks.get(&call.id).is_some_and(|track| track.ending);
            !gone && matches!(call.state, CallState::Active | CallState::Held)
        })
    }

    /// `+CLIP`: who rings. It comes with every `RING`, and from some modems instead of it.
    pub fn clip(&mut self, number: Option<&str>, validity: Option<u8>, now: Instant) {
        let remote = remote_of(number, validity);
        let rings = |call: &&Call| matches!(call.state, CallState::Incoming | CallState::Waiting);
        let another = |call: &&Call| rings(call) && another_party(&call.remote, &remote);
        for id in self.list.iter().filter(another).map(|call| call.id).collect::<Vec<_>>() {
            // The one who rang has given up unheard, and somebody else rings now.
            self.mark_ending(id);
        }
        self.ring(now);
        match self.ringing().map(|call| call.id) {
            Some(id) => self.set_remote(id, remote),
            None => self.announce(remote, now),
        }
    }

    /// `+CCWA`: a second caller.
    pub fn waiting(&mut self, number: Option<&str>, validity: Option<u8>, now: Instant) {
        let remote = remote_of(number, validity);
        let another = self.ringing().filter(|call| {
            let nobody = remote == RemoteParty::NotAvailable && call.remote.number().is_some();
            // A second caller is announced once: after we rejected one, this is the next.
            nobody || another_party(&call.remote, &remote) || self.ended_by_us(call.id)
        });
        if let Some(id) = another.map(|call| call.id) {
            if self.trust == ListTrust::Works {
                self.waits_after(id, remote, now);
                return;
            }
            self.mark_ending(id);
        }
        let answered_now = self.list.iter().find(|call| {
            self.tracks.get(&call.id).is_some_and(|track| track.taken())
                && !another_party(&call.remote, &remote)
        });
        let answered_now = answered_now.and_then(|call| self.tracks.get_mut(&call.id));
        // Lists without the one who is thought to be answered tell that this is the next.
        let answered_now = answered_now.map(|track| track.last_ring = now).is_some();
        if let Some(id) = self.ringing().map(|call| call.id) {
            if let Some(track) = self.tracks.get_mut(&id) {
                track.last_ring = now;
            }
            self.set_remote(id, remote);
        } else if self.has_room() && !answered_now {
            // Before the first list there may be calls that we do not know of.
            let beside_another = self.any() || !self.list_taken;
            let state = if beside_another { CallState::Waiting } else { CallState::Incoming };
            self.add(Direction::MobileTerminated, state, remote, now);
        }
    }

    /// Callers who have not rung for long and whom no list shows have given up.
    pub fn end_silent_rings(&mut self, now: Instant) {
        let silent = |track: &Track| now.since(track.last_ring) >= RING_SILENCE;
        let ended = self.list.iter().filter(|call| {
            let track = self.tracks.get(&call.id);
            track.is_some_and(|track| silent(track) && self.ends_in_silence(call, track))
        });
        for id in ended.map(|call| call.id).collect::<Vec<_>>() {
            self.mark_ending(id);
        }
    }

    /// When the next caller is silent for too long. At once for one who was so while the modem was
    /// busy with something else.
    pub fn next_silence(&self, now: Instant) -> Option<Duration> {
        let ringing = self
            .list
            .iter()
            .filter(|call| matches!(call.state, CallState::Incoming | CallState::Waiting));
        let left = ringing.filter_map(|call| {
            let track = self.tracks.get(&call.id).filter(|track| !track.ending)?;
            let left = RING_SILENCE.saturating_sub(now.since(track.last_ring));
            // Silent, but still in the list or being answered: look again as late as that.
            let ends = self.ends_in_silence(call, track);
            Some(if left.is_zero() && !ends { RING_SILENCE } else { left })
        });
        left.min()
    }

    /// Its ring tells whether this call lives, since no list does.
    fn ends_in_silence(&self, call: &Call, track: &Track) -> bool {
        let rings = match call.state {
            CallState::Incoming => true,
            // A second caller is announced once; the list tells when it is gone.
            CallState::Waiting => self.hints_decide(),
            _ => false,
        };
        let in_list = track.listed && track.missing == 0 && self.trust == ListTrust::Works;
        rings && !in_list && !track.answering
    }

    /// `NO CARRIER`, `BUSY` and the like by themselves.
    pub fn ended_hint(&mut self, result: &FinalResult, now: Instant) {
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
        let echo = self.echo_due(now) && self.trust != ListTrust::Works;
        let only = ids.len() == 1;
        for id in ids {
            let Some(track) = self.tracks.get_mut(&id) else { continue };
            if track.dial_outstanding {
                continue;
            }
            track.perhaps_echo |=
                echo && (only || meant == Some(id)) && track.end.result.is_empty();
            track.end_told();
            track.evidence(&words);
            if track.end.result.is_empty() {
                track.end.result = words.clone();
            }
            track.ending |= meant == Some(id) && !track.perhaps_echo;
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
        // Modems have answered the hang-up so.
        let ends = track.who != WhoEnded::NotUs || track.hang_up_sent.is_some();
        if self.trust != ListTrust::Works && track.accepted && !ends {
            track.alive = true;
            self.set_state(id, CallState::Active, now);
        }
    }

    /// A maker's own report on one call.
    pub fn report(&mut self, report: &CallReport, line: &str, now: Instant) {
        if !report.voice {
            return;
        }
        self.note_row(report);
        self.end_replaced(report);
        let Some(id) = self.call_of_report(report, now) else {
            return self.one_perhaps_ended(report);
        };
        let decides = self.hints_decide();
        let single = self.list.len() == 1;
        let ours = self.get(id).is_some_and(|call| call.direction == Direction::MobileOriginated);
        let Some(track) = self.tracks.get_mut(&id) else { return };
        let ends = track.end_hint || track.who != WhoEnded::NotUs;
        if let Some(index) = report.index {
            track.told_index = Some((report.source, index));
        }
        if report.status == Some(CallStatus::Released) || report.status.is_none() {
            if report.cause.is_some() || report.maker_status.is_some() {
                track.end.cause = report.cause.map(u16::from).or(track.end.cause);
                track.end.huawei_status = huawei_status(report).or(track.end.huawei_status);
            }
            if report.status.is_some() {
                track.evidence(line);
                track.end_told();
                track.ending |= decides && !track.dial_outstanding;
            }
            return;
        }
        track.alive = true;
        track.last_ring = now;
        // What was dialed is known better here.
        let number = with_plus(report.number.as_deref(), report.type_of_number);
        if let Some(number) = number.filter(|_| !ours) {
            self.set_remote(id, remote_of(Some(&number), None));
        }
        let Some(state) = report.status.and_then(state_of) else { return };
        let state = match state {
            // While it is being ended that is another one that comes in at its place.
            CallState::Incoming | CallState::Waiting if ours && ends => return,
            CallState::Incoming | CallState::Waiting if ours => CallState::Alerting,
            state => state,
        };
        // Only an answered call can be put on hold: this is another's, perhaps one from before.
        let answered = self.get(id).is_some_and(|call| call.answered_at.is_some());
        if state == CallState::Held && !answered {
            return;
        }
        let from = self.get(id).map(|call| &call.state);
        // Who is on hold the list tells better, where it tells.
        let believed = decides || (single && state != CallState::Held);
        if believed && forward(from, &state) {
            self.set_state(id, state, now);
        }
    }

    /// A row of the list that comes by itself.
    fn note_row(&mut self, report: &CallReport) {
        let gone = matches!(report.status, None | Some(CallStatus::Released));
        if let Some(index) = report.index.filter(|_| report.source == "^SLCC" && !gone)
            && self.block.len() < MAX_BLOCK
        {
            self.block.push(index);
        }
    }

    /// The list that comes by itself is complete: where nothing else tells, what is not in it is
    /// gone.
    pub fn block_complete(&mut self) {
        let block = std::mem::take(&mut self.block);
        let decides = self.hints_decide();
        for track in self.tracks.values_mut() {
            let told = track
                .told_index
                .is_some_and(|(source, index)| source == "^SLCC" && !block.contains(&index));
            if told && !track.dial_outstanding {
                track.end_told();
                track.ending |= decides;
            }
        }
    }

    /// Whom a report speaks of; for one that rings, a new call if need be.
    fn call_of_report(&mut self, report: &CallReport, now: Instant) -> Option<CallId> {
        if let Some(id) = self.call_by_told_index(report).or_else(|| self.dialed_by_hand(report)) {
            return Some(id);
        }
        // What rings here is no call of ours.
        let rings = matches!(report.status, Some(CallStatus::Incoming | CallStatus::Waiting));
        let direction = match report.direction {
            _ if rings => Some(Direction::MobileTerminated),
            told => told.map(direction_of),
        };
        let fits = |id: &CallId| {
            let call = self.get(*id);
            call.is_some_and(|call| direction.is_none_or(|wanted| wanted == call.direction))
                && call.is_some_and(|call| self.may_mean(call, report))
                && !self.is_ending(*id)
                && self.tracks.get(id).is_some_and(|track| !track.not_dialed)
                && !self.other_index(*id, report)
        };
        let by_index = report.index.filter(|_| !report.own_index).and_then(|index| {
            let known = self.tracks.iter().find(|(_, track)| track.index == Some(index));
            known.map(|(id, _)| *id).filter(|id| fits(id))
        });
        let candidates: Vec<CallId> =
            self.list.iter().map(|call| call.id).filter(|id| fits(id)).collect();
        if let Some(id) = by_index {
            return Some(id);
        }
        match (report.status, candidates.as_slice()) {
            (Some(CallStatus::Incoming | CallStatus::Waiting), _) => {
                let gone = self.ringing().filter(|call| !self.may_mean(call, report));
                let gone = gone.map(|call| call.id);
                let told = self.trust == ListTrust::Works;
                let after = gone.filter(|_| told && report.status == Some(CallStatus::Waiting));
                if let (Some(id), None) = (gone, after) {
                    self.mark_ending(id);
                }
                if let Some(id) = self.just_taken(report).or_else(|| self.rings_in(&candidates)) {
                    return Some(id);
                }
                if self.still_leaving(report) {
                    return None;
                }
                if let Some(id) = after {
                    let number = with_plus(report.number.as_deref(), report.type_of_number);
                    return self.waits_after(id, remote_of(number.as_deref(), None), now);
                }
                let beside =
                    report.status == Some(CallStatus::Waiting) && (self.any() || !self.list_taken);
                if beside && self.ringing().is_none() && self.has_room() {
                    let remote = RemoteParty::NotAvailable;
                    self.add(Direction::MobileTerminated, CallState::Waiting, remote, now);
                } else {
                    self.ring(now);
                }
                self.ringing().map(|call| call.id)
            }
            (Some(CallStatus::Held), _) if report.index.is_none() => {
                self.only(&candidates, |call| call.state == CallState::Active)
            }
            (_, [only]) => Some(*only),
            (_, several) if report.index.is_none() => self.meant(report, several, now),
            _ => None,
        }
    }

    /// Which of several calls a report without an index means.
    fn meant(&self, report: &CallReport, ids: &[CallId], now: Instant) -> Option<CallId> {
        let unanswered = |call: &Call| call.answered_at.is_none();
        match report.status? {
            CallStatus::Alerting => self.only(ids, |call| call.state == CallState::Dialing),
            CallStatus::Active => self.only(ids, |call| {
                let ours = call.direction == Direction::MobileOriginated;
                let track = self.tracks.get(&call.id);
                unanswered(call) && (ours || track.is_some_and(|track| track.answering))
            }),
            CallStatus::Released => {
                let told = Duration::from_secs(u64::from(report.duration_s?));
                self.only(ids, |call| {
                    let talked = call.talk_time(now);
                    talked.is_some_and(|talked| talked.abs_diff(told) <= SAME_TIME)
                })
            }
            _ => None,
        }
    }

    /// The one of these that fits, if no other does.
    fn only(&self, ids: &[CallId], fits: impl Fn(&Call) -> bool) -> Option<CallId> {
        let mut fitting = self.list.iter().filter(|call| ids.contains(&call.id) && fits(call));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first.id)
    }

    /// The call that this kind of report has spoken of before by that index, unless the list has
    /// another for it.
    fn call_by_told_index(&self, report: &CallReport) -> Option<CallId> {
        let told = (report.source, report.index?);
        let rings = matches!(report.status, Some(CallStatus::Incoming | CallStatus::Waiting));
        let same = |id: CallId, track: &super::Track| {
            let listed = track.index.filter(|_| !report.own_index);
            let call = self.get(id).filter(|call| !other_number(call, report));
            let fits = call.is_some_and(|call| match call.state {
                // Some simulated phones count a call of ours that rings as one that comes in.
                CallState::Dialing | CallState::Alerting => {
                    !rings || (report.own_index && same_number(call, report))
                }
                _ => !rings || call.direction == Direction::MobileTerminated,
            });
            // The place of a caller who has gone was given to a call of ours.
            let ours = report.direction.map(direction_of) == Some(Direction::MobileOriginated);
            let fits = fits
                && self
                    .get(id)
                    .is_some_and(|call| call.direction == Direction::MobileOriginated || !ours);
            track.told_index == Some(told)
                && !track.ending
                && fits
                && self.get(id).is_some_and(|call| self.may_mean(call, report))
                && listed.is_none_or(|index| index == told.1)
        };
        self.tracks.iter().find(|(id, track)| same(**id, track)).map(|(id, _)| *id)
    }

    /// The list, or an earlier report, has given the call another index than the report speaks of.
    fn other_index(&self, id: CallId, report: &CallReport) -> bool {
        let Some(track) = self.tracks.get(&id) else { return false };
        let Some(told) = report.index else { return false };
        match (track.index, track.told_index) {
            (Some(own), _) if !report.own_index => own != told,
            (_, Some((source, before))) => {
                let alike = !report.own_index && !form_of(source).any(|form| form.own_index);
                before != told && (alike || source == report.source)
            }
            _ => false,
        }
    }
}

/// The report names somebody else: an index was given anew. Modems report what was dialed in forms
/// of their own, with or without `+`, cut short.
fn other_number(call: &Call, report: &CallReport) -> bool {
    match (call.remote.number(), &report.number) {
        (Some(ours), Some(told)) => {
            let (ours, told) = (match_key(ours.as_str()), match_key(told));
            !ours.ends_with(&told) && !told.ends_with(&ours)
        }
        _ => false,
    }
}

pub(super) fn same_number(call: &Call, report: &CallReport) -> bool {
    match (call.remote.number(), &report.number) {
        (Some(ours), Some(told)) => match_key(ours.as_str()) == match_key(told),
        _ => false,
    }
}

/// `<end_status>` of `^CEND`; the numbers of other makers mean other things.
fn huawei_status(report: &CallReport) -> Option<u16> {
    report.maker_status.filter(|_| report.source == "^CEND")
}

/// A hint only moves a call on; that it goes back is for the list to say.
fn forward(from: Option<&CallState>, to: &CallState) -> bool {
    let rank = |state: &CallState| match state {
        CallState::Dialing | CallState::Incoming | CallState::Waiting => 0,
        CallState::Alerting => 1,
        CallState::Active | CallState::Held => 2,
        CallState::Released(_) => 3,
    };
    let answered = from.is_some_and(|from| rank(from) == 2);
    match to {
        // Nobody parks a call that is not answered.
        CallState::Held => answered,
        _ => answered && rank(to) == 2 || from.is_some_and(|from| rank(from) < rank(to)),
    }
}
