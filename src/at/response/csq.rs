//! `+CSQ`: signal quality (3GPP TS 27.007 §8.5).

use super::after;
use crate::at::Arguments;

/// Signal strength and bit errors, `None` where the modem does not know (99) or says nonsense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Csq {
    /// `<rssi>`, 0–31: −113 to −51 dBm in steps of 2.
    pub rssi: Option<u8>,
    /// `<ber>`, 0–7.
    pub bit_error_rate: Option<u8>,
}

/// Reads one line, `+CSQ: 17,99`.
pub fn parse(line: &str) -> Option<Csq> {
    let mut arguments = Arguments::new(after(line, "+CSQ")?);
    let rssi: u32 = arguments.number()?;
    let ber: Option<u32> = arguments.number();
    Some(Csq { rssi: rssi_of(rssi), bit_error_rate: ber.filter(|ber| *ber <= 7).map(|n| n as u8) })
}

/// `<rssi>` of 27.007, also in its TD-SCDMA range 100–191 (−116 to −25 dBm), which a few modems use
/// for LTE.
pub(crate) fn rssi_of(value: u32) -> Option<u8> {
    match value {
        0..=31 => Some(value as u8),
        100..=191 => Some((value.saturating_sub(103) / 2).min(31) as u8),
        _ => None,
    }
}
