//! `deskphone code`: a service code, and the dialogue that comes of it.

use crate::cli::arguments::CodeArguments;
use crate::cli::error::{CliError, REFUSED, complain, failure_status};
use crate::cli::json::JsonLine;
use crate::cli::output::{Line, Output, visible};
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::number::{is_emergency, is_emergency_here};
use crate::phone::mmi::{self, Mmi};
use crate::phone::{Command, Event, RequestId, UssdCommand, UssdStatus};
use std::collections::VecDeque;
use std::process::ExitCode;
use std::time::Duration;

/// The network answers a code, or a change of a service, within this time or not at all; the driver
/// gives up before.
const ANSWER_WITHIN: Duration = Duration::from_secs(200);

/// Runs the subcommand.
pub fn run(arguments: CodeArguments, context: &Context) -> Result<ExitCode, CliError> {
    let code: String = arguments.code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.is_empty() || code.chars().any(char::is_control) {
        return Err(CliError::new("this is no code", "give one such as '*100#'"));
    }
    if is_emergency(&code) {
        return Err(emergency_number(&code));
    }
    let understood = mmi::read(&code);
    if let Some(Mmi::Wrong(why)) = understood {
        return Err(CliError::new(why, ""));
    }
    let mut session = context.connect(arguments.connection)?;
    session.wait_ready()?;
    let told = &session.state.network.emergency_numbers;
    if is_emergency_here(&code, &session.state.region, told) {
        session.leave();
        return Err(emergency_number(&code));
    }
    if needs_network(understood.as_ref()) {
        session.wait_registered()?;
    }
    let mut output = Output::stdout(arguments.style.json);
    let mut dialogue = Dialogue { replies: arguments.reply.into(), outstanding: None };
    let ended = dialogue.hold(code, &mut session, &mut output);
    session.leave();
    ended
}

/// Sent as a code it would reach nobody.
fn emergency_number(number: &str) -> CliError {
    CliError::new(
        "this is an emergency number, not a code",
        format!("To call it for real: deskphone call --emergency {}", visible(number)),
    )
}

/// The codes of the phone itself and of the SIM need none.
fn needs_network(code: Option<&Mmi>) -> bool {
    matches!(code, None | Some(Mmi::Service(_) | Mmi::ChangePassword { .. }))
}

struct Dialogue {
    replies: VecDeque<String>,
    outstanding: Option<RequestId>,
}

/// How it ended.
enum End {
    /// The network had its last word, and it is printed.
    Answered,
    /// The dialogue is over without an answer, and why.
    Over(String),
}

impl Dialogue {
    fn hold(
        &mut self,
        code: String,
        session: &mut Session,
        output: &mut Output,
    ) -> Result<ExitCode, CliError> {
        self.say(code, session);
        let deadline = Some(session.deadline(ANSWER_WITHIN));
        let mut ended: Option<End> = None;
        loop {
            // The command's outcome may come before or after the network's word.
            match (&ended, self.outstanding) {
                (Some(End::Answered), None) => return Ok(ExitCode::SUCCESS),
                (Some(End::Over(why)), None) => {
                    CliError::new(why, "").report();
                    return Ok(ExitCode::from(REFUSED));
                }
                _ => {}
            }
            match session.next(deadline)? {
                Turn::Event(Event::Done { request }) if self.outstanding == Some(request) => {
                    self.outstanding = None;
                }
                // It says more than that the dialogue is over, which it brings with it.
                Turn::Event(Event::Failed { request, error, diagnosis })
                    if self.outstanding == Some(request) =>
                {
                    CliError::from(diagnosis).report();
                    return Ok(ExitCode::from(failure_status(&error)));
                }
                Turn::Event(Event::Ussd(status)) => {
                    ended = self.take(&status, session, output)?;
                }
                Turn::Event(_) => {}
                Turn::Interrupted => {
                    self.cancel(session);
                    return Err(CliError::Silent);
                }
                Turn::TimedOut => {
                    self.cancel(session);
                    return Err(CliError::new("the network did not answer", "Try again later"));
                }
            }
        }
    }

    fn take(
        &mut self,
        status: &UssdStatus,
        session: &mut Session,
        output: &mut Output,
    ) -> Result<Option<End>, CliError> {
        match status {
            UssdStatus::Waiting => Ok(None),
            UssdStatus::Answer { text, reply_expected } => {
                output.line(answer_line(text, *reply_expected))?;
                let reply = self.replies.pop_front().filter(|_| *reply_expected);
                match reply {
                    Some(reply) => {
                        self.say(reply, session);
                        Ok(None)
                    }
                    None => {
                        if *reply_expected {
                            complain("the network waited for a reply: give it with --reply");
                            self.cancel(session);
                        }
                        Ok(Some(End::Answered))
                    }
                }
            }
            UssdStatus::Ended(why) => Ok(Some(End::Over(why.clone()))),
        }
    }

    fn say(&mut self, text: String, session: &mut Session) {
        self.outstanding = Some(session.send(Command::Ussd(UssdCommand::Send(text))));
    }

    /// Nobody will reply: the network need not wait.
    fn cancel(&mut self, session: &mut Session) {
        let request = session.send(Command::Ussd(UssdCommand::Cancel));
        self.outstanding = None;
        // How that ends changes nothing.
        let _ = session.outcome_of(request, Duration::from_secs(10), |_| {});
    }
}

fn answer_line(text: &str, reply_expected: bool) -> Line {
    let human: Vec<String> = text.lines().map(visible).collect();
    let json = JsonLine::event("code").text("text", text).flag("reply_expected", reply_expected);
    Line { human: human.join("\n"), json }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_keeps_its_lines_and_can_not_steer_the_terminal() {
        let line = answer_line("1 Balance\r\n2 \u{1b}[2JOffers", true);
        assert_eq!(line.human, "1 Balance\n2 \\u{1b}[2JOffers");
        assert!(line.json.finish().ends_with(",\"reply_expected\":true}"));
    }
}
