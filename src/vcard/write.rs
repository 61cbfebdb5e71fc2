//! From contacts to a vCard 4.0 file (RFC 6350).

use crate::phone::{Contact, ContactNumber};

/// Octets of a line at most, without its end (RFC 6350 §3.2).
const LINE_OCTETS: usize = 75;

/// All contacts as one file: UTF-8, lines ended by CRLF.
///
/// Reading it gives the same contacts, except that white space around fields, control characters
/// and runs of spaces in one-line fields are not kept.
pub fn write(contacts: &[Contact]) -> String {
    let mut out = String::new();
    for contact in contacts {
        card(contact, &mut out);
    }
    out
}

fn card(contact: &Contact, out: &mut String) {
    put("BEGIN:VCARD", out);
    put("VERSION:4.0", out);
    put(&format!("FN:{}", escaped(&contact.name)), out);
    // Some programs show only this one; which words are the family name nobody can tell.
    put(&format!("N:;{};;;", escaped(&contact.name)), out);
    for (number, at) in contact.numbers.iter().zip(1..) {
        tel(number, at, contact.numbers.len(), out);
    }
    let single =
        [("EMAIL", &contact.email), ("ORG", &contact.organization), ("NOTE", &contact.note)];
    for (name, value) in single {
        if !value.trim().is_empty() {
            put(&format!("{name}:{}", escaped(value)), out);
        }
    }
    if contact.favorite {
        put("CATEGORIES:Favorites", out);
    }
    put("END:VCARD", out);
}

/// The type words for a label, where 4.0 has them; reading them gives the label again.
fn types(label: &str) -> Option<&'static str> {
    Some(match label {
        "" => "",
        "Mobile" => ";TYPE=cell",
        "Home" => ";TYPE=home",
        "Work" => ";TYPE=work",
        "Fax" => ";TYPE=fax",
        "Home fax" => ";TYPE=home;TYPE=fax",
        "Work fax" => ";TYPE=work;TYPE=fax",
        "Pager" => ";TYPE=pager",
        _ => return None,
    })
}

fn tel(number: &ContactNumber, at: usize, count: usize, out: &mut String) {
    let rank = if at == 1 && count > 1 { ";PREF=1" } else { "" };
    // `p` and `w` are the pause and the wait of RFC 3601: nothing that would have to be escaped.
    let tones = number.tones.as_str().replace(',', "p").replace(';', "w");
    let value = escaped(number.number.as_str()) + &tones;
    match types(&number.label) {
        Some(types) => put(&format!("TEL{types}{rank}:{value}"), out),
        None => {
            // A label of the user's own is a property of the same group, as Apple does it.
            put(&format!("item{at}.TEL{rank}:{value}"), out);
            put(&format!("item{at}.X-ABLabel:{}", escaped(&number.label)), out);
        }
    }
}

/// RFC 6350 §3.4: backslash, comma, semicolon and line breaks are escaped; other control characters
/// can't be written.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes one line, folded so that no character is cut.
fn put(line: &str, out: &mut String) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}
