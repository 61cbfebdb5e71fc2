//! SMS-STATUS-REPORT: what became of a text sent earlier (3GPP TS 23.040 §9.2.2.3).

use super::EncodeError;
use super::address::Address;
use super::dcs::Dcs;
use super::error::DecodeError;
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
    /// TP-PID, if the report names it (§9.2.3.27, TP-PI).
    pub pid: Option<u8>,
    /// TP-DCS and TP-UD, if the report has them.
    pub user_data: Option<UserData>,
}

/// Bits of TP-PI (§9.2.3.27).
const PI_PID: u8 = 0x01;
const PI_DCS: u8 = 0x02;
const PI_UDL: u8 = 0x04;

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
            pid: None,
            user_data: None,
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
            pid: None,
            user_data: None,
        };
        report.read_optional(first & 0x40 != 0, reader);
        Ok(report)
    }

    /// The part after TP-ST. What a report says is in its mandatory part, and centres are known to
    /// leave stray octets after it: whatever can't be read here is left out.
    fn read_optional(&mut self, has_header: bool, reader: &mut Reader<'_>) {
        let Ok(mut indicator) = reader.octet("TP-PI") else { return };
        let present = indicator;
        // Bit 7 announces another octet of indicators, all of them reserved so far.
        while indicator & 0x80 != 0 {
            let Ok(next) = reader.octet("TP-PI") else { return };
            indicator = next;
        }
        if present & PI_PID != 0 {
            let Ok(pid) = reader.octet("TP-PID") else { return };
            self.pid = Some(pid);
        }
        let mut dcs = Dcs::default();
        if present & PI_DCS != 0 {
            let Ok(octet) = reader.octet("TP-DCS") else { return };
            dcs = Dcs::from(octet);
        }
        if present & PI_UDL != 0 {
            self.user_data = UserData::read(dcs, has_header, reader).ok();
        }
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        let has_header = self.user_data.as_ref().is_some_and(UserData::has_header);
        octets.push(
            0x02 | u8::from(!self.more_messages) << 2
                | u8::from(self.loop_prevention) << 3
                | u8::from(self.answers_command) << 5
                | u8::from(has_header) << 6,
        );
        octets.push(self.message_reference);
        self.recipient_address.write(octets);
        octets.extend_from_slice(self.scts.octets());
        octets.extend_from_slice(self.discharge_time.octets());
        octets.push(self.status.into());
        if self.pid.is_none() && self.user_data.is_none() {
            return;
        }
        let data_bits = if self.user_data.is_some() { PI_DCS | PI_UDL } else { 0 };
        octets.push(data_bits | if self.pid.is_some() { PI_PID } else { 0 });
        octets.extend(self.pid);
        if let Some(data) = &self.user_data {
            octets.push(data.dcs().into());
            data.write(octets);
        }
    }
}
