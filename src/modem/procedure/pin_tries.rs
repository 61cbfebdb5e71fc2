//! How many tries a PIN has left, asked in the way this modem knows, and counted down where it
//! knows none (27.007 §8.65 and the makers' own).

use super::super::core::Core;
use super::super::exchange::{Expect, Request, Response};
use super::super::queue::Priority;
use super::{Procedure, Step};
use crate::at::response::pin_retries;
use crate::phone::SimState;
use std::time::Duration;

/// The questions and what their answers begin with.
const WAYS: [(&str, &str); 8] = [
    ("AT+CPINR", "+CPINR"),
    ("AT^CPIN?", "^CPIN"),
    ("AT+SPIC", "+SPIC"),
    ("AT+QPINC?", "+QPINC"),
    ("AT+UPINCNT", "+UPINCNT"),
    (ONLY_ASKED[0], "#PCT"),
    (ONLY_ASKED[1], "^SPIC"),
    ("AT*EPIN?", "*EPIN"),
];

/// These tell of what the SIM asks for now, PIN or PUK.
const ONLY_ASKED: [&str; 2] = ["AT#PCT", "AT^SPIC"];

/// Which of them a maker's modems know best.
const BEST: [(&str, usize); 7] = [
    ("Huawei", 1),
    ("SIMCom", 2),
    ("Quectel", 3),
    ("u-blox", 4),
    ("Telit", 5),
    ("Cinterion", 6),
    ("Ericsson", 7),
];

/// A card gives three tries for a PIN and ten for its PUK (31.101 §9.5).
const PIN_TRIES: u8 = 3;
const PUK_TRIES: u8 = 10;

/// The machine.
#[derive(Debug, Default)]
pub(in crate::modem) struct PinTries {
    /// Ways still to try; filled at the beginning.
    ways: Option<Vec<usize>>,
}

impl PinTries {
    pub fn step(&mut self, last: Option<Response>, core: &mut Core) -> Step {
        let ways = self.ways.get_or_insert_with(|| ways(core));
        if let Some(response) = last
            && !ways.is_empty()
        {
            let way = ways.remove(0);
            if let Some(mut told) = pin_retries::parse(response.lines.iter().map(String::as_str)) {
                let asked = WAYS.get(way).is_some_and(|way| ONLY_ASKED.contains(&way.0));
                if asked && matches!(core.network().sim, SimState::PukRequired(_)) {
                    told.puk = told.pin.take();
                }
                let services = &mut core.facts.services;
                services.tries_way = Some(way);
                services.tries = told;
                services.wrong = [0; 2];
                show(core);
                return Step::Finished;
            }
            return Step::Pause;
        }
        match ways.first().and_then(|way| WAYS.get(*way)) {
            Some((line, prefix)) => {
                let mut ask = Request::line(line).expecting(Expect::Prefix(prefix));
                // A bare OK is no sign that anything is out of step.
                ask.informative = false;
                Step::send(ask.within(Duration::from_secs(3)))
            }
            None => Step::Finished,
        }
    }
}

fn ways(core: &Core) -> Vec<usize> {
    if let Some(known) = core.facts.services.tries_way {
        return vec![known];
    }
    let best = BEST.iter().find(|(name, _)| *name == core.profile.name).map(|(_, way)| *way);
    let rest = (0..WAYS.len()).filter(|way| Some(*way) != best);
    best.into_iter().chain(rest).collect()
}

/// Asks, unless that is going to be done anyway.
pub(in crate::modem) fn ask(priority: Priority, core: &mut Core) {
    core.enqueue_once(priority, Procedure::PinTries(PinTries::default()), |procedure| {
        matches!(procedure, Procedure::PinTries(_))
    });
}

/// A PIN (or a PUK) was wrong: one try less, also where nobody told how many there are.
pub(in crate::modem) fn count_down(puk: bool, core: &mut Core) -> Option<u8> {
    let services = &mut core.facts.services;
    let wrong = &mut services.wrong[usize::from(puk)];
    *wrong = wrong.saturating_add(1);
    let left = if puk { &mut services.tries.puk } else { &mut services.tries.pin };
    let all = if puk { PUK_TRIES } else { PIN_TRIES };
    *left = Some(match *left {
        Some(known) => known.saturating_sub(1),
        None => all.saturating_sub(*wrong),
    });
    let left = *left;
    show(core);
    left
}

/// A PIN was right: the card counts from the beginning.
pub(in crate::modem) fn start_anew(core: &mut Core) {
    let services = &mut core.facts.services;
    services.wrong = [0; 2];
    services.tries.pin = services.tries.pin.map(|_| PIN_TRIES);
}

/// The same state, with the tries that are known.
pub(in crate::modem) fn with_tries(state: SimState, core: &Core) -> SimState {
    let tries = &core.facts.services.tries;
    match state {
        SimState::PinRequired(None) => SimState::PinRequired(tries.pin),
        SimState::PukRequired(None) => SimState::PukRequired(tries.puk),
        other => other,
    }
}

fn show(core: &mut Core) {
    let asked = match core.network().sim {
        SimState::PinRequired(_) => SimState::PinRequired(None),
        SimState::PukRequired(_) => SimState::PukRequired(None),
        _ => return,
    };
    let state = with_tries(asked, core);
    core.update_network(|network| network.sim = state);
}

/// `2 tries are left`; nothing where nobody knows.
pub(in crate::modem) fn tries_words(left: Option<u8>, puk: bool) -> String {
    match (left, puk) {
        (Some(0), false) => "The SIM asks for its PUK now: it is in your operator's papers",
        (Some(0), true) => "The SIM is blocked for ever: ask your operator for another",
        (Some(1), false) => "One try is left before the SIM asks for its PUK",
        (Some(1), true) => "One try is left before the SIM is blocked for ever",
        (Some(left), _) => return format!("{left} tries are left"),
        (None, _) => "Check it before you try again: few tries are left",
    }
    .to_owned()
}
