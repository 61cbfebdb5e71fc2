//! What the window shows: the phone's state, and what only a window needs (cards of ended calls,
//! toasts, the open conversation, requests under way).

use super::call_notes::CallNotes;
use super::codes::Codes;
use super::ended::{EndedCall, OpenDetail};
use super::sending::Sending;
use super::timeline::Timeline;
use crate::clock::{Instant, WallTime};
use crate::number::PhoneNumber;
use crate::phone::{
    Answer, Call, CallRecord, CallState, Command, CommandError, Contact, Conversation, Diagnosis,
    Dial, Event, Notice, PhoneState, QueryId, RequestId, SearchHit, SimState,
};
use crate::ui::action::{Outgoing, Page};
use std::collections::BTreeMap;
use std::time::Duration;

/// Rows of the history kept in memory.
pub const HISTORY_LIMIT: u32 = 500;
/// Toasts shown at once.
const MAX_TOASTS: usize = 3;
/// How long a toast stays: a plain one, and one with something to do or to worry about.
const TOAST_STAYS: Duration = Duration::from_secs(5);
const LONG_TOAST_STAYS: Duration = Duration::from_secs(12);

/// A line that stands for itself for a while.
#[derive(Clone, Debug)]
pub struct Toast {
    /// For actions on it.
    pub key: u64,
    /// One sentence.
    pub text: String,
    /// What to do; may be empty.
    pub advice: String,
    /// Something went wrong.
    pub problem: bool,
    /// What "Undo" sends.
    pub undo: Vec<Command>,
    /// Where "Show" leads.
    pub page: Option<Page>,
    /// When it appeared.
    pub since: Instant,
}

impl Toast {
    fn stays(&self) -> Duration {
        if self.problem || !self.undo.is_empty() || self.page.is_some() {
            LONG_TOAST_STAYS
        } else {
            TOAST_STAYS
        }
    }
}

/// What a request was for, so that its failure is told in the right place.
#[derive(Clone, Debug)]
pub enum Pending {
    /// A call.
    Dial(Dial),
    /// A text; kept so that nothing typed is lost.
    Submit(Outgoing),
    /// A contact that was deleted.
    DeleteContact(Box<Contact>),
    /// The code that unlocks the SIM; its dialog tells the outcome.
    Pin,
    /// A change whose page shows how it comes out.
    Elsewhere,
    /// A change whose failure no page shows.
    Other,
    /// Housekeeping the user did not ask for.
    Quiet,
}

/// Answer to the search in texts.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Which query was asked last.
    pub query: Option<QueryId>,
    /// What was looked for.
    pub text: String,
    /// The query for the next page.
    pub next: Option<QueryId>,
    /// Newest first.
    pub hits: Vec<SearchHit>,
    /// There are older ones.
    pub more: bool,
}

/// Everything the views read.
#[derive(Default)]
pub struct Model {
    /// The sum of the events.
    pub phone: PhoneState,
    /// The open conversation.
    pub timeline: Timeline,
    /// Conversations as the list shows them; follows the events at the end of each round.
    pub conversations: Vec<Conversation>,
    /// The events since then changed threads or contacts.
    stale: bool,
    /// Calls, newest first.
    pub history: Vec<CallRecord>,
    /// The query for the history under way.
    pub history_query: Option<QueryId>,
    /// Found texts.
    pub found: Found,
    /// Cards of calls that ended, oldest first.
    pub ended: Vec<EndedCall>,
    /// What is known of calls beside their state.
    pub notes: CallNotes,
    /// What is kept of the call whose page is open.
    pub detail: OpenDetail,
    /// Toasts, oldest first.
    pub toasts: Vec<Toast>,
    /// Requests without an outcome yet.
    pub pending: BTreeMap<RequestId, Pending>,
    /// A text that the engine refused, to be put back into the composer.
    pub refused_text: Option<(Outgoing, Diagnosis)>,
    /// The outbox, batches, lists and flash texts.
    pub sending: Sending,
    /// Service codes, services and the SIM.
    pub codes: Codes,
    /// Why the last code for the SIM was refused.
    pub refused_pin: Option<Diagnosis>,
    next_key: u64,
}

impl Model {
    /// Takes what the events changed into the list of conversations; true if anything did.
    pub fn refresh(&mut self) -> bool {
        let stale = std::mem::take(&mut self.stale);
        if stale {
            self.conversations = self.phone.conversations();
        }
        stale
    }

    /// Takes one event in.
    pub fn apply(&mut self, event: &Event, now: Instant) {
        self.sending.apply(event, &self.phone);
        self.codes.apply(event);
        self.notes.apply(event, &self.phone);
        match event {
            Event::Call(call) => self.call_changed(call, now),
            Event::CallRecord(record) => {
                self.record_changed(record);
                self.detail.stale |= self.detail.id == Some(record.id);
                let region = self.phone.region.clone();
                self.timeline.call_changed(record, &region);
            }
            Event::CallRecordDeleted(id) => {
                self.history.retain(|record| record.id != *id);
                self.timeline.call_deleted(*id);
            }
            Event::Message(message) => {
                let region = self.phone.region.clone();
                self.timeline.text_changed(message, &region);
            }
            Event::MessageDeleted(id) => {
                self.timeline.text_deleted(*id);
                self.found.hits.retain(|hit| hit.message.id != *id);
            }
            Event::ThreadDeleted(id) => self.timeline.thread_deleted(*id),
            Event::Answer(id, answer) => self.answered(*id, answer),
            // The card of the call says it, as long as it is so.
            Event::Notice(notice)
                if notice.text == Notice::CALL_IN_DOUBT && self.notes.doubts_any() => {}
            Event::Notice(notice) => {
                self.toast(&notice.text, &notice.advice, notice.problem, now);
            }
            Event::Network(network) if network.sim == SimState::Ready => {
                self.refused_pin = None;
            }
            Event::Done { request } => {
                self.pending.remove(request);
            }
            Event::Failed { request, error, diagnosis } => {
                self.failed(*request, error, diagnosis, now);
            }
            _ => {}
        }
        self.stale |= matches!(
            event,
            Event::Thread(_)
                | Event::Threads(_)
                | Event::ThreadDeleted(_)
                | Event::Contacts(_)
                | Event::Region(_)
        );
        self.phone.apply(event);
    }

    /// Shows a line for a while.
    pub fn toast(&mut self, text: &str, advice: &str, problem: bool, now: Instant) {
        let (text, advice) = (text.to_owned(), advice.to_owned());
        let (undo, page) = (Vec::new(), None);
        self.push_toast(Toast { key: 0, text, advice, problem, undo, page, since: now });
    }

    /// Shows a line with the way to a page.
    pub fn toast_with_page(&mut self, text: &str, detail: &str, page: Page, now: Instant) {
        let (text, advice) = (text.to_owned(), detail.to_owned());
        let (problem, undo, page) = (false, Vec::new(), Some(page));
        self.push_toast(Toast { key: 0, text, advice, problem, undo, page, since: now });
    }

    /// Shows a line with "Undo".
    pub fn toast_with_undo(&mut self, text: &str, undo: Vec<Command>, now: Instant) {
        let (text, advice) = (text.to_owned(), String::new());
        let (problem, page) = (false, None);
        self.push_toast(Toast { key: 0, text, advice, problem, undo, page, since: now });
    }

    fn push_toast(&mut self, toast: Toast) {
        // The same line again is the same toast, renewed.
        self.toasts.retain(|shown| shown.text != toast.text);
        let key = self.key();
        self.toasts.push(Toast { key, ..toast });
        while self.toasts.len() > MAX_TOASTS {
            self.toasts.remove(0);
        }
    }

    /// Drops what has been in sight long enough; returns when to look again.
    pub fn expire(&mut self, now: Instant) -> Option<Duration> {
        self.toasts.retain(|toast| now.since(toast.since) < toast.stays());
        let cards = self.expire_ended(now);
        let toasts = self.toasts.iter().map(|t| t.stays().saturating_sub(now.since(t.since)));
        toasts.chain(cards).min()
    }

    /// Forgets the cards of calls that ended: a new call begins.
    pub fn clear_ended(&mut self) {
        self.ended.clear();
    }

    /// The call whose timer runs, if one does.
    pub fn active_call(&self) -> Option<&Call> {
        self.phone.calls.iter().find(|call| call.state == CallState::Active)
    }

    /// A code was sent to the SIM and has no answer yet.
    pub fn unlocking(&self) -> bool {
        self.pending.values().any(|pending| matches!(pending, Pending::Pin))
    }

    /// The dialog for the SIM's code was left: what becomes of the code is told as a toast.
    pub fn left_pin(&mut self) {
        self.refused_pin = None;
        for pending in self.pending.values_mut() {
            if matches!(pending, Pending::Pin) {
                *pending = Pending::Other;
            }
        }
    }

    pub(super) fn key(&mut self) -> u64 {
        self.next_key += 1;
        self.next_key
    }

    fn record_changed(&mut self, record: &CallRecord) {
        match self.history.iter().position(|known| known.id == record.id) {
            Some(at) => self.history[at] = record.clone(),
            None => {
                let at = self.history.partition_point(|known| known.id > record.id);
                self.history.insert(at, record.clone());
                self.history.truncate(HISTORY_LIMIT as usize);
            }
        }
    }

    fn answered(&mut self, id: QueryId, answer: &Answer) {
        if self.history_query == Some(id) {
            self.history_query = None;
            if let Answer::Calls(records) = answer {
                for record in records {
                    self.record_changed(record);
                }
            }
        } else if self.found.query == Some(id) {
            self.found.query = None;
            if let Answer::Found { hits, more } = answer {
                self.found.hits.clone_from(hits);
                self.found.more = *more;
            }
        } else if self.found.next == Some(id) {
            self.found.next = None;
            if let Answer::Found { hits, more } = answer {
                self.found.hits.extend(hits.iter().cloned());
                self.found.more = *more && !hits.is_empty();
            }
        } else if !self.detail.answered(id, answer) {
            self.timeline.answered(id, answer);
        }
    }

    fn failed(&mut self, id: RequestId, error: &CommandError, why: &Diagnosis, now: Instant) {
        let cause = if why.cause.is_empty() { "That did not work" } else { &why.cause };
        match self.pending.remove(&id) {
            Some(Pending::Dial(dial)) => self.dial_failed(&dial, error, why, now),
            Some(Pending::Submit(outgoing)) => {
                // Refused before it was stored: it goes back where it was typed. Otherwise the
                // text itself shows its state.
                if matches!(error, CommandError::BadInput | CommandError::Storage) {
                    self.refused_text = Some((outgoing, why.clone()));
                }
            }
            Some(Pending::Pin) => self.refused_pin = Some(why.clone()),
            Some(Pending::DeleteContact(_) | Pending::Other) => {
                if *error != CommandError::Cancelled {
                    self.toast(cause, &why.advice, true, now);
                }
            }
            Some(Pending::Elsewhere | Pending::Quiet) | None => {}
        }
    }

    /// The name of a number: the contact's, or the number as its country writes it.
    pub fn name(&self, number: &PhoneNumber) -> String {
        match self.phone.name_for(number) {
            Some(name) => name.to_owned(),
            None => self.display(number),
        }
    }

    /// A number as its country writes it.
    pub fn display(&self, number: &PhoneNumber) -> String {
        crate::number::format_for_display(number.as_str(), &self.phone.region)
    }
}

/// What views are given: read-only, with the time.
pub struct ViewContext<'a> {
    /// What to show.
    pub model: &'a Model,
    /// Now, on the program's own clock.
    pub now: Instant,
    /// Now, as a person reads it.
    pub wall_time: WallTime,
    /// How much room there is.
    pub layout: super::layout::Layout,
}

impl ViewContext<'_> {
    /// The name of a number: the contact's, or the number as its country writes it.
    pub fn name(&self, number: &PhoneNumber) -> String {
        self.model.name(number)
    }

    /// A number as its country writes it.
    pub fn display(&self, number: &PhoneNumber) -> String {
        self.model.display(number)
    }
}
