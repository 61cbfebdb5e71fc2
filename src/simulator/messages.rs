//! What the modem does with texts from the network: stores them, routes them, waits for their
//! acknowledgement (3GPP TS 27.005 §3.4.1).

use super::SimulatedModem;
use super::command::hex;
use super::command::text_form;
use super::message::tpdu::Address;
use super::network::text_centre::{DeliveredText, TextKind};
use super::network::texts::Settlement;
use super::persona::UssdForm;
use super::storage::{Status, StoredMessage};
use crate::clock::Instant;
use std::time::Duration;

/// How long a routed text waits for `+CNMA`.
const ACKNOWLEDGE_WITHIN: Duration = Duration::from_secs(15);

/// A text that was routed to the program and must be acknowledged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unacknowledged {
    /// When the modem gives up.
    pub deadline: Instant,
}

impl SimulatedModem {
    /// The network offers a text: takes it if there is room.
    pub(super) fn text_offered(&mut self, now: Instant) {
        if self.sim.error().is_some() || self.timers.restarting_until.is_some() {
            self.network.settle(Settlement::NotAcknowledged, now);
            return;
        }
        let Some(text) = self.network.offered().cloned() else { return };
        let [mode, mt, _, ds, _] = self.settings.reports.cnmi;
        let routed = match text.kind {
            TextKind::Report => mode > 0 && ds == 1,
            TextKind::Deliver => match text.class {
                Some(0) => mode > 0 && mt > 0,
                Some(2) => false,
                Some(3) => mode > 0 && mt >= 2,
                _ => mode > 0 && mt == 2,
            },
        };
        if routed {
            self.route(now);
        } else if text.kind == TextKind::Report {
            self.keep_report(&text, mode > 0 && ds == 2, now);
        } else {
            self.keep(&text, mode > 0 && mt > 0, now);
        }
    }

    /// `+CMT` or `+CDS`.
    fn route(&mut self, now: Instant) {
        let Some(text) = self.network.hand_over(now) else { return };
        let line = match (text.kind, self.settings.texts.text_mode) {
            (_, true) => text_form::routed(&text.tpdu, &self.settings.texts),
            (TextKind::Deliver, false) => {
                format!("+CMT: ,{}\n{}", text.tpdu.len(), self.pdu(&text.tpdu))
            }
            (TextKind::Report, false) => {
                format!("+CDS: {}\n{}", text.tpdu.len(), self.pdu(&text.tpdu))
            }
        };
        self.unsolicited(&line);
        if self.settings.texts.service == 1 {
            let deadline = now + ACKNOWLEDGE_WITHIN;
            self.timers.unacknowledged = Some(Unacknowledged { deadline });
        } else {
            self.network.settle(Settlement::Taken, now);
        }
    }

    /// Stores a text and says where, if asked to.
    fn keep(&mut self, text: &DeliveredText, tell: bool, now: Instant) {
        let message = stored(text);
        // Class 2 belongs to the SIM card, whatever memory is preferred (23.038 §4).
        let on_sim = text.class == Some(2) && self.storage.named_mut("SM").is_some();
        let shelf = match self.storage.named_mut("SM").filter(|_| on_sim) {
            Some(shelf) => shelf,
            None => self.storage.selected_mut(2),
        };
        let name = shelf.memory.name;
        let Some(index) = shelf.store(message) else {
            self.network.settle(Settlement::MemoryFull, now);
            if let Some(says) = self.persona.manners.chatter.memory_full {
                self.unsolicited(&format!("{says}\"{name}\""));
            }
            return;
        };
        self.network.hand_over(now);
        self.network.settle(Settlement::Taken, now);
        if tell {
            let line = format!("+CMTI: \"{name}\",{index}");
            self.unsolicited(&line);
            if self.chance(|rates| rates.twice_told_per_mille) {
                self.unsolicited(&line);
            }
        }
    }

    /// Stores a report where the modem keeps reports; a modem without such a memory drops it.
    fn keep_report(&mut self, text: &DeliveredText, tell: bool, now: Instant) {
        self.network.hand_over(now);
        self.network.settle(Settlement::Taken, now);
        let Some(shelf) = self.storage.named_mut("SR") else { return };
        // A full memory of reports forgets the report, as modems do.
        let Some(index) = shelf.store(stored(text)) else { return };
        if tell {
            self.unsolicited(&format!("+CDSI: \"SR\",{index}"));
        }
    }

    /// The memory for received texts is filled with drafts, or freed of them.
    pub(super) fn fill_memory(&mut self, full: bool, now: Instant) {
        // To the number 1, without a word.
        let draft = vec![0x01, 0x00, 0x01, 0x81, 0xF1, 0x00, 0x00, 0x00];
        let shelf = self.storage.selected_mut(2);
        if full {
            let draft = StoredMessage { status: Status::Sent, tpdu: draft, serial: None };
            while shelf.store(draft.clone()).is_some() {}
        } else {
            let drafts: Vec<u16> = shelf
                .messages()
                .filter(|(_, message)| message.tpdu == draft)
                .map(|(index, _)| index)
                .collect();
            for index in drafts {
                if let Some(place) = shelf.place(index) {
                    *place = None;
                }
            }
            self.network.memory_available(now);
        }
    }

    /// `+CNMA`: true if something waited for it.
    pub(super) fn acknowledge(&mut self, good: bool, now: Instant) -> bool {
        if self.timers.unacknowledged.take().is_none() {
            return false;
        }
        let settlement = if good { Settlement::Taken } else { Settlement::NotAcknowledged };
        self.network.settle(settlement, now);
        true
    }

    /// No `+CNMA` came: routing is switched off, the network tries again later (27.005 §3.4.4).
    pub(super) fn acknowledgement_missing(&mut self, now: Instant) {
        self.timers.unacknowledged = None;
        self.settings.reports.cnmi[1] = 0;
        self.settings.reports.cnmi[3] = 0;
        self.network.settle(Settlement::NotAcknowledged, now);
    }

    /// SMSC field and TPDU in hex, as PDU mode shows them.
    pub(super) fn pdu(&self, tpdu: &[u8]) -> String {
        let mut octets = Address::smsc_field(&self.settings.texts.smsc);
        octets.extend(tpdu);
        hex::encode(&octets)
    }

    /// `+CUSD` (27.007 §7.15).
    pub(super) fn service_answered(&mut self, mode: u8, text: Option<String>) {
        if !self.settings.reports.cusd {
            return;
        }
        let services = &self.persona.services;
        let form = match services.ussd {
            UssdForm::Plain if self.timers.packed_service => UssdForm::Packed,
            form => form,
        };
        match text {
            Some(text) => {
                let (shown, dcs) = text_form::service_text(&text, form, &self.settings.texts);
                let dcs = services.ussd_dcs.unwrap_or(dcs);
                self.unsolicited(&format!("+CUSD: {mode},\"{shown}\",{dcs}"));
            }
            None => self.unsolicited(&format!("+CUSD: {mode}")),
        }
    }
}

fn stored(text: &DeliveredText) -> StoredMessage {
    StoredMessage { status: Status::Unread, tpdu: text.tpdu.clone(), serial: Some(text.serial) }
}
