//! What a click means. Views push actions; [`App::run`](super::App) alone carries them out.

use super::calling;
use super::codes;
use super::sending::Ask;
use super::talk::Talk;
use crate::number::PhoneNumber;
use crate::phone::{
    BatchId, CallRecord, Command, Contact, ContactId, LinkAddress, PhoneState, SendOptions,
    Settings,
};
use std::path::PathBuf;

/// Something the user asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Ask the engine; a failure is told as a toast.
    Command(Command),
    /// Connect to a modem and close the picker.
    Connect(LinkAddress),
    /// Place a call. A service code is only put into the dialpad.
    Dial(String),
    /// Place a call, or send the service code, that the person sees in the dialpad.
    DialTyped(String),
    /// Send this service code: it was confirmed.
    ServiceCode(String),
    /// Put a number into the dialpad without dialing it.
    FillDialpad(String),
    /// Send tones in the active call.
    Tones(String),
    /// Answer the service-code dialogue.
    SendCode(String),
    /// Show one of the three lists.
    ShowList(List),
    /// Show a page in the middle.
    Show(Page),
    /// Leave the page in the middle, back to the lists in a narrow window.
    Back,
    /// Open the conversation with a number.
    Converse(PhoneNumber),
    /// Begin a text to a number that may be empty.
    NewText(String),
    /// Send what is in the composer.
    SendText(Outgoing),
    /// Keep or delete a draft now.
    SaveDraft(PhoneNumber, String),
    /// Something about a conversation.
    Talk(Talk),
    /// Store a contact.
    SaveContact(Contact),
    /// Delete a contact, with a chance to undo it.
    DeleteContact(ContactId),
    /// Keep the settings.
    Save(Settings),
    /// Ask for a file to read contacts from.
    ImportContacts,
    /// Ask for a file to write contacts to.
    ExportContacts,
    /// The file was chosen by typing its path.
    Import(PathBuf),
    /// The file was chosen by typing its path.
    Export(PathBuf),
    /// Look for texts that contain this.
    Search(String),
    /// Put a text on the clipboard and say so.
    Copy(String),
    /// Send a console line.
    Console(String),
    /// Ask for a file to write the AT traffic to.
    RecordTraffic,
    /// Ask for a file with recorded AT traffic, to play it.
    OpenRecording,
    /// Close the card of a call that ended.
    CloseEnded(u64),
    /// Close a toast.
    CloseToast(u64),
    /// Undo what the toast offers.
    Undo(u64),
    /// Open or close the port picker.
    Picker(bool),
    /// Open or close the drawer with the dialpad.
    Drawer(bool),
    /// Open the dialog for the PIN.
    PinDialog(bool),
    /// Open or close the sheet of keyboard shortcuts.
    Shortcuts(bool),
    /// Put the cursor into a field.
    Focus(Field),
    /// Lists, the outbox and flash texts.
    Sending(Ask),
    /// Something about calls.
    Calling(calling::Ask),
    /// Something about codes and the SIM.
    Codes(codes::Ask),
}

/// Fields that shortcuts jump to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// The number being dialed.
    Number,
    /// Search above the lists.
    Search,
    /// The text being written.
    Message,
    /// Recipients of a new text.
    To,
}

/// The lists on the left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum List {
    /// Conversations.
    Chats,
    /// The address book.
    #[default]
    Contacts,
    /// The history of calls.
    Recents,
}

/// What the middle shows.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Page {
    /// A text to somebody yet to be named; the start page.
    #[default]
    NewText,
    /// The conversation with a number.
    Conversation(PhoneNumber),
    /// A contact, or a new one.
    Contact(Box<Contact>),
    /// One call of the history.
    Call(Box<CallRecord>),
    /// The AT traffic.
    Console,
    /// The dialogue of service codes.
    Codes,
    /// The services of the network.
    Services,
    /// The phonebook of the SIM.
    SimPhonebook,
    /// The settings.
    Settings,
    /// What waits to be sent, failed, or may have been sent.
    Outbox,
    /// Texts that were sent together.
    Batch(BatchId),
    /// A text for each line of a file.
    List,
}

/// A text on its way out of the composer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outgoing {
    /// Recipients as typed or chosen.
    pub to: Vec<String>,
    /// The text.
    pub text: String,
    /// How it is sent.
    pub options: SendOptions,
}

/// The actions pushed during a frame.
#[derive(Debug, Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Asks for something.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Asks the engine for something.
    pub fn command(&mut self, command: Command) {
        self.push(Action::Command(command));
    }

    /// Takes all that were pushed.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }
}

/// Opens the contact of a number, or a new contact that has it.
pub fn contact_page(state: &PhoneState, number: &PhoneNumber) -> Page {
    let known = state.contact_for(number).cloned();
    let contact = known.unwrap_or_else(|| Contact::new("").with_number(number.as_str(), "Mobile"));
    Page::Contact(Box::new(contact))
}
