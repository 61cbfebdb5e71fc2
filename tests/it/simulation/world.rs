//! Driver and simulated modem on one virtual clock, with two faulty wires between them. Plays the
//! engine's part: keeps what is handed over, and gives the receipts back.

use super::history;
use super::ledger::Ledger;
use deskphone::clock::{Instant, WallTime};
use deskphone::modem::{Afterwards, Modem, ModemCommand, ModemEvent, Options};
use deskphone::phone::{Call, CallId, CallState, RequestId};
use deskphone::simulator::fault::{FaultPlan, FaultyWire};
use deskphone::simulator::network::TextTrouble;
use deskphone::simulator::persona::Clcc;
use deskphone::simulator::{NetworkAction, Random, SimulatedModem, SimulatorOptions};
use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// Most steps in one virtual second: more means that something fires without end.
const STEPS_PER_SECOND: u32 = 20_000;

/// So long after the set-up the first list of calls is there.
const SETTLING: Duration = Duration::from_secs(3);

/// Lines of the transcript that a failure prints.
const TRANSCRIPT_LINES: usize = 5000;

thread_local! {
    /// A transcript is kept: only while a life that failed is lived again, since it costs more than
    /// the life itself.
    pub static RECORDS: Cell<bool> = const { Cell::new(false) };
}

pub struct World {
    pub now: Instant,
    pub seed: u64,
    pub modem: Modem,
    pub simulator: SimulatedModem,
    pub ledger: Ledger,
    pub linked: bool,
    to_modem: FaultyWire,
    to_simulator: FaultyWire,
    last_request: u64,
    plan: FaultPlan,
    links: u64,
    steps: (Instant, u32),
    records: bool,
    transcript: VecDeque<String>,
    /// Nothing on the wire is lost or garbled while the cable is in.
    pub every_byte_arrives: bool,
    /// Every command is answered, if late.
    pub every_answer_comes: bool,
    /// Some come late.
    pub answers_come_late: bool,
    /// When the modem was set up last.
    ready_at: Option<Instant>,
    /// When the modem was first set up.
    pub ready_since: Option<Instant>,
    /// The cable is pulled at times.
    pub cable_is_pulled: bool,
    /// The modem lists its calls, so that states shown can be compared with the network's.
    pub lists_calls: bool,
    /// The state last shown of each call, and when.
    shown: BTreeMap<CallId, (CallState, Instant)>,
}

impl World {
    pub fn new(seed: u64, persona: &str, plan: FaultPlan) -> World {
        let mut chance = Random::new(seed ^ 0x0077_6F72_6C64);
        let (keeps, cable_is_pulled) = (chance.chance(250), chance.chance(333));
        let options = SimulatorOptions {
            persona: persona.to_owned(),
            seed,
            wall_time_at_zero: WallTime::from_unix_seconds(1_790_000_000, 0),
        };
        let mut simulator = SimulatedModem::new(options).unwrap();
        simulator.set_faults(plan.clone());
        let every_byte_arrives = !plan.wire.spoils();
        let lists_calls = !matches!(simulator.persona().calls.clcc, Clcc::Missing | Clcc::Empty)
            && !simulator.persona().unsupported.contains(&"+CLCC");
        World {
            now: Instant::ZERO,
            seed,
            // Every fourth person keeps what the modem has.
            modem: Modem::new(Options { profile: String::new(), delete_received: !keeps }),
            simulator,
            ledger: Ledger::default(),
            linked: false,
            to_modem: FaultyWire::new(seed ^ 1, plan.clone()),
            to_simulator: FaultyWire::new(seed ^ 2, plan.clone()),
            last_request: 0,
            links: 0,
            steps: (Instant::ZERO, 0),
            records: RECORDS.get(),
            transcript: VecDeque::new(),
            every_byte_arrives,
            every_answer_comes: plan.modem.missing_result_per_mille == 0,
            answers_come_late: plan.modem.late_result_per_mille > 0,
            ready_since: None,
            ready_at: None,
            plan,
            cable_is_pulled,
            lists_calls,
            shown: BTreeMap::new(),
        }
    }

    /// All that happens to calls can be told: the modem lists them, every command is answered, and
    /// soon. Where of a text nothing but its words is told, a report among them may be taken for one.
    pub fn tells_all(&self) -> bool {
        let words_alone = self.simulator.persona().name == "textplain";
        self.lists_calls && self.every_answer_comes && !self.answers_come_late && !words_alone
    }

    /// A line of the transcript.
    pub fn note(&mut self, line: impl FnOnce() -> String) {
        if !self.records {
            return;
        }
        if self.transcript.len() == TRANSCRIPT_LINES {
            self.transcript.pop_front();
        }
        let time = self.now.elapsed().as_secs_f64();
        self.transcript.push_back(format!("{time:10.4} {}", line()));
    }

    /// Fails with the seed and what happened last.
    pub fn fail(&self, why: &str) -> ! {
        let lines: Vec<&str> = self.transcript.iter().map(String::as_str).collect();
        let persona = &self.simulator.persona().name;
        let late = if self.answers_come_late { " late" } else { "" };
        panic!("({persona}{late}) {why}\n{}\n{why}", lines.join("\n"));
    }

    pub fn link_up(&mut self) {
        self.links += 1;
        self.linked = true;
        self.to_modem = FaultyWire::new(self.seed ^ (self.links << 8) ^ 1, self.plan.clone());
        self.to_simulator = FaultyWire::new(self.seed ^ (self.links << 8) ^ 2, self.plan.clone());
        self.note(|| "link  up".to_owned());
        self.modem.handle_link_up(self.now);
        self.drain();
    }

    pub fn link_down(&mut self) {
        self.linked = false;
        self.note(|| "link  down".to_owned());
        self.modem.handle_link_down(self.now);
        self.drain();
    }

    pub fn command(&mut self, command: ModemCommand) -> RequestId {
        self.last_request += 1;
        let request = RequestId(self.last_request);
        self.note(|| format!("user  {} {command:?}", request.0));
        self.ledger.asked(request, &command, self.now);
        self.modem.handle_command(request, command, self.now);
        self.drain();
        request
    }

    pub fn act(&mut self, action: NetworkAction) {
        // A text without an answer keeps the line to the modem for as long as the patience lasts.
        if let NetworkAction::TroubleTexts { trouble, times: 1.. } = &action
            && !matches!(trouble, TextTrouble::Refused(_))
        {
            self.every_answer_comes = false;
        }
        self.note(|| format!("net   {action:?}"));
        self.simulator.handle_action(action, self.now);
        self.drain();
    }

    /// Lets the world run until `end`.
    pub fn run_until(&mut self, end: Instant) {
        while let Some(next) = self.next_deadline().filter(|next| *next <= end) {
            self.count_step();
            self.now = self.now.max(next);
            self.step();
        }
        self.now = end;
    }

    pub fn run_for(&mut self, time: Duration) {
        self.run_until(self.now + time);
    }

    fn next_deadline(&self) -> Option<Instant> {
        let wires = [self.to_modem.poll_timeout(), self.to_simulator.poll_timeout()];
        let wires = wires.into_iter().flatten().filter(|_| self.linked);
        let machines = [self.modem.poll_timeout(), self.simulator.poll_timeout()];
        wires.chain(machines.into_iter().flatten()).min()
    }

    /// A drained machine has no deadline in the past, so that time must pass.
    fn count_step(&mut self) {
        if self.now.since(self.steps.0) >= Duration::from_secs(1) {
            self.steps = (self.now, 0);
        }
        self.steps.1 += 1;
        if self.steps.1 > STEPS_PER_SECOND {
            self.fail("something fires again and again without time passing");
        }
    }

    fn step(&mut self) {
        let now = self.now;
        if self.linked {
            if let Some(bytes) = self.to_simulator.pop(now) {
                self.simulator.handle_bytes(&bytes, now);
            }
            if let Some(bytes) = self.to_modem.pop(now) {
                self.note(|| format!("  <-  {}", bytes.escape_ascii()));
                self.modem.handle_bytes(&bytes, now);
                self.drain();
            }
        }
        if self.simulator.poll_timeout().is_some_and(|at| at <= now) {
            self.simulator.handle_timeout(now);
        }
        if self.modem.poll_timeout().is_some_and(|at| at <= now) {
            self.modem.handle_timeout(now);
        }
        self.drain();
        if self.modem.poll_timeout().is_some_and(|at| at <= now) {
            self.fail("the drained driver still has a deadline in the past");
        }
    }

    /// Every state shown was true since the last one was shown.
    fn check_shown(&mut self, call: &Call) {
        let before = self.shown.get(&call.id).cloned();
        if before.as_ref().is_some_and(|(state, _)| *state == call.state) {
            return;
        }
        self.shown.insert(call.id, (call.state.clone(), self.now));
        let since = before.map_or(call.started_at, |(_, at)| at);
        // During a set-up nothing is known of other calls yet.
        let known = self.ready_at.is_some_and(|at| self.now.since(at) > SETTLING);
        let exact = self.tells_all() && self.every_byte_arrives && known;
        if exact && !history::check_shown(self.simulator.network(), call, since, self.now) {
            self.fail(&format!("no call of the network was ever so: {call:?}"));
        }
    }

    /// Takes out of both machines whatever they have to say.
    fn drain(&mut self) {
        while let Some(transmit) = self.modem.poll_transmit() {
            self.note(|| format!("  ->  {}", transmit.bytes.escape_ascii()));
            if self.linked {
                self.to_simulator.push(&transmit.bytes, self.now);
            }
        }
        while let Some(bytes) = self.simulator.poll_transmit() {
            if self.linked {
                self.to_modem.push(&bytes, self.now);
            }
        }
        let mut told = false;
        while let Some(event) = self.modem.poll_event() {
            told = true;
            self.note(|| format!("event {event:?}"));
            match &event {
                ModemEvent::Call(call) => self.check_shown(call),
                ModemEvent::Ready => {
                    self.ready_since = self.ready_since.or(Some(self.now));
                    self.ready_at = Some(self.now);
                }
                ModemEvent::Initialising => self.ready_at = None,
                _ => {}
            }
            let receipt = match self.ledger.happened(event) {
                Ok(receipt) => receipt,
                Err(why) => self.fail(&why),
            };
            if let Some((receipt, keep)) = receipt {
                let afterwards = if keep { Afterwards::Keep } else { Afterwards::Free };
                self.modem.handle_stored(receipt, afterwards, self.now);
            }
        }
        // A receipt may have led to more.
        if told {
            self.drain();
        }
    }
}

/// True for events that end a command.
pub fn outcome_of(event: &ModemEvent) -> Option<RequestId> {
    match event {
        ModemEvent::Done { request } | ModemEvent::Failed { request, .. } => Some(*request),
        _ => None,
    }
}
