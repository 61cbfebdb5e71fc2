//! The address book: search, one-click call and text, adding, editing, deleting, undo.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

#[test]
fn calling_takes_one_click() {
    let mut rig = ready();
    rig.click("Call Ada Lovelace");
    assert_eq!(rig.dialed(), data::ADA);
}

#[test]
fn texting_takes_one_click() {
    let mut rig = ready();
    rig.click("Text Ada Lovelace");
    rig.type_into("Message", "hi");
    rig.press_button("Send");
    let commands = rig.engine.commands();
    assert!(commands.iter().any(|command| matches!(
        command,
        Command::Message(MessageCommand::Submit(message)) if message.to[0].as_str() == data::ADA
    )));
}

#[test]
fn search_narrows_the_list_by_name_and_by_digits() {
    let mut rig = ready();
    rig.type_into("Search", "grac");
    assert!(rig.shows("Grace Hopper"));
    assert!(!rig.shows("Ada Lovelace"));
    rig.click("Clear search");
    rig.type_into("Search", "7946 0018");
    assert!(rig.shows("Ada Lovelace"));
    assert!(!rig.shows("Grace Hopper"));
}

#[test]
fn a_search_without_a_hit_offers_to_add_the_name() {
    let mut rig = ready();
    rig.type_into("Search", "Emmy Noether");
    assert!(rig.shows("Nothing found"));
    rig.click("Add a contact");
    assert_eq!(rig.value("Name"), "Emmy Noether");
}

#[test]
fn a_contact_is_added() {
    let mut rig = ready();
    rig.click("Add contact");
    rig.type_into("Name", "Emmy Noether");
    rig.type_into("Phone number", "+49 551 390");
    rig.click("Save");
    let Command::Contact(ContactCommand::Save(contact)) = rig.last() else { panic!("no save") };
    assert_eq!((contact.id, contact.name.as_str()), (ContactId::NEW, "Emmy Noether"));
    assert_eq!(contact.numbers.len(), 1);
    assert_eq!(contact.numbers[0].number.as_str(), "+49 551 390");
}

#[test]
fn a_contact_without_a_name_is_not_saved() {
    let mut rig = ready();
    rig.click("Add contact");
    rig.type_into("Phone number", "+49 551 390");
    rig.click("Save");
    assert!(rig.shows("Type a name first"));
    assert!(rig.engine.commands().is_empty());
}

#[test]
fn a_contact_is_edited_with_a_second_number() {
    let mut rig = ready();
    rig.click("Ada Lovelace");
    rig.click("Add number");
    rig.type_into("Phone number 2", "+44 1632 960001");
    rig.click("Save");
    let Command::Contact(ContactCommand::Save(contact)) = rig.last() else { panic!("no save") };
    assert_eq!(contact.id, ContactId(1));
    assert_eq!(contact.numbers.len(), 2);
    assert!(contact.favorite, "what was not changed is kept");
}

#[test]
fn deleting_asks_first_and_can_be_undone() {
    let mut rig = ready();
    rig.click("Ada Lovelace");
    rig.press_button("Delete");
    assert!(rig.shows("Delete Ada Lovelace?"));
    rig.press_button("Delete");
    assert_eq!(rig.last(), Command::Contact(ContactCommand::Delete(ContactId(1))));
    rig.click("Undo");
    let Command::Contact(ContactCommand::Save(contact)) = rig.last() else { panic!("no save") };
    assert_eq!((contact.id, contact.name.as_str()), (ContactId::NEW, "Ada Lovelace"));
}

#[test]
fn an_empty_list_says_what_to_do() {
    let mut rig = window(NORMAL, data::ready());
    assert!(rig.shows("No contacts yet"));
    rig.click("Add a contact");
    assert!(rig.shows("New contact"));
}

#[test]
fn recents_tell_direction_outcome_and_cause_and_call_back() {
    let engine = super::fake::FakeEngine::default();
    engine.script.borrow_mut().calls = data::history();
    let events = data::ready().into_iter().chain([data::contacts(), Event::MissedCalls(1)]);
    let mut rig = super::rig::window_with(NORMAL, engine, events);
    rig.click("Recents");
    for words in ["Missed call", "The number is busy", "Outgoing · 01:02", "Rejected", "Cancelled"]
    {
        assert!(rig.shows(words), "{words}");
    }
    assert!(rig.engine.commands().contains(&Command::MarkCallsSeen), "they are on the screen");
    rig.click("Call Demo: busy");
    assert_eq!(rig.dialed(), "+15550101");
}

#[test]
fn a_call_that_was_forwarded_is_not_called_rejected() {
    let mut forwarded = data::record(30, "+15550100", Outcome::Rejected, 60, None);
    forwarded.cause = "You forwarded the caller to +15550142".to_owned();
    let engine = super::fake::FakeEngine::default();
    engine.script.borrow_mut().calls = vec![forwarded];
    let events = data::ready().into_iter().chain([data::contacts()]);
    let mut rig = super::rig::window_with(NORMAL, engine, events);
    rig.click("Recents");
    assert!(rig.shows("Forwarded") && !rig.shows("Rejected"));
}

/// Runs the window until it shows or does what is waited for; file dialogs have their own thread.
fn until(rig: &mut Rig, done: impl Fn(&Rig) -> bool) {
    for _ in 0..10_000 {
        rig.harness.run_steps(1);
        if done(rig) {
            return;
        }
        std::thread::yield_now();
    }
    panic!("waited in vain");
}

#[test]
fn contacts_are_imported_from_the_chosen_file() {
    let mut rig = ready();
    rig.harness.state_mut().set_file_chooser(|_| Some("friends.vcf".into()));
    rig.click("More about contacts");
    rig.click("Import contacts…");
    until(&mut rig, |rig| !rig.engine.commands().is_empty());
    assert_eq!(rig.last(), Command::Contact(ContactCommand::Import("friends.vcf".into())));
}

#[test]
fn without_a_file_dialog_the_path_can_be_typed() {
    let mut rig = ready();
    rig.harness.state_mut().set_file_chooser(|_| None);
    rig.click("More about contacts");
    rig.click("Export contacts…");
    until(&mut rig, |rig| rig.shows("No file was chosen"));
    rig.type_into("Path of the file", "/tmp/all.vcf");
    rig.click("Export");
    assert_eq!(rig.last(), Command::Contact(ContactCommand::Export("/tmp/all.vcf".into())));
    assert!(!rig.shows("No file was chosen"));
}
