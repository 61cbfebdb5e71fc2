//! `deskphone info`: who the modem is, and how it stands with the network.

use crate::cli::arguments::InfoArguments;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::phone_lines::info_line;
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::phone::readiness::ims_would_do;
use crate::phone::{Command, PhoneState, SimState};
use std::process::ExitCode;
use std::time::Duration;

/// Asking for signal, operator and registration takes at most this long.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// Who the modem is comes bit by bit in the background; what has not come by then does not come.
const IDENTITY_WITHIN: Duration = Duration::from_secs(10);
/// The same of its registration for calls over LTE, where that alone decides about calls.
const IMS_WITHIN: Duration = Duration::from_secs(3);

/// Runs the subcommand.
pub fn run(arguments: InfoArguments, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.connect(arguments.connection)?;
    session.wait_ready()?;
    let asked = session.send(Command::Refresh);
    // What the modem does not tell stays unknown; the rest is of use all the same.
    let _ = session.outcome_of(asked, ANSWER_WITHIN, |_| {})?;
    wait_until(known, IDENTITY_WITHIN, &mut session)?;
    wait_until(|state| !awaits_ims(state), IMS_WITHIN, &mut session)?;
    let port = session.state.link.address().map(ToString::to_string).unwrap_or_default();
    let line = info_line(&port, &session.state.identity, &session.state.network);
    session.leave();
    Output::stdout(arguments.style.json).line(line)?;
    Ok(ExitCode::SUCCESS)
}

/// Lets events come in until `enough`, or for so long.
fn wait_until(
    enough: fn(&PhoneState) -> bool,
    within: Duration,
    session: &mut Session,
) -> Result<(), CliError> {
    let deadline = Some(session.deadline(within));
    while !enough(&session.state) {
        match session.next(deadline)? {
            Turn::Event(_) => {}
            Turn::Interrupted | Turn::TimedOut => break,
        }
    }
    Ok(())
}

/// Whether calls are possible depends on a registration for LTE that was not told yet.
fn awaits_ims(state: &PhoneState) -> bool {
    state.network.ims.is_none() && ims_would_do(&state.network)
}

/// Whether everything that any modem tells of itself is there.
fn known(state: &PhoneState) -> bool {
    let modem = &state.identity;
    let card = state.network.sim != SimState::Ready || !modem.imsi.is_empty();
    card && [&modem.manufacturer, &modem.model, &modem.revision, &modem.imei]
        .iter()
        .all(|text| !text.is_empty())
}
