//! What is kept on disk: texts, calls, contacts, settings, in one SQLite file.
//!
//! [`Store`] is the one writer of a program: every method that changes something is one transaction
//! that is on the disk when it returns. [`Reader`] answers the window's questions on a connection
//! of its own. Several programs may have the same file open; [`Owner`] tells their outboxes apart.
//! Nothing here knows AT commands or the window.

mod batches;
mod bulk;
mod call_details;
mod calls;
mod carrier;
mod contacts;
mod content;
mod deleted;
mod delivery;
mod error;
mod fold;
mod incoming;
mod index;
mod marks;
mod open;
mod outbox;
mod owners;
mod parts;
mod reader;
mod recovery;
mod reports;
mod rows;
mod schema;
mod search;
mod set_back;
mod settings;
mod staging;
mod templates;
mod threads;
mod timeline;
mod types;
mod waiting;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

pub use bulk::OldText;
pub use error::StoreError;
pub use reader::Reader;
pub use types::{
    Discarded, INCOMPLETE_AFTER, ImportCounts, LONGEST_RETRY, OutboxSegment, OutgoingSegment,
    OutgoingText, Owner, Received, SegmentState, StoredAt,
};

/// Name of the database in the data folder.
pub const FILE_NAME: &str = "deskphone.sqlite3";

/// The one writer.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    place: Place,
    /// Where numbers without `+` are at home: what the user chose, else see
    /// [`Store::set_region`].
    region: String,
    /// What [`Store::set_region`] was told.
    home: String,
    /// Held while this program lives; see [`owners`].
    lock: Option<owners::OwnerLock>,
}

/// Where the data is.
#[derive(Debug)]
enum Place {
    File(PathBuf),
    Memory(open::MemoryName),
}

impl Store {
    /// Opens or creates the database, and its folder. Only the user can read the file.
    ///
    /// A file of a newer version, of another program or a damaged one is left as it is and gives
    /// an error that says so.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        let connection = open::file(path).map_err(|error| error.at(path))?;
        Store::with(connection, Place::File(path.to_owned()))
    }

    /// A database that is gone when the store and its readers are.
    pub fn in_memory() -> Result<Store, StoreError> {
        let name = open::MemoryName::default();
        let connection = open::memory(&name)?;
        Store::with(connection, Place::Memory(name))
    }

    fn with(connection: Connection, place: Place) -> Result<Store, StoreError> {
        let mut store =
            Store { connection, place, region: String::new(), home: String::new(), lock: None };
        store.region = store.settings()?.region;
        store.finish_deletions()?;
        store.remove_empty()?;
        Ok(store)
    }

    /// The file; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Memory(_) => None,
        }
    }

    /// A second connection to the same data, for another thread.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        match &self.place {
            Place::File(path) => Reader::open(path),
            Place::Memory(name) => Reader::of_memory(name),
        }
    }

    /// Writes a compact copy of everything to a file that does not exist yet: a backup, taken while
    /// the store is in use.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        if path.exists() {
            return Err(StoreError::NotWritable(format!("{} exists already", path.display())));
        }
        let name = path.to_str().ok_or(StoreError::Refused("the file's name is not UTF-8"))?;
        open::create_private(path)?;
        self.connection.execute("VACUUM INTO ?1", [name])?;
        Ok(())
    }

    /// A number that changes when another program has written to the file, and only then: what was
    /// told from the store may not be true any more.
    pub fn foreign_changes(&self) -> Result<u64, StoreError> {
        let version: i64 =
            self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok(u64::try_from(version).unwrap_or(0))
    }

    /// Says where numbers without `+` are at home (ISO 3166) when the user has chosen nothing: the
    /// country of the SIM, or of the system. It only decides which thread a text belongs to.
    pub fn set_region(&mut self, region: &str) -> Result<(), StoreError> {
        let chosen = self.settings()?.region;
        self.home = region.to_owned();
        self.region = if chosen.is_empty() { self.home.clone() } else { chosen };
        Ok(())
    }

    /// Runs `change` as one transaction: all of it is on the disk afterwards, or nothing.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // IMMEDIATE: another program's write is waited for at the start, where that can be done.
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = change(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}
