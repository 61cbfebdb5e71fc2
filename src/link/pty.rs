//! A pseudo-terminal whose other end looks like a serial port to any program.

use crate::link::serve::PtyOptions;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::fs::{self, File};
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// Our end of a pseudo-terminal. Its symbolic link goes when it is dropped.
#[derive(Debug)]
pub struct Pty {
    master: File,
    path: PathBuf,
    link: Option<PathBuf>,
    /// Kept open, so that reading our end does not fail between two clients.
    _slave: OwnedFd,
}

impl Pty {
    /// Makes a pseudo-terminal in raw mode: no echo, no line editing, all octets pass unchanged.
    pub fn new(options: &PtyOptions) -> io::Result<Pty> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let path = PathBuf::from(name.into_string().map_err(|_| io::ErrorKind::InvalidData)?);
        let mode = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
        let slave = rustix::fs::open(&path, mode, rustix::fs::Mode::empty())?;
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        if let Some(link) = &options.link {
            make_link(&path, link)?;
        }
        Ok(Pty { master: File::from(master), path, link: options.link.clone(), _slave: slave })
    }

    /// What other programs open: the link if there is one, else the device.
    pub fn path(&self) -> &Path {
        self.link.as_deref().unwrap_or(&self.path)
    }

    /// A handle to read what clients write, or to write what they read.
    pub fn handle(&self) -> io::Result<File> {
        self.master.try_clone()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let ours = |link: &&PathBuf| fs::read_link(link).is_ok_and(|target| target == self.path);
        if let Some(link) = self.link.as_ref().filter(ours) {
            // Nothing can be done if it stays.
            let _ = fs::remove_file(link);
        }
    }
}

/// Replaces a symbolic link that an earlier run left; never a file.
fn make_link(device: &Path, link: &Path) -> io::Result<()> {
    if fs::symlink_metadata(link).is_ok_and(|data| data.is_symlink()) {
        fs::remove_file(link)?;
    }
    std::os::unix::fs::symlink(device, link).map_err(|error| {
        io::Error::new(error.kind(), format!("{} can't be made: {error}", link.display()))
    })
}
