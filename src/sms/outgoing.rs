//! A person's text → what `+CMGS` sends, and what the composer shows of it while it is typed
//! (3GPP TS 23.040 §9.2.2.2).

use std::ops::Range;
use std::time::Duration;

use super::address::Address;
use super::error::EncodeError;
use super::pdu::Pdu;
use super::plain;
use super::segment;
use super::submit::SmsSubmit;
use super::validity_period::ValidityPeriod;

/// How texts are put into segments: the user's choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Encoding {
    /// National language tables (23.038 §6.2.1) where they make fewer segments.
    pub national_tables: bool,
    /// 16-bit concatenation references (23.040 §9.2.3.24.8).
    pub wide_reference: bool,
}

/// A text in which every character that forces UCS-2 is replaced by a plain one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainText {
    /// The text.
    pub text: String,
    /// Segments it needs.
    pub segments: usize,
    /// What was replaced by what, each pair once, in order.
    pub replaced: Vec<(String, String)>,
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
    /// GSM 7-bit default alphabet with its extension table, or national language tables.
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
    /// Septets or units a segment can hold at this number of segments (160/153, 70/67; a little
    /// less with national tables or wide references).
    pub capacity: usize,
    /// The first character that forces UCS-2.
    pub forced_by: Option<char>,
    /// How many segments it would be if everything fitted GSM 7-bit.
    pub segments_if_gsm7: usize,
    /// The national tables that are used, single shift and locking shift (23.038 §6.2.1.2.4); 0 is
    /// the default table.
    pub tables: (u8, u8),
}

/// How to send.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SubmitOptions {
    /// TP-SRR.
    pub status_report: bool,
    /// Concatenation reference for long texts; its low 8 bits unless references are wide.
    pub concat_reference: u16,
    /// How the text is coded.
    pub encoding: Encoding,
    /// Class 0.
    pub flash: bool,
    /// TP-VP in the relative form, rounded up to what it can say; 5 minutes to 63 weeks.
    pub validity: Option<Duration>,
    /// The centre in front of the TPDU; empty: the SIM's.
    pub smsc: String,
}

/// Cuts a text into segments and encodes each as SMS-SUBMIT.
pub fn encode_submit(
    to: &str,
    text: &str,
    options: &SubmitOptions,
) -> Result<Vec<EncodedSegment>, EncodeError> {
    let destination = Address::from_number(to)?;
    let smsc = centre(&options.smsc)?;
    let (reference, encoding) = (options.concat_reference, options.encoding);
    let segments = segment::encode(text, reference, encoding, options.flash)?;
    let validity_period = options.validity.map(ValidityPeriod::at_least).unwrap_or_default();
    let encode = |user_data| {
        let mut submit = SmsSubmit::new(destination, user_data);
        submit.status_report_request = options.status_report;
        submit.validity_period = validity_period;
        let mut pdu = Vec::with_capacity(Pdu::CAPACITY);
        Address::write_smsc(smsc.as_ref(), &mut pdu);
        let smsc_octets = pdu.len();
        submit.write(&mut pdu);
        EncodedSegment { tpdu_octets: pdu.len() - smsc_octets, pdu }
    };
    Ok(segments.map(encode).collect())
}

/// The number of a text centre; none if there is nothing.
fn centre(number: &str) -> Result<Option<Address>, EncodeError> {
    if number.is_empty() {
        return Ok(None);
    }
    Address::from_number(number).map(Some).map_err(|_| EncodeError::BadCentre(number.to_owned()))
}

/// Counts segments for the composer; cheap enough to call for every key typed.
pub fn count_segments(text: &str, encoding: Encoding) -> SegmentInfo {
    segment::count(text, encoding)
}

/// The grapheme clusters that force UCS-2, as octets of UTF-8, in order, at most 10,000; none if
/// nothing does. With national tables: those that the nearest pair of tables lacks.
pub fn forcing_clusters(text: &str, encoding: Encoding) -> Vec<Range<usize>> {
    segment::forcing_clusters(text, encoding)
}

/// The text with everything replaced that forces UCS-2; `None` if nothing does, or if something
/// has no plain form.
pub fn plain_text(text: &str, encoding: Encoding) -> Option<PlainText> {
    plain::plain_text(text, encoding)
}
