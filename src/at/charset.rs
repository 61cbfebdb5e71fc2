//! The character sets of `+CSCS` (3GPP TS 27.007 §5.5): what a modem's strings mean.
//!
//! Messages don't pass through here (PDU mode has no such sets): only names of operators and
//! callers, and the answers of services, which modems often write in hexadecimal digits unasked.

/// A character set the modem can be told to use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Charset {
    /// `IRA`: ASCII (ITU-T T.50).
    #[default]
    Ira,
    /// `GSM`: the GSM 7-bit default alphabet, one septet an octet (23.038 §6.2.1).
    Gsm,
    /// `UCS2`: four hexadecimal digits a UTF-16 unit.
    Ucs2,
}

impl Charset {
    /// What a string of a response means in this set. What can't be in the set is given as it
    /// stands.
    pub fn decode(self, text: &str) -> String {
        match self {
            Charset::Ira => text.to_owned(),
            Charset::Gsm => text.chars().map(|c| gsm_character(c).unwrap_or(c)).collect(),
            Charset::Ucs2 => match utf16_of_hex(text) {
                Some(units) => String::from_utf16_lossy(&units),
                None => text.to_owned(),
            },
        }
    }
}

/// A name that may be UCS-2 in hexadecimal digits although nobody asked for that: decoded if it is
/// surely so, else as it stands. `CAFE` stays a name, and a number stays a number.
pub fn try_ucs2_hex(text: &str) -> String {
    surely_ucs2(text).unwrap_or_else(|| text.to_owned())
}

/// The text of a `+CUSD`: see [`Cusd::text`](crate::at::response::cusd::Cusd::text).
///
/// `FACE` and `1234` are words and numbers before they are hexadecimal digits: something else is
/// made of them only if `<dcs>` says so or what comes out is surely text.
pub(crate) fn decode_ussd(raw: &str, dcs: Option<u8>) -> String {
    let Some(compact) = hex_digits(raw) else { return misread(raw) };
    if dcs == Some(LANGUAGE_AND_UCS2)
        && let Some(text) = behind_language(&compact)
    {
        return text;
    }
    if dcs.is_some_and(is_ucs2)
        && let Some(text) = told_ucs2(&compact)
    {
        return text;
    }
    let digits_only = compact.bytes().all(|b| b.is_ascii_digit());
    if is_word(&compact) || digits_only && compact.len() <= 4 {
        return raw.to_owned();
    }
    if let Some(text) = surely_ucs2(&compact) {
        return text;
    }
    // A balance or a phone number is all digits too, and is not packed.
    if digits_only {
        return raw.to_owned();
    }
    let octets = octets_of_hex(&compact);
    // One octet a character, as `+CSCS="HEX"` writes. Packed septets seldom have no eighth bit set.
    let eight_bit = dcs.is_some_and(|dcs| matches!(dcs >> 4, 4..=7 | 9) && dcs & 0x0C == 0x04);
    let ascii = octets.iter().all(|b| b.is_ascii_graphic() || b" \r\n".contains(b));
    if ascii && (eight_bit || octets.len() >= 6) {
        return octets.iter().map(|b| char::from(*b)).collect();
    }
    let packed = gsm_unpack(&octets);
    if is_readable(&packed) { packed } else { raw.to_owned() }
}

/// Control characters as the GSM default alphabet has them (23.038 §6.2.1): what a modem in
/// `AT+CSCS="GSM"` means by them. Characters that can be seen are left as they are.
pub(crate) fn gsm_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        let extended =
            EXTENSION.iter().find(|(code, _)| escaped && u32::from(*code) == u32::from(c));
        escaped = c == '\u{1B}';
        match extended {
            Some((_, extended)) => out.push(*extended),
            None if escaped => {}
            None if c.is_ascii_control() && c != '\t' => out.extend(gsm_character(c)),
            None => out.push(c),
        }
    }
    out
}

/// The text of a `+CUSD` while the modem's character set is UCS-2.
pub(crate) fn ucs2_ussd(raw: &str, dcs: Option<u8>) -> String {
    let compact = hex_digits(raw).filter(|compact| !is_hex_of_ascii(compact));
    let told = compact.and_then(|compact| told_ucs2(&compact));
    told.unwrap_or_else(|| decode_ussd(raw, dcs))
}

/// The text of a `+CUSD` whose modem packs everything: `None` if it is not packed, or no text.
pub(crate) fn unpack_ussd(raw: &str, dcs: Option<u8>) -> Option<String> {
    let compact = hex_digits(raw).filter(|_| !dcs.is_some_and(is_ucs2))?;
    if is_word(&compact) || surely_ucs2(&compact).is_some() {
        return None;
    }
    let packed = gsm_unpack(&octets_of_hex(&compact));
    is_readable(&packed).then_some(packed)
}

/// UCS-2, since `<dcs>` says so; `None` if nothing sensible comes out. Digits alone are a number
/// unless they are Latin letters or several of one other script.
fn told_ucs2(compact: &str) -> Option<String> {
    let text = String::from_utf16(&utf16_of_hex(compact)?).ok()?;
    let digits_only = compact.bytes().all(|b| b.is_ascii_digit());
    let number = digits_only && !text.chars().all(|c| u32::from(c) < 0x100) && {
        let mut scripts = text.chars().map(|c| script_of(u32::from(c))).filter(|s| *s != 0);
        let first = scripts.next();
        text.chars().count() < 2 || scripts.any(|script| Some(script) != first)
    };
    (!number && text.chars().all(is_printable)).then_some(text)
}

/// So many octets that could all be written in ASCII are ASCII: no text in UCS-2 has them by
/// chance.
fn is_hex_of_ascii(compact: &str) -> bool {
    let octets = octets_of_hex(compact);
    octets.len() >= 20 && octets.iter().all(|b| b.is_ascii_graphic() || b" \r\n".contains(b))
}

/// Letters from A to F alone, and not many: a word rather than octets, which have digits among
/// them.
fn is_word(compact: &str) -> bool {
    compact.len() <= 12 && compact.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Pairs of hexadecimal digits and nothing else, without the white space between them.
fn hex_digits(raw: &str) -> Option<String> {
    let compact: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let hex = compact.len() >= 2
        && compact.len().is_multiple_of(2)
        && compact.bytes().all(|b| b.is_ascii_hexdigit());
    // No modem writes its digits in both cases, but people do.
    let upper = compact.bytes().any(|b| b.is_ascii_uppercase());
    let lower = compact.bytes().any(|b| b.is_ascii_lowercase());
    (hex && !(upper && lower)).then_some(compact)
}

/// UCS-2 behind the language in two packed septets and padding (23.038 §5): `6139` is `ar`.
const LANGUAGE_AND_UCS2: u8 = 17;

/// The text behind the language. What stands behind its end (a few modems write on) is no text.
fn behind_language(compact: &str) -> Option<String> {
    let (language, text) = compact.split_at_checked(4)?;
    let language = gsm_unpack(&octets_of_hex(language));
    let letters = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
    let units = utf16_of_hex(text).filter(|_| letters)?;
    let end = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
    let text = String::from_utf16(units.get(..end)?).ok()?;
    (!text.is_empty() && text.chars().all(is_printable)).then_some(text)
}

/// Plain text that the modem or the way to us made something else of.
fn misread(raw: &str) -> String {
    misread_gsm(misread_utf8(raw))
}

/// `w{hlen` was `wählen`: the GSM alphabet has a letter where ASCII has a bracket, and no bracket
/// stands between two small letters.
fn misread_gsm(text: String) -> String {
    let small = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
    let found: Vec<char> = text.chars().collect();
    let letter = |at: usize, c: char| {
        let before = at.checked_sub(1).and_then(|at| found.get(at));
        let between = small(before) && small(found.get(at + 1));
        gsm_character(c).filter(|_| between && matches!(c, '{' | '|' | '}' | '~')).unwrap_or(c)
    };
    found.iter().enumerate().map(|(at, c)| letter(at, *c)).collect()
}

/// UTF-8 that was taken for Latin-1 on its way: `Ã¤` was an `ä`.
fn misread_utf8(raw: &str) -> String {
    let octets: Option<Vec<u8>> = raw.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let multiple = raw.chars().any(|c| ('\u{C2}'..='\u{F4}').contains(&c));
    let read = octets.filter(|_| multiple).and_then(|octets| String::from_utf8(octets).ok());
    read.filter(|text| text.chars().all(is_printable)).unwrap_or_else(|| raw.to_owned())
}

/// The coding scheme of cell broadcast and service texts says UCS-2 (23.038 §5). 17 would say so
/// too, but many modems write it beside septets, so that it is no hint.
fn is_ucs2(dcs: u8) -> bool {
    match dcs >> 4 {
        4..=7 => dcs & 0x0C == 0x08,
        9 => dcs & 0x0C == 0x08,
        _ => false,
    }
}

fn surely_ucs2(text: &str) -> Option<String> {
    let units = utf16_of_hex(text)?;
    let latin = units.iter().all(|unit| unit >> 8 == 0);
    let digits_only = text.bytes().all(|b| b.is_ascii_digit());
    let script = |unit: &u16| script_of(u32::from(*unit));
    let mut blocks = units.iter().map(script).filter(|block| *block != 0);
    let first = blocks.next();
    let one_script = units.len() >= 2 && !digits_only && blocks.all(|block| Some(block) == first);
    let text = String::from_utf16(&units).ok()?;
    ((latin || one_script) && text.chars().all(is_printable)).then_some(text)
}

/// A number that is the same for what people write together; 0 for what goes with every script.
fn script_of(character: u32) -> u32 {
    match character {
        // Punctuation and digits.
        0..=0x7F | 0x2000..=0x206F | 0x3000..=0x303F => 0,
        0x3040..=0x9FFF => 0x4E,
        0xAC00..=0xD7A3 => 0xAC,
        _ => character >> 8,
    }
}

/// UTF-16 units of text that is four hexadecimal digits each; `None` if it is anything else.
fn utf16_of_hex(text: &str) -> Option<Vec<u16>> {
    let whole = !text.is_empty() && text.len().is_multiple_of(4);
    if !whole || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = octets_of_hex(text);
    Some(pairs.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect())
}

fn octets_of_hex(text: &str) -> Vec<u8> {
    let digit = |c: u8| char::from(c).to_digit(16).unwrap_or(0) as u8;
    text.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn is_printable(c: char) -> bool {
    let private = ('\u{E000}'..='\u{F8FF}').contains(&c);
    c == '\n' || c == '\r' || !(c.is_control() || private || c == '\u{FFFD}')
}

/// What the text of a service is made of; a wrong guess soon has something else. The shorter it is
/// the plainer it has to be, since a few octets give some characters by chance.
fn is_readable(text: &str) -> bool {
    let ordinary = |c: char| {
        c.is_ascii_graphic()
            || matches!(c, ' ' | '\n' | '\r' | '£' | '€' | '¥')
            || c.is_alphabetic() && ('À'..='ÿ').contains(&c)
    };
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | ',' | ':' | '-');
    let all = text.chars().count();
    let good = text.chars().filter(plain).count();
    let least = match all {
        0..=3 => all,
        4..=7 => all - 1,
        _ => all.div_ceil(2),
    };
    all > 0 && text.chars().all(ordinary) && good >= least
}

/// The GSM 7-bit default alphabet (23.038 §6.2.1); `\u{1B}` stands for the escape.
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1B}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                   ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Its extension (23.038 §6.2.1.1).
const EXTENSION: [(u8, char); 9] = [
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

fn gsm_character(septet: char) -> Option<char> {
    GSM.chars().nth(usize::try_from(u32::from(septet)).ok()?)
}

/// Septets packed into octets (23.038 §6.1.2.3) → text, without the padding of the last octet.
fn gsm_unpack(octets: &[u8]) -> String {
    let mut septets = Vec::with_capacity(octets.len() * 8 / 7);
    let (mut bits, mut count) = (0u16, 0);
    for octet in octets {
        bits |= u16::from(*octet) << count;
        count += 8;
        while count >= 7 {
            septets.push((bits & 0x7F) as u8);
            bits >>= 7;
            count -= 7;
        }
    }
    // Seven bits left over are padding: zeros, or CR.
    if octets.len().is_multiple_of(7) && matches!(septets.last(), Some(0 | 0x0D)) {
        septets.pop();
    }
    let mut text = String::new();
    let mut escaped = false;
    for septet in septets {
        if septet == 0x1B {
            escaped = true;
            continue;
        }
        let extended = EXTENSION.iter().find(|(code, _)| escaped && *code == septet);
        let plain = || gsm_character(char::from(septet));
        text.extend(extended.map(|(_, c)| *c).or_else(plain));
        escaped = false;
    }
    text
}

#[cfg(test)]
mod tests;
