//! Permission to use a port: which group has it, and the exact command that grants it.

use crate::link::error::{LinkError, LinkErrorKind};

/// What the system knows of a port and of us.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Rights {
    /// Name of the group the device belongs to, if its members may read and write it.
    group: Option<String>,
    /// Our login name.
    user: String,
    /// The group file lists us, but this session began before it did.
    listed: bool,
}

/// The error for a port that we may not use.
pub(crate) fn refused(port: &str) -> LinkError {
    let (reason, advice) = in_words(port, &look_up(port));
    LinkError::new(LinkErrorKind::Permission, reason, advice)
}

fn in_words(port: &str, rights: &Rights) -> (String, String) {
    let reason = format!("Permission to use {port} was refused");
    let user = if rights.user.is_empty() { "$USER" } else { &rights.user };
    match &rights.group {
        Some(group) if rights.listed => (
            format!("{reason}: this session began before {user} became a member of {group}"),
            "Log out and in again".to_owned(),
        ),
        Some(group) => (
            format!("{reason}: it belongs to the group {group}"),
            format!("Run: sudo usermod -aG {group} {user} – then log out and in again"),
        ),
        None if cfg!(windows) => {
            (reason, "Close the other program that uses the modem and try again".to_owned())
        }
        None => (reason, format!("Run: sudo chmod a+rw {port} – it holds until the next plug-in")),
    }
}

#[cfg(unix)]
fn look_up(port: &str) -> Rights {
    use std::os::unix::fs::MetadataExt;
    let user = user_name();
    let Ok(device) = std::fs::metadata(port) else { return Rights { user, ..Rights::default() } };
    let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
    // 0o060: the group may read and write.
    let entry = Some(device.gid())
        .filter(|_| device.mode() & 0o060 == 0o060)
        .and_then(|id| group_of(&groups, id))
        .filter(|(name, _)| name != "root");
    let listed = entry.as_ref().is_some_and(|(_, members)| members.contains(&user));
    Rights { group: entry.map(|(name, _)| name), user, listed }
}

#[cfg(not(unix))]
fn look_up(_port: &str) -> Rights {
    Rights::default()
}

/// Name and members of a group in the text of `/etc/group` (`name:password:id:members`).
#[cfg(any(unix, test))]
fn group_of(text: &str, id: u32) -> Option<(String, Vec<String>)> {
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let found: u32 = fields.nth(1)?.parse().ok()?;
        let members = fields.next().unwrap_or_default();
        let members = members.split(',').map(str::to_owned).collect();
        (found == id).then(|| (name.to_owned(), members))
    })
}

/// Our login name; from `/etc/passwd` (`name:password:id:…`), since `sudo` and `su` change the
/// environment's.
#[cfg(unix)]
fn user_name() -> String {
    let id = rustix::process::getuid().as_raw();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let listed = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    listed.or_else(|| std::env::var("USER").ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: &str = "root:x:0:\ndialout:x:20:bob,alice\nuucp:x:14:\n";

    #[test]
    fn groups_are_read_from_the_group_file() {
        let (name, members) = group_of(GROUPS, 20).unwrap();
        assert_eq!((name.as_str(), members), ("dialout", vec!["bob".into(), "alice".into()]));
        assert_eq!(group_of(GROUPS, 14).unwrap().0, "uucp");
        assert_eq!(group_of(GROUPS, 99), None);
        assert_eq!(group_of("garbage\n::\na:b:c:d\n", 0), None);
    }

    #[test]
    fn the_advice_is_the_exact_command() {
        let rights =
            Rights { group: Some("uucp".to_owned()), user: "alice".to_owned(), listed: false };
        let (reason, advice) = in_words("/dev/ttyUSB2", &rights);
        assert_eq!(
            reason,
            "Permission to use /dev/ttyUSB2 was refused: it belongs to the group uucp"
        );
        assert_eq!(advice, "Run: sudo usermod -aG uucp alice – then log out and in again");
        let (_, advice) = in_words("/dev/ttyUSB2", &Rights { listed: true, ..rights });
        assert_eq!(advice, "Log out and in again");
    }
}
