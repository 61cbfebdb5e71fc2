//! Serial ports through the serialport crate: 8 data bits, no parity, one stop bit, no flow
//! control, DTR and RTS asserted, for this program alone.

use crate::link::connection::Opened;
use crate::link::error::{LinkError, LinkErrorKind};
use crate::link::{holder, ports, rights};
use serialport::{ErrorKind, SerialPort, SerialPortBuilder};
use std::io;
use std::time::Duration;

/// Opens a port. A read on it returns after `patience` at the latest.
pub(crate) fn open(name: &str, baud_rate: u32, patience: Duration) -> Result<Opened, LinkError> {
    let port = open_port(name, baud_rate, patience).map_err(|error| in_words(name, &error))?;
    split(name, port)
}

fn open_port(name: &str, baud: u32, patience: Duration) -> serialport::Result<Box<dyn SerialPort>> {
    let builder = serialport::new(name, baud)
        .timeout(patience)
        .data_bits(serialport::DataBits::Eight)
        .parity(serialport::Parity::None)
        .stop_bits(serialport::StopBits::One)
        .flow_control(serialport::FlowControl::None)
        .dtr_on_open(true);
    let mut port = open_somehow(&builder, name)?;
    // A pseudo-terminal has no such lines, and some firmware says nothing without them.
    let _ = port.write_data_terminal_ready(true);
    let _ = port.write_request_to_send(true);
    Ok(port)
}

/// Some character devices that speak AT know no exclusive use (`/dev/wwan0at0`), and a macOS
/// pseudo-terminal knows no baud rate.
fn open_somehow(
    builder: &SerialPortBuilder,
    name: &str,
) -> serialport::Result<Box<dyn SerialPort>> {
    let error = match builder.clone().open() {
        Ok(port) => return Ok(port),
        Err(error) => error,
    };
    let worth_it = error.kind == ErrorKind::Unknown && is_character_device(name);
    if !worth_it {
        return Err(error);
    }
    builder.clone().exclusive(false).open().or_else(|_| {
        if cfg!(target_os = "macos") { builder.clone().baud_rate(0).open() } else { Err(error) }
    })
}

#[cfg(not(windows))]
fn split(name: &str, port: Box<dyn SerialPort>) -> Result<Opened, LinkError> {
    let writer =
        port.try_clone().map_err(|error| LinkError::while_open(name, &io::Error::from(error)))?;
    Ok(Opened::Split { reader: Box::new(port), writer: Box::new(writer), hang_up: Box::new(|| {}) })
}

#[cfg(windows)]
fn split(_name: &str, port: Box<dyn SerialPort>) -> Result<Opened, LinkError> {
    Ok(Opened::Single(Box::new(port)))
}

fn in_words(name: &str, error: &serialport::Error) -> LinkError {
    match error.kind {
        ErrorKind::Io(io::ErrorKind::NotFound) => ports::not_found(name),
        ErrorKind::Io(io::ErrorKind::PermissionDenied) => rights::refused(name),
        ErrorKind::NoDevice if cfg!(windows) && !ports::exists(name) => ports::not_found(name),
        ErrorKind::NoDevice => holder::busy(name),
        ErrorKind::Unknown if !is_character_device(name) => not_a_terminal(name),
        _ => LinkError::new(
            LinkErrorKind::Other,
            format!("{name} can't be opened ({})", error.description),
            "Choose another port of the modem, or unplug it and plug it in again",
        ),
    }
}

fn not_a_terminal(name: &str) -> LinkError {
    LinkError::new(
        LinkErrorKind::NotATerminal,
        format!("{name} is not a serial port"),
        "Choose a port from the list, or type the name of a serial port",
    )
}

#[cfg(unix)]
fn is_character_device(name: &str) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(name).is_ok_and(|data| data.file_type().is_char_device())
}

#[cfg(not(unix))]
fn is_character_device(_name: &str) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn failure(name: &str) -> LinkError {
        match open(name, 115_200, Duration::from_millis(10)) {
            Ok(_) => panic!("{name} should not open"),
            Err(error) => error,
        }
    }

    #[test]
    fn what_is_no_port_is_told_in_words() {
        let missing = failure("/dev/ttyUSB-none");
        assert_eq!(missing.reason, "There is no port /dev/ttyUSB-none");
        assert_eq!(failure("/etc/hostname").reason, "/etc/hostname is not a serial port");
        assert_eq!(failure("/tmp").reason, "/tmp is not a serial port");
        assert!(!failure("/dev/null").reason.is_empty());
        assert!(!failure("").reason.is_empty());
    }

    #[test]
    fn a_port_in_use_names_its_user() {
        let (_master, slave) = serialport::TTYPort::pair().unwrap();
        let name = slave.name().unwrap();
        drop(slave);
        let first = open(&name, 115_200, Duration::from_millis(10));
        assert!(first.is_ok());
        let busy = failure(&name);
        assert_eq!(busy.kind, LinkErrorKind::Busy);
        assert!(busy.reason.starts_with(&format!("{name} is in use")), "{}", busy.reason);
        drop(first);
        assert!(open(&name, 115_200, Duration::from_millis(10)).is_ok());
    }
}
