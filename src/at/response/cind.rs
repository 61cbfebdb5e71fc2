//! `+CIND=?`: which indicators `+CIEV` numbers (3GPP TS 27.007 §8.9).

use super::after;
use crate::at::Arguments;

/// Indicators beyond this many are left out.
const MAX_INDICATORS: usize = 64;

/// One indicator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Indicator {
    /// In lower case, without spaces: `signal`, `callsetup`.
    pub name: String,
    /// Smallest value.
    pub low: u32,
    /// Largest value.
    pub high: u32,
}

/// Reads the list; the first has the number 1 in `+CIEV`. Empty if there is none.
pub fn parse_test(line: &str) -> Vec<Indicator> {
    let mut indicators = Vec::new();
    let Some(text) = after(line, "+CIND") else { return indicators };
    let mut arguments = Arguments::new(text);
    while indicators.len() < MAX_INDICATORS {
        let Some(mut group) = arguments.group() else { break };
        let Some(name) = group.filled_string() else { break };
        let Some((low, high)) = group.ranges().and_then(|ranges| ranges.bounds()) else { break };
        let name = name.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        indicators.push(Indicator { name, low, high });
    }
    indicators
}
