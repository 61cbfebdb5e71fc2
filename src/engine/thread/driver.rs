//! The engine's thread: one inbox, one blocking call. Carries out what each step asks for.

use crate::clock::{Clock, SystemClock};
use crate::engine::events::EventQueue;
use crate::engine::input::{Action, Attempt, Input, Job, JobResult, Outputs};
use crate::engine::queries::SharedRegion;
use crate::engine::thread::recorder::Recorder;
use crate::engine::thread::{Config, start, system_region};
use crate::engine::{Engine, Options, TraceLog, probe};
use crate::link::{Connection, Freed, Intake, LinkReport, OpenRequest, Put, Sink, ports};
use crate::phone::{LinkAddress, ProbeResult, RequestId};
use crate::store::{FILE_NAME, Owner, Reader, Store};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Octets of a babbling modem that go before the next command is looked at.
const OCTETS_A_STEP: usize = 4096;
/// Steps before the window is woken although more is waiting.
const STEPS_A_WAKE: u32 = 16;
/// Due steps taken in a row before the inbox is looked at.
const DUE_IN_A_ROW: u32 = 32;
/// How often the ports are looked at.
const PORTS_PERIOD: Duration = Duration::from_secs(1);
/// How long the end waits for the port to be free.
const CLOSE_PATIENCE: Duration = Duration::from_millis(400);
/// The longest sleep: a deadline far away is as good as none.
const LONGEST_SLEEP: Duration = Duration::from_secs(3600);
/// Ports asked at the same time at most.
const MOST_PROBES: usize = 8;

/// What comes in at the inbox.
pub(super) enum Parcel {
    Input(Box<Input>),
    /// The intake of this attempt has bytes.
    BytesWaiting(Attempt),
}

impl Parcel {
    pub(super) fn of(input: Input) -> Self {
        Parcel::Input(Box::new(input))
    }
}

/// What the thread shares with others.
pub(super) struct Parts {
    pub(super) clock: SystemClock,
    pub(super) inbox: Sender<Parcel>,
    pub(super) events: Arc<EventQueue>,
    pub(super) wake: Arc<dyn Fn() + Send + Sync>,
    pub(super) region: SharedRegion,
    pub(super) trace: TraceLog,
}

struct Open {
    attempt: Attempt,
    connection: Connection,
    intake: Arc<Intake>,
}

struct Probe {
    address: LinkAddress,
    called_off: Arc<AtomicBool>,
    freed: Freed,
}

/// The thread's own.
pub(super) struct Driver {
    parts: Parts,
    open: Option<Open>,
    /// Ports let go of, perhaps not free yet.
    leaving: Vec<Freed>,
    probes: Vec<Probe>,
    recorder: Option<Recorder>,
    /// Recorders that still write what they were given.
    writing: Vec<Freed>,
    /// Steps since the window was woken, if it should be.
    unwoken: u32,
    ended: bool,
}

/// Puts what a link's threads tell into the inbox; bytes go by the intake.
struct Funnel {
    attempt: Attempt,
    inbox: Sender<Parcel>,
    intake: Arc<Intake>,
}

impl Sink for Funnel {
    fn bytes(&self, bytes: &[u8]) -> bool {
        match self.intake.put(bytes) {
            Put::Announce => self.inbox.send(Parcel::BytesWaiting(self.attempt)).is_ok(),
            Put::Quiet => true,
            Put::Closed => false,
        }
    }

    fn report(&self, report: LinkReport) {
        // An engine that has ended needs no reports.
        let _ = self.inbox.send(Parcel::of(Input::Link(self.attempt, report)));
    }
}

impl Driver {
    pub(super) fn new(parts: Parts) -> Self {
        Driver {
            parts,
            open: None,
            leaving: Vec::new(),
            probes: Vec::new(),
            recorder: None,
            writing: Vec::new(),
            unwoken: 0,
            ended: false,
        }
    }

    /// Runs until the engine has ended.
    pub(super) fn run(
        mut self,
        config: Config,
        lend_reader: &Sender<Result<Reader, String>>,
        parcels: &Receiver<Parcel>,
    ) {
        let (store, volatile) = match open_store(&config) {
            Ok(opened) => opened,
            Err(reason) => return self.run_without_store(&reason, lend_reader, parcels),
        };
        let reader = store.reader().map_err(|error| error.to_string());
        // The query thread waits for it as long as there is a handle.
        let _ = lend_reader.send(reader);
        let options = Options {
            owner: owner(),
            connect: config.connect,
            reconnect: config.reconnect,
            remember_modem: config.remember_modem,
            baud_rate: config.baud_rate,
            system_region: system_region(),
            volatile,
        };
        let mut engine = Engine::new(store, options).with_trace(self.parts.trace.clone());
        self.step(&mut engine, Some(Input::Start));
        while !self.ended {
            self.do_what_is_due(&mut engine, parcels);
            self.wake_if_idle(parcels);
            match parcels.recv_timeout(self.sleep(&engine)) {
                Ok(Parcel::Input(input)) => self.take(&mut engine, *input),
                Ok(Parcel::BytesWaiting(attempt)) => self.take_bytes(&mut engine, attempt),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.finish();
    }

    /// Not even a store in memory: nothing works, and every command is told why.
    fn run_without_store(
        self,
        reason: &str,
        lend_reader: &Sender<Result<Reader, String>>,
        parcels: &Receiver<Parcel>,
    ) {
        use crate::phone::{CommandError, Diagnosis, Event};
        let _ = lend_reader.send(Err(reason.to_owned()));
        for parcel in parcels {
            let Parcel::Input(input) = parcel else { continue };
            match *input {
                Input::Command(request, _) => {
                    let diagnosis = Diagnosis::new(reason, "");
                    let error = CommandError::Storage;
                    self.parts.events.push([Event::Failed { request, error, diagnosis }]);
                    (self.parts.wake)();
                }
                Input::Shutdown => return self.finish(),
                _ => {}
            }
        }
    }

    fn sleep(&self, engine: &Engine) -> Duration {
        let now = self.parts.clock.now();
        engine.poll_timeout().map_or(LONGEST_SLEEP, |due| due.since(now)).min(LONGEST_SLEEP)
    }

    fn do_what_is_due(&mut self, engine: &mut Engine, parcels: &Receiver<Parcel>) {
        for done in 0..DUE_IN_A_ROW {
            // They take turns: nobody who wants something waits for a long row.
            if done > 0 && !parcels.is_empty() {
                return;
            }
            let now = self.parts.clock.now();
            if self.ended || engine.poll_timeout().is_none_or(|due| due > now) {
                return;
            }
            self.step(engine, None);
        }
    }

    fn wake_if_idle(&mut self, parcels: &Receiver<Parcel>) {
        if self.unwoken > 0 && (parcels.is_empty() || self.unwoken >= STEPS_A_WAKE) {
            self.unwoken = 0;
            (self.parts.wake)();
        }
    }

    fn take(&mut self, engine: &mut Engine, input: Input) {
        if let Input::Link(attempt, LinkReport::Lost(_)) = &input {
            // The last words of the modem go before the news that it is gone.
            while self.take_some(engine, *attempt) {}
        }
        if let Input::Job(JobResult::Probed(address, _)) = &input {
            self.probes.retain(|probe| probe.address != *address);
        }
        self.step(engine, Some(input));
    }

    fn take_bytes(&mut self, engine: &mut Engine, attempt: Attempt) {
        if self.take_some(engine, attempt) {
            // Behind whatever the user has asked for meanwhile.
            let _ = self.parts.inbox.send(Parcel::BytesWaiting(attempt));
        }
    }

    /// Takes a part of the bytes in; true if more are waiting.
    fn take_some(&mut self, engine: &mut Engine, attempt: Attempt) -> bool {
        let Some(open) = self.open.as_ref().filter(|open| open.attempt == attempt) else {
            return false;
        };
        let (bytes, more) = open.intake.take(OCTETS_A_STEP);
        if !bytes.is_empty() {
            self.step(engine, Some(Input::Bytes(attempt, bytes)));
        }
        more
    }

    fn step(&mut self, engine: &mut Engine, input: Option<Input>) {
        let (now, wall) = (self.parts.clock.now(), self.parts.clock.wall_time());
        let Outputs { events, actions, traffic, ended } = engine.step(input, now, wall);
        for action in actions {
            self.carry_out(action);
        }
        self.ended |= ended;
        if !events.is_empty() || traffic || self.unwoken > 0 {
            self.unwoken += 1;
        }
        if !events.is_empty() {
            self.share_region(engine.region());
            self.parts.events.push(events);
        }
    }

    fn share_region(&self, region: &str) {
        let mut shared = self.parts.region.lock().unwrap_or_else(PoisonError::into_inner);
        if *shared != region {
            region.clone_into(&mut shared);
        }
    }

    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Open(attempt, request) => self.open_link(attempt, request),
            Action::Write(bytes) => self.write(bytes),
            Action::Close => self.close_link(),
            Action::Job(Job::Probe(request)) => self.probe(request),
            Action::Job(job) => self.run_job(job),
            Action::StartRecording(id, path, head) => self.start_recording(id, path, head),
            Action::Recorded(lines) => self.record(lines),
            Action::StopRecording => self.recorder = None,
        }
    }

    fn open_link(&mut self, attempt: Attempt, request: OpenRequest) {
        self.close_link();
        let mut after = std::mem::take(&mut self.leaving);
        for probe in &self.probes {
            if probe.address == request.address || request.usb.is_some() {
                probe.called_off.store(true, Ordering::Release);
                after.push(probe.freed.clone());
            }
        }
        let intake = Arc::new(Intake::default());
        let inbox = self.parts.inbox.clone();
        let sink = Funnel { attempt, inbox, intake: Arc::clone(&intake) };
        let connection = Connection::open(request, after, Arc::new(sink));
        self.open = Some(Open { attempt, connection, intake });
    }

    fn write(&mut self, bytes: Vec<u8>) {
        let Some(open) = &self.open else { return };
        if let Err(error) = open.connection.write(bytes) {
            let lost = Input::Link(open.attempt, LinkReport::Lost(error));
            // The inbox lives as long as we do.
            let _ = self.parts.inbox.send(Parcel::of(lost));
        }
    }

    fn close_link(&mut self) {
        if let Some(open) = self.open.take() {
            open.intake.close();
            self.leaving.push(open.connection.close());
        }
        self.leaving.retain(|freed| !freed.wait(Duration::ZERO));
    }

    fn probe(&mut self, request: OpenRequest) {
        let address = request.address.clone();
        let inbox = self.parts.inbox.clone();
        let tell = move |found| {
            let result = Input::Job(JobResult::Probed(address, found));
            // An engine that has ended wants no answers.
            let _ = inbox.send(Parcel::of(result));
        };
        if self.probes.len() >= MOST_PROBES {
            return tell(ProbeResult::Unavailable("Too many ports are being asked".to_owned()));
        }
        let (alive, freed) = Freed::pair();
        let called_off = Arc::new(AtomicBool::new(false));
        let (address, flag) = (request.address.clone(), Arc::clone(&called_off));
        let after = self.leaving.clone();
        let started = start("probe", move || {
            let found = probe::run(request, after, &flag);
            drop(alive);
            tell(found);
        });
        if started.is_some() {
            self.probes.push(Probe { address, called_off, freed });
        }
    }

    fn run_job(&self, job: Job) {
        let inbox = self.parts.inbox.clone();
        start("files", move || {
            let _ = inbox.send(Parcel::of(Input::Job(job.run())));
        });
    }

    fn start_recording(&mut self, id: RequestId, path: PathBuf, head: String) {
        let inbox = self.parts.inbox.clone();
        let tell = move |result| inbox.send(Parcel::of(Input::Job(result))).is_ok();
        let (recorder, freed) = Recorder::start(id, path, head, tell);
        self.recorder = recorder;
        self.writing.retain(|freed| !freed.wait(Duration::ZERO));
        self.writing.push(freed);
    }

    fn record(&mut self, lines: String) {
        let Some(recorder) = &self.recorder else { return };
        if !recorder.write(lines) {
            let reason = "the disk is full or too slow".to_owned();
            let failed = JobResult::RecordingFailed(recorder.id(), reason);
            self.recorder = None;
            // The inbox lives as long as we do.
            let _ = self.parts.inbox.send(Parcel::of(Input::Job(failed)));
        }
    }

    fn finish(mut self) {
        for probe in &self.probes {
            probe.called_off.store(true, Ordering::Release);
        }
        self.close_link();
        self.recorder = None;
        for freed in self.leaving.iter().chain(&self.writing) {
            freed.wait(CLOSE_PATIENCE);
        }
        (self.parts.wake)();
    }
}

/// The store, and why it keeps nothing on disk if that is so although it should.
fn open_store(config: &Config) -> Result<(Store, Option<String>), String> {
    let in_memory = || Store::in_memory().map_err(|error| error.to_string());
    if config.in_memory {
        return Ok((in_memory()?, None));
    }
    match Store::open(&config.data_dir.join(FILE_NAME)) {
        Ok(store) => Ok((store, None)),
        Err(error) => Ok((in_memory()?, Some(error.to_string()))),
    }
}

/// This running program, apart from all others.
fn owner() -> Owner {
    let started = SystemClock::new().wall_time().unix_millis;
    Owner(format!("{}-{started}", std::process::id()))
}

/// Tells the ports at first and whenever one comes or goes, until `stop` ends.
pub(super) fn watch_ports(inbox: &Sender<Parcel>, stop: &Receiver<()>) {
    let mut known = None;
    loop {
        let ports = ports::list();
        if known.as_ref() != Some(&ports) {
            if inbox.send(Parcel::of(Input::Ports(ports.clone()))).is_err() {
                return;
            }
            known = Some(ports);
        }
        if stop.recv_timeout(PORTS_PERIOD) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}
