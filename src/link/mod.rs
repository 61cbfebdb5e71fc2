//! Bytes to and from a modem: serial ports, TCP and the built-in simulated modem, each opened,
//! read and written on threads of its own, so that whoever uses a [`Connection`] never waits.
//!
//! Nothing here knows AT. [`ports`] lists what a person can choose from, [`error`] says in words
//! why a port can't be used, [`serve`] offers the simulated modem to other programs.

pub mod connection;
pub mod error;
mod holder;
mod intake;
mod interfaces;
pub mod ports;
#[cfg(unix)]
pub mod pty;
pub mod recording;
pub mod replay;
mod rights;
mod serial;
pub mod serve;
mod simulated;
mod tcp;

pub use connection::{Connection, Freed, LinkReport, OpenRequest, Sink};
pub use error::{LinkError, LinkErrorKind};
pub use intake::{Intake, Put};
pub use replay::Replay;
pub use simulated::{Player, demo_contacts};
