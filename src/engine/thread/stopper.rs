//! Ends the engine from elsewhere than its handle: the system wants the program to end while the
//! handle is in the window's hands.

use super::{END_PATIENCE, Parcel};
use crate::engine::input::Input;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

/// Ends an engine; may be kept, copied and used wherever the handle is.
#[derive(Clone)]
pub struct Stopper {
    /// `None` if the engine could not be started.
    pub(super) inbox: Option<Sender<Parcel>>,
    /// Ends when the engine's thread does.
    pub(super) done: Receiver<()>,
}

impl Stopper {
    /// Hangs up, leaves the modem, ends the engine and waits for that, three seconds at most;
    /// true if it has ended. Afterwards the handle answers every command with a failure.
    pub fn stop(&self) -> bool {
        if let Some(inbox) = &self.inbox {
            // An engine that has ended already needs no telling.
            let _ = inbox.send(Parcel::of(Input::Shutdown));
        }
        self.done.recv_timeout(END_PATIENCE) == Err(RecvTimeoutError::Disconnected)
    }
}
