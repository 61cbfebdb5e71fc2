//! Who holds a port: Linux tells which processes have a device open, as far as we may look.

use crate::link::error::{LinkError, LinkErrorKind};

/// A process.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Process {
    name: String,
    id: u32,
}

/// ModemManager opens every port that it takes for a modem's and keeps it.
const MODEM_MANAGER: &str = "ModemManager";
const MODEM_MANAGER_REMEDY: &str =
    "Stop ModemManager with: sudo systemctl stop ModemManager – then connect again";

/// The error for a port that another program has.
pub(crate) fn busy(port: &str) -> LinkError {
    let (reason, advice) = match holder(port) {
        Some(process) if process.id == std::process::id() => (
            format!("{port} is in use by this program already"),
            "Wait a moment and try again".to_owned(),
        ),
        Some(process) if process.name == MODEM_MANAGER => (
            format!("{port} is in use by ModemManager (process {})", process.id),
            MODEM_MANAGER_REMEDY.to_owned(),
        ),
        Some(Process { name, id }) => (
            format!("{port} is in use by {name} (process {id})"),
            format!("Close {name} and try again"),
        ),
        None if runs(MODEM_MANAGER) => (
            format!("{port} is in use by another program, probably ModemManager"),
            MODEM_MANAGER_REMEDY.to_owned(),
        ),
        None => (
            format!("{port} is in use by another program"),
            "Close the other program that uses the modem and try again".to_owned(),
        ),
    };
    LinkError::new(LinkErrorKind::Busy, reason, advice)
}

#[cfg(target_os = "linux")]
mod system {
    use super::Process;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn processes() -> impl Iterator<Item = (u32, PathBuf)> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        entries.filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            Some((id, entry.path()))
        })
    }

    fn name_of(process: &Path) -> Option<String> {
        let name = fs::read_to_string(process.join("comm")).ok()?;
        Some(name.trim().chars().filter(|c| !c.is_control()).collect())
    }

    fn has_open(process: &Path, device: &Path) -> bool {
        // Other users' processes can't be looked into: their list is empty to us.
        let open = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
        open.filter_map(|entry| fs::read_link(entry.path()).ok()).any(|target| target == device)
    }

    pub(super) fn holder(port: &str) -> Option<Process> {
        let device = fs::canonicalize(port).ok()?;
        let (id, path) = processes().find(|(_, path)| has_open(path, &device))?;
        Some(Process { name: name_of(&path)?, id })
    }

    pub(super) fn runs(name: &str) -> bool {
        processes().any(|(_, path)| name_of(&path).is_some_and(|found| found == name))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Process;

    /// Windows and macOS have no public way to ask.
    pub(super) fn holder(_port: &str) -> Option<Process> {
        None
    }

    pub(super) fn runs(_name: &str) -> bool {
        false
    }
}

use system::{holder, runs};
