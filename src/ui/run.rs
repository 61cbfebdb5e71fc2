//! Carrying actions out: the only place that sends commands or turns pages.

use super::action::{Action, Field, List, Page};
use super::model::Pending;
use super::page::Part;
use super::page::files::{Files, Purpose};
use super::sending::Ask;
use super::talk::Talk;
use super::{App, text};
use crate::phone::{
    CallCommand, Command, Contact, ContactCommand, ContactId, Draft, LinkAddress, LinkCommand,
    MessageCommand, RequestId,
};

impl App {
    /// Does what was asked for.
    pub fn run(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Command(command) => self.run_command(command),
            Action::Connect(address) => {
                self.view.picker = false;
                self.send(Command::Link(LinkCommand::Connect(address)), Pending::Other);
            }
            Action::Dial(_)
            | Action::DialTyped(_)
            | Action::FillDialpad(_)
            | Action::Tones(_)
            | Action::SendCode(_)
            | Action::ServiceCode(_) => self.run_call(ctx, action),
            Action::ShowList(_)
            | Action::Show(_)
            | Action::Back
            | Action::Converse(_)
            | Action::NewText(_)
            | Action::Drawer(_)
            | Action::Focus(_) => self.turn_page(ctx, action),
            Action::SendText(outgoing) => self.submit(outgoing),
            Action::Sending(ask) => self.run_sending(ctx, ask),
            Action::SaveDraft(number, text) => {
                let draft = Draft { number, text };
                self.send_quietly(Command::Message(MessageCommand::SaveDraft(draft)));
            }
            Action::Talk(talk) => self.run_talk(ctx, talk),
            Action::Calling(ask) => self.run_calling(ctx, ask),
            Action::Codes(ask) => self.run_codes(ctx, ask),
            Action::SaveContact(_) | Action::DeleteContact(_) => self.run_contact(action),
            Action::Save(settings) => {
                self.send(Command::SaveSettings(settings), Pending::Other);
            }
            Action::ImportContacts => self.pages.files.ask(Purpose::Import, ctx),
            Action::ExportContacts => self.pages.files.ask(Purpose::Export, ctx),
            Action::RecordTraffic => self.pages.files.ask(Purpose::Record, ctx),
            Action::OpenRecording => self.pages.files.ask(Purpose::Replay, ctx),
            Action::Import(path) => {
                self.send(Command::Contact(ContactCommand::Import(path)), Pending::Other);
            }
            Action::Export(path) => {
                self.send(Command::Contact(ContactCommand::Export(path)), Pending::Other);
            }
            Action::Search(text) => self.search(text),
            Action::Copy(text) => {
                ctx.copy_text(text);
                self.model.toast(text::COPIED, "", false, self.clock.now());
            }
            Action::Console(line) => {
                self.send(Command::Console(line), Pending::Other);
            }
            Action::CloseEnded(key) => self.model.ended.retain(|ended| ended.key != key),
            Action::CloseToast(key) => self.model.toasts.retain(|toast| toast.key != key),
            Action::Undo(key) => self.undo(key),
            Action::Picker(open) => self.view.picker = open,
            Action::PinDialog(open) => {
                self.model.left_pin();
                self.pages.pin.set_open(open);
            }
            Action::Shortcuts(open) => self.view.shortcuts = open,
        }
    }

    /// Sends a command and remembers what for.
    pub(super) fn send(&mut self, command: Command, pending: Pending) -> RequestId {
        if let Command::Call(CallCommand::RejectWithText(call, words)) = &command {
            let calls = &self.model.phone.calls;
            let caller = calls.iter().find(|known| known.id == *call);
            if let Some(number) = caller.and_then(|call| call.remote.number()).cloned() {
                self.model.notes.replied(*call, number, words.clone());
            }
        }
        let request = self.engine.send(command);
        self.model.pending.insert(request, pending);
        request
    }

    /// Sends a command that the user did not ask for.
    pub(super) fn send_quietly(&mut self, command: Command) {
        self.send(command, Pending::Quiet);
    }

    fn turn_page(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::ShowList(list) => {
                self.view.list = list;
                self.view.part = Part::Lists;
            }
            Action::Show(page) => self.show(page),
            Action::Back => {
                self.view.part = Part::Lists;
                if !matches!(self.view.page, Page::Conversation(_)) {
                    self.show(Page::NewText);
                    self.view.part = Part::Lists;
                }
            }
            Action::Converse(number) => self.converse(ctx, number, None),
            Action::NewText(number) => {
                self.show(Page::NewText);
                if !number.is_empty() {
                    self.pages.conversation.add_recipient(&number);
                }
                let to_is_set = self.pages.conversation.has_recipients();
                let field = if to_is_set { Field::Message } else { Field::To };
                self.focus(ctx, field);
            }
            Action::Drawer(open) => {
                self.view.drawer = open;
                self.view.part = if open { Part::Call } else { Part::Lists };
            }
            Action::Focus(field) => self.focus(ctx, field),
            _ => {}
        }
    }

    pub(super) fn show(&mut self, page: Page) {
        self.pages.conversation.save_now(&mut self.actions);
        if let Page::Contact(contact) = &page {
            self.pages.contact.open(contact);
        }
        if !matches!(page, Page::Conversation(_)) {
            self.model.timeline = super::timeline::Timeline::default();
            self.pages.conversation.close();
        }
        self.pages.forget_secrets();
        self.view.page = page;
        self.view.part = Part::Page;
        self.view.drawer = false;
    }

    pub(super) fn focus(&mut self, ctx: &egui::Context, field: Field) {
        match field {
            Field::Number => {
                // In a call the keys were tones.
                self.pages.dialer.begin_number();
                self.show_call_part(ctx);
            }
            Field::Search => self.view.part = Part::Lists,
            Field::Message | Field::To => self.view.part = Part::Page,
        }
        ctx.memory_mut(|memory| memory.request_focus(field.id()));
    }

    fn run_contact(&mut self, action: Action) {
        match action {
            Action::SaveContact(contact) => {
                self.send(Command::Contact(ContactCommand::Save(contact)), Pending::Other);
                self.view.page = Page::NewText;
                self.view.list = List::Contacts;
                self.view.part = Part::Lists;
            }
            Action::DeleteContact(id) => {
                let known = self.model.phone.contacts.iter().find(|contact| contact.id == id);
                let Some(contact) = known.cloned() else { return };
                let pending = Pending::DeleteContact(Box::new(contact.clone()));
                self.send(Command::Contact(ContactCommand::Delete(id)), pending);
                let line = text::deleted(&contact.name);
                let again = Contact { id: ContactId::NEW, ..contact };
                let undo = Command::Contact(ContactCommand::Save(again));
                self.model.toast_with_undo(&line, vec![undo], self.clock.now());
                self.view.page = Page::NewText;
                self.view.part = Part::Lists;
            }
            _ => {}
        }
    }

    fn undo(&mut self, key: u64) {
        let toast = self.model.toasts.iter().find(|toast| toast.key == key);
        for command in toast.map(|toast| toast.undo.clone()).unwrap_or_default() {
            self.send(command, Pending::Other);
        }
        self.model.toasts.retain(|toast| toast.key != key);
    }
}

impl Field {
    /// The field's place in the window, the same on every page.
    pub fn id(self) -> egui::Id {
        egui::Id::unique(("field", self as u8))
    }
}

impl Files {
    /// Turns an answered file dialog into an action.
    pub fn action(purpose: Purpose, path: std::path::PathBuf) -> Action {
        match purpose {
            Purpose::Record => Action::Command(Command::Record(Some(path))),
            Purpose::Replay => Action::Connect(LinkAddress::Replay(path)),
            Purpose::Import => Action::Import(path),
            Purpose::Table => Action::Sending(Ask::ReadTable(path)),
            Purpose::Export => Action::Export(path),
            Purpose::Chat(format) => Action::Talk(Talk::ExportTo(format, path)),
        }
    }
}
