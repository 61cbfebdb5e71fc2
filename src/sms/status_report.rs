//! SMS-STATUS-REPORT: what became of a text sent earlier (3GPP TS 23.040 §9.2.2.3).

use super::EncodeError;
use super::address::Address;
use super::error::DecodeError;
use super::parameters::Parameters;
use super::reader::Reader;
use super::scts::Timestamp;
use super::status::Status;
use super::user_data::UserData;
use crate::clock::WallTime;

/// One SMS-STATUS-REPORT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsStatusReport {
    /// TP-MMS, read the right way round: more messages wait in the centre (§9.2.3.2).
    pub more_messages: bool,
    /// TP-LP (§9.2.3.28).
    pub loop_prevention: bool,
    /// TP-SRQ: it answers an SMS-COMMAND, not an SMS-SUBMIT (§9.2.3.26).
    pub answers_command: bool,
    /// TP-MR of the text it speaks of (§9.2.3.6).
    #[doc(alias = "TP-MR")]
    pub message_reference: u8,
    /// TP-RA: whom that text was for (§9.2.3.14).
    #[doc(alias = "TP-RA")]
    pub recipient_address: Address,
    /// TP-SCTS: when the centre got that text (§9.2.3.11).
    pub scts: Timestamp,
    /// TP-DT: when it was delivered, or last tried (§9.2.3.13).
    #[doc(alias = "TP-DT")]
    pub discharge_time: Timestamp,
    /// TP-ST (§9.2.3.15).
    #[doc(alias = "TP-ST")]
    pub status: Status,
    /// TP-PI and what it announces, if the report has it.
    pub parameters: Option<Parameters>,
    /// Bits of the first octet that no other field speaks for: 0 in a report that keeps to the
    /// specification.
    pub reserved: u8,
}

impl SmsStatusReport {
    /// A report on the text that `recipient` (a number) was sent with reference
    /// `message_reference`.
    pub fn new(
        message_reference: u8,
        recipient: &str,
        submitted_at: WallTime,
        discharged_at: WallTime,
        status: Status,
    ) -> Result<Self, EncodeError> {
        Ok(SmsStatusReport {
            more_messages: false,
            loop_prevention: false,
            answers_command: false,
            message_reference,
            recipient_address: Address::from_sender(recipient)?,
            scts: Timestamp::from_wall_time(submitted_at),
            discharge_time: Timestamp::from_wall_time(discharged_at),
            status,
            parameters: None,
            reserved: 0,
        })
    }

    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut report = SmsStatusReport {
            more_messages: first & 0x04 == 0,
            loop_prevention: first & 0x08 != 0,
            answers_command: first & 0x20 != 0,
            message_reference: reader.octet("TP-MR")?,
            recipient_address: Address::read(reader, "TP-RA")?,
            scts: Timestamp::from(reader.array("TP-SCTS")?),
            discharge_time: Timestamp::from(reader.array("TP-DT")?),
            status: Status::from(reader.octet("TP-ST")?),
            parameters: None,
            reserved: 0,
        };
        report.parameters = read_optional(first & 0x40 != 0, reader);
        report.reserved = first ^ report.first_octet();
        Ok(report)
    }

    /// TP-UD, which few reports have.
    pub fn user_data(&self) -> Option<&UserData> {
        self.parameters.as_ref()?.user_data.as_ref()
    }

    /// The first octet: TP-MTI, TP-MMS, TP-LP, TP-SRQ and TP-UDHI.
    pub(super) fn first_octet(&self) -> u8 {
        let has_header = self.parameters.as_ref().is_some_and(Parameters::has_header);
        let fields = 0x02
            | u8::from(!self.more_messages) << 2
            | u8::from(self.loop_prevention) << 3
            | u8::from(self.answers_command) << 5
            | u8::from(has_header) << 6;
        fields ^ self.reserved
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.first_octet());
        octets.push(self.message_reference);
        self.recipient_address.write(octets);
        octets.extend_from_slice(self.scts.octets());
        octets.extend_from_slice(self.discharge_time.octets());
        octets.push(self.status.into());
        if let Some(parameters) = &self.parameters {
            parameters.write_indicator(octets);
            parameters.write_rest(octets);
        }
    }
}

/// The part after TP-ST. What a report says is in its mandatory part, and centres are known to
/// leave stray octets after it: if they can't be read, there is nothing there, and they count as
/// octets after the TPDU.
fn read_optional(has_header: bool, reader: &mut Reader<'_>) -> Option<Parameters> {
    let start = reader.position();
    let parameters = Parameters::read_indicator(reader).and_then(|(indicator, mut parameters)| {
        parameters.read_rest(indicator, has_header, reader)?;
        Ok(parameters)
    });
    if parameters.is_err() {
        reader.rewind(start);
    }
    parameters.ok()
}
