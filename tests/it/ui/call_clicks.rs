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
