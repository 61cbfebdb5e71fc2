//! What is in the way of an emergency call ends before it. Beside other calls many modems and
//! networks refuse another one, however urgent it is.

use super::super::core::Core;
use super::super::queue::Priority;
use super::{Procedure, Release};
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{Call, CallId, CallState, Direction};

/// What the history says of an answered call that ended so.
const WORDS: &str = "Ended to make an emergency call";

/// The call ends for one of help: it was us, and this was why.
pub(in crate::modem) fn ends_for_help(id: CallId, core: &mut Core) {
    let Some(call) = core.calls.get(id) else { return };
    let answered = call.answered_at.is_some();
    let rings = call.direction == Direction::MobileTerminated && !answered;
    let Some(track) = core.calls.track_mut(id) else { return };
    track.who = if rings { WhoEnded::UsRejecting } else { WhoEnded::Us };
    if answered {
        WORDS.clone_into(&mut track.end_words);
    }
}

/// These are hung up next, each by what the modem has for it.
pub(super) fn make_room(ids: &[CallId], core: &mut Core) {
    for id in ids {
        ends_for_help(*id, core);
        // Before the call for help, which may be ahead of all others.
        core.enqueue(Priority::Emergency, Procedure::Release(Release::for_help(*id)));
    }
}

/// All calls but this one, as far as they live and we have not ended them already.
pub(super) fn others(id: CallId, core: &Core) -> Vec<CallId> {
    let lives = |call: &&Call| {
        let gone = core.calls.track(call.id).is_none_or(|track| {
            track.ending || track.end_hint && track.who != WhoEnded::NotUs || track.not_dialed
        });
        call.id != id && !gone && !matches!(call.state, CallState::Released(_))
    };
    core.calls.list().iter().filter(lives).map(|call| call.id).collect()
}
