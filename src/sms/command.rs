//! SMS-COMMAND: what a phone asks the centre to do with a text sent earlier (3GPP TS 23.040
//! §9.2.2.4).

use super::address::Address;
use super::error::DecodeError;
use super::reader::Reader;

/// One SMS-COMMAND.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SmsCommand {
    /// TP-UDHI: TP-CD begins with a header.
    pub has_header: bool,
    /// TP-SRR: a report is wanted (§9.2.3.5).
    pub status_report_request: bool,
    /// TP-MR (§9.2.3.6).
    pub message_reference: u8,
    /// TP-PID (§9.2.3.9).
    pub pid: u8,
    /// TP-CT: what to do (§9.2.3.19).
    #[doc(alias = "TP-CT")]
    pub command_type: CommandType,
    /// TP-MN: TP-MR of the text to do it with (§9.2.3.18).
    #[doc(alias = "TP-MN")]
    pub message_number: u8,
    /// TP-DA: whom that text was for (§9.2.3.8).
    pub destination_address: Address,
    /// TP-CD, at most 255 octets (§9.2.3.21).
    #[doc(alias = "TP-CD")]
    pub data: Vec<u8>,
    /// Bits of the first octet that no other field speaks for: 0 in a command that keeps to the
    /// specification.
    pub reserved: u8,
}

/// TP-CT as it travels (§9.2.3.19).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CommandType(u8);

impl CommandType {
    /// 00: asks what became of a text.
    pub const ENQUIRY: CommandType = CommandType(0);
    /// 01: takes the request for a report back.
    pub const CANCEL_REPORT: CommandType = CommandType(1);
    /// 02: deletes the text.
    pub const DELETE: CommandType = CommandType(2);
    /// 03: asks for a report after all.
    pub const ENABLE_REPORT: CommandType = CommandType(3);

    /// What it means, without full stop.
    pub fn words(self) -> &'static str {
        match self.0 {
            0 => "enquiry about a text submitted earlier",
            1 => "cancel the status report of a text submitted earlier",
            2 => "delete a text submitted earlier",
            3 => "enable the status report of a text submitted earlier",
            0xE0..=0xFF => "a command of the text centre's own",
            _ => "reserved",
        }
    }
}

impl From<u8> for CommandType {
    fn from(octet: u8) -> Self {
        CommandType(octet)
    }
}

impl From<CommandType> for u8 {
    fn from(command_type: CommandType) -> Self {
        command_type.0
    }
}

impl SmsCommand {
    /// A command about the text that went to `destination_address` with reference
    /// `message_number`.
    pub fn new(
        command_type: CommandType,
        message_number: u8,
        destination_address: Address,
    ) -> SmsCommand {
        SmsCommand {
            has_header: false,
            status_report_request: false,
            message_reference: 0,
            pid: 0,
            command_type,
            message_number,
            destination_address,
            data: Vec::new(),
            reserved: 0,
        }
    }

    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut command = SmsCommand {
            has_header: first & 0x40 != 0,
            status_report_request: first & 0x20 != 0,
            message_reference: reader.octet("TP-MR")?,
            pid: reader.octet("TP-PID")?,
            command_type: CommandType::from(reader.octet("TP-CT")?),
            message_number: reader.octet("TP-MN")?,
            destination_address: Address::read(reader, "TP-DA")?,
            data: Vec::new(),
            reserved: 0,
        };
        let length = usize::from(reader.octet("TP-CDL")?);
        command.data = reader.take(length, "TP-CD")?.to_vec();
        command.reserved = first ^ command.first_octet();
        Ok(command)
    }

    /// The first octet: TP-MTI, TP-SRR and TP-UDHI.
    pub(super) fn first_octet(&self) -> u8 {
        let flags = u8::from(self.status_report_request) << 5 | u8::from(self.has_header) << 6;
        (0x02 | flags) ^ self.reserved
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.extend_from_slice(&[
            self.first_octet(),
            self.message_reference,
            self.pid,
            self.command_type.into(),
            self.message_number,
        ]);
        self.destination_address.write(octets);
        let data = &self.data[..self.data.len().min(usize::from(u8::MAX))];
        octets.push(data.len() as u8);
        octets.extend_from_slice(data);
    }
}
