//! Our calls: what the user is told of them, and what we remember beside that to judge the modem's
//! next words. The list (`+CLCC`) is the truth, see [`reconcile`]; everything else is a hint, see
//! [`hints`].

mod announced;
mod dialed;
mod echo;
mod hints;
mod keys;
mod late_refusal;
mod overdue;
mod proof;
mod reconcile;
mod several;
#[cfg(test)]
mod tests;
mod track;
mod untold;

pub(super) use keys::PostDialDue;
pub(super) use reconcile::{LATE_IN_LIST, with_plus};
pub(super) use track::Track;

use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::diagnosis::{WhoEnded, explain_call};
use crate::phone::{
    Call, CallId, CallState, Diagnosis, Direction, Keys, NetworkState, ReleaseCause, RemoteParty,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// No network gives a phone more calls than seven; a modem that lists more is mistaken.
const MAX_CALLS: usize = 16;

/// A caller who is silent for this long has given up. Networks ring every three to six seconds.
pub(super) const RING_SILENCE: Duration = Duration::from_secs(8);

/// So long after a call its late `NO CARRIER` may still come.
const ECHO_OF_RELEASE: Duration = Duration::from_secs(10);

/// How far the list of calls can be trusted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum ListTrust {
    /// No call was ever seen in it, and none was missing for sure.
    #[default]
    Unknown,
    /// It has shown a call.
    Works,
    /// It stays empty although a call lives.
    Empty,
    /// The modem does not have it.
    Absent,
}

/// The calls.
#[derive(Debug, Default)]
pub(super) struct Calls {
    list: Vec<Call>,
    tracks: BTreeMap<CallId, Track>,
    last_id: u32,
    pub trust: ListTrust,
    proof: proof::Proof,
    /// A list that was empty is contradicted by the next: it was no answer to the question, and
    /// what comes next may not be either.
    pub out_of_step: bool,
    /// A list was taken since the link stands.
    pub list_taken: bool,
    /// The list shows a call once it is answered.
    pub late_list: bool,
    /// The list was refused so many times in a row.
    pub refused: u8,
    /// Looks at the calls without it since it was asked for last.
    pub unlisted: u8,
    announced: announced::Announced,
    last_release: Option<Instant>,
    /// The last time that a call ended and the modem had not said `NO CARRIER` or the like.
    last_unsaid: Option<Instant>,
    /// The last time that a call of ours went unanswered and the modem had no word for it.
    last_wordless: Option<Instant>,
    /// The indices in the list that comes by itself, as far as it has come.
    block: Vec<u8>,
    changed: Vec<Call>,
}

impl Calls {
    /// The live calls.
    pub fn list(&self) -> &[Call] {
        &self.list
    }

    pub fn get(&self, id: CallId) -> Option<&Call> {
        self.list.iter().find(|call| call.id == id)
    }

    pub fn track(&self, id: CallId) -> Option<&Track> {
        self.tracks.get(&id)
    }

    pub fn track_mut(&mut self, id: CallId) -> Option<&mut Track> {
        self.tracks.get_mut(&id)
    }

    /// What changed since the last time. Of several changes of one call in a row that keep its
    /// state the last is told.
    pub fn take_changed(&mut self) -> Vec<Call> {
        let mut changed = std::mem::take(&mut self.changed);
        changed.reverse();
        changed.dedup_by(|earlier, later| earlier.id == later.id && earlier.state == later.state);
        changed.reverse();
        changed
    }

    /// More calls than one, beside those that are not dialed yet.
    pub fn several(&self) -> bool {
        self.tracks.values().filter(|track| !track.dial_outstanding).count() > 1
    }

    /// The call that rings: incoming first, then waiting. One that is being answered rings no more.
    pub fn ringing(&self) -> Option<&Call> {
        self.list.iter().find(|call| {
            matches!(call.state, CallState::Incoming | CallState::Waiting)
                && self.tracks.get(&call.id).is_some_and(|track| !track.ending && !track.taken())
        })
    }

    /// Our own call that is not answered yet.
    pub fn dialing(&self) -> Option<&Call> {
        self.list.iter().find(|call| {
            matches!(call.state, CallState::Dialing | CallState::Alerting)
                && !self.is_ending(call.id)
        })
    }

    fn is_ending(&self, id: CallId) -> bool {
        self.tracks.get(&id).is_some_and(|track| track.ending)
    }

    /// Calls other than this one that live, or whose last words may still come.
    pub fn others_may_speak(&self, id: CallId, now: Instant) -> bool {
        let recent = self.last_release.is_some_and(|at| now.since(at) < ECHO_OF_RELEASE);
        recent || self.list.iter().any(|call| call.id != id)
    }

    /// The word for a call of ours that was not answered is due.
    pub fn word_due(&self, now: Instant) -> bool {
        self.last_wordless.is_some_and(|at| now.since(at) < ECHO_OF_RELEASE)
    }

    /// Any call, or one whose end is not told yet.
    pub fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// Some call is on its way to another state.
    pub fn changing(&self) -> bool {
        let settled = |state: &CallState| matches!(state, CallState::Active | CallState::Held);
        self.list.iter().any(|call| {
            !settled(&call.state)
                || self.tracks.get(&call.id).is_some_and(|t| t.end_hint || t.missing > 0)
        })
    }

    /// The link or the modem is new: what its list shows has to be learned again.
    pub fn forget_list(&mut self) {
        self.trust = ListTrust::Unknown;
        self.proof = proof::Proof::default();
        self.late_list = false;
        self.list_taken = false;
        self.refused = 0;
        self.unlisted = 0;
    }

    /// A call of ours, about to be dialed.
    pub fn dial(&mut self, number: PhoneNumber, now: Instant) -> CallId {
        let remote = RemoteParty::Known(number.clone());
        let id = self.add(Direction::MobileOriginated, CallState::Dialing, remote, now);
        if let Some(track) = self.tracks.get_mut(&id) {
            track.dialed = Some(number);
            track.dial_outstanding = true;
            track.not_dialed = true;
            track.ours = true;
        }
        id
    }

    fn add(
        &mut self,
        direction: Direction,
        state: CallState,
        remote: RemoteParty,
        now: Instant,
    ) -> CallId {
        self.last_id += 1;
        let id = CallId(self.last_id);
        let call = Call {
            id,
            direction,
            // Only an answered call can be on hold.
            answered_at: matches!(state, CallState::Active | CallState::Held).then_some(now),
            state,
            remote,
            multiparty: false,
            held_by_other: false,
            keys: Keys::default(),
            started_at: now,
            state_since: now,
            diagnosis: None,
        };
        self.changed.push(call.clone());
        self.list.push(call);
        self.tracks.insert(id, Track::new(direction, now));
        id
    }

    /// There is room for another call.
    fn has_room(&self) -> bool {
        self.list.len() < MAX_CALLS
    }

    /// Enters a state, if it is another.
    pub fn set_state(&mut self, id: CallId, state: CallState, now: Instant) {
        let Some(call) = self.list.iter_mut().find(|call| call.id == id) else { return };
        if call.state == state {
            return;
        }
        let answered = matches!(state, CallState::Active | CallState::Held);
        if answered && call.answered_at.is_none() {
            call.answered_at = Some(now);
        }
        if let Some(track) = self.tracks.get_mut(&id) {
            track.end.alerted |= state == CallState::Alerting;
            track.refused = track.refused.take().filter(|_| !answered);
        }
        call.state = state;
        call.state_since = now;
        self.changed.push(call.clone());
    }

    /// Learns who is at the other end. A number that is known is not forgotten again.
    pub fn set_remote(&mut self, id: CallId, remote: RemoteParty) {
        let Some(call) = self.get(id) else { return };
        let better = matches!(
            (&call.remote, &remote),
            (RemoteParty::NotAvailable, _) | (_, RemoteParty::Known(_))
        );
        if better {
            self.replace_remote(id, remote);
        }
    }

    fn replace_remote(&mut self, id: CallId, remote: RemoteParty) {
        let Some(call) = self.list.iter_mut().find(|call| call.id == id) else { return };
        if call.remote != remote {
            call.remote = remote;
            self.changed.push(call.clone());
        }
    }

    /// The call is gone; only its cause is still to be found.
    pub fn mark_ending(&mut self, id: CallId) {
        if let Some(track) = self.tracks.get_mut(&id) {
            track.ending = true;
        }
    }

    /// Some call is gone and not released yet.
    pub fn any_ending(&self) -> bool {
        self.tracks.values().any(|track| track.ending)
    }

    /// The modem may know more about the end of one of these than we do.
    pub fn cause_wanted(&self) -> bool {
        self.list.iter().any(|call| {
            let Some(track) = self.tracks.get(&call.id) else { return false };
            let told = track.end.cause.is_some() || track.end.data_call;
            let missed =
                call.direction == Direction::MobileTerminated && call.answered_at.is_none();
            track.ending && track.who == WhoEnded::NotUs && !told && !missed
        })
    }

    /// What `+CEER` said, for the calls that are gone.
    pub fn note_cause(&mut self, cause: Option<u16>, words: &str, line: &str) {
        for track in self.tracks.values_mut().filter(|track| track.ending) {
            if track.who == WhoEnded::NotUs && track.end.cause.is_none() {
                track.end.cause = cause;
                track.end.words = words.to_owned();
                track.evidence(line);
            }
        }
    }

    /// Releases all calls that are gone.
    pub fn release_ending(&mut self, network: &NetworkState, now: Instant) {
        let ending: Vec<CallId> =
            self.tracks.iter().filter(|(_, track)| track.ending).map(|(id, _)| *id).collect();
        for id in ending {
            self.release(id, network, now);
        }
    }

    /// Releases one call and gives the words for its end.
    pub fn release(
        &mut self,
        id: CallId,
        network: &NetworkState,
        now: Instant,
    ) -> Option<(ReleaseCause, Diagnosis)> {
        let at = self.list.iter().position(|call| call.id == id)?;
        let mut track = self.tracks.remove(&id)?;
        let mut call = self.list.remove(at);
        if call.direction == Direction::MobileOriginated
            && call.answered_at.is_none()
            && !track.not_dialed
            && track.end.result.is_empty()
        {
            self.last_wordless = Some(now);
        }
        if !track.not_dialed && track.end.result.is_empty() {
            self.last_unsaid = Some(now);
        }
        late_refusal::note(&call, &mut track);
        overdue::note(&call, &mut track);
        if track.who == WhoEnded::NotUs && track.ended_by_refused(call.answered_at.is_some(), now) {
            track.who = WhoEnded::Us;
        }
        if track.who == WhoEnded::UsRejecting && call.answered_at.is_some() {
            track.who = WhoEnded::Us;
        }
        track.end.who = track.who;
        track.end.talk_time = call.talk_time(now);
        track.end.note_network(network);
        track.end.barred &= !track.for_help;
        track.end.for_help = track.for_help;
        track.end.lasted = now.since(call.started_at);
        track.end.other_calls = !self.list.is_empty();
        let (cause, mut diagnosis) = explain_call(&track.end);
        if !track.end_words.is_empty() {
            diagnosis = Diagnosis::new(&track.end_words, "").with_evidence(diagnosis.evidence);
        }
        keys::forget_pending(&mut call);
        self.parked_in_vain(&call);
        call.state = CallState::Released(cause.clone());
        call.state_since = now;
        call.diagnosis = Some(diagnosis.clone());
        self.changed.push(call);
        self.last_release = Some(now);
        Some((cause, diagnosis))
    }

    /// The link is gone or the modem is silent: nobody knows what becomes of the calls, but for
    /// those that were over. `all_end`: the modem itself went down.
    pub fn release_all_lost(
        &mut self,
        diagnosis: &Diagnosis,
        all_end: bool,
        network: &NetworkState,
        now: Instant,
    ) {
        let over = |id: &CallId| self.is_ending(*id) || self.ended_by_us(*id);
        let ids = self.list.iter().map(|call| call.id);
        for id in ids.filter(over).collect::<Vec<_>>() {
            self.release(id, network, now);
        }
        for mut call in std::mem::take(&mut self.list) {
            let track = self.tracks.remove(&call.id);
            let ended_by_us = track.as_ref().is_some_and(|track| track.who == WhoEnded::Us);
            let cause = if ended_by_us && call.answered_at.is_none() {
                ReleaseCause::Local
            } else {
                ReleaseCause::LinkLost
            };
            let dialed = call.direction == Direction::MobileOriginated
                && !track.is_some_and(|track| track.not_dialed);
            let goes_on = !all_end && (dialed || call.answered_at.is_some());
            keys::forget_pending(&mut call);
            call.state = CallState::Released(cause);
            call.state_since = now;
            let words = diagnosis.clone();
            call.diagnosis = Some(if goes_on { words.call_may_go_on() } else { words });
            self.changed.push(call);
        }
        self.tracks.clear();
        self.last_release = Some(now);
    }
}
