//! `deskphone text`: sends one text to each of several numbers and follows them.

use crate::cli::arguments::{Message, TextArguments};
use crate::cli::error::{CliError, FAILED, FAILED_IN_NETWORK, complain, number};
use crate::cli::output::{Output, visible};
use crate::cli::session::{Session, Turn};
use crate::cli::start::{Context, check_sim};
use crate::cli::text_lines::text_line;
use crate::clock::Instant;
use crate::number::{self, DialString};
use crate::phone::{
    Command, Delivery, Direction, Event, LinkState, MessageCommand, MessageId, NewMessage,
    RequestId, TextMessage,
};
use crate::sms::{self, SubmitOptions};
use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

/// The longest text that fits 255 segments has fewer octets than this.
const LONGEST_FILE: u64 = 1 << 20;
/// The modem and the network settle one segment within this time, come what may.
const PROGRESS_WITHIN: Duration = Duration::from_secs(300);
/// A modem that was lost is back within this time, or it is not waited for.
const BACK_WITHIN: Duration = Duration::from_secs(30);
/// After Ctrl-C a segment that is on its way is waited for this long.
const LAST_SEGMENT_WITHIN: Duration = Duration::from_secs(60);

/// Runs the subcommand.
pub fn run(arguments: TextArguments, context: &Context) -> Result<ExitCode, CliError> {
    let report = arguments.report || arguments.wait_report.is_some();
    let mut numbers: Vec<DialString> = Vec::new();
    for text in &arguments.numbers {
        let number = number(text)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    let text = text_of(&arguments.message)?;
    check_text(&numbers, &text, report)?;
    let mut session = context.stay_connected(arguments.connection)?;
    session.wait_ready()?;
    check_sim(&session.state)?;
    session.wait_registered()?;
    let output = Output::stdout(arguments.style.json);
    let mut sender = Sender::start(numbers, text, report, &mut session, output);
    let mut ended = sender.follow(&mut session, Stage::Sending);
    let wait = arguments.wait_report.filter(|_| !sender.unread);
    if let (Ok(()), Some(within)) = (&ended, wait) {
        sender.deadline = session.deadline(within);
        ended = sender.follow(&mut session, Stage::Reports);
    }
    session.leave();
    ended.map(|()| ExitCode::from(sender.exit_status()))
}

fn text_of(message: &Message) -> Result<String, CliError> {
    let Some(path) = &message.message_file else {
        return Ok(message.message.clone().unwrap_or_default());
    };
    let name = visible(&path.display().to_string());
    let mut text = String::new();
    let read = if name == "-" {
        std::io::stdin().take(LONGEST_FILE).read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LONGEST_FILE).read_to_string(&mut text))
    };
    read.map_err(|error| {
        CliError::new(format!("{name} can't be read ({error})"), "give a text file in UTF-8")
    })?;
    // The line end that editors and `echo` add is not meant to be sent.
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// Finds out before any port is opened whether the text can be sent.
fn check_text(numbers: &[DialString], text: &str, report: bool) -> Result<(), CliError> {
    let options = SubmitOptions { status_report: report, ..SubmitOptions::default() };
    for number in numbers {
        sms::encode_submit(number.as_str(), text, &options)
            .map_err(|error| CliError::new(error.to_string(), ""))?;
    }
    Ok(())
}

/// Which end is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The network has every segment, or it is known that it has not.
    Sending,
    /// The reports are there.
    Reports,
}

/// One recipient's text.
struct Sent {
    number: DialString,
    request: RequestId,
    message: Option<TextMessage>,
    /// The network had every segment at some time.
    taken: bool,
    /// It will never be sent: refused by our side, or taken back.
    dropped: bool,
}

impl Sent {
    fn settled(&self, stage: Stage) -> bool {
        let delivery = self.message.as_ref().map(|message| &message.delivery);
        match (delivery, stage) {
            _ if self.dropped => true,
            (None, _) => false,
            (Some(Delivery::Sent), Stage::Reports) => false,
            (Some(delivery), _) => delivery.settled(),
        }
    }
}

/// All recipients' texts.
struct Sender {
    sent: Vec<Sent>,
    text: String,
    /// Texts older than this are not ours (Unix milliseconds).
    started_millis: i64,
    deadline: Instant,
    interrupted: bool,
    /// Nobody reads the lines any more.
    unread: bool,
    output: Output,
}

impl Sender {
    fn start(
        numbers: Vec<DialString>,
        text: String,
        status_report: bool,
        session: &mut Session,
        output: Output,
    ) -> Sender {
        let started_millis = session.time().unix_millis;
        let mut submit = |number: DialString| {
            let new = NewMessage { to: vec![number.clone()], text: text.clone(), status_report };
            let request = session.send(Command::Message(MessageCommand::Submit(new)));
            Sent { number, request, message: None, taken: false, dropped: false }
        };
        let sent = numbers.into_iter().map(&mut submit).collect();
        let deadline = session.deadline(PROGRESS_WITHIN);
        let (interrupted, unread) = (false, false);
        Sender { sent, text, started_millis, deadline, interrupted, unread, output }
    }

    fn follow(&mut self, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        while !self.sent.iter().all(|sent| sent.settled(stage)) {
            if self.unread && stage == Stage::Reports {
                break;
            }
            match session.next(Some(self.deadline))? {
                Turn::Event(event) => self.take(&event, session, stage)?,
                Turn::Interrupted if self.interrupted || stage == Stage::Reports => break,
                Turn::Interrupted => {
                    self.interrupted = true;
                    self.take_back(session);
                }
                Turn::TimedOut => return self.give_up(session, stage),
            }
        }
        Ok(())
    }

    fn take(&mut self, event: &Event, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        match event {
            Event::Message(message) => self.take_message(message, session, stage)?,
            Event::MessageDeleted(id) => {
                if let Some(sent) = self.by_id(*id) {
                    sent.dropped = true;
                }
            }
            Event::Failed { request, diagnosis, .. } => {
                let ours = self.sent.iter_mut().find(|sent| sent.request == *request);
                // What the network refused has its own line, with the cause.
                if let Some(sent) = ours.filter(|sent| sent.message.is_none()) {
                    sent.dropped = true;
                    let why = CliError::from(diagnosis.clone());
                    complain(&format!("the text to {} failed: {why}", sent.number.as_str()));
                }
            }
            Event::Link(LinkState::Failed { .. }) if !self.interrupted => {
                self.deadline = session.deadline(BACK_WITHIN);
            }
            Event::Link(LinkState::Ready(_)) if !self.interrupted => {
                self.deadline = session.deadline(PROGRESS_WITHIN);
            }
            _ => {}
        }
        Ok(())
    }

    fn take_message(
        &mut self,
        message: &TextMessage,
        session: &mut Session,
        stage: Stage,
    ) -> Result<(), CliError> {
        let Some(at) = self.place_of(message) else { return Ok(()) };
        let before = self.sent[at].message.replace(message.clone());
        let new = before.is_none();
        if before.is_some_and(|before| before.delivery == message.delivery) {
            return Ok(());
        }
        if matches!(message.delivery, Delivery::Sent | Delivery::Delivered) {
            self.sent[at].taken = true;
        }
        if stage == Stage::Sending && !self.interrupted {
            self.deadline = session.deadline(PROGRESS_WITHIN);
        }
        let name = session.name_of(Some(&message.number));
        let line = text_line(message, name.as_deref(), session.time());
        let printed = self.output.line(line);
        if printed.is_err() || (new && self.interrupted) {
            self.take_back(session);
        }
        if printed == Err(CliError::NobodyReads) {
            // What becomes of the texts matters also to those who don't read the lines.
            self.output.silence();
            self.unread = true;
            self.interrupted |= stage == Stage::Sending;
            return Ok(());
        }
        printed
    }

    /// Which of our texts this is. A new one is known by what we asked for.
    fn place_of(&self, message: &TextMessage) -> Option<usize> {
        let known = self
            .sent
            .iter()
            .position(|sent| sent.message.as_ref().is_some_and(|before| before.id == message.id));
        if known.is_some() {
            return known;
        }
        if message.direction != Direction::MobileOriginated
            || message.time.unix_millis < self.started_millis
            || message.text != self.text
        {
            return None;
        }
        self.sent.iter().position(|sent| {
            sent.message.is_none()
                && number::same_number(sent.number.as_str(), message.number.as_str(), "")
        })
    }

    fn by_id(&mut self, id: MessageId) -> Option<&mut Sent> {
        self.sent
            .iter_mut()
            .find(|sent| sent.message.as_ref().is_some_and(|message| message.id == id))
    }

    /// Takes back what was not handed over, so that it is not sent later by surprise.
    fn take_back(&mut self, session: &mut Session) {
        self.deadline = session.deadline(LAST_SEGMENT_WITHIN);
        for sent in &self.sent {
            if let Some(message) = &sent.message
                && !message.delivery.settled()
            {
                session.send(Command::Message(MessageCommand::Cancel(message.id)));
            }
        }
    }

    fn give_up(&mut self, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        if stage == Stage::Reports {
            complain("no delivery report came in this time: the text may still be delivered");
            return Ok(());
        }
        self.take_back(session);
        let lost = !session.state.link.ready();
        let what = if lost { "the link to the modem was lost" } else { "the modem did not go on" };
        Err(CliError::new(
            what,
            "Look with deskphone messages list which texts were sent, and send the others again",
        ))
    }

    /// 0: all taken by the network, and none reported as lost. 2: refused. 1: anything else.
    fn exit_status(&self) -> u8 {
        let failed = |sent: &Sent| {
            let message = sent.message.as_ref().filter(|_| !sent.dropped);
            match message.map(|message| &message.delivery) {
                Some(Delivery::Failed(_)) if !self.interrupted => FAILED_IN_NETWORK,
                Some(Delivery::Sent | Delivery::Delivered) if sent.taken => 0,
                _ => FAILED,
            }
        };
        let statuses: Vec<u8> = self.sent.iter().map(failed).collect();
        // Something unexpected weighs more than what the network is known to have refused.
        let worst = |status: &u8| statuses.contains(status);
        [FAILED, FAILED_IN_NETWORK].into_iter().find(worst).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
