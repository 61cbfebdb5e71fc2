//! What every subcommand begins with: the data folder, the engine, Ctrl-C, the modem.

use crate::cli::arguments::{Arguments, Connection};
use crate::cli::error::CliError;
use crate::cli::output::visible;
use crate::cli::session::Session;
use crate::engine::{self, Config};
use crate::phone::{Command, LinkAddress, PhoneState, SimState};
use crossbeam_channel::{Receiver, bounded, unbounded};
use std::path::PathBuf;
use std::process;
use std::time::Duration;

/// So many Ctrl-C end the program at once, whatever it waits for.
const IMPATIENT: u32 = 3;

/// A file is opened within this time.
const RECORDING_WITHIN: Duration = Duration::from_secs(30);

/// What stands on the command line outside of the subcommand.
pub struct Context {
    data_dir: Option<PathBuf>,
    connection: Connection,
}

impl Context {
    /// Takes what is of use to every subcommand.
    pub fn new(arguments: &Arguments) -> Context {
        Context { data_dir: arguments.data_dir.clone(), connection: arguments.connection.clone() }
    }

    /// Starts the engine and has it connect to the modem.
    pub fn connect(&self, connection: Connection) -> Result<Session, CliError> {
        let record = self.record(&connection);
        let config = self.config(connection)?;
        recorded(start(config)?, record)
    }

    /// The same, and a modem that is lost later is connected again when it is back.
    pub fn stay_connected(&self, connection: Connection) -> Result<Session, CliError> {
        let record = self.record(&connection);
        let config = self.config(connection)?;
        recorded(start(Config { reconnect: true, ..config })?, record)
    }

    /// Where the modem is, wherever on the command line that stands.
    pub fn port(&self, connection: &Connection) -> Option<LinkAddress> {
        connection.port.clone().or_else(|| self.connection.port.clone())
    }

    fn record(&self, connection: &Connection) -> Option<PathBuf> {
        connection.record.clone().or_else(|| self.connection.record.clone())
    }

    /// Starts the engine without a modem.
    pub fn offline(&self) -> Result<Session, CliError> {
        start(Config::for_command(self.data_dir(), None))
    }

    fn config(&self, connection: Connection) -> Result<Config, CliError> {
        let connection = connection.or(&self.connection);
        let Some(port) = connection.port else {
            return Err(CliError::new(
                "no port was given",
                "Add --port with one that deskphone ports lists, tcp://HOST:PORT or demo",
            ));
        };
        let config = Config::for_command(self.data_dir(), Some(port));
        Ok(Config { baud_rate: connection.baud, ..config })
    }

    fn data_dir(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(engine::default_data_dir)
    }
}

/// Has the traffic written to a file from the beginning.
fn recorded(mut session: Session, file: Option<PathBuf>) -> Result<Session, CliError> {
    if let Some(file) = file {
        let request = session.send(Command::Record(Some(file)));
        let outcome = session.outcome_of(request, RECORDING_WITHIN, |_| {})?;
        outcome.map_err(|(_, diagnosis)| CliError::from(diagnosis))?;
    }
    Ok(session)
}

fn start(config: Config) -> Result<Session, CliError> {
    let interrupts = interrupts()?;
    let (wake, wakes) = bounded(1);
    let engine = engine::spawn(config, move || {
        // One token says it all: whoever takes it takes all events.
        let _ = wake.try_send(());
    });
    let clock = engine.clock();
    Ok(Session::new(Box::new(engine), clock, wakes, interrupts))
}

/// From now on each Ctrl-C, or wish of the system that the program ends, is a token in this
/// channel.
fn interrupts() -> Result<Receiver<()>, CliError> {
    let (sender, receiver) = unbounded();
    on_interrupt(move || {
        // Nobody waits for it any more while the program is ending.
        let _ = sender.send(());
    })?;
    Ok(receiver)
}

/// Calls `act` on Ctrl-C and when the system wants the program to end. To be called once.
pub fn on_interrupt(mut act: impl FnMut() + Send + 'static) -> Result<(), CliError> {
    let mut presses = 0;
    let handler = move || {
        presses += 1;
        if presses >= IMPATIENT {
            process::exit(130);
        }
        act();
    };
    ctrlc::set_handler(handler)
        .map_err(|error| CliError::new(format!("Ctrl-C can't be watched ({error})"), ""))
}

/// Says what to do when the SIM can't be used.
pub fn check_sim(state: &PhoneState) -> Result<(), CliError> {
    let port = state.link.address().map(|port| visible(&port.to_string()));
    let port = port.unwrap_or_else(|| "PORT".to_owned());
    let window = format!("Open the window with deskphone --port {port} and enter it there");
    let unlock = format!("Give it with deskphone sim unlock --port {port}, or in the window");
    let (what, advice) = match &state.network.sim {
        SimState::Ready | SimState::Unknown => return Ok(()),
        SimState::PinRequired(_) => ("the SIM card asks for its PIN".to_owned(), unlock),
        SimState::PukRequired(_) => (
            "the SIM card is blocked and asks for its PUK".to_owned(),
            format!("{window}, or: deskphone code '**05*PUK*PIN*PIN#' --port {port}"),
        ),
        SimState::NotInserted => {
            ("there is no SIM card in the modem".to_owned(), "Insert one".to_owned())
        }
        SimState::Failure => (
            "the SIM card does not work".to_owned(),
            "Take it out, insert it again, and try it in another phone".to_owned(),
        ),
        SimState::Locked(word) => (
            format!("the modem is locked ({word})"),
            "Ask its seller for the unlock code".to_owned(),
        ),
    };
    Err(CliError::new(what, advice))
}
