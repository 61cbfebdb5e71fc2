//! How long the engine takes from what happens to what follows: `RING` to the event, the click on
//! Call to the bytes. With a database on disk, as in the real program. And how much longer than the
//! modem itself a hundred texts take.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use deskphone::clock::{Instant, WallTime};
use deskphone::engine::input::{Action, Attempt, Input};
use deskphone::engine::{Engine, Options};
use deskphone::link::LinkReport;
use deskphone::number::DialString;
use deskphone::phone::{
    CallCommand, Command, Dial, Event, LinkAddress, LinkCommand, MessageCommand, NewBatch,
    RequestId, SendOptions,
};
use deskphone::simulator::{SimulatedModem, SimulatorOptions};
use deskphone::store::{Owner, Store};
use std::hint::black_box;
use std::path::Path;

const WALL: WallTime = WallTime::from_unix_seconds(1_795_348_800, 0);

/// An engine whose modem is ready and silent.
struct Ready {
    engine: Engine,
    attempt: Attempt,
    now: Instant,
}

fn ready(folder: &Path) -> Ready {
    ready_with_modem(folder).0
}

fn ready_with_modem(folder: &Path) -> (Ready, SimulatedModem) {
    let store = Store::open(&folder.join("bench.sqlite3")).expect("a database in a new folder");
    let options = Options {
        owner: Owner("bench".to_owned()),
        connect: None,
        baud_rate: None,
        reconnect: false,
        remember_modem: false,
        system_region: String::new(),
        volatile: None,
    };
    let modem = SimulatedModem::new(SimulatorOptions {
        persona: "generic".to_owned(),
        seed: 1,
        wall_time_at_zero: WALL,
    });
    let mut modem = modem.expect("a persona that exists");
    let mut engine = Engine::new(store, options);
    let connect = LinkCommand::Connect(LinkAddress::Serial("/dev/sim".to_owned()));
    let command = Command::Link(connect);
    let (mut now, mut attempt) = (Instant::ZERO, Attempt(0));
    let mut inputs = vec![Input::Command(RequestId(1), command), Input::Start];
    // Long enough for the set-up and for what the driver asks afterwards.
    while now < Instant::from_secs(20) {
        let outputs = engine.step(inputs.pop(), now, WALL);
        for action in outputs.actions {
            match action {
                Action::Open(of, request) => {
                    attempt = of;
                    let opened = LinkReport::Opened { address: request.address, usb: None };
                    inputs.push(Input::Link(attempt, opened));
                }
                Action::Write(bytes) => modem.handle_bytes(&bytes, now),
                _ => {}
            }
        }
        modem.handle_timeout(now);
        while let Some(bytes) = modem.poll_transmit() {
            inputs.insert(0, Input::Bytes(attempt, bytes));
        }
        if inputs.is_empty() {
            now = now + std::time::Duration::from_millis(5);
        }
    }
    (Ready { engine, attempt, now }, modem)
}

fn latencies(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(20);
    group.bench_function("RING to event", |bencher| {
        bencher.iter_batched_ref(
            || {
                let folder = tempfile::tempdir().expect("a temporary folder");
                (ready(folder.path()), folder)
            },
            |(ready, _)| {
                let ring = Input::Bytes(ready.attempt, b"\r\nRING\r\n".to_vec());
                let outputs = ready.engine.step(Some(ring), ready.now, WALL);
                assert!(outputs.events.iter().any(|event| matches!(event, Event::Call(_))));
                black_box(outputs)
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("Call to bytes", |bencher| {
        bencher.iter_batched_ref(
            || {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let number = DialString::parse("+15550100").expect("a number");
                let dial = Dial::to(number);
                (ready(folder.path()), Command::Call(CallCommand::Dial(dial)), folder)
            },
            |(ready, dial, _)| {
                let command = Input::Command(RequestId(2), dial.clone());
                let outputs = ready.engine.step(Some(command), ready.now, WALL);
                let bytes = |action: &Action| {
                    matches!(action, Action::Write(bytes)
                    if bytes.starts_with(b"ATD"))
                };
                assert!(outputs.actions.iter().any(bytes));
                black_box(outputs)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// The same with the threads, a serial port and a pseudo-terminal in between.
#[cfg(unix)]
mod over_a_port {
    use super::*;
    use deskphone::clock::{Clock, SystemClock};
    use deskphone::engine::{Config, EngineClient, EngineHandle, spawn};
    use deskphone::phone::LinkState;
    use serialport::{SerialPort, TTYPort};
    use std::io::{Read, Write};
    use std::time::Duration;

    /// Quiet for this long: the driver has asked all it wanted to.
    const QUIET: Duration = Duration::from_millis(400);

    /// An engine on its threads, and the modem's end of its port.
    pub struct Ringing {
        engine: EngineHandle,
        master: TTYPort,
        _slave: TTYPort,
        _folder: tempfile::TempDir,
    }

    pub fn ready() -> Ringing {
        let (mut master, slave) = TTYPort::pair().expect("a pseudo-terminal");
        master.set_timeout(Duration::from_millis(1)).expect("a time-out");
        let port = slave.name().expect("a name").parse().expect("an address");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config::for_command(folder.path().to_owned(), Some(port));
        let mut engine = spawn(config, || {});
        let options =
            SimulatorOptions { persona: "generic".to_owned(), seed: 1, wall_time_at_zero: WALL };
        let mut modem = SimulatedModem::new(options).expect("a persona that exists");
        let clock = SystemClock::new();
        let (mut connected, mut busy_at) = (false, clock.now());
        let mut buffer = [0; 1024];
        while !connected || clock.now().since(busy_at) < QUIET {
            if let Ok(count) = master.read(&mut buffer) {
                busy_at = clock.now();
                modem.handle_bytes(&buffer[..count], busy_at);
            }
            modem.handle_timeout(clock.now());
            while let Some(bytes) = modem.poll_transmit() {
                master.write_all(&bytes).expect("room in the port");
            }
            while let Some(event) = engine.try_event() {
                connected |= matches!(event, Event::Link(LinkState::Ready(_)));
            }
        }
        Ringing { engine, master, _slave: slave, _folder: folder }
    }

    pub fn ring_to_event(ready: &mut Ringing) -> Duration {
        let started = std::time::Instant::now();
        ready.master.write_all(b"\r\nRING\r\n").expect("room in the port");
        let second = Duration::from_secs(1);
        while !matches!(ready.engine.next_event(second), Some(Event::Call(_))) {}
        started.elapsed()
    }

    pub fn call_to_bytes(ready: &mut Ringing, dial: Command) -> Duration {
        let started = std::time::Instant::now();
        ready.engine.send(dial);
        let mut written = Vec::new();
        let mut buffer = [0; 256];
        while !written.ends_with(b"ATD+15550100;\r") {
            if let Ok(count) = ready.master.read(&mut buffer) {
                written.extend_from_slice(&buffer[..count]);
            }
        }
        started.elapsed()
    }
}

#[cfg(unix)]
fn latencies_over_a_port(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine over a pseudo-terminal");
    group.sample_size(10).warm_up_time(std::time::Duration::from_millis(1));
    group.bench_function("RING to event", |bencher| {
        bencher.iter_custom(|times| {
            (0..times).map(|_| over_a_port::ring_to_event(&mut over_a_port::ready())).sum()
        });
    });
    group.bench_function("Call to bytes", |bencher| {
        let number = DialString::parse("+15550100").expect("a number");
        let dial = Command::Call(CallCommand::Dial(Dial::to(number)));
        bencher.iter_custom(|times| {
            let once = |_| over_a_port::call_to_bytes(&mut over_a_port::ready(), dial.clone());
            (0..times).map(once).sum()
        });
    });
    group.finish();
}

#[cfg(not(unix))]
fn latencies_over_a_port(_criterion: &mut Criterion) {}

/// A hundred texts through an engine with its database on disk and the simulated modem. The modem's
/// and the network's time is virtual; what the engine itself computes and writes is measured.
mod hundred_texts {
    use super::*;
    use std::time::Duration;

    const TEXTS: usize = 100;
    /// The most that the engine may add to the modem's own time.
    const LIMIT_PERCENT: f64 = 2.0;

    /// The two clocks.
    #[derive(Default)]
    struct Times {
        /// Virtual time in which the modem had a text.
        modem: Duration,
        /// Virtual time in which it had none.
        waited: Duration,
        /// Time the engine's steps took.
        steps: Duration,
    }

    /// Engine and modem: from `AT+CMGS` to its final result the modem is at work.
    struct Run {
        ready: Ready,
        modem: SimulatedModem,
        times: Times,
        /// Since when a text is with the modem, and since when none is.
        begun: Option<Instant>,
        idle_since: Instant,
    }

    impl Run {
        fn step(&mut self, input: Option<Input>) {
            let started = std::time::Instant::now();
            let outputs = self.ready.engine.step(input, self.ready.now, WALL);
            self.times.steps += started.elapsed();
            for action in outputs.actions {
                let Action::Write(bytes) = action else { continue };
                if bytes.starts_with(b"AT+CMGS=") {
                    self.times.waited += self.ready.now.since(self.idle_since);
                    self.begun = Some(self.ready.now);
                }
                self.modem.handle_bytes(&bytes, self.ready.now);
            }
        }

        fn hear(&mut self, bytes: Vec<u8>) {
            let ends = String::from_utf8_lossy(&bytes).contains("OK\r\n");
            if ends && let Some(begun) = self.begun.take_if(|_| ends) {
                self.times.modem += self.ready.now.since(begun);
                self.idle_since = self.ready.now;
            }
            self.step(Some(Input::Bytes(self.ready.attempt, bytes)));
        }

        /// Until the network has all texts.
        fn run(&mut self) {
            while self.modem.network().texts_accepted().len() < TEXTS || self.begun.is_some() {
                while let Some(bytes) = self.modem.poll_transmit() {
                    self.hear(bytes);
                }
                let engine = self.ready.engine.poll_timeout();
                let next = [engine, self.modem.poll_timeout()].into_iter().flatten().min();
                self.ready.now = self.ready.now.max(next.expect("a text on its way"));
                self.modem.handle_timeout(self.ready.now);
                if engine.is_some_and(|due| due <= self.ready.now) {
                    self.step(None);
                }
            }
        }
    }

    fn send(options: SendOptions) -> f64 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (ready, modem) = super::ready_with_modem(folder.path());
        let idle_since = ready.now;
        let mut run = Run { ready, modem, times: Times::default(), begun: None, idle_since };
        let to = DialString::parse("+15550100").expect("a number");
        let texts = (0..TEXTS).map(|n| (to.clone(), format!("Text {n} of a hundred"))).collect();
        let batch = NewBatch { name: "bench".to_owned(), texts, options };
        let command = Command::Message(MessageCommand::SubmitBatch(batch));
        run.step(Some(Input::Command(RequestId(2), command)));
        run.run();
        let Times { modem, waited, steps } = run.times;
        let percent = 100.0 * (waited + steps).as_secs_f64() / modem.as_secs_f64();
        println!(
            "engine/{TEXTS} texts: modem {modem:.2?}, between texts {waited:.2?}, engine's steps \
             {steps:.2?}: {percent:.2} % longer than the modem itself"
        );
        percent
    }

    pub fn bench(_criterion: &mut Criterion) {
        // Other programs only make it slower: the best of three says what the engine needs.
        let runs = (0..3).map(|_| send(SendOptions::default()));
        let percent = runs.fold(f64::INFINITY, f64::min);
        assert!(percent <= LIMIT_PERCENT, "{percent:.2} % is more than {LIMIT_PERCENT} %");
        // For comparison: the modem is also busy with the reports.
        send(SendOptions { status_report: true, ..SendOptions::default() });
    }
}

criterion_group!(benches, hundred_texts::bench, latencies, latencies_over_a_port);
criterion_main!(benches);
