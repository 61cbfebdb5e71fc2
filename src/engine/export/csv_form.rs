//! Conversations as CSV (RFC 4180), safe to open in a spreadsheet.

use super::{Entry, Written, diagnosis, direction_word, kind_word, number};
use crate::phone::TimelineItem;
use std::borrow::Cow;
use std::io::{self, Write};

/// Names of the columns; `seconds` is how long a call was answered, `kind` what kind of text it is.
const COLUMNS: [&str; 10] =
    ["event", "time", "direction", "number", "name", "state", "text", "seconds", "cause", "kind"];

pub(super) fn write(
    entries: impl IntoIterator<Item = io::Result<Entry>>,
    out: &mut impl Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    let mut lines =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut *out);
    lines.write_record(COLUMNS)?;
    for entry in entries {
        let entry = entry?;
        written.count(&entry.item);
        let fields = fields(&entry);
        lines.write_record(fields.iter().map(|field| guarded(field).into_owned()))?;
    }
    lines.flush()?;
    Ok(written)
}

fn fields(entry: &Entry) -> [Cow<'_, str>; COLUMNS.len()] {
    let time: Cow<'_, str> = entry.item.time().rfc3339().into();
    let number = number(&entry.item).map_or("", |number| number.as_str()).into();
    let name = entry.name.as_str().into();
    match &entry.item {
        TimelineItem::Text(text) => {
            let cause = diagnosis(text).map_or("", |why| why.cause.as_str());
            let direction = direction_word(text.direction).into();
            let (state, words) = (text.delivery.word().into(), text.text.as_str().into());
            let (seconds, kind) = ("".into(), kind_word(text).into());
            let (event, cause) = ("text".into(), cause.into());
            [event, time, direction, number, name, state, words, seconds, cause, kind]
        }
        TimelineItem::Call(call) => {
            let seconds = call.talk_time.map(|talk| talk.as_secs().to_string());
            let seconds = seconds.unwrap_or_default().into();
            let direction = direction_word(call.direction).into();
            let (state, cause) = (call.outcome.word().into(), call.cause.as_str().into());
            let (event, words, kind) = ("call".into(), "".into(), "".into());
            [event, time, direction, number, name, state, words, seconds, cause, kind]
        }
    }
}

/// What a spreadsheet would take for a formula gets an apostrophe in front: names and texts, and a
/// sender's name too, are written by strangers. A telephone number is no danger. What looks as if
/// it had got one gets one as well, so that it can be told which are ours.
fn guarded(field: &str) -> Cow<'_, str> {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let formula = field.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && !field.strip_prefix('+').is_some_and(digits) {
        return format!("'{field}").into();
    }
    field.into()
}
