//! A recording can be played, and what it shows is what was seen.

use super::*;
use deskphone::engine::input::{Action, Attempt};
use deskphone::engine::{Engine, TraceLog};
use deskphone::link::{LinkReport, Replay, recording};
use deskphone::phone::{LinkAddress, Settings};

/// An engine with a recording at the other end of the wire.
struct Played {
    engine: Engine,
    modem: Replay,
    now: Instant,
    open: Option<Attempt>,
    events: Vec<Event>,
    requests: u64,
}

impl Played {
    fn new(text: &str) -> Self {
        let pieces = recording::parse(text.as_bytes()).unwrap();
        let engine = Engine::new(Store::in_memory().unwrap(), options());
        let engine = engine.with_trace(TraceLog::default());
        let mut played = Played {
            engine,
            modem: Replay::of(&pieces),
            now: Instant::ZERO,
            open: None,
            events: Vec::new(),
            requests: 0,
        };
        played.step(Some(Input::Start));
        let address = LinkAddress::Replay("/tmp/recording.txt".into());
        played.send(Command::Link(LinkCommand::Connect(address)));
        played
    }

    fn send(&mut self, command: Command) {
        self.requests += 1;
        self.step(Some(Input::Command(RequestId(self.requests), command)));
    }

    fn step(&mut self, input: Option<Input>) {
        let wall = deskphone::clock::WallTime::from_unix_seconds(1_795_348_800, 0);
        let wall = wall.plus(self.now.elapsed());
        let outputs = self.engine.step(input, self.now, wall);
        self.events.extend(outputs.events);
        for action in outputs.actions {
            match action {
                Action::Open(attempt, request) => {
                    self.open = Some(attempt);
                    self.modem.handle_timeout(self.now);
                    let report = LinkReport::Opened { address: request.address, usb: None };
                    self.step(Some(Input::Link(attempt, report)));
                }
                Action::Write(bytes) => self.modem.handle_bytes(&bytes, self.now),
                _ => {}
            }
        }
    }

    fn run_until(&mut self, end: Instant) {
        loop {
            while let Some(bytes) = self.modem.poll_transmit() {
                if let Some(attempt) = self.open {
                    self.step(Some(Input::Bytes(attempt, bytes)));
                }
            }
            let next = [self.engine.poll_timeout(), self.modem.poll_timeout()];
            let Some(next) = next.into_iter().flatten().min().filter(|next| *next <= end) else {
                break;
            };
            self.now = self.now.max(next);
            self.modem.handle_timeout(self.now);
            if self.engine.poll_timeout().is_some_and(|due| due <= self.now) {
                self.step(None);
            }
        }
        self.now = end;
    }
}

/// What a person sees: states of calls, texts and their fates.
fn seen(events: &[Event]) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for event in events {
        let line = match event {
            Event::Call(call) => {
                let number = call.remote.number().map_or("?", |number| number.as_str());
                format!("{:?} {number} {}", call.direction, call.state.word())
            }
            Event::Message(text) => {
                let fate = format!("{:?}", text.delivery);
                let fate: String = fate.chars().take_while(|c| c.is_alphabetic()).collect();
                format!("{:?} {} {:?} {fate}", text.direction, text.number, text.text)
            }
            Event::CallRecord(record) if record.outcome != Outcome::Unfinished => {
                format!("history: {:?} {}", record.outcome, record.cause)
            }
            _ => continue,
        };
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen
}

const CALLED: u64 = 3_000;
const HUNG_UP: u64 = 20_000;
const TEXT_SENT: u64 = 24_000;
const END: u64 = 60_000;

/// A demo session: a call, a text out, a text in, a missed call; and its recording.
fn session(mask: bool) -> (Vec<Event>, String, Instant) {
    let mut rig = Rig::new();
    let settings = Settings { mask_console: mask, ..rig.state.settings.clone() };
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig.connect();
    rig.run_for(Duration::from_secs(5));
    rig.done(Command::Record(Some("/tmp/x.txt".into()))).unwrap();
    assert_eq!(rig.state.recording, Some("/tmp/x.txt".into()));
    let (began, first) = (rig.now(), rig.events.len());
    let until = |rig: &mut Rig, millis: u64| {
        let passed = rig.now().since(began);
        rig.run_for(Duration::from_millis(millis) - passed);
    };
    until(&mut rig, CALLED);
    rig.send(dial("+15550100"));
    until(&mut rig, HUNG_UP);
    let id = rig.state.calls[0].id;
    rig.send(Command::Call(CallCommand::Release(id)));
    until(&mut rig, TEXT_SENT);
    rig.send(text(&["+15550108"], "Meet you at the station"));
    until(&mut rig, 30_000);
    incoming(&mut rig, "Words of a friend");
    until(&mut rig, 40_000);
    let now = rig.now();
    let from = Some("+15550106".to_owned());
    rig.modem.handle_action(NetworkAction::IncomingCall { from }, now);
    until(&mut rig, 50_000);
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::RemoteReleases(None), now);
    until(&mut rig, END);
    rig.done(Command::Record(None)).unwrap();
    assert_eq!(rig.state.recording, None);
    (rig.events[first..].to_vec(), rig.recording.clone(), began)
}

/// The moment of the playing at which the recording began.
fn beginning(text: &str) -> Instant {
    let pieces = recording::parse(text.as_bytes()).unwrap();
    let set_up = pieces.windows(2).find(|pair| pair[1].at_ms - pair[0].at_ms >= 500);
    let end = set_up.expect("a set-up and what follows")[0].at_ms;
    Instant::ZERO + Duration::from_millis(end + 500)
}

#[test]
fn the_same_is_seen_when_a_recording_is_played() {
    let (events, recording, _) = session(false);
    let zero = beginning(&recording);
    let at = |millis| zero + Duration::from_millis(millis);
    let mut played = Played::new(&recording);
    played.run_until(at(CALLED));
    played.send(dial("+15550100"));
    played.run_until(at(HUNG_UP));
    let id = played.events.iter().rev().find_map(|event| match event {
        Event::Call(call) => Some(call.id),
        _ => None,
    });
    played.send(Command::Call(CallCommand::Release(id.expect("a call"))));
    played.run_until(at(TEXT_SENT));
    played.send(text(&["+15550108"], "Meet you at the station"));
    played.run_until(at(END));
    let states: Vec<&Event> =
        played.events.iter().filter(|event| matches!(event, Event::Link(_))).collect();
    let ready = LinkState::Ready(LinkAddress::Replay("/tmp/recording.txt".into()));
    assert_eq!(states.last(), Some(&&Event::Link(ready)));
    assert_eq!(seen(&played.events), seen(&events));
    assert!(seen(&events).len() >= 9, "{:?}", seen(&events));
}

#[test]
fn a_masked_recording_says_nothing_of_people_and_can_still_be_played() {
    let (events, recording, _) = session(true);
    for secret in ["5550100", "5550106", "5550107", "5550108", "station", "friend"] {
        assert!(!recording.contains(secret), "{secret}");
    }
    // Semi-octets of 5550107 and of 15550107.
    for secret in ["5155107", "5155010", "51551070"] {
        assert!(!recording.contains(secret), "{secret}");
    }
    let zero = beginning(&recording);
    let mut played = Played::new(&recording);
    played.run_until(zero + Duration::from_millis(END));
    let kinds = |events: &[Event]| {
        let seen = seen(events);
        let incoming = seen.into_iter().filter(|line| line.starts_with("MobileTerminated"));
        incoming.map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&played.events), kinds(&events));
    let seen = seen(&played.events);
    assert!(seen.iter().any(|line| line.contains("\"xxxxx xx x xxxxxx\"") || line.contains("xxx")));
    assert!(seen.iter().any(|line| line.contains("history: Missed")), "{seen:?}");
}

#[test]
fn a_pin_is_in_no_recording() {
    use deskphone::simulator::network::action::SimChange;
    let mut rig = Rig::new();
    let now = rig.now();
    rig.modem.handle_action(NetworkAction::Sim(SimChange::Locked), now);
    let settings = Settings { mask_console: false, ..rig.state.settings.clone() };
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig.done(Command::Record(Some("/tmp/x.txt".into()))).unwrap();
    rig.connect();
    rig.run_for(Duration::from_secs(5));
    rig.done(Command::EnterPin {
        code: deskphone::phone::Secret("1234".to_owned()),
        new_pin: None,
        last_try: false,
    })
    .unwrap();
    rig.done(Command::Console("AT+CPWD=\"SC\",\"1234\",\"5678\"".to_owned())).ok();
    rig.run_for(Duration::from_secs(2));
    assert!(rig.recording.contains("AT+CPIN=\"****\""), "{}", rig.recording);
    for secret in ["\"1234\"", "\"5678\""] {
        assert!(!rig.recording.contains(secret), "{secret} in {}", rig.recording);
    }
    assert!(rig.recording.contains("AT+CPWD=\"SC\",\"****\",\"****\""));
}
