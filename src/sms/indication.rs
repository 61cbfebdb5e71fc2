//! Message-waiting indications of a text, from TP-DCS, TP-PID and the header (3GPP TS 23.038 §4,
//! 23.040 §9.2.3.9 and §9.2.3.24.2), and from the sender's address, where CPHS has them.

use super::address::Address;
use super::pid::Pid;
use super::user_data::UserData;
use super::user_data_header::SpecialIndication;

/// What waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitingKind {
    /// 00.
    Voicemail,
    /// 01.
    Fax,
    /// 10.
    Email,
    /// 11, and video mail.
    Other,
}

impl WaitingKind {
    /// Bits 1–0 of TP-DCS or of the header's indication.
    pub(super) fn from_bits(bits: u8) -> WaitingKind {
        match bits & 3 {
            0 => WaitingKind::Voicemail,
            1 => WaitingKind::Fax,
            2 => WaitingKind::Email,
            _ => WaitingKind::Other,
        }
    }

    /// What waits, in words.
    pub fn words(self) -> &'static str {
        match self {
            WaitingKind::Voicemail => "voice mail",
            WaitingKind::Fax => "fax",
            WaitingKind::Email => "e-mail",
            WaitingKind::Other => "other messages",
        }
    }
}

/// One message-waiting indication (23.038 §4, 23.040 §9.2.3.24.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Indication {
    /// What waits.
    pub kind: WaitingKind,
    /// How many: 0 when none waits any more, `None` when the number isn't told.
    pub count: Option<u8>,
    /// The text shall be kept beside the mark; false: the mark is all there is to show.
    pub keep: bool,
}

/// All indications of a text. Where TP-DCS and the header speak of the same, the header is right,
/// since it counts; the text is kept if either wants it kept (§9.2.3.24.2).
#[inline]
pub(super) fn indications(sender: &Address, pid: Pid, data: &UserData) -> Vec<Indication> {
    let mut found: Vec<Indication> = Vec::new();
    if let Some(header) = data.header() {
        for special in header.special_indications() {
            let SpecialIndication { kind, count, keep, .. } = special;
            // The last of several of a kind counts, as for all elements.
            found.retain(|indication| indication.kind != kind);
            found.push(Indication { kind, count: Some(count), keep });
        }
    }
    let mark = data.dcs().message_waiting();
    if let Some(mark) = mark
        && !found.iter().any(|indication| indication.kind == mark.kind)
    {
        let count = if mark.active { None } else { Some(0) };
        found.push(Indication { kind: mark.kind, count, keep: !mark.discard });
    }
    if let Some(set) = sender.voicemail_mark()
        && found.is_empty()
    {
        // Such a text is a single space if there is nothing to keep.
        let keep = !data.text().trim().is_empty();
        let count = if set { None } else { Some(0) };
        found.push(Indication { kind: WaitingKind::Voicemail, count, keep });
    }
    if pid == Pid::RETURN_CALL && found.is_empty() {
        // “A call can be established to the address in TP-OA”: a mailbox that asks to be called.
        found.push(Indication { kind: WaitingKind::Voicemail, count: None, keep: true });
    }
    let keep = mark.is_some_and(|mark| !mark.discard) || found.iter().any(|other| other.keep);
    for indication in &mut found {
        indication.keep = keep;
    }
    found
}
