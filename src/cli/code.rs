//! `deskphone code`: a service code, and the dialogue that comes of it.

use crate::cli::arguments::CodeArguments;
use crate::cli::error::{CliError, FAILED_IN_NETWORK};
use crate::cli::json::JsonLine;
use crate::cli::output::{Line, Output, visible};
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
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
    let mut session = context.connect(arguments.connection)?;
    session.wait_ready()?;
    // The codes of the phone itself need no network.
    if code != "*#06#" {
        session.wait_registered()?;
    }
    let mut output = Output::stdout(arguments.style.json);
    let mut dialogue = Dialogue { replies: arguments.reply.into(), outstanding: None };
    let ended = dialogue.hold(code, &mut session, &mut output);
    session.leave();
    ended
}

struct Dialogue {
    replies: VecDeque<String>,
    outstanding: Option<RequestId>,
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
        let mut ended = None;
        loop {
            // The command's outcome may come before or after the network's word.
            if let (Some(status), None) = (ended, self.outstanding) {
                return Ok(status);
            }
            match session.next(deadline)? {
                Turn::Event(Event::Done { request }) if self.outstanding == Some(request) => {
                    self.outstanding = None;
                }
                Turn::Event(Event::Failed { request, diagnosis, .. })
                    if self.outstanding == Some(request) =>
                {
                    CliError::from(diagnosis).report();
                    return Ok(ExitCode::from(FAILED_IN_NETWORK));
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
    ) -> Result<Option<ExitCode>, CliError> {
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
                            self.cancel(session);
                        }
                        Ok(Some(ExitCode::SUCCESS))
                    }
                }
            }
            UssdStatus::Ended(why) => {
                CliError::new(why.clone(), "").report();
                Ok(Some(ExitCode::from(FAILED_IN_NETWORK)))
            }
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
