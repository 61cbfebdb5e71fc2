//! The system's keyring, where the PIN of a SIM may be kept: the Secret Service of the desktop, the
//! credential manager of Windows, the keychain of macOS. One entry holds the PINs of all modems, so
//! that it can be deleted as a whole.

use crate::phone::Secret;
use std::collections::BTreeMap;

/// How the entry is called in the keyring.
const SERVICE: &str = "Deskphone";
const ACCOUNT: &str = "SIM PIN";
/// Modems whose PIN is kept at most.
const MOST_MODEMS: usize = 20;

/// No service answers, as on a desktop without one.
const NONE: &str = "This desktop has no keyring that answers, such as GNOME Keyring or KWallet";

/// A place for one secret.
pub trait SecretStore {
    /// What is kept; `None` if nothing is.
    fn read(&self) -> Result<Option<Secret>, String>;
    /// Keeps this in place of it.
    fn write(&self, secret: &Secret) -> Result<(), String>;
    /// Forgets it; it may not be there.
    fn delete(&self) -> Result<(), String>;
}

/// The keyring of this computer. It may ask the user to unlock it, and so take any time.
pub struct SystemKeyring;

impl SystemKeyring {
    fn entry() -> Result<::keyring::Entry, String> {
        if let Err(error) = ::keyring::Entry::store_status() {
            return Err(words(error));
        }
        ::keyring::Entry::new(SERVICE, ACCOUNT).map_err(|error| words(&error))
    }
}

impl SecretStore for SystemKeyring {
    fn read(&self) -> Result<Option<Secret>, String> {
        match Self::entry()?.get_password() {
            Ok(secret) => Ok(Some(Secret(secret))),
            Err(::keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(words(&error)),
        }
    }

    fn write(&self, secret: &Secret) -> Result<(), String> {
        Self::entry()?.set_password(&secret.0).map_err(|error| words(&error))
    }

    fn delete(&self) -> Result<(), String> {
        match Self::entry()?.delete_credential() {
            Ok(()) | Err(::keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(words(&error)),
        }
    }
}

/// Why the keyring can't be used, and what to do about it.
fn words(error: &::keyring::Error) -> String {
    use ::keyring::Error;
    match error {
        Error::PlatformFailure(_) if cfg!(target_os = "linux") => NONE.to_owned(),
        Error::NoStorageAccess(_) => "It is locked: unlock it, then connect again".to_owned(),
        // Such errors may carry what is kept.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "What it keeps is no PIN".to_owned(),
        other => other.to_string(),
    }
}

/// Something to do with the kept PINs. `modem` tells one modem from another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyringTask {
    /// The PIN for this modem.
    Get(String),
    /// Keep this one.
    Keep(String, Secret),
    /// Forget it.
    Forget(String),
    /// Forget all.
    ForgetAll,
}

impl KeyringTask {
    /// Does it with this store.
    pub fn run(&self, store: &dyn SecretStore) -> Result<Option<Secret>, String> {
        if *self == KeyringTask::ForgetAll {
            return store.delete().map(|()| None);
        }
        let mut pins = kept(store)?;
        match self {
            KeyringTask::Get(modem) => return Ok(pins.remove(modem).map(Secret)),
            KeyringTask::Keep(modem, pin) => {
                while pins.len() >= MOST_MODEMS && !pins.contains_key(modem) {
                    pins.pop_first();
                }
                if pins.insert(modem.clone(), pin.0.clone()).as_ref() == Some(&pin.0) {
                    return Ok(None);
                }
            }
            KeyringTask::Forget(modem) => {
                if pins.remove(modem).is_none() {
                    return Ok(None);
                }
            }
            KeyringTask::ForgetAll => {}
        }
        let written = match pins.is_empty() {
            true => store.delete(),
            false => store.write(&Secret(serde_json::json!(pins).to_string())),
        };
        written.map(|()| None)
    }
}

/// What is no list of PINs counts as none.
fn kept(store: &dyn SecretStore) -> Result<BTreeMap<String, String>, String> {
    let secret = store.read()?;
    Ok(secret.and_then(|secret| serde_json::from_str(&secret.0).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[derive(Default)]
    struct Fake(RefCell<Option<Secret>>);

    impl SecretStore for Fake {
        fn read(&self) -> Result<Option<Secret>, String> {
            Ok(self.0.borrow().clone())
        }
        fn write(&self, secret: &Secret) -> Result<(), String> {
            *self.0.borrow_mut() = Some(secret.clone());
            Ok(())
        }
        fn delete(&self) -> Result<(), String> {
            *self.0.borrow_mut() = None;
            Ok(())
        }
    }

    #[test]
    fn a_desktop_without_a_keyring_is_told_so_and_what_is_kept_is_never_shown() {
        let failed = |text: &str| std::io::Error::other(text.to_owned()).into();
        let told = words(&::keyring::Error::PlatformFailure(failed("no such file: /run/bus")));
        if cfg!(target_os = "linux") {
            assert!(told.contains("no keyring") && !told.contains("/run/bus"), "{told}");
        }
        let kept = b"1234".to_vec();
        let told = words(&::keyring::Error::BadDataFormat(kept, failed("1234")));
        assert!(!told.contains("1234"), "{told}");
    }

    #[test]
    fn each_modem_has_its_pin_and_none_is_left_behind() {
        let store = Fake::default();
        let secret = |pin: &str| Secret(pin.to_owned());
        let get = |modem: &str| KeyringTask::Get(modem.to_owned()).run(&store).unwrap();
        assert_eq!(get("a"), None);
        for (modem, pin) in [("a", "1234"), ("b", "5678"), ("a", "4321")] {
            KeyringTask::Keep(modem.to_owned(), secret(pin)).run(&store).unwrap();
        }
        assert_eq!((get("a"), get("b")), (Some(secret("4321")), Some(secret("5678"))));
        KeyringTask::Forget("a".to_owned()).run(&store).unwrap();
        assert_eq!((get("a"), get("b")), (None, Some(secret("5678"))));
        KeyringTask::Forget("b".to_owned()).run(&store).unwrap();
        assert!(store.0.borrow().is_none(), "an empty list is no entry");
        KeyringTask::Keep("a".to_owned(), secret("1234")).run(&store).unwrap();
        KeyringTask::ForgetAll.run(&store).unwrap();
        assert!(store.0.borrow().is_none());
        for n in 0..50 {
            KeyringTask::Keep(format!("{n}"), secret("1234")).run(&store).unwrap();
        }
        assert_eq!(kept(&store).unwrap().len(), MOST_MODEMS);
        *store.0.borrow_mut() = Some(secret("not ours"));
        assert_eq!(get("a"), None);
    }
}
