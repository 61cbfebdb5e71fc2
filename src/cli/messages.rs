//! `deskphone messages`: the texts in the store, listed, searched and exported.

use crate::cli::arguments::{ExportStyle, List, MessagesTask};
use crate::cli::error::CliError;
use crate::cli::files::file_command;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::start::Context;
use crate::cli::text_lines::{found_line, stored_text_line};
use crate::engine::export;
use crate::number::PhoneNumber;
use crate::phone::{
    Answer, Command, Export, MessageCommand, MessageId, Page, Query, TextMessage, TimelineItem,
};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Items asked for at once.
const PAGE: u32 = 1000;
/// Hits asked for at once.
const HITS: u32 = 200;
/// Calls whose numbers are looked at when everything is exported, as in the window's export.
const MOST_CALLS: u32 = 5000;

/// Runs the subcommand.
pub fn run(task: MessagesTask, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.offline()?;
    session.wait_loaded()?;
    match task {
        MessagesTask::List(list) => list_texts(&list, &mut session),
        MessagesTask::Search { words, limit, style } => {
            search(&words.join(" "), limit, &mut session, Output::stdout(style.json))
        }
        MessagesTask::Export { format, with, output } => {
            let with = with.iter().map(|number| PhoneNumber::new(number)).collect();
            match output {
                Some(path) => export_to_file(with, path, format, &mut session),
                None => print_export(with, format, &mut session),
            }
        }
    }
}

fn list_texts(list: &List, session: &mut Session) -> Result<ExitCode, CliError> {
    let numbers: Vec<PhoneNumber> = if list.with.is_empty() {
        session.state.threads.iter().map(|thread| thread.number.clone()).collect()
    } else {
        list.with.iter().map(|number| PhoneNumber::new(number)).collect()
    };
    let mut texts = BTreeMap::new();
    for number in &numbers {
        add_texts(number, list.limit, session, &mut texts)?;
    }
    let mut texts: Vec<TextMessage> = texts.into_values().collect();
    texts.sort_by_key(|text| (text.time.unix_millis, text.id));
    let first = list.limit.map_or(0, |limit| texts.len().saturating_sub(limit));
    let mut output = Output::stdout(list.style.json);
    for text in &texts[first..] {
        let name = session.name_of(Some(&text.number));
        output.put(stored_text_line(text, name.as_deref()))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Adds the texts of one conversation, page by page, until all are there or `limit` are.
fn add_texts(
    number: &PhoneNumber,
    limit: Option<usize>,
    session: &mut Session,
    texts: &mut BTreeMap<MessageId, TextMessage>,
) -> Result<(), CliError> {
    let (mut before, mut added) = (None, 0);
    while limit.is_none_or(|limit| added < limit) {
        let page = before.map_or(Page::Newest, Page::Before);
        let query = Query::Timeline { numbers: vec![number.clone()], page, limit: PAGE };
        let Answer::Timeline { items, older, .. } = session.ask(query)? else { return Ok(()) };
        let oldest = items.iter().map(|item| item.time().unix_millis).min();
        for item in items {
            if let TimelineItem::Text(text) = item {
                texts.insert(text.id, text);
                added += 1;
            }
        }
        // Pages are cut between moments, never within one.
        if !older || oldest.is_none() {
            return Ok(());
        }
        before = oldest;
    }
    Ok(())
}

/// Prints what is found, newest first, page by page.
fn search(
    words: &str,
    limit: u32,
    session: &mut Session,
    mut output: Output,
) -> Result<ExitCode, CliError> {
    let (mut before, mut left) = (None, limit);
    while left > 0 {
        let query = Query::Search { text: words.to_owned(), before, limit: left.min(HITS) };
        let Answer::Found { hits, more } = session.ask(query)? else { break };
        let Some(last) = hits.last() else { break };
        before = Some(last.message.id);
        for hit in hits.iter().take(left as usize) {
            let name = session.name_of(Some(&hit.message.number));
            output.put(found_line(hit, name.as_deref()))?;
        }
        left = left.saturating_sub(u32::try_from(hits.len()).unwrap_or(u32::MAX));
        if !more {
            break;
        }
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The engine writes the file, as it does for the window, and says how much it was.
fn export_to_file(
    numbers: Vec<PhoneNumber>,
    path: PathBuf,
    format: ExportStyle,
    session: &mut Session,
) -> Result<ExitCode, CliError> {
    let export = Export { numbers, path, format: format.into() };
    file_command(Command::Message(MessageCommand::Export(export)), session)
}

/// The same on standard output.
fn print_export(
    with: Vec<PhoneNumber>,
    format: ExportStyle,
    session: &mut Session,
) -> Result<ExitCode, CliError> {
    let numbers = if with.is_empty() { everybody(session)? } else { with };
    let people = session.state.clone();
    let mut failed = None;
    let ask = |query: Query| match session.ask(query) {
        Ok(answer) => answer,
        Err(error) => {
            let why = error.to_string();
            failed = Some(error);
            Answer::Failed(why)
        }
    };
    let items = export::items(numbers, ask);
    let entries = items.map(|item| item.map(|item| export::named(item, &people)));
    let mut out = BufWriter::new(io::stdout().lock());
    let written = export::write(entries, format.into(), &mut out).and_then(|_| out.flush());
    match written {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(CliError::NobodyReads),
        Err(error) => Err(failed.unwrap_or_else(|| {
            CliError::new(format!("the export failed ({error})"), "look where it goes to")
        })),
    }
}

/// Everybody there is a conversation or a call with.
fn everybody(session: &mut Session) -> Result<Vec<PhoneNumber>, CliError> {
    let threads = session.state.threads.iter().map(|thread| thread.number.clone());
    let mut numbers: Vec<PhoneNumber> = threads.collect();
    if let Answer::Calls(calls) = session.ask(Query::Calls { limit: MOST_CALLS })? {
        numbers.extend(calls.iter().filter_map(|call| call.remote.number().cloned()));
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}
