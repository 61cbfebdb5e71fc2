//! The fields of a PDU as lines for people, under each other and their parts indented, and as JSON.

use crate::cli::json::JsonLine;
use crate::cli::output::visible;
use crate::sms::explain::{Field, explain, explain_stored};
use crate::sms::{Pdu, Tpdu, from_hex};

/// Hexadecimal digits of a value that are shown to people; programs get all.
const SHOWN: usize = 24;
/// Parts of parts that are shown; nothing goes deeper than an address in a header.
const DEEPEST: usize = 8;

/// Every field of a PDU that was read from these digits. None if a modem lost the last digit on
/// the way: then only what was read is known.
pub fn of(hex: &str, pdu: &Pdu) -> Vec<Field> {
    let Ok(mut octets) = from_hex(hex.trim()) else { return Vec::new() };
    if pdu.bare {
        // An SMSC field that says "none", taken away again below.
        octets.insert(0, 0);
    }
    // The kinds that only a direction tells apart.
    let fields = match &pdu.tpdu {
        Tpdu::Deliver(_) | Tpdu::Submit(_) | Tpdu::StatusReport(_) => explain_stored(&octets),
        other => explain(&octets, other.way()),
    };
    let mut fields = fields.unwrap_or_default();
    if pdu.bare && !fields.is_empty() {
        fields.remove(0);
        fields.iter_mut().for_each(one_octet_earlier);
    }
    fields
}

fn one_octet_earlier(field: &mut Field) {
    field.octets = field.octets.start.saturating_sub(1)..field.octets.end.saturating_sub(1);
    field.parts.iter_mut().for_each(one_octet_earlier);
}

/// A line for each field: where it is, what is there, its name, its meaning.
pub fn table(fields: &[Field]) -> String {
    let mut rows = Vec::new();
    add_rows(fields, 0, &mut rows);
    let mut widths = [0; 3];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let [octets, value, name] = widths;
    let lines = rows.iter().map(|row| {
        let line =
            format!("{:>octets$}  {:<value$}  {:<name$}  {}", row[0], row[1], row[2], row[3]);
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn add_rows(fields: &[Field], depth: usize, rows: &mut Vec<[String; 4]>) {
    for field in fields {
        let indent = "  ".repeat(depth);
        let (first, end) = (field.octets.start, field.octets.end);
        let octets = match end.saturating_sub(first) {
            0 => String::new(),
            1 => first.to_string(),
            _ => format!("{first}-{}", end - 1),
        };
        let mut value: String = field.value.chars().take(SHOWN).collect();
        if value.len() < field.value.len() {
            value.push('…');
        }
        let (value, name) = (format!("{indent}{value}"), format!("{indent}{}", field.name));
        rows.push([octets, value, name, visible(&field.meaning)]);
        if depth < DEEPEST {
            add_rows(&field.parts, depth + 1, rows);
        }
    }
}

/// One field with its parts.
pub fn json(field: &Field) -> JsonLine {
    let line = JsonLine::new()
        .text("name", field.name)
        .numbers("octets", &[field.octets.start, field.octets.end])
        .text("value", &field.value)
        .text("meaning", &field.meaning);
    if field.parts.is_empty() { line } else { line.objects("fields", field.parts.iter().map(json)) }
}
