//! Choosing a port, what goes wrong with it, and the SIM's PIN.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;

fn without_modem() -> Rig {
    window(NORMAL, [data::ports(), data::contacts()])
}

#[test]
fn without_a_modem_the_ports_are_there_to_be_clicked() {
    let mut rig = without_modem();
    assert!(rig.shows("Choose your modem"));
    rig.click("Demo modem (simulated)");
    assert_eq!(rig.last(), Command::Link(LinkCommand::Connect(LinkAddress::Demo)));
}

#[test]
fn the_demo_modem_is_offered_even_when_no_port_is_known() {
    let mut rig = window(NORMAL, []);
    assert!(rig.shows("No modem found"));
    rig.click("Demo modem (simulated)");
    assert_eq!(rig.last(), Command::Link(LinkCommand::Connect(LinkAddress::Demo)));
}

#[test]
fn in_a_narrow_window_the_picker_opens_by_itself_once() {
    let mut rig = window([400.0, 600.0], [data::ports(), data::contacts()]);
    assert!(rig.shows("Choose your modem"));
    rig.key(egui::Modifiers::NONE, egui::Key::Escape);
    assert!(!rig.shows("Choose your modem"));
    rig.tell(data::ports());
    assert!(!rig.shows("Choose your modem"));
}

#[test]
fn one_title_on_two_ports_is_told_apart() {
    let mut rig = without_modem();
    rig.click("Quectel EC25, ttyUSB3");
    let address = LinkAddress::Serial("/dev/ttyUSB3".to_owned());
    assert_eq!(rig.last(), Command::Link(LinkCommand::Connect(address)));
}

#[test]
fn checking_a_port_only_asks_who_is_there() {
    let mut rig = without_modem();
    rig.click("Check SIMCom SIM7600");
    let address = LinkAddress::Serial("/dev/ttyUSB7".to_owned());
    assert_eq!(rig.last(), Command::Link(LinkCommand::Probe(address)));
}

#[test]
fn an_address_can_be_typed_and_a_bad_one_is_explained() {
    let mut rig = without_modem();
    rig.type_into("Address", "tcp://nowhere");
    rig.click("Connect");
    assert!(rig.shows("is not a TCP address"));
    assert!(rig.engine.commands().is_empty());
    rig.type_into("Address", ":2000");
    rig.click("Connect");
    let address = LinkAddress::Tcp { host: "nowhere".to_owned(), port: 2000 };
    assert_eq!(rig.last(), Command::Link(LinkCommand::Connect(address)));
}

#[test]
fn the_button_opens_the_picker_and_disconnects() {
    let mut rig = window(NORMAL, data::ready().into_iter().chain([data::ports()]));
    assert!(!rig.shows("Choose your modem"));
    rig.click("Choose port");
    rig.click("Disconnect");
    assert_eq!(rig.last(), Command::Link(LinkCommand::Disconnect));
}

#[test]
fn a_failed_link_says_why_what_to_do_and_can_be_retried() {
    let address: LinkAddress = "/dev/ttyUSB2".parse().expect("address");
    let mut rig = window(
        NORMAL,
        [Event::Link(LinkState::Failed {
            address: address.clone(),
            reason: "Permission to use /dev/ttyUSB2 was refused".to_owned(),
            advice: "Run `sudo usermod -aG dialout $USER`, then log in again".to_owned(),
            retrying: false,
        })],
    );
    assert!(rig.shows("Permission to use /dev/ttyUSB2 was refused"));
    rig.click("Copy command");
    assert!(rig.shows("Copied"));
    rig.click("Retry");
    assert_eq!(rig.last(), Command::Link(LinkCommand::Connect(address)));
}

#[test]
fn a_silent_modem_is_told_apart_from_a_failed_one() {
    let rig = window(
        NORMAL,
        [Event::Link(LinkState::Silent {
            address: LinkAddress::Serial("COM10".to_owned()),
            reason: "COM10 is open but nothing answers AT".to_owned(),
            advice: "Try the modem’s other port".to_owned(),
        })],
    );
    assert!(rig.shows("COM10 is open but nothing answers AT"));
    assert!(rig.shows("Try the modem’s other port"));
}

fn locked(sim: SimState) -> Rig {
    let network = NetworkState { sim, ..NetworkState::default() };
    window(NORMAL, data::ready().into_iter().chain([Event::Network(network)]))
}

#[test]
fn the_pin_is_asked_for_with_the_tries_left() {
    let mut rig = locked(SimState::PinRequired(Some(3)));
    assert!(rig.shows("3 tries left"));
    rig.type_into("PIN", "12");
    rig.click("Unlock");
    assert!(rig.shows("A PIN has 4 to 8 digits"), "a wrong shape must not cost a try");
    assert!(rig.engine.commands().is_empty());
    rig.type_into("PIN", "34");
    rig.click("Unlock");
    let code = Secret("1234".to_owned());
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin: None, last_try: false });
}

#[test]
fn the_puk_needs_a_new_pin() {
    let mut rig = locked(SimState::PukRequired(Some(9)));
    rig.type_into("PUK", "12345678");
    rig.type_into("New PIN", "0000");
    rig.type_into("New PIN again", "0000");
    rig.click("Unlock");
    let (code, new_pin) = (Secret("12345678".to_owned()), Some(Secret("0000".to_owned())));
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: false });
}

#[test]
fn the_network_is_told_in_words() {
    let rig = window(NORMAL, data::ready());
    assert!(rig.shows("TestNet · 4G · −71 dBm · SIM ready"));
}

#[test]
fn a_refused_pin_keeps_the_dialog_and_its_keyboard() {
    let mut rig = locked(SimState::PinRequired(Some(3)));
    rig.type_into("PIN", "1234");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(matches!(rig.last(), Command::EnterPin { .. }));
    assert!(rig.shows("Unlock the SIM"), "open until the SIM answers");
    // Impatient: neither a second code nor a number.
    rig.type_text("5678");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(rig.engine.commands().len(), 1);

    let sim = SimState::PinRequired(Some(2));
    rig.engine.push(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    rig.tell(Event::Failed {
        request: rig.engine.last_request(),
        error: CommandError::Equipment(16),
        diagnosis: data::why("The PIN is wrong", "Type it again"),
    });
    assert!(rig.shows("The PIN is wrong") && rig.shows("2 tries left"));
    assert_eq!(rig.value("PIN"), "");
    rig.type_text("4321");
    assert_eq!(rig.value("Number"), "", "digits never reach the dialpad");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    let code = Secret("4321".to_owned());
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin: None, last_try: false });
    assert!(!rig.shows("The PIN is wrong"), "that was the code before");

    rig.tell(Event::Done { request: rig.engine.last_request() });
    assert!(!rig.shows("Unlock the SIM"));
}

#[test]
fn the_dialog_for_the_pin_closes_when_the_sim_is_ready() {
    let mut rig = locked(SimState::PinRequired(Some(3)));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    let sim = SimState::Ready;
    rig.tell(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    assert!(!rig.shows("Unlock the SIM"));
}

#[test]
fn a_pin_refused_after_the_dialog_was_left_is_told() {
    let mut rig = locked(SimState::PinRequired(Some(3)));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    rig.click("Later");
    rig.tell(Event::Failed {
        request: rig.engine.last_request(),
        error: CommandError::Equipment(16),
        diagnosis: data::why("The PIN is wrong", "Type it again"),
    });
    assert!(rig.shows("The PIN is wrong"));
    assert!(!rig.shows("Unlock the SIM"));
}
