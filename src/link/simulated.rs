//! The built-in Demo modem and recordings: a [`Player`] on the connection's own thread.

use crate::clock::{Clock, Instant, SystemClock};
use crate::link::connection::{Opened, Task};
use crate::link::error::{LinkError, LinkErrorKind};
use crate::link::replay::Replay;
use crate::simulator::{self, NetworkAction, SimulatedModem, SimulatorOptions};
use crossbeam_channel::RecvTimeoutError;
use std::path::Path;
use std::time::Duration;

/// Looks at "stop" at least this often.
const PATIENCE: Duration = Duration::from_secs(1);

/// What plays a modem: bytes go in, bytes come out, time is told.
pub trait Player: Send {
    /// Bytes from the program.
    fn handle_bytes(&mut self, bytes: &[u8], now: Instant);
    /// Time passed.
    fn handle_timeout(&mut self, now: Instant);
    /// When time is to be told.
    fn poll_timeout(&self) -> Option<Instant>;
    /// The next bytes for the program.
    fn poll_transmit(&mut self) -> Option<Vec<u8>>;
    /// Makes something happen in the network behind the modem; a recording has none.
    fn handle_action(&mut self, _action: NetworkAction, _now: Instant) {}
}

macro_rules! player {
    ($modem:ty $(, $action:item)?) => {
        impl Player for $modem {
            fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
                <$modem>::handle_bytes(self, bytes, now);
            }
            fn handle_timeout(&mut self, now: Instant) {
                <$modem>::handle_timeout(self, now);
            }
            fn poll_timeout(&self) -> Option<Instant> {
                <$modem>::poll_timeout(self)
            }
            fn poll_transmit(&mut self) -> Option<Vec<u8>> {
                <$modem>::poll_transmit(self)
            }
            $($action)?
        }
    };
}
player!(
    SimulatedModem,
    fn handle_action(&mut self, action: NetworkAction, now: Instant) {
        SimulatedModem::handle_action(self, action, now);
    }
);
player!(Replay);

/// A modem that is played, and its clock.
pub(crate) struct Demo {
    modem: Box<dyn Player>,
    clock: SystemClock,
}

/// Switches a Demo modem on.
pub(crate) fn open() -> Result<Opened, LinkError> {
    let clock = SystemClock::new();
    let wall_time_at_zero = clock.wall_time();
    let seed = wall_time_at_zero.unix_millis.unsigned_abs();
    let options = SimulatorOptions { persona: "generic".to_owned(), seed, wall_time_at_zero };
    let modem = SimulatedModem::new(options)
        .map_err(|reason| LinkError::new(LinkErrorKind::Other, reason, ""))?;
    Ok(Opened::Simulated(Box::new(Demo { modem: Box::new(modem), clock })))
}

/// Plays a recording from its beginning.
pub(crate) fn replay(file: &Path) -> Result<Opened, LinkError> {
    let modem = Box::new(Replay::open(file)?);
    Ok(Opened::Simulated(Box::new(Demo { modem, clock: SystemClock::new() })))
}

impl Demo {
    /// Runs until the link is closed.
    pub(crate) fn run(mut self, task: &Task) {
        // A recording begins now, not with the first line that is sent.
        self.modem.handle_timeout(self.clock.now());
        while !task.stop.requested() {
            let now = self.clock.now();
            if self.modem.poll_timeout().is_some_and(|due| due <= now) {
                self.modem.handle_timeout(now);
            }
            while let Some(bytes) = self.modem.poll_transmit() {
                // In pieces that surely fit the receiver's intake.
                if !bytes.chunks(1024).all(|piece| task.sink.bytes(piece)) {
                    return;
                }
            }
            let patience = patience(self.modem.poll_timeout(), self.clock.now());
            match task.to_write.recv_timeout(patience) {
                Ok(bytes) => self.modem.handle_bytes(&bytes, self.clock.now()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// How long to wait for the deadline `due`.
pub(crate) fn patience(due: Option<Instant>, now: Instant) -> Duration {
    due.map_or(PATIENCE, |due| due.since(now)).min(PATIENCE)
}

/// The simulated subscribers as `(name, number, what they do)`, for the Demo modem's contacts.
pub fn demo_contacts() -> Vec<(&'static str, &'static str, &'static str)> {
    simulator::demo_contacts()
}
