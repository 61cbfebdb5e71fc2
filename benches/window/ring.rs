//! `RING` on the wire until its card is on the screen: the whole program, a pseudo-terminal, and a
//! virtual screen that is looked at all the time. And the same without a screen, which tells what
//! of it is ours: engine, threads and the frame, up to the triangles a graphics card would get.

use crossbeam_channel::{Receiver, bounded};
use deskphone::clock::{Clock, Instant as ModemTime, SystemClock, WallTime};
use deskphone::engine::{self, Config};
use deskphone::phone::LinkAddress;
use deskphone::simulator::{NetworkAction, SimulatedModem, SimulatorOptions};
use deskphone::ui::{App, fonts, theme};
use serialport::{SerialPort, TTYPort};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

const CALLS: usize = 15;

/// The window without a screen is as large as a new one.
const SIZE: egui::Vec2 = egui::Vec2::new(1100.0, 720.0);

/// The program is given so long to connect and to ask all it wants to know.
const START: Duration = Duration::from_secs(8);

/// Nothing is written and nothing painted for so long: the window rests.
const QUIET: Duration = Duration::from_secs(1);

const WALL: WallTime = WallTime::from_unix_seconds(1_790_000_000, 0);

/// Prints the figures.
pub fn run(display: &str, data: &Path) {
    let (modem, slave) = Modem::new();
    let mut bench = Bench { modem, screen: Screen::new(display) };
    let _window = super::start(display, data, &slave.name().expect("a name"));
    bench.modem.serve(START);
    let times = (0..CALLS).map(|_| bench.one_call()).collect();
    tell("window/RING to its card on the screen", times);
}

/// The same without a screen.
pub fn run_unseen(data: &Path) {
    let (mut modem, slave) = Modem::new();
    let port = LinkAddress::Serial(slave.name().expect("a name"));
    let config = Config { connect: Some(port), watch_ports: false, ..Config::new(data.into()) };
    let mut window = Unseen::new(config);
    let until = modem.clock.now() + START;
    while modem.clock.now() < until {
        modem.exchange();
        window.frame_if_woken();
    }
    let times = (0..CALLS).map(|_| one_unseen_call(&mut modem, &mut window)).collect();
    tell("window/RING to its card as triangles", times);
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    println!("{what}: median {:?}, slowest {:?} of {CALLS}", times[CALLS / 2], times[CALLS - 1]);
}

fn one_unseen_call(modem: &mut Modem, window: &mut Unseen) -> Duration {
    let rings = |window: &Unseen| window.app.model().phone.ringing_call().is_some();
    let rang = modem.ring();
    while !rings(window) {
        assert!(rang.elapsed() < Duration::from_secs(5), "no card appeared");
        window.frame_if_woken();
    }
    let took = rang.elapsed();
    modem.handle(NetworkAction::RemoteReleases(None));
    while rings(window) {
        modem.exchange();
        window.frame_if_woken();
    }
    took
}

/// The window without a screen, and what wakes it.
struct Unseen {
    ctx: egui::Context,
    app: App,
    woken: Receiver<()>,
    started: Instant,
}

impl Unseen {
    fn new(config: Config) -> Self {
        let (wake, woken) = bounded(1);
        // A window that is woken already need not be woken again.
        let engine = engine::spawn(config, move || {
            let _ = wake.try_send(());
        });
        let ctx = egui::Context::default();
        fonts::install_builtin(&ctx);
        theme::apply(&ctx);
        let clock = engine.clock();
        let app = App::new(Box::new(engine), Box::new(clock));
        Unseen { ctx, app, woken, started: Instant::now() }
    }

    /// Takes the news in and makes the triangles of one frame.
    fn frame_if_woken(&mut self) {
        if self.woken.try_recv().is_err() {
            return;
        }
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, SIZE)),
            time: Some(self.started.elapsed().as_secs_f64()),
            ..egui::RawInput::default()
        };
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        assert!(!meshes.is_empty(), "a frame without a picture");
    }
}

/// A simulated modem at the other end of a pseudo-terminal.
struct Modem {
    port: TTYPort,
    machine: SimulatedModem,
    clock: SystemClock,
}

impl Modem {
    /// The modem and the port that the program opens, which is kept open here.
    fn new() -> (Self, TTYPort) {
        let (mut port, slave) = TTYPort::pair().expect("a pseudo-terminal");
        port.set_timeout(Duration::from_millis(1)).expect("a time-out");
        let options =
            SimulatorOptions { persona: "generic".to_owned(), seed: 1, wall_time_at_zero: WALL };
        let machine = SimulatedModem::new(options).expect("a persona that exists");
        (Modem { port, machine, clock: SystemClock::new() }, slave)
    }

    fn handle(&mut self, action: NetworkAction) {
        self.machine.handle_action(action, self.clock.now());
    }

    /// A call comes in; returns when `RING` is written.
    fn ring(&mut self) -> Instant {
        self.handle(NetworkAction::IncomingCall { from: Some("+15550106".into()) });
        loop {
            self.machine.handle_timeout(self.clock.now());
            while let Some(bytes) = self.machine.poll_transmit() {
                let ring = bytes.windows(4).any(|word| word == b"RING");
                let started = Instant::now();
                self.port.write_all(&bytes).expect("room in the port");
                if ring {
                    return started;
                }
            }
        }
    }

    /// Serves the program for so long.
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
            self.machine.handle_bytes(&buffer[..count], self.clock.now());
        }
        self.machine.handle_timeout(self.clock.now());
        while let Some(bytes) = self.machine.poll_transmit() {
            self.port.write_all(&bytes).expect("room in the port");
        }
        read.is_ok()
    }
}

struct Bench {
    modem: Modem,
    screen: Screen,
}

impl Bench {
    fn one_call(&mut self) -> Duration {
        self.rest();
        let before = self.screen.image();
        let rang = self.modem.ring();
        while self.screen.image() == before {
            assert!(rang.elapsed() < Duration::from_secs(5), "no card appeared");
        }
        let took = rang.elapsed();
        self.modem.serve(QUIET);
        self.modem.handle(NetworkAction::RemoteReleases(None));
        took
    }

    /// Serves the modem until nothing is said and nothing changes on the screen for a while.
    fn rest(&mut self) {
        let modem = &mut self.modem;
        let (mut last, mut image): (ModemTime, _) = (modem.clock.now(), self.screen.image());
        while modem.clock.now().since(last) < QUIET {
            if modem.exchange() {
                last = modem.clock.now();
            }
            let seen = self.screen.image();
            if seen != image {
                (image, last) = (seen, modem.clock.now());
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
