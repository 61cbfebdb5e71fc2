//! Times and durations as a person types them: `--at 09:00`, `--at +2h30m`, `--validity 3d`.

use crate::clock::WallTime;
use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};
use std::time::Duration;

/// TP-VP in its relative form ends at 63 weeks and begins at 5 minutes (23.040 §9.2.3.12.1).
const VALIDITY: (Duration, Duration) =
    (Duration::from_secs(5 * 60), Duration::from_secs(63 * 7 * 86_400));
/// A text is scheduled for at most a year from now; what is later is a mistake.
const LATEST: Duration = Duration::from_secs(366 * 86_400);
/// How times are written, for somebody who wrote one in another way.
const TIMES: &str = "write it as 09:00, 2026-11-23 09:00, 2026-11-23T09:00:00+01:00 or +90m";
/// How durations are written.
const DURATIONS: &str = "write it as 90m, 12h, 3d or 2w";

/// Reads when a text shall be sent: local time with or without a day, RFC 3339, or `+` and how long
/// from `now`. A time of day alone is the next one. A time that has passed is refused.
pub fn at(text: &str, now: &Zoned) -> Result<WallTime, String> {
    let text = text.trim();
    let then = match text.strip_prefix('+') {
        Some(after) => {
            let after = duration(after).ok_or(TIMES)?;
            if after.is_zero() || after > LATEST {
                return Err("the time must be between one second and a year from now".to_owned());
            }
            now.checked_add(after).map_err(|_| TIMES)?
        }
        None => moment(text, now)?,
    };
    if then.timestamp() <= now.timestamp() {
        let clock = now.strftime("%Y-%m-%d %H:%M");
        return Err(format!("that time has passed, it is {clock} now"));
    }
    let ahead = then.timestamp().duration_since(now.timestamp()).unsigned_abs();
    if ahead > LATEST {
        return Err("the time must be within a year".to_owned());
    }
    Ok(wall_time(&then))
}

/// A day and a time, or the next such time of day.
fn moment(text: &str, now: &Zoned) -> Result<Zoned, String> {
    // RFC 3339 says everything; the local zone is only how it is shown.
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Ok(timestamp.to_zoned(now.time_zone().clone()));
    }
    let skipped = |_| "there is no such time on that day".to_owned();
    if let Some(time) = time_of_day(text) {
        let today = now.date().to_datetime(time).to_zoned(now.time_zone().clone());
        let today = today.map_err(skipped)?;
        if today.timestamp() > now.timestamp() {
            return Ok(today);
        }
        let tomorrow = now.date().tomorrow().map_err(skipped)?;
        return tomorrow.to_datetime(time).to_zoned(now.time_zone().clone()).map_err(skipped);
    }
    let (day, time) = text.split_once(['T', 't', ' ']).ok_or(TIMES)?;
    let date = day.parse::<jiff::civil::Date>().map_err(|_| TIMES)?;
    let time = time_of_day(time.trim()).ok_or(TIMES)?;
    DateTime::from_parts(date, time).to_zoned(now.time_zone().clone()).map_err(skipped)
}

/// `9:00`, `09:00`, `09:00:30`.
fn time_of_day(text: &str) -> Option<Time> {
    let numbers: Option<Vec<i8>> = text
        .split(':')
        .map(|part| match part.len() {
            1 | 2 if part.bytes().all(|b| b.is_ascii_digit()) => part.parse().ok(),
            _ => None,
        })
        .collect();
    match numbers?[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

/// How long the centre shall try: `5m` to `63w`.
pub fn validity(text: &str) -> Result<Duration, String> {
    let validity = duration(text.trim()).ok_or(DURATIONS)?;
    if !(VALIDITY.0..=VALIDITY.1).contains(&validity) {
        return Err("a text can be valid from 5 minutes (5m) to 63 weeks (63w)".to_owned());
    }
    Ok(validity)
}

/// `90m`, `2h30m`, `10s`, `1w`: numbers, each with its unit.
fn duration(text: &str) -> Option<Duration> {
    let mut sum = 0u64;
    let mut rest = text;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        let unit = match rest.as_bytes().get(digits)? {
            b's' => 1,
            b'm' => 60,
            b'h' => 3600,
            b'd' => 86_400,
            b'w' => 7 * 86_400,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(unit)?)?;
        rest = &rest[digits + 1..];
    }
    Some(Duration::from_secs(sum))
}

/// The time with the offset in force then, which may be another than today's.
fn wall_time(then: &Zoned) -> WallTime {
    let offset: Offset = then.offset();
    WallTime {
        unix_millis: then.timestamp().as_millisecond(),
        utc_offset_quarters: i8::try_from(offset.seconds() / 900).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday, 22 November 2026, 18:30 in Berlin (UTC+1).
    fn now() -> Zoned {
        "2026-11-22T18:30:00+01:00[Europe/Berlin]".parse().unwrap()
    }

    fn read(text: &str) -> Result<String, String> {
        at(text, &now()).map(WallTime::rfc3339)
    }

    #[test]
    fn times_are_read_in_every_usual_form() {
        for (text, expected) in [
            ("2026-11-23 09:00", "2026-11-23T09:00:00+01:00"),
            ("2026-11-23T09:00", "2026-11-23T09:00:00+01:00"),
            ("2026-11-23 9:05:07", "2026-11-23T09:05:07+01:00"),
            ("2026-11-23T09:00:00Z", "2026-11-23T10:00:00+01:00"),
            ("2026-11-23T09:00:00-05:00", "2026-11-23T15:00:00+01:00"),
            // The next one: today if it is still to come.
            ("19:00", "2026-11-22T19:00:00+01:00"),
            ("09:00", "2026-11-23T09:00:00+01:00"),
            ("18:30", "2026-11-23T18:30:00+01:00"),
            ("+90m", "2026-11-22T20:00:00+01:00"),
            ("+2h30m", "2026-11-22T21:00:00+01:00"),
            ("+10s", "2026-11-22T18:30:10+01:00"),
            ("+1d", "2026-11-23T18:30:00+01:00"),
            // Summer time, two hours from UTC, begins on 28 March 2027.
            ("2027-04-01 09:00", "2027-04-01T09:00:00+02:00"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_or_has_passed_is_refused_in_words() {
        for (text, word) in [
            ("2026-11-22 18:00", "has passed, it is 2026-11-22 18:30 now"),
            ("2020-01-01T00:00:00Z", "has passed"),
            ("2036-01-01 09:00", "within a year"),
            ("+0s", "between one second"),
            ("+999w", "between one second"),
            ("+99999999999999999999w", "write it as"),
            ("", "write it as"),
            ("+", "write it as"),
            ("90m", "write it as"),
            ("tomorrow", "write it as"),
            ("25:00", "write it as"),
            ("2026-13-01 09:00", "write it as"),
            ("2026-11-23", "write it as"),
            ("-5m", "write it as"),
        ] {
            let refused = read(text).unwrap_err();
            assert!(refused.contains(word), "{text}: {refused}");
        }
    }

    #[test]
    fn validity_has_the_bounds_of_the_specification() {
        assert_eq!(validity("90m"), Ok(Duration::from_secs(5400)));
        assert_eq!(validity("12h"), Ok(Duration::from_secs(43_200)));
        assert_eq!(validity("3d"), Ok(Duration::from_secs(259_200)));
        assert_eq!(validity("63w"), Ok(VALIDITY.1));
        assert_eq!(validity("5m"), Ok(VALIDITY.0));
        for bad in ["4m", "299s", "64w", "0h", "", "3", "d", "1.5h", "-1h", "3 d", "ٵm", "1y"] {
            assert!(validity(bad).is_err(), "{bad}");
        }
    }
}
