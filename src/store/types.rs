//! The values that go in and out of the store beside those of `phone`.

use crate::number::PhoneNumber;
use crate::phone::{BatchId, MessageId, SendOptions, TextMessage, Thread};
use std::time::Duration;

/// An incomplete text is shown so long after its last part came.
pub const INCOMPLETE_AFTER: Duration = Duration::from_secs(90);

/// A text that failed for a reason that passes is tried again after so long at most.
pub const LONGEST_RETRY: Duration = Duration::from_secs(30 * 60);

/// A text to be sent to one recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutgoingText<'a> {
    /// To whom.
    pub to: &'a PhoneNumber,
    /// The text.
    pub text: &'a str,
    /// How it is sent, and when.
    pub options: &'a SendOptions,
    /// What the codec made of it, 1–255.
    pub segments: &'a [OutgoingSegment],
}

/// One segment of a text to send, as the codec made it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutgoingSegment {
    /// SMSC octets and TPDU.
    pub pdu: Vec<u8>,
    /// TPDU octets, the parameter of `+CMGS` (27.005 §4.3).
    pub tpdu_octets: usize,
}

/// A segment that waits for its turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutboxSegment {
    /// The text it belongs to.
    pub message: MessageId,
    /// To whom.
    pub number: PhoneNumber,
    /// Which one, 1–`segments`.
    pub segment: u8,
    /// How many the text has, 1–255.
    pub segments: u8,
    /// SMSC octets and TPDU.
    pub pdu: Vec<u8>,
    /// TPDU octets, the parameter of `+CMGS`.
    pub tpdu_octets: usize,
    /// Attempts of the text that failed before this one for a reason that passes.
    pub attempts: u8,
    /// Another segment of the same text follows.
    pub more: bool,
    /// The batch it is part of.
    pub batch: Option<BatchId>,
}

/// Where one segment of a text to send stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SegmentState {
    /// Not handed to the modem yet.
    Queued,
    /// Handed over; no answer yet. A program that dies now leaves it as `Unknown`.
    Sending,
    /// The network took it, with the TP-MR the modem told, if it did.
    Sent {
        /// TP-MR.
        reference: Option<u8>,
    },
    /// Reported delivered.
    Delivered,
    /// Not taken, or reported as given up.
    Failed,
    /// It may have been sent.
    Unknown,
}

/// A place in the modem's message storage.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StoredAt {
    /// `SM`, `ME`, `MT`, `SR`…
    pub memory: String,
    /// `<index>` of 27.005.
    pub index: u16,
}

/// What became of a received PDU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// The message it is, or is a part of, as it is now.
    pub message: TextMessage,
    /// Its thread, as it is now.
    pub thread: Thread,
    /// False for a second copy of what was stored before: nothing changed.
    pub new: bool,
    /// No part of the message is missing.
    pub complete: bool,
    /// False while the message is in no list: parts of it are missing and may still come
    /// ([`INCOMPLETE_AFTER`]), or the user has deleted it.
    pub shown: bool,
    /// The user has deleted it and can't undo that any more.
    pub deleted: bool,
}

/// Identifies a running program among those that share a file: its process id and start time, say.
/// It must differ between programs that run at the same time. Others know that it lives by a lock
/// of the operating system, which the store holds from the first use of the owner on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Owner(pub String);

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ImportCounts {
    /// Contacts that are new.
    pub added: usize,
    /// Contacts that were known and gained a number, an address or the like.
    pub merged: usize,
    /// Contacts that were known as they are.
    pub unchanged: usize,
}

/// What was removed of a list that was not stored to its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Discarded {
    /// The list's name.
    pub name: String,
    /// Texts of it that are gone now; 200 at most.
    pub texts: Vec<MessageId>,
    /// There may be more, for another go.
    pub more: bool,
}
