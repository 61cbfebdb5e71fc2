//! `deskphone ports`: what a modem may be at.

use crate::cli::arguments::Style;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::phone_lines::port_line;
use crate::link::ports;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(style: Style) -> Result<ExitCode, CliError> {
    let mut output = Output::stdout(style.json);
    ports::list().iter().try_for_each(|port| output.line(port_line(port)))?;
    Ok(ExitCode::SUCCESS)
}
