//! TP-PID, the protocol identifier: who or what a text is for (3GPP TS 23.040 §9.2.3.9).

/// The octet as it travels, with what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pid(u8);

impl From<u8> for Pid {
    fn from(octet: u8) -> Pid {
        Pid(octet)
    }
}

impl From<Pid> for u8 {
    fn from(pid: Pid) -> u8 {
        pid.0
    }
}

/// Bits 4–0 of 001xxxxx: the telematic device.
const DEVICES: [&str; 19] = [
    "a device that the text centre knows",
    "telex",
    "group 3 fax",
    "group 4 fax",
    "voice telephone (read aloud)",
    "ERMES paging",
    "the national paging system",
    "videotex",
    "teletex",
    "teletex in a packet-switched network",
    "teletex in a circuit-switched network",
    "teletex in the analogue telephone network",
    "teletex in ISDN",
    "Universal Computer Interface",
    RESERVED,
    RESERVED,
    "a message handling facility",
    "an X.400 message handling system",
    "Internet e-mail",
];

const RESERVED: &str = "reserved";

impl Pid {
    /// 0x40, short message type 0: acknowledged, and neither shown nor kept.
    pub const TYPE_0: Pid = Pid(0x40);
    /// 0x5F, return call message.
    pub const RETURN_CALL: Pid = Pid(0x5F);

    /// Replace short message types 1–7: the number.
    pub fn replaces(self) -> Option<u8> {
        matches!(self.0, 0x41..=0x47).then_some(self.0 & 7)
    }

    /// Short message type 0.
    pub fn is_silent(self) -> bool {
        self == Pid::TYPE_0
    }

    /// A telematic device is at the other end: bits 7–5 are 001.
    pub fn is_telematic(self) -> bool {
        self.0 >> 5 == 1
    }

    /// What it means, without full stop.
    pub fn words(self) -> &'static str {
        match self.0 {
            0x00 => "a plain text",
            0x01..=0x1F => "a protocol between the two ends",
            0x20..=0x32 => DEVICES[usize::from(self.0 - 0x20)],
            0x38..=0x3E => "a telematic device of the text centre's own",
            0x3F => "a mobile phone; the text centre converts the alphabet",
            0x40 => "short message type 0: acknowledged, and neither shown nor kept",
            0x41 => "replace short message type 1",
            0x42 => "replace short message type 2",
            0x43 => "replace short message type 3",
            0x44 => "replace short message type 4",
            0x45 => "replace short message type 5",
            0x46 => "replace short message type 6",
            0x47 => "replace short message type 7",
            0x48 => "device triggering short message",
            0x5E => "enhanced message service (obsolete)",
            0x5F => "return call message",
            0x7C => "ANSI-136 R-DATA",
            0x7D => "ME data download",
            0x7E => "ME de-personalization short message",
            0x7F => "(U)SIM data download",
            0xC0..=0xFF => "a protocol of the text centre's own",
            _ => RESERVED,
        }
    }
}
