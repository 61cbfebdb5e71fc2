//! The connection to the modem, files, and what the engine is told too late.

use super::*;

#[test]
fn disconnecting_hangs_up_first() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.until("the call to be active", |rig| {
        rig.state.calls.iter().any(|call| call.state == CallState::Active)
    });
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    assert_eq!(rig.state.link, LinkState::Disconnected);
    assert!(rig.state.calls.is_empty());
    let released = CallState::Released(ReleaseCause::Local);
    assert_eq!(call_states(&rig).last(), Some(&released));
    assert!(rig.modem.network().calls().is_empty(), "the network knows of no call");
}

#[test]
fn a_deaf_modem_does_not_keep_the_program_from_ending() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.run_for(Duration::from_secs(1));
    rig.wire.deaf = true;
    let before = rig.now();
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    assert!(rig.now().since(before) <= Duration::from_millis(1600));
}

#[test]
fn a_lost_link_is_told_and_found_again() {
    let mut rig = Rig::connected();
    rig.send(dial("+15550100"));
    rig.run_for(Duration::from_secs(1));
    let error = LinkError::new(LinkErrorKind::NotFound, "There is no port /dev/sim", "");
    rig.wire.refuses = Some(error);
    rig.unplug();
    let lost = CallState::Released(ReleaseCause::LinkLost);
    assert_eq!(call_states(&rig).last(), Some(&lost));
    assert!(matches!(rig.state.link, LinkState::Failed { retrying: true, .. }));
    let refused = rig.done(dial("+15550100"));
    assert!(refused.is_err(), "refused at once while the modem is gone");
    rig.run_for(Duration::from_secs(60));
    assert!(matches!(rig.state.link, LinkState::Failed { retrying: true, .. }));
    rig.wire.refuses = None;
    rig.until("the modem to be back", |rig| rig.state.link.ready());
}

#[test]
fn a_port_that_never_worked_is_not_tried_again() {
    let mut rig = Rig::new();
    let error = LinkError::new(LinkErrorKind::Busy, "/dev/sim is in use by minicom", "");
    rig.wire.refuses = Some(error);
    let address = deskphone::phone::LinkAddress::Serial("/dev/sim".into());
    let outcome = rig.done(Command::Link(LinkCommand::Connect(address)));
    assert_eq!(outcome, Err("/dev/sim is in use by minicom".to_owned()));
    assert!(matches!(rig.state.link, LinkState::Failed { retrying: false, .. }));
    rig.wire.refuses = None;
    rig.run_for(Duration::from_secs(600));
    assert!(matches!(rig.state.link, LinkState::Failed { retrying: false, .. }));
    assert!(!rig.is_open());
}

#[test]
fn contacts_go_out_to_a_file_and_come_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("contacts.vcf");
    let mut rig = Rig::new();
    for name in ["Ada", "Боря", "张伟"] {
        let contact = Contact::new(name).with_number("+15550100", "Mobile");
        rig.done(Command::Contact(ContactCommand::Save(contact))).unwrap();
    }
    rig.done(Command::Contact(ContactCommand::Export(file.clone()))).unwrap();
    let mut other = Rig::new();
    other.done(Command::Contact(ContactCommand::Import(file.clone()))).unwrap();
    other.done(Command::Contact(ContactCommand::Import(file))).unwrap();
    let names: Vec<&str> =
        other.state.contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Боря", "张伟"]);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the file");
    let missing = ContactCommand::Import("/nowhere/contacts.vcf".into());
    assert!(rig.done(Command::Contact(missing)).unwrap_err().contains("can't be read"));
}

#[test]
fn garbage_from_the_wire_is_survived() {
    let mut engine = deskphone::engine::Engine::new(
        Store::in_memory().unwrap(),
        Options { owner: Owner("g".to_owned()), ..options() },
    );
    let wall = deskphone::clock::WallTime::default();
    let now = Instant::from_secs(1);
    // Late reports of links that were never opened.
    for attempt in 0..3 {
        let attempt = deskphone::engine::input::Attempt(attempt);
        let bytes = Input::Bytes(attempt, vec![0xff; 5000]);
        assert_eq!(engine.step(Some(bytes), now, wall).events, []);
        let lost = deskphone::link::LinkReport::Lost(LinkError::lost("x"));
        assert_eq!(engine.step(Some(Input::Link(attempt, lost)), now, wall).events, []);
    }
    let request = RequestId(7);
    let outputs = engine.step(Some(Input::Command(request, Command::Refresh)), now, wall);
    assert!(matches!(outputs.events.as_slice(), [Event::Failed { .. }]));
}

#[test]
fn every_command_of_a_flood_has_one_outcome_and_a_call_can_still_be_ended() {
    let mut rig = Rig::connected();
    rig.run_for(Duration::from_secs(31));
    rig.send(dial("+15550100"));
    rig.until("the call", |rig| {
        rig.state.calls.first().is_some_and(|call| call.state == CallState::Active)
    });
    let id = rig.state.calls[0].id;
    let flood: Vec<RequestId> = (0..6000).map(|_| rig.send(Command::Refresh)).collect();
    let refused = rig.events.iter().filter(|event| matches!(event, Event::Failed { .. })).count();
    assert!(refused > 1000, "{refused} were refused at once");
    let end = rig.send(Command::Call(CallCommand::Release(id)));
    rig.until("the end of the call", |rig| rig.state.calls.is_empty());
    rig.until("its outcome", |rig| rig.outcome(end).is_some());
    rig.unplug();
    rig.run_for(Duration::from_secs(1));
    let outcomes = rig.events.iter().filter_map(|event| match event {
        Event::Done { request } | Event::Failed { request, .. } => Some(*request),
        _ => None,
    });
    let mut outcomes: Vec<RequestId> = outcomes.filter(|request| flood.contains(request)).collect();
    outcomes.sort();
    assert_eq!(outcomes, flood, "each has one");
}
