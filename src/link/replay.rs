//! A recording played as a modem, so that what somebody else saw can be seen again without their
//! modem.
//!
//! What came after the result of a command comes again at its time. A command line is answered as
//! the recording answered it: the same line at about the same time, else what was last answered to
//! it; a line that is not in the recording gets `OK`, or `ERROR` if it asks something. The same
//! inputs at the same times give the same outputs.

use crate::clock::Instant;
use crate::link::error::{LinkError, LinkErrorKind};
use crate::link::recording::{self, Piece};
use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// A line sent so much earlier or later than in the recording is the one that was sent there.
const ABOUT: Duration = Duration::from_millis(750);
/// An answer that was not recorded takes so long.
const INVENTED: Duration = Duration::from_millis(20);
/// Octets of a command line at most.
const LINE_LIMIT: usize = 64 * 1024;
/// Pieces that may wait to be sent: a program that asks and asks gets no more answers.
const WAITING_LIMIT: usize = 10_000;
/// Lines whose parameters are the user's choice: another number is called, and the answer is that
/// of the number in the recording.
const OF_ANY_PARAMETER: [&str; 7] =
    ["ATD", "AT+CMGS", "AT+CMGW", "AT+VTS", "AT+CUSD", "AT+CPIN", "AT+CTFR"];

/// What changes all the time: an answer from later would be wrong.
const OF_THE_MOMENT: [&str; 4] = ["AT+CLCC", "AT+CMGL", "AT+CPAS", "AT+CMGR"];

/// A line of the recording and what was answered to it.
#[derive(Clone, Debug)]
struct Exchange {
    sent_at: Duration,
    /// The answer up to the result, each piece with its time since the line was sent.
    answer: Vec<(Duration, Vec<u8>)>,
    used: bool,
}

/// Plays a recording. Of the kind of [`SimulatedModem`](crate::simulator::SimulatedModem): bytes
/// go in, bytes come out, time is told.
#[derive(Debug)]
pub struct Replay {
    exchanges: Vec<Exchange>,
    /// By what was sent, whole and by its name.
    by_line: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// What came by itself, the next one first.
    by_itself: VecDeque<(Duration, Vec<u8>)>,
    /// Answers under way: when, in which order, what.
    answers: BTreeMap<(Instant, u64), Vec<u8>>,
    next_answer: u64,
    /// When the first bytes came, or the clock was first looked at.
    began: Option<Instant>,
    now: Instant,
    typed: Vec<u8>,
    out: VecDeque<Vec<u8>>,
}

impl Replay {
    /// Reads a recording.
    pub fn open(path: &Path) -> Result<Replay, LinkError> {
        let unreadable = |reason: &dyn std::fmt::Display| {
            let reason = format!("The recording {} can't be read: {reason}", path.display());
            LinkError::new(LinkErrorKind::Other, reason, "Choose a recording of Deskphone")
        };
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut text = Vec::new();
        let limit = recording::FILE_LIMIT_OCTETS;
        file.take(limit).read_to_end(&mut text).map_err(|error| unreadable(&error))?;
        let pieces = recording::parse(&text).map_err(|error| unreadable(&error))?;
        Ok(Replay::of(&pieces))
    }

    /// Plays these pieces.
    pub fn of(pieces: &[Piece]) -> Replay {
        let mut replay = Replay {
            exchanges: Vec::new(),
            by_line: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_itself: VecDeque::new(),
            answers: BTreeMap::new(),
            next_answer: 0,
            began: None,
            now: Instant::ZERO,
            typed: Vec::new(),
            out: VecDeque::new(),
        };
        let begin = pieces.first().map_or(0, |piece| piece.at_ms);
        // A result is awaited.
        let mut open = false;
        for piece in pieces {
            let at = Duration::from_millis(piece.at_ms - begin);
            if piece.sent {
                replay.add_exchange(at, &piece.bytes);
                open = true;
            } else if let Some(exchange) = replay.exchanges.last_mut().filter(|_| open) {
                open = !ends_an_answer(&piece.bytes);
                exchange.answer.push((at.saturating_sub(exchange.sent_at), piece.bytes.clone()));
            } else {
                replay.by_itself.push_back((at, piece.bytes.clone()));
            }
        }
        replay
    }

    fn add_exchange(&mut self, sent_at: Duration, bytes: &[u8]) {
        let at = self.exchanges.len();
        self.exchanges.push(Exchange { sent_at, answer: Vec::new(), used: false });
        let line = normalised(bytes);
        self.by_name.entry(name(&line).to_owned()).or_default().push(at);
        self.by_line.entry(line).or_default().push(at);
    }

    /// Bytes from the program.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        self.handle_timeout(now);
        for &octet in bytes {
            if self.typed.len() < LINE_LIMIT {
                self.typed.push(octet);
            }
            if matches!(octet, b'\r' | 0x1A | 0x1B) {
                let line = std::mem::take(&mut self.typed);
                self.answer(&normalised(&line), now);
            }
        }
    }

    /// Time passed: what is due goes out.
    pub fn handle_timeout(&mut self, now: Instant) {
        let began = *self.began.get_or_insert(now);
        self.now = now;
        let mut last = None;
        while let Some(due) = self.poll_timeout().filter(|due| *due <= now) {
            // An answer that was begun goes before what comes by itself in the same moment.
            let bytes = match self.answers.first_entry() {
                Some(entry) if entry.key().0 <= due => entry.remove(),
                _ => self.by_itself.pop_front().map(|(_, bytes)| bytes).unwrap_or_default(),
            };
            debug_assert!(began <= due);
            // What came together comes together.
            match self.out.back_mut().filter(|_| last == Some(due)) {
                Some(before) => before.extend(bytes),
                None => self.out.push_back(bytes),
            }
            last = Some(due);
        }
    }

    /// When [`Replay::handle_timeout`] is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let began = self.began.unwrap_or(self.now);
        let by_itself = self.by_itself.front().map(|(at, _)| began + *at);
        let answer = self.answers.keys().next().map(|(at, _)| *at);
        [by_itself, answer].into_iter().flatten().min()
    }

    /// The next bytes for the program.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    /// The last moment of the recording has passed.
    pub fn is_over(&self) -> bool {
        self.by_itself.is_empty() && self.answers.is_empty()
    }

    fn answer(&mut self, line: &str, now: Instant) {
        if line.is_empty() || self.answers.len() > WAITING_LIMIT {
            return;
        }
        let Some(at) = self.find(line, now) else {
            return self.say(invented(line).to_vec(), now + INVENTED);
        };
        self.exchanges[at].used = true;
        for (after, bytes) in self.exchanges[at].answer.clone() {
            self.say(bytes, now + after);
        }
    }

    fn say(&mut self, bytes: Vec<u8>, at: Instant) {
        self.answers.insert((at, self.next_answer), bytes);
        self.next_answer += 1;
    }

    /// The exchange of the recording that a line is now.
    fn find(&self, line: &str, now: Instant) -> Option<usize> {
        let time = now.since(self.began.unwrap_or(now));
        let name = name(line);
        let later = !OF_THE_MOMENT.contains(&name);
        let whole = self.by_line.get(line).and_then(|places| self.choose(places, time, later));
        whole.or_else(|| {
            let any = OF_ANY_PARAMETER.contains(&name) || name == BODY;
            let places = self.by_name.get(name).filter(|_| any);
            places.and_then(|places| self.choose(places, time, later))
        })
    }

    /// The one at about this time, else the last one before it, else the first that comes `later`.
    /// Of what changes all the time the first at about this time: on a slow machine the next one
    /// may be nearer, and would tell of what is still to come.
    fn choose(&self, places: &[usize], time: Duration, later: bool) -> Option<usize> {
        let distance = |&&at: &&usize| self.exchanges[at].sent_at.abs_diff(time);
        let unused = places.iter().filter(|&&at| !self.exchanges[at].used);
        let mut near = unused.filter(|at| distance(at) <= ABOUT);
        let near = if later { near.min_by_key(distance) } else { near.next() };
        let before = || places.iter().rfind(|&&at| self.exchanges[at].sent_at <= time);
        near.or_else(before).or_else(|| places.first().filter(|_| later)).copied()
    }
}

/// The name of what is typed behind a prompt.
const BODY: &str = "(text)";

/// What was sent, so that two lines that mean the same are the same.
fn normalised(bytes: &[u8]) -> String {
    match bytes.last() {
        Some(0x1B) => "(Esc)".to_owned(),
        Some(0x1A) => format!("{BODY}={}", String::from_utf8_lossy(bytes)),
        _ => {
            let line = String::from_utf8_lossy(bytes);
            // The case of what stands in quotes matters.
            match line.trim().split_once('"') {
                Some((name, rest)) => format!("{}\"{rest}", name.to_ascii_uppercase()),
                None => line.trim().to_ascii_uppercase(),
            }
        }
    }
}

/// `AT+CMGS` of `AT+CMGS=23`, `ATD` of a call.
fn name(line: &str) -> &str {
    if line.starts_with("ATD") {
        return "ATD";
    }
    line.split(['=', '?']).next().unwrap_or(line)
}

/// A result (V.250 §5.7.1), or the prompt for a text. Other lines than these may follow by
/// themselves.
fn ends_an_answer(bytes: &[u8]) -> bool {
    const RESULTS: [&str; 10] =
        ["OK", "ERROR", "NO CARRIER", "BUSY", "NO ANSWER", "NO DIALTONE", "CONNECT", "0", "4", "3"];
    let text = String::from_utf8_lossy(bytes);
    let line = text.trim();
    RESULTS.contains(&line)
        || ["+CME ERROR", "+CMS ERROR", "NO DIAL"].iter().any(|start| line.starts_with(start))
        || (line == ">" && !text.ends_with('\n'))
}

/// An answer to what was never asked in the recording.
fn invented(line: &str) -> &'static [u8] {
    let asks = line.ends_with('?') || line.ends_with("=?");
    match line {
        // The PIN is nobody's business: the card of a recording is open.
        "AT+CPIN?" => b"\r\n+CPIN: READY\r\n\r\nOK\r\n",
        "(Esc)" => b"\r\nOK\r\n",
        _ if name(line) == "AT+CMGS" => b"\r\nERROR\r\n",
        _ if asks || !line.starts_with("AT") => b"\r\nERROR\r\n",
        _ => b"\r\nOK\r\n",
    }
}

#[cfg(test)]
mod tests;
