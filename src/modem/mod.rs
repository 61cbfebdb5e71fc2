//! The driver: what the user wants → AT command lines → what became true. A state machine without
//! I/O and without a clock.
//!
//! Four kinds of method: getters, `handle_*` for what happened outside, [`Modem::handle_command`]
//! for what the user wants,
//! `poll_*` for what the caller must now do. After every `handle_*`, drain `poll_transmit` and
//! `poll_event`, then ask `poll_timeout`.
//!
//! This file is control flow: lines go to the command line that is outstanding (`exchange`) or to
//! `unsolicited`; what waits is started when the channel is free (`queue`); what is done with
//! the modem stands in `procedure`, what is known of it in `core`.

mod abort;
mod asked_dials;
mod call_commands;
mod calls;
mod commands;
mod core;
mod deadlines;
mod exchange;
mod procedure;
mod profile;
mod queue;
mod recovery;
mod refusals;
mod rows;
mod settling;
mod stored;
mod text_body;
mod text_end;
mod text_mode;
mod timers;
mod types;
mod unsolicited;

pub use profile::{profile_names, profile_table};
pub use types::{
    Afterwards, Fate, ModemCommand, ModemEvent, Options, PlainMessage, Purpose, Receipt,
    StorageLocation, Submission, Transmit,
};

use self::core::Core;
use crate::at::{FinalResult, Frame, Framer, Hint};
use crate::clock::Instant;
use crate::phone::{Call, CallId, CallState, CommandError, Diagnosis, RequestId};
use exchange::{
    Abort, Earlier, Exchange, Expect, Meaning, Outcome, Pending, Phase, Request, Response,
};
use procedure::{Acknowledge, Heard, Procedure, Step, check_sim_after, delete_if_safe};
use queue::{Priority, Waiting};
use std::collections::VecDeque;
use std::time::Duration;
use timers::Timer;
use unsolicited::Reaction;

/// Bytes are looked at in pieces of this size, so that the framer never has to drop any.
const PIECE: usize = 64 * 1024;

/// A line without its end is taken as it stands after this silence.
const PARTIAL_LINE: Duration = Duration::from_secs(5);

/// So long a result or a caller that may be part of a text in quotes waits for the quotes to close:
/// the modem writes such a text in one go.
const PARTIAL_RESULT: Duration = Duration::from_secs(1);

/// A timer that sets itself at once again shall not stop the world.
const MAX_TIMERS_AT_ONCE: usize = 100;

/// So long after the report of an answer the result of `ATD` may come.
const LATE_RESULT: Duration = Duration::from_secs(3);

/// The result after a prompt was left comes within this time, if one comes.
const LEAVE_PROMPT: Duration = Duration::from_secs(1);

/// The list of calls is asked for so often although we know of none.
const CHECK_CALLS: Duration = Duration::from_secs(15);

/// So often signal and the like, and texts that were not announced.
const CHECK_STATUS: Duration = Duration::from_secs(30);
const CHECK_MESSAGES: Duration = Duration::from_secs(15);

/// The driver of one modem.
#[derive(Debug)]
pub struct Modem {
    core: Core,
    framer: Framer,
    exchange: Exchange,
    out: VecDeque<Transmit>,
    earlier: Earlier,
    /// Tries in a row that nobody answered.
    silences: u8,
    /// What came from the port since the last try began.
    heard: Heard,
    /// When the modem last restarted by itself.
    restarted: Option<Instant>,
    /// A command was broken off and has not answered: its result may come for the next.
    result_missing: bool,
}

impl Modem {
    /// A driver without a link yet.
    pub fn new(options: Options) -> Self {
        Modem {
            core: Core::new(options),
            framer: Framer::new(),
            exchange: Exchange::Down,
            out: VecDeque::new(),
            earlier: Earlier::default(),
            silences: 0,
            heard: Heard::default(),
            restarted: None,
            result_missing: false,
        }
    }

    /// The live calls.
    pub fn calls(&self) -> &[Call] {
        self.core.calls.list()
    }

    /// The call was dialed or answered through us; not one that was there already, or that rings.
    pub fn is_ours(&self, call: CallId) -> bool {
        self.core.calls.track(call).is_some_and(|track| track.ours)
    }

    /// Commands can be given.
    pub fn ready(&self) -> bool {
        self.core.ready
    }

    /// The link stands: begin with the set-up.
    pub fn handle_link_up(&mut self, now: Instant) {
        if !matches!(self.exchange, Exchange::Down) {
            self.handle_link_down(now);
        }
        self.silences = 0;
        self.framer.clear();
        self.connect(now);
    }

    /// Bytes came.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        if matches!(self.exchange, Exchange::Down) {
            return;
        }
        self.heard.bytes = self.heard.bytes.saturating_add(bytes.len());
        for piece in bytes.chunks(PIECE) {
            self.framer.push(piece);
            while let Some(frame) = self.framer.next(self.hint()) {
                self.take_frame(frame, now);
            }
        }
        match self.framer.has_partial() {
            true if self.framer.holds_own() => {
                self.core.timers.set_at_latest(Timer::PartialLine, PARTIAL_RESULT, now);
            }
            true => self.core.timers.set(Timer::PartialLine, PARTIAL_LINE, now),
            false => self.core.timers.stop(Timer::PartialLine),
        }
        self.run(now);
    }

    /// Time passed. Calling it early or twice is harmless.
    pub fn handle_timeout(&mut self, now: Instant) {
        for _ in 0..MAX_TIMERS_AT_ONCE {
            let Some(timer) = self.core.timers.take_due(now) else { break };
            self.take_timer(timer, now);
        }
        self.core.timers.postpone_due(now);
        self.run(now);
    }

    /// The link is gone: everything outstanding ends, calls are released with `LinkLost`.
    pub fn handle_link_down(&mut self, now: Instant) {
        let diagnosis = Diagnosis::new(
            "The connection to the modem was lost",
            "Check the cable; the program connects again by itself",
        );
        self.end_session(&CommandError::NoLink, &diagnosis, now);
        self.exchange = Exchange::Down;
        self.out.clear();
    }

    /// The user wants something.
    pub fn handle_command(&mut self, request: RequestId, command: ModemCommand, now: Instant) {
        self.core.open(request);
        let refusal = match &self.exchange {
            Exchange::Down => {
                let diagnosis = Diagnosis::new("No modem is connected", "Choose a port");
                Some((CommandError::NoLink, diagnosis))
            }
            Exchange::Silent => Some(core::no_answer()),
            _ if self.core.queue.full(command.goes_first()) => {
                let diagnosis =
                    Diagnosis::new("Too much is waiting for the modem", "Wait a little");
                Some((CommandError::NotAllowedNow, diagnosis))
            }
            _ => None,
        };
        match refusal {
            Some((error, diagnosis)) => {
                if let ModemCommand::Submit(submission) = command {
                    let submit = procedure::Submit::new(request, submission);
                    submit.abandon(false, &error, &diagnosis, &mut self.core);
                }
                self.core.failed(request, error, diagnosis);
            }
            None => self.begin(request, command, now),
        }
        self.run(now);
    }

    /// The PDU is safe: acknowledge it, and delete it unless it shall stay.
    pub fn handle_stored(&mut self, receipt: Receipt, afterwards: Afterwards, now: Instant) {
        if let Some(location) = receipt.location {
            if !self.core.stored.holds(&location, receipt.serial) {
                // Another text lies there by now.
                return self.run(now);
            }
            match afterwards {
                Afterwards::Free => self.core.stored.safe(&location),
                Afterwards::Keep => self.core.stored.keep(&location),
                Afterwards::Delete => self.core.stored.unwanted(&location),
            }
            if !matches!(self.exchange, Exchange::Down | Exchange::Silent) {
                delete_if_safe(&location, &mut self.core);
            }
        } else if receipt.acknowledge && !matches!(self.exchange, Exchange::Down | Exchange::Silent)
        {
            self.core.enqueue(Priority::User, Procedure::Acknowledge(Acknowledge));
        }
        self.run(now);
    }

    /// The user has deleted the text that was stored from there: the modem's copy goes as well,
    /// after it was read once more. Nothing is done while the place is not known, or holds what is
    /// not stored yet; what the modem still has is handed over again in the next session.
    pub fn delete_stored(&mut self, location: StorageLocation, now: Instant) {
        if let Some(serial) =
            self.core.stored.get(&location).filter(|place| place.safe).map(|place| place.serial)
        {
            let receipt = Receipt { location: Some(location), acknowledge: false, serial };
            self.handle_stored(receipt, Afterwards::Delete, now);
        }
    }

    /// What the driver is doing with the modem now.
    pub fn purpose(&self) -> Purpose {
        match &self.exchange {
            Exchange::Awaiting(pending) => pending.procedure.purpose(),
            Exchange::Resynchronising(_) => Purpose { words: "Get back into step", routine: false },
            _ => Purpose::default(),
        }
    }

    /// The next bytes to write.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.out.pop_front()
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<ModemEvent> {
        self.core.next_event()
    }

    /// When [`Modem::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.core.timers.earliest()
    }

    // ── Lines ──

    fn hint(&self) -> Hint {
        let expect_prompt = match &self.exchange {
            Exchange::Awaiting(pending) => pending.phase == Phase::Prompt,
            _ => false,
        };
        Hint { expect_prompt }
    }

    fn take_frame(&mut self, frame: Frame, now: Instant) {
        match frame {
            Frame::Prompt => self.take_prompt(now),
            Frame::Line(line) => {
                self.take_line(&line, now);
                self.framer.give_back(line);
            }
        }
        // A line that ends a command lets the next begin before the following line is read.
        self.run(now);
    }

    fn take_line(&mut self, line: &str, now: Instant) {
        self.heard.lines = self.heard.lines.saturating_add(1);
        self.heard.satellites |= line.starts_with("$GP") || line.starts_with("$GN");
        let blank_lines = self.framer.blank_lines_before();
        // Free text may be an answer or go on with a text: an answer has a blank line before it.
        let answer_due = matches!(&self.exchange, Exchange::Awaiting(pending)
            if matches!(pending.request.expect, Expect::Text | Expect::Everything));
        if answer_due && blank_lines > 0 {
            unsolicited::end_begun_text(&mut self.core, now);
        }
        let busy = self.is_busy();
        self.core.blank_lines = blank_lines;
        if unsolicited::take_direct_line(line, blank_lines, busy, &mut self.core, now) {
            return;
        }
        let earlier = self.earlier.answers(line);
        match &mut self.exchange {
            Exchange::Awaiting(pending) => match pending.read_after(line, blank_lines, earlier) {
                Meaning::Information => self.answer_goes_on(now),
                Meaning::Echo => self.heard.echoes = self.heard.echoes.saturating_add(1),
                Meaning::Both => self.take_unsolicited(line, now),
                Meaning::Final(result) => self.take_result(result, now),
                Meaning::Unsolicited => {
                    pending.stale |= earlier;
                    self.take_unsolicited(line, now);
                }
            },
            Exchange::Resynchronising(_) => self.resynchronise(line, now),
            Exchange::Silent => {
                if FinalResult::parse(line).is_some() {
                    self.core.timers.set_at_latest(
                        Timer::Exchange,
                        Duration::from_millis(200),
                        now,
                    );
                }
            }
            Exchange::Idle | Exchange::Resting => self.take_unsolicited(line, now),
            Exchange::Down => {}
        }
    }

    fn take_unsolicited(&mut self, line: &str, now: Instant) {
        let reaction = unsolicited::take(line, &mut self.core, now);
        if reaction == Reaction::Restart {
            self.restart(now);
        }
        self.settle_hang_up(line, now);
        // A call that is reported answered needs no result any more; if it does not come soon it
        // was lost on its way.
        let answered = self.outstanding_dial().and_then(|call| self.core.calls.get(call));
        if answered.is_some_and(|call| call.state == CallState::Active) {
            self.core.timers.set_at_latest(Timer::Exchange, LATE_RESULT, now);
        }
    }

    fn take_prompt(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        let Some(payload) = pending.request.payload.clone() else { return };
        if self.core.queue.call_goes_before(pending.priority) {
            // With the text the modem would be busy for seconds. ESC sends nothing (27.005 §3.5.1).
            pending.phase = Phase::LeftPrompt;
            self.out.push_back(Transmit { bytes: vec![0x1B], secret: false });
            return self.core.timers.set(Timer::Exchange, LEAVE_PROMPT, now);
        }
        pending.phase = Phase::HandedOver;
        self.out.push_back(Transmit { bytes: payload.bytes, secret: false });
        self.core.timers.set(Timer::Exchange, payload.timeout, now);
        if let Some((message, segment)) = payload.handed_over {
            self.core.tell(ModemEvent::SegmentHandedOver { message, segment });
        }
    }

    // ── Procedures ──

    /// Starts what waits, until something is outstanding or nothing waits.
    fn run(&mut self, now: Instant) {
        self.core.after_calls(now);
        while matches!(self.exchange, Exchange::Idle) && !self.listens() {
            let Some(waiting) = self.core.queue.pop() else { break };
            let Waiting { priority, mut procedure, request } = waiting;
            let step = match request {
                Some(request) => Step::send(request),
                None => procedure.step(None, &mut self.core, now),
            };
            self.follow(priority, procedure, step, now);
            self.dial_asked(now);
        }
    }

    /// Does what a procedure wants next.
    fn follow(&mut self, priority: Priority, procedure: Procedure, step: Step, now: Instant) {
        self.exchange = Exchange::Idle;
        match step {
            Step::Send(request) if self.core.queue.call_goes_before(priority) => {
                // Before a text is begun it is looked at again whether it may go out.
                let request = Some(*request).filter(|request| request.payload.is_none());
                self.core.queue.push_front(Waiting { priority, procedure, request });
            }
            Step::Send(request) => self.send(priority, procedure, *request, now),
            Step::Pause => self.core.enqueue(priority, procedure),
            Step::Finished => {}
            Step::GiveUp(diagnosis) => self.fall_silent(diagnosis, now),
        }
    }

    fn send(
        &mut self,
        priority: Priority,
        procedure: Procedure,
        mut request: Request,
        now: Instant,
    ) {
        request.check_after |= std::mem::take(&mut self.result_missing);
        if !request.bytes.is_empty() {
            let (bytes, secret) = (request.bytes.clone(), request.secret);
            self.out.push_back(Transmit { bytes, secret });
        }
        let least =
            if request.bytes.is_empty() { Duration::ZERO } else { self.core.facts.patience };
        self.core.timers.set(Timer::Exchange, request.timeout.max(least), now);
        self.earlier.sent(request.expect);
        let mut pending = Pending::new(priority, procedure, request);
        pending.repeats_results = self.core.facts.repeats_results;
        self.exchange = Exchange::Awaiting(Box::new(pending));
    }

    /// The command line that is outstanding has ended.
    fn complete(&mut self, outcome: Outcome, now: Instant) {
        let Exchange::Awaiting(pending) = std::mem::take(&mut self.exchange) else { return };
        self.core.timers.stop(Timer::Exchange);
        self.exchange = Exchange::Idle;
        let mut pending = *pending;
        pending.drop_passed_row();
        let Pending { priority, mut procedure, request, phase, lines, end, .. } = pending;
        let unanswered = outcome == Outcome::TimedOut && request.recover;
        let broken_off = phase == Phase::Aborting && !matches!(procedure, Procedure::Dial(_));
        self.result_missing |= broken_off && outcome == Outcome::Aborted;
        // A command that is broken off may say so as if it had been refused.
        let refused = matches!(&outcome, Outcome::Final(result) if !result.is_ok());
        let outcome = if broken_off && refused { Outcome::Aborted } else { outcome };
        let again = broken_off && request.abort == Abort::AskAgain && lines.is_empty();
        let left = phase == Phase::LeftPrompt;
        let escape = (left || phase == Phase::Prompt) && unanswered;
        let handed_over = phase == Phase::HandedOver;
        let settled =
            matches!(&phase, Phase::Settling(told) if outcome == Outcome::Final(told.clone()));
        let odd = request.informative && lines.is_empty() && self.core.facts.proof.is_some();
        // `NO CARRIER` may be followed by the result, if that was late.
        let doubtful = odd && outcome == Outcome::Final(FinalResult::Ok)
            || request.check_after && !end.proven()
            || settled;
        let response = Response { lines, outcome, handed_over };
        check_sim_after(&response.outcome, &mut self.core, now);
        if let Procedure::Connect(connect) = &mut procedure {
            connect.hear(self.heard);
        }
        let step = match left || again {
            true => Step::Pause,
            false => procedure.step(Some(response), &mut self.core, now),
        };
        let doubtful = doubtful || std::mem::take(&mut self.core.calls.out_of_step);
        if !unanswered && !doubtful && !self.core.facts.repeats_results {
            return self.follow(priority, procedure, step, now);
        }
        match step {
            Step::Send(next) => {
                let request = Some(*next);
                self.core.queue.push_front(Waiting { priority, procedure, request });
            }
            other => self.follow(priority, procedure, other, now),
        }
        match self.exchange {
            Exchange::Idle if unanswered || doubtful => {
                self.begin_resynchronising(escape, unanswered, now);
            }
            Exchange::Idle => self.become_idle(now),
            _ => {}
        }
    }
}
