//! How texts move between the modem and the text centre: submissions, echoes, reports, and the
//! hand-over of waiting texts one by one.

use super::subscriber::{OWN_NUMBER, Subscriber, who};
use super::text_centre::{Fate, fate_of_text};
use super::{NetworkEvent, Planned, SimulatedNetwork, Text, TextKind};
use crate::clock::{Instant, WallTime};
use crate::simulator::message::segment;
use crate::simulator::message::tpdu::{self, Address, Content, Report, Submit};
use std::time::Duration;

/// How long the network takes to take a text, in milliseconds.
pub(super) const SUBMIT_MILLIS: (u64, u64) = (300, 900);

/// Most troubles that wait for texts.
const MAX_TROUBLES: usize = 1000;

/// Between two texts handed over.
const HAND_OVER_PACE: Duration = Duration::from_millis(400);

/// After a text that nobody acknowledged.
const REPEAT_AFTER: Duration = Duration::from_secs(8);

/// Who tells of voice mails.
const VOICE_MAIL: &str = "+15550198";

/// How a text comes back from who echoes.
const ECHO_AFTER: Duration = Duration::from_secs(2);

/// A TPDU that will come to the text centre's queue for the phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Coming {
    Deliver { from: Address, content: Content },
    Report { reference: u8, recipient: Address, submitted: WallTime, status: u8 },
}

/// The hand-over of waiting texts.
#[derive(Debug, Default)]
pub(super) struct Offer {
    /// When the next text is offered.
    pub at: Option<Instant>,
    /// A text was offered and the modem has not settled it.
    open: bool,
    /// The modem said that it has no room.
    memory_full: bool,
}

/// What goes wrong with a text that the modem sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextTrouble {
    /// `+CMS ERROR` with this number; the network does not have the text.
    Refused(u16),
    /// The network takes it, and the modem never says so.
    Unanswered,
    /// The network does not get it, and the modem never says so.
    Lost,
    /// It takes this long.
    Slow(Duration),
}

/// What the modem did with an offered text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settlement {
    /// It has it.
    Taken,
    /// No room: the network waits until there is some.
    MemoryFull,
    /// Routed to the program, which did not acknowledge it.
    NotAcknowledged,
}

impl SimulatedNetwork {
    /// Takes an SMS-SUBMIT on its way; [`NetworkEvent::Submitted`] follows.
    pub fn submit(&mut self, submit: Submit, now: Instant) {
        let mut after = Duration::from_millis(self.random.between(self.submit_millis));
        let trouble = self.next_trouble();
        if let Some(TextTrouble::Slow(time)) = trouble {
            after = time;
        }
        self.plan(now + after, Planned::Submit(Box::new((submit, trouble))));
    }

    /// The network takes this long for a text.
    pub fn set_submit_millis(&mut self, millis: u64) {
        self.submit_millis = (millis, millis);
    }

    /// From now on so many submissions go wrong like this, after those that were to already; 0:
    /// none goes wrong any more.
    pub(super) fn trouble_texts(&mut self, trouble: TextTrouble, times: u32) {
        if times == 0 {
            self.troubles.clear();
        }
        if self.troubles.len() < MAX_TROUBLES && times > 0 {
            self.troubles.push_back((trouble, times));
        }
    }

    fn next_trouble(&mut self) -> Option<TextTrouble> {
        let (trouble, times) = self.troubles.front_mut()?;
        let trouble = *trouble;
        *times -= 1;
        if *times == 0 {
            self.troubles.pop_front();
        }
        Some(trouble)
    }

    /// Forgets a submission that has not been taken yet: the modem restarted.
    pub fn forget_submissions(&mut self) {
        self.timeline.forget(|planned| matches!(planned, Planned::Submit(_)));
    }

    pub(super) fn take_submit(
        &mut self,
        submit: &Submit,
        trouble: Option<TextTrouble>,
        now: Instant,
    ) {
        match trouble {
            Some(TextTrouble::Refused(error)) => {
                self.events.push_back(NetworkEvent::Submitted(Err(error)));
                return;
            }
            Some(TextTrouble::Lost) => {
                self.events.push_back(NetworkEvent::SubmissionForgotten);
                return;
            }
            Some(TextTrouble::Unanswered | TextTrouble::Slow(_)) | None => {}
        }
        if !self.coverage.registration.carries_texts() {
            self.events.push_back(NetworkEvent::Submitted(Err(331)));
            return;
        }
        if let Some(cause) = self.texts.refusal() {
            self.events.push_back(NetworkEvent::Submitted(Err(cause)));
            return;
        }
        let whom = who(&submit.destination.text);
        let reports = match fate_of_text(whom) {
            Fate::Refused(cause) => {
                self.events.push_back(NetworkEvent::Submitted(Err(u16::from(cause))));
                return;
            }
            Fate::Accepted(reports) => reports,
        };
        let reference = self.texts.accept(submit, now);
        self.events.push_back(match trouble {
            Some(TextTrouble::Unanswered) => NetworkEvent::SubmissionForgotten,
            _ => NetworkEvent::Submitted(Ok(reference)),
        });
        if submit.wants_report {
            let submitted = self.wall_time(now);
            for (millis, status) in reports {
                let recipient = submit.destination.clone();
                let coming = Coming::Report { reference, recipient, submitted, status: *status };
                let at = now + Duration::from_millis(*millis);
                self.plan(at, Planned::Enqueue(Box::new(coming)));
            }
        }
        let back_from = match whom {
            Subscriber::Echoes => Some("+15550107"),
            Subscriber::Own => Some(OWN_NUMBER),
            _ => None,
        };
        if let Some(from) = back_from {
            let from = Address::new(from);
            let coming = Coming::Deliver { from, content: submit.content.clone() };
            self.plan(now + ECHO_AFTER, Planned::Enqueue(Box::new(coming)));
        }
    }

    /// Somebody sends the phone a text, cut into segments as needed. `class`: message class 0–3.
    pub(super) fn incoming_text(
        &mut self,
        from: &str,
        text: &str,
        class: Option<u8>,
        now: Instant,
    ) {
        let reference = self.random.next() as u8;
        for mut content in segment::contents(text, reference) {
            if let Some(class) = class {
                content.dcs |= 0x10 | class & 3;
            }
            self.enqueue(Coming::Deliver { from: Address::new(from), content }, now);
        }
    }

    /// Somebody sends the phone one TPDU with these octets of user data.
    pub(super) fn incoming_content(&mut self, from: &str, content: Content, now: Instant) {
        self.enqueue(Coming::Deliver { from: Address::new(from), content }, now);
    }

    /// A text with a TP-PID: it replaces an earlier one (0x41–0x47), or is of type 0 (0x40).
    pub(super) fn incoming_pid_text(&mut self, from: &str, text: &str, pid: u8, now: Instant) {
        let reference = self.random.next() as u8;
        for content in segment::contents(text, reference) {
            self.incoming_content(from, Content { pid, ..content }, now);
        }
    }

    /// So many voice mails wait: the special message indication, to be kept (23.040 §9.2.3.24.2).
    pub(super) fn voice_mails(&mut self, count: u8, now: Instant) {
        let words = format!("You have {count} voice mails");
        let mut septets =
            crate::simulator::message::alphabet::to_septets(&words).unwrap_or_default();
        septets.truncate(140);
        // Five octets are 40 bits: two fill bits up to the sixth septet.
        let mut user_data = vec![0x04, 0x01, 0x02, 0x80, count];
        user_data.extend(crate::simulator::message::alphabet::pack(&septets, 2));
        let length = septets.len() as u8 + 6;
        let content = Content { pid: 0, dcs: 0, has_header: true, length, user_data };
        self.incoming_content(VOICE_MAIL, content, now);
    }

    /// Somebody sends the phone these very octets as SMS-DELIVER or SMS-STATUS-REPORT.
    pub(super) fn incoming_tpdu(&mut self, tpdu: Vec<u8>, now: Instant) {
        let read = tpdu::read_deliver(&tpdu);
        let report = tpdu.first().is_some_and(|first| first & 3 == 2);
        let (from, text, class) = match &read {
            Some((from, _, content)) => {
                (from.text.clone(), content.text().unwrap_or_default(), tpdu::class(content.dcs))
            }
            None => (String::new(), String::new(), None),
        };
        let kind = if report { TextKind::Report } else { TextKind::Deliver };
        self.texts.enqueue(Text { serial: 0, kind, from, text, tpdu, class, at: now });
        self.schedule_offer(now);
    }

    pub(super) fn enqueue(&mut self, coming: Coming, now: Instant) {
        let wall_time = self.wall_time(now);
        let text = match coming {
            Coming::Deliver { from, content } => Text {
                serial: 0,
                kind: TextKind::Deliver,
                tpdu: tpdu::deliver(&from, &content, wall_time),
                text: content.text().unwrap_or_default(),
                class: tpdu::class(content.dcs),
                from: from.text,
                at: now,
            },
            Coming::Report { reference, recipient, submitted, status } => Text {
                serial: 0,
                kind: TextKind::Report,
                from: recipient.text.clone(),
                text: String::new(),
                tpdu: tpdu::status_report(&Report {
                    reference,
                    recipient,
                    submitted,
                    discharged: wall_time,
                    status,
                }),
                class: None,
                at: now,
            },
        };
        self.texts.enqueue(text);
        self.schedule_offer(now);
    }

    /// Sees to it that a waiting text will be offered, if one can be.
    pub(super) fn schedule_offer(&mut self, now: Instant) {
        let possible = !self.texts.waiting().is_empty()
            && self.coverage.registration.carries_texts()
            && !self.offer.open
            && !self.offer.memory_full;
        if !possible {
            self.offer.at = None;
        } else if self.offer.at.is_none() {
            self.offer.at = Some(now + HAND_OVER_PACE);
        }
    }

    pub(super) fn offer_due(&mut self, now: Instant) {
        if self.offer.at.is_some_and(|at| at <= now) {
            self.offer.at = None;
            self.offer.open = true;
            self.events.push_back(NetworkEvent::TextOffered);
        }
    }

    /// The text that is offered: looked at, not yet handed over.
    pub fn offered(&self) -> Option<&Text> {
        self.texts.waiting().front().filter(|_| self.offer.open)
    }

    /// Hands the offered text to the modem, which must [`SimulatedNetwork::settle`] it.
    pub fn hand_over(&mut self, now: Instant) -> Option<Text> {
        if self.offer.open { self.texts.hand_over(now) } else { None }
    }

    /// What became of the offered text.
    pub fn settle(&mut self, settlement: Settlement, now: Instant) {
        if !self.offer.open {
            return;
        }
        self.offer.open = false;
        match settlement {
            Settlement::Taken => {
                if let Some(serial) = self.texts.waiting().front().map(|text| text.serial) {
                    self.texts.acknowledge(serial);
                }
                self.schedule_offer(now);
            }
            Settlement::MemoryFull => self.offer.memory_full = true,
            Settlement::NotAcknowledged => {
                self.schedule_offer(now);
                if self.offer.at.is_some() {
                    self.offer.at = Some(now + REPEAT_AFTER);
                }
            }
        }
    }

    /// The modem has room again (24.011 RP-SMMA).
    pub fn memory_available(&mut self, now: Instant) {
        self.offer.memory_full = false;
        self.schedule_offer(now);
    }
}
