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
#[cfg(unix)]
fn open_somehow(
    builder: &SerialPortBuilder,
    name: &str,
) -> serialport::Result<Box<dyn SerialPort>> {
    let error = match builder.clone().open() {
        Ok(port) => return Ok(port),
        Err(error) => error,
    };
    if error.kind != ErrorKind::Unknown || !is_terminal(name) {
        return Err(error);
    }
    let shared = builder.clone().exclusive(false);
    shared.open().or_else(|_| match cfg!(target_os = "macos") {
        true => builder.clone().baud_rate(0).open(),
        false => Err(error),
    })
}

#[cfg(not(unix))]
fn open_somehow(
    builder: &SerialPortBuilder,
    _name: &str,
) -> serialport::Result<Box<dyn SerialPort>> {
    builder.clone().open()
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
        ErrorKind::Unknown if !is_terminal(name) => not_a_terminal(name),
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

/// A serial port or something that can be set up like one.
#[cfg(unix)]
fn is_terminal(name: &str) -> bool {
    use rustix::fs::{Mode, OFlags, open};
    let mode = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    open(name, mode, Mode::empty()).is_ok_and(rustix::termios::isatty)
}

#[cfg(not(unix))]
fn is_terminal(_name: &str) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests;
