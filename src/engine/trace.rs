//! The recent AT traffic: a ring of fixed size behind a mutex, so that a hidden window can't grow
//! a queue.

use crate::clock::WallTime;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Entries kept.
const CAPACITY: usize = 2000;

/// Which way a line went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TraceDirection {
    /// To the modem.
    Sent,
    /// From the modem.
    Received,
    /// A remark of the program: port opened, port lost.
    Note,
}

/// One line of AT traffic, secrets masked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TraceEntry {
    /// Counts from 1 without gaps.
    pub sequence: u64,
    /// When.
    pub time: WallTime,
    /// Which way.
    pub direction: TraceDirection,
    /// The line without its terminator; control characters made visible (`<Ctrl-Z>`).
    pub line: String,
    /// What it means in words; may be empty.
    pub meaning: String,
    /// What it was sent for, or answers to: `Hang up`, `Look at the calls`; empty if it came by
    /// itself.
    pub cause: String,
    /// It is one of the questions that the program asks again and again, or the answer to one.
    pub routine: bool,
}

/// What a line is there for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Cause {
    /// See [`TraceEntry::cause`].
    pub words: String,
    /// See [`TraceEntry::routine`].
    pub routine: bool,
}

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<TraceEntry>,
    last_sequence: u64,
    watched: bool,
}

/// A shared handle to the ring.
#[derive(Clone, Debug, Default)]
pub struct TraceLog(Arc<Mutex<Ring>>);

impl TraceLog {
    /// Adds a line that was not asked for.
    pub fn push(
        &self,
        time: WallTime,
        direction: TraceDirection,
        line: String,
        meaning: String,
    ) -> bool {
        self.push_for(time, direction, line, meaning, &Cause::default())
    }

    /// Adds a line; the oldest goes when the ring is full. Returns true if somebody watches and
    /// should be woken.
    pub fn push_for(
        &self,
        time: WallTime,
        direction: TraceDirection,
        line: String,
        meaning: String,
        cause: &Cause,
    ) -> bool {
        let mut ring = self.ring();
        ring.last_sequence += 1;
        let sequence = ring.last_sequence;
        if ring.entries.len() == CAPACITY {
            ring.entries.pop_front();
        }
        let (cause, routine) = (cause.words.clone(), cause.routine);
        let entry = TraceEntry { sequence, time, direction, line, meaning, cause, routine };
        ring.entries.push_back(entry);
        ring.watched
    }

    /// The entries after `sequence`, oldest first.
    pub fn since(&self, sequence: u64) -> Vec<TraceEntry> {
        let ring = self.ring();
        let start = ring.entries.partition_point(|entry| entry.sequence <= sequence);
        ring.entries.range(start..).cloned().collect()
    }

    /// Says whether the traffic is on the screen, so that new lines wake the window.
    pub fn watch(&self, watched: bool) {
        self.ring().watched = watched;
    }

    fn ring(&self) -> std::sync::MutexGuard<'_, Ring> {
        // A panic while holding the lock leaves nothing half done that matters here.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
