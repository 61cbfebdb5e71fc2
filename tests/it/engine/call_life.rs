//! What is kept of each call: one row with the right direction and outcome, and its detail.

use super::screening::detail;
use super::*;
use deskphone::phone::{CallDetail, CallRecord, Registration};

fn calls(rig: &mut Rig, from: &str) {
    let now = rig.now();
    let from = Some(from.to_owned());
    rig.modem.handle_action(NetworkAction::IncomingCall { from }, now);
    rig.until("the phone to ring", |rig| {
        rig.state.ringing_call().is_some_and(|call| call.remote.number().is_some())
    });
}

fn command(rig: &mut Rig, command: CallCommand) {
    rig.done(Command::Call(command)).unwrap();
}

fn state_of(rig: &Rig, number: &str) -> Option<CallState> {
    let known = |call: &&deskphone::phone::Call| {
        call.remote.number().is_some_and(|known| known.as_str() == number)
    };
    rig.state.calls.iter().find(known).map(|call| call.state.clone())
}

/// Direction, number, outcome of each row, oldest first.
fn rows(rig: &mut Rig) -> Vec<(Direction, String, Outcome)> {
    rig.run_for(Duration::from_secs(1));
    let mut rows: Vec<CallRecord> = history(rig);
    rows.reverse();
    let row = |row: &CallRecord| {
        let number = row.remote.number().map_or("", |number| number.as_str()).to_owned();
        (row.direction, number, row.outcome)
    };
    rows.iter().map(row).collect()
}

fn row(direction: Direction, number: &str, outcome: Outcome) -> (Direction, String, Outcome) {
    (direction, number.to_owned(), outcome)
}

use Direction::{MobileOriginated as Mo, MobileTerminated as Mt};

fn steps(detail: &CallDetail) -> Vec<&str> {
    detail.milestones.iter().map(|step| step.state.as_str()).collect()
}

#[test]
fn the_detail_of_a_call_tells_its_life() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(10));
    rig.send(dial("+15550100"));
    rig.until("the answer", |rig| state_of(rig, "+15550100") == Some(CallState::Active));
    let tones = deskphone::number::DtmfTones::parse("12#").unwrap();
    command(&mut rig, CallCommand::SendDtmf(tones));
    rig.run_for(Duration::from_secs(10));
    let id = rig.state.calls[0].id;
    command(&mut rig, CallCommand::Release(id));
    rig.until("the end", |rig| rig.state.calls.is_empty());
    rig.run_for(Duration::from_secs(1));
    let history = history(&mut rig);
    let detail = detail(&mut rig, &history[0]);
    assert_eq!(steps(&detail), ["dialing", "alerting", "active", "released"]);
    assert_eq!(detail.milestones[0].at_ms, 0);
    assert!(detail.milestones.is_sorted_by_key(|step| step.at_ms));
    assert_eq!(detail.registration, Registration::Home);
    assert_eq!(detail.signal, rig.state.network.signal);
    assert_eq!(
        (detail.operator, detail.keys.as_str()),
        (rig.state.network.operator.clone(), "12#")
    );
    let lines: Vec<(bool, &str)> =
        detail.transcript.iter().map(|line| (line.sent, line.text.as_str())).collect();
    assert_eq!(lines.iter().find(|(sent, _)| *sent), Some(&(true, "ATD+15550100;")));
    assert!(lines.contains(&(true, "AT+CLCC")) && lines.contains(&(false, "OK")));
    assert!(detail.transcript.is_sorted_by_key(|line| line.at_ms));
}

#[test]
fn a_failed_call_keeps_its_cause() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550104"));
    rig.until("the end", |rig| {
        rig.events
            .iter()
            .any(|event| matches!(event, Event::CallRecord(row) if row.outcome == Outcome::Failed))
    });
    let history = history(&mut rig);
    let detail = detail(&mut rig, &history[0]);
    // 24.008 §10.5.4.11: unassigned number.
    assert_eq!(detail.cause, Some(1));
    assert!(!detail.evidence.is_empty());
    rig.done(Command::DeleteCallRecord(history[0].id)).unwrap();
    let id = rig.query(Query::CallDetail(history[0].id));
    while let Some(event) = rig.try_event() {
        if let Event::Answer(of, answer) = event
            && of == id
        {
            assert_eq!(answer, Answer::CallDetail(None));
        }
    }
}

#[test]
fn each_call_of_a_conference_has_its_row() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.until("the first", |rig| state_of(rig, "+15550100") == Some(CallState::Active));
    calls(&mut rig, "+15550107");
    assert_eq!(state_of(&rig, "+15550107"), Some(CallState::Waiting));
    command(&mut rig, CallCommand::Answer);
    rig.until("the second", |rig| state_of(rig, "+15550107") == Some(CallState::Active));
    command(&mut rig, CallCommand::Merge);
    rig.until("the conference", |rig| rig.state.calls.iter().all(|call| call.multiparty));
    calls(&mut rig, "+15550106");
    command(&mut rig, CallCommand::Reject);
    rig.until("two calls", |rig| rig.state.calls.len() == 2);
    for id in rig.state.calls.iter().map(|call| call.id).collect::<Vec<_>>() {
        command(&mut rig, CallCommand::Release(id));
    }
    rig.until("the end", |rig| rig.state.calls.is_empty());
    let expected = [
        row(Mo, "+15550100", Outcome::Answered),
        row(Mt, "+15550107", Outcome::Answered),
        row(Mt, "+15550106", Outcome::Rejected),
    ];
    assert_eq!(rows(&mut rig), expected);
    assert_eq!(rig.state.missed_calls, 0);
    let first = history(&mut rig).pop().unwrap();
    let detail = detail(&mut rig, &first);
    assert_eq!(steps(&detail)[..4], ["dialing", "alerting", "active", "held"]);
}

#[test]
fn a_waiting_call_that_gives_up_is_a_missed_one() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.until("the first", |rig| state_of(rig, "+15550100") == Some(CallState::Active));
    calls(&mut rig, "+15550106");
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    rig.until("one call", |rig| rig.state.calls.len() == 1);
    rig.until("the count", |rig| rig.state.missed_calls == 1);
    let expected =
        [row(Mo, "+15550100", Outcome::Unfinished), row(Mt, "+15550106", Outcome::Missed)];
    assert_eq!(rows(&mut rig), expected);
}

#[test]
fn a_forwarded_call_is_neither_missed_nor_lost_from_the_history() {
    let mut rig = Rig::connected();
    rig.until("the offer", |rig| rig.state.identity.abilities.deflect);
    calls(&mut rig, "+15550106");
    let to = DialString::parse("+15550107").unwrap();
    let call = rig.state.ringing_call().unwrap().id;
    command(&mut rig, CallCommand::Deflect(call, to));
    rig.until("the end", |rig| rig.state.calls.is_empty());
    assert_eq!(rows(&mut rig), [row(Mt, "+15550106", Outcome::Rejected)]);
    let cause = history(&mut rig)[0].cause.clone();
    assert!(cause.starts_with("You forwarded the call"), "{cause}");
    assert_eq!(rig.state.missed_calls, 0);
}

#[test]
fn a_call_that_could_not_be_forwarded_and_gives_up_is_missed() {
    let mut rig = Rig::connected();
    rig.until("the offer", |rig| rig.state.identity.abilities.deflect);
    calls(&mut rig, "+15550106");
    rig.wire.swallows = Some("AT+CTFR");
    let to = DialString::parse("+15550107").unwrap();
    let call = rig.state.ringing_call().unwrap().id;
    let forwarded = rig.done(Command::Call(CallCommand::Deflect(call, to)));
    rig.wire.swallows = None;
    assert!(forwarded.is_err());
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    rig.until("the end", |rig| rig.state.calls.is_empty());
    assert_eq!(rows(&mut rig), [row(Mt, "+15550106", Outcome::Missed)]);
}

#[test]
fn two_transferred_calls_are_two_answered_ones() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.until("the first", |rig| state_of(rig, "+15550100") == Some(CallState::Active));
    calls(&mut rig, "+15550107");
    command(&mut rig, CallCommand::Answer);
    rig.until("the second", |rig| state_of(rig, "+15550107") == Some(CallState::Active));
    command(&mut rig, CallCommand::Transfer);
    rig.until("the end", |rig| rig.state.calls.is_empty());
    let expected =
        [row(Mo, "+15550100", Outcome::Answered), row(Mt, "+15550107", Outcome::Answered)];
    assert_eq!(rows(&mut rig), expected);
}
