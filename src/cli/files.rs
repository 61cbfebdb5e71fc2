//! Commands that read or write a file: the engine does it, and says in a notice what it did.

use crate::cli::error::CliError;
use crate::cli::output::{Output, cause_and_advice};
use crate::cli::session::{Session, Turn};
use crate::phone::{Command, Event};
use std::process::ExitCode;
use std::time::Duration;

/// The largest address books and histories take seconds.
const FILE_WITHIN: Duration = Duration::from_secs(300);

/// Has the engine read or write a file, and prints what it says of it. The engine tells that in a
/// notice, before or after the outcome.
pub fn file_command(command: Command, session: &mut Session) -> Result<ExitCode, CliError> {
    let asked = session.send(command);
    let deadline = Some(session.deadline(FILE_WITHIN));
    let (mut told, mut done) = (None, false);
    while told.is_none() || !done {
        match session.next(deadline)? {
            Turn::Event(Event::Notice(notice)) => told = Some(notice),
            Turn::Event(Event::Done { request }) if request == asked => done = true,
            Turn::Event(Event::Failed { request, diagnosis, .. }) if request == asked => {
                return Err(diagnosis.into());
            }
            Turn::Event(_) => {}
            Turn::Interrupted => return Err(CliError::Silent),
            Turn::TimedOut => return Err(Session::no_answer()),
        }
    }
    match told {
        // Some entries could not be read, which stands on standard error already.
        Some(notice) if notice.problem => Err(CliError::Silent),
        Some(notice) => {
            let mut output = Output::stdout(false);
            output.text(&cause_and_advice(&notice.text, &notice.advice))?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        None => Ok(ExitCode::SUCCESS),
    }
}
