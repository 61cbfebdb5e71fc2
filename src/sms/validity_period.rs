//! TP-VP, how long the centre shall try to deliver (3GPP TS 23.040 §9.2.3.12).

use std::time::Duration;

use super::error::DecodeError;
use super::reader::Reader;
use super::scts::Timestamp;

/// TP-VPF and TP-VP.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ValidityPeriod {
    /// 00: the centre's own choice.
    #[default]
    NotPresent,
    /// 10: one octet, five minutes to 63 weeks.
    Relative(u8),
    /// 01: seven octets with an indicator of their own.
    Enhanced([u8; 7]),
    /// 11: until a moment.
    Absolute(Timestamp),
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

impl ValidityPeriod {
    /// The shortest relative period that is at least `wanted`; 63 weeks if none is.
    pub fn at_least(wanted: Duration) -> ValidityPeriod {
        let code = (0..=u8::MAX).find(|code| relative(*code) >= wanted).unwrap_or(u8::MAX);
        ValidityPeriod::Relative(code)
    }

    /// The period as a length of time, where it is one.
    pub fn duration(&self) -> Option<Duration> {
        match self {
            ValidityPeriod::NotPresent | ValidityPeriod::Absolute(_) => None,
            ValidityPeriod::Relative(code) => Some(relative(*code)),
            ValidityPeriod::Enhanced(octets) => enhanced(octets),
        }
    }

    /// TP-VPF.
    pub(super) fn format(&self) -> u8 {
        match self {
            ValidityPeriod::NotPresent => 0,
            ValidityPeriod::Enhanced(_) => 1,
            ValidityPeriod::Relative(_) => 2,
            ValidityPeriod::Absolute(_) => 3,
        }
    }

    pub(super) fn read(format: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        const FIELD: &str = "TP-VP";
        Ok(match format {
            0 => ValidityPeriod::NotPresent,
            1 => ValidityPeriod::Enhanced(reader.array(FIELD)?),
            2 => ValidityPeriod::Relative(reader.octet(FIELD)?),
            _ => ValidityPeriod::Absolute(Timestamp::from(reader.array(FIELD)?)),
        })
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        match self {
            ValidityPeriod::NotPresent => {}
            ValidityPeriod::Relative(code) => octets.push(*code),
            ValidityPeriod::Enhanced(field) => octets.extend_from_slice(field),
            ValidityPeriod::Absolute(until) => octets.extend_from_slice(until.octets()),
        }
    }
}

/// §9.2.3.12.1.
fn relative(code: u8) -> Duration {
    let steps = u64::from(code);
    Duration::from_secs(match code {
        0..=143 => (steps + 1) * 5 * MINUTE,
        144..=167 => 12 * HOUR + (steps - 143) * 30 * MINUTE,
        168..=196 => (steps - 166) * DAY,
        197..=255 => (steps - 192) * WEEK,
    })
}

/// §9.2.3.12.3; bits 2–0 of the first octet say how to read the others.
fn enhanced(octets: &[u8; 7]) -> Option<Duration> {
    let digits = |octet: u8| u64::from(octet & 15) * 10 + u64::from(octet >> 4);
    match octets[0] & 7 {
        1 => Some(relative(octets[1])),
        2 => Some(Duration::from_secs(u64::from(octets[1]))),
        3 => {
            let time = digits(octets[1]) * HOUR + digits(octets[2]) * MINUTE + digits(octets[3]);
            Some(Duration::from_secs(time))
        }
        _ => None,
    }
}
