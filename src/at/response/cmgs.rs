//! `+CMGS` and `+CMSS`: the network has taken a message (3GPP TS 27.005 §4.3, §4.7).

use super::after;
use crate::at::Arguments;

/// What came before `OK`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cmgs {
    /// `<mr>`, the TP-MR that a status report will name; `None` from a modem that gives none.
    pub reference: Option<u8>,
}

/// Reads one line, `+CMGS: 23`.
pub fn parse(line: &str) -> Option<Cmgs> {
    let text = after(line, "+CMGS").or_else(|| after(line, "+CMSS"))?;
    Some(Cmgs { reference: Arguments::new(text).number() })
}
