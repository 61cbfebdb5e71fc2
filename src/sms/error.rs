//! What can be wrong with a PDU (3GPP TS 23.040) or with a text to be made one.

/// Why a text can't be encoded.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EncodeError {
    /// More than 255 segments.
    #[error("the text needs {0} messages, and a long text can have at most 255")]
    TooLong(usize),
    /// Not a number that TP-DA can hold.
    #[error("“{0}” can't be the recipient of a text")]
    BadAddress(String),
    /// Not a number that the text centre can have.
    #[error("“{0}” can't be the number of a text centre")]
    BadCentre(String),
    /// Nothing to send.
    #[error("the text is empty")]
    Empty,
}

/// Why octets are no PDU: where and what.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{field} at octet {octet}: {problem}")]
pub struct DecodeError {
    /// Field path in the words of 23.040: `TP-UD.UDH`.
    pub field: &'static str,
    /// Octet of the PDU, from 0.
    pub octet: usize,
    /// What is wrong.
    pub problem: &'static str,
}

impl DecodeError {
    /// An error about `field` at `octet`, counted from the first octet of the PDU.
    pub(super) const fn new(field: &'static str, octet: usize, problem: &'static str) -> Self {
        DecodeError { field, octet, problem }
    }
}
