//! Addresses: TP-OA, TP-DA, TP-RA and the SMSC (3GPP TS 23.040 §9.1.2.5; 24.011 §8.2.5.1).

use std::fmt;

use super::EncodeError;
use super::error::DecodeError;
use super::gsm7;
use super::reader::Reader;

/// Octets of Address-Value at most.
const MAX_VALUE_OCTETS: usize = 10;
/// Semi-octets (digits) at most.
const MAX_SEMI_OCTETS: usize = 2 * MAX_VALUE_OCTETS;
/// Semi-octet that only fills the last octet.
const FILL: u8 = 0x0F;

/// A number or an alphanumeric sender, kept as its octets, so that what was decoded is encoded bit
/// for bit. `Display` writes it as people do: `+` before an international number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address {
    type_of_address: u8,
    /// Semi-octets that mean something.
    semi_octets: u8,
    value: [u8; MAX_VALUE_OCTETS],
}

/// Type of number, bits 6–4 of Type-of-Address (§9.1.2.5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeOfNumber {
    /// 000: the network works it out from the digits.
    Unknown,
    /// 001: begins with the country code, no `+` or `00` in the digits.
    International,
    /// 010: without prefix.
    National,
    /// 011: an operator's own service.
    NetworkSpecific,
    /// 100.
    Subscriber,
    /// 101: letters in the GSM 7 bit default alphabet.
    Alphanumeric,
    /// 110: a short code of the operator.
    Abbreviated,
    /// 111.
    Reserved,
}

impl Address {
    /// No address at all.
    pub const NONE: Address =
        Address { type_of_address: 0x81, semi_octets: 0, value: [0; MAX_VALUE_OCTETS] };

    /// An address from a number as people write it: digits, `*`, `#`, `+` in front; spaces,
    /// hyphens, dots, slashes, brackets and invisible direction marks are skipped; Persian and
    /// Arabic digits count as digits.
    pub fn from_number(number: &str) -> Result<Address, EncodeError> {
        Address::parse_number(number).ok_or_else(|| EncodeError::BadAddress(number.to_owned()))
    }

    /// An address from a number or, if it is none, from up to 11 letters (septets) of the GSM 7 bit
    /// default alphabet.
    pub fn from_sender(sender: &str) -> Result<Address, EncodeError> {
        Address::parse_number(sender)
            .or_else(|| Address::alphanumeric(sender))
            .ok_or_else(|| EncodeError::BadAddress(sender.to_owned()))
    }

    /// An address with a type-of-address octet of the caller's choice, from digits, `*`, `#`, `a`,
    /// `b`, `c`. None if there are more than 20, or others.
    pub fn with_type(type_of_address: u8, digits: &str) -> Option<Address> {
        let mut address = Address { type_of_address, semi_octets: 0, value: [0; MAX_VALUE_OCTETS] };
        for digit in digits.chars() {
            address.push(semi_octet(digit)?)?;
        }
        address.fill();
        Some(address)
    }

    fn parse_number(number: &str) -> Option<Address> {
        let mut address =
            Address { type_of_address: 0x81, semi_octets: 0, value: [0; MAX_VALUE_OCTETS] };
        for character in number.chars() {
            match character {
                '+' if address.semi_octets == 0 && address.type_of_address == 0x81 => {
                    address.type_of_address = 0x91;
                }
                'a'..='c' => return None,
                _ if is_separator(character) => {}
                _ => address.push(semi_octet(character)?)?,
            }
        }
        address.fill();
        (address.semi_octets > 0).then_some(address)
    }

    fn alphanumeric(sender: &str) -> Option<Address> {
        let septets = gsm7::to_septets(sender)?;
        // 11 septets are 77 bits, the most that 20 semi-octets hold.
        if septets.is_empty() || septets.len() > MAX_SEMI_OCTETS * 4 / 7 {
            return None;
        }
        let octets = gsm7::pack(&septets);
        let mut value = [0; MAX_VALUE_OCTETS];
        value.get_mut(..octets.len())?.copy_from_slice(&octets);
        let semi_octets = (septets.len() * 7).div_ceil(4) as u8;
        Some(Address { type_of_address: 0xD0, semi_octets, value })
    }

    #[inline]
    fn push(&mut self, semi_octet: u8) -> Option<()> {
        let octet = self.value.get_mut(usize::from(self.semi_octets / 2))?;
        *octet |= if self.semi_octets.is_multiple_of(2) { semi_octet } else { semi_octet << 4 };
        self.semi_octets += 1;
        Some(())
    }

    fn fill(&mut self) {
        if self.semi_octets % 2 == 1 {
            self.value[usize::from(self.semi_octets / 2)] |= FILL << 4;
        }
    }

    /// The type-of-address octet as it travels.
    pub fn type_of_address(&self) -> u8 {
        self.type_of_address
    }

    /// Bits 6–4 of Type-of-Address.
    pub fn type_of_number(&self) -> TypeOfNumber {
        match self.type_of_address >> 4 & 7 {
            0 => TypeOfNumber::Unknown,
            1 => TypeOfNumber::International,
            2 => TypeOfNumber::National,
            3 => TypeOfNumber::NetworkSpecific,
            4 => TypeOfNumber::Subscriber,
            5 => TypeOfNumber::Alphanumeric,
            6 => TypeOfNumber::Abbreviated,
            _ => TypeOfNumber::Reserved,
        }
    }

    /// Whether it holds nothing at all.
    pub fn is_empty(&self) -> bool {
        self.semi_octets == 0
    }

    /// The voicemail mark of CPHS phase 2 (B.4.2.1), which British networks put in the sender's
    /// place since before 23.040 had one: two octets in an alphanumeric address without plan; the
    /// first is 0x11 to set it and 0x10 to clear it.
    #[inline]
    pub(super) fn voicemail_mark(&self) -> Option<bool> {
        match (self.type_of_address, self.semi_octets, self.value[0]) {
            (0xD0, 4, 0x11) => Some(true),
            (0xD0, 4, 0x10) => Some(false),
            _ => None,
        }
    }

    /// Octets of Address-Value.
    #[inline]
    pub(super) fn value_octets(&self) -> &[u8] {
        &self.value[..usize::from(self.semi_octets).div_ceil(2).min(MAX_VALUE_OCTETS)]
    }

    /// Semi-octets that mean something: Address-Length.
    pub fn semi_octets(&self) -> u8 {
        self.semi_octets
    }

    /// The address as people write it.
    #[inline]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(MAX_SEMI_OCTETS + 1);
        self.push_to(&mut text);
        text
    }

    /// Appends it as people write it.
    pub fn push_to(&self, text: &mut String) {
        if self.type_of_number() == TypeOfNumber::Alphanumeric {
            let septets = usize::from(self.semi_octets) * 4 / 7;
            text.push_str(&gsm7::to_text(&gsm7::unpack(self.value_octets(), septets)));
            return;
        }
        let mut characters = [0u8; MAX_SEMI_OCTETS + 1];
        let mut length = 0;
        if self.type_of_number() == TypeOfNumber::International && !self.is_empty() {
            characters[0] = b'+';
            length = 1;
        }
        for index in 0..usize::from(self.semi_octets).min(MAX_SEMI_OCTETS) {
            let octet = self.value[index / 2];
            let semi_octet = if index % 2 == 0 { octet & 15 } else { octet >> 4 };
            if semi_octet != FILL {
                characters[length] = b"0123456789*#abc "[usize::from(semi_octet)];
                length += 1;
            }
        }
        text.push_str(std::str::from_utf8(&characters[..length]).unwrap_or_default());
    }

    /// TP-OA, TP-DA or TP-RA: its length counts semi-octets.
    #[inline]
    pub(super) fn read(
        reader: &mut Reader<'_>,
        field: &'static str,
    ) -> Result<Address, DecodeError> {
        let semi_octets = reader.octet(field)?;
        if usize::from(semi_octets) > MAX_SEMI_OCTETS {
            let octet = reader.position() - 1;
            return Err(DecodeError::new(field, octet, "longer than 20 digits"));
        }
        let type_of_address = reader.octet(field)?;
        let octets = reader.take(usize::from(semi_octets).div_ceil(2), field)?;
        let mut value = [0; MAX_VALUE_OCTETS];
        value[..octets.len()].copy_from_slice(octets);
        Ok(Address { type_of_address, semi_octets, value })
    }

    pub(super) fn write(&self, octets: &mut Vec<u8>) {
        octets.extend_from_slice(&[self.semi_octets, self.type_of_address]);
        octets.extend_from_slice(self.value_octets());
    }

    /// The SMSC before a TPDU: its length counts octets, the type among them; 0 means none.
    #[inline]
    pub(super) fn read_smsc(reader: &mut Reader<'_>) -> Result<Option<Address>, DecodeError> {
        const FIELD: &str = "SMSC";
        let length = usize::from(reader.octet(FIELD)?);
        if length == 0 {
            return Ok(None);
        }
        if length > MAX_VALUE_OCTETS + 1 {
            let octet = reader.position() - 1;
            return Err(DecodeError::new(FIELD, octet, "longer than 20 digits"));
        }
        let type_of_address = reader.octet(FIELD)?;
        let octets = reader.take(length - 1, FIELD)?;
        let mut value = [0; MAX_VALUE_OCTETS];
        value[..octets.len()].copy_from_slice(octets);
        let filled = octets.last().is_some_and(|last| last >> 4 == FILL);
        let semi_octets = (octets.len() * 2 - usize::from(filled)) as u8;
        Ok(Some(Address { type_of_address, semi_octets, value }))
    }

    pub(super) fn write_smsc(smsc: Option<&Address>, octets: &mut Vec<u8>) {
        let Some(address) = smsc else {
            octets.push(0);
            return;
        };
        let value = address.value_octets();
        octets.extend_from_slice(&[value.len() as u8 + 1, address.type_of_address]);
        octets.extend_from_slice(value);
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for Address {
    /// Without the digits: a number must not get into a log by way of a debug print.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({:?}, {} semi-octets)", self.type_of_number(), self.semi_octets)
    }
}

/// What stands between digits when people write or paste a number.
fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{A0}' | '\u{202F}' | '\u{2011}')
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(character, '\u{2066}'..='\u{2069}')
}

/// The semi-octet of a digit (§9.1.2.3).
fn semi_octet(character: char) -> Option<u8> {
    Some(match character {
        '0'..='9' => character as u8 - b'0',
        '\u{06F0}'..='\u{06F9}' => (character as u32 - 0x06F0) as u8,
        '\u{0660}'..='\u{0669}' => (character as u32 - 0x0660) as u8,
        '*' => 10,
        '#' => 11,
        'a'..='c' => character as u8 - b'a' + 12,
        _ => return None,
    })
}
