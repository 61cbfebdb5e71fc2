//! Octets as hexadecimal digits, two for each: how a PDU travels on the AT interface
//! (3GPP TS 27.005 §3.1, `<pdu>`).

use super::error::DecodeError;

/// The most octets a PDU line may have here: an SMSC address (12) and the longest TPDU (176) leave
/// room to spare.
pub(super) const MAX_OCTETS: usize = 256;

/// Octets as capital hexadecimal digits.
pub fn to_hex(octets: &[u8]) -> String {
    let mut hex = String::with_capacity(octets.len() * 2);
    to_hex_into(octets, &mut hex);
    hex
}

/// Appends octets to `hex` as capital hexadecimal digits.
pub fn to_hex_into(octets: &[u8], hex: &mut String) {
    let mut digits = [0u8; 128];
    for chunk in octets.chunks(64) {
        for (pair, octet) in digits.as_chunks_mut::<2>().0.iter_mut().zip(chunk) {
            *pair = [digit(octet >> 4), digit(octet & 15)];
        }
        // The digits are ASCII, so this never takes the other branch.
        hex.push_str(std::str::from_utf8(&digits[..chunk.len() * 2]).unwrap_or_default());
    }
}

/// The octets that an even number of hexadecimal digits stands for; white space around them is
/// ignored.
pub fn from_hex(hex: &str) -> Result<Vec<u8>, DecodeError> {
    let digits = hex.trim().as_bytes();
    let mut octets = vec![0; digits.len() / 2];
    fill(digits, &mut octets)?;
    if digits.len() % 2 == 1 {
        return Err(DecodeError::new("PDU", octets.len(), "half an octet: a digit is missing"));
    }
    Ok(octets)
}

/// Reads a PDU line into `buffer`. Returns the number of whole octets and whether half an octet
/// followed.
pub(super) fn read_line(
    line: &str,
    buffer: &mut [u8; MAX_OCTETS],
) -> Result<(usize, bool), DecodeError> {
    let digits = line.trim_ascii().as_bytes();
    let count = digits.len() / 2;
    let Some(octets) = buffer.get_mut(..count) else {
        return Err(DecodeError::new("PDU", MAX_OCTETS, "longer than any PDU"));
    };
    fill(digits, octets)?;
    let half = digits.len() % 2 == 1;
    if half && value(digits[digits.len() - 1]) > 15 {
        return Err(not_hex(count));
    }
    Ok((count, half))
}

/// Converts the first `2 × octets.len()` digits.
fn fill(digits: &[u8], octets: &mut [u8]) -> Result<(), DecodeError> {
    let (pairs, _) = digits.as_chunks::<2>();
    let mut wrong = 0;
    for (octet, [high, low]) in octets.iter_mut().zip(pairs) {
        let (high, low) = (value(*high), value(*low));
        wrong |= high | low;
        *octet = high << 4 | (low & 15);
    }
    if wrong > 15 {
        let wrong_digit = digits.iter().position(|digit| value(*digit) > 15);
        return Err(not_hex(wrong_digit.unwrap_or(0) / 2));
    }
    Ok(())
}

/// The capital digit of a value below 16. Arithmetic instead of a table, so that the compiler does
/// many at a time.
#[inline]
fn digit(value: u8) -> u8 {
    value + if value < 10 { b'0' } else { b'A' - 10 }
}

/// The value of a digit; something above 15 for what is none.
#[inline]
fn value(digit: u8) -> u8 {
    let number = digit.wrapping_sub(b'0');
    let letter = (digit | 0x20).wrapping_sub(b'a');
    let letter = if letter < 6 { letter + 10 } else { 0xFF };
    if number < 10 { number } else { letter }
}

#[cold]
fn not_hex(octet: usize) -> DecodeError {
    DecodeError::new("PDU", octet, "not a hexadecimal digit")
}
