//! Conversations as text for people.

use super::{Entry, Written, diagnosis, number};
use crate::clock::WallTime;
use crate::phone::{CallRecord, Direction, Outcome, TextMessage, TimelineItem};
use std::io::{self, Write};
use std::time::Duration;

pub(super) fn write(
    entries: impl IntoIterator<Item = io::Result<Entry>>,
    out: &mut impl Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    for entry in entries {
        let entry = entry?;
        if written != Written::default() {
            out.write_all(b"\n")?;
        }
        written.count(&entry.item);
        let who = who(&entry);
        let time = moment(entry.item.time());
        match &entry.item {
            TimelineItem::Text(text) => write_text(text, &time, &who, out)?,
            TimelineItem::Call(call) => writeln!(out, "{time}  {}", call_words(call, &who))?,
        }
    }
    Ok(written)
}

/// `2026-11-22 12:00:05`, local time of then.
fn moment(time: WallTime) -> String {
    let c = time.civil();
    let date = format!("{:04}-{:02}-{:02}", c.year, c.month, c.day);
    format!("{date} {:02}:{:02}:{:02}", c.hour, c.minute, c.second)
}

/// `Ada (+15550100)`.
fn who(entry: &Entry) -> String {
    let number = number(&entry.item).map_or("withheld number", |number| number.as_str());
    match entry.name.is_empty() {
        true => one_line(number),
        false => format!("{} ({})", one_line(&entry.name), one_line(number)),
    }
}

/// No text can imitate the line above the next: it can't begin a line, nor move the cursor.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn write_text(text: &TextMessage, time: &str, who: &str, out: &mut impl Write) -> io::Result<()> {
    match text.direction {
        Direction::MobileTerminated => writeln!(out, "{time}  From {who}")?,
        Direction::MobileOriginated => {
            let state = text.delivery.word();
            match diagnosis(text) {
                Some(why) => {
                    writeln!(out, "{time}  To {who}, {state}: {}", one_line(&why.cause))?;
                }
                None => writeln!(out, "{time}  To {who}, {state}")?,
            }
        }
    }
    for line in text.text.split(['\n', '\u{2028}', '\u{2029}']) {
        writeln!(out, "    {}", one_line(line.trim_end_matches('\r')))?;
    }
    Ok(())
}

fn call_words(call: &CallRecord, who: &str) -> String {
    let way = match call.direction {
        Direction::MobileOriginated => "Call to",
        Direction::MobileTerminated => "Call from",
    };
    match (call.outcome, call.talk_time) {
        (Outcome::Answered, Some(talk)) => format!("{way} {who}, {}", duration(talk)),
        (outcome, _) => format!("{way} {who}, {}", outcome.word()),
    }
}

/// `1 h 2 min 5 s`.
fn duration(talk: Duration) -> String {
    let seconds = talk.as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, seconds) => format!("{hours} h {minutes} min {seconds} s"),
    }
}
