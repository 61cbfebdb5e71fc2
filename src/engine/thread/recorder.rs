//! Writes a recording on a thread of its own: a slow disk holds nobody up.

use crate::engine::input::JobResult;
use crate::engine::thread::start;
use crate::link::Freed;
use crate::phone::RequestId;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Pieces that may wait for the disk; more means that it will not catch up.
const WAITING: usize = 4096;

/// The engine's end. The file is complete when it is dropped and its [`Freed`] says so.
pub(super) struct Recorder {
    id: RequestId,
    lines: Sender<String>,
}

impl Recorder {
    /// Makes the file, in place of one that is there, and tells whether that went well.
    pub(super) fn start(
        id: RequestId,
        path: PathBuf,
        head: String,
        tell: impl Fn(JobResult) -> bool + Send + Sync + 'static,
    ) -> (Option<Recorder>, Freed) {
        let (lines, to_write) = bounded(WAITING);
        let (alive, freed) = Freed::pair();
        let tell = std::sync::Arc::new(tell);
        let told = std::sync::Arc::clone(&tell);
        let started = start("recorder", move || {
            let _alive = alive;
            run(id, &path, &head, &to_write, &*told);
        });
        if started.is_none() {
            tell(JobResult::RecordingBegun(id, Err("The system has no thread left".to_owned())));
        }
        (started.map(|_| Recorder { id, lines }), freed)
    }

    /// The command that began it.
    pub(super) fn id(&self) -> RequestId {
        self.id
    }

    /// Queues lines; false if the disk is too far behind, or gone.
    pub(super) fn write(&self, lines: String) -> bool {
        self.lines.try_send(lines).is_ok()
    }
}

fn run(
    id: RequestId,
    path: &Path,
    head: &str,
    lines: &Receiver<String>,
    tell: &dyn Fn(JobResult) -> bool,
) {
    let begun = create(path).and_then(|mut file| {
        file.write_all(head.as_bytes())?;
        file.flush()?;
        Ok(file)
    });
    let mut file = match begun {
        Ok(file) => file,
        Err(error) => {
            let reason = format!("{} can't be written ({error})", path.display());
            // An engine that has ended wants no answers.
            tell(JobResult::RecordingBegun(id, Err(reason)));
            return;
        }
    };
    if !tell(JobResult::RecordingBegun(id, Ok(()))) {
        return;
    }
    if let Err(error) = write_all(&mut file, lines) {
        tell(JobResult::RecordingFailed(id, error.to_string()));
    }
}

fn write_all(file: &mut BufWriter<File>, lines: &Receiver<String>) -> io::Result<()> {
    for text in lines {
        file.write_all(text.as_bytes())?;
        // What happened last matters most when the program dies.
        if lines.is_empty() {
            file.flush()?;
        }
    }
    file.flush()
}

/// For the user alone.
fn create(path: &Path) -> io::Result<BufWriter<File>> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(BufWriter::new(options.open(path)?))
}
