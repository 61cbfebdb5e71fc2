//! Texts on their way out: one segment at a time, each marked on disk before the driver gets it,
//! so that after a crash none is silently repeated.

use crate::clock::Instant;
use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::modem::{Fate, ModemCommand, Submission};
use crate::phone::{CommandError, Diagnosis, MessageId, RequestId};
use crate::store::SegmentState;
use std::time::Duration;

/// The pause after the store refused to note that a segment is being sent.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// A text goes back to the queue this often when the modem is gone before it was sent.
const MOST_TIMES_PUT_BACK: u32 = 5;

/// The segment the driver has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct InFlight {
    request: RequestId,
    message: MessageId,
    segment: u8,
    /// Its fate is noted.
    settled: bool,
}

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    in_flight: Option<InFlight>,
    try_again_at: Option<Instant>,
    /// The text that went back to the queue last, and how often.
    put_back: Option<(MessageId, u32)>,
    /// The driver is being told that the link is gone: what was not sent stays queued.
    pub(super) link_down: bool,
}

impl Outbox {
    /// When another attempt is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.try_again_at
    }

    /// Counts; false once it is enough.
    fn put_back(&mut self, message: MessageId) -> bool {
        let times = match self.put_back {
            Some((last, times)) if last == message => times + 1,
            _ => 1,
        };
        self.put_back = Some((message, times));
        times <= MOST_TIMES_PUT_BACK
    }
}

/// Why a segment was not sent.
pub(super) struct Failure {
    pub(super) error: CommandError,
    pub(super) diagnosis: Diagnosis,
    pub(super) fate: Fate,
}

impl Engine {
    /// Gives the driver the next segment, if it has none.
    pub(super) fn send_texts(&mut self, moment: Moment) {
        self.outbox.try_again_at = None;
        let free = self.outbox.in_flight.is_none() && self.linkage.state.ready();
        if !free || self.linkage.why_no_link().is_some() {
            return;
        }
        let queued = self.store.outbox(&self.options.owner);
        let Some(queued) = self.check(queued, "The texts to send can't be read") else {
            return self.try_later(moment);
        };
        let Some(next) = queued.into_iter().next() else { return };
        let (message, segment) = (next.message, next.segment);
        if !self.mark(message, segment, SegmentState::Sending, None, moment) {
            return self.try_later(moment);
        }
        let request = self.internal_request();
        self.outbox.in_flight = Some(InFlight { request, message, segment, settled: false });
        let (pdu, tpdu_octets) = (next.pdu, next.tpdu_octets);
        let submission = Submission { message, segment, pdu, tpdu_octets };
        self.seat.modem.handle_command(request, ModemCommand::Submit(submission), moment.now);
    }

    fn try_later(&mut self, moment: Moment) {
        self.outbox.try_again_at = Some(moment.now + STORE_PAUSE);
    }

    /// The network took a segment.
    pub(super) fn segment_sent(
        &mut self,
        message: MessageId,
        segment: u8,
        reference: Option<u8>,
        moment: Moment,
    ) {
        self.settle(message, segment);
        self.mark(message, segment, SegmentState::Sent { reference }, None, moment);
    }

    /// A segment was not taken, or nobody knows.
    pub(super) fn segment_failed(
        &mut self,
        message: MessageId,
        segment: u8,
        failure: Failure,
        moment: Moment,
    ) {
        self.settle(message, segment);
        let (state, diagnosis) = match failure.fate {
            Fate::MaybeSent => (SegmentState::Unknown, Some(&failure.diagnosis)),
            Fate::NotSent if self.modem_gone(&failure.error) && self.outbox.put_back(message) => {
                (SegmentState::Queued, None)
            }
            Fate::NotSent => (SegmentState::Failed, Some(&failure.diagnosis)),
        };
        self.mark(message, segment, state, diagnosis, moment);
    }

    /// The text is not to blame: the link was lost, or the modem restarted or fell silent.
    fn modem_gone(&self, error: &CommandError) -> bool {
        self.outbox.link_down || *error == CommandError::NoLink || !self.seat.modem.ready()
    }

    /// The driver is through with a submission.
    pub(super) fn submission_over(&mut self, request: RequestId, moment: Moment) {
        let Some(flight) = self.outbox.in_flight.filter(|flight| flight.request == request) else {
            return;
        };
        self.outbox.in_flight = None;
        if !flight.settled {
            // The driver told no fate: the only honest answer.
            let diagnosis = Diagnosis::new("The text may have been sent", "Ask the recipient");
            let unknown = SegmentState::Unknown;
            self.mark(flight.message, flight.segment, unknown, Some(&diagnosis), moment);
        }
        self.tasks.deferred.push(Deferred::SendTexts);
    }

    fn settle(&mut self, message: MessageId, segment: u8) {
        if let Some(flight) = &mut self.outbox.in_flight {
            flight.settled |= flight.message == message && flight.segment == segment;
        }
    }

    /// Notes a segment's state on disk and tells the text as it is then. False if that failed.
    fn mark(
        &mut self,
        message: MessageId,
        segment: u8,
        state: SegmentState,
        diagnosis: Option<&Diagnosis>,
        moment: Moment,
    ) -> bool {
        let marked = self.store.mark_segment(message, segment, state, diagnosis, moment.wall);
        match self.check(marked, "What became of a text could not be noted") {
            Some(message) => {
                self.publish_message(message);
                true
            }
            None => false,
        }
    }
}
