//! The GSM 7 bit default alphabet: text ⇄ septets ⇄ octets (3GPP TS 23.038 §6).

mod alphabet;
mod locking_tables;
mod national;
mod packing;
mod single_shift_tables;
#[cfg(test)]
mod tests;

pub use packing::{pack, unpack};

pub(super) use alphabet::{NO_CODE, code, push_text};
pub(super) use national::{
    LANGUAGES, encode_national_into, membership, national_cost, push_national_text,
};
pub(super) use packing::{BUFFER_SEPTETS, pack_buffer, unpack_buffer};

/// Escape to the extension table.
const ESCAPE: u8 = 0x1B;
/// Carriage return.
const CR: u8 = 0x0D;

/// Septets that a character costs: 1, or 2 for one of the extension table; none if the alphabet
/// lacks it.
#[inline]
pub fn cost(character: char) -> Option<usize> {
    match code(character) {
        NO_CODE => None,
        code => Some(1 + usize::from(code >> 7)),
    }
}

/// The septets of a text, one in each octet. None if the alphabet lacks a character.
pub fn to_septets(text: &str) -> Option<Vec<u8>> {
    let mut septets = Vec::with_capacity(text.len());
    for character in text.chars() {
        match code(character) {
            NO_CODE => return None,
            code if code & 0x80 == 0 => septets.push(code),
            code => septets.extend([ESCAPE, code & 0x7F]),
        }
    }
    Some(septets)
}

/// The text of septets, one in each octet.
pub fn to_text(septets: &[u8]) -> String {
    let mut text = String::with_capacity(septets.len());
    push_text(septets, &mut text);
    text
}

/// Writes the septets of a text into a slice and returns how many they are. None if the alphabet
/// lacks a character or they don't fit.
#[inline]
pub(super) fn encode_into(text: &str, septets: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    for character in text.chars() {
        let code = code(character);
        if code & 0x80 != 0 {
            if code == NO_CODE {
                return None;
            }
            *septets.get_mut(length)? = ESCAPE;
            length += 1;
        }
        *septets.get_mut(length)? = code & 0x7F;
        length += 1;
    }
    Some(length)
}

/// Packed octets of a USSD string: where seven bits are left over in the last octet, a CR fills
/// them, since nothing else tells the number of septets (§6.1.2.3.1). None if the alphabet lacks a
/// character.
pub fn encode_ussd(text: &str) -> Option<Vec<u8>> {
    let mut septets = to_septets(text)?;
    let ends_on_octet = septets.len() % 8 == 0 && septets.last() == Some(&CR);
    if septets.len() % 8 == 7 || ends_on_octet {
        septets.push(CR);
    }
    Some(pack(&septets))
}

/// The text of a packed USSD string; the inverse of [`encode_ussd`].
pub fn decode_ussd(octets: &[u8]) -> String {
    let mut septets = unpack(octets, octets.len() * 8 / 7);
    let padded = match septets.len() % 8 {
        0 => septets.ends_with(&[CR]),
        1 => septets.ends_with(&[CR, CR]),
        _ => false,
    };
    if padded {
        septets.pop();
    }
    to_text(&septets)
}
