//! UCS-2 as it is used, that is UTF-16, high octet first (3GPP TS 23.038 §6.2.3).

/// Appends the text of UTF-16 octets. A surrogate without its partner becomes U+FFFD; an odd last
/// octet is ignored.
pub(super) fn push_text(octets: &[u8], text: &mut String) {
    // The longest user data has 80 units of three UTF-8 octets each at most.
    let mut utf8 = [0u8; 256];
    let mut length = 0;
    let mut rest = octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut waiting = rest.next();
    while let Some(unit) = waiting {
        waiting = rest.next();
        let character = match unit {
            0xD800..=0xDBFF => match waiting {
                Some(low @ 0xDC00..=0xDFFF) => {
                    waiting = rest.next();
                    let value =
                        0x1_0000 + ((u32::from(unit) & 0x3FF) << 10 | (u32::from(low) & 0x3FF));
                    char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                _ => char::REPLACEMENT_CHARACTER,
            },
            _ => char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        if length + 4 > utf8.len() {
            text.push_str(std::str::from_utf8(&utf8[..length]).unwrap_or_default());
            length = 0;
        }
        length += character.encode_utf8(&mut utf8[length..]).len();
    }
    text.push_str(std::str::from_utf8(&utf8[..length]).unwrap_or_default());
}

/// The UTF-16 units of octets; an odd last octet is ignored.
pub(super) fn units(octets: &[u8]) -> Vec<u16> {
    octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

/// Joins the UTF-16 units of segments in order, so that a pair cut between two is whole again.
pub fn join(segments: &[&[u16]]) -> String {
    char::decode_utf16(segments.iter().flat_map(|units| units.iter().copied()))
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
