//! Desktop notifications: once for each text, call and missed call, and only behind another window.

use super::data;
use super::rig::{self, NORMAL};
use deskphone::phone::{CallState, Event, Outcome, Settings, TextMessage, UssdStatus};
use deskphone::ui::notify::Notification;
use std::cell::RefCell;
use std::rc::Rc;

/// A window whose notifications are collected.
fn collecting(focused: bool) -> (rig::Rig, Rc<RefCell<Vec<Notification>>>) {
    let mut rig = rig::window(NORMAL, data::ready().into_iter().chain([data::contacts()]));
    let shown = Rc::new(RefCell::new(Vec::new()));
    let sink = shown.clone();
    rig.harness.state_mut().set_notify(Box::new(move |n| sink.borrow_mut().push(n)));
    rig.harness.input_mut().focused = focused;
    rig.harness.run();
    (rig, shown)
}

fn unread(id: i64, words: &str) -> Event {
    let text = data::text(id, "+442079460018", words, 5, data::received());
    Event::Message(TextMessage { read: false, ..text })
}

#[test]
fn a_text_behind_another_window_is_told_once_with_the_name_and_safe_words() {
    let (mut rig, shown) = collecting(false);
    rig.tell(unread(900, "Hello\u{202e}\nthere"));
    rig.tell(unread(900, "Hello\u{202e}\nthere"));
    let shown = shown.borrow();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].title, "Ada Lovelace");
    assert!(shown[0].body.starts_with("Hello"), "{shown:?}");
    assert!(!shown[0].body.contains(['\n', '\u{202e}']), "{shown:?}");
}

#[test]
fn a_call_that_comes_in_and_one_that_was_missed_are_told() {
    let (mut rig, shown) = collecting(false);
    let call = data::call(7, "+442079460018", CallState::Incoming);
    rig.tell(Event::Call(call));
    rig.tell(Event::CallRecord(data::record(70, "+442079460018", Outcome::Missed, 3, None)));
    let titles: Vec<String> = shown.borrow().iter().map(|n| n.title.clone()).collect();
    assert_eq!(titles, ["Incoming call", "Missed call"]);
    assert!(shown.borrow().iter().all(|n| n.body == "Ada Lovelace"));
}

#[test]
fn nothing_is_told_in_front_or_when_it_is_not_wanted() {
    let (mut rig, shown) = collecting(true);
    rig.tell(unread(901, "Seen at once"));
    rig.harness.input_mut().focused = false;
    rig.tell(unread(901, "Seen at once"));
    rig.tell(Event::Settings(Settings { notifications: false, ..Settings::default() }));
    rig.tell(unread(902, "Not wanted"));
    assert!(shown.borrow().is_empty(), "{:?}", shown.borrow());
}

#[test]
fn a_muted_conversation_is_not_told() {
    let (mut rig, shown) = collecting(false);
    let Event::Threads(threads) = data::threads() else { unreachable!() };
    let mut threads = threads.to_vec();
    threads[0].flags.muted = true;
    rig.tell(Event::Threads(threads.into()));
    rig.tell(unread(903, "Psst"));
    assert!(shown.borrow().is_empty(), "{:?}", shown.borrow());
    let other = data::text(904, "BANK", "Aloud", 5, data::received());
    rig.tell(Event::Message(TextMessage { read: false, ..other }));
    assert_eq!(shown.borrow().len(), 1);
}

#[test]
fn what_the_network_says_is_told_by_its_kind() {
    let (mut rig, shown) = collecting(false);
    let answer = |text: &str| {
        let text = text.to_owned();
        Event::Ussd(UssdStatus::Answer { text, reply_expected: false })
    };
    rig.tell(answer("You have 3 GB left"));
    rig.tell(answer("You have 3 GB left"));
    rig.tell(Event::Ussd(UssdStatus::Waiting));
    rig.tell(answer("Balance: £5.20"));
    let shown = shown.borrow();
    let told: Vec<(&str, &str)> =
        shown.iter().map(|n| (n.title.as_str(), n.body.as_str())).collect();
    let by_itself = ("Message from the network", "You have 3 GB left");
    assert_eq!(told, [by_itself, ("Network answer", "Balance: £5.20")]);
}
