//! Tests of connections over pseudo-terminals made by the serialport crate.

use super::*;
use crate::link::error::LinkErrorKind;
use serialport::{SerialPort, TTYPort};
use std::time::Instant;

const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, PartialEq)]
enum Told {
    Opened,
    Lost(LinkErrorKind),
    Bytes(Vec<u8>),
}

struct Ear(Sender<Told>);

impl Sink for Ear {
    fn bytes(&self, bytes: &[u8]) -> bool {
        self.0.send(Told::Bytes(bytes.to_vec())).is_ok()
    }

    fn report(&self, report: LinkReport) {
        let told = match report {
            LinkReport::Opened { .. } => Told::Opened,
            LinkReport::Lost(error) => Told::Lost(error.kind),
        };
        let _ = self.0.send(told);
    }
}

/// The modem's end of a pseudo-terminal, and the name of ours.
fn pair() -> (TTYPort, TTYPort, String) {
    let (mut master, slave) = TTYPort::pair().unwrap();
    master.set_timeout(PATIENCE).unwrap();
    let name = slave.name().unwrap();
    (master, slave, name)
}

fn ear() -> (Arc<Ear>, Receiver<Told>) {
    let (tell, told) = bounded(1000);
    (Arc::new(Ear(tell)), told)
}

fn connect(name: &str) -> (Connection, Receiver<Told>) {
    let (sink, told) = ear();
    let address = LinkAddress::Serial(name.to_owned());
    let request = OpenRequest { address, baud_rate: 115_200, usb: None };
    let connection = Connection::open(request, Vec::new(), sink);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Opened));
    (connection, told)
}

fn read(master: &mut TTYPort, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    master.read_exact(&mut bytes).unwrap();
    bytes
}

#[test]
fn bytes_go_both_ways_unchanged_and_at_once() {
    let (mut master, _slave, name) = pair();
    let (connection, told) = connect(&name);
    let all: Vec<u8> = (0..=255).collect();
    connection.write(all.clone()).unwrap();
    assert_eq!(read(&mut master, 256), all);
    let written = Instant::now();
    connection.write(b"AT\r".to_vec()).unwrap();
    assert_eq!(read(&mut master, 3), b"AT\r");
    assert!(written.elapsed() < Duration::from_millis(50), "{:?}", written.elapsed());
    master.write_all(b"\r\nOK\r\n").unwrap();
    let mut heard = Vec::new();
    while heard.len() < 6 {
        match told.recv_timeout(PATIENCE).unwrap() {
            Told::Bytes(bytes) => heard.extend(bytes),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(heard, b"\r\nOK\r\n");
}

#[test]
fn a_closed_port_is_free_at_once_and_an_unplugged_one_is_told() {
    let (master, slave, name) = pair();
    let (connection, _told) = connect(&name);
    let closing = Instant::now();
    let freed = connection.close();
    assert!(freed.wait(PATIENCE));
    assert!(closing.elapsed() < Duration::from_millis(200), "{:?}", closing.elapsed());
    let (_connection, told) = connect(&name);
    drop((master, slave));
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Lost(LinkErrorKind::Lost)));
}

#[test]
fn a_port_that_takes_nothing_is_told_and_can_be_closed() {
    let (_master, _slave, name) = pair();
    let (connection, _told) = connect(&name);
    // Nobody reads the other end: the system's buffers fill first, then our queue.
    let refused = (0..10_000).find_map(|_| {
        std::thread::yield_now();
        connection.write(vec![b'x'; 4096]).err()
    });
    assert_eq!(refused.map(|error| error.kind), Some(LinkErrorKind::Stuck));
    assert!(connection.close().wait(Duration::from_secs(1)));
}

#[test]
fn one_thread_can_do_both_as_windows_needs() {
    let (mut master, slave, name) = pair();
    drop(slave);
    let port = serialport::new(&name, 115_200).timeout(SINGLE_THREAD_PATIENCE).open().unwrap();
    let (sink, told) = ear();
    let (to_write, outgoing) = bounded(10);
    let (alive, freed) = Freed::pair();
    let stop = Stop::default();
    let task = Task { to_write: outgoing, stop: stop.clone(), sink, _alive: alive };
    let thread = std::thread::spawn(move || task.read_and_write("test", Box::new(port)));
    to_write.send(b"AT\r".to_vec()).unwrap();
    assert_eq!(read(&mut master, 3), b"AT\r");
    master.write_all(b"OK\r").unwrap();
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Bytes(b"OK\r".to_vec())));
    stop.request();
    assert_eq!(thread.join().unwrap(), None);
    assert!(freed.wait(Duration::ZERO));
}
