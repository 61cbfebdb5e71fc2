//! Service codes (3GPP TS 22.090): a balance, a menu with replies, what a script adds, and an
//! answer to what nobody knows. The network may also speak first.

use super::{NetworkEvent, Planned, SimulatedNetwork, UssdForm};
use crate::clock::Instant;
use std::collections::BTreeMap;
use std::time::Duration;

const MENU: &str = "TestNet\n1 Tariff\n2 Data left\n0 End";

/// How long the network waits for a reply.
const REPLY_TIME: Duration = Duration::from_secs(60);

/// Most answers that a script can add.
const MAX_ADDED: usize = 100;

/// Answers to codes and replies, and whether a dialogue is open.
#[derive(Debug, Default)]
pub(super) struct ServiceCodes {
    /// A reply is awaited.
    in_menu: bool,
    /// What a script added: `<m>` and the text for a code or reply.
    added: BTreeMap<String, (u8, String)>,
}

/// What a script does with service codes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UssdAction {
    /// The network speaks first: `<m>` of `+CUSD` 0 (tells) or 1 (asks).
    Push {
        /// A reply is wanted.
        asks: bool,
        /// The words.
        text: String,
    },
    /// From now on this code, or reply within a dialogue, is answered so.
    Answer {
        /// The code.
        code: String,
        /// A reply is wanted.
        asks: bool,
        /// The words.
        text: String,
    },
    /// A line with only `<m>` comes: 2 ended by the network, 3 another client answered, 4 not
    /// supported, 5 timeout.
    Bare(u8),
    /// How the modem writes answers from now on, with this `<dcs>` or the one that fits.
    Form(UssdForm, Option<u8>),
}

impl SimulatedNetwork {
    /// A service code or a reply within a menu; the answer follows as an event with `<m>` of
    /// `+CUSD` (3GPP TS 27.007 §7.15): 0 done, 1 a reply is wanted, 4 not supported.
    pub fn service_code(&mut self, text: &str, now: Instant) {
        self.timeline.forget(|planned| *planned == Planned::ServiceTimeout);
        let codes = &self.service_codes;
        let (mode, answer) = match codes.added.get(text.trim()) {
            Some((mode, answer)) => (*mode, Some(answer.clone())),
            None => {
                let known = if codes.in_menu { reply(text) } else { code(text) };
                (known.0, known.1.map(str::to_owned))
            }
        };
        let after = Duration::from_millis(self.random.between((900, 1500)));
        self.await_reply(mode == 1, now + after);
        self.plan(now + after, Planned::ServiceAnswer(mode, answer));
    }

    fn await_reply(&mut self, asks: bool, from: Instant) {
        self.service_codes.in_menu = asks;
        if asks {
            self.plan(from + REPLY_TIME, Planned::ServiceTimeout);
        }
    }

    /// The program ends the dialogue. True if there was one.
    pub fn cancel_service_code(&mut self) -> bool {
        let doomed = |planned: &Planned| {
            matches!(planned, Planned::ServiceAnswer(..) | Planned::ServiceTimeout)
        };
        self.timeline.forget(doomed);
        std::mem::take(&mut self.service_codes.in_menu)
    }

    /// Nobody replied: the network gives up.
    pub(super) fn service_code_timed_out(&mut self) {
        if std::mem::take(&mut self.service_codes.in_menu) {
            self.events.push_back(NetworkEvent::ServiceAnswer(5, None));
        }
    }

    pub(super) fn handle_ussd_action(&mut self, action: UssdAction, now: Instant) {
        match action {
            UssdAction::Push { asks, text } => {
                self.timeline.forget(|planned| *planned == Planned::ServiceTimeout);
                self.await_reply(asks, now);
                self.events.push_back(NetworkEvent::ServiceAnswer(u8::from(asks), Some(text)));
            }
            UssdAction::Answer { code, asks, text } => {
                let added = &mut self.service_codes.added;
                if added.len() < MAX_ADDED || added.contains_key(&code) {
                    added.insert(code, (u8::from(asks), text));
                }
            }
            UssdAction::Bare(mode) => {
                self.cancel_service_code();
                self.events.push_back(NetworkEvent::ServiceAnswer(mode, None));
            }
            UssdAction::Form(form, dcs) => {
                self.events.push_back(NetworkEvent::ServiceForm(form, dcs));
            }
        }
    }
}

fn code(text: &str) -> (u8, Option<&'static str>) {
    match text {
        "*100#" => (0, Some("Your balance is 12.34 EUR")),
        "*101#" => (1, Some(MENU)),
        "*102#" => (0, Some("Ваш баланс 12,34 €")),
        // Networks answer service codes of 22.030 sent this way with words, if at all.
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
