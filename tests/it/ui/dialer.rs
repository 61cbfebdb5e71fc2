//! The dialpad: typing, formats, redial, tones, service codes.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::number::{DialString, DtmfTones};
use deskphone::phone::*;
use std::time::Duration;

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

#[test]
fn keys_and_call_dial_the_number() {
    let mut rig = ready();
    for key in ["1", "2", "3"] {
        rig.click(key);
    }
    assert_eq!(rig.value("Number"), "123");
    rig.click("Call");
    assert_eq!(rig.dialed(), "123");
    assert_eq!(rig.value("Number"), "", "the field is free for the next number");
}

#[test]
fn a_pasted_number_in_any_format_is_dialed_as_digits() {
    let mut rig = ready();
    rig.type_into("Number", "(0)20-7946 0018");
    rig.click("Call");
    let dialed = rig.dialed();
    assert!(dialed.bytes().all(|b| b.is_ascii_digit()), "{dialed}");
    assert_eq!(DialString::parse("02079460018").map(|n| n.as_str().len()), Ok(dialed.len()));
}

#[test]
fn call_with_an_empty_field_recalls_the_last_number_and_a_second_press_dials_it() {
    let mut rig = ready();
    rig.type_into("Number", "5550100");
    rig.click("Call");
    let first = rig.dialed();
    let before = rig.engine.commands().len();
    rig.click("Call");
    assert_eq!(rig.engine.commands().len(), before, "only recalled");
    assert!(!rig.value("Number").is_empty());
    rig.click("Call");
    assert_eq!(rig.dialed(), first);
}

#[test]
fn call_with_nothing_ever_dialed_says_what_is_missing() {
    let mut rig = ready();
    rig.click("Call");
    assert!(rig.shows("type a number first"));
}

#[test]
fn backspace_takes_one_digit_away() {
    let mut rig = ready();
    for key in ["4", "5"] {
        rig.click(key);
    }
    rig.click("Backspace");
    assert_eq!(rig.value("Number"), "4");
}

#[test]
fn holding_zero_gives_plus() {
    use egui_kittest::kittest::Queryable;
    let mut rig = ready();
    let zero = rig.harness.get_by_label("0").rect().center();
    rig.harness.drag_at(zero);
    rig.harness.run_steps(6);
    rig.harness.drop_at(zero);
    rig.harness.run();
    assert_eq!(rig.value("Number"), "+");
}

#[test]
fn contacts_are_offered_by_digits_and_by_name() {
    let mut rig = ready();
    rig.type_into("Number", "7946");
    assert!(rig.shows("Call Ada Lovelace, "));
    let mut rig = ready();
    rig.type_into("Number", "grace");
    rig.harness.run();
    let name = format!(
        "Call Grace Hopper, {}",
        deskphone::number::format_for_display("+12025550166", "GB")
    );
    rig.click(&name);
    assert_eq!(rig.dialed(), "+12025550166");
}

#[test]
fn a_service_code_goes_to_the_network_as_a_code_and_its_answer_is_shown() {
    let mut rig = ready();
    rig.type_into("Number", "*100#");
    rig.click("Send code");
    assert_eq!(rig.last(), Command::Ussd(UssdCommand::Send("*100#".to_owned())));
    let text = "1 Balance\n2 Offers".to_owned();
    rig.tell(Event::Ussd(UssdStatus::Answer { text, reply_expected: true }));
    assert!(rig.shows("1 Balance"));
    rig.type_into("Reply", "1");
    rig.click("Send reply");
    assert_eq!(rig.last(), Command::Ussd(UssdCommand::Send("1".to_owned())));
}

#[test]
fn in_a_call_keys_send_tones() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.click("5");
    let tones = DtmfTones::parse("5").expect("tone");
    assert_eq!(rig.last(), Command::Call(CallCommand::SendDtmf(tones)));
    rig.click("New call");
    rig.click("7");
    assert_eq!(rig.value("Number"), "7", "a second call can be dialed");
}

#[test]
fn the_place_of_the_sound_is_said_before_the_call() {
    let rig = ready();
    assert!(rig.shows("Sound is on the modem’s own headset socket"));
}

#[test]
fn a_second_call_is_not_placed_by_one_press() {
    let mut rig = ready();
    rig.type_into("Number", "5550100");
    rig.click("Call");
    let count = rig.engine.commands().len();
    rig.clock.set(deskphone::clock::Instant::from_secs(100) + Duration::from_millis(50));
    rig.harness.run();
    assert_eq!(rig.engine.commands().len(), count);
}

#[test]
fn a_code_that_changes_something_is_asked_about_first() {
    let code = "**21*+442079460018#";
    let mut rig = ready();
    rig.type_into("Number", code);
    rig.click("Send code");
    assert!(rig.engine.commands().is_empty(), "asked first");
    assert!(rig.shows("This code can change forwarding, barring or a PIN"));
    rig.type_text("5");
    rig.click("Cancel");
    assert!(rig.engine.commands().is_empty());
    assert!(!rig.shows("This code can change"));
    assert!(!rig.value("Number").ends_with('5'), "the question had the keyboard");
    rig.click("Send code");
    rig.click("Send code now");
    assert_eq!(rig.last(), Command::Ussd(UssdCommand::Send(code.to_owned())));
    assert!(!rig.shows("This code can change"));
}

#[test]
fn a_code_from_elsewhere_is_only_put_into_the_dialpad() {
    for code in ["**21*+15550100#", "*100#"] {
        let contact = Contact::new("Prize office").with_number(code, "Mobile");
        let contacts = Event::Contacts(vec![contact].into());
        let mut rig = window(NORMAL, data::ready().into_iter().chain([contacts]));
        rig.click("Call Prize office");
        assert!(rig.engine.commands().is_empty(), "{code}");
        assert_eq!(DialString::parse(&rig.value("Number")).map(|n| n.as_str() == code), Ok(true));
        rig.click("Send code");
        let sent = Command::Ussd(UssdCommand::Send(code.to_owned()));
        assert_eq!(rig.engine.commands().contains(&sent), code == "*100#", "{code}");
    }
}

#[test]
fn a_code_is_nobodys_number() {
    for code in ["*100", "*100#", "#31#", "**21*100#"] {
        let mut rig = ready();
        // Its number holds the same digits.
        rig.type_into("Number", "100");
        assert!(rig.shows("Call Demo: answers, "));
        let mut rig = ready();
        rig.type_into("Number", code);
        assert!(!rig.shows("Call Demo: answers, "), "{code}");
    }
}
