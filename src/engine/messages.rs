//! What the user wants of texts: send, retry, take back, delete, read.

use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::number::{PhoneNumber, same_number};
use crate::phone::{
    CommandError, Diagnosis, Event, LinkState, MessageCommand, MessageId, NewMessage, RequestId,
    TextMessage, Thread,
};
use crate::sms::{self, EncodeError, SubmitOptions};
use crate::store::{OutgoingSegment, StoreError};

/// Recipients of one text at most.
const MOST_RECIPIENTS: usize = 100;

/// A text for one recipient, ready to be stored.
struct Encoded {
    to: PhoneNumber,
    segments: Vec<OutgoingSegment>,
}

impl Engine {
    pub(super) fn message_command(
        &mut self,
        request: RequestId,
        command: MessageCommand,
        m: Moment,
    ) {
        match command {
            MessageCommand::Submit(message) => self.submit(request, &message, m),
            MessageCommand::Retry(id) => self.retry(request, id),
            MessageCommand::Cancel(id) => self.cancel(request, id),
            MessageCommand::Delete(id) => {
                let deleted = self.store.delete_message(id);
                if let Some(thread) = self.finish(request, deleted) {
                    self.out.events.push(Event::MessageDeleted(id));
                    self.publish_thread(thread);
                }
            }
            MessageCommand::DeleteThread(id) => {
                let deleted = self.store.delete_thread(id);
                if self.finish(request, deleted).is_some() {
                    self.out.events.push(Event::ThreadDeleted(id));
                }
            }
            MessageCommand::MarkRead(id) => {
                let marked = self.store.mark_read(id);
                if let Some(thread) = self.finish(request, marked) {
                    self.publish_thread(thread);
                }
            }
            MessageCommand::SaveDraft(draft) => {
                let region = self.region().to_owned();
                let saved = self.store.save_draft(&draft, m.wall, &region);
                if let Some(thread) = self.finish(request, saved) {
                    self.publish_thread(thread);
                }
            }
        }
    }

    fn submit(&mut self, request: RequestId, message: &NewMessage, moment: Moment) {
        if let Some(reason) = &self.options.volatile {
            let cause = format!("The text can't be kept, so it is not sent: {reason}");
            let diagnosis = Diagnosis::new(&cause, "");
            return self.failed(request, CommandError::Storage, diagnosis);
        }
        let encoded = match self.encode(message) {
            Ok(encoded) => encoded,
            Err(SubmitError::Input(cause, advice)) => {
                return self.bad_input(request, &cause, advice);
            }
            Err(SubmitError::Store(error)) => return self.storage_failed(request, &error),
        };
        match self.store_all(message, &encoded, moment) {
            Ok(stored) => {
                for (message, thread) in stored {
                    self.out.events.push(Event::Message(message));
                    self.out.events.push(Event::Thread(thread));
                }
                self.done(request);
                self.outbox_filled();
            }
            Err(error) => self.storage_failed(request, &error),
        }
    }

    fn encode(&mut self, message: &NewMessage) -> Result<Vec<Encoded>, SubmitError> {
        let mut recipients: Vec<PhoneNumber> = Vec::new();
        for number in message.to.iter().map(|to| to.to_number()) {
            let region = self.region();
            let known = |to: &PhoneNumber| same_number(to.as_str(), number.as_str(), region);
            if !recipients.iter().any(known) {
                recipients.push(number);
            }
        }
        if recipients.is_empty() {
            return Err(SubmitError::input("The text has no recipient", "Type a number first"));
        }
        if recipients.len() > MOST_RECIPIENTS {
            let cause = format!("A text can have at most {MOST_RECIPIENTS} recipients");
            return Err(SubmitError::Input(cause, "Send it in several goes"));
        }
        recipients.into_iter().map(|to| self.encode_for(to, message)).collect()
    }

    fn encode_for(
        &mut self,
        to: PhoneNumber,
        message: &NewMessage,
    ) -> Result<Encoded, SubmitError> {
        let status_report = message.status_report;
        let mut options = SubmitOptions { status_report, ..SubmitOptions::default() };
        let long = sms::count_segments(&message.text).segments > 1;
        if long {
            options.concat_reference = self.store.next_concat_reference()?;
        }
        let segments = sms::encode_submit(to.as_str(), &message.text, &options)?;
        let segments = segments
            .into_iter()
            .map(|segment| OutgoingSegment { pdu: segment.pdu, tpdu_octets: segment.tpdu_octets })
            .collect();
        Ok(Encoded { to, segments })
    }

    /// All or none: what was stored is taken back when a later one fails.
    fn store_all(
        &mut self,
        message: &NewMessage,
        encoded: &[Encoded],
        moment: Moment,
    ) -> Result<Vec<(TextMessage, Thread)>, StoreError> {
        let mut stored: Vec<(TextMessage, Thread)> = Vec::new();
        for Encoded { to, segments } in encoded {
            let owner = &self.options.owner;
            let (text, report) = (&message.text, message.status_report);
            match self.store.submit(to, text, report, segments, moment.wall, owner) {
                Ok(one) => stored.push(one),
                Err(error) => {
                    for (message, _) in stored {
                        // The store fails already; what can't be taken back now stays queued and
                        // is shown as that.
                        let _ = self.store.delete_message(message.id);
                    }
                    return Err(error);
                }
            }
        }
        Ok(stored)
    }

    /// Texts are in the outbox: they go out now, or the user learns when they will.
    pub(super) fn outbox_filled(&mut self) {
        let silent = match &self.linkage.state {
            LinkState::Silent { reason, .. } => Some(reason.clone()),
            _ => None,
        };
        if let Some(reason) = self.linkage.why_no_link().map(|why| why.cause).or(silent) {
            let advice = "The text is kept and goes out as soon as a modem answers";
            self.notice(&reason, advice, false);
        }
        self.tasks.deferred.push(Deferred::SendTexts);
    }

    fn retry(&mut self, request: RequestId, id: MessageId) {
        let retried = self.store.retry(id, &self.options.owner);
        if let Some(message) = self.finish(request, retried) {
            self.publish_message(message);
            self.outbox_filled();
        }
    }

    fn cancel(&mut self, request: RequestId, id: MessageId) {
        match self.store.cancel(id) {
            Ok(Some(message)) => {
                self.publish_message(message);
                self.done(request);
            }
            Ok(None) => {
                let cause = "The text can't be taken back: it is being sent or was sent already";
                let diagnosis = Diagnosis::new(cause, "");
                self.failed(request, CommandError::NotAllowedNow, diagnosis);
            }
            Err(error) => self.storage_failed(request, &error),
        }
    }

    /// A text changed, and with it perhaps its conversation's line.
    pub(super) fn publish_message(&mut self, message: TextMessage) {
        let thread = self.store.thread(message.thread);
        self.out.events.push(Event::Message(message));
        if let Some(thread) = self.check(thread, "The conversations can't be read") {
            self.publish_thread(thread);
        }
    }

    fn publish_thread(&mut self, thread: Option<Thread>) {
        self.out.events.extend(thread.map(Event::Thread));
    }
}

enum SubmitError {
    Input(String, &'static str),
    Store(StoreError),
}

impl SubmitError {
    fn input(cause: &str, advice: &'static str) -> Self {
        SubmitError::Input(cause.to_owned(), advice)
    }
}

impl From<StoreError> for SubmitError {
    fn from(error: StoreError) -> Self {
        SubmitError::Store(error)
    }
}

impl From<EncodeError> for SubmitError {
    fn from(error: EncodeError) -> Self {
        let advice = match &error {
            EncodeError::TooLong(_) => "Send it in several texts",
            EncodeError::BadAddress(_) => "Type a telephone number",
            EncodeError::Empty => "Type a text first",
        };
        let words = error.to_string();
        let mut letters = words.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        SubmitError::Input(first + letters.as_str(), advice)
    }
}
