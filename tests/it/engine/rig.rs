//! An engine stepped by hand: with a store on disk or in memory, the simulated modem at the other
//! end of the wire, and one virtual clock for both.

use deskphone::clock::{Instant, WallTime};
use deskphone::engine::input::{Action, Attempt, Input, Job, JobResult};
use deskphone::engine::keyring::{KeyringTask, SecretStore};
use deskphone::engine::{Engine, EngineClient, Options, TraceLog};
use deskphone::link::{LinkError, LinkErrorKind, LinkReport};
use deskphone::phone::{
    Answer, Command, Event, LinkAddress, LinkCommand, MessageId, PhoneState, Query, QueryId,
    RequestId, Secret, TextMessage,
};
use deskphone::simulator::{SimulatedModem, SimulatorOptions};
use deskphone::store::{Owner, Store};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::time::Duration;

/// 2026-11-22T12:00:00Z.
const START: WallTime = WallTime::from_unix_seconds(1_795_348_800, 0);
/// Steps in a row that move no time forward: more is a machine that goes round in circles.
const MOST_STEPS_AT_A_TIME: u32 = 20_000;

/// What the wire does.
#[derive(Clone, Debug, Default)]
pub struct Wire {
    /// Every opening fails with this.
    pub refuses: Option<LinkError>,
    /// What is written falls into the void.
    pub deaf: bool,
    /// What the program was about to write when it died is lost.
    pub loses_next_writes: bool,
    /// What begins with this is swallowed.
    pub swallows: Option<&'static str>,
    /// The card in the modem has this IMSI instead of its own.
    pub imsi: Option<&'static str>,
    /// Once the engine has written something that ends with this octet, the link is lost. The
    /// modem still gets the octets.
    pub breaks_after: Option<u8>,
}

/// A keyring for one secret, which may be broken.
#[derive(Debug, Default)]
pub struct Keyring {
    /// What is kept.
    pub secret: RefCell<Option<Secret>>,
    /// It answers with this.
    pub broken: Option<String>,
}

impl Keyring {
    fn works(&self) -> Result<(), String> {
        self.broken.clone().map_or(Ok(()), Err)
    }
}

impl SecretStore for Keyring {
    fn read(&self) -> Result<Option<Secret>, String> {
        self.works().map(|()| self.secret.borrow().clone())
    }

    fn write(&self, secret: &Secret) -> Result<(), String> {
        self.works().map(|()| *self.secret.borrow_mut() = Some(secret.clone()))
    }

    fn delete(&self) -> Result<(), String> {
        self.works().map(|()| *self.secret.borrow_mut() = None)
    }
}

/// Engine, modem and wire.
pub struct Rig {
    engine: Option<Engine>,
    /// The other side.
    pub modem: SimulatedModem,
    /// How the link behaves.
    pub wire: Wire,
    /// Sum of all events.
    pub state: PhoneState,
    /// Every event since the start.
    pub events: Vec<Event>,
    /// The ports that shall be asked, in order.
    pub probes: Vec<LinkAddress>,
    /// Every octet written by the engine.
    pub written: Vec<u8>,
    /// The newest of each text.
    pub messages: BTreeMap<MessageId, TextMessage>,
    /// The system's keyring.
    pub keyring: Keyring,
    /// What was asked of it, in order.
    pub keyring_tasks: Vec<KeyringTask>,
    /// The file of the recording.
    pub recording: String,
    untaken: VecDeque<Event>,
    inputs: VecDeque<Input>,
    open: Option<Attempt>,
    now: Instant,
    /// Somebody set the clock on the wall forward.
    shifted: Duration,
    at_this_time: u32,
    last_request: u64,
    last_query: u64,
}

/// How the engine of a rig behaves, unless a test wants otherwise.
pub fn options() -> Options {
    Options {
        owner: Owner("test".to_owned()),
        connect: None,
        baud_rate: None,
        reconnect: true,
        remember_modem: true,
        system_region: "US".to_owned(),
        volatile: None,
    }
}

impl Rig {
    /// An engine with a store in memory.
    pub fn new() -> Self {
        Rig::with(Store::in_memory().unwrap(), options())
    }

    /// An engine with its store in this folder.
    pub fn on_disk(folder: &Path) -> Self {
        Rig::with(Store::open(&folder.join("test.sqlite3")).unwrap(), options())
    }

    /// An engine of your own.
    pub fn with(store: Store, options: Options) -> Self {
        let modem = SimulatedModem::new(SimulatorOptions {
            persona: "generic".to_owned(),
            seed: 1,
            wall_time_at_zero: START,
        });
        let mut rig = Rig {
            engine: Some(Engine::new(store, options)),
            modem: modem.unwrap(),
            wire: Wire::default(),
            state: PhoneState::default(),
            events: Vec::new(),
            probes: Vec::new(),
            written: Vec::new(),
            messages: BTreeMap::new(),
            keyring: Keyring::default(),
            keyring_tasks: Vec::new(),
            recording: String::new(),
            untaken: VecDeque::new(),
            inputs: VecDeque::new(),
            open: None,
            now: Instant::ZERO,
            shifted: Duration::ZERO,
            at_this_time: 0,
            last_request: 0,
            last_query: 0,
        };
        rig.step(Some(Input::Start));
        rig
    }

    /// An engine that is connected to the simulated modem.
    pub fn connected() -> Self {
        let mut rig = Rig::new();
        rig.connect();
        rig
    }

    /// Connects and waits until the modem is ready.
    pub fn connect(&mut self) {
        self.send(Command::Link(LinkCommand::Connect(LinkAddress::Serial("/dev/sim".into()))));
        self.until("the modem to be ready", |rig| rig.state.link.ready());
    }

    /// Ends the program at once, as a crash does, and starts it again on the same store.
    pub fn crash(&mut self, folder: &Path) {
        if self.wire.loses_next_writes
            && let Some(engine) = &mut self.engine
        {
            // One more step is on the disk, and nobody has heard of it.
            let input = match (self.inputs.pop_front(), self.modem.poll_transmit(), self.open) {
                (None, Some(bytes), Some(attempt)) => Some(Input::Bytes(attempt, bytes)),
                (input, _, _) => input,
            };
            engine.step(input, self.now, START.plus(self.now.elapsed() + self.shifted));
        }
        self.engine = None;
        self.forget();
        let store = Store::open(&folder.join("test.sqlite3")).unwrap();
        self.engine = Some(Engine::new(store, options()));
        self.step(Some(Input::Start));
    }

    /// Kills the program; the modem lives on.
    pub fn kill(&mut self) {
        self.engine = None;
        self.forget();
    }

    fn forget(&mut self) {
        self.open = None;
        self.inputs.clear();
        self.untaken.clear();
        self.messages.clear();
        self.state = PhoneState::default();
    }

    /// The opening that is under way fails.
    pub fn lose_opening(&mut self, error: LinkError) {
        let attempt = self.open.take().expect("an opening");
        self.inputs.clear();
        self.step(Some(Input::Link(attempt, LinkReport::Lost(error))));
    }

    /// The link is gone.
    pub fn unplug(&mut self) {
        let attempt = self.open.take().expect("a link to unplug");
        let lost = LinkReport::Lost(LinkError::lost("/dev/sim"));
        self.step(Some(Input::Link(attempt, lost)));
    }

    /// Something from outside happens.
    pub fn input(&mut self, input: Input) {
        self.step(Some(input));
    }

    /// The link is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Lets this many things happen.
    pub fn steps(&mut self, count: u64) {
        let end = self.now + Duration::from_secs(60);
        for _ in 0..count {
            self.advance(end);
        }
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Now, as a person reads it.
    pub fn wall(&self) -> WallTime {
        START.plus(self.now.elapsed() + self.shifted)
    }

    /// The clock on the wall is set forward; the other one runs on.
    pub fn shift_wall_clock(&mut self, forward: Duration) {
        self.shifted += forward;
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().expect("an engine that was not killed")
    }

    /// Lets time pass.
    pub fn run_for(&mut self, time: Duration) {
        let end = self.now + time;
        while self.advance(end) {}
        self.now = end;
    }

    /// Lets time pass until something is true; two minutes at most.
    pub fn until(&mut self, what: &str, is_true: impl Fn(&Rig) -> bool) {
        let end = self.now + Duration::from_secs(120);
        while !is_true(self) {
            if !self.advance(end) && !is_true(self) {
                self.print_trace();
                panic!("waited two minutes for {what}");
            }
        }
    }

    /// The outcome of a request, if it has come: `Ok` for `Done`.
    pub fn outcome(&self, request: RequestId) -> Option<Result<(), String>> {
        let outcomes = self.events.iter().filter_map(|event| match event {
            Event::Done { request: id } if *id == request => Some(Ok(())),
            Event::Failed { request: id, diagnosis, .. } if *id == request => {
                Some(Err(diagnosis.cause.clone()))
            }
            _ => None,
        });
        let outcomes: Vec<_> = outcomes.collect();
        assert!(outcomes.len() <= 1, "{request:?} has {} outcomes", outcomes.len());
        outcomes.into_iter().next()
    }

    /// Sends a command and waits for its outcome.
    pub fn done(&mut self, command: Command) -> Result<(), String> {
        let request = self.send(command);
        self.until("the outcome of a command", |rig| rig.outcome(request).is_some());
        self.outcome(request).expect("it was waited for")
    }

    /// What was written since octet `from`, as text.
    pub fn written_since(&self, from: usize) -> String {
        String::from_utf8_lossy(&self.written[from..]).into_owned()
    }

    /// Shows what led here, for a test that fails.
    pub fn print_trace(&self) {
        for entry in self.engine().trace().since(0) {
            println!("{:?} {}", entry.direction, entry.line);
        }
        for event in self.events.iter().rev().take(12).rev() {
            println!("{event:?}");
        }
    }

    /// One thing happens; false if nothing does before `end`.
    fn advance(&mut self, end: Instant) -> bool {
        if self.exchange() {
            self.at_this_time += 1;
            assert!(self.at_this_time < MOST_STEPS_AT_A_TIME, "round in circles");
            return true;
        }
        let engine = self.engine.as_ref().and_then(Engine::poll_timeout);
        let next = [engine, self.modem.poll_timeout()].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next <= end) else { return false };
        if next > self.now {
            (self.now, self.at_this_time) = (next, 0);
        }
        if self.modem.poll_timeout().is_some_and(|due| due <= self.now) {
            self.modem.handle_timeout(self.now);
        }
        if engine.is_some_and(|due| due <= self.now) {
            self.step(None);
        }
        self.at_this_time += 1;
        assert!(self.at_this_time < MOST_STEPS_AT_A_TIME, "round in circles");
        true
    }

    /// Carries one thing over the wire; false if there is none.
    fn exchange(&mut self) -> bool {
        if let Some(input) = self.inputs.pop_front() {
            self.step(Some(input));
            return true;
        }
        let Some(mut bytes) = self.modem.poll_transmit() else { return false };
        if let Some(imsi) = self.wire.imsi {
            let own = "001010123456789".as_bytes();
            if let Some(at) = bytes.windows(own.len()).position(|part| part == own) {
                bytes.splice(at..at + own.len(), imsi.bytes());
            }
        }
        if let Some(attempt) = self.open {
            self.step(Some(Input::Bytes(attempt, bytes)));
        }
        true
    }

    fn step(&mut self, input: Option<Input>) {
        let wall = self.wall();
        let Some(engine) = &mut self.engine else { return };
        let outputs = engine.step(input, self.now, wall);
        for event in outputs.events {
            self.state.apply(&event);
            if let Event::Message(message) = &event {
                self.messages.insert(message.id, message.clone());
            }
            self.untaken.push_back(event.clone());
            self.events.push(event);
        }
        for action in outputs.actions {
            self.carry_out(action);
        }
    }

    fn carry_out(&mut self, action: Action) {
        match action {
            Action::Open(attempt, request) => {
                let report = match self.wire.refuses.clone() {
                    Some(error) => LinkReport::Lost(error),
                    None => LinkReport::Opened { address: request.address, usb: None },
                };
                let open = matches!(report, LinkReport::Opened { .. });
                self.open = open.then_some(attempt);
                self.inputs.push_back(Input::Link(attempt, report));
            }
            Action::Write(bytes) => self.write(&bytes),
            Action::Close => self.open = None,
            Action::Job(Job::Probe(request)) => self.probes.push(request.address),
            Action::Job(Job::Keyring(task)) => {
                let result = task.run(&self.keyring);
                self.keyring_tasks.push(task.clone());
                self.inputs.push_back(Input::Job(JobResult::Keyring(task, result)));
            }
            Action::Job(job) => self.inputs.push_back(Input::Job(job.run())),
            Action::StartRecording(id, _, head) => {
                self.recording = head;
                self.inputs.push_back(Input::Job(JobResult::RecordingBegun(id, Ok(()))));
            }
            Action::Recorded(lines) => self.recording += &lines,
            Action::StopRecording => {}
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        let swallowed = |start: &str| bytes.starts_with(start.as_bytes());
        let swallowed = self.wire.swallows.is_some_and(swallowed);
        if self.open.is_none() || self.wire.deaf || swallowed {
            return;
        }
        self.modem.handle_bytes(bytes, self.now);
        let breaks = self.wire.breaks_after;
        if breaks.is_some() && breaks == bytes.last().copied() {
            self.wire.breaks_after = None;
            let attempt = self.open.take().expect("it was open a line above");
            let lost = LinkError::new(LinkErrorKind::Lost, "The modem was unplugged", "");
            self.inputs.push_back(Input::Link(attempt, LinkReport::Lost(lost)));
        }
    }
}

impl EngineClient for Rig {
    fn send(&mut self, command: Command) -> RequestId {
        self.last_request += 1;
        let request = RequestId(self.last_request);
        self.step(Some(Input::Command(request, command)));
        request
    }

    fn query(&mut self, query: Query) -> QueryId {
        self.last_query += 1;
        let id = QueryId(self.last_query);
        let answer = match self.engine().store().reader() {
            Ok(reader) => reader.answer(&query, self.engine().region()),
            Err(error) => Answer::Failed(error.to_string()),
        };
        self.untaken.push_back(Event::Answer(id, answer));
        id
    }

    fn try_event(&mut self) -> Option<Event> {
        self.untaken.pop_front()
    }

    fn trace(&self) -> &TraceLog {
        self.engine().trace()
    }
}
