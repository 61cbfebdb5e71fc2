//! The user's settings: kept, told, and put into force.

use crate::engine::{Deferred, Engine};
use crate::link;
use crate::phone::{
    Contact, ContactNumber, Event, LinkAddress, ModemIdentity, RequestId, Settings,
};

impl Engine {
    /// Keeps what the user chose. Which modem was used last is for the engine to say.
    pub(super) fn save_settings(&mut self, request: RequestId, settings: Settings) {
        let settings = Settings {
            last_address: self.settings.last_address.clone(),
            last_usb: self.settings.last_usb.clone(),
            ..settings.clamped()
        };
        let no_more_pins = self.settings.remember_pin && !settings.remember_pin;
        let saved = self.store.save_settings(&settings);
        if saved.is_ok() {
            self.region.choose(&settings.region);
            let before = std::mem::replace(&mut self.settings, settings);
            self.out.events.push(Event::Settings(self.settings.clone()));
            self.publish_region();
            self.conversations_follow(&before.block_list);
            self.seat.options_changed(&self.settings);
            if no_more_pins {
                self.forget_pins();
            }
            if self.settings.redial_attempts == 0 {
                self.cancel_redial();
            }
            // The pause between texts may be another.
            self.tasks.deferred.push(Deferred::SendTexts);
        }
        self.finish(request, saved);
    }

    /// The modem said who it is, and with its SIM in which country it is at home.
    pub(super) fn modem_identity(&mut self, identity: ModemIdentity) {
        let before = self.region().to_owned();
        self.region.set_imsi(&identity.imsi);
        if self.region() != before {
            self.publish_region();
        }
        if let Some(address) = self.linkage.state.address().cloned()
            && self.ports.identified(&address, &identity)
        {
            self.publish_ports();
        }
        self.modem_known(&identity);
        self.card_known(&identity.imsi);
        self.out.events.push(Event::Identity(identity));
    }

    /// Tells the country in force, to the store too, which keeps each number's texts together.
    pub(super) fn publish_region(&mut self) {
        let region = self.region().to_owned();
        let set = self.store.set_region(&region);
        self.check(set, "The settings can't be read");
        self.out.events.push(Event::Region(region));
    }

    /// Notes the modem in use as the one to come back to.
    pub(super) fn remember_modem(&mut self) {
        let Some((address, usb)) = self.linkage.in_use() else { return };
        let known = self.settings.last_address.as_ref() == Some(&address);
        // A recording is no modem to come back to.
        let replay = matches!(address, LinkAddress::Replay(_));
        if replay || !self.options.remember_modem || (known && self.settings.last_usb == usb) {
            return;
        }
        self.settings.last_address = Some(address);
        self.settings.last_usb = usb;
        let saved = self.store.save_settings(&self.settings);
        self.check(saved, "The modem used last could not be noted");
        self.out.events.push(Event::Settings(self.settings.clone()));
    }

    /// The Demo modem's subscribers become contacts, so that there is somebody to call.
    pub(super) fn seed_demo_contacts(&mut self) {
        if self.linkage.state.address() != Some(&LinkAddress::Demo) {
            return;
        }
        let contact = |(name, number, note): (&str, &str, &str)| Contact {
            numbers: vec![ContactNumber::new(number, "Demo")],
            note: note.to_owned(),
            ..Contact::new(name)
        };
        let contacts: Vec<Contact> = link::demo_contacts().into_iter().map(contact).collect();
        let seeded = self.store.seed_demo_contacts(&contacts);
        if self.check(seeded, "The demo contacts could not be stored").is_some() {
            self.publish_contacts();
        }
    }
}
