//! The engine on its threads: a real pseudo-terminal, a real serial port, real time.

use deskphone::engine::{Config, EngineClient, EngineHandle, spawn};
use deskphone::link::serve::{self, Endpoints, PtyOptions};
use deskphone::number::DialString;
use deskphone::phone::{
    CallCommand, CallState, Command, CommandError, Dial, Event, LinkAddress, LinkCommand,
    LinkState, PhoneState, Query, RequestId,
};
use deskphone::simulator::{SimulatedModem, SimulatorOptions};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// A simulated modem served on a thread.
struct Served {
    address: LinkAddress,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Served {
    fn at(endpoints: Endpoints) -> Served {
        let options = SimulatorOptions {
            persona: "generic".to_owned(),
            seed: 7,
            wall_time_at_zero: deskphone::clock::WallTime::from_unix_seconds(1_795_348_800, 0),
        };
        let modem = SimulatedModem::new(options).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        let (tell, listening) = mpsc::channel();
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            serve::run(
                modem,
                None,
                endpoints,
                |place| tell.send(place.to_owned()).unwrap(),
                stopped,
            )
        });
        let address = listening.recv_timeout(PATIENCE).unwrap().parse().unwrap();
        Served { address, stop, thread: Some(thread) }
    }

    fn pty() -> Served {
        Served::at(Endpoints { pty: Some(PtyOptions::default()), tcp: None })
    }

    fn tcp() -> Served {
        Served::at(Endpoints { pty: None, tcp: Some("127.0.0.1:0".parse().unwrap()) })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap().unwrap();
        }
    }
}

fn engine(connect: Option<LinkAddress>) -> EngineHandle {
    let config = Config { in_memory: true, ..Config::for_command("unused".into(), connect) };
    spawn(config, || {})
}

/// Waits for an event, applying all on the way.
fn wait(
    engine: &mut EngineHandle,
    state: &mut PhoneState,
    wanted: impl Fn(&Event) -> bool,
) -> Event {
    let end = Instant::now() + PATIENCE;
    let mut seen = Vec::new();
    while Instant::now() < end {
        let Some(event) = engine.next_event(Duration::from_millis(200)) else { continue };
        state.apply(&event);
        if wanted(&event) {
            return event;
        }
        seen.push(event);
    }
    panic!("it did not come; but: {seen:#?}");
}

fn ready(event: &Event) -> bool {
    matches!(event, Event::Link(LinkState::Ready(_)))
}

fn outcome(engine: &mut EngineHandle, request: RequestId) -> Result<(), CommandError> {
    let mine = |event: &Event| match event {
        Event::Done { request: id } | Event::Failed { request: id, .. } => *id == request,
        _ => false,
    };
    match wait(engine, &mut PhoneState::default(), mine) {
        Event::Failed { error, .. } => Err(error),
        _ => Ok(()),
    }
}

fn dial(number: &str) -> Command {
    let number = DialString::parse(number).unwrap();
    Command::Call(CallCommand::Dial(Dial::to(number)))
}

fn call_through(served: &Served) {
    let mut engine = engine(Some(served.address.clone()));
    let mut state = PhoneState::default();
    wait(&mut engine, &mut state, ready);
    engine.send(dial("+15550100"));
    wait(
        &mut engine,
        &mut state,
        |event| matches!(event, Event::Call(call) if call.state == CallState::Active),
    );
    assert!(!engine.trace().since(0).is_empty());
    // Dropping the engine hangs up; the modem is free for the next.
}

#[test]
fn a_call_goes_over_a_pseudo_terminal_and_the_port_is_free_afterwards() {
    let served = Served::pty();
    call_through(&served);
    call_through(&served);
}

#[test]
fn a_call_goes_over_tcp_and_the_next_client_finds_the_modem_free() {
    let served = Served::tcp();
    call_through(&served);
    call_through(&served);
}

#[test]
fn a_stopper_hangs_up_and_leaves_the_modem_while_the_handle_lives() {
    let served = Served::pty();
    let mut engine = engine(Some(served.address.clone()));
    let mut state = PhoneState::default();
    wait(&mut engine, &mut state, ready);
    engine.send(dial("+15550100"));
    let active =
        |event: &Event| matches!(event, Event::Call(call) if call.state == CallState::Active);
    wait(&mut engine, &mut state, active);
    let stopper = engine.stopper();
    assert!(stopper.stop());
    // What the program has said last to the modem is that the call shall end.
    let sent = engine.trace().since(0);
    let hung_up = |line: &str| line.starts_with("AT+CHUP") || line.starts_with("ATH");
    assert!(sent.iter().any(|entry| hung_up(&entry.line)), "{sent:?}");
    call_through(&served);
    let request = engine.send(dial("+15550100"));
    assert_eq!(outcome(&mut engine, request), Err(CommandError::NotAllowedNow));
    assert!(stopper.stop(), "a second time there is nothing to do");
}

#[test]
fn the_same_port_can_be_opened_again_at_once() {
    let served = Served::pty();
    let mut engine = engine(Some(served.address.clone()));
    wait(&mut engine, &mut PhoneState::default(), ready);
    for _ in 0..3 {
        let started = Instant::now();
        let request = engine.send(Command::Link(LinkCommand::Disconnect));
        assert_eq!(outcome(&mut engine, request), Ok(()));
        assert!(started.elapsed() < Duration::from_millis(500), "{:?}", started.elapsed());
        let connect = LinkCommand::Connect(served.address.clone());
        let request = engine.send(Command::Link(connect));
        assert_eq!(outcome(&mut engine, request), Ok(()));
    }
}

#[test]
fn a_probe_finds_the_modem_and_leaves_the_port_free() {
    let served = Served::pty();
    let mut engine = engine(None);
    let probe = Command::Link(LinkCommand::Probe(served.address.clone()));
    let request = engine.send(probe);
    assert_eq!(outcome(&mut engine, request), Ok(()));
    let connect = Command::Link(LinkCommand::Connect(served.address.clone()));
    let request = engine.send(connect);
    assert_eq!(outcome(&mut engine, request), Ok(()));
}

#[test]
fn a_link_name_is_made_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("modem");
    let served =
        Served::at(Endpoints { pty: Some(PtyOptions { link: Some(link.clone()) }), tcp: None });
    assert_eq!(served.address, LinkAddress::Serial(link.display().to_string()));
    call_through(&served);
    drop(served);
    assert!(!link.is_symlink());
    std::fs::write(&link, "precious").unwrap();
    let modem = SimulatedModem::new(SimulatorOptions {
        persona: "generic".to_owned(),
        seed: 7,
        wall_time_at_zero: deskphone::clock::WallTime::default(),
    });
    let endpoints = Endpoints { pty: Some(PtyOptions { link: Some(link.clone()) }), tcp: None };
    let refused = serve::run(modem.unwrap(), None, endpoints, |_| {}, Arc::default());
    assert!(refused.is_err());
    assert_eq!(std::fs::read_to_string(&link).unwrap(), "precious");
}

#[test]
fn the_demo_modem_needs_nothing_and_brings_its_contacts() {
    let mut engine = engine(Some(LinkAddress::Demo));
    let mut state = PhoneState::default();
    wait(&mut engine, &mut state, ready);
    wait(&mut engine, &mut state, |event| matches!(event, Event::Contacts(c) if c.len() >= 10));
    assert!(state.contacts.iter().all(|contact| !contact.note.is_empty()));
}

#[test]
fn ports_that_can_not_be_used_are_told_in_words() {
    let mut engine = engine(None);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (address, words) in [
        ("/dev/ttyUSB-none".to_owned(), "There is no port /dev/ttyUSB-none".to_owned()),
        ("/etc/hostname".to_owned(), "/etc/hostname is not a serial port".to_owned()),
        (
            format!("tcp://127.0.0.1:{closed}"),
            format!("Nothing listens at 127.0.0.1, port {closed}"),
        ),
    ] {
        let connect = LinkCommand::Connect(address.parse().unwrap());
        engine.send(Command::Link(connect));
        let failed = wait(&mut engine, &mut PhoneState::default(), |event| {
            matches!(event, Event::Link(LinkState::Failed { .. }))
        });
        let Event::Link(LinkState::Failed { reason, advice, retrying, .. }) = failed else {
            panic!("it was just matched");
        };
        assert_eq!((reason, retrying), (words, false));
        assert!(!advice.is_empty());
    }
}

#[test]
fn a_modem_that_babbles_starves_neither_memory_nor_commands() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap()).parse().unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let written = Arc::new(AtomicU32::new(0));
    let babbler = thread::spawn({
        let (stop, written) = (Arc::clone(&stop), Arc::clone(&written));
        move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_write_timeout(Some(Duration::from_millis(50))).unwrap();
            let line = b"+CSQ: 17,99\r\nRING RING \xff\xfe garbage\r\n".repeat(100);
            while !stop.load(Ordering::Acquire) {
                match stream.write(&line) {
                    Ok(count) => written.fetch_add(count as u32, Ordering::Relaxed),
                    Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => 0,
                    Err(_) => return,
                };
            }
        }
    });
    let mut engine = engine(Some(address));
    wait(&mut engine, &mut PhoneState::default(), |event| {
        matches!(event, Event::Link(LinkState::Initialising(_)))
    });
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(2) {
        let asked = Instant::now();
        let request = engine.send(Command::MarkCallsSeen);
        assert_eq!(outcome(&mut engine, request), Ok(()));
        assert!(asked.elapsed() < Duration::from_millis(500), "{:?}", asked.elapsed());
    }
    let octets = written.load(Ordering::Relaxed);
    assert!(octets > 1_000_000, "it babbled only {octets} octets in two seconds");
    drop(engine);
    stop.store(true, Ordering::Release);
    babbler.join().unwrap();
}

#[test]
fn a_silent_modem_is_called_silent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap()).parse().unwrap();
    let listener = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap();
        heard
    });
    let mut engine = engine(None);
    let request = engine.send(Command::Link(LinkCommand::Connect(address)));
    assert_eq!(outcome(&mut engine, request), Err(CommandError::TimedOut));
    drop(engine);
    assert!(listener.join().unwrap().starts_with(b"AT"));
}

#[test]
fn a_command_is_answered_and_a_query_too_whatever_becomes_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deskphone.sqlite3"), "this is no database").unwrap();
    let mut engine = spawn(Config::for_command(folder.path().to_owned(), None), || {});
    let notice = wait(
        &mut engine,
        &mut PhoneState::default(),
        |event| matches!(event, Event::Notice(notice) if notice.problem),
    );
    assert!(format!("{notice:?}").contains("can't be kept"));
    let request = engine.send(Command::Refresh);
    assert_eq!(outcome(&mut engine, request), Err(CommandError::NoLink));
    let asked = engine.query(Query::Calls { limit: 1 });
    wait(
        &mut engine,
        &mut PhoneState::default(),
        |event| matches!(event, Event::Answer(id, _) if *id == asked),
    );
    let kept = std::fs::read(folder.path().join("deskphone.sqlite3")).unwrap();
    assert_eq!(kept, b"this is no database", "a damaged file is left as it is");
}

#[test]
fn the_window_is_woken_when_there_is_something_to_see() {
    let woken = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&woken);
    let config = Config { in_memory: true, ..Config::for_command("unused".into(), None) };
    let mut engine = spawn(config, move || {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let request = engine.send(Command::MarkCallsSeen);
    assert_eq!(outcome(&mut engine, request), Ok(()));
    // The wake follows the events; the end of the engine comes after both.
    drop(engine);
    let wakes = woken.load(Ordering::Relaxed);
    assert!((1..=6).contains(&wakes), "{wakes} wakes");
}

#[test]
fn the_modem_used_last_is_connected_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::pty();
    let config = |data_dir: &Path| Config { watch_ports: false, ..Config::new(data_dir.into()) };
    let mut first = spawn(config(folder.path()), || {});
    first.send(Command::Link(LinkCommand::Connect(served.address.clone())));
    wait(
        &mut first,
        &mut PhoneState::default(),
        |event| matches!(event, Event::Settings(settings) if settings.last_address.is_some()),
    );
    drop(first);
    let mut second = spawn(config(folder.path()), || {});
    let connected = wait(&mut second, &mut PhoneState::default(), ready);
    assert_eq!(connected, Event::Link(LinkState::Ready(served.address.clone())));
}

#[test]
fn a_modem_that_is_unplugged_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let link = Some(folder.path().join("modem"));
    let plug_in =
        || Served::at(Endpoints { pty: Some(PtyOptions { link: link.clone() }), tcp: None });
    let served = plug_in();
    let config = Config {
        in_memory: true,
        watch_ports: false,
        connect: Some(served.address.clone()),
        ..Config::new("unused".into())
    };
    let mut engine = spawn(config, || {});
    let mut state = PhoneState::default();
    wait(&mut engine, &mut state, ready);
    drop(served);
    wait(&mut engine, &mut state, |event| {
        matches!(event, Event::Link(LinkState::Failed { retrying: true, .. }))
    });
    let _served = plug_in();
    wait(&mut engine, &mut state, ready);
}

#[test]
fn a_recording_of_the_demo_modem_is_written_by_a_thread_and_can_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.txt");
    let mut state = PhoneState::default();
    let mut live = engine(Some(LinkAddress::Demo));
    wait(&mut live, &mut state, |event| matches!(event, Event::Link(LinkState::Ready(_))));
    live.send(Command::Record(Some(folder.path().join("no/such/folder.txt"))));
    wait(&mut live, &mut state, |event| matches!(event, Event::Failed { .. }));
    live.send(Command::Record(Some(path.clone())));
    wait(&mut live, &mut state, |event| *event == Event::Recording(Some(path.clone())));
    live.send(Command::Console("AT+CSQ".to_owned()));
    wait(&mut live, &mut state, |event| matches!(event, Event::ConsoleAnswer { .. }));
    live.send(Command::Record(None));
    wait(&mut live, &mut state, |event| *event == Event::Recording(None));
    drop(live);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# Deskphone recording 1\n"), "{text}");
    assert!(text.contains(" > AT+CSQ\\r\n"), "{text}");

    let mut played = engine(Some(LinkAddress::Replay(path.clone())));
    let ready = Event::Link(LinkState::Ready(LinkAddress::Replay(path)));
    wait(&mut played, &mut state, |event| *event == ready);
    drop(played);
    let missing = LinkAddress::Replay(folder.path().join("none.txt"));
    let mut none = engine(Some(missing));
    wait(&mut none, &mut state, |event| {
        matches!(event, Event::Link(LinkState::Failed { reason, .. })
            if reason.contains("can't be read"))
    });
}
