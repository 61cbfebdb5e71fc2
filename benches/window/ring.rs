//! `RING` on the wire until its card is on the screen: the whole program, a pseudo-terminal, and a
//! virtual screen that is looked at all the time.

use deskphone::clock::{Clock, Instant as ModemTime, SystemClock, WallTime};
use deskphone::simulator::{NetworkAction, SimulatedModem, SimulatorOptions};
use serialport::{SerialPort, TTYPort};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

const CALLS: usize = 15;

/// The program is given so long to connect and to ask all it wants to know.
const START: Duration = Duration::from_secs(8);

/// Nothing is written and nothing painted for so long: the window rests.
const QUIET: Duration = Duration::from_secs(1);

const WALL: WallTime = WallTime::from_unix_seconds(1_790_000_000, 0);

/// Prints the figures.
pub fn run(display: &str, data: &Path) {
    let (mut port, slave) = TTYPort::pair().expect("a pseudo-terminal");
    port.set_timeout(Duration::from_millis(1)).expect("a time-out");
    let options =
        SimulatorOptions { persona: "generic".to_owned(), seed: 1, wall_time_at_zero: WALL };
    let modem = SimulatedModem::new(options).expect("a persona that exists");
    let mut bench = Bench { port, modem, clock: SystemClock::new(), screen: Screen::new(display) };
    let _window = super::start(display, data, &slave.name().expect("a name"));
    bench.serve(START);

    let mut times: Vec<Duration> = (0..CALLS).map(|_| bench.one_call()).collect();
    times.sort();
    println!(
        "window/RING to its card on the screen: median {:?}, slowest {:?} of {CALLS}",
        times[CALLS / 2],
        times[CALLS - 1]
    );
}

struct Bench {
    port: TTYPort,
    modem: SimulatedModem,
    clock: SystemClock,
    screen: Screen,
}

impl Bench {
    fn one_call(&mut self) -> Duration {
        self.rest();
        let now = self.clock.now();
        let before = self.screen.image();
        self.modem
            .handle_action(NetworkAction::IncomingCall { from: Some("+15550106".into()) }, now);
        let rang = self.until_ring();
        while self.screen.image() == before {
            assert!(rang.elapsed() < Duration::from_secs(5), "no card appeared");
        }
        let took = rang.elapsed();
        self.serve(QUIET);
        self.modem.handle_action(NetworkAction::RemoteReleases(None), self.clock.now());
        took
    }

    /// Serves the modem until `RING` is written.
    fn until_ring(&mut self) -> Instant {
        loop {
            self.modem.handle_timeout(self.clock.now());
            while let Some(bytes) = self.modem.poll_transmit() {
                let ring = bytes.windows(4).any(|word| word == b"RING");
                let started = Instant::now();
                self.port.write_all(&bytes).expect("room in the port");
                if ring {
                    return started;
                }
            }
        }
    }

    /// Serves the modem for so long.
    fn serve(&mut self, time: Duration) {
        let until = self.clock.now() + time;
        while self.clock.now() < until {
            self.exchange();
        }
    }

    /// True if the program has said something.
    fn exchange(&mut self) -> bool {
        let mut buffer = [0; 1024];
        let read = self.port.read(&mut buffer);
        if let Ok(count) = read {
            self.modem.handle_bytes(&buffer[..count], self.clock.now());
        }
        self.modem.handle_timeout(self.clock.now());
        while let Some(bytes) = self.modem.poll_transmit() {
            self.port.write_all(&bytes).expect("room in the port");
        }
        read.is_ok()
    }

    /// Serves the modem until nothing is said and nothing changes on the screen for a while.
    fn rest(&mut self) {
        let (mut last, mut image): (ModemTime, _) = (self.clock.now(), self.screen.image());
        while self.clock.now().since(last) < QUIET {
            if self.exchange() {
                last = self.clock.now();
            }
            let seen = self.screen.image();
            if seen != image {
                (image, last) = (seen, self.clock.now());
            }
        }
    }
}

/// A part of the screen, as the server has it.
struct Screen {
    connection: RustConnection,
    root: u32,
}

impl Screen {
    fn new(display: &str) -> Self {
        let (connection, number) = x11rb::connect(Some(display)).expect("the screen");
        let root = connection.setup().roots[number].root;
        Screen { connection, root }
    }

    /// A column of pixels and a row of them: what appears in the window crosses one of the two.
    fn image(&self) -> Vec<u8> {
        let part = |x, y, width, height| {
            let format = ImageFormat::Z_PIXMAP;
            let cookie =
                self.connection.get_image(format, self.root, x, y, width, height, u32::MAX);
            cookie.expect("a connection").reply().expect("an image").data
        };
        [part(200, 0, 1, 900), part(0, 200, 1280, 1)].concat()
    }
}
