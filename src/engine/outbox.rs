//! Texts on their way out: one segment at a time, each marked on disk before the driver gets it,
//! so that after a crash none is silently repeated.

mod card;
mod fate;
mod held;

use crate::clock::Instant;
use crate::engine::input::Moment;
use crate::engine::{Deferred, Engine};
use crate::modem::{ModemCommand, Submission};
use crate::phone::readiness::text_obstacle;
use crate::phone::{
    BatchId, CallState, Diagnosis, Event, MessageId, NetworkState, Registration, RequestId,
    ThreadId,
};
use crate::store::{OutboxSegment, StoreError};
use fate::Note;
use std::time::Duration;

pub(super) use fate::Failure;

/// The pause after the store refused to note what becomes of a text.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// The pause after another program took the text back that was to be sent.
const TAKEN_BACK_PAUSE: Duration = Duration::from_millis(100);

/// A text goes back to the queue this often when the modem is gone before it was sent.
const MOST_TIMES_PUT_BACK: u32 = 5;

/// A modem that was just set up has so long to say whether it is registered.
const REGISTRATION_PATIENCE: Duration = Duration::from_secs(3);

/// The segment the driver has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct InFlight {
    request: RequestId,
    pub(super) message: MessageId,
    segment: u8,
    pub(super) batch: Option<BatchId>,
    pub(super) thread: Option<ThreadId>,
    /// Attempts of the text before this one.
    attempts: u8,
    /// The user took the text back meanwhile: no other attempt.
    called_off: bool,
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
    /// What the store refused to note.
    unnoted: Vec<Note>,
    /// The text begun last, and when.
    begun: Option<(MessageId, Instant)>,
    /// Texts wait for the SIM card or the network, and the user knows.
    waiting_told: bool,
    /// Texts wait for a call to be set up or to end.
    held_by_call: bool,
    /// Until then the modem may still say whether it is registered.
    registration_by: Option<Instant>,
    /// Texts are held back for another modem, and the user knows.
    held_told: bool,
    /// The SIM card in the modem.
    card: card::Card,
}

impl Outbox {
    /// When another attempt is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.try_again_at
    }

    /// The modem was just set up.
    pub(super) fn modem_ready(&mut self, now: Instant) {
        self.registration_by = Some(now + REGISTRATION_PATIENCE);
        self.card.modem_ready();
        self.held_told = false;
    }

    /// The user took the text back that is just being sent: if that fails, it stays failed.
    pub(super) fn called_off(&mut self, which: impl Fn(&InFlight) -> bool) {
        if let Some(flight) = self.in_flight.as_mut().filter(|flight| which(flight)) {
            flight.called_off = true;
        }
    }

    /// The user added texts: if they have to wait, that is to be told again.
    pub(super) fn filled(&mut self) {
        self.waiting_told = false;
        self.held_told = false;
    }

    /// A call changed: whether texts waited for that.
    pub(super) fn call_changed(&mut self) -> bool {
        std::mem::take(&mut self.held_by_call)
    }
}

impl Engine {
    /// Gives the driver the next segment, if it has none.
    pub(super) fn send_texts(&mut self, moment: Moment) {
        self.outbox.try_again_at = None;
        if !self.write_unnoted(moment) {
            return self.try_later(moment);
        }
        let free = self.outbox.in_flight.is_none() && self.linkage.state.ready();
        if !free || self.linkage.why_no_link().is_some() {
            return;
        }
        let unknown = self.network.registration == Registration::Unknown;
        if let Some(by) = self.outbox.registration_by.filter(|by| unknown && *by > moment.now) {
            self.outbox.try_again_at = Some(by);
            return;
        }
        let carrier = self.linkage.carrier().unwrap_or_default();
        let next = self.store.next_to_send(&self.options.owner, carrier, moment.wall);
        let Some(next) = self.check(next, "The texts to send can't be read") else {
            return self.try_later(moment);
        };
        self.mind_other_carriers(carrier);
        let Some(next) = next else { return };
        if !self.must_wait(&next, moment) && self.card_fits(&next, moment) {
            self.hand_over(next, moment);
        }
    }

    /// Whether something goes before this text, or it can't go out at all now.
    fn must_wait(&mut self, next: &OutboxSegment, moment: Moment) -> bool {
        if let Some(why) = self.why_unable() {
            if let Some(by) = self.outbox.registration_by.filter(|by| *by > moment.now) {
                // One of several registrations was told, and another may say more.
                self.outbox.try_again_at = Some(by);
                return true;
            }
            if !std::mem::replace(&mut self.outbox.waiting_told, true) {
                let advice = "The text is kept and goes out by itself as soon as that changes";
                self.notice(&why.cause, advice, false);
            }
            return true;
        }
        self.outbox.waiting_told = false;
        if self.call_goes_first(next.batch.is_some()) {
            self.outbox.held_by_call = true;
            return true;
        }
        if let Some((begun, at)) = self.outbox.begun
            && begun != next.message
            && let Some(pause) = self.pause_between_texts()
            && at + pause > moment.now
        {
            self.outbox.try_again_at = Some(at + pause);
            return true;
        }
        false
    }

    /// Why no text can be sent: the SIM card or the registration.
    fn why_unable(&self) -> Option<Diagnosis> {
        text_obstacle(&self.network)
    }

    /// A text would keep the modem from hanging up or answering for seconds: none is begun while a
    /// call is set up. A list, which would do so again and again, waits for the end of all calls.
    fn call_goes_first(&self, of_batch: bool) -> bool {
        use CallState::{Alerting, Dialing, Incoming, Waiting};
        self.seat
            .modem
            .calls()
            .iter()
            .filter(|call| call.state.live())
            .any(|call| of_batch || matches!(call.state, Dialing | Alerting | Incoming | Waiting))
    }

    /// The user's limit, spread evenly; `None` for as fast as it goes.
    fn pause_between_texts(&self) -> Option<Duration> {
        let texts = u32::from(self.settings.texts_per_minute);
        Duration::from_secs(60).checked_div(texts)
    }

    fn hand_over(&mut self, next: OutboxSegment, moment: Moment) {
        let (message, segment) = (next.message, next.segment);
        let (owner, carrier) = (&self.options.owner, self.linkage.carrier().unwrap_or_default());
        let marked = self.store.begin_segment(message, segment, owner, carrier, moment.wall);
        if matches!(marked, Err(StoreError::Refused(_))) {
            // Another program took it back just now: there may be a next one.
            self.outbox.try_again_at = Some(moment.now + TAKEN_BACK_PAUSE);
            return;
        }
        let Some(marked) = self.check(marked, "What became of a text could not be noted") else {
            return self.try_later(moment);
        };
        let thread = Some(marked.thread);
        self.publish_message(marked);
        let request = self.internal_request();
        self.outbox.in_flight = Some(InFlight {
            request,
            message,
            segment,
            batch: next.batch,
            thread,
            attempts: next.attempts,
            called_off: false,
            settled: false,
        });
        if self.outbox.begun.is_none_or(|(begun, _)| begun != message) {
            self.outbox.begun = Some((message, moment.now));
        }
        let more_follow = next.more || self.another_follows(moment);
        let (pdu, tpdu_octets) = (next.pdu, next.tpdu_octets);
        let submission = Submission { message, segment, pdu, tpdu_octets, more_follow };
        self.seat.modem.handle_command(request, ModemCommand::Submit(submission), moment.now);
    }

    /// Another text will be handed over as soon as this one is through.
    fn another_follows(&mut self, moment: Moment) -> bool {
        if self.pause_between_texts().is_some() {
            return false;
        }
        let carrier = self.linkage.carrier().unwrap_or_default();
        let next = self.store.next_to_send(&self.options.owner, carrier, moment.wall);
        // A mistake costs nothing: it only says whether the radio is worth keeping up.
        next.ok().flatten().is_some_and(|next| !self.call_goes_first(next.batch.is_some()))
    }

    fn try_later(&mut self, moment: Moment) {
        self.outbox.try_again_at = Some(moment.now + STORE_PAUSE);
    }

    /// The driver is through with a submission.
    pub(super) fn submission_over(&mut self, request: RequestId, moment: Moment) {
        let Some(flight) = self.outbox.in_flight.filter(|flight| flight.request == request) else {
            return;
        };
        if !flight.settled {
            self.fate_unknown(flight, moment);
        }
        self.outbox.in_flight = None;
        self.tasks.deferred.push(Deferred::SendTexts);
    }

    /// The modem says how it stands with SIM card and network: texts may have waited for that.
    pub(super) fn network_changed(&mut self, network: NetworkState) {
        let news =
            network.registration != self.network.registration || network.sim != self.network.sim;
        self.network = network.clone();
        self.out.events.push(Event::Network(network));
        self.sim_asks();
        if news && self.why_unable().is_none() {
            self.tasks.deferred.push(Deferred::SendTexts);
        }
    }
}
