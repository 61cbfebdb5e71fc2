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
fn the_numbers_of_contacts_are_whole_beside_their_buttons() {
    let rig = ready([720.0, 720.0]);
    assert!(rig.count("Call Alan Turing") > 0);
    let number = "+44 1632 960123";
    assert!(!rig.painted(number).is_empty(), "{number} is cut: {:?}", cut(&rig));
}

#[test]
fn warnings_take_one_line_in_a_narrow_window() {
    for width in [720.0, 420.0, 210.0] {
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
        let line = place(&rig, "Try 2 of 5 in 00:23");
        let stop = place(&rig, "Stop calling again");
        assert!(line.right() <= stop.left(), "{line:?} {stop:?}");
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

#[test]
fn who_it_is_is_not_cut_for_a_picture_that_tells_less() {
    // 420 by 700 with text at 200 percent.
    let whole = |rig: &Rig, who: &str| {
        assert!(!rig.painted(who).is_empty(), "{who} is not whole: {:?}", cut(rig));
    };
    let mut rig = ready([210.0, 350.0]);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Incoming)));
    whole(&rig, "Ada Lovelace");
    let remote = RemoteParty::Withheld;
    rig.tell(Event::Call(Call { remote, ..data::call(1, "", CallState::Incoming) }));
    whole(&rig, "Number withheld");
    // What is cut anyway is not cut to a few letters.
    let long = "Alexandra Konstantinopoulou of Thessaloniki";
    rig.tell(Event::Contacts(vec![Contact::new(long).with_number(data::ADA, "Mobile")].into()));
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Incoming)));
    let name = rig.harness.get_by_role_and_label(egui::Role::Label, long).rect();
    assert!(name.width() >= 100.0, "{name:?}");
    let mut rig = ready([210.0, 350.0]);
    rig.tell(Event::Call(data::call(1, "112", CallState::Active)));
    to_dialpad(&mut rig);
    whole(&rig, "Emergency call · 112");
    let mut rig = ready([210.0, 350.0]);
    rig.tell(Event::CallRecord(data::record(31, data::ADA, Outcome::Missed, 90_000, None)));
    rig.key(egui::Modifiers::COMMAND, egui::Key::Num3);
    whole(&rig, "Ada Lovelace");
}

/// A call that was talked in for 12 seconds and ended as calls should.
fn talked(rig: &mut Rig, id: u32, number: &str) {
    rig.tell(Event::Call(data::call(id, number, CallState::Active)));
    let mut gone = data::call(id, number, CallState::Released(ReleaseCause::Remote));
    gone.answered_at = Some(deskphone::clock::Instant::from_secs(88));
    gone.state_since = deskphone::clock::Instant::from_secs(100);
    gone.diagnosis = Some(data::why("The other side ended the call", ""));
    rig.tell(Event::Call(gone));
}

#[test]
fn how_long_a_call_took_stands_beside_what_calls_again() {
    for (size, number) in SIZES.into_iter().flat_map(|size| [(size, "112"), (size, data::ADA)]) {
        let mut rig = ready(size);
        to_dialpad(&mut rig);
        talked(&mut rig, 1, number);
        let (time, again) = (place(&rig, "00:12"), place(&rig, "Call again"));
        assert!(!time.intersects(again), "{number}: {time:?} {again:?} in {size:?}");
    }
}

#[test]
fn the_strip_of_an_ended_call_tells_why_in_a_narrow_window() {
    let mut rig = ready([210.0, 350.0]);
    let mut call = data::call(1, "+15550101", CallState::Alerting);
    rig.tell(Event::Call(call.clone()));
    call.state = CallState::Released(ReleaseCause::Busy);
    call.diagnosis = Some(data::why("The number is busy", "Try again in a few minutes"));
    rig.tell(Event::Call(call));
    assert!(!rig.painted("The number is busy").is_empty(), "{:?}", cut(&rig));
}

#[test]
fn what_is_over_leaves_the_room_to_a_call_that_is_under_way() {
    let redial = Redial {
        number: deskphone::number::DialString::parse("+12025550166").expect("a number"),
        attempt: 2,
        of: 5,
        at: deskphone::clock::Instant::from_secs(123),
    };
    for (events, name) in
        [(vec![], "Why, and what to do"), (vec![Event::Redial(Some(redial))], "Stop calling again")]
    {
        let mut rig = ready(NORMAL);
        let mut missed = data::call(1, "+4915112345678", CallState::Incoming);
        rig.tell(Event::Call(missed.clone()));
        missed.state = CallState::Released(ReleaseCause::Remote);
        missed.diagnosis = Some(data::why("The caller gave up before the answer", "Call back"));
        rig.tell(Event::Call(missed));
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Active)));
        events.into_iter().for_each(|event| rig.tell(event));
        let (card, tones) = (place(&rig, name), place(&rig, "New call"));
        assert!(card.bottom() <= tones.top(), "{name} at {card:?}, tones at {tones:?}");
    }
}

#[test]
fn a_held_call_has_its_hang_up_in_sight_beside_a_conference_and_while_another_rings() {
    let held = Event::Call(data::call(4, "+12025550166", CallState::Held));
    let above_the_tones = |rig: &Rig, size: [f32; 2]| {
        let hang_up = place(rig, "Hang up Grace Hopper");
        let tones = place(rig, "New call");
        assert!(hang_up.bottom() <= tones.top(), "{hang_up:?} {tones:?} in {size:?}");
    };
    let mut rig = ready(NORMAL);
    for (id, number) in [(1, data::ADA), (2, "+15550100"), (3, "+441632960999")] {
        let call = data::call(id, number, CallState::Active);
        rig.tell(Event::Call(Call { multiparty: true, ..call }));
    }
    rig.tell(held.clone());
    above_the_tones(&rig, NORMAL);
    // What is rarer is not lost where the cards lie flat.
    rig.click("More for this call");
    assert!(rig.shows("Connect them and leave"));

    let mut rig = ready([420.0, 700.0]);
    to_dialpad(&mut rig);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(held);
    rig.tell(Event::Call(data::call(5, "+441632960999", CallState::Waiting)));
    above_the_tones(&rig, [420.0, 700.0]);
}

#[test]
fn what_helps_a_refused_call_stands_beside_what_closes_its_card() {
    let no_sim = NetworkState { sim: SimState::NotInserted, ..NetworkState::default() };
    let mut rig = ready(NORMAL);
    rig.tell(Event::Network(no_sim));
    rig.type_into("Number", "12345");
    rig.press_button("Call");
    let (anyway, close) = (place(&rig, "Try anyway"), place(&rig, "Close"));
    assert!((anyway.center().y - close.center().y).abs() < 4.0, "{anyway:?} {close:?}");
}

#[test]
fn answers_to_a_waiting_call_stand_in_one_line_where_there_is_room() {
    // 1100 by 720 with text at 200 percent.
    let mut rig = ready([550.0, 360.0]);
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Waiting)));
    let (hold, reject) = (place(&rig, "Answer and hold"), place(&rig, "Reject"));
    assert!((hold.center().y - reject.center().y).abs() < 0.6, "{hold:?} {reject:?}");
    assert!(place(&rig, "Answer and end").right() <= reject.left());
}
