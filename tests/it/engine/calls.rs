//! Calls through the engine: their states, and their rows in the history.

use super::*;

#[test]
fn a_call_goes_through_its_states_and_into_the_history() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.until("the call to be active", |rig| {
        rig.state.calls.iter().any(|call| call.state == CallState::Active)
    });
    rig.run_for(Duration::from_secs(10));
    let id = rig.state.calls[0].id;
    rig.done(Command::Call(CallCommand::Release(id))).unwrap();
    rig.until("the call to be gone", |rig| rig.state.calls.is_empty());
    rig.run_for(Duration::from_secs(1));
    assert_eq!(
        call_states(&rig),
        [
            CallState::Dialing,
            CallState::Alerting,
            CallState::Active,
            CallState::Released(ReleaseCause::Local)
        ]
    );
    let history = history(&mut rig);
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].outcome, Outcome::Answered);
    let talked = history[0].talk_time.unwrap().as_secs();
    assert!((9..=13).contains(&talked), "{talked} s");
    assert!(rig.written_since(0).contains("ATD+15550100;\r"));
}

#[test]
fn a_service_code_is_never_dialed() {
    let mut rig = Rig::connected();
    rig.send(dial("*100#"));
    rig.until("the network's answer", |rig| rig.state.ussd.is_some());
    let written = rig.written_since(0);
    assert!(!written.contains("ATD") && written.contains("+CUSD=1"), "{written}");
}

#[test]
fn a_missed_call_is_counted_until_seen() {
    let mut rig = Rig::connected();
    let now = rig.now();
    let from = Some("+15550106".to_owned());
    rig.modem.handle_action(NetworkAction::IncomingCall { from }, now);
    rig.until("the phone to ring", |rig| rig.state.ringing_call().is_some());
    rig.run_for(Duration::from_secs(4));
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    rig.until("the caller to give up", |rig| rig.state.calls.is_empty());
    rig.until("the missed call to be counted", |rig| rig.state.missed_calls == 1);
    let history = history(&mut rig);
    assert_eq!(history[0].outcome, Outcome::Missed);
    assert_eq!(history[0].remote.number(), Some(&PhoneNumber::new("+15550106")));
    rig.done(Command::MarkCallsSeen).unwrap();
    assert_eq!(rig.state.missed_calls, 0);
}

#[test]
fn calls_without_a_modem_fail_at_once_and_say_why() {
    let mut rig = Rig::new();
    let request = rig.send(dial("+15550100"));
    assert_eq!(rig.outcome(request), Some(Err("No modem is connected".to_owned())));
}
