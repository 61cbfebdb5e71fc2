//! Texts sent together: paused, resumed, taken back; and how far they are.

use crate::clock::Instant;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::phone::{
    Batch, BatchAction, BatchId, CommandError, Diagnosis, Event, MessageId, RequestId,
};
use crate::store::StoreError;
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

/// While a batch runs, its counts are told this often at most.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// Why nothing can be done with a batch.
const GONE: &str = "There is no such list any more";

/// Batches whose counts changed and were not told yet.
#[derive(Debug, Default)]
pub(super) struct Batches {
    changed: BTreeSet<BatchId>,
    not_before: Instant,
    cancelling: VecDeque<Cancelling>,
}

/// A batch that is being taken back, a part at each step.
#[derive(Clone, Copy, Debug)]
struct Cancelling {
    request: RequestId,
    batch: BatchId,
    was_paused: bool,
    /// All texts up to this one were looked at.
    upto: MessageId,
}

impl Batches {
    /// A text of this batch changed.
    pub(super) fn changed(&mut self, batch: Option<BatchId>) {
        self.changed.extend(batch);
    }

    /// When counts are to be told, or more texts taken back.
    pub(super) fn due(&self, last: Instant) -> Option<Instant> {
        let more = (!self.cancelling.is_empty()).then_some(last);
        more.or(self.counts_due())
    }

    fn counts_due(&self) -> Option<Instant> {
        (!self.changed.is_empty()).then_some(self.not_before)
    }
}

impl Engine {
    pub(super) fn batch_command(&mut self, request: RequestId, id: BatchId, action: BatchAction) {
        match action {
            BatchAction::Pause => {
                let paused = self.store.set_batch_paused(id, true);
                self.batch_changed(request, paused);
            }
            BatchAction::Resume => {
                let resumed = self.store.set_batch_paused(id, false);
                if self.batch_changed(request, resumed) {
                    self.outbox_filled();
                    self.agenda.stale();
                }
            }
            BatchAction::Cancel => self.cancel_batch(request, id),
            BatchAction::Remove => self.remove_batch(request, id),
        }
    }

    /// Takes back what was not sent: nothing of it goes out any more, however many texts there are.
    fn cancel_batch(&mut self, request: RequestId, batch: BatchId) {
        self.outbox.called_off(|flight| flight.batch == Some(batch));
        let was_paused = match self.store.batch(batch) {
            Ok(Some(batch)) => batch.paused,
            Ok(None) => return self.not_now(request, GONE),
            Err(error) => return self.storage_failed(request, &error),
        };
        if let Err(error) = self.store.set_batch_paused(batch, true) {
            return self.storage_failed(request, &error);
        }
        let upto = MessageId(0);
        self.batches.cancelling.push_back(Cancelling { request, batch, was_paused, upto });
        self.go_on_cancelling();
    }

    /// Takes back a part of what is to be taken back.
    pub(super) fn go_on_cancelling(&mut self) {
        let Some(mut next) = self.batches.cancelling.pop_front() else { return };
        match self.store.cancel_some(next.batch, next.upto) {
            Ok((messages, last)) => {
                self.publish_many(messages);
                if let Some(last) = last {
                    next.upto = last;
                    return self.batches.cancelling.push_front(next);
                }
                self.agenda.stale();
                self.batches.changed.remove(&next.batch);
                let batch = self.store.set_batch_paused(next.batch, next.was_paused);
                self.batch_changed(next.request, batch);
            }
            Err(error) => self.storage_failed(next.request, &error),
        }
    }

    /// The program ends: what was to be taken back is.
    pub(super) fn finish_cancelling(&mut self) {
        while !self.batches.cancelling.is_empty() {
            self.go_on_cancelling();
        }
    }

    fn batch_changed(
        &mut self,
        request: RequestId,
        changed: Result<Option<Batch>, StoreError>,
    ) -> bool {
        match changed {
            Ok(Some(batch)) => {
                self.out.events.push(Event::Batch(batch));
                self.done(request);
                true
            }
            Ok(None) => {
                self.not_now(request, GONE);
                false
            }
            Err(error) => {
                self.storage_failed(request, &error);
                false
            }
        }
    }

    /// Out of the list. Not while it has texts to send: nobody would see them go.
    fn remove_batch(&mut self, request: RequestId, id: BatchId) {
        let waiting = match self.store.batch(id) {
            Ok(batch) => batch.map_or(0, |batch| batch.counts.waiting),
            Err(error) => return self.storage_failed(request, &error),
        };
        if waiting > 0 {
            let diagnosis = Diagnosis::new(
                "Texts of this list still wait to be sent",
                "Cancel them first, or wait until they are sent",
            );
            return self.failed(request, CommandError::NotAllowedNow, diagnosis);
        }
        let removed = self.store.remove_batch(id);
        if self.finish(request, removed).is_some() {
            self.batches.changed.remove(&id);
            self.out.events.push(Event::BatchRemoved(id));
        }
    }

    /// Tells how far the batches are, if something changed and it is time.
    pub(super) fn tell_batches(&mut self, moment: Moment) {
        if self.batches.counts_due().is_none_or(|due| due > moment.now) {
            return;
        }
        self.batches.not_before = moment.now + TELL_EVERY;
        for id in std::mem::take(&mut self.batches.changed) {
            let batch = self.store.batch(id);
            let batch = self.check(batch, "The lists of texts can't be read").flatten();
            self.out.events.extend(batch.map(Event::Batch));
        }
    }

    pub(super) fn publish_batches(&mut self) {
        let batches = self.store.batches();
        if let Some(batches) = self.check(batches, "The lists of texts can't be read") {
            self.out.events.push(Event::Batches(batches.into()));
        }
    }
}
