//! The words of sending: what a text is made of, how and when it goes, lists, batches, the outbox,
//! templates, flash texts and what waits at the network.

use super::format;
use crate::clock::WallTime;
use crate::phone::{Batch, Delivery, Retry, SegmentCount, WaitingKind, WaitingMark};
use crate::sms::{Alphabet, PlainText, SegmentInfo};
use std::time::Duration;

/// Menu beside the send button.
pub const OPTIONS: &str = "Send options";
/// Menu entry and chip.
pub const REPORT: &str = "Delivery report";
/// Chip.
pub const NO_REPORT: &str = "No delivery report";
/// Menu entry and chip.
pub const FLASH: &str = "Flash text";
/// What it is.
pub const FLASH_TIP: &str = "Shown at once on the other phone, and often not kept there";
/// Menu.
pub const VALIDITY: &str = "Try for";
/// Menu.
pub const LATER: &str = "Send later";
/// Menu entry.
pub const OTHER_CENTRE: &str = "Other text centre…";
/// Menu.
pub const TEMPLATES: &str = "Templates";
/// Menu entry.
pub const SAVE_TEMPLATE: &str = "Save as template…";
/// Menu entry.
pub const EDIT_TEMPLATES: &str = "Edit templates";
/// Menu entry.
pub const SEND_TO_LIST: &str = "Send to a list…";
/// Menu entry.
pub const PICK_TIME: &str = "Pick a time…";
/// Dialog.
pub const PICK_TIME_TITLE: &str = "When to send";
/// Field.
pub const TIME: &str = "Time";
/// Why the time can't be used.
pub const TIME_SHAPE: &str = "Type a time such as 9:30";
/// Why the time can't be used.
pub const TIME_PAST: &str = "That time is over";
/// Button.
pub const SET_TIME: &str = "Send then";
/// Button.
pub const PREVIOUS_MONTH: &str = "Previous month";
/// Button.
pub const NEXT_MONTH: &str = "Next month";
/// Dialog.
pub const CENTRE_TITLE: &str = "Text centre for this text";
/// Field.
pub const CENTRE: &str = "Number of the text centre";
/// Under the field.
pub const CENTRE_WHY: &str = "Only if your operator told you another number than the SIM’s";
/// Button.
pub const USE: &str = "Use it";
/// Dialog.
pub const TEMPLATE_TITLE: &str = "Save as template";
/// Field.
pub const TEMPLATE_NAME: &str = "Name of the template";
/// Field.
pub const TEMPLATE_TEXT: &str = "Text of the template";
/// Why it can't be saved.
pub const TEMPLATE_NEEDS: &str = "Type a name first";
/// Menu entry of no use.
pub const NO_TEMPLATES: &str = "No templates yet";
/// Button.
pub const NEW_TEMPLATE: &str = "New template";
/// Under the editor.
pub const TEMPLATES_WHY: &str = "Texts to be used again. {name} stands for a column of a list";
/// Above the preview of a text that is read from right to left.
pub const PREVIEW: &str = "Preview";

/// Validity offered in the menu: minutes, 0 for the network's choice.
pub const VALIDITIES: [(u32, &str); 6] = [
    (0, "As long as the network likes"),
    (60, "1 hour"),
    (24 * 60, "1 day"),
    (3 * 24 * 60, "3 days"),
    (7 * 24 * 60, "1 week"),
    (63 * 7 * 24 * 60, "As long as possible (63 weeks)"),
];

/// How long the centre tries, in words.
pub fn validity(validity: Option<Duration>) -> String {
    let minutes = validity.map_or(0, |validity| validity.as_secs() / 60);
    let known = VALIDITIES.iter().find(|(offered, _)| u64::from(*offered) == minutes);
    match known {
        Some((_, word)) => (*word).to_owned(),
        None if minutes < 120 => format::count(minutes as usize, "minute", "minutes"),
        None if minutes < 48 * 60 => format::count((minutes / 60) as usize, "hour", "hours"),
        None => format::count((minutes / 60 / 24) as usize, "day", "days"),
    }
}

/// The chip for it.
pub fn validity_chip(chosen: Option<Duration>) -> String {
    match chosen {
        None => "Tried as long as the network likes".to_owned(),
        Some(_) if chosen == Some(Duration::from_secs(63 * 7 * 24 * 3600)) => {
            "Tried for 63 weeks".to_owned()
        }
        Some(_) => format!("Tried for {}", validity(chosen)),
    }
}

/// A moment to come: `20:00`, `tomorrow 9:00`, `Monday 9:00`, `3 Dec 9:00`.
pub fn moment(at: WallTime, now: WallTime) -> String {
    // A chosen time is said as it was chosen: by the clock of its own day.
    let shown = format::clock(at, at);
    let days = at.civil().days_since_epoch - now.civil().days_since_epoch;
    match days {
        0 => shown,
        1 => format!("tomorrow {shown}"),
        2..=6 => format!("{} {shown}", format::weekday_of(at)),
        _ => format!("{} {shown}", format::date(at, now)),
    }
}

/// The word on the send button.
pub fn send(texts: usize, at: Option<WallTime>, now: WallTime) -> String {
    match at {
        None => super::message::send(texts),
        Some(at) if texts <= 1 => format!("Schedule for {}", moment(at, now)),
        Some(at) => format!("Schedule {texts} texts for {}", moment(at, now)),
    }
}

/// On the send button of a narrow window.
pub const SCHEDULE: &str = "Schedule";

/// The chip of a chosen time.
pub fn at_chip(at: WallTime, now: WallTime) -> String {
    format!("Goes out {}", in_sentence(at, now))
}

/// A moment to come within a sentence: `at 20:00`, `tomorrow 9:00`.
pub fn in_sentence(at: WallTime, now: WallTime) -> String {
    let moment = moment(at, now);
    let today = at.civil().days_since_epoch == now.civil().days_since_epoch;
    if today { format!("at {moment}") } else { moment }
}

/// Names of the national tables (23.038 §6.2.1.2.4), from 1.
const TABLES: [&str; 13] = [
    "Turkish",
    "Spanish",
    "Portuguese",
    "Bengali",
    "Gujarati",
    "Hindi",
    "Kannada",
    "Malayalam",
    "Oriya",
    "Punjabi",
    "Tamil",
    "Telugu",
    "Urdu",
];

/// `GSM-7`, `GSM-7 with the Turkish table`, `Unicode`.
pub fn encoding(info: &SegmentInfo) -> String {
    if info.alphabet == Alphabet::Ucs2 {
        return "Unicode".to_owned();
    }
    let name = |table: u8| TABLES.get(usize::from(table).wrapping_sub(1)).copied();
    match (name(info.tables.0), name(info.tables.1)) {
        (None, None) => "GSM-7".to_owned(),
        (Some(one), None) | (None, Some(one)) => format!("GSM-7 with the {one} table"),
        (Some(single), Some(locking)) if single == locking => {
            format!("GSM-7 with the {single} tables")
        }
        (Some(single), Some(locking)) => format!("GSM-7 with the {locking} and {single} tables"),
    }
}

/// The button that makes a text plain: "Replace 3 characters: 1 text instead of 2".
pub fn replace(plain: &PlainText, forcing: usize, info: &SegmentInfo) -> String {
    let characters = format::count(forcing.max(1), "character", "characters");
    if plain.segments < info.segments {
        let texts = format::count(plain.segments, "text", "texts");
        format!("Replace {characters}: {texts} instead of {}", info.segments)
    } else {
        format!("Replace {characters}")
    }
}

/// What is replaced by what.
pub fn pairs(plain: &PlainText) -> String {
    let mut lines: Vec<String> = plain.replaced.iter().take(12).map(pair).collect();
    if plain.replaced.len() > 12 {
        lines.push(format!("and {} more", plain.replaced.len() - 12));
    }
    lines.push("Ctrl+Z undoes it".to_owned());
    lines.join("\n")
}

fn pair((from, to): &(String, String)) -> String {
    let name = match from.as_str() {
        "\u{a0}" | "\u{202f}" => "non-breaking space".to_owned(),
        "\u{2009}" | "\u{2002}" | "\u{2003}" | "\u{200a}" => "special space".to_owned(),
        "\u{2011}" => "non-breaking hyphen".to_owned(),
        other if other.chars().all(|c| !c.is_alphanumeric() && !shows(c)) => {
            "invisible character".to_owned()
        }
        other => crate::ui::safe_text::line(other, 8),
    };
    let to = match to.as_str() {
        "" => "nothing".to_owned(),
        " " => "space".to_owned(),
        "\n" => "new line".to_owned(),
        other => other.to_owned(),
    };
    format!("{name}  →  {to}")
}

fn shows(c: char) -> bool {
    !crate::ui::safe_text::line(&c.to_string(), 2).is_empty()
}

// The outbox and batches.

/// Page.
pub const OUTBOX: &str = "Outbox";
/// Empty page.
pub const OUTBOX_EMPTY: &str = "Nothing waits to be sent";
/// Empty page.
pub const OUTBOX_EMPTY_WHY: &str =
    "Texts that are scheduled, wait for the modem, failed or may have been sent appear here";
/// Button of a text.
pub const CANCEL: &str = "Cancel";
/// Button of a text.
pub const SEND_NOW: &str = "Send now";
/// Button of a text.
pub const SEND_AGAIN: &str = "Send again";
/// Button of a doubtful text.
pub const ARRIVED: &str = "It arrived";
/// Button of a batch.
pub const PAUSE: &str = "Pause";
/// Button of a batch.
pub const RESUME: &str = "Resume";
/// Button of a batch.
pub const CANCEL_REST: &str = "Cancel the rest";
/// Button of a batch.
pub const REMOVE: &str = "Remove from the list";
/// A batch that is gone.
pub const NO_BATCH: &str = "This list is gone";
/// Heading.
pub const SENT_TOGETHER: &str = "Sent together";
/// Heading.
pub const SINGLE_TEXTS: &str = "Single texts";

/// The button of the top bar.
pub fn outbox_button(count: usize) -> String {
    format!("{OUTBOX}, {count} waiting or to be decided")
}

/// Where a text of mine stands, in a row of the outbox.
pub fn state(delivery: &Delivery, now: WallTime) -> String {
    match delivery {
        Delivery::Scheduled(at) => format!("Scheduled for {}", moment(*at, now)),
        Delivery::Retrying(Retry { at, attempts, .. }) => {
            let tried = format::count(usize::from(*attempts), "try", "tries");
            format!("Tried again {} after {tried}", in_sentence(*at, now))
        }
        Delivery::Queued => "Waiting".to_owned(),
        Delivery::Sending(SegmentCount { total: 0 | 1, .. }) => "Sending…".to_owned(),
        other => super::message::delivery(other),
    }
}

/// Where the texts of a batch stand: "12 sent · 3 delivered · 1 failed · 84 waiting".
pub fn counts(batch: &Batch) -> String {
    let c = batch.counts;
    let mut parts = Vec::new();
    for (count, word) in [
        (c.waiting, "waiting"),
        (c.sent, "sent"),
        (c.delivered, "delivered"),
        (c.failed, "not sent"),
        (c.unknown, "may have been sent"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    if batch.paused && c.waiting > 0 {
        parts.insert(0, "Paused".to_owned());
    }
    parts.join(" · ")
}

/// "37 of 120".
pub fn progress(batch: &Batch) -> String {
    format!("{} of {}", batch.counts.settled(), batch.counts.total())
}

// Lists.

/// Page.
pub const LIST: &str = "Send to a list";
/// Button.
pub const CHOOSE_FILE: &str = "Choose a CSV file…";
/// Button.
pub const OTHER_FILE: &str = "Other file…";
/// Button of the typed path.
pub const READ_LIST: &str = "Read";
/// Before a file is chosen.
pub const LIST_START: &str = "One text for everybody in a file";
/// Before a file is chosen.
pub const LIST_START_WHY: &str =
    "A CSV file with a line for each person; its first line names the columns";
/// While the file is read.
pub const READING: &str = "Reading the file…";
/// While the batch is stored.
pub const STORING: &str = "Handing the texts over…";
/// While the preview is made again.
pub const COUNTING: &str = "Counting…";
/// Choice.
pub const NUMBERS_IN: &str = "Numbers are in";
/// Choice not made.
pub const CHOOSE_COLUMN: &str = "Choose a column";
/// Field.
pub const LIST_TEXT: &str = "Text";
/// Placeholder.
pub const LIST_TEXT_HINT: &str = "Hello {name}, …";
/// Heading.
pub const INSERT_FIELD: &str = "Insert";
/// Heading.
pub const PEOPLE: &str = "What each person gets";
/// Heading.
pub const PROBLEMS: &str = "Lines left out";

/// "Send 120 texts", counting messages of one person each.
pub fn send_list(people: usize, at: Option<WallTime>, now: WallTime) -> String {
    let texts = format::count(people, "text", "texts");
    match at {
        None => format!("Send {texts}"),
        Some(at) => format!("Schedule {texts} for {}", moment(at, now)),
    }
}

/// "120 people · 134 texts to pay for".
pub fn list_sum(people: usize, segments: usize) -> String {
    let who = format::count(people, "person", "people");
    format!("{who} · {}", format::count(segments, "text in all", "texts in all"))
}

/// "Line 14: …". Rows count from 0 and the first line has the names of the columns.
pub fn line_problem(row: usize, sentence: &str) -> String {
    format!("Line {}: {sentence}", row + 2)
}

/// Fields of a template that the file has not.
pub fn unknown_fields(fields: &[String]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .take(5)
        .map(|field| format!("{{{}}}", crate::ui::safe_text::line(field, 30)))
        .collect();
    format!("The file has no column {}", fields.join(", "))
}

// Flash texts.

/// "Flash text from Ada".
pub fn flash_from(name: &str) -> String {
    format!("Flash text from {name}")
}

/// Under the heading.
pub const FLASH_WHY: &str = "The sender asked for it to be shown at once";
/// Button.
pub const REPLY: &str = "Reply";
/// Button.
pub const CALL: &str = "Call";

/// "2 more".
pub fn more_flashes(count: usize) -> String {
    format!("{count} more after this one")
}

// What waits at the network.

/// Menu entry.
pub const CALL_VOICEMAIL: &str = "Call voicemail";
/// Menu entry.
pub const HEARD: &str = "Mark as heard";
/// Menu entry.
pub const SEEN: &str = "Mark as seen";

/// What waits, in words: "2 voice messages".
pub fn waiting(mark: &WaitingMark) -> String {
    let (one, many) = match mark.kind {
        WaitingKind::Voicemail => ("voice message", "voice messages"),
        WaitingKind::Fax => ("fax", "faxes"),
        WaitingKind::Email => ("email", "emails"),
        WaitingKind::Other => ("message", "messages"),
    };
    match mark.count {
        Some(count) if count > 0 => {
            format!("{} at the network", format::count(usize::from(count), one, many))
        }
        _ => format!("New {many} at the network"),
    }
}

/// The gauge of the modem's memory.
pub fn storage(used: u16, total: u16) -> String {
    format!("{used} of {total} texts in the modem’s memory")
}

/// The gauge is nearly full.
pub const STORAGE_FULL: &str =
    "Nearly full: when it is full no text can arrive. Delete texts from the modem";

// The settings.

/// Switch.
pub const NATIONAL: &str = "Use national alphabets";
/// Explained.
pub const NATIONAL_WHY: &str =
    "Turkish, Portuguese and Indian letters take less room; a few old phones can’t read them";
/// Switch.
pub const WIDE: &str = "Number the parts of long texts with 16 bits";
/// Explained.
pub const WIDE_WHY: &str = "Parts are mixed up less often when many texts go to one phone; \
     each part holds one letter less";
/// Switch.
pub const RETRY: &str = "Try again by itself";
/// Explained.
pub const RETRY_WHY: &str = "When the network is busy or away, never when it says no for good";
/// Choice.
pub const RATE: &str = "Texts per minute";
/// Explained.
pub const RATE_WHY: &str = "Some operators block a SIM that sends faster";
/// Choice.
pub const DEFAULT_VALIDITY: &str = "How long the network tries to deliver";
/// Explained.
pub const VALIDITY_WHY: &str = "A phone that stays off longer does not get the text";
/// Field.
pub const SMSC: &str = "Text centre";
/// Placeholder.
pub const SMSC_HINT: &str = "From the SIM";
/// Explained.
pub const SMSC_WHY: &str = "The number that takes texts; empty uses the SIM’s";
/// Explained.
pub const REPORTS_WHY: &str = "The network says when a text has reached the other phone";
/// Explained.
pub const DELETE_WHY: &str = "Keeps room for new ones; texts on the SIM by their kind stay there";

/// Rates offered: texts a minute, 0 for as fast as it goes.
pub const RATES: [(u16, &str); 6] =
    [(0, "As fast as it goes"), (60, "60"), (30, "30"), (20, "20"), (10, "10"), (5, "5")];

#[cfg(test)]
#[path = "sending_tests.rs"]
mod tests;
