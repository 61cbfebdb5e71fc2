//! Carrying out what the pages of sending ask for.

use super::{Ask, BATCH_LIMIT, ListFile, OUTBOX_LIMIT, OpenBatch};
use crate::number::DialString;
use crate::phone::{Command, Diagnosis, MessageCommand, NewMessage, Query, Template, TemplateId};
use crate::ui::action::{Action, Outgoing, Page};
use crate::ui::model::Pending;
use crate::ui::page::files::Purpose;
use crate::ui::{App, safe_text, text};

/// Longest name in a toast, in characters.
const NAME_CHARS: usize = 60;

impl App {
    /// Stores and sends a text; a number that can't get one puts it back into the composer.
    pub(in crate::ui) fn submit(&mut self, outgoing: Outgoing) {
        let mut to = Vec::new();
        for recipient in &outgoing.to {
            match DialString::parse(recipient) {
                Ok(number) => to.push(number),
                Err(error) => {
                    let cause = format!("“{recipient}” can’t get a text");
                    let advice = error.to_string();
                    let why = Diagnosis { cause, advice, evidence: Vec::new() };
                    self.model.refused_text = Some((outgoing, why));
                    return;
                }
            }
        }
        let mut options = outgoing.options.clone();
        options.at = options.at.map(|at| self.clock.resolve(at));
        let message = NewMessage { to, text: outgoing.text.clone(), options };
        let command = Command::Message(MessageCommand::Submit(message));
        self.send(command, Pending::Submit(outgoing));
    }

    pub(in crate::ui) fn run_sending(&mut self, ctx: &egui::Context, ask: Ask) {
        match ask {
            Ask::OpenList => self.run(ctx, Action::Show(Page::List)),
            Ask::ChooseTable => self.pages.files.ask(Purpose::Table, ctx),
            Ask::ReadTable(path) => {
                let command = Command::Message(MessageCommand::ReadTable(path));
                let request = self.send(command, Pending::Quiet);
                let list = &mut self.model.sending.list;
                (list.reading, list.problem) = (Some(request), None);
            }
            Ask::SendList(mut batch) => {
                batch.options.at = batch.options.at.map(|at| self.clock.resolve(at));
                let command = Command::Message(MessageCommand::SubmitBatch(batch));
                let request = self.send(command, Pending::Quiet);
                let list = &mut self.model.sending.list;
                (list.submitting, list.problem) = (Some(request), None);
            }
            Ask::DeleteTemplate(template) => {
                let line = text::deleted(&safe_text::line(&template.name, NAME_CHARS));
                let delete = MessageCommand::DeleteTemplate(template.id);
                self.send(Command::Message(delete), Pending::Other);
                let again = Template { id: TemplateId::NEW, ..template };
                let undo = vec![Command::Message(MessageCommand::SaveTemplate(again))];
                self.model.toast_with_undo(&line, undo, self.clock.now());
            }
            Ask::CloseFlash(id) => {
                self.model.sending.flashes.retain(|message| message.id != id);
            }
            Ask::ReplyFlash(id, number) => {
                self.model.sending.flashes.retain(|message| message.id != id);
                self.run(ctx, Action::Converse(number));
            }
        }
    }

    /// Asks for what the open page shows.
    pub(in crate::ui) fn follow_sending(&mut self) {
        let sending = &mut self.model.sending;
        // Once at the start, and whenever the page is opened: another program may have added texts.
        let open = self.view.page == Page::Outbox;
        if !sending.asked || (open && !sending.open) {
            sending.asked = true;
            let query = self.engine.query(Query::Outbox { limit: OUTBOX_LIMIT });
            sending.outbox_query = Some(query);
        }
        sending.open = open;
        if sending.list.stored {
            sending.list = ListFile::default();
            self.pages.list = Default::default();
            if self.view.page == Page::List {
                self.view.page = Page::Outbox;
            }
        }
        match self.view.page {
            Page::Batch(id) => {
                if sending.batch.as_ref().is_none_or(|open| open.id != id) {
                    let query = self.engine.query(Query::Batch { batch: id, limit: BATCH_LIMIT });
                    sending.batch = Some(OpenBatch { id, texts: Vec::new(), query: Some(query) });
                }
            }
            _ => sending.batch = None,
        }
    }
}
