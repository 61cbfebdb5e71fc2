//! [`PhoneState`]: the sum of all events. The window and the tests use the same reducer.

use crate::number::{self, PhoneNumber};
use crate::phone::{
    Call, CallState, Contact, Event, LinkState, ModemIdentity, NetworkState, PortDescription,
    Settings, Thread, UssdStatus,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything the events have said so far, except the texts and calls of the past, which are asked
/// for in pages.
#[derive(Clone, Debug, Default)]
pub struct PhoneState {
    /// The connection.
    pub link: LinkState,
    /// The modem.
    pub identity: ModemIdentity,
    /// Registration, signal, SIM.
    pub network: NetworkState,
    /// Ports to pick from.
    pub ports: Arc<[PortDescription]>,
    /// Live calls, oldest first.
    pub calls: Vec<Call>,
    /// Conversations, newest first.
    pub threads: Vec<Thread>,
    /// Contacts, by name.
    pub contacts: Arc<[Contact]>,
    /// Settings.
    pub settings: Settings,
    /// The country where numbers without `+` are at home (see [`Event::Region`]). For matching and
    /// showing numbers use this, not `settings.region`, which is empty until the user chooses.
    pub region: String,
    /// Missed calls not seen.
    pub missed_calls: u32,
    /// The service-code dialogue, if there is or was one.
    pub ussd: Option<UssdStatus>,
    /// From the matching key of a number to the places (contact, number) that have it.
    by_key: BTreeMap<String, Vec<(usize, usize)>>,
}

impl PhoneState {
    /// Takes one event in. Applying an event twice equals once.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Link(link) => self.link = link.clone(),
            Event::Identity(identity) => self.identity = identity.clone(),
            Event::Network(network) => self.network = network.clone(),
            Event::Ports(ports) => self.ports = ports.clone(),
            Event::Call(call) => self.apply_call(call),
            Event::Thread(thread) => self.apply_thread(thread),
            Event::ThreadDeleted(id) => self.threads.retain(|thread| thread.id != *id),
            Event::Threads(threads) => self.threads = threads.to_vec(),
            Event::Contacts(contacts) => self.apply_contacts(contacts),
            Event::Settings(settings) => self.settings = settings.clone(),
            Event::Region(region) => self.region = region.clone(),
            Event::MissedCalls(count) => self.missed_calls = *count,
            Event::Ussd(status) => self.ussd = Some(status.clone()),
            Event::CallRecord(_)
            | Event::CallRecordDeleted(_)
            | Event::Message(_)
            | Event::MessageDeleted(_) => {}
            Event::Notice(_) | Event::Answer(..) | Event::ConsoleAnswer { .. } => {}
            Event::Done { .. } | Event::Failed { .. } => {}
        }
    }

    /// The contact that has this number, however either is written.
    pub fn contact_for(&self, number: &PhoneNumber) -> Option<&Contact> {
        let region = &self.region;
        let places = self.by_key.get(&number::match_key(number.as_str()))?;
        places.iter().map(|&(contact, index)| (&self.contacts[contact], index)).find_map(
            |(contact, index)| {
                let same = number::same_number(
                    contact.numbers[index].number.as_str(),
                    number.as_str(),
                    region,
                );
                same.then_some(contact)
            },
        )
    }

    /// The contact's name for this number, if there is one.
    pub fn name_for(&self, number: &PhoneNumber) -> Option<&str> {
        self.contact_for(number).map(|contact| contact.name.as_str())
    }

    /// The conversation with this number, however written.
    pub fn thread_for(&self, number: &PhoneNumber) -> Option<&Thread> {
        let region = &self.region;
        self.threads
            .iter()
            .find(|thread| number::same_number(thread.number.as_str(), number.as_str(), region))
    }

    /// The call that rings: incoming or waiting.
    pub fn ringing_call(&self) -> Option<&Call> {
        self.calls
            .iter()
            .find(|call| matches!(call.state, CallState::Incoming | CallState::Waiting))
    }

    fn apply_call(&mut self, call: &Call) {
        let known = self.calls.iter().position(|known| known.id == call.id);
        match (known, call.state.live()) {
            (Some(at), true) => self.calls[at] = call.clone(),
            (None, true) => {
                self.calls.push(call.clone());
                self.calls.sort_by_key(|call| call.id);
            }
            (Some(at), false) => {
                self.calls.remove(at);
            }
            (None, false) => {}
        }
    }

    fn apply_thread(&mut self, thread: &Thread) {
        self.threads.retain(|known| known.id != thread.id);
        let at =
            self.threads.partition_point(|known| (known.time, known.id) > (thread.time, thread.id));
        self.threads.insert(at, thread.clone());
    }

    fn apply_contacts(&mut self, contacts: &Arc<[Contact]>) {
        self.contacts = contacts.clone();
        self.by_key.clear();
        for (at, contact) in contacts.iter().enumerate() {
            for (index, number) in contact.numbers.iter().enumerate() {
                self.by_key
                    .entry(number::match_key(number.number.as_str()))
                    .or_default()
                    .push((at, index));
            }
        }
    }
}
