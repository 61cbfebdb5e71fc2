//! `deskphone text --preview`: what would be sent, and in how many parts.

use super::orders::Orders;
use crate::cli::error::{CliError, FAILED};
use crate::cli::json::JsonLine;
use crate::cli::output::{Line, Output, party, visible};
use crate::cli::session::Session;
use crate::number::PhoneNumber;
use crate::phone::SendOptions;
use crate::sms::{self, Alphabet, Encoding, SegmentInfo};
use std::process::ExitCode;

/// Prints a line for each text and one with the sums. Nothing is stored.
pub fn run(
    orders: &Orders,
    options: &SendOptions,
    mut session: Session,
    mut output: Output,
) -> Result<ExitCode, CliError> {
    session.wait_loaded()?;
    let encoding = Encoding {
        national_tables: session.state.settings.national_alphabets,
        wide_reference: session.state.settings.wide_references,
    };
    let mut segments = 0;
    for (number, text) in &orders.texts {
        let info = sms::count_segments(text, encoding);
        segments += info.segments;
        let number = number.to_number();
        let name = session.name_of(Some(&number));
        output.put(line(&number, name.as_deref(), text, &info, options))?;
    }
    if !output.json() {
        let (texts, parts) = (orders.texts.len(), segments);
        output.text(&format!("{} in {}", count(texts, "text"), count(parts, "part")))?;
    }
    output.flush()?;
    // Lines that would be left out are as much of a failure as they will be.
    Ok(if orders.left_out { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn line(
    number: &PhoneNumber,
    name: Option<&str>,
    text: &str,
    info: &SegmentInfo,
    options: &SendOptions,
) -> Line {
    let encoding = match info.alphabet {
        Alphabet::Gsm7 => "gsm7",
        Alphabet::Ucs2 => "ucs2",
    };
    let json = JsonLine::event("preview")
        .text("number", number.as_str())
        .filled("name", name)
        .text("text", text)
        .number("segments", i64::try_from(info.segments).unwrap_or(i64::MAX))
        .text("encoding", encoding)
        .some("at", options.at.map(|at| at.rfc3339()).as_deref());
    let parts = count(info.segments, "part");
    let human = format!("{}  {parts}, {encoding}  {}", party(number.as_str(), name), visible(text));
    Line { human, json }
}

/// `1 part`, `2 parts`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
