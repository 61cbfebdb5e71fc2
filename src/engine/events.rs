//! The queue of events between the engine and whoever watches it. It never makes the engine wait;
//! when nobody takes events for long, those that a later one has overtaken are dropped.

use crate::phone::Event;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// From this length on, overtaken events are dropped.
const LONG: usize = 2048;

#[derive(Debug)]
struct State {
    events: VecDeque<Event>,
    /// Length at which overtaken events are dropped next.
    compact_at: usize,
}

/// The queue.
#[derive(Debug)]
pub(super) struct EventQueue {
    state: Mutex<State>,
    arrived: Condvar,
}

impl EventQueue {
    pub(super) fn new() -> Self {
        let state = State { events: VecDeque::new(), compact_at: LONG };
        EventQueue { state: Mutex::new(state), arrived: Condvar::new() }
    }

    /// Adds events. Never waits for a taker.
    pub(super) fn push(&self, events: impl IntoIterator<Item = Event>) {
        let mut state = self.state();
        state.events.extend(events);
        if state.events.len() >= state.compact_at {
            drop_overtaken(&mut state.events);
            state.compact_at = LONG.max(state.events.len() * 2);
        }
        self.arrived.notify_all();
    }

    /// The oldest event.
    pub(super) fn pop(&self) -> Option<Event> {
        self.state().events.pop_front()
    }

    /// The oldest event, waiting up to `timeout` for one.
    pub(super) fn pop_within(&self, timeout: Duration) -> Option<Event> {
        let deadline = Instant::now() + timeout;
        let mut state = self.state();
        loop {
            if let Some(event) = state.events.pop_front() {
                return Some(event);
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            state =
                self.arrived.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while holding the lock leaves no event half added.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An event carries the whole value, so only the last of each thing counts.
fn drop_overtaken(events: &mut VecDeque<Event>) {
    let mut seen = BTreeSet::new();
    let mut kept = VecDeque::with_capacity(events.len());
    while let Some(event) = events.pop_back() {
        if subject(&event).is_none_or(|subject| seen.insert(subject)) {
            kept.push_front(event);
        }
    }
    *events = kept;
}

/// What an event is about; `None` if each one counts.
fn subject(event: &Event) -> Option<(u8, i64)> {
    match event {
        Event::Link(_) => Some((0, 0)),
        Event::Identity(_) => Some((1, 0)),
        Event::Network(_) => Some((2, 0)),
        Event::Ports(_) => Some((3, 0)),
        Event::Call(call) => Some((4, i64::from(call.id.0))),
        Event::CallRecord(record) => Some((5, record.id.0)),
        Event::Message(message) => Some((6, message.id.0)),
        Event::Thread(thread) => Some((7, thread.id.0)),
        Event::Contacts(_) => Some((8, 0)),
        Event::Settings(_) => Some((9, 0)),
        Event::Region(_) => Some((10, 0)),
        Event::MissedCalls(_) => Some((11, 0)),
        Event::Ussd(_) => Some((12, 0)),
        Event::Batch(batch) => Some((13, batch.id.0)),
        Event::Batches(_) => Some((14, 0)),
        Event::Templates(_) => Some((15, 0)),
        Event::Waiting(_) => Some((16, 0)),
        Event::Threads(_) => Some((17, 0)),
        Event::SimPhonebook(_) => Some((18, 0)),
        Event::Muted(_) => Some((19, 0)),
        Event::Redial(_) => Some((20, 0)),
        Event::Recording(_) => Some((21, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::{NetworkState, RequestId, SignalQuality};

    fn network(rssi: u8) -> Event {
        let signal = Some(SignalQuality { rssi });
        Event::Network(NetworkState { signal, ..NetworkState::default() })
    }

    #[test]
    fn a_babbling_modem_does_not_fill_the_queue_and_no_outcome_is_dropped() {
        let queue = EventQueue::new();
        for n in 0..100_000u64 {
            queue.push([network((n % 32) as u8)]);
            if n % 10_000 == 0 {
                queue.push([Event::Done { request: RequestId(n) }]);
            }
        }
        let mut outcomes = 0;
        let mut last = None;
        let mut count = 0;
        while let Some(event) = queue.pop() {
            count += 1;
            match event {
                Event::Done { .. } => outcomes += 1,
                other => last = Some(other),
            }
        }
        assert!(count <= LONG, "{count} events waited");
        assert_eq!(outcomes, 10);
        // 99,999 mod 32.
        assert_eq!(last, Some(network(31)), "the newest is kept");
    }

    #[test]
    fn waiting_for_an_event_ends_with_the_time_given() {
        let queue = EventQueue::new();
        assert_eq!(queue.pop_within(Duration::from_millis(5)), None);
        queue.push([network(1)]);
        assert_eq!(queue.pop_within(Duration::ZERO), Some(network(1)));
    }
}
