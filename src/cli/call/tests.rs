//! Calls followed to their end, with an engine that says what a test wants.

use super::*;
use crate::cli::rig_for_tests::{Closed, Kept, Rig, rig, status};
use crate::number::PhoneNumber;
use crate::phone::{Diagnosis, RemoteParty};

fn call(state: CallState, answered: bool) -> Call {
    Call {
        id: CallId(1),
        direction: Direction::MobileOriginated,
        state,
        remote: RemoteParty::Known(PhoneNumber::new("+15550100")),
        multiparty: false,
        held_by_other: false,
        keys: Default::default(),
        started_at: Instant::ZERO,
        state_since: Instant::ZERO,
        answered_at: answered.then_some(Instant::ZERO),
        diagnosis: Some(Diagnosis { cause: "It ended".to_owned(), ..Diagnosis::default() }),
    }
}

fn released(cause: ReleaseCause, answered: bool) -> Event {
    Event::Call(call(CallState::Released(cause), answered))
}

/// Dialing leads to `events`; hanging up releases the call, sending tones succeeds.
fn network(events: Vec<Event>, outcome: Option<CommandError>) -> Rig {
    rig(Vec::new(), move |command, request| match command {
        Command::Call(CallCommand::Dial(_)) => {
            let end = match outcome.clone() {
                None => Event::Done { request },
                Some(error) => Event::Failed { request, error, diagnosis: Diagnosis::default() },
            };
            events.iter().cloned().chain([end]).collect()
        }
        Command::Call(CallCommand::Release(_)) => {
            let answered = events.contains(&Event::Call(call(CallState::Active, true)));
            vec![released(ReleaseCause::Local, answered), Event::Done { request }]
        }
        _ => vec![Event::Done { request }],
    })
}

fn follow(rig: &mut Rig, plan: Plan, output: &mut Output) -> Result<ExitCode, CliError> {
    let number = DialString::parse("+15550100").unwrap();
    Follower::start(Dial::to(number), plan, &mut rig.session).follow(&mut rig.session, output)
}

const NO_PLAN: Plan = Plan { tones: None, hang_up_after: None };

#[test]
fn an_answered_call_gets_its_tones_and_is_hung_up_in_time() {
    let mut rig = network(
        vec![
            Event::Call(call(CallState::Dialing, false)),
            Event::Call(call(CallState::Dialing, false)),
            Event::Call(call(CallState::Alerting, false)),
            Event::Call(call(CallState::Active, true)),
        ],
        None,
    );
    let kept = Kept::default();
    let tones = DtmfTones::parse("12#").unwrap();
    let plan = Plan { tones: Some(tones.clone()), hang_up_after: Some(Duration::from_millis(20)) };
    let ended = follow(&mut rig, plan, &mut kept.output(true));
    assert_eq!(status(ended), "0");
    assert_eq!(kept.values("state"), ["dialing", "alerting", "active", "released"]);
    let sent = rig.sent.borrow();
    assert_eq!(sent[1], Command::Call(CallCommand::SendDtmf(tones)));
    assert_eq!(sent[2], Command::Call(CallCommand::Release(CallId(1))));
    assert_eq!(sent.len(), 3);
}

#[test]
fn what_is_to_be_done_after_the_answer_is_done_though_nothing_tells_of_it() {
    let untold =
        Notice { text: Notice::ANSWER_UNTOLD.to_owned(), advice: String::new(), problem: false };
    let mut asks = call(CallState::Dialing, false);
    asks.keys.asks = true;
    let events = vec![
        Event::Call(call(CallState::Dialing, false)),
        Event::Call(asks),
        Event::Notice(untold.clone()),
        Event::Notice(untold.clone()),
    ];
    let mut rig = network(events, None);
    let tones = DtmfTones::parse("12#").unwrap();
    let plan = Plan { tones: Some(tones.clone()), hang_up_after: Some(Duration::from_millis(20)) };
    let ended = follow(&mut rig, plan, &mut Kept::default().output(true));
    // Whether it was answered is not known.
    assert_eq!(status(ended), "1");
    let sent = rig.sent.borrow();
    let expected = [
        CallCommand::ContinueDial(CallId(1)),
        CallCommand::SendDtmf(tones),
        CallCommand::Release(CallId(1)),
    ];
    assert_eq!(sent[1..], expected.map(Command::Call));

    // The same for a call that rings for longer than any network lets it.
    let doubt =
        Notice { text: Notice::CALL_IN_DOUBT.to_owned(), advice: String::new(), problem: true };
    let events = vec![Event::Call(call(CallState::Alerting, false)), Event::Notice(doubt)];
    let mut rig = network(events, None);
    let plan = Plan { tones: None, hang_up_after: Some(Duration::from_millis(20)) };
    assert_eq!(status(follow(&mut rig, plan, &mut Kept::default().output(true))), "1");
    assert_eq!(rig.sent.borrow()[1..], [Command::Call(CallCommand::Release(CallId(1)))]);

    // If it is told after all, that is what counts.
    let events = vec![
        Event::Call(call(CallState::Dialing, false)),
        Event::Notice(untold),
        Event::Call(call(CallState::Active, true)),
    ];
    let mut rig = network(events, None);
    let plan = Plan { tones: None, hang_up_after: Some(Duration::from_millis(20)) };
    assert_eq!(status(follow(&mut rig, plan, &mut Kept::default().output(true))), "0");
}

#[test]
fn exit_status_tells_a_refusal_from_everything_else() {
    use CommandError::{Equipment, NoLink, NotAllowedNow, NotSupported, Refused, TimedOut};
    use ReleaseCause::{Busy, LinkLost, Local, NoAnswer, Remote, Unknown};
    let refused = |code: &str| Some(Refused(code.to_owned()));
    for (cause, answered, outcome, expected) in [
        (Busy, false, refused("BUSY"), "2"),
        (NoAnswer, false, None, "2"),
        (Unknown, false, refused("NO CARRIER"), "2"),
        (ReleaseCause::Refused(Some(1)), false, Some(Equipment(30)), "2"),
        // 27.007 §9.2.1: 3 is "operation not allowed", whoever does not allow it.
        (ReleaseCause::Refused(None), false, Some(Equipment(3)), "2"),
        (Unknown, false, refused("ERROR"), "2"),
        // What modems say that limit repeated attempts, such as BLACKLISTED.
        (Unknown, false, Some(NotSupported), "2"),
        (Unknown, false, Some(NotAllowedNow), "1"),
        (LinkLost, false, Some(NoLink), "1"),
        (Unknown, false, Some(TimedOut), "1"),
        (Local, false, None, "1"),
        (Remote, true, None, "0"),
        (LinkLost, true, Some(NoLink), "0"),
    ] {
        let events =
            vec![Event::Call(call(CallState::Dialing, false)), released(cause.clone(), answered)];
        let mut rig = network(events, outcome.clone());
        let ended = follow(&mut rig, NO_PLAN, &mut Kept::default().output(true));
        assert_eq!(status(ended), expected, "{cause:?} {outcome:?}");
    }
}

#[test]
fn a_call_that_nobody_saw_end_is_spoken_of() {
    let lost = call(CallState::Released(ReleaseCause::LinkLost), true);
    assert!(in_doubt(&lost).is_some_and(|words| words.contains("may still be going on")));
    for cause in [ReleaseCause::Local, ReleaseCause::Remote, ReleaseCause::Unknown] {
        assert_eq!(in_doubt(&call(CallState::Released(cause), true)), None);
    }
}

#[test]
fn ctrl_c_hangs_up_first() {
    let mut rig = network(vec![Event::Call(call(CallState::Alerting, false))], None);
    rig.interrupt.send(()).unwrap();
    let kept = Kept::default();
    let ended = follow(&mut rig, NO_PLAN, &mut kept.output(true));
    assert_eq!(status(ended), "1");
    assert_eq!(kept.values("state").last().map(String::as_str), Some("released"));
    let release = Command::Call(CallCommand::Release(CallId(1)));
    assert!(rig.sent.borrow().contains(&release));
}

#[test]
fn a_reader_that_left_does_not_leave_the_call_open() {
    let mut rig = network(vec![Event::Call(call(CallState::Active, true))], None);
    let mut output = Output::new(true, Box::new(Closed));
    assert_eq!(status(follow(&mut rig, NO_PLAN, &mut output)), "0");
    let release = Command::Call(CallCommand::Release(CallId(1)));
    assert!(rig.sent.borrow().contains(&release));

    let mut rig = network(vec![Event::Call(call(CallState::Alerting, false))], None);
    let mut output = Output::new(true, Box::new(Closed));
    assert_eq!(status(follow(&mut rig, NO_PLAN, &mut output)), "1");
    assert!(rig.sent.borrow().contains(&release));
}

#[test]
fn other_calls_are_not_ours() {
    let incoming = Call {
        id: CallId(9),
        direction: Direction::MobileTerminated,
        ..call(CallState::Waiting, false)
    };
    let events = vec![
        Event::Call(incoming),
        Event::Call(call(CallState::Dialing, false)),
        released(ReleaseCause::Busy, false),
    ];
    let mut rig = network(events, None);
    let kept = Kept::default();
    assert_eq!(status(follow(&mut rig, NO_PLAN, &mut kept.output(true))), "2");
    assert_eq!(kept.values("direction"), ["outgoing", "outgoing"]);
}

#[test]
fn a_refusal_without_a_call_is_said_in_words() {
    let mut rig = rig(Vec::new(), |_, request| {
        let diagnosis = Diagnosis {
            cause: "No modem is connected".to_owned(),
            advice: "Connect one".to_owned(),
            evidence: Vec::new(),
        };
        vec![Event::Failed { request, error: CommandError::NoLink, diagnosis }]
    });
    let ended = follow(&mut rig, NO_PLAN, &mut Kept::default().output(true));
    assert_eq!(ended, Err(CliError::new("No modem is connected", "Connect one")));
}
