//! Time stamps of the text centre: TP-SCTS, TP-DT and the absolute TP-VP (3GPP TS 23.040
//! §9.2.3.11).

use crate::clock::WallTime;

/// No place is further than 14 hours from UTC; a zone beyond that is a centre's way of saying none.
const MAX_QUARTERS: i8 = 56;

/// Seven octets as they travel: year, month, day, hour, minute, second, time zone, each with its
/// tens in the low half.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timestamp([u8; 7]);

impl From<[u8; 7]> for Timestamp {
    fn from(octets: [u8; 7]) -> Self {
        Timestamp(octets)
    }
}

impl Timestamp {
    /// The octets as they travel.
    pub fn octets(&self) -> &[u8; 7] {
        &self.0
    }

    /// The time stamp of a moment, in that moment's own time zone, to the second.
    pub fn from_wall_time(wall: WallTime) -> Timestamp {
        let civil = wall.civil();
        let zone = wall.utc_offset_quarters;
        let mut octets = [
            swapped(civil.year.rem_euclid(100) as u8),
            swapped(civil.month),
            swapped(civil.day),
            swapped(civil.hour),
            swapped(civil.minute),
            swapped(civil.second),
            swapped(zone.unsigned_abs().min(79)),
        ];
        if zone < 0 {
            octets[6] |= 0x08;
        }
        Timestamp(octets)
    }

    /// The moment, or none if the octets are no date: a centre that has none sends zeros.
    ///
    /// Two digits of year are taken as 1990–2089. A semi-octet that is no digit counts as 0, as
    /// §9.2.3.11 asks.
    #[inline]
    pub fn wall_time(&self) -> Option<WallTime> {
        let [year, month, day, hour, minute, second, zone] = self.0;
        let quarters = match number(zone & !0x08) as i8 {
            quarters if quarters > MAX_QUARTERS => 0,
            quarters if zone & 0x08 == 0 => quarters,
            quarters => -quarters,
        };
        let year = i64::from(number(year));
        let year = if year < 90 { 2000 + year } else { 1900 + year };
        let (month, day) = (number(month), number(day));
        let time = (number(hour), number(minute), number(second));
        let valid = (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && time.0 < 24
            && time.1 < 60
            && time.2 < 60;
        valid.then(|| WallTime::from_civil((year, month, day), time, quarters))
    }
}

/// The value of an octet with its tens in the low half.
#[inline]
fn number(octet: u8) -> u8 {
    let digit = |semi_octet: u8| if semi_octet > 9 { 0 } else { semi_octet };
    digit(octet & 15) * 10 + digit(octet >> 4)
}

fn swapped(value: u8) -> u8 {
    (value / 10 % 10) | ((value % 10) << 4)
}

#[inline]
fn days_in(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
