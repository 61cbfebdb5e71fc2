//! `+CNMA`: a text that was routed here directly is safe (27.005 §3.4.4). Without it the network
//! sends the text again, and the modem ends all routing.

use super::super::core::Core;
use super::super::exchange::{Request, Response};
use super::super::queue::Priority;
use super::Step;
use super::list_messages::list_all;
use super::set_up::{ROUTING, ROUTING_CHECK};
use crate::clock::Instant;
use std::time::Duration;

/// A modem waits so long for it, at the most (23.040 §9.3.1: the network waits 20 s).
const TOO_LATE: Duration = Duration::from_secs(12);

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct Acknowledge;

impl Acknowledge {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        match last {
            None => return Step::send(Request::line("AT+CNMA").within(Duration::from_secs(5))),
            Some(response) if response.is_ok() => core.facts.unacknowledged = None,
            // None was due any more: it came too late, and the modem has ended the routing.
            Some(_) => core.route_again(),
        }
        Step::Finished
    }
}

impl Core {
    /// A text that came directly was not acknowledged in time: `+CNMI` has to be set again.
    pub(in crate::modem) fn check_routing(&mut self, now: Instant) {
        self.ask_once(Priority::Check, ROUTING_CHECK);
        if self.facts.unacknowledged.is_some_and(|since| now.since(since) >= TOO_LATE) {
            self.route_again();
        }
    }

    fn route_again(&mut self) {
        self.facts.unacknowledged = None;
        self.ask_once(Priority::Background, ROUTING);
        // What came meanwhile was not announced.
        list_all(self);
    }
}
