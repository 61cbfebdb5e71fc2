//! Moments and dates as plain values: a monotonic [`Instant`] that tests can name, and a
//! [`WallTime`]
//! that prints as RFC 3339. Nothing here but [`SystemClock`] asks the operating system.

use std::ops::Add;
use std::time::Duration;

/// A moment on the program's own clock, counted from when that clock was made.
///
/// Unlike `std::time::Instant` it can be built from a number, so that tests and transcripts can
/// name moments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Instant(Duration);

impl Instant {
    /// The moment the clock was made.
    pub const ZERO: Instant = Instant(Duration::ZERO);

    /// The moment `micros` microseconds after [`Instant::ZERO`].
    pub const fn from_micros(micros: u64) -> Self {
        Instant(Duration::from_micros(micros))
    }

    /// The moment `millis` milliseconds after [`Instant::ZERO`].
    pub const fn from_millis(millis: u64) -> Self {
        Instant(Duration::from_millis(millis))
    }

    /// The moment `secs` seconds after [`Instant::ZERO`].
    pub const fn from_secs(secs: u64) -> Self {
        Instant(Duration::from_secs(secs))
    }

    /// The moment `elapsed` after [`Instant::ZERO`].
    pub const fn from_elapsed(elapsed: Duration) -> Self {
        Instant(elapsed)
    }

    /// Time since [`Instant::ZERO`].
    pub const fn elapsed(self) -> Duration {
        self.0
    }

    /// Time from `earlier` to this moment; zero if `earlier` is in fact later.
    pub fn since(self, earlier: Instant) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, after: Duration) -> Instant {
        Instant(self.0.saturating_add(after))
    }
}

/// A date and time of day as a person reads it: milliseconds since 1970-01-01T00:00:00Z and the
/// offset of
/// local time from UTC in quarters of an hour (the unit of TP-SCTS, 3GPP TS 23.040 §9.2.3.11).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct WallTime {
    /// Milliseconds since the Unix epoch, UTC.
    pub unix_millis: i64,
    /// Local time minus UTC, in quarters of an hour (−48…+56 in practice).
    pub utc_offset_quarters: i8,
}

impl WallTime {
    /// A wall time from whole seconds since the Unix epoch.
    pub const fn from_unix_seconds(seconds: i64, utc_offset_quarters: i8) -> Self {
        WallTime { unix_millis: seconds.saturating_mul(1000), utc_offset_quarters }
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn unix_seconds(self) -> i64 {
        self.unix_millis.div_euclid(1000)
    }

    /// This moment plus `after`, with the same offset.
    pub fn plus(self, after: Duration) -> Self {
        let millis = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
        WallTime { unix_millis: self.unix_millis.saturating_add(millis), ..self }
    }

    /// Local date and time: year, month 1–12, day 1–31, hour, minute, second.
    pub fn civil(self) -> CivilTime {
        let local = self.unix_seconds().saturating_add(i64::from(self.utc_offset_quarters) * 900);
        let (days, second_of_day) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        CivilTime {
            year,
            month,
            day,
            hour: (second_of_day / 3600) as u8,
            minute: (second_of_day / 60 % 60) as u8,
            second: (second_of_day % 60) as u8,
            days_since_epoch: days,
        }
    }

    /// The moment that a local date and time names. Fields out of range carry over (month 13 is
    /// January).
    pub fn from_civil(civil: (i64, u8, u8), time: (u8, u8, u8), utc_offset_quarters: i8) -> Self {
        let days = days_from_civil(civil.0, civil.1, civil.2);
        let seconds =
            days * 86_400 + i64::from(time.0) * 3600 + i64::from(time.1) * 60 + i64::from(time.2)
                - i64::from(utc_offset_quarters) * 900;
        WallTime::from_unix_seconds(seconds, utc_offset_quarters)
    }

    /// RFC 3339 with whole seconds and the numeric offset: `2026-11-22T18:04:05+01:00`; `Z` for an
    /// offset of zero.
    pub fn rfc3339(self) -> String {
        let c = self.civil();
        let date = format!("{:04}-{:02}-{:02}", c.year, c.month, c.day);
        let time = format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second);
        if self.utc_offset_quarters == 0 {
            return format!("{date}T{time}Z");
        }
        let minutes = i32::from(self.utc_offset_quarters) * 15;
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.abs();
        format!("{date}T{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// A [`WallTime`] taken apart, in local time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CivilTime {
    /// Year, four digits.
    pub year: i64,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, 1–31.
    pub day: u8,
    /// Hour, 0–23.
    pub hour: u8,
    /// Minute, 0–59.
    pub minute: u8,
    /// Second, 0–59.
    pub second: u8,
    /// Local days since 1970-01-01: equal for two moments of one day.
    pub days_since_epoch: i64,
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    // Years begin in March here, so that the leap day is the last of the year.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month =
        if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// Where the edge of the program gets the time from; the pure modules are handed values.
pub trait Clock: Send {
    /// Now, on the program's own clock.
    fn now(&self) -> Instant;
    /// Now, as a person reads it.
    fn wall_time(&self) -> WallTime;
    /// The moment of a local date and time that a person chose: `chosen` says it with the offset
    /// of now, which another season may not have.
    fn resolve(&self, chosen: WallTime) -> WallTime {
        chosen
    }
}

/// The operating system's clock. Copies share their zero, so their instants can be compared.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: std::time::Instant,
}

impl SystemClock {
    /// A clock whose zero is now.
    #[allow(clippy::new_without_default)] // Two defaults would be two different clocks.
    pub fn new() -> Self {
        SystemClock { started: std::time::Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant(self.started.elapsed())
    }

    fn wall_time(&self) -> WallTime {
        let now = jiff::Zoned::now();
        WallTime {
            unix_millis: now.timestamp().as_millisecond(),
            utc_offset_quarters: (now.offset().seconds() / 900) as i8,
        }
    }

    fn resolve(&self, chosen: WallTime) -> WallTime {
        resolve_in(&jiff::tz::TimeZone::system(), chosen)
    }
}

/// The moment when clocks of this zone show what `chosen` shows. A time that the change to summer
/// leaves out is moved on by the hour that is left out; one that comes twice is the first.
fn resolve_in(zone: &jiff::tz::TimeZone, chosen: WallTime) -> WallTime {
    let c = chosen.civil();
    let Ok(year) = i16::try_from(c.year) else { return chosen };
    let fields = (c.month as i8, c.day as i8, c.hour as i8, c.minute as i8, c.second as i8);
    let civil =
        jiff::civil::DateTime::new(year, fields.0, fields.1, fields.2, fields.3, fields.4, 0);
    match civil.and_then(|civil| civil.to_zoned(zone.clone())) {
        Ok(zoned) => WallTime {
            unix_millis: zoned.timestamp().as_millisecond(),
            utc_offset_quarters: (zoned.offset().seconds() / 900) as i8,
        },
        Err(_) => chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_has_the_offset_and_survives_leap_days_and_centuries() {
        // Checked against `date -u -d @N` and the SCTS examples of 23.040.
        assert_eq!(WallTime::from_unix_seconds(0, 0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(WallTime::from_unix_seconds(951_782_400, 0).rfc3339(), "2000-02-29T00:00:00Z");
        assert_eq!(WallTime::from_unix_seconds(-1, -20).rfc3339(), "1969-12-31T18:59:59-05:00");
        assert_eq!(
            WallTime::from_unix_seconds(4_107_542_400, 22).rfc3339(),
            "2100-03-01T05:30:00+05:30"
        );
    }

    #[test]
    fn a_chosen_time_keeps_its_hour_when_the_clocks_change() {
        // Berlin: +1 in winter, +2 from 29 March 2026, 2:00 on (Directive 2000/84/EC).
        let zone = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let chosen = WallTime::from_civil((2026, 3, 30), (9, 0, 0), 4);
        assert_eq!(resolve_in(&zone, chosen).rfc3339(), "2026-03-30T09:00:00+02:00");
        let left_out = WallTime::from_civil((2026, 3, 29), (2, 30, 0), 4);
        assert_eq!(resolve_in(&zone, left_out).rfc3339(), "2026-03-29T03:30:00+02:00");
        let before = WallTime::from_civil((2026, 3, 28), (9, 0, 0), 4);
        assert_eq!(resolve_in(&zone, before), before);
    }

    #[test]
    fn civil_and_back_is_the_same_moment() {
        for seconds in (-3_000_000_000i64..4_000_000_000).step_by(86_399 * 7) {
            for quarters in [-48, -1, 0, 14, 22, 56] {
                let wall = WallTime::from_unix_seconds(seconds, quarters);
                let c = wall.civil();
                let time = (c.hour, c.minute, c.second);
                assert_eq!(WallTime::from_civil((c.year, c.month, c.day), time, quarters), wall);
            }
        }
    }
}
