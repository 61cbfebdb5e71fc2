//! The PDUs of a text.

use crate::cli::arguments::EncodeArguments;
use crate::cli::error::{CliError, number};
use crate::cli::json::JsonLine;
use crate::cli::lines_in::each_line;
use crate::cli::output::{Line, Output, visible};
use crate::cli::times;
use crate::sms::{Encoding, SubmitOptions, encode_submit, to_hex};
use serde_json::Value;
use std::process::ExitCode;

/// How an order is written.
const SHAPE: &str = "write each line as {\"to\":\"+15550107\",\"message\":\"Hello\"}";

/// Runs the subcommand.
pub fn run(arguments: &EncodeArguments) -> Result<ExitCode, CliError> {
    let mut options = options(arguments)?;
    let mut output = Output::stdout(arguments.style.json);
    if let (Some(to), Some(message)) = (&arguments.to, &arguments.message) {
        encode(to, message, &options, &mut output)?;
        output.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    each_line(std::io::stdin().lock(), &mut output, |json, output| {
        let order = Order::read(json)?;
        let this = order.options(&options)?;
        if encode(&order.text("to")?, &order.text("message")?, &this, output)? > 1 {
            options.concat_reference = options.concat_reference.wrapping_add(1);
        }
        Ok(())
    })
}

fn options(arguments: &EncodeArguments) -> Result<SubmitOptions, CliError> {
    if arguments.reference > 255 && !arguments.wide_reference {
        let what = format!("the reference {} has more than 8 bits", arguments.reference);
        return Err(CliError::new(what, "add --wide-reference, or take one up to 255"));
    }
    Ok(SubmitOptions {
        status_report: arguments.report,
        concat_reference: arguments.reference,
        encoding: Encoding {
            national_tables: arguments.national,
            wide_reference: arguments.wide_reference,
        },
        flash: arguments.flash,
        validity: arguments.validity.as_deref().map(validity).transpose()?,
        smsc: arguments.smsc.as_deref().map(smsc).transpose()?.unwrap_or_default(),
    })
}

fn validity(text: &str) -> Result<std::time::Duration, CliError> {
    times::validity(text)
        .map_err(|why| CliError::new(format!("the validity {} can't be used", visible(text)), why))
}

fn smsc(text: &str) -> Result<String, CliError> {
    Ok(number(text)?.as_str().to_owned())
}

/// A text to encode: `{"to","message"}` and the options by their names.
struct Order(Value);

impl Order {
    fn read(json: &str) -> Result<Order, CliError> {
        let value: Value = serde_json::from_str(json)
            .map_err(|error| CliError::new(format!("it is no JSON object ({error})"), SHAPE))?;
        Ok(Order(value))
    }

    fn text(&self, key: &str) -> Result<String, CliError> {
        match self.0.get(key).and_then(Value::as_str) {
            Some(text) => Ok(text.to_owned()),
            None => Err(CliError::new(format!("\"{key}\" is missing or is no text"), SHAPE)),
        }
    }

    /// An option that is on or off. Anything else would be sent otherwise than it was meant.
    fn flag(&self, key: &str) -> Result<bool, CliError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(on)) => Ok(*on),
            Some(_) => Err(CliError::new(
                format!("\"{key}\" is neither true nor false"),
                "Write one of them",
            )),
        }
    }

    /// An option with a text of its own.
    fn own(&self, key: &str) -> Result<Option<&str>, CliError> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => {
                Err(CliError::new(format!("\"{key}\" is no text"), "Put it in quotation marks"))
            }
        }
    }

    /// The options of this text: those of the command line, and its own.
    fn options(&self, general: &SubmitOptions) -> Result<SubmitOptions, CliError> {
        let mut options = general.clone();
        options.status_report |= self.flag("report")?;
        options.flash |= self.flag("flash")?;
        options.encoding.national_tables |= self.flag("national")?;
        options.encoding.wide_reference |= self.flag("wide_reference")?;
        if let Some(text) = self.own("validity")? {
            options.validity = Some(validity(text)?);
        }
        if let Some(text) = self.own("smsc")? {
            options.smsc = smsc(text)?;
        }
        Ok(options)
    }
}

/// Prints a line for each segment; returns how many there were.
fn encode(
    to: &str,
    message: &str,
    options: &SubmitOptions,
    output: &mut Output,
) -> Result<usize, CliError> {
    let to = number(to)?;
    let segments = encode_submit(to.as_str(), message, options)
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
