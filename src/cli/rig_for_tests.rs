//! For tests: an engine that answers commands with events that a test has chosen.

use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::clock::SystemClock;
use crate::engine::{EngineClient, TraceLog};
use crate::phone::{Command, Event, Query, QueryId, RequestId};
use crossbeam_channel::{Sender, never, unbounded};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::rc::Rc;

/// What the engine answers to a command: events, some of which may name its request.
type Script = Box<dyn FnMut(&Command, RequestId) -> Vec<Event>>;

struct Scripted {
    events: VecDeque<Event>,
    requests: u64,
    sent: Rc<RefCell<Vec<Command>>>,
    script: Script,
    trace: TraceLog,
}

impl EngineClient for Scripted {
    fn send(&mut self, command: Command) -> RequestId {
        self.requests += 1;
        let request = RequestId(self.requests);
        self.events.extend((self.script)(&command, request));
        self.sent.borrow_mut().push(command);
        request
    }

    fn query(&mut self, _query: Query) -> QueryId {
        QueryId(0)
    }

    fn try_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    fn trace(&self) -> &TraceLog {
        &self.trace
    }
}

/// A session around such an engine, the commands it was sent, and the Ctrl-C key.
pub struct Rig {
    pub session: Session,
    pub sent: Rc<RefCell<Vec<Command>>>,
    pub interrupt: Sender<()>,
}

/// A session whose engine answers by `script`, and has `events` to tell at the start.
pub fn rig(
    events: Vec<Event>,
    script: impl FnMut(&Command, RequestId) -> Vec<Event> + 'static,
) -> Rig {
    let sent = Rc::new(RefCell::new(Vec::new()));
    let (interrupt, interrupts) = unbounded();
    let engine = Scripted {
        events: events.into(),
        requests: 0,
        sent: Rc::clone(&sent),
        script: Box::new(script),
        trace: TraceLog::default(),
    };
    Rig {
        session: Session::new(Box::new(engine), SystemClock::new(), never(), interrupts),
        sent,
        interrupt,
    }
}

/// Output that a test can read back.
#[derive(Clone, Default)]
pub struct Kept(Rc<RefCell<Vec<u8>>>);

impl Kept {
    /// An output that writes here.
    pub fn output(&self, json: bool) -> Output {
        Output::new(json, Box::new(self.clone()))
    }

    /// All that was written.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }

    /// The value of `key` in each JSON line that has it.
    pub fn values(&self, key: &str) -> Vec<String> {
        let text = self.text();
        let lines =
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter_map(|line| line[key].as_str().map(str::to_owned)).collect()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Output that nobody reads.
pub struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The exit status a subcommand ends with, as a number.
pub fn status(ended: Result<std::process::ExitCode, CliError>) -> String {
    match ended {
        Ok(code) => format!("{code:?}").chars().filter(char::is_ascii_digit).collect(),
        Err(error) => format!("{error:?}"),
    }
}
