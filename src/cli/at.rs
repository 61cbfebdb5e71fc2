//! `deskphone at`: one raw AT command line and its answer.

use crate::cli::arguments::AtArguments;
use crate::cli::error::{CliError, FAILED, complain};
use crate::cli::output::{Output, visible};
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::phone::{Command, Event, UssdStatus};
use std::process::ExitCode;
use std::time::Duration;

/// The slowest commands (a search for networks, `AT+COPS=?`) take up to three minutes; the driver
/// ends them before this.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);
/// The network answers a service code within this time, if at all.
const NETWORK_ANSWERS_WITHIN: Duration = Duration::from_secs(30);

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
    let asks_network = asks_network(&command);
    let asked = session.send(Command::Console(command));
    let mut answer = None;
    let mut told = None;
    let outcome = session.outcome_of(asked, ANSWER_WITHIN, |event| {
        if let Event::ConsoleAnswer { request, lines, ok } = event
            && *request == asked
        {
            answer = Some((lines.clone(), *ok));
        }
        told = word_of_network(event).or(told.take());
    });
    let ok = answer.as_ref().is_some_and(|(_, ok)| *ok);
    if asks_network && ok && told.is_none() {
        told = wait_for_network(&mut session)?;
    }
    session.leave();
    let failed = outcome?.err();
    let mut output = Output::stdout(false);
    let ok = match answer {
        Some((lines, ok)) => {
            lines.iter().try_for_each(|line| output.text(&visible(line)))?;
            if let Some(told) = told.filter(|_| asks_network) {
                output.text(&visible(&told))?;
            }
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

/// Whether the line sends a service code, whose answer comes from the network after the modem's
/// `OK` (3GPP TS 27.007 §7.15: `AT+CUSD=1,…`).
fn asks_network(command: &str) -> bool {
    let compact: String = command.chars().filter(|c| *c != ' ').collect();
    compact.to_ascii_uppercase().contains("+CUSD=1,")
}

/// What the network says to a service code, if this is that.
fn word_of_network(event: &Event) -> Option<String> {
    match event {
        Event::Ussd(UssdStatus::Answer { text, .. } | UssdStatus::Ended(text)) => {
            Some(text.clone())
        }
        _ => None,
    }
}

/// Waits for the network's answer to a service code.
fn wait_for_network(session: &mut Session) -> Result<Option<String>, CliError> {
    let deadline = session.deadline(NETWORK_ANSWERS_WITHIN);
    loop {
        match session.next(Some(deadline))? {
            Turn::Event(event) => {
                if let Some(told) = word_of_network(&event) {
                    return Ok(Some(told));
                }
            }
            Turn::Interrupted => return Ok(None),
            Turn::TimedOut => {
                complain("the network did not answer within half a minute");
                return Ok(None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_that_is_sent_is_answered_by_the_network() {
        for line in ["AT+CUSD=1,\"*100#\",15", "at+cusd = 1, \"*100#\""] {
            assert!(asks_network(line), "{line}");
        }
        for line in ["AT+CUSD=1", "AT+CUSD=2", "AT+CUSD?", "AT+CUSD=?", "AT+CSQ"] {
            assert!(!asks_network(line), "{line}");
        }
    }
}
