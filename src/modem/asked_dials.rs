//! Calls that wait until the modem has said whether LTE carries them, instead of being refused for
//! what circuits do not carry.

use crate::phone::{Dial, RequestId};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct AskedDials {
    asking: Vec<(RequestId, Dial)>,
    answered: Vec<(RequestId, Dial)>,
}

impl AskedDials {
    /// The modem is being asked for this call.
    pub fn wait(&mut self, request: RequestId, dial: Dial) {
        self.asking.push((request, dial));
    }

    /// It has answered, whatever it said.
    pub fn asked(&mut self) {
        self.answered.append(&mut self.asking);
    }

    /// The calls that can be judged now, in the order in which they were wanted.
    pub fn take(&mut self) -> Vec<(RequestId, Dial)> {
        std::mem::take(&mut self.answered)
    }
}
