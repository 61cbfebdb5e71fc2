//! Why a call or a text failed: one sentence, one remedy, and the evidence. The words are tables
//! of data, in the files below this one.

mod call_causes;
mod explain;
mod text_causes;
mod unanswered;

#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod tests;

pub use call_causes::{
    CallCause, call_cause, call_cause_of_words, end_status_of_words, huawei_end_status,
};
pub use explain::{CallEnd, WhoEnded, explain_call};
pub use text_causes::{Outlook, TextCause, text_cause, text_outlook};
pub use unanswered::{not_able, outgoing_barred};

/// What happened and what to do next, for a person; and the lines it was concluded from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diagnosis {
    /// One sentence without a full stop: `The number is busy`.
    pub cause: String,
    /// One suggestion without a full stop: `Try again in a few minutes`. Empty when there is
    /// nothing to do.
    pub advice: String,
    /// The modem's own lines that say so, oldest first: `NO CARRIER`, `+CEER: 5,17`.
    pub evidence: Vec<String>,
}

impl Diagnosis {
    /// A sentence and a suggestion, without evidence.
    pub fn new(cause: &str, advice: &str) -> Self {
        Diagnosis { cause: cause.to_owned(), advice: advice.to_owned(), evidence: Vec::new() }
    }

    /// The same with the lines it was concluded from.
    #[must_use]
    pub fn with_evidence(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.evidence.extend(lines);
        self
    }

    /// The same of a call that nobody can see any more, and nobody has seen end.
    #[must_use]
    pub fn call_may_go_on(mut self) -> Self {
        self.cause.push_str("; the call may still be going on");
        self
    }
}
