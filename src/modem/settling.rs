//! `NO CARRIER` names no call. Where another one may be meant, what comes next decides: a result of
//! its own says that it was the other's, silence that it was the answer.

use super::exchange::{Exchange, Expect, Outcome, Pending, Phase};
use super::procedure::Procedure;
use super::timers::Timer;
use super::{Modem, unsolicited};
use crate::at::FinalResult;
use crate::clock::Instant;
use crate::phone::CallId;
use std::time::Duration;

/// A `NO CARRIER` to `ATD` is believed after this silence if no other call may have said it.
const SETTLE: Duration = Duration::from_millis(300);

/// And after this one if another call may have.
const SETTLE_IN_DOUBT: Duration = Duration::from_secs(2);

/// The list of calls (27.007 §7.18), and whether there is any (§8.1).
const LOOKS: [&str; 2] = ["AT+CLCC", "AT+CPAS"];

/// After the end of a call that we hang up the `OK` comes within this time, if the modem says both.
const HANG_UP: Duration = Duration::from_secs(1);

impl Modem {
    /// The final result of the command line that is outstanding, unless it is another call's.
    pub(super) fn take_result(&mut self, result: FinalResult, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        let behind = pending.end.take_behind();
        if !behind.is_empty() {
            self.complete(Outcome::Final(result), now);
            return self.take_behind(&behind, now);
        }
        let asked = self.core.facts.cpas_refused == 0;
        if self.core.calls.may_refuse_late(&result) && looks_at_calls(pending, asked) {
            return self.settle_list(result, now);
        }
        let Some((call, beside_another)) = begins_call(pending) else {
            return self.complete_heard(result, now);
        };
        let dials = matches!(&pending.procedure, Procedure::Dial(_));
        let doubt = self.core.calls.others_may_speak(call, now);
        match (&pending.phase, &result) {
            // When the network is lost all calls end.
            (Phase::Settling(_), FinalResult::NoCarrier) if beside_another => {
                return unsolicited::call_ended(&result, &mut self.core, now);
            }
            (Phase::Settling(_), FinalResult::NoCarrier) => {}
            (Phase::Settling(ended), _) => {
                let ended = ended.clone();
                if doubt {
                    // It was another's.
                    unsolicited::call_ended(&ended, &mut self.core, now);
                    return self.complete(Outcome::Final(result), now);
                }
                // It was ours, and only overtook the `OK`.
                self.complete(Outcome::Final(result), now);
                return unsolicited::call_ended(&ended, &mut self.core, now);
            }
            (Phase::Result, FinalResult::NoCarrier) if doubt || dials => {
                return self.settle(call, result, doubt, now);
            }
            // The late word on a call that was given up before.
            (Phase::Result, FinalResult::Busy | FinalResult::NoAnswer)
                if dials && self.core.calls.word_due(now) =>
            {
                return self.settle(call, result, false, now);
            }
            _ => {}
        }
        self.complete(Outcome::Final(result), now);
    }

    /// An error came for the list of calls, which is not refused otherwise, while a call is being
    /// set up. If it was the late one of `ATD`, the list's own result follows at once. The same for
    /// `+CPAS`.
    fn settle_list(&mut self, result: FinalResult, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        pending.phase = Phase::Settling(result);
        self.core.timers.set(Timer::Exchange, SETTLE, now);
    }

    /// The command line has its result; the error before it was another's.
    fn complete_heard(&mut self, result: FinalResult, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        let before = match &pending.phase {
            Phase::Settling(before) if LOOKS.contains(&pending.request.text.as_str()) => {
                Some(before.clone())
            }
            _ => None,
        };
        if before.is_some_and(|before| self.core.calls.refused_hint(&before)) {
            unsolicited::calls_changed(&mut self.core, now);
        }
        self.complete(Outcome::Final(result), now);
    }

    fn settle(&mut self, call: CallId, result: FinalResult, doubt: bool, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        self.core.calls.others_perhaps_ended(call);
        if let Some(track) = self.core.calls.track_mut(call) {
            track.lost_at = Some(now);
        }
        pending.phase = Phase::Settling(result);
        let pause = if doubt { SETTLE_IN_DOUBT } else { SETTLE };
        self.core.timers.set(Timer::Exchange, pause, now);
    }

    /// A line that came by itself. While a call is being ended `NO CARRIER` and its kind may be all
    /// that the modem says; `CONNECT` is an odd answer, and another command is tried.
    pub(super) fn settle_hang_up(&mut self, line: &str, now: Instant) {
        let of_a_call =
            |result: &FinalResult| result.ends_call() || matches!(result, FinalResult::Connect(_));
        let Some(result) = FinalResult::parse(line).filter(of_a_call) else { return };
        let calls = &self.core.calls;
        // Where there is no list, one of several calls may have ended by itself.
        let told = calls.list().len() == 1 || !calls.hints_decide();
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        let Some(call) = ends_call(pending).filter(|_| told) else { return };
        let doubt = self.core.calls.others_may_speak(call, now);
        pending.phase = Phase::Settling(result);
        self.core.timers.set(Timer::Exchange, if doubt { SETTLE_IN_DOUBT } else { HANG_UP }, now);
    }
}

/// The list of calls is asked for, or whether there is any call, and has no result.
fn looks_at_calls(pending: &Pending, activity: bool) -> bool {
    let text = pending.request.text.as_str();
    pending.phase == Phase::Result && LOOKS.contains(&text) && (activity || text == LOOKS[0])
}

/// The call that this places or answers, and whether it does so beside another one.
fn begins_call(pending: &Pending) -> Option<(CallId, bool)> {
    match &pending.procedure {
        Procedure::Dial(dial) if dial.outstanding() => Some((dial.call, false)),
        Procedure::Answer(answer) => Some((answer.call, answer.beside_another())),
        _ => None,
    }
}

/// The call that this ends, as long as it has no result.
fn ends_call(pending: &Pending) -> Option<CallId> {
    if pending.phase != Phase::Result || pending.request.expect != Expect::Nothing {
        return None;
    }
    match &pending.procedure {
        Procedure::Release(release) => Some(release.call),
        Procedure::Reject(reject) => Some(reject.call),
        _ => None,
    }
}
