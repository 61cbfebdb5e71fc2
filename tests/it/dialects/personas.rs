//! The driver on every simulated modem: a call that is answered, one that is busy, one that is
//! rejected, an incoming one answered and missed, a second caller, tones. Each also with the bytes
//! one by one, many lines in one read, and the modem's chatter between any two lines.

use deskphone::clock::{Instant, WallTime};
use deskphone::modem::{Modem, ModemCommand, ModemEvent, Options};
use deskphone::number::{DialString, DtmfTones};
use deskphone::phone::{Call, CallId, CallState, Dial, ReleaseCause, RequestId};
use deskphone::simulator::script::Script;
use deskphone::simulator::{SimulatedModem, SimulatorOptions};
use std::time::Duration;

/// What happens to the bytes on their way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wire {
    Plain,
    /// Each by itself.
    Single,
    /// All that comes within 30 ms in one read.
    Glued,
    /// With a line of chatter behind every line.
    Chatty,
}

const WIRES: [Wire; 4] = [Wire::Plain, Wire::Single, Wire::Glued, Wire::Chatty];

/// A simulated modem, the profile that it must get, and what it lets us know of a call of ours.
struct Kind {
    persona: &'static str,
    profile: &'static str,
    /// That the other phone rings.
    alerting: bool,
}

const fn kind(persona: &'static str, profile: &'static str, alerting: bool) -> Kind {
    Kind { persona, profile, alerting }
}

const KINDS: [Kind; 14] = [
    kind("generic", "generic", true),
    kind("huawei", "Huawei", true),
    kind("simcom", "SIMCom", true),
    kind("emptylist", "Quectel", true),
    kind("quectel", "Quectel", true),
    kind("quectel-dsci", "Quectel", true),
    kind("quectel-uc", "Quectel", true),
    kind("u-blox", "u-blox", true),
    kind("telit", "Telit", true),
    kind("cinterion", "Cinterion", true),
    kind("ericsson", "Ericsson", true),
    kind("intel", "Intel", true),
    // `ATD` has no result before the answer, and nothing may be asked until then.
    kind("wavecom", "Wavecom", false),
    kind("zte", "ZTE", false),
];

struct Pair {
    modem: Modem,
    simulator: SimulatedModem,
    now: Instant,
    wire: Wire,
    /// Bytes on their way to the driver, and when they arrive.
    held: Vec<u8>,
    arrives: Instant,
    profile: String,
    /// Every state of every call, in order.
    states: Vec<(CallId, &'static str)>,
    calls: Vec<Call>,
    requests: u64,
}

impl Pair {
    /// Connected, and the set-up over.
    fn new(persona: &str, wire: Wire) -> Pair {
        let options = SimulatorOptions {
            persona: persona.to_owned(),
            seed: 7,
            wall_time_at_zero: WallTime::from_unix_seconds(1_790_000_000, 0),
        };
        let mut pair = Pair {
            modem: Modem::new(Options { profile: String::new(), delete_received: true }),
            simulator: SimulatedModem::new(options).expect("such a persona"),
            now: Instant::ZERO,
            wire,
            held: Vec::new(),
            arrives: Instant::ZERO,
            profile: String::new(),
            states: Vec::new(),
            calls: Vec::new(),
            requests: 0,
        };
        pair.modem.handle_link_up(pair.now);
        pair.drain();
        pair.wait(30);
        assert!(pair.modem.ready(), "{persona} {wire:?} is not ready");
        pair
    }

    fn command(&mut self, command: ModemCommand) {
        self.requests += 1;
        self.modem.handle_command(RequestId(self.requests), command, self.now);
        self.drain();
    }

    fn dial(&mut self, number: &str) {
        let number = DialString::parse(number).expect("a number");
        self.command(ModemCommand::Dial(Dial::to(number)));
    }

    /// Something happens in the network.
    fn net(&mut self, words: &str) {
        let mut script = Script::parse(&format!("0 {words}")).expect("a script");
        let action = script.due(Instant::ZERO).expect("an action");
        self.simulator.handle_action(action, self.now);
        self.drain();
    }

    fn wait(&mut self, seconds: u64) {
        let end = self.now + Duration::from_secs(seconds);
        let mut steps = 0;
        loop {
            let arrival = (!self.held.is_empty()).then_some(self.arrives);
            let due = [arrival, self.modem.poll_timeout(), self.simulator.poll_timeout()];
            let Some(next) = due.into_iter().flatten().min().filter(|next| *next <= end) else {
                break;
            };
            steps += 1;
            assert!(steps < 200_000, "it fires for ever");
            self.now = self.now.max(next);
            self.simulator.handle_timeout(self.now);
            if arrival.is_some_and(|at| at <= self.now) {
                let bytes = std::mem::take(&mut self.held);
                self.modem.handle_bytes(&bytes, self.now);
            }
            self.modem.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    fn drain(&mut self) {
        loop {
            let mut quiet = true;
            while let Some(transmit) = self.modem.poll_transmit() {
                quiet = false;
                self.simulator.handle_bytes(&transmit.bytes, self.now);
            }
            while let Some(bytes) = self.simulator.poll_transmit() {
                quiet = false;
                self.deliver(&bytes);
            }
            while let Some(event) = self.modem.poll_event() {
                quiet = false;
                self.take(event);
            }
            if quiet {
                break;
            }
        }
    }

    fn deliver(&mut self, bytes: &[u8]) {
        match self.wire {
            Wire::Plain => self.modem.handle_bytes(bytes, self.now),
            Wire::Single => {
                for byte in bytes {
                    self.modem.handle_bytes(&[*byte], self.now);
                }
            }
            Wire::Glued => {
                if self.held.is_empty() {
                    self.arrives = self.now + Duration::from_millis(30);
                }
                self.held.extend_from_slice(bytes);
            }
            Wire::Chatty => {
                let mut noisy = Vec::new();
                for (at, byte) in bytes.iter().enumerate() {
                    noisy.push(*byte);
                    // Behind a line, and behind an echo, which ends with a CR alone.
                    let ends =
                        *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) == Some(&b'\r'));
                    if ends {
                        noisy.extend_from_slice(b"^HCSQ:\"LTE\",30,19,66,0\r\n+CTZV: \"+08\"\r\n");
                    }
                }
                self.modem.handle_bytes(&noisy, self.now);
            }
        }
    }

    fn take(&mut self, event: ModemEvent) {
        match event {
            ModemEvent::Identity(identity) => self.profile = identity.profile,
            ModemEvent::Call(call) => {
                let state = (call.id, call.state.word());
                if self.states.iter().rev().find(|(id, _)| *id == call.id) != Some(&state) {
                    self.states.push(state);
                }
                self.calls.retain(|other| other.id != call.id);
                self.calls.push(call);
            }
            _ => {}
        }
    }

    /// The states of the call that was number so and so, in order.
    fn lived(&self, id: u32) -> Vec<&'static str> {
        let own = self.states.iter().filter(|(call, _)| *call == CallId(id));
        own.map(|(_, word)| *word).collect()
    }

    /// How that call ended, and the sentence for it.
    fn end(&self, id: u32) -> (Option<ReleaseCause>, &str) {
        let Some(call) = self.calls.iter().find(|call| call.id == CallId(id)) else {
            return (None, "");
        };
        let cause = match &call.state {
            CallState::Released(cause) => Some(cause.clone()),
            _ => None,
        };
        (cause, call.diagnosis.as_ref().map_or("", |diagnosis| &diagnosis.cause))
    }

    fn nothing_lives(&self) -> bool {
        self.simulator.network().calls().is_empty()
    }
}

/// Runs a story on every modem and every wire.
fn on_every_modem(story: impl Fn(&Kind, &mut Pair, &str)) {
    for kind in &KINDS {
        for wire in WIRES {
            let mut pair = Pair::new(kind.persona, wire);
            let name = format!("{} {wire:?}", kind.persona);
            assert_eq!(pair.profile, kind.profile, "{name}");
            story(kind, &mut pair, &name);
        }
    }
}

fn progress(kind: &Kind) -> Vec<&'static str> {
    if kind.alerting { vec!["dialing", "alerting", "active"] } else { vec!["dialing", "active"] }
}

#[test]
fn a_call_is_answered_and_the_other_side_hangs_up() {
    on_every_modem(|kind, pair, name| {
        pair.dial("+15550100");
        pair.wait(25);
        assert_eq!(pair.lived(1), progress(kind), "{name}");
        pair.net("hang up");
        pair.wait(15);
        let (cause, words) = pair.end(1);
        assert_eq!(cause, Some(ReleaseCause::Remote), "{name} {words}");
        assert_eq!(words, "The other side ended the call", "{name}");
        assert_eq!(pair.calls.len(), 1, "{name}");
    });
}

#[test]
fn a_call_is_answered_has_tones_and_is_ended_here() {
    on_every_modem(|kind, pair, name| {
        pair.dial("+15550100");
        pair.wait(25);
        pair.command(ModemCommand::SendDtmf(DtmfTones::parse("12#").expect("tones")));
        pair.wait(10);
        let tones: Vec<String> =
            pair.simulator.network().calls().iter().map(|call| call.tones.clone()).collect();
        assert_eq!(tones, ["12#"], "{name}");
        pair.command(ModemCommand::Release(CallId(1)));
        pair.wait(15);
        assert!(pair.nothing_lives(), "{name}");
        let lived = progress(kind).into_iter().chain(["released"]).collect::<Vec<_>>();
        assert_eq!(pair.lived(1), lived, "{name}");
        assert_eq!(pair.end(1).0, Some(ReleaseCause::Local), "{name}");
    });
}

#[test]
fn a_number_is_busy_and_another_rejects() {
    on_every_modem(|_, pair, name| {
        pair.dial("+15550101");
        pair.wait(30);
        assert_eq!(pair.end(1), (Some(ReleaseCause::Busy), "The number is busy"), "{name}");
        pair.dial("+15550103");
        pair.wait(40);
        let rejected = "The call was rejected by the other side";
        assert_eq!(pair.end(2), (Some(ReleaseCause::RejectedByRemote), rejected), "{name}");
        assert_eq!(pair.calls.len(), 2, "{name}");
    });
}

#[test]
fn a_number_that_is_not_in_service() {
    on_every_modem(|_, pair, name| {
        pair.dial("+15550104");
        pair.wait(40);
        assert_eq!(pair.end(1).1, "The number is not in service", "{name}");
    });
}

#[test]
fn an_incoming_call_is_answered_and_ended_by_the_other_side() {
    on_every_modem(|_, pair, name| {
        pair.net("call from +15550100");
        pair.wait(3);
        pair.command(ModemCommand::Answer);
        pair.wait(20);
        assert_eq!(pair.lived(1), ["incoming", "active"], "{name}");
        pair.net("hang up");
        pair.wait(15);
        assert_eq!(pair.end(1).0, Some(ReleaseCause::Remote), "{name}");
        assert_eq!(pair.calls.len(), 1, "{name} {:?}", pair.calls);
    });
}

#[test]
fn an_incoming_call_is_missed() {
    on_every_modem(|_, pair, name| {
        pair.net("call from +15550100");
        pair.wait(8);
        assert_eq!(pair.lived(1), ["incoming"], "{name}");
        pair.net("hang up");
        pair.wait(15);
        assert_eq!(pair.lived(1), ["incoming", "released"], "{name}");
        assert_eq!(pair.end(1).1, "The caller gave up before the answer", "{name}");
        assert_eq!(pair.calls.len(), 1, "{name}");
    });
}

#[test]
fn a_second_caller_waits_and_is_rejected() {
    on_every_modem(|_, pair, name| {
        pair.dial("+15550100");
        pair.wait(25);
        pair.net("call from +15550102");
        pair.wait(5);
        assert_eq!(pair.lived(2), ["waiting"], "{name}");
        pair.command(ModemCommand::Reject);
        pair.wait(10);
        assert_eq!(pair.lived(2), ["waiting", "released"], "{name}");
        let stages = pair.simulator.network().calls().len();
        assert_eq!(stages, 1, "{name}: the first call goes on");
        assert_eq!(pair.lived(1).last(), Some(&"active"), "{name}");
        pair.command(ModemCommand::Release(CallId(1)));
        pair.wait(15);
        assert!(pair.nothing_lives(), "{name}");
    });
}
