//! Conversations: both directions of script, states with their remedies, calls in between.

use super::data;
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::phone::*;

fn open() -> Rig {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().timeline = data::conversation();
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
    rig
}

#[test]
fn opening_asks_for_the_newest_page_of_this_number() {
    let rig = open();
    let queries = rig.engine.script.borrow();
    let asked = queries.queries.iter().any(|(_, query)| match query {
        Query::Timeline { numbers, page: Page::Newest, .. } => numbers[0].as_str() == data::ADA,
        _ => false,
    });
    assert!(asked);
}

#[test]
fn texts_states_and_calls_are_shown() {
    let rig = open();
    for words in [
        "See you at the station then",
        "Sending 2 of 3",
        "May have been sent",
        "Not sent",
        "The network refused the text",
        "Missed call",
    ] {
        assert!(rig.shows(words), "{words}");
    }
}

#[test]
fn a_failed_text_is_sent_again_and_a_doubtful_one_is_for_the_user_to_decide() {
    let mut rig = open();
    rig.click_nth("Send again", 0);
    assert_eq!(rig.last(), Command::Message(MessageCommand::Retry(MessageId(6))));
    rig.click_nth("Send again", 1);
    assert_eq!(rig.last(), Command::Message(MessageCommand::Retry(MessageId(7))));
    rig.click("It arrived");
    assert_eq!(rig.last(), Command::Message(MessageCommand::MarkSent(MessageId(7))));
}

#[test]
fn a_text_that_arrives_appears_at_once_and_a_changed_state_changes_it() {
    let mut rig = open();
    let text = data::text(50, data::ADA, "Just now", 1, data::received());
    rig.tell(Event::Message(text));
    assert!(rig.shows("Just now"));
    let mut sent = data::text(8, data::ADA, "A long one in three parts", 600, Delivery::Delivered);
    sent.segments = 3;
    rig.tell(Event::Message(sent));
    assert!(!rig.shows("Sending 2 of 3"));
    let other = data::text(51, "+31205551234", "For another window", 1, data::received());
    rig.tell(Event::Message(other));
    assert!(!rig.shows("For another window"), "it belongs to another conversation");
}

#[test]
fn what_is_on_the_screen_counts_as_read() {
    let mut rig = open();
    rig.click("BANK, Your code is 482913. Never share it., 2 unread");
    assert_eq!(rig.last(), Command::Message(MessageCommand::MarkRead(ThreadId(2))));
}

#[test]
fn a_right_to_left_text_keeps_its_own_words_for_copying_and_reading_aloud() {
    let rig = open();
    assert!(rig.shows("سلام! کد شما ۱۲۳۴۵ است (OTP). تماس: +98 912 123 4567"));
}

#[test]
fn a_hostile_text_is_shown_harmless() {
    let mut rig = open();
    let evil = "Call ended\u{202e}\u{0}\u{e0b0}";
    rig.tell(Event::Message(data::text(60, data::ADA, evil, 1, data::received())));
    assert!(rig.shows("Call ended\u{fffd}\u{fffd}"));
    assert!(!rig.shows("\u{202e}"));
}

#[test]
fn an_undecodable_text_can_be_copied_raw() {
    let mut rig = open();
    let mut text = data::text(61, data::ADA, "A text that could not be read", 1, data::received());
    text.undecodable_pdu = Some("07911326040000F0".to_owned());
    rig.tell(Event::Message(text));
    rig.click("Copy the raw message");
    assert!(rig.shows("Copied"));
}

#[test]
fn a_conversation_is_deleted_and_comes_back() {
    let mut rig = open();
    rig.click("More about this conversation");
    rig.click("Delete conversation");
    assert_eq!(rig.last(), Command::Message(MessageCommand::DeleteThread(ThreadId(1))));
    rig.tell(Event::ThreadDeleted(ThreadId(1)));
    assert!(!rig.shows("See you at the station then"));
    rig.click("Undo");
    assert_eq!(rig.last(), Command::Message(MessageCommand::UndeleteThread(ThreadId(1))));
}

#[test]
fn the_name_is_shown_however_the_number_is_written() {
    let rig = open();
    let shown =
        rig.harness.state().model().phone.name_for(&deskphone::number::PhoneNumber::new(data::ADA));
    assert_eq!(shown, Some("Ada Lovelace"));
}

#[test]
fn a_call_in_a_conversation_leads_to_its_page() {
    use egui_kittest::kittest::Queryable;
    let mut rig = open();
    rig.harness.get_by_label_contains("Missed call").click();
    rig.harness.run();
    let asked = rig.engine.script.borrow().queries.last().map(|(_, query)| query.clone());
    assert_eq!(asked, Some(Query::CallDetail(CallRecordId(12))));
    assert_eq!(rig.value("Number"), "", "nothing is to be dialed");
}
