//! One engine for the length of one subcommand: waits for what happens next (an event, Ctrl-C, the
//! end of a time), and for the modem to be ready.

use crate::cli::error::{CliError, complain};
use crate::clock::{Clock, Instant, SystemClock, WallTime};
use crate::engine::EngineClient;
use crate::number::PhoneNumber;
use crate::phone::readiness::text_obstacle;
use crate::phone::{Answer, CommandError, Diagnosis};
use crate::phone::{
    Command, Event, LinkCommand, LinkState, PhoneState, Query, QueryId, Registration, RequestId,
};
use crossbeam_channel::{Receiver, select_biased};
use std::time::Duration;

/// A modem that answers at all is ready well within this time.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// The store answers, and a file is read or written, within this time.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// A modem that knows whether it is registered says so in this time.
const REGISTRATION_TOLD: Duration = Duration::from_secs(2);
/// The same of 4G, once it has said that circuits are denied. It was asked before.
const EVOLVED_TOLD: Duration = Duration::from_millis(500);
/// A modem that was just switched on finds its network in this time.
const REGISTRATION_FOUND: Duration = Duration::from_secs(30);
/// A network that refuses the SIM may be one of several, and another may still take it.
const REFUSAL_SETTLES: Duration = Duration::from_secs(5);
/// Leaving the modem, which hangs up first, takes at most this long.
const LEAVE_WITHIN: Duration = Duration::from_secs(10);

/// What a subcommand was waiting for.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::large_enum_variant)] // It lives for one turn of a loop.
pub enum Turn {
    /// Something became true. It is in [`Session::state`] already.
    Event(Event),
    /// The user pressed Ctrl-C, or the system wants the program to end.
    Interrupted,
    /// The time is over.
    TimedOut,
}

/// How a command of ours ended.
pub type Outcome = Result<(), (CommandError, Diagnosis)>;

/// An engine, what it has told so far, and Ctrl-C.
pub struct Session {
    engine: Box<dyn EngineClient>,
    wakes: Receiver<()>,
    interrupts: Receiver<()>,
    clock: SystemClock,
    /// Contacts and conversations came, the last things the store tells at the start.
    loaded: (bool, bool),
    /// The sum of the events.
    pub state: PhoneState,
}

impl Session {
    /// Around a running engine that goes by `clock` and announces each batch of events through
    /// `wakes`.
    pub fn new(
        engine: Box<dyn EngineClient>,
        clock: SystemClock,
        wakes: Receiver<()>,
        interrupts: Receiver<()>,
    ) -> Session {
        let state = PhoneState::default();
        Session { engine, wakes, interrupts, clock, loaded: (false, false), state }
    }

    /// Asks for something.
    pub fn send(&mut self, command: Command) -> RequestId {
        self.engine.send(command)
    }

    /// Asks the store; the answer comes as an event with this id.
    pub fn query(&mut self, query: Query) -> QueryId {
        self.engine.query(query)
    }

    /// The time of day, for a line.
    pub fn time(&self) -> WallTime {
        self.clock.wall_time()
    }

    /// The moment `after` from now.
    pub fn deadline(&self, after: Duration) -> Instant {
        self.clock.now() + after
    }

    /// The contact's name.
    pub fn name_of(&self, number: Option<&PhoneNumber>) -> Option<String> {
        number.and_then(|number| self.state.name_for(number)).map(str::to_owned)
    }

    /// Waits for the next thing to happen, until `deadline` at most. What goes wrong in the
    /// background is told on standard error.
    pub fn next(&mut self, deadline: Option<Instant>) -> Result<Turn, CliError> {
        loop {
            if self.interrupts.try_recv().is_ok() {
                return Ok(Turn::Interrupted);
            }
            if let Some(event) = self.engine.try_event() {
                self.state.apply(&event);
                if let Event::Notice(notice) = &event
                    && notice.problem
                {
                    complain(&CliError::from(notice.clone()).to_string());
                }
                self.loaded.0 |= matches!(event, Event::Contacts(_));
                self.loaded.1 |= matches!(event, Event::Threads(_));
                return Ok(Turn::Event(event));
            }
            let wait = match deadline {
                Some(deadline) => deadline.since(self.clock.now()),
                None => Duration::MAX,
            };
            if wait.is_zero() {
                return Ok(Turn::TimedOut);
            }
            if self.interrupted_within(wait)? {
                return Ok(Turn::Interrupted);
            }
        }
    }

    /// The one blocking call of the command line: waits for new events, Ctrl-C (then true), or the
    /// end of `wait`.
    fn interrupted_within(&mut self, wait: Duration) -> Result<bool, CliError> {
        // The channel's clock can't hold a moment that is centuries away.
        let wait = wait.min(Duration::from_secs(86_400));
        select_biased! {
            recv(self.interrupts) -> pressed => Ok(pressed.is_ok()),
            recv(self.wakes) -> woken => match woken {
                Ok(()) => Ok(false),
                Err(_) => {
                    Err(CliError::new("the phone stopped inside", "Start the command again"))
                }
            },
            default(wait) => Ok(false),
        }
    }

    /// Whether this moment has come.
    pub fn past(&self, moment: Instant) -> bool {
        self.clock.now() >= moment
    }

    /// Whether commands can be given; an error says why they never will.
    pub fn readiness(&self) -> Result<bool, CliError> {
        match &self.state.link {
            LinkState::Ready(_) => Ok(true),
            LinkState::Failed { reason, advice, .. } | LinkState::Silent { reason, advice, .. } => {
                Err(CliError::new(reason.clone(), advice.clone()))
            }
            _ => Ok(false),
        }
    }

    /// Until when a modem that was just connected should be ready.
    pub fn ready_deadline(&self) -> Option<Instant> {
        Some(self.deadline(READY_WITHIN))
    }

    /// What to say when that time is over.
    pub fn never_ready() -> CliError {
        CliError::new(
            "the modem was not ready within a minute",
            "Unplug it, plug it in again, and check that the port is its AT port: deskphone ports",
        )
    }

    /// Waits until commands can be given, or says why that is not so.
    pub fn wait_ready(&mut self) -> Result<(), CliError> {
        self.wait_for(|_| false)
    }

    /// Waits until the port is open: an emergency call goes out before the modem is set up.
    pub fn wait_open(&mut self) -> Result<(), CliError> {
        self.wait_for(|link| matches!(link, LinkState::Initialising(_)))
    }

    /// Waits until commands can be given, or the link has come far enough.
    fn wait_for(&mut self, enough: impl Fn(&LinkState) -> bool) -> Result<(), CliError> {
        let deadline = self.ready_deadline();
        while !self.readiness()? && !enough(&self.state.link) {
            match self.next(deadline)? {
                Turn::Event(_) => {}
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Err(Session::never_ready()),
            }
        }
        Ok(())
    }

    /// Gives a modem that was just switched on the time to find its network. Whether it has one
    /// then is for the network to say.
    pub fn wait_registered(&mut self) -> Result<(), CliError> {
        let (told, found) = (self.deadline(REGISTRATION_TOLD), self.deadline(REGISTRATION_FOUND));
        let evolved = self.deadline(EVOLVED_TOLD);
        loop {
            let network = &self.state.network;
            let deadline = match network.registration {
                Registration::Unknown => told,
                Registration::NotRegistered | Registration::Searching => found,
                // What one of them says; the other may have taken the SIM.
                Registration::Denied if network.circuit == Registration::Unknown => told,
                Registration::Denied if network.evolved == Registration::Unknown => evolved,
                _ => return Ok(()),
            };
            match self.next(Some(deadline))? {
                Turn::Event(_) => {}
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Ok(()),
            }
        }
    }

    /// The same for a text, which the network has to take: where there is none, or it does not want
    /// this SIM, that is an error.
    pub fn wait_for_texts(&mut self) -> Result<(), CliError> {
        self.wait_registered()?;
        let settled = self.deadline(REFUSAL_SETTLES);
        while let Some(why) = text_obstacle(&self.state.network) {
            match self.next(Some(settled))? {
                Turn::Event(_) => {}
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => {
                    let later = "or store the text with --no-wait: it goes out when it can";
                    return Err(CliError::new(why.cause, format!("{}, {later}", why.advice)));
                }
            }
        }
        Ok(())
    }

    /// Waits until the store has told what it holds.
    pub fn wait_loaded(&mut self) -> Result<(), CliError> {
        let deadline = Some(self.deadline(ANSWER_WITHIN));
        while self.loaded != (true, true) {
            match self.next(deadline)? {
                Turn::Event(Event::Notice(notice)) if notice.problem => {
                    return Err(CliError::Silent);
                }
                Turn::Event(_) => {}
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Err(Session::no_answer()),
            }
        }
        Ok(())
    }

    /// Waits for the one outcome of a command. `seen` is shown the events in between.
    pub fn outcome_of(
        &mut self,
        request: RequestId,
        within: Duration,
        mut seen: impl FnMut(&Event),
    ) -> Result<Outcome, CliError> {
        let deadline = self.deadline(within);
        loop {
            match self.next(Some(deadline))? {
                Turn::Event(Event::Done { request: done }) if done == request => return Ok(Ok(())),
                Turn::Event(Event::Failed { request: failed, error, diagnosis })
                    if failed == request =>
                {
                    return Ok(Err((error, diagnosis)));
                }
                Turn::Event(event) => seen(&event),
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Err(Session::no_answer()),
            }
        }
    }

    /// Asks the store and waits for its answer.
    pub fn ask(&mut self, query: Query) -> Result<Answer, CliError> {
        let asked = self.query(query);
        let deadline = self.deadline(ANSWER_WITHIN);
        loop {
            match self.next(Some(deadline))? {
                Turn::Event(Event::Answer(id, Answer::Failed(why))) if id == asked => {
                    return Err(CliError::new(why, ""));
                }
                Turn::Event(Event::Answer(id, answer)) if id == asked => return Ok(answer),
                Turn::Event(_) => {}
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Err(Session::no_answer()),
            }
        }
    }

    /// Leaves the modem in order, which hangs up calls. Ctrl-C ends the wait.
    pub fn leave(mut self) {
        if self.state.link == LinkState::Disconnected {
            return;
        }
        let request = self.send(Command::Link(LinkCommand::Disconnect));
        // How it ends changes nothing: the port is closed with the engine in any case.
        let _ = self.outcome_of(request, LEAVE_WITHIN, |_| {});
    }

    /// What to say when something took too long.
    pub fn no_answer() -> CliError {
        CliError::new("no answer came in time", "Try again; if it stays so, unplug the modem")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::rig_for_tests::rig;
    use crate::phone::NetworkState;

    fn denied(circuit: Registration, evolved: Registration) -> Event {
        let network = NetworkState {
            registration: Registration::Denied,
            circuit,
            evolved,
            ..NetworkState::default()
        };
        Event::Network(network)
    }

    #[test]
    fn a_refusal_is_not_waited_for_when_4g_was_asked_before() {
        use Registration::{Denied, Unknown};
        for (events, long) in [
            (vec![denied(Denied, Unknown)], false),
            (vec![denied(Unknown, Denied), denied(Denied, Denied)], false),
            (vec![denied(Unknown, Denied)], true),
        ] {
            let mut session = rig(events, |_, _| Vec::new()).session;
            let soon = session.deadline(Duration::from_millis(1800));
            session.wait_registered().unwrap();
            assert_eq!(session.past(soon), long);
        }
    }
}
