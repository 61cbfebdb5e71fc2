//! What a PDU says: every field with its octets and meaning, and what a person asks first.

use super::fields;
use crate::cli::arguments::{DecodeArguments, ReadAs};
use crate::cli::error::CliError;
use crate::cli::json::JsonLine;
use crate::cli::lines_in::each_line;
use crate::cli::output::{Line, Output};
use crate::cli::phone_lines::table;
use crate::sms::{self, Coding, Pdu, Tpdu, UserData, Way, from_hex, to_hex};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: &DecodeArguments) -> Result<ExitCode, CliError> {
    let mut output = Output::stdout(arguments.style.json);
    if let Some(hex) = &arguments.hex {
        output.line(decode(hex, arguments)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    each_line(std::io::stdin().lock(), &mut output, |hex, output| {
        output.put(decode(hex, arguments)?)?;
        // What people read are several lines for one PDU.
        if output.json() { Ok(()) } else { output.text("") }
    })
}

/// Says what a PDU means.
fn decode(hex: &str, arguments: &DecodeArguments) -> Result<Line, CliError> {
    // Logs and books write octets with blanks between them.
    let hex: String = hex.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    let hex = hex.as_str();
    let pdu = read(hex, arguments).map_err(|error| {
        CliError::new(
            format!("it is no PDU ({error})"),
            "give all of its hexadecimal digits, beginning with the SMSC octets",
        )
    })?;
    let fields = fields::of(hex, &pdu);
    let facts = Facts::of(&pdu);
    let human = match fields::table(&fields) {
        none if none.is_empty() => facts.table(),
        table => format!("{table}\n\n{}", facts.table()),
    };
    Ok(Line { human, json: facts.json().objects("fields", fields.iter().map(fields::json)) })
}

fn read(hex: &str, arguments: &DecodeArguments) -> Result<Pdu, sms::DecodeError> {
    let way = match arguments.direction {
        Some(ReadAs::ToPhone) => Some(Way::ToPhone),
        Some(ReadAs::FromPhone) => Some(Way::FromPhone),
        None => None,
    };
    let Some(way) = way else {
        return match arguments.length {
            Some(length) => Pdu::decode_with_length(&from_hex(hex.trim())?, length),
            None => Pdu::from_hex(hex),
        };
    };
    let octets = from_hex(hex.trim())?;
    if arguments.length == Some(octets.len()) {
        let tpdu = Tpdu::decode_from(way, &octets)?;
        return Ok(Pdu { bare: true, ..Pdu::from(tpdu) });
    }
    Pdu::decode_from(way, &octets)
}

/// What a PDU says, as far as a person asks first.
struct Facts<'a> {
    tpdu: &'a Tpdu,
    smsc: String,
    number: String,
    timestamp: Option<String>,
    content: Content,
    status: Option<u8>,
    discharged: Option<String>,
}

impl<'a> Facts<'a> {
    fn of(pdu: &'a Pdu) -> Facts<'a> {
        let tpdu = &pdu.tpdu;
        let time = |time: sms::Timestamp| time.wall_time().map(|time| time.rfc3339());
        let (status, discharged) = match tpdu {
            Tpdu::StatusReport(report) => {
                (Some(u8::from(report.status)), time(report.discharge_time))
            }
            _ => (None, None),
        };
        Facts {
            tpdu,
            smsc: pdu.smsc.as_ref().map(ToString::to_string).unwrap_or_default(),
            number: tpdu.address().to_string(),
            timestamp: tpdu.scts().and_then(time),
            content: tpdu.user_data().map(Content::of).unwrap_or_default(),
            status,
            discharged,
        }
    }

    fn json(&self) -> JsonLine {
        let concat = |concat: sms::Concat| {
            JsonLine::new()
                .number("reference", concat.reference)
                .number("part", concat.part)
                .number("parts", concat.parts)
        };
        JsonLine::new()
            .text("type", self.tpdu.kind())
            .filled("smsc", Some(&self.smsc))
            .filled("number", Some(&self.number))
            .some("text", self.content.text.as_deref())
            .filled("data", self.content.data.as_deref())
            .filled("timestamp", self.timestamp.as_deref())
            .filled("encoding", self.content.encoding)
            .known("class", self.tpdu.class())
            .object("concat", self.tpdu.concat().map(concat))
            .known("status", self.status)
            .filled("discharged", self.discharged.as_deref())
            .known("reference", self.tpdu.message_reference())
    }

    fn table(&self) -> String {
        let tpdu = self.tpdu;
        let received = matches!(tpdu, Tpdu::Deliver(_));
        let part = |concat: sms::Concat| {
            format!("{} of {} (reference {})", concat.part, concat.parts, concat.reference)
        };
        let status = |status: u8| format!("{status} ({})", sms::Status::from(status).sentence());
        let number = |number: Option<u8>| number.map(|n| n.to_string()).unwrap_or_default();
        table(&[
            ("Type", tpdu.kind().to_owned()),
            ("Text centre", self.smsc.clone()),
            (if received { "From" } else { "To" }, self.number.clone()),
            ("Time", self.timestamp.clone().unwrap_or_default()),
            ("Encoding", self.content.encoding.unwrap_or_default().to_owned()),
            ("Class", number(tpdu.class())),
            ("Part", tpdu.concat().map(part).unwrap_or_default()),
            ("Status", self.status.map(status).unwrap_or_default()),
            ("Discharged", self.discharged.clone().unwrap_or_default()),
            ("Reference", number(tpdu.message_reference())),
            ("Data", self.content.data.clone().unwrap_or_default()),
            ("Text", self.content.text.clone().unwrap_or_default()),
        ])
    }
}

/// The user data of a PDU.
#[derive(Default)]
struct Content {
    text: Option<String>,
    data: Option<String>,
    encoding: Option<&'static str>,
}

impl Content {
    fn of(user_data: &UserData) -> Content {
        let coding = user_data.dcs().coding();
        let (text, encoding) = (user_data.text(), Some(coding.name()));
        match coding {
            Coding::Gsm7 | Coding::Ucs2 => Content { text: Some(text), data: None, encoding },
            Coding::Data8 | Coding::Compressed => {
                let data = to_hex(user_data.payload());
                // Data that is no text has only its digits.
                let text = Some(text).filter(|text| !text.eq_ignore_ascii_case(&data));
                Content { text, data: Some(data), encoding }
            }
        }
    }
}
