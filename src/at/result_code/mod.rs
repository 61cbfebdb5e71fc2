//! Final and intermediate result codes (V.250 §5.7.1, 3GPP TS 27.007 §9.1, 27.005 §3.2.5).
//!
//! Parsing is exact: a line is a result code as a whole or not at all. `OKAY` and `ERRORS` are
//! text.

pub mod cme;
pub mod cms;

pub use cme::CmeError;
pub use cms::CmsError;

use crate::at::response::after;

/// What ends the answer to a command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FinalResult {
    /// `OK`.
    Ok,
    /// `ERROR`, without a reason.
    Error,
    /// `NO CARRIER`: a call ended or could not be set up. Also unsolicited.
    NoCarrier,
    /// `BUSY`. Also unsolicited.
    Busy,
    /// `NO ANSWER`. Also unsolicited.
    NoAnswer,
    /// `NO DIALTONE` or `NO DIAL TONE`. Also unsolicited.
    NoDialtone,
    /// `CONNECT`, with what stands behind it: a data call, or (ZTE) a voice call that was answered.
    Connect(Option<String>),
    /// `+CME ERROR: …`.
    CmeError(CmeError),
    /// `+CMS ERROR: …`.
    CmsError(CmsError),
    /// `ABORTED`: we sent something while the command was running (V.250 §5.6.1).
    Aborted,
    /// `BLACKLISTED`, or `DELAYED` where it is only for a while: the modem does not call this
    /// number again, since calls to it failed (3GPP TS 22.001 annex E).
    NumberBlocked {
        /// It passes by itself, after minutes at most.
        for_a_while: bool,
    },
    /// A maker's own word for a refusal, as it stands: `COMMAND NOT SUPPORT`, `NA`,
    /// `MODEM ERROR: 3`, `TOO MANY PARAMETERS`, `SEND FAIL`, `+CMTE ERROR: 2`.
    NotSupported(String),
}

/// Finals that stand alone on their line.
const WORDS: [(&str, FinalResult); 10] = [
    ("OK", FinalResult::Ok),
    ("ERROR", FinalResult::Error),
    ("NO CARRIER", FinalResult::NoCarrier),
    ("BUSY", FinalResult::Busy),
    ("NO ANSWER", FinalResult::NoAnswer),
    ("NO DIALTONE", FinalResult::NoDialtone),
    ("NO DIAL TONE", FinalResult::NoDialtone),
    ("ABORTED", FinalResult::Aborted),
    ("BLACKLISTED", FinalResult::NumberBlocked { for_a_while: false }),
    ("DELAYED", FinalResult::NumberBlocked { for_a_while: true }),
];

/// Makers' own refusals that stand alone on their line.
const REFUSALS: [&str; 6] = [
    "COMMAND NOT SUPPORT",
    "COMMAND NOT SUPPORTED",
    "NA",
    "TOO MANY PARAMETERS",
    "SEND FAIL",
    "NOT SUPPORT",
];

/// Makers' own refusals with a number or words behind them. `ERROR: UNSUPPORTED` is of the Android
/// emulator.
const NUMBERED_REFUSALS: [&str; 4] = ["MODEM ERROR", "+CMTE ERROR", "+EXT ERROR", "ERROR"];

impl FinalResult {
    /// Reads a line; `None` if it is no final result code.
    pub fn parse(line: &str) -> Option<FinalResult> {
        let line = line.trim();
        // Most lines are reports, and are told apart here.
        if line.starts_with(['+', '^', '*', '#', '%']) && !names_error(line) {
            return None;
        }
        if let Some((_, result)) = WORDS.iter().find(|(word, _)| *word == line) {
            return Some(result.clone());
        }
        // Old phones leave out the plus.
        let error = |name: &str| error_text(line, name).or_else(|| error_text(line, &name[1..]));
        if let Some(text) = error("+CME ERROR") {
            return Some(FinalResult::CmeError(CmeError::from_text(text)));
        }
        if let Some(text) = error("+CMS ERROR") {
            return Some(FinalResult::CmsError(CmsError::from_text(text)));
        }
        if line == "CONNECT" {
            return Some(FinalResult::Connect(None));
        }
        if let Some(text) = line.strip_prefix("CONNECT ") {
            return Some(FinalResult::Connect(Some(text.trim().to_owned())));
        }
        let refused = REFUSALS.contains(&line)
            || NUMBERED_REFUSALS.iter().any(|head| error_text(line, head).is_some());
        refused.then(|| FinalResult::NotSupported(line.to_owned()))
    }

    /// Reads a result code as a number, as a modem in `ATV0` sends it (V.250 §6.3.5). `2` (`RING`)
    /// is no final result.
    pub fn parse_numeric(line: &str) -> Option<FinalResult> {
        match line.trim() {
            "0" => Some(FinalResult::Ok),
            "1" => Some(FinalResult::Connect(None)),
            "3" => Some(FinalResult::NoCarrier),
            "4" => Some(FinalResult::Error),
            "6" => Some(FinalResult::NoDialtone),
            "7" => Some(FinalResult::Busy),
            "8" => Some(FinalResult::NoAnswer),
            _ => None,
        }
    }

    /// `OK`, and nothing else.
    pub fn is_ok(&self) -> bool {
        *self == FinalResult::Ok
    }

    /// `NO CARRIER`, `BUSY`, `NO ANSWER`, `NO DIALTONE`: said of a call, asked for or not.
    pub fn ends_call(&self) -> bool {
        matches!(
            self,
            FinalResult::NoCarrier
                | FinalResult::Busy
                | FinalResult::NoAnswer
                | FinalResult::NoDialtone
        )
    }
}

/// It is like `+CME ERROR` or `+CMTE ERROR`: all results with a sign in front have that word there.
fn names_error(line: &str) -> bool {
    let word = |at: usize| line.as_bytes().get(at..at + 6);
    [4, 5].into_iter().filter_map(word).any(|word| word.eq_ignore_ascii_case(b" ERROR"))
}

/// What stands behind `head` and its colon; empty if there is nothing, not even the colon.
fn error_text<'a>(line: &'a str, head: &str) -> Option<&'a str> {
    if line.eq_ignore_ascii_case(head) { Some("") } else { after(line, head) }
}

/// What a modem says of a command that is still running.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Intermediate {
    /// `+COLP: "<number>",<type>`: who answered (27.007 §7.8).
    ConnectedNumber(String),
    /// `PROCEEDING`, `DIALING`, `RINGING`, `+CR: …`, `+CRING`-like progress words, as they stand.
    Progress(String),
}

impl Intermediate {
    /// Reads a line; `None` if it is no intermediate result code.
    pub fn parse(line: &str) -> Option<Intermediate> {
        let line = line.trim();
        if let Some(text) = after(line, "+COLP") {
            // `+COLP: 0,1` is the answer to `AT+COLP?`.
            let number = crate::at::Arguments::new(text).string()?;
            if number.len() == 1 {
                return None;
            }
            return Some(Intermediate::ConnectedNumber(number));
        }
        let progress = matches!(line, "PROCEEDING" | "DIALING" | "RINGING" | "RINGBACK")
            || after(line, "+CR").is_some()
            || after(line, "+ILRR").is_some();
        progress.then(|| Intermediate::Progress(line.to_owned()))
    }
}

#[cfg(test)]
mod tests;
