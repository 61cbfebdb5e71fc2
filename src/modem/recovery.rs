//! When the modem does not answer: back into step, or silence.

use super::core::no_answer;
use super::exchange::{Exchange, Expect, Phase, Resync};
use super::procedure::{Connect, Heard, Procedure, end_ussd};
use super::queue::Priority;
use super::timers::Timer;
use super::types::{ModemEvent, Transmit};
use super::{CHECK_CALLS, Modem, unsolicited};
use crate::at::FinalResult;
use crate::clock::Instant;
use crate::phone::{CommandError, Diagnosis};
use std::time::Duration;

/// How long each question after a time-out waits for its answer.
const WAITS: [Duration; 4] = [
    Duration::from_millis(1500),
    Duration::from_millis(2000),
    Duration::from_millis(3000),
    Duration::from_millis(4000),
];

/// After so many tries any answer will do: the modem may not know the question.
const STRICT: u8 = 2;

/// Answers that are late come within this time, where their number shows that some are missing.
const QUIET: Duration = Duration::from_secs(2);

/// The same where nothing shows that any is missing.
const QUIET_IN_DOUBT: Duration = Duration::from_millis(300);

/// Pauses between two looks for a modem that is silent.
const SILENCES: [u64; 5] = [2, 4, 8, 15, 30];

/// A modem that restarts more often than this is not followed each time.
const RESTARTS_APART: Duration = Duration::from_secs(5);

/// A modem that says everything twice does so within this time.
const REPEATED: Duration = Duration::from_millis(40);

impl Modem {
    /// Looks for the modem anew.
    pub(super) fn connect(&mut self, now: Instant) {
        self.core.forget();
        self.core.stored.new_session();
        self.heard = Heard::default();
        self.exchange = Exchange::Idle;
        self.core.tell(ModemEvent::Initialising);
        self.core.timers.set(Timer::CheckCalls, CHECK_CALLS, now);
        self.core.enqueue(Priority::Connect, Procedure::Connect(Connect::default()));
        self.run(now);
    }

    /// The next command line may go out, at once or when the last result has been repeated.
    pub(super) fn become_idle(&mut self, now: Instant) {
        self.exchange = Exchange::Idle;
        if self.core.facts.repeats_results {
            self.exchange = Exchange::Resting;
            self.core.timers.set(Timer::Exchange, REPEATED, now);
        }
    }

    /// Is the modem still in step? `escape`: it may be at a prompt. `overdue`: an answer did not
    /// come in time.
    pub(super) fn begin_resynchronising(&mut self, escape: bool, overdue: bool, now: Instant) {
        let overdue = u8::from(overdue);
        let resync = Resync { attempts: 0, results: 0, overdue, proven: false, quiet: false };
        self.exchange = Exchange::Resynchronising(resync);
        self.ask_for_life(escape, now);
    }

    fn ask_for_life(&mut self, escape: bool, now: Instant) {
        let Exchange::Resynchronising(resync) = &mut self.exchange else { return };
        let facts = &self.core.facts;
        let strict = resync.attempts < STRICT;
        let proof = facts.proof.filter(|_| strict).map(|proof| proof.0);
        let line = proof.unwrap_or(facts.probe);
        if let Some((_, prefix)) = facts.proof.filter(|_| strict) {
            self.earlier.sent(Expect::Prefix(prefix));
        }
        let wait = WAITS.get(usize::from(resync.attempts)).copied().unwrap_or(WAITS[0]);
        resync.attempts += 1;
        let mut bytes = Vec::new();
        if escape || resync.attempts > 1 {
            bytes.push(0x1B);
        }
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\r');
        self.out.push_back(Transmit { bytes, secret: false });
        self.core.timers.set(Timer::Exchange, wait.max(facts.patience), now);
    }

    /// A line while we look for the way back.
    pub(super) fn resynchronise(&mut self, line: &str, now: Instant) {
        let Exchange::Resynchronising(resync) = &mut self.exchange else { return };
        let proof = self.core.facts.proof.filter(|_| resync.attempts <= STRICT);
        if proof.is_some_and(|(_, prefix)| line.starts_with(prefix)) {
            resync.proven = true;
            return;
        }
        let Some(result) = FinalResult::parse(line) else {
            return self.take_unsolicited(line, now);
        };
        if result.ends_call() {
            return unsolicited::call_ended(&result, &mut self.core, now);
        }
        resync.results = resync.results.saturating_add(1);
        if proof.is_some() && !resync.proven {
            // The late result of what was asked before.
            return;
        }
        // One for each question, and one for the command line that had none.
        let all = resync.results >= resync.attempts + resync.overdue.max(1);
        if all || (resync.proven && resync.attempts == 1) {
            self.core.timers.stop(Timer::Exchange);
            return self.become_idle(now);
        }
        resync.quiet = true;
        let quiet = if resync.overdue > 0 { QUIET } else { QUIET_IN_DOUBT };
        self.core.timers.set(Timer::Exchange, quiet, now);
    }

    /// The question's time is over.
    pub(super) fn resynchronise_again(&mut self, now: Instant) {
        let Exchange::Resynchronising(resync) = &self.exchange else { return };
        if resync.quiet {
            self.become_idle(now);
        } else if usize::from(resync.attempts) < WAITS.len() {
            self.ask_for_life(true, now);
        } else {
            let (_, diagnosis) = no_answer();
            self.fall_silent(diagnosis, now);
        }
    }

    /// The modem does not answer at all.
    pub(super) fn fall_silent(&mut self, diagnosis: Diagnosis, now: Instant) {
        self.end_session(&CommandError::TimedOut, &diagnosis, now);
        self.core.tell(ModemEvent::Silent(diagnosis));
        self.exchange = Exchange::Silent;
        let at = usize::from(self.silences).min(SILENCES.len() - 1);
        self.silences = self.silences.saturating_add(1);
        self.core.timers.set(Timer::Exchange, Duration::from_secs(SILENCES[at]), now);
    }

    /// The modem has restarted by itself: its settings are gone, and its calls with them.
    pub(super) fn restart(&mut self, now: Instant) {
        let recently = self.restarted.is_some_and(|at| now.since(at) < RESTARTS_APART);
        if !self.core.ready || recently {
            return;
        }
        self.restarted = Some(now);
        let diagnosis = Diagnosis::new(
            "The modem has restarted",
            "If it does so often, check its power supply",
        );
        self.end_session(&CommandError::TimedOut, &diagnosis, now);
        self.core.notice(&diagnosis.cause, &diagnosis.advice, true);
        self.connect(now);
    }

    /// Everything that is outstanding ends, with this reason.
    pub(super) fn end_session(
        &mut self,
        error: &CommandError,
        diagnosis: &Diagnosis,
        now: Instant,
    ) {
        if let Exchange::Awaiting(pending) = std::mem::take(&mut self.exchange) {
            let handed_over = pending.phase == Phase::HandedOver;
            if let Procedure::Submit(submit) = &pending.procedure
                && handed_over
            {
                submit.take_reference(&pending.lines, &mut self.core);
            }
            pending.procedure.abandon(handed_over, error, diagnosis, &mut self.core);
        }
        for procedure in self.core.queue.remove(|_: &Procedure| true) {
            procedure.abandon(false, error, diagnosis, &mut self.core);
        }
        end_ussd(&mut self.core, &diagnosis.cause);
        let network = self.core.network().clone();
        let restarted = self.restarted == Some(now);
        self.core.calls.release_all_lost(diagnosis, restarted, &network, now);
        if std::mem::take(&mut self.core.muted) {
            self.core.tell(ModemEvent::Muted(false));
        }
        self.core.fail_all(error, diagnosis);
        self.core.forget();
    }
}
