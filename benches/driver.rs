//! What the driver costs: a line of the modem parsed and taken, with its allocations; and the way
//! from Hang up to its bytes while other commands wait.

mod counting;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use deskphone::clock::Instant;
use deskphone::modem::{Modem, ModemCommand, ModemEvent, Options};
use deskphone::number::DialString;
use deskphone::phone::{CallId, Dial, RequestId, UssdCommand};

/// A driver, the moment, and the answers of a modem that says `OK` to everything.
struct Ready {
    modem: Modem,
    now: Instant,
    /// `+CLCC`, as it stands now.
    list: &'static str,
    requests: u64,
}

const ACTIVE: &str = "\r\n+CLCC: 1,0,0,0,0,\"+15550100\",145\r\n";

impl Ready {
    /// Set up, and nothing outstanding.
    fn new() -> Self {
        let modem = Modem::new(Options { profile: String::new(), delete_received: true });
        let mut ready = Ready { modem, now: Instant::ZERO, list: "", requests: 0 };
        ready.modem.handle_link_up(ready.now);
        ready.run(Duration::from_secs(20));
        assert!(ready.modem.ready());
        ready
    }

    /// The same with a call that is answered.
    fn in_a_call() -> Self {
        let mut ready = Ready::new();
        ready.list = ACTIVE;
        let number = DialString::parse("+15550100").expect("a number");
        ready.command(ModemCommand::Dial(Dial::to(number)));
        ready.run(Duration::from_secs(3));
        assert_eq!(ready.modem.calls().len(), 1);
        ready
    }

    fn command(&mut self, command: ModemCommand) {
        self.requests += 1;
        self.modem.handle_command(RequestId(self.requests), command, self.now);
    }

    /// Lets time pass; every command line is answered at once.
    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            while let Some(transmit) = self.modem.poll_transmit() {
                let line = String::from_utf8_lossy(&transmit.bytes).into_owned();
                let information = match line.trim() {
                    "AT+CLCC" => self.list,
                    "AT+CMEE?" => "\r\n+CMEE: 2\r\n",
                    "AT+CPIN?" => "\r\n+CPIN: READY\r\n",
                    "AT+CREG?" => "\r\n+CREG: 2,1\r\n",
                    _ => "",
                };
                let answer = format!("{information}\r\nOK\r\n");
                self.modem.handle_bytes(answer.as_bytes(), self.now);
            }
            while self.modem.poll_event().is_some() {}
            let Some(due) = self.modem.poll_timeout().filter(|due| *due <= end) else { break };
            self.now = self.now.max(due);
            self.modem.handle_timeout(self.now);
        }
        self.now = end;
    }

    fn drain(&mut self) -> usize {
        let events = std::iter::from_fn(|| self.modem.poll_event()).count();
        events + std::iter::from_fn(|| self.modem.poll_transmit()).count()
    }
}

/// Unsolicited lines that carry no text, and that change nothing when they come again. The last of
/// each kind is what the state stays at.
const WITHOUT_TEXT: [&str; 9] = [
    "\r\n^RSSI:17\r\n",
    "\r\n+CREG: 1,\"2F1B\",\"0A3C5D1E\",2\r\n",
    "\r\n+CEREG: 1\r\n",
    "\r\n^HCSQ:\"LTE\",45,41,146,22\r\n",
    "\r\n^MODE:5,4\r\n",
    "\r\n+ZPASR: \"UMTS\"\r\n",
    "\r\n+CGEV: NW DETACH\r\n",
    "\r\n+CIEV: 2,4\r\n",
    "\r\n+CIEV: \"signal\",3\r\n",
];

/// The bound for one line. It takes less than a microsecond; the rest is for other programs that
/// run beside.
const LINE_LIMIT: Duration = Duration::from_micros(3);

/// So often is each line taken for one figure, the best of so many.
const TIMES: u32 = 1000;
const BATCHES: u32 = 50;

fn lines(criterion: &mut Criterion) {
    let mut ready = Ready::new();
    let mut good = true;
    for line in WITHOUT_TEXT {
        // Twice for what is learned once.
        for _ in 0..2 {
            ready.modem.handle_bytes(line.as_bytes(), ready.now);
        }
        ready.run(Duration::from_secs(1));
        let before = counting::allocations();
        // Other programs only make it slower: the best batch says what the driver needs.
        let batch = |_| {
            let started = std::time::Instant::now();
            for _ in 0..TIMES {
                ready.modem.handle_bytes(black_box(line.as_bytes()), ready.now);
            }
            started.elapsed()
        };
        let each = (0..BATCHES).map(batch).min().unwrap_or_default() / TIMES;
        let allocations = counting::allocations() - before;
        let told = ready.drain();
        println!("driver/{:38} {each:?}, {allocations} allocations, {told} told", line.trim());
        good &= allocations == 0 && each < LINE_LIMIT;
    }
    assert!(good, "no allocation, and at most {LINE_LIMIT:?} a line");
    let mut ringing = Ready::new();
    let ring = |ready: &mut Ready| {
        ready.modem.handle_bytes(black_box(b"\r\nRING\r\n"), ready.now);
        ready.drain()
    };
    ring(&mut ringing);
    criterion.bench_function("driver/RING again", |bencher| bencher.iter(|| ring(&mut ringing)));
    let all = WITHOUT_TEXT.concat();
    criterion.bench_function("driver/nine lines without text", |bencher| {
        bencher.iter(|| ready.modem.handle_bytes(black_box(all.as_bytes()), ready.now));
    });
    criterion.bench_function("driver/first RING to event", |bencher| {
        bencher.iter_batched_ref(
            Ready::new,
            |ready| {
                ready.modem.handle_bytes(black_box(b"\r\nRING\r\n"), ready.now);
                let event = ready.modem.poll_event();
                assert!(matches!(event, Some(ModemEvent::Call(_))));
            },
            BatchSize::LargeInput,
        );
    });
}

/// In a call, this command line is running and ten wait behind it.
fn busy(line: &str) -> Ready {
    let mut ready = Ready::in_a_call();
    ready.command(ModemCommand::Console(line.to_owned()));
    let wanted = format!("{line}\r");
    loop {
        let sent = ready.modem.poll_transmit().expect("the command, or what goes before it");
        if sent.bytes == wanted.as_bytes() {
            break;
        }
        let answer = format!("{}\r\nOK\r\n", ready.list);
        ready.modem.handle_bytes(answer.as_bytes(), ready.now);
    }
    for number in 0..10 {
        ready.command(match number % 3 {
            0 => ModemCommand::Refresh,
            1 => ModemCommand::Ussd(UssdCommand::Send("*100#".to_owned())),
            _ => ModemCommand::Console("AT+CSQ".to_owned()),
        });
    }
    ready.drain();
    ready
}

fn hang_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("driver/Hang up to bytes, ten waiting");
    group.bench_function("behind a short command", |bencher| {
        bencher.iter_batched_ref(
            || busy("ATI"),
            |ready| {
                ready.command(ModemCommand::Release(CallId(1)));
                // The answer of the short command; the hang-up is the next thing that leaves.
                ready.modem.handle_bytes(b"\r\nOK\r\n", ready.now);
                let sent = ready.modem.poll_transmit().expect("the hang-up");
                assert_eq!(sent.bytes, b"AT+CHUP\r");
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, lines, hang_up);
criterion_main!(benches);
