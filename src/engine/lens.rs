//! A line of the console taken apart: what it is, its parameters by name, errors by name, and the
//! fields of a PDU. Made when somebody looks at the line, not when it passes.

use crate::at::explain::explain;
use crate::at::lens;
use crate::sms;

pub use crate::at::lens::{Danger, danger};
pub use crate::at::mask::{Masker, mask};

/// What stands under one heading.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Section {
    /// `+CLCC`, `SMS-DELIVER`; may be empty.
    pub title: String,
    /// One sentence; may be empty.
    pub what: String,
    /// Where it is specified; may be empty.
    pub clause: String,
    /// Parameters or fields in order.
    pub rows: Vec<Row>,
}

/// One parameter or field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// As the specification calls it.
    pub name: String,
    /// As it stands in the line.
    pub value: String,
    /// In words.
    pub meaning: String,
    /// 0 for fields, 1 for their parts, and so on.
    pub depth: u8,
}

/// Takes a line apart, sent to the modem or received from it. Empty: nothing is known of it.
pub fn explain_line(line: &str, sent: bool) -> Vec<Section> {
    let line = line.trim();
    if let Some(pdu) = pdu_section(line, sent) {
        return vec![pdu];
    }
    let sentence = explain(line, sent).unwrap_or_default();
    let mut sections: Vec<Section> =
        lens::take_apart(line, sent).into_iter().map(section).collect();
    match sections.as_mut_slice() {
        [] if sentence.is_empty() => return Vec::new(),
        [] => sections.push(Section { what: sentence, ..Section::default() }),
        // What the line as a whole says is more than what the command is for.
        [only] if !sentence.is_empty() => only.what = sentence,
        _ => {}
    }
    sections.retain(|section| !section.what.is_empty() || !section.rows.is_empty());
    sections
}

/// How the command that is being typed is given.
pub fn help(typed: &str) -> Option<Section> {
    lens::help(typed).map(section)
}

/// What can be typed next: names of commands and what they are for.
pub fn completions(typed: &str) -> Vec<(&'static str, &'static str)> {
    lens::completions(typed)
}

fn section(lens: lens::Lens) -> Section {
    let rows = lens.fields.into_iter().map(|field| Row {
        name: field.name,
        value: field.value,
        meaning: field.meaning,
        depth: 0,
    });
    Section { title: lens.name, what: lens.what, clause: lens.clause, rows: rows.collect() }
}

/// SMSC octets and TPDU in hexadecimal digits (27.005 §4).
fn pdu_section(line: &str, sent: bool) -> Option<Section> {
    let hex = line.trim_end_matches("<Ctrl-Z>").trim_end_matches('\u{1A}').trim();
    if hex.len() < 16 || !hex.len().is_multiple_of(2) {
        return None;
    }
    // An IMEI, an IMSI and the number of a SIM card are digits too, but fewer.
    if hex.len() <= 22 && hex.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let octets = sms::from_hex(hex).ok()?;
    let way = if sent { sms::Way::FromPhone } else { sms::Way::ToPhone };
    let mut section = Section {
        title: "PDU".to_owned(),
        what: "A text message".to_owned(),
        clause: "3GPP TS 23.040 §9.2".to_owned(),
        rows: Vec::new(),
    };
    match sms::explain::explain(&octets, way).or_else(|_| sms::explain::explain_stored(&octets)) {
        Ok(fields) => add_fields(&fields, 0, &mut section.rows),
        Err(error) => section.what = format!("Looks like a text message, but: {error}"),
    }
    Some(section)
}

fn add_fields(fields: &[sms::explain::Field], depth: u8, rows: &mut Vec<Row>) {
    for field in fields {
        rows.push(Row {
            name: field.name.to_owned(),
            value: field.value.clone(),
            meaning: field.meaning.clone(),
            depth,
        });
        add_fields(&field.parts, depth.saturating_add(1), rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdu_is_broken_down_into_its_fields() {
        // The example of 3GPP-based tutorials: "hellohello" to 46708251358.
        let pdu = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37<Ctrl-Z>";
        let sections = explain_line(pdu, true);
        assert_eq!(sections.len(), 1);
        let names: Vec<&str> = sections[0].rows.iter().map(|row| row.name.as_str()).collect();
        for name in ["TP-DA", "TP-DCS", "TP-UD"] {
            assert!(names.contains(&name), "{names:?}");
        }
        assert!(sections[0].rows.iter().any(|row| row.meaning.contains("hellohello")));
    }

    #[test]
    fn an_answer_keeps_the_sentence_of_the_console_and_gains_its_parameters() {
        let sections = explain_line("+CLCC: 1,0,3,0,0,\"+4930123456\",145", false);
        assert_eq!(sections[0].what, "Call 1, to +4930123456: alerting");
        assert_eq!(sections[0].rows.len(), 7);
        let ok = explain_line("OK", false);
        assert_eq!((ok[0].what.as_str(), ok[0].rows.len()), ("Done", 0));
        assert!(explain_line("nobody knows this", false).is_empty());
        assert!(explain_line("", true).is_empty());
    }

    #[test]
    fn an_imei_is_no_text_message() {
        assert!(explain_line("867962040000000", false).is_empty());
    }
}
