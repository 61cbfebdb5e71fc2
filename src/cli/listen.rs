//! `deskphone listen`: prints what happens, until ended.

use crate::cli::announcer::Announcer;
use crate::cli::arguments::ListenArguments;
use crate::cli::error::{CliError, complain};
use crate::cli::output::Output;
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::clock::Instant;
use crate::phone::{Call, CallCommand, CallId, CallState, Command, Event, LinkState, RequestId};
use std::process::ExitCode;
use std::time::Duration;

/// Runs the subcommand.
pub fn run(arguments: ListenArguments, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.stay_connected(arguments.connection)?;
    let mut listener = Listener {
        announcer: Announcer::new(Output::stdout(arguments.style.json)),
        answer: arguments.answer,
        answered: Vec::new(),
        requests: Vec::new(),
    };
    let ended = listener.listen(arguments.duration, &mut session);
    session.leave();
    ended.map(|()| ExitCode::SUCCESS)
}

struct Listener {
    announcer: Announcer,
    answer: bool,
    /// Calls that were answered already, or tried to be.
    answered: Vec<CallId>,
    requests: Vec<RequestId>,
}

impl Listener {
    fn listen(
        &mut self,
        duration: Option<Duration>,
        session: &mut Session,
    ) -> Result<(), CliError> {
        let mut end = session.ready_deadline();
        let mut ready = false;
        loop {
            if !ready && session.readiness()? {
                // The time that was asked for begins when there is something to hear.
                (ready, end) = (true, duration.map(|duration| session.deadline(duration)));
            }
            match session.next(earlier(end, self.announcer.due()))? {
                Turn::Event(event) => self.take(&event, session)?,
                Turn::Interrupted => return Ok(()),
                Turn::TimedOut if self.announcer.due().is_some_and(|due| session.past(due)) => {
                    self.announcer.announce_held(session)?;
                }
                Turn::TimedOut if ready => return Ok(()),
                Turn::TimedOut => return Err(Session::never_ready()),
            }
        }
    }

    fn take(&mut self, event: &Event, session: &mut Session) -> Result<(), CliError> {
        match event {
            Event::Call(call) if self.answer => self.answer_once(call, session),
            Event::Failed { request, diagnosis, .. } if self.requests.contains(request) => {
                let why = CliError::from(diagnosis.clone());
                complain(&format!("the call was not answered: {why}"));
            }
            Event::Link(LinkState::Failed { reason, advice, retrying: false, .. }) => {
                return Err(CliError::new(reason.clone(), advice.clone()));
            }
            _ => {}
        }
        self.announcer.announce(event, session)
    }

    fn answer_once(&mut self, call: &Call, session: &mut Session) {
        let ringing = matches!(call.state, CallState::Incoming | CallState::Waiting);
        if ringing && !self.answered.contains(&call.id) {
            self.answered.push(call.id);
            self.requests.push(session.send(Command::Call(CallCommand::Answer)));
        }
        if !call.state.live() {
            self.answered.retain(|id| *id != call.id);
        }
    }
}

fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
