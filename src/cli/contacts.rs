//! `deskphone contacts`: the address book, and vCard files into and out of it.

use crate::cli::arguments::ContactsTask;
use crate::cli::error::CliError;
use crate::cli::files::file_command;
use crate::cli::output::Output;
use crate::cli::phone_lines::contact_line;
use crate::cli::start::Context;
use crate::phone::{Command, ContactCommand};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(task: ContactsTask, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.offline()?;
    session.wait_loaded()?;
    let command = match task {
        ContactsTask::List(style) => {
            let mut output = Output::stdout(style.json);
            let contacts = session.state.contacts.iter();
            contacts.map(contact_line).try_for_each(|line| output.put(line))?;
            output.flush()?;
            return Ok(ExitCode::SUCCESS);
        }
        ContactsTask::Import { file } => ContactCommand::Import(file),
        ContactsTask::Export { file } => ContactCommand::Export(file),
    };
    file_command(Command::Contact(command), &mut session)
}
