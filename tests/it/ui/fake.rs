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
    /// Answers timeline queries with pages of these.
    pub timeline: Vec<TimelineItem>,
    pub calls: Vec<CallRecord>,
    pub found: Vec<TextMessage>,
    /// What is kept of every call.
    pub detail: Option<CallDetail>,
    pub outbox: Vec<TextMessage>,
    /// Answers every query for a batch with these.
    pub batch: Vec<TextMessage>,
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
            Query::Timeline { page, limit, .. } => page_of(&script.timeline, *page, *limit),
            Query::Calls { .. } => Answer::Calls(script.calls.clone()),
            Query::Search { text: wanted, .. } => {
                let hit = |message: &TextMessage| SearchHit {
                    message: message.clone(),
                    marks: marks(&message.text, wanted),
                };
                Answer::Found { hits: script.found.iter().map(hit).collect(), more: false }
            }
            Query::CallDetail(_) => Answer::CallDetail(script.detail.clone().map(Box::new)),
            Query::Outbox { .. } => Answer::Messages(script.outbox.clone()),
            Query::Batch { .. } => Answer::Messages(script.batch.clone()),
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

/// The page as the store cuts it: by time, without tearing one millisecond apart.
pub fn page_of(all: &[TimelineItem], page: Page, limit: u32) -> Answer {
    let time = |item: &TimelineItem| item.time().unix_millis;
    let limit = limit as usize;
    let before = |end: usize, count: usize| {
        let mut start = end.saturating_sub(count);
        while start > 0 && time(&all[start - 1]) == time(&all[start]) {
            start -= 1;
        }
        start
    };
    let from = |start: usize, count: usize| {
        let mut end = (start + count).min(all.len());
        while end > start && end < all.len() && time(&all[end]) == time(&all[end - 1]) {
            end += 1;
        }
        end
    };
    let range = match page {
        Page::Newest => before(all.len(), limit)..all.len(),
        Page::Before(end) => {
            let end = all.partition_point(|item| time(item) < end);
            before(end, limit)..end
        }
        Page::From(start) => {
            let start = all.partition_point(|item| time(item) < start);
            start..from(start, limit)
        }
        Page::Around(middle) => {
            let middle = all.partition_point(|item| time(item) < middle);
            before(middle, limit / 2)..from(middle, limit / 2)
        }
    };
    let (older, newer) = (range.start > 0, range.end < all.len());
    Answer::Timeline { items: all[range].to_vec(), older, newer }
}

/// Where the words stand in a text.
fn marks(text: &str, wanted: &str) -> Vec<std::ops::Range<usize>> {
    text.match_indices(wanted).map(|(at, part)| at..at + part.len()).collect()
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
