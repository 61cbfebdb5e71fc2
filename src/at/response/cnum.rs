//! `+CNUM`: the SIM's own numbers (3GPP TS 27.007 §7.1).

use super::after;
use crate::at::Arguments;

/// One own number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnNumber {
    /// `<alpha>`.
    pub name: Option<String>,
    /// `<number>`.
    pub number: String,
    /// `<type>`.
    pub type_of_number: Option<u8>,
}

/// Reads one line, `+CNUM: "mine","+49…",145`; `None` also for a SIM that knows no number of its
/// own.
pub fn parse(line: &str) -> Option<OwnNumber> {
    let mut arguments = Arguments::new(after(line, "+CNUM")?);
    let name = arguments.filled_string();
    let number = arguments.filled_string()?;
    Some(OwnNumber { name, number, type_of_number: arguments.number() })
}
