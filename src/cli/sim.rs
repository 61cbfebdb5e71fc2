//! `deskphone sim`: the SIM card's phonebook and PIN. Codes are read from standard input, since
//! what stands on a command line can be seen by others.

use crate::cli::arguments::{InSim, SimTask, Switch};
use crate::cli::error::{CliError, complain, number};
use crate::cli::json::JsonLine;
use crate::cli::output::{Line, Output, party};
use crate::cli::session::Session;
use crate::cli::start::{Context, check_sim};
use crate::number::same_number;
use crate::phone::{
    Command, CommandError, Contact, ContactCommand, Event, Secret, SimCommand, SimEntry,
    SimPhonebook, SimState,
};
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

/// A phonebook of 250 places on a slow serial line, and a SIM that is busy at first.
const ANSWER_WITHIN: Duration = Duration::from_secs(180);

/// Runs the subcommand.
pub fn run(task: SimTask, context: &Context) -> Result<ExitCode, CliError> {
    match task {
        SimTask::Phonebook(sim) => print(sim, context),
        SimTask::Copy(sim) => copy(sim, context),
        SimTask::Add { name, number, sim } => add(name, &number, sim, context),
        SimTask::Remove { place, sim } => change(SimCommand::DeleteEntry(place), sim, context),
        SimTask::Unlock { last_try, sim } => {
            let code = secret("the PIN")?;
            enter(Command::EnterPin { code, new_pin: None, last_try }, sim, context)
        }
        SimTask::ChangePin { last_try, sim } => {
            let (old, new) = (secret("the PIN of today")?, secret("the new PIN")?);
            enter(Command::Sim(SimCommand::ChangePin { old, new, last_try }), sim, context)
        }
        SimTask::PinLock { lock, last_try, sim } => {
            let on = lock == Switch::On;
            let pin = secret("the PIN")?;
            enter(Command::Sim(SimCommand::SetPinLock { on, pin, last_try }), sim, context)
        }
    }
}

/// One line of standard input that is a PIN.
fn secret(what: &str) -> Result<Secret, CliError> {
    if std::io::stdin().is_terminal() {
        complain(&format!("type {what}, then Enter"));
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| CliError::new(format!("{what} can't be read ({error})"), ""))?;
    let code = line.trim();
    let digits = code.chars().all(|c| c.is_ascii_digit());
    if !digits || !(4..=8).contains(&code.len()) {
        return Err(CliError::new(
            format!("{what} was not given"),
            "Write 4 to 8 digits to standard input",
        ));
    }
    Ok(Secret(code.to_owned()))
}

fn ready(sim: &InSim, context: &Context) -> Result<Session, CliError> {
    let mut session = context.connect(sim.connection.clone())?;
    session.wait_ready()?;
    Ok(session)
}

fn enter(command: Command, sim: InSim, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = ready(&sim, context)?;
    if matches!(session.state.network.sim, SimState::PukRequired(_)) {
        check_sim(&session.state)?;
    }
    let unlocks = matches!(command, Command::EnterPin { .. });
    let request = session.send(command);
    let outcome = session.outcome_of(request, ANSWER_WITHIN, |_| {});
    session.leave();
    match outcome? {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err((CommandError::NotAllowedNow, why)) if unlocks => {
            Err(CliError::new(why.cause, "If you are sure of the PIN, add --last-try"))
        }
        Err((_, why)) => Err(why.into()),
    }
}

/// The phonebook after a command that tells it.
fn book_after(command: SimCommand, session: &mut Session) -> Result<SimPhonebook, CliError> {
    check_sim(&session.state)?;
    let request = session.send(Command::Sim(command));
    let mut book = None;
    let outcome = session.outcome_of(request, ANSWER_WITHIN, |event| {
        if let Event::SimPhonebook(told) = event {
            book = Some(told.as_ref().clone());
        }
    });
    outcome?.map_err(|(_, diagnosis)| CliError::from(diagnosis))?;
    Ok(book.or_else(|| session.state.sim_phonebook.as_deref().cloned()).unwrap_or_default())
}

fn print(sim: InSim, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = ready(&sim, context)?;
    let book = book_after(SimCommand::ReadPhonebook, &mut session);
    session.leave();
    let mut output = Output::stdout(sim.style.json);
    let book = book?;
    for entry in &book.entries {
        output.put(entry_line(entry))?;
    }
    output.flush()?;
    if book.entries.is_empty() {
        complain("the phonebook of the SIM card is empty");
    }
    Ok(ExitCode::SUCCESS)
}

fn entry_line(entry: &SimEntry) -> Line {
    let human = format!("{:>3}  {}", entry.index, party(&entry.number, Some(&entry.name)));
    let json = JsonLine::event("entry")
        .number("place", entry.index)
        .text("number", &entry.number)
        .text("name", &entry.name);
    Line { human, json }
}

fn change(command: SimCommand, sim: InSim, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = ready(&sim, context)?;
    let book = book_after(command, &mut session);
    session.leave();
    book?;
    Ok(ExitCode::SUCCESS)
}

fn add(name: String, dialed: &str, sim: InSim, context: &Context) -> Result<ExitCode, CliError> {
    let number = number(dialed)?.as_str().to_owned();
    change(SimCommand::WriteEntry(SimEntry { index: 0, number, name }), sim, context)
}

/// New entries become contacts. A number that any contact has is known.
fn copy(sim: InSim, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = ready(&sim, context)?;
    session.wait_loaded()?;
    let book = book_after(SimCommand::ReadPhonebook, &mut session)?;
    let (mut added, mut known) = (0, 0);
    for entry in book.entries.iter().filter(|entry| !entry.number.is_empty()) {
        if has(&session, &entry.number) {
            known += 1;
            continue;
        }
        let name = if entry.name.trim().is_empty() { &entry.number } else { &entry.name };
        let contact = Contact::new(name).with_number(&entry.number, "");
        let request = session.send(Command::Contact(ContactCommand::Save(contact)));
        let saved = session.outcome_of(request, ANSWER_WITHIN, |_| {})?;
        saved.map_err(|(_, diagnosis)| CliError::from(diagnosis))?;
        added += 1;
    }
    session.leave();
    let mut output = Output::stdout(sim.style.json);
    let human = format!("{added} contacts added, {known} known already");
    let json = JsonLine::event("copied").number("added", added).number("known", known);
    output.line(Line { human, json })?;
    Ok(ExitCode::SUCCESS)
}

fn has(session: &Session, number: &str) -> bool {
    let region = &session.state.region;
    let numbers = session.state.contacts.iter().flat_map(|contact| &contact.numbers);
    numbers.into_iter().any(|known| same_number(known.number.as_str(), number, region))
}
