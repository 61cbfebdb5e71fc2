//! How calls come into being and where they go instead: dialing, incoming calls, forwarding,
//! barring, deflection (3GPP TS 22.082, 22.088, 22.072, 22.091).

use super::call::CallTrait;
use super::services::Diversion;
use super::subscriber::{self, CallStep, Subscriber};
use super::{
    CALLER_PATIENCE, CallDirection, CallStage, DialRefusal, Notification, Planned, Registration,
    ReleasedBy, SimulatedNetwork,
};
use crate::clock::Instant;
use std::time::Duration;

/// Entries kept in each list of truths.
const MAX_RECORDS: usize = 1000;

/// How long the network takes to refuse a call that it does not carry.
const REFUSED_AFTER: Duration = Duration::from_millis(700);

/// Cause of a call that is barred (24.008: facility rejected).
const BARRED: u8 = 29;

/// Cause of a call without a subscription for it (24.008: bearer capability not authorized).
const NO_VOICE: u8 = 57;

/// Cause of a call that the access can't carry (24.008: service or option not available).
const NO_WAY: u8 = 63;

/// A call for the phone that went elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DivertedCall {
    /// The caller.
    pub from: Option<String>,
    /// Where it went.
    pub to: String,
    /// Why; none: the program deflected it.
    pub reason: Option<Diversion>,
    /// When.
    pub at: Instant,
}

/// How a call is placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Placing {
    /// `I` (hide) or `i` (show) behind the number, or what `+CLIR` says.
    pub hide: Option<bool>,
    /// The modem says that it is an emergency.
    pub emergency: bool,
    /// It goes out by E-UTRAN.
    pub by_lte: bool,
}

impl SimulatedNetwork {
    /// Sets up a call; its serial.
    pub fn dial(
        &mut self,
        number: &str,
        placing: Placing,
        now: Instant,
    ) -> Result<u64, DialRefusal> {
        self.check_coverage(placing.emergency, now)?;
        let unsettled =
            [CallStage::Dialing, CallStage::Alerting, CallStage::Incoming, CallStage::Waiting];
        let active = self.calls.all_in_stage(&[CallStage::Active]);
        let held = self.calls.in_stage(&[CallStage::Held]).is_some();
        if self.calls.in_stage(&unsettled).is_some() || (held && !active.is_empty()) {
            return Err(DialRefusal::NotAllowed);
        }
        if !self.calls.has_room(self.first_index) {
            return Err(DialRefusal::NotAllowed);
        }
        for serial in active {
            self.calls.set_stage(serial, CallStage::Held, now);
        }
        let hidden = match (self.services.own_number, placing.hide) {
            (0, _) => false,
            (1, _) => true,
            (3, hide) => hide != Some(false),
            (_, hide) => hide == Some(true),
        };
        let direction = CallDirection::MobileOriginated;
        let about = CallTrait { number: Some(number.to_owned()), hidden, forwarded: false };
        let serial = self
            .calls
            .begin(direction, about, self.first_index, now)
            .ok_or(DialRefusal::NotAllowed)?;
        self.plan_call(serial, number, placing, now);
        Ok(serial)
    }

    /// Emergency calls need a signal of any network; the others a registration.
    fn check_coverage(&self, emergency: bool, now: Instant) -> Result<(), DialRefusal> {
        let lost = now < self.coverage.lost_until;
        match self.coverage.registration {
            _ if self.carries_calls() => Ok(()),
            Registration::Idle => Err(DialRefusal::NoNetwork),
            _ if emergency && !lost => Ok(()),
            Registration::EmergencyOnly | Registration::EmergencyBearer | Registration::Denied => {
                Err(DialRefusal::EmergencyOnly)
            }
            _ => Err(DialRefusal::NoNetwork),
        }
    }

    /// What the network will do with a call that it was asked for.
    fn plan_call(&mut self, serial: u64, number: &str, placing: Placing, now: Instant) {
        let jitter = self.random.below(250);
        let whom = subscriber::who(number);
        let refused = if placing.emergency { None } else { self.refusal_of(number, placing) };
        if let Some(cause) = refused {
            let step = CallStep::Release(cause);
            let at = now + REFUSED_AFTER + Duration::from_millis(jitter);
            self.plan(at, Planned::CallStep { serial, step });
            return;
        }
        let conditional =
            Diversion::ALL[1..].iter().any(|why| self.services.diverts(*why).is_some());
        if self.services.diverts(Diversion::Unconditional).is_some() {
            self.notify(Notification::Intermediate(0));
        } else if conditional {
            self.notify(Notification::Intermediate(1));
        }
        let whom = if placing.emergency { Subscriber::Emergency } else { whom };
        for (millis, step) in subscriber::plan_of_call(whom) {
            let at = now + Duration::from_millis(millis + jitter);
            self.plan(at, Planned::CallStep { serial, step: *step });
        }
    }

    /// The cause with which the network refuses a call, if it does.
    fn refusal_of(&mut self, number: &str, placing: Placing) -> Option<u8> {
        let abroad = subscriber::is_international(number);
        let facilities: &[&str] = match (abroad, self.coverage.registration) {
            (false, _) => &["AO"],
            // The home country is where the subscription is from, wherever the phone is.
            (true, Registration::Roaming) => &["AO", "OI", "OX"],
            (true, _) => &["AO", "OI"],
        };
        if self.services.bars_voice(facilities) {
            self.notify(Notification::Intermediate(5));
            return Some(BARRED);
        }
        if !self.services.voice {
            return Some(NO_VOICE);
        }
        if placing.by_lte && !self.ims() && !self.coverage.fallback {
            return Some(NO_WAY);
        }
        let (cause, times) = self.failing?;
        self.failing = (times > 1).then_some((cause, times - 1));
        Some(cause)
    }

    /// Somebody calls the phone. Without coverage, with the line taken or the call barred the phone
    /// learns nothing; forwarding sends the caller elsewhere.
    pub(super) fn incoming_call(&mut self, from: Option<String>, forwarded: bool, now: Instant) {
        let services = &self.services;
        let roaming = self.coverage.registration == Registration::Roaming;
        if !services.voice
            || services.bars_voice(&["AI"])
            || (roaming && services.bars_voice(&["IR"]))
            || self.divert(&from, Diversion::Unconditional, now)
        {
            return;
        }
        let silent = !self.ims() && !self.coverage.fallback && self.coverage.lte;
        if !self.carries_calls() || silent {
            self.divert(&from, Diversion::NotReachable, now);
            return;
        }
        let unsettled =
            [CallStage::Dialing, CallStage::Alerting, CallStage::Incoming, CallStage::Waiting];
        let taken = self.calls.in_stage(&unsettled).is_some()
            || !self.calls.has_room(self.first_index)
            || (!self.calls.live().is_empty() && !self.call_waiting());
        if taken {
            if self.divert(&from, Diversion::Busy, now) {
                // Additional incoming call forwarded (27.007 §7.17).
                self.notify(Notification::Unsolicited(10));
            }
            return;
        }
        let direction = CallDirection::MobileTerminated;
        let about = CallTrait { number: from, hidden: false, forwarded };
        let Some(serial) = self.calls.begin(direction, about, self.first_index, now) else {
            return;
        };
        if forwarded {
            self.notify(Notification::Unsolicited(0));
        }
        let (after, step) = match self.services.diverts(Diversion::NoReply) {
            Some(to) => (Duration::from_secs(u64::from(to.seconds)), CallStep::Divert),
            None => (CALLER_PATIENCE, CallStep::Release(16)),
        };
        self.plan(now + after, Planned::CallStep { serial, step });
    }

    /// Notes that a call goes elsewhere if it is forwarded for this reason.
    fn divert(&mut self, from: &Option<String>, reason: Diversion, now: Instant) -> bool {
        let Some(to) = self.services.diverts(reason).map(|to| to.number.clone()) else {
            return false;
        };
        let call = DivertedCall { from: from.clone(), to, reason: Some(reason), at: now };
        self.note_diverted(call);
        true
    }

    fn note_diverted(&mut self, call: DivertedCall) {
        self.diverted.push_back(call);
        if self.diverted.len() > MAX_RECORDS {
            self.diverted.pop_front();
        }
    }

    /// Nobody answered in time: forwarded for no reply.
    pub(super) fn no_reply(&mut self, serial: u64, now: Instant) {
        let Some(call) = self.calls.get(serial) else { return };
        let from = call.number.clone();
        self.divert(&from, Diversion::NoReply, now);
        self.end_call(serial, 16, ReleasedBy::Network, now);
    }

    /// The phone said that it is busy (22.082 §2: user determined user busy).
    pub(super) fn user_busy(&mut self, from: &Option<String>, now: Instant) {
        self.divert(from, Diversion::Busy, now);
    }

    /// The program sends the incoming or waiting call elsewhere (22.072).
    pub fn deflect(&mut self, to: &str, now: Instant) -> bool {
        let stages = [CallStage::Waiting, CallStage::Incoming];
        let Some(call) = self.calls.in_stage(&stages) else { return false };
        let (serial, from) = (call.serial, call.number.clone());
        self.note_diverted(DivertedCall { from, to: to.to_owned(), reason: None, at: now });
        self.end_call(serial, 16, ReleasedBy::Program, now);
        self.notify(Notification::Intermediate(8));
        true
    }

    /// The program connects the held call with the other one and leaves (22.091). Not with a
    /// conference.
    pub fn transfer(&mut self, now: Instant) -> bool {
        let held = self.calls.all_in_stage(&[CallStage::Held]);
        let other = self.calls.all_in_stage(&[CallStage::Active, CallStage::Alerting]);
        let ([held], [other]) = (held.as_slice(), other.as_slice()) else { return false };
        let number = |serial| self.calls.get(serial).and_then(|call| call.number.clone());
        self.transferred.push_back([number(*held), number(*other)]);
        if self.transferred.len() > MAX_RECORDS {
            self.transferred.pop_front();
        }
        for serial in [*held, *other] {
            self.end_call(serial, 16, ReleasedBy::Program, now);
        }
        true
    }
}
