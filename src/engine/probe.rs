//! Asks a port who is there: `AT`, then maker and model, within two seconds. No driver is needed,
//! and nothing is changed in the modem.

use crate::link::{Connection, Freed, LinkError, LinkReport, OpenRequest, Sink};
use crate::phone::ProbeResult;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// For the whole conversation, once the port is open.
const PATIENCE: Duration = Duration::from_millis(2000);
/// Opening some ports takes longer than asking them.
const OPENING_PATIENCE: Duration = Duration::from_secs(6);
/// A modem that is waking up loses the first characters: `AT` is said again after this long.
const AT_AGAIN: Duration = Duration::from_millis(400);
/// A look at "called off" this often.
const GLANCE: Duration = Duration::from_millis(50);
/// Octets read at most from a port that babbles.
const MOST_OCTETS: usize = 8 * 1024;

/// What is asked, in order.
const QUESTIONS: [&str; 3] = ["AT\r", "AT+CGMI\r", "AT+CGMM\r"];

/// The conversation, apart from the port: which question is open, and what came so far.
#[derive(Debug, Default)]
struct Conversation {
    question: usize,
    /// Since the open question.
    heard: String,
    octets: usize,
    answers: Vec<String>,
    /// `AT` was answered.
    modem: bool,
}

impl Conversation {
    fn open_question(&self) -> Option<&'static str> {
        QUESTIONS.get(self.question).copied()
    }

    /// True if a next question is due.
    fn hear(&mut self, bytes: &[u8]) -> bool {
        self.octets += bytes.len();
        self.heard.push_str(&String::from_utf8_lossy(bytes));
        let lines = || self.heard.split(['\r', '\n']).map(str::trim);
        let refused = |line: &str| line == "ERROR" || line.starts_with("+CME ERROR");
        // A bare `AT` is answered with `ERROR` by some: then somebody is there all the same.
        if !lines().any(|line| line == "OK" || refused(line)) {
            return false;
        }
        if self.question > 0
            && let Some(answer) = lines().find(|line| is_answer(line))
        {
            self.answers.push(plain(answer));
        }
        self.modem = true;
        self.question += 1;
        self.heard.clear();
        true
    }

    fn babbles(&self) -> bool {
        self.octets > MOST_OCTETS
    }

    fn result(self) -> ProbeResult {
        if !self.modem {
            return ProbeResult::Silent;
        }
        ProbeResult::Modem(match self.answers.as_slice() {
            [maker, model] if model.to_lowercase().starts_with(&maker.to_lowercase()) => {
                model.clone()
            }
            answers => answers.join(" "),
        })
    }
}

/// An information line: not the echo, not the result, nothing unsolicited of call or network.
fn is_answer(line: &str) -> bool {
    const NOT: [&str; 8] = ["AT", "OK", "ERROR", "RING", "^", "+CREG", "+CRING", "+CLIP"];
    !line.is_empty() && !NOT.iter().any(|not| line.starts_with(not))
}

/// `+CGMI: "QUALCOMM"` → `QUALCOMM`, without control characters and not too long.
fn plain(line: &str) -> String {
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    let text: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
    text.trim().trim_matches('"').trim().to_owned()
}

/// Hands everything from the link's threads to the one that asks.
struct Ear(Sender<Heard>);

enum Heard {
    Report(LinkReport),
    Bytes(Vec<u8>),
}

impl Sink for Ear {
    fn bytes(&self, bytes: &[u8]) -> bool {
        self.0.send(Heard::Bytes(bytes.to_vec())).is_ok()
    }

    fn report(&self, report: LinkReport) {
        // Nobody is there to hear it once the probe is over.
        let _ = self.0.send(Heard::Report(report));
    }
}

/// Asks, until the answer is known or `called_off`. Waits; the port is free when it returns.
pub(super) fn run(request: OpenRequest, after: Vec<Freed>, called_off: &AtomicBool) -> ProbeResult {
    let (tell, heard) = bounded(16);
    let connection = Connection::open(request, after, Arc::new(Ear(tell)));
    let result = converse(&connection, &heard, called_off);
    drop(heard);
    connection.close().wait(PATIENCE);
    result.unwrap_or_else(|error| ProbeResult::Unavailable(error.reason))
}

fn converse(
    connection: &Connection,
    heard: &Receiver<Heard>,
    called_off: &AtomicBool,
) -> Result<ProbeResult, LinkError> {
    let mut conversation = Conversation::default();
    let mut deadline = Instant::now() + OPENING_PATIENCE;
    let mut say_again: Option<Instant> = None;
    loop {
        let now = Instant::now();
        if now >= deadline || called_off.load(Ordering::Acquire) || conversation.babbles() {
            return Ok(conversation.result());
        }
        if say_again.is_some_and(|at| at <= now) && conversation.question == 0 {
            connection.write(b"AT\r".to_vec())?;
            say_again = Some(now + AT_AGAIN);
        }
        let next = match heard.recv_timeout(GLANCE) {
            Ok(Heard::Report(LinkReport::Lost(error))) => return Err(error),
            Ok(Heard::Report(LinkReport::Opened { .. })) => {
                deadline = now + PATIENCE;
                say_again = Some(now + AT_AGAIN);
                true
            }
            Ok(Heard::Bytes(bytes)) => conversation.hear(&bytes),
            Err(_) => false,
        };
        if !next {
            continue;
        }
        match conversation.open_question() {
            Some(question) => connection.write(question.as_bytes().to_vec())?,
            None => return Ok(conversation.result()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pieces: &[&str]) -> ProbeResult {
        let mut conversation = Conversation::default();
        for piece in pieces {
            conversation.hear(piece.as_bytes());
        }
        conversation.result()
    }

    /// The answers are those of 27.007 §5.1 and §5.2 as Quectel, Huawei and SIMCom give them.
    #[test]
    fn maker_and_model_are_read_with_and_without_echo() {
        let modem = |name: &str| ProbeResult::Modem(name.to_owned());
        assert_eq!(
            found(&[
                "AT\r\r\nOK\r\n",
                "AT+CGMI\r\r\nQuectel\r\n\r\nOK\r\n",
                "\r\nEC25\r\n\r\nOK\r"
            ]),
            modem("Quectel EC25")
        );
        assert_eq!(
            found(&[
                "\r\nO",
                "K\r\n",
                "\r\n^RSSI:20\r\n+CGMI: \"huawei\"\r\n\r\nOK\r\n",
                "ERROR\r\n"
            ]),
            modem("huawei")
        );
        assert_eq!(found(&["\r\nERROR\r\n"]), modem(""));
        assert_eq!(
            found(&["OK\r", "SIMCOM\rOK\r", "SIMCOM_SIM7600E\rOK\r"]),
            modem("SIMCOM_SIM7600E")
        );
    }

    #[test]
    fn noise_is_no_modem() {
        assert_eq!(found(&[]), ProbeResult::Silent);
        assert_eq!(
            found(&["$GPGGA,123519,4807.038,N\r\n", "\u{0}\u{fffd}\r\n"]),
            ProbeResult::Silent
        );
    }
}
