//! `deskphone simulate`: serves the simulated modem until ended.

use crate::cli::arguments::SimulateArguments;
use crate::cli::error::CliError;
use crate::cli::output::{Output, visible};
use crate::cli::start::on_interrupt;
use crate::clock::{Clock, SystemClock};
use crate::link::serve::{self, Endpoints, PtyOptions};
use crate::simulator::script::Script;
use crate::simulator::{SimulatedModem, SimulatorOptions};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs the subcommand.
pub fn run(arguments: SimulateArguments) -> Result<ExitCode, CliError> {
    let tcp = arguments.tcp.as_deref().map(address).transpose()?;
    // With nothing said: what an AT program on this system can open most easily.
    let pty = arguments.pty || arguments.link.is_some() || (tcp.is_none() && cfg!(unix));
    let endpoints = Endpoints {
        pty: pty.then_some(PtyOptions { link: arguments.link }),
        tcp: tcp.or_else(|| (!pty).then_some(SocketAddr::from(([127, 0, 0, 1], 0)))),
    };
    let modem = SimulatedModem::new(SimulatorOptions {
        persona: arguments.persona,
        seed: arguments.seed,
        wall_time_at_zero: SystemClock::new().wall_time(),
    })
    .map_err(|reason| CliError::new(reason, ""))?;
    let script = arguments.script.as_deref().map(script).transpose()?;
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    on_interrupt(move || asked.store(true, Ordering::Release))?;
    let mut output = Output::stdout(false);
    let listening = |place: &str| {
        // Who does not read where it listens knows already.
        let _ = output.text(&visible(place)).and_then(|()| output.flush());
    };
    serve::run(modem, script, endpoints, listening, stop)
        .map_err(|error| CliError::new(error.to_string(), ""))?;
    Ok(ExitCode::SUCCESS)
}

/// What shall happen by itself.
fn script(path: &Path) -> Result<Script, CliError> {
    let name = visible(&path.display().to_string());
    let bad = |why: String| CliError::new(format!("{name}: {why}"), "");
    let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    Script::parse(&text).map_err(|error| bad(error.to_string()))
}

/// `127.0.0.1:2000`, `localhost:0`; a port alone is one of this machine only.
fn address(text: &str) -> Result<SocketAddr, CliError> {
    let bad = |why: String| {
        CliError::new(
            format!("“{}” is no address to listen at{why}", visible(text)),
            "Write it as 127.0.0.1:2000, or with port 0 for any free one",
        )
    };
    let text = text.trim().trim_start_matches("tcp://");
    if let Ok(port) = text.trim_start_matches(':').parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let mut found = text.to_socket_addrs().map_err(|error| bad(format!(" ({error})")))?;
    found.next().ok_or_else(|| bad(String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_offered_to_this_machine_only() {
        for text in ["2000", ":2000", "127.0.0.1:2000", "tcp://127.0.0.1:2000"] {
            assert_eq!(address(text).unwrap().to_string(), "127.0.0.1:2000", "{text}");
        }
        assert_eq!(address("[::1]:7").unwrap().to_string(), "[::1]:7");
        for bad in ["", "nonsense", "127.0.0.1", "127.0.0.1:70000"] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
