//! The calls of the simulated phone as the network sees them: the truth that `+CLCC` reports.

use crate::clock::Instant;
use std::collections::VecDeque;

/// Most calls at once: indexes 1 to 7, as 3GPP TS 22.030 §6.5.5 has them.
pub const MAX_CALLS: u8 = 7;

/// Most other parties of a conference (3GPP TS 22.084 §1.1).
const MAX_CONFERENCE: usize = 5;

/// Entries kept in the log.
const MAX_LOG: usize = 10_000;

/// Who set the call up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallDirection {
    /// The program dialed.
    MobileOriginated,
    /// Somebody calls the program.
    MobileTerminated,
}

/// `<stat>` of `+CLCC` (3GPP TS 27.007 §7.18).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallStage {
    /// 0.
    Active,
    /// 1.
    Held,
    /// 2.
    Dialing,
    /// 3.
    Alerting,
    /// 4.
    Incoming,
    /// 5.
    Waiting,
}

/// Who ended a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReleasedBy {
    /// The program, by a command.
    Program,
    /// The other side or the network.
    Network,
}

/// A call that exists now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LiveCall {
    /// Never reused, unlike the index.
    pub serial: u64,
    /// `<idx>` of `+CLCC`.
    pub index: u8,
    /// Who set it up.
    pub direction: CallDirection,
    /// Where it stands.
    pub stage: CallStage,
    /// The other side's number; none if withheld.
    pub number: Option<String>,
    /// Part of a conference.
    pub multiparty: bool,
    /// When it came into being.
    pub began: Instant,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// Tones the program sent in it.
    pub tones: String,
    /// Our number was kept from the other side.
    pub hidden: bool,
    /// It came to us because it was forwarded.
    pub forwarded: bool,
    /// The other side has put it on hold.
    pub remote_holds: bool,
}

/// What is known of a call before it begins.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallTrait {
    /// The other side's number; none if withheld.
    pub number: Option<String>,
    /// Our number is kept from the other side.
    pub hidden: bool,
    /// It was forwarded to us.
    pub forwarded: bool,
}

/// A call that was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallLogEntry {
    /// The call as it was last.
    pub call: LiveCall,
    /// When it ended.
    pub ended_at: Instant,
    /// 24.008 cause.
    pub cause: u8,
    /// Who ended it.
    pub released_by: ReleasedBy,
}

/// Something happened to a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallChange {
    /// It came into being or went to another stage: see the call's own.
    Stage(LiveCall),
    /// It is gone.
    Released(CallLogEntry),
}

/// A call came into a stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallMoment {
    /// Which call.
    pub serial: u64,
    /// The stage it came into.
    pub stage: CallStage,
    /// When.
    pub at: Instant,
}

/// The table of live calls.
#[derive(Debug, Default)]
pub struct CallTable {
    live: Vec<LiveCall>,
    log: VecDeque<CallLogEntry>,
    last_serial: u64,
    changes: VecDeque<CallChange>,
    journal: VecDeque<CallMoment>,
}

impl CallTable {
    /// The stages that calls came into, oldest first (the last 10,000).
    pub fn journal(&self) -> &VecDeque<CallMoment> {
        &self.journal
    }

    fn write_journal(&mut self, serial: u64, stage: CallStage, at: Instant) {
        self.journal.push_back(CallMoment { serial, stage, at });
        if self.journal.len() > MAX_LOG {
            self.journal.pop_front();
        }
    }

    /// The live calls by index.
    pub fn live(&self) -> &[LiveCall] {
        &self.live
    }

    /// The ended calls, oldest first.
    pub fn log(&self) -> &VecDeque<CallLogEntry> {
        &self.log
    }

    /// The next change that the modem has not seen yet.
    pub fn next_change(&mut self) -> Option<CallChange> {
        self.changes.pop_front()
    }

    /// The call with this serial, if it lives.
    pub fn get(&self, serial: u64) -> Option<&LiveCall> {
        self.live.iter().find(|call| call.serial == serial)
    }

    /// The first call in one of these stages.
    pub fn in_stage(&self, stages: &[CallStage]) -> Option<&LiveCall> {
        self.live.iter().find(|call| stages.contains(&call.stage))
    }

    /// Serials of all calls in one of these stages.
    pub fn all_in_stage(&self, stages: &[CallStage]) -> Vec<u64> {
        let chosen = self.live.iter().filter(|call| stages.contains(&call.stage));
        chosen.map(|call| call.serial).collect()
    }

    /// There is a free index.
    pub fn has_room(&self, first_index: u8) -> bool {
        self.free_index(first_index).is_some()
    }

    fn free_index(&self, first_index: u8) -> Option<u8> {
        let taken = |index: &u8| self.live.iter().any(|call| call.index == *index);
        (first_index..=MAX_CALLS).find(|index| !taken(index))
    }

    /// A new call at the lowest free index from `first_index` on; none if the table is full.
    pub fn begin(
        &mut self,
        direction: CallDirection,
        about: CallTrait,
        first_index: u8,
        now: Instant,
    ) -> Option<u64> {
        let index = self.free_index(first_index)?;
        let stage = match direction {
            CallDirection::MobileOriginated => CallStage::Dialing,
            CallDirection::MobileTerminated if self.live.is_empty() => CallStage::Incoming,
            CallDirection::MobileTerminated => CallStage::Waiting,
        };
        self.last_serial += 1;
        let call = LiveCall {
            serial: self.last_serial,
            index,
            direction,
            stage,
            number: about.number,
            multiparty: false,
            began: now,
            answered_at: None,
            tones: String::new(),
            hidden: about.hidden,
            forwarded: about.forwarded,
            remote_holds: false,
        };
        self.changes.push_back(CallChange::Stage(call.clone()));
        self.write_journal(call.serial, stage, now);
        self.live.push(call);
        self.live.sort_by_key(|call| call.index);
        Some(self.last_serial)
    }

    /// Moves a call to another stage.
    pub fn set_stage(&mut self, serial: u64, stage: CallStage, now: Instant) {
        let Some(call) = self.live.iter_mut().find(|call| call.serial == serial) else { return };
        if call.stage == stage {
            return;
        }
        call.stage = stage;
        if stage == CallStage::Active && call.answered_at.is_none() {
            call.answered_at = Some(now);
        }
        self.changes.push_back(CallChange::Stage(call.clone()));
        self.write_journal(serial, stage, now);
    }

    /// Joins all active and held calls; false if there is none of either, or they are too many
    /// (22.084 §1.1).
    pub fn join(&mut self, now: Instant) -> bool {
        let held = self.all_in_stage(&[CallStage::Held]);
        let active = self.all_in_stage(&[CallStage::Active]);
        if held.is_empty() || active.is_empty() || held.len() + active.len() > MAX_CONFERENCE {
            return false;
        }
        for call in &mut self.live {
            if held.contains(&call.serial) || active.contains(&call.serial) {
                call.multiparty = true;
            }
        }
        for serial in held {
            self.set_stage(serial, CallStage::Active, now);
        }
        true
    }

    /// The other side of an answered call puts it on hold or takes it back; false if there is no
    /// such call, or nothing changes.
    pub fn set_remote_hold(&mut self, serial: u64, holds: bool) -> bool {
        let found = self.live.iter_mut().find(|call| call.serial == serial);
        match found.filter(|call| call.answered_at.is_some() && call.remote_holds != holds) {
            Some(call) => {
                call.remote_holds = holds;
                true
            }
            None => false,
        }
    }

    /// Takes one call out of its conference, which ends when only one is left in it.
    pub fn leave_conference(&mut self, serial: u64) {
        for call in self.live.iter_mut().filter(|call| call.serial == serial) {
            call.multiparty = false;
        }
        if self.live.iter().filter(|call| call.multiparty).count() == 1 {
            self.live.iter_mut().for_each(|call| call.multiparty = false);
        }
    }

    /// Notes tones sent in the active call; false if there is none.
    pub fn send_tones(&mut self, tones: &str) -> bool {
        let active = self.live.iter_mut().find(|call| call.stage == CallStage::Active);
        let Some(call) = active else { return false };
        if call.tones.len() + tones.len() <= 1000 {
            call.tones.push_str(tones);
        }
        true
    }

    /// Ends a call. A waiting call that is left alone becomes an incoming one.
    pub fn release(
        &mut self,
        serial: u64,
        cause: u8,
        by: ReleasedBy,
        now: Instant,
    ) -> Option<CallLogEntry> {
        let place = self.live.iter().position(|call| call.serial == serial)?;
        let call = self.live.remove(place);
        let entry = CallLogEntry { call, ended_at: now, cause, released_by: by };
        self.changes.push_back(CallChange::Released(entry.clone()));
        self.log.push_back(entry.clone());
        if self.log.len() > MAX_LOG {
            self.log.pop_front();
        }
        self.leave_conference(serial);
        if self.live.iter().all(|call| call.stage == CallStage::Waiting) {
            for serial in self.all_in_stage(&[CallStage::Waiting]) {
                self.set_stage(serial, CallStage::Incoming, now);
            }
        }
        Some(entry)
    }
}
