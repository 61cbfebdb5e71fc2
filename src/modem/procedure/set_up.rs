//! The set-up as tables: what to tell a modem and what to ask it, and what to make of the answers.
//! Every one of these may be refused.

use super::super::core::Core;
use super::super::exchange::{Expect, Response};
use super::super::profile;
use super::super::queue::Priority;
use super::super::timers::Timer;
use super::super::types::ModemEvent;
use super::pin_tries;
use super::questions::{Question, Questions};
use super::sim_state::SIM_QUESTION;
use super::{ChooseMemory, PollCalls, Procedure, STATUS};
use crate::at::Charset;
use crate::at::response::{after, cind, cnum, cpms, free_text};
use crate::clock::Instant;
use crate::phone::SimState;
use std::time::Duration;

/// Without these nothing is begun: echo off, words rather than digits, errors with their numbers,
/// who it is, `OK` to `ATD` before the answer, and PDU mode.
pub(super) static ESSENTIAL: &[Question] = &[
    Question::setting(&["ATE0"]),
    Question::setting(&["ATQ0V1", "ATV1"]),
    Question::setting(&["AT+CMEE=2", "AT+CMEE=1"]),
    Question {
        lines: &["AT+CMEE?"],
        expect: Expect::Prefix("+CMEE"),
        seconds: 2,
        then: |response, core, _| {
            if response.is_ok() && !response.lines.is_empty() {
                core.facts.proof = Some(("AT+CMEE?", "+CMEE"));
            }
        },
    },
    Question {
        lines: &["AT+CGMI", "AT+GMI"],
        expect: Expect::Text,
        seconds: 3,
        then: |response, core, _| core.identity.manufacturer = text(response, "+CGMI"),
    },
    Question {
        lines: &["AT+CGMM", "AT+GMM"],
        expect: Expect::Text,
        seconds: 3,
        then: |response, core, _| {
            core.identity.model = text(response, "+CGMM");
            choose_profile(core);
        },
    },
    Question::setting(&["ATX4"]),
    Question::setting(&["AT+COLP=0"]),
    Question::setting(&["AT+CLIP=1"]),
    SIM_QUESTION,
    PDU_MODE,
    TOLD_MODE,
];

/// The other settings that need no SIM. `AT&D0`: closing the port must not end a call.
static TERMINAL: &[Question] = &[
    Question::setting(&["AT&D0"]),
    Question::setting(&["AT+CVHU=0"]),
    Question::setting(&["AT+CRC=1"]),
    Question::setting(&["AT+CCWA=1"]),
    Question::setting(&["AT+CSSN=1,1"]),
    REGISTRATION,
    LTE_REGISTRATION,
    Question {
        lines: &["AT+CGMR", "AT+GMR"],
        expect: Expect::Text,
        seconds: 3,
        then: |response, core, _| core.identity.revision = text(response, "+CGMR"),
    },
    Question {
        lines: &["AT+CGSN", "AT+GSN"],
        expect: Expect::Text,
        seconds: 3,
        then: |response, core, _| {
            let lines = response.lines.iter().map(String::as_str);
            core.identity.imei = free_text::digits(lines, "+CGSN", 14).unwrap_or_default();
            core.tell(ModemEvent::Identity(core.identity.clone()));
        },
    },
];

const REGISTRATION: Question = Question::setting(&["AT+CREG=2", "AT+CREG=1"]);
const LTE_REGISTRATION: Question = Question::setting(&["AT+CEREG=2", "AT+CEREG=1"]);

/// What a modem may have refused without a SIM, or while that was locked.
pub(super) static UNLOCKED: &[Question] = &[
    Question::setting(&["AT+COLP=0"]),
    Question::setting(&["AT+CLIP=1"]),
    Question::setting(&["AT+CCWA=1"]),
    Question::setting(&["AT+CSSN=1,1"]),
    REGISTRATION,
    LTE_REGISTRATION,
];

/// What needs the SIM, up to the choice of the memory for texts.
static SIM: &[Question] = &[
    PDU_MODE,
    TOLD_MODE,
    // What comes directly, such as class 0 and reports, is sent again until `+CNMA` says that it is
    // safe. Without this it is lost if nobody listens.
    Question::setting(&["AT+CSMS=1"]),
    Question {
        lines: &["AT+CSMS?"],
        expect: Expect::Prefix("+CSMS"),
        seconds: 3,
        then: |response, core, _| {
            let service = response.lines.iter().find_map(|line| after(line, "+CSMS"));
            // A `+CNMA` too many does no harm, one too few ends all routing.
            let told = service.is_some_and(|text| text.starts_with('1'));
            core.facts.acknowledges = told || response.timed_out();
        },
    },
    Question {
        lines: &["AT+CPMS=?"],
        expect: Expect::Prefix("+CPMS"),
        seconds: 5,
        then: |response, core, _| {
            let sets = response.lines.iter().find_map(|line| cpms::parse_test(line));
            let first = sets.into_iter().flatten().next().unwrap_or_default();
            core.facts.memories = first;
        },
    },
];

/// How new texts are announced: stored and told (`<mt>` 1), reports directly (`<ds>` 1), else
/// stored, else not at all. Many modems claim modes that they then refuse. Last come the modes that
/// route texts here (`<mt>` 2), which lose texts while nobody reads them: for modems that refuse
/// all others.
pub(super) static ROUTING: &[Question] = &[
    Question {
        lines: &[
            "AT+CNMI=2,1,0,1,0",
            "AT+CNMI=2,1,0,2,0",
            "AT+CNMI=2,1,0,0,0",
            "AT+CNMI=1,1,0,1,0",
            "AT+CNMI=1,1,0,2,0",
            "AT+CNMI=1,1,0,0,0",
            "AT+CNMI=3,1,0,1,0",
            "AT+CNMI=2,1",
            "AT+CNMI=1,1",
            "AT+CNMI=2,2,0,1,0",
            "AT+CNMI=1,2,0,1,0",
            "AT+CNMI=1,2",
        ],
        expect: Expect::Nothing,
        seconds: 5,
        then: |response, core, _| core.facts.announced = response.is_ok(),
    },
    // Some modems accept a mode and keep another.
    Question {
        lines: &["AT+CNMI?"],
        expect: Expect::Prefix("+CNMI"),
        seconds: 5,
        then: take_routing,
    },
];

/// What else is asked then.
static SIM_DETAILS: &[Question] = &[
    Question {
        lines: &["AT+CSCA?"],
        expect: Expect::Prefix("+CSCA"),
        seconds: 5,
        then: |_, _, _| {},
    },
    Question {
        lines: &["AT+CIMI"],
        expect: Expect::Text,
        seconds: 5,
        then: |response, core, _| {
            // Else it is asked for once more.
            if core.facts.services.card_doubt.is_none() {
                let lines = response.lines.iter().map(String::as_str);
                core.identity.imsi = free_text::digits(lines, "+CIMI", 14).unwrap_or_default();
            }
        },
    },
    Question {
        lines: &["AT+CNUM"],
        expect: Expect::Prefix("+CNUM"),
        seconds: 5,
        then: |response, core, _| {
            let own = response.lines.iter().filter_map(|line| cnum::parse(line));
            core.identity.own_numbers = own.map(|own| own.number).collect();
            core.tell(ModemEvent::Identity(core.identity.clone()));
        },
    },
];

/// Texts as PDUs (27.005 §3.2.3). A modem that refuses may be in that mode already.
const PDU_MODE: Question = Question {
    lines: &["AT+CMGF=0"],
    expect: Expect::Nothing,
    seconds: 3,
    then: |response, core, _| {
        core.facts.mode_unknown |= !response.is_ok() && core.facts.mode_tries < MODE_TRIES;
    },
};

/// Whether it is in that mode now. A bare `OK` may be another line's, and in the wrong mode a text
/// would go to a wrong number, so that only the answer itself is believed.
const TOLD_MODE: Question = Question {
    lines: &["AT+CMGF?"],
    expect: Expect::Prefix("+CMGF"),
    seconds: 3,
    then: |response, core, _| {
        let told = response.lines.iter().find_map(|line| after(line, "+CMGF"));
        let told = told.filter(|_| response.is_ok());
        let text_mode = told.is_some_and(|mode| mode.trim() == "1");
        core.facts.mode_tries = core.facts.mode_tries.saturating_add(1);
        core.facts.mode_unknown = told.is_none() && core.facts.mode_tries < MODE_TRIES;
        if told.is_none() {
            return;
        }
        core.facts.mode_tries = 0;
        core.facts.text_mode = text_mode;
        if text_mode {
            core.facts.parameters.clear();
            core.ask_once(Priority::Background, TEXT_MODE);
        }
    },
};

/// So often a modem is asked for PDU mode before it is believed to be in it. Not more often than a
/// question may be refused in a row, since nothing is learned from one that is not asked.
const MODE_TRIES: u8 = 3;

/// Asks again whether there is a PDU mode.
pub(in crate::modem) static MODE: &[Question] = &[PDU_MODE, TOLD_MODE];

/// So often a modem without PDU mode is asked for its character set when it does not answer.
const CHARSET_TRIES: u8 = 3;

/// For everything but texts.
static CHARSET: &[Question] = &[Question::setting(&["AT+CSCS=\"GSM\"", "AT+CSCS=\"IRA\""])];

/// For a modem without PDU mode: headers that say everything, and a character set that has every
/// character on a line of hex. `GSM` comes last, since it has characters that are control
/// characters on the wire.
static TEXT_MODE: &[Question] = &[
    Question::setting(&["AT+CSDH=1"]),
    Question::setting(&[
        "AT+CSCS=\"UCS2\"",
        "AT+CSCS=\"8859-1\"",
        "AT+CSCS=\"IRA\"",
        "AT+CSCS=\"GSM\"",
    ]),
    Question {
        lines: &["AT+CSCS?"],
        expect: Expect::Prefix("+CSCS"),
        seconds: 3,
        then: |response, core, _| {
            if response.timed_out() && core.facts.charset_tries < CHARSET_TRIES {
                core.facts.charset_tries += 1;
                core.ask_once(Priority::Background, TEXT_MODE);
            }
            let told = response.lines.iter().find_map(|line| after(line, "+CSCS"));
            let told = told.map(|name| name.trim_matches('"').to_ascii_uppercase());
            core.facts.charset = match told.as_deref() {
                // A name in its own character set, as some modems have it.
                Some("UCS2" | "0055004300530032") => Charset::Ucs2,
                Some("GSM") => Charset::Gsm,
                _ => Charset::Ira,
            };
        },
    },
];

/// Which indicator says that the memory for texts is full (27.007 §8.9).
pub(in crate::modem) static INDICATORS: &[Question] = &[Question {
    lines: &["AT+CIND=?"],
    expect: Expect::Prefix("+CIND"),
    seconds: 5,
    then: |response, core, _| {
        core.facts.indicators_asked = true;
        let mut told = response.lines.iter().flat_map(|line| cind::parse_test(line)).zip(1..);
        let full = told.find(|(indicator, _)| indicator.name == "smsfull");
        core.facts.full_indicator = full.map(|(_, number)| number);
    },
}];

/// A modem that waited for `+CNMA` in vain, perhaps while nobody was connected, has ended all
/// routing; what came since was not announced.
pub(super) static ROUTING_CHECK: &[Question] = &[Question {
    lines: &["AT+CNMI?"],
    expect: Expect::Prefix("+CNMI"),
    seconds: 5,
    then: |response, core, _| {
        let ended = mt_of(response).as_deref() == Some("0");
        if ended && (core.facts.announced || core.facts.routing_tries < ROUTING_TRIES) {
            core.ask_once(Priority::Background, ROUTING);
            super::list_messages::list_all(core);
        }
    },
}];

/// So often in a row a modem that does not announce texts is told to.
const ROUTING_TRIES: u8 = 4;

fn mt_of(response: &Response) -> Option<String> {
    let told = response.lines.iter().find_map(|line| after(line, "+CNMI"))?;
    told.split(',').nth(1).map(|mt| mt.trim().to_owned())
}

/// The answer to `AT+CNMI?`: what the modem really does.
fn take_routing(response: &Response, core: &mut Core, _now: Instant) {
    match mt_of(response).as_deref() {
        // It does not keep the mode, or a `+CNMA` that was due since before ended it just now.
        Some("0") => {
            core.facts.announced = false;
            core.facts.routing_tries = core.facts.routing_tries.saturating_add(1);
        }
        Some(_) => core.facts.routing_tries = 0,
        None => {}
    }
}

/// What a line of the user's own may have changed.
pub(in crate::modem) static AFTER_CONSOLE: &[Question] = &[
    Question::setting(&["ATE0"]),
    Question::setting(&["ATQ0V1", "ATV1"]),
    Question::setting(&["AT+CMEE=2", "AT+CMEE=1"]),
    Question::setting(&["ATX4"]),
    Question::setting(&["AT+COLP=0"]),
    Question::setting(&["AT+CLIP=1"]),
    PDU_MODE,
    TOLD_MODE,
];

fn text(response: &Response, prefix: &str) -> String {
    let lines = response.lines.iter().map(String::as_str);
    let text = if response.is_ok() { free_text::parse(lines, prefix) } else { None };
    text.unwrap_or_default()
}

fn choose_profile(core: &mut Core) {
    if core.options.profile.trim().is_empty() {
        let identity = &core.identity;
        core.profile = profile::by_identification(&identity.manufacturer, &identity.model);
    }
    core.identity.profile = core.profile.name.to_owned();
    core.tell(ModemEvent::Identity(core.identity.clone()));
}

/// After the essentials: the rest, in the background.
pub(super) fn begin_set_up(core: &mut Core, now: Instant) {
    // The maker's own reports come first: they are all that some modems tell of a call.
    let own = Questions::new(core.profile.set_up, |_, _| {});
    core.enqueue(Priority::Background, Procedure::Questions(own));
    if !core.facts.text_mode {
        core.ask_once(Priority::Background, CHARSET);
    }
    let terminal = Questions::new(TERMINAL, |_, _| {});
    core.enqueue(Priority::Background, Procedure::Questions(terminal));
    core.enqueue(Priority::PollCalls, Procedure::PollCalls(PollCalls::list()));
    let status = Questions::new(STATUS, |core, now| {
        core.timers.set(Timer::CheckStatus, super::status::STATUS_EVERY, now);
    });
    core.enqueue(Priority::Background, Procedure::Questions(status));
    super::ask_offers(core);
    match core.network().sim {
        // A modem that does not answer +CPIN? may have a SIM that works.
        SimState::Ready | SimState::Unknown => begin_sim_set_up(core, now),
        SimState::PinRequired(_) | SimState::PukRequired(_) => {
            pin_tries::ask(Priority::User, core);
            core.timers.set(Timer::CheckSim, Duration::from_secs(3), now);
        }
        _ => core.timers.set(Timer::CheckSim, Duration::from_secs(3), now),
    }
}

/// The SIM is ready: its part of the set-up, and the stored texts.
pub(in crate::modem) fn begin_sim_set_up(core: &mut Core, _now: Instant) {
    let runs = |procedure: &Procedure| match procedure {
        Procedure::Questions(questions) => questions.asks(SIM) || questions.asks(ROUTING),
        Procedure::ChooseMemory(_) => true,
        _ => false,
    };
    let sim = Questions::new(SIM, |core, _| {
        core.enqueue(Priority::Background, Procedure::ChooseMemory(ChooseMemory::default()));
    });
    core.enqueue_once(Priority::Background, Procedure::Questions(sim), runs);
}

/// The memory is chosen: have texts announced, then read what is there.
pub(super) fn begin_notifications(core: &mut Core, _now: Instant) {
    let notify = Questions::new(ROUTING, |core, now| {
        core.ask_once(Priority::Background, SIM_DETAILS);
        super::ask_sim_offers(core);
        core.facts.messages_ready = true;
        super::list_messages::list_all(core);
        core.timers.set(Timer::CheckMessages, core.check_messages_every(), now);
    });
    core.enqueue(Priority::Background, Procedure::Questions(notify));
}
