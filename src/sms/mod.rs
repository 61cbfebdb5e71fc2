//! The text-message codec: 3GPP TS 23.040 (TPDUs), 23.038 (alphabets) and the PDU mode of 27.005.
//!
//! This page is the façade the rest of the program uses; the modules hold the fields of the
//! specification one by one.

mod address;
mod dcs;
mod deliver;
mod error;
pub mod gsm7;
mod hex;
mod pdu;
mod reader;
mod scts;
mod segment;
mod status;
mod status_report;
mod submit;
mod tpdu;
mod ucs2;
mod user_data;
mod user_data_header;
mod validity_period;

#[cfg(test)]
mod tests;

pub use address::{Address, TypeOfNumber};
pub use dcs::{Coding, Dcs, MessageWaiting, WaitingKind};
pub use deliver::SmsDeliver;
pub use error::{DecodeError, EncodeError};
pub use hex::{from_hex, to_hex, to_hex_into};
pub use pdu::Pdu;
pub use scts::Timestamp;
pub use status::{Outcome, Status};
pub use status_report::SmsStatusReport;
pub use submit::SmsSubmit;
pub use tpdu::Tpdu;
pub use ucs2::join as join_utf16;
pub use user_data::UserData;
pub use user_data_header::{InformationElement, Ports, UserDataHeader};
pub use validity_period::ValidityPeriod;

use crate::clock::WallTime;

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
#[derive(Clone, PartialEq, Eq, Debug)]
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
    /// TP-DT.
    pub discharged_at: Option<WallTime>,
}

/// One segment ready for `+CMGS` in PDU mode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EncodedSegment {
    /// SMSC octets and TPDU.
    pub pdu: Vec<u8>,
    /// TPDU octets, the parameter of `+CMGS`.
    pub tpdu_octets: usize,
}

/// The alphabet a text will be sent in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alphabet {
    /// GSM 7-bit default alphabet with its extension table.
    Gsm7,
    /// UCS-2, in fact UTF-16.
    Ucs2,
}

/// What the composer shows under the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SegmentInfo {
    /// Which alphabet will be used.
    pub alphabet: Alphabet,
    /// Segments needed; 1 for an empty text.
    pub segments: usize,
    /// Septets (GSM 7-bit) or UTF-16 units in the last segment.
    pub used_in_last: usize,
    /// Septets or units a segment can hold at this number of segments (160/153, 70/67).
    pub capacity: usize,
    /// The first character that forces UCS-2.
    pub forced_by: Option<char>,
    /// How many segments it would be if everything fitted GSM 7-bit.
    pub segments_if_gsm7: usize,
}

/// How to send.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SubmitOptions {
    /// TP-SRR.
    pub status_report: bool,
    /// Concatenation reference for long texts.
    pub concat_reference: u8,
}

/// Decodes what `+CMGR`, `+CMGL`, `+CMT` or `+CDS` delivered: SMSC octets and TPDU.
pub fn decode_incoming(pdu: &[u8]) -> Result<Incoming, DecodeError> {
    Ok(match Pdu::decode(pdu)?.tpdu {
        Tpdu::Deliver(deliver) => Incoming::Text(deliver.into()),
        Tpdu::StatusReport(report) => Incoming::Report(report.into()),
        Tpdu::Submit(_) => Incoming::Stored,
    })
}

impl From<SmsDeliver> for IncomingText {
    fn from(deliver: SmsDeliver) -> IncomingText {
        let data = &deliver.user_data;
        let coding = data.dcs().coding();
        IncomingText {
            from: deliver.originating_address.to_string(),
            sent_at: deliver.scts.wall_time(),
            text: data.text(),
            utf16: data.utf16(),
            class: data.dcs().class(),
            concat: data.concat(),
            binary: matches!(coding, Coding::Data8 | Coding::Compressed),
        }
    }
}

impl From<SmsStatusReport> for IncomingReport {
    fn from(report: SmsStatusReport) -> IncomingReport {
        IncomingReport {
            reference: report.message_reference,
            recipient: report.recipient_address.to_string(),
            status: report.status.into(),
            discharged_at: report.discharge_time.wall_time(),
        }
    }
}

/// Cuts a text into segments and encodes each as SMS-SUBMIT.
pub fn encode_submit(
    to: &str,
    text: &str,
    options: &SubmitOptions,
) -> Result<Vec<EncodedSegment>, EncodeError> {
    let destination = Address::from_number(to)?;
    let segments = segment::encode(text, options.concat_reference)?;
    let encode = |user_data| {
        let mut submit = SmsSubmit::new(destination, user_data);
        submit.status_report_request = options.status_report;
        Pdu::from(Tpdu::Submit(submit)).encode()
    };
    Ok(segments.map(encode).collect())
}

/// Counts segments for the composer; cheap enough to call for every key typed.
pub fn count_segments(text: &str) -> SegmentInfo {
    segment::count(text)
}
