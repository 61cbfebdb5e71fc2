//! The list of calls (`+CLCC`, 3GPP TS 27.007 §7.18) against what we believe.
//!
//! A row says that a call lives. A row that is missing says little by itself: modems list a new
//! call a little late, and a line may have been lost on its way. So a call that nothing else speaks
//! against is missed several times before it is gone.

use super::{Calls, ListTrust, RING_SILENCE, Track, late_refusal};
use crate::at::response::clcc::{CallDirection, CallStatus, ClccEntry};
use crate::at::unsolicited::form_of;
use crate::clock::Instant;
use crate::number::{PhoneNumber, match_key};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId, CallState, Direction, RemoteParty};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::Duration;

/// A call that nothing speaks against is gone after so many lists without it.
const GRACE: u8 = 3;

/// More rows than this are no list of calls.
const MAX_ROWS: usize = 64;

/// So long a new call may be missing from the list although the modem took it.
pub(in crate::modem) const LATE_IN_LIST: Duration = Duration::from_secs(2);

/// So long an answer that the modem has confirmed may be missing from its list.
const LATE_ANSWER: Duration = Duration::from_secs(5);

/// Shorter ones are codes and emergency numbers.
const SHORTEST_INTERNATIONAL: usize = 7;

/// A voice call. Mode 9 is "unknown", which modems write for voice calls too; rows with mode 1 are
/// the data bearer of LTE modems.
fn is_voice(row: &ClccEntry) -> bool {
    row.is_voice() || row.mode == 9
}

pub(super) fn direction_of(direction: CallDirection) -> Direction {
    match direction {
        CallDirection::MobileOriginated => Direction::MobileOriginated,
        CallDirection::MobileTerminated => Direction::MobileTerminated,
    }
}

pub(super) fn state_of(status: CallStatus) -> Option<CallState> {
    Some(match status {
        CallStatus::Active => CallState::Active,
        CallStatus::Held => CallState::Held,
        CallStatus::Dialing => CallState::Dialing,
        CallStatus::Alerting => CallState::Alerting,
        CallStatus::Incoming => CallState::Incoming,
        CallStatus::Waiting => CallState::Waiting,
        CallStatus::Released => return None,
    })
}

/// A number of the international type (145, 3GPP TS 24.008 §10.5.4.7), which some modems tell
/// without its `+`.
pub(in crate::modem) fn with_plus(number: Option<&str>, kind: Option<u8>) -> Option<Cow<'_, str>> {
    let number = number?;
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    if kind == Some(145) && digits && number.len() >= SHORTEST_INTERNATIONAL {
        return Some(Cow::Owned(format!("+{number}")));
    }
    Some(Cow::Borrowed(number))
}

/// Who is at the other end, by number and CLI validity (27.007 §7.6).
pub(super) fn remote_of(number: Option<&str>, validity: Option<u8>) -> RemoteParty {
    // Nothing but a number calls; other characters were damaged on their way.
    let number = number.filter(|number| number.chars().all(|c| "0123456789+*#".contains(c)));
    match (number, validity) {
        (Some(number), _) => RemoteParty::Known(PhoneNumber::new(number)),
        (None, Some(1)) => RemoteParty::Withheld,
        (None, _) => RemoteParty::NotAvailable,
    }
}

impl Calls {
    /// Takes a complete list. Calls that are gone are marked as ending.
    pub fn reconcile(&mut self, rows: &[ClccEntry], now: Instant) {
        self.list_taken = true;
        let voice = rows.iter().filter(|row| is_voice(row) || self.was_dialed(row)).take(MAX_ROWS);
        let (rows, ended): (Vec<&ClccEntry>, Vec<_>) =
            voice.partition(|row| state_of(row.status).is_some());
        self.take_reports(&ended, now);
        let list = self.is_list(&rows);
        if !list && !rows.is_empty() {
            return self.take_reports(&rows, now);
        }
        let blank = rows.is_empty();
        if !blank {
            self.trust = ListTrust::Works;
        }
        let indices: BTreeSet<u8> = rows.iter().map(|row| row.index).collect();
        let mut matched = BTreeSet::new();
        // Rows whose index we know come first, so that no other row takes their call.
        let known = |row: &&ClccEntry| self.tracks.values().any(|t| t.index == Some(row.index));
        let (first, second): (Vec<_>, Vec<_>) = rows.into_iter().partition(known);
        for rows in [first, second] {
            self.take_rows(rows, &mut matched, &indices, now);
        }
        let missing: Vec<CallId> =
            self.list.iter().map(|call| call.id).filter(|id| !matched.contains(id)).collect();
        for id in missing {
            self.miss(id, blank, now);
        }
        self.judge_list();
    }

    /// The likeliest pairs of row and call come first, so that of two rows the one that only might
    /// be a call does not take it from the one that is. What is left over are new calls.
    fn take_rows(
        &mut self,
        mut rows: Vec<&ClccEntry>,
        matched: &mut BTreeSet<CallId>,
        indices: &BTreeSet<u8>,
        now: Instant,
    ) {
        let numbers_told = rows.iter().any(|row| row.number.is_some());
        // Each round takes a call, so that there are not more rounds than calls.
        while let Some((at, id)) = self.likeliest_pair(&rows, matched, indices, numbers_told, now) {
            let row = rows.remove(at);
            matched.insert(id);
            self.take_row(id, row, now);
        }
        for row in rows {
            if let Some(id) = self.add_of_row(row, matched, now) {
                matched.insert(id);
                self.take_row(id, row, now);
            }
        }
    }

    /// The row and the call that look most alike, among equals the first row and the oldest call.
    fn likeliest_pair(
        &self,
        rows: &[&ClccEntry],
        matched: &BTreeSet<CallId>,
        indices: &BTreeSet<u8>,
        numbers_told: bool,
        now: Instant,
    ) -> Option<(usize, CallId)> {
        let pairs = rows.iter().enumerate().flat_map(|(at, row)| {
            self.list.iter().filter_map(move |call| {
                let track = self.tracks.get(&call.id)?;
                let same_index = track.index == Some(row.index);
                let other_row = track.index.is_some_and(|index| indices.contains(&index));
                // Only an answered call can be joined with others.
                let too_early =
                    row.multiparty && call.answered_at.is_none() && !joined(call, track, row);
                let taken = matched.contains(&call.id) || track.ending || track.dial_outstanding;
                let another = ended_elsewhere(track, row.index)
                    || (numbers_told && stranger_in_conference(call, track, row))
                    || goes_back(call, track, row, now)
                    || unasked(call, track, row)
                    || rang_anew(call, track, row);
                let fits = !(taken || too_early || another)
                    && call.direction == direction_of(row.direction)
                    && (same_index || !other_row)
                    && same_party(call, track, row);
                fits.then(|| (likeness(call, track, row), at, call.id))
            })
        });
        let best = pairs.max_by_key(|(likeness, at, id)| (*likeness, Reverse(*at), Reverse(*id)));
        best.map(|(_, at, id)| (at, id))
    }

    /// A row that is none of our calls: a new one.
    fn add_of_row(
        &mut self,
        row: &ClccEntry,
        matched: &BTreeSet<CallId>,
        now: Instant,
    ) -> Option<CallId> {
        // The place is taken by another call: the one we had there is gone, and so is the one whose
        // ring this is taken for.
        let gone = |call: &&Call| {
            let track = self.tracks.get(&call.id).filter(|_| !matched.contains(&call.id));
            track.is_some_and(|track| track.index == Some(row.index) || rang_anew(call, track, row))
        };
        let replaced: Vec<CallId> = self.list.iter().filter(gone).map(|call| call.id).collect();
        for id in replaced {
            self.mark_ending(id);
        }
        let state = state_of(row.status)?;
        if !self.has_room() {
            return None;
        }
        let number = with_plus(row.number.as_deref(), row.type_of_number);
        let mut remote = remote_of(number.as_deref(), row.cli_validity);
        if row.direction == CallDirection::MobileTerminated {
            match is_unanswered(row.status) {
                true => remote = self.announced_caller(remote, now),
                false => self.another_was_answered(matched, now),
            }
        }
        Some(self.add(direction_of(row.direction), state, remote, now))
    }

    /// Our answer names no caller. If the list has somebody else instead of the one it was meant
    /// for, that one had given up a moment before.
    fn another_was_answered(&mut self, matched: &BTreeSet<CallId>, now: Instant) {
        let meant = self.list.iter_mut().find(|call| {
            let track = self.tracks.get(&call.id);
            call.direction == Direction::MobileTerminated
                && call.state == CallState::Active
                && !matched.contains(&call.id)
                && call.answered_at.is_some_and(|at| now.since(at) < LATE_ANSWER)
                && track.is_some_and(|track| track.ours && !track.answer_listed)
        });
        let Some(call) = meant else { return };
        call.answered_at = None;
        let id = call.id;
        self.mark_ending(id);
    }

    fn take_row(&mut self, id: CallId, row: &ClccEntry, now: Instant) {
        let before = self.get(id).map(|call| call.remote.clone());
        let Some(track) = self.tracks.get_mut(&id) else { return };
        track.index = Some(row.index);
        track.listed = true;
        self.out_of_step |= track.only_ok && track.missing > 0;
        track.missing = 0;
        track.only_ok = false;
        track.end_hint = false;
        track.perhaps_ended = false;
        track.refused = None;
        track.alive = true;
        track.answer_listed |= !is_unanswered(row.status);
        // It was answered, or the modem lists it as before and the answer was in vain.
        track.answer_accepted = false;
        track.answered_in_vain = false;
        track.broken_off = false;
        // A number that one list tells and the next does not was damaged on its way.
        let taken_back = (track.numbers_listed == 1 && row.number.is_none())
            .then(|| track.remote_before.take())
            .flatten();
        if row.number.is_none() {
            track.numbers_listed = 0;
        } else {
            track.remote_before = before.filter(|_| track.numbers_listed == 0);
            track.numbers_listed = track.numbers_listed.saturating_add(1);
        }
        let answered = self.get(id).is_some_and(|call| call.answered_at.is_some());
        if let Some(state) = state_of(row.status)
            && !(answered && is_unanswered(row.status))
        {
            self.set_state(id, state, now);
        }
        if let Some(remote) = taken_back {
            self.replace_remote(id, remote);
        } else if !(row.direction == CallDirection::MobileOriginated && row.number.is_none()) {
            let number = with_plus(row.number.as_deref(), row.type_of_number);
            let told = remote_of(number.as_deref(), row.cli_validity);
            self.set_remote(id, self.as_dialed(id, told));
        }
        if let Some(call) = self.list.iter_mut().find(|call| call.id == id)
            && call.multiparty != row.multiparty
        {
            call.multiparty = row.multiparty;
            self.changed.push(call.clone());
        }
    }

    /// The list did not show this call; `blank`: nor any other.
    fn miss(&mut self, id: CallId, blank: bool, now: Instant) {
        let doubt = self.others_may_speak(id, now);
        let Some(call) = self.list.iter().find(|call| call.id == id) else { return };
        let (state, age) = (call.state.clone(), now.since(call.started_at));
        let (trust, alone) = (self.trust, self.list.len() == 1);
        let once = self.barely_proven();
        let Some(track) = self.tracks.get_mut(&id) else { return };
        if track.dial_outstanding || track.ending {
            return;
        }
        track.missing = track.missing.saturating_add(1);
        track.missed_at = Some(now);
        let ringing = matches!(state, CallState::Incoming | CallState::Waiting);
        let unanswered = matches!(state, CallState::Dialing | CallState::Alerting);
        if self.late_list && !track.listed && !track.end_hint && unanswered {
            // It shows calls that are answered, so that it says nothing of this one.
            return;
        }
        // One of several calls was meant, and only a list that works tells which.
        let told = track.end_hint && !track.perhaps_echo && (alone || trust == ListTrust::Works);
        let late = age < LATE_IN_LIST && track.missing < GRACE;
        let new = !track.listed && doubt && late && track.who == WhoEnded::NotUs;
        let grace = match (told && !new, track.listed, trust) {
            // A second `OK` to the hang-up looks like an empty list.
            (true, _, _) if track.only_ok && blank => 2,
            (true, _, _) => 1,
            // The ring timer decides while a modem does not list calls that ring.
            (false, false, _) if ringing && state == CallState::Incoming => return,
            (false, true, _) | (false, false, ListTrust::Works) => GRACE,
            (false, false, _) => return,
        };
        // If all that was ever shown was one row it may have come by itself: something else tells.
        let refused = trust != ListTrust::Works && late_refusal::in_doubt(track);
        let in_doubt = refused || once && track.listed && !told;
        if track.missing >= grace && !in_doubt {
            track.ending = true;
        }
    }

    /// The list was empty just after our hang-up, which may have been a second `OK` to that.
    pub fn perhaps_blank(&self) -> bool {
        self.tracks.values().any(|track| track.only_ok && track.missing == 1 && !track.ending)
    }

    /// A call that is known to live stays out of a list that never showed any: the list is useless.
    pub fn judge_list(&mut self) {
        let useless = |track: &Track| {
            let ended = track.end_hint || track.perhaps_ended;
            track.alive && !track.listed && !ended && track.missing >= GRACE
        };
        if self.trust == ListTrust::Unknown && self.tracks.values().any(useless) {
            self.distrust_list(ListTrust::Empty);
        }
    }

    /// A call that `ATD` was told to have begun is missing from a list that never showed any call,
    /// or showed one no more than once: the list may be useless, or the call gone. Something else
    /// has to tell.
    pub fn list_in_doubt(&self, now: Instant) -> bool {
        (self.trust != ListTrust::Works || self.barely_proven())
            && self.tracks.iter().any(|(id, track)| {
                !track.ending
                    && !track.dial_outstanding
                    && (!track.listed || self.barely_proven())
                    && track.missing >= GRACE
                    && (self.barely_proven() || !self.rings(*id, now))
            })
    }

    /// The modem says by other means (`+CPAS`) that no call lives: the calls that no list ever
    /// showed are gone.
    pub fn none_lives(&mut self, now: Instant) {
        let ids: Vec<CallId> = self.tracks.keys().copied().collect();
        let listed = self.barely_proven();
        let known = self.trust == ListTrust::Works;
        for id in ids {
            let rings = self.rings(id, now) && !listed;
            let absent = self.trust == ListTrust::Absent;
            let Some(track) = self.tracks.get_mut(&id) else { continue };
            if absent {
                track.missing = track.missing.saturating_add(1);
            }
            let gone = track.missing >= GRACE || track.end_hint;
            let gone = gone && (known || !late_refusal::in_doubt(track));
            track.ending |= gone && !rings && !track.dial_outstanding;
        }
    }

    /// It rings, and has rung a moment ago: the ring timer decides.
    fn rings(&self, id: CallId, now: Instant) -> bool {
        let ringing = self
            .get(id)
            .is_some_and(|call| matches!(call.state, CallState::Incoming | CallState::Waiting));
        let fresh = |track: &Track| now.since(track.last_ring) < RING_SILENCE && !track.end_hint;
        ringing && self.track(id).is_some_and(fresh)
    }
}

/// The maker's reports, which count as the list does, have told the end of this call under
/// another index than the row's.
fn ended_elsewhere(track: &Track, index: u8) -> bool {
    let counts_alike = |source: &str| !form_of(source).any(|form| form.own_index);
    let told = track.told_index.filter(|(source, _)| counts_alike(source));
    track.end_hint && !track.listed && told.is_some_and(|(_, told)| told != index)
}

/// The row may be this call as far as the number tells.
fn same_party(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    match (call.remote.number(), &row.number) {
        (Some(ours), Some(theirs)) => {
            let (ours, theirs) = (match_key(ours.as_str()), match_key(theirs));
            // Modems list what was dialed in forms of their own: with or without `+`, cut short.
            ours == theirs
                || call.direction == Direction::MobileOriginated
                || ours.ends_with(&theirs)
                || theirs.ends_with(&ours)
        }
        // The list has told the number more than once, so it would tell it again.
        (Some(_), None) => track.numbers_listed < 2 && !left_out(call, track, row),
        // Who withholds the number does not tell it later: this is somebody else.
        (None, Some(_)) => call.remote != RemoteParty::Withheld,
        (None, None) => true,
    }
}

/// Who rang was in no list, and who waits now without a number is somebody else.
fn left_out(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    let waits_now = call.state == CallState::Incoming && row.status == CallStatus::Waiting;
    waits_now && !track.listed && track.missing > 0
}

/// A member of a conference without a number, in a list that tells numbers, is no caller whose
/// number is known and whom no list has shown yet.
fn stranger_in_conference(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    row.multiparty && !track.listed && call.remote.number().is_some() && row.number.is_none()
}

/// A call that was answered and joined to others before any list told of it.
fn joined(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    track.answer_accepted && call.remote.number().is_some() == row.number.is_some()
}

/// How much a row looks like a call that it may be.
fn likeness(call: &Call, track: &Track, row: &ClccEntry) -> u8 {
    let same_index = track.index == Some(row.index);
    let number = call.remote.number();
    let same_number = number.is_some() == row.number.is_some();
    // Beside another call that goes, an index is soon given anew: the number tells better.
    let very_number = match (number, &row.number) {
        (Some(ours), Some(theirs)) => match_key(ours.as_str()) == match_key(theirs),
        _ => false,
    };
    // The members of a conference are all alike.
    let same_state =
        !row.multiparty && state_of(row.status).is_some_and(|state| state == call.state);
    // Its end was hinted at, and who comes after it at that place tells no number.
    let same_index = same_index && !(track.end_hint && number.is_some() && row.number.is_none());
    let waits = |state: &CallState| *state == CallState::Waiting;
    let waiting = waits(&call.state) && !track.answer_accepted;
    let kind = waiting == (row.status == CallStatus::Waiting);
    if track.end_hint && track.who != WhoEnded::NotUs {
        // We have ended it: anybody else is likelier.
        return 2 * u8::from(kind) + u8::from(same_state);
    }
    // Missed before, so that who comes after it may have its place.
    let same_index = same_index && track.missing == 0;
    16 * u8::from(very_number)
        + 8 * u8::from(same_index)
        + 4 * u8::from(same_number)
        + 2 * u8::from(kind)
        + u8::from(same_state)
}

/// An answered call never is unanswered again: the index was given to another call. Only an answer
/// that the modem has confirmed or reported and not listed yet may take a moment.
fn goes_back(call: &Call, track: &Track, row: &ClccEntry, now: Instant) -> bool {
    let answering =
        !track.answer_listed && call.answered_at.is_some_and(|at| now.since(at) < LATE_ANSWER);
    call.answered_at.is_some() && is_unanswered(row.status) && !answering
}

/// A caller who waits is answered by our command alone, so that an answered row without its number
/// is the call that it waits beside.
fn unasked(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    let unlike = call.remote.number().is_some() && row.number.is_none();
    call.state == CallState::Waiting
        && !track.listed
        && !track.taken()
        && unlike
        && !is_unanswered(row.status)
}

/// It was gone when we answered it, or from list after list that can tell, as we know by now. Who
/// has rung since is another caller.
fn rang_anew(call: &Call, track: &Track, row: &ClccEntry) -> bool {
    let since = |at: Option<Instant>| at.is_some_and(|at| track.last_ring > at);
    let rings = matches!(call.state, CallState::Incoming | CallState::Waiting);
    let long = track.last_ring.since(call.started_at) >= LATE_IN_LIST;
    let missed = !track.listed && track.missing >= GRACE && long && since(track.missed_at);
    row.direction == CallDirection::MobileTerminated
        && (track.answered_in_vain && since(track.lost_at)
            || rings && is_unanswered(row.status) && missed)
}

fn is_unanswered(status: CallStatus) -> bool {
    !matches!(status, CallStatus::Active | CallStatus::Held | CallStatus::Released)
}

/// The two can't be one: different numbers, or a number and none on purpose.
pub(super) fn another_party(a: &RemoteParty, b: &RemoteParty) -> bool {
    match (a, b) {
        (RemoteParty::Known(a), RemoteParty::Known(b)) => {
            match_key(a.as_str()) != match_key(b.as_str())
        }
        (RemoteParty::Known(_), RemoteParty::Withheld) => true,
        (RemoteParty::Withheld, RemoteParty::Known(_)) => true,
        _ => false,
    }
}
