//! A PDU (3GPP TS 23.040 §9.2.2) with its addresses and words replaced in place: as long as it was,
//! and as readable.

/// `Some` if the text is the hexadecimal form of a PDU, with or without the octets of the centre.
pub(super) fn masked(text: &str, mut number: impl FnMut(&str) -> String) -> Option<String> {
    let mut octets = octets(text)?;
    let centre = usize::from(*octets.first()?);
    let mut at = 1 + centre;
    if at >= octets.len() || centre > 11 {
        return None;
    }
    if centre > 1 {
        semi_octets(octets.get_mut(2..at)?, (centre - 1) * 2, &mut number);
    }
    let first = octets[at];
    at += 1;
    let words = match first & 3 {
        // DELIVER §9.2.2.1, SUBMIT §9.2.2.2, STATUS-REPORT §9.2.2.3.
        0 => Some(9),
        1 => {
            at += 1;
            let validity = match first >> 3 & 3 {
                0 => 0,
                2 => 1,
                _ => 7,
            };
            Some(2 + validity)
        }
        2 => {
            at += 1;
            None
        }
        _ => return None,
    };
    let digits = usize::from(*octets.get(at)?);
    let kind = *octets.get(at + 1)?;
    let end = at + 2 + digits.div_ceil(2);
    let address = octets.get_mut(at + 2..end)?;
    match kind >> 4 & 7 {
        // Alphanumeric: the name of a service.
        5 => {}
        _ => semi_octets(address, digits, &mut number),
    }
    if let Some(before_length) = words {
        let coding = *octets.get(end + 1)?;
        let length_at = end + before_length;
        let length = usize::from(*octets.get(length_at)?);
        hide_words(octets.get_mut(length_at + 1..)?, length, coding, first & 0x40 != 0)?;
    }
    Some(octets.iter().map(|octet| format!("{octet:02X}")).collect())
}

fn octets(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() < 20 || !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// Digits in pairs, the low half first (§9.1.2.3); a half that is no digit ends them.
fn semi_octets(octets: &mut [u8], count: usize, number: &mut impl FnMut(&str) -> String) {
    let half = |octet: u8, at: usize| if at.is_multiple_of(2) { octet & 15 } else { octet >> 4 };
    let all = (0..count.min(octets.len() * 2)).map(|at| half(octets[at / 2], at));
    let digits: String =
        all.take_while(|half| *half < 10).map(|half| char::from(b'0' + half)).collect();
    for (digit, at) in number(&digits).bytes().zip(0..) {
        let octet = &mut octets[at / 2];
        let value = digit.wrapping_sub(b'0') & 15;
        *octet = match at % 2 {
            0 => *octet & 0xF0 | value,
            _ => *octet & 0x0F | value << 4,
        };
    }
}

/// Every letter becomes `x`, in the coding of the text (23.038 §4); the header of user data stays.
fn hide_words(data: &mut [u8], length: usize, coding: u8, header: bool) -> Option<()> {
    let header = if header { 1 + usize::from(*data.first()?) } else { 0 };
    let alphabet = match coding {
        0x00..=0x7F => coding >> 2 & 3,
        0xE0..=0xEF => 2,
        0xF0..=0xFF => coding >> 2 & 1,
        _ => 0,
    };
    if header > data.len() {
        return None;
    }
    match alphabet {
        2 => {
            for (octet, at) in data[header..].iter_mut().zip(0usize..) {
                *octet = if at.is_multiple_of(2) { 0 } else { b'x' };
            }
        }
        1 => data[header..].fill(b'x'),
        _ => {
            // Septets begin at a multiple of seven bits (§9.2.3.24).
            for septet in (header * 8).div_ceil(7)..length {
                put_septet(data, septet * 7, b'x');
            }
        }
    }
    Some(())
}

fn put_septet(data: &mut [u8], first_bit: usize, septet: u8) {
    for bit in 0..7 {
        let at = first_bit + bit;
        let Some(octet) = data.get_mut(at / 8) else { return };
        let mask = 1u8 << (at % 8);
        if septet >> bit & 1 == 1 { *octet |= mask } else { *octet &= !mask }
    }
}
