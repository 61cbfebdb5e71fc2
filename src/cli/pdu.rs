//! `deskphone pdu decode` and `encode`: the codec by itself, for one PDU or for many from standard
//! input.

use crate::cli::arguments::PduTask;
use crate::cli::error::{CliError, number};
use crate::cli::json::JsonLine;
use crate::cli::lines_in::each_line;
use crate::cli::output::{Line, Output};
use crate::cli::phone_lines::table;
use crate::sms::{self, Coding, Pdu, SubmitOptions, Tpdu, UserData, encode_submit, to_hex};
use serde_json::Value;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(task: PduTask) -> Result<ExitCode, CliError> {
    match task {
        PduTask::Decode { hex: Some(hex), style } => {
            let mut output = Output::stdout(style.json);
            output.line(decode(&hex)?)?;
            Ok(ExitCode::SUCCESS)
        }
        PduTask::Decode { hex: None, style } => {
            let mut output = Output::stdout(style.json);
            each_line(std::io::stdin().lock(), &mut output, |hex, output| {
                output.put(decode(hex)?)?;
                // What people read are several lines for one PDU.
                if output.json() { Ok(()) } else { output.text("") }
            })
        }
        PduTask::Encode { to: Some(to), message: Some(message), report, reference, style } => {
            let mut output = Output::stdout(style.json);
            let options = SubmitOptions { status_report: report, concat_reference: reference };
            encode(&Order { to, message, report }, &options, &mut output)?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        PduTask::Encode { report, reference, style, .. } => {
            let mut output = Output::stdout(style.json);
            let mut options = SubmitOptions { status_report: report, concat_reference: reference };
            each_line(std::io::stdin().lock(), &mut output, |json, output| {
                let order = order(json)?;
                let this = SubmitOptions {
                    status_report: options.status_report || order.report,
                    ..options
                };
                if encode(&order, &this, output)? > 1 {
                    options.concat_reference = options.concat_reference.wrapping_add(1);
                }
                Ok(())
            })
        }
    }
}

/// A text to encode.
struct Order {
    to: String,
    message: String,
    report: bool,
}

/// Reads `{"to","message"}`.
fn order(json: &str) -> Result<Order, CliError> {
    let shape = "write each line as {\"to\":\"+15550107\",\"message\":\"Hello\"}";
    let value: Value = serde_json::from_str(json)
        .map_err(|error| CliError::new(format!("it is no JSON object ({error})"), shape))?;
    let text = |key: &str| match value.get(key).and_then(Value::as_str) {
        Some(text) => Ok(text.to_owned()),
        None => Err(CliError::new(format!("\"{key}\" is missing or is no text"), shape)),
    };
    let report = value.get("report").and_then(Value::as_bool).unwrap_or(false);
    Ok(Order { to: text("to")?, message: text("message")?, report })
}

/// Prints a line for each segment; returns how many there were.
fn encode(order: &Order, options: &SubmitOptions, output: &mut Output) -> Result<usize, CliError> {
    let to = number(&order.to)?;
    let segments = encode_submit(to.as_str(), &order.message, options)
        .map_err(|error| CliError::new(error.to_string(), ""))?;
    for segment in &segments {
        let pdu = to_hex(&segment.pdu);
        let length = segment.tpdu_octets;
        let human = format!("AT+CMGS={length}  {pdu}");
        let json = JsonLine::new().text("pdu", &pdu).number("length", length as u32);
        output.put(Line { human, json })?;
    }
    Ok(segments.len())
}

/// Says what a PDU means.
fn decode(hex: &str) -> Result<Line, CliError> {
    let pdu = Pdu::from_hex(hex).map_err(|error| {
        CliError::new(
            format!("it is no PDU ({error})"),
            "give all of its hexadecimal digits, beginning with the SMSC octets",
        )
    })?;
    let tpdu = &pdu.tpdu;
    let smsc = pdu.smsc.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = tpdu.address().to_string();
    let timestamp = tpdu.scts().and_then(|scts| scts.wall_time()).map(|time| time.rfc3339());
    let content = tpdu.user_data().map(content).unwrap_or_default();
    let (status, discharged) = match tpdu {
        Tpdu::StatusReport(report) => (
            Some(u8::from(report.status)),
            report.discharge_time.wall_time().map(|time| time.rfc3339()),
        ),
        _ => (None, None),
    };
    let json = JsonLine::new()
        .text("type", kind(tpdu))
        .filled("smsc", Some(&smsc))
        .filled("number", Some(&number))
        .some("text", content.text.as_deref())
        .filled("data", content.data.as_deref())
        .filled("timestamp", timestamp.as_deref())
        .filled("encoding", content.encoding)
        .known("class", tpdu.class())
        .object("concat", tpdu.concat().map(concat))
        .known("status", status)
        .filled("discharged", discharged.as_deref())
        .known("reference", tpdu.message_reference());
    let rows = [
        ("Type", kind(tpdu).to_owned()),
        ("Text centre", smsc),
        (if matches!(tpdu, Tpdu::Deliver(_)) { "From" } else { "To" }, number),
        ("Text", content.text.unwrap_or_default()),
        ("Data", content.data.unwrap_or_default()),
        ("Time", timestamp.unwrap_or_default()),
        ("Encoding", content.encoding.unwrap_or_default().to_owned()),
        ("Class", tpdu.class().map(|class| class.to_string()).unwrap_or_default()),
        ("Part", tpdu.concat().map(part_words).unwrap_or_default()),
        ("Status", status.map(status_words).unwrap_or_default()),
        ("Discharged", discharged.unwrap_or_default()),
        ("Reference", tpdu.message_reference().map(|mr| mr.to_string()).unwrap_or_default()),
    ];
    Ok(Line { human: table(&rows), json })
}

fn kind(tpdu: &Tpdu) -> &'static str {
    match tpdu {
        Tpdu::Deliver(_) => "deliver",
        Tpdu::Submit(_) => "submit",
        Tpdu::StatusReport(_) => "status-report",
    }
}

/// The user data of a PDU.
#[derive(Default)]
struct Content {
    text: Option<String>,
    data: Option<String>,
    encoding: Option<&'static str>,
}

fn content(user_data: &UserData) -> Content {
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

fn concat(concat: sms::Concat) -> JsonLine {
    JsonLine::new()
        .number("reference", concat.reference)
        .number("part", concat.part)
        .number("parts", concat.parts)
}

fn part_words(concat: sms::Concat) -> String {
    format!("{} of {} (reference {})", concat.part, concat.parts, concat.reference)
}

fn status_words(status: u8) -> String {
    format!("{status} ({})", sms::Status::from(status).sentence())
}
