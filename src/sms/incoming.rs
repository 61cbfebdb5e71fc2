//! What a received PDU says, as far as a person cares (3GPP TS 23.040 §9.2.2.1, §9.2.2.3).

use super::address::Address;
use super::dcs::Coding;
use super::deliver::SmsDeliver;
use super::error::DecodeError;
use super::indication::{Indication, indications};
use super::pdu::Pdu;
use super::pid::Pid;
use super::status_report::SmsStatusReport;
use super::tpdu::Tpdu;
use super::user_data_header::{Ports, UserDataHeader};
use crate::clock::WallTime;

/// Why there is no text to read in a compressed one.
const COMPRESSED: &str = "compressed (3GPP TS 23.042)";

/// What a received PDU says, as far as a person cares. Made by [`decode_incoming`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Incoming {
    /// SMS-DELIVER: a text, or one segment of a long one.
    Text(IncomingText),
    /// SMS-STATUS-REPORT: what became of a text of ours.
    Report(IncomingReport),
    /// SMS-SUBMIT found in the modem's storage: a text somebody sent or saved with it. Not
    /// received; left alone.
    Stored,
}

/// One SMS-DELIVER.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IncomingText {
    /// TP-OA: number with `+` if international, or the alphanumeric sender.
    pub from: String,
    /// TP-SCTS.
    pub sent_at: Option<WallTime>,
    /// This segment's text (UTF-16 is decoded per segment only when it stands alone: join
    /// [`IncomingText::utf16`] first).
    pub text: String,
    /// For UCS-2 segments, the raw UTF-16 units, so that a surrogate pair cut between segments can
    /// be joined.
    pub utf16: Option<Vec<u16>>,
    /// Message class 0–3.
    pub class: Option<u8>,
    /// Place in a long message.
    pub concat: Option<Concat>,
    /// 8-bit data, not text: shown as such.
    pub binary: bool,
    /// The centre it came from, `+` if international; empty if the modem left it out.
    pub smsc: String,
    /// TP-PID 0x41–0x47 (23.040 §9.2.3.9): takes the place of the last text with the same number
    /// 1–7 from the same sender and centre.
    pub replaces: Option<u8>,
    /// TP-PID 0x40, short message type 0: to be acknowledged and neither shown nor kept.
    pub silent: bool,
    /// Message-waiting indications, from TP-DCS, TP-PID, TP-UDH and, as CPHS has it, TP-OA.
    pub indications: Vec<Indication>,
    /// Application ports (23.040 §9.2.3.24.3, .4).
    pub ports: Option<Ports>,
    /// The octets of 8-bit data without the header.
    pub data: Option<Vec<u8>>,
    /// The PDU ended before TP-UD was whole: the text is what there is of it.
    pub is_cut: bool,
    /// Why there is no text to read: compressed (23.042). Empty if there is.
    pub unreadable: &'static str,
}

/// Place of a segment in a long message (23.040 §9.2.3.24.1, .8).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Concat {
    /// Reference, 8 or 16 bits.
    pub reference: u16,
    /// 16-bit reference.
    pub wide: bool,
    /// Number of segments, 1–255.
    pub parts: u8,
    /// This one, 1–`parts`.
    pub part: u8,
}

/// One SMS-STATUS-REPORT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IncomingReport {
    /// TP-MR of the segment it speaks of.
    pub reference: u8,
    /// TP-RA.
    pub recipient: String,
    /// TP-ST (23.040 §9.2.3.15).
    pub status: u8,
    /// TP-SCTS: when the centre got the text.
    pub sent_at: Option<WallTime>,
    /// TP-DT.
    pub discharged_at: Option<WallTime>,
}

/// Decodes what `+CMGR`, `+CMGL`, `+CMT` or `+CDS` delivered: SMSC octets and TPDU.
pub fn decode_incoming(pdu: &[u8]) -> Result<Incoming, DecodeError> {
    Ok(Pdu::decode(pdu)?.into())
}

/// [`decode_incoming`] with the length that the modem named, for modems that leave the SMSC octets
/// out; see [`Pdu::decode_with_length`].
pub fn decode_incoming_with_length(
    pdu: &[u8],
    tpdu_octets: usize,
) -> Result<Incoming, DecodeError> {
    Ok(Pdu::decode_with_length(pdu, tpdu_octets)?.into())
}

impl From<Pdu> for Incoming {
    #[inline]
    fn from(pdu: Pdu) -> Incoming {
        match &pdu.tpdu {
            Tpdu::Deliver(deliver) => Incoming::Text(text(pdu.smsc.as_ref(), deliver)),
            Tpdu::StatusReport(report) => Incoming::Report(report.into()),
            Tpdu::Submit(_) | Tpdu::DeliverReport(_) | Tpdu::SubmitReport(_) | Tpdu::Command(_) => {
                Incoming::Stored
            }
        }
    }
}

#[inline]
fn text(smsc: Option<&Address>, deliver: &SmsDeliver) -> IncomingText {
    let data = &deliver.user_data;
    let (coding, pid) = (data.dcs().coding(), Pid::from(deliver.pid));
    let binary = matches!(coding, Coding::Data8 | Coding::Compressed);
    let compressed = coding == Coding::Compressed;
    IncomingText {
        from: deliver.originating_address.text(),
        sent_at: deliver.scts.wall_time(),
        text: if compressed { String::new() } else { data.text() },
        utf16: data.utf16(),
        class: data.dcs().class(),
        concat: data.concat(),
        binary,
        smsc: smsc.map(Address::text).unwrap_or_default(),
        replaces: pid.replaces(),
        silent: pid.is_silent(),
        indications: indications(&deliver.originating_address, pid, data),
        ports: data.header().and_then(UserDataHeader::ports),
        data: binary.then(|| data.payload().to_vec()),
        is_cut: data.is_cut(),
        unreadable: if compressed { COMPRESSED } else { "" },
    }
}

impl From<SmsDeliver> for IncomingText {
    /// The text without a centre.
    fn from(deliver: SmsDeliver) -> IncomingText {
        text(None, &deliver)
    }
}

impl From<&SmsStatusReport> for IncomingReport {
    fn from(report: &SmsStatusReport) -> IncomingReport {
        IncomingReport {
            reference: report.message_reference,
            recipient: report.recipient_address.text(),
            status: report.status.into(),
            sent_at: report.scts.wall_time(),
            discharged_at: report.discharge_time.wall_time(),
        }
    }
}

impl From<SmsStatusReport> for IncomingReport {
    fn from(report: SmsStatusReport) -> IncomingReport {
        (&report).into()
    }
}
