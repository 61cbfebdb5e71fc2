//! A small store of bytes between a link's reader thread and the engine: it joins what comes in
//! faster than it is taken, and makes the reader wait when it is full, so that a modem that babbles
//! can neither fill the memory nor push a user's command back.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Octets kept at most. 115,200 baud fills this in 5.7 s.
const CAPACITY_OCTETS: usize = 64 * 1024;

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    announced: bool,
    closed: bool,
}

/// What became of bytes that were put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    /// Taken, and the other side must be told that there are bytes.
    Announce,
    /// Taken; the other side knows already.
    Quiet,
    /// Nobody wants them any more.
    Closed,
}

/// The store. Shared by one reader thread and one taker.
#[derive(Debug, Default)]
pub struct Intake {
    state: Mutex<State>,
    space: Condvar,
}

impl Intake {
    /// Adds bytes; waits while there is no room. `bytes` must be shorter than the capacity.
    pub fn put(&self, bytes: &[u8]) -> Put {
        let mut state = self.state();
        while !state.closed && state.bytes.len() + bytes.len() > CAPACITY_OCTETS {
            state = self.space.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return Put::Closed;
        }
        state.bytes.extend_from_slice(bytes);
        if std::mem::replace(&mut state.announced, true) { Put::Quiet } else { Put::Announce }
    }

    /// Takes up to `most` bytes in the order they came. True if more are left: then the taker
    /// still counts as told and comes again by itself.
    pub fn take(&self, most: usize) -> (Vec<u8>, bool) {
        let mut state = self.state();
        let count = state.bytes.len().min(most);
        let taken: Vec<u8> = state.bytes.drain(..count).collect();
        let more = !state.bytes.is_empty();
        state.announced = more;
        self.space.notify_all();
        (taken, more)
    }

    /// Nobody takes any more; a waiting reader returns.
    pub fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        self.space.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while holding the lock leaves no byte half added.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn joins_bytes_and_announces_once() {
        let intake = Intake::default();
        assert_eq!(intake.put(b"RI"), Put::Announce);
        assert_eq!(intake.put(b"NG"), Put::Quiet);
        assert_eq!(intake.take(3), (b"RIN".to_vec(), true));
        assert_eq!(intake.put(b"\r"), Put::Quiet, "the taker comes again by itself");
        assert_eq!(intake.take(10), (b"G\r".to_vec(), false));
        assert_eq!(intake.put(b"x"), Put::Announce);
    }

    #[test]
    fn a_full_intake_makes_the_reader_wait_and_close_frees_it() {
        let intake = Arc::new(Intake::default());
        let chunk = [b'x'; 4096];
        for _ in 0..CAPACITY_OCTETS / chunk.len() {
            assert_ne!(intake.put(&chunk), Put::Closed);
        }
        let reader = std::thread::spawn({
            let intake = Arc::clone(&intake);
            move || (intake.put(&chunk), intake.put(&[b'y'; 4096]))
        });
        let (taken, more) = intake.take(4096);
        assert_eq!((taken.len(), more), (4096, true));
        intake.close();
        let (_, second) = reader.join().unwrap();
        assert_eq!(second, Put::Closed);
    }
}
