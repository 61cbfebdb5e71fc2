//! The built-in Demo modem: a [`SimulatedModem`] on the connection's own thread.

use crate::clock::{Clock, Instant, SystemClock};
use crate::link::connection::{Opened, Task};
use crate::link::error::{LinkError, LinkErrorKind};
use crate::simulator::{self, SimulatedModem, SimulatorOptions};
use crossbeam_channel::RecvTimeoutError;
use std::time::Duration;

/// Looks at "stop" at least this often.
const PATIENCE: Duration = Duration::from_secs(1);

/// A simulated modem and its clock.
pub(crate) struct Demo {
    modem: SimulatedModem,
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
    Ok(Opened::Simulated(Box::new(Demo { modem, clock })))
}

impl Demo {
    /// Runs until the link is closed.
    pub(crate) fn run(mut self, task: &Task) {
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
