//! The list of calls, and why those that are gone have ended.

use super::super::calls::ListTrust;
use super::super::core::Core;
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::profile::ListManner;
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::cause::{ask_cause, note_cause};
use super::{CallService, Procedure, Release, Step};
use crate::at::FinalResult;
use crate::at::response::{after, clcc};
use crate::clock::Instant;
use crate::modem::unsolicited::hang_up_refused;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, Notice};
use std::time::Duration;

/// A call that is still there so long after we asked for its end needs another command.
const STILL_THERE: Duration = Duration::from_secs(3);

/// So many refusals in a row, and the modem has no list of calls.
const REFUSALS: u8 = 2;

/// So many times without an answer count as much.
const SILENCES: u8 = 3;

/// After so many looks at the calls of a modem without a list it is asked for one again.
const UNLISTED: u8 = 10;

/// So many times in a row without an answer of any use, and the modem has no `+CPAS`.
const CPAS_REFUSALS: u8 = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Begin,
    Listing,
    /// `+CPAS`: does any call live?
    Activity,
    Asking,
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct PollCalls {
    stage: Stage,
    list: bool,
    /// An empty list was asked for once more.
    twice: bool,
    /// No call is known: what does `+CPAS` say then?
    idle: bool,
}

impl PollCalls {
    /// Asks for the list.
    pub fn list() -> Self {
        PollCalls { stage: Stage::Begin, list: true, twice: false, idle: false }
    }

    /// Only releases what is gone.
    pub fn report() -> Self {
        PollCalls { stage: Stage::Begin, list: false, twice: false, idle: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        match (self.stage, last) {
            (Stage::Listing, Some(response)) => {
                take_list(&response, core, now);
                if response.is_ok() && core.calls.perhaps_blank() && !self.twice {
                    self.twice = true;
                    return Step::send(list());
                }
                self.after_list(core, now)
            }
            (Stage::Activity, Some(response)) if self.idle => {
                take_idle(&response, core);
                self.ask_cause(core, now)
            }
            (Stage::Activity, Some(response)) => {
                take_activity(&response, core, now);
                self.ask_cause(core, now)
            }
            (Stage::Asking, Some(response)) => {
                note_cause(&response, core);
                self.finish(core, now)
            }
            _ if self.list && list_due(core) => {
                self.stage = Stage::Listing;
                Step::send(list())
            }
            _ => self.after_list(core, now),
        }
    }

    fn after_list(&mut self, core: &mut Core, now: Instant) -> Step {
        let doubt = core.calls.list_in_doubt(now)
            || (core.calls.hints_decide() && core.calls.any() && self.list);
        if doubt && core.facts.cpas_refused >= CPAS_REFUSALS && core.calls.barely_proven() {
            core.calls.nothing_tells(now);
        } else if doubt && core.facts.cpas_refused < CPAS_REFUSALS {
            self.stage = Stage::Activity;
            return Step::send(activity());
        } else if doubt {
            core.calls.settle_echo(false);
        } else if self.list && core.facts.cpas_idle.is_none() && !core.calls.any() {
            (self.stage, self.idle) = (Stage::Activity, true);
            return Step::send(activity());
        }
        self.ask_cause(core, now)
    }

    fn ask_cause(&mut self, core: &mut Core, now: Instant) -> Step {
        if core.facts.ceer && core.calls.cause_wanted() {
            self.stage = Stage::Asking;
            return Step::send(ask_cause());
        }
        self.finish(core, now)
    }

    fn finish(&mut self, core: &mut Core, now: Instant) -> Step {
        core.calls.settle_answers(now);
        if core.calls.take_overdue(!core.facts.cpas_tells, now) {
            core.notice(
                Notice::CALL_IN_DOUBT,
                "It may have been answered or may be over; end it when you have finished",
                true,
            );
        }
        core.calls.settle_refused();
        let network = core.network().clone();
        core.calls.release_ending(&network, now);
        hang_up_again(core, now);
        hang_up_refused(core);
        if core.calls.take_back_due() {
            let back = Procedure::CallService(CallService::take_back());
            core.enqueue(Priority::CallControl, back);
        }
        if core.calls.progress_untold(now) {
            core.calls.ask_to_continue();
        }
        if core.calls.progress_untold(now) && !core.facts.progress_untold {
            core.facts.progress_untold = true;
            core.notice(
                Notice::ANSWER_UNTOLD,
                "You will hear it; hang up when you have finished",
                false,
            );
        }
        core.schedule_polls(now);
        Step::Finished
    }
}

/// A modem that has refused the list may have been busy, or the line damaged on its way: it is
/// asked again now and then.
fn list_due(core: &mut Core) -> bool {
    let calls = &mut core.calls;
    calls.unlisted = calls.unlisted.saturating_add(1);
    let due = calls.trust != ListTrust::Absent || calls.unlisted >= UNLISTED;
    if due {
        calls.unlisted = 0;
    }
    due
}

/// The list of calls (27.007 §7.18).
pub(super) fn list() -> Request {
    let list = Request::line("AT+CLCC").expecting(Expect::Prefix("+CLCC"));
    list.within(Duration::from_secs(4))
}

/// The answer to it.
pub(super) fn take_list(response: &Response, core: &mut Core, now: Instant) {
    match &response.outcome {
        Outcome::Final(FinalResult::Ok) => {
            core.calls.refused = 0;
            core.calls.late_list = core.profile.list == ListManner::Late;
            let rows = clcc::parse_block(response.lines.iter().map(String::as_str));
            // No rows from a modem that refused before are no word on its calls.
            if !rows.is_empty() || core.calls.trust != ListTrust::Absent {
                core.calls.reconcile(&rows, now);
            }
        }
        // A SIM that is not ready, or a call that is just changing, may refuse the list for once.
        Outcome::Final(_) if !matches!(core.calls.trust, ListTrust::Works | ListTrust::Absent) => {
            core.calls.refused = core.calls.refused.saturating_add(1);
            if core.calls.refused >= REFUSALS {
                core.calls.distrust_list(ListTrust::Absent);
            }
        }
        // A modem that never answers this has no list either.
        Outcome::TimedOut if !matches!(core.calls.trust, ListTrust::Works | ListTrust::Absent) => {
            core.calls.refused = core.calls.refused.saturating_add(1);
            if core.calls.refused >= SILENCES {
                core.calls.distrust_list(ListTrust::Absent);
            }
        }
        _ => {}
    }
}

/// Whether any call lives (27.007 §8.1).
fn activity() -> Request {
    let activity = Request::line("AT+CPAS").expecting(Expect::Prefix("+CPAS"));
    activity.within(Duration::from_secs(3))
}

/// `+CPAS: 0` ready, 3 ringing, 4 in a call (27.007 §8.1).
fn activity_of(response: &Response) -> Option<u8> {
    let told = response.lines.iter().find_map(|line| after(line, "+CPAS"));
    told.and_then(|text| text.trim().parse::<u8>().ok())
}

/// What it says while nothing is known of a call. Some always count a data connection as one.
fn take_idle(response: &Response, core: &mut Core) {
    if !core.calls.any() {
        core.facts.cpas_idle = Some(activity_of(response).unwrap_or(0));
    }
}

fn take_activity(response: &Response, core: &mut Core, now: Instant) {
    let activity = activity_of(response);
    if activity.is_some() {
        core.facts.cpas_refused = 0;
    } else if !response.timed_out() {
        core.facts.cpas_refused = core.facts.cpas_refused.saturating_add(1);
    }
    core.calls.settle_echo(matches!(activity, Some(3 | 4)) && core.facts.cpas_idle != activity);
    let once = core.calls.barely_proven();
    let list_unknown = core.calls.trust == ListTrust::Unknown || once;
    let believed = core.facts.cpas_tells || !core.calls.hints_decide() || core.calls.help_refused();
    if activity == Some(0) {
        core.facts.cpas_idle = activity;
    }
    match activity {
        // Where hints decide, only a modem that once told of a call is believed to tell of none.
        Some(0) if believed => core.calls.none_lives(now),
        // It says so without any call, too.
        Some(3 | 4) if core.facts.cpas_idle == activity && once => core.calls.nothing_tells(now),
        Some(3 | 4) => {
            core.facts.cpas_tells |= core.facts.cpas_idle != activity;
            if once {
                core.calls.disown_rows(now);
            } else if list_unknown {
                core.calls.distrust_list(ListTrust::Empty);
            }
        }
        None if once && (core.calls.well_proven() || core.facts.cpas_refused >= CPAS_REFUSALS) => {
            core.calls.nothing_tells(now);
        }
        None if core.facts.cpas_refused >= CPAS_REFUSALS && list_unknown => {
            core.calls.distrust_list(ListTrust::Empty);
        }
        _ => {}
    }
}

/// Calls that the user ended and that are still in the list.
fn hang_up_again(core: &mut Core, now: Instant) {
    if core.calls.help_lives() {
        // What is left of other calls waits; nothing that we send shall end this one.
        return;
    }
    let stubborn: Vec<CallId> = core
        .calls
        .list()
        .iter()
        .map(|call| call.id)
        .filter(|id| {
            core.calls.track(*id).is_some_and(|track| {
                track.who != WhoEnded::NotUs
                    && track.hang_up_sent.is_some_and(|at| now.since(at) > STILL_THERE)
            })
        })
        .collect();
    for id in stubborn {
        core.enqueue_once(Priority::HangUp, Procedure::Release(Release::again(id)), |procedure| {
            matches!(procedure, Procedure::Release(_))
        });
    }
}

impl Core {
    /// Asks for the list of calls, unless that would end one.
    pub(in crate::modem) fn poll_calls(&mut self, now: Instant) {
        let fragile = !self.profile.poll_while_dialing
            && self
                .calls
                .dialing()
                .and_then(|call| self.calls.track(call.id))
                // One that only the list has shown survives it.
                .is_some_and(|track| track.ours && !track.end_hint && !track.accepted);
        if fragile {
            return self.schedule_polls(now);
        }
        self.timers.stop(Timer::PollCalls);
        self.enqueue_once(
            Priority::PollCalls,
            Procedure::PollCalls(PollCalls::list()),
            |procedure| matches!(procedure, Procedure::PollCalls(_)),
        );
    }

    /// When to look at the calls next.
    pub(in crate::modem) fn schedule_polls(&mut self, now: Instant) {
        let calls = &self.calls;
        if !calls.any() {
            self.timers.stop(Timer::PollCalls);
            self.timers.stop(Timer::Ring);
        } else {
            let pause = match calls.trust {
                ListTrust::Works | ListTrust::Unknown if calls.changing() => 500,
                _ if calls.help_refused() => 500,
                ListTrust::Works | ListTrust::Unknown => 2000,
                ListTrust::Empty | ListTrust::Absent => 3000,
            };
            self.timers.set_at_latest(Timer::PollCalls, Duration::from_millis(pause), now);
            match calls.next_silence(now) {
                Some(left) => self.timers.set(Timer::Ring, left, now),
                None => self.timers.stop(Timer::Ring),
            }
        }
    }
}
