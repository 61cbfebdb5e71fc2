//! One life of the program in the crash test: what it is asked to do and when it dies, all from
//! the seed; and what it told before.

use super::modem::{Modem, Side, Trap, Victim};
use deskphone::simulator::{NetworkAction, Random};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A life that no trap ended is ended when nothing has happened for so long…
const BORED: Duration = Duration::from_millis(250);
/// … once the modem answers. (To one that was left in the middle of a text the program knocks for
/// a second.)
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How often that is looked at.
const TURN: Duration = Duration::from_millis(20);
/// Nothing in here takes longer, on a slow and busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A text that the program was asked to send.
#[derive(Clone, Debug)]
pub struct Given {
    pub words: String,
    pub numbers: Vec<String>,
    /// The numbers for which the program said `queued`.
    pub acknowledged: Vec<String>,
}

/// A text that somebody sends to the phone.
#[derive(Clone, Debug)]
pub struct Coming {
    pub words: String,
    pub from: String,
}

/// What is to happen in one life.
#[derive(Debug)]
pub struct Plan {
    pub given: Option<Given>,
    report: bool,
    pub coming: Vec<(Duration, Coming)>,
    trap: Trap,
}

/// How it went.
#[derive(Debug, Default)]
pub struct Life {
    pub killed: bool,
    pub told: Vec<Value>,
    pub stderr: String,
}

/// The windows that matter: between a command and its answer, between an announcement and the
/// reading, between commit and deletion; on both sides of each. How far the word is from what the
/// program does with it is a matter of microseconds, hence the delays.
const TRAPS: [(Side, &str); 15] = [
    (Side::Program, "AT+CMGS="),
    (Side::Modem, "> "),
    (Side::Program, "\u{1a}"),
    (Side::Program, "\u{1a}"),
    (Side::Modem, "+CMGS: "),
    (Side::Modem, "+CMGS: "),
    (Side::Modem, "+CDS: "),
    (Side::Modem, "+CMTI: "),
    (Side::Modem, "+CMTI: "),
    (Side::Program, "AT+CMGR="),
    (Side::Modem, "+CMGR: "),
    (Side::Modem, "+CMGR: "),
    (Side::Modem, "+CMGL: "),
    (Side::Program, "AT+CMGD="),
    (Side::Program, "AT+CMGD="),
];
/// How many of them have to do with sending.
const OF_SENDING: u64 = 7;

/// Texts to these are taken, and nothing comes back but reports.
const NUMBERS: [&str; 4] = ["+15550100", "+15550101", "+15550102", "+15550105"];
const SENDERS: [&str; 4] = ["+15550142", "+15550143", "+447700900123", "BANK"];

impl Plan {
    /// What happens in life `number`.
    pub fn new(random: &mut Random, number: usize) -> Plan {
        let sends = random.chance(600);
        let given = sends.then(|| {
            let first = random.below(4) as usize;
            let count = random.between((1, 3)) as usize;
            let numbers =
                (0..count).map(|n| NUMBERS[(first + n) % NUMBERS.len()].to_owned()).collect();
            Given { words: words('t', number, 0, random), numbers, acknowledged: Vec::new() }
        });
        let texts = random.between((0, if sends { 2 } else { 4 }));
        let coming = (0..texts)
            .map(|n| {
                let from = SENDERS[random.below(4) as usize].to_owned();
                let coming = Coming { words: words('r', number, n, random), from };
                (Duration::from_millis(random.below(400)), coming)
            })
            .collect();
        let trap = Plan::trap(random, sends);
        Plan { given, report: random.chance(300), coming, trap }
    }

    fn trap(random: &mut Random, sends: bool) -> Trap {
        if random.chance(250) {
            return Trap::After(Duration::from_micros(random.between((5_000, 700_000))));
        }
        let (side, word) = match sends && random.chance(700) {
            true => TRAPS[random.below(OF_SENDING) as usize],
            false => TRAPS[random.between((OF_SENDING, TRAPS.len() as u64 - 1)) as usize],
        };
        let after = match random.below(4) {
            0 => 0,
            1 => random.below(400),
            2 => random.below(4_000),
            _ => random.below(30_000),
        };
        let after = Duration::from_micros(after);
        let nth = if random.chance(500) { 1 } else { random.between((2, 3)) as u32 };
        Trap::Seen { side, word, nth, lost: random.chance(250), after }
    }
}

/// A text whose every piece tells where it belongs, of one to five segments, in one of three
/// alphabets. Its last segment is never shorter than 20 characters.
fn words(kind: char, life: usize, n: u64, random: &mut Random) -> String {
    let alphabet = random.below(3);
    let capacity = if alphabet == 0 { 153 } else { 67 };
    let segments = if random.chance(400) { 1 } else { random.between((2, 5)) as usize };
    let length = (segments - 1) * capacity + random.between((32, 60)) as usize;
    let special = ["", "ж", "😀"][alphabet as usize];
    let mut words = special.to_owned();
    for count in 0.. {
        let piece = format!("{kind}{life:03}{n}.{count:02} ");
        if words.encode_utf16().count() + piece.len() > length {
            break;
        }
        words += &piece;
    }
    words.trim_end().to_owned()
}

/// Lives the life.
pub fn live(plan: &mut Plan, data: &Path, modem: &Modem) -> Life {
    let port = modem.port();
    let mut arguments: Vec<&str> = Vec::new();
    match &plan.given {
        Some(given) => {
            arguments.push("text");
            arguments.extend(given.numbers.iter().map(String::as_str));
            arguments.extend(["--message", &given.words]);
            if plan.report {
                arguments.push("--report");
            }
        }
        None => arguments.push("listen"),
    }
    arguments.extend(["--json", "--port", &port]);
    let program = Program::start(data, &arguments);
    modem.arm(plan.trap.clone(), &program.child);
    let began = Instant::now();
    plan.coming.sort_by_key(|(after, _)| *after);
    let mut coming = plan.coming.iter().peekable();
    let mut life = Life::default();
    loop {
        while let Some((_, text)) = coming.next_if(|(after, _)| *after <= began.elapsed()) {
            send(text, modem);
        }
        match program.lines.recv_timeout(TURN) {
            Ok(line) => life.take(&line, &mut plan.given),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                let wire = modem.wire();
                let bored = coming.peek().is_none() && wire.last.elapsed() >= BORED;
                if (wire.answered && bored) || began.elapsed() >= LONGEST_WAIT {
                    modem.note("-- killed for boredom --".to_owned());
                    let _ = program.child.lock().unwrap().kill();
                }
            }
        }
    }
    // What was to come, comes: the network knows nothing of the program's death.
    coming.for_each(|(_, text)| send(text, modem));
    let status = program.child.lock().unwrap().wait().unwrap();
    life.killed = status.code().is_none();
    life.stderr = program.stderr.join().unwrap();
    life
}

fn send(text: &Coming, modem: &Modem) {
    modem.note(format!("network: text from {} {:?}", text.from, text.words));
    let action = NetworkAction::IncomingText { from: text.from.clone(), text: text.words.clone() };
    modem.ask(move |modem, now| modem.handle_action(action, now));
}

impl Life {
    fn take(&mut self, line: &str, given: &mut Option<Given>) {
        // A killed program's last line may be cut.
        let Ok(line) = serde_json::from_str::<Value>(line) else { return };
        if let Some(given) = given
            && line["state"] == "queued"
            && line["text"] == given.words.as_str()
        {
            let number = line["number"].as_str().unwrap_or_default().to_owned();
            given.acknowledged.push(number);
        }
        self.told.push(line);
    }
}

/// A running program.
pub struct Program {
    pub child: Victim,
    pub lines: Receiver<String>,
    pub stderr: thread::JoinHandle<String>,
}

impl Program {
    pub fn start(data: &Path, arguments: &[&str]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_deskphone"))
            .args(arguments)
            .arg("--data-dir")
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut stderr = child.stderr.take().unwrap();
        let (tell, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|l| tell.send(l)));
        let stderr = thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        Program { child: Arc::new(Mutex::new(child)), lines, stderr }
    }

    /// Waits for the end: the lines, or what went wrong.
    pub fn end(self) -> Result<Vec<String>, String> {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = Vec::new();
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => lines.push(line),
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    let _ = self.child.lock().unwrap().kill();
                    return Err(format!("it did not end; so far: {lines:#?}"));
                }
            }
        }
        let status = self.child.lock().unwrap().wait().unwrap();
        let stderr = self.stderr.join().unwrap();
        if status.success() { Ok(lines) } else { Err(format!("{status}: {stderr}")) }
    }
}
