//! Live calls become rows of the history.

use crate::clock::WallTime;
use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::phone::{Call, CallId, CallRecord, CallState, Direction, Event, Outcome, ReleaseCause};
use std::collections::BTreeMap;
use std::time::Duration;

/// The rows of the live calls.
#[derive(Debug, Default)]
pub(super) struct History {
    rows: BTreeMap<CallId, CallRecord>,
}

impl Engine {
    /// The driver says that a call is new or changed. It is told at once; the disk comes after.
    pub(super) fn call_changed(&mut self, call: Call, moment: Moment) {
        let call = self.seat.renumbered(call);
        self.out.events.push(Event::Call(call.clone()));
        self.tasks.deferred.push(Deferred::RecordCall(call, moment.wall));
        if self.outbox.call_changed() {
            self.tasks.deferred.push(Deferred::SendTexts);
        }
    }

    /// Writes what is new of a call into its row.
    pub(super) fn record_call(&mut self, call: &Call, wall: WallTime) {
        let known = self.history.rows.get(&call.id).cloned();
        let before = match known {
            Some(row) => row,
            None => {
                let begun = self.store.begin_call(call.direction, &call.remote, wall);
                match self.check(begun, "The call could not be noted in the history") {
                    Some(row) => row,
                    None => return,
                }
            }
        };
        let row = updated(before.clone(), call);
        if row != before {
            let stored = self.store.update_call(&row);
            self.check(stored, "The call could not be noted in the history");
        }
        let missed = row.outcome == Outcome::Missed;
        if call.state.live() {
            self.history.rows.insert(call.id, row.clone());
        } else {
            self.history.rows.remove(&call.id);
        }
        self.out.events.push(Event::CallRecord(row));
        if missed {
            self.publish_missed();
        }
    }

    pub(super) fn publish_missed(&mut self) {
        let missed = self.store.missed_unseen();
        if let Some(missed) = self.check(missed, "The history can't be read") {
            self.out.events.push(Event::MissedCalls(missed));
        }
    }
}

/// The row with what the call says now.
fn updated(row: CallRecord, call: &Call) -> CallRecord {
    let mut row = CallRecord { remote: call.remote.clone(), ..row };
    if call.answered_at.is_some() && row.talk_time.is_none() {
        row.talk_time = Some(Duration::ZERO);
    }
    if let CallState::Released(cause) = &call.state {
        row.outcome = outcome(call, cause);
        row.talk_time = call.answered_at.map(|answered| call.state_since.since(answered));
        row.seen = row.outcome != Outcome::Missed;
        if let Some(diagnosis) = &call.diagnosis {
            row.cause.clone_from(&diagnosis.cause);
            row.advice.clone_from(&diagnosis.advice);
        }
    }
    row
}

fn outcome(call: &Call, cause: &ReleaseCause) -> Outcome {
    use Direction::{MobileOriginated, MobileTerminated};
    match (call.direction, cause) {
        _ if call.answered_at.is_some() => Outcome::Answered,
        // To end a call that rings is to reject it.
        (MobileTerminated, ReleaseCause::Rejected | ReleaseCause::Local) => Outcome::Rejected,
        (MobileTerminated, _) => Outcome::Missed,
        (MobileOriginated, ReleaseCause::Local) => Outcome::Cancelled,
        (MobileOriginated, _) => Outcome::Failed,
    }
}
