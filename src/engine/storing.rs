//! Long lists of texts on their way into the store, or out of it again: a part at each step, so
//! that a call is never kept waiting for them.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::engine::submit::{Encoded, References, SubmitError};
use crate::number::PhoneNumber;
use crate::phone::{BatchId, CommandError, Diagnosis, Event, RequestId, SendOptions};
use crate::store::OutgoingText;
use std::collections::VecDeque;

/// Texts stored at one step; a list of no more is stored at once.
pub(super) const AT_ONCE: usize = 100;
/// Texts cut into segments at one step.
const ENCODED_AT_ONCE: usize = 500;
/// Lists that wait to be stored at most: each is in memory as a whole.
const MOST_LISTS: usize = 8;

/// A list that is not all in the store yet.
#[derive(Debug)]
struct List {
    request: RequestId,
    name: String,
    texts: Vec<(PhoneNumber, String)>,
    options: SendOptions,
    references: References,
    /// The first texts, as many as are cut into segments.
    encoded: Vec<Encoded>,
    /// Once all of them are.
    batch: Option<BatchId>,
    stored: usize,
}

/// Lists that are being stored, one after the other.
#[derive(Debug, Default)]
pub(super) struct Storing {
    lists: VecDeque<List>,
    /// Lists that could not be stored and are being removed.
    failed: VecDeque<BatchId>,
}

impl Storing {
    /// There is something to do.
    pub(super) fn due(&self, last: Instant) -> Option<Instant> {
        self.busy().then_some(last)
    }

    fn busy(&self) -> bool {
        !self.lists.is_empty() || !self.failed.is_empty()
    }
}

impl Engine {
    /// A list is to be stored; its request has its outcome when it is, or is not.
    pub(super) fn store_list(
        &mut self,
        request: RequestId,
        name: &str,
        texts: Vec<(PhoneNumber, String)>,
        options: SendOptions,
    ) {
        if self.storing.lists.len() >= MOST_LISTS {
            let cause = format!("{MOST_LISTS} other lists are being stored");
            let diagnosis =
                Diagnosis::new(&cause, "Send it again when one of them is in the outbox");
            return self.failed(request, CommandError::NotAllowedNow, diagnosis);
        }
        self.storing.lists.push_back(List {
            request,
            name: name.to_owned(),
            texts,
            options,
            references: References::default(),
            encoded: Vec::new(),
            batch: None,
            stored: 0,
        });
    }

    /// Stores a part of what waits.
    pub(super) fn go_on_storing(&mut self, moment: Moment) {
        if let Some(batch) = self.storing.failed.pop_front() {
            return self.remove_part(batch);
        }
        let Some(mut list) = self.storing.lists.pop_front() else { return };
        match self.store_part(&mut list, moment) {
            Ok(false) => self.storing.lists.push_front(list),
            Ok(true) => self.list_stored(&list),
            Err(error) => self.list_failed(&list, error),
        }
    }

    /// The program ends: what it was asked to keep is kept.
    pub(super) fn finish_storing(&mut self, moment: Moment) {
        while self.storing.busy() {
            self.go_on_storing(moment);
        }
    }

    /// True if that was the last part.
    fn store_part(&mut self, list: &mut List, moment: Moment) -> Result<bool, SubmitError> {
        let from = list.encoded.len();
        if from < list.texts.len() {
            // All of them before the first is stored: one may be too long.
            let to = list.texts.len().min(from + ENCODED_AT_ONCE);
            let options = &list.options;
            let some = self.encode(&list.texts, from..to, options, &mut list.references)?;
            list.encoded.extend(some);
            return Ok(false);
        }
        let owner = &self.options.owner;
        let batch = match list.batch {
            Some(batch) => batch,
            None => self.store.begin_batch(&list.name, moment.wall, owner)?,
        };
        list.batch = Some(batch);
        let to = list.texts.len().min(list.stored + AT_ONCE);
        let part =
            outgoing(&list.texts[list.stored..to], &list.encoded[list.stored..to], &list.options);
        let (messages, threads) = self.store.extend_batch(batch, &part, moment.wall, owner)?;
        list.stored = to;
        self.out.events.extend(messages.into_iter().map(Event::Message));
        self.out.events.extend(threads.into_iter().map(Event::Thread));
        if to < list.texts.len() {
            return Ok(false);
        }
        let batch = self.store.finish_batch(batch)?;
        self.out.events.push(Event::Batch(batch));
        Ok(true)
    }

    fn list_stored(&mut self, list: &List) {
        self.agenda.stale();
        if list.options.at.is_none_or(|at| at.unix_millis <= self.tasks.last.wall.unix_millis) {
            self.outbox_filled();
        }
        self.done(list.request);
    }

    /// Nothing of it stays.
    fn list_failed(&mut self, list: &List, error: SubmitError) {
        self.storing.failed.extend(list.batch);
        self.submit_failed(list.request, error);
    }

    /// Removes a part of a list that could not be stored to its end.
    fn remove_part(&mut self, batch: BatchId) {
        let gone = self.store.discard_batch(batch);
        // What can't be removed now is never sent, and removed after the next start.
        let gone = self.check(gone, "A list that was stored in part could not be removed");
        let Some(gone) = gone.flatten() else { return };
        self.out.events.extend(gone.texts.into_iter().map(Event::MessageDeleted));
        if gone.more {
            self.storing.failed.push_front(batch);
        } else {
            self.publish_threads();
        }
    }

    /// Removes a part of what a program that no longer runs had not stored to its end; true if more
    /// may be left. `shown`: a window may have read it.
    pub(super) fn discard_half_stored(&mut self, shown: bool) -> bool {
        let gone = self.store.discard_half_stored();
        let gone = self.check(gone, "A list that was stored in part could not be removed");
        let Some(gone) = gone.flatten() else { return false };
        if shown {
            self.out.events.extend(gone.texts.into_iter().map(Event::MessageDeleted));
        }
        if !gone.more {
            let list = match gone.name.as_str() {
                "" => "A list of texts".to_owned(),
                name => format!("The list “{name}”"),
            };
            let cause = format!("{list} was not stored to its end, so none of it is sent");
            self.notice(&cause, "Send it again", true);
            if shown {
                self.publish_threads();
            }
        }
        true
    }
}

/// The texts as the store takes them.
pub(super) fn outgoing<'a, T: AsRef<str>>(
    texts: &'a [(PhoneNumber, T)],
    encoded: &'a [Encoded],
    options: &'a SendOptions,
) -> Vec<OutgoingText<'a>> {
    let pairs = texts.iter().zip(encoded);
    let text = |((to, text), segments): (&'a (PhoneNumber, T), &'a Encoded)| OutgoingText {
        to,
        text: text.as_ref(),
        options,
        segments,
    };
    pairs.map(text).collect()
}
