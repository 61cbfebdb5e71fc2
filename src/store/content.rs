//! What kind of text came in, and what of it is shown.

use crate::phone::MessageKind;
use crate::sms::IncomingText;

/// The application port of contact cards (vCard), with 16-bit addresses (23.040 §9.2.3.24.4).
const CONTACT_CARD_PORT: u16 = 9204;

/// What kind of text it is.
pub(super) fn kind(text: &IncomingText) -> MessageKind {
    if !text.unreadable.is_empty() {
        MessageKind::Unreadable
    } else if text.ports.is_some_and(|ports| ports.destination == CONTACT_CARD_PORT) {
        MessageKind::ContactCard
    } else if text.binary {
        MessageKind::Data
    } else if !text.indications.is_empty() {
        MessageKind::Waiting
    } else {
        match text.class {
            Some(0) => MessageKind::Flash,
            Some(2) => MessageKind::OnSim,
            _ => MessageKind::Text,
        }
    }
}

/// The words of a text that came in one part.
pub(super) fn words(text: &IncomingText, kind: MessageKind) -> String {
    let words = match (kind, &text.data) {
        (MessageKind::Unreadable, _) => return unreadable(text),
        (_, Some(data)) => read_data(data, kind),
        (_, None) if text.binary && text.text.is_empty() => "Data, not text".to_owned(),
        (_, None) => text.text.clone(),
    };
    if text.is_cut { format!("{words}[the rest is missing]") } else { words }
}

fn unreadable(text: &IncomingText) -> String {
    if text.text.is_empty() {
        format!("This text could not be read: {}", text.unreadable)
    } else {
        text.text.clone()
    }
}

/// 8-bit data in words, if it is that: UTF-8 without control characters, or a contact card in
/// Latin-1; else hex digits.
pub(super) fn read_data(data: &[u8], kind: MessageKind) -> String {
    let card = kind == MessageKind::ContactCard;
    match std::str::from_utf8(data) {
        Ok(words) if card || words.chars().all(is_plain) => words.to_owned(),
        _ if card => data.iter().copied().map(char::from).collect(),
        _ => hex(data),
    }
}

fn is_plain(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

/// Octets as hex digits.
pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}
