//! How long the engine takes from what happens to what follows: `RING` to the event, the click on
//! Call to the bytes. With a database on disk, as in the real program.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use deskphone::clock::{Instant, WallTime};
use deskphone::engine::input::{Action, Attempt, Input};
use deskphone::engine::{Engine, Options};
use deskphone::link::LinkReport;
use deskphone::number::DialString;
use deskphone::phone::{CallCommand, Command, Dial, Event, LinkAddress, LinkCommand, RequestId};
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
                Action::Close | Action::Job(_) => {}
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
    Ready { engine, attempt, now }
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
                let dial = Dial { number, hide_own_number: false };
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
        let dial = Command::Call(CallCommand::Dial(Dial { number, hide_own_number: false }));
        bencher.iter_custom(|times| {
            let once = |_| over_a_port::call_to_bytes(&mut over_a_port::ready(), dial.clone());
            (0..times).map(once).sum()
        });
    });
    group.finish();
}

#[cfg(not(unix))]
fn latencies_over_a_port(_criterion: &mut Criterion) {}

criterion_group!(benches, latencies, latencies_over_a_port);
criterion_main!(benches);
