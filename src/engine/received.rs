//! Texts and reports coming in: on disk first, then acknowledged or deleted from the modem.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::modem::{Afterwards, PlainMessage, Receipt, StorageLocation};
use crate::number::PhoneNumber;
use crate::phone::{Diagnosis, Event, ThreadFlags, WaitingKind, WaitingMark};
use crate::sms::{self, Incoming, IncomingReport, IncomingText, Outcome, Status};
use crate::store::{Received, StoreError, StoredAt};
use std::time::Duration;

/// PDUs that wait for the store to work again, at most. The modem keeps the rest.
const MOST_UNSTORED: usize = 64;
/// Pause between two attempts to store them.
const PAUSE: Duration = Duration::from_secs(5);
/// Message class 2 belongs to the SIM (23.038 §4).
const SIM_CLASS: u8 = 2;

/// What the modem handed over.
#[derive(Clone, Debug)]
pub(super) enum Arrival {
    /// SMSC octets and TPDU, or a line that is not even hex.
    Pdu(Result<Vec<u8>, String>),
    /// A text in text mode.
    Plain(PlainMessage),
    /// A report in text mode.
    Report(IncomingReport),
}

/// What the store refused: kept here and tried again, and not acknowledged meanwhile.
#[derive(Debug, Default)]
pub(super) struct Unstored {
    waiting: Vec<(Arrival, Option<Receipt>)>,
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
    pub(super) fn arrived(&mut self, arrival: Arrival, receipt: Receipt, moment: Moment) {
        let receipt = Some(receipt);
        if let Err(kept) = self.store_arrival(arrival, receipt, moment)
            && self.received.waiting.len() < MOST_UNSTORED
        {
            self.received.waiting.push(kept);
            self.received.due = Some(moment.now + PAUSE);
        }
    }

    /// Tries again what the store refused.
    pub(super) fn store_again_if_due(&mut self, moment: Moment) {
        if self.received.due.is_none_or(|due| due > moment.now) {
            return;
        }
        self.received.due = None;
        for (arrival, receipt) in std::mem::take(&mut self.received.waiting) {
            if let Err(kept) = self.store_arrival(arrival, receipt, moment) {
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

    /// Stores it and then, and only then, gives the receipt back.
    fn store_arrival(
        &mut self,
        arrival: Arrival,
        receipt: Option<Receipt>,
        moment: Moment,
    ) -> Result<(), (Arrival, Option<Receipt>)> {
        let location = receipt.as_ref().and_then(Receipt::location).map(stored_at);
        let location = location.as_ref();
        let stored = match &arrival {
            Arrival::Pdu(Ok(octets)) => self.store_octets(octets, location, moment),
            Arrival::Pdu(Err(line)) => {
                let problem = "it is not hexadecimal";
                self.store_undecodable(line, problem, location, moment)
            }
            Arrival::Plain(PlainMessage { from, sent_at, text }) => {
                let received =
                    self.store.receive_plain(from, *sent_at, text, location, moment.wall);
                received.map(|received| self.tell_received(received))
            }
            Arrival::Report(report) => self.store_report(report, moment),
        };
        let handled =
            self.check(stored, "A received text could not be stored; it stays in the modem");
        let Some(handled) = handled else { return Err((arrival, receipt)) };
        let afterwards = match handled {
            Handled::Safe => Afterwards::Free,
            Handled::OfSim => Afterwards::Keep,
            Handled::Deleted => Afterwards::Delete,
            Handled::NotOurs => return Ok(()),
        };
        if let Some(receipt) = receipt.filter(|_| self.options.volatile.is_none()) {
            self.seat.modem.handle_stored(receipt, afterwards, moment.now);
        }
        Ok(())
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
        if text.silent {
            // Type 0: the network only wants to know whether we are there (23.040 §9.2.3.9).
            return Ok(Handled::Safe);
        }
        let mark_only = !text.indications.is_empty()
            && text.indications.iter().all(|indication| !indication.keep)
            // CPHS has a space where there is nothing to say.
            && text.text.trim().is_empty()
            && text.concat.is_none();
        if mark_only {
            self.set_waiting(text, moment)?;
            return Ok(Handled::Safe);
        }
        let received = self.store.receive_text(octets, text, location, moment.wall)?;
        if received.new && !text.indications.is_empty() {
            // The text is safe already: a mark that can't be kept is no reason to read it again.
            let marked = self.set_waiting(text, moment);
            self.check(marked, "That a message waits could not be noted");
        }
        Ok(match (self.tell_received(received), text.class) {
            (Handled::Safe, Some(SIM_CLASS)) => Handled::OfSim,
            (handled, _) => handled,
        })
    }

    fn set_waiting(&mut self, text: &IncomingText, moment: Moment) -> Result<(), StoreError> {
        for indication in &text.indications {
            self.store.set_waiting(&WaitingMark {
                kind: waiting_kind(indication.kind),
                count: indication.count,
                from: PhoneNumber::new(&text.from),
                time: moment.wall,
            })?;
        }
        self.publish_waiting();
        Ok(())
    }

    pub(super) fn publish_waiting(&mut self) {
        let waiting = self.store.waiting();
        if let Some(waiting) = self.check(waiting, "What waits at the network can't be read") {
            self.out.events.push(Event::Waiting(waiting.into()));
        }
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
        if received.deleted {
            return Handled::Deleted;
        }
        let received = self.out_of_sight(received);
        if received.new && received.shown {
            self.deleted.revive(received.thread.id);
            self.out.events.push(Event::Message(received.message));
            self.out.events.push(Event::Thread(received.thread));
        } else if received.new {
            // A part of a long text: if the others don't come it is shown all the same.
            self.agenda.stale();
        }
        Handled::Safe
    }

    /// What the user has deleted goes from the modem as well.
    pub(super) fn delete_from_modem(&mut self, moment: Moment) {
        let places = self.store.deleted_on_modem();
        let places = self.check(places, "What was deleted could not be found in the modem");
        if self.options.volatile.is_some() {
            return;
        }
        for StoredAt { memory, index } in places.unwrap_or_default() {
            let location = StorageLocation { memory, index };
            self.seat.modem.delete_stored(location, moment.now);
        }
    }

    /// A text from somebody on the block list is in a blocked conversation.
    fn out_of_sight(&mut self, mut received: Received) -> Received {
        let thread = &received.thread;
        let visible = received.new && !thread.flags.blocked;
        if visible && self.listed_as_blocked(&thread.number).is_some() {
            let flags = ThreadFlags { blocked: true, ..thread.flags };
            let set = self.store.set_flags(thread.id, flags);
            let set = self.check(set, "A blocked text could not be put out of sight");
            if let Some(thread) = set.flatten() {
                received.message.read = true;
                received.thread = thread;
            }
        }
        received
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

/// What an arrival turned out to be.
enum Handled {
    /// It is in the store: the modem may forget it.
    Safe,
    /// It is in the store and stays on the SIM.
    OfSim,
    /// It was deleted here.
    Deleted,
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

fn waiting_kind(kind: sms::WaitingKind) -> WaitingKind {
    match kind {
        sms::WaitingKind::Voicemail => WaitingKind::Voicemail,
        sms::WaitingKind::Fax => WaitingKind::Fax,
        sms::WaitingKind::Email => WaitingKind::Email,
        sms::WaitingKind::Other => WaitingKind::Other,
    }
}
