//! What is kept of one call beside its line in the history: when it was dialing, ringing, answered,
//! what the network was like, the keys that were sent, and the AT lines.

use crate::phone::{AccessTechnology, Registration, SignalQuality};

/// One step in the life of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Milestone {
    /// Milliseconds since the call began.
    pub at_ms: u64,
    /// The state entered, as [`CallState::word`](crate::phone::CallState::word) says it.
    pub state: String,
}

/// See the module.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CallDetail {
    /// In order; the first is at 0, the last is `released`.
    pub milestones: Vec<Milestone>,
    /// 24.008 cause, where the modem told one.
    pub cause: Option<u8>,
    /// The modem's own words about the end.
    pub evidence: Vec<String>,
    /// When the call began.
    pub signal: Option<SignalQuality>,
    /// When the call began.
    pub registration: Registration,
    /// When the call began.
    pub access_technology: Option<AccessTechnology>,
    /// The operator when the call began.
    pub operator: String,
    /// Keys sent as tones.
    pub keys: String,
    /// The number or pattern of the block list that it was refused for; empty: it was not.
    pub blocked_by: String,
    /// The AT lines from its beginning to its end, each with its time and direction; at most
    /// [`TRANSCRIPT_LINES`]. PINs are never among them.
    pub transcript: Vec<TranscriptLine>,
}

/// So many lines are kept of a call: the first half and the last half of them if there were more.
pub const TRANSCRIPT_LINES: usize = 400;

/// One AT line of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TranscriptLine {
    /// Milliseconds since the call began; negative just before it.
    pub at_ms: i64,
    /// Sent to the modem, or received from it.
    pub sent: bool,
    /// The line.
    pub text: String,
}
