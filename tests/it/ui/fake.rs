//! An engine that records what it is asked and says what the test wants.

use deskphone::clock::{Clock, Instant, WallTime};
use deskphone::engine::{EngineClient, TraceLog};
use deskphone::phone::*;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// What the window asked for and what it will be told; shared with the test.
#[derive(Default)]
pub struct Script {
    pub commands: Vec<(RequestId, Command)>,
    pub queries: Vec<(QueryId, Query)>,
    pub events: VecDeque<Event>,
    /// Answers every timeline query with these.
    pub timeline: Vec<TimelineItem>,
    pub calls: Vec<CallRecord>,
    pub found: Vec<TextMessage>,
    next: u64,
}

/// The engine the window gets.
#[derive(Clone, Default)]
pub struct FakeEngine {
    pub script: Rc<RefCell<Script>>,
    pub trace: TraceLog,
}

impl EngineClient for FakeEngine {
    fn send(&mut self, command: Command) -> RequestId {
        let mut script = self.script.borrow_mut();
        script.next += 1;
        let request = RequestId(script.next);
        if let Command::SaveSettings(settings) = &command {
            let settings = Event::Settings(settings.clone());
            script.events.push_back(settings);
        }
        script.commands.push((request, command));
        request
    }

    fn query(&mut self, query: Query) -> QueryId {
        let mut script = self.script.borrow_mut();
        script.next += 1;
        let id = QueryId(script.next);
        let answer = match &query {
            Query::Timeline { .. } => {
                Answer::Timeline { items: script.timeline.clone(), more: false }
            }
            Query::Calls { .. } => Answer::Calls(script.calls.clone()),
            Query::Search { .. } => Answer::Found(script.found.clone()),
        };
        script.events.push_back(Event::Answer(id, answer));
        script.queries.push((id, query));
        id
    }

    fn try_event(&mut self) -> Option<Event> {
        self.script.borrow_mut().events.pop_front()
    }

    fn trace(&self) -> &TraceLog {
        &self.trace
    }
}

impl FakeEngine {
    /// Tells the window something.
    pub fn push(&self, event: Event) {
        self.script.borrow_mut().events.push_back(event);
    }

    /// Everything asked for so far, without housekeeping.
    pub fn commands(&self) -> Vec<Command> {
        self.script.borrow().commands.iter().map(|(_, command)| command.clone()).collect()
    }

    /// The request of the last command.
    pub fn last_request(&self) -> RequestId {
        self.script.borrow().commands.last().expect("a command").0
    }
}

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct FakeClock(Arc<Mutex<Instant>>);

/// Sunday 22 November 2026, 18:04:05, one hour east of Greenwich.
pub const TODAY: WallTime = WallTime::from_unix_seconds(1_795_367_045, 4);

impl FakeClock {
    pub fn new() -> Self {
        FakeClock(Arc::new(Mutex::new(Instant::from_secs(100))))
    }

    pub fn set(&self, now: Instant) {
        *self.0.lock().expect("clock") = now;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        *self.0.lock().expect("clock")
    }

    fn wall_time(&self) -> WallTime {
        TODAY
    }
}
