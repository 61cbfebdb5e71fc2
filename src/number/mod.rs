//! Telephone numbers: what a user types, what the network writes, whether two are the same, how
//! they are shown.
//!
//! [`DialString`] is the only way from a text to the wire. [`match_key`] and [`same_number`] find
//! out that `+98 912 345 6789`, `0912 345 6789` and `00989123456789` are one subscriber.

mod calling_code;
mod dial;
mod emergency;
mod emergency_table;
mod format;
mod mcc;
mod metadata;
mod post_dial;
mod same;
mod shape;
mod spellings;
mod symbols;
#[cfg(test)]
mod tests;

use std::fmt;

pub use dial::{DIAL_STRING_LIMIT, DialString, DialStringError, DtmfTones};
pub use emergency::{is_emergency, is_emergency_here};
pub use format::{format_as_typed, format_for_display};
pub use metadata::warm_up;
pub use post_dial::{POST_DIAL_LIMIT, PostDial, PostDialStep, parse_with_tones, split_tones};
pub use same::{match_key, same_number};
pub use spellings::spellings;

/// A number or an alphanumeric sender as the network or the user wrote it, trimmed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Keeps the text as it is, without surrounding white space.
    pub fn new(text: &str) -> Self {
        PhoneNumber(text.trim().to_owned())
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// ISO 3166 country of a mobile country code (`432` → `IR`), ITU-T E.212. The code may be followed
/// by the network code or the rest of an IMSI: `432110012345678`.
pub fn region_of_mcc(mcc: &str) -> Option<&'static str> {
    let code: u16 =
        mcc.get(..3).filter(|code| code.bytes().all(|c| c.is_ascii_digit()))?.parse().ok()?;
    let at = mcc::MCC.binary_search_by_key(&code, |&(code, _)| code).ok()?;
    Some(mcc::MCC[at].1)
}
