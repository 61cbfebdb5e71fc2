//! `deskphone pdu decode` and `encode`: the codec by itself, for one PDU or for many from standard
//! input.

mod decode;
mod encode;
mod fields;

use crate::cli::arguments::PduTask;
use crate::cli::error::CliError;
use std::process::ExitCode;

/// Runs the subcommand.
pub fn run(task: PduTask) -> Result<ExitCode, CliError> {
    match task {
        PduTask::Decode(arguments) => decode::run(&arguments),
        PduTask::Encode(arguments) => encode::run(&arguments),
    }
}
