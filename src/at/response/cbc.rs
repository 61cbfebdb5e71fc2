//! `+CBC`: the battery (3GPP TS 27.007 §8.4).

use super::after;
use crate::at::Arguments;

/// What the modem says of its supply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cbc {
    /// `<bcs>`: 0 on battery, 1 on mains with a battery, 2 no battery.
    pub status: Option<u8>,
    /// `<bcl>`: percent of the battery.
    pub percent: Option<u8>,
    /// Supply in millivolts, where the modem tells.
    pub millivolts: Option<u32>,
}

/// Reads one line: `+CBC: 0,85`, `+CBC: 0,85,4012` (SIMCom, Quectel), `+CBC: 0,100,4.232V`
/// (SIM5320), `+CBC: 3.950V` (SIM7600).
pub fn parse(line: &str) -> Option<Cbc> {
    let text = after(line, "+CBC")?;
    if let Some(millivolts) = voltage(text) {
        return Some(Cbc { status: None, percent: None, millivolts: Some(millivolts) });
    }
    let mut arguments = Arguments::new(text);
    let status = arguments.number()?;
    let percent = arguments.number().filter(|percent| *percent <= 100);
    let supply = arguments.raw().unwrap_or("");
    let millivolts = voltage(supply).or_else(|| supply.parse().ok());
    Some(Cbc { status: Some(status), percent, millivolts })
}

fn voltage(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    if let Some(millivolts) = text.strip_suffix("mv") {
        return millivolts.trim().parse().ok();
    }
    let volts: f64 = text.strip_suffix('v')?.trim().parse().ok()?;
    // More than any supply of a modem is not a reading.
    (0.0..1_000_000.0).contains(&volts).then(|| (volts * 1000.0).round() as u32)
}
