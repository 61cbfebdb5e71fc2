//! `deskphone calls`: the history in the store.

use crate::cli::arguments::CallsTask;
use crate::cli::call_lines::record_line;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::start::Context;
use crate::phone::{Answer, Query};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(task: CallsTask, context: &Context) -> Result<ExitCode, CliError> {
    let CallsTask::List(style) = task;
    let mut session = context.offline()?;
    session.wait_loaded()?;
    let answer = session.ask(Query::Calls { limit: u32::MAX })?;
    let records = if let Answer::Calls(records) = answer { records } else { Vec::new() };
    let mut output = Output::stdout(style.json);
    for record in records.iter().rev() {
        let name = session.name_of(record.remote.number());
        output.put(record_line(record, name.as_deref()))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
