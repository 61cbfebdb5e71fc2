//! The list of ports with what asking them found, and which ones to ask.

use crate::engine::Engine;
use crate::engine::input::{Action, Job, Moment};
use crate::link::OpenRequest;
use crate::phone::{
    CommandError, Diagnosis, Event, LinkAddress, ModemIdentity, PortDescription, ProbeResult,
    RequestId,
};
use std::collections::BTreeMap;

/// The ports and what is known of each.
#[derive(Debug, Default)]
pub(super) struct PortBoard {
    ports: Vec<PortDescription>,
    found: BTreeMap<LinkAddress, ProbeResult>,
    /// Who is waiting for a probe to end.
    asked: BTreeMap<LinkAddress, Vec<RequestId>>,
    finished: Vec<RequestId>,
}

impl PortBoard {
    /// A probe is over.
    pub(super) fn probed(&mut self, address: &LinkAddress, found: ProbeResult) {
        self.found.insert(address.clone(), found);
        self.finished.extend(self.asked.remove(address).unwrap_or_default());
    }

    /// The modem in use told its name: no need to ask. True if that is news for the list.
    pub(super) fn identified(&mut self, address: &LinkAddress, identity: &ModemIdentity) -> bool {
        if address.is_played() {
            return false;
        }
        let found = ProbeResult::Modem(identity.display_name());
        let before = self.found.insert(address.clone(), found.clone());
        before != Some(found) && self.ports.iter().any(|port| port.address == *address)
    }

    fn replace(&mut self, ports: Vec<PortDescription>) {
        let there = |address: &LinkAddress| {
            !matches!(address, LinkAddress::Serial(_))
                || ports.iter().any(|port| port.address == *address)
        };
        let probing = |found: &ProbeResult| *found == ProbeResult::Probing;
        self.found.retain(|address, found| there(address) || probing(found));
        self.ports = ports;
    }

    fn described(&self) -> Vec<PortDescription> {
        let with_probe = |port: &PortDescription| PortDescription {
            probe: self.found.get(&port.address).cloned(),
            ..port.clone()
        };
        self.ports.iter().map(with_probe).collect()
    }
}

impl Engine {
    pub(super) fn ports_changed(&mut self, ports: Vec<PortDescription>, moment: Moment) {
        let before: Vec<LinkAddress> =
            self.ports.ports.iter().map(|port| port.address.clone()).collect();
        self.ports.replace(ports);
        let new: Vec<PortDescription> = self
            .ports
            .ports
            .iter()
            .filter(|port| !before.contains(&port.address))
            .cloned()
            .collect();
        self.ports_appeared(&new, moment);
        for port in &new {
            if port.likely_modem && !self.same_device_in_use(port) {
                self.ask_port(port.address.clone());
            }
        }
        self.publish_ports();
    }

    /// A modem with several ports is not disturbed while one of them is in use.
    fn same_device_in_use(&self, port: &PortDescription) -> bool {
        let Some(address) = self.linkage.state.address() else { return false };
        let usb = |address: &LinkAddress| {
            let found = self.ports.ports.iter().find(|port| port.address == *address)?;
            found.usb.clone().map(|usb| (usb.vid, usb.pid, usb.serial))
        };
        *address == port.address || (usb(address).is_some() && usb(address) == usb(&port.address))
    }

    /// The user wants to know who is at a port.
    pub(super) fn probe(&mut self, request: RequestId, address: LinkAddress) {
        if self.linkage.state.address() == Some(&address) {
            let diagnosis = Diagnosis::new(&format!("{address} is the port in use"), "");
            return self.failed(request, CommandError::NotAllowedNow, diagnosis);
        }
        if address.is_played() {
            let name = match address {
                LinkAddress::Demo => "Simulated modem",
                _ => "Recording",
            };
            self.ports.probed(&address, ProbeResult::Modem(name.to_owned()));
            self.publish_ports();
            return self.done(request);
        }
        self.ports.asked.entry(address.clone()).or_default().push(request);
        self.ask_port(address);
        self.publish_ports();
    }

    fn ask_port(&mut self, address: LinkAddress) {
        let before = self.ports.found.insert(address.clone(), ProbeResult::Probing);
        if before != Some(ProbeResult::Probing) {
            let baud_rate = self.settings.baud_rate;
            let request = OpenRequest { address, baud_rate, usb: None };
            self.out.actions.push(Action::Job(Job::Probe(request)));
        }
    }

    pub(super) fn publish_ports(&mut self) {
        self.out.events.push(Event::Ports(self.ports.described().into()));
        for request in std::mem::take(&mut self.ports.finished) {
            self.done(request);
        }
    }
}
