//! `+CRSM`: files of the SIM (3GPP TS 27.007 §8.18), and the emergency numbers in one of them.

use super::after;
use crate::at::Arguments;

/// Octets of a file beyond this many are left out.
const MAX_OCTETS: usize = 256;

/// Emergency numbers beyond this many are left out.
const MAX_CODES: usize = 16;

/// What the SIM answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crsm {
    /// `<sw1>`: 144 (0x90) and 145 say that it worked.
    pub sw1: u8,
    /// `<sw2>`.
    pub sw2: u8,
    /// `<response>`.
    pub octets: Vec<u8>,
}

impl Crsm {
    /// The file was read (51.011 §9.4).
    pub fn worked(&self) -> bool {
        matches!(self.sw1, 144 | 145)
    }
}

/// How a file is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// So many octets in a row.
    Transparent(u16),
    /// Records of so many octets, and how many there are.
    Records(u8, u8),
}

/// Reads one line, `+CRSM: 144,0,"11F2FF"`, with or without quotes.
pub fn parse(line: &str) -> Option<Crsm> {
    let mut arguments = Arguments::new(after(line, "+CRSM")?);
    let (sw1, sw2) = (arguments.number()?, arguments.number()?);
    let hex = arguments.string().unwrap_or_default();
    let digits = hex.trim().as_bytes();
    let octets = digits.chunks_exact(2).take(MAX_OCTETS).map_while(|pair| {
        let digit = |c: u8| char::from(c).to_digit(16);
        Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8)
    });
    Some(Crsm { sw1, sw2, octets: octets.collect() })
}

/// The layout in the answer to GET RESPONSE: the template of a USIM (102 221 §11.1.1.3, tags 82 and
/// 80) or the 15 octets of a SIM (51.011 §9.2.1).
pub fn layout(octets: &[u8]) -> Option<Layout> {
    if octets.first() == Some(&0x62) {
        let content = octets.get(2..)?;
        let descriptor = tag(content, 0x82)?;
        if let [_, _, high, low, count, ..] = descriptor {
            let length = u16::from_be_bytes([*high, *low]);
            return Some(Layout::Records(u8::try_from(length).ok()?, *count));
        }
        let size = tag(content, 0x80)?;
        return Some(Layout::Transparent(
            size.iter().fold(0, |size, octet| (size << 8) | u16::from(*octet)),
        ));
    }
    let size = u16::from_be_bytes([*octets.get(2)?, *octets.get(3)?]);
    match octets.get(13) {
        Some(1 | 3) => {
            let length = *octets.get(14)?;
            let count = size.checked_div(u16::from(length))?;
            Some(Layout::Records(length, u8::try_from(count).ok()?))
        }
        _ => Some(Layout::Transparent(size)),
    }
}

/// The value behind a tag of one octet with a length of one octet.
fn tag(content: &[u8], wanted: u8) -> Option<&[u8]> {
    let mut rest = content;
    while let [name, length, tail @ ..] = rest {
        let value = tail.get(..usize::from(*length))?;
        if *name == wanted {
            return Some(value);
        }
        rest = &tail[value.len()..];
    }
    None
}

/// The emergency call codes of a SIM's EF_ECC, three octets each (51.011 §10.3.27).
pub fn emergency_codes(octets: &[u8]) -> Vec<String> {
    octets.chunks_exact(3).filter_map(code).take(MAX_CODES).collect()
}

/// The code in one record of a USIM's EF_ECC: its first three octets, whatever name and category
/// follow (31.102 §4.2.21).
pub fn emergency_record(octets: &[u8]) -> Option<String> {
    code(octets.get(..3)?)
}

/// Digits in nibbles, the low one first, `F` where there is none.
fn code(octets: &[u8]) -> Option<String> {
    let nibbles = octets.iter().flat_map(|octet| [octet & 0x0F, octet >> 4]);
    let digits: String = nibbles
        .take_while(|nibble| *nibble != 0x0F)
        .map(|nibble| char::from(b"0123456789*#abc"[usize::from(nibble)]))
        .collect();
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    number.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_their_forms() {
        // The lines of ModemManager's tests.
        for line in [
            "+CRSM: 144, 0, 0054485552415941FFFFFFFFFFFFFFFFFF",
            "+CRSM: 144, 0,\"0054485552415941FFFFFFFFFFFFFFFFFF\"",
        ] {
            let told = parse(line).unwrap();
            assert!(told.worked());
            assert_eq!(told.octets.len(), 17);
            assert_eq!(&told.octets[1..8], b"THURAYA");
        }
        assert!(!parse("+CRSM: 106,130").unwrap().worked());
        assert_eq!(parse("+CRSM: 144"), None);
    }

    #[test]
    fn emergency_codes_of_a_sim() {
        // 51.011 §10.3.27: 112 is 11 F2 FF.
        assert_eq!(emergency_codes(&[0x11, 0xF2, 0xFF, 0x19, 0xF1, 0xFF]), ["112", "911"]);
        assert_eq!(emergency_codes(&[0xFF; 15]), Vec::<String>::new());
        assert_eq!(emergency_codes(&[0x11]), Vec::<String>::new());
    }

    #[test]
    fn emergency_codes_of_a_usim() {
        // 31.102 §4.2.21: three octets of the code, a name, the category.
        let record = [0x11, 0xF2, 0xFF, b'S', b'O', b'S', 0x00];
        assert_eq!(emergency_record(&record).as_deref(), Some("112"));
        assert_eq!(emergency_record(&[0xFF, 0xFF, 0xFF, 0xFF]), None);
        assert_eq!(emergency_record(&[0x11]), None);
    }

    #[test]
    fn layouts() {
        // 102 221 §11.1.1.3: 82 is the descriptor 42 21, record length and count.
        let usim = [0x62, 0x0B, 0x82, 0x05, 0x42, 0x21, 0x00, 0x14, 0x05, 0x83, 0x02, 0x6F, 0xB7];
        assert_eq!(layout(&usim), Some(Layout::Records(20, 5)));
        let usim = [0x62, 0x08, 0x82, 0x02, 0x41, 0x21, 0x80, 0x02, 0x00, 0x0F];
        assert_eq!(layout(&usim), Some(Layout::Transparent(15)));
        let sim = [0, 0, 0, 15, 0x6F, 0xB7, 4, 0, 0, 0, 0, 0, 1, 0, 0];
        assert_eq!(layout(&sim), Some(Layout::Transparent(15)));
        assert_eq!(layout(&[0x62]), None);
        assert_eq!(layout(&[]), None);
    }
}
