//! Why a call that we placed was not answered.

use super::explain::{CallEnd, cause_number, end_status};
use super::{Diagnosis, call_cause};
use crate::phone::{AccessTechnology, Registration, ReleaseCause, SimState, VoiceCapability};
use std::time::Duration;

/// A call that ends so soon was refused by the modem or the nearest cell: nobody was looked for.
const AT_ONCE: Duration = Duration::from_secs(5);

/// The end of a call of ours that nobody answered. What is said most exactly comes first: the
/// cause, the result, the maker's word, the error; what the network is like comes last.
pub(super) fn unanswered(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    if end.data_call {
        return refused(
            "The modem placed a data call instead of a voice call",
            "Check in the modem's manual whether it can make voice calls at all",
        );
    }
    // Only what speaks of a failure: 16 and 31 say that the call ended as it should, which an
    // unanswered one did not.
    let number = cause_number(end).filter(|number| !matches!(number, 16 | 31));
    // 29 is a facility that the network refused: this one, where it is known to bar calls.
    if let Some(number) = number
        && !(number == 29 && end.barred)
        && let Some(row) = call_cause(number)
    {
        return (release_cause(number), Diagnosis::new(row.cause, row.advice));
    }
    match end.result.as_str() {
        "BUSY" => return named(17),
        "NO ANSWER" => return named(19),
        _ => {}
    }
    if let Some((words, advice)) = end_status(end) {
        return refused(words, advice);
    }
    if let Some(refusal) = &end.refusal {
        return (ReleaseCause::Refused(None), refusal.clone());
    }
    if end.barred {
        let code = number.and_then(|number| u8::try_from(number).ok());
        return (ReleaseCause::Refused(code), outgoing_barred());
    }
    if let Some(diagnosis) = not_able(&end.sim, end.registration) {
        return (ReleaseCause::Refused(None), diagnosis);
    }
    if let Some(diagnosis) = no_voice_here(end) {
        return (ReleaseCause::Refused(None), diagnosis);
    }
    if matches!(cause_number(end), Some(16 | 31)) && end.alerted {
        return (
            ReleaseCause::NoAnswer,
            Diagnosis::new(
                "The call was ended before anybody answered",
                "Try again later, or send a text",
            ),
        );
    }
    (ReleaseCause::Refused(None), without_reason(end))
}

fn refused(cause: &str, advice: &str) -> (ReleaseCause, Diagnosis) {
    (ReleaseCause::Refused(None), Diagnosis::new(cause, advice))
}

/// The row's release cause and words, for a number that surely has a row.
fn named(number: u16) -> (ReleaseCause, Diagnosis) {
    let words = call_cause(number).map(|row| Diagnosis::new(row.cause, row.advice));
    (release_cause(number), words.unwrap_or_default())
}

fn release_cause(number: u16) -> ReleaseCause {
    match number {
        17 => ReleaseCause::Busy,
        18 | 19 => ReleaseCause::NoAnswer,
        21 => ReleaseCause::RejectedByRemote,
        _ => ReleaseCause::Refused(u8::try_from(number).ok()),
    }
}

/// Why no call is possible at all, if the SIM or the registration says so.
pub fn not_able(sim: &SimState, registration: Registration) -> Option<Diagnosis> {
    let (cause, advice) = match sim {
        SimState::NotInserted => ("No SIM card is inserted", "Insert a SIM card"),
        SimState::PinRequired(_) => ("The SIM card asks for its PIN", "Enter the PIN"),
        SimState::PukRequired(_) => {
            ("The SIM card is blocked and asks for its PUK", "Enter the PUK")
        }
        SimState::Failure => {
            ("The SIM card does not work", "Take the SIM card out, put it back, and try again")
        }
        SimState::Locked(_) => ("The modem is locked", "Ask for its unlock code"),
        SimState::Ready | SimState::Unknown => match registration {
            Registration::NotRegistered => (
                "The modem is not registered with a network",
                "Check the antenna and wait for a signal",
            ),
            Registration::Searching => (
                "The modem is still looking for a network",
                "Wait until it has found one; check the antenna",
            ),
            Registration::Denied => (
                "The network does not accept this SIM card",
                "Ask your operator whether the SIM is active",
            ),
            Registration::SmsOnly => (
                "The network allows this SIM texts but no calls here",
                "Ask your operator for voice service (VoLTE)",
            ),
            Registration::EmergencyOnly => {
                ("Only emergency calls are possible", "Ask your operator whether the SIM is active")
            }
            Registration::Unknown | Registration::Home | Registration::Roaming => return None,
        },
    };
    Some(Diagnosis::new(cause, advice))
}

/// Call barring is on for all calls from here (22.088).
pub fn outgoing_barred() -> Diagnosis {
    Diagnosis::new("Outgoing calls are barred", "Switch call barring off, or ask your operator")
}

/// The network carries data here and no calls, or the modem has no voice.
fn no_voice_here(end: &CallEnd) -> Option<Diagnosis> {
    if end.voice == VoiceCapability::NotOffered {
        return Some(Diagnosis::new(
            "This modem has no voice calls",
            "Use another modem: no setting and no firmware brings them to every model",
        ));
    }
    // Without calls over LTE the modem goes to 2G or 3G for a call; where there is none, the call
    // is over before it has begun.
    let (network, lte) = match end.access? {
        AccessTechnology::Lte => ("4G", true),
        AccessTechnology::Nr => ("5G", false),
        AccessTechnology::Gsm | AccessTechnology::Umts => return None,
    };
    if end.ims != Some(false) || end.lasted >= AT_ONCE || end.alerted {
        return None;
    }
    let cause = format!("The network here is {network}, and calls over it are not switched on");
    let advice = match lte {
        true => "Let the modem use 2G or 3G, or switch on calls over 4G (VoLTE) if it has them",
        false => "Let the modem use 2G or 3G, or switch on calls over 5G if it has them",
    };
    Some(Diagnosis::new(&cause, advice))
}

fn without_reason(end: &CallEnd) -> Diagnosis {
    let (cause, advice) = match end.result.as_str() {
        _ if end.other_calls && end.lasted < AT_ONCE && end.result != "NO CARRIER" => (
            "The modem is in a call already and takes no other",
            "End or hold the other call first",
        ),
        "NO DIALTONE" | "NO DIAL TONE" => {
            ("The modem has no network for a call", "Check the antenna, and end other calls first")
        }
        // Asking what has become of it ends a call that is still being set up (V.250 §5.6.1).
        "NO CARRIER" if end.timed_out && !end.alerted => {
            ("Nobody answered in time, as far as the modem told", "Try again later, or send a text")
        }
        "NO CARRIER" => (
            "The network ended the call without a reason",
            "Check the number; if every call ends so, this SIM or modem may have no voice service",
        ),
        // Where an answer is told by CONNECT.
        "OK" => (
            "The call was rejected, or the number can't be reached",
            "Try again later, or send a text",
        ),
        "" if end.timed_out => (
            "The modem did not answer the dial command",
            "Try again; unplug the modem and plug it in again if it stays silent",
        ),
        "" => ("The call ended and the modem gave no reason", "Try again"),
        _ => (
            "The modem refused to dial",
            "Check the number, and whether this modem can make voice calls",
        ),
    };
    Diagnosis::new(cause, advice)
}
