//! What the modem offers, asked after the set-up, when nothing else waits: services of calls,
//! voice, calls over LTE, the mailbox, emergency numbers, tries of the PIN. Every one of these may
//! be refused, and none keeps a call waiting for more than one question.

use super::super::core::Core;
use super::super::exchange::{Expect, Outcome, Response};
use super::super::queue::Priority;
use super::super::types::ModemEvent;
use super::questions::{Question, Questions};
use super::{EmergencyNumbers, Procedure, pin_tries};
use crate::at::FinalResult;
use crate::at::response::{after, clck, cpbr, offers};
use crate::phone::{Abilities, VoiceCapability};

/// What needs no SIM.
static OFFERS: &[Question] = &[
    // The set-up asks for the GSM alphabet or ASCII; some modems know UCS-2 alone.
    Question {
        lines: &["AT+CSCS?"],
        expect: Expect::Prefix("+CSCS"),
        seconds: 3,
        then: |response, core, _| {
            let told = response.lines.iter().find_map(|line| after(line, "+CSCS"));
            let name = told.map(|name| name.trim_matches('"').to_ascii_uppercase());
            core.facts.services.always_ucs2 =
                matches!(name.as_deref(), Some("UCS2" | "0055004300530032"));
        },
    },
    Question {
        lines: &["AT+CHLD=?"],
        expect: Expect::Prefix("+CHLD"),
        seconds: 3,
        then: |response, core, _| {
            note_voice_refused(response, core);
            let Some(words) = response.lines.iter().find_map(|line| offers::call_hold(line)) else {
                return;
            };
            let has = |word: &str| words.iter().any(|known| known == word);
            change_abilities(core, |abilities| {
                abilities.hold = has("2");
                // Some modems name the forms with an index by no sign of their own.
                abilities.release_one = has("1x") || !has("1");
                abilities.private = has("2x");
                abilities.merge = has("3");
                abilities.transfer = has("4");
            });
        },
    },
    Question {
        lines: &["AT+FCLASS=?"],
        expect: Expect::Text,
        seconds: 3,
        then: |response, core, _| {
            let told = response.lines.iter().find_map(|line| offers::voice_class(line));
            match told {
                Some(true) => {
                    core.update_network(|network| network.voice = VoiceCapability::Offered);
                }
                Some(false) => core.facts.services.no_voice_class = true,
                None => {}
            }
        },
    },
    // Phones with voice know tones. That the fax classes lack voice says little by itself.
    Question {
        lines: &["AT+VTS=?"],
        expect: Expect::Nothing,
        seconds: 3,
        then: |response, core, _| {
            note_voice_refused(response, core);
            let services = &core.facts.services;
            if services.no_voice_class && services.voice_refused >= 2 {
                core.update_network(|network| network.voice = VoiceCapability::NotOffered);
            }
        },
    },
    Question {
        lines: &["AT+CMUT=?"],
        expect: Expect::Nothing,
        seconds: 3,
        then: |response, core, _| {
            let refused = is_refused(response);
            change_abilities(core, |abilities| abilities.mute = !refused);
        },
    },
    Question {
        lines: &["AT+CTFR=?"],
        expect: Expect::Nothing,
        seconds: 3,
        then: |response, core, _| {
            let offered = response.is_ok();
            change_abilities(core, |abilities| abilities.deflect = offered);
        },
    },
];

/// What the SIM or the network knows.
static SIM_OFFERS: &[Question] = &[
    // What the network says by itself, such as a balance after a call, is shown (27.007 §7.15).
    Question::setting(&["AT+CUSD=1"]),
    Question {
        lines: &["AT+CPBS=?"],
        expect: Expect::Prefix("+CPBS"),
        seconds: 3,
        then: |response, core, _| {
            let told = response.lines.iter().find_map(|line| cpbr::parse_memories(line));
            let offered = match told {
                Some(names) => names.iter().any(|name| name == "SM" || name == "0053004D"),
                None => !is_refused(response),
            };
            change_abilities(core, |abilities| abilities.phonebook = offered);
        },
    },
    Question {
        lines: &["AT+CSVM?"],
        expect: Expect::Prefix("+CSVM"),
        seconds: 3,
        then: |response, core, _| {
            if let Some(number) = response.lines.iter().find_map(|line| offers::voicemail(line)) {
                core.update_network(|network| network.voicemail_number = number);
            }
        },
    },
    Question {
        lines: &["AT+CLCK=\"SC\",2"],
        expect: Expect::Prefix("+CLCK"),
        seconds: 5,
        then: |response, core, _| {
            if let Some((on, _)) = response.lines.iter().find_map(|line| clck::parse(line)) {
                core.update_network(|network| network.pin_lock = Some(on));
            }
        },
    },
    // Reports of the registration for calls over LTE.
    Question::setting(&["AT+CIREG=2", "AT+CIREG=1"]),
    IMS_QUESTION,
    Question {
        lines: &["AT+CVMOD?"],
        expect: Expect::Prefix("+CVMOD"),
        seconds: 3,
        then: |response, core, _| take_circuits_only(response, core),
    },
];

const IMS_QUESTION: Question = Question {
    lines: &["AT+CIREG?"],
    expect: Expect::Prefix("+CIREG"),
    seconds: 3,
    then: |response, core, _| {
        if let Some(told) = response.lines.iter().find_map(|line| offers::ims_registration(line)) {
            note_ims(told, core);
        }
    },
};

/// The registration for calls over LTE once more.
static IMS: &[Question] = &[IMS_QUESTION];

/// The makers' own questions for it.
const QUECTEL_QUESTION: Question = Question {
    lines: &["AT+QCFG=\"ims\""],
    expect: Expect::Prefix("+QCFG"),
    seconds: 3,
    then: |response, core, _| {
        if let Some(told) = response.lines.iter().find_map(|line| offers::quectel_ims(line)) {
            note_ims(told, core);
        }
    },
};

static QUECTEL_IMS: &[Question] = &[QUECTEL_QUESTION];

/// While somebody waits with a call, both are asked.
static QUECTEL_BOTH: &[Question] = &[IMS_QUESTION, QUECTEL_QUESTION];

static SIMCOM_IMS: &[Question] = &[Question {
    lines: &["AT+CEVDP?"],
    expect: Expect::Prefix("+CEVDP"),
    seconds: 3,
    then: |response, core, _| take_circuits_only(response, core),
}];

fn makers_own(core: &Core) -> Option<&'static [Question]> {
    match core.profile.name {
        "Quectel" => Some(QUECTEL_IMS),
        "SIMCom" => Some(SIMCOM_IMS),
        _ => None,
    }
}

/// After the set-up that needs no SIM.
pub(in crate::modem) fn ask_offers(core: &mut Core) {
    core.ask_once(Priority::Check, OFFERS);
}

/// After the set-up of the SIM.
pub(in crate::modem) fn ask_sim_offers(core: &mut Core) {
    let questions = Questions::new(SIM_OFFERS, |core, _| {
        if let Some(own) = makers_own(core) {
            core.ask_once(Priority::Check, own);
        }
        let numbers = Procedure::EmergencyNumbers(EmergencyNumbers::default());
        core.enqueue(Priority::Check, numbers);
        pin_tries::ask(Priority::Check, core);
    });
    let same = |other: &Procedure| match other {
        Procedure::Questions(questions) => questions.asks(SIM_OFFERS),
        _ => false,
    };
    core.enqueue_once(Priority::Check, Procedure::Questions(questions), same);
}

/// Every now and then, where the modem has an answer.
pub(in crate::modem) fn ask_again(core: &mut Core) {
    if !core.facts.services.ims_told {
        return;
    }
    core.ask_once(Priority::Check, makers_own(core).unwrap_or(IMS));
}

/// These questions are those that are asked every now and then.
pub(super) fn asks_again(questions: &Questions) -> bool {
    questions.asks(IMS) || questions.asks(QUECTEL_IMS)
}

/// Before a call is refused that LTE may carry.
pub(in crate::modem) fn ask_for_call(core: &mut Core) {
    let table = if core.profile.name == "Quectel" { QUECTEL_BOTH } else { IMS };
    let questions = Questions::for_call(table, |core, _| core.dials.asked());
    core.enqueue_once(Priority::CallControl, Procedure::Questions(questions), asks_for_call);
}

/// A call waits for these questions.
pub(in crate::modem) fn asks_for_call(procedure: &Procedure) -> bool {
    matches!(procedure, Procedure::Questions(questions) if questions.call_waits())
}

/// A line that may be the report of a registration for calls over LTE.
pub(in crate::modem) fn take_report(line: &str, core: &mut Core) {
    if line.starts_with("+CIREG")
        && let Some(told) = offers::ims_registration(line)
    {
        note_ims(told, core);
    }
}

fn note_ims(registered: bool, core: &mut Core) {
    core.facts.services.ims_told = true;
    core.update_network(|network| network.ims = Some(registered));
}

/// Calls go over circuits alone: that is as good as not being registered for others.
fn take_circuits_only(response: &Response, core: &mut Core) {
    let told = response.lines.iter().find_map(|line| offers::circuits_only(line));
    if told == Some(true) && core.network().ims.is_none() {
        core.update_network(|network| network.ims = Some(false));
    }
}

fn change_abilities(core: &mut Core, change: impl FnOnce(&mut Abilities)) {
    let before = core.identity.abilities;
    change(&mut core.identity.abilities);
    if core.identity.abilities != before {
        core.tell(ModemEvent::Identity(core.identity.clone()));
    }
}

/// It does not know the command; a time-out says nothing.
fn is_refused(response: &Response) -> bool {
    match &response.outcome {
        Outcome::Final(FinalResult::Error | FinalResult::NotSupported(_)) => true,
        Outcome::Final(FinalResult::CmeError(error)) => {
            matches!(error.number, Some(3 | 4 | 50 | 100) | None)
        }
        _ => false,
    }
}

fn note_voice_refused(response: &Response, core: &mut Core) {
    let services = &mut core.facts.services;
    services.voice_refused = services.voice_refused.saturating_add(u8::from(is_refused(response)));
}
