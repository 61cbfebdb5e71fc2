//! Reading and writing of files for the engine, on another thread since a disk may be slow.

use crate::engine::input::{Job, JobResult};
use crate::engine::keyring::SystemKeyring;
use crate::engine::{export, probe};
use crate::merge;
use crate::phone::{Contact, LinkAddress, Table};
use crate::store::Reader;
use crate::vcard;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Octets of a file that are read at most.
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
            Job::Keyring(task) => {
                let result = task.run(&SystemKeyring);
                JobResult::Keyring(task, result)
            }
            Job::Import(request, path) => JobResult::Imported(request, import(&path)),
            Job::Export(request, path, contacts) => {
                JobResult::Exported(request, export(&path, &contacts))
            }
            Job::ReadTable(request, path) => JobResult::TableRead(request, table(&path)),
            Job::ExportTexts { request, database, wanted, path } => {
                let reader = Reader::open(&database).map_err(|error| error.to_string());
                let written = reader.and_then(|reader| export::to_file(&reader, &wanted, &path));
                JobResult::TextsExported(request, written)
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

fn table(path: &Path) -> Result<Table, String> {
    let bytes =
        read(path).map_err(|error| format!("{} can't be read ({error})", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    merge::read(&name, &bytes).map_err(|error| format!("{name} is no list: {error}"))
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

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// Writes beside the file and then takes its place, so that a full disk or a crash leaves the old
/// file as it was.
pub(super) fn replace_with<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> io::Result<T> {
    let beside = beside(path)?;
    let written = write_new(&beside, write);
    let written = written.and_then(|value| fs::rename(&beside, path).map(|()| value));
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

fn write_new<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> io::Result<T> {
    let mut file = BufWriter::new(File::create(path)?);
    let value = write(&mut file)?;
    file.into_inner()?.sync_all()?;
    Ok(value)
}
