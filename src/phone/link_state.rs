//! The way to the modem: its address, whether it stands, and the ports a person can pick from.

use crate::phone::Carrier;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where a modem is: what the user types after `--port` or picks from the list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LinkAddress {
    /// A serial port by its device name: `/dev/ttyUSB2`, `COM10`.
    Serial(String),
    /// A modem behind a TCP port (ser2net and the like): `tcp://host:port`.
    Tcp {
        /// Name or address.
        host: String,
        /// 1–65535.
        port: u16,
    },
    /// The built-in simulated modem: `demo`.
    Demo,
    /// A recorded trace, played as a simulated modem: `replay:FILE`.
    Replay(PathBuf),
}

impl LinkAddress {
    /// There is no modem behind it: a simulated or recorded one is played.
    pub fn is_played(&self) -> bool {
        self.carrier() != Carrier::Modem
    }

    /// What gets the texts that are written while it is in use.
    pub fn carrier(&self) -> Carrier {
        match self {
            LinkAddress::Serial(_) | LinkAddress::Tcp { .. } => Carrier::Modem,
            LinkAddress::Demo => Carrier::Demo,
            LinkAddress::Replay(_) => Carrier::Recording,
        }
    }
}

/// The text is no address.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LinkAddressError {
    /// Nothing was given.
    #[error("no port given: use a device such as /dev/ttyUSB2 or COM10, tcp://HOST:PORT, or demo")]
    Empty,
    /// `tcp://` without a proper host and port.
    #[error(
        "“{0}” is not a TCP address: write it as tcp://HOST:PORT, for example tcp://192.168.1.20:2000"
    )]
    BadTcp(String),
    /// `replay:` without a file.
    #[error("no file given: write it as replay:FILE")]
    NoRecording,
    /// Control characters in the name.
    #[error("a port name can't contain control characters")]
    ControlCharacter,
}

impl FromStr for LinkAddress {
    type Err = LinkAddressError;

    fn from_str(text: &str) -> Result<Self, LinkAddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkAddressError::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(LinkAddressError::ControlCharacter);
        }
        if text.eq_ignore_ascii_case("demo") {
            return Ok(LinkAddress::Demo);
        }
        if let Some(file) = text.strip_prefix("replay:") {
            let file = file.trim();
            return match file.is_empty() {
                true => Err(LinkAddressError::NoRecording),
                false => Ok(LinkAddress::Replay(PathBuf::from(file))),
            };
        }
        let Some(rest) = text.strip_prefix("tcp://") else {
            return Ok(LinkAddress::Serial(text.to_owned()));
        };
        let bad = || LinkAddressError::BadTcp(text.to_owned());
        let (host, port) = rest.trim_end_matches('/').rsplit_once(':').ok_or_else(bad)?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = port.parse().ok().filter(|&port| port != 0).ok_or_else(bad)?;
        if host.is_empty() || host.contains(['/', ' ', '@']) {
            return Err(bad());
        }
        Ok(LinkAddress::Tcp { host: host.to_owned(), port })
    }
}

impl fmt::Display for LinkAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkAddress::Serial(name) => f.write_str(name),
            LinkAddress::Tcp { host, port } if host.contains(':') => {
                write!(f, "tcp://[{host}]:{port}")
            }
            LinkAddress::Tcp { host, port } => write!(f, "tcp://{host}:{port}"),
            LinkAddress::Demo => f.write_str("demo"),
            LinkAddress::Replay(file) => write!(f, "replay:{}", file.display()),
        }
    }
}

/// Where the connection to the modem stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LinkState {
    /// No modem is chosen.
    #[default]
    Disconnected,
    /// The port is being opened.
    Opening(LinkAddress),
    /// The port is open, the modem is being set up.
    Initialising(LinkAddress),
    /// The modem answers; commands can be given.
    Ready(LinkAddress),
    /// The port is open but the modem does not answer, in words and what to do.
    Silent {
        /// Which port.
        address: LinkAddress,
        /// One sentence.
        reason: String,
        /// What to do.
        advice: String,
    },
    /// The port could not be opened, or was lost. `retrying` says that it comes back by itself.
    Failed {
        /// Which port.
        address: LinkAddress,
        /// One sentence: `Permission to use /dev/ttyUSB2 was refused`.
        reason: String,
        /// What to do, with the exact command where there is one.
        advice: String,
        /// The program looks for the modem and connects again when it is back.
        retrying: bool,
    },
}

impl LinkState {
    /// The address, unless disconnected.
    pub fn address(&self) -> Option<&LinkAddress> {
        match self {
            LinkState::Disconnected => None,
            LinkState::Opening(address)
            | LinkState::Initialising(address)
            | LinkState::Ready(address) => Some(address),
            LinkState::Silent { address, .. } | LinkState::Failed { address, .. } => Some(address),
        }
    }

    /// Commands can be given.
    pub fn ready(&self) -> bool {
        matches!(self, LinkState::Ready(_))
    }
}

/// What tells one USB device from another although its port name changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UsbIdentity {
    /// Vendor.
    pub vid: u16,
    /// Product.
    pub pid: u16,
    /// Serial number, where the device has one. Many modems share `0123456789ABCDEF`.
    pub serial: Option<String>,
    /// Interface number: which of a modem's several ports this is.
    pub interface: Option<u8>,
}

/// What was found at a port by asking it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProbeResult {
    /// Being asked now.
    Probing,
    /// It answered `AT`; the maker and model it gave, may be empty.
    Modem(String),
    /// It was opened and nothing answered.
    Silent,
    /// It could not be opened; why, in words.
    Unavailable(String),
}

/// A port as the picker shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PortDescription {
    /// What to connect to.
    pub address: LinkAddress,
    /// `Quectel EC25`, `Demo modem (simulated)`; falls back to the device name.
    pub title: String,
    /// `ttyUSB2 · Quectel · 2c7c:0125 · AT port`.
    pub detail: String,
    /// USB identity, for USB devices.
    pub usb: Option<UsbIdentity>,
    /// Known to be, or very likely, a modem's AT port (by USB vendor and interface).
    pub likely_modem: bool,
    /// What asking it found, if it was asked.
    pub probe: Option<ProbeResult>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_as_they_print() {
        for text in [
            "/dev/ttyUSB2",
            "COM10",
            "tcp://localhost:2000",
            "tcp://[::1]:7",
            "demo",
            "replay:/tmp/a b.txt",
        ] {
            let address: LinkAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
        for bad in [
            "",
            "  ",
            "tcp://",
            "tcp://host",
            "tcp://host:0",
            "tcp://host:70000",
            "tcp://a b:1",
            "a\rb",
            "replay: ",
        ] {
            assert!(bad.parse::<LinkAddress>().is_err(), "{bad:?}");
        }
    }
}
