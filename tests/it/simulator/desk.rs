//! A desk with a simulated modem on it, and the small language of its dialogues.

use deskphone::clock::{Instant, WallTime};
use deskphone::simulator::network::ReleasedBy;
use deskphone::simulator::script::Script;
use deskphone::simulator::{NetworkAction, SimulatedModem, SimulatorOptions};
use std::collections::VecDeque;
use std::time::Duration;

/// Seed 1, 22 November 2026, 19:00 in a zone one hour ahead of UTC.
pub fn options(persona: &str) -> SimulatorOptions {
    SimulatorOptions {
        persona: persona.to_owned(),
        seed: 1,
        wall_time_at_zero: WallTime::from_unix_seconds(1_795_370_400, 4),
    }
}

/// A modem, the time, and what it has printed.
pub struct Desk {
    pub modem: SimulatedModem,
    pub now: Instant,
    partial: String,
    pub lines: VecDeque<String>,
}

impl Desk {
    pub fn new(persona: &str) -> Desk {
        let modem = SimulatedModem::new(options(persona)).unwrap();
        let mut desk =
            Desk { modem, now: Instant::ZERO, partial: String::new(), lines: VecDeque::new() };
        desk.type_line("ATE0");
        desk.wait(Duration::from_millis(500));
        desk.lines.clear();
        desk
    }

    pub fn type_line(&mut self, text: &str) {
        self.type_bytes(format!("{text}\r").as_bytes());
    }

    pub fn type_bytes(&mut self, bytes: &[u8]) {
        self.modem.handle_bytes(bytes, self.now);
        self.read();
    }

    pub fn act(&mut self, action: NetworkAction) {
        self.modem.handle_action(action, self.now);
        self.read();
    }

    pub fn read(&mut self) {
        while let Some(bytes) = self.modem.poll_transmit() {
            for byte in bytes {
                match byte {
                    b'\r' | b'\n' if self.partial.is_empty() => {}
                    b'\r' | b'\n' => self.lines.push_back(std::mem::take(&mut self.partial)),
                    byte => self.partial.push(char::from(byte)),
                }
            }
        }
        if self.partial.trim_end() == ">" {
            self.partial.clear();
            self.lines.push_back(">".to_owned());
        }
        if let Some(at) = self.modem.poll_timeout() {
            assert!(at > self.now, "a deadline that is not in the future: {at:?}");
        }
    }

    pub fn step(&mut self, until: Instant) -> bool {
        match self.modem.poll_timeout().filter(|at| *at <= until) {
            Some(at) => {
                self.now = at;
                self.modem.handle_timeout(at);
                self.read();
                true
            }
            None => {
                self.now = until;
                false
            }
        }
    }

    pub fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        while self.step(until) {}
    }

    /// The next line; waits for it up to 40 seconds.
    pub fn next_line(&mut self) -> Option<String> {
        let until = self.now + Duration::from_secs(40);
        while self.lines.is_empty() && self.step(until) {}
        self.lines.pop_front()
    }

    /// Types a command line and collects everything up to its result.
    pub fn ask(&mut self, command: &str) -> Vec<String> {
        self.type_line(command);
        let mut answer = Vec::new();
        while let Some(line) = self.next_line() {
            let last = ["OK", "ERROR", "NO CARRIER", "BUSY", "NO ANSWER", ">"];
            let ends = last.contains(&line.as_str())
                || line.starts_with("+CME ERROR")
                || line.starts_with("+CMS ERROR");
            answer.push(line);
            if ends {
                break;
            }
        }
        answer
    }

    /// Runs a dialogue: `> typed`, `>> raw` (`^Z`, `^[`), `< expected`, `<~ part of it`,
    /// `wait seconds`, `net script action`. Lines that nobody expected fail it.
    pub fn run(&mut self, dialogue: &str) {
        for (number, line) in dialogue.lines().enumerate() {
            let line = line.trim();
            let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
            if !mark.starts_with('<') {
                let unread = std::mem::take(&mut self.lines);
                assert!(unread.is_empty(), "before line {number} “{line}”: {unread:?}");
            }
            match mark {
                "" | "#" => {}
                ">" => self.type_line(rest),
                ">>" => {
                    let raw = rest.replace("^Z", "\x1a").replace("^[", "\x1b");
                    self.type_bytes(raw.as_bytes());
                }
                "<" => {
                    let got = self.next_line();
                    assert_eq!(got.as_deref(), Some(rest), "line {number} at {:?}", self.now);
                }
                "<~" => {
                    let got = self.next_line().unwrap_or_default();
                    assert!(got.contains(rest), "line {number} at {:?}: {got}", self.now);
                }
                "wait" => self.wait(Duration::from_secs_f64(rest.parse().unwrap())),
                "net" => {
                    let mut script = Script::parse(&format!("0 {rest}")).unwrap();
                    let action = script.due(Instant::ZERO).unwrap();
                    self.act(action);
                }
                _ => panic!("what is “{line}”?"),
            }
        }
        let unread = std::mem::take(&mut self.lines);
        assert!(unread.is_empty(), "at the end: {unread:?}");
    }

    pub fn last_cause(&self) -> (u8, ReleasedBy) {
        let entry = self.modem.network().call_log().back().unwrap();
        (entry.cause, entry.released_by)
    }
}

/// A dialogue with a fresh modem.
pub fn check(persona: &str, dialogue: &str) -> Desk {
    let mut desk = Desk::new(persona);
    desk.run(dialogue);
    desk
}
