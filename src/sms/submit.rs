//! SMS-SUBMIT: a text on its way from a phone to the centre (3GPP TS 23.040 §9.2.2.2).

use super::address::Address;
use super::dcs::Dcs;
use super::error::DecodeError;
use super::reader::Reader;
use super::user_data::UserData;
use super::validity_period::ValidityPeriod;

/// One SMS-SUBMIT: a text, or one segment of a long one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsSubmit {
    /// TP-RD: the centre shall refuse a second one with the same reference (§9.2.3.25).
    pub reject_duplicates: bool,
    /// TP-RP: an answer may go through the same centre (§9.2.3.17).
    pub reply_path: bool,
    /// TP-SRR: a report is wanted (§9.2.3.5).
    pub status_report_request: bool,
    /// TP-MR; modems put their own in (§9.2.3.6).
    #[doc(alias = "TP-MR")]
    pub message_reference: u8,
    /// TP-DA: who shall get it (§9.2.3.8).
    #[doc(alias = "TP-DA")]
    pub destination_address: Address,
    /// TP-PID (§9.2.3.9).
    pub pid: u8,
    /// TP-VPF and TP-VP: how long the centre shall try (§9.2.3.12).
    #[doc(alias = "TP-VP")]
    pub validity_period: ValidityPeriod,
    /// TP-DCS, TP-UDHI, TP-UDL and TP-UD.
    pub user_data: UserData,
}

impl SmsSubmit {
    /// A plain text to `destination_address`.
    pub fn new(destination_address: Address, user_data: UserData) -> Self {
        SmsSubmit {
            reject_duplicates: false,
            reply_path: false,
            status_report_request: false,
            message_reference: 0,
            destination_address,
            pid: 0,
            validity_period: ValidityPeriod::NotPresent,
            user_data,
        }
    }

    #[inline]
    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let message_reference = reader.octet("TP-MR")?;
        let destination_address = Address::read(reader, "TP-DA")?;
        let pid = reader.octet("TP-PID")?;
        let dcs = Dcs::from(reader.octet("TP-DCS")?);
        let validity_period = ValidityPeriod::read(first >> 3 & 3, reader)?;
        let user_data = UserData::read(dcs, first & 0x40 != 0, reader)?;
        Ok(SmsSubmit {
            reject_duplicates: first & 0x04 != 0,
            reply_path: first & 0x80 != 0,
            status_report_request: first & 0x20 != 0,
            message_reference,
            destination_address,
            pid,
            validity_period,
            user_data,
        })
    }

    /// The first octet: TP-MTI, TP-RD, TP-VPF, TP-SRR, TP-UDHI and TP-RP; no bit is reserved.
    #[inline]
    pub(super) fn first_octet(&self) -> u8 {
        0x01 | u8::from(self.reject_duplicates) << 2
            | self.validity_period.format() << 3
            | u8::from(self.status_report_request) << 5
            | u8::from(self.user_data.has_header()) << 6
            | u8::from(self.reply_path) << 7
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.first_octet());
        octets.push(self.message_reference);
        self.destination_address.write(octets);
        octets.push(self.pid);
        octets.push(self.user_data.dcs().into());
        self.validity_period.write(octets);
        self.user_data.write(octets);
    }
}
