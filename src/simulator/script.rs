//! Scripts for `--script FILE`: what happens in the simulated network, and when.
//!
//! One line for each thing: seconds since the start (fractions allowed), then what happens. Empty
//! lines and lines that begin with `#` mean nothing. Lines need not be in order.
//!
//! ```text
//! # somebody calls and gives up
//! 2.0  call from +15550106      # or: call from withheld
//! 8.0  hang up                  # the other side ends the latest call; `hang up 2`: call index 2
//! 9.0  answer                   # who is being called answers now
//! 12   text from +15550107 Hello there
//! 13   flash from +15550107 Shown at once, not stored
//! 14   tpdu 0403911…            # these octets as TPDU for the modem, without SMSC field
//! 20   registration searching   # idle home searching denied unknown roaming texts-only
//!                               # emergency-only
//! 25   signal 10                # +CSQ 0–31, 99; `signal auto`: varies again
//! 30   network lost for 20      # seconds
//! 60   sim locked               # ready, locked, absent
//! 70   restart                  # the modem restarts
//! ```
//!
//! In a `text` or `flash`, `\n` is a new line, `\\` a backslash; nothing after it is a comment.

use super::command::hex;
use super::network::action::SimChange;
use super::network::{NetworkAction, Registration};
use crate::clock::Instant;
use std::time::Duration;

/// Most lines of a script.
const MAX_LINES: usize = 100_000;

/// What is wrong with a script.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line} of the script: {problem}")]
pub struct ScriptError {
    /// From 1.
    pub line: usize,
    /// In words.
    pub problem: String,
}

/// Things to happen, in the order of their times.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Script {
    /// Latest first, so that the next one is popped off the end.
    steps: Vec<(Instant, NetworkAction)>,
}

impl Script {
    /// Reads a script; the error names the first bad line.
    pub fn parse(text: &str) -> Result<Script, ScriptError> {
        let mut steps = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let fail = |problem: String| ScriptError { line: number + 1, problem };
            if number >= MAX_LINES {
                return Err(fail(format!("a script has at most {MAX_LINES} lines")));
            }
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            steps.push(step(line).map_err(fail)?);
        }
        steps.sort_by_key(|(at, _)| *at);
        steps.reverse();
        Ok(Script { steps })
    }

    /// The next thing that is due, taken out.
    pub fn due(&mut self, now: Instant) -> Option<NetworkAction> {
        let due = self.steps.last().is_some_and(|(at, _)| *at <= now);
        if due { self.steps.pop().map(|(_, action)| action) } else { None }
    }

    /// When [`Script::due`] has something next.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.steps.last().map(|(at, _)| *at)
    }
}

fn step(line: &str) -> Result<(Instant, NetworkAction), String> {
    let (time, what) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let seconds: f64 = time.parse().map_err(|_| format!("“{time}” is no time in seconds"))?;
    // A year is more than anybody waits; it keeps the arithmetic in range.
    if !(0.0..=31_536_000.0).contains(&seconds) {
        return Err(format!("“{time}” is not between 0 and a year"));
    }
    let action = action(what.trim())?;
    Ok((Instant::from_elapsed(Duration::from_secs_f64(seconds)), action))
}

/// Texts may hold `#`; everywhere else it begins a comment.
fn action(what: &str) -> Result<NetworkAction, String> {
    if let Some(rest) = what.strip_prefix("text from ") {
        let (from, text) = sender_and_text(rest)?;
        return Ok(NetworkAction::IncomingText { from, text });
    }
    if let Some(rest) = what.strip_prefix("flash from ") {
        let (from, text) = sender_and_text(rest)?;
        return Ok(NetworkAction::IncomingClassText { from, text, class: 0 });
    }
    let what = what.split_once(" #").map_or(what, |(before, _)| before).trim();
    let words: Vec<&str> = what.split_whitespace().collect();
    Ok(match words.as_slice() {
        ["call", "from", "withheld"] | ["call"] => NetworkAction::IncomingCall { from: None },
        ["call", "from", number] => {
            NetworkAction::IncomingCall { from: Some((*number).to_owned()) }
        }
        ["hang", "up"] => NetworkAction::RemoteReleases(None),
        ["hang", "up", index] => NetworkAction::RemoteReleases(Some(number(index, 7)?)),
        ["answer"] => NetworkAction::RemoteAnswers,
        ["tpdu", digits] => match hex::decode(digits.as_bytes()) {
            Some(tpdu) if tpdu.len() <= 200 => NetworkAction::IncomingTpdu(tpdu),
            _ => return Err(format!("“{digits}” are no octets of a TPDU in hex")),
        },
        ["registration", word] => NetworkAction::SetRegistration(registration(word)?),
        ["signal", "auto"] => NetworkAction::SetSignal(None),
        ["signal", "99"] => NetworkAction::SetSignal(Some(99)),
        ["signal", level] => NetworkAction::SetSignal(Some(number(level, 31)?)),
        ["network", "lost", "for", seconds] => {
            NetworkAction::DropNetwork(Duration::from_secs(u64::from(number(seconds, 255)?)))
        }
        ["sim", "ready"] => NetworkAction::Sim(SimChange::Ready),
        ["sim", "locked"] => NetworkAction::Sim(SimChange::Locked),
        ["sim", "absent"] => NetworkAction::Sim(SimChange::Absent),
        ["restart"] => NetworkAction::RestartModem,
        [] => return Err("a time without anything to happen".to_owned()),
        _ => {
            return Err(format!(
                "“{what}” is not known; there are call, hang up, answer, text, flash, tpdu, \
                 registration, signal, network lost for, sim and restart"
            ));
        }
    })
}

fn sender_and_text(rest: &str) -> Result<(String, String), String> {
    let (from, text) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest, ""));
    if from.is_empty() || text.trim().is_empty() {
        return Err("a text needs a sender and words: text from +15550107 Hello".to_owned());
    }
    let mut unescaped = String::new();
    let mut characters = text.trim().chars();
    while let Some(character) = characters.next() {
        match (character, characters.clone().next()) {
            ('\\', Some('n')) => {
                characters.next();
                unescaped.push('\n');
            }
            ('\\', Some('\\')) => {
                characters.next();
                unescaped.push('\\');
            }
            _ => unescaped.push(character),
        }
    }
    Ok((from.to_owned(), unescaped))
}

fn number(text: &str, most: u8) -> Result<u8, String> {
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("“{text}” is no number from 0 to {most}"))
}

fn registration(word: &str) -> Result<Registration, String> {
    Ok(match word {
        "idle" => Registration::Idle,
        "home" => Registration::Home,
        "searching" => Registration::Searching,
        "denied" => Registration::Denied,
        "unknown" => Registration::Unknown,
        "roaming" => Registration::Roaming,
        "texts-only" => Registration::TextsOnly,
        "emergency-only" => Registration::EmergencyOnly,
        _ => return Err(format!("“{word}” is no registration state")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_in_the_order_of_its_times() {
        let mut script = Script::parse(
            "# greetings\n\n10 hang up # enough\n2.5 call from +15550106\n\
             3 text from +15550107 Tea \\# 4?\\nYes\n3 signal 10\n",
        )
        .unwrap();
        assert_eq!(script.poll_timeout(), Some(Instant::from_millis(2500)));
        assert_eq!(script.due(Instant::from_millis(2499)), None);
        let call = NetworkAction::IncomingCall { from: Some("+15550106".into()) };
        assert_eq!(script.due(Instant::from_millis(2500)), Some(call));
        let text = "Tea \\# 4?\nYes".to_owned();
        let text = NetworkAction::IncomingText { from: "+15550107".into(), text };
        assert_eq!(script.due(Instant::from_secs(60)), Some(text));
        let signal = NetworkAction::SetSignal(Some(10));
        assert_eq!(script.due(Instant::from_secs(60)), Some(signal));
        let release = NetworkAction::RemoteReleases(None);
        assert_eq!(script.due(Instant::from_secs(60)), Some(release));
        assert_eq!(script.due(Instant::from_secs(60)), None);
        assert_eq!(script.poll_timeout(), None);
    }

    #[test]
    fn an_error_names_the_line_and_the_word() {
        let error = |text: &str| Script::parse(text).unwrap_err().to_string();
        assert_eq!(
            error("1 call\nsoon call"),
            "line 2 of the script: “soon” is no time in seconds"
        );
        assert_eq!(error("1 signal 32"), "line 1 of the script: “32” is no number from 0 to 31");
        assert!(error("1 dance").contains("“dance” is not known; there are call"));
        assert!(error("1 text from +15550107").contains("needs a sender and words"));
        assert!(error("-1 call").contains("not between 0 and a year"));
        assert!(error("1").contains("without anything to happen"));
        assert!(error("1 tpdu 123").contains("no octets"));
        assert!(error("1 registration happy").contains("“happy”"));
    }
}
