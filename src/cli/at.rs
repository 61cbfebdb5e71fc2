//! `deskphone at`: one raw AT command line and its answer.

use crate::cli::arguments::AtArguments;
use crate::cli::error::{CliError, FAILED};
use crate::cli::output::{Output, visible};
use crate::cli::start::Context;
use crate::phone::{Command, Event};
use std::process::ExitCode;
use std::time::Duration;

/// The slowest commands (a search for networks, `AT+COPS=?`) take up to three minutes; the driver
/// ends them before this.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);

/// Runs the subcommand.
pub fn run(arguments: AtArguments, context: &Context) -> Result<ExitCode, CliError> {
    let command = arguments.command;
    if command.trim().is_empty() {
        return Err(CliError::new("the command is empty", "give one such as AT+CSQ"));
    }
    if command.chars().any(char::is_control) {
        return Err(CliError::new(
            format!("“{}” holds a control character", visible(&command)),
            "give one command line without line ends, Ctrl-Z or ESC",
        ));
    }
    let mut session = context.connect(arguments.connection)?;
    session.wait_ready()?;
    let asked = session.send(Command::Console(command));
    let mut answer = None;
    let outcome = session.outcome_of(asked, ANSWER_WITHIN, |event| {
        if let Event::ConsoleAnswer { request, lines, ok } = event
            && *request == asked
        {
            answer = Some((lines.clone(), *ok));
        }
    });
    session.leave();
    let failed = outcome?.err();
    let mut output = Output::stdout(false);
    let ok = match answer {
        Some((lines, ok)) => {
            lines.iter().try_for_each(|line| output.text(&visible(line)))?;
            output.flush()?;
            ok
        }
        None => match failed {
            Some((_, diagnosis)) => return Err(diagnosis.into()),
            None => false,
        },
    };
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}
