//! An error or a note that comes by itself after the `OK` to `ATD`: why the call that is being set
//! up fails. It may as well be the late answer to another command, so that it counts only if the
//! call is gone.

use super::{Calls, ListTrust, Track};
use crate::at::FinalResult;
use crate::modem::refusals::{result_words, says_why};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId};

impl Calls {
    /// The network notes that calls are barred: the one that is dialed will fail for it.
    pub fn note_barred(&mut self, line: &str) {
        let Some(id) = self.dialing().map(|call| call.id) else { return };
        if let Some(track) = self.tracks.get_mut(&id) {
            track.end.barred = true;
            track.evidence(line);
        }
    }

    /// While a call is being set up an error instead of the list may be that call's, if the modem
    /// has a list and has not refused it before.
    pub fn may_refuse_late(&self, result: &FinalResult) -> bool {
        let error = matches!(result, FinalResult::Error | FinalResult::CmeError(_));
        let lists = self.list_taken && self.refused == 0 && self.trust != ListTrust::Absent;
        let accepted = |call: &Call| self.tracks.get(&call.id).is_some_and(|t| t.accepted);
        error && lists && self.dialing().is_some_and(accepted)
    }

    /// The error came, and this may be its call. False if no call is being set up.
    pub fn refused_hint(&mut self, result: &FinalResult) -> bool {
        let meant = match result {
            FinalResult::Error | FinalResult::CmeError(_) => true,
            other => matches!(other, FinalResult::NumberBlocked { .. }),
        };
        let Some(id) = self.dialing().map(|call| call.id).filter(|_| meant) else { return false };
        let decides = self.hints_decide();
        let Some(track) = self.tracks.get_mut(&id).filter(|track| track.accepted) else {
            return false;
        };
        track.refused = Some(result.clone());
        if track.for_help {
            // What it speaks of is gone when lists that tell are without it, or `+CPAS` knows none.
            return true;
        }
        track.end_hint = true;
        track.ending |= decides && !in_doubt(track);
        true
    }

    /// The only call is one for help that such an error speaks against.
    pub fn help_refused(&self) -> bool {
        let refused = |track: &Track| track.for_help && track.refused.is_some();
        self.tracks.len() == 1 && self.tracks.values().any(refused)
    }

    /// A call that only such an error speaks against, where no list shows it: it is hung up to be
    /// sure, so that the other phone does not ring on.
    pub fn refused_in_doubt(&self) -> Option<CallId> {
        let decides = self.hints_decide();
        let unseen = |track: &Track| self.trust == ListTrust::Unknown && track.missing > 0;
        let due = |track: &Track| in_doubt(track) && !track.ending && (decides || unseen(track));
        self.tracks.iter().find(|(_, track)| due(track)).map(|(id, _)| *id)
    }

    /// That was done, whatever the modem said to it.
    pub fn settle_refused(&mut self) {
        let decides = self.hints_decide();
        for track in self.tracks.values_mut() {
            track.ending |= decides && track.refused.is_some() && track.hang_up_sent.is_some();
        }
    }
}

/// Nothing but an error that came by itself tells that the call has failed, and nobody has hung it
/// up. A call for help is not hung up for that.
pub(super) fn in_doubt(track: &Track) -> bool {
    track.refused.is_some()
        && track.end.result.is_empty()
        && track.hang_up_sent.is_none()
        && track.who == WhoEnded::NotUs
        && !track.for_help
}

/// The call is gone, and this was why.
pub(super) fn note(call: &Call, track: &mut Track) {
    let Some(result) = track.refused.take() else { return };
    let words = result_words(&result);
    track.evidence(&words);
    if track.end.result.is_empty() {
        track.end.result = words;
    }
    let number = call.remote.number().map_or("", |number| number.as_str());
    track.end.refusal = track.end.refusal.take().or(says_why(&result, number));
}
