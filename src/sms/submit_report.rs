//! SMS-SUBMIT-REPORT: the centre's answer to an SMS-SUBMIT or SMS-COMMAND, carried in RP-ACK or
//! RP-ERROR (3GPP TS 23.040 §9.2.2.2a).

use super::deliver_report::read_failure_cause;
use super::error::DecodeError;
use super::failure_cause::FailureCause;
use super::parameters::Parameters;
use super::reader::Reader;
use super::scts::Timestamp;
use crate::clock::WallTime;

/// One SMS-SUBMIT-REPORT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsSubmitReport {
    /// TP-FCS: why it was refused; none in RP-ACK. Told from TP-PI by bit 7, as in
    /// [`SmsDeliverReport`](super::SmsDeliverReport::failure_cause).
    #[doc(alias = "TP-FCS")]
    pub failure_cause: Option<FailureCause>,
    /// TP-PI and what it announces.
    pub parameters: Parameters,
    /// TP-SCTS: when the centre got the text (§9.2.3.11).
    pub scts: Timestamp,
    /// Bits of the first octet that no other field speaks for: 0 in a report that keeps to the
    /// specification.
    pub reserved: u8,
}

impl SmsSubmitReport {
    /// A report of success, or of failure for a reason.
    pub fn new(failure_cause: Option<FailureCause>, at: WallTime) -> Self {
        let (parameters, scts) = (Parameters::none(), Timestamp::from_wall_time(at));
        SmsSubmitReport { failure_cause, parameters, scts, reserved: 0 }
    }

    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let failure_cause = read_failure_cause(reader)?;
        let (indicator, mut parameters) = Parameters::read_indicator(reader)?;
        let scts = Timestamp::from(reader.array("TP-SCTS")?);
        parameters.read_rest(indicator, first & 0x40 != 0, reader)?;
        let mut report = SmsSubmitReport { failure_cause, parameters, scts, reserved: 0 };
        report.reserved = first ^ report.first_octet();
        Ok(report)
    }

    /// The first octet: TP-MTI and TP-UDHI.
    pub(super) fn first_octet(&self) -> u8 {
        (0x01 | u8::from(self.parameters.has_header()) << 6) ^ self.reserved
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.first_octet());
        octets.extend(self.failure_cause.map(u8::from));
        self.parameters.write_indicator(octets);
        octets.extend_from_slice(self.scts.octets());
        self.parameters.write_rest(octets);
    }
}
