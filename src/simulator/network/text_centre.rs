//! The text centre: takes SMS-SUBMITs, decides what becomes of them, keeps SMS-DELIVERs and
//! reports until the modem takes them.

use super::subscriber::Subscriber;
use crate::clock::Instant;
use crate::simulator::message::tpdu::Submit;
use std::collections::VecDeque;

/// Entries kept in each list of truths.
const MAX_RECORDS: usize = 20_000;

/// Texts that wait for the modem; what comes on top is dropped by the sender's network.
const MAX_WAITING: usize = 5_000;

/// A text that the network took from the modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AcceptedText {
    /// TP-DA as text.
    pub destination: String,
    /// The segment's text; none for 8-bit data.
    pub text: Option<String>,
    /// Reference, number of parts, this part, if it is a segment of a long text.
    pub concatenation: Option<(u16, u8, u8)>,
    /// TP-SRR.
    pub wants_report: bool,
    /// TP-MR that the modem gave and reported by `+CMGS`.
    pub reference: u8,
    /// The TPDU as the program wrote it.
    pub tpdu: Vec<u8>,
    /// When the network took it.
    pub at: Instant,
}

/// What a TPDU on its way to the modem is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextKind {
    /// SMS-DELIVER.
    Deliver,
    /// SMS-STATUS-REPORT.
    Report,
}

/// A TPDU for the modem, or the record of one that was handed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveredText {
    /// Unique for each text the network has for the phone; the same again if it had to be
    /// repeated because nobody acknowledged it.
    pub serial: u64,
    /// What it is.
    pub kind: TextKind,
    /// Sender, or the recipient that a report speaks of.
    pub from: String,
    /// The segment's text; empty for a report or 8-bit data.
    pub text: String,
    /// The TPDU without the SMSC field.
    pub tpdu: Vec<u8>,
    /// Message class, which decides where it may be stored.
    pub class: Option<u8>,
    /// When it was handed over; when it was sent, while it waits.
    pub at: Instant,
}

/// What becomes of a text that the modem submits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Not taken: RP cause of 3GPP TS 24.011 §8.2.5.4.
    Refused(u8),
    /// Taken; the reports, if asked for, follow: milliseconds after acceptance and TP-ST.
    Accepted(&'static [(u64, u8)]),
}

/// What the network does with a text for this subscriber.
pub fn fate_of_text(to: Subscriber) -> Fate {
    match to {
        Subscriber::RefusesTexts => Fate::Refused(21),
        // 0x43: permanent error, not obtainable (23.040 §9.2.3.15).
        Subscriber::NotInService => Fate::Accepted(&[(1500, 0x43)]),
        // 0x22: no response from the recipient, still trying.
        Subscriber::Delayed => Fate::Accepted(&[(2000, 0x22), (10_000, 0x00)]),
        Subscriber::Emergency => Fate::Refused(8),
        _ => Fate::Accepted(&[(1200, 0x00)]),
    }
}

/// The lists of the text centre.
#[derive(Debug, Default)]
pub struct TextCentre {
    accepted: VecDeque<AcceptedText>,
    delivered: VecDeque<DeliveredText>,
    waiting: VecDeque<DeliveredText>,
    last_serial: u64,
    last_reference: u8,
    /// Texts to be refused yet, and with what.
    refusing: Option<(u16, u32)>,
}

impl TextCentre {
    /// Every text the network took, oldest first.
    pub fn accepted(&self) -> &VecDeque<AcceptedText> {
        &self.accepted
    }

    /// Every hand-over of a text or report to the modem, oldest first.
    pub fn delivered(&self) -> &VecDeque<DeliveredText> {
        &self.delivered
    }

    /// What waits for the modem.
    pub fn waiting(&self) -> &VecDeque<DeliveredText> {
        &self.waiting
    }

    /// The next texts are refused.
    pub fn refuse(&mut self, cause: u16, times: u32) {
        self.refusing = Some((cause, times));
    }

    /// The cause if the text that comes is one of those to be refused.
    pub fn refusal(&mut self) -> Option<u16> {
        let (cause, times) = self.refusing.filter(|(_, times)| *times > 0)?;
        self.refusing = Some((cause, times - 1));
        Some(cause)
    }

    /// Takes a text and gives it a message reference.
    pub fn accept(&mut self, submit: &Submit, now: Instant) -> u8 {
        self.last_reference = self.last_reference.wrapping_add(1);
        self.accepted.push_back(AcceptedText {
            destination: submit.destination.text.clone(),
            text: submit.content.text(),
            concatenation: submit.content.concatenation(),
            wants_report: submit.wants_report,
            reference: self.last_reference,
            tpdu: submit.octets.clone(),
            at: now,
        });
        if self.accepted.len() > MAX_RECORDS {
            self.accepted.pop_front();
        }
        self.last_reference
    }

    /// Keeps a TPDU for the modem and gives it a serial.
    pub fn enqueue(&mut self, mut text: DeliveredText) -> u64 {
        self.last_serial += 1;
        text.serial = self.last_serial;
        if self.waiting.len() < MAX_WAITING {
            self.waiting.push_back(text);
        }
        self.last_serial
    }

    /// Notes that the first waiting TPDU was handed to the modem and returns it.
    pub fn hand_over(&mut self, now: Instant) -> Option<DeliveredText> {
        let mut text = self.waiting.front()?.clone();
        text.at = now;
        self.delivered.push_back(text.clone());
        if self.delivered.len() > MAX_RECORDS {
            self.delivered.pop_front();
        }
        Some(text)
    }

    /// The modem has the text: the network forgets it.
    pub fn acknowledge(&mut self, serial: u64) {
        self.waiting.retain(|text| text.serial != serial);
    }
}
