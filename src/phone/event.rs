//! What became true. An event carries the new whole value; applying it twice equals once.

use crate::clock::Instant;
use crate::number::DialString;
use crate::phone::{
    Batch, BatchId, Call, CallDetail, CallRecord, CallRecordId, Contact, Diagnosis, LinkState,
    MessageId, ModemIdentity, NetworkState, PortDescription, QueryId, RequestId, SearchHit,
    ServiceState, Settings, SimPhonebook, Table, Template, TextMessage, Thread, ThreadId,
    TimelineItem, WaitingMark,
};
use std::path::PathBuf;
use std::sync::Arc;

/// Anything the window and the command line are told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The connection changed.
    Link(LinkState),
    /// The modem said who it is.
    Identity(ModemIdentity),
    /// Registration, signal, SIM… changed.
    Network(NetworkState),
    /// The list of ports changed.
    Ports(Arc<[PortDescription]>),
    /// A call is new or changed; `Released` is its last event.
    Call(Call),
    /// A row of the history is new or changed.
    CallRecord(CallRecord),
    /// A row of the history was deleted.
    CallRecordDeleted(CallRecordId),
    /// A text is new or changed.
    Message(TextMessage),
    /// A text was deleted.
    MessageDeleted(MessageId),
    /// A conversation's line in the list is new or changed.
    Thread(Thread),
    /// A conversation was deleted.
    ThreadDeleted(ThreadId),
    /// All conversations, newest first (at start, and when another program changed them).
    Threads(Arc<[Thread]>),
    /// A batch is new or changed.
    Batch(Batch),
    /// A batch was taken out of the list.
    BatchRemoved(BatchId),
    /// All batches, newest first (once at start).
    Batches(Arc<[Batch]>),
    /// All templates, by name (at start and after every change).
    Templates(Arc<[Template]>),
    /// What waits at the network, one of each kind (at start and after every change).
    Waiting(Arc<[WaitingMark]>),
    /// The CSV file that was asked for.
    Table {
        /// The command's request.
        request: RequestId,
        /// What is in it.
        table: Arc<Table>,
    },
    /// All contacts, by name (at start and after every change).
    Contacts(Arc<[Contact]>),
    /// The settings in force.
    Settings(Settings),
    /// The country (ISO 3166, may be empty) where numbers without `+` are at home: the one chosen
    /// in the settings, else the SIM's, else the system's.
    Region(String),
    /// How many missed calls were not seen yet.
    MissedCalls(u32),
    /// The service-code dialogue changed.
    Ussd(UssdStatus),
    /// The network said how a service stands.
    Service(ServiceState),
    /// The SIM's phonebook was read.
    SimPhonebook(Arc<SimPhonebook>),
    /// The microphone was switched off (`true`) or on.
    Muted(bool),
    /// A number is dialed again by itself; `None`: no more.
    Redial(Option<Redial>),
    /// The AT traffic is written to this file; `None`: no more.
    Recording(Option<PathBuf>),
    /// Something worth a line that no control asked for.
    Notice(Notice),
    /// The answer to a query.
    Answer(QueryId, Answer),
    /// A console line was answered: the information lines and the final result.
    ConsoleAnswer {
        /// The command's request.
        request: RequestId,
        /// Every line, the final result code last.
        lines: Vec<String>,
        /// The final result was a success.
        ok: bool,
    },
    /// A command succeeded. Exactly one of `Done` and `Failed` comes for every command.
    Done {
        /// Which.
        request: RequestId,
    },
    /// A command failed.
    Failed {
        /// Which.
        request: RequestId,
        /// Why, in a form a program can read.
        error: CommandError,
        /// Why and what to do, in words.
        diagnosis: Diagnosis,
    },
}

/// A number that did not answer is dialed again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redial {
    /// The number.
    pub number: DialString,
    /// The try that comes, from 2.
    pub attempt: u8,
    /// The most tries there will be.
    pub of: u8,
    /// When.
    pub at: Instant,
}

/// A line for the user that stands for itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// One sentence.
    pub text: String,
    /// What to do; may be empty.
    pub advice: String,
    /// It is about something that went wrong.
    pub problem: bool,
}

impl Notice {
    /// The text of the notice that nothing will tell when the call being dialed is answered.
    pub const ANSWER_UNTOLD: &str = "This modem does not tell when the other side answers";
    /// The text of the notice that a call which rang may be answered or over, and nobody knows.
    pub const CALL_IN_DOUBT: &str = "The modem has said nothing of the call for five minutes";
    /// Ends the text of a notice that texts wait for a modem.
    pub const HELD_FOR_DEMO: &str = "held back while the demo modem is open";
    /// The same for a recording.
    pub const HELD_FOR_RECORDING: &str = "held back while a recording is played";
    /// The text of the notice that texts were not sent since no modem was meant to send them.
    pub const TURNED_AWAY: &str =
        "Texts that were written for the demo modem are not sent by this one";

    /// Texts wait, or failed, for what they were written for.
    pub fn of_carriers(&self) -> bool {
        [Self::HELD_FOR_DEMO, Self::HELD_FOR_RECORDING, Self::TURNED_AWAY]
            .iter()
            .any(|words| self.text.ends_with(words))
    }
}

/// The service-code dialogue (27.007 §7.15).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UssdStatus {
    /// A code was sent; the network has not answered.
    Waiting,
    /// The network's answer. `reply_expected` when it asks something.
    Answer {
        /// What it says.
        text: String,
        /// A reply can be sent.
        reply_expected: bool,
    },
    /// The dialogue is over, in words.
    Ended(String),
}

/// The answer to a [`Query`](crate::phone::Query).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A part of a timeline.
    Timeline {
        /// The page, oldest first.
        items: Vec<TimelineItem>,
        /// Older items exist.
        older: bool,
        /// Newer items exist.
        newer: bool,
    },
    /// What is kept of a call; `None`: nothing.
    CallDetail(Option<Box<CallDetail>>),
    /// Newest first.
    Calls(Vec<CallRecord>),
    /// Newest first.
    Found {
        /// The texts.
        hits: Vec<SearchHit>,
        /// Older ones exist.
        more: bool,
    },
    /// Texts, in the order that the query names.
    Messages(Vec<TextMessage>),
    /// The store could not answer, in words.
    Failed(String),
}

/// Why a command failed, for programs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandError {
    /// It makes no sense in this state (answer without an incoming call).
    NotAllowedNow,
    /// No modem is connected.
    NoLink,
    /// The modem did not answer in time.
    TimedOut,
    /// The modem's final result code: `ERROR`, `NO CARRIER`, `BUSY`…
    Refused(String),
    /// `+CME ERROR: <n>`.
    Equipment(u16),
    /// `+CMS ERROR: <n>`.
    Message(u16),
    /// The modem has no such command.
    NotSupported,
    /// The user took it back.
    Cancelled,
    /// The input can't be used, as the diagnosis says.
    BadInput,
    /// The store or a file failed, as the diagnosis says.
    Storage,
}
