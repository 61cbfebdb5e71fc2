//! The engine on a thread of its own, and the handle to it.

mod driver;
mod recorder;
mod stopper;

use crate::clock::SystemClock;
use crate::engine::events::EventQueue;
use crate::engine::input::Input;
use crate::engine::queries::{self, SharedRegion};
use crate::engine::{EngineClient, TraceLog, region};
use crate::phone::{
    Answer, Command, CommandError, Diagnosis, Event, LinkAddress, Query, QueryId, RequestId,
};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use driver::{Driver, Parcel};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use stopper::Stopper;

/// How long to wait at the end for calls to be hung up and the last things to be stored.
const END_PATIENCE: Duration = Duration::from_secs(3);

/// How to run an engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// The folder of the database; made if it is not there.
    pub data_dir: PathBuf,
    /// Keep nothing on disk (tests, trying things out).
    pub in_memory: bool,
    /// Connect to this at the start.
    pub connect: Option<LinkAddress>,
    /// Connect again by itself after a loss, and at the start to the modem used last, as far as
    /// the settings allow.
    pub reconnect: bool,
    /// Note in the settings which modem was used last.
    pub remember_modem: bool,
    /// Speed of a serial port, instead of the one in the settings.
    pub baud_rate: Option<u32>,
    /// Watch the ports, tell when one comes or goes, and ask likely ones who is there.
    pub watch_ports: bool,
}

impl Config {
    /// What the window wants: everything on.
    pub fn new(data_dir: PathBuf) -> Self {
        Config {
            data_dir,
            in_memory: false,
            connect: None,
            reconnect: true,
            remember_modem: true,
            baud_rate: None,
            watch_ports: true,
        }
    }

    /// What a single command wants: this modem if any, and nothing of its own accord.
    pub fn for_command(data_dir: PathBuf, connect: Option<LinkAddress>) -> Self {
        Config {
            connect,
            reconnect: false,
            remember_modem: false,
            watch_ports: false,
            ..Config::new(data_dir)
        }
    }
}

/// The platform's folder for this program's data: `~/.local/share/deskphone`,
/// `%APPDATA%\Deskphone\data`, `~/Library/Application Support/Deskphone`.
pub fn default_data_dir() -> PathBuf {
    directories::ProjectDirs::from("", "", "Deskphone")
        .map_or_else(|| PathBuf::from("deskphone-data"), |dirs| dirs.data_dir().to_owned())
}

/// Starts an engine and returns at once; even the store is opened on the engine's thread. `wake`
/// is called from other threads when there are events to take, once per batch.
pub fn spawn(config: Config, wake: impl Fn() + Send + Sync + 'static) -> EngineHandle {
    let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
    let (inbox, parcels) = unbounded();
    let (ask, queries) = unbounded();
    let (lend_reader, reader) = bounded(1);
    let events = Arc::new(EventQueue::new());
    let region = SharedRegion::default();
    let clock = SystemClock::new();
    let trace = TraceLog::default();
    let watch_ports = config.watch_ports;

    let (over, done) = bounded(0);
    let driver = Driver::new(driver::Parts {
        clock,
        inbox: inbox.clone(),
        events: Arc::clone(&events),
        wake: Arc::clone(&wake),
        region: Arc::clone(&region),
        trace: trace.clone(),
    });
    let engine = start("engine", move || {
        // Dropped when the thread ends, however it ends.
        let _over: Sender<()> = over;
        driver.run(config, &lend_reader, &parcels);
    });
    let query_events = Arc::clone(&events);
    let answering = start("query", move || {
        queries::answer_all(&reader, &queries, &region, &query_events, &*wake);
    });
    let (watching, unwatched) = bounded(0);
    if watch_ports {
        let inbox = inbox.clone();
        start("ports", move || driver::watch_ports(&inbox, &unwatched));
    }
    let started = engine.is_some() && answering.is_some();
    EngineHandle {
        inbox: started.then_some(inbox),
        queries: Some(ask),
        events,
        trace,
        clock,
        last_request: 0,
        last_query: 0,
        end: End { engine, done, watching: Some(watching) },
    }
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    // A system without room for a thread: the handle answers every command with a failure.
    thread::Builder::new().name(name.to_owned()).spawn(run).ok()
}

/// The country of the system's locale, empty if the environment does not say.
fn system_region() -> String {
    ["LC_ALL", "LC_TELEPHONE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find_map(|locale| region::of_locale(&locale))
        .unwrap_or_default()
}

/// The engine as the window and the command line see it. Dropping it hangs up, leaves the modem
/// and ends the engine.
pub struct EngineHandle {
    /// `None` if the engine could not be started.
    inbox: Option<Sender<Parcel>>,
    queries: Option<Sender<(QueryId, Query)>>,
    events: Arc<EventQueue>,
    trace: TraceLog,
    clock: SystemClock,
    last_request: u64,
    last_query: u64,
    end: End,
}

struct End {
    engine: Option<JoinHandle<()>>,
    /// Ends when the engine's thread does.
    done: Receiver<()>,
    /// Ends the port watcher when dropped.
    watching: Option<Sender<()>>,
}

impl EngineHandle {
    /// The next event, waiting up to `timeout` for one.
    pub fn next_event(&mut self, timeout: Duration) -> Option<Event> {
        self.events.pop_within(timeout)
    }

    /// What ends the engine when the system wants the program to end.
    pub fn stopper(&self) -> Stopper {
        Stopper { inbox: self.inbox.clone(), done: self.end.done.clone() }
    }

    /// The clock that the engine's instants come from.
    pub fn clock(&self) -> SystemClock {
        self.clock
    }
}

impl EngineClient for EngineHandle {
    fn send(&mut self, command: Command) -> RequestId {
        self.last_request += 1;
        let request = RequestId(self.last_request);
        let parcel = Parcel::of(Input::Command(request, command));
        let taken = self.inbox.as_ref().is_some_and(|inbox| inbox.send(parcel).is_ok());
        if !taken {
            let error = CommandError::NotAllowedNow;
            let advice = "Close Deskphone and start it again";
            let diagnosis = Diagnosis::new("The telephone part of the program has ended", advice);
            self.events.push([Event::Failed { request, error, diagnosis }]);
        }
        request
    }

    fn query(&mut self, query: Query) -> QueryId {
        self.last_query += 1;
        let id = QueryId(self.last_query);
        let asked = self.queries.as_ref().is_some_and(|ask| ask.send((id, query)).is_ok());
        if !asked {
            let reason = "The telephone part of the program has ended".to_owned();
            self.events.push([Event::Answer(id, Answer::Failed(reason))]);
        }
        id
    }

    fn try_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    fn trace(&self) -> &TraceLog {
        &self.trace
    }
}

impl Drop for EngineHandle {
    fn drop(&mut self) {
        self.queries = None;
        self.end.watching = None;
        let stopper = self.stopper();
        self.inbox = None;
        // A disk that hangs must not keep the window open for ever.
        let ended = stopper.stop();
        if let Some(engine) = self.end.engine.take().filter(|_| ended) {
            // It has ended; a panic in it was reported where it happened.
            let _ = engine.join();
        }
    }
}
