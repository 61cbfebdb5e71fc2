//! SMS-DELIVER-REPORT: the phone's answer to an SMS-DELIVER or SMS-STATUS-REPORT, carried in RP-ACK
//! or RP-ERROR (3GPP TS 23.040 §9.2.2.1a).

use super::error::DecodeError;
use super::failure_cause::FailureCause;
use super::parameters::Parameters;
use super::reader::Reader;

/// One SMS-DELIVER-REPORT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsDeliverReport {
    /// TP-FCS: why it was refused; none in RP-ACK.
    ///
    /// A TPDU doesn't say which of the two carries it. An octet with bit 7 set is taken as TP-FCS,
    /// since TP-PI has no second octet so far.
    #[doc(alias = "TP-FCS")]
    pub failure_cause: Option<FailureCause>,
    /// TP-PI and what it announces.
    pub parameters: Parameters,
    /// Bits of the first octet that no other field speaks for: 0 in a report that keeps to the
    /// specification.
    pub reserved: u8,
}

impl SmsDeliverReport {
    /// A report of success, or of failure for a reason.
    pub fn new(failure_cause: Option<FailureCause>) -> Self {
        SmsDeliverReport { failure_cause, parameters: Parameters::none(), reserved: 0 }
    }

    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let failure_cause = read_failure_cause(reader)?;
        let (indicator, mut parameters) = Parameters::read_indicator(reader)?;
        parameters.read_rest(indicator, first & 0x40 != 0, reader)?;
        let mut report = SmsDeliverReport { failure_cause, parameters, reserved: 0 };
        report.reserved = first ^ report.first_octet();
        Ok(report)
    }

    /// The first octet: TP-MTI and TP-UDHI.
    pub(super) fn first_octet(&self) -> u8 {
        u8::from(self.parameters.has_header()) << 6 ^ self.reserved
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.push(self.first_octet());
        octets.extend(self.failure_cause.map(u8::from));
        self.parameters.write_indicator(octets);
        self.parameters.write_rest(octets);
    }
}

/// TP-FCS, if the next octet is one.
pub(super) fn read_failure_cause(
    reader: &mut Reader<'_>,
) -> Result<Option<FailureCause>, DecodeError> {
    match reader.peek() {
        Some(octet) if FailureCause::is_one(octet) => {
            Ok(Some(FailureCause::from(reader.octet("TP-FCS")?)))
        }
        _ => Ok(None),
    }
}
