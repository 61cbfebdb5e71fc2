//! `+CNMI=?`: which ways of telling about new messages a modem has (3GPP TS 27.005 §3.4.1).

use super::after;
use crate::at::arguments::{Arguments, Ranges};

/// What the five parameters of `+CNMI` may be. A parameter that the modem left out is empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CnmiRanges {
    /// `<mode>`: 1 and 2 forward to us when the link is free, 2 also keeps meanwhile.
    pub mode: Ranges,
    /// `<mt>`: 1 store and tell (`+CMTI`), 2 forward (`+CMT`).
    pub mt: Ranges,
    /// `<bm>`: broadcast messages.
    pub bm: Ranges,
    /// `<ds>`: status reports: 1 forward (`+CDS`), 2 store and tell (`+CDSI`).
    pub ds: Ranges,
    /// `<bfr>`.
    pub bfr: Ranges,
}

/// Reads one line, `+CNMI: (0-3),(0,1),(0,2,3),(0,2),(1)`.
pub fn parse(line: &str) -> Option<CnmiRanges> {
    let mut arguments = Arguments::new(after(line, "+CNMI")?);
    let mode = arguments.ranges()?;
    let mut next = || arguments.ranges().unwrap_or_default();
    Some(CnmiRanges { mode, mt: next(), bm: next(), ds: next(), bfr: next() })
}
