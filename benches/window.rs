//! The real window on a virtual screen: start to first frame, work while idle, memory with 10,000
//! texts, `RING` on the wire to the card on the screen. Needs Linux, Xvfb and xdotool; says so and
//! stops without them. Before that, without a screen: a conversation of 100,000 texts, and `RING`
//! to the triangles of its card.

#[path = "window/long.rs"]
mod long;
#[cfg(target_os = "linux")]
#[path = "window/ring.rs"]
mod ring;

use deskphone::clock::WallTime;
use deskphone::sms::IncomingText;
use deskphone::store::Store;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const STARTS: usize = 9;
const TEXTS: i64 = 10_000;

fn main() {
    long::run();
    #[cfg(target_os = "linux")]
    ring::run_unseen(tempfile::tempdir().unwrap().path());
    let found = |tool: &str| {
        Command::new(tool).arg("-help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    if !cfg!(target_os = "linux") || !found("Xvfb") || !found("xdotool") {
        println!("window: skipped, needs Linux with Xvfb and xdotool");
        return;
    }
    let display = format!(":{}", 90 + std::process::id() % 400);
    let _screen = Running(
        Command::new("Xvfb")
            .args([&display, "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    until_answered(&display);
    let folder = tempfile::tempdir().unwrap();
    fill(&folder.path().join("deskphone.sqlite3"));

    let mut starts: Vec<Duration> = (0..STARTS)
        .map(|_| {
            let (_window, took) = open(&display, folder.path());
            took
        })
        .collect();
    let cold = starts[0];
    starts.sort();
    println!("window/start to first frame: median {:?}, first {cold:?}", starts[STARTS / 2]);

    let (running, _) = open(&display, folder.path());
    let window = running.0.id();
    wait(Duration::from_secs(8));
    let before = work(window);
    wait(Duration::from_secs(20));
    let after = work(window);
    println!(
        "window/idle for 20 s: {} ms of CPU, {} wake-ups of the window's thread",
        (after.0 - before.0) * 10,
        after.1 - before.1
    );
    println!("window/memory with {TEXTS} texts: {} MB (PSS)", memory_kb(window) / 1024);
    drop(running);
    #[cfg(target_os = "linux")]
    ring::run(&display, folder.path());
}

/// Waits for the screen. A program that comes before it ends at once.
fn until_answered(display: &str) {
    let begun = Instant::now();
    let answers = || {
        let mut ask = Command::new("xdotool");
        let asked = ask.arg("getmouselocation").env("DISPLAY", display);
        asked.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|end| end.success())
    };
    while !answers() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no screen");
    }
}

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A store with texts from 200 people.
fn fill(path: &Path) {
    let mut store = Store::open(path).unwrap();
    for number in 0..TEXTS {
        let text = IncomingText {
            from: format!("+4930{:07}", number % 200),
            sent_at: None,
            text: format!("Text number {number}, about as long as people write them"),
            ..IncomingText::default()
        };
        let time = WallTime::from_unix_seconds(1_790_000_000 + number, 0);
        store.receive_text(&number.to_be_bytes(), &text, None, time).unwrap();
    }
}

/// Starts the program; the time until its window is on the screen, which is after its first frame.
fn open(display: &str, data: &Path) -> (Running, Duration) {
    let started = Instant::now();
    let window = start(display, data, "demo");
    // `--sync` polls slowly; asking in a loop is finer.
    loop {
        let seen = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", "^Deskphone"])
            .env("DISPLAY", display)
            .stderr(Stdio::null())
            .output()
            .unwrap();
        if !seen.stdout.is_empty() {
            return (window, started.elapsed());
        }
        assert!(started.elapsed() < Duration::from_secs(20), "no window appeared");
    }
}

fn start(display: &str, data: &Path, port: &str) -> Running {
    let window = Command::new(env!("CARGO_BIN_EXE_deskphone"))
        .args(["--port", port, "--data-dir"])
        .arg(data)
        .env("DISPLAY", display)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Running(window.unwrap())
}

fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// Ticks of CPU (10 ms each) of the whole process, and how often its main thread woke up.
fn work(pid: u32) -> (u64, u64) {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    let status = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/status")).unwrap();
    (ticks, number_after(&status, "\nvoluntary_ctxt_switches:"))
}

fn memory_kb(pid: u32) -> u64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    number_after(&rollup, "\nPss:")
}

fn number_after(text: &str, name: &str) -> u64 {
    let rest = text.split(name).nth(1).unwrap_or_default();
    rest.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0)
}
