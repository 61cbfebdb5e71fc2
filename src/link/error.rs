//! Why a port can't be used, in words: one sentence, and what to do.

use std::io;

/// What went wrong, for programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkErrorKind {
    /// There is no such port.
    NotFound,
    /// The system refused permission.
    Permission,
    /// Another program has the port.
    Busy,
    /// The path names something that is no serial port.
    NotATerminal,
    /// Nobody listens at the TCP address, or the name is not known, or it took too long.
    Unreachable,
    /// The port was open and is gone: unplugged, switched off, closed by the other side.
    Lost,
    /// The port takes no more bytes.
    Stuck,
    /// Anything else.
    Other,
}

/// Why a port can't be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{reason}")]
pub struct LinkError {
    /// For programs.
    pub kind: LinkErrorKind,
    /// One sentence without a full stop.
    pub reason: String,
    /// What to do, with the exact command where there is one; may be empty.
    pub advice: String,
}

impl LinkError {
    /// An error of this kind in these words.
    pub fn new(kind: LinkErrorKind, reason: impl Into<String>, advice: impl Into<String>) -> Self {
        LinkError { kind, reason: reason.into(), advice: advice.into() }
    }

    /// The port was open and is gone.
    pub fn lost(port: &str) -> Self {
        LinkError::new(
            LinkErrorKind::Lost,
            format!("The connection to {port} was lost"),
            "Check that the modem is plugged in and has power",
        )
    }

    /// The port takes no more bytes.
    pub fn stuck(port: &str) -> Self {
        LinkError::new(
            LinkErrorKind::Stuck,
            format!("The modem at {port} no longer takes what is sent to it"),
            "Unplug the modem, plug it in again and connect",
        )
    }

    /// A read or write failed while the port was open. Every system has its own error for a
    /// device that was pulled out; what is not known to be one of those is told as it is.
    pub fn while_open(port: &str, error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::BrokenPipe
            | Kind::NotFound
            | Kind::PermissionDenied
            | Kind::UnexpectedEof
            | Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::NotConnected => LinkError::lost(port),
            _ => {
                let lost = LinkError::lost(port);
                LinkError { reason: format!("{} ({error})", lost.reason), ..lost }
            }
        }
    }
}
