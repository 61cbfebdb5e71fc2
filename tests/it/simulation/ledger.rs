//! What the engine would have on disk: outcomes, texts that came, texts that went. Fails at once when
//! a promise is broken that can be seen at once.

use super::world::outcome_of;
use deskphone::clock::Instant;
use deskphone::modem::{Fate, ModemCommand, ModemEvent, Receipt, StorageLocation};
use deskphone::phone::{Call, CallId, CallState, MessageId, RequestId};
use deskphone::sms::{Incoming, decode_incoming};
use std::collections::BTreeMap;

/// What became of a segment that was given to the driver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SegmentFate {
    Waiting,
    HandedOver,
    Sent,
    NotSent,
    MaybeSent,
}

/// A received PDU as the store keeps it.
#[derive(Debug)]
pub struct Kept {
    pub pdu: Vec<u8>,
    location: Option<StorageLocation>,
    on_modem: bool,
}

/// The message class of a received text.
fn class_of(pdu: &[u8]) -> Option<u8> {
    match decode_incoming(pdu) {
        Ok(Incoming::Text(text)) => text.class,
        _ => None,
    }
}

#[derive(Default)]
pub struct Ledger {
    open: BTreeMap<RequestId, String>,
    pub kept: Vec<Kept>,
    /// PDUs that were handed over again although they were kept already.
    pub repeats: usize,
    /// Lines that were no PDU.
    pub unreadable: usize,
    pub segments: BTreeMap<MessageId, (Vec<u8>, SegmentFate)>,
    pub calls: BTreeMap<u32, Call>,
    pub ready: bool,
    /// When the user asked for the end of a call, any or this one.
    ends_asked: Vec<(Instant, Option<CallId>)>,
    /// Most live calls at once, and most in one conference.
    pub most_calls: (usize, usize),
}

impl Ledger {
    pub fn asked(&mut self, request: RequestId, command: &ModemCommand, now: Instant) {
        match command {
            ModemCommand::Release(id) => self.ends_asked.push((now, Some(*id))),
            ModemCommand::Reject
            | ModemCommand::AnswerAndEnd
            | ModemCommand::Transfer
            | ModemCommand::Deflect(..) => self.ends_asked.push((now, None)),
            // An emergency makes room.
            ModemCommand::Dial(dial) if dial.number.as_str() == "112" => {
                self.ends_asked.push((now, None));
            }
            _ => {}
        }
        self.open.insert(request, format!("{command:?}"));
        if let ModemCommand::Submit(submission) = command {
            let entry = (submission.pdu.clone(), SegmentFate::Waiting);
            self.segments.insert(submission.message, entry);
        }
    }

    /// The user asked for the end of this call while it lived.
    pub fn asked_to_end(&self, call: &Call) -> bool {
        self.ends_asked.iter().any(|(at, id)| {
            *at >= call.started_at && *at <= call.state_since && id.is_none_or(|id| id == call.id)
        })
    }

    /// Commands without an outcome.
    pub fn open(&self) -> Vec<&String> {
        self.open.values().collect()
    }

    /// Takes an event in; a received PDU's receipt comes back once it is kept, with true if the text
    /// shall stay in the modem too.
    pub fn happened(&mut self, event: ModemEvent) -> Result<Option<(Receipt, bool)>, String> {
        if let Some(request) = outcome_of(&event) {
            let known = self.open.remove(&request);
            return known.map(|_| None).ok_or(format!("request {} ended twice", request.0));
        }
        match event {
            ModemEvent::Initialising | ModemEvent::Silent(_) => self.ready = false,
            ModemEvent::Ready => self.ready = true,
            ModemEvent::Call(call) => self.call(call)?,
            ModemEvent::Received { pdu, receipt } => {
                let keep = pdu.as_ref().is_ok_and(|pdu| class_of(pdu) == Some(2));
                self.keep(pdu, &receipt);
                return Ok(Some((receipt, keep)));
            }
            ModemEvent::ReceivedPlain { message, receipt } => {
                self.keep(Ok(message.text.into_bytes()), &receipt);
                return Ok(Some((receipt, false)));
            }
            ModemEvent::ReceivedReport { receipt, .. } => return Ok(Some((receipt, false))),
            ModemEvent::Removed(location) => {
                for kept in &mut self.kept {
                    if kept.location.as_ref() == Some(&location) {
                        kept.on_modem = false;
                    }
                }
            }
            ModemEvent::SegmentHandedOver { message, .. } => {
                self.segment(message, SegmentFate::HandedOver)?;
            }
            ModemEvent::SegmentSent { message, .. } => self.segment(message, SegmentFate::Sent)?,
            ModemEvent::SegmentFailed { message, fate, .. } => {
                let fate = match fate {
                    Fate::NotSent => SegmentFate::NotSent,
                    Fate::MaybeSent => SegmentFate::MaybeSent,
                };
                self.segment(message, fate)?;
            }
            _ => {}
        }
        Ok(None)
    }

    /// A call's states: it begins once, is released once, and never comes back.
    fn call(&mut self, call: Call) -> Result<(), String> {
        if let Some(known) = self.calls.get(&call.id.0) {
            if !known.state.live() {
                return Err(format!("call {} lives after its end", call.id.0));
            }
            if known.direction != call.direction {
                return Err(format!("call {} changed its direction", call.id.0));
            }
            let answered = known.answered_at.is_some();
            if answered && matches!(call.state, CallState::Dialing | CallState::Incoming) {
                return Err(format!("call {} goes back from answered", call.id.0));
            }
        }
        if !call.state.live() && call.diagnosis.as_ref().is_none_or(|d| d.cause.is_empty()) {
            return Err(format!("call {} ended without a word why", call.id.0));
        }
        self.calls.insert(call.id.0, call);
        let live = self.live_calls();
        let members = live.iter().filter(|call| call.multiparty).count();
        self.most_calls = (self.most_calls.0.max(live.len()), self.most_calls.1.max(members));
        Ok(())
    }

    /// The store's rule: the same octets at the same place, still on the modem, are the same text.
    fn keep(&mut self, pdu: Result<Vec<u8>, String>, receipt: &Receipt) {
        let Ok(pdu) = pdu else {
            self.unreadable += 1;
            return;
        };
        let location = receipt.location().cloned();
        // What was routed here and not acknowledged in time comes again, perhaps by way of a memory.
        let again = |kept: &Kept| kept.location.is_none() || location.is_none();
        let known = self.kept.iter().any(|kept| {
            kept.pdu == pdu && (again(kept) || kept.location == location && kept.on_modem)
        });
        if known {
            self.repeats += 1;
            return;
        }
        for kept in self.kept.iter_mut().filter(|kept| kept.location == location) {
            kept.on_modem = false;
        }
        self.kept.push(Kept { pdu, location, on_modem: true });
    }

    fn segment(&mut self, message: MessageId, fate: SegmentFate) -> Result<(), String> {
        let entry = self.segments.get_mut(&message).ok_or("an unknown segment was told of")?;
        let settled =
            matches!(entry.1, SegmentFate::Sent | SegmentFate::NotSent | SegmentFate::MaybeSent);
        if settled {
            return Err(format!("text {} was settled twice", message.0));
        }
        if fate == SegmentFate::NotSent && entry.1 == SegmentFate::Waiting {
            entry.1 = fate;
            return Ok(());
        }
        entry.1 = fate;
        Ok(())
    }

    /// Calls that the driver's events left alive.
    pub fn live_calls(&self) -> Vec<&Call> {
        self.calls.values().filter(|call| call.state.live()).collect()
    }
}
