//! Why a subcommand could not do its work: what happened and what to do, in one line.

use crate::cli::output::{cause_and_advice, visible};
use crate::number::DialString;
use crate::phone::{CommandError, Diagnosis, Notice};
use std::fmt;
use std::process::ExitCode;

/// Anything but success, and anything but a refusal.
pub const FAILED: u8 = 1;
/// The network refused the call, text or code, or the modem did: nobody can tell by a result code
/// which of the two it was.
pub const REFUSED: u8 = 2;

/// The exit status for a command that ended so.
pub fn failure_status(error: &CommandError) -> u8 {
    match error {
        CommandError::Refused(_)
        | CommandError::Equipment(_)
        | CommandError::Message(_)
        | CommandError::NotSupported => REFUSED,
        CommandError::NotAllowedNow
        | CommandError::NoLink
        | CommandError::TimedOut
        | CommandError::Cancelled
        | CommandError::BadInput
        | CommandError::Storage => FAILED,
    }
}

/// The end of a subcommand that did not go well.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CliError {
    /// What happened and what to do next.
    Told {
        /// One clause: `there is no port /dev/ttyUSB9`.
        what: String,
        /// One clause; may be empty.
        advice: String,
    },
    /// Everything was said already.
    Silent,
    /// Whoever read the output has gone; not an error.
    NobodyReads,
}

impl CliError {
    /// What happened, and what to do.
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        CliError::Told { what: what.into(), advice: advice.into() }
    }

    /// Prints it to standard error, if there is something to say, and gives the exit status.
    pub fn report(&self) -> ExitCode {
        match self {
            CliError::Told { .. } => {
                complain(&self.to_string());
                ExitCode::from(FAILED)
            }
            CliError::Silent => ExitCode::from(FAILED),
            CliError::NobodyReads => ExitCode::SUCCESS,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CliError::Told { what, advice } => f.write_str(&cause_and_advice(what, advice)),
            CliError::Silent | CliError::NobodyReads => Ok(()),
        }
    }
}

impl From<Diagnosis> for CliError {
    fn from(diagnosis: Diagnosis) -> Self {
        CliError::new(diagnosis.cause, diagnosis.advice)
    }
}

impl From<Notice> for CliError {
    fn from(notice: Notice) -> Self {
        CliError::new(notice.text, notice.advice)
    }
}

/// One line on standard error. Nothing can be done if nobody reads that either.
pub fn complain(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "deskphone: {text}");
}

/// Checks a number before any port is opened.
pub fn number(text: &str) -> Result<DialString, CliError> {
    DialString::parse(text).map_err(|error| {
        CliError::new(format!("“{}” can't be dialed", visible(text)), error.to_string())
    })
}
