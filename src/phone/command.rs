//! What the user wants, in the imperative; not how the modem is told.

use crate::number::{DialString, DtmfTones, PhoneNumber};
use crate::phone::{
    CallId, CallRecordId, Contact, ContactId, Draft, LinkAddress, MessageId, Settings, ThreadId,
};
use std::fmt;
use std::path::PathBuf;

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
    /// One raw AT command line, typed by the user in the console (or by `deskphone at`).
    /// Refused if it holds control characters.
    Console(String),
    /// Give the SIM its PIN; a PUK needs the new PIN too.
    EnterPin {
        /// PIN, or PUK when the SIM asks for one.
        code: Secret,
        /// With a PUK: the new PIN.
        new_pin: Option<Secret>,
    },
    /// Keep these settings.
    SaveSettings(Settings),
    /// Mark all missed calls as seen.
    MarkCallsSeen,
    /// Delete one call from the history.
    DeleteCallRecord(CallRecordId),
    /// Ask the modem for signal, operator and registration again, now.
    Refresh,
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
    /// Hide the own number for this call (`I` modifier, 27.007 §6.2).
    pub hide_own_number: bool,
}

/// Calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallCommand {
    /// Place a call.
    Dial(Dial),
    /// Answer the incoming or waiting call; an active one is put on hold.
    Answer,
    /// Reject the incoming or waiting call.
    Reject,
    /// End this call, whatever its state.
    Release(CallId),
    /// Hold the active call, or take the held one back; swaps when there are both.
    SwapHeldAndActive,
    /// Send tones in the active call.
    SendDtmf(DtmfTones),
}

/// A text to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewMessage {
    /// One text is sent to each.
    pub to: Vec<DialString>,
    /// The text; not empty.
    pub text: String,
    /// Ask for a delivery report.
    pub status_report: bool,
}

/// Text messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MessageCommand {
    /// Store and send.
    Submit(NewMessage),
    /// Send a failed or doubtful text again (the user has decided).
    Retry(MessageId),
    /// Take a queued text back.
    Cancel(MessageId),
    /// Delete from the store.
    Delete(MessageId),
    /// Delete a conversation from the store.
    DeleteThread(ThreadId),
    /// All received texts of the thread were seen.
    MarkRead(ThreadId),
    /// Keep what is typed; an empty text deletes the draft.
    SaveDraft(Draft),
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

/// Service codes (USSD, 27.007 §7.15).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UssdCommand {
    /// Send a code such as `*100#`, or the reply to a question of the network.
    Send(String),
    /// End the dialogue.
    Cancel,
}

/// A question to the store; answered by `Event::Answer` with the same id. Never changes anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// The texts and calls with this number, newest last: the page of `limit` items that ends
    /// before `before`
    /// (a wall time in Unix milliseconds; `None` for the newest page).
    Timeline {
        /// The other side, however written.
        number: PhoneNumber,
        /// End of the page, exclusive.
        before: Option<i64>,
        /// At most this many items.
        limit: u32,
    },
    /// The newest calls of the history, newest first.
    Calls {
        /// At most this many.
        limit: u32,
    },
    /// Texts that contain these words, newest first.
    Search {
        /// What the user typed.
        text: String,
        /// At most this many.
        limit: u32,
    },
}
