//! Cards of calls: true states, the timer, answering, ending, and why it ended.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::clock::Instant;
use deskphone::number::PhoneNumber;
use deskphone::phone::*;
use deskphone::ui::theme::{DARK, LIGHT};
use egui_kittest::kittest::Queryable;

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

#[test]
fn each_state_has_its_words() {
    let mut rig = ready();
    for (state, words) in [
        (CallState::Dialing, "Calling…"),
        (CallState::Alerting, "Ringing at the other end"),
        (CallState::Active, "In call"),
        (CallState::Held, "On hold"),
    ] {
        rig.tell(Event::Call(data::call(1, data::ADA, state)));
        assert!(rig.shows(words), "{words}");
        assert!(rig.shows("Ada Lovelace"));
    }
}

#[test]
fn a_call_that_the_other_side_holds_says_so_and_how_much_as_there_is_room_for() {
    for (size, words) in [(NORMAL, "Held by them"), ([420.0, 700.0], "On hold by the other side")] {
        let mut rig = window(size, data::ready().into_iter().chain([data::contacts()]));
        if size[0] < 500.0 {
            rig.click("Dialpad");
        }
        let call = data::call(1, data::ADA, CallState::Active);
        rig.tell(Event::Call(Call { held_by_other: true, ..call.clone() }));
        assert!(rig.shows(words) && !rig.shows("In call"), "{words}");
        assert!(rig.shows("00:12"));
        let held = Call { held_by_other: true, state: CallState::Held, ..call.clone() };
        rig.tell(Event::Call(held));
        assert!(rig.shows("On hold") && !rig.shows(words), "ours is what can be ended");
        rig.tell(Event::Call(call));
        assert!(rig.shows("In call"));
    }
}

#[test]
fn the_timer_counts_from_the_answer_and_wakes_the_window_once_a_second() {
    let mut rig = ready();
    // Answered at 88 s; the clock stands at 100 s.
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    assert!(rig.shows("00:12"));
    rig.clock.set(Instant::from_secs(160));
    rig.harness.run();
    assert!(rig.shows("01:12"));
}

#[test]
fn an_incoming_call_is_answered_or_rejected_by_one_click() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(3, data::ADA, CallState::Incoming)));
    assert!(rig.shows("Incoming call"));
    rig.click("Answer");
    assert_eq!(rig.last(), Command::Call(CallCommand::Answer));
    rig.click("Reject");
    assert_eq!(rig.last(), Command::Call(CallCommand::Reject));
}

#[test]
fn hang_up_releases_this_call() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(7, data::ADA, CallState::Alerting)));
    rig.click("Hang up");
    assert_eq!(rig.last(), Command::Call(CallCommand::Release(CallId(7))));
}

#[test]
fn with_two_calls_each_hang_up_says_whom() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(2, "+15550100", CallState::Held)));
    rig.click("Hang up Demo: answers");
    assert_eq!(rig.last(), Command::Call(CallCommand::Release(CallId(2))));
    rig.click("Swap");
    assert_eq!(rig.last(), Command::Call(CallCommand::SwapHeldAndActive));
}

fn busy(rig: &mut Rig) {
    rig.tell(Event::Call(data::call(4, "+15550101", CallState::Dialing)));
    let mut call = data::call(4, "+15550101", CallState::Released(ReleaseCause::Busy));
    call.diagnosis = Some(data::why("The number is busy", "Try again in a few minutes"));
    rig.tell(Event::Call(call));
}

#[test]
fn a_call_that_failed_says_why_what_to_do_and_on_what_evidence() {
    let mut rig = ready();
    busy(&mut rig);
    assert!(rig.shows("The number is busy"));
    assert!(rig.shows("Try again in a few minutes"));
    assert!(!rig.shows("+CEER: 5,17"), "raw lines are folded");
    rig.click("What the modem said");
    assert!(rig.shows("+CEER: 5,17"));
    rig.click("Call again");
    assert_eq!(rig.dialed(), "+15550101");
    assert!(!rig.shows("The number is busy"), "a new call begins");
}

#[test]
fn the_card_of_a_failed_call_stays_until_it_is_closed() {
    let mut rig = ready();
    busy(&mut rig);
    rig.clock.set(Instant::from_secs(10_000));
    rig.harness.run();
    assert!(rig.shows("The number is busy"));
    rig.click("Close");
    assert!(!rig.shows("The number is busy"));
}

#[test]
fn the_card_of_a_call_that_ended_well_goes_by_itself() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    let mut call = data::call(1, data::ADA, CallState::Released(ReleaseCause::Remote));
    call.answered_at = Some(Instant::from_secs(88));
    call.state_since = Instant::from_secs(100);
    rig.tell(Event::Call(call));
    assert!(rig.shows("Call ended"));
    rig.clock.set(Instant::from_secs(120));
    rig.harness.run();
    assert!(!rig.shows("Call ended"));
}

#[test]
fn a_refused_dial_without_a_call_is_told_once_with_its_advice() {
    let mut rig = ready();
    rig.type_into("Number", "5550100");
    rig.click("Call");
    let request = rig.engine.last_request();
    let diagnosis = data::why("No modem is connected", "Choose a port first");
    rig.tell(Event::Failed { request, error: CommandError::NoLink, diagnosis });
    assert!(rig.shows("No modem is connected"));
    assert!(rig.shows("Choose a port first"));
}

#[test]
fn a_failure_told_by_call_and_by_command_has_one_card() {
    let mut rig = ready();
    rig.type_into("Number", "+15550101");
    rig.click("Call");
    let request = rig.engine.last_request();
    busy(&mut rig);
    let diagnosis = data::why("The number is busy", "Try again in a few minutes");
    rig.tell(Event::Failed { request, error: CommandError::Refused("BUSY".into()), diagnosis });
    assert_eq!(rig.harness.state().model().ended.len(), 1);
}

#[test]
fn a_withheld_number_is_said_so() {
    let mut rig = ready();
    let mut call = data::call(3, "", CallState::Incoming);
    call.remote = RemoteParty::Withheld;
    rig.tell(Event::Call(call));
    assert!(rig.shows("Number withheld"));
}

#[test]
fn a_call_of_a_withheld_number_ends_in_the_same_words_and_has_its_page() {
    let mut rig = ready();
    let mut call = data::call(3, "", CallState::Incoming);
    call.remote = RemoteParty::Withheld;
    rig.tell(Event::Call(call.clone()));
    call.state = CallState::Released(ReleaseCause::Remote);
    call.diagnosis = Some(data::why("The caller gave up before the answer", "Call back"));
    rig.tell(Event::Call(call));
    let mut record = data::record(31, "", Outcome::Missed, 5, None);
    record.remote = RemoteParty::Withheld;
    rig.tell(Event::CallRecord(record));
    assert!(rig.shows("Number withheld") && rig.shows("Missed call"));
    assert!(!rig.shows("Unknown caller"));
    assert_eq!(rig.count("Call back"), 0, "nobody knows the number");
    // A button without a frame begins where the words above it do.
    let words = rig.harness.get_by_label("What the modem said").rect().left() + 8.0;
    let title = rig.painted("The caller gave up before the answer")[0].0.left();
    assert!((words - title).abs() <= 1.0, "{words} {title}");
    rig.click("Details");
    let asked = rig.engine.script.borrow().queries.last().map(|(_, query)| query.clone());
    assert_eq!(asked, Some(Query::CallDetail(CallRecordId(31))));
}

#[test]
fn no_text_is_offered_to_emergency_services_or_short_numbers() {
    for (number, offered) in [("112", 0), ("118", 0), ("+15550101", 1)] {
        let mut rig = ready();
        rig.tell(Event::Call(data::call(3, number, CallState::Alerting)));
        let mut gone = data::call(3, number, CallState::Released(ReleaseCause::NoAnswer));
        gone.diagnosis = Some(data::why("Nobody answered", "Try again"));
        rig.tell(Event::Call(gone));
        assert_eq!(rig.count("Call again"), 1, "{number}");
        assert_eq!(rig.count("Text instead"), offered, "{number}");
    }
}

#[test]
fn an_emergency_call_says_so_and_its_button_is_no_hang_up() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, "112", CallState::Active)));
    assert!(rig.shows("Emergency call · 112"));
    // Not when they call back, nor anybody else.
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, "+15550101", CallState::Active)));
    assert!(!rig.shows("Emergency call"));
    // The colour of hanging up is on no button that dials.
    let danger = |rig: &Rig| rig.filled(LIGHT.danger) + rig.filled(DARK.danger);
    let mut rig = ready();
    rig.type_into("Number", "112");
    assert_eq!(danger(&rig), 0);
    rig.click("Emergency call");
    assert_eq!(danger(&rig), 0, "the question");
    rig.click("Call 112 now");
    rig.tell(Event::Call(data::call(1, "112", CallState::Active)));
    assert_eq!(danger(&rig), 1, "Hang up");
}

#[test]
fn a_card_says_that_the_modem_mentions_its_call_no_more() {
    let doubt = "The modem no longer mentions this call";
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Alerting)));
    let notice =
        Notice { text: Notice::CALL_IN_DOUBT.to_owned(), advice: String::new(), problem: true };
    assert!(!rig.shows(doubt));
    rig.tell(Event::Notice(notice));
    assert!(rig.shows(doubt) && rig.count("Hang up") == 1);
    // It is mentioned again.
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    assert!(!rig.shows(doubt));
}

#[test]
fn a_missed_call_is_no_news_once_there_is_a_call_with_that_person() {
    let mut rig = ready();
    for (id, number) in [(1, data::ADA), (2, "+15550101")] {
        rig.tell(Event::Call(data::call(id, number, CallState::Incoming)));
        let mut gone = data::call(id, number, CallState::Released(ReleaseCause::Remote));
        gone.direction = Direction::MobileTerminated;
        rig.tell(Event::Call(gone));
    }
    let cards = |rig: &Rig| rig.harness.state().model().ended.len();
    assert_eq!(cards(&rig), 2);
    rig.tell(Event::Call(data::call(3, "020 7946 0018", CallState::Incoming)));
    let left = &rig.harness.state().model().ended;
    assert_eq!(left.len(), 1, "the same person, however the number is written");
    assert_eq!(left[0].number().map(PhoneNumber::as_str), Some("+15550101"));
}

#[test]
fn tones_are_shown_once() {
    let mut rig = ready();
    let mut call = data::call(1, data::ADA, CallState::Active);
    call.keys = Keys { sent: "4711".into(), ..Keys::default() };
    rig.tell(Event::Call(call));
    assert!(rig.shows("Tones sent 4711"), "on the keypad");
    assert!(!rig.shows("Keys sent: 4711"));
}
