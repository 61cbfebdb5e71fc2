//! The lamp beside the dialpad, and calls that are refused before they are dialed.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::number::PhoneNumber;
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;

fn with(change: impl FnOnce(&mut NetworkState)) -> Rig {
    let mut network = NetworkState {
        registration: Registration::Home,
        sim: SimState::Ready,
        access_technology: Some(AccessTechnology::Lte),
        ..NetworkState::default()
    };
    change(&mut network);
    let events = data::ready().into_iter().chain([data::contacts(), Event::Network(network)]);
    window(NORMAL, events)
}

#[test]
fn the_lamp_says_a_word_and_on_a_click_the_reason_and_the_remedy() {
    let mut rig = with(|_| {});
    assert_eq!(rig.count("Ready"), 1);
    let mut doubtful = with(|network| network.ims = Some(false));
    doubtful.click("A call may fail");
    assert!(doubtful.shows("not registered for calls there (VoLTE)"));
    assert!(doubtful.shows("ask your operator for VoLTE"));
    rig.tell(Event::Link(LinkState::Disconnected));
    rig.click("No calls possible");
    assert!(rig.shows("Choose a port, or try the Demo modem"));
}

#[test]
fn where_the_word_is_left_out_each_state_but_the_good_one_has_its_icon() {
    use egui_material_icons::icons;
    let symbols = [icons::ICON_WARNING, icons::ICON_EMERGENCY, icons::ICON_BLOCK];
    for (registration, sim, word, own) in [
        (Registration::Home, SimState::Ready, "Ready", None),
        (Registration::Searching, SimState::Ready, "A call may fail", Some(0)),
        (Registration::EmergencyOnly, SimState::Ready, "Emergency calls only", Some(1)),
        (Registration::Home, SimState::NotInserted, "No calls possible", Some(2)),
    ] {
        // Too little height for a line of the lamp's own.
        let mut rig = window([420.0, 400.0], data::ready());
        let network = NetworkState { registration, sim, ..NetworkState::default() };
        rig.tell(Event::Network(network));
        rig.click("Dialpad");
        let lamp = rig.harness.get_by_role_and_label(egui::Role::Button, word).rect();
        assert!(lamp.width() < 30.0, "there is no room for {word}");
        for (at, symbol) in symbols.iter().enumerate() {
            let painted = rig.painted(symbol.codepoint);
            let inside = painted.iter().any(|(place, _)| lamp.contains(place.center()));
            assert_eq!(inside, own == Some(at), "{word}: {at}");
        }
    }
}

fn service(service: Service, number: Option<&str>) -> Event {
    let number = number.map(PhoneNumber::new);
    let line = ServiceLine { class: ServiceClass::VOICE, active: true, number, seconds: None };
    Event::Service(ServiceState { service, lines: vec![line], own_number: None })
}

#[test]
fn the_lamp_tells_of_calls_that_go_elsewhere_and_leads_to_the_switch() {
    let mut rig = with(|_| {});
    let forwarded = egui_material_icons::icons::ICON_PHONE_FORWARDED.codepoint;
    let all = Service::Forwarding(ForwardingReason::Unconditional);
    let busy = Service::Forwarding(ForwardingReason::Busy);
    rig.tell(service(busy, Some("+493055500")));
    assert!(rig.painted(forwarded).is_empty(), "while busy alone, callers still get through");
    rig.tell(service(all, Some("+493055501")));
    assert_eq!(rig.painted(forwarded).len(), 1);
    rig.click("Ready");
    assert!(rig.shows("All calls to you go to +49 30 55501"));
    rig.click("Call services");
    assert!(rig.shows("Switches of your network"));
    let off = ServiceState { service: all, lines: vec![], own_number: None };
    rig.tell(Event::Service(off));
    assert!(rig.painted(forwarded).is_empty());
}

#[test]
fn calls_that_the_network_bars_are_refused_with_the_way_to_switch_that_off() {
    let mut rig = with(|network| network.outgoing_barred = true);
    rig.click("Emergency calls only");
    assert!(rig.shows("Outgoing calls are barred"));
    rig.click("Call services");
    assert!(rig.shows("Switches of your network"));
}

#[test]
fn the_remedy_for_a_locked_sim_is_one_click_away() {
    let mut rig = with(|network| network.sim = SimState::PinRequired(Some(3)));
    rig.key(egui::Modifiers::NONE, egui::Key::Escape);
    rig.click("No calls possible");
    rig.click("Enter PIN…");
    assert!(rig.shows("PIN"));
}

#[test]
fn the_card_of_a_refused_call_leads_to_what_is_missing() {
    let mut rig = with(|network| network.sim = SimState::PinRequired(Some(3)));
    rig.key(egui::Modifiers::NONE, egui::Key::Escape);
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert!(rig.shows("Not dialed"));
    assert_eq!((rig.count("Try anyway"), rig.count("Call again")), (1, 0));
    rig.click("Enter PIN…");
    assert!(rig.shows("It is sent to the SIM and never stored"), "the dialog of the PIN");
    // Without a modem, the way to one.
    let mut rig = window(NORMAL, [data::contacts()]);
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert_eq!((rig.count("Try anyway"), rig.count("Call again")), (0, 0));
    let ports = rig.count("Choose port");
    assert!(ports > 0, "on the card");
}

#[test]
fn the_lamp_says_that_an_emergency_number_can_be_dialed() {
    for (sim, said) in [
        (SimState::PinRequired(Some(3)), "112 can be dialed"),
        (SimState::NotInserted, "112 can be dialed"),
        (SimState::Ready, "Ready"),
    ] {
        let mut rig = with(|network| network.sim = sim.clone());
        rig.key(egui::Modifiers::NONE, egui::Key::Escape);
        rig.type_into("Number", "112");
        assert_eq!(rig.count(said), 1, "{sim:?}");
        assert_eq!(rig.count("No calls possible"), 0, "{sim:?}");
    }
    // Not without a modem.
    let mut rig = window(NORMAL, [data::contacts()]);
    rig.type_into("Number", "112");
    assert_eq!(rig.count("112 can be dialed"), 0);
}

#[test]
fn a_call_that_can_not_succeed_is_refused_at_once_and_can_be_tried_anyway() {
    for (registration, cause) in [
        (Registration::EmergencyOnly, "Only emergency calls are possible"),
        (Registration::Denied, "does not accept this SIM"),
    ] {
        let mut rig = with(|network| network.registration = registration);
        rig.type_into("Number", "5550100,1");
        rig.click("Call");
        assert!(rig.engine.commands().is_empty(), "{registration:?}");
        assert!(rig.shows("Not dialed") && rig.shows(cause), "{registration:?}");
        assert!(!rig.value("Number").is_empty(), "what was typed is kept");
        rig.click("Try anyway");
        let Command::Call(CallCommand::Dial(dial)) = rig.last() else { panic!("no call") };
        assert!(dial.anyway);
        assert_eq!((dial.number.as_str(), dial.post_dial.as_str()), ("5550100", ",1"));
        assert!(!rig.shows("Not dialed"), "a new call begins");
    }
}

#[test]
fn a_doubtful_call_is_dialed() {
    let mut rig = with(|network| network.registration = Registration::Searching);
    assert!(rig.shows("A call may fail"));
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert_eq!(rig.dialed(), "5550100");
}

#[test]
fn a_call_refused_twice_has_one_card() {
    let mut rig = with(|network| network.sim = SimState::NotInserted);
    rig.type_into("Number", "5550100");
    rig.click("Call");
    rig.click("Call");
    assert_eq!(rig.harness.state().model().ended.len(), 1);
    assert_eq!(rig.count("Try anyway"), 1);
}

#[test]
fn a_refusal_of_the_engine_offers_to_try_anyway_once() {
    let mut rig = with(|_| {});
    rig.type_into("Number", "5550100");
    rig.click("Call");
    let request = rig.engine.last_request();
    // The registration was lost while the command was on its way.
    rig.tell(Event::Network(NetworkState {
        registration: Registration::SmsOnly,
        sim: SimState::Ready,
        ..NetworkState::default()
    }));
    let error = CommandError::NotAllowedNow;
    let diagnosis = data::why("The network allows this SIM texts but no calls here", "Ask");
    rig.tell(Event::Failed { request, error: error.clone(), diagnosis: diagnosis.clone() });
    rig.click("Try anyway");
    let request = rig.engine.last_request();
    rig.tell(Event::Failed { request, error, diagnosis });
    assert_eq!(rig.count("Try anyway"), 0);
    assert_eq!(rig.count("Call again"), 1);
}

#[test]
fn a_refused_call_can_be_placed_plainly_once_the_lamp_is_green() {
    let mut rig = with(|network| network.registration = Registration::EmergencyOnly);
    rig.type_into("Number", "5550100,1");
    rig.click("Call");
    assert!(rig.shows("Only emergency calls are possible"));
    rig.tell(Event::Network(NetworkState {
        registration: Registration::Home,
        sim: SimState::Ready,
        ..NetworkState::default()
    }));
    assert_eq!(rig.count("Try anyway"), 0);
    assert!(!rig.shows("Only emergency calls are possible"), "that has passed");
    assert!(rig.shows("A call is possible now"));
    rig.click("Call now");
    let Command::Call(CallCommand::Dial(dial)) = rig.last() else { panic!("no call") };
    assert!(!dial.anyway, "there is nothing to force");
    assert_eq!((dial.number.as_str(), dial.post_dial.as_str()), ("5550100", ",1"));
    assert!(!rig.shows("Not dialed"));
}

#[test]
fn a_call_refused_without_a_modem_can_be_placed_when_one_is_there() {
    let mut rig = with(|_| {});
    rig.tell(Event::Link(LinkState::Disconnected));
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert!(rig.shows("No modem is connected"));
    assert_eq!(rig.count("Try anyway"), 0, "there is nothing to try it with");
    rig.tell(Event::Link(LinkState::Ready(LinkAddress::Demo)));
    rig.click("Call now");
    assert_eq!(rig.dialed(), "5550100");
}

#[test]
fn where_circuits_carry_texts_alone_the_modem_is_asked_and_the_header_agrees_with_the_lamp() {
    let texts_only = |ims| {
        move |network: &mut NetworkState| {
            network.registration = Registration::SmsOnly;
            network.circuit = Registration::SmsOnly;
            network.ims = ims;
        }
    };
    let mut rig = with(texts_only(None));
    assert_eq!((rig.count("No calls possible"), rig.shows("Texts only")), (1, true));
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert_eq!(rig.dialed(), "5550100", "the driver asks for calls over LTE first");
    let rig = with(texts_only(Some(true)));
    assert_eq!((rig.count("Ready"), rig.shows("Texts only")), (1, false));
}
