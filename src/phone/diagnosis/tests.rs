//! The words for what happened, checked against the causes' names in the specifications.

use super::*;
use crate::phone::{
    AccessTechnology, Direction, NetworkState, Registration, ReleaseCause, SimState,
};
use std::time::Duration;

fn mo() -> CallEnd {
    CallEnd::new(Direction::MobileOriginated)
}

fn explained(end: CallEnd) -> (ReleaseCause, String) {
    let (cause, diagnosis) = explain_call(&end);
    (cause, diagnosis.cause)
}

#[test]
fn every_cause_of_24_008_has_words() {
    // Table 10.5.123 of 3GPP TS 24.008, without the reserved values.
    let named = [
        1, 3, 6, 8, 16, 17, 18, 19, 21, 22, 25, 26, 27, 28, 29, 30, 31, 34, 38, 41, 42, 43, 44, 47,
        49, 50, 55, 57, 58, 63, 65, 68, 69, 70, 79, 81, 87, 88, 91, 95, 96, 97, 98, 99, 100, 101,
        102, 111, 127,
    ];
    for number in named {
        let row = call_cause(number).unwrap_or_else(|| panic!("cause {number} has no words"));
        assert!(!row.cause.ends_with('.') && !row.cause.is_empty(), "{number}");
    }
    assert_eq!(call_cause(2), None);
}

#[test]
fn busy_rejected_and_no_answer_are_told_apart() {
    let busy = CallEnd { result: "BUSY".into(), ..mo() };
    assert_eq!(explained(busy.clone()), (ReleaseCause::Busy, "The number is busy".into()));
    // Networks send BUSY for a rejected call too; the cause of 24.008 decides.
    let rejected = CallEnd { cause: Some(21), ..busy };
    assert_eq!(explained(rejected).0, ReleaseCause::RejectedByRemote);
    let words = CallEnd { words: "User busy".into(), ..mo() };
    assert_eq!(explained(words).0, ReleaseCause::Busy);
    let unanswered = CallEnd { result: "NO ANSWER".into(), ..mo() };
    assert_eq!(explained(unanswered).0, ReleaseCause::NoAnswer);
}

#[test]
fn a_bare_no_carrier_is_explained_by_the_registration() {
    let end = CallEnd { result: "NO CARRIER".into(), ..mo() };
    let denied = CallEnd { registration: Registration::Denied, ..end.clone() };
    assert_eq!(explained(denied).1, "The network does not accept this SIM card");
    let no_sim = CallEnd { sim: SimState::NotInserted, ..end.clone() };
    assert_eq!(explained(no_sim).1, "No SIM card is inserted");
    assert_eq!(explained(end).1, "The network ended the call without a reason");
}

#[test]
fn an_answered_call_ends_or_is_cut_off() {
    let end = CallEnd { talk_time: Some(Duration::from_secs(60)), ..mo() };
    let normal = CallEnd { cause: Some(16), ..end.clone() };
    assert_eq!(explained(normal).0, ReleaseCause::Remote);
    let cut = CallEnd { cause: Some(41), ..end };
    assert_eq!(explained(cut).1, "The call was cut off: the network had a temporary failure");
}

#[test]
fn who_ended_it_comes_before_what_the_modem_says() {
    let end = CallEnd { who: WhoEnded::Us, cause: Some(17), ..mo() };
    assert_eq!(explained(end).0, ReleaseCause::Local);
    let missed = CallEnd::new(Direction::MobileTerminated);
    assert_eq!(explained(missed.clone()).0, ReleaseCause::Remote);
    let rejected = CallEnd { who: WhoEnded::UsRejecting, ..missed };
    assert_eq!(explained(rejected).0, ReleaseCause::Rejected);
}

#[test]
fn texts_are_tried_again_for_causes_that_pass_and_for_no_other() {
    use crate::phone::CommandError;
    let outlook = |number| text_outlook(&CommandError::Message(number));
    // 24.011 annex E-2: 38, 41, 42, 47 speak of the state of the network; 27 of a user equipment
    // that may be off-line. 23.040 §9.2.3.22: 192 SC busy, 194 SC system failure.
    for number in [17, 22, 27, 38, 41, 42, 47, 192, 194, 314, 332, 500] {
        assert_eq!(outlook(number), Outlook::Passes, "{number}");
    }
    // 1, 8, 10, 21, 28, 30, 50, 69 speak of the subscriber or the number; 81–127 of the octets.
    let lasting = [1, 8, 10, 21, 28, 29, 30, 50, 69, 81, 95, 96, 97, 98, 99, 111, 127];
    for number in lasting.into_iter().chain(195..=211).chain(302..=305).chain([255, 320, 330]) {
        assert_eq!(outlook(number), Outlook::Lasts, "{number}");
    }
    assert_eq!(outlook(331), Outlook::NeedsNetwork);
    assert_eq!(outlook(311), Outlook::NeedsSim);
    assert_eq!(text_outlook(&CommandError::Refused("ERROR".into())), Outlook::Lasts);
    assert_eq!(text_outlook(&CommandError::Cancelled), Outlook::Lasts);
    let numbers: Vec<u16> = (0..600).filter(|&number| text_cause(number).is_some()).collect();
    assert!(numbers.iter().all(|&number| text_cause(number).is_some_and(|row| {
        row.number == number && !row.why.is_empty() && !row.why.ends_with('.')
    })));
}

#[test]
fn on_4g_a_call_that_could_fall_back_did_not_fail_for_want_of_ims() {
    let network = |circuit| NetworkState {
        registration: Registration::Home,
        circuit,
        access_technology: Some(AccessTechnology::Lte),
        ims: Some(false),
        sim: SimState::Ready,
        ..NetworkState::default()
    };
    let explained = |circuit| {
        let mut end = CallEnd { result: "NO CARRIER".into(), lasted: Duration::ZERO, ..mo() };
        end.note_network(&network(circuit));
        explain_call(&end).1.cause
    };
    assert!(explained(Registration::NotRegistered).contains("4G"));
    assert!(!explained(Registration::Home).contains("4G"), "27.007 §7.2: +CREG 1 beside LTE");
    assert_eq!(
        explained(Registration::SmsOnly),
        "The network allows this SIM texts but no calls here"
    );
}
