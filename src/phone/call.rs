//! Calls: the live ones as 3GPP TS 27.007 §7.18 (`+CLCC`) describes them, and their records in the
//! history.

use crate::clock::{Instant, WallTime};
use crate::number::PhoneNumber;
use crate::phone::Diagnosis;
use std::time::Duration;

/// Our own number for a live call; never reused while the program runs. Not the modem's `<idx>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallId(pub u32);

/// Who set the call up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// By us (MO).
    MobileOriginated,
    /// By the network, for somebody who calls us (MT).
    MobileTerminated,
}

/// The state of one call, in the words of 3GPP TS 27.007 §7.18 (`<stat>` of `+CLCC`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallState {
    /// MO: the network has not yet reached the other phone (stat 2).
    Dialing,
    /// MO: the other phone is ringing (stat 3).
    Alerting,
    /// MT: our phone is ringing (stat 4).
    Incoming,
    /// MT: a second caller, while we are in a call (stat 5).
    Waiting,
    /// Both sides can talk (stat 0).
    Active,
    /// Answered and parked (stat 1).
    Held,
    /// Gone. Terminal: the call leaves the model after this event.
    Released(ReleaseCause),
}

impl CallState {
    /// The word used in the JSON lines: `dialing`, `alerting`, `incoming`, `waiting`, `active`,
    /// `held`, `released`.
    pub fn word(&self) -> &'static str {
        match self {
            CallState::Dialing => "dialing",
            CallState::Alerting => "alerting",
            CallState::Incoming => "incoming",
            CallState::Waiting => "waiting",
            CallState::Active => "active",
            CallState::Held => "held",
            CallState::Released(_) => "released",
        }
    }

    /// True for everything but `Released`.
    pub fn live(&self) -> bool {
        !matches!(self, CallState::Released(_))
    }
}

/// Why a call is gone: what happened, apart from the words for it (those are [`Diagnosis`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReleaseCause {
    /// We ended an answered call or gave up an MO call (24.008 cause 16 from our side).
    Local,
    /// We rejected an MT call.
    Rejected,
    /// The other side ended an answered call, or gave up an MT call before it was answered.
    Remote,
    /// The other side is in a call (cause 17).
    Busy,
    /// The other side did not answer (causes 18, 19).
    NoAnswer,
    /// The other side refused the call (cause 21).
    RejectedByRemote,
    /// The modem or the network refused the call, with the 24.008 cause where known.
    Refused(Option<u8>),
    /// The link to the modem was lost, so the call's fate is not known.
    LinkLost,
    /// The modem said that the call is gone and nothing more.
    Unknown,
}

/// Who is at the other end (`<number>` and `<CLI validity>`, 27.007 §7.6).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RemoteParty {
    /// The network told the number.
    Known(PhoneNumber),
    /// The caller withholds it (CLI validity 1).
    Withheld,
    /// The network could not tell (CLI validity 2), or has not told yet.
    NotAvailable,
}

impl RemoteParty {
    /// The number, where known.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            RemoteParty::Known(number) => Some(number),
            RemoteParty::Withheld | RemoteParty::NotAvailable => None,
        }
    }
}

/// The tones of a call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys {
    /// Sent so far, in order.
    pub sent: String,
    /// What was dialed behind the number and is not sent yet ([`PostDial`] text).
    ///
    /// [`PostDial`]: crate::number::PostDial
    pub pending: String,
    /// A wait was reached: the rest is sent when the user says so
    /// ([`CallCommand::ContinueDial`](crate::phone::CallCommand::ContinueDial)).
    pub asks: bool,
}

/// One live call, or one that was just released.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Ours, stable over the call's life.
    pub id: CallId,
    /// Who set it up.
    pub direction: Direction,
    /// Where it stands.
    pub state: CallState,
    /// Who is at the other end.
    pub remote: RemoteParty,
    /// Part of a conference (27.007 `<mpty>`).
    pub multiparty: bool,
    /// The other side has put it on hold, as far as it was told (`+CSSU: 2`, 27.007 §7.17).
    pub held_by_other: bool,
    /// Keys sent as tones, and those still to be sent.
    pub keys: Keys,
    /// When it began.
    pub started_at: Instant,
    /// When `state` was entered.
    pub state_since: Instant,
    /// When it first became active, if it did.
    pub answered_at: Option<Instant>,
    /// For a released call: what happened in words, what to do next, and the evidence.
    pub diagnosis: Option<Diagnosis>,
}

impl Call {
    /// How long the call has been answered; `None` before that. Stops at the release.
    pub fn talk_time(&self, now: Instant) -> Option<Duration> {
        let end = if self.state.live() { now } else { self.state_since };
        self.answered_at.map(|answered| end.since(answered))
    }
}

/// Row number of a call in the history.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallRecordId(pub i64);

/// How a call in the history ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// Still going on, or the program died during it.
    Unfinished,
    /// It was answered, by us or by the other side.
    Answered,
    /// MT and not answered by us: the caller gave up.
    Missed,
    /// MT and rejected by us.
    Rejected,
    /// MO and given up by us before the answer.
    Cancelled,
    /// MO and not answered, whatever the reason.
    Failed,
    /// MT and refused by itself, since the block list says so.
    Blocked,
}

impl Outcome {
    /// The word stored in the database and printed in JSON lines.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Unfinished => "unfinished",
            Outcome::Answered => "answered",
            Outcome::Missed => "missed",
            Outcome::Rejected => "rejected",
            Outcome::Cancelled => "cancelled",
            Outcome::Failed => "failed",
            Outcome::Blocked => "blocked",
        }
    }
}

/// One row of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallRecord {
    /// Row number; larger is newer.
    pub id: CallRecordId,
    /// Who set it up.
    pub direction: Direction,
    /// Who was at the other end.
    pub remote: RemoteParty,
    /// When it began.
    pub started: WallTime,
    /// How long it was answered; `None` if it was not.
    pub talk_time: Option<Duration>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it ended, one sentence (see [`Diagnosis::cause`]); empty while unfinished.
    pub cause: String,
    /// What to do next; may be empty.
    pub advice: String,
    /// The user has seen it (only of interest for missed calls).
    pub seen: bool,
}
