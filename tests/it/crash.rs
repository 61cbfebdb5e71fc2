//! The crash test: the real program is killed at random moments, again and again, while it sends
//! and receives texts through a simulated modem that outlives it. In the end every text that the
//! network handed over is in the store exactly once, and every text that the program was given was
//! sent once, is queued, or is marked as perhaps sent. The network counts.
//!
//! `CRASHES=500 cargo test crash` kills so often instead; `SEED=7 cargo test crash` plays another
//! game. What is asked of the program and which octet kills it follows from the seed; on which
//! microsecond it dies does not.

mod life;
mod modem;

use deskphone::simulator::{Random, SimulatedModem};
use life::{Coming, Given, PATIENCE, Plan, Program};
use modem::Modem;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Kills in all worlds together, if nothing else is asked for.
const CRASHES: usize = 100;
/// The modem says nothing new for so long when all is done.
const QUIET: Duration = Duration::from_millis(600);
/// So many whole lives are enough to finish what the killed ones began.
const LAST_LIVES: usize = 40;
/// Lines of history that a failure prints.
const SHOWN: usize = 400;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().expect("a number"))
}

/// One modem, one data folder, many lives.
struct World {
    persona: &'static str,
    seed: u64,
    modem: Modem,
    data: TempDir,
    given: Vec<Given>,
    coming: Vec<Coming>,
    kills: usize,
}

impl World {
    fn new(persona: &'static str, seed: u64) -> World {
        World {
            persona,
            seed,
            modem: Modem::start(persona, seed),
            data: tempfile::tempdir().unwrap(),
            given: Vec::new(),
            coming: Vec::new(),
            kills: 0,
        }
    }

    fn live_and_die(&mut self, kills: usize) {
        // Another game for each modem.
        let name = self.persona.bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte));
        let mut random = Random::new(self.seed ^ name);
        for number in 0.. {
            if self.kills >= kills {
                return;
            }
            self.expect(number < kills * 10 + 10, "most lives end by themselves");
            let mut plan = Plan::new(&mut random, number);
            self.modem.note(format!("== life {number}: {plan:?}"));
            let life = life::live(&mut plan, self.data.path(), &self.modem);
            self.modem.note(format!("== killed: {}, stderr: {:?}", life.killed, life.stderr));
            self.kills += usize::from(life.killed);
            self.given.extend(plan.given);
            self.coming.extend(plan.coming.into_iter().map(|(_, coming)| coming));
        }
    }

    /// Lets the program finish what it can, without harm.
    fn finish(&self) -> Vec<Value> {
        let mut left = String::new();
        for _ in 0..LAST_LIVES {
            self.listen_until_quiet();
            let texts = self.stored();
            let waiting = |text: &Value| {
                let outgoing = text["direction"] == "outgoing";
                let state = text["state"].as_str().unwrap_or_default();
                (outgoing && ["queued", "sending"].contains(&state))
                    || (!outgoing && text["segment"] != text["segments"])
            };
            let unsettled: Vec<&Value> = texts.iter().filter(|text| waiting(text)).collect();
            let traffic = self.modem.ask(|modem, _| traffic(modem));
            if unsettled.is_empty() && traffic.waiting + traffic.stored == 0 {
                return texts;
            }
            left = format!("some texts never settle: {unsettled:#?}, {traffic:?}");
        }
        self.expect(false, &left);
        Vec::new()
    }

    fn listen_until_quiet(&self) {
        self.modem.note("== a whole life".to_owned());
        let arguments = ["listen", "--json", "--port", &self.modem.port()];
        let program = Program::start(self.data.path(), &arguments);
        let deadline = Instant::now() + PATIENCE;
        let (mut last, mut since) = (None, Instant::now());
        let mut ready = false;
        while !ready || since.elapsed() < QUIET {
            self.expect(Instant::now() < deadline, "no end of texts comes and goes");
            match program.lines.recv_timeout(QUIET / 10) {
                Ok(line) => {
                    ready |= line.contains("\"ready\"");
                    since = Instant::now();
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
                Err(_) => self.expect(false, &format!("it ended: {:?}", program.child)),
            }
            if !ready {
                continue;
            }
            let now = self.modem.ask(|modem, _| traffic(modem));
            if last.as_ref() != Some(&now) {
                since = Instant::now();
            }
            last = Some(now);
        }
        #[cfg(unix)]
        {
            let id = rustix::process::Pid::from_child(&program.child.lock().unwrap());
            rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        }
        #[cfg(not(unix))]
        program.child.lock().unwrap().kill().unwrap();
        let ended = program.end();
        self.expect(ended.is_ok() || cfg!(not(unix)), &format!("{ended:?}"));
    }

    /// What the program says it has.
    fn stored(&self) -> Vec<Value> {
        let lines = Program::start(self.data.path(), &["messages", "list", "--json"]).end();
        self.expect(lines.is_ok(), &format!("{lines:?}"));
        lines.unwrap().iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[track_caller]
    fn expect(&self, good: bool, why: &str) {
        let name = format!("deskphone-crash-{}-{}.txt", self.persona, self.seed);
        let file = std::env::temp_dir().join(name);
        assert!(
            good || std::fs::write(&file, self.modem.history(usize::MAX)).is_err(),
            "{}, SEED={} after {} kills: {why}\nThe last of what happened (all of it in {}):\n{}",
            self.persona,
            self.seed,
            self.kills,
            file.display(),
            self.modem.history(SHOWN)
        );
    }

    /// Every text that the network handed over is there once, and nothing else came.
    fn check_received(&self, texts: &[Value]) {
        let mut there: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for text in texts.iter().filter(|text| text["direction"] == "incoming") {
            there.entry(text["text"].as_str().unwrap_or_default()).or_default().push(text);
        }
        for coming in &self.coming {
            let found = there.remove(coming.words.as_str()).unwrap_or_default();
            let from = found.first().and_then(|text| text["number"].as_str());
            self.expect(
                found.len() == 1 && from == Some(&coming.from),
                &format!("{coming:?} is there {} times: {found:#?}", found.len()),
            );
            self.expect(found[0]["state"] == "received", &format!("{found:?}"));
            self.expect(found[0]["segment"] == found[0]["segments"], &format!("{found:?}"));
        }
        self.expect(there.is_empty(), &format!("nobody sent {there:#?}"));
    }

    /// No segment was sent twice; what is said to be sent was sent; what was accepted is there.
    fn check_sent(&self, texts: &[Value]) -> Counts {
        let accepted = self.modem.ask(|modem, _| modem.network().texts_accepted().clone());
        let mut segments: BTreeMap<(String, String), usize> = BTreeMap::new();
        for text in &accepted {
            let key = (text.destination.clone(), text.text.clone().unwrap_or_default());
            *segments.entry(key).or_default() += 1;
        }
        for ((to, words), times) in &segments {
            self.expect(*times == 1, &format!("{words:?} went to {to} {times} times"));
            let ours = self
                .given
                .iter()
                .any(|given| given.words.contains(words.as_str()) && given.numbers.contains(to));
            self.expect(ours, &format!("{words:?} went to {to}: nobody asked for that"));
        }
        let mut counts = Counts::default();
        for given in &self.given {
            for number in &given.numbers {
                let row = self.row_of(given, number, texts);
                // A pair of words and number has the segments of this one text only.
                let mine = segments
                    .keys()
                    .filter(|(to, words)| to == number && given.words.contains(words.as_str()));
                let octets: usize = mine.map(|(_, words)| words.len()).sum();
                self.check_state(row, octets, given, &mut counts);
            }
        }
        counts
    }

    /// The text in the store; none only if the program never said that it has it.
    fn row_of<'a>(&self, given: &Given, number: &str, texts: &'a [Value]) -> Option<&'a Value> {
        let rows: Vec<&Value> = texts
            .iter()
            .filter(|text| text["direction"] == "outgoing" && text["number"] == number)
            .filter(|text| text["text"] == given.words.as_str())
            .collect();
        let acknowledged = given.acknowledged.iter().any(|to| to == number);
        self.expect(
            rows.len() == 1 || (rows.is_empty() && !acknowledged),
            &format!("{given:?} to {number} is there {} times: {rows:#?}", rows.len()),
        );
        rows.first().copied()
    }

    fn check_state(&self, row: Option<&Value>, octets: usize, given: &Given, counts: &mut Counts) {
        let state = row.and_then(|row| row["state"].as_str()).unwrap_or("not there");
        let whole = octets == given.words.len();
        let good = match state {
            "sent" | "delivered" => whole,
            // The whole, a part or nothing has arrived, once; a person decides.
            "unknown" => true,
            "queued" => !whole,
            "not there" => octets == 0,
            _ => false,
        };
        let of = given.words.len();
        let why = format!("the network has {octets} octets of {of}, but: {state}, {row:#?}");
        self.expect(good, &why);
        counts.sent += usize::from(["sent", "delivered"].contains(&state));
        counts.unknown += usize::from(state == "unknown");
        counts.absent += usize::from(state == "not there");
        counts.queued += usize::from(state == "queued");
    }
}

#[derive(Default, Debug)]
struct Counts {
    sent: usize,
    unknown: usize,
    queued: usize,
    absent: usize,
}

/// What goes on between network and modem.
#[derive(PartialEq, Eq, Debug)]
struct Traffic {
    waiting: usize,
    handed_over: usize,
    accepted: usize,
    stored: usize,
}

fn traffic(modem: &SimulatedModem) -> Traffic {
    let network = modem.network();
    Traffic {
        waiting: network.texts_waiting().len(),
        handed_over: network.texts_delivered_to_modem().len(),
        accepted: network.texts_accepted().len(),
        stored: ["SM", "ME"].iter().map(|name| modem.stored_messages(name).len()).sum(),
    }
}

/// Modems that store texts here and there and announce them, and one that announces none.
const PERSONAS: [&str; 4] = ["generic", "quectel", "huawei", "stubborn"];

#[test]
fn killed_at_any_moment_the_program_loses_no_text_and_sends_none_twice() {
    let crashes = from_environment("CRASHES").map_or(CRASHES, |count| count as usize);
    let seed = from_environment("SEED").unwrap_or(2304);
    let worlds: Vec<_> = PERSONAS
        .into_iter()
        .map(|persona| {
            let kills = crashes.div_ceil(PERSONAS.len());
            std::thread::spawn(move || {
                let mut world = World::new(persona, seed);
                let began = Instant::now();
                world.live_and_die(kills);
                let texts = world.finish();
                world.check_received(&texts);
                let counts = world.check_sent(&texts);
                println!(
                    "{persona}, SEED={seed}: {} kills in {:.1} s, {} texts received, {counts:?}",
                    world.kills,
                    began.elapsed().as_secs_f32(),
                    world.coming.len(),
                );
                // Else the test would not notice a program that does nothing.
                let doubts = counts.unknown + counts.queued;
                world.expect(counts.sent > doubts, &format!("few were sent: {counts:?}"));
                world.expect(counts.unknown <= world.kills, "more doubt than crashes");
            })
        })
        .collect();
    for world in worlds {
        if let Err(panic) = world.join() {
            std::panic::resume_unwind(panic);
        }
    }
}
