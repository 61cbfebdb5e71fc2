//! Conversations written to a file: for people, as CSV and as JSON. Pages come from the store and
//! go out as they come, so that a million texts need no memory.

mod csv_form;
mod text_form;

#[cfg(test)]
mod tests;

use crate::engine::jobs;
use crate::number::PhoneNumber;
use crate::phone::{
    Answer, CallRecord, Contact, Delivery, Diagnosis, Direction, Event, ExportFormat, MessageKind,
    Page, PhoneState, Query, TextMessage, TimelineItem,
};
use crate::store::Reader;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

/// Items asked for at once.
const PAGE: u32 = 2000;
/// Numbers that the store looks at together in one conversation.
const TOGETHER: usize = 32;
/// Calls whose numbers are looked at when everything is exported.
const MOST_CALLS: u32 = 5000;

/// One text or call and who it was with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The contact's name; empty if the number is nobody's.
    pub name: String,
    /// The text or call.
    pub item: TimelineItem,
}

/// How much was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Texts.
    pub texts: u64,
    /// Calls.
    pub calls: u64,
}

/// What is to be exported, for the thread that does it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The conversations with these numbers; empty: all there are.
    pub numbers: Vec<PhoneNumber>,
    /// Numbers of all conversations, for when `numbers` is empty.
    pub all: Vec<PhoneNumber>,
    /// Who has which number.
    pub contacts: Vec<Contact>,
    /// Where numbers without `+` are at home (ISO 3166).
    pub region: String,
    /// How.
    pub format: ExportFormat,
}

/// Everything with these numbers, oldest first, asked for page by page. `ask` answers
/// [`Query::Timeline`]. More numbers than a person has are conversations, one after the other.
pub fn items<'a>(
    numbers: Vec<PhoneNumber>,
    mut ask: impl FnMut(Query) -> Answer + 'a,
) -> impl Iterator<Item = io::Result<TimelineItem>> + 'a {
    let apart = numbers.len() > TOGETHER;
    let groups: Vec<Vec<PhoneNumber>> =
        if apart { numbers.into_iter().map(|one| vec![one]).collect() } else { vec![numbers] };
    let mut groups = groups.into_iter();
    let (mut numbers, mut from) = (Vec::new(), None);
    let mut page = Vec::new().into_iter();
    // Two spellings of a number are one conversation.
    let mut seen = BTreeSet::new();
    std::iter::from_fn(move || {
        loop {
            if let Some(item) = page.next() {
                if apart && !seen.insert(row(&item)) {
                    continue;
                }
                return Some(Ok(item));
            }
            let start = match from.take() {
                Some(start) => start,
                None => {
                    numbers = groups.next()?;
                    i64::MIN
                }
            };
            let (numbers, limit) = (numbers.clone(), PAGE);
            match ask(Query::Timeline { numbers, page: Page::From(start), limit }) {
                Answer::Timeline { items, newer, .. } => {
                    // A page ends with a whole millisecond.
                    let last = items.iter().map(|item| item.time().unix_millis).max();
                    from = last.filter(|_| newer).and_then(|last| last.checked_add(1));
                    page = items.into_iter();
                }
                Answer::Failed(reason) => return Some(Err(io::Error::other(reason))),
                _ => return Some(Err(io::Error::other("the store gave another answer"))),
            }
        }
    })
}

/// What tells an item from all others: whether it is a call, and its row.
fn row(item: &TimelineItem) -> (bool, i64) {
    match item {
        TimelineItem::Text(text) => (false, text.id.0),
        TimelineItem::Call(call) => (true, call.id.0),
    }
}

/// Writes them in this form, as they come.
///
/// - Text: a line that says when, who and how, then the text, each of its lines indented.
/// - CSV (RFC 4180, UTF-8): the first line names the columns. A field that a spreadsheet would
///   take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a carriage return,
///   gets an apostrophe in front, and so does one that has some there already; telephone numbers
///   such as `+15550100` do not. Who takes one apostrophe away reads what was written.
/// - JSON: one array with an object for each, with the keys of the command line's JSON lines.
pub fn write(
    entries: impl IntoIterator<Item = io::Result<Entry>>,
    format: ExportFormat,
    out: &mut impl Write,
) -> io::Result<Written> {
    match format {
        ExportFormat::Text => text_form::write(entries, out),
        ExportFormat::Csv => csv_form::write(entries, out),
        ExportFormat::Json => write_json(entries, out),
    }
}

/// Writes a file beside `path` and puts it in its place.
pub(super) fn to_file(reader: &Reader, wanted: &Wanted, path: &Path) -> Result<Written, String> {
    let mut people = PhoneState::default();
    people.apply(&Event::Region(wanted.region.clone()));
    people.apply(&Event::Contacts(wanted.contacts.clone().into()));
    let ask = |query: Query| reader.answer(&query, &wanted.region);
    let numbers = match wanted.numbers.is_empty() {
        true => everybody(wanted, &ask),
        false => wanted.numbers.clone(),
    };
    let entries = items(numbers, ask).map(|item| item.map(|item| named(item, &people)));
    let written = jobs::replace_with(path, |file| write(entries, wanted.format, file));
    written.map_err(|error| format!("{} can't be written ({error})", path.display()))
}

fn everybody(wanted: &Wanted, ask: &impl Fn(Query) -> Answer) -> Vec<PhoneNumber> {
    let mut numbers = wanted.all.clone();
    if let Answer::Calls(calls) = ask(Query::Calls { limit: MOST_CALLS }) {
        numbers.extend(calls.iter().filter_map(|call| call.remote.number().cloned()));
    }
    numbers.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    numbers.dedup();
    numbers
}

/// The item with the name of its contact.
pub fn named(item: TimelineItem, people: &PhoneState) -> Entry {
    let name = number(&item).and_then(|number| people.name_for(number));
    Entry { name: name.unwrap_or_default().to_owned(), item }
}

fn number(item: &TimelineItem) -> Option<&PhoneNumber> {
    match item {
        TimelineItem::Text(text) => Some(&text.number),
        TimelineItem::Call(call) => call.remote.number(),
    }
}

impl Written {
    fn count(&mut self, item: &TimelineItem) {
        match item {
            TimelineItem::Text(_) => self.texts += 1,
            TimelineItem::Call(_) => self.calls += 1,
        }
    }
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::MobileOriginated => "outgoing",
        Direction::MobileTerminated => "incoming",
    }
}

/// Why a text failed or is in doubt.
fn diagnosis(text: &TextMessage) -> Option<&Diagnosis> {
    match &text.delivery {
        Delivery::Failed(why) | Delivery::Unknown(why) => Some(why),
        Delivery::Retrying(retry) => Some(&retry.why),
        _ => None,
    }
}

fn write_json(
    entries: impl IntoIterator<Item = io::Result<Entry>>,
    out: &mut impl Write,
) -> io::Result<Written> {
    let mut written = Written::default();
    out.write_all(b"[")?;
    for entry in entries {
        let entry = entry?;
        let first = written == Written::default();
        out.write_all(if first { b"\n" } else { b",\n" })?;
        written.count(&entry.item);
        serde_json::to_writer(&mut *out, &Value::Object(object(&entry)))?;
    }
    out.write_all(b"\n]\n")?;
    Ok(written)
}

fn object(entry: &Entry) -> Map<String, Value> {
    let mut object = match &entry.item {
        TimelineItem::Text(text) => text_object(text),
        TimelineItem::Call(call) => call_object(call),
    };
    if let Some(number) = number(&entry.item) {
        object.insert("number".to_owned(), number.as_str().into());
    }
    if !entry.name.is_empty() {
        object.insert("name".to_owned(), entry.name.as_str().into());
    }
    object.insert("time".to_owned(), entry.item.time().rfc3339().into());
    object
}

fn text_object(text: &TextMessage) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("event", "text".into());
    put("id", text.id.0.into());
    put("direction", direction_word(text.direction).into());
    put("kind", kind_word(text).into());
    put("text", text.text.as_str().into());
    put("state", text.delivery.word().into());
    put("segments", text.segments.into());
    if let Delivery::Received(count) = &text.delivery {
        put("segment", count.done.into());
    }
    if text.delivered_segments > 0 {
        put("delivered", text.delivered_segments.into());
    }
    if let Delivery::Scheduled(at) = &text.delivery {
        put("at", at.rfc3339().into());
    }
    if let Some(batch) = text.batch {
        put("batch", batch.0.into());
    }
    if let Some(sent_at) = text.sent_at {
        put("sent_at", sent_at.rfc3339().into());
    }
    if let Some(pdu) = &text.undecodable_pdu {
        put("pdu", pdu.as_str().into());
    }
    if let Some(why) = diagnosis(text) {
        put("cause", why.cause.as_str().into());
        put("advice", why.advice.as_str().into());
        put("evidence", why.evidence.clone().into());
    }
    object
}

/// What kind of text it is; one that is sent as a flash text is one, too.
fn kind_word(text: &TextMessage) -> &'static str {
    match text.kind {
        MessageKind::Text if text.options.flash => MessageKind::Flash.word(),
        kind => kind.word(),
    }
}

fn call_object(call: &CallRecord) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("event", "call".into());
    put("id", call.id.0.into());
    put("direction", direction_word(call.direction).into());
    put("outcome", call.outcome.word().into());
    if let Some(talk) = call.talk_time {
        put("duration", talk.as_secs().into());
    }
    if !call.cause.is_empty() {
        put("cause", call.cause.as_str().into());
    }
    if !call.advice.is_empty() {
        put("advice", call.advice.as_str().into());
    }
    object
}
