//! A PDU taken apart for a person: every field with its name, its octets and what it means
//! (3GPP TS 23.040 §9.2).
//!
//! The fields at the top cover the whole PDU, without gap and without overlap; their parts (bits,
//! digits, information elements) lie within them.

mod first_octet;
mod scalar;
mod user_data;

use std::ops::Range;

use super::address::Address;
use super::error::DecodeError;
use super::parameters::Parameters;
use super::pdu::Pdu;
use super::tpdu::{Tpdu, Way};
use super::{SmsCommand, to_hex};

/// One field of a PDU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name in the words of the specification: `TP-OA`; of parts also plain words.
    pub name: &'static str,
    /// Where it is, in octets of the PDU. Bits have the range of their octet.
    pub octets: Range<usize>,
    /// As on the wire: hexadecimal digits; of bits, zeros and ones.
    pub value: String,
    /// What it means, in plain English without full stop. May hold the text of the message.
    pub meaning: String,
    /// What it is made of; empty for most.
    pub parts: Vec<Field>,
}

/// Takes apart SMSC octets and a TPDU that travelled one way.
pub fn explain(octets: &[u8], way: Way) -> Result<Vec<Field>, DecodeError> {
    Ok(fields(octets, &Pdu::decode_from(way, octets)?))
}

/// Takes apart SMSC octets and a TPDU that a modem's storage can hold: SMS-DELIVER, SMS-SUBMIT or
/// SMS-STATUS-REPORT.
pub fn explain_stored(octets: &[u8]) -> Result<Vec<Field>, DecodeError> {
    Ok(fields(octets, &Pdu::decode(octets)?))
}

/// Takes apart a PDU that was decoded from `octets`.
fn fields(octets: &[u8], pdu: &Pdu) -> Vec<Field> {
    let mut sheet = Sheet { octets, at: 0, fields: Vec::new() };
    sheet.smsc(pdu.smsc.as_ref());
    sheet.tpdu(&pdu.tpdu);
    let rest = octets.len().saturating_sub(sheet.at);
    if rest > 0 {
        sheet.take("After the TPDU", rest, "octets that mean nothing");
    }
    sheet.fields
}

/// The fields so far and where the next begins.
struct Sheet<'a> {
    octets: &'a [u8],
    at: usize,
    fields: Vec<Field>,
}

impl Sheet<'_> {
    /// The next `count` octets as a field; returns it for its parts.
    fn take(&mut self, name: &'static str, count: usize, meaning: impl Into<String>) -> &mut Field {
        let end = (self.at + count).min(self.octets.len());
        let field = self.field(name, self.at..end, meaning);
        self.at = end;
        let index = self.fields.len();
        self.fields.push(field);
        &mut self.fields[index]
    }

    /// A field of some octets that lie in the PDU.
    fn field(&self, name: &'static str, octets: Range<usize>, meaning: impl Into<String>) -> Field {
        let value = to_hex(self.octets.get(octets.clone()).unwrap_or_default());
        Field { name, octets, value, meaning: meaning.into(), parts: Vec::new() }
    }

    /// The next octet, without taking it.
    fn next(&self) -> u8 {
        self.octets.get(self.at).copied().unwrap_or(0)
    }

    fn smsc(&mut self, smsc: Option<&Address>) {
        let Some(address) = smsc else {
            self.take("SMSC", 1, "no text centre named: the one set in the modem");
            return;
        };
        let value = address.value_octets().len();
        let words = scalar::address_words(address);
        let mut parts = vec![
            self.field("length", self.at..self.at + 1, format!("{} octets follow", value + 1)),
            self.type_of_address(self.at + 1, address),
        ];
        let meaning = format!("the text centre, {words}");
        if value > 0 {
            parts.push(self.field("number", self.at + 2..self.at + 2 + value, words));
        }
        self.take("SMSC", 2 + value, meaning).parts = parts;
    }

    fn tpdu(&mut self, tpdu: &Tpdu) {
        self.first_octet(tpdu);
        match tpdu {
            Tpdu::Deliver(deliver) => {
                self.address("TP-OA", "the sender", &deliver.originating_address);
                self.pid();
                self.dcs();
                self.timestamp("TP-SCTS", "when the text centre got it");
                self.user_data(&deliver.user_data);
            }
            Tpdu::Submit(submit) => {
                self.reference();
                self.address("TP-DA", "the recipient", &submit.destination_address);
                self.pid();
                self.dcs();
                self.validity_period(&submit.validity_period);
                self.user_data(&submit.user_data);
            }
            Tpdu::StatusReport(report) => {
                self.reference();
                self.address("TP-RA", "the recipient of that text", &report.recipient_address);
                self.timestamp("TP-SCTS", "when the text centre got that text");
                self.timestamp("TP-DT", "when it was delivered, or last tried");
                self.take("TP-ST", 1, report.status.sentence());
                if let Some(parameters) = &report.parameters {
                    self.indicator(parameters);
                    self.parameters(parameters);
                }
            }
            Tpdu::DeliverReport(report) => {
                self.failure_cause(report.failure_cause);
                self.indicator(&report.parameters);
                self.parameters(&report.parameters);
            }
            Tpdu::SubmitReport(report) => {
                self.failure_cause(report.failure_cause);
                self.indicator(&report.parameters);
                self.timestamp("TP-SCTS", "when the text centre got the text");
                self.parameters(&report.parameters);
            }
            Tpdu::Command(command) => self.command(command),
        }
    }

    fn command(&mut self, command: &SmsCommand) {
        self.reference();
        self.pid();
        self.take("TP-CT", 1, command.command_type.words());
        self.take("TP-MN", 1, format!("about the text with reference {}", command.message_number));
        self.address("TP-DA", "the recipient of that text", &command.destination_address);
        self.take("TP-CDL", 1, format!("{} octets of command data", command.data.len()));
        if !command.data.is_empty() {
            self.take("TP-CD", command.data.len(), "command data");
        }
    }

    /// What TP-PI announces.
    fn parameters(&mut self, parameters: &Parameters) {
        if parameters.pid.is_some() {
            self.pid();
        }
        if parameters.dcs.is_some() {
            self.dcs();
        }
        if let Some(data) = &parameters.user_data {
            self.user_data(data);
        }
    }
}

impl Field {
    /// Bits of the field's octet: `high` and `low` count from 0 on the right.
    fn bits(&self, name: &'static str, octet: u8, high: u8, low: u8, meaning: &str) -> Field {
        let width = usize::from(high - low + 1);
        let bits = u16::from(octet) >> low & ((1u16 << width) - 1);
        Field {
            name,
            octets: self.octets.clone(),
            value: format!("{bits:0width$b}"),
            meaning: meaning.to_owned(),
            parts: Vec::new(),
        }
    }
}
