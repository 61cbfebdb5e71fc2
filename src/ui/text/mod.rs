//! Every word the user reads, in one place.

pub mod call;
pub mod calling;
pub mod codes;
pub mod console;
pub mod format;
pub mod history;
pub mod link;
pub mod message;
pub mod sending;
pub mod sim;
pub mod talk;

/// The program's name.
pub const APP: &str = "Deskphone";

/// Left column.
pub const CHATS: &str = "Chats";
/// Left column.
pub const CONTACTS: &str = "Contacts";
/// Left column.
pub const RECENTS: &str = "Recents";
/// Bottom bar of a narrow window, and the button of the drawer.
pub const DIALPAD: &str = "Dialpad";
/// Search field above the lists.
pub const SEARCH: &str = "Search";
/// Jumps to that field.
pub const GO_TO_SEARCH: &str = "Go to search";
/// Placeholder of that field.
pub const SEARCH_CHATS: &str = "Search texts";
/// Placeholder of that field.
pub const SEARCH_CONTACTS: &str = "Search contacts";
/// Placeholder of that field.
pub const SEARCH_RECENTS: &str = "Search calls";
/// Console page.
pub const CONSOLE: &str = "Console";
/// Settings page.
pub const SETTINGS: &str = "Settings";
/// Sheet of shortcuts.
pub const SHORTCUTS: &str = "Keyboard shortcuts";
/// Leaves a page.
pub const BACK: &str = "Back";
/// Closes a card or a dialog.
pub const CLOSE: &str = "Close";
/// Menu with what did not fit.
pub const MORE: &str = "More";
/// Puts on the clipboard.
pub const COPY: &str = "Copy";
/// Said after copying.
pub const COPIED: &str = "Copied";
/// Button of a toast: leads to what it speaks of.
pub const SHOW: &str = "Show";
/// Undoes a deletion.
pub const UNDO: &str = "Undo";

/// Number with a name already there.
pub const UNKNOWN_CALLER: &str = "Unknown caller";
/// Caller who hides the number.
pub const WITHHELD: &str = "Number withheld";

// Contacts.

/// The same in the empty list.
pub const ADD_A_CONTACT: &str = "Add a contact";
/// Opens an empty contact.
pub const ADD_CONTACT: &str = "Add contact";
/// Title of an empty contact.
pub const NEW_CONTACT: &str = "New contact";
/// Menu entry.
pub const IMPORT: &str = "Import contacts…";
/// Menu entry.
pub const EXPORT: &str = "Export contacts…";
/// Heading of the list.
pub const FAVORITES: &str = "Favorites";
/// Heading of the list.
pub const ALL_CONTACTS: &str = "All contacts";
/// Field.
pub const NAME: &str = "Name";
/// Field.
pub const PHONE_NUMBER: &str = "Phone number";
/// Field.
pub const LABEL: &str = "Label";
/// Field.
pub const COMPANY: &str = "Company";
/// Field.
pub const EMAIL: &str = "Email";
/// Field.
pub const NOTE: &str = "Note";
/// Button.
pub const ADD_NUMBER: &str = "Add number";
/// Button.
pub const SAVE: &str = "Save";
/// Button.
pub const CANCEL: &str = "Cancel";
/// Button.
pub const DELETE: &str = "Delete";
/// Answer to "delete?".
pub const KEEP: &str = "Keep";
/// Checkbox.
pub const FAVORITE: &str = "Favorite";
/// Empty list.
pub const NO_CONTACTS: &str = "No contacts yet";
/// Empty list.
pub const NO_CONTACTS_WHY: &str = "Add people you call or text, or import a vCard file";
/// Empty search.
pub const NOTHING_FOUND: &str = "Nothing found";
/// Empty search.
pub const NOTHING_FOUND_WHY: &str = "Try fewer letters, or digits of the number";
/// A contact needs it.
pub const NAME_MISSING: &str = "Type a name first";
/// No dialog could be shown.
pub const NO_FILE_CHOSEN: &str = "No file was chosen";
/// The way without a dialog.
pub const TYPE_THE_PATH: &str = "If no file dialog appeared, type the path instead";
/// Field.
pub const PATH: &str = "Path of the file";
/// Button.
pub const READ_FILE: &str = "Import";
/// Button.
pub const WRITE_FILE: &str = "Export";
/// Button.
pub const TYPE_PATH: &str = "Type a path…";

/// "Call Ada".
pub fn call_somebody(name: &str) -> String {
    format!("Call {name}")
}

/// "Text Ada".
pub fn text_somebody(name: &str) -> String {
    format!("Text {name}")
}

/// "Delete Ada Lovelace?".
pub fn delete_somebody(name: &str) -> String {
    format!("Delete {name}?")
}

/// Toast after a deletion.
pub fn deleted(name: &str) -> String {
    format!("{name} deleted")
}

/// Name of the n-th number field, from 1.
pub fn number_field(index: usize) -> String {
    if index == 1 { PHONE_NUMBER.to_owned() } else { format!("{PHONE_NUMBER} {index}") }
}

/// Name of the n-th label field, from 1.
pub fn label_field(index: usize) -> String {
    if index == 1 { LABEL.to_owned() } else { format!("{LABEL} {index}") }
}

/// Name of the button that removes the n-th number.
pub fn remove_number(index: usize) -> String {
    format!("Remove number {index}")
}

// Console.

/// Field of the console.
pub const AT_COMMAND: &str = "AT command";
/// Button of the console.
pub const RUN: &str = "Run";
/// Button of the console.
pub const COPY_ALL: &str = "Copy all";
/// Button of the console.
pub const CLEAR: &str = "Clear";
/// Button of the console.
pub const FOLLOW: &str = "Follow";
/// Empty console.
pub const NO_TRAFFIC: &str = "No traffic yet";
/// Empty console.
pub const NO_TRAFFIC_WHY: &str =
    "Connect a modem: every line that goes to it and comes from it appears here";
/// Under the console's field.
pub const CONSOLE_HINT: &str = "Up and Down recall earlier commands";

/// Rows of the sheet of shortcuts: keys and what they do.
pub const SHORTCUT_ROWS: &[(&str, &str)] = &[
    ("0–9 + * #", "Type into the dialpad; send tones in a call"),
    ("Enter", "Call the number; send the text"),
    ("Esc", "Close what is open; reject a call after asking"),
    ("Ctrl+L", "Go to the number field"),
    ("Ctrl+N", "New text"),
    ("Ctrl+F", "Search"),
    ("Ctrl+P", "Choose port"),
    ("Ctrl+1", "Chats"),
    ("Ctrl+2", "Contacts"),
    ("Ctrl+3", "Recents"),
    ("Ctrl+4", "Console"),
    ("Ctrl+5", "Settings"),
    ("Ctrl+Enter", "Answer a call; send the text"),
    ("Ctrl+Shift+H", "Hang up"),
    ("Ctrl+M", "Microphone off and on in a call"),
    (", ;  p w", "In a number: a pause, a wait before the tones that follow"),
    ("Ctrl++  Ctrl+−", "Larger and smaller text"),
    ("Up", "In an empty message: the last text again"),
    ("F1", "This sheet"),
];
