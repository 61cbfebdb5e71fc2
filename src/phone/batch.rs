//! Texts to many people: one text to several recipients, or a list from a file with a text for
//! each.

use crate::clock::WallTime;
use crate::number::DialString;
use crate::phone::SendOptions;

/// Row number of a batch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BatchId(pub i64);

/// How many of a batch's texts are in each state ([`Delivery`](crate::phone::Delivery)).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BatchCounts {
    /// Scheduled, queued, being sent, or to be tried again.
    pub waiting: u32,
    /// Taken by the network, and not (yet) reported delivered.
    pub sent: u32,
    /// Reported delivered.
    pub delivered: u32,
    /// Failed, or taken back.
    pub failed: u32,
    /// May have been sent.
    pub unknown: u32,
}

impl BatchCounts {
    /// All of them.
    pub fn total(self) -> u32 {
        self.waiting + self.sent + self.delivered + self.failed + self.unknown
    }

    /// Those of which nothing more is expected without the user, late reports aside.
    pub fn settled(self) -> u32 {
        self.total() - self.waiting
    }
}

/// Texts that were sent together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Row number.
    pub id: BatchId,
    /// What the user calls it; the file's name, or the beginning of the text.
    pub name: String,
    /// When it was made.
    pub created: WallTime,
    /// The user has stopped it for now: what waits goes on waiting, also after a restart.
    pub paused: bool,
    /// Where its texts stand.
    pub counts: BatchCounts,
}

/// A batch to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewBatch {
    /// What it is called.
    pub name: String,
    /// To whom, and what; 1 to 10,000.
    pub texts: Vec<(DialString, String)>,
    /// How.
    pub options: SendOptions,
}

/// What can be done with a batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BatchAction {
    /// Stop after the text that is being sent.
    Pause,
    /// Go on.
    Resume,
    /// Take back what was not handed to the modem yet.
    Cancel,
    /// Take it out of the list; its texts stay in their conversations.
    Remove,
}

/// A table read from a CSV file: the first line names the columns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// The file's name without its folder.
    pub name: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The lines after the first; each has as many fields as there are columns.
    pub rows: Vec<Vec<String>>,
    /// What was wrong with the file, one sentence each, with the line's number.
    pub problems: Vec<String>,
}
