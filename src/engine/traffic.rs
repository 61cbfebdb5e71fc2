//! The AT traffic as lines for the console page: put together from the bytes as they pass, with
//! PINs and passwords masked and control characters made visible.

use crate::at::command_line::CommandLine;
use crate::at::explain::explain;
use crate::at::{FinalResult, Unsolicited};
use crate::clock::{Instant, WallTime};
use crate::engine::trace::{Cause, TraceDirection, TraceLog};
use crate::engine::transcript::Transcripts;
use crate::modem::{Purpose, Transmit};

/// A line is shown in pieces of this many octets at most.
const LONGEST_PIECE: usize = 400;
/// A PIN has four digits and more (3GPP TS 22.030 §6.6.2); a shorter one was mistyped.
const SHORTEST_SECRET: usize = 3;
/// What stands for a secret.
const MASK: &str = "••••";

/// Makes lines of the bytes that pass.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    log: TraceLog,
    received: Vec<u8>,
    /// The secret line sent last, which a modem with echo repeats.
    secret: Option<String>,
    /// The PINs and passwords in it, until its result: noise on the line may spoil the echo of
    /// everything around them.
    digits: Vec<String>,
    /// What the command that has no result yet is for, and its name.
    asked: Option<(Cause, String)>,
    /// What the next command is for.
    next: Cause,
    /// Something was added since [`Traffic::take_watched`], and somebody watches.
    watched: bool,
    /// The time of this step.
    pub(super) now: Instant,
    /// The lines of the calls that live.
    pub(super) transcripts: Transcripts,
}

impl Traffic {
    /// Writes to this ring.
    pub(super) fn new(log: TraceLog) -> Self {
        Traffic { log, ..Traffic::default() }
    }

    /// The ring the lines go to.
    pub(super) fn log(&self) -> &TraceLog {
        &self.log
    }

    /// True once after lines were added while somebody watches.
    pub(super) fn take_watched(&mut self) -> bool {
        std::mem::take(&mut self.watched)
    }

    /// A remark of the program.
    pub(super) fn note(&mut self, remark: &str, wall: WallTime) {
        self.add(TraceDirection::Note, remark.to_owned(), String::new(), wall);
    }

    /// What is sent from now on is for this.
    pub(super) fn for_purpose(&mut self, purpose: Purpose) {
        self.next = Cause { words: purpose.words.to_owned(), routine: purpose.routine };
    }

    /// Bytes that go to the modem.
    pub(super) fn sent(&mut self, transmit: &Transmit, wall: WallTime) {
        let line = visible(trimmed(&transmit.bytes));
        self.asked = Some((self.next.clone(), name_of(&line).to_owned()));
        let typed = CommandLine::raw_from_user(&line).ok().filter(CommandLine::is_secret);
        if !transmit.secret && typed.is_none() {
            self.secret = None;
            let meaning = explain(&line, true).unwrap_or_default();
            return self.add(TraceDirection::Sent, line, meaning, wall);
        }
        let masked = typed.map_or_else(|| mask(&line), |line| line.masked());
        self.digits = secret_digits(&line);
        self.secret = Some(line);
        let meaning = explain(&masked, true).unwrap_or_default();
        self.add(TraceDirection::Sent, masked, meaning, wall);
    }

    /// Bytes that came from the modem, in any pieces.
    pub(super) fn received(&mut self, bytes: &[u8], wall: WallTime) {
        for &byte in bytes {
            if byte == b'\r' || byte == b'\n' {
                self.flush(wall);
            } else if byte != 0 {
                self.received.push(byte);
            }
            if self.received.len() >= LONGEST_PIECE {
                self.flush(wall);
            }
        }
        // A prompt has no line end.
        if self.received == b"> " || self.received == b">" {
            self.flush(wall);
        }
    }

    /// The link is gone: what has come of a line is all there will be.
    pub(super) fn cut(&mut self, wall: WallTime) {
        self.flush(wall);
        self.secret = None;
        self.digits.clear();
    }

    fn flush(&mut self, wall: WallTime) {
        if self.received.is_empty() {
            return;
        }
        let line = visible(&std::mem::take(&mut self.received));
        if line.trim().is_empty() {
            return;
        }
        let over = is_result(&line);
        if over {
            self.digits.clear();
        }
        let line = self.without_secrets(line);
        let meaning = explain(&line, false).unwrap_or_default();
        let over = over || FinalResult::parse(&line).is_some();
        let asked = if self.by_itself(&line) { self.asked.take() } else { None };
        self.add(TraceDirection::Received, line, meaning, wall);
        match asked {
            Some(asked) => self.asked = Some(asked),
            None if over => self.asked = None,
            None => {}
        }
    }

    /// The modem tells this without being asked: it is no answer to the command that waits for
    /// one.
    fn by_itself(&self, line: &str) -> bool {
        let Some((_, name)) = &self.asked else { return false };
        let answers = !name.is_empty() && line.trim_start().starts_with(name.as_str());
        !answers && FinalResult::parse(line).is_none() && Unsolicited::parse(line).is_some()
    }

    fn without_secrets(&self, line: String) -> String {
        let echoed = |secret: &String| line.contains(secret.as_str());
        if self.secret.as_ref().is_some_and(echoed) {
            return mask(&line);
        }
        if self.digits.iter().any(|digits| line.contains(digits.as_str())) {
            return MASK.to_owned();
        }
        match CommandLine::raw_from_user(&line) {
            Ok(command) if command.is_secret() => command.masked(),
            _ => line,
        }
    }

    fn add(&mut self, way: TraceDirection, line: String, meaning: String, wall: WallTime) {
        if way != TraceDirection::Note {
            self.transcripts.add(self.now, way == TraceDirection::Sent, &line);
        }
        let cause = self.asked.as_ref().filter(|_| way != TraceDirection::Note);
        let cause = cause.map(|(cause, _)| cause.clone()).unwrap_or_default();
        self.watched |= self.log.push_for(wall, way, line, meaning, &cause);
    }
}

/// `+CLCC` of `AT+CLCC?`; empty for the basic commands, whose answers don't repeat it.
fn name_of(line: &str) -> &str {
    let Some(body) = line.get(2..).filter(|_| line.is_char_boundary(2)) else { return "" };
    let end = body.find(['=', '?', ';', ' ']).unwrap_or(body.len());
    if body.starts_with(['+', '^', '#', '*', '$', '%']) { &body[..end] } else { "" }
}

/// The name of a command with its parameters masked.
fn mask(line: &str) -> String {
    match line.split_once('=') {
        Some((name, _)) => format!("{name}={MASK}"),
        None => MASK.to_owned(),
    }
}

/// The PINs and passwords of a secret line: whatever in it is as long as one, at least.
pub(super) fn secret_digits(line: &str) -> Vec<String> {
    let parameters = line.split_once('=').map_or(line, |(_, parameters)| parameters);
    let runs = parameters.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() >= SHORTEST_SECRET).map(str::to_owned).collect()
}

/// Whether a line ends the command that was sent (V.250 §5.7.1, 3GPP TS 27.007 §9.2).
pub(super) fn is_result(line: &str) -> bool {
    let line = line.trim();
    ["OK", "ERROR"].contains(&line)
        || line.starts_with("+CME ERROR")
        || line.starts_with("+CMS ERROR")
}

/// Without the line end that every command has.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|&byte| byte != b'\r' && byte != b'\n');
    &bytes[..end.map_or(0, |end| end + 1)]
}

/// Control characters by name, octets that are no text in hex.
fn visible(bytes: &[u8]) -> String {
    let mut line = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\u{1a}' => line.push_str("<Ctrl-Z>"),
                '\u{1b}' => line.push_str("<Esc>"),
                c if c.is_control() => line.push_str(&format!("<{:02X}>", u32::from(c))),
                c => line.push(c),
            }
        }
        for octet in chunk.invalid() {
            line.push_str(&format!("<{octet:02X}>"));
        }
    }
    line
}

#[cfg(test)]
mod tests;
