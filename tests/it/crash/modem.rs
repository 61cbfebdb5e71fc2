//! The simulated modem of the crash test: it lives in the test, is reached over TCP, goes on
//! when the program is killed, and kills it itself when its trap sees the right octets.

use deskphone::clock::{Instant, WallTime};
use deskphone::simulator::{SimulatedModem, SimulatorOptions};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant as Moment};

/// The modem's clock runs so much faster than the wall's, so that hundreds of lives fit a test.
const SPEED: u32 = 20;
/// The modem's deadlines are looked at so often at least.
const PATIENCE: Duration = Duration::from_millis(50);
/// Lines of the history that a failure shows.
const HISTORY: usize = 60_000;

/// The program under test; killed by whoever is first.
pub type Victim = Arc<Mutex<Child>>;

/// Whose octets a trap watches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// What the program writes.
    Program,
    /// What the modem writes.
    Modem,
}

/// When to kill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trap {
    /// So long after the start.
    After(Duration),
    /// When `word` is seen for the `nth` time.
    Seen {
        side: Side,
        word: &'static str,
        nth: u32,
        /// The octets never arrive: they were still on their way.
        lost: bool,
        /// Killed so long after the octets went on.
        after: Duration,
    },
}

/// How it looks on the wire.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// The program of now has had a result code: it does not wait for a first sign of life.
    pub answered: bool,
    /// When the last octet went either way.
    pub last: Moment,
}

/// What is asked of the simulated modem on its own thread.
type Question = Box<dyn FnOnce(&mut SimulatedModem, Instant) + Send>;

/// What the modem's thread is told.
enum Told {
    Joined(u64, TcpStream),
    Bytes(u64, Vec<u8>),
    Left(u64),
    Armed(Trap, Victim),
    Asked(Question),
    Over,
}

/// The modem and its port; ended when dropped.
pub struct Modem {
    tell: SyncSender<Told>,
    address: SocketAddr,
    wire: Arc<Mutex<Wire>>,
    history: Arc<Mutex<Vec<String>>>,
}

impl Modem {
    pub fn start(persona: &str, seed: u64) -> Modem {
        let options = SimulatorOptions {
            persona: persona.to_owned(),
            seed,
            wall_time_at_zero: WallTime::from_unix_seconds(1_790_000_000, 4),
        };
        let modem = SimulatedModem::new(options).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, told) = sync_channel(1024);
        let history = Arc::new(Mutex::new(Vec::new()));
        let wire = Arc::new(Mutex::new(Wire { answered: false, last: Moment::now() }));
        let mut desk = Desk {
            modem,
            start: Moment::now(),
            client: None,
            trap: None,
            victim: None,
            kill_at: None,
            streams: [Vec::new(), Vec::new()],
            wire: Arc::clone(&wire),
            history: Arc::clone(&history),
        };
        thread::spawn(move || desk.run(&told));
        let doorman = tell.clone();
        thread::spawn(move || {
            for (id, stream) in (1..).zip(listener.incoming().flatten()) {
                if !welcome(id, stream, &doorman) {
                    return;
                }
            }
        });
        Modem { tell, address, wire, history }
    }

    /// As `--port` takes it.
    pub fn port(&self) -> String {
        format!("tcp://{}", self.address)
    }

    /// Kills the program at this trap; the one before is forgotten.
    pub fn arm(&self, trap: Trap, victim: &Victim) {
        self.tell.send(Told::Armed(trap, Arc::clone(victim))).unwrap();
    }

    /// Does something with the modem, or looks at it.
    pub fn ask<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut SimulatedModem, Instant) -> T + Send + 'static,
    ) -> T {
        let (answer, answered) = sync_channel(1);
        let act = move |modem: &mut SimulatedModem, now| answer.send(act(modem, now)).unwrap();
        self.tell.send(Told::Asked(Box::new(act))).unwrap();
        answered.recv().expect("the modem's thread is alive")
    }

    pub fn wire(&self) -> Wire {
        *self.wire.lock().unwrap()
    }

    pub fn note(&self, line: String) {
        note(&self.history, line);
    }

    /// What happened, the last lines of it.
    pub fn history(&self, last: usize) -> String {
        let history = self.history.lock().unwrap();
        history[history.len().saturating_sub(last)..].join("\n")
    }
}

impl Drop for Modem {
    fn drop(&mut self) {
        let _ = self.tell.send(Told::Over);
        // Wakes the doorman, who then sees that nobody listens.
        let _ = TcpStream::connect(self.address);
    }
}

fn note(history: &Mutex<Vec<String>>, line: String) {
    let mut history = history.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if history.len() >= HISTORY {
        history.drain(..HISTORY / 2);
    }
    history.push(line);
}

/// Lets a client in and reads what it writes; false when the modem is gone.
fn welcome(id: u64, stream: TcpStream, tell: &SyncSender<Told>) -> bool {
    let _ = stream.set_nodelay(true);
    let Ok(mut reader) = stream.try_clone() else { return true };
    if tell.send(Told::Joined(id, stream)).is_err() {
        return false;
    }
    let tell = tell.clone();
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if tell.send(Told::Bytes(id, buffer[..count].to_vec())).is_err() {
                return;
            }
        }
        let _ = tell.send(Told::Left(id));
    });
    true
}

/// What the modem's thread owns.
struct Desk {
    modem: SimulatedModem,
    start: Moment,
    client: Option<(u64, TcpStream)>,
    trap: Option<Trap>,
    victim: Option<Victim>,
    kill_at: Option<Moment>,
    /// The tail of what each side wrote, to find words across reads.
    streams: [Vec<u8>; 2],
    wire: Arc<Mutex<Wire>>,
    history: Arc<Mutex<Vec<String>>>,
}

impl Desk {
    fn now(&self) -> Instant {
        Instant::from_elapsed(self.start.elapsed() * SPEED)
    }

    fn run(&mut self, told: &Receiver<Told>) {
        loop {
            let now = self.now();
            self.modem.handle_timeout(now);
            while let Some(bytes) = self.modem.poll_transmit() {
                self.transmit(&bytes);
            }
            let due = self.modem.poll_timeout().map(|due| due.since(self.now()) / SPEED);
            let kill = self.kill_at.map(|at| at.saturating_duration_since(Moment::now()));
            let patience = [due, kill, Some(PATIENCE)].into_iter().flatten().min().unwrap();
            match told.recv_timeout(patience) {
                Ok(Told::Over) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(told) => self.take(told),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.kill_at.is_some_and(|at| at <= Moment::now()) {
                self.kill();
            }
        }
        if let Some((_, stream)) = self.client.take() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Joined(id, stream) => {
                self.note(format!("client {id} opens the port"));
                self.client = Some((id, stream));
                self.streams = [Vec::new(), Vec::new()];
                self.seen(false);
            }
            Told::Bytes(id, bytes) => {
                // What a dead program wrote still arrives: its octets were in the cable.
                self.note(format!("{id} -> {}", shown(&bytes)));
                if self.watch(Side::Program, &bytes) {
                    self.note("   … lost on their way".to_owned());
                } else {
                    let now = self.now();
                    self.modem.handle_bytes(&bytes, now);
                }
            }
            Told::Left(id) => {
                self.note(format!("client {id} is gone"));
                self.client.take_if(|(client, _)| *client == id);
            }
            Told::Armed(trap, victim) => {
                self.note(format!("trap: {trap:?}"));
                self.kill_at = match trap {
                    Trap::After(after) => Some(Moment::now() + after),
                    Trap::Seen { .. } => None,
                };
                (self.trap, self.victim) = (Some(trap), Some(victim));
            }
            Told::Asked(act) => {
                let now = self.now();
                act(&mut self.modem, now);
            }
            Told::Over => {}
        }
    }

    /// What nobody reads is lost, as behind a serial port.
    fn transmit(&mut self, bytes: &[u8]) {
        self.note(format!("<- {}", shown(bytes)));
        let result = [b"OK\r".as_slice(), b"ERROR"];
        let answer = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        self.seen(self.wire.lock().unwrap().answered || result.into_iter().any(answer));
        let lost = self.watch(Side::Modem, bytes);
        if !lost && let Some((_, stream)) = &mut self.client {
            // A dead program's connection is broken.
            let _ = stream.write_all(bytes);
        }
    }

    /// Looks for the trap's word; true if these octets shall not arrive.
    fn watch(&mut self, side: Side, bytes: &[u8]) -> bool {
        let Some(Trap::Seen { side: watched, word, nth, lost, after }) = &mut self.trap else {
            return false;
        };
        if *watched != side {
            return false;
        }
        let stream = &mut self.streams[side as usize];
        stream.extend_from_slice(bytes);
        while let Some(at) = stream.windows(word.len()).position(|w| w == word.as_bytes()) {
            stream.drain(..at + word.len());
            *nth = nth.saturating_sub(1);
        }
        let tail = stream.len().saturating_sub(word.len() - 1);
        stream.drain(..tail);
        if *nth > 0 {
            return false;
        }
        let (lost, after) = (*lost, *after);
        self.trap = None;
        if lost {
            self.kill();
        } else {
            self.kill_at = Some(Moment::now() + after);
        }
        lost
    }

    fn seen(&self, answered: bool) {
        *self.wire.lock().unwrap() = Wire { answered, last: Moment::now() };
    }

    fn kill(&mut self) {
        (self.kill_at, self.trap) = (None, None);
        if let Some(victim) = self.victim.take() {
            self.note("-- killed --".to_owned());
            // On Unix this is SIGKILL. It may have ended by itself a moment before.
            let _ = victim.lock().unwrap_or_else(std::sync::PoisonError::into_inner).kill();
        }
    }

    fn note(&self, line: String) {
        note(&self.history, format!("{:>9.4} {line}", self.start.elapsed().as_secs_f64()));
    }
}

fn shown(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}
