//! Clicks of impatient people: what has only just come under the pointer is not pressed by them.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui::{Event as Input, Pos2};
use egui_kittest::kittest::Queryable;

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

/// One click there, at this time of the window's own clock, in seconds.
fn click_at(rig: &mut Rig, place: Pos2, at: f64) {
    rig.harness.input_mut().time = Some(at);
    rig.harness.event(Input::PointerMoved(place));
    for pressed in [true, false] {
        rig.harness.event(Input::PointerButton {
            pos: place,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
    }
    rig.harness.run();
}

/// Clicks there every 200 ms from `from` to `to`, each within one frame; when one had an effect.
fn hammer(rig: &mut Rig, place: Pos2, (from, to): (f64, f64)) -> Vec<f64> {
    let mut effects = Vec::new();
    let mut at = from;
    while at <= to {
        let before = calls_asked(rig).len();
        let press = |pressed| Input::PointerButton {
            pos: place,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        let input = rig.harness.input_mut();
        input.time = Some(at);
        input.events.extend([Input::PointerMoved(place), press(true), press(false)]);
        rig.harness.step();
        if calls_asked(rig).len() > before {
            effects.push(at);
        }
        at += 0.2;
    }
    effects
}

/// Moves the pointer there at this time.
fn point_at(rig: &mut Rig, place: Pos2, at: f64) {
    rig.harness.input_mut().time = Some(at);
    rig.harness.event(Input::PointerMoved(place));
    rig.harness.step();
}

/// Tells it at this time.
fn tell_at(rig: &mut Rig, event: Event, at: f64) {
    rig.harness.input_mut().time = Some(at);
    rig.engine.push(event);
    rig.harness.step();
}

fn calls_asked(rig: &Rig) -> Vec<CallCommand> {
    let commands = rig.engine.commands().into_iter();
    commands.filter_map(|c| if let Command::Call(c) = c { Some(c) } else { None }).collect()
}

#[test]
fn a_second_click_on_hang_up_does_not_hit_what_comes_up_there() {
    let mut rig = ready();
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Active)), 100.0);
    tell_at(&mut rig, Event::Call(data::call(2, "+15550100", CallState::Held)), 110.0);
    // In the lower part, where the other call's button comes.
    let place = rig.harness.get_by_label("Hang up Ada Lovelace").rect().center_bottom();
    let place = place - egui::vec2(0.0, 4.0);
    click_at(&mut rig, place, 120.0);
    let released = [CallCommand::Release(CallId(1))];
    assert_eq!(calls_asked(&rig), released);
    // The other call moves up into its place.
    let gone = data::call(1, data::ADA, CallState::Released(ReleaseCause::Local));
    tell_at(&mut rig, Event::Call(gone), 120.2);
    let moved = rig.harness.get_by_label("Hang up").rect();
    assert!(moved.contains(place), "{moved:?} {place:?}");
    for at in [120.4, 121.3, 122.0] {
        click_at(&mut rig, place, at);
        assert_eq!(calls_asked(&rig), released, "at {at} it was not meant for the other call");
    }
    click_at(&mut rig, moved.center() + egui::vec2(40.0, 0.0), 123.0);
    assert_eq!(calls_asked(&rig).last(), Some(&CallCommand::Release(CallId(2))), "aimed at");
}

#[test]
fn a_second_click_on_the_card_of_a_call_does_not_call_again() {
    let mut rig = ready();
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Alerting)), 100.0);
    let mut gone = data::call(1, data::ADA, CallState::Released(ReleaseCause::NoAnswer));
    gone.diagnosis = Some(data::why("Nobody answered", "Try again"));
    tell_at(&mut rig, Event::Call(gone), 110.0);
    let place = rig.harness.get_by_label("Call again").rect().center();
    click_at(&mut rig, place, 110.5);
    assert!(calls_asked(&rig).is_empty());
    click_at(&mut rig, place, 113.0);
    assert!(matches!(calls_asked(&rig).as_slice(), [CallCommand::Dial(_)]));
}

#[test]
fn a_click_that_comes_with_the_ring_neither_answers_nor_rejects() {
    for name in ["Answer", "Reject"] {
        let mut rig = ready();
        tell_at(&mut rig, Event::Call(data::call(3, data::ADA, CallState::Incoming)), 100.0);
        let place = rig.harness.get_by_label(name).rect().center();
        click_at(&mut rig, place, 100.2);
        assert!(calls_asked(&rig).is_empty(), "{name}");
        click_at(&mut rig, place, 101.5);
        assert_eq!(calls_asked(&rig).len(), 1, "{name}");
    }
}

#[test]
fn hammering_ends_a_call_once() {
    let ends = [
        (CallState::Dialing, "Hang up", CallCommand::Release(CallId(1))),
        (CallState::Incoming, "Reject", CallCommand::Reject),
    ];
    for (state, name, wanted) in ends {
        // Aimed at, and below a pointer that rested there when it came.
        for (rests, ripe) in [(false, 100.7), (true, 102.1)] {
            let mut rig = ready();
            tell_at(&mut rig, Event::Call(data::call(1, data::ADA, state.clone())), 90.0);
            let place = rig.harness.get_by_label(name).rect().center();
            let mut rig = ready();
            if rests {
                point_at(&mut rig, place, 99.0);
            }
            tell_at(&mut rig, Event::Call(data::call(1, data::ADA, state.clone())), 100.0);
            let effects = hammer(&mut rig, place, (100.1, 105.0));
            assert!(
                matches!(effects.as_slice(), [at] if (ripe..ripe + 0.25).contains(at)),
                "{name} {rests} {effects:?}"
            );
            assert_eq!(calls_asked(&rig), std::slice::from_ref(&wanted));
        }
    }
}

#[test]
fn hammering_that_ended_one_call_does_not_end_the_next() {
    let mut rig = ready();
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Active)), 100.0);
    tell_at(&mut rig, Event::Call(data::call(2, "+15550100", CallState::Held)), 110.0);
    let place = rig.harness.get_by_label("Hang up Ada Lovelace").rect().center_bottom();
    let place = place - egui::vec2(0.0, 4.0);
    assert_eq!(hammer(&mut rig, place, (120.0, 120.5)).len(), 1);
    let gone = data::call(1, data::ADA, CallState::Released(ReleaseCause::Local));
    tell_at(&mut rig, Event::Call(gone), 120.55);
    assert!(rig.harness.get_by_label("Hang up").rect().contains(place));
    assert!(hammer(&mut rig, place, (120.6, 125.0)).is_empty());
    assert_eq!(calls_asked(&rig), [CallCommand::Release(CallId(1))]);
}

#[test]
fn what_ends_a_call_ends_it_at_once_when_it_was_answered_meanwhile() {
    let mut rig = window([420.0, 720.0], data::ready());
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Incoming)), 100.0);
    let place = rig.harness.get_by_label("Reject").rect().center();
    point_at(&mut rig, place, 101.0);
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Active)), 105.0);
    assert!(rig.harness.get_by_label("Hang up").rect().contains(place), "in the same place");
    click_at(&mut rig, place, 105.1);
    assert_eq!(calls_asked(&rig), [CallCommand::Release(CallId(1))]);
}

#[test]
fn answering_that_ends_the_other_call_takes_as_long_as_hanging_up() {
    let mut rig = ready();
    tell_at(&mut rig, Event::Call(data::call(1, data::ADA, CallState::Active)), 90.0);
    tell_at(&mut rig, Event::Call(data::call(2, "+15550100", CallState::Waiting)), 100.0);
    let place = rig.harness.get_by_label("Answer and end").rect().center();
    assert!(hammer(&mut rig, place, (100.5, 100.55)).is_empty());
    click_at(&mut rig, place, 101.5);
    assert_eq!(calls_asked(&rig), [CallCommand::AnswerAndEnd]);
}

#[test]
fn a_refused_call_is_not_placed_by_a_click_that_comes_with_its_button() {
    let network = |registration| {
        Event::Network(NetworkState {
            registration,
            sim: SimState::Ready,
            ..NetworkState::default()
        })
    };
    let mut rig = ready();
    tell_at(&mut rig, network(Registration::EmergencyOnly), 90.0);
    rig.type_into("Number", "5550100");
    rig.harness.input_mut().time = Some(100.0);
    rig.click("Call");
    let anyway = rig.harness.get_by_label("Try anyway").rect().center();
    assert!(hammer(&mut rig, anyway, (100.2, 100.25)).is_empty());
    // One goes and the other comes by itself.
    tell_at(&mut rig, network(Registration::Home), 110.0);
    tell_at(&mut rig, network(Registration::Home), 110.1);
    let now = rig.harness.get_by_label("Call now").rect().center();
    assert!(hammer(&mut rig, now, (110.3, 110.35)).is_empty());
    click_at(&mut rig, now, 113.0);
    assert!(matches!(calls_asked(&rig).as_slice(), [CallCommand::Dial(dial)] if !dial.anyway));
}

#[test]
fn keyboard_and_screen_reader_press_what_they_name_at_once() {
    let mut rig = ready();
    tell_at(&mut rig, Event::Call(data::call(3, data::ADA, CallState::Incoming)), 100.0);
    rig.harness.get_by_label("Answer").click_accesskit();
    rig.harness.step();
    assert_eq!(calls_asked(&rig), [CallCommand::Answer]);
}

#[test]
fn a_held_call_is_swapped_to_from_its_own_card() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(2, "+15550100", CallState::Held)));
    rig.click("Swap to Demo: answers");
    assert_eq!(calls_asked(&rig), [CallCommand::SwapHeldAndActive]);
}
