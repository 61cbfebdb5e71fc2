//! What the AT channel is doing: at most one command line is outstanding, because [`Exchange`] is
//! one value.

pub(super) use super::abort::Abort;
use super::procedure::Procedure;
use super::queue::Priority;
use super::refusals::result_words;
use super::rows::Rows;
use super::text_body::TextBody;
use super::text_end::{End, is_listed};
use crate::at::response::after;
use crate::at::{CommandLine, FinalResult, Unsolicited};
use crate::clock::Instant;
use crate::phone::MessageId;
use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

/// More lines than this in one response are dropped.
const MAX_LINES: usize = 4096;

/// Lines shorter than this are no PDU: SMSC length, first octet and a little more.
const MIN_PDU_DIGITS: usize = 8;

/// Which lines of the modem belong to the response.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Expect {
    /// Only the final result.
    Nothing,
    /// Lines that begin so: `+CSQ`.
    Prefix(&'static str),
    /// Lines that begin so, each with a PDU in the next line: `+CMGR`, `+CMGL`.
    Pdu(&'static str),
    /// Lines that begin so, each with a text of text mode below it; true: in hex.
    Plain(&'static str, bool),
    /// Any text that is not known to be unsolicited: `+CGMI`.
    Text,
    /// Everything: the user's own command line.
    Everything,
    /// The result codes of a call end it: `ATD`, `ATA`.
    CallResult,
}

/// What is sent when the modem prompts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Payload {
    /// The PDU in hex and Ctrl-Z.
    pub bytes: Vec<u8>,
    /// The segment that is out of our hands then.
    pub handed_over: Option<(MessageId, u8)>,
    /// How long the modem may take from then.
    pub timeout: Duration,
}

/// One command line and how its answer is read.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// What is written.
    pub bytes: Vec<u8>,
    /// The line without its terminator, to know its echo.
    pub text: String,
    pub secret: bool,
    pub expect: Expect,
    /// To be sent when the modem prompts.
    pub payload: Option<Payload>,
    pub timeout: Duration,
    /// Find out whether the modem is in step when no answer comes in time.
    pub recover: bool,
    /// Find out also when an answer comes: it may be the one to an earlier line.
    pub check_after: bool,
    /// `OK` without any information is odd, so that it may be the answer to an earlier line.
    pub informative: bool,
    /// So many rows of the list are known and passed over.
    pub skip: usize,
    /// What becomes of it when a call has to be ended meanwhile.
    pub abort: Abort,
}

impl Request {
    /// A command line with nothing but a final result, due within five seconds.
    pub fn new(line: &CommandLine) -> Self {
        Request {
            bytes: line.wire_bytes(),
            text: line.as_str().to_owned(),
            secret: line.is_secret(),
            expect: Expect::Nothing,
            payload: None,
            timeout: Duration::from_secs(5),
            recover: true,
            check_after: false,
            informative: line.as_str().ends_with('?'),
            abort: Abort::of(line.as_str()),
            skip: 0,
        }
    }

    /// A line that is a constant of the program.
    pub fn line(constant: &'static str) -> Self {
        Request::new(&CommandLine::basic(constant))
    }

    /// Nothing is sent; the answer is a time-out.
    pub fn pause(duration: Duration) -> Self {
        Request::raw(Vec::new()).within(duration).without_recovery()
    }

    /// Bytes that are no command line: the escape from data mode.
    pub fn raw(bytes: Vec<u8>) -> Self {
        Request { bytes, text: String::new(), ..Request::line("AT") }
    }

    pub fn expecting(self, expect: Expect) -> Self {
        Request { expect, ..self }
    }

    pub fn within(self, timeout: Duration) -> Self {
        Request { timeout, ..self }
    }

    pub fn without_recovery(self) -> Self {
        Request { recover: false, ..self }
    }

    pub fn check_after(self) -> Self {
        Request { check_after: true, ..self }
    }

    pub fn informative(self) -> Self {
        Request { informative: true, ..self }
    }

    pub fn skipping(self, skip: usize) -> Self {
        Request { skip, ..self }
    }

    pub fn with_payload(self, payload: Payload) -> Self {
        Request { payload: Some(payload), ..self }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.secret { "…" } else { &self.text };
        f.debug_struct("Request").field("text", &text).finish_non_exhaustive()
    }
}

/// How a command line ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    Final(FinalResult),
    /// No final result came in time.
    TimedOut,
    /// We broke it off.
    Aborted,
}

/// All that the modem answered to one command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Response {
    /// Its information lines.
    pub lines: Vec<String>,
    pub outcome: Outcome,
    /// The modem prompted and the payload was sent.
    pub handed_over: bool,
}

impl Response {
    pub fn is_ok(&self) -> bool {
        matches!(self.outcome, Outcome::Final(FinalResult::Ok))
    }

    /// Not even an error came.
    pub fn timed_out(&self) -> bool {
        !matches!(self.outcome, Outcome::Final(_))
    }

    /// The final result as a line, for evidence.
    pub fn result_line(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Final(result) => Some(result_words(result)),
            Outcome::TimedOut | Outcome::Aborted => None,
        }
    }
}

/// Where the answer to the outstanding command line stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// The final result is due.
    Result,
    /// The prompt is due.
    Prompt,
    /// The payload is out; the final result is due.
    HandedOver,
    /// The prompt was left with ESC, since a call goes first; a result may come or not.
    LeftPrompt,
    /// A result that may be another call's; what follows decides.
    Settling(FinalResult),
    /// We have broken it off; its result may come or not.
    Aborting,
}

/// The answers that are due to command lines before this one, if they come after all.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    prefixes: VecDeque<&'static str>,
}

/// So many command lines back an answer may come late.
const EARLIER: usize = 3;

/// These also come unsolicited from one modem or another, so they prove nothing.
const BOTH_WAYS: [&str; 6] = ["+CREG", "+CEREG", "+CPIN", "+CUSD", "+CSQ", "+CLCC"];

impl Earlier {
    /// A command line was sent.
    pub fn sent(&mut self, expect: Expect) {
        let (Expect::Prefix(prefix) | Expect::Pdu(prefix) | Expect::Plain(prefix, _)) = expect
        else {
            return;
        };
        if !BOTH_WAYS.contains(&prefix) {
            self.prefixes.truncate(EARLIER);
            self.prefixes.push_front(prefix);
        }
    }

    /// The line is an answer to one of them.
    pub fn answers(&self, line: &str) -> bool {
        self.prefixes.iter().any(|prefix| has_prefix(line, prefix)) && !reports_caller(line)
    }
}

/// The command line that is outstanding.
#[derive(Debug)]
pub(super) struct Pending {
    pub priority: Priority,
    pub procedure: Procedure,
    pub request: Request,
    pub phase: Phase,
    pub lines: Vec<String>,
    /// An answer to an earlier line came in between: the next final result is that one's.
    pub stale: bool,
    /// Blank lines before the line that is read now.
    blank_lines: usize,
    /// The last line asked for a PDU in the next.
    pdu_due: bool,
    /// The text of text mode below the last header.
    pub body: Option<TextBody>,
    /// How far the proof is that it is the last one and has ended.
    pub end: End,
    /// Lines of it so far.
    pub heard: u32,
    /// When the last of them came, and the longest pause between two.
    pub last_line: Option<Instant>,
    pub longest_pause: Duration,
    /// Which rows of a list are kept.
    pub rows: Rows,
    /// Every final result comes twice.
    pub repeats_results: bool,
    /// The echo may still come.
    echo_due: bool,
}

/// What a line of the modem is to the outstanding command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// Our own words: nothing.
    Echo,
    /// Part of the response; already kept.
    Information,
    /// Part of the response and perhaps unsolicited: the user's own line was outstanding.
    Both,
    /// The end.
    Final(FinalResult),
    /// Something else.
    Unsolicited,
}

impl Pending {
    pub fn new(priority: Priority, procedure: Procedure, request: Request) -> Self {
        let phase = if request.payload.is_some() { Phase::Prompt } else { Phase::Result };
        let rows = Rows::after(request.skip);
        Pending {
            priority,
            procedure,
            request,
            phase,
            lines: Vec::new(),
            stale: false,
            blank_lines: 0,
            pdu_due: false,
            body: None,
            end: End::Open,
            heard: 0,
            last_line: None,
            longest_pause: Duration::ZERO,
            rows,
            repeats_results: false,
            echo_due: true,
        }
    }

    /// What the line is to us; so many blank lines stood before it.
    /// `earlier`: it begins as the answer to an earlier command line does.
    pub fn read_after(&mut self, line: &str, blank_lines: usize, earlier: bool) -> Meaning {
        self.blank_lines = blank_lines;
        self.read(line, earlier)
    }

    /// What the line is to us.
    pub fn read(&mut self, line: &str, earlier: bool) -> Meaning {
        if let Some(meaning) = self.read_end(line) {
            return meaning;
        }
        let listed = self.request.expect == Expect::Plain("+CMGL", false) && is_listed(line);
        if let (Some(body), Some(text)) = (&mut self.body, self.lines.last_mut())
            && !(body.unsure() && listed)
            && body.takes(line)
        {
            body.add(line, self.blank_lines, text);
            return Meaning::Information;
        }
        if self.is_echo(line) {
            return Meaning::Echo;
        }
        let line = self.without_prompt(line);
        if let Some(result) = self.final_result(line) {
            if std::mem::take(&mut self.stale) {
                return Meaning::Echo;
            }
            return Meaning::Final(result);
        }
        match self.request.expect {
            Expect::Everything => {
                self.keep(line);
                return match self.answers_typed_line(line) {
                    true => Meaning::Information,
                    false => Meaning::Both,
                };
            }
            Expect::Prefix(prefix) if has_prefix(line, prefix) && !reports_caller(line) => {}
            Expect::Pdu(prefix) if has_prefix(line, prefix) => {
                self.begin_row();
                self.pdu_due = true;
            }
            Expect::Pdu(_) if self.pdu_due && looks_like_pdu(line) => self.pdu_due = false,
            Expect::Pdu(_) if self.pdu_due && Unsolicited::parse(line).is_none() => {
                // A PDU that was damaged on its way: kept, so that it is seen to be.
                self.pdu_due = false;
            }
            Expect::Plain(prefix, hex) if has_prefix(line, prefix) => {
                self.begin_row();
                self.keep(line);
                self.keep("");
                let room = self.lines.len() < MAX_LINES;
                self.body = room.then(|| TextBody::answered(line, hex));
                return Meaning::Information;
            }
            Expect::Text if !earlier && Unsolicited::parse(line).is_none() => {}
            _ if self.request.payload.is_some() && has_prefix(line, "+CMGS") => {}
            _ => return Meaning::Unsolicited,
        }
        self.keep(line);
        Meaning::Information
    }

    /// A modem may prompt twice, the second time before its answer.
    fn without_prompt<'a>(&self, line: &'a str) -> &'a str {
        match self.phase {
            Phase::HandedOver => line.trim_start_matches(['>', ' ']),
            _ => line,
        }
    }

    fn keep(&mut self, line: &str) {
        if self.lines.len() < MAX_LINES {
            self.lines.push(line.to_owned());
        }
    }

    /// Modems repeat what they are sent until `ATE0`, and some for ever.
    fn is_echo(&mut self, line: &str) -> bool {
        if self.request.text.is_empty() {
            return false;
        }
        let line = line.trim();
        if self.echo_due && line == self.request.text.trim() {
            self.echo_due = false;
            return true;
        }
        // The PDU comes back too, often behind the prompt's own characters.
        let typed = line.trim_start_matches(['>', ' ']).trim_end_matches('\u{1A}');
        match &self.request.payload {
            Some(payload) if self.phase == Phase::HandedOver && !typed.is_empty() => {
                payload.bytes.strip_suffix(b"\x1A") == Some(typed.as_bytes())
            }
            _ => false,
        }
    }

    /// `NO CARRIER` and its kind end only what concerns a call; otherwise they are unsolicited.
    pub fn final_result(&self, line: &str) -> Option<FinalResult> {
        let result = FinalResult::parse(line)?;
        let of_a_call = result.ends_call()
            || matches!(result, FinalResult::Connect(_) | FinalResult::NumberBlocked { .. });
        let expected = match self.request.expect {
            Expect::CallResult => true,
            Expect::Everything => typed_call(&self.request.text),
            _ => false,
        };
        (!of_a_call || expected).then_some(result)
    }

    /// `AT+CREG?` was typed and the line begins with `+CREG`.
    fn answers_typed_line(&self, line: &str) -> bool {
        let name = line.split(':').next().unwrap_or("").trim().to_ascii_uppercase();
        name.len() > 2 && self.request.text.to_ascii_uppercase().contains(&name)
    }
}

/// The user's own line dials or answers.
pub(super) fn typed_call(line: &str) -> bool {
    let upper = line.to_ascii_uppercase();
    let rest = upper.strip_prefix("AT").unwrap_or(&upper).trim_start();
    rest.starts_with('D') || rest == "A" || rest == "O"
}

/// A caller's number comes under the name of the question whether such numbers are shown.
fn reports_caller(line: &str) -> bool {
    let number = |name| after(line, name).is_some_and(|text| text.starts_with(['"', ',']));
    number("+CCWA") || number("+CLIP")
}

/// `+CSQ: 5,0` begins with `+CSQ`, and with its colon; some modems leave the colon out.
fn has_prefix(line: &str, prefix: &str) -> bool {
    let rest = line.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix));
    rest.is_some()
        && line[prefix.len()..].chars().next().is_none_or(|next| !next.is_ascii_alphanumeric())
}

/// Hex digits throughout, and enough of them.
pub(super) fn looks_like_pdu(line: &str) -> bool {
    let line = line.trim();
    line.len() >= MIN_PDU_DIGITS && line.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What the AT channel is doing.
#[derive(Debug, Default)]
pub(super) enum Exchange {
    /// There is no link.
    #[default]
    Down,
    /// Ready for the next command line.
    Idle,
    /// A command line is outstanding.
    Awaiting(Box<Pending>),
    /// The result came; a modem that says everything twice says it again.
    Resting,
    /// After a time-out: is the modem still in step?
    Resynchronising(Resync),
    /// Nothing answers; the next try is waited for.
    Silent,
}

/// The way back into step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Resync {
    /// Tries so far.
    pub attempts: u8,
    /// Final results so far, and how many are due beside those to our questions.
    pub results: u8,
    pub overdue: u8,
    /// The information line that shows that this answer is the one to our question was seen.
    pub proven: bool,
    /// A final result came; whatever follows within the quiet time is late.
    pub quiet: bool,
}

#[cfg(test)]
mod tests;
