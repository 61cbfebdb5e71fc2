//! The address book: changes, and vCard files in and out.

use crate::engine::Engine;
use crate::engine::input::{Action, Job, JobResult, Moment};
use crate::phone::{CommandError, Contact, ContactCommand, Diagnosis, Event, RequestId};

impl Engine {
    pub(super) fn contact_command(&mut self, request: RequestId, command: ContactCommand) {
        match command {
            ContactCommand::Save(contact) if contact.name.trim().is_empty() => {
                self.bad_input(request, "The contact has no name", "Type a name");
            }
            ContactCommand::Save(contact) => {
                let saved = self.store.save_contact(&contact);
                if self.finish(request, saved).is_some() {
                    self.publish_contacts();
                }
            }
            ContactCommand::Delete(id) => {
                let deleted = self.store.delete_contact(id);
                if self.finish(request, deleted).is_some() {
                    self.publish_contacts();
                }
            }
            ContactCommand::Import(path) => {
                self.out.actions.push(Action::Job(Job::Import(request, path)));
            }
            ContactCommand::Export(path) => match self.store.contacts() {
                Ok(contacts) => {
                    let job = Job::Export(request, path, contacts);
                    self.out.actions.push(Action::Job(job));
                }
                Err(error) => self.storage_failed(request, &error),
            },
        }
    }

    pub(super) fn job_done(&mut self, result: JobResult, moment: Moment) {
        match result {
            JobResult::Probed(address, found) => {
                self.ports.probed(&address, found);
                self.publish_ports();
            }
            JobResult::Keyring(task, result) => self.keyring_done(&task, result, moment),
            JobResult::RecordingBegun(id, result) => self.recording_begun(id, result),
            JobResult::RecordingFailed(id, reason) => self.recording_failed(id, &reason),
            JobResult::Imported(request, Ok((contacts, unreadable))) => {
                self.import(request, &contacts, unreadable);
            }
            JobResult::Imported(request, Err(reason)) => {
                let advice = "Choose a vCard file (.vcf)";
                let diagnosis = Diagnosis::new(&reason, advice);
                self.failed(request, CommandError::Storage, diagnosis);
            }
            JobResult::Exported(request, Ok(count)) => {
                self.notice(&format!("{} exported", counted(count, "contact")), "", false);
                self.done(request);
            }
            JobResult::Exported(request, Err(reason)) => {
                let diagnosis = Diagnosis::new(&reason, "Choose another folder");
                self.failed(request, CommandError::Storage, diagnosis);
            }
            JobResult::TextsExported(request, written) => self.texts_exported(request, written),
            JobResult::TableRead(request, Ok(table)) => {
                self.out.events.push(Event::Table { request, table: table.into() });
                self.done(request);
            }
            JobResult::TableRead(request, Err(reason)) => {
                let advice = "Choose a CSV file whose first line names the columns";
                let diagnosis = Diagnosis::new(&reason, advice);
                self.failed(request, CommandError::Storage, diagnosis);
            }
        }
    }

    fn import(&mut self, request: RequestId, contacts: &[Contact], unreadable: usize) {
        if contacts.is_empty() && unreadable > 0 {
            let cause = "No contact in the file could be read";
            return self.bad_input(request, cause, "Choose a vCard file (.vcf)");
        }
        let imported = self.store.import_contacts(contacts);
        let Some(counts) = self.finish(request, imported) else { return };
        let mut text = format!("{} imported", counted(counts.added, "new contact"));
        if counts.merged > 0 {
            text += &format!(", {} completed", counts.merged);
        }
        if counts.unchanged > 0 {
            text += &format!(", {} known already", counts.unchanged);
        }
        if unreadable > 0 {
            text += &format!("; {} could not be read", counted(unreadable, "entry"));
        }
        self.notice(&text, "", unreadable > 0);
        self.publish_contacts();
    }

    pub(super) fn publish_contacts(&mut self) {
        let contacts = self.store.contacts();
        if let Some(contacts) = self.check(contacts, "The contacts can't be read") {
            self.out.events.push(Event::Contacts(contacts.into()));
        }
    }
}

/// `1 contact`, `2 contacts`, `3 entries`.
fn counted(count: usize, thing: &str) -> String {
    match (count, thing.strip_suffix('y')) {
        (1, _) => format!("1 {thing}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {thing}s"),
    }
}
