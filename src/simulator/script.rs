//! Scripts for `--script FILE`: what happens in the simulated network, and when.
//!
//! One line for each thing: seconds since the start (fractions allowed), then what happens. Empty
//! lines and lines that begin with `#` mean nothing. Lines need not be in order.
//!
//! ```text
//! # somebody calls and gives up
//! 2.0  call from +15550106      # or: call from withheld
//! 3.0  call from +15550107      # another one, while the first goes on: it waits
//! 4.0  call from +15550107 forwarded   # it reaches us because somebody forwards calls to us
//! 8.0  hang up                  # the other side ends the latest call; `hang up 2`: call index 2
//! 9.0  answer                   # who is being called answers now
//! 9.5  hold                     # the other side holds the latest call; `hold 2`; `retrieve`
//! 9.6  conference               # the other side makes the call part of a conference
//! 10   drop 41                  # the network drops the latest call with a cause of 24.008
//! 10   drop 2 41                # call index 2
//! 10   dial fails 34 for 2      # the next 2 calls of the phone fail with a cause of 24.008
//! 11   forwarding busy +15550107       # always, busy, unanswered, unreachable; `off`
//! 11   barring AO on            # AO, OI, OX, AI, IR; `off`
//! 11   clir 1                   # <m> of +CLIR: 0 not provided, 1 always hidden, 3, 4 by call
//! 11   voice off                # the subscription has no voice calls
//! 11   ims off                  # no voice over IMS; on LTE with `fallback off` no voice at all,
//!                               # and none while circuits carry texts only
//! 12   ussd notify Your bill is ready  # the network speaks first
//! 12   ussd ask Rate us, 1 to 5        # and wants a reply
//! 12   ussd answer *123# Done          # from now on; `ussd menu *123# …` wants a reply
//! 12   ussd end                 # also elsewhere, unsupported, timeout: +CUSD 2 to 5
//! 12   ussd form packed         # plain, ucs2, packed, octets, utf8; `ussd form plain dcs 17`
//! 12   text from +15550107 Hello there
//! 13   flash from +15550107 Shown at once, not stored
//! 14   class 2 from +15550107 This belongs to the SIM     # message class 0 to 3
//! 15   voicemail 3              # so many wait; 0: none any more
//! 16   replace 1 from +15550107 Takes the place of the last such text        # 1 to 7
//! 16   silent from +15550107    # type 0: neither shown nor kept
//! 17   card from +15550107 Ada Lovelace        # a contact card, to port 9204
//! 17   data from +15550107 port 2948 00FF      # 8-bit data for an application
//! 18   tpdu 0403911…            # these octets as TPDU for the modem, without SMSC field
//! 18   raw pdu 00040391…        # the same with SMSC field
//! 19   sms error 38 for 2       # the next 2 texts that the modem sends get +CMS ERROR: 38
//! 19   sms silent for 1         # taken by the network, but the modem never answers
//! 19   sms lost for 1           # neither taken nor answered
//! 19   sms slow 20 for 1        # the answer takes 20 seconds
//! 19   memory full              # drafts fill the modem's memory; `memory free`: they are gone
//! 20   registration searching   # idle home searching denied unknown roaming texts-only
//!                               # texts-only-roaming emergency-only emergency-bearer no-fallback
//! 25   signal 10                # +CSQ 0–31, 99; `signal auto`: varies again
//! 30   network lost for 20      # seconds
//! 60   sim locked               # ready, locked, absent
//! 70   restart                  # the modem restarts
//! ```
//!
//! In a `text` or `flash`, `\n` is a new line, `\\` a backslash; nothing after it is a comment.

mod calls;

use super::command::hex;
use super::network::action::SimChange;
use super::network::{NetworkAction, Registration, TextTrouble};
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
    if let Some(text) = text_action(what).or_else(|| calls::ussd_action(what)) {
        return text;
    }
    let what = what.split_once(" #").map_or(what, |(before, _)| before).trim();
    let words: Vec<&str> = what.split_whitespace().collect();
    let readers =
        [calls::call_action, calls::service_action, pdu_action, trouble_action, network_action];
    let known = readers.iter().find_map(|read| read(words.as_slice()));
    known.unwrap_or_else(|| match words.as_slice() {
        [] => Err("a time without anything to happen".to_owned()),
        _ => Err(format!(
            "“{what}” is not known; there are call, hang up, answer, drop, dial fails, hold, \
             retrieve, conference, ussd, forwarding, barring, clir, voice, ims, fallback, text, \
             flash, class, replace, silent, card, data, voicemail, tpdu, raw pdu, sms, memory, \
             registration, signal, network lost for, sim and restart"
        )),
    })
}

type Read = Option<Result<NetworkAction, String>>;

/// Lines that end with a text.
fn text_action(what: &str) -> Read {
    let read = |rest: &str, which: Option<(&str, u8)>| {
        let (number_of, rest) = match which {
            None => (0, rest),
            Some((example, most)) => {
                let (number_of, rest) = rest
                    .split_once(" from ")
                    .ok_or_else(|| format!("it needs a sender and words: {example}"))?;
                (number(number_of.trim(), most)?, rest)
            }
        };
        let (from, text) = sender_and_text(rest)?;
        Ok((number_of, from, text))
    };
    let (word, rest) = ["text from ", "flash from ", "class ", "replace ", "card from "]
        .iter()
        .find_map(|word| what.strip_prefix(word).map(|rest| (*word, rest)))?;
    let which = match word {
        "class " => Some(("class 2 from +15550107 Hello", 3)),
        "replace " => Some(("replace 1 from +15550107 Hello", 7)),
        _ => None,
    };
    Some(read(rest, which).map(|(number_of, from, text)| match word {
        "text from " => NetworkAction::IncomingText { from, text },
        "flash from " => NetworkAction::IncomingClassText { from, text, class: 0 },
        "class " => NetworkAction::IncomingClassText { from, text, class: number_of },
        "replace " => NetworkAction::IncomingPidText { from, text, pid: 0x40 + number_of },
        _ => {
            let data =
                format!("BEGIN:VCARD\r\nVERSION:2.1\r\nN:{text}\r\nTEL:{from}\r\nEND:VCARD\r\n");
            NetworkAction::IncomingData { from, port: 9204, data: data.into_bytes() }
        }
    }))
}

/// Texts given by their octets.
fn pdu_action(words: &[&str]) -> Read {
    let octets = |digits: &str, most: usize| {
        hex::decode(digits.as_bytes())
            .filter(|octets| octets.len() <= most)
            .ok_or_else(|| format!("“{digits}” are no octets in hex, or too many"))
    };
    Some(match words {
        ["tpdu", digits] => octets(digits, 200).map(NetworkAction::IncomingTpdu),
        ["raw", "pdu", digits] => octets(digits, 212).and_then(|pdu| match pdu.as_slice() {
            [smsc, rest @ ..] if usize::from(*smsc) < rest.len() => {
                Ok(NetworkAction::IncomingTpdu(rest[usize::from(*smsc)..].to_vec()))
            }
            _ => Err(format!("“{digits}” has no TPDU after the centre's octets")),
        }),
        ["silent", "from", from] => {
            let (from, text) = ((*from).to_owned(), "Ping".to_owned());
            Ok(NetworkAction::IncomingPidText { from, text, pid: 0x40 })
        }
        ["data", "from", from, "port", port, digits] => octets(digits, 133).and_then(|data| {
            let port = port.parse().map_err(|_| format!("“{port}” is no port"))?;
            Ok(NetworkAction::IncomingData { from: (*from).to_owned(), port, data })
        }),
        _ => return None,
    })
}

/// What goes wrong with the texts that are sent next, and with the memory.
fn trouble_action(words: &[&str]) -> Read {
    let read = |trouble: &[&str], times: &str| {
        let trouble = match trouble {
            ["error", error] => {
                TextTrouble::Refused(error.parse().map_err(|_| format!("“{error}” is no number"))?)
            }
            ["silent"] => TextTrouble::Unanswered,
            ["lost"] => TextTrouble::Lost,
            ["slow", time] => TextTrouble::Slow(Duration::from_secs(u64::from(number(time, 255)?))),
            _ => return Err("there are sms error 38, silent, lost and slow 20, for 2".to_owned()),
        };
        Ok(NetworkAction::TroubleTexts { trouble, times: u32::from(number(times, 255)?) })
    };
    Some(match words {
        ["sms", trouble @ .., "for", times] => read(trouble, times),
        ["voicemail", count] => number(count, 255).map(NetworkAction::VoiceMails),
        ["memory", "full"] => Ok(NetworkAction::Memory(true)),
        ["memory", "free"] => Ok(NetworkAction::Memory(false)),
        _ => return None,
    })
}

fn network_action(words: &[&str]) -> Read {
    Some(match words {
        ["registration", word] => registration(word).map(NetworkAction::SetRegistration),
        ["signal", "auto"] => Ok(NetworkAction::SetSignal(None)),
        ["signal", "99"] => Ok(NetworkAction::SetSignal(Some(99))),
        ["signal", level] => number(level, 31).map(|level| NetworkAction::SetSignal(Some(level))),
        ["network", "lost", "for", seconds] => number(seconds, 255)
            .map(|seconds| NetworkAction::DropNetwork(Duration::from_secs(u64::from(seconds)))),
        ["sim", "ready"] => Ok(NetworkAction::Sim(SimChange::Ready)),
        ["sim", "locked"] => Ok(NetworkAction::Sim(SimChange::Locked)),
        ["sim", "absent"] => Ok(NetworkAction::Sim(SimChange::Absent)),
        ["restart"] => Ok(NetworkAction::RestartModem),
        _ => return None,
    })
}

fn sender_and_text(rest: &str) -> Result<(String, String), String> {
    let (from, text) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest, ""));
    if from.is_empty() || text.trim().is_empty() {
        return Err("a text needs a sender and words: text from +15550107 Hello".to_owned());
    }
    Ok((from.to_owned(), unescaped(text.trim())))
}

/// `\n` is a new line, `\\` a backslash.
fn unescaped(text: &str) -> String {
    let mut unescaped = String::new();
    let mut characters = text.chars();
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
    unescaped
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
        "texts-only-roaming" => Registration::TextsOnlyRoaming,
        "emergency-only" => Registration::EmergencyOnly,
        "emergency-bearer" => Registration::EmergencyBearer,
        "no-fallback" => Registration::NoFallback,
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
    fn texts_of_every_kind_and_their_troubles_can_be_told() {
        let action = |line: &str| step(&format!("0 {line}")).unwrap().1;
        let from = "+15550107".to_owned();
        let text = "For the SIM".to_owned();
        assert_eq!(
            action("class 2 from +15550107 For the SIM"),
            NetworkAction::IncomingClassText { from: from.clone(), text, class: 2 }
        );
        assert_eq!(action("voicemail 3"), NetworkAction::VoiceMails(3));
        assert_eq!(
            action("data from +15550107 port 2948 00FF # WAP push"),
            NetworkAction::IncomingData { from, port: 2948, data: vec![0x00, 0xFF] }
        );
        assert_eq!(action("raw pdu 0391947104"), NetworkAction::IncomingTpdu(vec![0x04]));
        let trouble = TextTrouble::Refused(38);
        let troubled = NetworkAction::TroubleTexts { trouble, times: 2 };
        assert_eq!(action("sms error 38 for 2"), troubled);
        assert_eq!(action("memory full"), NetworkAction::Memory(true));
        for bad in ["class 4 from +1 x", "sms loud for 1", "voicemail many", "raw pdu 0F00"] {
            assert!(step(&format!("0 {bad}")).is_err(), "{bad}");
        }
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
