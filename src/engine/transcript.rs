//! The AT lines of each call, from a second before it to its end; PINs are masked before they come
//! here.

use crate::clock::Instant;
use crate::phone::{CallId, TRANSCRIPT_LINES, TranscriptLine};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// What went over the wire so long before a call belongs to it: the command that placed it, the
/// announcement that it comes.
const BEFORE: Duration = Duration::from_secs(1);
/// Lines kept for a call that may begin.
const RECENT_LINES: usize = 50;
/// Kept of the beginning and of the end of a call.
const HALF: usize = TRANSCRIPT_LINES / 2;
/// Characters of a line.
const LONGEST_LINE: usize = 400;

#[derive(Debug)]
struct Recent {
    at: Instant,
    sent: bool,
    text: String,
}

/// The lines of one call.
#[derive(Debug, Default)]
struct Lines {
    began: Instant,
    first: Vec<TranscriptLine>,
    last: VecDeque<TranscriptLine>,
}

/// The lines of the calls that live.
#[derive(Debug, Default)]
pub(super) struct Transcripts {
    recent: VecDeque<Recent>,
    calls: BTreeMap<CallId, Lines>,
}

impl Transcripts {
    /// A line went over the wire.
    pub(super) fn add(&mut self, at: Instant, sent: bool, line: &str) {
        let text: String = line.chars().take(LONGEST_LINE).collect();
        for lines in self.calls.values_mut() {
            lines.add(at, sent, text.clone());
        }
        if self.recent.len() == RECENT_LINES {
            self.recent.pop_front();
        }
        self.recent.push_back(Recent { at, sent, text });
    }

    /// A call has begun.
    pub(super) fn begin(&mut self, call: CallId, began: Instant) {
        let mut lines = Lines { began, ..Lines::default() };
        for Recent { at, sent, text } in &self.recent {
            if began.since(*at) <= BEFORE {
                lines.add(*at, *sent, text.clone());
            }
        }
        self.calls.insert(call, lines);
    }

    /// A call is over.
    pub(super) fn end(&mut self, call: CallId) -> Vec<TranscriptLine> {
        let lines = self.calls.remove(&call).unwrap_or_default();
        lines.first.into_iter().chain(lines.last).collect()
    }
}

impl Lines {
    fn add(&mut self, at: Instant, sent: bool, text: String) {
        let line = TranscriptLine { at_ms: millis_between(self.began, at), sent, text };
        if self.first.len() < HALF {
            return self.first.push(line);
        }
        if self.last.len() == HALF {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }
}

/// Negative if `at` was before.
fn millis_between(began: Instant, at: Instant) -> i64 {
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    // One of the two is zero.
    millis(at.since(began)) - millis(began.since(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Instant {
        Instant::ZERO + Duration::from_millis(millis)
    }

    #[test]
    fn a_call_has_the_lines_around_it() {
        let mut transcripts = Transcripts::default();
        transcripts.add(at(1000), true, "AT+CSQ");
        transcripts.add(at(4000), true, "ATD1;");
        transcripts.begin(CallId(1), at(4500));
        transcripts.add(at(5000), false, "OK");
        transcripts.begin(CallId(2), at(9000));
        transcripts.add(at(9001), false, "NO CARRIER");
        let lines = |lines: Vec<TranscriptLine>| -> Vec<String> {
            lines.iter().map(|l| format!("{} {} {}", l.at_ms, l.sent, l.text)).collect()
        };
        let first = lines(transcripts.end(CallId(1)));
        assert_eq!(first, ["-500 true ATD1;", "500 false OK", "4501 false NO CARRIER"]);
        assert_eq!(lines(transcripts.end(CallId(2))), ["1 false NO CARRIER"]);
        assert!(transcripts.end(CallId(2)).is_empty());
    }

    #[test]
    fn a_long_call_keeps_its_beginning_and_its_end() {
        let mut transcripts = Transcripts::default();
        transcripts.begin(CallId(1), at(0));
        for n in 0..5000 {
            transcripts.add(at(n), false, &format!("{n}{}", "x".repeat(900)));
        }
        let lines = transcripts.end(CallId(1));
        assert_eq!(lines.len(), TRANSCRIPT_LINES);
        assert_eq!((lines[0].at_ms, lines[199].at_ms), (0, 199));
        assert_eq!((lines[200].at_ms, lines[399].at_ms), (4800, 4999));
        assert_eq!(lines[0].text.len(), 400);
    }
}
