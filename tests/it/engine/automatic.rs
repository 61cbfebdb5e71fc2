//! What happens by itself: calls are answered, busy numbers dialed again; and calls are rejected
//! with a text.

use super::*;
use deskphone::clock::WallTime;
use deskphone::phone::{CallId, Redial, Settings};
use deskphone::simulator::network::{CallAction, Registration};
use deskphone::simulator::{SimulatedModem, SimulatorOptions};

fn with(change: impl FnOnce(&mut Settings)) -> Rig {
    let mut rig = Rig::connected();
    let mut settings = rig.state.settings.clone();
    change(&mut settings);
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig
}

fn somebody_calls(rig: &mut Rig, from: Option<&str>) {
    let now = rig.now();
    let from = from.map(str::to_owned);
    rig.modem.handle_action(NetworkAction::IncomingCall { from }, now);
}

fn active(rig: &Rig) -> bool {
    rig.state.calls.iter().any(|call| call.state == CallState::Active)
}

fn redials(rig: &Rig) -> Vec<Option<Redial>> {
    let told = rig.events.iter().filter_map(|event| match event {
        Event::Redial(redial) => Some(redial.clone()),
        _ => None,
    });
    told.collect()
}

fn dialed(rig: &Rig) -> usize {
    rig.written_since(0).matches("ATD").count()
}

#[test]
fn a_call_is_answered_after_the_time_that_was_chosen() {
    let mut rig = with(|settings| settings.auto_answer_seconds = 5);
    somebody_calls(&mut rig, Some("+15550106"));
    rig.until("the phone to ring", |rig| rig.state.ringing_call().is_some());
    rig.run_for(Duration::from_millis(4900));
    assert!(!active(&rig));
    rig.until("the answer", active);
    let call = &rig.state.calls[0];
    let waited = call.answered_at.unwrap().since(call.started_at);
    assert!((5000..6000).contains(&waited.as_millis()), "{waited:?}");
    assert_eq!(rig.written_since(0).matches("ATA\r").count(), 1);
}

#[test]
fn a_waiting_call_and_a_blocked_one_are_not_answered_by_themselves() {
    let mut rig = with(|settings| {
        settings.auto_answer_seconds = 1;
        settings.block_list = vec!["+15550106".to_owned()];
    });
    somebody_calls(&mut rig, Some("+15550106"));
    rig.run_for(Duration::from_secs(5));
    assert_eq!(history(&mut rig)[0].outcome, Outcome::Blocked);
    rig.send(dial("+15550100"));
    rig.until("a call", active);
    somebody_calls(&mut rig, Some("+15550108"));
    rig.run_for(Duration::from_secs(6));
    assert!(rig.state.calls.iter().any(|call| call.state == CallState::Waiting));
    let written = rig.written_since(0);
    assert!(!written.contains("ATA\r") && !written.contains("CHLD=2"), "{written}");
}

#[test]
fn a_busy_number_is_dialed_again_and_no_more_than_was_chosen() {
    let mut rig = with(|settings| {
        settings.redial_attempts = 2;
        settings.redial_pause_seconds = 20;
    });
    rig.send(dial("+15550101"));
    rig.until("the first redial to be announced", |rig| rig.state.redial.is_some());
    let redial = rig.state.redial.clone().unwrap();
    assert_eq!((redial.number.as_str(), redial.attempt, redial.of), ("+15550101", 2, 3));
    let pause = redial.at.since(rig.now());
    assert!(pause > Duration::from_secs(19) && pause <= Duration::from_secs(20), "{pause:?}");
    rig.run_for(Duration::from_secs(200));
    assert_eq!(dialed(&rig), 3);
    assert!(rig.state.redial.is_none());
    let attempts: Vec<Option<u8>> =
        redials(&rig).iter().map(|told| told.as_ref().map(|redial| redial.attempt)).collect();
    assert_eq!(attempts, [Some(2), None, Some(3), None]);
    let history = history(&mut rig);
    assert_eq!(history.len(), 3, "a row for each try");
    assert!(history.iter().all(|record| record.outcome == Outcome::Failed));
}

#[test]
fn what_can_not_succeed_is_not_dialed_again() {
    // Rejects; not in service; busy but an emergency number is never dialed by itself.
    for number in ["+15550103", "+15550104"] {
        let mut rig = with(|settings| settings.redial_attempts = 5);
        rig.send(dial(number));
        rig.run_for(Duration::from_secs(120));
        assert_eq!((dialed(&rig), redials(&rig).len()), (1, 0), "{number}");
    }
    // The user gave up.
    let mut rig = with(|settings| settings.redial_attempts = 5);
    rig.send(dial("+15550102"));
    rig.run_for(Duration::from_secs(5));
    let id = rig.state.calls[0].id;
    rig.done(Command::Call(CallCommand::Release(id))).unwrap();
    rig.run_for(Duration::from_secs(120));
    assert_eq!((dialed(&rig), redials(&rig).len()), (1, 0));
}

#[test]
fn a_redial_ends_with_a_word_of_the_user_another_number_or_the_link() {
    type End = fn(&mut Rig);
    let ends: [(&str, End); 4] = [
        ("cancel", |rig| rig.done(Command::Call(CallCommand::CancelRedial)).unwrap()),
        ("another number", |rig| {
            rig.send(dial("+15550100"));
        }),
        ("disconnect", |rig| rig.done(Command::Link(LinkCommand::Disconnect)).unwrap()),
        ("unplug", Rig::unplug),
    ];
    for (what, end) in ends {
        let mut rig = with(|settings| settings.redial_attempts = 5);
        rig.send(dial("+15550101"));
        rig.until("a redial", |rig| rig.state.redial.is_some());
        end(&mut rig);
        rig.until("the end of it", |rig| rig.state.redial.is_none());
        rig.run_for(Duration::from_secs(100));
        let again = rig.written_since(0).matches("ATD+15550101").count();
        assert_eq!(again, 1, "{what}");
    }
}

#[test]
fn a_redial_waits_until_somebody_else_has_called() {
    // The one who was busy calls back: once he was spoken to, he is not dialed any more.
    for (caller, answered, again) in [
        ("+15550106", false, 2),
        ("+15550106", true, 2),
        ("+15550101", false, 2),
        ("+15550101", true, 1),
    ] {
        let mut rig = with(|settings| settings.redial_attempts = 1);
        rig.send(dial("+15550101"));
        rig.until("a redial", |rig| rig.state.redial.is_some());
        somebody_calls(&mut rig, Some(caller));
        rig.until("it to be put off", |rig| rig.state.redial.is_none());
        rig.until("the number", |rig| {
            rig.state.ringing_call().is_some_and(|call| call.remote.number().is_some())
        });
        if answered {
            rig.done(Command::Call(CallCommand::Answer)).unwrap();
        }
        // Longer than the pause before a redial.
        rig.run_for(Duration::from_secs(4));
        assert_eq!(dialed(&rig), 1, "{caller} {answered}");
        let id = rig.state.calls[0].id;
        rig.done(Command::Call(CallCommand::Release(id))).unwrap();
        rig.run_for(Duration::from_secs(100));
        assert_eq!(dialed(&rig), again, "{caller} {answered}");
        assert!(rig.state.redial.is_none());
    }
}

#[test]
fn a_call_is_rejected_with_a_text_that_is_safe_first() {
    let mut rig = Rig::connected();
    somebody_calls(&mut rig, Some("+15550106"));
    rig.until("the phone to ring", |rig| {
        rig.state.ringing_call().is_some_and(|call| call.remote.number().is_some())
    });
    let call = rig.state.ringing_call().unwrap().id;
    let reject = Command::Call(CallCommand::RejectWithText(call, "I'll call back".to_owned()));
    rig.done(reject).unwrap();
    rig.until("the text to be sent", |rig| {
        let sent = messages(rig, Direction::MobileOriginated);
        sent.first()
            .is_some_and(|text| matches!(text.delivery, Delivery::Sent | Delivery::Delivered))
    });
    rig.run_for(Duration::from_secs(1));
    let sent = messages(&rig, Direction::MobileOriginated);
    assert_eq!((sent[0].text.as_str(), sent[0].number.as_str()), ("I'll call back", "+15550106"));
    assert_eq!(history(&mut rig)[0].outcome, Outcome::Rejected);
}

#[test]
fn without_a_number_or_a_text_nobody_is_rejected() {
    let mut rig = Rig::connected();
    let reject = |rig: &Rig, text: &str| {
        let call = rig.state.ringing_call().map_or(CallId(0), |call| call.id);
        Command::Call(CallCommand::RejectWithText(call, text.to_owned()))
    };
    let nobody = reject(&rig, "x");
    assert_eq!(rig.done(nobody), Err("This call doesn't ring any more".to_owned()));
    somebody_calls(&mut rig, None);
    rig.until("the phone to ring", |rig| rig.state.ringing_call().is_some());
    rig.run_for(Duration::from_secs(2));
    let withheld = reject(&rig, "x");
    let refused = rig.done(withheld).unwrap_err();
    assert!(refused.contains("number is not known"), "{refused}");
    assert!(rig.state.ringing_call().is_some());
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    rig.until("the end", |rig| rig.state.calls.is_empty());
    somebody_calls(&mut rig, Some("+15550106"));
    rig.until("the phone to ring", |rig| {
        rig.state.ringing_call().is_some_and(|call| call.remote.number().is_some())
    });
    let without_text = reject(&rig, "");
    assert!(rig.done(without_text).is_err());
    assert!(rig.state.ringing_call().is_some());
    assert!(messages(&rig, Direction::MobileOriginated).is_empty());
}

#[test]
fn what_was_meant_for_one_caller_is_not_done_to_the_next() {
    let mut rig = Rig::connected();
    rig.until("the offer", |rig| rig.state.identity.abilities.deflect);
    let call = |rig: &mut Rig, number: &str| {
        somebody_calls(rig, Some(number));
        rig.until("the phone to ring", |rig| {
            let ringing = rig.state.ringing_call().and_then(|call| call.remote.number());
            ringing.is_some_and(|from| from.as_str() == number)
        });
        rig.state.ringing_call().unwrap().id
    };
    let first = call(&mut rig, "+15550106");
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    rig.until("the end", |rig| rig.state.calls.is_empty());
    let second = call(&mut rig, "+15550107");
    let to = DialString::parse("+15550100").unwrap();
    let words = "I'll call back".to_owned();
    let late = [CallCommand::Deflect(first, to), CallCommand::RejectWithText(first, words)];
    for command in late {
        let refused = rig.done(Command::Call(command));
        assert_eq!(refused, Err("This call doesn't ring any more".to_owned()));
    }
    rig.run_for(Duration::from_secs(1));
    assert_eq!(rig.state.ringing_call().map(|call| call.id), Some(second));
    assert!(messages(&rig, Direction::MobileOriginated).is_empty());
}

/// 3GPP TS 22.001 annex E: 5 s, 1 min three times, then 3 min, and no more than ten tries.
#[test]
fn a_number_is_dialed_again_no_sooner_and_no_more_often_than_the_specification_allows() {
    let mut rig = with(|settings| {
        settings.redial_attempts = 10;
        settings.redial_pause_seconds = 5;
    });
    rig.send(dial("+15550101"));
    let mut pauses = Vec::new();
    for attempt in 2..=11 {
        rig.until("the next try to be announced", |rig| {
            rig.state.redial.as_ref().is_some_and(|redial| redial.attempt == attempt)
        });
        let pause = rig.state.redial.as_ref().unwrap().at.since(rig.now());
        pauses.push(pause.as_secs_f64().round());
        rig.run_for(pause);
    }
    assert_eq!(pauses, [5., 60., 60., 60., 180., 180., 180., 180., 180., 180.]);
    rig.run_for(Duration::from_secs(3600));
    assert_eq!(dialed(&rig), 11);
    // Dialed by hand it begins anew.
    rig.send(dial("+15550101"));
    rig.until("a try", |rig| rig.state.redial.is_some());
    assert_eq!(rig.state.redial.as_ref().unwrap().attempt, 2);
}

#[test]
fn the_number_that_was_busy_is_dialed_again_whatever_was_pressed_while_the_modem_was_asked() {
    let mut rig = Rig::new();
    let persona = "quectel".to_owned();
    let wall_time_at_zero = WallTime::from_unix_seconds(1_795_348_800, 0);
    rig.modem =
        SimulatedModem::new(SimulatorOptions { persona, seed: 1, wall_time_at_zero }).unwrap();
    let now = rig.now();
    for action in [
        NetworkAction::SetRegistration(Registration::TextsOnly),
        NetworkAction::Calls(CallAction::Ims(false)),
    ] {
        rig.modem.handle_action(action, now);
    }
    // It reports no change, so that it has to be asked.
    rig.wire.swallows = Some("AT+CIREG");
    rig.connect();
    let mut settings = rig.state.settings.clone();
    settings.redial_attempts = 5;
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig.run_for(Duration::from_secs(60));
    rig.wire.swallows = None;
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Calls(CallAction::Ims(true)), now);
    rig.send(dial("+15550101"));
    rig.send(dial("+15550100"));
    rig.until("a redial", |rig| rig.state.redial.is_some());
    assert_eq!(rig.state.redial.as_ref().unwrap().number.as_str(), "+15550101");
    assert_eq!(dialed(&rig), 1);
}
