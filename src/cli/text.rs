//! `deskphone text`: sends one text to each of several numbers, or to everybody on a list a text of
//! their own, and follows them.

mod orders;
mod preview;
mod sender;

use crate::cli::arguments::{Message, Sending, TextArguments};
use crate::cli::error::{CliError, number};
use crate::cli::output::{Output, visible};
use crate::cli::session::Session;
use crate::cli::start::{Context, check_sim};
use crate::cli::times;
use crate::phone::{LinkAddress, SendOptions};
use orders::Orders;
use sender::{Sender, Stage};
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// The longest text that fits 255 segments has fewer octets than this.
const LONGEST_FILE: u64 = 1 << 20;

/// Runs the subcommand.
pub fn run(arguments: TextArguments, context: &Context) -> Result<ExitCode, CliError> {
    let mut options = options(&arguments.sending)?;
    // Without a connection the engine can't know for what the text is.
    let port = context.port(&arguments.connection);
    options.carrier = port.as_ref().map(LinkAddress::carrier).unwrap_or_default();
    let text = text_of(&arguments.message)?;
    let orders = match &arguments.csv {
        Some(path) => Orders::of_list(path, &text, arguments.number_column.as_deref())?,
        None => Orders::to_numbers(&arguments.numbers, &text)?,
    };
    orders.check(&options)?;
    let output = Output::stdout(arguments.style.json);
    if arguments.preview {
        return preview::run(&orders, &options, context.offline()?, output);
    }
    if arguments.sending.no_wait {
        let mut session = context.offline()?;
        session.wait_loaded()?;
        return send(&orders, options, &arguments.sending, session, output);
    }
    let mut session = context.stay_connected(arguments.connection)?;
    session.wait_ready()?;
    check_sim(&session.state)?;
    if options.at.is_none() {
        session.wait_for_texts()?;
    }
    send(&orders, options, &arguments.sending, session, output)
}

/// Hands the texts over and follows them to where the arguments say.
fn send(
    orders: &Orders,
    options: SendOptions,
    sending: &Sending,
    mut session: Session,
    output: Output,
) -> Result<ExitCode, CliError> {
    let mut sender = Sender::start(orders, options, &mut session, output);
    sender.no_retry = sending.no_retry;
    let first = if sending.no_wait { Stage::Storing } else { Stage::Sending };
    let mut ended = sender.follow(&mut session, first);
    if let (Ok(()), Some(within)) = (&ended, sending.wait_report) {
        ended = sender.follow_reports(&mut session, within);
    }
    session.leave();
    ended.map(|()| ExitCode::from(sender.exit_status(first)))
}

/// What the options on the command line ask for.
fn options(sending: &Sending) -> Result<SendOptions, CliError> {
    let wrong = |option: &'static str, value: &str| {
        let what = format!("{option} {} can't be used", visible(value));
        move |why: String| CliError::new(what, why)
    };
    let now = jiff::Zoned::now();
    let at = sending.at.as_deref().map(|at| times::at(at, &now).map_err(wrong("--at", at)));
    let validity = sending.validity.as_deref();
    let validity = validity
        .map(|text| times::validity(text).map_err(wrong("--validity", text)))
        .transpose()?;
    Ok(SendOptions {
        status_report: sending.report || sending.wait_report.is_some(),
        flash: sending.flash,
        validity,
        smsc: sending.smsc.as_deref().map(number).transpose()?,
        at: at.transpose()?,
        ..SendOptions::default()
    })
}

fn text_of(message: &Message) -> Result<String, CliError> {
    let Some(path) = &message.message_file else {
        return Ok(message.message.clone().unwrap_or_default());
    };
    let bytes = octets_of(path, LONGEST_FILE)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let what = match path.as_os_str() == "-" {
            true => "standard input is no text".to_owned(),
            false => format!("{} is no text file", visible(&path.display().to_string())),
        };
        CliError::new(what, "give a text in UTF-8")
    })?;
    // The line end that editors and `echo` add is not meant to be sent.
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// At most `limit` octets of a file; `-` is standard input.
fn octets_of(path: &Path, limit: u64) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|error| {
        let name = visible(&path.display().to_string());
        CliError::new(format!("{name} can't be read ({error})"), "check its name and your rights")
    })
}

#[cfg(test)]
mod tests;
