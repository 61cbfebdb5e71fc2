//! The words of the SIM: its PIN, and its phonebook.

/// Group of the settings.
pub const SIM: &str = "SIM card";
/// Switch.
pub const ASK_PIN: &str = "Ask for the PIN at every start";
/// The modem did not say.
pub const ASK_PIN_UNKNOWN: &str = "The modem did not say whether the SIM asks for its PIN";
/// Field.
pub const PIN_TO_SWITCH: &str = "PIN of the SIM";
/// Button.
pub const PIN_ON: &str = "Ask for it";
/// Button.
pub const PIN_OFF: &str = "Stop asking";
/// Button.
pub const CHANGE_PIN: &str = "Change PIN…";
/// Why it can't be changed.
pub const LOCK_FIRST: &str = "Only while the SIM asks for its PIN at every start";
/// Button of the form.
pub const CHANGE_NOW: &str = "Change PIN";
/// Field.
pub const OLD_PIN: &str = "Current PIN";
/// Field.
pub const NEW_PIN: &str = "New PIN";
/// Field.
pub const REPEAT_PIN: &str = "New PIN again";
/// Checkbox.
pub const SHOW_DIGITS: &str = "Show the digits";
/// Two that differ.
pub const PINS_DIFFER: &str = "The two new PINs differ";
/// Done.
pub const PIN_CHANGED: &str = "The SIM has the new PIN";
/// Done.
pub const PIN_LOCK_CHANGED: &str = "The SIM took it";
/// Switch.
pub const REMEMBER: &str = "Remember the PIN in the system’s keyring";
/// Under it.
pub const REMEMBER_WHY: &str =
    "It is kept there alone, never in a file, and never used for the last try";
/// In the PIN dialog, while that is on.
pub const WILL_BE_KEPT: &str = "It is sent to the SIM and kept in the system’s keyring";
/// The SIM can't be changed now.
pub const SIM_NOT_READY: &str = "Connect a modem with an unlocked SIM first";
/// While the SIM answers.
pub const WORKING: &str = "Asking the SIM…";
/// A wrong PIN costs a try.
pub const TRIES: &str = "A wrong PIN costs one of three tries. How many are left is said after a \
                         wrong one, and the last one is asked about";

// The last try.

/// Title.
pub const LAST_TRY: &str = "Use the last try?";
/// Title, where nobody tells how many are left.
pub const MAYBE_LAST: &str = "This may be the last try";
/// What follows.
pub const LAST_PIN: &str = "If this PIN is wrong, the SIM is locked until you enter its PUK. \
                            It is on the card the SIM came in; your operator has it too";
/// What follows.
pub const LAST_PUK: &str =
    "If this PUK is wrong, the SIM is destroyed for good and has to be replaced by your operator";
/// Button.
pub const USE_LAST: &str = "Use the last try";
/// Button, where it is not known to be the last.
pub const USE_MAYBE_LAST: &str = "Try it";
/// Before what follows, where it is not known to be the last.
pub const TRIES_UNKNOWN: &str = "This modem does not tell how many tries are left";
/// Button.
pub const DO_NOT: &str = "Not now";
/// In the dialog with a PUK.
pub const PUK_WHY: &str = "The PIN was wrong too often. The PUK is on the card the SIM came in";

// The phonebook.

/// Page, and the button that opens it.
pub const PHONEBOOK: &str = "SIM phonebook";
/// Title of the page where there is little room.
pub const SHORT: &str = "SIM";
/// Not read yet.
pub const UNREAD: &str = "The SIM’s phonebook is not read yet";
/// Not read yet.
pub const UNREAD_WHY: &str = "Reading it takes a few seconds and changes nothing";
/// Button.
pub const READ: &str = "Read the SIM";
/// The same, again.
pub const READ_AGAIN: &str = "Read again";
/// Under way.
pub const READING: &str = "Reading the SIM…";
/// Under way.
pub const WRITING: &str = "Writing to the SIM…";
/// Done.
pub const SAVED: &str = "Saved on the SIM";
/// Why an entry can't be saved.
pub const NAME_TOO_LONG: &str = "The name is too long for this SIM";
/// Empty phonebook.
pub const EMPTY: &str = "The SIM’s phonebook is empty";
/// Empty phonebook.
pub const EMPTY_WHY: &str = "Add an entry, or copy one of your contacts to it";
/// Button.
pub const ADD: &str = "Add entry…";
/// Button.
pub const COPY_ALL: &str = "Copy all to contacts";
/// Menu entry and button.
pub const COPY_ONE: &str = "Copy to contacts";
/// Button.
pub const FROM_CONTACT: &str = "Copy a contact…";
/// Menu entry.
pub const EDIT: &str = "Edit";
/// Every place is taken.
pub const FULL: &str = "The SIM is full: delete an entry first";
/// Everything is known.
pub const ALL_KNOWN: &str = "All of them are in your contacts";
/// Why a contact is not copied.
pub const ON_SIM: &str = "It is on the SIM already";
/// Mark of an entry.
pub const KNOWN: &str = "In your contacts";
/// Field.
pub const NAME: &str = "Name on the SIM";
/// Field.
pub const NUMBER: &str = "Number on the SIM";
/// Field.
pub const FIND_CONTACT: &str = "Find a contact";
/// Label of a number that came from the SIM.
pub const SIM_LABEL: &str = "SIM";
/// What a number may hold.
pub const NUMBER_SHAPE: &str = "A number holds digits, a leading +, * and #";
/// It is missing.
pub const NUMBER_MISSING: &str = "Type a number first";
/// The modem has no such command.
pub const NO_PHONEBOOK: &str = "This modem can’t read the SIM’s phonebook";
/// An entry without a name.
pub const NO_NAME: &str = "No name";
/// Page is about to delete.
pub const DELETE_ENTRY: &str = "Delete from the SIM";

/// "12 of 250 places used".
pub fn gauge(used: usize, capacity: u16) -> String {
    format!("{used} of {capacity} places used")
}

/// "9 of 14 characters".
pub fn characters(used: usize, limit: u16) -> String {
    format!("{used} of {limit} characters")
}

/// "12 of 40 digits".
pub fn digits(used: usize, limit: u16) -> String {
    format!("{used} of {limit} digits")
}

/// Toast: "5 contacts added, 2 were known".
pub fn copied(added: usize, known: usize) -> String {
    let added = match added {
        1 => "1 contact added".to_owned(),
        count => format!("{count} contacts added"),
    };
    match known {
        0 => added,
        1 => format!("{added}, 1 was known"),
        count => format!("{added}, {count} were known"),
    }
}

/// Name of the menu of an entry.
pub fn more(name: &str) -> String {
    format!("More about {name} on the SIM")
}
