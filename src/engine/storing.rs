//! Long lists of texts on their way into the store: a part at each step, so that a call is never
//! kept waiting for them.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::engine::submit::{Encoded, References, SubmitError};
use crate::number::PhoneNumber;
use crate::phone::{BatchId, Event, RequestId, SendOptions};
use crate::store::{OutgoingText, StoreError};
use std::collections::VecDeque;

/// Texts stored at one step; a list of no more is stored at once.
pub(super) const AT_ONCE: usize = 100;
/// Texts cut into segments at one step.
const ENCODED_AT_ONCE: usize = 500;

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
}

impl Storing {
    /// There is something to do.
    pub(super) fn due(&self, last: Instant) -> Option<Instant> {
        (!self.lists.is_empty()).then_some(last)
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
        let Some(mut list) = self.storing.lists.pop_front() else { return };
        match self.store_part(&mut list, moment) {
            Ok(false) => self.storing.lists.push_front(list),
            Ok(true) => self.list_stored(&list),
            Err(error) => self.list_failed(&list, error),
        }
    }

    /// The program ends: what it was asked to keep is kept.
    pub(super) fn finish_storing(&mut self, moment: Moment) {
        while !self.storing.lists.is_empty() {
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
        if let Some(batch) = list.batch {
            let gone: Result<_, StoreError> = self.store.discard_batch(batch);
            // What can't be removed now is never sent, and removed after the next start.
            let gone = self.check(gone, "A list that was stored in part could not be removed");
            self.out.events.extend(gone.unwrap_or_default().into_iter().map(Event::MessageDeleted));
            self.publish_threads();
        }
        self.submit_failed(list.request, error);
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
