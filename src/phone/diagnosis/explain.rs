//! From all that is known about the end of a call to what happened and one sentence.

use super::unanswered::unanswered;
use super::{Diagnosis, call_cause, call_cause_of_words, end_status_of_words, huawei_end_status};
use crate::phone::readiness::for_calls;
use crate::phone::{
    AccessTechnology, Direction, NetworkState, Registration, ReleaseCause, SimState,
    VoiceCapability,
};
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
    /// The other phone rang, as far as the modem told.
    pub alerted: bool,
    /// How long it was from the beginning to the end.
    pub lasted: Duration,
    /// Another call lived at that time.
    pub other_calls: bool,
    /// The network noted that outgoing calls are barred (`+CSSI: 5`), or said so when it was asked.
    pub barred: bool,
    /// It was a call for help: no recording of the network answers in its place.
    pub for_help: bool,
    /// 2G…5G at that time, where known.
    pub access: Option<AccessTechnology>,
    /// Registered for calls over LTE, where known.
    pub ims: Option<bool>,
    /// Whether the modem carries calls at all, where known.
    pub voice: VoiceCapability,
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
            alerted: false,
            lasted: Duration::MAX,
            other_calls: false,
            barred: false,
            for_help: false,
            access: None,
            ims: None,
            voice: VoiceCapability::Unknown,
            registration: Registration::Unknown,
            sim: SimState::Unknown,
            evidence: Vec::new(),
        }
    }

    /// What the network was like when it ended.
    pub fn note_network(&mut self, network: &NetworkState) {
        self.registration = for_calls(network);
        self.sim = network.sim.clone();
        self.access = network.access_technology;
        // Where calls fall back to circuits they need no IMS.
        let circuits = matches!(network.circuit, Registration::Home | Registration::Roaming);
        self.ims = network.ims.filter(|_| !circuits || network.fallback_avoided);
        self.voice = network.voice;
        self.barred |= network.outgoing_barred;
    }
}

/// An answered call shorter than this may have been a recording of the network.
const RECORDING: Duration = Duration::from_secs(20);

/// A recording that gives no cause is that short, and no phone rang before it.
const SHORT_RECORDING: Duration = Duration::from_secs(10);

/// Causes that an answered call can't end with: they speak of the number or of the other phone, so
/// that the network itself had answered, with a recording.
const OF_RECORDINGS: [u16; 13] = [1, 3, 8, 17, 18, 19, 21, 22, 27, 28, 29, 50, 88];

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
pub(super) fn cause_number(end: &CallEnd) -> Option<u16> {
    end.cause.filter(|&n| n != 0).or_else(|| call_cause_of_words(&end.words))
}

/// What a maker's own end status says, also where it stands in words.
pub(super) fn end_status(end: &CallEnd) -> Option<(&'static str, &'static str)> {
    let status = end.huawei_status.and_then(huawei_end_status);
    status.or_else(|| end_status_of_words(&end.words).and_then(huawei_end_status))
}

fn answered(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    let number = cause_number(end);
    if let Some(diagnosis) = recording(end, number) {
        return (ReleaseCause::Remote, diagnosis);
    }
    let normal = |n: &u16| matches!(n, 16 | 17 | 18 | 19 | 21 | 26 | 31);
    if let Some(row) = number.filter(|n| !normal(n)).and_then(call_cause) {
        if unregistered(end) {
            return (ReleaseCause::Unknown, lost_network());
        }
        let words = format!("The call was cut off: {}", lower_first(row.cause));
        return (ReleaseCause::Unknown, Diagnosis::new(&words, "Call again"));
    }
    if let Some((words, advice)) = end_status(end).filter(|_| number.is_none_or(|n| n == 16)) {
        let words = format!("The call was cut off: {}", lower_first(words));
        return (ReleaseCause::Unknown, Diagnosis::new(&words, advice));
    }
    if number.is_none() && unregistered(end) {
        return (ReleaseCause::Unknown, lost_network());
    }
    let short = end.talk_time.is_some_and(|talked| talked < SHORT_RECORDING);
    let placed = end.direction == Direction::MobileOriginated && !end.for_help;
    let advice = match short && placed {
        true => "If you heard a recording, the network answered in place of the number",
        false => "",
    };
    (ReleaseCause::Remote, Diagnosis::new("The other side ended the call", advice))
}

/// A recording of the network that answered in place of the number.
fn recording(end: &CallEnd, number: Option<u16>) -> Option<Diagnosis> {
    let talked = end.talk_time?;
    if end.direction != Direction::MobileOriginated || end.for_help || talked >= RECORDING {
        return None;
    }
    let number = number?;
    let row = call_cause(number)?;
    // A network that has a fault of its own drops the call; it does not speak of it.
    let speaks = OF_RECORDINGS.contains(&number);
    let unrung = !end.alerted && talked < SHORT_RECORDING && !matches!(number, 16 | 31);
    if !speaks && !unrung {
        return None;
    }
    let words = format!("A recording of the network answered: {}", lower_first(row.cause));
    Some(Diagnosis::new(&words, row.advice))
}

/// The network is gone.
fn unregistered(end: &CallEnd) -> bool {
    matches!(
        end.registration,
        Registration::NotRegistered
            | Registration::Searching
            | Registration::Denied
            | Registration::EmergencyOnly
    )
}

fn lost_network() -> Diagnosis {
    Diagnosis::new(
        "The modem lost the network during the call",
        "Move to a place with a better signal, then call again",
    )
}

fn missed(end: &CallEnd) -> (ReleaseCause, Diagnosis) {
    let diagnosis = match cause_number(end) {
        Some(26) => Diagnosis::new("The call was answered somewhere else", ""),
        _ => Diagnosis::new("The caller gave up before the answer", "Call back"),
    };
    (ReleaseCause::Remote, diagnosis)
}

pub(super) fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
