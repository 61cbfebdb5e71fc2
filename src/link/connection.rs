//! [`Connection`]: one open link with its threads. Opening, reading and writing all happen away
//! from the caller; what comes is handed to a [`Sink`].

use crate::link::error::LinkError;
use crate::link::{ports, serial, simulated, tcp};
use crate::phone::{LinkAddress, UsbIdentity};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A read or write returns after this long at the latest to see whether the link shall be closed.
pub(crate) const IO_PATIENCE: Duration = Duration::from_millis(100);
/// How long one I/O thread that does both waits for bytes before it looks for some to write.
const SINGLE_THREAD_PATIENCE: Duration = Duration::from_millis(10);
/// How long to wait for the former user of a port within this program to be gone.
const FORMER_PATIENCE: Duration = Duration::from_secs(2);
/// Pieces of output that may wait for a slow port.
const OUTGOING_CAPACITY: usize = 64;
/// Octets handed to a serial port at a time: it reports room long before it would block for these.
const WRITE_OCTETS: usize = 64;
const READ_OCTETS: usize = 4096;

/// What to open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenRequest {
    /// Where.
    pub address: LinkAddress,
    /// For serial ports.
    pub baud_rate: u32,
    /// The device that was there before, if this is a reconnection: it is looked for under other
    /// port names, and another device under the old name is left alone.
    pub usb: Option<UsbIdentity>,
}

/// What a connection tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkReport {
    /// It is open.
    Opened {
        /// Where in the end: a USB device may have a new port name.
        address: LinkAddress,
        /// What is plugged in there.
        usb: Option<UsbIdentity>,
    },
    /// It could not be opened, or is gone. The last report.
    Lost(LinkError),
}

/// Who a connection tells. Called from the connection's own threads.
pub trait Sink: Send + Sync + 'static {
    /// Bytes came. May wait while the receiver is behind; false when nobody wants them any more.
    fn bytes(&self, bytes: &[u8]) -> bool;
    /// The connection opened or is gone.
    fn report(&self, report: LinkReport);
}

/// A port that is both read and written by one thread.
pub(crate) trait Duplex: Read + Write + Send {}
impl<T: Read + Write + Send> Duplex for T {}

/// Both directions of an open port.
pub(crate) enum Opened {
    /// Reading and writing don't disturb each other. A read returns within [`IO_PATIENCE`] or when
    /// `hang_up` is called.
    Split {
        reader: Box<dyn Read + Send>,
        writer: Box<dyn Write + Send>,
        hang_up: Box<dyn FnOnce() + Send>,
    },
    /// One thread does both (Windows: a pending read on a handle that is not overlapped holds up a
    /// write). A read returns within a few milliseconds.
    #[cfg_attr(not(windows), allow(dead_code))]
    Single(Box<dyn Duplex>),
    /// A modem that is played runs on the connection's thread.
    Simulated(Box<simulated::Demo>),
}

/// Told when the threads of a connection have left and its port is free.
#[derive(Clone, Debug)]
pub struct Freed(Receiver<()>);

impl Freed {
    /// A sender to hold on to as long as the port is in use, and what tells that it is dropped.
    pub fn pair() -> (Sender<()>, Freed) {
        let (alive, freed) = bounded(0);
        (alive, Freed(freed))
    }

    /// Waits until the port is free, or for `patience`. True if it is free.
    pub fn wait(&self, patience: Duration) -> bool {
        // Nothing is ever sent: the channel ends when the last thread lets go of its sender.
        matches!(
            self.0.recv_timeout(patience),
            Err(crossbeam_channel::RecvTimeoutError::Disconnected)
        )
    }
}

type HangUp = Box<dyn FnOnce() + Send>;

/// Says "stop" to all threads of a connection.
#[derive(Clone, Default)]
pub(crate) struct Stop {
    requested: Arc<AtomicBool>,
    hang_up: Arc<Mutex<Option<HangUp>>>,
}

impl Stop {
    pub(crate) fn requested(&self) -> bool {
        self.requested.load(Ordering::Acquire)
    }

    fn request(&self) {
        self.requested.store(true, Ordering::Release);
        let hang_up = self.hang_up.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(hang_up) = hang_up {
            hang_up();
        }
    }

    fn set_hang_up(&self, hang_up: HangUp) {
        *self.hang_up.lock().unwrap_or_else(PoisonError::into_inner) = Some(hang_up);
        if self.requested() {
            self.request();
        }
    }
}

/// One link, being opened or open. Dropping it closes it.
pub struct Connection {
    name: String,
    outgoing: Option<Sender<Vec<u8>>>,
    stop: Stop,
    freed: Freed,
}

impl Connection {
    /// Starts to open a link and returns at once. `after` are ports to be let go of first.
    pub fn open(request: OpenRequest, after: Vec<Freed>, sink: Arc<dyn Sink>) -> Connection {
        let (outgoing, to_write) = bounded(OUTGOING_CAPACITY);
        let (alive, freed) = Freed::pair();
        let stop = Stop::default();
        let name = request.address.to_string();
        let task = Task { to_write, stop: stop.clone(), sink: Arc::clone(&sink), _alive: alive };
        let spawned = thread::Builder::new().name("link".to_owned()).spawn(move || {
            for former in after {
                former.wait(FORMER_PATIENCE);
            }
            task.run(request);
        });
        if let Err(error) = spawned {
            sink.report(LinkReport::Lost(LinkError::while_open(&name, &error)));
        }
        Connection { name, outgoing: Some(outgoing), stop, freed }
    }

    /// Queues bytes to be written; never waits.
    pub fn write(&self, bytes: Vec<u8>) -> Result<(), LinkError> {
        let Some(outgoing) = &self.outgoing else { return Err(LinkError::lost(&self.name)) };
        outgoing.try_send(bytes).map_err(|error| match error {
            TrySendError::Full(_) => LinkError::stuck(&self.name),
            TrySendError::Disconnected(_) => LinkError::lost(&self.name),
        })
    }

    /// Closes the link; returns at once. The port is free when the answer says so.
    pub fn close(mut self) -> Freed {
        self.shut();
        self.freed.clone()
    }

    fn shut(&mut self) {
        self.outgoing = None;
        self.stop.request();
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.shut();
    }
}

/// What the threads of one connection share.
#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) to_write: Receiver<Vec<u8>>,
    pub(crate) stop: Stop,
    pub(crate) sink: Arc<dyn Sink>,
    /// Held as long as a thread uses the port.
    _alive: Sender<()>,
}

impl Task {
    fn run(self, request: OpenRequest) {
        let (opened, address, usb) = match open(&request) {
            Ok(opened) => opened,
            Err(error) => return self.lost(error),
        };
        if self.stop.requested() {
            return;
        }
        let name = address.to_string();
        self.sink.report(LinkReport::Opened { address, usb });
        let ended = match opened {
            Opened::Split { reader, writer, hang_up } => {
                self.stop.set_hang_up(hang_up);
                let Some(writer_thread) = self.spawn_writer(&name, writer) else { return };
                let ended = self.read_all(&name, reader);
                // The writer ends with the channel or at its next look at `stop`.
                drop(writer_thread);
                ended
            }
            Opened::Single(port) => self.read_and_write(&name, port),
            Opened::Simulated(demo) => {
                demo.run(&self);
                None
            }
        };
        if let Some(error) = ended {
            self.lost(error);
        }
    }

    /// Reports the end, unless it was asked for or reported already.
    fn lost(&self, error: LinkError) {
        if !self.stop.requested() {
            self.stop.request();
            self.sink.report(LinkReport::Lost(error));
        }
    }

    fn spawn_writer(
        &self,
        name: &str,
        writer: Box<dyn Write + Send>,
    ) -> Option<thread::JoinHandle<()>> {
        let task = self.clone();
        let port = name.to_owned();
        let spawned = thread::Builder::new()
            .name("link-writer".to_owned())
            .spawn(move || task.write_all(&port, writer));
        spawned.map_err(|error| self.lost(LinkError::while_open(name, &error))).ok()
    }

    /// Hands on what has come; breaks with the reason when there is nothing more to read.
    fn read_some(
        &self,
        name: &str,
        reader: &mut dyn Read,
        buffer: &mut [u8],
    ) -> ControlFlow<Option<LinkError>> {
        match reader.read(buffer) {
            Ok(0) => ControlFlow::Break(Some(LinkError::lost(name))),
            Ok(count) if self.sink.bytes(&buffer[..count]) => ControlFlow::Continue(()),
            Ok(_) => ControlFlow::Break(None),
            Err(error) if worth_another_try(&error) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(Some(LinkError::while_open(name, &error))),
        }
    }

    fn read_all(&self, name: &str, mut reader: Box<dyn Read + Send>) -> Option<LinkError> {
        let mut buffer = [0; READ_OCTETS];
        while !self.stop.requested() {
            if let ControlFlow::Break(why) = self.read_some(name, &mut *reader, &mut buffer) {
                return why;
            }
        }
        None
    }

    fn write_all(&self, name: &str, mut writer: Box<dyn Write + Send>) {
        while let Ok(bytes) = self.to_write.recv() {
            if let Err(error) = self.write_some(&mut *writer, &bytes) {
                return self.lost(LinkError::while_open(name, &error));
            }
        }
    }

    /// Writes all of `bytes`, looking at `stop` whenever the port has no room.
    fn write_some(&self, writer: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match writer.write(&rest[..rest.len().min(WRITE_OCTETS)]) {
                Ok(0) => return Err(io::ErrorKind::BrokenPipe.into()),
                Ok(count) => rest = &rest[count..],
                Err(error) if worth_another_try(&error) && !self.stop.requested() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn read_and_write(&self, name: &str, mut port: Box<dyn Duplex>) -> Option<LinkError> {
        let mut buffer = [0; READ_OCTETS];
        while !self.stop.requested() {
            while let Ok(bytes) = self.to_write.try_recv() {
                if let Err(error) = self.write_some(&mut *port, &bytes) {
                    return Some(LinkError::while_open(name, &error));
                }
            }
            if let ControlFlow::Break(why) = self.read_some(name, &mut *port, &mut buffer) {
                return why;
            }
        }
        None
    }
}

fn worth_another_try(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::TimedOut | Kind::WouldBlock | Kind::Interrupted)
}

fn open(request: &OpenRequest) -> Result<(Opened, LinkAddress, Option<UsbIdentity>), LinkError> {
    match &request.address {
        LinkAddress::Demo => Ok((simulated::open()?, LinkAddress::Demo, None)),
        LinkAddress::Replay(file) => Ok((simulated::replay(file)?, request.address.clone(), None)),
        LinkAddress::Tcp { host, port } => {
            Ok((tcp::open(host, *port)?, request.address.clone(), None))
        }
        LinkAddress::Serial(name) => {
            let (name, usb) = ports::locate(name, request.usb.as_ref())?;
            let patience = if cfg!(windows) { SINGLE_THREAD_PATIENCE } else { IO_PATIENCE };
            let opened = serial::open(&name, request.baud_rate, patience)?;
            Ok((opened, LinkAddress::Serial(name), usb))
        }
    }
}

#[cfg(all(test, unix))]
mod tests;
