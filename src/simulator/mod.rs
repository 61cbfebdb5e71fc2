//! The second opinion: a modem and the small network behind it, also without I/O and without a
//! clock.
//!
//! It obeys command lines with a parser of its own, and reads texts with a codec of its own; it
//! shares no code with the driver's AT layer, so that it can't share its misunderstandings.
//!
//! Bytes go in by [`SimulatedModem::handle_bytes`], come out by [`SimulatedModem::poll_transmit`];
//! time is told by [`SimulatedModem::handle_timeout`] when [`SimulatedModem::poll_timeout`] asks
//! for it. The [`SimulatedNetwork`] behind it knows what truly happened; [`NetworkAction`]s make
//! things happen in it, by hand or from a [`script`]. [`fault`] spoils the bytes on the way.
//!
//! | number | who | calls | texts |
//! |---|---|---|---|
//! | +1 555 0100 | Ada | answers after two rings | taken |
//! | +1 555 0101 | Boris | is busy | taken |
//! | +1 555 0102 | Clara | never answers | taken |
//! | +1 555 0103 | Dmitri | rejects after one ring | taken |
//! | +1 555 0104 | nobody | not in service | taken, the report says that it failed |
//! | +1 555 0105 | an announcement | answers, speaks, hangs up | taken |
//! | +1 555 0106 | Farah | rejects and calls back | taken |
//! | +1 555 0107 | Echo | answers | come back |
//! | +1 555 0108 | Hana | answers | come late; the reports say so |
//! | +1 555 0109 | Ivan | answers | refused |
//! | +1 555 0199 | the simulated phone itself | is busy | come back |

mod calls;
mod command;
mod errors;
pub mod fault;
mod message;
mod messages;
pub mod network;
pub mod persona;
mod phonebook;
mod random;
pub mod script;
pub mod service_manners;
mod sim_card;
mod storage;
mod terminal;

pub use network::{NetworkAction, SimulatedNetwork};
pub use persona::Persona;
pub use random::Random;
pub use storage::{Status, StoredMessage};

use crate::clock::{Instant, WallTime};
use calls::CallTimers;
use fault::{FaultPlan, ModemFaults};
use messages::Unacknowledged;
use network::action::SimChange;
use network::{NetworkEvent, Registration};
use phonebook::Phonebook;
use sim_card::{SimCard, SimState};
use std::time::Duration;
use storage::Storage;
use terminal::execute::Work;
use terminal::input::Input;
use terminal::output::Output;
use terminal::settings::Settings;

/// How long a restarting modem hears nothing.
const RESTART_TIME: Duration = Duration::from_secs(2);

/// How long it takes to register.
const REGISTER_TIME: Duration = Duration::from_millis(1500);

/// Options of a simulated modem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimulatorOptions {
    /// One of [`persona::names`]: `generic`, `huawei`, `simcom`, `quectel`…
    pub persona: String,
    /// Seed of everything random.
    pub seed: u64,
    /// What the network's clock shows at `Instant::ZERO`.
    pub wall_time_at_zero: WallTime,
}

/// A modem seen from the serial port.
#[derive(Debug)]
pub struct SimulatedModem {
    persona: Persona,
    random: Random,
    network: SimulatedNetwork,
    settings: Settings,
    sim: SimCard,
    storage: Storage,
    phonebook: Phonebook,
    input: Input,
    output: Output,
    work: Work,
    faults: FaultPlan,
    timers: Timers,
    /// 24.008 cause of the last call that ended, for `+CEER`.
    last_cause: u8,
}

/// What the modem itself does and will do.
#[derive(Debug, Default)]
struct Timers {
    now: Instant,
    calls: CallTimers,
    noise_at: Option<Instant>,
    unacknowledged: Option<Unacknowledged>,
    /// Until then the modem restarts and hears nothing.
    restarting_until: Option<Instant>,
    /// `+CFUN=1,1` was accepted: restart once its `OK` is out.
    restart_at: Option<Instant>,
    /// Lines that a fault delays.
    late_lines: Vec<(Instant, &'static str)>,
    /// `+CFUN`
    functionality: u8,
    /// The last service code was typed packed; its answer will be.
    packed_service: bool,
}

impl SimulatedModem {
    /// A modem that has been powered on for a while. Fails with a sentence if there is no such
    /// persona.
    pub fn new(options: SimulatorOptions) -> Result<Self, String> {
        let persona = persona::find(&options.persona)?;
        let first_index = match persona.calls.clcc {
            persona::Clcc::WithDataRow => 2,
            _ => 1,
        };
        let network = SimulatedNetwork::new(options.seed, options.wall_time_at_zero, first_index);
        let mut modem = SimulatedModem {
            random: Random::new(options.seed),
            network,
            settings: Settings::of(&persona),
            sim: SimCard::new(persona.sim_locked),
            storage: Storage::new(persona.texts.memories),
            phonebook: Phonebook::new(persona.services.phonebook_places),
            input: Input::default(),
            output: Output::default(),
            work: Work::Idle,
            faults: FaultPlan::none(),
            timers: Timers { functionality: 1, ..Timers::default() },
            last_cause: 0,
            persona,
        };
        modem.network.set_lte(modem.persona.access == Some(7));
        if modem.sim.state != SimState::Ready {
            modem.network.register_in(Duration::ZERO, Registration::Searching, Instant::ZERO);
            modem.drain_network(Instant::ZERO);
        }
        modem.schedule_noise(Instant::ZERO);
        Ok(modem)
    }

    /// Bytes from the program.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Instant) {
        self.handle_timeout(now);
        if self.timers.restarting_until.is_some() {
            return;
        }
        for byte in bytes {
            self.type_byte(*byte, now);
        }
        self.handle_timeout(now);
    }

    /// Time passed. Calling it early or twice is harmless.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.timers.now = now;
        // Each round settles something that was due; nothing is due at once again for ever.
        for _ in 0..10_000 {
            self.network.handle_timeout(now);
            let heard = self.drain_network(now);
            let worked = self.work_due(now);
            let own = self.timers_due(now);
            if !(heard || worked || own) {
                break;
            }
        }
    }

    /// Bytes for the program.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.output.pop()
    }

    /// When [`SimulatedModem::handle_timeout`] is due; never in the past after a `handle_*`.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let timers = &self.timers;
        let own = [
            self.network.poll_timeout(),
            self.work.deadline(),
            timers.calls.ring_at,
            timers.noise_at,
            self.held_until(),
            timers.unacknowledged.as_ref().map(|text| text.deadline),
            timers.restarting_until,
            timers.restart_at,
            timers.late_lines.iter().map(|(at, _)| *at).min(),
        ];
        own.into_iter().flatten().min()
    }

    /// The network behind the modem: what truly happened.
    pub fn network(&self) -> &SimulatedNetwork {
        &self.network
    }

    /// Makes something happen in the network.
    pub fn handle_action(&mut self, action: NetworkAction, now: Instant) {
        self.handle_timeout(now);
        self.network.handle_action(action, now);
        self.handle_timeout(now);
    }

    /// Lets the modem itself misbehave (see [`fault::ModemFaults`]) until the plan's end.
    pub fn set_faults(&mut self, plan: FaultPlan) {
        self.faults = plan;
    }

    /// Fixed times, so that what a program adds to them can be measured: `think` from a command
    /// line to its answer or prompt, `submit` from Ctrl-Z to `+CMGS`.
    pub fn set_latencies(&mut self, think: Duration, submit: Duration) {
        let millis = |time: Duration| time.as_millis() as u64;
        self.persona.manners.think_millis = (millis(think), millis(think));
        self.network.set_submit_millis(millis(submit));
    }

    /// How often characters came while a command line was being obeyed: a driver that keeps to one
    /// command at a time has none, apart from the one that aborts a dialing.
    pub fn overlapping_commands(&self) -> u64 {
        self.input.overlaps
    }

    /// The messages in a memory (`SM`, `ME`, `SR`) by index; empty if there is no such memory.
    pub fn stored_messages(&self, memory: &str) -> Vec<(u16, StoredMessage)> {
        let shelf = self.storage.shelves().iter().find(|shelf| shelf.memory.name == memory);
        let messages = shelf.into_iter().flat_map(|shelf| shelf.messages());
        messages.map(|(index, message)| (index, message.clone())).collect()
    }

    /// Which modem this is.
    pub fn persona(&self) -> &Persona {
        &self.persona
    }

    /// A fault happens.
    fn chance(&mut self, rate: impl Fn(&ModemFaults) -> u32) -> bool {
        let per_mille = rate(&self.faults.modem);
        self.faults.active(self.timers.now) && self.random.chance(per_mille)
    }

    fn drain_network(&mut self, now: Instant) -> bool {
        let mut heard = false;
        while let Some(event) = self.network.poll_event() {
            heard = true;
            match event {
                NetworkEvent::Call(change) => self.call_changed(change, now),
                NetworkEvent::Registration(_) => self.registration_changed(now),
                NetworkEvent::Submitted(outcome) => self.submission_settled(Some(outcome), now),
                NetworkEvent::SubmissionForgotten => self.submission_settled(None, now),
                NetworkEvent::Memory(full) => self.fill_memory(full, now),
                NetworkEvent::TextOffered => self.text_offered(now),
                NetworkEvent::ServiceAnswer(mode, text) => self.service_answered(mode, text),
                NetworkEvent::Notification(notification) => self.notified(notification),
                NetworkEvent::Ims(on) => self.ims_changed(on),
                NetworkEvent::ServiceForm(form, dcs) => {
                    self.persona.services.ussd = form;
                    self.persona.services.ussd_dcs = dcs;
                }
                NetworkEvent::Restart => self.restart(now),
                NetworkEvent::Sim(change) => self.sim_changed(change, now),
            }
        }
        heard
    }

    fn timers_due(&mut self, now: Instant) -> bool {
        let due = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        let mut done = false;
        if due(self.timers.restart_at) {
            self.restart(now);
            done = true;
        }
        if due(self.timers.restarting_until) {
            self.timers.restarting_until = None;
            for line in self.persona.manners.chatter.start_up {
                self.print(line);
            }
            done = true;
        }
        if due(self.timers.calls.ring_at) {
            self.ring(now);
            done = true;
        }
        if due(self.held_until()) {
            self.release_held();
            done = true;
        }
        if due(self.timers.noise_at) {
            self.make_noise();
            self.schedule_noise(now);
            done = true;
        }
        if due(self.timers.unacknowledged.as_ref().map(|text| text.deadline)) {
            self.acknowledgement_missing(now);
            done = true;
        }
        while let Some(place) = self.timers.late_lines.iter().position(|(at, _)| *at <= now) {
            let (_, line) = self.timers.late_lines.remove(place);
            self.unsolicited(line);
            done = true;
        }
        done
    }

    fn schedule_noise(&mut self, now: Instant) {
        if !self.persona.manners.chatter.noise.is_empty() {
            let millis = self.random.between(self.persona.manners.chatter.noise_millis);
            self.timers.noise_at = Some(now + Duration::from_millis(millis));
        }
    }

    fn make_noise(&mut self) {
        let noise = self.persona.manners.chatter.noise;
        let chosen = self.random.below(noise.len() as u64) as usize;
        if self.settings.reports.curc && self.timers.restarting_until.is_none() {
            self.unsolicited(noise[chosen]);
        }
    }

    /// Everything but the SIM and the stored messages is as after power-on.
    fn restart(&mut self, now: Instant) {
        self.timers = Timers {
            now,
            functionality: 1,
            noise_at: self.timers.noise_at,
            restarting_until: Some(now + RESTART_TIME),
            ..Timers::default()
        };
        self.network.modem_restarts(now);
        while self.network.poll_event().is_some() {}
        self.settings = Settings::of(&self.persona);
        self.work = Work::Idle;
        self.output.clear();
        self.forget_input();
        self.sim.restart();
        self.phonebook.restart();
        self.network.register_in(Duration::ZERO, Registration::Searching, now);
        self.register_if_ready(RESTART_TIME + REGISTER_TIME, now);
        while self.network.poll_event().is_some() {}
    }

    /// Registers after a while if SIM and `+CFUN` allow it.
    fn register_if_ready(&mut self, after: Duration, now: Instant) {
        if self.sim.state == SimState::Ready && self.timers.functionality == 1 {
            self.network.register_in(after, Registration::Home, now);
        } else {
            let off = self.timers.functionality != 1;
            let state = if off { Registration::Idle } else { Registration::Searching };
            self.network.register_in(Duration::ZERO, state, now);
        }
    }

    fn sim_changed(&mut self, change: SimChange, now: Instant) {
        self.sim.change(change);
        self.register_if_ready(REGISTER_TIME, now);
    }
}

/// The ten subscribers of the simulated network as contacts: name, number, what to expect.
pub fn demo_contacts() -> Vec<(&'static str, &'static str, &'static str)> {
    let directory = network::subscriber::DIRECTORY.iter();
    directory.map(|entry| (entry.name, entry.number, entry.note)).collect()
}
