//! The first octet of a TPDU and TP-PI, bit by bit (3GPP TS 23.040 §9.2.2, §9.2.3.27).

use super::{Field, Sheet};
use crate::sms::parameters::Parameters;
use crate::sms::tpdu::Tpdu;

/// Name, highest bit, lowest bit, and the meaning of each value.
type Row = (&'static str, u8, u8, &'static [&'static str]);

const UDHI: Row = ("TP-UDHI", 6, 6, &["no header before the text", "a header before the text"]);
const MMS: Row = ("TP-MMS", 2, 2, &["more messages wait in the centre", "no more messages wait"]);
const LP: Row = ("TP-LP", 3, 3, &["may be forwarded", "must not be forwarded"]);
const RP: Row = ("TP-RP", 7, 7, &["no reply path", "a reply may go through the same centre"]);
const SRR: Row = ("TP-SRR", 5, 5, &["no status report wanted", "a status report is wanted"]);

const DELIVER: &[Row] = &[
    RP,
    UDHI,
    ("TP-SRI", 5, 5, &["the sender asked for no report", "the sender asked for a report"]),
    ("reserved", 4, 4, &["unused", "reserved"]),
    LP,
    MMS,
];
const SUBMIT: &[Row] = &[
    RP,
    UDHI,
    SRR,
    ("TP-VPF", 4, 3, &["no validity period", "enhanced form", "relative form", "absolute form"]),
    ("TP-RD", 2, 2, &["duplicates are accepted", "duplicates are to be refused"]),
];
const STATUS_REPORT: &[Row] = &[
    ("reserved", 7, 7, &["unused", "reserved"]),
    UDHI,
    ("TP-SRQ", 5, 5, &["the answer to a text", "the answer to a command"]),
    ("reserved", 4, 4, &["unused", "reserved"]),
    LP,
    MMS,
];
const REPORT: &[Row] = &[("reserved", 7, 7, &["unused", "reserved"]), UDHI];
const COMMAND: &[Row] = &[("reserved", 7, 7, &["unused", "reserved"]), UDHI, SRR];

const PARAMETERS: &[Row] = &[
    ("extension", 7, 7, &["no further octet of TP-PI", "another octet of TP-PI follows"]),
    ("reserved", 6, 3, &["unused"]),
    ("TP-UDL", 2, 2, &["no user data", "user data follow"]),
    ("TP-DCS", 1, 1, &["no data coding scheme", "a data coding scheme follows"]),
    ("TP-PID", 0, 0, &["no protocol identifier", "a protocol identifier follows"]),
];

/// The bits of an octet as fields.
fn parts(field: &Field, octet: u8, rows: &[Row]) -> Vec<Field> {
    let part = |(name, high, low, meanings): &Row| {
        let value = octet >> low & (0xFF >> (7 - (high - low)));
        let meaning = meanings.get(usize::from(value)).copied().unwrap_or("reserved");
        field.bits(name, octet, *high, *low, meaning)
    };
    rows.iter().map(part).collect()
}

impl Sheet<'_> {
    pub(super) fn first_octet(&mut self, tpdu: &Tpdu) {
        let octet = self.next();
        let (name, rows) = match tpdu {
            Tpdu::Deliver(_) => ("SMS-DELIVER: a text on its way to the phone", DELIVER),
            Tpdu::Submit(_) => ("SMS-SUBMIT: a text on its way from the phone", SUBMIT),
            Tpdu::StatusReport(_) => {
                ("SMS-STATUS-REPORT: what became of a text sent earlier", STATUS_REPORT)
            }
            Tpdu::DeliverReport(_) => {
                ("SMS-DELIVER-REPORT: the phone's answer to what it was sent", REPORT)
            }
            Tpdu::SubmitReport(_) => {
                ("SMS-SUBMIT-REPORT: the centre's answer to what it was sent", REPORT)
            }
            Tpdu::Command(_) => ("SMS-COMMAND: what the centre shall do with a text", COMMAND),
        };
        let field = self.take("First octet", 1, name);
        field.parts = parts(field, octet, rows);
        let kind = name.split(':').next().unwrap_or(name);
        let mti = match octet & 3 {
            3 => "reserved, read as SMS-DELIVER",
            _ => kind,
        };
        let part = field.bits("TP-MTI", octet, 1, 0, mti);
        field.parts.push(part);
    }

    /// TP-PI.
    pub(super) fn indicator(&mut self, parameters: &Parameters) {
        let octet = self.next();
        let count = parameters.indicator_octets();
        let field = self.take("TP-PI", count, "which optional parameters follow");
        field.parts = parts(field, octet, PARAMETERS);
    }
}
