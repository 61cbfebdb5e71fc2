//! Text messages, their delivery, the threads they form, and what a conversation shows.

use crate::clock::WallTime;
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, Diagnosis, Direction};

/// Row number of a text message; larger is newer in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId(pub i64);

/// Row number of a thread.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ThreadId(pub i64);

/// How many of a message's segments something is true of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct SegmentCount {
    /// How many of them.
    pub done: u8,
    /// How many there are, 1–255.
    pub total: u8,
}

/// Where a text message stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// MT: it is ours. `total > done` while parts of it are missing.
    Received(SegmentCount),
    /// MO: stored, waiting for its turn or for the modem.
    Queued,
    /// MO: `done` segments were taken by the network, the next is on its way.
    Sending(SegmentCount),
    /// MO: the network took every segment.
    Sent,
    /// MO: every segment was reported delivered (TP-ST 0x00–0x02).
    Delivered,
    /// MO: it will not be sent or delivered unless the user retries.
    Failed(Diagnosis),
    /// MO: the modem or the program died between Ctrl-Z and the answer: it may have been sent.
    /// Never repeated by itself.
    Unknown(Diagnosis),
}

impl Delivery {
    /// The word used in the JSON lines and in the database.
    pub fn word(&self) -> &'static str {
        match self {
            Delivery::Received(_) => "received",
            Delivery::Queued => "queued",
            Delivery::Sending(_) => "sending",
            Delivery::Sent => "sent",
            Delivery::Delivered => "delivered",
            Delivery::Failed(_) => "failed",
            Delivery::Unknown(_) => "unknown",
        }
    }

    /// No further change is expected without the user, except a late status report.
    pub fn settled(&self) -> bool {
        !matches!(self, Delivery::Queued | Delivery::Sending(_))
    }
}

/// One text message, whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextMessage {
    /// Row number.
    pub id: MessageId,
    /// The thread it belongs to.
    pub thread: ThreadId,
    /// MO or MT.
    pub direction: Direction,
    /// The other side; may be an alphanumeric sender such as `BANK`.
    pub number: PhoneNumber,
    /// The text; for a message that could not be decoded, a sentence that says so.
    pub text: String,
    /// The raw PDU in hex, where the text could not be decoded.
    pub undecodable_pdu: Option<String>,
    /// MO: when the user sent it. MT: when it reached this program.
    pub time: WallTime,
    /// MT: when the SMSC says it was handed in (TP-SCTS).
    pub sent_at: Option<WallTime>,
    /// Where it stands.
    pub delivery: Delivery,
    /// MO: number of segments it was cut into. MT: number it came in.
    pub segments: u8,
    /// MO: a delivery report was asked for.
    pub report_requested: bool,
    /// MT: the user has seen it. Always true for MO.
    pub read: bool,
}

/// One conversation in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// Row number.
    pub id: ThreadId,
    /// The other side, as last written by the network or the user.
    pub number: PhoneNumber,
    /// The newest text, cut to one line.
    pub preview: String,
    /// Direction of the newest text; `None` for an empty thread.
    pub last_direction: Option<Direction>,
    /// Delivery word of the newest text ([`Delivery::word`]); empty for an empty thread.
    pub last_delivery: String,
    /// Time of the newest text.
    pub time: WallTime,
    /// Received texts not read yet.
    pub unread: u32,
    /// What the user has typed and not sent.
    pub draft: String,
}

/// Text typed and not sent, kept per recipient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// To whom.
    pub number: PhoneNumber,
    /// The text so far; empty deletes the draft.
    pub text: String,
}

/// What a conversation shows, one under the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TimelineItem {
    /// A text.
    Text(TextMessage),
    /// A call with the same number.
    Call(CallRecord),
}

impl TimelineItem {
    /// When it happened.
    pub fn time(&self) -> WallTime {
        match self {
            TimelineItem::Text(message) => message.time,
            TimelineItem::Call(record) => record.started,
        }
    }
}
