//! Opening connections: the pragmas, the file's rights, and the folder it is in.

use super::{StoreError, schema};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a connection waits for another program's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Page cache in KiB (negative: SQLite's unit for KiB).
const CACHE_KIB: i64 = -4000;

/// The same for those who search: two lists of half a million texts each are at hand.
const READER_CACHE_KIB: i64 = -16_000;

/// A writing connection to a file, with the tables in it.
pub(super) fn file(path: &Path) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        create_folder(folder)?;
    }
    create_private(path)?;
    let _turn = wait_for_turn(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    configure(&connection)?;
    schema::prepare(&mut connection)?;
    Ok(connection)
}

/// Holds others that open the same file back until the returned file is dropped: while two programs
/// turn a new file into one with a write-ahead log, SQLite tells one of them that it is locked,
/// without waiting. A file system without locks leaves things as they are.
pub(super) fn wait_for_turn(path: &Path) -> Option<fs::File> {
    let mut name = path.as_os_str().to_owned();
    name.push("-opening");
    let name = Path::new(&name);
    create_private(name).ok()?;
    let turn = fs::OpenOptions::new().append(true).open(name).ok()?;
    turn.lock().ok()?;
    Some(turn)
}

/// A writing connection to memory; `name` is shared with readers and with no other store.
pub(super) fn memory(name: &MemoryName) -> Result<Connection, StoreError> {
    let mut connection = Connection::open_with_flags(
        name.uri(),
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    configure(&connection)?;
    schema::prepare(&mut connection)?;
    Ok(connection)
}

/// The name of a database in memory: unique in the process while a copy of it lives, because it is
/// made from the address of a value that all copies share.
#[derive(Clone, Debug, Default)]
pub(super) struct MemoryName(Arc<u8>);

impl MemoryName {
    fn uri(&self) -> String {
        format!("file:deskphone-{:p}?mode=memory&cache=shared", Arc::as_ptr(&self.0))
    }
}

/// A reading connection to a file that a writer has prepared.
pub(super) fn file_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "cache_size", READER_CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A reading connection to a store in memory.
pub(super) fn memory_reader(name: &MemoryName) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        name.uri(),
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.pragma_update(None, "query_only", true)?;
    // A shared cache has locks on tables, which don't wait: read what is there.
    connection.pragma_update(None, "read_uncommitted", true)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    // A received text may be deleted from the SIM once a commit returns, so a commit must be on
    // the disk and not only in the system's cache.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A deleted text is overwritten in the file where that costs nothing more.
    connection.pragma_update(None, "secure_delete", "FAST")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Creates the file for the user alone; SQLite gives its side files the same rights.
#[cfg(unix)]
pub(super) fn create_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    if path.exists() {
        let rights = fs::metadata(path)?.permissions().mode();
        if rights & 0o077 != 0 {
            // Not ours to change (another user's file): reading and writing it may still work.
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(rights & !0o077));
        }
        return Ok(());
    }
    fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path).map(|_| ())
}

/// On Windows the user's data folder is closed to other users already.
#[cfg(not(unix))]
pub(super) fn create_private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
