//! Several calls at once: what becomes of them when the modem has done what was asked (22.030
//! §6.5.5.1). Where the list works it tells; otherwise what `OK` means is all that is known.

use super::hints::same_number;
use super::reconcile::{another_party, remote_of};
use super::{Calls, ListTrust, Track};
use crate::at::response::clcc::CallStatus;
use crate::at::unsolicited::{CallReport, form_of};
use crate::clock::Instant;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId, CallState, Direction, RemoteParty};

impl Calls {
    /// `<idx>` of the call for `+CHLD=1<idx>`: of the list, or where that can't tell of the maker's
    /// own reports, which mostly count alike.
    pub fn index_of(&self, id: CallId) -> Option<u8> {
        let track = self.tracks.get(&id)?;
        let counts_alike = |source: &&str| !form_of(source).any(|form| form.own_index);
        let told =
            track.told_index.filter(|(source, _)| self.hints_decide() && counts_alike(source));
        track.index.or(told.map(|(_, index)| index))
    }

    /// The call that the modem took a command to answer, if the report may be a late one of it, and
    /// nobody else rings.
    pub(super) fn just_taken(&self, report: &CallReport) -> Option<CallId> {
        let place = report.index.map(|index| (report.source, index));
        let there = |track: &Track| {
            track.told_index.is_none() || place.is_none() || track.told_index == place
        };
        let fits = |call: &&Call| {
            let rings = matches!(call.state, CallState::Incoming | CallState::Waiting);
            let track = self.track(call.id);
            rings
                && track.is_some_and(|track| track.answer_accepted && !track.ending && there(track))
                && self.may_mean(call, report)
        };
        let taken = self.list.iter().find(fits).map(|call| call.id);
        taken.filter(|_| self.ringing().is_none())
    }

    /// The list says that a caller has gone who is not released yet, and a report without a number
    /// may speak of that one: whether somebody else rings the next list tells.
    pub(super) fn still_leaving(&self, report: &CallReport) -> bool {
        let leaves = |call: &Call| {
            let rang = matches!(call.state, CallState::Incoming | CallState::Waiting);
            rang && self.track(call.id).is_some_and(|track| track.ending && track.listed)
        };
        self.trust == ListTrust::Works
            && report.number.is_none()
            && self.list.iter().any(|call| leaves(call) && self.may_mean(call, report))
    }

    /// A call to the very number that rings: some simulated phones count one that was placed here
    /// as one that comes in. It was dialed by somebody else, so that its first reports had no call
    /// to speak of.
    pub(super) fn dialed_by_hand(&self, report: &CallReport) -> Option<CallId> {
        let rings = matches!(report.status, Some(CallStatus::Incoming | CallStatus::Waiting));
        let unheard = |track: &Track| !track.ours && track.told_index.is_none() && !track.ending;
        let placed = |call: &&Call| {
            matches!(call.state, CallState::Dialing | CallState::Alerting)
                && same_number(call, report)
                && self.track(call.id).is_some_and(unheard)
        };
        let own = rings && report.own_index;
        self.list.iter().filter(|_| own).find(placed).map(|call| call.id)
    }

    /// The first of these that rings, unless it is being answered.
    pub(super) fn rings_in(&self, ids: &[CallId]) -> Option<CallId> {
        let rings = |id: &&CallId| {
            let rings = self
                .get(**id)
                .is_some_and(|call| matches!(call.state, CallState::Incoming | CallState::Waiting));
            rings && self.tracks.get(id).is_some_and(|track| !track.taken())
        };
        ids.iter().find(rings).copied()
    }

    /// A report of an end that names no call: any may be meant, so that a list without them is no
    /// proof that the list is useless.
    pub(super) fn one_perhaps_ended(&mut self, report: &CallReport) {
        if report.status == Some(CallStatus::Released) && report.index.is_none() {
            for track in self.tracks.values_mut().filter(|track| !track.dial_outstanding) {
                track.perhaps_ended = true;
            }
        }
    }

    /// The modem took our command to end it, or has told its end since.
    pub(super) fn ended_by_us(&self, id: CallId) -> bool {
        self.track(id).is_some_and(|track| track.who != WhoEnded::NotUs && track.end_hint)
    }

    /// A call for help that nobody has hung up.
    pub fn help_lives(&self) -> bool {
        let lives = |track: &Track| track.who == WhoEnded::NotUs && !track.ending;
        self.tracks.values().any(|track| track.for_help && lives(track))
    }

    /// The calls in this state that are not about to end, and that we have not ended already.
    pub fn in_state(&self, state: &CallState) -> Vec<CallId> {
        let ended = |id| self.ended_by_us(id) || self.track(id).is_none_or(|track| track.ending);
        let lives = |call: &&Call| call.state == *state && !ended(call.id);
        self.list.iter().filter(lives).map(|call| call.id).collect()
    }

    /// Another call has taken the line, so the answered ones are parked. Only for modems whose list
    /// does not tell.
    pub fn park_others(&mut self, id: CallId, now: Instant) {
        let dialed = |id| self.tracks.get(&id).is_some_and(|track| !track.not_dialed);
        let ids = self.list.iter().filter(|call| {
            call.id != id
                && dialed(call.id)
                && matches!(
                    call.state,
                    CallState::Active | CallState::Dialing | CallState::Alerting
                )
        });
        for id in ids.map(|call| call.id).collect::<Vec<_>>() {
            self.set_state(id, CallState::Held, now);
        }
    }

    /// The active calls are on hold.
    pub fn park_active(&mut self, now: Instant) {
        for id in self.in_state(&CallState::Active) {
            self.set_state(id, CallState::Held, now);
        }
    }

    /// Some answered call was in no list yet, so that its state tells which row it will be.
    pub fn any_unlisted(&self) -> bool {
        self.ringing().is_none()
            && self.list.iter().any(|call| {
                let unlisted = self.tracks.get(&call.id).is_some_and(|track| !track.listed);
                unlisted && matches!(call.state, CallState::Active | CallState::Held)
            })
    }

    /// A caller waits in the place of another one, who has given up or was taken: the list tells.
    /// The call of the one who waits now.
    pub(super) fn waits_after(
        &mut self,
        before: CallId,
        remote: RemoteParty,
        now: Instant,
    ) -> Option<CallId> {
        if let Some(track) = self.tracks.get_mut(&before) {
            track.end_hint = true;
        }
        let known = self.list.iter().find(|call| {
            call.state == CallState::Waiting
                && call.id != before
                && !another_party(&call.remote, &remote)
        });
        match known.map(|call| call.id) {
            None if self.has_room() => {
                Some(self.add(Direction::MobileTerminated, CallState::Waiting, remote, now))
            }
            known => known,
        }
    }

    /// `CHLD=2` was to park the active calls. Whoever began to wait at that moment it has answered.
    pub fn taken_by_hold(&mut self, now: Instant) {
        let waits = self.ringing().map(|call| call.id);
        if let Some(track) = waits.and_then(|id| self.track_mut(id)) {
            track.answer_accepted = true;
            track.alive = true;
            track.last_ring = now;
        }
    }

    /// Active calls are held, held ones active.
    pub fn swap_states(&mut self, now: Instant) {
        let (active, held) = (self.in_state(&CallState::Active), self.in_state(&CallState::Held));
        for id in active {
            self.set_state(id, CallState::Held, now);
        }
        for id in held {
            self.set_state(id, CallState::Active, now);
        }
    }

    /// All answered calls are one conference.
    pub fn join_answered(&mut self, now: Instant) {
        for id in self.in_state(&CallState::Held) {
            self.set_state(id, CallState::Active, now);
        }
        for id in self.in_state(&CallState::Active) {
            self.set_multiparty(id, true);
        }
    }

    /// This one is talked with alone, the others of its conference are held.
    pub fn leave_conference(&mut self, id: CallId, now: Instant) {
        for other in self.in_state(&CallState::Active) {
            if other != id {
                self.set_state(other, CallState::Held, now);
            }
        }
        self.set_multiparty(id, false);
        let held = self.in_state(&CallState::Held);
        if let [only] = held.as_slice() {
            self.set_multiparty(*only, false);
        }
    }

    /// Whether a call is part of a conference.
    pub fn set_multiparty(&mut self, id: CallId, multiparty: bool) {
        if let Some(call) = self.list.iter_mut().find(|call| call.id == id)
            && call.multiparty != multiparty
        {
            call.multiparty = multiparty;
            self.changed.push(call.clone());
        }
    }

    /// The other side put a call on hold or took it back; whose call that is, nobody says where
    /// there are several.
    pub fn held_by_other(&mut self, held: bool) {
        let one = match held {
            true => |call: &Call| {
                matches!(call.state, CallState::Active | CallState::Held) && !call.multiparty
            },
            false => |call: &Call| call.held_by_other,
        };
        let mut meant = self.list.iter_mut().filter(|call| one(call));
        if let (Some(call), None) = (meant.next(), meant.next())
            && call.held_by_other != held
        {
            call.held_by_other = held;
            self.changed.push(call.clone());
        }
    }

    /// The user has these calls ended by one command; `wanted`: and not any more if it was refused.
    pub fn user_ends(&mut self, ids: &[CallId], wanted: bool) {
        for id in ids {
            if let Some(track) = self.track_mut(*id)
                && (wanted || !track.end_hint)
            {
                track.who = if wanted { WhoEnded::Us } else { WhoEnded::NotUs };
            }
        }
    }

    /// The modem says that it has ended these calls. Where there is no list they are gone.
    pub fn ended_by_command(&mut self, ids: &[CallId]) {
        let decides = self.hints_decide();
        for id in ids {
            if let Some(track) = self.track_mut(*id) {
                track.end_accepted();
                track.ending |= decides;
            }
        }
    }

    /// A call that the modem took the command to answer, and no list will tell: it is answered.
    pub fn settle_answers(&mut self, now: Instant) {
        let rings = |call: &Call| matches!(call.state, CallState::Incoming | CallState::Waiting);
        let accepted = |call: &&Call| {
            let track = self.tracks.get(&call.id);
            rings(call) && track.is_some_and(|track| track.answer_accepted && !track.ending)
        };
        let answered: Vec<CallId> = match self.hints_decide() {
            true => self.list.iter().filter(accepted).map(|call| call.id).collect(),
            false => Vec::new(),
        };
        for id in answered {
            self.park_others(id, now);
            self.set_state(id, CallState::Active, now);
        }
    }

    /// `CHLD=2` is on its way to answer this call, and parks the active ones.
    pub fn note_parked_for(&mut self, id: CallId) {
        for active in self.in_state(&CallState::Active) {
            if let Some(track) = self.track_mut(active) {
                track.parked_for = Some(id);
            }
        }
    }

    /// It was refused: they are not parked.
    pub fn forget_parked_for(&mut self, id: CallId) {
        for track in self.tracks.values_mut().filter(|track| track.parked_for == Some(id)) {
            track.parked_for = None;
        }
    }

    /// A call is released. If others were parked to answer it and it had gone before that, nobody
    /// wanted them on hold.
    pub(super) fn parked_in_vain(&mut self, gone: &Call) {
        let in_vain = gone.answered_at.is_none();
        for track in self.tracks.values_mut().filter(|t| t.parked_for == Some(gone.id)) {
            track.parked_for = None;
            track.take_back = in_vain;
        }
    }

    /// A call is held that nobody wanted on hold, and the line is free. True once.
    pub fn take_back_due(&mut self) -> bool {
        let free = self.list.iter().all(|call| call.state == CallState::Held);
        let mut due = false;
        for call in &self.list {
            let Some(track) = self.tracks.get_mut(&call.id) else { continue };
            let wanted = std::mem::take(&mut track.take_back);
            due |= wanted && call.state == CallState::Held;
        }
        due && free
    }

    /// A report of a new call at the place of another one: who rang there has gone.
    pub(super) fn end_replaced(&mut self, report: &CallReport) {
        let place = report.index.map(|index| (report.source, index));
        let gone = self.list.iter().filter(|call| {
            let there = |track: &Track| place.is_some() && track.told_index == place;
            let rings = matches!(call.state, CallState::Incoming | CallState::Waiting);
            rings && self.track(call.id).is_some_and(there) && !self.may_mean(call, report)
        });
        for id in gone.map(|call| call.id).collect::<Vec<_>>() {
            self.mark_ending(id);
        }
    }

    /// A report may speak of a call as far as number and direction go: a caller's number does not
    /// change, and only calls of ours are dialed, in the beginning.
    pub(super) fn may_mean(&self, call: &Call, report: &CallReport) -> bool {
        let dialed = matches!(report.status, Some(CallStatus::Dialing | CallStatus::Alerting));
        let begins = report.status == Some(CallStatus::Dialing);
        let remote = remote_of(report.number.as_deref(), None);
        let ended = self.track(call.id).is_some_and(|track| track.end_hint);
        // Who was answered does not ring again: that is another caller at the same place.
        let rings = matches!(report.status, Some(CallStatus::Incoming | CallStatus::Waiting));
        let answered = call.answered_at.is_some()
            && self.track(call.id).is_some_and(|track| track.answer_listed || track.end_hint);
        match call.direction {
            Direction::MobileOriginated => !begins || (call.state == CallState::Dialing && !ended),
            Direction::MobileTerminated => {
                !(dialed || rings && answered || another_party(&call.remote, &remote))
            }
        }
    }
}
