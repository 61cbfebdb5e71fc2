//! `+CLIP`: who calls (3GPP TS 27.007 §7.6).

use super::after;
use crate::at::Arguments;

/// The caller's identity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clip {
    /// `<number>`; `None` if it is empty.
    pub number: Option<String>,
    /// `<type>`.
    pub type_of_number: Option<u8>,
    /// `<alpha>`: the name in the SIM's phone book.
    pub name: Option<String>,
    /// `<CLI validity>`: 0 valid, 1 withheld by the caller, 2 not available, 3 payphone, 4 other.
    pub cli_validity: Option<u8>,
}

/// Reads one line, `+CLIP: "+49…",145,,,"Alice",0`.
pub fn parse(line: &str) -> Option<Clip> {
    let mut arguments = Arguments::new(after(line, "+CLIP")?);
    let first = arguments.rest();
    if first.starts_with('(') || is_setting(first) {
        return None;
    }
    let number = arguments.filled_string();
    let type_of_number = arguments.number();
    arguments.skip(2);
    let name = arguments.filled_string();
    Some(Clip { number, type_of_number, name, cli_validity: arguments.number() })
}

/// The answer to `AT+CLIP?` is `<n>,<m>`: it begins with a digit, where a number of that length
/// would have quotes.
fn is_setting(text: &str) -> bool {
    let first = text.split(',').next().unwrap_or("").trim();
    (1..=2).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit())
}
