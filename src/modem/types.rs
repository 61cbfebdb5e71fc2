//! What goes into the driver and what comes out of it.

use crate::clock::WallTime;
use crate::number::{DialString, DtmfTones};
use crate::phone::{
    Call, CallId, CommandError, Diagnosis, Dial, MessageId, ModemIdentity, NetworkState, Notice,
    RequestId, Secret, ServiceRequest, ServiceState, SimCommand, SimPhonebook, UssdCommand,
    UssdStatus,
};
use crate::sms::IncomingReport;
use std::fmt;
use std::sync::Arc;

/// What the driver can be asked to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ModemCommand {
    /// Place a voice call.
    Dial(Dial),
    /// Answer the incoming or waiting call.
    Answer,
    /// Answer the waiting call and end the active ones.
    AnswerAndEnd,
    /// Reject the incoming or waiting call.
    Reject,
    /// End this call.
    Release(CallId),
    /// Hold the active call or take the held one back.
    SwapHeldAndActive,
    /// Join the held and the active call.
    Merge,
    /// Talk with this one of a conference alone.
    Private(CallId),
    /// Connect the two calls and leave them.
    Transfer,
    /// Forward this call, if it still rings.
    Deflect(CallId, DialString),
    /// The microphone off or on.
    Mute(bool),
    /// Send the rest of what was dialed behind the number.
    ContinueDial(CallId),
    /// Drop the rest of it.
    DropPostDial(CallId),
    /// Send tones in the active call.
    SendDtmf(DtmfTones),
    /// Send one segment of a text. Outcome: `SegmentSent` or `SegmentFailed`, then `Done` or
    /// `Failed`.
    Submit(Submission),
    /// A service code or a reply.
    Ussd(UssdCommand),
    /// Forwarding, waiting, barring, caller identification.
    Service(ServiceRequest),
    /// The SIM card's PIN and phonebook.
    Sim(SimCommand),
    /// A raw command line; answered by `ConsoleAnswer`, then `Done`.
    Console(String),
    /// Give the SIM its PIN, or its PUK with a new PIN.
    EnterPin {
        /// PIN or PUK.
        code: Secret,
        /// New PIN, with a PUK.
        new_pin: Option<Secret>,
        /// The user knows that it is the last try.
        last_try: bool,
    },
    /// Ask for signal, operator, registration now.
    Refresh,
}

impl ModemCommand {
    /// It is about a call, or it is the one text that is being sent: there is room for it when the
    /// queue is full of other things.
    pub fn goes_first(&self) -> bool {
        use ModemCommand::{Console, EnterPin, Refresh, Service, Sim, Ussd};
        !matches!(self, Console(_) | EnterPin { .. } | Refresh | Service(_) | Sim(_) | Ussd(_))
    }
}

/// One segment to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
    /// The text it belongs to.
    pub message: MessageId,
    /// 1-based.
    pub segment: u8,
    /// SMSC octets and TPDU.
    pub pdu: Vec<u8>,
    /// Parameter of `+CMGS`.
    pub tpdu_octets: usize,
    /// Another one is sure to follow at once: the modem may keep the way to the network open
    /// (`+CMMS`, 27.005 §3.5.6).
    pub more_follow: bool,
}

/// A text as a modem without PDU mode tells it (27.005 §3.3, §4.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainMessage {
    /// `<oa>`.
    pub from: String,
    /// `<scts>`.
    pub sent_at: Option<WallTime>,
    /// `<data>`, decoded.
    pub text: String,
}

/// What becomes of the modem's copy of a text that is safe now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Afterwards {
    /// It may be deleted, if the settings say so.
    Free,
    /// It stays (class 2 belongs to the SIM).
    Keep,
    /// The user has deleted the text: the modem's copy goes as well, whatever the settings say.
    Delete,
}

/// What is known of a segment that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// The network does not have it: it may be sent again.
    NotSent,
    /// It was handed over and no answer came: it may have been sent.
    MaybeSent,
}

/// A place in the modem's message storage.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StorageLocation {
    /// `SM`, `ME`, `MT`, `SR`…
    pub memory: String,
    /// `<index>`.
    pub index: u16,
}

/// Proof that a received PDU was handed over: only who stored it can have it acknowledged or
/// deleted.
#[derive(PartialEq, Eq, Debug)]
pub struct Receipt {
    pub(super) location: Option<StorageLocation>,
    pub(super) acknowledge: bool,
    /// Which of the texts that lay there one after the other.
    pub(super) serial: u32,
}

impl Receipt {
    /// Where the modem keeps the PDU; `None` when it was routed here directly.
    pub fn location(&self) -> Option<&StorageLocation> {
        self.location.as_ref()
    }

    /// For a directly routed PDU: `+CNMA` is due.
    pub fn acknowledge(&self) -> bool {
        self.acknowledge
    }
}

/// What the driver tells.
#[derive(PartialEq, Eq, Debug)]
pub enum ModemEvent {
    /// The set-up has begun (again).
    Initialising,
    /// Commands can be given.
    Ready,
    /// The modem does not answer.
    Silent(Diagnosis),
    /// Who it is.
    Identity(ModemIdentity),
    /// Registration, signal, SIM.
    Network(NetworkState),
    /// A call is new or changed.
    Call(Call),
    /// A PDU came (SMSC octets and TPDU), or a hex line that is none (`Err`, raw). Store it, then
    /// call [`Modem::handle_stored`](super::Modem::handle_stored).
    Received {
        /// The octets; or the line as it stood when it is not even hex.
        pdu: Result<Vec<u8>, String>,
        /// To be given back once the PDU is safe.
        receipt: Receipt,
    },
    /// A text came in text mode; else as [`ModemEvent::Received`].
    ReceivedPlain {
        /// The text.
        message: PlainMessage,
        /// To be given back once it is safe.
        receipt: Receipt,
    },
    /// A status report came in text mode; else as [`ModemEvent::Received`].
    ReceivedReport {
        /// What it says.
        report: IncomingReport,
        /// To be given back once it is safe.
        receipt: Receipt,
    },
    /// The modem confirmed that this place is free again.
    Removed(StorageLocation),
    /// From now on the segment may have been sent (Ctrl-Z is on the wire).
    SegmentHandedOver {
        /// The text.
        message: MessageId,
        /// 1-based.
        segment: u8,
    },
    /// The network took the segment.
    SegmentSent {
        /// The text.
        message: MessageId,
        /// 1-based.
        segment: u8,
        /// TP-MR the modem gave; `None` if it gave none.
        reference: Option<u8>,
    },
    /// The segment was not taken, or nobody knows.
    SegmentFailed {
        /// The text.
        message: MessageId,
        /// 1-based.
        segment: u8,
        /// For programs.
        error: CommandError,
        /// For people.
        diagnosis: Diagnosis,
        /// May it be sent again?
        fate: Fate,
    },
    /// The service-code dialogue changed.
    Ussd(UssdStatus),
    /// The network said how a service stands.
    Service(ServiceState),
    /// The SIM's phonebook was read.
    SimPhonebook(Arc<SimPhonebook>),
    /// The microphone was switched.
    Muted(bool),
    /// A line for the user.
    Notice(Notice),
    /// A console line was answered.
    ConsoleAnswer {
        /// Which.
        request: RequestId,
        /// Every line, the final result last.
        lines: Vec<String>,
        /// Success.
        ok: bool,
    },
    /// Exactly one of `Done` and `Failed` for every command.
    Done {
        /// Which.
        request: RequestId,
    },
    /// The command failed.
    Failed {
        /// Which.
        request: RequestId,
        /// For programs.
        error: CommandError,
        /// For people.
        diagnosis: Diagnosis,
    },
}

/// What the driver is doing with the modem, for those who read along.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Purpose {
    /// `Hang up`; empty if it does nothing.
    pub words: &'static str,
    /// Asked again and again, without the user's wish.
    pub routine: bool,
}

/// Bytes to write to the link.
#[derive(Clone, PartialEq, Eq)]
pub struct Transmit {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// They hold a PIN or the like: show them masked.
    pub secret: bool,
}

impl fmt::Debug for Transmit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.secret {
            true => f.write_str("Transmit(…)"),
            false => write!(f, "Transmit({})", self.bytes.escape_ascii()),
        }
    }
}

/// How the driver shall behave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// Profile by name; empty: by identification.
    pub profile: String,
    /// Delete received texts once stored.
    pub delete_received: bool,
}
