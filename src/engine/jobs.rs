//! Reading and writing of files for the engine, on another thread since a disk may be slow.

use crate::engine::input::{Job, JobResult};
use crate::engine::probe;
use crate::phone::{Contact, LinkAddress};
use crate::vcard;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Octets of a vCard file that are read at most.
const MOST_OCTETS: u64 = 64 * 1024 * 1024;

impl Job {
    /// Does it, however long it takes. Probes go by `probe::run` where they can be called off.
    pub fn run(self) -> JobResult {
        match self {
            Job::Probe(request) => {
                let address: LinkAddress = request.address.clone();
                let found = probe::run(request, Vec::new(), &Default::default());
                JobResult::Probed(address, found)
            }
            Job::Import(request, path) => JobResult::Imported(request, import(&path)),
            Job::Export(request, path, contacts) => {
                JobResult::Exported(request, export(&path, &contacts))
            }
        }
    }
}

fn import(path: &Path) -> Result<(Vec<Contact>, usize), String> {
    let bytes =
        read(path).map_err(|error| format!("{} can't be read ({error})", path.display()))?;
    let (contacts, problems) = vcard::read(&bytes);
    if contacts.is_empty() && problems.is_empty() {
        return Err(format!("{} has no contacts", path.display()));
    }
    Ok((contacts, problems.len()))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    let read = file.take(MOST_OCTETS + 1).read_to_end(&mut bytes)?;
    if read as u64 > MOST_OCTETS {
        return Err(io::Error::other("it is larger than 64 MiB"));
    }
    Ok(bytes)
}

fn export(path: &Path, contacts: &[Contact]) -> Result<usize, String> {
    let text = vcard::write(contacts);
    replace(path, text.as_bytes())
        .map_err(|error| format!("{} can't be written ({error})", path.display()))?;
    Ok(contacts.len())
}

/// Writes beside the file and then takes its place, so that a full disk or a crash leaves the old
/// file as it was.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path)?;
    let written = write_new(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left of the attempt; it may not be there.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it is no file name"))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(path.with_file_name(hidden))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
