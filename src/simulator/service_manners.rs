//! How a modem handles services, the SIM and the phonebook: the part of a persona about them.

/// How the text of `+CUSD` is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UssdForm {
    /// In the character set of `+CSCS` with `<dcs>` 15; what the GSM alphabet lacks as UCS-2 in hex
    /// with 72.
    Plain,
    /// Always UCS-2 in hex.
    Ucs2,
    /// Septets, packed, in hex (23.038 §6.1.2.3); what the GSM alphabet lacks as UCS-2 in hex.
    Packed,
    /// One octet a character, in hex, with `<dcs>` 68 (23.038 §5: 8-bit data).
    Octets,
    /// UTF-8 as it is, whatever `+CSCS` says.
    Utf8,
}

/// The command that tells how many tries the PIN has left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PinCounter {
    /// `+CPINR: SIM PIN,3,3` (27.007 §8.65).
    Cpinr,
    /// `^CPIN: SIM PIN,3,10,3,10,3`: what is asked for, its tries; PUK, PIN, PUK2, PIN2.
    Huawei,
    /// `+SPIC: 3,10,3,10`: PIN, PUK, PIN2, PUK2.
    Simcom,
    /// `+QPINC: "SC",3,10` and `"P2"`.
    Quectel,
    /// `#PCT: 3`, of what is asked for.
    Telit,
    /// `+UPINCNT: 3,3,10,10`: PIN, PIN2, PUK, PUK2.
    Ublox,
    /// `^SPIC: 3`, of what is asked for.
    Cinterion,
    /// `*EPIN: 3,10,3,10`: PIN, PUK, PIN2, PUK2.
    Ericsson,
}

/// How a modem handles services and the SIM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceManners {
    /// The form of `+CUSD` answers.
    pub ussd: UssdForm,
    /// `<dcs>` of those answers, where it is not the one that fits.
    pub ussd_dcs: Option<u8>,
    /// A service code is taken only as packed septets in hex.
    pub ussd_packed_only: bool,
    /// How it tells the PIN's tries; the others are not known.
    pub pin_counters: &'static [PinCounter],
    /// What `+CHLD=?` offers; the rest is refused.
    pub chld: &'static str,
    /// `ATA` takes a waiting call too, and holds the active one.
    pub answer_takes_waiting: bool,
    /// `+CTFR` is known.
    pub deflects: bool,
    /// Places in the phonebooks `SM` and `ME`; 0: there is no such phonebook.
    pub phonebook_places: (u16, u16),
    /// Longest number and longest name there.
    pub phonebook_lengths: (usize, usize),
    /// `+CPBR` of empty places is answered with `+CME ERROR: 22`.
    pub empty_entry_is_error: bool,
}

impl ServiceManners {
    /// Plain 27.007.
    pub const PLAIN: ServiceManners = ServiceManners {
        ussd: UssdForm::Plain,
        ussd_dcs: None,
        ussd_packed_only: false,
        pin_counters: &[PinCounter::Cpinr],
        chld: "(0,1,1x,2,2x,3,4)",
        answer_takes_waiting: false,
        deflects: true,
        phonebook_places: (250, 0),
        phonebook_lengths: (40, 24),
        empty_entry_is_error: false,
    };
}
