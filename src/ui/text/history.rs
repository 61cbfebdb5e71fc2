//! The words of the page of one call, and of blocking.

use crate::phone::{CallRecord, Direction, Outcome, Registration};

/// Title of the page.
pub const TITLE: &str = "Call";
/// Heading.
pub const COURSE: &str = "What happened";
/// Heading.
pub const NETWORK: &str = "Network when it began";
/// Heading.
pub const WHY: &str = "Why it ended";
/// Heading.
pub const KEYS: &str = "Keys sent";
/// Folds the AT lines out.
pub const TRANSCRIPT: &str = "AT lines of this call";
/// Button.
pub const COPY_TRANSCRIPT: &str = "Copy AT lines";
/// Nothing is kept beside the line in the history.
pub const NOTHING_KEPT: &str = "Nothing more was kept of this call";
/// The store has not answered yet.
pub const LOADING: &str = "Looking it up…";
/// Button and menu entry.
pub const BLOCK: &str = "Block this number";
/// Button and menu entry.
pub const UNBLOCK: &str = "Unblock this number";
/// Menu entry of the history.
pub const DETAILS: &str = "Details";
/// The number is blocked by a pattern that blocks others, too.
pub const CHANGE_PATTERN: &str = "Change the block list in the settings";

/// Toast after blocking.
pub fn blocked(number: &str) -> String {
    format!("{number} is blocked: calls are refused, texts kept out of sight")
}

/// Toast after unblocking.
pub fn unblocked(number: &str) -> String {
    format!("{number} is not blocked any more")
}

/// Which entry of the block list refused a call.
pub fn blocked_by(entry: &str) -> String {
    format!("Blocked by {entry}")
}

/// A step of a call, from the word of its state.
pub fn milestone(state: &str, answered: bool) -> &'static str {
    match state {
        "dialing" => "Dialed",
        "alerting" => "Rang at the other end",
        "incoming" => "Rang here",
        "waiting" => "Waited while you were in a call",
        "active" if answered => "Taken back from hold",
        "active" => "Answered",
        "held" => "Put on hold",
        "joined" => "Joined the conference",
        "alone" => "Alone again",
        "released" => "Ended",
        _ => "Changed",
    }
}

/// A time since the beginning: "+2.1 s".
pub fn offset(millis: u64) -> String {
    match millis {
        0 => "0 s".to_owned(),
        1..60_000 => format!("+{}.{} s", millis / 1_000, millis % 1_000 / 100),
        _ => format!("+{}:{:02} min", millis / 60_000, millis / 1_000 % 60),
    }
}

/// The same with milliseconds, for AT lines.
pub fn line_time(millis: i64) -> String {
    let sign = if millis < 0 { '−' } else { '+' };
    let size = millis.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1_000, size % 1_000)
}

/// A cause of 24.008 by its number.
pub fn cause(number: u8, words: Option<&str>) -> String {
    match words {
        Some(words) => format!("Cause {number}: {words}"),
        None => format!("Cause {number}"),
    }
}

/// What kind of call it was.
pub fn kind(record: &CallRecord) -> &'static str {
    match (record.direction, record.outcome) {
        (Direction::MobileOriginated, _) => "Outgoing call",
        (_, Outcome::Missed) => "Missed call",
        (_, Outcome::Blocked) => "Blocked call",
        _ => "Incoming call",
    }
}

/// The registration when it began; empty for the home network, which is no news.
pub fn registration(registration: Registration) -> &'static str {
    match registration {
        Registration::Home | Registration::Unknown => "",
        Registration::Roaming => "Roaming",
        Registration::NotRegistered => "Not registered",
        Registration::Searching => "Searching for a network",
        Registration::Denied => "Refused by the network",
        Registration::SmsOnly => "Texts only",
        Registration::EmergencyOnly => "Emergency calls only",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_since_the_beginning_read_as_seconds_and_minutes() {
        for (millis, words) in
            [(0, "0 s"), (2_149, "+2.1 s"), (59_999, "+59.9 s"), (754_000, "+12:34 min")]
        {
            assert_eq!(offset(millis), words);
        }
        assert_eq!(line_time(-12), "−0.012");
        assert_eq!(line_time(61_005), "+61.005");
    }
}
