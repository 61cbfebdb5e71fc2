//! What the user wants, in the imperative; not how the modem is told.

use crate::number::{DialString, DtmfTones, PhoneNumber, PostDial};
use crate::phone::{
    BatchAction, BatchId, CallId, CallRecordId, Contact, ContactId, Draft, LinkAddress, MessageId,
    NewBatch, SendOptions, ServiceRequest, Settings, SimCommand, Template, TemplateId, ThreadFlags,
    ThreadId, WaitingKind,
};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Ties a command to its one outcome.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RequestId(pub u64);

/// Ties a query to its one answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QueryId(pub u64);

/// A PIN, PUK or password: never printed, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Anything the user can ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// The connection to the modem.
    Link(LinkCommand),
    /// Calls.
    Call(CallCommand),
    /// Text messages.
    Message(MessageCommand),
    /// The address book.
    Contact(ContactCommand),
    /// Service codes.
    Ussd(UssdCommand),
    /// Forwarding, waiting, barring, caller identification.
    Service(ServiceRequest),
    /// The SIM card's PIN and phonebook.
    Sim(SimCommand),
    /// One raw AT command line, typed by the user in the console (or by `deskphone at`).
    /// Refused if it holds control characters.
    Console(String),
    /// Give the SIM its PIN; a PUK needs the new PIN too.
    EnterPin {
        /// PIN, or PUK when the SIM asks for one.
        code: Secret,
        /// With a PUK: the new PIN.
        new_pin: Option<Secret>,
        /// The user knows that it is the last try. Without that the last try is refused.
        last_try: bool,
    },
    /// Keep these settings.
    SaveSettings(Settings),
    /// Mark all missed calls as seen.
    MarkCallsSeen,
    /// Delete one call from the history.
    DeleteCallRecord(CallRecordId),
    /// Ask the modem for signal, operator and registration again, now.
    Refresh,
    /// Write the AT traffic to this file from now on; `None`: stop.
    Record(Option<PathBuf>),
}

/// The connection to the modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkCommand {
    /// Connect, leaving any other modem.
    Connect(LinkAddress),
    /// Leave the modem; calls are hung up first.
    Disconnect,
    /// Open a port for a moment and ask who is there (never the one in use).
    Probe(LinkAddress),
}

/// An outgoing call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dial {
    /// The number, checked.
    pub number: DialString,
    /// Whether the other side sees our number.
    pub caller_id: CallerId,
    /// Tones to send after the answer.
    pub post_dial: PostDial,
    /// The user was told that it can't succeed, and wants to try it anyway.
    pub anyway: bool,
}

impl Dial {
    /// A plain call.
    pub fn to(number: DialString) -> Self {
        Dial { number, caller_id: CallerId::Default, post_dial: PostDial::default(), anyway: false }
    }
}

/// Whether the other side sees our number in one call (27.007 §6.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum CallerId {
    /// As the network has it for this SIM.
    #[default]
    Default,
    /// Hidden (`I` behind the number).
    Hide,
    /// Shown (`i` behind the number).
    Show,
}

/// Calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallCommand {
    /// Place a call.
    Dial(Dial),
    /// Answer the incoming or waiting call; an active one is put on hold.
    Answer,
    /// Answer the waiting call; active ones are ended.
    AnswerAndEnd,
    /// Reject the incoming or waiting call; with a held call beside it that one stays.
    Reject,
    /// Reject this call, if it still rings, and send its caller this text.
    RejectWithText(CallId, String),
    /// Forward this call, if it still rings, to this number (`+CTFR`, 27.007 §7.14).
    Deflect(CallId, DialString),
    /// End this call, whatever its state.
    Release(CallId),
    /// Hold the active call, or take the held one back; swaps when there are both.
    SwapHeldAndActive,
    /// Join the held and the active call into a conference.
    Merge,
    /// Talk with one member of the conference alone; the others are held.
    Private(CallId),
    /// Connect the two calls with each other and leave them (explicit call transfer).
    Transfer,
    /// The microphone off or on (`+CMUT`, 27.007 §8.24).
    Mute(bool),
    /// Send tones in the active call.
    SendDtmf(DtmfTones),
    /// Send the rest of what was dialed behind the number, now.
    ContinueDial(CallId),
    /// Drop the rest of it.
    DropPostDial(CallId),
    /// Give up dialing a busy number again.
    CancelRedial,
}

/// A text to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewMessage {
    /// One text is sent to each; several make a batch.
    pub to: Vec<DialString>,
    /// The text; not empty.
    pub text: String,
    /// How.
    pub options: SendOptions,
}

/// Text messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MessageCommand {
    /// Store and send.
    Submit(NewMessage),
    /// Store and send a text for each line of a list.
    SubmitBatch(NewBatch),
    /// Pause, resume, cancel, remove.
    Batch(BatchId, BatchAction),
    /// Send a failed or doubtful text again (the user has decided).
    Retry(MessageId),
    /// Send a scheduled text, or one that waits for its next attempt, now.
    SendNow(MessageId),
    /// A doubtful text did arrive, the user says.
    MarkSent(MessageId),
    /// Take a text back: scheduled, queued, or the segments that were not sent yet.
    Cancel(MessageId),
    /// Delete; it can be undone for [`UNDO_FOR`].
    Delete(MessageId),
    /// Undo that.
    Undelete(MessageId),
    /// Delete a conversation; it can be undone for [`UNDO_FOR`].
    DeleteThread(ThreadId),
    /// Undo that.
    UndeleteThread(ThreadId),
    /// All received texts of the thread were seen.
    MarkRead(ThreadId),
    /// The newest received text of the thread was not.
    MarkUnread(ThreadId),
    /// Pin, archive, mute, block.
    SetFlags(ThreadId, ThreadFlags),
    /// Keep what is typed; an empty text deletes the draft.
    SaveDraft(Draft),
    /// Keep a template (insert with id `NEW`, or update).
    SaveTemplate(Template),
    /// Delete a template.
    DeleteTemplate(TemplateId),
    /// Read a CSV file; the outcome is an [`Event::Table`](crate::phone::Event::Table).
    ReadTable(PathBuf),
    /// Write conversations to a file; the outcome is a notice with the count.
    Export(Export),
    /// The user has dealt with what waits at the network.
    ClearWaiting(WaitingKind),
}

/// So long a deletion can be undone.
pub const UNDO_FOR: Duration = Duration::from_secs(60);

/// What to write where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// The conversations with these numbers; empty: all.
    pub numbers: Vec<PhoneNumber>,
    /// The file; one that exists is replaced.
    pub path: PathBuf,
    /// How it is written.
    pub format: ExportFormat,
}

/// How a conversation is written to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFormat {
    /// For people.
    Text,
    /// One line for each text and call, the first names the columns.
    Csv,
    /// One JSON array.
    Json,
}

/// The address book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ContactCommand {
    /// Insert (id `NEW`) or update.
    Save(Contact),
    /// Delete.
    Delete(ContactId),
    /// Read a vCard file and add what is new; the outcome is a notice with the counts.
    Import(PathBuf),
    /// Write all contacts to a vCard file.
    Export(PathBuf),
}

/// Service codes (USSD, 27.007 §7.15). A code may hold a PIN, so that it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum UssdCommand {
    /// Send a code such as `*100#`, or the reply to a question of the network.
    Send(String),
    /// End the dialogue.
    Cancel,
}

impl fmt::Debug for UssdCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            UssdCommand::Send(_) => "Send(…)",
            UssdCommand::Cancel => "Cancel",
        })
    }
}

/// A question to the store; answered by `Event::Answer` with the same id. Never changes anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// The texts and calls with a person, oldest first.
    Timeline {
        /// The person's numbers, however written.
        numbers: Vec<PhoneNumber>,
        /// Which part.
        page: Page,
        /// At most about this many items (items of the same millisecond are not torn apart).
        limit: u32,
    },
    /// What is kept of one call.
    CallDetail(CallRecordId),
    /// The newest calls of the history, newest first.
    Calls {
        /// At most this many.
        limit: u32,
    },
    /// Texts that contain these words, newest first.
    Search {
        /// What the user typed.
        text: String,
        /// Only texts older than this one: the next page.
        before: Option<MessageId>,
        /// At most this many.
        limit: u32,
    },
    /// Texts that wait to be sent, or failed, or may have been sent; those that go out next first.
    Outbox {
        /// At most this many.
        limit: u32,
    },
    /// The texts of a batch, in its order.
    Batch {
        /// Which.
        batch: BatchId,
        /// At most this many.
        limit: u32,
    },
}

/// A part of a timeline. Times are Unix milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// The end.
    Newest,
    /// What comes before this time, exclusive.
    Before(i64),
    /// What comes from this time on, inclusive.
    From(i64),
    /// Half before this time and half from it on.
    Around(i64),
}
