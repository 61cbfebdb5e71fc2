//! The thread that joins driver, link and store; the window and the command line talk to it
//! through [`EngineClient`].
//!
//! [`Engine`] itself has no thread, no clock and no I/O but the store's: tests step it by hand.
//! [`thread::spawn`] runs it.

mod batches;
mod block_list;
mod blocked;
mod calls;
mod commands;
mod contacts;
mod events;
pub mod export;
pub mod input;
mod jobs;
pub mod keyring;
pub mod lens;
mod linkage;
mod masking;
mod messages;
mod outbox;
mod outcome;
mod pins;
mod ports;
mod probe;
mod queries;
mod received;
mod recording;
mod redial;
mod region;
mod schedule;
mod screening;
mod settings;
mod storing;
mod submit;
pub mod thread;
pub mod trace;
mod traffic;
mod transcript;

use crate::clock::{Instant, WallTime};
use crate::modem::{ModemCommand, ModemEvent};
use crate::phone::{
    Command, CommandError, Diagnosis, Event, LinkAddress, NetworkState, Query, QueryId, RequestId,
    Settings,
};
use crate::store::{Owner, Store};
use input::{Action, Input, Moment, Outputs};
use received::Arrival;
use std::collections::BTreeSet;

pub use crate::modem::{profile_names, profile_table};
pub use block_list::blocking;
pub use redial::shortest_pause;
pub use thread::{Config, EngineHandle, Stopper, default_data_dir, spawn};
pub use trace::{Cause, TraceDirection, TraceEntry, TraceLog};

/// What the window needs of an engine: the threaded handle, or a stepped one in tests.
pub trait EngineClient {
    /// Asks for something; exactly one `Done` or `Failed` with this id follows.
    fn send(&mut self, command: Command) -> RequestId;
    /// Asks the store something; exactly one `Answer` with this id follows.
    fn query(&mut self, query: Query) -> QueryId;
    /// The next event, if one is waiting. Never blocks.
    fn try_event(&mut self) -> Option<Event>;
    /// The recent AT traffic.
    fn trace(&self) -> &TraceLog;
}

/// How an engine shall behave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// This running program among those that share the store.
    pub owner: Owner,
    /// Connect to this at the start.
    pub connect: Option<LinkAddress>,
    /// Connect again by itself when the link is lost, and to the modem used last at the start, as
    /// far as the settings allow.
    pub reconnect: bool,
    /// Keep in the settings which modem was used last.
    pub remember_modem: bool,
    /// Speed of a serial port, instead of the one in the settings.
    pub baud_rate: Option<u32>,
    /// The country of the system's locale (ISO 3166), empty if unknown.
    pub system_region: String,
    /// Why texts and history are not kept on disk, when the store could not be opened: then
    /// received texts stay in the modem and none can be sent.
    pub volatile: Option<String>,
}

/// Requests with this bit are the engine's own.
const INTERNAL: u64 = 1 << 63;
/// Rounds of events one step handles at most, so that a mistake can't hang the program.
const MOST_ROUNDS: usize = 1000;

/// Driver, store and link, joined; stepped from outside.
pub struct Engine {
    options: Options,
    settings: Settings,
    region: region::Region,
    store: Store,
    seat: linkage::ModemSeat,
    linkage: linkage::Linkage,
    /// As the driver told it last.
    network: NetworkState,
    calls: calls::LiveCalls,
    redial: redial::Redialing,
    pins: pins::Pins,
    recording: recording::Recording,
    outbox: outbox::Outbox,
    batches: batches::Batches,
    storing: storing::Storing,
    agenda: schedule::Agenda,
    deleted: messages::Deleted,
    received: received::Unstored,
    ports: ports::PortBoard,
    tasks: Tasks,
    out: Outputs,
}

/// What is under way.
#[derive(Default)]
struct Tasks {
    /// User's requests that the driver has.
    pending: BTreeSet<RequestId>,
    internal: u64,
    /// Things that touch the disk and that no one waits for.
    deferred: Vec<Deferred>,
    traffic: traffic::Traffic,
    /// The last step's time: deferred things are due at once.
    last: Moment,
    /// What fails in the store and was told; not again until it works.
    failing: BTreeSet<&'static str>,
}

/// Work for the next step, so that events and bytes leave the engine first.
enum Deferred {
    RecordCall(Box<calls::News>),
    RememberModem,
    SeedDemoContacts,
    SendTexts,
}

impl Engine {
    /// An engine on this store. Nothing happens before [`Input::Start`].
    pub fn new(store: Store, options: Options) -> Self {
        let settings = store.settings().unwrap_or_default();
        let region = region::Region::new(&settings.region, &options.system_region);
        Engine {
            seat: linkage::ModemSeat::new(&settings, options.volatile.is_some()),
            options,
            settings,
            region,
            store,
            linkage: linkage::Linkage::default(),
            network: NetworkState::default(),
            calls: calls::LiveCalls::default(),
            redial: redial::Redialing::default(),
            pins: pins::Pins::default(),
            recording: recording::Recording::default(),
            outbox: outbox::Outbox::default(),
            batches: batches::Batches::default(),
            storing: storing::Storing::default(),
            agenda: schedule::Agenda::default(),
            deleted: messages::Deleted::default(),
            received: received::Unstored::default(),
            ports: ports::PortBoard::default(),
            tasks: Tasks::default(),
            out: Outputs::default(),
        }
    }

    /// The same engine, writing its AT traffic to this ring.
    #[must_use]
    pub fn with_trace(mut self, trace: TraceLog) -> Self {
        self.tasks.traffic = traffic::Traffic::new(trace);
        self
    }

    /// Takes one input in, or (with `None`) does what is due. Everything that follows from it is
    /// in the answer. Calling it too early is harmless.
    pub fn step(&mut self, input: Option<Input>, now: Instant, wall: WallTime) -> Outputs {
        let moment = Moment { now, wall };
        self.tasks.last = moment;
        self.tasks.traffic.now = now;
        match input {
            Some(input) => self.take(input, moment),
            None => self.do_deferred(moment),
        }
        if self.seat.modem.poll_timeout().is_some_and(|due| due <= now) {
            self.seat.modem.handle_timeout(now);
        }
        self.drain(moment);
        self.linkage_due(moment);
        self.store_again_if_due(moment);
        self.screening_due(moment);
        self.do_automatic(moment);
        self.pins_due(moment);
        self.drain(moment);
        self.hand_over_recorded();
        self.out.traffic = self.tasks.traffic.take_watched();
        std::mem::take(&mut self.out)
    }

    /// When [`Engine::step`] with `None` is due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        if !self.tasks.deferred.is_empty() {
            return Some(self.tasks.last.now);
        }
        let modem = self.seat.modem.poll_timeout();
        let last = self.tasks.last.now;
        let texts = [self.received.due(), self.outbox.due(), self.batches.due(last)];
        let calls = [self.calls.due(), self.automatic_due(), self.pins.due()];
        let storing = self.storing.due(last);
        let others = [modem, self.linkage.due(), self.agenda.due(last), storing];
        texts.into_iter().chain(calls).chain(others).flatten().min()
    }

    /// The recent AT traffic.
    pub fn trace(&self) -> &TraceLog {
        self.tasks.traffic.log()
    }

    /// The country where numbers without `+` are at home (ISO 3166, may be empty).
    pub fn region(&self) -> &str {
        self.region.in_force()
    }

    /// The store, for whoever steps the engine by hand.
    pub fn store(&self) -> &Store {
        &self.store
    }

    fn take(&mut self, input: Input, moment: Moment) {
        match input {
            Input::Start => self.start(moment),
            Input::Command(request, command) => self.command(request, command, moment),
            Input::Link(attempt, report) => self.link_report(attempt, report, moment),
            Input::Bytes(attempt, bytes) if self.linkage.is_open(attempt) => {
                self.recording.received(&bytes, moment.now);
                self.tasks.traffic.received(&bytes, moment.wall);
                self.seat.modem.handle_bytes(&bytes, moment.now);
            }
            Input::Bytes(..) => {}
            Input::Ports(ports) => self.ports_changed(ports, moment),
            Input::Job(result) => self.job_done(result, moment),
            Input::Shutdown => self.shut_down(moment),
        }
    }

    fn start(&mut self, moment: Moment) {
        self.out.events.push(Event::Settings(self.settings.clone()));
        self.publish_region();
        if let Some(reason) = self.options.volatile.clone() {
            self.notice(
                &format!("Texts and history can't be kept: {reason}"),
                "Received texts stay in the modem, and none can be sent, until this is put right",
                true,
            );
        }
        while self.discard_half_stored(false) {}
        let recovered = self.store.recover(&self.options.owner);
        let what_failed = "The texts of the last session could not be looked at";
        let recovered = self.check(recovered, what_failed).unwrap_or_default();
        self.out.events.extend(recovered.into_iter().map(Event::Message));
        self.publish_lists();
        self.begin_to_look_at_others(moment);
        self.begin_linkage(moment);
    }

    fn publish_lists(&mut self) {
        self.publish_contacts();
        self.publish_threads();
        self.publish_batches();
        self.publish_templates();
        self.publish_waiting();
        self.publish_missed();
    }

    fn publish_threads(&mut self) {
        let threads = self.store.threads();
        if let Some(threads) = self.check(threads, "The conversations can't be read") {
            self.out.events.push(Event::Threads(threads.into()));
        }
    }

    fn publish_templates(&mut self) {
        let templates = self.store.templates();
        if let Some(templates) = self.check(templates, "The templates can't be read") {
            self.out.events.push(Event::Templates(templates.into()));
        }
    }

    fn do_deferred(&mut self, moment: Moment) {
        for task in std::mem::take(&mut self.tasks.deferred) {
            match task {
                Deferred::RecordCall(news) => self.record_call(&news),
                Deferred::RememberModem => self.remember_modem(),
                Deferred::SeedDemoContacts => self.seed_demo_contacts(),
                Deferred::SendTexts => self.send_texts(moment),
            }
        }
        if self.outbox.due().is_some_and(|due| due <= moment.now) {
            self.send_texts(moment);
        }
        self.go_on_storing(moment);
        self.go_on_cancelling();
        self.look_at_agenda(moment);
        self.tell_batches(moment);
    }

    /// Passes on what the driver has to say until it is silent.
    fn drain(&mut self, moment: Moment) {
        for _ in 0..MOST_ROUNDS {
            let mut silent = true;
            while let Some(transmit) = self.seat.modem.poll_transmit() {
                silent = false;
                self.tasks.traffic.for_purpose(self.seat.modem.purpose());
                self.recording.sent(&transmit, moment.now);
                self.tasks.traffic.sent(&transmit, moment.wall);
                self.out.actions.push(Action::Write(transmit.bytes));
            }
            while let Some(event) = self.seat.modem.poll_event() {
                silent = false;
                self.modem_event(event, moment);
            }
            if silent {
                return;
            }
        }
    }

    fn modem_event(&mut self, event: ModemEvent, moment: Moment) {
        match event {
            ModemEvent::Initialising => self.modem_initialising(),
            ModemEvent::Ready => self.modem_ready(),
            ModemEvent::Silent(diagnosis) => self.modem_silent(diagnosis),
            ModemEvent::Identity(identity) => self.modem_identity(identity),
            ModemEvent::Network(network) => self.network_changed(network),
            ModemEvent::Call(call) => self.call_changed(call, moment),
            ModemEvent::Received { pdu, receipt } => {
                self.arrived(Arrival::Pdu(pdu), receipt, moment);
            }
            ModemEvent::ReceivedPlain { message, receipt } => {
                self.arrived(Arrival::Plain(message), receipt, moment);
            }
            ModemEvent::ReceivedReport { report, receipt } => {
                self.arrived(Arrival::Report(report), receipt, moment);
            }
            ModemEvent::Removed(location) => self.pdu_removed(&location),
            ModemEvent::SegmentHandedOver { .. } => {} // It is marked before the driver gets it.
            ModemEvent::SegmentSent { message, segment, reference } => {
                self.segment_sent(message, segment, reference, moment);
            }
            ModemEvent::SegmentFailed { message, segment, error, diagnosis, fate } => {
                let failure = outbox::Failure { error, diagnosis, fate };
                self.segment_failed(message, segment, failure, moment);
            }
            ModemEvent::Service(state) => self.out.events.push(Event::Service(state)),
            ModemEvent::SimPhonebook(book) => self.out.events.push(Event::SimPhonebook(book)),
            ModemEvent::Muted(muted) => self.out.events.push(Event::Muted(muted)),
            ModemEvent::Ussd(status) => self.out.events.push(Event::Ussd(status)),
            ModemEvent::Notice(notice) => self.out.events.push(Event::Notice(notice)),
            ModemEvent::ConsoleAnswer { request, lines, ok } => {
                self.out.events.push(Event::ConsoleAnswer { request, lines, ok });
            }
            ModemEvent::Done { request } => self.modem_done(request, None, moment),
            ModemEvent::Failed { request, error, diagnosis } => {
                self.modem_done(request, Some((error, diagnosis)), moment);
            }
        }
    }

    /// The driver is through with a request.
    fn modem_done(
        &mut self,
        request: RequestId,
        failure: Option<(CommandError, Diagnosis)>,
        moment: Moment,
    ) {
        let why = failure.as_ref();
        self.pin_over(request, why.map(|(error, _)| error));
        self.dial_over(request, why.map(|(_, diagnosis)| diagnosis));
        self.forwarding_over(request, failure.is_none());
        if request.0 & INTERNAL != 0 {
            self.submission_over(request, moment);
        } else if self.tasks.pending.remove(&request) {
            match failure {
                None => self.done(request),
                Some((error, diagnosis)) => self.failed(request, error, diagnosis),
            }
        }
    }

    /// Hands a user's wish to the driver, which gives it its outcome.
    fn hand_to_modem(&mut self, request: RequestId, command: ModemCommand, moment: Moment) {
        if let Some(diagnosis) = self.linkage.why_no_link() {
            return self.failed(request, CommandError::NoLink, diagnosis);
        }
        self.tasks.pending.insert(request);
        self.seat.modem.handle_command(request, command, moment.now);
    }

    fn internal_request(&mut self) -> RequestId {
        self.tasks.internal += 1;
        RequestId(INTERNAL | self.tasks.internal)
    }
}
