//! Texts followed from the store to the network, and to the report that they arrived.

use super::orders::Orders;
use crate::cli::error::{CliError, FAILED, REFUSED, complain};
use crate::cli::output::{Output, cause_and_advice};
use crate::cli::session::{Session, Turn};
use crate::cli::text_lines::text_line;
use crate::clock::{Instant, WallTime};
use crate::number::{self, DialString};
use crate::phone::readiness::text_obstacle;
use crate::phone::{
    Answer, Batch, BatchAction, BatchId, Command, Delivery, Diagnosis, Direction, Event, LinkState,
    MessageCommand, MessageId, Query, QueryId, RequestId, SendOptions, TextMessage,
};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// The modem and the network settle one segment within this time, come what may.
const PROGRESS_WITHIN: Duration = Duration::from_secs(300);
/// A modem that was lost is back within this time, or it is not waited for.
const BACK_WITHIN: Duration = Duration::from_secs(30);
/// A network that was lost, or a SIM card that went, is back within this time, or it is not waited
/// for.
const ABLE_WITHIN: Duration = Duration::from_secs(60);
/// After Ctrl-C a segment that is on its way is waited for this long.
const LAST_SEGMENT_WITHIN: Duration = Duration::from_secs(60);

/// Texts of the outbox asked for at once, which the store answers in full.
const MOST_WAITING: u32 = 1000;

/// Which end is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The texts are safe on the disk.
    Storing,
    /// The network has every segment, or it is known that it has not.
    Sending,
    /// The reports are there.
    Reports,
}

/// One recipient's text.
struct Sent {
    number: DialString,
    text: String,
    message: Option<TextMessage>,
    /// The network had every segment at some time.
    taken: bool,
    /// Nothing more is to be learned: refused by our side, taken back, given up, or left for later.
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
pub struct Sender {
    sent: Vec<Sent>,
    by_id: BTreeMap<MessageId, usize>,
    request: RequestId,
    /// The engine has stored the texts.
    stored: bool,
    /// Texts older than this are not ours (Unix milliseconds).
    started_millis: i64,
    deadline: Instant,
    interrupted: bool,
    /// Nobody reads the lines any more.
    unread: bool,
    /// The list had lines that made no text.
    left_out: bool,
    /// A failure that passes is the end as well.
    pub no_retry: bool,
    /// Texts being taken back after such a failure.
    closing: Vec<RequestId>,
    /// Batches that were taken back.
    recalled: BTreeSet<BatchId>,
    /// Texts that were left to wait for their time.
    later: usize,
    /// No text can be sent: the SIM card or the network is gone.
    unable: Option<Diagnosis>,
    /// Another program has changed something; what became of the texts is asked.
    question: Option<QueryId>,
    output: Output,
}

impl Sender {
    /// Hands the texts to the engine.
    pub fn start(
        orders: &Orders,
        options: SendOptions,
        session: &mut Session,
        output: Output,
    ) -> Sender {
        let started_millis = session.time().unix_millis;
        let request = session.send(orders.command(options));
        let region = session.state.region.clone();
        let mut sent: Vec<Sent> = Vec::with_capacity(orders.texts.len());
        for (number, text) in &orders.texts {
            let same =
                |known: &Sent| number::same_number(known.number.as_str(), number.as_str(), &region);
            if orders.is_once_each() && sent.iter().any(same) {
                continue;
            }
            let (number, text) = (number.clone(), text.clone());
            sent.push(Sent { number, text, message: None, taken: false, dropped: false });
        }
        Sender {
            sent,
            by_id: BTreeMap::new(),
            request,
            stored: false,
            started_millis,
            deadline: session.deadline(PROGRESS_WITHIN),
            interrupted: false,
            unread: false,
            left_out: orders.left_out,
            no_retry: false,
            closing: Vec::new(),
            recalled: BTreeSet::new(),
            later: 0,
            unable: None,
            question: None,
            output,
        }
    }

    /// Prints a line for each change until the texts are where `stage` says.
    pub fn follow(&mut self, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        let ended = self.follow_on(session, stage);
        let stays = match std::mem::take(&mut self.later) {
            0 => return ended,
            1 => "the text stays scheduled".to_owned(),
            texts => format!("{texts} texts stay scheduled"),
        };
        complain(&format!("{stays}: the window or deskphone listen sends what is due"));
        ended
    }

    fn follow_on(&mut self, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        while !self.arrived(stage) {
            if self.unread && stage == Stage::Reports {
                break;
            }
            let deadline = self.due(session, stage);
            match session.next(Some(deadline))? {
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

    /// Waits for the reports, unless nobody reads of them.
    pub fn follow_reports(
        &mut self,
        session: &mut Session,
        within: Duration,
    ) -> Result<(), CliError> {
        if self.unread || self.interrupted {
            return Ok(());
        }
        self.deadline = session.deadline(within);
        self.follow(session, Stage::Reports)
    }

    /// Until when something has to happen.
    #[cfg(test)]
    pub(super) fn waits_until(&self) -> Instant {
        self.deadline
    }

    fn arrived(&self, stage: Stage) -> bool {
        if stage == Stage::Storing && self.stored && !self.interrupted {
            return true;
        }
        self.closing.is_empty() && self.sent.iter().all(|sent| sent.settled(stage))
    }

    /// Until when something has to happen. Texts that wait for their time are given the time to
    /// be sent after it.
    fn due(&self, session: &Session, stage: Stage) -> Instant {
        let mut latest: Option<WallTime> = None;
        for sent in self.sent.iter().filter(|sent| !sent.settled(stage)) {
            match sent.message.as_ref().map(|message| &message.delivery) {
                Some(Delivery::Scheduled(at)) => latest = latest.max(Some(*at)),
                Some(Delivery::Retrying(retry)) => latest = latest.max(Some(retry.at)),
                _ => return self.deadline,
            }
        }
        let Some(at) = latest.filter(|_| self.closing.is_empty() && !self.interrupted) else {
            return self.deadline;
        };
        let ahead = at.unix_millis.saturating_sub(session.time().unix_millis);
        let ahead = Duration::from_millis(u64::try_from(ahead).unwrap_or(0));
        self.deadline.max(session.deadline(ahead + PROGRESS_WITHIN))
    }

    /// Takes one event in, which may be about one of the texts.
    pub(super) fn take(
        &mut self,
        event: &Event,
        session: &mut Session,
        stage: Stage,
    ) -> Result<(), CliError> {
        match event {
            Event::Message(message) => self.take_message(message, session, stage)?,
            Event::MessageDeleted(id) => {
                if let Some(at) = self.by_id.get(id) {
                    self.sent[*at].dropped = true;
                }
            }
            Event::Notice(notice) if notice.of_carriers() => {
                complain(&cause_and_advice(&notice.text, &notice.advice));
            }
            Event::Network(network) if stage == Stage::Sending && !self.interrupted => {
                self.mind(text_obstacle(network), session);
            }
            // All lists are told when another program has changed something.
            Event::Threads(_) => {
                self.question = Some(session.query(Query::Outbox { limit: MOST_WAITING }));
            }
            Event::Batches(batches) => {
                // Too long for the question below.
                let long = |batch: &&Batch| batch.counts.total() >= MOST_WAITING;
                for batch in batches.iter().filter(long).filter(|b| b.counts.waiting == 0) {
                    self.list_is_settled(batch.id);
                }
            }
            Event::Answer(id, Answer::Messages(texts)) if self.question == Some(*id) => {
                self.question = None;
                self.take_changes_of_others(texts, session)?;
            }
            Event::Done { request } | Event::Failed { request, .. }
                if self.closing.contains(request) =>
            {
                self.closing.retain(|closing| closing != request);
            }
            Event::Done { request } if *request == self.request => {
                self.stored = true;
                // What has no row by now was seen as the same recipient twice.
                let nobody = |sent: &&mut Sent| sent.message.is_none();
                self.sent.iter_mut().filter(nobody).for_each(|sent| sent.dropped = true);
            }
            Event::Failed { request, diagnosis, .. } if *request == self.request => {
                let why = CliError::from(diagnosis.clone());
                match &self.sent[..] {
                    [one] => {
                        complain(&format!("the text to {} failed: {why}", one.number.as_str()));
                    }
                    _ => complain(&format!("the texts failed: {why}")),
                }
                self.sent.iter_mut().for_each(|sent| sent.dropped = true);
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

    /// The way to the network is lost or found.
    fn mind(&mut self, obstacle: Option<Diagnosis>, session: &Session) {
        if obstacle.is_some() != self.unable.is_some() {
            let within = if obstacle.is_some() { ABLE_WITHIN } else { PROGRESS_WITHIN };
            self.deadline = session.deadline(within);
            if let Some(why) = &obstacle {
                complain(&format!("the text waits for up to a minute: {}", why.cause));
            }
        }
        self.unable = obstacle;
    }

    fn take_message(
        &mut self,
        message: &TextMessage,
        session: &mut Session,
        stage: Stage,
    ) -> Result<(), CliError> {
        let sending = stage == Stage::Sending && !self.interrupted;
        let sending = sending && self.unable.is_none();
        if sending && message.direction == Direction::MobileOriginated {
            // Others' texts may stand before ours; as long as any goes out, there is progress.
            self.deadline = session.deadline(PROGRESS_WITHIN);
        }
        let Some(at) = self.place_of(message) else { return Ok(()) };
        let mut message = message.clone();
        if let (Delivery::Retrying(retry), true) = (&message.delivery, self.no_retry) {
            let cancel = Command::Message(MessageCommand::Cancel(message.id));
            message.delivery = Delivery::Failed(retry.why.clone());
            self.closing.push(session.send(cancel));
        }
        let sent = &mut self.sent[at];
        sent.dropped |= matches!(message.delivery, Delivery::Failed(_)) && self.no_retry;
        let before = sent.message.replace(message.clone());
        let new = before.is_none();
        let news = |before: TextMessage| {
            before.delivery != message.delivery
                || before.delivered_segments != message.delivered_segments
        };
        if !before.is_none_or(news) {
            return Ok(());
        }
        sent.taken |= matches!(message.delivery, Delivery::Sent | Delivery::Delivered);
        let name = session.name_of(Some(&message.number));
        let line = text_line(&message, name.as_deref(), session.time());
        let printed = self.output.line(line);
        if (printed.is_err() && stage == Stage::Sending) || (new && self.interrupted) {
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

    /// Another program may have taken texts back that wait here, or may have sent or deleted them.
    fn take_changes_of_others(
        &mut self,
        outbox: &[TextMessage],
        session: &mut Session,
    ) -> Result<(), CliError> {
        let waits = |message: &TextMessage| {
            matches!(message.delivery, Delivery::Scheduled(_) | Delivery::Retrying(_))
        };
        let theirs: BTreeMap<MessageId, &TextMessage> =
            outbox.iter().map(|message| (message.id, message)).collect();
        for sent in self.sent.iter_mut().filter(|sent| !sent.dropped) {
            let Some(id) = sent.message.as_ref().filter(|known| waits(known)).map(|known| known.id)
            else {
                continue;
            };
            match theirs.get(&id) {
                Some(message) if message.delivery.settled() => {
                    let name = session.name_of(Some(&message.number));
                    self.output.line(text_line(message, name.as_deref(), session.time()))?;
                    sent.message = Some((*message).clone());
                }
                Some(_) => continue,
                // It may stand behind those that were answered.
                None if outbox.len() >= MOST_WAITING as usize => continue,
                None => complain(&format!(
                    "the text to {} was sent or deleted by another program",
                    sent.number.as_str()
                )),
            }
            sent.dropped = true;
        }
        Ok(())
    }

    /// Another program has taken back what waits here of a list, or has sent it.
    fn list_is_settled(&mut self, list: BatchId) {
        let ours = |sent: &&mut Sent| {
            let message = sent.message.as_ref().filter(|_| !sent.dropped);
            message.is_some_and(|message| {
                message.batch == Some(list)
                    && matches!(message.delivery, Delivery::Scheduled(_) | Delivery::Retrying(_))
            })
        };
        let mut texts = 0;
        for sent in self.sent.iter_mut().filter(ours) {
            sent.dropped = true;
            texts += 1;
        }
        if texts > 0 {
            complain(&format!("{texts} texts were taken back or sent by another program"));
        }
    }

    /// Which of our texts this is. A new one is known by what we asked for.
    fn place_of(&mut self, message: &TextMessage) -> Option<usize> {
        if let Some(at) = self.by_id.get(&message.id) {
            return Some(*at).filter(|at| !self.sent[*at].dropped);
        }
        if message.direction != Direction::MobileOriginated
            || message.time.unix_millis < self.started_millis
        {
            return None;
        }
        let at = self.sent.iter().position(|sent| {
            sent.message.is_none()
                && !sent.dropped
                && sent.text == message.text
                && number::same_number(sent.number.as_str(), message.number.as_str(), "")
        })?;
        self.by_id.insert(message.id, at);
        Some(at)
    }

    /// Takes back what was not handed over, so that it is not sent later by surprise. What waits
    /// for its time is no surprise, and stays.
    fn take_back(&mut self, session: &mut Session) {
        self.deadline = session.deadline(LAST_SEGMENT_WITHIN);
        for sent in self.sent.iter_mut().filter(|sent| !sent.dropped) {
            match &sent.message {
                Some(TextMessage { delivery: Delivery::Scheduled(_), .. }) => {
                    sent.dropped = true;
                    self.later += 1;
                }
                // A list is taken back at once, however long it is.
                Some(message) if !message.delivery.settled() => {
                    let command = match message.batch {
                        Some(batch) if !self.recalled.insert(batch) => continue,
                        Some(batch) => MessageCommand::Batch(batch, BatchAction::Cancel),
                        None => MessageCommand::Cancel(message.id),
                    };
                    session.send(Command::Message(command));
                }
                _ => {}
            }
        }
    }

    fn give_up(&mut self, session: &mut Session, stage: Stage) -> Result<(), CliError> {
        match stage {
            Stage::Reports => {
                complain("no delivery report came in this time: the text may still be delivered");
                return Ok(());
            }
            Stage::Storing => return Err(Session::no_answer()),
            Stage::Sending => self.take_back(session),
        }
        if let Some(why) = self.unable.take().filter(|_| session.state.link.ready()) {
            return Err(CliError::from(why));
        }
        let lost = !session.state.link.ready();
        let what = if lost { "the link to the modem was lost" } else { "the modem did not go on" };
        Err(CliError::new(
            what,
            "Look with deskphone messages list which texts were sent, and send the others again",
        ))
    }

    /// 0: all taken by the network, and none reported as lost; or all stored, if that was the
    /// wish. 2: refused. 1: anything else.
    pub fn exit_status(&self, stage: Stage) -> u8 {
        if stage == Stage::Storing && !self.interrupted {
            return if self.stored && !self.left_out { 0 } else { FAILED };
        }
        let status = |sent: &Sent| match sent.message.as_ref().map(|message| &message.delivery) {
            Some(Delivery::Failed(_)) if self.no_retry && !self.interrupted => REFUSED,
            Some(_) if sent.dropped => FAILED,
            Some(Delivery::Failed(_)) if !self.interrupted => REFUSED,
            Some(Delivery::Sent | Delivery::Delivered) if sent.taken => 0,
            // The same recipient twice: the other one counts.
            None if self.stored => 0,
            _ => FAILED,
        };
        let left_out = self.left_out.then_some(FAILED);
        let statuses: Vec<u8> = self.sent.iter().map(status).chain(left_out).collect();
        // Something unexpected weighs more than what the network is known to have refused.
        let worst = |status: &u8| statuses.contains(status);
        [FAILED, REFUSED].into_iter().find(worst).unwrap_or(0)
    }
}
