//! What the user wants of texts and conversations, handed to whoever does it.

use crate::engine::export::{self, Wanted, Written};
use crate::engine::input::{Action, Job, Moment};
use crate::engine::{Deferred, Engine};
use crate::phone::{
    CommandError, Diagnosis, Event, Export, LinkState, MessageCommand, MessageId, RequestId,
    TextMessage, Thread, ThreadId, UNDO_FOR, WaitingKind,
};
use crate::store::StoreError;
use std::collections::BTreeSet;

/// From this number on conversations are told as one list.
pub(super) const MANY: usize = 100;

/// What was deleted and can still be brought back: what becomes of it is not told meanwhile.
#[derive(Debug, Default)]
pub(super) struct Deleted {
    messages: BTreeSet<MessageId>,
    threads: BTreeSet<ThreadId>,
}

impl Deleted {
    /// Nothing can be brought back any more.
    pub(super) fn forget(&mut self) {
        *self = Deleted::default();
    }

    fn has(&self, message: &TextMessage) -> bool {
        self.messages.contains(&message.id) || self.threads.contains(&message.thread)
    }

    /// A text came to it: the conversation is there again.
    pub(super) fn revive(&mut self, thread: ThreadId) {
        self.threads.remove(&thread);
    }
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
            MessageCommand::SubmitBatch(batch) => self.submit_batch(request, &batch, m),
            MessageCommand::Batch(id, action) => self.batch_command(request, id, action),
            MessageCommand::Retry(id) => {
                let carrier = self.linkage.carrier();
                let retried = self.store.retry(id, &self.options.owner, carrier);
                if let Some(message) = self.finish(request, retried) {
                    self.publish_message(message);
                    self.outbox_filled();
                }
            }
            MessageCommand::SendNow(id) => {
                let queued = self.store.send_now(id, &self.options.owner);
                let refusal = "The text neither waits for its time nor for another attempt";
                if self.publish_changed(request, queued, refusal) {
                    self.outbox_filled();
                }
            }
            MessageCommand::MarkSent(id) => {
                let marked = self.store.mark_sent(id, m.wall);
                let refusal = "There is no doubt about this text";
                self.publish_changed(request, marked, refusal);
            }
            MessageCommand::Cancel(id) => {
                self.outbox.called_off(|flight| flight.message == id);
                let cancelled = self.store.cancel(id);
                let refusal = "The text can't be taken back: it is being sent or was sent already";
                self.publish_changed(request, cancelled, refusal);
            }
            MessageCommand::Delete(id) => self.delete(request, id, m),
            MessageCommand::Undelete(id) => self.undelete(request, id),
            MessageCommand::DeleteThread(id) => self.delete_thread(request, id, m),
            MessageCommand::UndeleteThread(id) => {
                let back = self.store.undelete_thread(id);
                let refusal = "It is too late to bring the conversation back";
                self.publish_thread_or(request, back, refusal);
                self.deleted.threads.remove(&id);
                self.publish_batches();
            }
            MessageCommand::Export(export) => self.export_texts(request, export),
            MessageCommand::ReadTable(path) => {
                self.out.actions.push(Action::Job(Job::ReadTable(request, path)));
            }
            other => self.list_command(request, other, m),
        }
    }

    /// What only concerns the lists: read, flags, drafts, templates, what waits.
    fn list_command(&mut self, request: RequestId, command: MessageCommand, m: Moment) {
        match command {
            MessageCommand::MarkRead(id) => {
                let marked = self.store.mark_read(id);
                if let Some(thread) = self.finish(request, marked) {
                    self.publish_thread(thread);
                }
            }
            MessageCommand::MarkUnread(id) => {
                let marked = self.store.mark_unread(id);
                self.publish_thread_or(request, marked, "There is no such conversation any more");
            }
            MessageCommand::SetFlags(id, flags) => {
                let before = self.store.thread(id).ok().flatten();
                let set = self.store.set_flags(id, flags);
                let blocked = |thread: &Thread| thread.flags.blocked;
                if let Ok(Some(thread)) = &set
                    && before.as_ref().map(blocked) != Some(blocked(thread))
                {
                    self.list_follows(thread);
                }
                self.publish_thread_or(request, set, "There is no such conversation any more");
            }
            MessageCommand::SaveDraft(draft) => {
                let region = self.region().to_owned();
                let saved = self.store.save_draft(&draft, m.wall, &region);
                if let Some(thread) = self.finish(request, saved) {
                    self.publish_thread(thread);
                }
            }
            MessageCommand::SaveTemplate(template) if template.name.trim().is_empty() => {
                self.bad_input(request, "The template has no name", "Type a name");
            }
            MessageCommand::SaveTemplate(template) => {
                let saved = self.store.save_template(&template);
                if self.finish(request, saved).is_some() {
                    self.publish_templates();
                }
            }
            MessageCommand::DeleteTemplate(id) => {
                let deleted = self.store.delete_template(id);
                if self.finish(request, deleted).is_some() {
                    self.publish_templates();
                }
            }
            MessageCommand::ClearWaiting(kind) => self.clear_waiting(request, kind),
            _ => {} // Done above.
        }
    }

    fn delete(&mut self, request: RequestId, id: MessageId, moment: Moment) {
        self.outbox.called_off(|flight| flight.message == id);
        let deleted = self.store.delete_message(id, moment.wall);
        if let Some(thread) = self.finish(request, deleted) {
            self.deleted.messages.insert(id);
            self.agenda.purge_at(moment.wall.plus(UNDO_FOR));
            self.out.events.push(Event::MessageDeleted(id));
            self.publish_thread(thread);
            self.publish_batches();
        }
    }

    fn undelete(&mut self, request: RequestId, id: MessageId) {
        match self.store.undelete_message(id) {
            Ok(Some((message, thread))) => {
                self.deleted.messages.remove(&id);
                self.batches.changed(message.batch);
                self.out.events.push(Event::Message(message));
                self.out.events.push(Event::Thread(thread));
                self.done(request);
            }
            Ok(None) => {
                self.not_now(request, "It is too late to bring the text back");
            }
            Err(error) => self.storage_failed(request, &error),
        }
    }

    fn delete_thread(&mut self, request: RequestId, id: ThreadId, moment: Moment) {
        self.outbox.called_off(|flight| flight.thread == Some(id));
        let deleted = self.store.delete_thread(id, moment.wall);
        if self.finish(request, deleted).is_some() {
            self.deleted.threads.insert(id);
            self.agenda.purge_at(moment.wall.plus(UNDO_FOR));
            self.out.events.push(Event::ThreadDeleted(id));
            self.publish_batches();
        }
    }

    fn clear_waiting(&mut self, request: RequestId, kind: WaitingKind) {
        let cleared = self.store.clear_waiting(kind);
        if self.finish(request, cleared).is_some() {
            self.publish_waiting();
        }
    }

    /// A change that can come too late.
    fn publish_changed(
        &mut self,
        request: RequestId,
        changed: Result<Option<TextMessage>, StoreError>,
        refusal: &str,
    ) -> bool {
        match changed {
            Ok(Some(message)) => {
                self.publish_message(message);
                self.done(request);
                self.agenda.stale();
                true
            }
            Ok(None) => {
                self.not_now(request, refusal);
                false
            }
            Err(error) => {
                self.storage_failed(request, &error);
                false
            }
        }
    }

    fn publish_thread_or(
        &mut self,
        request: RequestId,
        changed: Result<Option<Thread>, StoreError>,
        refusal: &str,
    ) {
        match changed {
            Ok(Some(thread)) => {
                self.publish_thread(Some(thread));
                self.done(request);
            }
            Ok(None) => self.not_now(request, refusal),
            Err(error) => self.storage_failed(request, &error),
        }
    }

    pub(super) fn not_now(&mut self, request: RequestId, cause: &str) {
        self.failed(request, CommandError::NotAllowedNow, Diagnosis::new(cause, ""));
    }

    /// Texts are in the outbox: they go out now, or the user learns when they will.
    pub(super) fn outbox_filled(&mut self) {
        self.outbox.filled();
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

    /// A text changed, and with it perhaps its conversation's line and its batch.
    pub(super) fn publish_message(&mut self, message: TextMessage) {
        self.batches.changed(message.batch);
        if self.deleted.has(&message) {
            return;
        }
        let thread = self.store.thread(message.thread);
        self.out.events.push(Event::Message(message));
        if let Some(thread) = self.check(thread, "The conversations can't be read") {
            self.publish_thread(thread);
        }
    }

    /// Many texts changed.
    pub(super) fn publish_many(&mut self, messages: Vec<TextMessage>) {
        let ids: BTreeSet<ThreadId> = messages.iter().map(|message| message.thread).collect();
        let told = messages.into_iter().filter(|message| !self.deleted.has(message));
        self.out.events.extend(told.map(Event::Message));
        if ids.len() > MANY {
            return self.publish_threads();
        }
        for id in ids {
            let thread = self.store.thread(id);
            let thread = self.check(thread, "The conversations can't be read").flatten();
            self.publish_thread(thread);
        }
    }

    pub(super) fn publish_thread(&mut self, thread: Option<Thread>) {
        self.out.events.extend(thread.map(Event::Thread));
    }

    fn export_texts(&mut self, request: RequestId, export: Export) {
        let (threads, contacts) = match (self.store.threads(), self.store.contacts()) {
            (Ok(threads), Ok(contacts)) => (threads, contacts),
            (Err(error), _) | (_, Err(error)) => return self.storage_failed(request, &error),
        };
        let wanted = Wanted {
            numbers: export.numbers,
            all: threads.into_iter().map(|thread| thread.number).collect(),
            contacts,
            region: self.region().to_owned(),
            format: export.format,
        };
        let path = export.path;
        match self.store.path().map(ToOwned::to_owned) {
            Some(database) => {
                let job = Job::ExportTexts { request, database, wanted, path };
                self.out.actions.push(Action::Job(job));
            }
            // What is only in memory is little, and nobody else can read it.
            None => {
                let reader = self.store.reader().map_err(|error| error.to_string());
                let written = reader.and_then(|reader| export::to_file(&reader, &wanted, &path));
                self.texts_exported(request, written);
            }
        }
    }

    pub(super) fn texts_exported(&mut self, request: RequestId, written: Result<Written, String>) {
        let Written { texts, calls } = match written {
            Ok(written) => written,
            Err(reason) => {
                let diagnosis = Diagnosis::new(&reason, "Choose another folder");
                return self.failed(request, CommandError::Storage, diagnosis);
            }
        };
        let plural = |count: u64, thing: &str| match count {
            1 => format!("1 {thing}"),
            _ => format!("{count} {thing}s"),
        };
        let (texts, calls) = (plural(texts, "text"), plural(calls, "call"));
        self.notice(&format!("{texts} and {calls} exported"), "", false);
        self.done(request);
    }
}
