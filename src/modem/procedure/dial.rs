//! Placing a call. Special in three ways: `OK` may come at once or only when the other side
//! answers; any byte sent before it may abort the call, so nothing is sent but the hang-up; and a
//! refusal does not prove that no call exists.

mod help;

use super::super::calls::ListTrust;
use super::super::core::{Core, no_answer, refusal, says_why, service_refusal};
use super::super::exchange::{Expect, Outcome, Request, Response};
use super::super::profile::DialOk;
use super::cause::{ask_cause, note_cause};
use super::poll_calls::{list, take_list};
use super::{Procedure, Release, Step};
use crate::at::response::clcc;
use crate::at::{Clir, CommandLine, FinalResult};
use crate::clock::Instant;
use crate::modem::queue::{Priority, Waiting};
use crate::number::DialString;
use crate::phone::diagnosis::WhoEnded;
use crate::phone::{CallId, CallState, CallerId, CommandError, Diagnosis, RequestId};
use std::time::Duration;

/// A modem that says `OK` only at the answer lets the other phone ring for so long.
const DIAL_TIMEOUT: Duration = Duration::from_secs(120);

/// The network may take a while to put a call on hold.
const HOLD_TIMEOUT: Duration = Duration::from_secs(8);

/// A call for help waits less.
const HOLD_FOR_HELP: Duration = Duration::from_secs(3);

/// The guard time around `+++` (V.250 and its predecessors: one second), and a little.
const GUARD: Duration = Duration::from_millis(1100);

/// A modem in data mode says nothing for so long.
const PROBE: Duration = Duration::from_secs(2);

/// Where the procedure stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Begin,
    /// A call for help: which calls live, now that some were ended for it?
    Looking,
    /// The active call is put on hold first: some modems refuse `ATD` beside it.
    Holding,
    /// A call for help was refused at once: a moment until it is dialed again.
    Resting,
    /// `ATD` is out.
    Dialing,
    /// It was refused; does the list of calls say so too?
    Verifying,
    /// It was answered with `CONNECT`; does the modem still take commands?
    Probing,
    /// The call is gone; does the modem know why?
    Asking,
    /// A data call: out of data mode, then hang up. Or nobody knows: hang up.
    Guard,
    Escaping,
    HangingUp,
}

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Dial {
    request: RequestId,
    pub call: CallId,
    number: DialString,
    caller_id: CallerId,
    /// Nothing keeps it from being dialed.
    emergency: bool,
    /// Calls that were ended for it, and how often that was done.
    ended: Vec<CallId>,
    rounds: u8,
    /// The list was asked since; and putting calls on hold was refused.
    looked: bool,
    hold_refused: bool,
    /// When `ATD` was sent; and a refusal of it was not the end.
    dialed_at: Option<Instant>,
    refused_once: bool,
    stage: Stage,
    /// Commands to hang up that were tried.
    hang_ups: usize,
    failure: Option<(CommandError, Diagnosis)>,
}

impl Dial {
    pub fn new(
        request: RequestId,
        call: CallId,
        number: DialString,
        caller_id: CallerId,
        emergency: bool,
    ) -> Self {
        Dial {
            request,
            call,
            number,
            caller_id,
            emergency,
            ended: Vec::new(),
            rounds: 0,
            looked: false,
            hold_refused: false,
            dialed_at: None,
            refused_once: false,
            stage: Stage::Begin,
            hang_ups: 0,
            failure: None,
        }
    }

    /// Whose outcome this is.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// `ATD` is out and has no result: nothing else may be sent.
    pub fn outstanding(&self) -> bool {
        self.stage == Stage::Dialing
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core, now: Instant) -> Step {
        let Some(response) = last else { return self.begin(core, now) };
        match self.stage {
            Stage::Begin => Step::Finished,
            Stage::Looking => {
                take_list(&response, core, now);
                self.begin(core, now)
            }
            Stage::Resting => self.begin(core, now),
            Stage::Holding => self.held(&response, core, now),
            Stage::Dialing => self.take_result(&response, core, now),
            Stage::Verifying => self.verify(&response, core, now),
            Stage::Probing => self.probed(&response, core, now),
            Stage::Asking => {
                note_cause(&response, core);
                self.fail(core, now)
            }
            Stage::Guard => {
                self.stage = Stage::Escaping;
                Step::send(
                    Request::raw(b"+++".to_vec())
                        .within(Duration::from_millis(2500))
                        .without_recovery(),
                )
            }
            Stage::Escaping => {
                self.stage = Stage::HangingUp;
                Step::send(Request::line("ATH"))
            }
            Stage::HangingUp if response.is_ok() => self.fail(core, now),
            Stage::HangingUp => self.hang_up(core, now),
        }
    }

    /// `ATD` is still to come: the call can be given up without a word to the modem.
    pub fn before_dialing(&self) -> bool {
        use Stage::{Begin, Holding, Looking, Resting};
        matches!(self.stage, Begin | Looking | Holding | Resting)
    }

    fn begin(&mut self, core: &mut Core, now: Instant) -> Step {
        if core.calls.get(self.call).is_none() {
            return self.never_dialed(core);
        }
        if let Some(step) = self.make_room(core) {
            return step;
        }
        let holds = core.identity.abilities.hold && !self.hold_refused;
        if holds && !core.calls.in_state(&CallState::Active).is_empty() {
            self.stage = Stage::Holding;
            core.calls.note_parked_for(self.call);
            let wait = if self.emergency { HOLD_FOR_HELP } else { HOLD_TIMEOUT };
            return Step::send(Request::line("AT+CHLD=2").within(wait));
        }
        self.dial(core, now)
    }

    fn held(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        core.poll_calls(now);
        if core.calls.get(self.call).is_none() {
            return self.never_dialed(core);
        }
        if response.is_ok() {
            core.calls.park_active(now);
            core.calls.taken_by_hold(now);
        } else if !self.emergency {
            let (error, diagnosis) = match &response.outcome {
                Outcome::Final(result) => {
                    service_refusal(result, "The other call can't be put on hold")
                }
                Outcome::TimedOut | Outcome::Aborted => no_answer(),
            };
            if let Some(track) = core.calls.track_mut(self.call) {
                track.end.refusal = Some(Diagnosis { evidence: Vec::new(), ..diagnosis.clone() });
            }
            self.failure = Some((error, diagnosis));
            return self.fail(core, now);
        } else {
            core.calls.forget_parked_for(self.call);
            self.hold_refused = true;
            return self.begin(core, now);
        }
        self.dial(core, now)
    }

    /// It was given up in time.
    fn never_dialed(&self, core: &mut Core) -> Step {
        let diagnosis = Diagnosis::new("You gave up the call", "");
        core.failed(self.request, CommandError::Cancelled, diagnosis);
        Step::Finished
    }

    fn dial(&mut self, core: &mut Core, now: Instant) -> Step {
        core.calls.forget_parked_for(self.call);
        if let Some(track) = core.calls.track_mut(self.call) {
            track.not_dialed = false;
        }
        self.stage = Stage::Dialing;
        self.dialed_at = Some(now);
        let clir = match self.caller_id {
            // Who answers an emergency call shall see who calls, and nothing shall be refused.
            _ if self.emergency => None,
            CallerId::Default => None,
            CallerId::Hide => Some(Clir::Invocation),
            CallerId::Show => Some(Clir::Suppression),
        };
        let line = CommandLine::dial(&self.number, clir);
        Step::send(Request::new(&line).expecting(Expect::CallResult).within(self.patience(core)))
    }

    fn take_result(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        let given_up = core.calls.track(self.call).is_none_or(|t| t.who != WhoEnded::NotUs);
        let unanswered_abort = response.outcome == Outcome::Aborted;
        if let Some(track) = core.calls.track_mut(self.call) {
            track.dial_outstanding = false;
            track.accepted = response.is_ok();
            if let Some(line) = response.result_line().filter(|_| !response.is_ok()) {
                track.evidence(&line);
                track.end.result = line;
            }
            track.end.timed_out = response.timed_out();
        }
        core.poll_calls(now);
        if given_up {
            let over = matches!(&response.outcome, Outcome::Final(result) if result.ends_call());
            let sure = !core.calls.others_may_speak(self.call, now);
            let told = core.calls.trust == ListTrust::Works;
            if let Some(track) = core.calls.track_mut(self.call) {
                track.end_hint |= over;
                track.broken_off = over && sure && told;
            }
            return self.given_up(unanswered_abort, core);
        }
        match &response.outcome {
            Outcome::Final(FinalResult::Ok) => {
                if core.profile.dial_ok == DialOk::Over
                    && let Some(track) = core.calls.track_mut(self.call)
                {
                    // Most likely; the list may be asked now, and tells.
                    track.end_hint = true;
                    core.poll_calls(now);
                }
                self.accepted(core.profile.dial_ok == DialOk::Answered, core, now)
            }
            // A call for help is not hung up for a word that may mean an answer.
            Outcome::Final(FinalResult::Connect(_))
                if core.profile.connect_is_voice || self.emergency =>
            {
                self.accepted(true, core, now)
            }
            Outcome::Final(FinalResult::Connect(None)) => {
                self.stage = Stage::Probing;
                Step::send(Request { timeout: PROBE, ..list() }.without_recovery())
            }
            Outcome::Final(FinalResult::Connect(Some(_))) => self.data_call(core),
            Outcome::Final(result) => self.refused(result, core, now),
            Outcome::TimedOut | Outcome::Aborted => {
                self.failure = Some(no_answer());
                self.ask_for_list(core, now)
            }
        }
    }

    /// The user gave it up before the result came. Whatever came, the call shall end.
    fn given_up(&mut self, unanswered: bool, core: &mut Core) -> Step {
        let diagnosis = Diagnosis::new("You gave up the call", "");
        core.failed(self.request, CommandError::Cancelled, diagnosis);
        // The user's own hang-up waits already; this one comes before it and ends the doubt.
        if unanswered {
            let release = Release::after_abort(self.call);
            core.queue.push_front(Waiting {
                priority: Priority::HangUp,
                procedure: Procedure::Release(release),
                request: None,
            });
        }
        Step::Finished
    }

    fn accepted(&mut self, answered: bool, core: &mut Core, now: Instant) -> Step {
        let over = core.profile.dial_ok == DialOk::Over && !answered;
        if let Some(track) = core.calls.track_mut(self.call).filter(|_| over) {
            // Unless the list shows it, the call is over.
            track.end_hint = true;
            track.end.result = "OK".to_owned();
            track.evidence("OK");
        }
        if answered {
            if let Some(track) = core.calls.track_mut(self.call) {
                track.alive = true;
            }
            core.calls.set_state(self.call, CallState::Active, now);
        }
        if core.calls.hints_decide() {
            core.calls.park_others(self.call, now);
        }
        core.done(self.request);
        Step::Finished
    }

    /// `CONNECT` alone: a modem that still takes commands has answered a voice call with it.
    fn probed(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        let data = |row: &clcc::ClccEntry| {
            row.mode == 1 && row.direction == clcc::CallDirection::MobileOriginated
        };
        let mut rows = response.lines.iter().filter_map(|line| clcc::parse(line)).peekable();
        let data = rows.peek().is_some() && rows.all(|row| data(&row));
        match response.timed_out() || data {
            true => self.data_call(core),
            false => self.accepted(true, core, now),
        }
    }

    fn data_call(&mut self, core: &mut Core) -> Step {
        if let Some(track) = core.calls.track_mut(self.call) {
            track.end.data_call = true;
        }
        core.calls.mark_ending(self.call);
        let refused = CommandError::Refused("CONNECT".to_owned());
        self.failure = Some((refused, Diagnosis::default()));
        self.stage = Stage::Guard;
        Step::send(Request::pause(GUARD))
    }

    fn refused(&mut self, result: &FinalResult, core: &mut Core, now: Instant) -> Step {
        let (error, diagnosis) = refusal(result, "The modem refused to dial");
        let why = says_why(result, self.number.as_str());
        if let (Some(why), Some(track)) = (why, core.calls.track_mut(self.call)) {
            track.end.refusal = Some(why);
        }
        self.failure = Some((error, diagnosis));
        match result {
            FinalResult::Busy | FinalResult::NoAnswer | FinalResult::NoDialtone => {
                // The network has tried the number, but for the last.
                self.refused_once |= *result != FinalResult::NoDialtone;
                self.ask_for_cause(core, now)
            }
            _ => self.ask_for_list(core, now),
        }
    }

    fn ask_for_list(&mut self, core: &mut Core, now: Instant) -> Step {
        if core.calls.trust == ListTrust::Absent {
            return self.give_up(false, core, now);
        }
        self.stage = Stage::Verifying;
        Step::send(list())
    }

    fn verify(&mut self, response: &Response, core: &mut Core, now: Instant) -> Step {
        if response.is_ok() {
            let rows = clcc::parse_block(response.lines.iter().map(String::as_str));
            if core.calls.lives_after_refusal(self.call, &self.number, &rows, now) {
                // The refusal was another call's.
                core.done(self.request);
                return Step::Finished;
            }
        }
        let told = response.is_ok() && core.calls.trust == ListTrust::Works;
        self.give_up(told, core, now)
    }

    /// No call is listed. Where the list does not surely tell and the modem has not said that the
    /// call failed, one may live; it shall not go on behind the user's back.
    fn give_up(&mut self, told: bool, core: &mut Core, now: Instant) -> Step {
        let silent = core.calls.track(self.call).is_some_and(|track| track.end.timed_out);
        let lives = (silent && !told).then(|| self.lives_on(core, now));
        if let Some(step) = lives.flatten() {
            return step;
        }
        let blind = core.calls.trust != ListTrust::Works;
        let answered = |state: &CallState| matches!(state, CallState::Active | CallState::Held);
        let mut others = core.calls.list().iter().filter(|call| call.id != self.call);
        let alone = !others.any(|call| answered(&call.state));
        if !(silent && blind && alone) {
            return self.ask_for_cause(core, now);
        }
        core.calls.mark_ending(self.call);
        self.stage = Stage::HangingUp;
        self.hang_up(core, now)
    }

    /// The next of the commands that may end the call.
    fn hang_up(&mut self, core: &mut Core, now: Instant) -> Step {
        let line = core.profile.hang_up.get(self.hang_ups);
        self.hang_ups += 1;
        match line {
            Some(line) => Step::send(Request::line(line)),
            None => self.fail(core, now),
        }
    }

    fn ask_for_cause(&mut self, core: &mut Core, now: Instant) -> Step {
        if let Some(step) = self.again(core, now) {
            return step;
        }
        core.calls.mark_ending(self.call);
        if !core.facts.ceer || !core.calls.cause_wanted() {
            return self.fail(core, now);
        }
        self.stage = Stage::Asking;
        Step::send(ask_cause())
    }

    fn fail(&mut self, core: &mut Core, now: Instant) -> Step {
        let network = core.network().clone();
        let ended = core.calls.release(self.call, &network, now);
        let (error, mut diagnosis) = self.failure.take().unwrap_or_else(no_answer);
        if let Some((_, better)) = ended {
            diagnosis = better;
        }
        core.failed(self.request, error, diagnosis);
        core.poll_calls(now);
        Step::Finished
    }
}
