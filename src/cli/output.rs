//! Where lines go: standard output, as plain lines for people or JSON lines for programs, each
//! flushed, so that a program that reads along is never behind.

use crate::cli::error::CliError;
use crate::cli::json::JsonLine;
use crate::clock::WallTime;
use std::io::{self, BufWriter, ErrorKind, Write};

/// One line in both forms.
#[derive(Clone, Debug)]
pub struct Line {
    /// For people. May be several lines; holds no control characters of others.
    pub human: String,
    /// For programs.
    pub json: JsonLine,
}

/// Prints lines.
pub struct Output {
    json: bool,
    to: Box<dyn Write>,
}

impl Output {
    /// To standard output.
    pub fn stdout(json: bool) -> Self {
        Output::new(json, Box::new(BufWriter::new(io::stdout().lock())))
    }

    /// To anything.
    pub fn new(json: bool, to: Box<dyn Write>) -> Self {
        Output { json, to }
    }

    /// Prints one line in the chosen form, at once.
    pub fn line(&mut self, line: Line) -> Result<(), CliError> {
        self.put(line)?;
        self.flush()
    }

    /// Prints one line of many in the chosen form. Not flushed.
    pub fn put(&mut self, line: Line) -> Result<(), CliError> {
        let text = if self.json { line.json.finish() } else { line.human };
        self.text(&text)
    }

    /// Prints one line that has only one form. Not flushed.
    pub fn text(&mut self, text: &str) -> Result<(), CliError> {
        let written = self.to.write_all(text.as_bytes()).and_then(|()| self.to.write_all(b"\n"));
        written.map_err(|error| broken(&error))
    }

    /// Makes sure that a reader sees everything so far.
    pub fn flush(&mut self) -> Result<(), CliError> {
        self.to.flush().map_err(|error| broken(&error))
    }

    /// JSON lines were asked for.
    pub fn json(&self) -> bool {
        self.json
    }

    /// From now on nothing is printed: nobody reads it any more.
    pub fn silence(&mut self) {
        self.to = Box::new(io::sink());
    }
}

fn broken(error: &io::Error) -> CliError {
    if error.kind() == ErrorKind::BrokenPipe {
        return CliError::NobodyReads;
    }
    CliError::new(format!("writing the output failed ({error})"), "look where it goes to")
}

/// A text of others made harmless for a terminal: control characters, line ends and the characters
/// that turn the direction of what follows are spelled out; joiners and marks that scripts need
/// stay.
pub fn visible(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
                safe.extend(character.escape_unicode());
            }
            other if other.is_control() => safe.extend(other.escape_unicode()),
            other => safe.push(other),
        }
    }
    safe
}

/// `18:04:05`.
pub fn time_of_day(time: WallTime) -> String {
    let c = time.civil();
    format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second)
}

/// `2026-11-22 18:04:05`, local time.
pub fn date_and_time(time: WallTime) -> String {
    let c = time.civil();
    format!("{:04}-{:02}-{:02} {}", c.year, c.month, c.day, time_of_day(time))
}

/// A number with the contact's name, if there is one: `+15550100 Alice`.
pub fn party(number: &str, name: Option<&str>) -> String {
    match name {
        Some(name) if !name.is_empty() => format!("{} {}", visible(number), visible(name)),
        _ => visible(number),
    }
}

/// Cause and advice in one line: `The number is busy: try again in a few minutes`.
pub fn cause_and_advice(cause: &str, advice: &str) -> String {
    match (cause.is_empty(), advice.is_empty()) {
        (true, _) => visible(advice),
        (false, true) => visible(cause),
        (false, false) => {
            // One colon in a sentence is enough.
            let between = if cause.contains(": ") { ";" } else { ":" };
            format!("{}{between} {}", visible(cause), visible(&lower_first(advice)))
        }
    }
}

/// `Try again` → `try again`, for use after a colon. Words in capitals (`PIN`, `SIM`) stay.
fn lower_first(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let (Some(first), rest) = (characters.next(), characters.as_str()) else {
        return String::new();
    };
    if rest.chars().next().is_some_and(|second| second.is_uppercase() || second.is_numeric()) {
        return sentence.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_received_text_can_not_steer_the_terminal() {
        let text = "a\u{1b}[2Jb\nc\u{202e}d\u{9b}e";
        let expected = "a\\u{1b}[2Jb\\nc\\u{202e}d\\u{9b}e";
        assert_eq!(visible(text), expected);
        // Persian needs its zero-width non-joiner.
        assert_eq!(visible("می\u{200c}روم"), "می\u{200c}روم");
    }

    #[test]
    fn a_cause_and_its_advice_form_one_sentence() {
        assert_eq!(
            cause_and_advice("The number is busy", "Try later"),
            "The number is busy: try later"
        );
        assert_eq!(cause_and_advice("No SIM", "PIN first"), "No SIM: PIN first");
        assert_eq!(cause_and_advice("Gone", ""), "Gone");
        assert_eq!(cause_and_advice("Lost: no answer", "Ask"), "Lost: no answer; ask");
    }

    #[test]
    fn a_reader_that_left_is_told_apart_from_a_full_disk() {
        struct Failing(ErrorKind);
        impl Write for Failing {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut pipe = Output::new(false, Box::new(Failing(ErrorKind::BrokenPipe)));
        assert!(matches!(pipe.text("x"), Err(CliError::NobodyReads)));
        let mut disk = Output::new(false, Box::new(Failing(ErrorKind::StorageFull)));
        assert!(matches!(disk.text("x"), Err(CliError::Told { .. })));
    }
}
