//! The words of texts and the composer.

use super::format;
use crate::clock::WallTime;
use crate::phone::{Carrier, Delivery, TextMessage};
use crate::sms::{Alphabet, SegmentInfo};

/// Page.
pub const NEW_TEXT: &str = "New text";
/// Button of the top bar.
pub const WRITE_TEXT: &str = "Write a text";
/// Button of the empty list.
pub const WRITE_FIRST_TEXT: &str = "Write one";
/// Button above the list.
pub const NEW_CHAT: &str = "New conversation";
/// Field.
pub const MESSAGE: &str = "Message";
/// Placeholder.
pub const MESSAGE_HINT: &str = "Write a text…";
/// Field.
pub const TO: &str = "To";
/// Placeholder.
pub const TO_HINT: &str = "Name or number";
/// Button.
pub const SEND: &str = "Send";
/// Button of a failed text.
pub const RETRY: &str = "Retry";
/// Button of a doubtful text.
pub const SEND_AGAIN: &str = "Send again";
/// Button of a queued text.
pub const CANCEL: &str = "Cancel sending";
/// Menu entry.
pub const COPY_TEXT: &str = "Copy text";
/// Menu entry.
pub const DELETE_TEXT: &str = "Delete text";
/// Menu entry.
pub const DELETE_CHAT: &str = "Delete conversation";
/// Before deleting a conversation.
pub const DELETE_CHAT_ASK: &str = "Delete all texts of this conversation?";
/// Button.
pub const OLDER: &str = "Show older";
/// Empty conversation.
pub const EMPTY_CHAT: &str = "Nothing here yet";
/// Empty conversation.
pub const EMPTY_CHAT_WHY: &str = "Write the first text below, or call";
/// Empty list.
pub const NO_CHATS: &str = "No texts yet";
/// Empty list.
pub const NO_CHATS_WHY: &str = "Texts you send and receive appear here";
/// The start page with a modem.
pub const START: &str = "Ready for a text";
/// The start page with a modem.
pub const START_WHY: &str = "Pick somebody on the left, or type a name or number above";
/// Heading of found texts.
pub const FOUND: &str = "Texts";
/// A sender who can't be answered.
pub const NO_REPLY: &str = "This sender can’t be answered by text";
/// Why Send does nothing.
pub const WRITE_FIRST: &str = "Write something first";
/// Why Send does nothing.
pub const NO_RECIPIENT: &str = "Say to whom first";
/// Under a text that can't be decoded.
pub const UNDECODABLE: &str = "Copy the raw message";
/// Before a draft in the list.
pub const DRAFT: &str = "Draft: ";
/// Button that opens the contact.
pub const OPEN_CONTACT: &str = "Open contact";
/// Longer than fits on the screen.
pub const SHOW_ALL: &str = "Show all";

/// The state under the last of my texts.
pub fn delivery(delivery: &Delivery) -> String {
    match delivery {
        Delivery::Received(count) if count.total > count.done => {
            format!("Part missing: {} of {} received", count.done, count.total)
        }
        Delivery::Received(_) => String::new(),
        Delivery::Scheduled(_) => "Scheduled".to_owned(),
        Delivery::Retrying(_) => "Will be tried again".to_owned(),
        Delivery::Queued => "Queued".to_owned(),
        Delivery::Sending(count) if count.total > 1 => {
            format!("Sending {} of {}", (count.done + 1).min(count.total), count.total)
        }
        Delivery::Sending(_) => "Sending…".to_owned(),
        Delivery::Sent => "Sent".to_owned(),
        Delivery::Delivered => "Delivered".to_owned(),
        Delivery::Failed(_) => "Not sent".to_owned(),
        Delivery::Unknown(_) => "May have been sent".to_owned(),
    }
}

/// The state under one of my texts, with times and counts.
pub fn state(message: &TextMessage, now: WallTime) -> String {
    match &message.delivery {
        Delivery::Scheduled(at) => {
            format!("Scheduled for {}", super::sending::moment(*at, now))
        }
        Delivery::Retrying(retry) => {
            let again = super::sending::in_sentence(retry.at, now);
            format!("Will be tried again {again}, after attempt {}", retry.attempts)
        }
        Delivery::Sent if message.delivered_segments > 0 => {
            format!("Delivered {} of {}", message.delivered_segments, message.segments)
        }
        other => delivery(other),
    }
}

/// What a text waits for that only another modem may send; `None` if the one in use may.
pub fn waits_for(message: &TextMessage, in_use: Option<Carrier>) -> Option<&'static str> {
    let waits = matches!(
        message.delivery,
        Delivery::Queued | Delivery::Scheduled(_) | Delivery::Retrying(_)
    );
    let wanted = message.options.carrier;
    let other = waits && in_use.is_some_and(|in_use| in_use != wanted);
    other.then_some(match wanted {
        Carrier::Modem => "waits for a real modem",
        Carrier::Demo => "waits for the Demo modem",
        Carrier::Recording => "waits for a recording",
    })
}

/// The word on the send button.
pub fn send(texts: usize) -> String {
    if texts <= 1 { SEND.to_owned() } else { format!("Send {texts} texts") }
}

/// The line under the composer.
pub fn counter(info: &SegmentInfo) -> String {
    let texts = format::count(info.segments, "text", "texts");
    let place = format!("{} of {}", info.used_in_last, info.capacity);
    let encoding = super::sending::encoding(info);
    let culprit = info.forced_by.map(character);
    match culprit.filter(|_| info.alphabet == Alphabet::Ucs2) {
        None if info.used_in_last == 0 => format!("{encoding} · {place}"),
        None => format!("{encoding} · {place} · {texts}"),
        Some(culprit) if info.segments > info.segments_if_gsm7 => {
            format!("Unicode because of {culprit}: {texts} instead of {}", info.segments_if_gsm7)
        }
        Some(culprit) => format!("Unicode because of {culprit} · {place} · {texts}"),
    }
}

/// Characters that can't be seen, by name.
const INVISIBLE: [(char, &str); 12] = [
    ('\u{9}', "a tab"),
    ('\u{A0}', "a non-breaking space"),
    ('\u{AD}', "a soft hyphen"),
    ('\u{2009}', "a thin space"),
    ('\u{200B}', "a zero-width space"),
    ('\u{200C}', "a zero-width non-joiner"),
    ('\u{200D}', "a zero-width joiner"),
    ('\u{200E}', "a left-to-right mark"),
    ('\u{200F}', "a right-to-left mark"),
    ('\u{202F}', "a narrow non-breaking space"),
    ('\u{2060}', "a word joiner"),
    ('\u{FEFF}', "a zero-width non-breaking space"),
];

/// A character in quotation marks; one that can't be seen by its name, or else its number.
fn character(character: char) -> String {
    if let Some((_, name)) = INVISIBLE.iter().find(|(known, _)| *known == character) {
        return (*name).to_owned();
    }
    let shown = crate::ui::safe_text::line(&character.to_string(), 2);
    match shown.trim().is_empty() {
        true => format!("U+{:04X}", u32::from(character)),
        false => format!("“{shown}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_names_the_culprit_and_the_price() {
        let mut info = SegmentInfo {
            alphabet: Alphabet::Gsm7,
            segments: 1,
            used_in_last: 34,
            capacity: 160,
            forced_by: None,
            segments_if_gsm7: 1,
            tables: (0, 0),
        };
        assert_eq!(counter(&info), "GSM-7 · 34 of 160 · 1 text");
        info.used_in_last = 0;
        assert_eq!(counter(&info), "GSM-7 · 0 of 160", "nothing is typed: no text yet");
        info.alphabet = Alphabet::Ucs2;
        info.forced_by = Some('ł');
        (info.segments, info.used_in_last, info.capacity) = (2, 20, 67);
        assert_eq!(counter(&info), "Unicode because of “ł”: 2 texts instead of 1");
        info.segments_if_gsm7 = 2;
        assert_eq!(counter(&info), "Unicode because of “ł” · 20 of 67 · 2 texts");
        info.forced_by = Some('\u{200C}');
        assert_eq!(
            counter(&info),
            "Unicode because of a zero-width non-joiner · 20 of 67 · 2 texts"
        );
        info.forced_by = Some('\u{2003}');
        assert_eq!(counter(&info), "Unicode because of U+2003 · 20 of 67 · 2 texts");
        assert_eq!(send(1), "Send");
        assert_eq!(send(2), "Send 2 texts");
    }
}
