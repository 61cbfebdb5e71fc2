//! `deskphone call`: places a call and follows it to its end.

use crate::cli::arguments::CallArguments;
use crate::cli::call_lines::{call_line, same_state};
use crate::cli::error::{CliError, FAILED, REFUSED, complain, failure_status};
use crate::cli::output::{Output, visible};
use crate::cli::session::{Outcome, Session, Turn};
use crate::cli::start::{Context, check_sim};
use crate::clock::Instant;
use crate::number::{
    DialString, DtmfTones, PostDial, PostDialStep, is_emergency, is_emergency_here,
    parse_with_tones,
};
use crate::phone::mmi::holds_secret;
use crate::phone::{
    Call, CallCommand, CallId, CallState, CallerId, Command, CommandError, Dial, Direction, Event,
    Notice, ReleaseCause, RequestId,
};
use std::process::ExitCode;
use std::time::Duration;

/// After the wish to hang up, the modem confirms the end of the call within this time.
const RELEASED_WITHIN: Duration = Duration::from_secs(30);
/// The outcome of the dialing comes close to the end of the call, before or after it.
const OUTCOME_WITHIN: Duration = Duration::from_secs(2);

/// Runs the subcommand.
pub fn run(arguments: CallArguments, context: &Context) -> Result<ExitCode, CliError> {
    let (number, post_dial) = number_with_tones(&arguments.number)?;
    if number.is_service_code() {
        // A code may hold a PIN, which is not repeated.
        let shown = if holds_secret(number.as_str()) { "this" } else { number.as_str() };
        return Err(CliError::new(
            format!("{shown} is a service code, not a number to call"),
            "send it with deskphone code",
        ));
    }
    if number.is_unfinished_code() {
        let advice = "put a # behind it, and send it with deskphone code";
        return Err(CliError::new("a service code ends with #", advice));
    }
    let tones = arguments.dtmf.as_deref().map(tones).transpose()?;
    let mut session = context.connect(arguments.connection)?;
    match arguments.emergency && is_emergency(number.as_str()) {
        true => session.wait_open()?,
        false => session.wait_ready()?,
    }
    // These are tried also without a usable SIM.
    if !is_emergency(number.as_str()) && !arguments.anyway {
        check_sim(&session.state)?;
        session.wait_registered()?;
    }
    let told = &session.state.network.emergency_numbers;
    let emergency = is_emergency_here(number.as_str(), &session.state.region, told);
    if emergency && !arguments.emergency {
        session.leave();
        return Err(CliError::new(
            "this is an emergency number",
            "To call it for real, add --emergency",
        ));
    }
    let caller_id = match (arguments.hide_number, arguments.show_number) {
        (true, _) => CallerId::Hide,
        (_, true) => CallerId::Show,
        _ if session.state.settings.hide_own_number => CallerId::Hide,
        _ => CallerId::Default,
    };
    let dial = Dial { number, caller_id, post_dial, anyway: arguments.anyway };
    let mut output = Output::stdout(arguments.style.json);
    let plan = Plan { tones, hang_up_after: arguments.hang_up_after };
    let ended = Follower::start(dial, plan, &mut session).follow(&mut session, &mut output);
    session.leave();
    ended
}

/// Checks a number and what follows it before any port is opened.
fn number_with_tones(text: &str) -> Result<(DialString, PostDial), CliError> {
    let (number, post_dial) = parse_with_tones(text).map_err(|error| {
        CliError::new(format!("“{}” can't be dialed", visible(text)), error.to_string())
    })?;
    if post_dial.steps().contains(&PostDialStep::Wait) {
        return Err(CliError::new(
            "nobody can say go on to a wait (; or w) here",
            "Use a comma for each pause of three seconds",
        ));
    }
    Ok((number, post_dial))
}

fn tones(text: &str) -> Result<DtmfTones, CliError> {
    DtmfTones::parse(text).map_err(|bad| {
        CliError::new(
            format!("“{}” is not a tone", visible(&bad.to_string())),
            "use 0-9, *, # and A-D",
        )
    })
}

/// What to do once the call is answered.
struct Plan {
    tones: Option<DtmfTones>,
    hang_up_after: Option<Duration>,
}

/// Our call and what is still to be done in it.
struct Follower {
    plan: Plan,
    /// Calls that were there before ours.
    older: Vec<CallId>,
    call: Option<Call>,
    dial: RequestId,
    dial_outcome: Option<Outcome>,
    tones_on_their_way: Option<RequestId>,
    hang_up_at: Option<Instant>,
    /// Nothing will tell when the call is answered.
    untold: bool,
    release_sent: bool,
    /// Set when the end was asked for, or has come: nothing is waited for after this.
    give_up_at: Option<Instant>,
    /// Nobody reads the lines any more, or they can't be written.
    broken: Option<CliError>,
}

impl Follower {
    fn start(dial: Dial, plan: Plan, session: &mut Session) -> Follower {
        let older = session.state.calls.iter().map(|call| call.id).collect();
        Follower {
            plan,
            older,
            call: None,
            dial: session.send(Command::Call(CallCommand::Dial(dial))),
            dial_outcome: None,
            tones_on_their_way: None,
            hang_up_at: None,
            untold: false,
            release_sent: false,
            give_up_at: None,
            broken: None,
        }
    }

    fn follow(mut self, session: &mut Session, output: &mut Output) -> Result<ExitCode, CliError> {
        while !self.over() {
            match session.next(self.deadline())? {
                Turn::Event(event) => self.take(&event, session, output),
                Turn::Interrupted | Turn::TimedOut if self.give_up_at.is_some() => break,
                Turn::Interrupted | Turn::TimedOut => self.hang_up(session),
            }
        }
        self.result()
    }

    /// The call has ended and so has the command, or there never was a call.
    fn over(&self) -> bool {
        match (&self.call, &self.dial_outcome) {
            (Some(call), Some(_)) => !call.state.live(),
            (None, Some(outcome)) => outcome.is_err(),
            (_, None) => false,
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let hang_up_at = self.hang_up_at.filter(|_| self.tones_on_their_way.is_none());
        self.give_up_at.or(hang_up_at)
    }

    fn take(&mut self, event: &Event, session: &mut Session, output: &mut Output) {
        match event {
            Event::Call(call) if self.is_ours(call) => self.take_call(call, session, output),
            Event::Notice(notice) if notice.text == Notice::ANSWER_UNTOLD => {
                self.answer_is_untold("this modem doesn't tell when the call is answered", session);
            }
            Event::Notice(notice) if notice.text == Notice::CALL_IN_DOUBT => {
                let words = "the modem has said nothing of the call for five minutes";
                self.answer_is_untold(words, session);
            }
            Event::Done { request } => self.take_outcome(*request, Ok(())),
            Event::Failed { request, error, diagnosis } => {
                self.take_outcome(*request, Err((error.clone(), diagnosis.clone())));
            }
            _ => {}
        }
    }

    fn is_ours(&self, call: &Call) -> bool {
        match &self.call {
            Some(ours) => ours.id == call.id,
            None => call.direction == Direction::MobileOriginated && !self.older.contains(&call.id),
        }
    }

    fn take_call(&mut self, call: &Call, session: &mut Session, output: &mut Output) {
        let news = self.call.as_ref().is_none_or(|before| !same_state(before, call));
        let answered = self.call.as_ref().is_some_and(|before| before.answered_at.is_some());
        self.call = Some(call.clone());
        self.go_on_with_tones(session);
        if !news {
            return;
        }
        if self.give_up_at.is_none() && call.state == CallState::Active && !answered {
            self.answered(session);
        }
        let name = session.name_of(call.remote.number());
        let printed = output.line(call_line(call, name.as_deref(), session.time()));
        if let (Err(error), None) = (printed, &self.broken) {
            output.silence();
            self.broken = Some(error);
            self.hang_up(session);
        } else if self.give_up_at.is_some() {
            self.hang_up(session);
        }
        if !call.state.live() {
            self.give_up_at = Some(session.deadline(OUTCOME_WITHIN));
        }
    }

    /// What is to be done after the answer is counted from now on, since nothing will tell of it.
    fn answer_is_untold(&mut self, why: &str, session: &mut Session) {
        let unanswered = |call: &Call| call.state.live() && call.answered_at.is_none();
        if self.untold || self.give_up_at.is_some() || !self.call.as_ref().is_some_and(unanswered) {
            return;
        }
        self.untold = true;
        let then = match self.plan.hang_up_after {
            Some(_) => "counting from now",
            None => "Ctrl-C hangs up",
        };
        complain(&format!("{why}; {then}"));
        self.go_on_with_tones(session);
        self.answered(session);
    }

    /// The tones behind the number wait for somebody to say that the call is answered.
    fn go_on_with_tones(&self, session: &mut Session) {
        if let Some(call) = self.call.as_ref().filter(|call| self.untold && call.keys.asks) {
            session.send(Command::Call(CallCommand::ContinueDial(call.id)));
        }
    }

    fn answered(&mut self, session: &mut Session) {
        self.hang_up_at = self.plan.hang_up_after.map(|after| session.deadline(after));
        if let Some(tones) = self.plan.tones.take() {
            let request = session.send(Command::Call(CallCommand::SendDtmf(tones)));
            self.tones_on_their_way = Some(request);
        }
    }

    fn take_outcome(&mut self, request: RequestId, outcome: Outcome) {
        if request == self.dial {
            self.dial_outcome = Some(outcome);
        } else if self.tones_on_their_way == Some(request) {
            self.tones_on_their_way = None;
            if let Err((_, diagnosis)) = outcome {
                complain(&format!("the tones were not sent: {}", CliError::from(diagnosis)));
            }
        }
    }

    /// Ends the call, now or as soon as there is one.
    fn hang_up(&mut self, session: &mut Session) {
        let live = self.call.as_ref().filter(|call| call.state.live());
        if let Some(call) = live.filter(|_| !self.release_sent) {
            session.send(Command::Call(CallCommand::Release(call.id)));
            self.release_sent = true;
        }
        if self.give_up_at.is_none() {
            self.give_up_at = Some(session.deadline(RELEASED_WITHIN));
        }
    }

    fn result(self) -> Result<ExitCode, CliError> {
        let outcome = self.dial_outcome.unwrap_or(Ok(()));
        match (self.broken, self.call) {
            // How the call ended matters also to those who don't read the lines.
            (None | Some(CliError::NobodyReads), Some(call)) => {
                if call.state.live() {
                    complain("the modem did not confirm that the call is over: look at it");
                } else if let Some(words) = in_doubt(&call) {
                    complain(words);
                }
                Ok(ExitCode::from(exit_status(&call, outcome.err().map(|(error, _)| error))))
            }
            (Some(broken), _) => Err(broken),
            (None, None) => match outcome {
                Err((_, diagnosis)) => Err(diagnosis.into()),
                Ok(()) => Err(CliError::Silent),
            },
        }
    }
}

/// What to say of a call that nobody has seen end.
fn in_doubt(call: &Call) -> Option<&'static str> {
    let lost = call.state == CallState::Released(ReleaseCause::LinkLost);
    lost.then_some("the modem was lost during the call, which may still be going on: look at it")
}

/// 0: answered. 2: tried, and refused by the network or the modem. 1: anything else.
fn exit_status(call: &Call, error: Option<CommandError>) -> u8 {
    if call.answered_at.is_some() {
        return 0;
    }
    match (&call.state, error) {
        (CallState::Released(ReleaseCause::Local | ReleaseCause::LinkLost), _) => FAILED,
        (CallState::Released(_), None) => REFUSED,
        (CallState::Released(_), Some(error)) => failure_status(&error),
        _ => FAILED,
    }
}

#[cfg(test)]
mod tests;
