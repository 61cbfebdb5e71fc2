//! Calls in windows of every size: nothing is cut, and what can be done is inside the window.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;

/// 420 by 700 with text at 200, 100 and 75 percent, and a large window.
const SIZES: [[f32; 2]; 5] =
    [[210.0, 350.0], [420.0, 700.0], [560.0, 933.0], NORMAL, [640.0, 400.0]];

fn ready(size: [f32; 2]) -> Rig {
    let abilities = Abilities { transfer: true, deflect: true, ..Abilities::default() };
    let identity = Event::Identity(ModemIdentity { abilities, ..ModemIdentity::default() });
    window(size, data::ready().into_iter().chain([data::contacts(), identity]))
}

/// Asserts that what has this name is in the window, whole, and its words are not cut.
#[track_caller]
fn in_sight(rig: &Rig, name: &str) {
    let screen = rig.harness.ctx.content_rect().expand(0.5);
    let rects: Vec<_> = rig.harness.query_all_by_label(name).map(|node| node.rect()).collect();
    let inside = rects.iter().any(|rect| screen.contains_rect(*rect) && rect.area() > 0.0);
    assert!(inside, "{name:?} at {rects:?} is not inside {screen:?}");
    let cut = cut(rig);
    assert!(!cut.contains(&name.to_owned()), "{name:?} is cut in {screen:?}");
}

/// Words that are painted with an ellipsis.
fn cut(rig: &Rig) -> Vec<String> {
    let shapes = rig.harness.output().shapes.iter();
    let texts = shapes.filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.elided => Some(text.galley.text().to_owned()),
        _ => None,
    });
    texts.collect()
}

fn to_dialpad(rig: &mut Rig) {
    if rig.count("Dialpad") > 0 {
        rig.click("Dialpad");
    }
}

#[test]
fn what_rings_is_answered_and_rejected_in_every_window() {
    for size in SIZES {
        let mut rig = ready(size);
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Incoming)));
        for name in ["Answer", "Reject", "Reject in another way"] {
            in_sight(&rig, name);
        }
        let mut rig = ready(size);
        rig.tell(Event::Call(data::call(1, "+15550100", CallState::Active)));
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Waiting)));
        for name in ["Answer and hold", "Answer and end", "Reject"] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn an_active_call_is_held_muted_and_ended_in_every_window() {
    for size in SIZES {
        let mut rig = ready(size);
        rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
        for name in ["Hold", "Mute", "Hang up"] {
            in_sight(&rig, name);
        }
        if rig.count("Keypad") > 0 {
            rig.click("Keypad");
        }
        for name in ["Hold", "Mute", "Hang up"] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn two_calls_have_their_words_where_there_is_room() {
    let mut rig = ready(NORMAL);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(2, "+15550100", CallState::Held)));
    // Either call can be swapped to.
    for (word, times) in [("Swap", 2), ("Mute", 1), ("Merge", 1)] {
        in_sight(&rig, word);
        assert_eq!(rig.painted(word).len(), times, "{word}");
    }
    in_sight(&rig, "Hang up Demo: answers");
    let key = rig.harness.get_by_label("5").rect().height();
    assert!(key >= 36.0, "keys are hit without aiming: {key}");
}

#[test]
fn an_emergency_call_is_asked_about_in_every_window() {
    for size in SIZES {
        let mut rig = ready(size);
        to_dialpad(&mut rig);
        for key in ["1", "1", "2"] {
            rig.click(key);
        }
        in_sight(&rig, "Emergency call");
        rig.click("Emergency call");
        for name in ["Call 112 now", "Cancel"] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn a_refused_call_says_so_in_every_window() {
    for size in SIZES {
        let mut rig = ready(size);
        rig.tell(Event::Network(NetworkState {
            sim: SimState::NotInserted,
            ..NetworkState::default()
        }));
        to_dialpad(&mut rig);
        for key in ["1", "2", "3"] {
            rig.click(key);
        }
        rig.click("Call");
        for name in ["Not dialed", "No SIM card is inserted", "Try anyway"] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn a_strip_grows_with_what_it_says() {
    let mut rig = ready([420.0, 700.0]);
    let mut call = data::call(1, data::ADA, CallState::Active);
    rig.tell(Event::Call(call.clone()));
    call.keys = Keys { sent: "1".into(), pending: "45".into(), asks: true };
    rig.tell(Event::Call(call));
    for name in ["Hang up", "Send 45 now?", "Send now", "Skip"] {
        in_sight(&rig, name);
    }
}

#[test]
fn a_held_call_alone_shows_its_time_once_a_second_and_no_call_none() {
    let mut rig = ready(NORMAL);
    rig.harness.step();
    let delay = |rig: &Rig| {
        let output = rig.harness.output();
        output.viewport_output.values().map(|viewport| viewport.repaint_delay).min()
    };
    assert_eq!(delay(&rig), Some(std::time::Duration::MAX));
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Held)));
    rig.harness.step();
    let wait = delay(&rig).expect("a viewport").as_millis();
    assert!((900..=1001).contains(&wait), "{wait} ms");
}

/// The place of what has this name.
#[track_caller]
fn place(rig: &Rig, name: &str) -> egui::Rect {
    rig.harness.get_by_label(name).rect()
}

#[test]
fn hang_up_keeps_its_place_from_dialing_to_hold() {
    for (size, column) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let mut rig = ready(size);
        if column {
            to_dialpad(&mut rig);
        }
        rig.tell(Event::Call(data::call(1, data::ADA, CallState::Dialing)));
        let first = place(&rig, "Hang up");
        for state in [CallState::Alerting, CallState::Active, CallState::Held, CallState::Active] {
            rig.tell(Event::Call(data::call(1, data::ADA, state.clone())));
            assert_eq!(place(&rig, "Hang up"), first, "{state:?} in {size:?}");
        }
        // Tones and their questions stand below.
        let mut call = data::call(1, data::ADA, CallState::Active);
        call.keys = Keys { sent: "1".into(), pending: "45".into(), asks: true };
        rig.tell(Event::Call(call));
        assert_eq!(place(&rig, "Hang up"), first, "tones in {size:?}");
    }
}

#[test]
fn hang_up_comes_where_reject_was_and_never_where_answer_was() {
    for size in SIZES.into_iter().filter(|size| size[0] < 900.0) {
        let mut rig = ready(size);
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Incoming)));
        let (answer, reject) = (place(&rig, "Answer"), place(&rig, "Reject"));
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Active)));
        let hang_up = place(&rig, "Hang up");
        assert!(reject.expand(0.5).contains_rect(hang_up), "{reject:?} {hang_up:?} in {size:?}");
        assert!(!answer.shrink(0.5).intersects(hang_up), "{answer:?} {hang_up:?} in {size:?}");
    }
}

#[test]
fn each_of_two_calls_has_its_hang_up_in_sight_and_the_running_one_comes_first() {
    // 1100 by 720 and 420 by 720 with text at 200 percent, too.
    for size in [NORMAL, [550.0, 360.0], [210.0, 360.0], [420.0, 720.0]] {
        for column in [false, true] {
            let mut rig = ready(size);
            rig.tell(Event::Call(data::call(1, data::ADA, CallState::Held)));
            rig.tell(Event::Call(data::call(2, "+15550100", CallState::Active)));
            if column {
                to_dialpad(&mut rig);
            }
            let (held, running) = ("Hang up Ada Lovelace", "Hang up Demo: answers");
            in_sight(&rig, held);
            in_sight(&rig, running);
            let (held, running) = (place(&rig, held), place(&rig, running));
            assert!(running.bottom() < held.top(), "{running:?} {held:?} in {size:?}");
        }
    }
    // With a third that waits there is nothing to scroll.
    let mut rig = ready(NORMAL);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Held)));
    rig.tell(Event::Call(data::call(2, "+15550100", CallState::Active)));
    rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Waiting)));
    let card = place(&rig, "Hang up Ada Lovelace");
    let tones = place(&rig, "New call");
    assert!(card.bottom() + 8.0 <= tones.top(), "{card:?} {tones:?}");
}

#[test]
fn a_number_is_shown_whole_in_every_window() {
    let number = "+1 202-555-0163";
    for size in SIZES {
        let whole = |rig: &Rig, what: &str| {
            let cut = cut(rig).into_iter().find(|words| words.starts_with("+1"));
            assert_eq!(cut, None, "{what} in {size:?}");
            assert!(rig.shows(number), "{what} in {size:?}");
        };
        let mut rig = ready(size);
        rig.tell(Event::Call(data::call(1, "+12025550163", CallState::Incoming)));
        whole(&rig, "incoming");
        let mut gone = data::call(1, "+12025550163", CallState::Released(ReleaseCause::Remote));
        gone.direction = Direction::MobileTerminated;
        rig.tell(Event::Call(gone));
        whole(&rig, "missed");
        to_dialpad(&mut rig);
        whole(&rig, "missed, in the column");
        rig.tell(Event::Call(data::call(2, "+12025550163", CallState::Active)));
        whole(&rig, "in a call");
        let mut rig = ready(size);
        let record = data::record(31, "+12025550163", Outcome::Missed, 90_000, None);
        rig.tell(Event::CallRecord(record));
        rig.key(egui::Modifiers::COMMAND, egui::Key::Num3);
        assert_eq!(rig.count("Call +1 202-555-0163"), 1, "the list in {size:?}");
        assert!(!rig.painted(number).is_empty(), "in the list in {size:?}: {:?}", cut(&rig));
    }
}

#[test]
fn warnings_take_one_line_in_a_narrow_window() {
    for width in [420.0, 210.0] {
        let settings = Settings { auto_answer_seconds: 5, ..Settings::default() };
        let redial = Redial {
            number: deskphone::number::DialString::parse("+12025550166").expect("a number"),
            attempt: 2,
            of: 5,
            at: deskphone::clock::Instant::from_secs(123),
        };
        let mut rig = ready([width, 700.0]);
        let search = place(&rig, "Search").top();
        rig.tell(Event::Settings(settings));
        let banner = place(&rig, "Search").top() - search;
        assert!((30.0..=44.0).contains(&banner), "{banner} points");
        in_sight(&rig, "Turn auto-answer off");
        rig.tell(Event::Redial(Some(redial)));
        let card = place(&rig, "Search").top() - search - banner;
        let most = if width < 300.0 { 76.0 } else { 56.0 };
        assert!((40.0..=most).contains(&card), "{card} points");
        in_sight(&rig, "Stop calling again");
        assert!(rig.shows("Try 2 of 5 in 00:23"));
    }
}

#[test]
fn where_hang_up_was_nothing_dials_writes_or_opens_a_page() {
    let sizes = SIZES.into_iter().chain([[700.0, 600.0]]);
    for (size, column) in sizes.flat_map(|size| [(size, false), (size, true)]) {
        for (cause, number) in [(ReleaseCause::Local, data::ADA), (ReleaseCause::Busy, "+15550199")]
        {
            let mut rig = ready(size);
            if column {
                to_dialpad(&mut rig);
            }
            rig.tell(Event::Call(data::call(1, number, CallState::Active)));
            let was = place(&rig, "Hang up").shrink(0.5);
            let mut gone = data::call(1, number, CallState::Released(cause));
            gone.diagnosis = Some(data::why("The number is busy", "Try again in a few minutes"));
            rig.tell(Event::Call(gone));
            let record = data::record(31, number, Outcome::Failed, 5, None);
            let direction = Direction::MobileOriginated;
            rig.tell(Event::CallRecord(CallRecord { direction, ..record }));
            for name in ["Call again", "Text instead", "Details"] {
                let there = rig.harness.query_all_by_label(name);
                for found in there.map(|node| node.rect()) {
                    assert!(!found.intersects(was), "{name} at {found:?}: {was:?} in {size:?}");
                }
            }
            in_sight(&rig, "Call again");
        }
    }
}

#[test]
fn a_strip_has_its_buttons_on_one_line_that_reaches_the_right_end() {
    let mut rig = ready([420.0, 700.0]);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    let end = place(&rig, "Hang up");
    for name in ["Hold", "Mute", "Keypad"] {
        let middle = place(&rig, name).center().y;
        assert!((middle - end.center().y).abs() < 0.6, "{name} at {middle}, Hang up at {end:?}");
    }
    let left = place(&rig, "Hold").left();
    assert!((420.0 - end.right() - left).abs() < 1.0, "{left} on the left, {end:?}");
}

#[test]
fn the_card_of_a_call_keeps_inside_its_column() {
    for size in SIZES {
        let mut rig = ready(size);
        rig.tell(Event::Muted(true));
        rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
        to_dialpad(&mut rig);
        for name in ["Hold", "Unmute", "Hang up"] {
            let right = place(&rig, name).right();
            let margin = if size[1] < 420.0 { 8.0 } else { 16.0 };
            assert!(right <= size[0] - margin, "{name} ends at {right} in {size:?}");
        }
    }
}
