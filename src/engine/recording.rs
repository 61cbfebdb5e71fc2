//! The AT traffic on its way to a file: cut into lines, PINs masked always, numbers and words if
//! the user wants it so, and with the set-up of the modem before it, so that it can be played (see
//! [`crate::link::recording`]).

use crate::at::command_line::CommandLine;
use crate::clock::{Instant, WallTime};
use crate::engine::Engine;
use crate::engine::input::{Action, Moment};
use crate::engine::masking::Masker;
use crate::engine::traffic::{is_result, secret_digits};
use crate::link::recording as format;
use crate::modem::Transmit;
use crate::phone::{CommandError, Diagnosis, Event, RequestId};
use std::path::PathBuf;
use std::time::Duration;

/// The set-up of a modem that is kept in case somebody records what follows.
const SET_UP_OCTETS: usize = 64 * 1024;
/// From the end of the set-up to the beginning of the recording, when it is played.
const AFTER_SET_UP: Duration = Duration::from_millis(500);
/// A recording ends by itself when it is so long, so that a forgotten one does not fill the disk.
const MOST_OCTETS: u64 = 200 * 1024 * 1024;
/// A line longer than this is written in pieces.
const LONGEST_PIECE: usize = 4096;
/// What a secret digit becomes.
const MASK: u8 = b'*';

/// A piece of traffic without secrets.
#[derive(Clone, Debug)]
struct Piece {
    at: Instant,
    sent: bool,
    bytes: Vec<u8>,
}

/// The recording that is written.
#[derive(Debug)]
struct Active {
    /// The command that began it.
    id: RequestId,
    path: PathBuf,
    /// The file is there.
    begun: bool,
    /// This moment of the recording…
    offset: Duration,
    /// …is this moment of the clock.
    since: Instant,
    masker: Option<Masker>,
    octets: u64,
}

/// The traffic, cut into pieces.
#[derive(Debug, Default)]
pub(super) struct Recording {
    active: Option<Active>,
    set_up: Vec<Piece>,
    set_up_octets: usize,
    setting_up: bool,
    /// Received, and not a whole line yet.
    partial: Vec<u8>,
    /// PINs and passwords that were sent and may come back as an echo.
    secrets: Vec<String>,
    /// Lines for the file.
    lines: String,
}

impl Recording {
    /// The link was opened: the set-up begins.
    pub(super) fn link_opened(&mut self) {
        self.set_up.clear();
        self.set_up_octets = 0;
        self.setting_up = true;
        self.partial.clear();
        self.secrets.clear();
    }

    /// The set-up is through, or the link is gone.
    pub(super) fn set_up_over(&mut self) {
        self.setting_up = false;
    }

    fn wanted(&self) -> bool {
        self.setting_up || self.active.is_some()
    }

    /// Bytes that go to the modem.
    pub(super) fn sent(&mut self, transmit: &Transmit, now: Instant) {
        if !self.wanted() {
            return;
        }
        self.flush(now);
        let line = String::from_utf8_lossy(&transmit.bytes);
        let typed = CommandLine::raw_from_user(line.trim());
        if transmit.secret || typed.is_ok_and(|line| line.is_secret()) {
            self.secrets = secret_digits(&line);
        }
        let bytes = self.without_secrets(&transmit.bytes);
        self.add(Piece { at: now, sent: true, bytes });
    }

    /// Bytes that came from the modem.
    pub(super) fn received(&mut self, bytes: &[u8], now: Instant) {
        if !self.wanted() {
            return;
        }
        for &octet in bytes {
            self.partial.push(octet);
            // An empty line belongs to the one after it, as modems write `\r\nOK\r\n`.
            let whole = octet == b'\n' && !self.partial.trim_ascii().is_empty();
            if whole || self.partial.len() >= LONGEST_PIECE {
                self.flush(now);
            }
        }
        // A prompt has no line end.
        if self.partial.trim_ascii() == b">" {
            self.flush(now);
        }
    }

    /// What has come of a line is all there will be before something else.
    pub(super) fn flush(&mut self, now: Instant) {
        if self.partial.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.partial);
        let cleaned = self.without_secrets(&bytes);
        if is_result(&String::from_utf8_lossy(&bytes)) {
            self.secrets.clear();
        }
        self.add(Piece { at: now, sent: false, bytes: cleaned });
    }

    /// The octets with every PIN in them masked.
    fn without_secrets(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for secret in self.secrets.iter().filter(|secret| !secret.is_empty()) {
            let length = secret.len();
            let found = |at: &usize| &bytes[*at..*at + length] == secret.as_bytes();
            let places: Vec<usize> =
                (0..(bytes.len() + 1).saturating_sub(length)).filter(found).collect();
            for at in places {
                bytes[at..at + length].fill(MASK);
            }
        }
        bytes
    }

    fn add(&mut self, piece: Piece) {
        self.write(&piece, None);
        if self.setting_up && self.set_up_octets < SET_UP_OCTETS {
            self.set_up_octets += piece.bytes.len();
            self.set_up.push(piece);
        }
    }

    /// A remark.
    pub(super) fn note(&mut self, words: &str) {
        if let Some(active) = &mut self.active {
            let words = match &mut active.masker {
                Some(masker) => masker.sent(words),
                None => words.to_owned(),
            };
            self.lines += &format::remark(&words);
        }
    }

    /// One line of the file; `time` in place of the one that the clock gives.
    fn write(&mut self, piece: &Piece, time: Option<Duration>) {
        let Some(active) = &mut self.active else { return };
        let time = time.unwrap_or_else(|| active.offset + piece.at.since(active.since));
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let bytes = match &mut active.masker {
            Some(masker) => masked(masker, piece),
            None => piece.bytes.clone(),
        };
        let line = format::line(millis, piece.sent, &bytes);
        active.octets += line.len() as u64;
        self.lines += &line;
    }

    fn begin(&mut self, id: RequestId, path: PathBuf, mask: bool, now: Instant) {
        let masker = mask.then(Masker::default);
        let first = self.set_up.first().map_or(now, |piece| piece.at);
        let last = self.set_up.last().map_or(now, |piece| piece.at);
        let offset = match self.set_up.is_empty() {
            true => Duration::ZERO,
            false => last.since(first) + AFTER_SET_UP,
        };
        let (begun, octets) = (false, 0);
        self.active = Some(Active { id, path, begun, offset, since: now, masker, octets });
        // While the modem is being set up, all of it is still to come or goes on.
        if self.setting_up {
            let active = self.active.as_mut();
            active.into_iter().for_each(|active| active.offset = now.since(first));
        }
        for piece in self.set_up.clone() {
            self.write(&piece, Some(piece.at.since(first)));
        }
    }

    fn too_long(&self) -> bool {
        self.active.as_ref().is_some_and(|active| active.octets > MOST_OCTETS)
    }
}

/// Octets are taken as letters of Latin-1, so that each stays one.
fn masked(masker: &mut Masker, piece: &Piece) -> Vec<u8> {
    let text: String = piece.bytes.iter().map(|&octet| char::from(octet)).collect();
    let masked = if piece.sent { masker.sent(&text) } else { masker.received(&text) };
    masked.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'x')).collect()
}

impl Engine {
    /// The user wants the traffic in this file, or no more.
    pub(super) fn record(&mut self, request: RequestId, path: Option<PathBuf>, moment: Moment) {
        self.recording.flush(moment.now);
        self.stop_recording();
        let Some(path) = path else { return self.done(request) };
        let remarks = self.recording_remarks(moment.wall);
        let mask = self.settings.mask_console;
        let head = format::head(&remarks);
        self.out.actions.push(Action::StartRecording(request, path.clone(), head));
        self.recording.begin(request, path, mask, moment.now);
    }

    fn recording_remarks(&self, wall: WallTime) -> Vec<String> {
        let masked = match self.settings.mask_console {
            true => "Numbers, IMEI, IMSI and the words of texts are masked",
            false => "Numbers and texts are NOT masked: give this file only to people you trust",
        };
        let begun =
            format!("Begun {} with Deskphone {}", wall.rfc3339(), env!("CARGO_PKG_VERSION"));
        vec![begun, masked.to_owned()]
    }

    /// The file is there, or can't be.
    pub(super) fn recording_begun(&mut self, id: RequestId, result: Result<(), String>) {
        let active = self.recording.active.take_if(|active| active.id == id);
        match (result, active) {
            (Ok(()), Some(mut active)) => {
                active.begun = true;
                self.out.events.push(Event::Recording(Some(active.path.clone())));
                self.recording.active = Some(active);
                self.done(id);
            }
            (Ok(()), None) => self.done(id),
            (Err(reason), _) => {
                let diagnosis = Diagnosis::new(&reason, "Choose another folder");
                self.failed(id, CommandError::Storage, diagnosis);
            }
        }
    }

    /// The disk is full or too slow: what was written is there, and no more is.
    pub(super) fn recording_failed(&mut self, id: RequestId, reason: &str) {
        if self.recording.active.take_if(|active| active.id == id).is_some() {
            self.recording.lines.clear();
            self.out.events.push(Event::Recording(None));
            let text = format!("The recording has stopped: {reason}");
            self.notice(&text, "What was recorded before is in the file", true);
        }
    }

    fn stop_recording(&mut self) {
        self.hand_over_recorded();
        if let Some(active) = self.recording.active.take() {
            self.out.actions.push(Action::StopRecording);
            if active.begun {
                self.out.events.push(Event::Recording(None));
            }
        }
    }

    /// Gives the lines of this step to whoever writes them.
    pub(super) fn hand_over_recorded(&mut self) {
        if !self.recording.lines.is_empty() {
            let lines = std::mem::take(&mut self.recording.lines);
            self.out.actions.push(Action::Recorded(lines));
        }
        if self.recording.too_long() {
            self.stop_recording();
            let text = "The recording has stopped: the file is very large";
            self.notice(text, "Begin another one if you need more", true);
        }
    }

    /// A remark for the console and the recording.
    pub(super) fn remark(&mut self, words: &str, moment: Moment) {
        self.tasks.traffic.note(words, moment.wall);
        self.recording.note(words);
    }
}
