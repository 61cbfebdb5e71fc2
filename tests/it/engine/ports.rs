//! The list of ports: what is asked, what is found, and a modem that is plugged in again.

use super::rig::{Rig, options};
use deskphone::engine::EngineClient;
use deskphone::engine::input::{Input, JobResult};
use deskphone::link::{LinkError, LinkErrorKind};
use deskphone::phone::{
    Command, LinkAddress, LinkCommand, LinkState, PortDescription, ProbeResult, Settings,
    UsbIdentity,
};
use deskphone::store::Store;
use std::time::Duration;

fn serial(name: &str) -> LinkAddress {
    LinkAddress::Serial(name.to_owned())
}

fn usb(interface: u8) -> UsbIdentity {
    UsbIdentity { vid: 0x2c7c, pid: 0x0125, serial: None, interface: Some(interface) }
}

fn port(name: &str, likely_modem: bool, usb: Option<UsbIdentity>) -> PortDescription {
    PortDescription {
        address: serial(name),
        title: name.to_owned(),
        detail: String::new(),
        usb,
        likely_modem,
        probe: None,
    }
}

fn probe_of(rig: &Rig, name: &str) -> Option<ProbeResult> {
    rig.state.ports.iter().find(|port| port.address == serial(name))?.probe.clone()
}

#[test]
fn likely_ports_are_asked_once_and_the_answer_is_in_the_list() {
    let mut rig = Rig::new();
    let ports = vec![port("/dev/ttyUSB0", false, None), port("/dev/ttyUSB2", true, None)];
    rig.input(Input::Ports(ports.clone()));
    assert_eq!(rig.probes, [serial("/dev/ttyUSB2")]);
    assert_eq!(probe_of(&rig, "/dev/ttyUSB2"), Some(ProbeResult::Probing));
    let found = ProbeResult::Modem("Quectel EC25".to_owned());
    rig.input(Input::Job(JobResult::Probed(serial("/dev/ttyUSB2"), found.clone())));
    assert_eq!(probe_of(&rig, "/dev/ttyUSB2"), Some(found));
    assert_eq!(probe_of(&rig, "/dev/ttyUSB0"), None);
    let more = [ports.clone(), vec![port("/dev/ttyUSB9", false, None)]].concat();
    rig.input(Input::Ports(more));
    assert_eq!(rig.probes.len(), 1, "not again when another port comes");
    rig.input(Input::Ports(Vec::new()));
    rig.input(Input::Ports(ports));
    assert_eq!(rig.probes.len(), 2, "again when it was unplugged meanwhile");
}

#[test]
fn the_user_can_ask_any_port_but_the_one_in_use() {
    let mut rig = Rig::connected();
    let refused = rig.done(Command::Link(LinkCommand::Probe(serial("/dev/sim"))));
    assert_eq!(refused, Err("/dev/sim is the port in use".to_owned()));
    let request = rig.send(Command::Link(LinkCommand::Probe(serial("/dev/ttyS0"))));
    assert_eq!(rig.outcome(request), None, "not before the answer is known");
    let silent = JobResult::Probed(serial("/dev/ttyS0"), ProbeResult::Silent);
    rig.input(Input::Job(silent));
    assert_eq!(rig.outcome(request), Some(Ok(())));
    let demo = rig.done(Command::Link(LinkCommand::Probe(LinkAddress::Demo)));
    assert_eq!(demo, Ok(()));
}

#[test]
fn the_other_ports_of_the_modem_in_use_are_left_alone() {
    let mut rig = Rig::new();
    rig.input(Input::Ports(vec![port("/dev/sim", true, Some(usb(2)))]));
    rig.connect();
    rig.probes.clear();
    let both = vec![
        port("/dev/sim", true, Some(usb(2))),
        port("/dev/sim3", true, Some(usb(3))),
        port("/dev/other", true, Some(UsbIdentity { pid: 0x0001, ..usb(2) })),
    ];
    rig.input(Input::Ports(both));
    assert_eq!(rig.probes, [serial("/dev/other")]);
    let named = ProbeResult::Modem("Deskphone Simulated Modem".to_owned());
    assert_eq!(probe_of(&rig, "/dev/sim"), Some(named), "its own name is known without asking");
}

#[test]
fn the_modem_used_last_is_awaited_and_connected_when_it_is_plugged_in() {
    let mut store = Store::in_memory().unwrap();
    let settings = Settings {
        last_address: Some(serial("/dev/sim")),
        last_usb: Some(usb(2)),
        ..Settings::default()
    };
    store.save_settings(&settings).unwrap();
    let mut rig = Rig::with(store, options());
    let gone = LinkError::new(LinkErrorKind::NotFound, "There is no port /dev/sim", "");
    let opening = rig.state.link.clone();
    assert_eq!(opening, LinkState::Opening(serial("/dev/sim")));
    rig.lose_opening(gone);
    assert_eq!(rig.state.link, LinkState::Disconnected, "not plugged in is no failure");
    rig.run_for(Duration::from_secs(60));
    assert_eq!(rig.state.link, LinkState::Disconnected);
    rig.input(Input::Ports(vec![port("/dev/other", false, Some(usb(0)))]));
    assert_eq!(rig.state.link, LinkState::Disconnected);
    rig.input(Input::Ports(vec![
        port("/dev/other", false, Some(usb(0))),
        port("/dev/renamed", true, Some(usb(2))),
    ]));
    rig.until("the modem to be ready", |rig| rig.state.link.ready());
}
