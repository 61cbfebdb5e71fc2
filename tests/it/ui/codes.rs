//! The dialogue of service codes: what was sent, what the network said, replies and the end.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use deskphone::ui::codes::Line;

fn ready() -> Rig {
    window(NORMAL, data::ready())
}

fn dial(rig: &mut Rig, code: &str) {
    rig.type_into("Number", code);
    rig.click("Send code");
}

fn answer(text: &str, reply_expected: bool) -> Event {
    Event::Ussd(UssdStatus::Answer { text: text.to_owned(), reply_expected })
}

fn sent(code: &str) -> Command {
    Command::Ussd(UssdCommand::Send(code.to_owned()))
}

#[test]
fn a_menu_is_gone_through_line_by_line_and_stays_readable() {
    let mut rig = ready();
    dial(&mut rig, "*100#");
    assert_eq!(rig.last(), sent("*100#"));
    rig.tell(Event::Ussd(UssdStatus::Waiting));
    assert!(rig.shows("You: *100#") && rig.shows("Waiting for the network…"));
    rig.tell(answer("1 Balance\n2 Offers", true));
    assert!(rig.shows("Network: 1 Balance\n2 Offers"));
    assert!(!rig.shows("Waiting for the network…"));
    rig.type_into("Reply", "1");
    rig.click("Send reply");
    assert_eq!(rig.last(), sent("1"));
    rig.tell(Event::Ussd(UssdStatus::Waiting));
    rig.tell(answer("You have £5.20", false));
    for line in ["You: *100#", "Network: 1 Balance\n2 Offers", "You: 1", "Network: You have £5.20"]
    {
        assert!(rig.shows(line), "{line}");
    }
    assert!(rig.harness.state().model().codes.lines.len() == 4);
    // It is all there after a look at another page.
    rig.click("Settings");
    rig.click("Codes");
    assert!(rig.shows("Network: You have £5.20"));
}

#[test]
fn enter_sends_the_reply_and_the_dialogue_can_be_ended() {
    let mut rig = ready();
    dial(&mut rig, "*100#");
    rig.tell(answer("1 Balance", true));
    rig.type_into("Reply", "2");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(rig.last(), sent("2"));
    rig.tell(answer("Sure?", true));
    rig.click("End");
    assert_eq!(rig.last(), Command::Ussd(UssdCommand::Cancel));
}

#[test]
fn waiting_can_be_cancelled() {
    let mut rig = ready();
    dial(&mut rig, "*100#");
    rig.tell(Event::Ussd(UssdStatus::Waiting));
    rig.click("Cancel");
    assert_eq!(rig.last(), Command::Ussd(UssdCommand::Cancel));
    rig.tell(Event::Ussd(UssdStatus::Ended("The dialogue was ended".to_owned())));
    assert!(rig.shows("The dialogue was ended"));
    assert!(!rig.shows("Waiting for the network…"));
}

#[test]
fn a_refusal_is_told_in_the_dialogue_with_what_to_do() {
    let mut rig = ready();
    dial(&mut rig, "*999#");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The network knows no such code", "Check the code");
    let error = CommandError::Refused("ERROR".to_owned());
    rig.tell(Event::Failed { request, error, diagnosis });
    assert!(rig.shows("The network knows no such code") && rig.shows("Check the code"));
    assert!(rig.harness.state().model().toasts.is_empty(), "said once, in its place");
}

#[test]
fn the_imei_is_one_click_away() {
    let mut rig = ready();
    rig.click("Codes");
    assert!(rig.shows("No codes sent yet"));
    rig.click("Show the IMEI");
    assert_eq!(rig.last(), sent("*#06#"));
    rig.tell(answer("IMEI 490154203237518", false));
    assert!(rig.shows("Network: IMEI 490154203237518"));
}

#[test]
fn a_code_is_typed_on_its_page_and_checked() {
    let mut rig = ready();
    rig.click("Codes");
    rig.type_into("Code", "hello");
    rig.click("Send this code");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("A code begins with * or # and ends with #"));
    assert_eq!(rig.value("Code"), "hello", "what was typed stays");
}

#[test]
fn a_code_that_changes_something_says_what_before_it_is_sent() {
    let mut rig = ready();
    dial(&mut rig, "**67*+442079460018#");
    assert!(rig.shows("Forwarding when busy: switch on, to +44 20 7946 0018"));
    rig.click("Send code now");
    assert_eq!(rig.last(), sent("**67*+442079460018#"));
}

#[test]
fn a_pin_in_a_code_is_nowhere_on_the_screen() {
    let mut rig = ready();
    let code = "**04*1234*4321*4321#";
    dial(&mut rig, code);
    assert!(rig.shows("It changes the PIN of the SIM"));
    rig.click("Send code now");
    assert_eq!(rig.last(), sent(code));
    assert!(rig.shows("You: **04*••••*••••*••••#"));
    assert!(rig.painted(code).is_empty());
    let lines = &rig.harness.state().model().codes.lines;
    assert_eq!(*lines, [Line::Sent("**04*••••*••••*••••#".to_owned())]);
}

#[test]
fn an_answer_that_comes_by_itself_is_shown_beside_any_page() {
    let mut rig = ready();
    rig.tell(answer("Your credit runs out tomorrow. Top up? 1 yes", true));
    assert!(rig.shows("Message from the network"));
    rig.click("Reply…");
    rig.type_into("Reply", "1");
    rig.click("Send reply");
    assert_eq!(rig.last(), sent("1"));
    assert!(!rig.shows("Message from the network"), "the card has gone");
}

#[test]
fn the_end_of_a_code_is_no_message_of_the_network() {
    let mut rig = ready();
    rig.tell(answer("You have 3 GB left", false));
    rig.tell(Event::Ussd(UssdStatus::Ended("The network did not answer in time".to_owned())));
    assert!(rig.shows("Your code") && rig.shows("The network did not answer in time"));
    assert!(!rig.shows("Message from the network"));
}

#[test]
fn the_dialogue_opens_in_a_narrow_window_too() {
    let mut rig = window([400.0, 600.0], data::ready());
    rig.click("Dialpad");
    dial(&mut rig, "*100#");
    rig.tell(answer("1 Balance", true));
    assert!(rig.shows("Network: 1 Balance"));
    rig.type_into("Reply", "1");
    rig.click("Send reply");
    assert_eq!(rig.last(), sent("1"));
}

#[test]
fn a_message_of_the_network_is_told_where_its_card_is_out_of_sight() {
    for size in [[400.0, 600.0], [800.0, 600.0]] {
        let mut rig = window(size, data::ready());
        rig.tell(answer("You have 3 GB left", false));
        assert!(rig.shows("Message from the network") && rig.shows("You have 3 GB left"));
        rig.click("Show");
        assert!(rig.shows("Network: You have 3 GB left"));
        assert!(!rig.shows("Message from the network"), "it has been seen");
    }
    let mut rig = ready();
    rig.tell(answer("You have 3 GB left", false));
    assert!(rig.shows("Message from the network"));
    assert!(rig.harness.state().model().toasts.is_empty(), "the card is in sight");
}

#[test]
fn a_reply_typed_for_one_question_is_not_sent_to_the_next() {
    let mut rig = ready();
    dial(&mut rig, "*100#");
    rig.tell(answer("1 Balance\n2 Offers", true));
    rig.type_into("Reply", "2");
    rig.tell(answer("Delete your account? 2 yes", true));
    assert_eq!(rig.value("Reply"), "", "it was no answer to this");
    assert!(rig.shows("Not sent: “2”. It was typed before the network asked this"));
    let before = rig.engine.commands().len();
    rig.type_into("Reply", "");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(rig.engine.commands().len(), before);
    rig.click("Use it here");
    assert_eq!(rig.value("Reply"), "2");
    assert!(!rig.shows("Not sent"));
    rig.click("Send reply");
    assert_eq!(rig.last(), sent("2"));
}

#[test]
fn a_code_that_was_being_typed_is_no_reply_and_comes_back_after_the_dialogue() {
    let mut rig = ready();
    rig.click("Codes");
    rig.type_into("Code", "*123");
    rig.tell(answer("Rate us, 1 to 5", true));
    assert_eq!(rig.value("Reply"), "");
    rig.type_into("Reply", "5");
    rig.click("Send reply");
    assert_eq!(rig.last(), sent("5"));
    rig.tell(answer("Thank you", false));
    assert_eq!(rig.value("Code"), "*123");
    assert!(!rig.shows("Not sent"));
}

#[test]
fn a_reply_left_when_the_dialogue_ends_is_no_code() {
    let mut rig = ready();
    dial(&mut rig, "*100#");
    rig.tell(answer("1 Balance", true));
    rig.type_into("Reply", "1");
    rig.tell(Event::Ussd(UssdStatus::Ended("The network ended the dialogue".to_owned())));
    assert_eq!(rig.value("Code"), "");
    assert!(rig.shows("Not sent: “1”. The dialogue is over"));
    assert!(!rig.shows("Use it here"), "it would be no code");
    rig.click("Forget it");
    assert!(!rig.shows("Not sent"));
}

#[test]
fn in_a_recording_no_call_is_placed_and_its_pages_say_what_it_is() {
    let mut rig = ready();
    let address: LinkAddress = "replay:/tmp/somebody.at".parse().expect("an address");
    rig.tell(Event::Link(LinkState::Ready(address)));
    let before = rig.engine.commands().len();
    for number in ["+442079460018", "112"] {
        rig.type_into("Number", number);
        rig.key(egui::Modifiers::NONE, egui::Key::Enter);
        assert!(rig.shows("A recording is open: no call can be placed from it"), "{number}");
        assert_eq!(rig.engine.commands().len(), before, "{number}");
    }
    rig.click_nth("Try anyway", 0);
    assert!(matches!(rig.last(), Command::Call(CallCommand::Dial(_))), "the recording is played");
    rig.click("Codes");
    assert!(rig.shows("nothing reaches a network or a SIM"));
    rig.click("Call services");
    assert!(rig.shows("nothing reaches a network or a SIM"));
    rig.tell(Event::Link(LinkState::Ready(LinkAddress::Demo)));
    assert!(!rig.shows("nothing reaches a network or a SIM"));
}
