//! Our calls against lists of calls, one comparison at a time.

use super::*;
use crate::at::FinalResult;
use crate::at::response::clcc;
use crate::at::response::clcc::ClccEntry;

fn at(seconds: u64) -> Instant {
    Instant::from_secs(seconds)
}

fn rows(lines: &[&str]) -> Vec<ClccEntry> {
    lines.iter().map(|line| clcc::parse(line).expect("a row of +CLCC")).collect()
}

/// What is told of the calls: number and state.
fn shown(calls: &Calls) -> Vec<(u32, &'static str)> {
    calls.list().iter().map(|call| (call.id.0, call.state.word())).collect()
}

/// A call of ours that the modem took.
fn dialed(calls: &mut Calls, number: &str, now: Instant) -> CallId {
    let id = calls.dial(PhoneNumber::new(number), now);
    let track = calls.track_mut(id).expect("it was just made");
    track.dial_outstanding = false;
    track.not_dialed = false;
    track.accepted = true;
    id
}

#[test]
fn a_row_moves_the_call_on_and_is_told_once() {
    let mut calls = Calls::default();
    dialed(&mut calls, "0100", at(0));
    calls.take_changed();
    for _ in 0..3 {
        calls.reconcile(&rows(&["+CLCC: 1,0,3,0,0,\"0100\",129"]), at(1));
    }
    assert_eq!(shown(&calls), [(1, "alerting")]);
    assert_eq!(calls.take_changed().len(), 1);
}

#[test]
fn a_listed_call_is_gone_after_three_lists_without_it_or_one_and_a_hint() {
    let mut calls = Calls::default();
    let first = dialed(&mut calls, "0100", at(0));
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(0));
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(1));
    calls.reconcile(&[], at(2));
    calls.reconcile(&[], at(3));
    assert!(!calls.any_ending());
    calls.reconcile(&[], at(4));
    assert!(calls.any_ending());
    calls.release(first, &NetworkState::default(), at(4));

    dialed(&mut calls, "0100", at(20));
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(21));
    calls.ended_hint(&FinalResult::NoCarrier, at(21));
    assert!(!calls.any_ending());
    calls.reconcile(&[], at(22));
    assert!(calls.any_ending());
}

#[test]
fn a_hint_that_the_list_denies_is_forgotten() {
    let mut calls = Calls::default();
    dialed(&mut calls, "0100", at(0));
    let list = rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]);
    calls.reconcile(&list, at(1));
    calls.ended_hint(&FinalResult::NoCarrier, at(1));
    calls.reconcile(&list, at(2));
    calls.reconcile(&[], at(3));
    assert!(!calls.any_ending());
}

#[test]
fn a_new_call_is_not_ended_by_the_last_words_of_the_one_before() {
    let mut calls = Calls::default();
    let old = dialed(&mut calls, "0100", at(0));
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(1));
    calls.release(old, &NetworkState::default(), at(2));
    dialed(&mut calls, "0200", at(3));
    calls.ended_hint(&FinalResult::NoCarrier, at(3));
    calls.reconcile(&[], at(3));
    assert!(!calls.any_ending(), "it is only not listed yet");
}

#[test]
fn an_answered_call_never_goes_back_so_the_row_is_another_call() {
    let mut calls = Calls::default();
    calls.ring(at(0));
    calls.reconcile(&rows(&["+CLCC: 1,1,4,0,0,\"0100\",129"]), at(0));
    calls.reconcile(&rows(&["+CLCC: 1,1,0,0,0,\"0100\",129"]), at(5));
    calls.reconcile(&rows(&["+CLCC: 1,1,4,0,0,\"0100\",129"]), at(60));
    calls.release_ending(&NetworkState::default(), at(60));
    assert_eq!(shown(&calls), [(2, "incoming")]);
}

#[test]
fn another_number_that_rings_is_another_caller() {
    let mut calls = Calls::default();
    calls.clip(Some("0100"), None, at(0));
    calls.clip(Some("0100"), None, at(4));
    assert_eq!(shown(&calls), [(1, "incoming")]);
    calls.clip(None, Some(1), at(8));
    calls.release_ending(&NetworkState::default(), at(8));
    assert_eq!(shown(&calls), [(2, "incoming")]);
    assert_eq!(calls.list()[0].remote, RemoteParty::Withheld);
}

#[test]
fn a_number_damaged_on_its_way_is_not_shown() {
    let mut calls = Calls::default();
    calls.clip(Some("b+15550100"), None, at(0));
    assert_eq!(calls.list()[0].remote, RemoteParty::NotAvailable);
}

#[test]
fn a_modem_that_lists_calls_without_end_is_believed_sixteen() {
    let mut calls = Calls::default();
    let list: Vec<String> = (1..=200).map(|n| format!("+CLCC: {n},1,0,0,0,\"0{n}\",129")).collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    calls.reconcile(&rows(&list), at(0));
    assert_eq!(calls.list().len(), MAX_CALLS);
}

#[test]
fn released_calls_are_never_numbered_again() {
    let mut calls = Calls::default();
    for n in 1..=3 {
        let id = dialed(&mut calls, "0100", at(n));
        assert_eq!(id.0, u32::try_from(n).unwrap());
        let (cause, diagnosis) = calls.release(id, &NetworkState::default(), at(n)).unwrap();
        assert_eq!(cause, ReleaseCause::Refused(None));
        assert!(!diagnosis.cause.is_empty());
    }
    assert!(calls.release(CallId(1), &NetworkState::default(), at(9)).is_none());
}

#[test]
fn of_two_rows_the_one_that_waits_is_the_caller_who_was_announced() {
    let mut calls = Calls::default();
    calls.waiting(Some("+15550100"), None, at(0));
    let list = ["+CLCC: 2,1,0,0,0,\"\",128", "+CLCC: 3,1,5,0,0,\"+15550100\",145"];
    calls.reconcile(&rows(&list), at(1));
    assert_eq!(shown(&calls), [(1, "waiting"), (2, "active")]);
    let numbers: Vec<bool> =
        calls.list().iter().map(|call| call.remote.number().is_some()).collect();
    assert_eq!(numbers, [true, false]);
}

#[test]
fn a_list_without_a_call_that_may_have_ended_is_not_useless() {
    for perhaps_ended in [false, true] {
        let mut calls = Calls::default();
        let first = dialed(&mut calls, "0100", at(0));
        calls.track_mut(first).expect("it was just made").alive = true;
        let second = calls.dial(PhoneNumber::new("0200"), at(60));
        if perhaps_ended {
            calls.others_perhaps_ended(second);
        }
        for second in 70..73 {
            calls.reconcile(&[], at(second));
        }
        let trust = if perhaps_ended { ListTrust::Unknown } else { ListTrust::Empty };
        assert_eq!(calls.trust, trust);
    }
}

#[test]
fn a_list_that_has_shown_one_row_once_is_doubted_when_it_leaves_the_call_out() {
    // The row may have come by itself, between the command and its OK.
    let mut calls = Calls::default();
    dialed(&mut calls, "0100", at(0));
    calls.reconcile(&rows(&["+CLCC: 1,0,2,0,0,\"0100\",129"]), at(1));
    for second in 2..9 {
        calls.reconcile(&[], at(second));
    }
    assert!(!calls.any_ending());
    assert!(calls.list_in_doubt(at(9)), "something else shall tell");
    calls.none_lives(at(9));
    assert!(calls.any_ending());
}

#[test]
fn rows_that_come_by_themselves_prove_a_list_only_if_it_shows_one_twice() {
    let mut calls = Calls::default();
    dialed(&mut calls, "0100", at(0));
    calls.distrust_list(ListTrust::Empty);
    calls.row_came_unasked(&rows(&["+CLCC: 1,0,2,0,0,\"0100\",129"])[0]);
    calls.reconcile(&rows(&["+CLCC: 1,0,3,0,0,\"0100\",129"]), at(1));
    assert_eq!(calls.trust, ListTrust::Empty);
    assert_eq!(shown(&calls), [(1, "alerting")], "it is a report all the same");
    calls.reconcile(&[], at(2));
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(3));
    assert_eq!(calls.trust, ListTrust::Empty);
    calls.reconcile(&rows(&["+CLCC: 1,0,0,0,0,\"0100\",129"]), at(4));
    assert_eq!(calls.trust, ListTrust::Works);
}

#[test]
fn a_call_that_is_not_dialed_yet_is_not_put_on_hold_with_the_others() {
    let mut calls = Calls::default();
    let first = dialed(&mut calls, "0100", at(0));
    calls.dial(PhoneNumber::new("112"), at(1));
    let rings = calls.add(
        Direction::MobileTerminated,
        CallState::Waiting,
        RemoteParty::NotAvailable,
        at(2),
    );
    calls.park_others(rings, at(3));
    assert_eq!(shown(&calls), [(first.0, "held"), (2, "dialing"), (3, "waiting")]);
}

#[test]
fn a_row_of_a_call_that_has_ended_leaves_no_empty_line_in_the_evidence() {
    let mut calls = Calls::default();
    let id = dialed(&mut calls, "0100", at(0));
    calls.reconcile(&rows(&["+CLCC: 1,0,6,0,0,\"0100\",129"]), at(1));
    let track = calls.track(id).expect("it is there");
    assert!(track.end_hint);
    assert_eq!(track.end.evidence, Vec::<String>::new());
}

#[test]
fn what_was_never_dialed_leaves_no_word_due() {
    let mut calls = Calls::default();
    let id = calls.dial(PhoneNumber::new("0100"), at(0));
    calls.release(id, &NetworkState::default(), at(1));
    assert!(!calls.word_due(at(2)));
    let id = dialed(&mut calls, "0100", at(20));
    calls.release(id, &NetworkState::default(), at(21));
    assert!(calls.word_due(at(22)));
}
