//! Times, durations and counts as a person says them.

use crate::clock::{CivilTime, WallTime};
use std::time::Duration;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// `00:12`, `12:34`, `1:02:03`.
pub fn timer(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes:02}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// `12:03` of a moment, in the time zone of `now`.
pub fn clock(time: WallTime, now: WallTime) -> String {
    let c = local(time, now);
    format!("{:02}:{:02}", c.hour, c.minute)
}

/// `12:03:04` of a moment, in the time zone of `now`.
pub fn clock_seconds(time: WallTime, now: WallTime) -> String {
    let c = local(time, now);
    format!("{:02}:{:02}:{:02}", c.hour, c.minute, c.second)
}

/// `12:03:04.567`, for the console.
pub fn clock_millis(time: WallTime) -> String {
    let c = time.civil();
    let millis = time.unix_millis.rem_euclid(1000);
    format!("{:02}:{:02}:{:02}.{millis:03}", c.hour, c.minute, c.second)
}

/// The right end of a row: `12:03`, `Yesterday`, `Monday`, `3 Nov`, `3 Nov 2025`.
pub fn when(time: WallTime, now: WallTime) -> String {
    let (then, today) = (local(time, now), now.civil());
    match today.days_since_epoch - then.days_since_epoch {
        0 => clock(time, now),
        1 => "Yesterday".to_owned(),
        2..=6 => weekday(then).to_owned(),
        _ if then.year == today.year => format!("{} {}", then.day, month(then)),
        _ => format!("{} {} {}", then.day, month(then), then.year),
    }
}

/// The line between the days of a conversation: `Today`, `Yesterday`, `Monday 3 Nov`.
pub fn day(time: WallTime, now: WallTime) -> String {
    let (then, today) = (local(time, now), now.civil());
    match today.days_since_epoch - then.days_since_epoch {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if then.year == today.year => {
            format!("{} {} {}", weekday(then), then.day, month(then))
        }
        _ => format!("{} {} {}", then.day, month(then), then.year),
    }
}

/// On hover: `Monday 3 Nov 2026, 18:04:05`.
pub fn exact(time: WallTime, now: WallTime) -> String {
    let c = local(time, now);
    let date = format!("{} {} {} {}", weekday(c), c.day, month(c), c.year);
    format!("{date}, {:02}:{:02}:{:02}", c.hour, c.minute, c.second)
}

/// Days since the epoch, in the time zone of `now`.
pub fn day_number(time: WallTime, now: WallTime) -> i64 {
    local(time, now).days_since_epoch
}

/// `1 text`, `3 texts`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `Monday`.
pub fn weekday_of(time: WallTime) -> &'static str {
    weekday(time.civil())
}

/// `3 Nov`, with the year if it is another than that of `now`.
pub fn date(time: WallTime, now: WallTime) -> String {
    let c = time.civil();
    let year = if c.year == now.civil().year { String::new() } else { format!(" {}", c.year) };
    format!("{} {}{year}", c.day, month(c))
}

/// A sentence with its phone numbers as their country writes them: what begins with `+` or `0`, and
/// is no pattern.
pub fn numbers_in(sentence: &str, region: &str) -> String {
    const LEAST_DIGITS: usize = 7;
    let mut words = Vec::new();
    for word in sentence.split(' ') {
        let number = word.trim_end_matches(['.', ',', ';', ':']);
        let digits = number.strip_prefix('+').unwrap_or(number);
        let whole = digits.len() >= LEAST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
        if whole && number.starts_with(['+', '0']) {
            let shown = crate::number::format_for_display(number, region);
            words.push(shown + &word[number.len()..]);
        } else {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// `November 2026`.
pub fn month_name(year: i64, month: u8) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {year}", NAMES[usize::from(month.clamp(1, 12)) - 1])
}

fn local(time: WallTime, now: WallTime) -> CivilTime {
    // A text sent from another time zone happened at one moment; the list is in ours.
    WallTime { utc_offset_quarters: now.utc_offset_quarters, ..time }.civil()
}

fn weekday(c: CivilTime) -> &'static str {
    // 1970-01-01 was a Thursday.
    DAYS[(c.days_since_epoch + 3).rem_euclid(7) as usize]
}

fn month(c: CivilTime) -> &'static str {
    MONTHS[usize::from(c.month.clamp(1, 12)) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: (i64, u8, u8), time: (u8, u8, u8)) -> WallTime {
        WallTime::from_civil(day, time, 4)
    }

    #[test]
    fn timers_count_minutes_then_hours() {
        assert_eq!(timer(Duration::from_secs(12)), "00:12");
        assert_eq!(timer(Duration::from_secs(754)), "12:34");
        assert_eq!(timer(Duration::from_secs(3723)), "1:02:03");
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        // 22 November 2026 is a Sunday.
        let now = at((2026, 11, 22), (18, 4, 5));
        assert_eq!(when(at((2026, 11, 22), (0, 3, 0)), now), "00:03");
        assert_eq!(when(at((2026, 11, 21), (23, 59, 0)), now), "Yesterday");
        assert_eq!(when(at((2026, 11, 16), (9, 0, 0)), now), "Monday");
        assert_eq!(when(at((2026, 11, 3), (9, 0, 0)), now), "3 Nov");
        assert_eq!(when(at((2025, 11, 3), (9, 0, 0)), now), "3 Nov 2025");
        assert_eq!(day(at((2026, 11, 16), (9, 0, 0)), now), "Monday 16 Nov");
        assert_eq!(exact(now, now), "Sunday 22 Nov 2026, 18:04:05");
    }

    #[test]
    fn another_time_zone_does_not_move_a_text() {
        let now = WallTime::from_unix_seconds(1_795_000_000, 4);
        let elsewhere = WallTime { utc_offset_quarters: -20, ..now };
        assert_eq!(clock(elsewhere, now), clock(now, now));
    }

    #[test]
    fn numbers_in_sentences_are_grouped_and_other_figures_are_not() {
        for (said, shown) in [
            (
                "You forwarded the caller to +33142685300",
                "You forwarded the caller to +33 1 42 68 53 00",
            ),
            ("You called +442079460018.", "You called 020 7946 0018."),
            ("Call 02079460018, or wait", "Call 020 7946 0018, or wait"),
            ("Blocked: +4420*", "Blocked: +4420*"),
            ("Cause 17 after 1234567 ms", "Cause 17 after 1234567 ms"),
        ] {
            assert_eq!(numbers_in(said, "GB"), shown);
        }
    }

    #[test]
    fn counts_have_their_plural() {
        assert_eq!(count(1, "text", "texts"), "1 text");
        assert_eq!(count(2, "text", "texts"), "2 texts");
    }
}
