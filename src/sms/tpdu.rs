//! The six kinds of TPDU and how they are told apart (3GPP TS 23.040 §9.2.2).

use super::Concat;
use super::address::Address;
use super::command::SmsCommand;
use super::deliver::SmsDeliver;
use super::deliver_report::SmsDeliverReport;
use super::error::DecodeError;
use super::reader::Reader;
use super::scts::Timestamp;
use super::status_report::SmsStatusReport;
use super::submit::SmsSubmit;
use super::submit_report::SmsSubmitReport;
use super::user_data::UserData;

/// One TPDU, told apart by TP-MTI and the way it travels (§9.2.3.1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tpdu {
    /// From the centre to the phone: a text.
    Deliver(SmsDeliver),
    /// From the phone to the centre: a text.
    Submit(SmsSubmit),
    /// From the centre to the phone: what became of a text.
    StatusReport(SmsStatusReport),
    /// From the phone to the centre: it has a text or refuses it.
    DeliverReport(SmsDeliverReport),
    /// From the centre to the phone: it has a text or refuses it.
    SubmitReport(SmsSubmitReport),
    /// From the phone to the centre: what to do with a text.
    Command(SmsCommand),
}

/// Which way a TPDU travels; TP-MTI means different things each way (§9.2.3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// From the centre to the phone: SMS-DELIVER, SMS-SUBMIT-REPORT, SMS-STATUS-REPORT.
    ToPhone,
    /// From the phone to the centre: SMS-SUBMIT, SMS-DELIVER-REPORT, SMS-COMMAND.
    FromPhone,
}

/// Where in the two ways a TPDU may come from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A modem's storage, which holds texts of both ways and status reports.
    Storage,
    Known(Way),
}

impl Tpdu {
    /// Decodes what a modem's storage can hold, without SMSC octets: SMS-DELIVER, SMS-SUBMIT and
    /// SMS-STATUS-REPORT. Octets after the TPDU are ignored.
    pub fn decode(octets: &[u8]) -> Result<Tpdu, DecodeError> {
        Tpdu::read(Origin::Storage, &mut Reader::new(octets, false))
    }

    /// Decodes a TPDU, without SMSC octets, that travelled one way. Octets after the TPDU are
    /// ignored.
    pub fn decode_from(way: Way, octets: &[u8]) -> Result<Tpdu, DecodeError> {
        Tpdu::read(Origin::Known(way), &mut Reader::new(octets, false))
    }

    #[inline]
    pub(super) fn read(origin: Origin, reader: &mut Reader<'_>) -> Result<Tpdu, DecodeError> {
        let first = reader.octet("TP-MTI")?;
        match (origin, first & 3) {
            (Origin::Known(Way::FromPhone), 0) => {
                SmsDeliverReport::read(first, reader).map(Tpdu::DeliverReport)
            }
            (Origin::Known(Way::FromPhone), 2) => {
                SmsCommand::read(first, reader).map(Tpdu::Command)
            }
            (Origin::Known(Way::FromPhone), 3) => {
                let octet = reader.position() - 1;
                Err(DecodeError::new("TP-MTI", octet, "reserved on the way from the phone"))
            }
            (Origin::Known(Way::ToPhone), 1) => {
                SmsSubmitReport::read(first, reader).map(Tpdu::SubmitReport)
            }
            (_, 1) => SmsSubmit::read(first, reader).map(Tpdu::Submit),
            (_, 2) => SmsStatusReport::read(first, reader).map(Tpdu::StatusReport),
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
            Tpdu::DeliverReport(report) => report.write(octets),
            Tpdu::SubmitReport(report) => report.write(octets),
            Tpdu::Command(command) => command.write(octets),
        }
    }

    /// The name of its kind: `deliver`, `submit`, `status-report`, `deliver-report`,
    /// `submit-report` or `command`.
    pub fn kind(&self) -> &'static str {
        match self {
            Tpdu::Deliver(_) => "deliver",
            Tpdu::Submit(_) => "submit",
            Tpdu::StatusReport(_) => "status-report",
            Tpdu::DeliverReport(_) => "deliver-report",
            Tpdu::SubmitReport(_) => "submit-report",
            Tpdu::Command(_) => "command",
        }
    }

    /// The way a TPDU of its kind travels.
    pub fn way(&self) -> Way {
        match self {
            Tpdu::Deliver(_) | Tpdu::SubmitReport(_) | Tpdu::StatusReport(_) => Way::ToPhone,
            Tpdu::Submit(_) | Tpdu::DeliverReport(_) | Tpdu::Command(_) => Way::FromPhone,
        }
    }

    /// The other party: TP-OA, TP-DA or TP-RA; empty for the reports that name none.
    pub fn address(&self) -> &Address {
        match self {
            Tpdu::Deliver(deliver) => &deliver.originating_address,
            Tpdu::Submit(submit) => &submit.destination_address,
            Tpdu::StatusReport(report) => &report.recipient_address,
            Tpdu::Command(command) => &command.destination_address,
            Tpdu::DeliverReport(_) | Tpdu::SubmitReport(_) => &Address::NONE,
        }
    }

    /// TP-UD, which a report rarely has and a command never.
    pub fn user_data(&self) -> Option<&UserData> {
        match self {
            Tpdu::Deliver(deliver) => Some(&deliver.user_data),
            Tpdu::Submit(submit) => Some(&submit.user_data),
            Tpdu::StatusReport(report) => report.user_data(),
            Tpdu::DeliverReport(report) => report.parameters.user_data.as_ref(),
            Tpdu::SubmitReport(report) => report.parameters.user_data.as_ref(),
            Tpdu::Command(_) => None,
        }
    }

    /// TP-PID.
    pub fn pid(&self) -> Option<u8> {
        match self {
            Tpdu::Deliver(deliver) => Some(deliver.pid),
            Tpdu::Submit(submit) => Some(submit.pid),
            Tpdu::StatusReport(report) => report.parameters.as_ref()?.pid,
            Tpdu::DeliverReport(report) => report.parameters.pid,
            Tpdu::SubmitReport(report) => report.parameters.pid,
            Tpdu::Command(command) => Some(command.pid),
        }
    }

    /// TP-SCTS, which only what comes from the centre has.
    pub fn scts(&self) -> Option<Timestamp> {
        match self {
            Tpdu::Deliver(deliver) => Some(deliver.scts),
            Tpdu::StatusReport(report) => Some(report.scts),
            Tpdu::SubmitReport(report) => Some(report.scts),
            Tpdu::Submit(_) | Tpdu::DeliverReport(_) | Tpdu::Command(_) => None,
        }
    }

    /// TP-MR.
    pub fn message_reference(&self) -> Option<u8> {
        match self {
            Tpdu::Submit(submit) => Some(submit.message_reference),
            Tpdu::StatusReport(report) => Some(report.message_reference),
            Tpdu::Command(command) => Some(command.message_reference),
            Tpdu::Deliver(_) | Tpdu::DeliverReport(_) | Tpdu::SubmitReport(_) => None,
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
