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

/// What the seven octets of the enhanced form say (§9.2.3.12.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EnhancedPeriod {
    /// 000: no period.
    NotSpecified,
    /// 001: as in the relative form.
    Relative(u8),
    /// 010: seconds, 1–255; 0 is reserved.
    Seconds(u8),
    /// 011: hours, minutes, seconds, each 0–99 as two digits can say.
    Time(u8, u8, u8),
    /// 100–111.
    Reserved(u8),
}

/// Bit 7 of the functionality indicator: another octet of it follows.
const EXTENSION: u8 = 0x80;
/// Bit 6 of the functionality indicator.
const SINGLE_SHOT: u8 = 0x40;

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

    /// The enhanced form; `single_shot` asks the centre for one attempt only. Numbers above 99 in
    /// [`EnhancedPeriod::Time`] become 99.
    pub fn enhanced(period: EnhancedPeriod, single_shot: bool) -> ValidityPeriod {
        let digits = |value: u8| {
            let value = value.min(99);
            (value / 10) | ((value % 10) << 4)
        };
        let mut octets = [0; 7];
        match period {
            EnhancedPeriod::NotSpecified => {}
            EnhancedPeriod::Relative(code) => octets[..2].copy_from_slice(&[1, code]),
            EnhancedPeriod::Seconds(seconds) => octets[..2].copy_from_slice(&[2, seconds]),
            EnhancedPeriod::Time(hours, minutes, seconds) => {
                octets[..4].copy_from_slice(&[3, digits(hours), digits(minutes), digits(seconds)]);
            }
            EnhancedPeriod::Reserved(format) => octets[0] = 4 | format & 3,
        }
        if single_shot {
            octets[0] |= SINGLE_SHOT;
        }
        ValidityPeriod::Enhanced(octets)
    }

    /// What the enhanced form says; none for the others.
    pub fn enhanced_period(&self) -> Option<EnhancedPeriod> {
        let ValidityPeriod::Enhanced(octets) = self else { return None };
        // Octets that extend the indicator come before the period.
        let extensions = octets.iter().take_while(|octet| **octet & EXTENSION != 0).count();
        let after = |index: usize| octets.get(1 + extensions + index).copied().unwrap_or(0);
        let digit = |semi_octet: u8| if semi_octet > 9 { 0 } else { semi_octet };
        let number = |octet: u8| digit(octet & 15) * 10 + digit(octet >> 4);
        Some(match octets[0] & 7 {
            0 => EnhancedPeriod::NotSpecified,
            1 => EnhancedPeriod::Relative(after(0)),
            2 => EnhancedPeriod::Seconds(after(0)),
            3 => EnhancedPeriod::Time(number(after(0)), number(after(1)), number(after(2))),
            format => EnhancedPeriod::Reserved(format),
        })
    }

    /// The centre shall try once only (§9.2.3.12.3).
    pub fn is_single_shot(&self) -> bool {
        matches!(self, ValidityPeriod::Enhanced(octets) if octets[0] & SINGLE_SHOT != 0)
    }

    /// The period as a length of time, where it is one.
    pub fn duration(&self) -> Option<Duration> {
        match self {
            ValidityPeriod::NotPresent | ValidityPeriod::Absolute(_) => None,
            ValidityPeriod::Relative(code) => Some(relative(*code)),
            ValidityPeriod::Enhanced(_) => match self.enhanced_period()? {
                EnhancedPeriod::Relative(code) => Some(relative(code)),
                EnhancedPeriod::Seconds(seconds) => Some(Duration::from_secs(seconds.into())),
                EnhancedPeriod::Time(hours, minutes, seconds) => {
                    let whole = u64::from(hours) * HOUR + u64::from(minutes) * MINUTE;
                    Some(Duration::from_secs(whole + u64::from(seconds)))
                }
                EnhancedPeriod::NotSpecified | EnhancedPeriod::Reserved(_) => None,
            },
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
