//! The words of conversations.

/// Toast.
pub const TEXT_DELETED: &str = "Text deleted";
/// Toast, for a text that was left on the SIM or in the modem.
pub const DELETED_ON_SIM: &str = "Text deleted; in a moment from the SIM, too";
/// Toast.
pub const CHAT_DELETED: &str = "Conversation deleted";
/// Toast.
pub const ARCHIVED_NOW: &str = "Conversation archived";
/// Title of the dialog and menu.
pub const EXPORT: &str = "Export conversation…";
/// Menu entry.
pub const EXPORT_TEXT: &str = "Export as text…";
/// Menu entry.
pub const EXPORT_CSV: &str = "Export as CSV…";
/// Menu entry.
pub const EXPORT_JSON: &str = "Export as JSON…";
/// Menu entries.
pub const PIN: &str = "Pin";
/// Takes that back.
pub const UNPIN: &str = "Unpin";
/// Out of the list.
pub const ARCHIVE: &str = "Archive";
/// Takes that back.
pub const UNARCHIVE: &str = "Move out of the archive";
/// No notifications.
pub const MUTE: &str = "Mute";
/// Takes that back.
pub const UNMUTE: &str = "Unmute";
/// Calls are refused, texts neither listed nor announced.
pub const BLOCK: &str = "Block";
/// Takes that back.
pub const UNBLOCK: &str = "Unblock";
/// Menu entry.
pub const MARK_READ: &str = "Mark as read";
/// Menu entry.
pub const MARK_UNREAD: &str = "Mark as unread";
/// Menu entry.
pub const COPY_NUMBER: &str = "Copy number";
/// Row at the top of the list.
pub const ARCHIVED: &str = "Archived";
/// Row below it.
pub const BLOCKED: &str = "Blocked";
/// Empty folder.
pub const NOTHING_HERE: &str = "Nothing here";
/// Empty folder.
pub const NOTHING_HERE_WHY: &str = "Conversations you put here appear in this list";
/// Heading of found conversations.
pub const FOUND_CHATS: &str = "Chats";
/// Heading of found contacts.
pub const FOUND_CONTACTS: &str = "Contacts";
/// Heading of found calls.
pub const FOUND_CALLS: &str = "Calls";
/// Button in a bubble's menu.
pub const FORWARD: &str = "Forward";
/// Opens a field with the text.
pub const SELECT: &str = "Select a part…";
/// Title of that field.
pub const SELECT_TITLE: &str = "Select and copy";
/// Above what was unread.
pub const NEW_TEXTS: &str = "New";
/// Round button over the timeline.
pub const TO_NEWEST: &str = "Go to the newest";
/// Button of a doubtful text.
pub const IT_ARRIVED: &str = "It arrived";
/// Button of a text that waits.
pub const SEND_NOW: &str = "Send now";
/// Button of a contact card.
pub const SAVE_CONTACT: &str = "Save contact";
/// Label of a class 0 text.
pub const FLASH: &str = "Flash text";
/// Label of a class 2 text.
pub const ON_SIM: &str = "On the SIM";
/// Label of a message-waiting indication.
pub const WAITING: &str = "Mailbox";
/// Label of a contact card.
pub const CARD: &str = "Contact card";
/// Label of data.
pub const DATA: &str = "Data for an application";
/// Unfolds it.
pub const SHOW_DATA: &str = "Show the data";
/// Before an address is opened.
pub const OPEN_LINK_ASK: &str = "Open this link?";
/// Button.
pub const OPEN_LINK: &str = "Open link";
/// Button.
pub const COPY_LINK: &str = "Copy link";
/// Name of the chooser in the header.
pub const SEND_TO: &str = "Texts go to";
/// Button of a conversation's row and header.
pub const MORE: &str = "More about this conversation";

/// Button under a text with a code.
pub fn copy_code(code: &str) -> String {
    format!("Copy {code}")
}

/// Round button over the timeline, with what arrived meanwhile.
pub fn to_newest(unread: u32) -> String {
    if unread == 0 { TO_NEWEST.to_owned() } else { format!("{TO_NEWEST}, {unread} unread") }
}

/// Line under a text that went to several.
pub fn one_of(recipients: u32) -> String {
    format!("One of {recipients} recipients")
}

/// Row of a folder.
pub fn folder(name: &str, count: usize) -> String {
    format!("{name}, {count}")
}
