//! `deskphone contacts`: the address book, and vCard files into and out of it.

use crate::cli::arguments::ContactsTask;
use crate::cli::error::CliError;
use crate::cli::output::{Output, cause_and_advice};
use crate::cli::phone_lines::contact_line;
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::phone::{Command, ContactCommand, Event};
use std::process::ExitCode;
use std::time::Duration;

/// The largest address books take seconds.
const FILE_WITHIN: Duration = Duration::from_secs(300);

/// Runs the subcommand.
pub fn run(task: ContactsTask, context: &Context) -> Result<ExitCode, CliError> {
    match task {
        ContactsTask::List(style) => {
            let mut session = context.offline()?;
            session.wait_loaded()?;
            let mut output = Output::stdout(style.json);
            let contacts = session.state.contacts.iter();
            contacts.map(contact_line).try_for_each(|line| output.put(line))?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        ContactsTask::Import { file } => file_command(ContactCommand::Import(file), context),
        ContactsTask::Export { file } => file_command(ContactCommand::Export(file), context),
    }
}

/// Has the engine read or write a file, and says how many contacts it were. The engine tells that
/// in a notice, before or after the outcome.
fn file_command(command: ContactCommand, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.offline()?;
    session.wait_loaded()?;
    let asked = session.send(Command::Contact(command));
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
