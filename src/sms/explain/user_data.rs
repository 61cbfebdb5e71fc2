//! TP-UDL and TP-UD: the header's information elements and the text (3GPP TS 23.040 §9.2.3.24).

use super::{Field, Sheet};
use crate::sms::dcs::Coding;
use crate::sms::user_data::UserData;
use crate::sms::user_data_header::{InformationElement, UserDataHeader};

impl Sheet<'_> {
    /// TP-UDL and TP-UD.
    pub(super) fn user_data(&mut self, data: &UserData) {
        let unit = match data.dcs().coding() {
            Coding::Gsm7 => "septets",
            _ => "octets",
        };
        let mut length = format!("{} {unit} of user data", data.announced_length());
        if data.is_cut() {
            length += &format!(", but only {} are there", data.length());
        }
        self.take("TP-UDL", 1, length);
        let count = data.octets().len();
        if count == 0 {
            return;
        }
        let (start, header) = (self.at, data.header_octets().min(count));
        let mut parts = Vec::new();
        if data.has_header() {
            let words = format!("{} octets of header follow", header - 1);
            parts.push(self.field("TP-UDHL", start..start + 1, words));
            self.elements(start + 1, start + header, &mut parts);
        }
        let meaning = text_words(data);
        if header < count {
            let end = (start + count).min(self.octets.len());
            parts.push(self.field("text", start + header..end, meaning.clone()));
        }
        self.take("TP-UD", count, meaning).parts = parts;
    }

    /// The information elements between two places.
    fn elements(&self, start: usize, end: usize, parts: &mut Vec<Field>) {
        let octets = self.octets.get(start..end).unwrap_or_default();
        if UserDataHeader::new(octets).elements().next().is_none() {
            if !octets.is_empty() {
                let words = "its lengths don't add up, so it counts as empty";
                parts.push(self.field("broken header", start..end, words));
            }
            return;
        }
        let mut at = start;
        for element in UserDataHeader::new(octets).elements() {
            let after = at + 2 + element.data.len();
            let mut field = self.field(name(element.identifier), at..after, words(&element));
            field.parts = vec![
                self.field("identifier", at..at + 1, name(element.identifier)),
                self.field("length", at + 1..at + 2, format!("{} octets", element.data.len())),
            ];
            if !element.data.is_empty() {
                field.parts.push(self.field("data", at + 2..after, words(&element)));
            }
            parts.push(field);
            at = after;
        }
    }
}

/// The text of user data, quoted.
fn text_words(data: &UserData) -> String {
    match data.dcs().coding() {
        Coding::Gsm7 | Coding::Ucs2 => format!("“{}”", data.text()),
        Coding::Data8 => format!("data: {}", data.text()),
        Coding::Compressed => String::from("compressed (23.042), which can't be read"),
    }
}

/// The name of an information element (§9.2.3.24).
fn name(identifier: u8) -> &'static str {
    match identifier {
        0x00 => "concatenated short messages, 8-bit reference",
        0x01 => "special message indication",
        0x03 => "not used (LF)",
        0x04 => "application ports, 8-bit",
        0x05 => "application ports, 16-bit",
        0x06 => "SMSC control parameters",
        0x07 => "UDH source indicator",
        0x08 => "concatenated short messages, 16-bit reference",
        0x09 => "Wireless Control Message Protocol",
        0x0A => "text formatting",
        0x0B => "predefined sound",
        0x0C => "user-defined sound",
        0x0D => "predefined animation",
        0x0E => "large animation",
        0x0F => "small animation",
        0x10 => "large picture",
        0x11 => "small picture",
        0x12 => "variable picture",
        0x13 => "user prompt indicator",
        0x14 => "extended object",
        0x15 => "reused extended object",
        0x16 => "compression control",
        0x17 => "object distribution indicator",
        0x18 => "standard WVG object",
        0x19 => "character-size WVG object",
        0x1A => "extended object data request",
        0x20 => "RFC 822 e-mail header",
        0x21 => "hyperlink format",
        0x22 => "reply address",
        0x23 => "enhanced voice mail information",
        0x24 => "national language single shift",
        0x25 => "national language locking shift",
        0x70..=0x7F => "(U)SIM toolkit security header",
        0x80..=0x9F => "between the two ends",
        0xC0..=0xDF => "of the text centre's own",
        _ => "reserved element",
    }
}

/// Languages by their identifier (23.038 §6.2.1.2.4).
const LANGUAGES: [&str; 14] = [
    "default",
    "Turkish",
    "Spanish",
    "Portuguese",
    "Bengali and Assamese",
    "Gujarati",
    "Hindi",
    "Kannada",
    "Malayalam",
    "Oriya",
    "Punjabi",
    "Tamil",
    "Telugu",
    "Urdu",
];

/// What an information element says.
fn words(element: &InformationElement<'_>) -> String {
    match (element.identifier, element.data) {
        (0x00, &[reference, parts, part]) => place(reference.into(), parts, part),
        (0x08, &[high, low, parts, part]) => place(u16::from_be_bytes([high, low]), parts, part),
        (0x01, &[_, count]) => {
            let octets = [&[element.identifier, 2], element.data].concat();
            let special = UserDataHeader::new(&octets).special_indications().next();
            let kind = special.map_or("messages", |special| match special.is_video {
                true => "video messages",
                false => special.kind.words(),
            });
            let keep = special.is_some_and(|special| special.keep);
            let profile = special.map_or(1, |special| special.profile);
            let keep = if keep { "the text is kept" } else { "the text may be discarded" };
            format!("{count} waiting: {kind}; {keep}; subscriber profile {profile}")
        }
        (0x04 | 0x05, _) => {
            let octets = [&[element.identifier, element.data.len() as u8], element.data].concat();
            match UserDataHeader::new(&octets).ports() {
                Some(ports) => {
                    let service = match ports.destination {
                        2948 => " (WAP push)",
                        9204 | 226 => " (vCard)",
                        9205 | 228 => " (vCalendar)",
                        5505 | 5506 | 5507 | 5514 => " (Nokia Smart Messaging)",
                        _ => "",
                    };
                    format!(
                        "to port {}{service}, from port {}",
                        ports.destination, ports.originator
                    )
                }
                None => String::from("of the wrong length, so it counts for nothing"),
            }
        }
        (0x24 | 0x25, &[language]) => match LANGUAGES.get(usize::from(language)) {
            Some(name) => (*name).to_owned(),
            None => format!("language {language}, which isn't known, so the default"),
        },
        (_, data) => format!("{} octets", data.len()),
    }
}

fn place(reference: u16, parts: u8, part: u8) -> String {
    let place = format!("part {part} of {parts}, reference {reference}");
    if part >= 1 && part <= parts { place } else { place + ", which makes no sense and is ignored" }
}
