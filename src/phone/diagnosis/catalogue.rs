//! The catalogue of reasons why a call fails, each with the lines that modems give for it. They
//! are from the makers' manuals and from reports of users; the causes' numbers from 24.008.

use super::*;
use crate::phone::{
    AccessTechnology, Direction, Registration, ReleaseCause, SimState, VoiceCapability,
};
use std::time::Duration;

fn mo() -> CallEnd {
    CallEnd::new(Direction::MobileOriginated)
}

/// A call that ended with `NO CARRIER` one second after `ATD`.
fn at_once() -> CallEnd {
    CallEnd { result: "NO CARRIER".into(), lasted: Duration::from_secs(1), ..mo() }
}

fn answered(seconds: u64, cause: Option<u16>) -> CallEnd {
    let talk_time = Some(Duration::from_secs(seconds));
    CallEnd { talk_time, cause, result: "NO CARRIER".into(), alerted: true, ..mo() }
}

#[track_caller]
fn says(end: CallEnd, cause: &str, advice: &str) -> ReleaseCause {
    let (release, diagnosis) = explain_call(&end);
    assert!(diagnosis.cause.contains(cause), "“{}”", diagnosis.cause);
    assert!(diagnosis.advice.contains(advice), "“{}”", diagnosis.advice);
    assert!(!diagnosis.cause.ends_with('.') && !diagnosis.advice.ends_with('.'));
    release
}

#[test]
fn a_data_call() {
    says(CallEnd { data_call: true, ..mo() }, "data call instead of a voice call", "manual");
}

#[test]
fn no_network() {
    for (registration, cause, advice) in [
        (Registration::NotRegistered, "not registered", "antenna"),
        (Registration::Searching, "still looking for a network", "Wait"),
        (Registration::Denied, "does not accept this SIM", "operator"),
        (Registration::EmergencyOnly, "Only emergency calls", "operator"),
        (Registration::SmsOnly, "texts but no calls", "VoLTE"),
    ] {
        says(CallEnd { registration, ..at_once() }, cause, advice);
    }
}

#[test]
fn the_sim_is_missing_locked_or_faulty() {
    for (sim, cause) in [
        (SimState::NotInserted, "No SIM card"),
        (SimState::PinRequired(Some(3)), "asks for its PIN"),
        (SimState::PukRequired(None), "asks for its PUK"),
        (SimState::Failure, "does not work"),
        (SimState::Locked("PH-NET PIN".into()), "locked"),
    ] {
        says(CallEnd { sim, ..at_once() }, cause, "");
    }
}

#[test]
fn a_fixed_number_is_wanted() {
    // Cinterion's +CEER: 9,10,0.
    says(CallEnd { cause: Some(910), ..at_once() }, "fixed numbers", "fixed dialling off");
    let refusal = Diagnosis::new("The SIM allows calls to its fixed numbers only", "");
    says(CallEnd { refusal: Some(refusal), ..mo() }, "fixed numbers only", "");
}

#[test]
fn calls_are_barred() {
    let operator = says(CallEnd { cause: Some(8), ..at_once() }, "operator has barred", "operator");
    assert_eq!(operator, ReleaseCause::Refused(Some(8)));
    // Wavecom's +CEER: Error 252 and 253; +CSSI: 5 of 27.007 §7.17.
    says(CallEnd { cause: Some(252), ..at_once() }, "Outgoing calls are barred", "barring off");
    says(CallEnd { cause: Some(253), ..at_once() }, "Incoming calls are barred", "barring off");
    says(CallEnd { barred: true, ..at_once() }, "Outgoing calls are barred", "barring off");
    // The network that bars it may say no more than 29, facility rejected (24.008 table 10.5.123).
    let barred = CallEnd { barred: true, cause: Some(29), ..at_once() };
    let cause = says(barred, "Outgoing calls are barred", "barring off");
    assert_eq!(cause, ReleaseCause::Refused(Some(29)));
    let words = "Operator determined barring".to_owned();
    says(CallEnd { words, ..at_once() }, "operator has barred", "operator");
}

#[test]
fn the_credit_is_used_up() {
    says(CallEnd { cause: Some(68), ..at_once() }, "credit is used up", "Top up");
    // ^CEND:1,0,105
    says(CallEnd { huawei_status: Some(105), ..at_once() }, "credit is used up", "Top up");
    says(CallEnd { words: "No funds".into(), ..at_once() }, "credit is used up", "Top up");
}

#[test]
fn the_sim_has_no_voice() {
    for (cause, words) in [
        (50, "not subscribed to voice"),
        (57, "not allowed to make voice calls"),
        (63, "no voice service for this SIM"),
        (29, "refused the service"),
    ] {
        says(CallEnd { cause: Some(cause), ..at_once() }, words, "");
    }
}

#[test]
fn lte_without_calls_over_it() {
    let lte = CallEnd { access: Some(AccessTechnology::Lte), ims: Some(false), ..at_once() };
    says(lte.clone(), "The network here is 4G, and calls over it are not switched on", "VoLTE");
    // A call that was under way, or one on 3G, fails for another reason.
    let late = CallEnd { lasted: Duration::from_secs(20), ..lte.clone() };
    says(late, "without a reason", "Check the number");
    let umts = CallEnd { access: Some(AccessTechnology::Umts), ..lte.clone() };
    says(umts, "without a reason", "Check the number");
    says(CallEnd { ims: Some(true), ..lte.clone() }, "without a reason", "");
    says(CallEnd { ims: None, ..lte }, "without a reason", "no voice service");
}

#[test]
fn the_number_is_wrong() {
    for (cause, words) in
        [(1, "not in service"), (28, "badly formed"), (22, "has changed"), (3, "no way")]
    {
        says(CallEnd { cause: Some(cause), ..at_once() }, words, "Check the number");
    }
}

#[test]
fn busy_no_answer_and_rejected() {
    assert_eq!(says(CallEnd { cause: Some(17), ..mo() }, "busy", "again"), ReleaseCause::Busy);
    for cause in [18, 19] {
        let release = says(CallEnd { cause: Some(cause), ..mo() }, "", "send a text");
        assert_eq!(release, ReleaseCause::NoAnswer);
    }
    let rejected = says(CallEnd { cause: Some(21), ..mo() }, "rejected by the other side", "");
    assert_eq!(rejected, ReleaseCause::RejectedByRemote);
    // Normal clearing after the other phone rang, and nobody answered.
    let rang = CallEnd { cause: Some(16), alerted: true, ..at_once() };
    assert_eq!(says(rang, "ended before anybody answered", "later"), ReleaseCause::NoAnswer);
}

#[test]
fn congestion_passes() {
    for cause in [34, 38, 41, 42, 44, 47] {
        says(CallEnd { cause: Some(cause), ..at_once() }, "", "Try again in a");
    }
}

#[test]
fn in_a_call_already() {
    let dialtone = CallEnd { result: "NO DIALTONE".into(), ..at_once() };
    says(CallEnd { other_calls: true, ..dialtone.clone() }, "in a call already", "hold");
    says(dialtone, "no network for a call", "antenna");
    let refused = CallEnd { result: "+CME ERROR: 3".into(), other_calls: true, ..at_once() };
    says(refused, "in a call already", "hold");
}

#[test]
fn the_modem_has_no_voice() {
    let voice = VoiceCapability::NotOffered;
    says(CallEnd { voice, ..at_once() }, "no voice calls", "another modem");
}

#[test]
fn the_modem_is_silent() {
    says(CallEnd { timed_out: true, ..mo() }, "did not answer the dial command", "unplug");
    // One that says `OK` at the answer alone is asked after two minutes, which ends the call.
    let asked = CallEnd { timed_out: true, result: "NO CARRIER".to_owned(), ..mo() };
    says(asked, "Nobody answered in time", "later");
}

#[test]
fn a_recording_answered() {
    // The network connects us to a recording, speaks, and releases with the true cause.
    for (cause, words) in [
        (1, "A recording of the network answered: the number is not in service"),
        (17, "A recording of the network answered: the number is busy"),
        (18, "A recording of the network answered: the phone called did not respond"),
        (27, "A recording of the network answered: the phone called can't be reached"),
    ] {
        says(answered(8, Some(cause)), words, "");
    }
    // Without alerting, a few seconds, and not normal clearing.
    let unrung = CallEnd { alerted: false, ..answered(4, Some(41)) };
    says(unrung, "A recording of the network answered", "");
    // After minutes it was a conversation.
    says(answered(300, Some(27)), "cut off", "Call again");
    says(answered(8, Some(16)), "The other side ended the call", "If you heard a recording");
    says(answered(60, Some(16)), "The other side ended the call", "");
    // Nobody's recording answers a call for help.
    let help = |cause| CallEnd { for_help: true, ..answered(8, Some(cause)) };
    assert_eq!(explain_call(&help(16)).1.advice, "");
    says(help(27), "The call was cut off: ", "Call again");
}

#[test]
fn the_network_dropped_a_call() {
    for cause in [27, 38, 41, 102, 127] {
        says(answered(90, Some(cause)), "The call was cut off: ", "Call again");
    }
    let gone = Registration::Searching;
    for cause in [None, Some(41)] {
        let end = CallEnd { registration: gone, ..answered(90, cause) };
        says(end, "The modem lost the network during the call", "better signal");
    }
    // Normal clearing is the other side's doing, wherever the modem is now.
    let end = CallEnd { registration: gone, ..answered(90, Some(16)) };
    assert_eq!(says(end, "The other side ended the call", ""), ReleaseCause::Remote);
    // ^CEND:1,90,22 and +CEER: Signal fade.
    says(
        CallEnd { huawei_status: Some(22), ..answered(90, None) },
        "the signal was lost",
        "better",
    );
    let words = "Signal fade".to_owned();
    says(CallEnd { words, ..answered(90, None) }, "the signal was lost", "better");
}

#[test]
fn a_word_for_every_end_of_a_qualcomm_chip() {
    for (words, cause) in [
        ("No service", "no service"),
        ("Released by base station", "network ended the call"),
        ("Reorder", "sent the call back"),
        ("No GW service", "no voice service"),
    ] {
        says(CallEnd { words: words.into(), ..at_once() }, cause, "");
    }
    // It was ended here, which the result does not contradict.
    says(CallEnd { words: "Client ended call".into(), ..at_once() }, "without a reason", "");
}

#[test]
fn no_two_causes_have_the_same_words() {
    let rows: Vec<_> = (0..1000).filter_map(call_cause).collect();
    assert!(rows.len() >= 57);
    for (at, row) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            assert_ne!(row.cause, other.cause, "{} and {}", row.number, other.number);
        }
    }
}
