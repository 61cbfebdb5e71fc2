//! TP-FCS, why a text was refused, in words (3GPP TS 23.040 §9.2.3.22).

/// The octet as it travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailureCause(u8);

impl From<u8> for FailureCause {
    fn from(octet: u8) -> Self {
        FailureCause(octet)
    }
}

impl From<FailureCause> for u8 {
    fn from(cause: FailureCause) -> Self {
        cause.0
    }
}

impl FailureCause {
    /// D3: there is no room left in the phone.
    pub const MEMORY_CAPACITY_EXCEEDED: FailureCause = FailureCause(0xD3);
    /// FF: no cause given.
    pub const UNSPECIFIED: FailureCause = FailureCause(0xFF);

    /// Whether the octet can be a failure cause: values below 0x80 are reserved, so that TP-FCS
    /// can be told from TP-PI, which stands in its place in a report of success.
    pub(super) fn is_one(octet: u8) -> bool {
        octet & 0x80 != 0
    }

    /// What it means, without full stop.
    pub fn words(self) -> &'static str {
        match self.0 {
            0x80 => "telematic interworking is not supported",
            0x81 => "short message type 0 is not supported",
            0x82 => "the short message can't be replaced",
            0x8F => "something is wrong with TP-PID",
            0x90 => "the data coding scheme (alphabet) is not supported",
            0x91 => "the message class is not supported",
            0x9F => "something is wrong with TP-DCS",
            0xA0 => "the command can't be carried out",
            0xA1 => "the command is not supported",
            0xAF => "something is wrong with the command",
            0xB0 => "this kind of TPDU is not supported",
            0xC0 => "the text centre is busy",
            0xC1 => "there is no subscription with the text centre",
            0xC2 => "the text centre has failed",
            0xC3 => "the address is invalid",
            0xC4 => "the destination is barred",
            0xC5 => "refused as a duplicate",
            0xC6 => "the validity-period format is not supported",
            0xC7 => "the validity period is not supported",
            0xD0 => "the SIM card's storage is full",
            0xD1 => "the SIM card can't store texts",
            0xD2 => "an error in the phone",
            0xD3 => "the phone's memory is full",
            0xD4 => "the SIM application toolkit is busy",
            0xD5 => "an error while downloading data to the SIM card",
            0xE0..=0xFE => "a cause of the application's own",
            0xFF => "no cause given",
            _ => "reserved",
        }
    }
}
