//! Why a call has ended, as the modem tells when it is asked.

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use crate::at::response::ceer;
use std::time::Duration;

/// Why did the last call end? (27.007 §6.10)
pub(super) fn ask_cause() -> Request {
    Request::line("AT+CEER").expecting(Expect::Prefix("+CEER")).within(Duration::from_secs(2))
}

/// The answer to it, for the calls that are gone.
pub(super) fn note_cause(response: &Response, core: &mut Core) {
    let Some(line) = response.lines.first().filter(|_| response.is_ok()) else {
        // A modem that refuses this once has not got it; one that is late is not asked again.
        core.facts.ceer &= response.is_ok();
        return;
    };
    if let Some(report) = ceer::parse(line) {
        let cause = report.cause.map(u16::from).or(report.maker_cause);
        // What is said of data connections is no reason of a call.
        let words = if report.packets { "" } else { &report.text };
        core.calls.note_cause(cause, words, line);
    }
}
