//! `+CMGL`: the list of stored messages (3GPP TS 27.005 §3.4.2 text mode, §4.1 PDU mode).

use super::{MAX_ENTRIES, after};
use crate::at::Arguments;

/// `<stat>` of a stored message, as a number in PDU mode and as a word in text mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageStatus {
    /// 0, `REC UNREAD`.
    ReceivedUnread,
    /// 1, `REC READ`.
    ReceivedRead,
    /// 2, `STO UNSENT`.
    StoredUnsent,
    /// 3, `STO SENT`.
    StoredSent,
    /// Anything else.
    Unknown,
}

/// The line before a PDU or a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CmglHeader {
    /// `<index>`.
    pub index: u16,
    /// `<stat>`.
    pub status: MessageStatus,
    /// `<length>`: octets of the TPDU without the SMSC; `None` in text mode.
    pub length: Option<u16>,
    /// The PDU, from a modem that puts it on the same line.
    pub pdu: Option<String>,
}

/// A message of the list with its body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredMessage {
    /// The header.
    pub header: CmglHeader,
    /// What followed it: the PDU in hexadecimal digits, or the text in text mode. Empty if nothing
    /// did.
    pub body: String,
}

impl MessageStatus {
    /// Reads `<stat>`, number or word.
    pub(super) fn read(arguments: &mut Arguments<'_>) -> Option<Self> {
        let raw = arguments.string()?;
        Some(match raw.trim().to_ascii_uppercase().as_str() {
            "0" | "REC UNREAD" => MessageStatus::ReceivedUnread,
            "1" | "REC READ" => MessageStatus::ReceivedRead,
            "2" | "STO UNSENT" => MessageStatus::StoredUnsent,
            "3" | "STO SENT" => MessageStatus::StoredSent,
            word if word.is_empty() || word.starts_with('(') => return None,
            _ => MessageStatus::Unknown,
        })
    }
}

/// Reads one line, `+CMGL: 3,1,,147` or (without `<alpha>`) `+CMGL: 17,3,35`; the PDU follows on
/// the next.
pub fn parse(line: &str) -> Option<CmglHeader> {
    let mut arguments = Arguments::new(after(line, "+CMGL")?);
    let index = arguments.number()?;
    let status = MessageStatus::read(&mut arguments)?;
    let (length, pdu) = length_and_pdu(arguments);
    Some(CmglHeader { index, status, length, pdu })
}

/// All messages of a block. Lines before the first header are left out.
pub fn parse_block<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<StoredMessage> {
    let mut messages: Vec<StoredMessage> = Vec::new();
    for line in lines {
        if let Some(mut header) = parse(line) {
            if messages.len() == MAX_ENTRIES {
                break;
            }
            let body = header.pdu.take().unwrap_or_default();
            messages.push(StoredMessage { header, body });
        } else if let Some(last) = messages.last_mut() {
            if !last.body.is_empty() {
                last.body.push('\n');
            }
            last.body.push_str(line);
        }
    }
    messages
}

/// `<length>`, which may have `<alpha>` before it, and a PDU behind it on the same line.
pub(super) fn length_and_pdu(mut arguments: Arguments<'_>) -> (Option<u16>, Option<String>) {
    let mut fields = Vec::new();
    while let Some(raw) = arguments.raw() {
        if fields.len() == 3 {
            // Text mode: number, name and time stand here.
            return (None, None);
        }
        fields.push(raw);
    }
    let Some(last) = fields.last() else { return (None, None) };
    let (length, pdu) = last.split_once(' ').unwrap_or((last, ""));
    let pdu = pdu.trim();
    let hex = !pdu.is_empty() && pdu.bytes().all(|byte| byte.is_ascii_hexdigit());
    (length.trim().parse().ok(), hex.then(|| pdu.to_owned()))
}
