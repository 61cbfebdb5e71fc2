//! The GSM 7-bit default alphabet with its extension table, and the packing of septets
//! (3GPP TS 23.038 §6.1.2.1, §6.2.1, §6.2.1.1).

/// Septet 0x00 to 0x7F. The escape to the extension table stands at 0x1B.
const DEFAULT: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// What follows the escape septet 0x1B.
const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{c}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2F, '\\'),
    (0x3C, '['),
    (0x3D, '~'),
    (0x3E, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

const ESCAPE: u8 = 0x1B;

/// The septets of one character (one or two), or none if the alphabet lacks it.
pub fn septets_of(character: char) -> Option<Vec<u8>> {
    if let Some((septet, _)) = EXTENSION.iter().find(|(_, c)| *c == character) {
        return Some(vec![ESCAPE, *septet]);
    }
    let place = DEFAULT.chars().position(|c| c == character && c != '\u{1b}')?;
    Some(vec![place as u8])
}

/// The septets of a text, or none if a character is not in the alphabet.
pub fn to_septets(text: &str) -> Option<Vec<u8>> {
    let mut septets = Vec::new();
    for character in text.chars() {
        septets.extend(septets_of(character)?);
    }
    Some(septets)
}

/// The text of septets. An escape that the table does not know shows as the character of the
/// default table, as §6.2.1.1 asks; a last lone escape as a space.
pub fn from_septets(septets: &[u8]) -> String {
    let table: Vec<char> = DEFAULT.chars().collect();
    let mut text = String::new();
    let mut septets = septets.iter();
    while let Some(&septet) = septets.next() {
        if septet & 0x7F != ESCAPE {
            text.push(table[usize::from(septet & 0x7F)]);
            continue;
        }
        let Some(&second) = septets.next() else {
            text.push(' ');
            break;
        };
        let extended = EXTENSION.iter().find(|(code, _)| *code == second & 0x7F);
        text.push(match extended {
            Some((_, character)) => *character,
            None if second & 0x7F == ESCAPE => ' ',
            None => table[usize::from(second & 0x7F)],
        });
    }
    text
}

/// Packs septets into octets after `fill_bits` zero bits (0–6, after a user data header).
pub fn pack(septets: &[u8], fill_bits: usize) -> Vec<u8> {
    let bits = fill_bits + septets.len() * 7;
    let mut octets = vec![0u8; bits.div_ceil(8)];
    for (number, septet) in septets.iter().enumerate() {
        let at = fill_bits + number * 7;
        let shifted = u16::from(septet & 0x7F) << (at % 8);
        octets[at / 8] |= shifted as u8;
        if shifted > 0xFF {
            octets[at / 8 + 1] |= (shifted >> 8) as u8;
        }
    }
    octets
}

/// The inverse of [`pack`]: `count` septets, or as many as the octets hold.
pub fn unpack(octets: &[u8], fill_bits: usize, count: usize) -> Vec<u8> {
    let mut septets = Vec::new();
    for number in 0..count {
        let at = fill_bits + number * 7;
        if at + 7 > octets.len() * 8 {
            break;
        }
        let low = u16::from(octets[at / 8]);
        let high = octets.get(at / 8 + 1).map_or(0, |octet| u16::from(*octet));
        septets.push(((low | (high << 8)) >> (at % 8)) as u8 & 0x7F);
    }
    septets
}
