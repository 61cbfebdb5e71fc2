//! `deskphone outbox`: what waits to be sent, failed, or may have been sent, in the store,
//! whichever program it belongs to.

use crate::cli::arguments::{OutboxTask, Which};
use crate::cli::error::{CliError, FAILED, complain};
use crate::cli::output::Output;
use crate::cli::session::{Session, Turn};
use crate::cli::start::Context;
use crate::cli::text_lines::{stored_text_line, text_line};
use crate::phone::{
    Answer, BatchAction, BatchId, Command, Delivery, Diagnosis, Event, MessageCommand, MessageId,
    Query, RequestId, TextMessage,
};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::Duration;

/// Texts asked for at once; the store answers with no more.
const MOST: u32 = 5000;
/// The store settles ten thousand texts within this time on a slow disk.
const WITHIN: Duration = Duration::from_secs(600);

/// Runs the subcommand.
pub fn run(task: OutboxTask, context: &Context) -> Result<ExitCode, CliError> {
    let mut session = context.offline()?;
    session.wait_loaded()?;
    let texts = outbox(&mut session)?;
    match task {
        OutboxTask::List(style) => list(&texts, &session, Output::stdout(style.json)),
        OutboxTask::Cancel { which: Which { all: true, .. }, style } => {
            let mut work = Work::new(&texts, Output::stdout(style.json));
            cancel_all(texts, &mut work, &mut session)
        }
        OutboxTask::Cancel { which, style } => {
            let mut work = Work::new(&texts, Output::stdout(style.json));
            work.run(&chosen(&which), cancel, &mut session)
        }
        OutboxTask::Retry { which, doubtful, style } => {
            let mut work = Work::new(&texts, Output::stdout(style.json));
            let fit = |delivery: &Delivery| match delivery {
                Delivery::Failed(why) => !taken_back(why),
                Delivery::Unknown(_) => doubtful,
                _ => false,
            };
            let status = if which.all {
                tell_left_out(&texts);
                all(texts, fit, retry, &mut work, &mut session)?
            } else {
                work.run(&chosen(&which), retry, &mut session)?
            };
            if work.changed > 0 {
                complain("the window or deskphone listen sends what was put back");
            }
            Ok(status)
        }
    }
}

/// The user did not want it to be sent, or to be tried again: the store says so in these words.
fn taken_back(why: &Diagnosis) -> bool {
    why.cause.starts_with("You cancelled it") || why.cause.ends_with("attempts were cancelled)")
}

/// Says that some texts are not sent again, and how they can be.
fn tell_left_out(texts: &[TextMessage]) {
    let cancelled = |text: &&TextMessage| match &text.delivery {
        Delivery::Failed(why) => taken_back(why),
        _ => false,
    };
    match texts.iter().filter(cancelled).count() {
        0 => {}
        1 => complain("the text that was taken back stays so; its id sends it all the same"),
        many => complain(&format!(
            "the {many} texts that were taken back stay so; their ids send them all the same"
        )),
    }
}

fn cancel(id: MessageId, _: Option<&Delivery>) -> Option<MessageCommand> {
    Some(MessageCommand::Cancel(id))
}

/// Takes back everything that waits: lists at once, however long they are, then what is left.
fn cancel_all(
    mut texts: Vec<TextMessage>,
    work: &mut Work,
    session: &mut Session,
) -> Result<ExitCode, CliError> {
    work.all = true;
    let lists = session.state.batches.iter().filter(|batch| batch.counts.waiting > 0);
    let lists: Vec<BatchId> = lists.map(|batch| batch.id).collect();
    for list in lists {
        let command = MessageCommand::Batch(list, BatchAction::Cancel);
        work.asked.insert(session.send(Command::Message(command)), None);
    }
    if !work.asked.is_empty() {
        work.finish(session)?;
        texts = outbox(session)?;
    }
    all(texts, |delivery| !delivery.settled(), cancel, work, session)
}

/// Gives the command for all texts of the outbox that `fit`.
fn all(
    mut texts: Vec<TextMessage>,
    fit: impl Fn(&Delivery) -> bool,
    command: fn(MessageId, Option<&Delivery>) -> Option<MessageCommand>,
    work: &mut Work,
    session: &mut Session,
) -> Result<ExitCode, CliError> {
    work.all = true;
    let mut done = BTreeSet::new();
    loop {
        let fits = texts.iter().filter(|text| fit(&text.delivery));
        let wanted: Vec<MessageId> =
            fits.map(|text| text.id).filter(|id| done.insert(*id)).collect();
        work.run(&wanted, command, session)?;
        // Further texts may have been hidden behind these.
        if wanted.is_empty() || texts.len() < MOST as usize {
            return Ok(work.status());
        }
        texts = outbox(session)?;
    }
}

/// The command that sends a text again; `None` if it is on its way already.
fn retry(id: MessageId, delivery: Option<&Delivery>) -> Option<MessageCommand> {
    match delivery {
        Some(Delivery::Scheduled(_) | Delivery::Retrying(_)) => Some(MessageCommand::SendNow(id)),
        Some(Delivery::Queued | Delivery::Sending(_)) => None,
        _ => Some(MessageCommand::Retry(id)),
    }
}

fn outbox(session: &mut Session) -> Result<Vec<TextMessage>, CliError> {
    match session.ask(Query::Outbox { limit: MOST })? {
        Answer::Messages(texts) => Ok(texts),
        _ => Ok(Vec::new()),
    }
}

fn list(
    texts: &[TextMessage],
    session: &Session,
    mut output: Output,
) -> Result<ExitCode, CliError> {
    for text in texts {
        let name = session.name_of(Some(&text.number));
        let mut line = stored_text_line(text, name.as_deref());
        // Ids are what the other subcommands take.
        line.human = format!("{:>6}  {}", text.id.0, line.human);
        output.put(line)?;
    }
    output.flush()?;
    if texts.len() >= MOST as usize {
        complain(&format!("only the first {MOST} are listed"));
    }
    Ok(ExitCode::SUCCESS)
}

/// What to say of an id that the outbox does not have.
fn not_there() -> CliError {
    CliError::new(
        "it is not in the outbox: it was sent already, or there is no such text",
        "deskphone outbox list prints what is there",
    )
}

/// The ids that were given, each once.
fn chosen(which: &Which) -> Vec<MessageId> {
    let ids: BTreeSet<i64> = which.ids.iter().copied().collect();
    ids.into_iter().map(MessageId).collect()
}

/// Commands about texts, each with its outcome.
struct Work {
    wanted: BTreeSet<MessageId>,
    /// Every text that changes is printed.
    all: bool,
    known: BTreeMap<MessageId, Delivery>,
    /// About which text each command is; `None` for a whole list.
    asked: BTreeMap<RequestId, Option<MessageId>>,
    changed: usize,
    failed: bool,
    /// `known` is the whole outbox.
    complete: bool,
    output: Output,
}

impl Work {
    fn new(texts: &[TextMessage], output: Output) -> Work {
        Work {
            wanted: BTreeSet::new(),
            all: false,
            known: texts.iter().map(|text| (text.id, text.delivery.clone())).collect(),
            asked: BTreeMap::new(),
            changed: 0,
            failed: false,
            complete: texts.len() < MOST as usize,
            output,
        }
    }

    /// Gives a command for each text, and prints each that changed.
    fn run(
        &mut self,
        wanted: &[MessageId],
        command: impl Fn(MessageId, Option<&Delivery>) -> Option<MessageCommand>,
        session: &mut Session,
    ) -> Result<ExitCode, CliError> {
        self.wanted = wanted.iter().copied().collect();
        for &id in wanted {
            if self.complete && !self.all && !self.known.contains_key(&id) {
                self.refuse(id, &not_there());
                continue;
            }
            match command(id, self.known.get(&id)) {
                Some(command) => {
                    self.asked.insert(session.send(Command::Message(command)), Some(id));
                }
                None => self.refuse(id, &CliError::new("it is being sent already", "")),
            }
        }
        self.finish(session)?;
        Ok(self.status())
    }

    fn status(&self) -> ExitCode {
        if self.failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
    }

    /// Waits for every outcome.
    fn finish(&mut self, session: &mut Session) -> Result<(), CliError> {
        let deadline = Some(session.deadline(WITHIN));
        while !self.asked.is_empty() {
            match session.next(deadline)? {
                Turn::Event(event) => self.take(&event, session)?,
                Turn::Interrupted => return Err(CliError::Silent),
                Turn::TimedOut => return Err(Session::no_answer()),
            }
        }
        // The text as it is now may be told right after the outcome.
        let now = Some(session.deadline(Duration::ZERO));
        while let Turn::Event(event) = session.next(now)? {
            self.take(&event, session)?;
        }
        Ok(())
    }

    fn take(&mut self, event: &Event, session: &Session) -> Result<(), CliError> {
        match event {
            Event::Message(text) if self.all || self.wanted.contains(&text.id) => {
                let name = session.name_of(Some(&text.number));
                self.output.line(text_line(text, name.as_deref(), session.time()))?;
            }
            Event::Done { request } if self.asked.remove(request).is_some() => self.changed += 1,
            Event::Failed { request, diagnosis, .. } => {
                let why = CliError::from(diagnosis.clone());
                // Of a list: nothing was left to be taken back.
                if let Some(Some(id)) = self.asked.remove(request) {
                    self.refuse(id, &why);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn refuse(&mut self, id: MessageId, why: &CliError) {
        complain(&format!("text {}: {why}", id.0));
        self.failed = true;
    }
}
