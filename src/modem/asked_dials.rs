//! Calls that wait until the modem has said whether LTE carries them, instead of being refused for
//! what circuits do not carry. Nobody sees them yet, so they do not wait for long.

use crate::phone::{CallId, Dial, RequestId};
use std::time::Duration;

/// A call that nobody sees is not placed later than this after it was wanted.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// More presses than this before the modem has answered are refused at once.
const MOST: usize = 8;

/// A call that waits.
#[derive(Debug)]
pub(super) struct AskedDial {
    pub request: RequestId,
    pub dial: Dial,
    /// The calls beside which it was wanted.
    pub beside: Vec<CallId>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct AskedDials {
    asking: Vec<AskedDial>,
    answered: Vec<AskedDial>,
}

impl AskedDials {
    /// There is no room for another.
    pub fn full(&self) -> bool {
        self.asking.len() >= MOST
    }

    /// The modem is being asked for this call.
    pub fn wait(&mut self, dial: AskedDial) {
        self.asking.push(dial);
    }

    /// It has answered, whatever it said.
    pub fn asked(&mut self) {
        self.answered.append(&mut self.asking);
    }

    /// The calls that can be judged now, in the order in which they were wanted.
    pub fn take(&mut self) -> Vec<AskedDial> {
        std::mem::take(&mut self.answered)
    }

    /// It has not answered in time.
    pub fn give_up(&mut self) -> Vec<AskedDial> {
        std::mem::take(&mut self.asking)
    }
}
