//! A text of any length as the contents of SMS-DELIVERs (3GPP TS 23.040 §9.2.3.24.1).

use super::alphabet;
use super::tpdu::Content;

/// Cuts a text into one or more contents with `reference` as their 8-bit concatenation reference;
/// no escape pair and no surrogate pair is cut. At most 255 parts: the rest of the text is dropped.
pub fn contents(text: &str, reference: u8) -> Vec<Content> {
    match alphabet::to_septets(text) {
        Some(septets) if septets.len() <= 160 => vec![seven_bit(&septets, None)],
        Some(_) => {
            let units: Vec<Vec<u8>> = text.chars().filter_map(alphabet::septets_of).collect();
            let parts = split(&units, 153);
            let total = parts.len() as u8;
            let numbered = parts.iter().zip(1..=total);
            numbered.map(|(part, n)| seven_bit(part, Some([reference, total, n]))).collect()
        }
        None => {
            let units: Vec<Vec<u16>> =
                text.chars().map(|c| c.encode_utf16(&mut [0; 2]).to_vec()).collect();
            let all: Vec<u16> = units.concat();
            if all.len() <= 70 {
                return vec![ucs2(&all, None)];
            }
            let parts = split(&units, 67);
            let total = parts.len() as u8;
            let numbered = parts.iter().zip(1..=total);
            numbered.map(|(part, n)| ucs2(part, Some([reference, total, n]))).collect()
        }
    }
}

/// Fills parts of at most `capacity` with whole characters.
fn split<T: Copy>(characters: &[Vec<T>], capacity: usize) -> Vec<Vec<T>> {
    let mut parts: Vec<Vec<T>> = vec![Vec::new()];
    for character in characters {
        let full = parts.last().is_some_and(|part| part.len() + character.len() > capacity);
        if full && parts.len() == 255 {
            break;
        }
        if full {
            parts.push(Vec::new());
        }
        if let Some(part) = parts.last_mut() {
            part.extend(character);
        }
    }
    parts
}

/// The concatenation element with the length octet of the header.
fn header(concatenation: [u8; 3]) -> Vec<u8> {
    let [reference, total, number] = concatenation;
    vec![0x05, 0x00, 0x03, reference, total, number]
}

fn seven_bit(septets: &[u8], concatenation: Option<[u8; 3]>) -> Content {
    match concatenation {
        None => Content {
            length: septets.len() as u8,
            user_data: alphabet::pack(septets, 0),
            ..Content::default()
        },
        Some(concatenation) => {
            // Six octets of header are 48 bits: one fill bit up to the seventh septet.
            let mut user_data = header(concatenation);
            user_data.extend(alphabet::pack(septets, 1));
            let length = septets.len() as u8 + 7;
            Content { has_header: true, length, user_data, ..Content::default() }
        }
    }
}

fn ucs2(units: &[u16], concatenation: Option<[u8; 3]>) -> Content {
    let mut user_data = concatenation.map(header).unwrap_or_default();
    user_data.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
    let length = user_data.len() as u8;
    Content { dcs: 0x08, has_header: concatenation.is_some(), length, user_data, pid: 0 }
}
