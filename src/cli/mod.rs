//! The command line: the same engine without a window. One file per subcommand; each prints plain
//! lines for people or JSON lines for programs.

mod announcer;
pub mod arguments;
mod at;
mod call;
mod call_lines;
mod calls;
mod code;
mod contacts;
mod error;
mod explain;
mod files;
mod info;
mod json;
mod lines_in;
mod listen;
mod messages;
mod outbox;
mod output;
mod pdu;
mod phone_lines;
mod ports;
#[cfg(test)]
mod rig_for_tests;
mod session;
mod sim;
mod simulate;
mod start;
mod text;
mod text_lines;
mod times;

use crate::cli::arguments::{Arguments, Task};
use crate::cli::error::{CliError, FAILED};
use crate::cli::start::Context;
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// Reads the command line. What was asked for help, or is wrong, is printed, and the exit status
/// comes back: 1 for a mistake, since 2 says that a call failed in the network.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, ExitCode> {
    Arguments::try_parse_from(arguments).map_err(|error| {
        // Nobody reads it? Then there is nobody to be told so.
        let _ = error.print();
        if error.use_stderr() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
    })
}

/// Runs one subcommand to its end. `general` is what stands before it.
pub fn run(task: Task, general: &Arguments) -> ExitCode {
    let context = Context::new(general);
    let ended = match task {
        Task::Ports(style) => ports::run(style),
        Task::Info(arguments) => info::run(arguments, &context),
        Task::Call(arguments) => call::run(arguments, &context),
        Task::Code(arguments) => code::run(arguments, &context),
        Task::Text(arguments) => text::run(arguments, &context),
        Task::Outbox(task) => outbox::run(task, &context),
        Task::Listen(arguments) => listen::run(arguments, &context),
        Task::At(arguments) => at::run(arguments, &context),
        Task::Explain(arguments) => explain::run(arguments),
        Task::Sim(task) => sim::run(task, &context),
        Task::Pdu(task) => pdu::run(task),
        Task::Messages(task) => messages::run(task, &context),
        Task::Calls(task) => calls::run(task, &context),
        Task::Contacts(task) => contacts::run(task, &context),
        Task::Simulate(arguments) => simulate::run(arguments),
    };
    ended.unwrap_or_else(|error| error.report())
}

/// Says that there is no window and what can be done without one.
pub fn window_failed(reason: &str) -> ExitCode {
    CliError::new(
        format!("the window can't be opened ({reason})"),
        "Start it on a desktop, or use the command line: deskphone --help",
    )
    .report()
}
