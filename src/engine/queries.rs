//! The thread that answers questions to the store on a connection of its own: the engine never
//! waits for a reader, nor the window for the disk.

use crate::engine::events::EventQueue;
use crate::phone::{Answer, Event, Query, QueryId};
use crate::store::Reader;
use crossbeam_channel::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

/// The country where numbers without `+` are at home, shared with the engine.
pub(super) type SharedRegion = Arc<Mutex<String>>;

/// Answers until nobody can ask any more. The reader comes once the store is open, or never.
pub(super) fn answer_all(
    reader: &Receiver<Result<Reader, String>>,
    queries: &Receiver<(QueryId, Query)>,
    region: &SharedRegion,
    events: &EventQueue,
    wake: &dyn Fn(),
) {
    let reader = reader.recv().unwrap_or_else(|_| Err("the store was closed".to_owned()));
    for (id, query) in queries {
        let region = region.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let answer = match &reader {
            Ok(reader) => reader.answer(&query, &region),
            Err(reason) => Answer::Failed(reason.clone()),
        };
        events.push([Event::Answer(id, answer)]);
        if queries.is_empty() {
            wake();
        }
    }
}
