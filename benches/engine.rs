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

criterion_group!(benches, latencies);
criterion_main!(benches);
