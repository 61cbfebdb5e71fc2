//! `+CNMA`: a text that was routed here directly is safe (27.005 §3.4.4). Without it the network
//! sends the text again.

use super::super::exchange::{Request, Response};
use super::Step;
use std::time::Duration;

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct Acknowledge;

impl Acknowledge {
    pub fn step(&mut self, last: Option<Response>) -> Step {
        match last {
            None => Step::send(Request::line("AT+CNMA").within(Duration::from_secs(5))),
            // Refused means that none was due, and nothing else can be done about it.
            Some(_) => Step::Finished,
        }
    }
}
