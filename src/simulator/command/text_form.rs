//! Text mode: messages and numbers in the character set that `+CSCS` names
//! (3GPP TS 27.005 §3.1, §3.3.2, §3.4; 27.007 §5.5).

use super::{hex, type_of_number};
use crate::simulator::message::alphabet;
use crate::simulator::message::tpdu::{self, Address, Coding, Content, Submit, coding};
use crate::simulator::persona::UssdForm;
use crate::simulator::storage::StoredMessage;
use crate::simulator::terminal::settings::TextSettings;

/// A text of ours in the chosen character set. With `GSM` each character is one septet's octet.
pub fn shown(text: &str, settings: &TextSettings) -> String {
    match settings.charset.as_str() {
        "UCS2" => text.encode_utf16().map(|unit| format!("{unit:04X}")).collect(),
        "GSM" => {
            let septets = text.chars().flat_map(|c| alphabet::septets_of(c).unwrap_or(vec![0x3F]));
            septets.map(char::from).collect()
        }
        _ => text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect(),
    }
}

/// How much of a SIM's field for names a name takes: septets' octets, or UCS-2 with a mark in front
/// (3GPP TS 11.11 Annex B).
pub fn length_on_sim(name: &str) -> usize {
    match alphabet::to_septets(name) {
        Some(septets) => septets.len(),
        None => 1 + 2 * name.encode_utf16().count(),
    }
}

/// A typed text in the chosen character set as Unicode.
pub fn plain(typed: &str, settings: &TextSettings) -> String {
    let octets: Vec<u8> = typed.chars().map(|c| c as u8).collect();
    match settings.charset.as_str() {
        "UCS2" => {
            units_of(&octets).map_or_else(|| typed.to_owned(), |u| String::from_utf16_lossy(&u))
        }
        "GSM" => alphabet::from_septets(&octets),
        _ => typed.to_owned(),
    }
}

/// UTF-16 units out of hex digits.
fn units_of(digits: &[u8]) -> Option<Vec<u16>> {
    let octets = hex::decode(digits)?;
    if octets.is_empty() || octets.len() % 2 == 1 {
        return None;
    }
    Some(octets.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect())
}

/// The user data as text mode shows it.
fn data(content: &Content, settings: &TextSettings) -> String {
    match (coding(content.dcs), content.has_header) {
        (Coding::Gsm7, false) => shown(&content.text().unwrap_or_default(), settings),
        // UCS-2, 8-bit data and anything with a header: octets in hex (27.005 §3.1 <data>).
        _ => hex::encode(&content.user_data),
    }
}

/// What stands behind `+CMGR: ` and, with its index, `+CMGL: <index>,`.
pub fn stored(message: &StoredMessage, settings: &TextSettings, in_list: bool) -> String {
    let status = message.status.word();
    if let Some((from, stamp, content)) = tpdu::read_deliver(&message.tpdu) {
        let number = shown(&from.text, settings);
        let time = tpdu::timestamp_text(&stamp);
        let kind = type_of_address(&from);
        let header = match (settings.show_header, in_list) {
            (false, _) => String::new(),
            (true, true) => format!(",{kind},{}", content.length),
            (true, false) => format!(
                ",{kind},{},{},{},\"{}\",145,{}",
                message.tpdu[0],
                content.pid,
                content.dcs,
                shown(&settings.smsc, settings),
                content.length
            ),
        };
        let text = data(&content, settings);
        return format!("\"{status}\",\"{number}\",,\"{time}\"{header}\n{text}");
    }
    if let Some(submit) = Submit::read(&message.tpdu) {
        let number = shown(&submit.destination.text, settings);
        let text = data(&submit.content, settings);
        return format!("\"{status}\",\"{number}\",\n{text}");
    }
    format!("\"{status}\",{}", report(&message.tpdu))
}

/// A text or report that goes straight to the program: `+CMT` or `+CDS`.
pub fn routed(tpdu: &[u8], settings: &TextSettings) -> String {
    let Some((from, stamp, content)) = tpdu::read_deliver(tpdu) else {
        return format!("+CDS: {}", report(tpdu));
    };
    let number = shown(&from.text, settings);
    let time = tpdu::timestamp_text(&stamp);
    let text = data(&content, settings);
    let header = if settings.show_header {
        let kind = type_of_address(&from);
        let (first, pid, dcs, length) = (tpdu[0], content.pid, content.dcs, content.length);
        let smsc = shown(&settings.smsc, settings);
        format!(",{kind},{first},{pid},{dcs},\"{smsc}\",145,{length}")
    } else {
        String::new()
    };
    format!("+CMT: \"{number}\",,\"{time}\"{header}\n{text}")
}

/// `<fo>,<mr>,<ra>,<tora>,<scts>,<dt>,<st>` of an SMS-STATUS-REPORT; empty if it is none.
fn report(tpdu: &[u8]) -> String {
    let read = || {
        let (recipient, taken) = Address::read(tpdu.get(2..)?)?;
        let rest = tpdu.get(2 + taken..)?;
        let submitted: [u8; 7] = rest.get(..7)?.try_into().ok()?;
        let discharged: [u8; 7] = rest.get(7..14)?.try_into().ok()?;
        let status = rest.get(14)?;
        let (first, reference, kind) = (tpdu[0], tpdu[1], type_of_address(&recipient));
        Some(format!(
            "{first},{reference},\"{}\",{kind},\"{}\",\"{}\",{status}",
            recipient.text,
            tpdu::timestamp_text(&submitted),
            tpdu::timestamp_text(&discharged)
        ))
    };
    read().unwrap_or_default()
}

fn type_of_address(address: &Address) -> u8 {
    address.octets.get(1).copied().unwrap_or_else(|| type_of_number(&address.text))
}

/// The SMS-SUBMIT of a text typed in text mode, with the parameters of `+CSMP`; none if it can't be
/// one.
pub fn submit(to: &str, typed: &[u8], settings: &TextSettings) -> Option<Vec<u8>> {
    let [first, validity, pid, dcs] = settings.parameters;
    // Only a relative validity period, or none, can be given as one number.
    let first = if first & 0x18 == 0 { first & 0xE7 } else { first & 0xE7 | 0x10 };
    let destination = Address::new(to);
    let is_number = destination.octets[1] != 0xD0;
    let ucs2 = settings.charset == "UCS2";
    let (length, user_data) = match coding(dcs) {
        // With a header every octet is typed as two digits (27.005 §3.1 <data>).
        alphabet if first & 0x40 != 0 => {
            let octets = hex::decode(typed)?;
            let seven_bit = alphabet == Coding::Gsm7;
            (if seven_bit { octets.len() * 8 / 7 } else { octets.len() }, octets)
        }
        Coding::Ucs2 if ucs2 || is_hex(typed) => {
            let octets = hex::decode(typed)?;
            (octets.len(), octets)
        }
        Coding::Octets => {
            let octets = hex::decode(typed)?;
            (octets.len(), octets)
        }
        other => {
            let characters: String = typed.iter().map(|octet| char::from(*octet)).collect();
            let text = if ucs2 {
                String::from_utf16_lossy(&units_of(typed)?)
            } else {
                plain(&characters, settings)
            };
            if other == Coding::Ucs2 {
                let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                (octets.len(), octets)
            } else {
                let known = text.chars().map(|c| alphabet::septets_of(c).unwrap_or(vec![0x3F]));
                let septets: Vec<u8> = known.flatten().collect();
                (septets.len(), alphabet::pack(&septets, 0))
            }
        }
    };
    if user_data.len() > 140 || !is_number {
        return None;
    }
    let mut tpdu = vec![first & 0xFC | 1, 0];
    tpdu.extend(&destination.octets);
    tpdu.extend([pid, dcs]);
    if first & 0x18 != 0 {
        tpdu.push(validity);
    }
    tpdu.push(length as u8);
    tpdu.extend(user_data);
    Some(tpdu)
}

fn is_hex(typed: &[u8]) -> bool {
    typed.len().is_multiple_of(4) && typed.iter().all(u8::is_ascii_hexdigit)
}

/// The text of `+CUSD` and its data coding scheme: what the form can't hold goes as UCS-2
/// (23.038 §5: 15 is the default alphabet, 68 is octets, 72 is UCS-2).
pub fn service_text(text: &str, form: UssdForm, settings: &TextSettings) -> (String, u8) {
    let ucs2 = || {
        let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
        (units.collect(), 72)
    };
    match form {
        UssdForm::Ucs2 => ucs2(),
        // One octet of the line for each of the text's.
        UssdForm::Utf8 => (text.bytes().map(char::from).collect(), 15),
        _ if alphabet::to_septets(text).is_none() => ucs2(),
        UssdForm::Plain => (shown(text, settings), 15),
        UssdForm::Packed => packed_answer(text).map_or_else(ucs2, |packed| (packed, 15)),
        UssdForm::Octets if text.is_ascii() => (hex::encode(text.as_bytes()), 68),
        UssdForm::Octets => ucs2(),
    }
}

/// A service code as typed: plain, or hex digits of the chosen character set.
pub fn typed_service_text(typed: &str, settings: &TextSettings) -> String {
    if settings.charset == "UCS2" { plain(typed, settings) } else { typed.to_owned() }
}

/// A service code as Huawei sticks want it: septets, packed, in hex (23.038 §6.1.2.3). None if it
/// is typed otherwise. A padding CR in the last septet is no part of it. `short`: one character,
/// two digits of hex, is taken so, too, which may also be a number typed as it is.
pub fn packed_service_text(typed: &str, short: bool) -> Option<String> {
    let octets = hex::decode(typed.as_bytes()).filter(|octets| short || octets.len() > 1)?;
    let septets = alphabet::unpack(&octets, 0, octets.len() * 8 / 7);
    let text = alphabet::from_septets(&septets);
    Some(text.trim_end_matches(['\r', '@']).to_owned())
}

/// The inverse.
fn packed_answer(text: &str) -> Option<String> {
    let mut septets = alphabet::to_septets(text)?;
    if septets.len() % 8 == 7 {
        septets.push(0x0D);
    }
    Some(hex::encode(&alphabet::pack(&septets, 0)))
}
