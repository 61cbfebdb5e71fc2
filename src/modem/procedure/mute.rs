//! The microphone off and on (`+CMUT`, 27.007 §8.24).

use super::super::core::{Core, no_answer, service_refusal};
use super::super::exchange::{Outcome, Request, Response};
use super::Step;
use crate::modem::types::ModemEvent;
use crate::phone::RequestId;

/// The machine.
#[derive(Debug)]
pub(in crate::modem) struct Mute {
    /// `None`: the calls are over, and the next shall begin with the microphone on.
    request: Option<RequestId>,
    on: bool,
}

impl Mute {
    pub fn new(request: RequestId, on: bool) -> Self {
        Mute { request: Some(request), on }
    }

    /// The calls are over.
    pub fn off() -> Self {
        Mute { request: None, on: false }
    }

    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let Some(response) = last else {
            let line = if self.on { "AT+CMUT=1" } else { "AT+CMUT=0" };
            return Step::send(Request::line(line));
        };
        let Some(request) = self.request else { return Step::Finished };
        if response.is_ok() {
            if std::mem::replace(&mut core.muted, self.on) != self.on {
                core.tell(ModemEvent::Muted(self.on));
            }
            core.done(request);
            return Step::Finished;
        }
        let (error, diagnosis) = match &response.outcome {
            Outcome::Final(result) => {
                service_refusal(result, "The modem can't switch the microphone")
            }
            Outcome::TimedOut | Outcome::Aborted => no_answer(),
        };
        core.failed(request, error, diagnosis);
        Step::Finished
    }
}
