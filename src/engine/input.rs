//! The closed lists of what can wake the engine and of what it asks to be done.

use crate::clock::{Instant, WallTime};
use crate::engine::export::{Wanted, Written};
use crate::engine::keyring::KeyringTask;
use crate::link::{LinkReport, OpenRequest};
use crate::phone::{
    Command, Contact, Event, LinkAddress, PortDescription, ProbeResult, RequestId, Secret, Table,
};
use std::path::PathBuf;

/// Which opening of a link is spoken of: reports of earlier ones come late and mean nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Attempt(pub u64);

/// Everything that can wake the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// The first one: tells what is in the store, connects to the modem that was chosen.
    Start,
    /// The user wants something.
    Command(RequestId, Command),
    /// The link opened, or is gone.
    Link(Attempt, LinkReport),
    /// The modem sent bytes.
    Bytes(Attempt, Vec<u8>),
    /// The ports there are now.
    Ports(Vec<PortDescription>),
    /// A job is done.
    Job(JobResult),
    /// Hang up, leave the modem, end.
    Shutdown,
}

/// What the engine asks to be done, in this order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Action {
    /// Open this link; report under this attempt.
    Open(Attempt, OpenRequest),
    /// Write to the link opened last.
    Write(Vec<u8>),
    /// Close the link opened last.
    Close,
    /// Do this on another thread; the result comes back as [`Input::Job`].
    Job(Job),
    /// Begin a recording in this file, with these lines; the outcome comes back as
    /// [`JobResult::RecordingBegun`]. What is recorded from now on belongs to it.
    StartRecording(RequestId, PathBuf, String),
    /// Lines for the recording.
    Recorded(String),
    /// End the recording.
    StopRecording,
}

/// Work that may take long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Job {
    /// Open a port for a moment and ask who is there.
    Probe(OpenRequest),
    /// Read a vCard file.
    Import(RequestId, PathBuf),
    /// Write a vCard file.
    Export(RequestId, PathBuf, Vec<Contact>),
    /// Do something with the PINs in the system's keyring.
    Keyring(KeyringTask),
    /// Read a CSV file.
    ReadTable(RequestId, PathBuf),
    /// Write conversations to a file.
    ExportTexts {
        /// The command's request.
        request: RequestId,
        /// Where the texts are.
        database: PathBuf,
        /// Which of them, and how.
        wanted: Wanted,
        /// The file; one that exists is replaced.
        path: PathBuf,
    },
}

/// What came of a [`Job`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JobResult {
    /// Who is at the port.
    Probed(LinkAddress, ProbeResult),
    /// The contacts of the file and how many entries could not be read; or why the file could not.
    Imported(RequestId, Result<(Vec<Contact>, usize), String>),
    /// How many contacts were written; or why not.
    Exported(RequestId, Result<usize, String>),
    /// The table; or why there is none.
    TableRead(RequestId, Result<Table, String>),
    /// The PIN that was asked for; or why the keyring can't be used.
    Keyring(KeyringTask, Result<Option<Secret>, String>),
    /// The file of a recording is there; or why not.
    RecordingBegun(RequestId, Result<(), String>),
    /// The recording that was begun so could not be written to its end, in words.
    RecordingFailed(RequestId, String),
    /// How many texts and calls were written; or why not.
    TextsExported(RequestId, Result<Written, String>),
}

/// What one step brought.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outputs {
    /// What became true, in order.
    pub events: Vec<Event>,
    /// What to do, in order.
    pub actions: Vec<Action>,
    /// The AT traffic on the screen changed.
    pub traffic: bool,
    /// The engine has left the modem and wants no more inputs.
    pub ended: bool,
}

/// Now, on both clocks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Moment {
    pub(super) now: Instant,
    pub(super) wall: WallTime,
}
