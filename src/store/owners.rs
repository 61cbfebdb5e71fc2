//! Which running program an outbox belongs to, and whether that program still lives.
//!
//! Each program holds a lock of the operating system on a small file beside the database, named
//! after its [`Owner`]. The system drops the lock when the process ends, however it ends, so that
//! a lock that can be had belongs to a dead program. That needs no heartbeat and no clock.

use super::{Owner, Place, Store, StoreError, open};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Stands between the names of the database and of the owner.
const OWNER: &str = "-owner-";

/// Held while the program lives.
#[derive(Debug)]
pub(super) struct OwnerLock {
    owner: Owner,
    /// Absent in memory, where no other program can look.
    file: Option<(File, PathBuf)>,
}

impl OwnerLock {
    /// Who holds it.
    pub(super) fn owner(&self) -> &Owner {
        &self.owner
    }
}

impl Drop for OwnerLock {
    fn drop(&mut self) {
        if let Some((file, path)) = self.file.take() {
            // Gone or not: a file without a lock means the same as no file.
            let _ = std::fs::remove_file(&path);
            drop(file);
        }
    }
}

impl Store {
    /// Takes the lock that shows others that `owner` lives, unless this store has it already.
    pub(super) fn register(&mut self, owner: &Owner) -> Result<(), StoreError> {
        if self.lock.as_ref().is_some_and(|lock| lock.owner == *owner) {
            return Ok(());
        }
        let file = match &self.place {
            Place::Memory(_) => None,
            Place::File(database) => {
                let path = lock_path(database, owner);
                // Nobody who clears up may find it before it is locked.
                let _turn = open::wait_for_turn(database);
                let file = open_lock(&path)?;
                // A failure means that the lock is held, by a twin of ours: that will do. Or that
                // the file system has no locks: then nobody can tell, and we go on.
                let _ = file.try_lock();
                Some((file, path))
            }
        };
        self.lock = Some(OwnerLock { owner: owner.clone(), file });
        Ok(())
    }

    /// Whether another program that calls itself `owner` runs now.
    pub(super) fn lives(&self, owner: &str) -> bool {
        let Place::File(database) = &self.place else { return false };
        if owner.is_empty() {
            return false;
        }
        let path = lock_path(database, &Owner(owner.to_owned()));
        let Ok(file) = OpenOptions::new().write(true).open(&path) else { return false };
        match file.try_lock() {
            Ok(()) => {
                let _ = std::fs::remove_file(&path);
                false
            }
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(_)) => false,
        }
    }

    /// Removes the files of programs that died. What can't be removed stays, and does no harm.
    pub(super) fn clear_up_locks(&self) {
        let Place::File(database) = &self.place else { return };
        // Without it, a program that starts now could lose its file before it has locked it.
        let Some(_turn) = open::wait_for_turn(database) else { return };
        for path in lock_files(database) {
            let Ok(file) = OpenOptions::new().write(true).open(&path) else { continue };
            if file.try_lock().is_ok() {
                let _ = std::fs::remove_file(&path);
            }
        }
    }

    /// Whether another program has this file open and sends texts from it, as far as one can tell
    /// before one has a lock oneself.
    pub(super) fn others_live(&self) -> bool {
        let Place::File(database) = &self.place else { return false };
        let held = |path: PathBuf| {
            let file = OpenOptions::new().write(true).open(path);
            file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
        };
        lock_files(database).into_iter().any(held)
    }
}

/// The lock files of all programs beside a database, dead or alive.
fn lock_files(database: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (database.parent(), database.file_name()) else {
        return Vec::new();
    };
    let Some(name) = name.to_str() else { return Vec::new() };
    let begin = format!("{name}{OWNER}");
    // A folder that was not named is the present one.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let locks = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(|file| file.starts_with(&begin)));
    locks.map(|entry| entry.path()).collect()
}

fn open_lock(path: &Path) -> std::io::Result<File> {
    open::create_private(path)?;
    OpenOptions::new().create(true).truncate(false).write(true).open(path)
}

/// The lock file's name: that of the database, and the owner's with nothing in it that a file
/// system could misunderstand.
fn lock_path(database: &Path, owner: &Owner) -> PathBuf {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = owner.0.chars().take(80).map(safe).collect();
    let mut path = database.as_os_str().to_owned();
    path.push(format!("{OWNER}{name}"));
    PathBuf::from(path)
}
