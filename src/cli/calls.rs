//! `deskphone calls`: the history in the store.

use crate::cli::arguments::{CallsTask, Style};
use crate::cli::call_lines::{detail_line, record_line};
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::start::Context;
use crate::phone::{Answer, CallRecord, CallRecordId, Query};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(task: CallsTask, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.offline()?;
    session.wait_loaded()?;
    match task {
        CallsTask::List(style) => list(style, &mut session),
        CallsTask::Show { id, style } => show(id, style, &mut session),
    }
}

fn records(session: &mut Session, limit: u32) -> Result<Vec<CallRecord>, CliError> {
    let answer = session.ask(Query::Calls { limit })?;
    Ok(if let Answer::Calls(records) = answer { records } else { Vec::new() })
}

fn list(style: Style, session: &mut Session) -> Result<ExitCode, CliError> {
    let records = records(session, u32::MAX)?;
    let mut output = Output::stdout(style.json);
    for record in records.iter().rev() {
        let name = session.name_of(record.remote.number());
        output.put(record_line(record, name.as_deref()))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// One call with its steps and its AT lines.
fn show(id: Option<i64>, style: Style, session: &mut Session) -> Result<ExitCode, CliError> {
    let limit = if id.is_some() { u32::MAX } else { 1 };
    let records = records(session, limit)?;
    let wanted = |record: &&CallRecord| id.is_none_or(|id| record.id == CallRecordId(id));
    let Some(record) = records.iter().find(wanted) else {
        return Err(CliError::new("there is no such call", "deskphone calls list --json has ids"));
    };
    let detail = match session.ask(Query::CallDetail(record.id))? {
        Answer::CallDetail(detail) => detail,
        _ => None,
    };
    let name = session.name_of(record.remote.number());
    let mut output = Output::stdout(style.json);
    output.line(detail_line(record, detail.as_deref(), name.as_deref()))?;
    Ok(ExitCode::SUCCESS)
}
