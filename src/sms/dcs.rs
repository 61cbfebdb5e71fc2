//! TP-DCS, the data coding scheme: which alphabet, which class (3GPP TS 23.038 §4).

use super::indication::WaitingKind;

/// The octet as it travels, with what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dcs(u8);

/// How TP-UD is coded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coding {
    /// GSM 7 bit default alphabet, with or without national language tables.
    Gsm7,
    /// 8-bit data: not text.
    Data8,
    /// UCS-2, in fact UTF-16.
    Ucs2,
    /// Text compressed as 23.042 has it, which nothing in the field produces: shown as data.
    Compressed,
}

impl Coding {
    /// The name in the command line's JSON: `gsm7`, `8bit` or `ucs2`.
    pub fn name(self) -> &'static str {
        match self {
            Coding::Gsm7 => "gsm7",
            Coding::Ucs2 => "ucs2",
            Coding::Data8 | Coding::Compressed => "8bit",
        }
    }
}

/// Message classes in words (§4).
pub(super) const CLASSES: [&str; 4] = [
    "class 0 (shown at once)",
    "class 1 (for the phone)",
    "class 2 (for the SIM card)",
    "class 3 (for other equipment)",
];

/// What a message-waiting group says (§4, groups 1100–1110).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MessageWaiting {
    /// Messages wait; false: none waits any more.
    pub active: bool,
    /// What waits.
    pub kind: WaitingKind,
    /// The text itself may be discarded once the mark is set.
    pub discard: bool,
}

impl Dcs {
    /// GSM 7-bit, no class.
    pub const GSM7: Dcs = Dcs(0x00);
    /// 8-bit data, no class.
    pub const DATA8: Dcs = Dcs(0x04);
    /// UCS-2, no class.
    pub const UCS2: Dcs = Dcs(0x08);

    /// The same alphabet with message class 0–3, in the general group; other numbers are taken
    /// modulo 4.
    pub fn with_class(self, class: u8) -> Dcs {
        let alphabet = match self.coding() {
            Coding::Gsm7 | Coding::Compressed => 0x00,
            Coding::Data8 => 0x04,
            Coding::Ucs2 => 0x08,
        };
        Dcs(0x10 | alphabet | class & 3)
    }

    /// How the text is coded. Reserved values count as GSM 7-bit, as §4 asks.
    #[inline]
    pub fn coding(self) -> Coding {
        match self.0 >> 4 {
            0x0..=0x7 if self.0 & 0x20 != 0 => Coding::Compressed,
            0x0..=0x7 => match self.0 >> 2 & 3 {
                1 => Coding::Data8,
                2 => Coding::Ucs2,
                _ => Coding::Gsm7,
            },
            0xE => Coding::Ucs2,
            0xF if self.0 & 0x04 != 0 => Coding::Data8,
            _ => Coding::Gsm7,
        }
    }

    /// Message class 0–3: 0 is shown at once, 1 is for the phone, 2 for the SIM card, 3 for other
    /// equipment.
    #[inline]
    pub fn class(self) -> Option<u8> {
        let has_class = match self.0 >> 4 {
            0x0..=0x7 => self.0 & 0x10 != 0,
            0xF => true,
            _ => false,
        };
        has_class.then_some(self.0 & 3)
    }

    /// The mark a message-waiting group sets or clears.
    pub fn message_waiting(self) -> Option<MessageWaiting> {
        let discard = match self.0 >> 4 {
            0xC => true,
            0xD | 0xE => false,
            _ => return None,
        };
        let kind = WaitingKind::from_bits(self.0);
        Some(MessageWaiting { active: self.0 & 0x08 != 0, kind, discard })
    }

    /// The coding group, bits 7–4, in words.
    pub fn group(self) -> &'static str {
        match self.0 >> 4 {
            0x0..=0x3 => "general",
            0x4..=0x7 => "general, deleted automatically once read",
            0x8..=0xB => "reserved",
            0xC => "message waiting, the text may be discarded",
            0xD => "message waiting, the text is kept",
            0xE => "message waiting, the text is kept, in UCS-2",
            _ => "alphabet and class",
        }
    }

    /// Whether the specification has no meaning for it yet, so that it counts as GSM 7-bit.
    pub fn is_reserved(self) -> bool {
        match self.0 >> 4 {
            0x0..=0x7 => self.0 & 0x0C == 0x0C,
            0x8..=0xB => true,
            0xF => self.0 & 0x08 != 0,
            _ => false,
        }
    }

    /// What it means as a whole, without full stop.
    pub fn words(self) -> String {
        let coding = match self.coding() {
            Coding::Gsm7 if self.is_reserved() => "reserved, so GSM 7-bit",
            Coding::Gsm7 => "GSM 7-bit",
            Coding::Data8 => "8-bit data",
            Coding::Ucs2 => "UCS-2",
            Coding::Compressed => "compressed (23.042), which can't be read",
        };
        let mut words = String::from(coding);
        if let Some(class) = self.class() {
            words += ", ";
            words += CLASSES[usize::from(class & 3)];
        }
        if let Some(mark) = self.message_waiting() {
            words += if mark.active { ", sets the mark for " } else { ", clears the mark for " };
            words += mark.kind.words();
            words += if mark.discard { ", the text may be discarded" } else { "" };
        }
        if self.marked_for_deletion() {
            words += ", deleted automatically once read";
        }
        words
    }

    /// Group 01xx: the text may be deleted once read.
    pub fn marked_for_deletion(self) -> bool {
        self.0 >> 6 == 1
    }
}

impl From<u8> for Dcs {
    fn from(octet: u8) -> Dcs {
        Dcs(octet)
    }
}

impl From<Dcs> for u8 {
    fn from(dcs: Dcs) -> u8 {
        dcs.0
    }
}
