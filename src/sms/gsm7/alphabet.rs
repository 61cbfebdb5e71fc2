//! The default alphabet and its extension table (3GPP TS 23.038 §6.2.1 and §6.2.1.1).

use super::ESCAPE;

/// §6.2.1. The escape stands as a space, as note 1 there asks of who can't follow it.
pub(super) const DEFAULT: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', //
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', ' ', 'Æ', 'æ', 'ß', 'É', //
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', //
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', //
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', //
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§', //
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', //
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à', //
];

/// §6.2.1.1: what follows an escape.
pub(super) const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{0C}'),
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

/// The alphabet lacks the character.
pub(crate) const NO_CODE: u8 = 0xFF;

/// Codes of U+0000–U+00FF; bit 7 stands for an escape before the septet.
const LATIN: [u8; 256] = codes_from(0);
/// Codes of U+0380–U+047F, for the ten Greek capitals.
const GREEK: [u8; 256] = codes_from(0x380);

const fn codes_from(first: u32) -> [u8; 256] {
    let mut codes = [NO_CODE; 256];
    let mut septet = 0;
    while septet < 128 {
        let at = (DEFAULT[septet] as u32).wrapping_sub(first);
        if at < 256 && septet != ESCAPE as usize {
            codes[at as usize] = septet as u8;
        }
        septet += 1;
    }
    let mut index = 0;
    while index < EXTENSION.len() {
        let (septet, character) = EXTENSION[index];
        let at = (character as u32).wrapping_sub(first);
        if at < 256 {
            codes[at as usize] = 0x80 | septet;
        }
        index += 1;
    }
    codes
}

/// The septet of a character, with bit 7 set if an escape comes before it, or [`NO_CODE`].
#[inline]
pub(crate) fn code(character: char) -> u8 {
    match character as u32 {
        at @ 0..=0xFF => LATIN[at as usize],
        at @ 0x380..=0x47F => GREEK[at as usize - 0x380],
        0x20AC => 0x80 | 0x65,
        _ => NO_CODE,
    }
}

/// UTF-8 of each septet and, from 128, of each septet after an escape; the top octet is the length.
const GLYPHS: [u32; 256] = {
    let mut glyphs = [0; 256];
    let mut septet = 0;
    while septet < 128 {
        // §6.2.1.1: what the extension table lacks is shown as in the default table.
        glyphs[septet] = glyph(DEFAULT[septet]);
        glyphs[septet + 128] = glyphs[septet];
        septet += 1;
    }
    let mut index = 0;
    while index < EXTENSION.len() {
        let (septet, character) = EXTENSION[index];
        glyphs[septet as usize + 128] = glyph(character);
        index += 1;
    }
    glyphs
};

const fn glyph(character: char) -> u32 {
    let mut utf8 = [0; 4];
    let length = character.encode_utf8(&mut utf8).len();
    utf8[3] = length as u8;
    u32::from_le_bytes(utf8)
}

/// Septets turned into text at a time.
const CHUNK: usize = 160;

/// Appends the text of septets. An escape at the very end is a space.
#[inline]
pub(crate) fn push_text(septets: &[u8], text: &mut String) {
    let mut table = 0;
    for chunk in septets.chunks(CHUNK) {
        let mut utf8 = [0u8; CHUNK * 3 + 4];
        let mut length = 0;
        for septet in chunk {
            if *septet == ESCAPE && table == 0 {
                table = 128;
                continue;
            }
            let glyph = GLYPHS[usize::from(septet & 0x7F) | table];
            table = 0;
            // Always four octets: those beyond the length are overwritten by the next.
            utf8[length..length + 4].copy_from_slice(&glyph.to_le_bytes());
            length += (glyph >> 24) as usize;
        }
        // The glyphs are whole characters, so this never takes the other branch.
        text.push_str(std::str::from_utf8(&utf8[..length]).unwrap_or_default());
    }
    if table != 0 {
        text.push(' ');
    }
}
