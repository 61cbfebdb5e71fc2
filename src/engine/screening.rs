//! Callers that the user does not want to hear: a ring is held back until its number is known, and
//! a blocked call is refused without a sound.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::block_list;
use crate::engine::input::Moment;
use crate::modem::ModemCommand;
use crate::number::PhoneNumber;
use crate::phone::{Call, CallId, CallState, Direction, RemoteParty};
use std::time::Duration;

/// So long a call is held back whose number is not known yet. `+CLIP` follows the first `RING`
/// within a second (3GPP TS 27.007 §7.6).
const NUMBER_PATIENCE: Duration = Duration::from_millis(1500);
/// A blocked call that still rings is refused again after so long, a few times.
const REFUSE_AGAIN: Duration = Duration::from_secs(3);
const MOST_REFUSALS: u8 = 4;
/// What stands for a caller who withholds the number, and for a conversation that is blocked.
const WITHHELD: &str = "Withheld numbers";
const CONVERSATION: &str = "Blocked conversation";

/// Whether a call is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Screening {
    /// It is.
    Shown,
    /// Not before its number is known, or this moment.
    Held(Instant),
    /// It is refused.
    Blocked {
        /// The entry of the list.
        by: String,
        /// The number came too late: the call was seen.
        seen: bool,
        /// When it is refused once more, and how often it was.
        again_at: Instant,
        refusals: u8,
    },
}

impl Screening {
    /// The user may know of the call.
    pub(super) fn shown(&self) -> bool {
        matches!(self, Screening::Shown | Screening::Blocked { seen: true, .. })
    }

    /// Why it is refused; empty if it is not.
    pub(super) fn blocked_by(&self) -> &str {
        match self {
            Screening::Blocked { by, .. } => by,
            Screening::Shown | Screening::Held(_) => "",
        }
    }

    /// When it is to be looked at again.
    pub(super) fn due(&self) -> Option<Instant> {
        match self {
            Screening::Held(until) => Some(*until),
            Screening::Blocked { again_at, refusals, .. } if *refusals < MOST_REFUSALS => {
                Some(*again_at)
            }
            _ => None,
        }
    }
}

impl Engine {
    /// How a new call is treated before more is known of it.
    pub(super) fn first_look(&mut self, call: &Call, moment: Moment) -> Screening {
        let incoming = call.direction == Direction::MobileTerminated && call.state.live();
        if !incoming || !self.anybody_blocked() {
            return Screening::Shown;
        }
        Screening::Held(moment.now + NUMBER_PATIENCE)
    }

    fn anybody_blocked(&mut self) -> bool {
        if !self.settings.block_list.is_empty() || self.settings.block_withheld {
            return true;
        }
        let any = self.store.any_blocked();
        self.check(any, "The blocked conversations can't be read").unwrap_or(false)
    }

    /// A call changed: whether it may be shown now, or is refused.
    pub(super) fn screen(&mut self, id: CallId, moment: Moment) {
        let Some(live) = self.calls.live.get(&id) else { return };
        let incoming = live.call.direction == Direction::MobileTerminated;
        if !incoming || matches!(live.screening, Screening::Blocked { .. }) {
            return;
        }
        let held = matches!(live.screening, Screening::Held(_));
        let (rings, remote) = (live.rings(), live.call.remote.clone());
        let over = !live.call.state.live();
        // One that gave up before it was heard was blocked all the same.
        let unheard = over && held && live.call.answered_at.is_none();
        if (rings || unheard)
            && let Some(by) = self.blocked_by(&remote)
        {
            return self.refuse(id, by, !held, moment);
        }
        let known = remote != RemoteParty::NotAvailable;
        if held
            && (known || !rings || over)
            && let Some(live) = self.calls.live.get_mut(&id)
        {
            live.screening = Screening::Shown;
        }
    }

    /// What blocks this caller.
    fn blocked_by(&mut self, remote: &RemoteParty) -> Option<String> {
        match remote {
            RemoteParty::Known(number) => self.number_blocked_by(number),
            RemoteParty::Withheld => self.settings.block_withheld.then(|| WITHHELD.to_owned()),
            RemoteParty::NotAvailable => None,
        }
    }

    fn number_blocked_by(&mut self, number: &PhoneNumber) -> Option<String> {
        if let Some(entry) = self.listed_as_blocked(number) {
            return Some(entry);
        }
        let blocked = self.store.is_blocked(number, self.region.in_force());
        let blocked = self.check(blocked, "The blocked conversations can't be read");
        blocked.unwrap_or(false).then(|| CONVERSATION.to_owned())
    }

    /// The entry of the user's list that blocks this number or sender.
    pub(super) fn listed_as_blocked(&self, number: &PhoneNumber) -> Option<String> {
        let (list, region) = (&self.settings.block_list, self.region());
        block_list::blocking(list, number, region).map(str::to_owned)
    }

    fn refuse(&mut self, id: CallId, by: String, seen: bool, moment: Moment) {
        let Some(live) = self.calls.live.get_mut(&id) else { return };
        let refusals = match live.screening {
            Screening::Blocked { refusals, .. } => refusals + 1,
            _ => 1,
        };
        let again_at = moment.now + REFUSE_AGAIN;
        let over = !live.call.state.live();
        live.screening = Screening::Blocked { by, seen, again_at, refusals };
        if over {
            return;
        }
        let request = self.internal_request();
        let release = ModemCommand::Release(self.seat.drivers_id(id));
        self.seat.modem.handle_command(request, release, moment.now);
    }

    /// Calls whose time has come: shown without a number, or refused again.
    pub(super) fn screening_due(&mut self, moment: Moment) {
        if self.calls.due().is_none_or(|due| due > moment.now) {
            return;
        }
        let due = self.calls.live.iter().filter_map(|(id, live)| {
            let due = live.screening.due().is_some_and(|due| due <= moment.now);
            due.then(|| (*id, live.screening.clone()))
        });
        for (id, screening) in due.collect::<Vec<_>>() {
            match screening {
                Screening::Held(_) => {
                    if let Some(live) = self.calls.live.get_mut(&id) {
                        live.screening = Screening::Shown;
                    }
                    self.tell_call(id);
                }
                Screening::Blocked { by, seen, .. } => self.refuse(id, by, seen, moment),
                Screening::Shown => {}
            }
        }
    }

    /// The call that the user may answer by itself: it rings, alone, and is no secret.
    pub(super) fn answerable(&self) -> Option<&Call> {
        let mut live = self.calls.live.values();
        let (only, None) = (live.next()?, live.next()) else { return None };
        let ringing = only.screening == Screening::Shown && only.call.state == CallState::Incoming;
        ringing.then_some(&only.call)
    }
}
