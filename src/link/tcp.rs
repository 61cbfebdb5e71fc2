//! A modem behind a TCP port: ser2net, a serial server, the simulated modem of another Deskphone.

use crate::link::connection::Opened;
use crate::link::error::{LinkError, LinkErrorKind};
use std::io;
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::Duration;

const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// Addresses of one name that are tried.
const MOST_ADDRESSES: usize = 4;

/// Connects; waits up to 5 s for each address of the name.
pub(crate) fn open(host: &str, port: u16) -> Result<Opened, LinkError> {
    let stream = connect(host, port)?;
    let trouble = |error: io::Error| LinkError::while_open(&format!("{host}:{port}"), &error);
    // A command line is one small write, and its answer is waited for.
    stream.set_nodelay(true).map_err(trouble)?;
    let reader = stream.try_clone().map_err(trouble)?;
    let writer = stream.try_clone().map_err(trouble)?;
    let hang_up = Box::new(move || {
        // Wakes a read or write that waits; an error means that it is down already.
        let _ = stream.shutdown(Shutdown::Both);
    });
    Ok(Opened::Split { reader: Box::new(reader), writer: Box::new(writer), hang_up })
}

fn connect(host: &str, port: u16) -> Result<TcpStream, LinkError> {
    let addresses = (host, port).to_socket_addrs().map_err(|error| {
        LinkError::new(
            LinkErrorKind::Unreachable,
            format!("The name {host} is not known to the network ({error})"),
            "Check the spelling, or use the numeric address",
        )
    })?;
    let mut last = None;
    for address in addresses.take(MOST_ADDRESSES) {
        match TcpStream::connect_timeout(&address, CONNECT_PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    Err(in_words(host, port, last.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into())))
}

fn in_words(host: &str, port: u16, error: io::Error) -> LinkError {
    let (reason, advice) = match error.kind() {
        io::ErrorKind::ConnectionRefused => (
            format!("Nothing listens at {host}, port {port}"),
            "Start the program that serves the modem there, or check the port number".to_owned(),
        ),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => (
            format!("{host} did not answer within {} seconds", CONNECT_PATIENCE.as_secs()),
            "Check the address, and that no firewall is in between".to_owned(),
        ),
        _ => (
            format!("{host}, port {port}, can't be reached ({error})"),
            "Check the address and the network connection".to_owned(),
        ),
    };
    LinkError::new(LinkErrorKind::Unreachable, reason, advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn failure(host: &str, port: u16) -> LinkError {
        match open(host, port) {
            Ok(_) => panic!("{host}:{port} should not be there"),
            Err(error) => error,
        }
    }

    #[test]
    fn a_closed_port_and_an_unknown_name_are_told_in_words() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let refused = failure("127.0.0.1", port);
        assert_eq!(refused.reason, format!("Nothing listens at 127.0.0.1, port {port}"));
        // RFC 6761 §6.4: .invalid never resolves.
        let unknown = failure("modem.invalid", 2000);
        assert!(unknown.reason.starts_with("The name modem.invalid is not known"), "{unknown}");
    }
}
