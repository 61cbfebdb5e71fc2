//! [`PhoneState`]: the sum of all events. The window and the tests use the same reducer.

use crate::number::{self, PhoneNumber};
use crate::phone::{
    Batch, Call, CallState, Contact, Event, LinkState, ModemIdentity, NetworkState,
    PortDescription, Redial, Service, ServiceState, Settings, SimPhonebook, SimState, Template,
    Thread, ThreadFlags, ThreadId, UssdStatus, WaitingMark,
};
use std::collections::BTreeMap;
use std::path::PathBuf;
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
    /// Texts sent together, newest first.
    pub batches: Vec<Batch>,
    /// Templates, by name.
    pub templates: Arc<[Template]>,
    /// What waits at the network.
    pub waiting: Arc<[WaitingMark]>,
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
    /// How the services stand, as far as the network was asked since the modem was connected.
    pub services: BTreeMap<Service, ServiceState>,
    /// The SIM's phonebook, once it was read.
    pub sim_phonebook: Option<Arc<SimPhonebook>>,
    /// The microphone is off.
    pub muted: bool,
    /// A number that is dialed again by itself.
    pub redial: Option<Redial>,
    /// The file the AT traffic is written to.
    pub recording: Option<PathBuf>,
    /// From the matching key of a number to the places (contact, number) that have it.
    by_key: BTreeMap<String, Vec<(usize, usize)>>,
    /// Whose thread it is, so that lists need not compare numbers every time.
    owners: BTreeMap<ThreadId, Owner>,
}

/// Whose thread it is.
#[derive(Clone, Debug)]
struct Owner {
    /// The matching key of its number.
    key: String,
    /// Place of the contact.
    contact: Option<usize>,
}

/// Everything written with one person: the threads of all the numbers of a contact, or the one of a
/// number that is nobody's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Conversation {
    /// Its threads as places in [`PhoneState::threads`], newest first; never empty.
    pub threads: Vec<usize>,
    /// Place of the contact in [`PhoneState::contacts`].
    pub contact: Option<usize>,
    /// Received texts not read yet.
    pub unread: u32,
    /// Pinned or muted if any thread is, archived or blocked if all are.
    pub flags: ThreadFlags,
}

impl PhoneState {
    /// Takes one event in. Applying an event twice equals once.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Link(link) => self.apply_link(link),
            Event::Identity(identity) => self.identity = identity.clone(),
            Event::Network(network) => self.apply_network(network),
            Event::Ports(ports) => self.ports = ports.clone(),
            Event::Call(call) => self.apply_call(call),
            Event::Thread(thread) => self.apply_thread(thread),
            Event::ThreadDeleted(id) => {
                self.threads.retain(|thread| thread.id != *id);
                self.owners.remove(id);
            }
            Event::Threads(threads) => {
                self.threads = threads.to_vec();
                self.find_owners();
            }
            Event::Batch(batch) => self.apply_batch(batch),
            Event::BatchRemoved(id) => self.batches.retain(|batch| batch.id != *id),
            Event::Batches(batches) => self.batches = batches.to_vec(),
            Event::Templates(templates) => self.templates = templates.clone(),
            Event::Waiting(marks) => self.waiting = marks.clone(),
            Event::Contacts(contacts) => self.apply_contacts(contacts),
            Event::Settings(settings) => self.settings = settings.clone(),
            Event::Region(region) => {
                self.region = region.clone();
                self.find_owners();
            }
            Event::MissedCalls(count) => self.missed_calls = *count,
            Event::Ussd(status) => self.ussd = Some(status.clone()),
            Event::Service(state) => {
                self.services.insert(state.service, state.clone());
            }
            Event::SimPhonebook(book) => self.sim_phonebook = Some(book.clone()),
            Event::Muted(muted) => self.muted = *muted,
            Event::Redial(redial) => self.redial = redial.clone(),
            Event::Recording(path) => self.recording = path.clone(),
            Event::CallRecord(_)
            | Event::CallRecordDeleted(_)
            | Event::Message(_)
            | Event::MessageDeleted(_) => {}
            Event::Notice(_) | Event::Answer(..) | Event::ConsoleAnswer { .. } => {}
            Event::Table { .. } => {}
            Event::Done { .. } | Event::Failed { .. } => {}
        }
    }

    /// The contact that has this number, however either is written.
    pub fn contact_for(&self, number: &PhoneNumber) -> Option<&Contact> {
        self.contact_at(number).map(|at| &self.contacts[at])
    }

    /// The place of that contact.
    fn contact_at(&self, number: &PhoneNumber) -> Option<usize> {
        let places = self.by_key.get(&number::match_key(number.as_str()))?;
        places.iter().find_map(|&(contact, index)| {
            let known = self.contacts[contact].numbers[index].number.as_str();
            let same = number::same_number(known, number.as_str(), &self.region);
            same.then_some(contact)
        })
    }

    /// The contact's name for this number, if there is one.
    pub fn name_for(&self, number: &PhoneNumber) -> Option<&str> {
        self.contact_for(number).map(|contact| contact.name.as_str())
    }

    /// The conversation with this number, however written.
    pub fn thread_for(&self, number: &PhoneNumber) -> Option<&Thread> {
        let key = number::match_key(number.as_str());
        self.threads.iter().find(|thread| self.is_of(thread, number, &key))
    }

    fn is_of(&self, thread: &Thread, number: &PhoneNumber, key: &str) -> bool {
        let known = self.owners.get(&thread.id);
        known.is_none_or(|owner| owner.key == key)
            && number::same_number(thread.number.as_str(), number.as_str(), &self.region)
    }

    /// The conversation's threads with whoever has this number, newest first: those of all numbers
    /// of the contact, and the number's own.
    pub fn threads_with(&self, number: &PhoneNumber) -> Vec<&Thread> {
        let key = number::match_key(number.as_str());
        let contact = self.contact_at(number);
        let owner = |thread: &Thread| self.owners.get(&thread.id).and_then(|o| o.contact);
        self.threads
            .iter()
            .filter(|thread| match contact {
                Some(_) => owner(thread) == contact,
                None => self.is_of(thread, number, &key),
            })
            .collect()
    }

    /// All numbers of whoever has this one, which comes first: the contact's, and those of the
    /// threads that are spelled in another way.
    pub fn numbers_with(&self, number: &PhoneNumber) -> Vec<PhoneNumber> {
        let mut numbers = vec![number.clone()];
        if let Some(contact) = self.contact_for(number) {
            let known = contact.numbers.iter().map(|known| &known.number);
            for known in known.filter(|known| !known.as_str().is_empty()) {
                let same = |other: &PhoneNumber| {
                    number::same_number(other.as_str(), known.as_str(), &self.region)
                };
                if !numbers.iter().any(same) {
                    numbers.push(known.clone());
                }
            }
        }
        numbers
    }

    /// The conversations: pinned ones first, then newest first. Blocked and archived ones are among
    /// them.
    pub fn conversations(&self) -> Vec<Conversation> {
        let mut all: Vec<Conversation> = Vec::new();
        let mut of_contact: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, thread) in self.threads.iter().enumerate() {
            let contact = self.owners.get(&thread.id).and_then(|owner| owner.contact);
            let known = contact.and_then(|contact| of_contact.get(&contact).copied());
            let Some(place) = known else {
                if let Some(contact) = contact {
                    of_contact.insert(contact, all.len());
                }
                let (unread, flags) = (thread.unread, thread.flags);
                all.push(Conversation { threads: vec![at], contact, unread, flags });
                continue;
            };
            let conversation = &mut all[place];
            conversation.threads.push(at);
            conversation.unread += thread.unread;
            let flags = &mut conversation.flags;
            flags.pinned |= thread.flags.pinned;
            flags.muted |= thread.flags.muted;
            flags.archived &= thread.flags.archived;
            flags.blocked &= thread.flags.blocked;
        }
        all.sort_by_key(|conversation| !conversation.flags.pinned);
        all
    }

    /// Received texts not read yet, of all conversations in the list.
    pub fn unread(&self) -> u32 {
        let counted = self.threads.iter().filter(|t| !t.flags.blocked && !t.flags.archived);
        counted.map(|thread| thread.unread).sum()
    }

    /// The call that rings: incoming or waiting.
    pub fn ringing_call(&self) -> Option<&Call> {
        self.calls
            .iter()
            .find(|call| matches!(call.state, CallState::Incoming | CallState::Waiting))
    }

    fn apply_link(&mut self, link: &LinkState) {
        // Another modem may have another SIM.
        if !matches!(link, LinkState::Ready(_)) {
            self.services.clear();
            self.sim_phonebook = None;
            self.muted = false;
        }
        self.link = link.clone();
    }

    fn apply_network(&mut self, network: &NetworkState) {
        if network.sim == SimState::NotInserted {
            // The next card has its own contract.
            self.services.clear();
        }
        self.network = network.clone();
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

    fn apply_batch(&mut self, batch: &Batch) {
        match self.batches.iter_mut().find(|known| known.id == batch.id) {
            Some(known) => *known = batch.clone(),
            None => {
                let at = self.batches.partition_point(|known| known.id > batch.id);
                self.batches.insert(at, batch.clone());
            }
        }
    }

    fn apply_thread(&mut self, thread: &Thread) {
        self.threads.retain(|known| known.id != thread.id);
        let at =
            self.threads.partition_point(|known| (known.time, known.id) > (thread.time, thread.id));
        self.threads.insert(at, thread.clone());
        self.owners.insert(thread.id, self.owner_of(&thread.number));
    }

    fn owner_of(&self, number: &PhoneNumber) -> Owner {
        let key = number::match_key(number.as_str());
        Owner { key, contact: self.contact_at(number) }
    }

    fn find_owners(&mut self) {
        let owner = |thread: &Thread| (thread.id, self.owner_of(&thread.number));
        self.owners = self.threads.iter().map(owner).collect();
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
        self.find_owners();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_of_a_card_go_with_it() {
        let mut phone = PhoneState::default();
        let waiting = Service::Waiting;
        let state = ServiceState { service: waiting, lines: Vec::new(), own_number: None };
        phone.apply(&Event::Service(state));
        let sim = |sim| Event::Network(NetworkState { sim, ..NetworkState::default() });
        phone.apply(&sim(SimState::Unknown));
        assert!(
            phone.services.contains_key(&waiting),
            "a moment without an answer is no other card"
        );
        phone.apply(&sim(SimState::NotInserted));
        assert!(phone.services.is_empty());
    }
}
