//! The SIM card: its PIN (27.007 §8.3, §7.4, §7.5) and its phonebook (§8.11–§8.14).

use crate::phone::Secret;

/// What the user wants of the SIM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SimCommand {
    /// Another PIN (`+CPWD="SC"`).
    ChangePin {
        /// The PIN of today.
        old: Secret,
        /// The one from now on, 4–8 digits.
        new: Secret,
        /// Do it although it may be the last try that the PIN has.
        last_try: bool,
    },
    /// Ask for the PIN at every start, or no more (`+CLCK="SC"`).
    SetPinLock {
        /// Ask.
        on: bool,
        /// The PIN.
        pin: Secret,
        /// Do it although it may be the last try that the PIN has.
        last_try: bool,
    },
    /// Read the phonebook; the outcome is an [`Event::SimPhonebook`](crate::phone::Event).
    ReadPhonebook,
    /// Write an entry (index 0: into a free place); then the phonebook is told anew.
    WriteEntry(SimEntry),
    /// Empty a place; then the phonebook is told anew.
    DeleteEntry(u16),
}

/// One entry of the SIM's phonebook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimEntry {
    /// Its place, from 1.
    pub index: u16,
    /// As stored: digits, `+`, `*`, `#`, and `p` or `,` for pauses.
    pub number: String,
    /// The name; may be empty.
    pub name: String,
}

/// The SIM's phonebook (`+CPBS="SM"`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimPhonebook {
    /// The entries, by place.
    pub entries: Vec<SimEntry>,
    /// Places in all.
    pub capacity: u16,
    /// Longest number in digits; 0: the modem did not say.
    pub number_length: u16,
    /// Longest name in the SIM's characters; 0: the modem did not say.
    pub name_length: u16,
}
