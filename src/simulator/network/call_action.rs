//! What scripts and tests do to calls and services: remote holds, dropped calls, forwarding tables.

use super::services::{Diversion, ServiceBook};
use super::{CallStage, Notification, ReleasedBy, SimulatedNetwork};
use crate::clock::Instant;

/// Something about calls and services that happens outside of the modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallAction {
    /// Somebody calls; the call reaches us because it was forwarded.
    ForwardedCall {
        /// The caller.
        from: Option<String>,
    },
    /// The network ends the call with this index, or the latest one, with a cause of 24.008.
    Drop {
        /// `<idx>`.
        index: Option<u8>,
        /// Cause.
        cause: u8,
    },
    /// The next calls of the phone fail with a cause of 24.008.
    Fail {
        /// Cause.
        cause: u8,
        /// So many.
        times: u8,
    },
    /// The other side puts the call with this index, or the latest answered one, on hold (true), or
    /// takes it back.
    RemoteHolds {
        /// `<idx>`.
        index: Option<u8>,
        /// On hold.
        holds: bool,
    },
    /// The other side makes the call part of a conference of its own.
    RemoteConference,
    /// Calls are forwarded to this number; none: no more.
    Forward {
        /// When.
        reason: Diversion,
        /// Where to.
        to: Option<String>,
    },
    /// A barring facility of `+CLCK` is on or off.
    Bar {
        /// `AO`, `OI`, `OX`, `AI`, `IR`.
        facility: String,
        /// On.
        on: bool,
    },
    /// The subscription has voice calls or not.
    Voice(bool),
    /// Voice over IMS is registered or not.
    Ims(bool),
    /// Calls may fall back from E-UTRAN to an older network or not.
    Fallback(bool),
    /// `<m>` of `+CLIR`.
    OwnNumber(u8),
}

impl SimulatedNetwork {
    /// Makes it happen.
    pub(super) fn handle_call_action(&mut self, action: CallAction, now: Instant) {
        match action {
            CallAction::ForwardedCall { from } => self.incoming_call(from, true, now),
            CallAction::Drop { index, cause } => {
                if let Some(serial) = self.chosen(index, |_| true) {
                    self.end_call(serial, cause, ReleasedBy::Network, now);
                }
            }
            CallAction::Fail { cause, times } => {
                self.failing = (times > 0).then_some((cause, times));
            }
            CallAction::RemoteHolds { index, holds } => {
                let answered = |stage| matches!(stage, CallStage::Active | CallStage::Held);
                let chosen = self.chosen(index, answered);
                if chosen.is_some_and(|serial| self.calls.set_remote_hold(serial, holds)) {
                    self.notify(Notification::Unsolicited(if holds { 2 } else { 3 }));
                }
            }
            CallAction::RemoteConference => {
                if self.calls.in_stage(&[CallStage::Active]).is_some() {
                    self.notify(Notification::Unsolicited(4));
                }
            }
            CallAction::Forward { reason, to } => match to {
                Some(to) => {
                    self.services.register(&[reason], 1, &to, ServiceBook::usual_seconds());
                }
                None => self.services.erase(&[reason], 7),
            },
            CallAction::Bar { facility, on } => self.services.force_barring(&facility, on),
            CallAction::Voice(on) => self.services.voice = on,
            CallAction::Ims(on) => self.change_coverage(|coverage| coverage.ims = on, now),
            CallAction::Fallback(on) => self.coverage.fallback = on,
            CallAction::OwnNumber(mode) => self.services.own_number = mode,
        }
    }

    /// The call with this index, or the latest one that qualifies.
    fn chosen(&self, index: Option<u8>, qualifies: impl Fn(CallStage) -> bool) -> Option<u64> {
        let fits = self.calls.live().iter().filter(|call| qualifies(call.stage));
        let chosen = match index {
            Some(index) => fits.into_iter().find(|call| call.index == index),
            None => fits.into_iter().max_by_key(|call| call.serial),
        };
        chosen.map(|call| call.serial)
    }
}
