//! What the modem prints about calls of its own accord: `RING`, results, the makers' lines.

use super::SimulatedModem;
use super::command::type_of_number;
use super::network::call::{CallChange, CallDirection, CallLogEntry, CallStage, LiveCall};
use super::network::{Registration, ReleasedBy};
use crate::clock::Instant;
use std::time::Duration;

/// Timers of calls.
#[derive(Debug, Default)]
pub struct CallTimers {
    /// The next `RING`.
    pub ring_at: Option<Instant>,
    /// `RING`s of the present incoming call.
    rings: u8,
}

impl SimulatedModem {
    /// A call is new, changed or gone.
    pub(super) fn call_changed(&mut self, change: CallChange, now: Instant) {
        match change {
            CallChange::Stage(call) => self.stage_changed(&call, now),
            CallChange::Released(entry) => self.call_released(&entry, now),
        }
    }

    fn stage_changed(&mut self, call: &LiveCall, now: Instant) {
        if call.stage == CallStage::Incoming {
            self.timers.calls = CallTimers { ring_at: Some(now), rings: 0 };
        } else if self.incoming_call().is_none() {
            self.timers.calls.ring_at = None;
        }
        if call.stage == CallStage::Waiting && self.settings.reports.ccwa {
            let line = match &call.number {
                Some(number) => format!("+CCWA: \"{number}\",{},1", type_of_number(number)),
                // CLI validity 1: withheld.
                None => "+CCWA: \"\",128,1,,1".to_owned(),
            };
            self.unsolicited(&line);
        }
        self.report_stage(call);
        if call.stage == CallStage::Active {
            self.dial_settled(call.serial, Ok(()), now);
        }
    }

    /// The serial of the call that rings, if one does.
    pub(super) fn incoming_call(&mut self) -> Option<u64> {
        self.network.call_table().in_stage(&[CallStage::Incoming]).map(|call| call.serial)
    }

    /// `RING` or `+CRING`, and who it is (27.007 §6.11, §7.6).
    pub(super) fn ring(&mut self, now: Instant) {
        self.timers.calls.ring_at = None;
        let incoming = self.network.call_table().in_stage(&[CallStage::Incoming]).cloned();
        let Some(call) = incoming else { return };
        let again = Duration::from_millis(self.persona.calls.ring_millis);
        self.timers.calls.ring_at = Some(now + again);
        self.timers.calls.rings = self.timers.calls.rings.saturating_add(1);
        let ring = if self.settings.reports.cring { "+CRING: VOICE" } else { "RING" };
        self.unsolicited(ring);
        if self.settings.reports.clip {
            let line = match &call.number {
                Some(number) => format!("+CLIP: \"{number}\",{},,,,0", type_of_number(number)),
                None => "+CLIP: \"\",128,,,,1".to_owned(),
            };
            self.unsolicited(&line);
        }
        let answer_after = self.settings.register(0);
        if answer_after > 0 && self.timers.calls.rings >= answer_after {
            self.network.connect(call.serial, now);
        }
    }

    fn call_released(&mut self, entry: &CallLogEntry, now: Instant) {
        let call = &entry.call;
        self.last_cause = entry.cause;
        if self.incoming_call().is_none() {
            self.timers.calls.ring_at = None;
        }
        self.report_release(entry);
        if let (CallDirection::MobileTerminated, Some(number)) = (call.direction, &call.number) {
            self.phonebook.called(number, call.answered_at.is_some());
        }
        let by_network = entry.released_by == ReleasedBy::Network;
        let outgoing = call.direction == CallDirection::MobileOriginated;
        let result = match (call.answered_at, entry.cause) {
            (None, 17) if outgoing => self.with_level(3, "BUSY"),
            (None, 18 | 19) if outgoing => self.with_level(3, "NO ANSWER"),
            (None, 21) if outgoing => self.with_level(3, self.persona.calls.rejected_result),
            _ => "NO CARRIER",
        };
        if self.dial_settled(call.serial, Err(result), now) || !by_network {
            return;
        }
        let given_up = !outgoing && call.answered_at.is_none();
        if given_up && call.stage == CallStage::Waiting {
            return;
        }
        let released = if self.persona.calls.silent_release { None } else { Some(result) };
        let line = if given_up { self.persona.calls.given_up_result } else { released };
        let Some(line) = line else { return };
        if self.chance(|rates| rates.late_release_per_mille) {
            let late = self.faults.modem.late_by_millis;
            let at = now + Duration::from_millis(self.random.between(late));
            self.timers.late_lines.push((at, line));
        } else {
            self.unsolicited(line);
        }
    }

    /// A result code that `X` must allow (V.250 §6.2.7), else `NO CARRIER`.
    fn with_level(&self, least: u32, result: &'static str) -> &'static str {
        if self.settings.result_level >= least { result } else { "NO CARRIER" }
    }

    /// `+CREG`, `+CGREG`, `+CEREG` when asked for (27.007 §7.2).
    pub(super) fn registration_changed(&mut self, now: Instant) {
        for (place, name) in ["+CREG", "+CGREG", "+CEREG"].into_iter().enumerate() {
            let level = self.settings.reports.registration[place];
            if level > 0 && self.timers.restarting_until.is_none() {
                let state = self.registration_state(place, level, now);
                self.unsolicited(&format!("{name}: {state}"));
            }
        }
    }

    /// State and, for level 2, the cell: the tail of `+CREG`.
    pub(super) fn registration_state(&self, place: usize, level: u8, _now: Instant) -> String {
        let mut registration = self.network.registration();
        let evolved = self.persona.access == Some(7);
        if place == 2 && !evolved {
            registration = Registration::Idle;
        }
        let stat = registration as u8;
        let registered = registration.carries_texts();
        match (level >= 2 && registered, self.persona.access) {
            (true, Some(access)) => format!("{stat},\"2F1B\",\"0A3C5D1E\",{access}"),
            (true, None) => format!("{stat},\"2F1B\",\"5D1E\""),
            (false, _) => stat.to_string(),
        }
    }
}

/// `<stat>` of `+CLCC`.
pub(super) fn stat(stage: CallStage) -> u8 {
    match stage {
        CallStage::Active => 0,
        CallStage::Held => 1,
        CallStage::Dialing => 2,
        CallStage::Alerting => 3,
        CallStage::Incoming => 4,
        CallStage::Waiting => 5,
    }
}

/// `<dir>` of `+CLCC`.
pub(super) fn direction(call: &LiveCall) -> u8 {
    match call.direction {
        CallDirection::MobileOriginated => 0,
        CallDirection::MobileTerminated => 1,
    }
}

/// A row of `+CLCC` (27.007 §7.18).
pub(super) fn clcc_row(call: &LiveCall, stat: u8) -> String {
    let (index, direction) = (call.index, direction(call));
    let multiparty = u8::from(call.multiparty);
    let start = format!("+CLCC: {index},{direction},{stat},0,{multiparty}");
    match &call.number {
        Some(number) => format!("{start},\"{number}\",{}", type_of_number(number)),
        None => format!("{start},\"\",128"),
    }
}
