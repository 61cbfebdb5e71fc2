//! The number that was dialed, and what the modem's list makes of it.

use super::Calls;
use crate::at::response::clcc::{CallDirection, ClccEntry};
use crate::clock::Instant;
use crate::number::{DialString, PhoneNumber, match_key};
use crate::phone::diagnosis::CallEnd;
use crate::phone::{CallId, Direction, RemoteParty};

impl Calls {
    /// Its `ATD` was refused and will be sent once more.
    pub fn dial_again(&mut self, id: CallId) {
        let Some(track) = self.tracks.get_mut(&id) else { return };
        track.dial_outstanding = true;
        track.not_dialed = true;
        track.accepted = false;
        track.end_hint = false;
        track.perhaps_ended = false;
        track.ending = false;
        track.missing = 0;
        track.refused = None;
        track.told_index = None;
        track.end = CallEnd::new(Direction::MobileOriginated);
    }

    /// Takes the list that was asked for since the `ATD` of this call was refused. True if the list
    /// has the call all the same: the refusal was another's. Somebody else's call is not taken for
    /// it, unless nothing was said at all.
    pub fn lives_after_refusal(
        &mut self,
        id: CallId,
        number: &DialString,
        rows: &[ClccEntry],
        now: Instant,
    ) -> bool {
        let silent = self.tracks.get(&id).is_some_and(|track| track.end.timed_out);
        let none_is_it = !silent && !rows.iter().any(|row| dialed_as(row, number));
        let hold = |calls: &mut Self, hold: bool| {
            if let Some(track) = calls.tracks.get_mut(&id) {
                track.dial_outstanding = hold;
            }
        };
        hold(self, none_is_it);
        self.reconcile(rows, now);
        hold(self, false);
        self.tracks.get(&id).is_some_and(|track| track.listed)
    }

    /// Who the list says is at the other end: what was dialed, where that is only spelled in
    /// another way.
    pub(super) fn as_dialed(&self, id: CallId, told: RemoteParty) -> RemoteParty {
        let dialed = self.tracks.get(&id).and_then(|track| track.dialed.as_ref());
        match (dialed, told) {
            (Some(dialed), RemoteParty::Known(told))
                if same_line(dialed.as_str(), told.as_str()) =>
            {
                RemoteParty::Known(dialed.clone())
            }
            (_, told) => told,
        }
    }
}

impl Calls {
    /// What we dialed was a voice call, whatever the row says of it: Android's simulated modem
    /// lists the calls that go out as data. A data bearer has no number.
    pub(super) fn was_dialed(&self, row: &ClccEntry) -> bool {
        let tells_it = |dialed: &PhoneNumber| {
            row.number.as_deref().is_some_and(|told| same_line(dialed.as_str(), told))
        };
        row.direction == CallDirection::MobileOriginated
            && self.tracks.values().any(|track| track.dialed.as_ref().is_some_and(tells_it))
    }
}

/// Modems list what was dialed in forms of their own: without its `+`, without or with a trunk or
/// country prefix, cut short.
fn same_line(dialed: &str, listed: &str) -> bool {
    let bare = |number: &str| number.trim_start_matches(['+', '0']).to_owned();
    let (ours, theirs) = (bare(dialed), bare(listed));
    if ours.is_empty() || theirs.is_empty() {
        return dialed == listed;
    }
    let code = |number: &str| number.contains(['*', '#']);
    if code(listed) && !code(dialed) {
        // What was dialed has changed on its way.
        return false;
    }
    if [dialed, listed].iter().all(|number| number.starts_with('+')) {
        return ours.starts_with(&theirs);
    }
    ours.ends_with(&theirs)
        || theirs.ends_with(&ours)
        || ours.starts_with(&theirs)
        || match_key(dialed) == match_key(listed)
}

/// The row may be the call that was dialed so; many a modem leaves the number out.
fn dialed_as(row: &ClccEntry, number: &DialString) -> bool {
    row.direction == CallDirection::MobileOriginated
        && row.number.as_deref().is_none_or(|told| same_line(number.as_str(), told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_is_the_same_line_and_another_number_is_not() {
        // Iran dials 0912… at home and +98 912… from abroad; Russia 8 912… and +7 912…
        for listed in
            ["09121234567", "989121234567", "9121234567", "+98912123456", "00989121234567"]
        {
            assert!(same_line("+989121234567", listed), "{listed}");
        }
        assert!(same_line("89121234567", "+79121234567"));
        assert!(same_line("112", "112"));
        for (dialed, listed) in [
            ("+15550100", "#15550100"),
            ("+15550100", "+15550101"),
            ("+15550100", "+5550100"),
            ("112", "911"),
            ("0", ""),
        ] {
            assert!(!same_line(dialed, listed), "{dialed} {listed}");
        }
    }
}
