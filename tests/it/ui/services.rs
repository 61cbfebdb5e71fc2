//! The services of the network: asked for on demand, and never shown before the network said so.

use super::data;
use super::rig::{Rig, window};
use deskphone::number::PhoneNumber;
use deskphone::phone::*;

/// High enough for every row.
const TALL: [f32; 2] = [1100.0, 2400.0];

fn open() -> Rig {
    let mut rig = window(TALL, data::ready());
    rig.click("Codes");
    rig.click("Call services");
    rig
}

fn state(service: Service, lines: &[(u16, bool, &str)]) -> Event {
    let line = |(class, active, number): &(u16, bool, &str)| ServiceLine {
        class: ServiceClass(*class),
        active: *active,
        number: (!number.is_empty()).then(|| PhoneNumber::new(number)),
        seconds: None,
    };
    let lines = lines.iter().map(line).collect();
    Event::Service(ServiceState { service, lines, own_number: None })
}

fn service(rig: &Rig) -> ServiceRequest {
    match rig.last() {
        Command::Service(request) => request,
        other => panic!("no service but {other:?}"),
    }
}

fn is_on(rig: &Rig, name: &str) -> bool {
    use egui_kittest::kittest::{NodeT, Queryable};
    let node = rig.harness.get_by_role_and_label(egui::Role::CheckBox, name);
    node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
}

const BUSY: Service = Service::Forwarding(ForwardingReason::Busy);

#[test]
fn nothing_is_asked_by_itself_and_all_conditions_by_one_button() {
    let mut rig = open();
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("Not asked yet"));
    rig.click("Ask the network: Forwarding");
    let asked: Vec<Service> = rig
        .engine
        .commands()
        .into_iter()
        .map(|command| match command {
            Command::Service(ServiceRequest { service, action, .. }) => {
                assert_eq!(action, ServiceAction::Query);
                service
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(asked, Service::Forwarding(ForwardingReason::All).parts());
    assert!(rig.shows("Asking the network…"));
    rig.tell(state(BUSY, &[(1, true, "+442079460018"), (4, true, "+442079460018")]));
    assert!(rig.shows("On for voice and fax to +44 20 7946 0018"));
}

#[test]
fn a_switch_moves_when_the_network_has_answered() {
    let mut rig = open();
    rig.tell(state(Service::Waiting, &[(1, false, "")]));
    assert!(!is_on(&rig, "Announce a second call"));
    rig.click("Announce a second call");
    assert_eq!(service(&rig).action, ServiceAction::Activate);
    assert!(!is_on(&rig, "Announce a second call"), "not before the answer");
    assert!(rig.shows("Waiting for the network’s answer…"));
    let request = rig.engine.last_request();
    rig.tell(state(Service::Waiting, &[(1, true, "")]));
    rig.tell(Event::Done { request });
    assert!(is_on(&rig, "Announce a second call"));
    assert!(rig.shows("On for voice"));
}

#[test]
fn a_refusal_stands_beside_its_row_with_what_to_do() {
    let mut rig = open();
    rig.tell(state(Service::Waiting, &[(1, false, "")]));
    rig.click("Announce a second call");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The network does not allow this", "Ask your operator");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(3), diagnosis });
    assert!(!is_on(&rig, "Announce a second call"));
    assert!(rig.shows("The network does not allow this") && rig.shows("Ask your operator"));
    assert!(rig.harness.state().model().toasts.is_empty());
}

#[test]
fn calls_are_forwarded_after_the_seconds_chosen() {
    let mut rig = open();
    rig.click("Change: Forwarding without an answer");
    rig.click("Switch on");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("Type the number calls are forwarded to"));
    rig.type_into("Forward to", "+44 20 7946 0018");
    rig.click("30");
    rig.click("Switch on");
    let request = service(&rig);
    assert_eq!(request.service, Service::Forwarding(ForwardingReason::NoReply));
    let number = PhoneNumber::new("+442079460018");
    assert_eq!(request.action, ServiceAction::Register { number, seconds: Some(30) });
    assert!(!rig.shows("Switch on"), "the form has gone");
}

#[test]
fn calls_are_forwarded_to_somebody_by_name() {
    let mut rig = open();
    rig.tell(data::contacts());
    rig.click("Change: Forwarding when busy");
    rig.type_into("Forward to", "love");
    rig.click("Ada Lovelace · Mobile · 020 7946 0018");
    assert_eq!(rig.value("Forward to"), data::ADA);
    rig.click("Switch on");
    let number = PhoneNumber::new(data::ADA);
    assert_eq!(service(&rig).action, ServiceAction::Register { number, seconds: None });
    rig.click("Change: Forwarding when out of reach");
    rig.type_into("Forward to", "turing");
    let before = rig.engine.commands().len();
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(rig.engine.commands().len(), before, "the number is seen first");
    assert_eq!(rig.value("Forward to"), "+441632960123");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    let number = PhoneNumber::new("+441632960123");
    assert_eq!(service(&rig).action, ServiceAction::Register { number, seconds: None });
}

#[test]
fn forwarding_is_switched_off_or_forgotten() {
    let mut rig = open();
    rig.tell(state(BUSY, &[(1, true, "+442079460018")]));
    rig.click("Change: Forwarding when busy");
    assert_eq!(rig.value("Forward to"), "+442079460018");
    rig.click("Switch off");
    assert_eq!(service(&rig).action, ServiceAction::Deactivate);
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    rig.click("Change: Forwarding when busy");
    rig.click("Forget number");
    assert_eq!(service(&rig).action, ServiceAction::Erase);
}

#[test]
fn barring_needs_its_password_which_is_not_kept() {
    let mut rig = open();
    let outgoing = Service::Barring(Barring::Outgoing);
    rig.tell(state(outgoing, &[(7, false, "")]));
    rig.click("All outgoing calls");
    assert!(rig.engine.commands().is_empty(), "the password first");
    rig.type_into("Barring password", "12");
    rig.press_button("Switch on");
    assert!(rig.shows("The barring password has four digits"));
    rig.type_into("Barring password", "34");
    rig.press_button("Switch on");
    let request = service(&rig);
    assert_eq!((request.service, request.action), (outgoing, ServiceAction::Activate));
    assert_eq!(request.password, Some(Secret("1234".to_owned())));
    assert!(!is_on(&rig, "All outgoing calls"));
    let done = rig.engine.last_request();
    rig.tell(Event::Done { request: done });
    rig.click("All outgoing calls");
    assert_eq!(rig.value("Barring password"), "");
}

#[test]
fn the_own_number_is_hidden_when_the_network_says_so() {
    let mut rig = open();
    rig.click("Hide it");
    let request = service(&rig);
    assert_eq!(request.service, Service::HideOwnNumber);
    assert_eq!(request.action, ServiceAction::Activate);
    let own_number = Some(OwnNumber::HiddenByDefault);
    let service = Service::HideOwnNumber;
    rig.tell(Event::Service(ServiceState { service, lines: Vec::new(), own_number }));
    assert!(rig.shows("On, unless a call asks otherwise"));
}

#[test]
fn without_a_modem_nothing_can_be_asked() {
    let mut rig = window(TALL, []);
    rig.click("Codes");
    rig.click("Call services");
    assert!(rig.shows("Connect a modem first"));
    rig.click("Ask the network: Barring");
    assert!(rig.engine.commands().is_empty());
}

#[test]
fn the_own_number_can_be_left_to_the_contract() {
    let mut rig = open();
    rig.click("As the contract says");
    let wish = service(&rig);
    assert_eq!((wish.service, wish.action), (Service::HideOwnNumber, ServiceAction::Erase));
}

#[test]
fn a_refusal_stands_in_place_of_not_asked_yet() {
    let mut rig = open();
    let rows = rig.count("Not asked yet");
    rig.click("Ask the network: Call waiting");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The network refused this without a reason", "Ask your operator");
    rig.tell(Event::Failed {
        request,
        error: CommandError::Refused("ERROR".to_owned()),
        diagnosis,
    });
    assert!(rig.shows("The network refused this without a reason"));
    assert_eq!(rig.count("Not asked yet"), rows - 1);
}

#[test]
fn without_service_nothing_is_asked_and_nothing_is_said_of_the_contract() {
    let mut rig = open();
    rig.click("Ask the network: Call waiting");
    let request = rig.engine.last_request();
    let diagnosis = data::why("There is no network", "Ask whether the contract includes it");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(30), diagnosis });
    assert!(rig.shows("contract includes it"));
    let sim = SimState::Ready;
    let registration = Registration::Denied;
    rig.tell(Event::Network(NetworkState { sim, registration, ..NetworkState::default() }));
    assert!(rig.shows("The network does not accept this SIM card"));
    assert!(rig.shows("Without service nothing can be asked or changed here"));
    assert!(!rig.shows("contract includes it"));
    let before = rig.engine.commands().len();
    rig.click("Ask the network: Forwarding");
    assert_eq!(rig.engine.commands().len(), before);
    rig.click("Change: Forwarding when busy");
    assert!(!rig.shows("Switch off"), "no form opens");
}

#[test]
fn what_the_contract_says_is_no_choice_of_this_modem() {
    use egui_kittest::kittest::Queryable;
    let mut rig = open();
    let service = Service::HideOwnNumber;
    let mut tint = |own: OwnNumber, word: &str| {
        let own_number = Some(own);
        rig.tell(Event::Service(ServiceState { service, lines: Vec::new(), own_number }));
        let place = rig.harness.get_by_label(word).rect();
        let tint = deskphone::ui::theme::DARK.accent_soft;
        let light = deskphone::ui::theme::LIGHT.accent_soft;
        rig.harness.output().shapes.iter().any(|clipped| match &clipped.shape {
            egui::Shape::Rect(shape) => {
                shape.rect.contains(place.center()) && [tint, light].contains(&shape.fill)
            }
            _ => false,
        })
    };
    assert!(tint(OwnNumber::ShownByContract, "As the contract says"));
    assert!(!tint(OwnNumber::ShownByContract, "Show it"));
    assert!(tint(OwnNumber::ShownByDefault, "Show it"));
}

/// Where the words of a row are, and how they are painted.
fn painted(rig: &Rig, words: &str) -> (egui::Rect, Option<egui::FontId>) {
    let shapes = &rig.harness.output().shapes;
    let mut found = shapes.iter().filter_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text() == words => {
            let font = text.galley.job.sections.first().map(|part| part.format.font_id.clone());
            Some((clipped.shape.visual_bounding_rect(), font))
        }
        _ => None,
    });
    found.next().expect(words)
}

#[test]
fn rows_keep_place_and_weight_while_the_network_answers() {
    let mut rig = open();
    let rows = ["Always", "When out of reach", "Announce a second call", "All incoming calls"];
    let buttons = ["Change: Forwarding when busy", "Ask the network: Barring"];
    let look = |rig: &Rig| {
        let words: Vec<_> = rows.iter().map(|row| painted(rig, row)).collect();
        let places: Vec<_> =
            buttons.iter().map(|name| rig.harness.get_by_label(name).rect()).collect();
        (words, places)
    };
    use egui_kittest::kittest::Queryable;
    let before = look(&rig);
    rig.click("Ask the network: Forwarding");
    rig.click("Ask the network: Call waiting");
    assert_eq!(look(&rig), before, "while it is asked");
    let requests: Vec<RequestId> =
        rig.engine.script.borrow().commands.iter().map(|(id, _)| *id).collect();
    for service in Service::Forwarding(ForwardingReason::All).parts() {
        rig.tell(state(service, &[(1, true, "+442079460018")]));
    }
    rig.tell(state(Service::Waiting, &[(1, true, "")]));
    requests.into_iter().for_each(|request| rig.tell(Event::Done { request }));
    assert!(rig.shows("On for voice to +44 20 7946 0018") && is_on(&rig, "Announce a second call"));
    let after = look(&rig);
    // What stands above all of them is said at the top, as high as its lines.
    let moved = after.1[1].top() - before.1[1].top();
    let lifted: Vec<_> = after
        .0
        .into_iter()
        .map(|(rect, font)| (rect.translate(egui::vec2(0.0, -moved)), font))
        .collect();
    for ((now, font), (then, was)) in lifted.iter().zip(&before.0) {
        assert!((now.min - then.min).length() < 0.1 && font == was, "{now} {then}");
    }
}

#[test]
fn calls_that_go_elsewhere_are_spoken_of_at_the_top() {
    let mut rig = open();
    assert!(!rig.shows("none rings here"));
    let always = Service::Forwarding(ForwardingReason::Unconditional);
    rig.tell(state(always, &[(1, true, "+442079460018")]));
    assert!(rig.shows("Every call is forwarded to 020 7946 0018: none rings here"));
    rig.tell(state(always, &[(1, false, "+442079460018")]));
    assert!(!rig.shows("none rings here"));
    rig.tell(state(Service::Barring(Barring::Outgoing), &[(7, true, "")]));
    assert!(rig.shows("All outgoing calls are barred: only emergency numbers can be called"));
    rig.tell(state(Service::Barring(Barring::Outgoing), &[(2, true, "")]));
    assert!(!rig.shows("are barred"), "data calls only");
}

#[test]
fn a_refusal_moves_nothing_under_the_pointer() {
    use egui_kittest::kittest::Queryable;
    let mut rig = window([1100.0, 720.0], data::ready());
    rig.click("Codes");
    rig.click("Call services");
    let ask = "Ask the network: Barring";
    rig.harness.get_by_label(ask).scroll_to_me();
    rig.harness.run();
    let before = rig.harness.get_by_label(ask).rect();
    rig.click(ask);
    assert_eq!(rig.harness.get_by_label(ask).rect().top(), before.top());
    let always = Service::Forwarding(ForwardingReason::Unconditional);
    rig.tell(state(always, &[(1, true, "+442079460018")]));
    assert!(rig.shows("none rings here"), "a line has come above");
    let after = rig.harness.get_by_label(ask).rect();
    assert!((after.top() - before.top()).abs() < 1.0, "{before} {after}");
}

#[test]
fn each_page_begins_at_its_top() {
    use egui_kittest::kittest::Queryable;
    let mut rig = window([1100.0, 720.0], data::ready());
    rig.click("Codes");
    rig.click("Call services");
    rig.harness.get_by_label("Switch all barring off…").scroll_to_me();
    rig.harness.run();
    rig.click("Settings");
    let title = rig.harness.get_by_role_and_label(egui::Role::Heading, "Settings").rect();
    let first = rig.painted("Appearance")[0].0;
    assert!(first.top() > title.bottom(), "{first} below {title}");
}
