//! Driver and simulated modem on one virtual clock, with two faulty wires between them. Plays the
//! engine's part: keeps what is handed over, and gives the receipts back.

use super::ledger::Ledger;
use deskphone::clock::{Instant, WallTime};
use deskphone::modem::{Afterwards, Modem, ModemCommand, ModemEvent, Options};
use deskphone::phone::RequestId;
use deskphone::simulator::fault::{FaultPlan, FaultyWire};
use deskphone::simulator::{NetworkAction, SimulatedModem, SimulatorOptions};
use std::collections::VecDeque;
use std::time::Duration;

/// Most steps in one virtual second: more means that something fires without end.
const STEPS_PER_SECOND: u32 = 20_000;

/// Lines of the transcript that a failure prints.
const TRANSCRIPT_LINES: usize = 400;

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
    transcript: VecDeque<String>,
}

impl World {
    pub fn new(seed: u64, persona: &str, plan: FaultPlan) -> World {
        let options = SimulatorOptions {
            persona: persona.to_owned(),
            seed,
            wall_time_at_zero: WallTime::from_unix_seconds(1_790_000_000, 0),
        };
        let mut simulator = SimulatedModem::new(options).unwrap();
        simulator.set_faults(plan.clone());
        World {
            now: Instant::ZERO,
            seed,
            // Every fourth person keeps what the modem has.
            modem: Modem::new(Options {
                profile: String::new(),
                delete_received: !(seed / 9).is_multiple_of(4),
            }),
            simulator,
            ledger: Ledger::default(),
            linked: false,
            to_modem: FaultyWire::new(seed ^ 1, plan.clone()),
            to_simulator: FaultyWire::new(seed ^ 2, plan.clone()),
            last_request: 0,
            plan,
            links: 0,
            steps: (Instant::ZERO, 0),
            transcript: VecDeque::new(),
        }
    }

    /// A line of the transcript.
    pub fn note(&mut self, line: String) {
        if self.transcript.len() == TRANSCRIPT_LINES {
            self.transcript.pop_front();
        }
        self.transcript.push_back(format!("{:10.4} {line}", self.now.elapsed().as_secs_f64()));
    }

    /// Fails with the seed and what happened last.
    pub fn fail(&self, why: &str) -> ! {
        let lines: Vec<&str> = self.transcript.iter().map(String::as_str).collect();
        let persona = &self.simulator.persona().name;
        panic!("seed {} ({persona}): {why}\n{}\n{why}", self.seed, lines.join("\n"));
    }

    pub fn link_up(&mut self) {
        self.links += 1;
        self.linked = true;
        self.to_modem = FaultyWire::new(self.seed ^ (self.links << 8) ^ 1, self.plan.clone());
        self.to_simulator = FaultyWire::new(self.seed ^ (self.links << 8) ^ 2, self.plan.clone());
        self.note("link  up".to_owned());
        self.modem.handle_link_up(self.now);
        self.drain();
    }

    pub fn link_down(&mut self) {
        self.linked = false;
        self.note("link  down".to_owned());
        self.modem.handle_link_down(self.now);
        self.drain();
    }

    pub fn command(&mut self, command: ModemCommand) -> RequestId {
        self.last_request += 1;
        let request = RequestId(self.last_request);
        self.note(format!("user  {} {command:?}", request.0));
        self.ledger.asked(request, &command);
        self.modem.handle_command(request, command, self.now);
        self.drain();
        request
    }

    pub fn act(&mut self, action: NetworkAction) {
        self.note(format!("net   {action:?}"));
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
                self.note(format!("  <-  {}", bytes.escape_ascii()));
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

    /// Takes out of both machines whatever they have to say.
    fn drain(&mut self) {
        while let Some(transmit) = self.modem.poll_transmit() {
            self.note(format!("  ->  {}", transmit.bytes.escape_ascii()));
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
            self.note(format!("event {event:?}"));
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
