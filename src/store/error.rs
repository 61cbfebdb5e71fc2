//! Why the store could not do something, in words for people.

use rusqlite::ErrorCode;
use std::path::Path;

/// Why the store could not do something.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program held the file for longer than five seconds.
    #[error("the database is locked by another program: close that program and try again")]
    Locked,
    /// No space.
    #[error("the disk is full: make room and try again")]
    DiskFull,
    /// The folder or the file can't be written; where, and the system's words.
    #[error("the database can't be written: {0}")]
    NotWritable(String),
    /// Made by a newer version of this program.
    #[error(
        "the database was made by a newer version of Deskphone (format {found}, this one knows \
         {known}): install the newer version"
    )]
    NewerVersion {
        /// `user_version` of the file.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// Not a database of this program, or damaged; nothing was changed in it.
    #[error("the database can't be read and was left as it is: {0}")]
    Damaged(String),
    /// There is no such message, contact…
    #[error("there is no such {0} any more")]
    Missing(&'static str),
    /// What was given can't be stored.
    #[error("{0}")]
    Refused(&'static str),
    /// Anything else, in SQLite's words.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// The same error with the file's name, where that helps.
    pub(super) fn at(self, path: &Path) -> StoreError {
        let place = |words: String| format!("{}: {words}", path.display());
        match self {
            StoreError::NotWritable(words) => StoreError::NotWritable(place(words)),
            StoreError::Damaged(words) => StoreError::Damaged(place(words)),
            StoreError::Other(words) => StoreError::Other(place(words)),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let words = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::NotWritable(words)
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(words)
            }
            _ => StoreError::Other(words),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => StoreError::DiskFull,
            _ => StoreError::NotWritable(error.to_string()),
        }
    }
}
