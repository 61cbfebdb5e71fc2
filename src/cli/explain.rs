//! `deskphone explain`: a line of AT traffic in words, with its parameters by name.

use crate::cli::arguments::ExplainArguments;
use crate::cli::error::CliError;
use crate::cli::json::JsonLine;
use crate::cli::lines_in::each_line;
use crate::cli::output::{Line, Output, visible};
use crate::engine::lens::{Section, explain_line};
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(arguments: ExplainArguments) -> Result<ExitCode, CliError> {
    let mut output = Output::stdout(arguments.style.json);
    match arguments.line {
        Some(line) => {
            print(&line, &mut output)?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        None => each_line(std::io::stdin().lock(), &mut output, print),
    }
}

/// A line that begins with AT was sent; anything else is what a modem says.
fn print(line: &str, output: &mut Output) -> Result<(), CliError> {
    let sent = line.trim().get(..2).is_some_and(|head| head.eq_ignore_ascii_case("AT"));
    let sections = explain_line(line, sent);
    if sections.is_empty() {
        return Err(CliError::new(
            format!("“{}” is not known", visible(line)),
            "Give a command such as AT+CLCC, or an answer such as '+CREG: 0,1'",
        ));
    }
    sections.iter().try_for_each(|section| output.put(section_line(section)))
}

fn section_line(section: &Section) -> Line {
    let mut human = match (section.title.is_empty(), section.what.is_empty()) {
        (true, _) => visible(&section.what),
        (false, true) => visible(&section.title),
        (false, false) => format!("{}: {}", visible(&section.title), visible(&section.what)),
    };
    if !section.clause.is_empty() {
        human += &format!(" ({})", section.clause);
    }
    for row in &section.rows {
        let indent = " ".repeat(2 + 2 * usize::from(row.depth));
        let value = if row.value.is_empty() { "-".to_owned() } else { visible(&row.value) };
        human += &format!("\n{indent}{:<12} {value:<16} {}", row.name, visible(&row.meaning));
        human.truncate(human.trim_end().len());
    }
    let rows = section.rows.iter().map(|row| {
        JsonLine::new()
            .text("name", &row.name)
            .text("value", &row.value)
            .filled("meaning", Some(&row.meaning))
    });
    let json = JsonLine::event("explanation")
        .text("title", &section.title)
        .filled("what", Some(&section.what))
        .filled("clause", Some(&section.clause))
        .objects("fields", rows);
    Line { human, json }
}
