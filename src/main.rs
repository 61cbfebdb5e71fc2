//! Reads the command line and runs what it asks for: a subcommand, or the window.

use deskphone::cli::{self, arguments::Arguments};
use deskphone::engine::{self, Config, Stopper};
use deskphone::ui::{self, Waker};
use std::process::ExitCode;

/// What shells give for a program that Ctrl-C has ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

fn main() -> ExitCode {
    let mut arguments = match cli::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(status) => return status,
    };
    match arguments.task.take() {
        Some(task) => cli::run(task, &arguments),
        None => open_window(arguments),
    }
}

/// Builds the engine and the window and runs until the window is closed.
fn open_window(arguments: Arguments) -> ExitCode {
    let data_dir = arguments.data_dir.unwrap_or_else(engine::default_data_dir);
    let config = Config {
        connect: arguments.connection.port,
        baud_rate: arguments.connection.baud,
        ..Config::new(data_dir)
    };
    let waker = Waker::new();
    let wake = waker.clone();
    let engine = engine::spawn(config, move || wake.wake());
    let clock = engine.clock();
    end_in_order(engine.stopper());
    match ui::run(Box::new(engine), Box::new(clock), waker) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::window_failed(&error.to_string()),
    }
}

/// On Ctrl-C, and when the system wants the program to end, calls are hung up first.
fn end_in_order(stopper: Stopper) {
    let watched = ctrlc::set_handler(move || {
        stopper.stop();
        std::process::exit(INTERRUPTED);
    });
    if let Err(error) = watched {
        eprintln!("deskphone: Ctrl-C can't be watched ({error})");
    }
}
