//! A caller of whom the modem told before there was a call for it: a ring just after an answer is
//! taken for a late one of the caller who was answered. The list, which shows the next one then,
//! may not say who it is.

use super::Calls;
use super::hints::LATE_RING;
use super::reconcile::another_party;
use crate::clock::Instant;
use crate::phone::{Direction, RemoteParty};

/// Who it was, and when.
#[derive(Debug, Default)]
pub(super) struct Announced(Option<(RemoteParty, Instant)>);

impl Calls {
    /// `+CLIP` told of somebody who has no call yet, and who is none of those whom we talk with.
    pub(super) fn announce(&mut self, remote: RemoteParty, now: Instant) {
        let mut callers =
            self.list.iter().filter(|call| call.direction == Direction::MobileTerminated);
        if callers.all(|call| another_party(&call.remote, &remote)) {
            self.announced = Announced(Some((remote, now)));
        }
    }

    /// Who begins to ring, if the list does not say so, and the modem has just done.
    pub(super) fn announced_caller(&mut self, listed: RemoteParty, now: Instant) -> RemoteParty {
        match (listed, self.announced.0.take()) {
            (RemoteParty::NotAvailable, Some((told, at))) if now.since(at) < LATE_RING => told,
            (listed, _) => listed,
        }
    }
}
