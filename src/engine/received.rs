//! Texts and reports coming in: on disk first, then acknowledged or deleted from the modem.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::modem::{Receipt, StorageLocation};
use crate::phone::{Diagnosis, Event};
use crate::sms::{self, Incoming, IncomingReport, IncomingText, Outcome, Status};
use crate::store::{Received, StoreError, StoredAt};
use std::time::Duration;

/// PDUs that wait for the store to work again, at most. The modem keeps the rest.
const MOST_UNSTORED: usize = 64;
/// Pause between two attempts to store them.
const PAUSE: Duration = Duration::from_secs(5);

type Pdu = Result<Vec<u8>, String>;

/// What the store refused: kept here and tried again, and not acknowledged meanwhile.
#[derive(Debug, Default)]
pub(super) struct Unstored {
    waiting: Vec<(Pdu, Option<Receipt>)>,
    due: Option<Instant>,
}

impl Unstored {
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// What the modem keeps is read again after the next connection, perhaps from another place:
    /// its receipts are void. What was routed here directly is nowhere else.
    pub(super) fn link_down(&mut self) {
        self.waiting.retain_mut(|(_, receipt)| {
            receipt.take().is_none_or(|receipt| receipt.location().is_none())
        });
    }
}

impl Engine {
    pub(super) fn pdu_received(&mut self, pdu: Pdu, receipt: Receipt, moment: Moment) {
        let receipt = Some(receipt);
        if let Err((pdu, receipt)) = self.store_pdu(pdu, receipt, moment)
            && self.received.waiting.len() < MOST_UNSTORED
        {
            self.received.waiting.push((pdu, receipt));
            self.received.due = Some(moment.now + PAUSE);
        }
    }

    /// Tries again what the store refused.
    pub(super) fn store_again_if_due(&mut self, moment: Moment) {
        if self.received.due.is_none_or(|due| due > moment.now) {
            return;
        }
        self.received.due = None;
        for (pdu, receipt) in std::mem::take(&mut self.received.waiting) {
            if let Err(kept) = self.store_pdu(pdu, receipt, moment) {
                self.received.waiting.push(kept);
                self.received.due = Some(moment.now + PAUSE);
            }
        }
    }

    /// The modem confirmed that a place is free again.
    pub(super) fn pdu_removed(&mut self, location: &StorageLocation) {
        let marked = self.store.mark_removed(&stored_at(location));
        self.check(marked, "That a text left the modem could not be noted");
    }

    /// Stores a PDU and then, and only then, gives the receipt back.
    fn store_pdu(
        &mut self,
        pdu: Pdu,
        receipt: Option<Receipt>,
        moment: Moment,
    ) -> Result<(), (Pdu, Option<Receipt>)> {
        let location = receipt.as_ref().and_then(Receipt::location).map(stored_at);
        let stored = match &pdu {
            Ok(octets) => self.store_octets(octets, location.as_ref(), moment),
            Err(line) => {
                let problem = "it is not hexadecimal";
                self.store_undecodable(line, problem, location.as_ref(), moment)
            }
        };
        match self.check(stored, "A received text could not be stored; it stays in the modem") {
            Some(Handled::Safe) if self.options.volatile.is_none() => {
                if let Some(receipt) = receipt {
                    self.seat.modem.handle_stored(receipt, moment.now);
                }
                Ok(())
            }
            Some(_) => Ok(()),
            None => Err((pdu, receipt)),
        }
    }

    fn store_octets(
        &mut self,
        octets: &[u8],
        location: Option<&StoredAt>,
        moment: Moment,
    ) -> Result<Handled, StoreError> {
        match sms::decode_incoming(octets) {
            Ok(Incoming::Text(text)) => self.store_text(octets, &text, location, moment),
            Ok(Incoming::Report(report)) => self.store_report(&report, moment),
            Ok(Incoming::Stored) => Ok(Handled::NotOurs),
            Err(error) => {
                let hex: String = octets.iter().map(|octet| format!("{octet:02X}")).collect();
                self.store_undecodable(&hex, &error.to_string(), location, moment)
            }
        }
    }

    fn store_text(
        &mut self,
        octets: &[u8],
        text: &IncomingText,
        location: Option<&StoredAt>,
        moment: Moment,
    ) -> Result<Handled, StoreError> {
        let received = self.store.receive_text(octets, text, location, moment.wall)?;
        Ok(self.tell_received(received))
    }

    fn store_undecodable(
        &mut self,
        hex: &str,
        problem: &str,
        location: Option<&StoredAt>,
        moment: Moment,
    ) -> Result<Handled, StoreError> {
        let received = self.store.receive_undecodable(hex, problem, location, moment.wall)?;
        Ok(self.tell_received(received))
    }

    fn tell_received(&mut self, received: Received) -> Handled {
        if received.new {
            self.out.events.push(Event::Message(received.message));
            self.out.events.push(Event::Thread(received.thread));
        }
        Handled::Safe
    }

    fn store_report(
        &mut self,
        report: &IncomingReport,
        moment: Moment,
    ) -> Result<Handled, StoreError> {
        let diagnosis = failure(Status::from(report.status));
        let told = self.store.receive_report(report, diagnosis.as_ref(), moment.wall)?;
        if let Some(message) = told {
            self.publish_message(message);
        }
        Ok(Handled::Safe)
    }
}

/// What a PDU turned out to be.
enum Handled {
    /// It is in the store: the modem may forget it.
    Safe,
    /// A text that somebody saved in the modem: left alone.
    NotOurs,
}

/// Why a text was not delivered, if the report says so.
fn failure(status: Status) -> Option<Diagnosis> {
    (status.outcome() == Outcome::Failed)
        .then(|| Diagnosis::new(status.sentence(), status.advice()))
}

fn stored_at(location: &StorageLocation) -> StoredAt {
    StoredAt { memory: location.memory.clone(), index: location.index }
}
