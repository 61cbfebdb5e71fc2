//! Bytes in any split → lines and prompts (V.250 §5.7, 27.005 §3.5.1).
//!
//! A line ends with CR, LF, or any run of both; blank lines don't count. What comes out depends on
//! the bytes and the hints alone, never on how the bytes were cut into reads. Memory is bounded
//! whatever comes in: see [`MAX_LINE`] and [`MAX_PENDING`].
//!
//! A text in quotes may hold line breaks (`+CUSD: 0,"line 1\nline 2",15`). A line of a kind that
//! holds texts and ends within its quotes is kept until the quotes close; another information
//! response or unsolicited line, or too many lines end the waiting. A silence should too: that is
//! the driver's to notice ([`Framer::flush_partial`]).

mod quoted;

use crate::at::charset;
use quoted::QuotedText;
use std::collections::VecDeque;

/// Lines are cut after this many octets, the rest up to the terminator is dropped.
pub const MAX_LINE: usize = 4096;

/// Octets pushed and not yet read by [`Framer::next`]. What exceeds it is dropped up to the next
/// terminator.
pub const MAX_PENDING: usize = 256 * 1024;

/// What a modem sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Frame {
    /// One line without its terminator; never blank. Only a joined text in quotes holds `\n`.
    Line(String),
    /// `>`: the modem waits for a PDU or a text, to be ended by Ctrl-Z.
    Prompt,
}

/// What the driver expects now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hint {
    /// A `>` at the beginning of a line is the prompt; without this it is text.
    pub expect_prompt: bool,
}

/// The framer. Push bytes, then take frames until there are none.
#[derive(Clone, Debug, Default)]
pub struct Framer {
    /// Octets not looked at yet, from `read` on.
    pending: Vec<u8>,
    read: usize,
    /// Octets up to the next terminator are dropped: there was no room for them.
    skipping: bool,
    /// The line in progress, without its stray control characters.
    line: Vec<u8>,
    /// The last octet was a prompt; a space behind it belongs to it.
    after_prompt: bool,
    /// Line feeds since the last text, and how many of them made blank lines before `line`: they
    /// matter within a quoted text only.
    line_feeds: usize,
    blank_lines: usize,
    /// The same of the line that was given last.
    before_last: usize,
    /// A text whose quotes are still open.
    quoted: Option<QuotedText>,
    /// Lines that are to be given next: what became of `quoted`, and what ended the waiting.
    queued: VecDeque<String>,
}

impl Framer {
    /// An empty framer.
    pub fn new() -> Self {
        Framer::default()
    }

    /// Takes octets, in any split.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.read == self.pending.len() {
            self.pending.clear();
            self.read = 0;
        } else if self.read > self.pending.len() / 2 {
            self.pending.drain(..self.read);
            self.read = 0;
        }
        let mut bytes = bytes;
        if self.skipping {
            let Some(end) = bytes.iter().position(|byte| is_terminator(*byte)) else { return };
            bytes = &bytes[end..];
            self.skipping = false;
        }
        // One octet of room is kept for the terminator that marks a loss.
        let room = (MAX_PENDING - 1).saturating_sub(self.pending.len());
        if bytes.len() <= room {
            self.pending.extend_from_slice(bytes);
            return;
        }
        let (kept, lost) = bytes.split_at(room);
        self.pending.extend_from_slice(kept);
        if self.pending.len() < MAX_PENDING {
            self.pending.push(b'\n');
        }
        self.skipping = !lost.last().is_some_and(|byte| is_terminator(*byte));
    }

    /// The next frame, if one is complete.
    pub fn next(&mut self, hint: Hint) -> Option<Frame> {
        if let Some(line) = self.queued.pop_front() {
            return Some(Frame::Line(line));
        }
        while let Some(byte) = self.pending.get(self.read).copied() {
            self.read += 1;
            if let Some(frame) = self.take(byte, hint) {
                return Some(frame);
            }
        }
        None
    }

    /// A line that was read comes back, so that the next needs no memory of its own.
    pub fn give_back(&mut self, line: String) {
        if self.line.capacity() < line.capacity() && self.line.is_empty() {
            self.line = line.into_bytes();
            self.line.clear();
        }
    }

    /// How many blank lines stood before the line that was given last: they matter within a text of
    /// text mode. A line break is one line feed.
    pub fn blank_lines_before(&self) -> usize {
        self.before_last
    }

    /// A line, or a text in quotes, is waiting for its end.
    pub fn has_partial(&self) -> bool {
        !is_blank(&self.line) || self.quoted.is_some()
    }

    /// After a silence: a line without its terminator, or a text without its closing quote. First
    /// take all frames from [`Framer::next`]; then call this until it gives nothing.
    pub fn flush_partial(&mut self) -> Option<Frame> {
        if let Some(line) = self.queued.pop_front() {
            return Some(Frame::Line(line));
        }
        let last = if is_blank(&self.line) { None } else { self.end_line() };
        self.line.clear();
        last.or_else(|| self.quoted.take().and_then(|quoted| self.give_up(quoted)))
    }

    /// A line that may be the result of a command, or a caller, waits for a closing quote: it
    /// should not wait for long.
    pub fn holds_own(&self) -> bool {
        self.quoted.as_ref().is_some_and(QuotedText::holds_own)
    }

    /// Forgets everything: the link is new.
    pub fn clear(&mut self) {
        *self = Framer::new();
    }

    /// Takes one octet.
    fn take(&mut self, byte: u8, hint: Hint) -> Option<Frame> {
        let after_prompt = std::mem::take(&mut self.after_prompt);
        match byte {
            b'\r' | b'\n' => {
                self.line_feeds += usize::from(byte == b'\n');
                if is_blank(&self.line) {
                    self.line.clear();
                    return None;
                }
                return self.end_line();
            }
            b' ' if after_prompt => {}
            // An old prompt that nobody asked for may stand before the one we wait for.
            b'>' if hint.expect_prompt && self.line.iter().all(|b| b" \t>".contains(b)) => {
                self.line.clear();
                self.after_prompt = true;
                return Some(Frame::Prompt);
            }
            // In the answer to a service code they are letters of `AT+CSCS="GSM"`: é, à, @.
            0..=8 | 11..=31 | 127 if self.in_service_text() => self.add(byte),
            // NUL, Ctrl-Z, ESC and the like are no text: line noise, or our own PDU echoed.
            0..=8 | 11..=31 | 127 => self.after_prompt = after_prompt,
            _ => self.add(byte),
        }
        None
    }

    /// Within the quotes of `+CUSD: 1,"…`.
    fn in_service_text(&self) -> bool {
        let begun = self.line.starts_with(b"+CUSD:") && self.line.contains(&b'"');
        begun || self.quoted.as_ref().is_some_and(QuotedText::is_of_service)
    }

    fn add(&mut self, byte: u8) {
        if self.line.is_empty() {
            self.blank_lines = self.line_feeds.saturating_sub(1);
            self.line_feeds = 0;
        }
        if self.line.len() < MAX_LINE {
            self.line.push(byte);
        }
    }

    /// The line in progress is complete.
    fn end_line(&mut self) -> Option<Frame> {
        let line = decode(std::mem::take(&mut self.line));
        self.before_last = self.blank_lines;
        let Some(mut quoted) = self.quoted.take() else {
            return match QuotedText::begin(line) {
                Ok(quoted) => {
                    self.quoted = Some(quoted);
                    None
                }
                Err(line) => Some(Frame::Line(line)),
            };
        };
        if quoted.is_ended_by(&line) {
            let frame = self.give_up(quoted);
            match QuotedText::begin(line) {
                Ok(next) => self.quoted = Some(next),
                Err(line) => self.queued.push_back(line),
            }
            return frame;
        }
        quoted.add(&line, self.blank_lines);
        if quoted.is_complete() {
            return self.give_up(quoted);
        }
        self.quoted = Some(quoted);
        None
    }

    /// The waiting for a closing quote is over, with it or without.
    fn give_up(&mut self, quoted: QuotedText) -> Option<Frame> {
        self.queued.extend(quoted.into_lines());
        self.queued.pop_front().map(Frame::Line)
    }
}

fn is_terminator(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// UTF-8; octets that are not are taken for Latin-1. White space at the end is no part of a line,
/// and C1 controls (U+0080–U+009F), which a terminal might obey, are no text.
fn decode(line: Vec<u8>) -> String {
    let mut text = match String::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let chunks = error.as_bytes().utf8_chunks();
            chunks.fold(String::new(), |mut text, chunk| {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
                text
            })
        }
    };
    text.truncate(text.trim_end_matches([' ', '\t']).len());
    if text.bytes().any(|byte| matches!(byte, 0..=8 | 11..=31 | 127)) {
        text = charset::gsm_controls(&text);
    }
    if text.chars().any(|c| c.is_control() && c != '\t') {
        text = text.replace(|c: char| c.is_control() && c != '\t', "\u{FFFD}");
    }
    text
}

#[cfg(test)]
mod tests;
