//! The three kinds of TPDU a phone meets: SMS-DELIVER, SMS-SUBMIT and SMS-STATUS-REPORT
//! (3GPP TS 23.040 §9.2.2).

use super::Concat;
use super::address::Address;
use super::deliver::SmsDeliver;
use super::error::DecodeError;
use super::reader::Reader;
use super::scts::Timestamp;
use super::status_report::SmsStatusReport;
use super::submit::SmsSubmit;
use super::user_data::UserData;

/// One TPDU, told apart by TP-MTI (§9.2.3.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tpdu {
    /// From the centre to the phone: a text.
    Deliver(SmsDeliver),
    /// From the phone to the centre: a text.
    Submit(SmsSubmit),
    /// From the centre to the phone: what became of a text.
    StatusReport(SmsStatusReport),
}

impl Tpdu {
    /// Decodes a TPDU without SMSC octets.
    pub fn decode(octets: &[u8]) -> Result<Tpdu, DecodeError> {
        Tpdu::read(&mut Reader::new(octets, false))
    }

    #[inline]
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Tpdu, DecodeError> {
        let first = reader.octet("TP-MTI")?;
        match first & 3 {
            1 => SmsSubmit::read(first, reader).map(Tpdu::Submit),
            2 => SmsStatusReport::read(first, reader).map(Tpdu::StatusReport),
            // §9.2.3.1: the reserved value 3 is processed as if it were an SMS-DELIVER.
            _ => SmsDeliver::read(first, reader).map(Tpdu::Deliver),
        }
    }

    /// The TPDU's octets.
    pub fn encode(&self) -> Vec<u8> {
        let mut octets = Vec::with_capacity(180);
        self.write(&mut octets);
        octets
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        match self {
            Tpdu::Deliver(deliver) => deliver.write(octets),
            Tpdu::Submit(submit) => submit.write(octets),
            Tpdu::StatusReport(report) => report.write(octets),
        }
    }

    /// The other party: TP-OA, TP-DA or TP-RA.
    pub fn address(&self) -> &Address {
        match self {
            Tpdu::Deliver(deliver) => &deliver.originating_address,
            Tpdu::Submit(submit) => &submit.destination_address,
            Tpdu::StatusReport(report) => &report.recipient_address,
        }
    }

    /// TP-UD, which a status report rarely has.
    pub fn user_data(&self) -> Option<&UserData> {
        match self {
            Tpdu::Deliver(deliver) => Some(&deliver.user_data),
            Tpdu::Submit(submit) => Some(&submit.user_data),
            Tpdu::StatusReport(report) => report.user_data.as_ref(),
        }
    }

    /// TP-SCTS, which a submit does not have.
    pub fn scts(&self) -> Option<Timestamp> {
        match self {
            Tpdu::Deliver(deliver) => Some(deliver.scts),
            Tpdu::Submit(_) => None,
            Tpdu::StatusReport(report) => Some(report.scts),
        }
    }

    /// TP-MR, which a deliver does not have.
    pub fn message_reference(&self) -> Option<u8> {
        match self {
            Tpdu::Deliver(_) => None,
            Tpdu::Submit(submit) => Some(submit.message_reference),
            Tpdu::StatusReport(report) => Some(report.message_reference),
        }
    }

    /// Place in a long message.
    pub fn concat(&self) -> Option<Concat> {
        self.user_data()?.concat()
    }

    /// Message class 0–3 (23.038 §4), from TP-DCS.
    pub fn class(&self) -> Option<u8> {
        self.user_data()?.dcs().class()
    }
}
