//! What became of a segment: sent, failed, in doubt, or to be tried again by itself.

use super::{InFlight, MOST_TIMES_PUT_BACK, Outbox};
use crate::clock::WallTime;
use crate::engine::Engine;
use crate::engine::input::Moment;
use crate::modem::{Fate, ModemCommand};
use crate::phone::diagnosis::{Outlook, text_outlook};
use crate::phone::{CommandError, Diagnosis, MessageId};
use crate::store::{LONGEST_RETRY, SegmentState, StoreError};
use std::time::Duration;

/// The pauses before further attempts, as often as a reason passes by itself.
const PAUSES: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(8 * 60),
    LONGEST_RETRY,
];

/// Why a segment was not sent.
pub(in crate::engine) struct Failure {
    pub(in crate::engine) error: CommandError,
    pub(in crate::engine) diagnosis: Diagnosis,
    pub(in crate::engine) fate: Fate,
}

/// What is to be kept of a segment.
#[derive(Clone, Debug)]
pub(super) struct Note {
    message: MessageId,
    segment: u8,
    verdict: Verdict,
}

#[derive(Clone, Debug)]
enum Verdict {
    State(SegmentState, Option<Diagnosis>),
    /// Another attempt then.
    Later(WallTime, Diagnosis),
}

impl Verdict {
    fn failed(diagnosis: Diagnosis) -> Self {
        Verdict::State(SegmentState::Failed, Some(diagnosis))
    }
}

impl Outbox {
    /// Counts; false once it is enough.
    fn put_back(&mut self, message: MessageId) -> bool {
        let times = match self.put_back {
            Some((last, times)) if last == message => times + 1,
            _ => 1,
        };
        self.put_back = Some((message, times));
        times <= MOST_TIMES_PUT_BACK
    }

    /// The driver has told what became of the segment it has.
    fn settle(&mut self, message: MessageId, segment: u8) -> Option<InFlight> {
        let flight = self.in_flight.as_mut()?;
        let this = flight.message == message && flight.segment == segment;
        flight.settled |= this;
        this.then_some(*flight)
    }
}

impl Engine {
    /// The network took a segment.
    pub(in crate::engine) fn segment_sent(
        &mut self,
        message: MessageId,
        segment: u8,
        reference: Option<u8>,
        moment: Moment,
    ) {
        self.outbox.settle(message, segment);
        let verdict = Verdict::State(SegmentState::Sent { reference }, None);
        self.note(Note { message, segment, verdict }, moment);
    }

    /// A segment was not taken, or nobody knows.
    pub(in crate::engine) fn segment_failed(
        &mut self,
        message: MessageId,
        segment: u8,
        failure: Failure,
        moment: Moment,
    ) {
        let flight = self.outbox.settle(message, segment);
        let called_off = flight.is_some_and(|flight| flight.called_off);
        let verdict = match failure.fate {
            Fate::MaybeSent => Verdict::State(SegmentState::Unknown, Some(failure.diagnosis)),
            Fate::NotSent if called_off => Verdict::failed(failure.diagnosis),
            Fate::NotSent if self.modem_gone(&failure.error) && self.outbox.put_back(message) => {
                Verdict::State(SegmentState::Queued, None)
            }
            Fate::NotSent => {
                let attempts = flight.map_or(0, |flight| flight.attempts);
                self.verdict(failure, attempts, moment)
            }
        };
        self.note(Note { message, segment, verdict }, moment);
    }

    /// The text is not to blame: the link was lost, or the modem restarted or fell silent.
    fn modem_gone(&self, error: &CommandError) -> bool {
        self.outbox.link_down || *error == CommandError::NoLink || !self.seat.modem.ready()
    }

    fn verdict(&mut self, failure: Failure, attempts: u8, moment: Moment) -> Verdict {
        let outlook = text_outlook(&failure.error);
        if matches!(outlook, Outlook::NeedsNetwork | Outlook::NeedsSim) {
            if self.why_unable().is_some() {
                // It goes out when the modem says that it can.
                return Verdict::State(SegmentState::Queued, None);
            }
            // What we know is out of date.
            let request = self.internal_request();
            self.seat.modem.handle_command(request, ModemCommand::Refresh, moment.now);
        }
        let pause = PAUSES.get(usize::from(attempts)).filter(|_| self.settings.retry_texts);
        match pause {
            Some(pause) if outlook != Outlook::Lasts => {
                Verdict::Later(moment.wall.plus(*pause), failure.diagnosis)
            }
            _ if attempts == 0 => Verdict::failed(failure.diagnosis),
            _ => {
                let mut diagnosis = failure.diagnosis;
                let tries = u32::from(attempts) + 1;
                diagnosis.cause = format!("{} (tried {tries} times)", diagnosis.cause);
                Verdict::failed(diagnosis)
            }
        }
    }

    /// The driver told no fate: the only honest answer.
    pub(super) fn fate_unknown(&mut self, flight: InFlight, moment: Moment) {
        let diagnosis = Diagnosis::new("The text may have been sent", "Ask the recipient");
        let verdict = Verdict::State(SegmentState::Unknown, Some(diagnosis));
        let (message, segment) = (flight.message, flight.segment);
        self.note(Note { message, segment, verdict }, moment);
    }

    /// Keeps what became of a segment; if the store refuses, until it does not.
    fn note(&mut self, note: Note, moment: Moment) {
        if !self.write(&note, moment) {
            self.outbox.unnoted.push(note);
            self.try_later(moment);
        }
    }

    /// Tries again what the store refused. False if it still does.
    pub(super) fn write_unnoted(&mut self, moment: Moment) -> bool {
        let mut notes = std::mem::take(&mut self.outbox.unnoted).into_iter();
        while let Some(note) = notes.next() {
            if !self.write(&note, moment) {
                self.outbox.unnoted = std::iter::once(note).chain(notes).collect();
                return false;
            }
        }
        true
    }

    fn write(&mut self, note: &Note, moment: Moment) -> bool {
        let (message, segment) = (note.message, note.segment);
        let written = match &note.verdict {
            Verdict::State(state, diagnosis) => {
                let diagnosis = diagnosis.as_ref();
                self.store.mark_segment(message, segment, *state, diagnosis, moment.wall)
            }
            Verdict::Later(at, diagnosis) => {
                self.agenda.stale();
                self.store.retry_later(message, segment, *at, diagnosis, moment.wall)
            }
        };
        if matches!(written, Err(StoreError::Missing(_))) {
            return true; // The text was deleted for good.
        }
        match self.check(written, "What became of a text could not be noted") {
            Some(message) => {
                self.publish_message(message);
                true
            }
            None => false,
        }
    }
}
