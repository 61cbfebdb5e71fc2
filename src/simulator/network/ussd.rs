//! Service codes: a balance, a menu with replies, and an answer to what nobody knows.

use super::{Planned, SimulatedNetwork};
use crate::clock::Instant;
use std::time::Duration;

const MENU: &str = "TestNet\n1 Tariff\n2 Data left\n0 End";

impl SimulatedNetwork {
    /// A service code or a reply within a menu; the answer follows as an event with `<m>` of
    /// `+CUSD` (3GPP TS 27.007 §7.15): 0 done, 1 a reply is wanted, 4 not supported.
    pub fn service_code(&mut self, text: &str, now: Instant) {
        let (mode, answer) = if self.in_menu { reply(text) } else { code(text) };
        self.in_menu = mode == 1;
        let after = Duration::from_millis(self.random.between((900, 1500)));
        self.plan(now + after, Planned::ServiceAnswer(mode, answer.map(str::to_owned)));
    }

    /// The program ends the dialogue. True if there was one.
    pub fn cancel_service_code(&mut self) -> bool {
        self.timeline.forget(|planned| matches!(planned, Planned::ServiceAnswer(..)));
        std::mem::take(&mut self.in_menu)
    }
}

fn code(text: &str) -> (u8, Option<&'static str>) {
    match text {
        "*100#" => (0, Some("Your balance is 12.34 EUR")),
        "*101#" => (1, Some(MENU)),
        "*102#" => (0, Some("Ваш баланс 12,34 €")),
        "*#21#" => (0, Some("Call forwarding: not active")),
        _ => (4, None),
    }
}

fn reply(text: &str) -> (u8, Option<&'static str>) {
    match text.trim() {
        "1" => (0, Some("Tariff: Basic, 0.05 EUR a minute")),
        "2" => (0, Some("2.5 GB left until the end of the month")),
        "0" => (0, Some("Goodbye")),
        _ => (1, Some(MENU)),
    }
}
