//! Contacts ⇄ vCard: 2.1 (versit), 3.0 (RFC 2426) and 4.0 (RFC 6350) are read, 4.0 is written.
//!
//! Reading is lenient: a broken card gives a [`Problem`] with its line and costs no other card.
//! Pictures, sounds, addresses and birthdays are left out, since a [`Contact`] has no place for
//! them.

mod fields;
mod read;
mod write;

pub use read::{CARD_LIMIT, FILE_LIMIT_OCTETS, read};
pub use write::write;

#[allow(unused_imports)] // For the links above.
use crate::phone::Contact;

/// What could not be read of a file, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong, one sentence without a full stop.
    pub text: String,
}
