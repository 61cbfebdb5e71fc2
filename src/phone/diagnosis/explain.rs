//! From all that is known about the end of a call to what happened and one sentence.

use super::{Diagnosis, call_cause, call_cause_of_words, huawei_end_status};
use crate::phone::{Direction, Registration, ReleaseCause, SimState};
use std::time::Duration;

/// Who ended the call, as far as we know.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum WhoEnded {
    /// We did not: the other side, the network or the modem.
    #[default]
    NotUs,
    /// The user ended or gave it up.
    Us,
    /// The user rejected it.
    UsRejecting,
    /// Nobody knows: the link to the modem is gone, or the modem is silent or restarted.
    LinkLost,
}

/// What is known about the end of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallEnd {
    /// Who set it up.
    pub direction: Direction,
    /// Who ended it.
    pub who: WhoEnded,
    /// How long it was answered; `None` if it never was.
    pub talk_time: Option<Duration>,
    /// The final result code or the unsolicited one: `NO CARRIER`, `BUSY`; empty if none came.
    pub result: String,
    /// `+CME ERROR: <n>` to the dial command, in words; `None` for the errors that only say that
    /// something failed.
    pub refusal: Option<Diagnosis>,
    /// The cause of 24.008, from `+CEER` or a maker's own report.
    pub cause: Option<u16>,
    /// The words of the report, where it had no number.
    pub words: String,
    /// `<end_status>` of Huawei's `^CEND`.
    pub huawei_status: Option<u16>,
    /// The modem answered `CONNECT` as for a data call.
    pub data_call: bool,
    /// No final result came in time.
    pub timed_out: bool,
    /// The registration at that time.
    pub registration: Registration,
    /// The SIM at that time.
    pub sim: SimState,
    /// The modem's lines that say so.
    pub evidence: Vec<String>,
}

impl CallEnd {
    /// A call of this direction that ended, and nothing more is known.
    pub fn new(direction: Direction) -> Self {
        CallEnd {
            direction,
            who: WhoEnded::NotUs,
            talk_time: None,
            result: String::new(),
            refusal: None,
            cause: None,
            words: String::new(),
            huawei_status: None,
            data_call: false,
            timed_out: false,
            registration: Registration::Unknown,
            sim: SimState::Unknown,
            evidence: Vec::new(),
        }
    }
}

/// An answered call shorter than this may have been a recording of the network.
const RECORDING: Duration = Duration::from_secs(10);

/// What happened, and the sentence for it.
pub fn explain_call(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    let (cause, diagnosis) = match (end.who, end.direction) {
        (WhoEnded::LinkLost, _) => (
            ReleaseCause::LinkLost,
            Diagnosis::new(
                "The connection to the modem was lost",
                "Check the cable; the program connects again by itself",
            ),
        ),
        (WhoEnded::Us, _) if end.talk_time.is_some() => {
            (ReleaseCause::Local, Diagnosis::new("You ended the call", ""))
        }
        (WhoEnded::Us, Direction::MobileOriginated) => {
            (ReleaseCause::Local, Diagnosis::new("You gave up before the answer", ""))
        }
        (WhoEnded::Us | WhoEnded::UsRejecting, _) => {
            (ReleaseCause::Rejected, Diagnosis::new("You rejected the call", ""))
        }
        (WhoEnded::NotUs, _) if end.talk_time.is_some() => answered(end),
        (WhoEnded::NotUs, Direction::MobileTerminated) => missed(end),
        (WhoEnded::NotUs, Direction::MobileOriginated) => unanswered(end),
    };
    (cause, diagnosis.with_evidence(end.evidence.iter().cloned()))
}

/// The cause by number, or else by the words of the report.
fn cause_number(end: &CallEnd) -> Option<u16> {
    end.cause.filter(|&n| n != 0).or_else(|| call_cause_of_words(&end.words))
}

fn answered(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    let number = cause_number(end).filter(|n| !matches!(n, 16 | 17 | 19 | 21 | 31));
    if let Some(row) = number.and_then(call_cause) {
        let words = format!("The call was cut off: {}", lower_first(row.cause));
        return (ReleaseCause::Unknown, Diagnosis::new(&words, "Call again"));
    }
    if let Some((words, advice)) = end.huawei_status.and_then(huawei_end_status) {
        let words = format!("The call was cut off: {}", lower_first(words));
        return (ReleaseCause::Unknown, Diagnosis::new(&words, advice));
    }
    let advice = match end.talk_time {
        Some(talked) if talked < RECORDING && end.direction == Direction::MobileOriginated => {
            "If you heard a recording, the network answered in place of the number"
        }
        _ => "",
    };
    (ReleaseCause::Remote, Diagnosis::new("The other side ended the call", advice))
}

fn missed(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    let diagnosis = match cause_number(end) {
        Some(26) => Diagnosis::new("The call was answered somewhere else", ""),
        _ => Diagnosis::new("The caller gave up before the answer", "Call back"),
    };
    (ReleaseCause::Remote, diagnosis)
}

fn unanswered(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    if end.data_call {
        return (
            ReleaseCause::Refused(None),
            Diagnosis::new(
                "The modem placed a data call instead of a voice call",
                "Check in the modem's manual whether it can make voice calls at all",
            ),
        );
    }
    // Only what speaks of a failure: 16 and 31 say that the call ended as it should, which an
    // unanswered one did not.
    if let Some(number) = cause_number(end).filter(|n| !matches!(n, 16 | 31))
        && let Some(row) = call_cause(number)
    {
        return (release_cause(number), Diagnosis::new(row.cause, row.advice));
    }
    match end.result.as_str() {
        "BUSY" => return named(17),
        "NO ANSWER" => return named(19),
        _ => {}
    }
    if let Some((words, advice)) = end.huawei_status.and_then(huawei_end_status) {
        return (ReleaseCause::Refused(None), Diagnosis::new(words, advice));
    }
    if let Some(refusal) = &end.refusal {
        return (ReleaseCause::Refused(None), refusal.clone());
    }
    if let Some(diagnosis) = not_able(&end.sim, end.registration) {
        return (ReleaseCause::Refused(None), diagnosis);
    }
    (ReleaseCause::Refused(None), without_reason(end))
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

fn without_reason(end: &CallEnd) -> Diagnosis {
    let (cause, advice) = match end.result.as_str() {
        "NO DIALTONE" | "NO DIAL TONE" => {
            ("The modem has no network for a call", "Check the antenna, and end other calls first")
        }
        "NO CARRIER" => (
            "The network ended the call without a reason",
            "Check the number; if every call ends so, this SIM or modem may have no voice service",
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

fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
