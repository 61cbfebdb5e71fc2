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
                if matches!(core.network().sim, SimState::PinRequired(_)) {
                    // A card without a try left asks for its PUK: this modem does not know.
                    told.pin = told.pin.filter(|left| *left > 0);
                }
                let services = &mut core.facts.services;
                services.tries_way = Some(way);
                services.tries = told;
                for (wrong, told) in services.wrong.iter_mut().zip([told.pin, told.puk]) {
                    // What is not told is counted on.
                    *wrong = if told.is_some() { 0 } else { *wrong };
                }
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
            None => {
                core.facts.services.tries_untold = true;
                Step::Finished
            }
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

/// Asks, unless it is known already, or that nothing will tell.
pub(in crate::modem) fn ask_if_unknown(core: &mut Core) {
    let services = &core.facts.services;
    if services.tries_way.is_none() && !services.tries_untold {
        ask(Priority::User, core);
    }
}

/// Asks, unless that is going to be done anyway.
pub(in crate::modem) fn ask(priority: Priority, core: &mut Core) {
    core.enqueue_once(priority, Procedure::PinTries(PinTries::default()), |procedure| {
        matches!(procedure, Procedure::PinTries(_))
    });
}

/// How many tries are left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::modem) enum Left {
    /// The modem said so, or did before codes that were wrong since.
    Told(u8),
    /// It does not say: so many if the card had all of them when the program began.
    AtMost(u8),
    Unknown,
}

impl Left {
    /// The next wrong code may be the last.
    pub fn may_be_last(self) -> bool {
        matches!(self, Left::Told(0 | 1) | Left::AtMost(0 | 1))
    }
}

/// How many tries are left for the PIN, or for the PUK.
pub(in crate::modem) fn left(puk: bool, core: &Core) -> Left {
    let services = &core.facts.services;
    let told = if puk { services.tries.puk } else { services.tries.pin };
    let all = if puk { PUK_TRIES } else { PIN_TRIES };
    match (told, services.wrong[usize::from(puk)]) {
        (Some(told), _) => Left::Told(told),
        (None, 0) => Left::Unknown,
        (None, wrong) => Left::AtMost(all.saturating_sub(wrong)),
    }
}

/// A PIN (or a PUK) was wrong, or may have been: one try less, also where nobody told how many
/// there are.
pub(in crate::modem) fn count_down(puk: bool, core: &mut Core) -> Left {
    let services = &mut core.facts.services;
    let wrong = &mut services.wrong[usize::from(puk)];
    *wrong = wrong.saturating_add(1);
    let told = if puk { &mut services.tries.puk } else { &mut services.tries.pin };
    *told = told.map(|known| known.saturating_sub(1));
    show(core);
    left(puk, core)
}

/// A PIN was right: the card counts from the beginning.
pub(in crate::modem) fn start_anew(core: &mut Core) {
    let services = &mut core.facts.services;
    services.wrong = [0; 2];
    services.tries.pin = services.tries.pin.map(|_| PIN_TRIES);
    if core.network().sim == SimState::Ready {
        show(core);
    }
}

/// The tries left as a number, if anything is known of them.
fn count(puk: bool, core: &Core) -> Option<u8> {
    match left(puk, core) {
        Left::Told(count) | Left::AtMost(count) => Some(count),
        Left::Unknown => None,
    }
}

/// The same state, with the tries that are known: those that the modem told, else as many as there
/// can be at most.
pub(in crate::modem) fn with_tries(state: SimState, core: &Core) -> SimState {
    match state {
        SimState::PinRequired(None) => SimState::PinRequired(count(false, core)),
        SimState::PukRequired(None) => SimState::PukRequired(count(true, core)),
        other => other,
    }
}

/// The tries that are known in this state were counted, not told.
pub(in crate::modem) fn at_most(state: &SimState, core: &Core) -> bool {
    match state {
        SimState::PinRequired(_) | SimState::Ready => {
            matches!(left(false, core), Left::AtMost(_))
        }
        SimState::PukRequired(_) => matches!(left(true, core), Left::AtMost(_)),
        _ => false,
    }
}

fn show(core: &mut Core) {
    let asked = match core.network().sim {
        SimState::PinRequired(_) => SimState::PinRequired(None),
        SimState::PukRequired(_) => SimState::PukRequired(None),
        SimState::Ready => SimState::Ready,
        _ => return,
    };
    tell_state(asked, core);
}

/// The SIM is in this state; with the tries that are known.
pub(in crate::modem) fn tell_state(state: SimState, core: &mut Core) {
    let state = with_tries(state, core);
    let at_most = at_most(&state, core);
    let tries = if state == SimState::Ready { count(false, core) } else { None };
    core.update_network(|network| {
        network.sim = state;
        network.tries_at_most = at_most;
        network.pin_tries = tries;
    });
}

/// `2 tries are left`, or `At most 2 tries are left` where the modem does not say.
pub(in crate::modem) fn tries_words(left: Left, puk: bool) -> String {
    match (left, puk) {
        (Left::Told(0), false) => "The SIM asks for its PUK now: it is in your operator's papers",
        (Left::Told(0), true) => "The SIM is blocked for ever: ask your operator for another",
        (Left::Told(1), false) => "One try is left before the SIM asks for its PUK",
        (Left::Told(1), true) => "One try is left before the SIM is blocked for ever",
        (Left::AtMost(0 | 1), false) => "At most one try is left before the SIM asks for its PUK",
        (Left::AtMost(0 | 1), true) => "At most one try is left before the SIM is blocked for ever",
        (Left::Told(left), _) => return format!("{left} tries are left"),
        (Left::AtMost(left), _) => {
            return format!("At most {left} tries are left; the modem does not say how many");
        }
        (Left::Unknown, _) => {
            "Check it before you try again: the modem does not say how many tries are left"
        }
    }
    .to_owned()
}
