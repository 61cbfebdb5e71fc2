//! How a request ends, and what the user is told beside that.

use crate::engine::Engine;
use crate::phone::{CommandError, Diagnosis, Event, Notice, RequestId};
use crate::store::StoreError;

impl Engine {
    pub(super) fn done(&mut self, request: RequestId) {
        self.out.events.push(Event::Done { request });
    }

    pub(super) fn failed(&mut self, request: RequestId, error: CommandError, diagnosis: Diagnosis) {
        self.out.events.push(Event::Failed { request, error, diagnosis });
    }

    pub(super) fn bad_input(&mut self, request: RequestId, cause: &str, advice: &str) {
        self.failed(request, CommandError::BadInput, Diagnosis::new(cause, advice));
    }

    pub(super) fn storage_failed(&mut self, request: RequestId, error: &StoreError) {
        let cause = format!("It could not be stored: {error}");
        self.failed(request, CommandError::Storage, Diagnosis::new(&cause, ""));
    }

    /// Gives a request the outcome that the store's answer means.
    pub(super) fn finish<T>(
        &mut self,
        request: RequestId,
        result: Result<T, StoreError>,
    ) -> Option<T> {
        match result {
            Ok(value) => {
                self.done(request);
                Some(value)
            }
            Err(error) => {
                self.storage_failed(request, &error);
                None
            }
        }
    }

    pub(super) fn notice(&mut self, text: &str, advice: &str, problem: bool) {
        let (text, advice) = (text.to_owned(), advice.to_owned());
        self.out.events.push(Event::Notice(Notice { text, advice, problem }));
    }

    /// The store's answer; its first failure in a row is told to the user.
    pub(super) fn check<T>(
        &mut self,
        result: Result<T, StoreError>,
        what_failed: &'static str,
    ) -> Option<T> {
        match result {
            Ok(value) => {
                self.tasks.failing.remove(what_failed);
                Some(value)
            }
            Err(error) => {
                if self.tasks.failing.insert(what_failed) {
                    self.notice(&format!("{what_failed}: {error}"), "", true);
                }
                None
            }
        }
    }
}
