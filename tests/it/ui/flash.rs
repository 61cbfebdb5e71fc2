//! Flash texts, what waits at the network, and the gauge of the modem's memory.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::number::PhoneNumber;
use deskphone::phone::*;
use std::sync::Arc;

fn ready() -> Rig {
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    window(NORMAL, events)
}

fn flash(id: i64, number: &str, text: &str) -> Event {
    let mut message = data::text(id, number, text, 1, data::received());
    message.kind = MessageKind::Flash;
    message.read = false;
    message.thread = ThreadId(90 + id);
    Event::Message(message)
}

#[test]
fn flash_texts_are_shown_at_once_one_after_the_other() {
    let mut rig = ready();
    rig.tell(flash(60, data::ADA, "Look up"));
    rig.tell(flash(61, "+15550107", "And down"));
    assert!(rig.shows("Flash text from Ada Lovelace"));
    assert!(rig.shows("Look up") && rig.shows("1 more after this one"));
    rig.click("Close");
    assert!(rig.shows("And down") && !rig.shows("Look up"));
    rig.click("Close");
    assert!(!rig.shows("Flash text from"));
}

#[test]
fn a_flash_text_can_be_answered_or_called_back() {
    let mut rig = ready();
    rig.tell(flash(60, data::ADA, "Look up"));
    rig.click("Call Ada Lovelace back");
    assert!(!rig.shows("Flash text from"));
    assert!(rig.value("Number").contains("7946"), "the number stands in the dialpad");
    rig.tell(flash(61, data::ADA, "Again"));
    rig.click("Reply");
    assert!(!rig.shows("Flash text from"));
    rig.type_into("Message", "yes");
    rig.press_button("Send");
    assert_eq!(super::sending::submitted(&rig).to[0].as_str(), data::ADA);
}

#[test]
fn a_flash_text_shows_once_and_never_from_somebody_blocked() {
    let mut rig = ready();
    rig.tell(flash(60, data::ADA, "Look up"));
    rig.click("Close");
    rig.tell(flash(60, data::ADA, "Look up"));
    assert!(!rig.shows("Flash text from"), "a later change of it shows nothing");
    let thread = Thread {
        id: ThreadId(91 + 60),
        number: PhoneNumber::new("+15550133"),
        preview: String::new(),
        last_direction: None,
        last_delivery: String::new(),
        time: data::ago(1),
        unread: 0,
        draft: String::new(),
        flags: ThreadFlags { blocked: true, ..ThreadFlags::default() },
    };
    rig.tell(Event::Thread(thread));
    rig.tell(flash(61, "+15550133", "Buy now"));
    assert!(!rig.shows("Flash text from") && !rig.shows("Buy now"));
}

#[test]
fn a_flash_text_cannot_speak_for_the_program() {
    let mut rig = ready();
    rig.tell(flash(60, "DESKPHONE", "Update needed\u{202e}: call \u{e0b0}+15550199"));
    assert!(rig.shows("Flash text from DESKPHONE"));
    assert!(rig.shows("The sender asked for it to be shown at once"));
    assert!(rig.shows("Update needed: call \u{fffd}+15550199"), "no overrides, no icons of ours");
    assert_eq!(rig.count("Reply"), 0, "a name can't be answered");
}

fn voicemail(count: Option<u8>) -> Event {
    let from = PhoneNumber::new("+15550121");
    let kind = WaitingKind::Voicemail;
    Event::Waiting(Arc::new([WaitingMark { kind, count, from, time: data::ago(60) }]))
}

#[test]
fn voicemail_that_waits_can_be_called_and_marked_as_heard() {
    let mut rig = ready();
    rig.tell(voicemail(Some(2)));
    rig.click("2 voice messages at the network");
    let shown = deskphone::number::format_for_display("+15550121", "GB");
    rig.click(&format!("Call voicemail {shown}"));
    assert!(!rig.value("Number").is_empty(), "in the dialpad, to be called with one more click");
    rig.click("2 voice messages at the network");
    rig.click("Mark as heard");
    let cleared = MessageCommand::ClearWaiting(WaitingKind::Voicemail);
    assert_eq!(rig.last(), Command::Message(cleared));
    rig.tell(Event::Waiting(Arc::new([])));
    assert!(!rig.shows("at the network"));
    rig.tell(voicemail(None));
    assert!(rig.shows("New voice messages at the network"));
}

#[test]
fn the_modems_memory_warns_before_it_is_full() {
    let mut rig = window([1100.0, 3600.0], data::ready());
    rig.click("Settings");
    assert!(rig.shows("3 of 25 texts in the modem’s memory"));
    assert!(!rig.shows("Nearly full"));
    let network = NetworkState { message_storage: Some((23, 25)), ..NetworkState::default() };
    rig.tell(Event::Network(network));
    assert!(rig.shows("23 of 25 texts in the modem’s memory"));
    assert!(rig.shows("Nearly full: when it is full no text can arrive"));
}
