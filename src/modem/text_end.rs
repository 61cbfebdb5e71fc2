//! Where the last text of an answer ends, if the modem tells no length (3GPP TS 27.005 §3.4): a
//! line `OK` may be the result or a line of the text.
//!
//! A modem answers one command line after the other. So when a line like a result was followed by
//! silence, one more question is asked whose answer can't be mistaken. Whatever comes before it is
//! of the first answer, however slowly it comes, and the last result before it is the result.

use super::exchange::{Exchange, Expect, Meaning, Pending};
use super::queue::Priority;
use super::text_body::is_known;
use super::timers::Timer;
use super::types::Transmit;
use super::{FinalResult, Modem, unsolicited};
use crate::at::Unsolicited;
use crate::at::response::text_mode::TextHeader;
use crate::clock::Instant;
use std::time::Duration;

/// Every modem that is read in text mode has answered this one before.
const QUESTION: (&str, &str) = ("AT+CMGF?", "+CMGF:");

/// Its answer is due then, once the rest has come.
const ANSWER: Duration = Duration::from_secs(10);

/// Silence behind a line like a result, before the question; longer where the link makes pauses.
const QUIET: Duration = Duration::from_millis(300);
const QUIET_AT_MOST: Duration = Duration::from_secs(8);

/// Silence behind a line like a result, where a text is shorter than the modem said.
const QUIET_TOO_SHORT: Duration = Duration::from_secs(2);

/// An answer of more lines is not waited for any longer.
const MAX_HEARD: u32 = 200_000;

/// How far the proof is that an answer has ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// Nothing was asked yet.
    Open,
    /// The question is out.
    Asked,
    /// It was answered; this was the result before, and these lines came between the two.
    Proven(FinalResult, Vec<String>),
}

impl End {
    /// It is certain.
    pub fn proven(&self) -> bool {
        matches!(self, End::Proven(..))
    }

    /// What came behind the answer and is none of it.
    pub fn take_behind(&mut self) -> Vec<String> {
        match self {
            End::Proven(_, behind) => std::mem::take(behind),
            End::Open | End::Asked => Vec::new(),
        }
    }
}

/// What a silence means.
pub(super) enum Silence {
    /// The answer may be over: ask.
    Asks,
    /// It is, with this result.
    Ends(FinalResult),
    /// No answer.
    TooLong,
}

/// A row of `+CMGL` in text mode.
pub(super) fn is_listed(line: &str) -> bool {
    TextHeader::parse(line).is_some_and(|header| header.index.is_some())
}

impl Pending {
    /// The body below the last header is not known to be complete, and its last line may be the
    /// result.
    fn result_in_text(&self) -> Option<FinalResult> {
        let body = self.body.as_ref().filter(|body| !body.complete())?;
        let text = self.lines.last()?;
        match body.unsure() {
            true => self.last_result(text).map(|(_, result)| result),
            false => self.final_result(text.lines().last()?),
        }
    }

    /// The last line like a result and its number, if what stands behind it may have been said by
    /// the modem itself.
    fn last_result(&self, text: &str) -> Option<(usize, FinalResult)> {
        let lines: Vec<&str> = text.split('\n').collect();
        let at = lines.iter().rposition(|line| self.final_result(line).is_some())?;
        let result = self.final_result(lines.get(at)?)?;
        let behind = lines.get(at + 1..)?.iter().filter(|line| !line.is_empty());
        let follows = |line: &&str| Unsolicited::parse(line).is_some_and(|urc| urc.pdu_follows());
        let direct = behind.clone().take_while(|line| is_known(line)).any(follows);
        (direct || behind.clone().all(|line| is_known(line))).then_some((at, result))
    }

    fn unsure(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.unsure())
    }

    /// A line while the end of the answer is being proven; `None` if it is read as any other.
    pub fn read_end(&mut self, line: &str) -> Option<Meaning> {
        match &mut self.end {
            End::Open => None,
            // The question's echo.
            End::Asked if line.trim() == QUESTION.0 => Some(Meaning::Echo),
            End::Asked => {
                let answered = line.starts_with(QUESTION.1);
                let (result, behind) = answered.then(|| self.cut_at_result()).flatten()?;
                self.end = End::Proven(result, behind);
                Some(Meaning::Echo)
            }
            End::Proven(result, _) => {
                let result = result.clone();
                let over = self.final_result(line).is_some();
                Some(if over { Meaning::Final(result) } else { Meaning::Unsolicited })
            }
        }
    }

    /// Takes the result out of the last text, with what the modem said by itself behind it. `None`
    /// if anything else stands there: then the text has not ended.
    fn cut_at_result(&mut self) -> Option<(FinalResult, Vec<String>)> {
        let text = self.lines.last()?;
        let (at, result) = self.last_result(text)?;
        let lines: Vec<&str> = text.split('\n').collect();
        let behind = lines.get(at + 1..)?.iter().filter(|line| !line.is_empty());
        let behind = behind.map(|line| (*line).to_owned()).collect();
        let twice = self.repeats_results && at > 0 && lines.get(at - 1) == lines.get(at);
        let end = if twice { at - 1 } else { at };
        let kept = lines.get(..end)?.join("\n");
        *self.lines.last_mut()? = kept.trim_end_matches('\n').to_owned();
        Some((result, behind))
    }

    /// Nothing has come for a while.
    pub fn silent(&mut self) -> Silence {
        let Some(result) = self.result_in_text() else { return Silence::TooLong };
        if self.unsure() {
            return match self.end {
                End::Open => Silence::Asks,
                End::Asked | End::Proven(..) => Silence::TooLong,
            };
        }
        if let Some(text) = self.lines.last_mut() {
            let rest = text.trim_end().rfind('\n').unwrap_or(0);
            text.truncate(rest);
            text.truncate(text.trim_end_matches('\n').len());
        }
        Silence::Ends(result)
    }
}

impl Modem {
    /// An answer is due.
    pub(super) fn is_busy(&self) -> bool {
        match &self.exchange {
            Exchange::Awaiting(pending) => !pending.request.bytes.is_empty(),
            Exchange::Resynchronising(_) => true,
            _ => false,
        }
    }

    /// A text comes by itself and nothing tells where it ends: nothing is asked for a moment, so
    /// that no answer gets into it. Calls go first. Nothing routine is asked either while a code
    /// may be refused after its `OK`.
    pub(super) fn listens(&self) -> bool {
        if self.core.timers.is_set(Timer::LateRefusal) && self.core.queue.only_routine() {
            return true;
        }
        let text = self.core.direct_due.as_ref().and_then(|due| due.text.as_ref());
        let listens = text.is_some_and(|(_, body, _)| body.endless() && body.begun());
        listens && !self.core.queue.call_goes_before(Priority::User)
    }

    /// What the modem said by itself while it seemed to say a text.
    pub(super) fn take_behind(&mut self, lines: &[String], now: Instant) {
        self.core.blank_lines = 0;
        for line in lines {
            if !unsolicited::take_direct_line(line, 0, false, &mut self.core, now) {
                self.take_unsolicited(line, now);
            }
        }
    }

    /// Another line of an answer: the next is waited for.
    pub(super) fn answer_goes_on(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        let texts = matches!(pending.request.expect, Expect::Pdu(_) | Expect::Plain(..));
        pending.heard = pending.heard.saturating_add(1);
        if !texts || pending.heard > MAX_HEARD {
            return;
        }
        let pause = pending.last_line.replace(now).map_or(Duration::ZERO, |last| now.since(last));
        pending.longest_pause = pending.longest_pause.max(pause).min(QUIET_AT_MOST);
        let quiet = QUIET.max(4 * pending.longest_pause).min(QUIET_AT_MOST);
        let after = match pending.result_in_text() {
            _ if pending.end != End::Open => ANSWER.max(self.core.facts.patience),
            // What the modem tells by itself meanwhile, such as a ring every few seconds, puts the
            // question off no further.
            Some(_) if pending.unsure() => {
                return self.core.timers.set_at_latest(Timer::Exchange, quiet, now);
            }
            Some(_) => QUIET_TOO_SHORT,
            None => pending.request.timeout.max(self.core.facts.patience),
        };
        self.core.timers.set(Timer::Exchange, after, now);
    }

    /// A line like a result was followed by silence.
    pub(super) fn ask_whether_ended(&mut self, now: Instant) {
        let Exchange::Awaiting(pending) = &mut self.exchange else { return };
        pending.end = End::Asked;
        let bytes = format!("{}\r", QUESTION.0).into_bytes();
        self.out.push_back(Transmit { bytes, secret: false });
        self.earlier.sent(Expect::Prefix("+CMGF"));
        self.core.timers.set(Timer::Exchange, ANSWER.max(self.core.facts.patience), now);
    }
}
