//! Offers a simulated modem, or a recording of one, to other programs: as a pseudo-terminal, as a
//! TCP port, or both at once. The modem outlives its clients, as a real one outlives the programs
//! that use it.

use crate::clock::{Clock, SystemClock};
use crate::link::simulated::{Player, patience};
use crate::simulator::script::Script;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often the loop looks whether it shall end.
const STOP_PATIENCE: Duration = Duration::from_millis(100);
/// Pieces of output that may wait for a client that does not read; more are lost, as they are
/// behind a real serial port without flow control.
const OUTGOING_CAPACITY: usize = 256;
const INCOMING_CAPACITY: usize = 64;

/// How to make a pseudo-terminal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PtyOptions {
    /// A symbolic link to make to the port, for a name that stays the same. A symbolic link that
    /// is there is replaced, a file never.
    pub link: Option<PathBuf>,
}

/// Where the modem is offered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Endpoints {
    /// A pseudo-terminal (Linux and macOS).
    pub pty: Option<PtyOptions>,
    /// A TCP port; port 0 lets the system choose. One client at a time, the next ones wait.
    pub tcp: Option<SocketAddr>,
}

/// What the clients' threads tell.
enum Happening {
    Bytes(Vec<u8>),
    /// Somebody wants to read what the modem says.
    Joined(Sender<Vec<u8>>),
}

/// Runs the modem (a [`SimulatedModem`](crate::simulator::SimulatedModem) or a
/// [`Replay`](crate::link::Replay)) until `stop` is set, and lets happen what the script says.
/// `on_listening` is told each place that can be opened, in the form that `--port` takes:
/// `/dev/pts/5`, `tcp://127.0.0.1:2000`.
///
/// # Errors
/// The pseudo-terminal or the TCP port can't be made, in words.
pub fn run(
    mut modem: impl Player,
    script: Option<Script>,
    endpoints: Endpoints,
    mut on_listening: impl FnMut(&str),
    stop: Arc<AtomicBool>,
) -> io::Result<()> {
    let (tell, happenings) = bounded(INCOMING_CAPACITY);
    let _pty = match &endpoints.pty {
        Some(options) => Some(serve_pty(options, &tell, &mut on_listening)?),
        None => None,
    };
    let _tcp = match endpoints.tcp {
        Some(address) => Some(TcpService::start(address, &tell, &stop, &mut on_listening)?),
        None => None,
    };
    drop(tell);
    turn(&mut modem, script.unwrap_or_default(), &happenings, &stop);
    Ok(())
}

fn turn(
    modem: &mut dyn Player,
    mut script: Script,
    happenings: &Receiver<Happening>,
    stop: &AtomicBool,
) {
    let clock = SystemClock::new();
    let mut clients: Vec<Sender<Vec<u8>>> = Vec::new();
    while !stop.load(Ordering::Acquire) {
        let now = clock.now();
        if modem.poll_timeout().is_some_and(|due| due <= now) {
            modem.handle_timeout(now);
        }
        while let Some(action) = script.due(now) {
            modem.handle_action(action, now);
        }
        while let Some(bytes) = modem.poll_transmit() {
            clients.retain(|client| match client.try_send(bytes.clone()) {
                Ok(()) | Err(crossbeam_channel::TrySendError::Full(_)) => true,
                Err(crossbeam_channel::TrySendError::Disconnected(_)) => false,
            });
        }
        let due = [modem.poll_timeout(), script.poll_timeout()].into_iter().flatten().min();
        let patience = patience(due, clock.now()).min(STOP_PATIENCE);
        match happenings.recv_timeout(patience) {
            Ok(Happening::Bytes(bytes)) => modem.handle_bytes(&bytes, clock.now()),
            Ok(Happening::Joined(client)) => clients.push(client),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(unix)]
fn serve_pty(
    options: &PtyOptions,
    tell: &Sender<Happening>,
    on_listening: &mut impl FnMut(&str),
) -> io::Result<crate::link::pty::Pty> {
    let pty = crate::link::pty::Pty::new(options)?;
    let (mut reader, mut writer) = (pty.handle()?, pty.handle()?);
    let (client, output) = bounded::<Vec<u8>>(OUTGOING_CAPACITY);
    let told = tell.send(Happening::Joined(client)).is_ok();
    debug_assert!(told, "the receiver is in the caller's hands");
    let tell = tell.clone();
    thread::Builder::new().name("pty-reader".to_owned()).spawn(move || pump(&mut reader, &tell))?;
    thread::Builder::new().name("pty-writer".to_owned()).spawn(move || {
        for bytes in output {
            if writer.write_all(&bytes).is_err() {
                return;
            }
        }
    })?;
    on_listening(&pty.path().display().to_string());
    Ok(pty)
}

#[cfg(not(unix))]
fn serve_pty(
    _options: &PtyOptions,
    _tell: &Sender<Happening>,
    _on_listening: &mut impl FnMut(&str),
) -> io::Result<()> {
    let reason = "this system has no pseudo-terminals; use --tcp instead";
    Err(io::Error::new(io::ErrorKind::Unsupported, reason))
}

/// Hands on what a client writes, until it ends or nobody listens.
fn pump(reader: &mut impl Read, tell: &Sender<Happening>) {
    let mut buffer = [0; 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                if tell.send(Happening::Bytes(buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// A TCP port and its thread; closed when dropped.
struct TcpService {
    address: SocketAddr,
    client: Arc<std::sync::Mutex<Option<TcpStream>>>,
}

impl TcpService {
    fn start(
        address: SocketAddr,
        tell: &Sender<Happening>,
        stop: &Arc<AtomicBool>,
        on_listening: &mut impl FnMut(&str),
    ) -> io::Result<TcpService> {
        let listener = TcpListener::bind(address).map_err(|error| {
            io::Error::new(error.kind(), format!("{address} can't be listened at: {error}"))
        })?;
        let address = listener.local_addr()?;
        let service = TcpService { address, client: Arc::default() };
        let (client, tell, stop) = (Arc::clone(&service.client), tell.clone(), Arc::clone(stop));
        thread::Builder::new().name("tcp-service".to_owned()).spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                *client.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
                    stream.try_clone().ok();
                serve_client(stream, &tell);
            }
        })?;
        on_listening(&format!("tcp://{address}"));
        Ok(service)
    }
}

impl Drop for TcpService {
    fn drop(&mut self) {
        let client = self.client.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(client) = client {
            // It may be down already.
            let _ = client.shutdown(Shutdown::Both);
        }
        // Wakes the thread that waits for the next client, so that it sees that it shall end.
        let _ = TcpStream::connect_timeout(&self.address, STOP_PATIENCE);
    }
}

fn serve_client(mut stream: TcpStream, tell: &Sender<Happening>) {
    let Ok(mut writer) = stream.try_clone() else { return };
    // Only speed depends on it.
    let _ = stream.set_nodelay(true);
    let (client, output) = bounded::<Vec<u8>>(OUTGOING_CAPACITY);
    if tell.send(Happening::Joined(client)).is_err() {
        return;
    }
    let spawned = thread::Builder::new().name("tcp-writer".to_owned()).spawn(move || {
        for bytes in output {
            if writer.write_all(&bytes).is_err() {
                return;
            }
        }
    });
    if spawned.is_ok() {
        pump(&mut stream, tell);
    }
    // The writer may hold the last handle: end the connection, not only our part of it.
    let _ = stream.shutdown(Shutdown::Both);
}
