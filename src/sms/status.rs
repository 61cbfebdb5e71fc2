//! TP-ST, what became of a text, in words (3GPP TS 23.040 §9.2.3.15).

/// The octet as it travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Status(u8);

/// What a status means for the sender.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The transaction is complete: the recipient has it, or the centre has done its part.
    Delivered,
    /// A temporary error; the centre goes on trying.
    StillTrying,
    /// The centre has given up.
    Failed,
}

impl From<u8> for Status {
    fn from(octet: u8) -> Self {
        Status(octet)
    }
}

impl From<Status> for u8 {
    fn from(status: Status) -> Self {
        status.0
    }
}

/// One row of the table: a status, one sentence about it, and what to do; empty where there is
/// nothing to do.
struct Row(u8, &'static str, &'static str);

const LATER: &str = "Try again later";
const CHECK_NUMBER: &str = "Check the number";
const ASK_OPERATOR: &str = "Ask the operator of your SIM card";
const WAIT: &str = "Nothing to do: it will be tried again";

/// §9.2.3.15, every value with a meaning of its own.
const ROWS: &[Row] = &[
    Row(0x00, "Delivered", ""),
    Row(0x01, "Passed on, but the text centre can't tell whether it arrived", ""),
    Row(0x02, "Replaced by a newer text", ""),
    Row(0x20, "The network there is congested", WAIT),
    Row(0x21, "The recipient's phone is busy", WAIT),
    Row(0x22, "The recipient's phone doesn't answer", WAIT),
    Row(0x23, "The recipient's network refused it for now", WAIT),
    Row(0x24, "The quality of service asked for isn't available now", WAIT),
    Row(0x25, "Something went wrong in the recipient's phone", WAIT),
    Row(0x40, "The recipient's network couldn't deliver it", CHECK_NUMBER),
    Row(0x41, "The recipient's phone can't take this kind of text", "Send it as plain text"),
    Row(0x42, "There is no connection to the recipient's network", CHECK_NUMBER),
    Row(0x43, "The recipient can't be obtained", CHECK_NUMBER),
    Row(0x44, "The quality of service asked for isn't available", LATER),
    Row(0x45, "No connection between the networks", ASK_OPERATOR),
    Row(0x46, "Its time ran out before it could be delivered", LATER),
    Row(0x47, "It was deleted by the sender", ""),
    Row(0x48, "It was deleted by the text centre", ASK_OPERATOR),
    Row(0x49, "The text centre no longer knows it", "Send it again if it matters"),
    Row(0x60, "The network there is congested, and the centre gave up", LATER),
    Row(0x61, "The recipient's phone was busy, and the centre gave up", LATER),
    Row(0x62, "The recipient's phone didn't answer, and the centre gave up", LATER),
    Row(0x63, "The recipient's network refused it, and the centre gave up", LATER),
    Row(0x64, "The quality of service wasn't available, and the centre gave up", LATER),
    Row(0x65, "Something went wrong in the recipient's phone", LATER),
];

impl Status {
    /// The recipient has it.
    pub const DELIVERED: Status = Status(0x00);
    /// It was too old before it could be delivered.
    pub const EXPIRED: Status = Status(0x46);

    /// Delivered, still trying, or failed: bits 6–5; reserved values count as failed.
    pub fn outcome(self) -> Outcome {
        match self.0 {
            0x00..=0x1F => Outcome::Delivered,
            0x20..=0x3F => Outcome::StillTrying,
            _ => Outcome::Failed,
        }
    }

    /// One sentence, without full stop.
    pub fn sentence(self) -> &'static str {
        match (self.row(), self.outcome()) {
            (Some(row), _) => row.1,
            (None, Outcome::Delivered) => "Delivered, says the text centre in its own way",
            (None, Outcome::StillTrying) => "Not delivered yet",
            (None, Outcome::Failed) => "Not delivered",
        }
    }

    /// What to do, without full stop; empty where there is nothing to do.
    pub fn advice(self) -> &'static str {
        match (self.row(), self.outcome()) {
            (Some(row), _) => row.2,
            (None, Outcome::Delivered) => "",
            (None, Outcome::StillTrying) => WAIT,
            (None, Outcome::Failed) => LATER,
        }
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.0 == self.0)
    }
}
