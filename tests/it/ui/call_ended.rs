//! Cards of calls that ended: how many, how long, and which are one.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::clock::Instant;
use deskphone::number::DialString;
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

/// A call to this number that failed.
fn failed(rig: &mut Rig, id: u32, number: &str) {
    rig.tell(Event::Call(data::call(id, number, CallState::Alerting)));
    let mut gone = data::call(id, number, CallState::Released(ReleaseCause::Busy));
    gone.diagnosis = Some(data::why("The number is busy", "Try again in a few minutes"));
    rig.tell(Event::Call(gone));
}

fn wait_until(rig: &mut Rig, seconds: u64) {
    rig.clock.set(Instant::from_secs(seconds));
    rig.harness.run();
}

fn move_pointer(rig: &mut Rig) {
    rig.harness.event(egui::Event::PointerMoved(egui::pos2(500.0, 300.0)));
    rig.harness.run();
}

#[test]
fn older_cards_are_folded_and_dismissed_together() {
    let mut rig = ready();
    for (id, number) in ["+12025550161", "+12025550162", "+12025550163"].into_iter().enumerate() {
        failed(&mut rig, id as u32 + 1, number);
    }
    assert_eq!(rig.count("Call again"), 1, "the newest one is open");
    assert!(rig.shows("+1 202-555-0163") && !rig.shows("+1 202-555-0161"));
    let key = rig.harness.get_by_label("5").rect().height();
    assert!(key >= 40.0, "the keys keep their size: {key}");
    rig.click("2 more ended calls");
    assert!(rig.shows("+1 202-555-0161"));
    rig.click("Dismiss all");
    assert!(!rig.shows("The number is busy"));
    assert!(rig.harness.state().model().ended.is_empty());
}

#[test]
fn tone_keys_keep_their_size_below_ended_cards() {
    let mut rig = ready();
    for (id, number) in ["+12025550161", "+12025550162", "+12025550163"].into_iter().enumerate() {
        failed(&mut rig, id as u32 + 1, number);
    }
    rig.tell(Event::Call(data::call(9, data::ADA, CallState::Active)));
    let key = rig.harness.get_by_label("5").rect().height();
    assert!(key >= 40.0, "{key}");
}

#[test]
fn a_failure_goes_a_while_after_it_was_seen_unless_it_is_being_read() {
    for reads in [false, true] {
        let mut rig = ready();
        failed(&mut rig, 1, "+12025550161");
        wait_until(&mut rig, 10_000);
        assert!(rig.shows("The number is busy"), "nobody was there");
        if reads {
            rig.click("What the modem said");
        } else {
            move_pointer(&mut rig);
        }
        wait_until(&mut rig, 10_060);
        assert!(rig.shows("The number is busy"), "a minute is for reading");
        wait_until(&mut rig, 10_200);
        assert_eq!(rig.shows("The number is busy"), reads);
    }
}

#[test]
fn what_was_folded_was_not_seen() {
    let mut rig = ready();
    for (id, number) in ["+12025550161", "+12025550162", "+12025550163"].into_iter().enumerate() {
        failed(&mut rig, id as u32 + 1, number);
    }
    wait_until(&mut rig, 10_000);
    move_pointer(&mut rig);
    wait_until(&mut rig, 10_200);
    assert!(!rig.shows("+1 202-555-0163"), "that was on the screen");
    assert!(rig.shows("+1 202-555-0162"), "nobody has seen it yet");
    assert_eq!(rig.harness.state().model().ended.len(), 2);
    // Unfolded they are on the screen, too.
    rig.click("1 more ended call");
    move_pointer(&mut rig);
    wait_until(&mut rig, 10_400);
    assert!(rig.harness.state().model().ended.is_empty());
}

#[test]
fn a_call_in_doubt_is_told_as_long_as_there_is_a_call() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Alerting)));
    let notice = |text: &str| {
        let (text, advice) = (text.to_owned(), "End it when you have finished".to_owned());
        Event::Notice(Notice { text, advice, problem: true })
    };
    rig.tell(notice(Notice::CALL_IN_DOUBT));
    let doubt = "The modem no longer mentions this call";
    assert!(rig.shows(doubt) && rig.shows("Hang up when you have finished"));
    // Its card says it, and nothing lies over the keys to say it again.
    assert!(!rig.shows(Notice::CALL_IN_DOUBT) && rig.count("Dismiss") == 0);
    wait_until(&mut rig, 1000);
    assert!(rig.shows(doubt), "nobody may have been there");
    for other in ["One", "Two", "Three", "Four"] {
        rig.tell(notice(other));
    }
    assert!(rig.shows(doubt) && rig.shows("Four") && !rig.shows("One"));
    wait_until(&mut rig, 2000);
    assert!(rig.shows(doubt) && !rig.shows("Four"));
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Released(ReleaseCause::Remote))));
    assert!(!rig.shows(doubt), "there is no doubt any more");
    // No card says it of a call that is answered.
    rig.tell(Event::Call(data::call(2, data::ADA, CallState::Active)));
    rig.tell(notice(Notice::CALL_IN_DOUBT));
    assert!(rig.shows(Notice::CALL_IN_DOUBT) && !rig.shows(doubt));
}

#[test]
fn what_could_not_be_dialed_for_a_while_goes_once_it_could() {
    let mut rig = ready();
    let network = |registration| {
        Event::Network(NetworkState {
            registration,
            sim: SimState::Ready,
            ..NetworkState::default()
        })
    };
    rig.tell(network(Registration::EmergencyOnly));
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert!(rig.shows("Only emergency calls are possible"));
    // Nobody touches the window any more.
    rig.harness.event(egui::Event::PointerGone);
    rig.tell(network(Registration::Home));
    assert!(rig.shows("A call is possible now"));
    wait_until(&mut rig, 165);
    assert!(!rig.shows("A call is possible now"));
    assert!(rig.harness.state().model().ended.is_empty());
}

#[test]
fn what_is_dialed_again_by_itself_has_one_card_that_tells_why() {
    let mut rig = ready();
    failed(&mut rig, 1, "+12025550161");
    let redial = Redial {
        number: DialString::parse("+12025550161").expect("a number"),
        attempt: 2,
        of: 5,
        at: Instant::from_secs(123),
    };
    rig.tell(Event::Redial(Some(redial)));
    assert!(rig.shows("Try 2 of 5 in 00:23"));
    assert_eq!(rig.count("The number is busy"), 1);
    assert_eq!(rig.count("Call again"), 0, "that is what it does");
    assert_eq!(rig.painted("+1 202-555-0161").len(), 1, "once");
    // Stopped: how it ended is told by the card of the call.
    rig.tell(Event::Redial(None));
    assert_eq!(rig.count("Call again"), 1);
}

#[test]
fn the_strip_of_an_ended_call_is_low_in_a_low_window() {
    // 420 by 720 with text at 200 percent.
    let events = data::ready().into_iter().chain([data::contacts()]);
    let mut rig = window([210.0, 360.0], events);
    failed(&mut rig, 1, "+15550101");
    let strip = rig.harness.get_by_label("The number is busy").rect();
    // The top bar takes 40.
    assert!(strip.bottom() < 40.0 + 80.0, "{strip:?}");
    assert_eq!(rig.count("Call again"), 1);
}

#[test]
fn an_emergency_call_is_still_called_that_when_it_is_over() {
    let mut rig = ready();
    for (id, number) in [(1, "112"), (2, "+15550101")] {
        failed(&mut rig, id, number);
        let title = "Emergency call · 112";
        assert_eq!(rig.count(title), usize::from(number == "112"), "{number}");
        rig.click("Close");
    }
}
