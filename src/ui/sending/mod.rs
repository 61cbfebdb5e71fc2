//! What the window knows of texts on their way out: the outbox, batches, the list being prepared;
//! and of flash texts that came in.

mod run;

use crate::number::PhoneNumber;
use crate::phone::{
    Answer, BatchId, Delivery, Direction, Event, MessageId, MessageKind, NewBatch, PhoneState,
    QueryId, RequestId, Table, Template, TextMessage,
};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

/// Rows of the outbox that are asked for.
pub const OUTBOX_LIMIT: u32 = 1_000;
/// Rows of a batch that are asked for; a list has no more.
pub const BATCH_LIMIT: u32 = 10_000;
/// Flash texts that wait to be read; what comes after stays in its conversation.
const MAX_FLASHES: usize = 20;

/// What the pages of this part ask for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Begin a text to everybody in a file.
    OpenList,
    /// Ask for the file.
    ChooseTable,
    /// The file was chosen.
    ReadTable(PathBuf),
    /// Send a text to each.
    SendList(NewBatch),
    /// Delete a template, with a chance to undo that.
    DeleteTemplate(Template),
    /// The flash text was read.
    CloseFlash(MessageId),
    /// The flash text is to be answered.
    ReplyFlash(MessageId, PhoneNumber),
}

/// The batch on the screen.
#[derive(Clone, Debug)]
pub struct OpenBatch {
    /// Which.
    pub id: BatchId,
    /// Its texts, in its order.
    pub texts: Vec<TextMessage>,
    /// The query under way.
    pub query: Option<QueryId>,
}

/// The list that is being prepared.
#[derive(Clone, Debug, Default)]
pub struct ListFile {
    /// The reading of a file under way.
    pub reading: Option<RequestId>,
    /// What was read.
    pub table: Option<Arc<Table>>,
    /// The batch is being stored.
    pub submitting: Option<RequestId>,
    /// The batch was stored: leave the page.
    pub stored: bool,
    /// What went wrong: cause and advice.
    pub problem: Option<(String, String)>,
}

/// Texts on their way out, and flash texts.
#[derive(Debug, Default)]
pub struct Sending {
    /// Texts that wait, failed or may have been sent.
    pub outbox: Vec<TextMessage>,
    /// The query for them under way.
    pub outbox_query: Option<QueryId>,
    /// They were asked for.
    pub asked: bool,
    /// Their page is open.
    pub open: bool,
    /// The batch on the screen.
    pub batch: Option<OpenBatch>,
    /// The list being prepared.
    pub list: ListFile,
    /// Flash texts to be shown, oldest first.
    pub flashes: VecDeque<TextMessage>,
    /// The newest flash text that was taken in: a later change of it shows nothing.
    newest_flash: Option<MessageId>,
}

impl Sending {
    /// Takes one event in. `phone` is the state before it.
    pub fn apply(&mut self, event: &Event, phone: &PhoneState) {
        match event {
            Event::Message(message) => {
                self.message_changed(message);
                self.flash(message, phone);
            }
            Event::MessageDeleted(id) => {
                self.outbox.retain(|message| message.id != *id);
                self.flashes.retain(|message| message.id != *id);
                if let Some(batch) = &mut self.batch {
                    batch.texts.retain(|message| message.id != *id);
                }
            }
            Event::ThreadDeleted(id) => {
                self.outbox.retain(|message| message.thread != *id);
                self.flashes.retain(|message| message.thread != *id);
            }
            Event::Answer(id, answer) => self.answered(*id, answer),
            Event::Table { request, table } if self.list.reading == Some(*request) => {
                self.list.table = Some(table.clone());
                self.list.problem = None;
            }
            Event::Done { request } => {
                if self.list.reading == Some(*request) {
                    self.list.reading = None;
                }
                if self.list.submitting == Some(*request) {
                    self.list.submitting = None;
                    self.list.stored = true;
                }
            }
            Event::Failed { request, diagnosis, .. } => {
                let list = &mut self.list;
                if list.reading == Some(*request) || list.submitting == Some(*request) {
                    (list.reading, list.submitting) = (None, None);
                    list.problem = Some((diagnosis.cause.clone(), diagnosis.advice.clone()));
                }
            }
            _ => {}
        }
    }

    /// Single texts that wait, failed or are in doubt, and batches that do.
    pub fn count(&self, phone: &PhoneState) -> usize {
        let batches = phone.batches.iter().filter(|batch| {
            batch.counts.waiting > 0 || batch.counts.unknown > 0 || batch.counts.failed > 0
        });
        self.singles().count() + batches.count()
    }

    /// Something failed or is in doubt: the user has to decide.
    pub fn needs_decision(&self, phone: &PhoneState) -> bool {
        let bad = |message: &TextMessage| {
            matches!(message.delivery, Delivery::Failed(_) | Delivery::Unknown(_))
        };
        self.singles().any(bad)
            || phone.batches.iter().any(|batch| batch.counts.unknown + batch.counts.failed > 0)
    }

    /// Texts of the outbox that belong to no batch.
    pub fn singles(&self) -> impl Iterator<Item = &TextMessage> {
        self.outbox.iter().filter(|message| message.batch.is_none())
    }

    fn message_changed(&mut self, message: &TextMessage) {
        if let Some(batch) = &mut self.batch
            && let Some(known) = batch.texts.iter_mut().find(|known| known.id == message.id)
        {
            known.clone_from(message);
        }
        if message.direction != Direction::MobileOriginated {
            return;
        }
        let at = self.outbox.iter().position(|known| known.id == message.id);
        match (at, belongs(&message.delivery)) {
            (Some(at), true) => self.outbox[at].clone_from(message),
            (Some(at), false) => {
                self.outbox.remove(at);
            }
            (None, true) if message.batch.is_none() => {
                if self.outbox.len() < OUTBOX_LIMIT as usize {
                    self.outbox.push(message.clone());
                }
            }
            (None, _) => {}
        }
    }

    fn flash(&mut self, message: &TextMessage, phone: &PhoneState) {
        let whole = matches!(&message.delivery, Delivery::Received(c) if c.done >= c.total);
        let flash = message.kind == MessageKind::Flash
            && message.direction == Direction::MobileTerminated
            && whole
            && !message.read;
        let new = self.newest_flash.is_none_or(|newest| message.id > newest);
        if !flash || !new || blocked(phone, message) {
            return;
        }
        self.newest_flash = Some(message.id);
        if self.flashes.len() < MAX_FLASHES {
            self.flashes.push_back(message.clone());
        }
    }

    fn answered(&mut self, id: QueryId, answer: &Answer) {
        if self.outbox_query == Some(id) {
            self.outbox_query = None;
            if let Answer::Messages(texts) = answer {
                self.outbox.clone_from(texts);
            }
        } else if let Some(batch) = self.batch.as_mut().filter(|batch| batch.query == Some(id)) {
            batch.query = None;
            if let Answer::Messages(texts) = answer {
                batch.texts.clone_from(texts);
            }
        }
    }
}

/// It is the outbox's business.
fn belongs(delivery: &Delivery) -> bool {
    !delivery.settled() || matches!(delivery, Delivery::Failed(_) | Delivery::Unknown(_))
}

fn blocked(phone: &PhoneState, message: &TextMessage) -> bool {
    let by_id = phone.threads.iter().find(|thread| thread.id == message.thread);
    by_id.or_else(|| phone.thread_for(&message.number)).is_some_and(|thread| thread.flags.blocked)
}
