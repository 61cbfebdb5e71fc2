//! Text messages, their delivery, the threads they form, and what a conversation shows.

use crate::clock::WallTime;
use crate::number::{DialString, PhoneNumber};
use crate::phone::{BatchId, CallRecord, Diagnosis, Direction};
use std::ops::Range;
use std::time::Duration;

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
    /// MO: waits for the time that the user chose.
    Scheduled(WallTime),
    /// MO: stored, waiting for its turn or for the modem.
    Queued,
    /// MO: `done` segments were taken by the network, the next is on its way.
    Sending(SegmentCount),
    /// MO: it failed for a reason that passes, and is tried again by itself.
    Retrying(Retry),
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
            Delivery::Scheduled(_) => "scheduled",
            Delivery::Queued => "queued",
            Delivery::Sending(_) => "sending",
            Delivery::Retrying(_) => "retrying",
            Delivery::Sent => "sent",
            Delivery::Delivered => "delivered",
            Delivery::Failed(_) => "failed",
            Delivery::Unknown(_) => "unknown",
        }
    }

    /// No further change is expected without the user, except a late status report.
    pub fn settled(&self) -> bool {
        !matches!(
            self,
            Delivery::Scheduled(_)
                | Delivery::Queued
                | Delivery::Sending(_)
                | Delivery::Retrying(_)
        )
    }
}

/// Another attempt that is to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Retry {
    /// When.
    pub at: WallTime,
    /// How many attempts there were, 1 or more.
    pub attempts: u8,
    /// Why the last one failed.
    pub why: Diagnosis,
}

/// What kind of text it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum MessageKind {
    /// A text like any other.
    #[default]
    Text,
    /// Class 0 (23.038 §4): to be shown at once, over everything else.
    Flash,
    /// Class 2: it belongs to the SIM and stays there.
    OnSim,
    /// It says that a voice mail or the like waits (23.040 §9.2.3.24.2, 23.038 §4).
    Waiting,
    /// A contact sent to port 9204 (23.040 §9.2.3.24.4); the text is the vCard.
    ContactCard,
    /// 8-bit data for some application; the text is readable if the data is, else hex.
    Data,
    /// It can't be read: a PDU that could not be decoded, or compressed text. The text says so.
    Unreadable,
}

impl MessageKind {
    /// All of them.
    pub const ALL: [MessageKind; 7] = [
        MessageKind::Text,
        MessageKind::Flash,
        MessageKind::OnSim,
        MessageKind::Waiting,
        MessageKind::ContactCard,
        MessageKind::Data,
        MessageKind::Unreadable,
    ];

    /// The word used in the JSON lines and in the database.
    pub fn word(self) -> &'static str {
        match self {
            MessageKind::Text => "text",
            MessageKind::Flash => "flash",
            MessageKind::OnSim => "on SIM",
            MessageKind::Waiting => "waiting",
            MessageKind::ContactCard => "contact card",
            MessageKind::Data => "data",
            MessageKind::Unreadable => "unreadable",
        }
    }
}

/// What takes a text that is sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Carrier {
    /// A modem, and the network behind it.
    #[default]
    Modem,
    /// The built-in Demo modem: nobody gets it.
    Demo,
    /// A recording that is played: nobody gets it.
    Recording,
}

impl Carrier {
    /// The word used in the database.
    pub fn word(self) -> &'static str {
        match self {
            Carrier::Modem => "",
            Carrier::Demo => "demo",
            Carrier::Recording => "recording",
        }
    }

    /// The one with this word; a modem if there is none.
    pub fn of_word(word: &str) -> Self {
        [Carrier::Demo, Carrier::Recording]
            .into_iter()
            .find(|carrier| carrier.word() == word)
            .unwrap_or_default()
    }
}

/// How a text is sent.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SendOptions {
    /// Ask for a delivery report (TP-SRR, 23.040 §9.2.3.5).
    pub status_report: bool,
    /// Class 0: shown at once on the other phone, and often not kept there.
    pub flash: bool,
    /// How long the centre shall try (TP-VP, 23.040 §9.2.3.12), 5 minutes to 63 weeks; `None`:
    /// as long as the network likes.
    pub validity: Option<Duration>,
    /// Another centre than the SIM's.
    pub smsc: Option<DialString>,
    /// Not before this time.
    pub at: Option<WallTime>,
    /// What it was written for. Nothing else gets it without the user's word; the engine fills
    /// it in from the modem in use.
    pub carrier: Carrier,
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
    /// What kind of text it is.
    pub kind: MessageKind,
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
    /// MO: how many of the segments were reported delivered.
    pub delivered_segments: u8,
    /// MO: how it is sent.
    pub options: SendOptions,
    /// MO: it went to several people, or came from a list; this ties them together.
    pub batch: Option<BatchId>,
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
    /// What the user has made of it.
    pub flags: ThreadFlags,
}

/// What the user has made of a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ThreadFlags {
    /// Stays at the top of the list.
    pub pinned: bool,
    /// Out of the list until somebody asks for the archive; a new text takes it out again, unless
    /// it is muted.
    pub archived: bool,
    /// Its texts make no notification.
    pub muted: bool,
    /// Its texts are kept, and neither announced nor listed nor counted as unread.
    pub blocked: bool,
}

/// A text that a search found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SearchHit {
    /// The text.
    pub message: TextMessage,
    /// Where in the text the words stand: octets of UTF-8, in order, not overlapping.
    pub marks: Vec<Range<usize>>,
}

/// Row number of a template.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TemplateId(pub i64);

impl TemplateId {
    /// Says "insert" to the store.
    pub const NEW: TemplateId = TemplateId(0);
}

/// A text to be used again and again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// Row number, or [`TemplateId::NEW`].
    pub id: TemplateId,
    /// What it is called; not empty.
    pub name: String,
    /// The text; may have `{name}` fields.
    pub text: String,
}

/// What a message-waiting indication speaks of (23.038 §4, 23.040 §9.2.3.24.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WaitingKind {
    /// Voice mail.
    Voicemail,
    /// Fax.
    Fax,
    /// E-mail.
    Email,
    /// Videomail and others.
    Other,
}

/// Something waits for the user at the network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WaitingMark {
    /// What.
    pub kind: WaitingKind,
    /// How many; `None` if the network did not say.
    pub count: Option<u8>,
    /// Who said so: often the mailbox's own number.
    pub from: PhoneNumber,
    /// Since when.
    pub time: WallTime,
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
