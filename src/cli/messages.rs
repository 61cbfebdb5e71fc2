//! `deskphone messages`: the texts in the store.

use crate::cli::arguments::MessagesTask;
use crate::cli::error::CliError;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::cli::start::Context;
use crate::cli::text_lines::stored_text_line;
use crate::number::PhoneNumber;
use crate::phone::{Answer, MessageId, Query, TextMessage, TimelineItem};
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Items asked for at once.
const PAGE: u32 = 1000;

/// Runs the subcommand.
pub fn run(task: MessagesTask, context: &Context) -> Result<ExitCode, CliError> {
    let MessagesTask::List(style) = task;
    let mut session = context.offline()?;
    session.wait_loaded()?;
    let numbers: Vec<PhoneNumber> =
        session.state.threads.iter().map(|thread| thread.number.clone()).collect();
    let mut texts = BTreeMap::new();
    for number in &numbers {
        add_texts(number, &mut session, &mut texts)?;
    }
    let mut texts: Vec<TextMessage> = texts.into_values().collect();
    texts.sort_by_key(|text| (text.time.unix_millis, text.id));
    let mut output = Output::stdout(style.json);
    for text in &texts {
        let name = session.name_of(Some(&text.number));
        output.put(stored_text_line(text, name.as_deref()))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Adds the texts of one conversation, page by page.
fn add_texts(
    number: &PhoneNumber,
    session: &mut Session,
    texts: &mut BTreeMap<MessageId, TextMessage>,
) -> Result<(), CliError> {
    let mut before = None;
    loop {
        let query = Query::Timeline { number: number.clone(), before, limit: PAGE };
        let Answer::Timeline { items, more } = session.ask(query)? else { return Ok(()) };
        let oldest = items.iter().map(|item| item.time().unix_millis).min();
        for item in items {
            if let TimelineItem::Text(text) = item {
                texts.insert(text.id, text);
            }
        }
        // Pages are cut between moments, never within one.
        if !more || oldest.is_none() {
            return Ok(());
        }
        before = oldest;
    }
}
