//! One stored text as the modem shows it, in PDU mode and in text mode, and whether it is whole.

use super::super::exchange::looks_like_pdu;
use super::super::text_body::is_known;
use super::super::text_mode::{self, key};
use crate::at::Charset;
use crate::at::response::cmgl::MessageStatus;
use crate::at::response::text_mode::TextHeader;
use crate::sms::{self, Incoming};

/// No text has more octets, in whatever form.
const LONGEST: usize = 1000;

/// A stored text as the modem gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub status: MessageStatus,
    /// `<length>`: octets of the TPDU.
    pub length: Option<u16>,
    /// The PDU; in text mode what the text is known by.
    pub pdu: String,
    /// The header and the text of text mode.
    pub text: Option<(TextHeader, String)>,
}

impl Row {
    /// Of PDU mode. Some modems write blanks between the octets, or quotes around them.
    pub fn of_pdu(status: MessageStatus, length: Option<u16>, pdu: &str) -> Self {
        Row { status, length, pdu: bare(pdu), text: None }
    }

    /// Of text mode.
    pub fn of_text(header: TextHeader, body: String) -> Self {
        Row {
            status: header.status.unwrap_or(MessageStatus::Unknown),
            length: None,
            pdu: key(&header, &body),
            text: Some((header, body)),
        }
    }

    /// The modem doesn't tell where it ends.
    pub fn is_unsure(&self, charset: Charset) -> bool {
        let text = self.text.as_ref();
        text.is_some_and(|(header, _)| header.length.is_none() && charset != Charset::Ucs2)
    }

    /// `+CMGR` tells no more of it than the list does: it is a draft or sent from here, or the
    /// modem doesn't know the longer headers, but says in its manner where a text ends.
    pub fn is_all_told(&self, charset: Charset) -> bool {
        let ours = matches!(self.status, MessageStatus::StoredUnsent | MessageStatus::StoredSent);
        let short = self.text.as_ref().is_some_and(|(header, _)| header.length.is_none());
        ours || short && !self.is_unsure(charset)
    }

    /// In text mode: its header says when it was sent.
    pub fn is_dated(&self) -> bool {
        self.text.as_ref().is_some_and(|(header, _)| !header.scts.is_empty())
    }

    /// Lines of it may be the modem's own.
    pub fn is_odd(&self, charset: Charset) -> bool {
        let Some((header, body)) = &self.text else { return false };
        let long = body.len() > LONGEST;
        let report = header.report.is_some() && !body.is_empty();
        self.is_unsure(charset) && (long || report || body.lines().any(is_known))
    }

    /// What the modem may have said in between.
    pub fn lines_not_in(&self, other: &Row) -> Vec<String> {
        let lines = |row: &Row| -> Vec<String> {
            let body = row.text.as_ref().map(|(_, body)| body.as_str()).unwrap_or_default();
            body.lines().map(str::to_owned).collect()
        };
        let mut theirs = lines(other);
        let mut ours = lines(self);
        ours.retain(|line| match theirs.iter().position(|their| their == line) {
            Some(at) => {
                theirs.remove(at);
                false
            }
            None => true,
        });
        ours
    }

    pub fn is_complete(&self, charset: Charset) -> bool {
        match &self.text {
            Some((header, body)) => !text_mode::damaged(header, body, charset),
            None => complete(&self.pdu, self.length),
        }
    }
}

/// It says when it was sent: the same octets are the same text then, and otherwise may be the same
/// words said again.
pub(super) fn dated(pdu: &str) -> bool {
    match octets(pdu).map(|octets| sms::decode_incoming(&octets)) {
        Some(Ok(Incoming::Text(text))) => text.sent_at.is_some(),
        _ => false,
    }
}

/// A PDU without what is not of it.
pub(super) fn bare(pdu: &str) -> String {
    pdu.chars().filter(|c| !c.is_whitespace() && *c != '"').collect()
}

/// All octets are there: hex throughout, and as many as the modem said.
pub(super) fn complete(pdu: &str, length: Option<u16>) -> bool {
    let Some(octets) = octets(pdu) else { return false };
    let Some(length) = length.map(usize::from) else { return looks_like_pdu(pdu) };
    let smsc = octets.first().map_or(0, |count| usize::from(*count) + 1);
    // Some modems count the SMSC's octets, and some leave them out altogether.
    octets.len() == smsc + length || octets.len() == length
}

/// A modem that leaves the SMSC's octets out altogether gets "none" in their place.
pub(super) fn with_smsc(mut octets: Vec<u8>, length: Option<u16>) -> Vec<u8> {
    let counted = length.is_some_and(|length| octets.len() == usize::from(length));
    // What tells them apart: an address has at most 20 digits, and bit 7 of its type is set
    // (23.040 §9.1.2.5). In a report it stands one octet later, behind TP-MR.
    let is_address = |length: u8, kind: u8| length <= 20 && kind & 0x80 != 0;
    let left_out = match octets.get(..4) {
        Some(&[first, reference, length, kind]) if first & 3 == 2 => {
            !matches!(reference, 0x81 | 0x91) && is_address(length, kind)
        }
        Some(&[_, length, kind, _]) => is_address(length, kind),
        _ => false,
    };
    if counted && left_out {
        octets.insert(0, 0);
    }
    octets
}

/// The octets of a hex line; `None` if it is none.
pub(super) fn octets(pdu: &str) -> Option<Vec<u8>> {
    if pdu.is_empty() || !pdu.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    pdu.as_bytes()
        .chunks(2)
        .map(|pair| {
            let (high, low) = (digit(*pair.first()?)?, digit(*pair.get(1)?)?);
            u8::try_from(high * 16 + low).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdu_with_octets_lost_is_not_complete() {
        // The deliver PDU of the 27.005 text: SMSC of 7 octets, then the TPDU.
        let pdu = "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07";
        let tpdu = u16::try_from(pdu.len() / 2 - 8).unwrap();
        assert!(complete(pdu, Some(tpdu)));
        assert!(!complete(&pdu[..pdu.len() - 2], Some(tpdu)));
        assert!(!complete(&pdu[..pdu.len() - 1], Some(tpdu)));
        let spaced = format!("\"{} {}\"", &pdu[..8], &pdu[8..]);
        let row = Row::of_pdu(MessageStatus::ReceivedUnread, Some(tpdu), &spaced);
        assert!(row.is_complete(Charset::Gsm));
        assert_eq!(row.pdu, pdu);
        assert!(dated(pdu));
        // The same without a time stamp.
        assert!(!dated(&pdu.replace("20806291731408", "00000000000000")));
        assert!(!complete("hello", None));
        assert!(!complete("", Some(0)));
    }
}
