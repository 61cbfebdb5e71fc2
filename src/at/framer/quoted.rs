//! Texts in quotes that go on over several lines (3GPP TS 27.007 §7.15: the `<str>` of `+CUSD`).
//!
//! The network may write `OK` or `RING` on a line of its own in such a text, so that neither a
//! result nor the report of a call ends one that is still open: they wait for the closing quote.
//! If it never comes they were the modem's: the text ends before the first of them, and nothing is
//! swallowed. Quotes of the report itself close nothing. Other reports, which no text looks like,
//! end it at once.

use super::MAX_LINE;
use crate::at::response::name_of;
use crate::at::result_code::FinalResult;
use crate::at::unsolicited::Unsolicited;
use std::collections::VecDeque;

/// A text is waited for over this many lines at most. The longest has 182 characters (23.038
/// §6.1.2.3.1), so that no whole one is cut.
const MAX_LINES: usize = 200;

/// Responses whose strings a person wrote: names and headers of texts.
const WITH_STRINGS: [&str; 6] = ["+CMGR:", "+CMGL:", "+CMT:", "+CPBR:", "+CPBF:", "+CNUM:"];

/// Reports of a caller: `RING` beside them may be the network's words, too.
const OF_CALLS: [&str; 3] = ["+CRING", "+CLIP", "+CCWA"];

/// A line that ended within its quotes, and what came after it.
#[derive(Clone, Debug)]
pub(super) struct QuotedText {
    text: String,
    lines: usize,
    service: bool,
    /// Where the first line begins that is the modem's own unless the quotes close.
    own_at: Option<usize>,
    /// The last line is a report with quotes of its own.
    report: bool,
}

impl QuotedText {
    /// Takes a line whose quotes are open; gives any other line back.
    pub fn begin(line: String) -> Result<Self, String> {
        let begins = |prefix: &str| {
            line.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
        };
        let service = begins("+CUSD:");
        if !service && !WITH_STRINGS.into_iter().any(begins) {
            return Err(line);
        }
        let quoted = QuotedText { text: line, lines: 1, service, own_at: None, report: false };
        if quoted.is_closed() { Err(quoted.text) } else { Ok(quoted) }
    }

    /// Adds a line, with the blank lines that stood before it.
    pub fn add(&mut self, line: &str, blank_lines: usize) {
        for _ in 0..=blank_lines.min(2) {
            self.text.push('\n');
        }
        let known = Unsolicited::parse(line).is_some();
        if self.own_at.is_none() && (known || FinalResult::parse(line).is_some()) {
            self.own_at = Some(self.text.len());
        }
        self.report = known && line.matches('"').count().is_multiple_of(2);
        self.text.push_str(line);
        self.lines += 1;
    }

    /// The quotes are closed, or have been waited for long enough.
    pub fn is_complete(&self) -> bool {
        self.lines >= MAX_LINES || self.text.len() >= MAX_LINE || self.is_closed()
    }

    /// What there is: one text; or, if its quotes did not close, what stood before the first line
    /// of the modem's own, and the lines from there on.
    pub fn into_lines(mut self) -> VecDeque<String> {
        let closed = self.is_closed();
        let Some(at) = self.own_at.filter(|_| !closed) else {
            return VecDeque::from([self.text]);
        };
        let rest = self.text.split_off(at);
        self.text.truncate(self.text.trim_end_matches('\n').len());
        let rest = rest.split('\n').filter(|line| !line.is_empty()).map(str::to_owned);
        std::iter::once(self.text).chain(rest).collect()
    }

    /// It is the text of a service (`+CUSD`).
    pub fn is_of_service(&self) -> bool {
        self.service
    }

    /// A result or a report waits for the closing quote, which shows whether it is one.
    pub fn holds_own(&self) -> bool {
        self.own_at.is_some()
    }

    /// `line` can't be a part of the text: the closing quote was lost.
    pub fn is_ended_by(&self, line: &str) -> bool {
        if FinalResult::parse(line).is_some() {
            return !self.service;
        }
        if self.service {
            return name_of(line).is_some_and(|name| !OF_CALLS.contains(&name));
        }
        name_of(line).is_some() || Unsolicited::parse(line).is_some() || is_pdu(line)
    }

    fn is_closed(&self) -> bool {
        if self.report {
            return false;
        }
        let Some((_, text)) = self.text.split_once('"') else { return true };
        if !self.service {
            return text.matches('"').count() % 2 == 1;
        }
        // The text of a service may hold quotes of its own: the one that counts stands at the end,
        // or has nothing but <dcs> behind it.
        let tail = text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        text.trim_end().ends_with('"') || tail.trim_end_matches([',', ' ']).ends_with('"')
    }
}

/// Hexadecimal digits and nothing else, as many as the shortest PDU has.
fn is_pdu(line: &str) -> bool {
    line.len() >= 16 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
}
