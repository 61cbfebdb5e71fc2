//! What the window knows of calls beside their state: the text that a caller got instead of an
//! answer, and whether the modem still mentions a call.

use crate::number::PhoneNumber;
use crate::phone::{CallId, CallState, Delivery, Direction, Event, MessageId, Notice, PhoneState};

/// Texts that are followed; those before them are no news any more.
const MAX_REPLIES: usize = 4;

/// A text that a caller gets instead of an answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Reply {
    /// The call that was not answered.
    pub call: CallId,
    /// Who gets it.
    pub to: PhoneNumber,
    /// What it says.
    pub words: String,
    /// The stored text, once there is one, and where it stands.
    pub stored: Option<(MessageId, Delivery)>,
}

impl Reply {
    /// It is under way: what becomes of it is still to be told.
    pub fn waits(&self) -> bool {
        self.stored.as_ref().is_some_and(|(_, delivery)| !delivery.settled())
    }

    /// The network took it, or nobody asked for more.
    pub fn failed(&self) -> bool {
        matches!(self.stored, Some((_, Delivery::Failed(_) | Delivery::Unknown(_))))
    }
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct CallNotes {
    replies: Vec<Reply>,
    doubted: Vec<CallId>,
}

impl CallNotes {
    /// The caller is to get this text.
    pub fn replied(&mut self, call: CallId, to: PhoneNumber, words: String) {
        self.replies.retain(|reply| reply.call != call);
        self.replies.push(Reply { call, to, words, stored: None });
        let excess = self.replies.len().saturating_sub(MAX_REPLIES);
        self.replies.drain(..excess);
    }

    /// The text that the caller got.
    pub fn reply(&self, call: CallId) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.call == call)
    }

    /// The modem has not mentioned this call for long: it may be answered or over.
    pub fn doubts(&self, call: CallId) -> bool {
        self.doubted.contains(&call)
    }

    /// It says so of one call at least.
    pub fn doubts_any(&self) -> bool {
        !self.doubted.is_empty()
    }

    /// Takes an event in; `phone` is what was known before it.
    pub(super) fn apply(&mut self, event: &Event, phone: &PhoneState) {
        match event {
            Event::Message(text) if text.direction == Direction::MobileOriginated => {
                let same = |reply: &&mut Reply| match &reply.stored {
                    Some((id, _)) => *id == text.id,
                    None => reply.words == text.text && reply.to.as_str() == text.number.as_str(),
                };
                if let Some(reply) = self.replies.iter_mut().find(same) {
                    reply.stored = Some((text.id, text.delivery.clone()));
                }
            }
            // The notice names no call: it is about those not answered as far as is known.
            Event::Notice(notice) if notice.text == Notice::CALL_IN_DOUBT => {
                let open =
                    |state: &CallState| matches!(state, CallState::Dialing | CallState::Alerting);
                let open = phone.calls.iter().filter(|call| open(&call.state));
                self.doubted = open.map(|call| call.id).collect();
            }
            Event::Call(call) => {
                let known = phone.calls.iter().find(|known| known.id == call.id);
                if known.is_none_or(|known| known.state != call.state) {
                    self.doubted.retain(|id| *id != call.id);
                }
            }
            _ => {}
        }
    }
}
