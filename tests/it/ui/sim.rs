//! The SIM: its PIN with the tries left, and its phonebook.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

/// High enough for all settings.
const TALL: [f32; 2] = [1100.0, 3200.0];

fn asking(sim: SimState) -> Rig {
    let mut rig = window(NORMAL, data::ready());
    rig.tell(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    rig
}

fn settings(pin_lock: Option<bool>) -> Rig {
    let mut rig = window(TALL, data::ready());
    let sim = SimState::Ready;
    rig.tell(Event::Network(NetworkState { sim, pin_lock, ..NetworkState::default() }));
    rig.click("Settings");
    rig
}

fn secret(text: &str) -> Secret {
    Secret(text.to_owned())
}

#[test]
fn the_last_try_is_used_only_when_it_was_confirmed() {
    let mut rig = asking(SimState::PinRequired(Some(1)));
    assert!(rig.shows("1 try left"));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    assert!(rig.engine.commands().is_empty(), "asked first");
    assert!(rig.shows("Use the last try?") && rig.shows("PUK"));
    rig.click("Not now");
    assert!(rig.engine.commands().is_empty());
    assert_eq!(rig.value("PIN"), "••••", "what was typed is kept");
    rig.click("Unlock");
    rig.press_button("Use the last try");
    let (code, new_pin) = (secret("1234"), None);
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: true });
}

#[test]
fn the_question_about_the_last_try_fits_in_the_smallest_window() {
    let mut rig = window([210.0, 350.0], data::ready());
    let sim = SimState::PinRequired(Some(1));
    rig.tell(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    rig.harness.get_by_role_and_label(egui::Role::Button, "Use the last try").scroll_to_me();
    rig.harness.run();
    let button = rig.harness.get_by_role_and_label(egui::Role::Button, "Use the last try").rect();
    let screen = rig.harness.ctx.content_rect();
    assert!(screen.contains_rect(button), "{button} in {screen}");
}

#[test]
fn with_tries_left_the_pin_is_sent_at_once() {
    let mut rig = asking(SimState::PinRequired(Some(3)));
    assert!(rig.shows("3 tries left"));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    let (code, new_pin) = (secret("1234"), None);
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: false });
}

#[test]
fn the_puk_comes_with_a_new_pin() {
    let mut rig = asking(SimState::PukRequired(Some(9)));
    assert!(rig.shows("9 tries left"));
    rig.type_into("PUK", "12345678");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.click("Unlock");
    let (code, new_pin) = (secret("12345678"), Some(secret("4321")));
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: false });
}

#[test]
fn the_pin_is_changed_when_both_new_ones_agree() {
    let mut rig = settings(Some(true));
    rig.click("Change PIN…");
    rig.type_into("Current PIN", "1234");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4322");
    rig.click("Change PIN");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("The two new PINs differ"));
    rig.type_into("New PIN again", "4321");
    rig.key(egui::Modifiers::COMMAND, egui::Key::A);
    rig.type_text("4321");
    rig.click("Change PIN");
    let (old, new) = (secret("1234"), secret("4321"));
    assert_eq!(rig.last(), Command::Sim(SimCommand::ChangePin { old, new, last_try: false }));
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    assert!(rig.shows("The SIM has the new PIN"));
}

#[test]
fn the_last_try_is_used_to_change_the_pin_only_when_it_was_confirmed() {
    let mut rig = settings(Some(true));
    let (sim, pin_lock) = (SimState::Ready, Some(true));
    let network = NetworkState { sim, pin_lock, pin_tries: Some(1), ..NetworkState::default() };
    rig.tell(Event::Network(network));
    rig.click("Change PIN…");
    rig.type_into("Current PIN", "1234");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.click("Change PIN");
    assert!(rig.engine.commands().is_empty(), "asked first");
    assert!(rig.shows("Use the last try?") && rig.shows("PUK"));
    rig.click("Not now");
    assert!(rig.engine.commands().is_empty());
    assert_eq!(rig.value("Current PIN"), "••••", "what was typed is kept");
    rig.click("Change PIN");
    rig.press_button("Use the last try");
    let (old, new) = (secret("1234"), secret("4321"));
    assert_eq!(rig.last(), Command::Sim(SimCommand::ChangePin { old, new, last_try: true }));
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    assert!(rig.shows("The SIM has the new PIN") && !rig.shows("Use the last try?"));
    rig.click("Ask for the PIN at every start");
    rig.type_into("PIN of the SIM", "1234");
    rig.click("Stop asking");
    rig.press_button("Use the last try");
    let pin = secret("1234");
    let off = SimCommand::SetPinLock { on: false, pin, last_try: true };
    assert_eq!(rig.last(), Command::Sim(off));
}

#[test]
fn the_question_at_the_start_is_switched_with_the_pin() {
    let mut rig = settings(Some(true));
    rig.click("Ask for the PIN at every start");
    rig.type_into("PIN of the SIM", "1234");
    rig.click("Stop asking");
    let pin = secret("1234");
    assert_eq!(
        rig.last(),
        Command::Sim(SimCommand::SetPinLock { on: false, pin, last_try: false })
    );
    let request = rig.engine.last_request();
    let diagnosis = data::why("The PIN was wrong", "2 tries left");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(16), diagnosis });
    assert!(rig.shows("The PIN was wrong") && rig.shows("2 tries left"));
}

#[test]
fn a_wrong_pin_is_typed_again_below_the_tries_that_are_left() {
    let mut rig = settings(Some(true));
    rig.click("Change PIN…");
    assert!(rig.shows("the last one is asked about"));
    rig.type_into("Current PIN", "1111");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.click("Change PIN");
    let request = rig.engine.last_request();
    assert!(rig.shows("Asking the SIM…"));
    let sent = rig.engine.commands().len();
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(rig.engine.commands().len(), sent, "one at a time");
    let diagnosis = data::why("The PIN was wrong", "2 tries are left");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(16), diagnosis });
    assert!(rig.shows("The PIN was wrong") && rig.shows("2 tries are left"));
    assert_eq!(rig.value("Current PIN"), "", "the form is there for another try");
    rig.type_text("1234");
    assert_eq!(rig.value("Current PIN"), "••••", "and has the keyboard");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.click("Change PIN");
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    assert!(rig.shows("The SIM has the new PIN") && !rig.shows("New PIN again"));
}

/// Names of what can be read or pressed, in the order in which assistive technology meets them.
fn reading_order(rig: &Rig) -> Vec<String> {
    use egui_kittest::kittest::NodeT;
    let nodes = rig.harness.root().children_recursive();
    let name = |node: egui_kittest::Node<'_>| {
        let kit = node.accesskit_node();
        kit.label().or_else(|| kit.value())
    };
    nodes.filter_map(name).collect()
}

#[test]
fn a_row_is_read_from_left_to_right() {
    let entries = (1..3)
        .map(|index| {
            let (number, name) = (format!("+4420794600{index}8"), format!("Person {index}"));
            SimEntry { index, number, name }
        })
        .collect();
    let book = SimPhonebook { entries, capacity: 250, number_length: 40, name_length: 14 };
    let mut rig = window(TALL, data::ready());
    rig.tell(Event::SimPhonebook(Arc::new(book)));
    rig.click("Settings");
    rig.click("SIM phonebook");
    let order = reading_order(&rig);
    let at = |name: &str| order.iter().position(|known| known == name).expect(name);
    assert!(at("Person 1") < at("More about Person 1 on the SIM"));
    assert!(at("More about Person 1 on the SIM") < at("Person 2"));
    let mut rig = window(TALL, data::ready());
    let block_list = vec!["+4930*".to_owned()];
    rig.tell(Event::Settings(Settings { block_list, ..Settings::default() }));
    rig.click("Settings");
    let order = reading_order(&rig);
    let at = |name: &str| order.iter().position(|known| known == name).expect(name);
    assert!(at("+4930*") < at("Remove +4930*"));
}

#[test]
fn the_keyring_is_a_setting() {
    let mut rig = settings(None);
    rig.click("Remember the PIN in the system’s keyring");
    let Command::SaveSettings(saved) = rig.last() else { panic!("not saved") };
    assert!(saved.remember_pin);
    assert!(rig.shows("The modem did not say whether the SIM asks"));
}

fn entry(index: u16, number: &str, name: &str) -> SimEntry {
    SimEntry { index, number: number.to_owned(), name: name.to_owned() }
}

fn book(capacity: u16) -> Event {
    let entries = vec![
        entry(1, data::ADA, "Ada"),
        entry(2, "+15550142", "Zoe"),
        entry(5, "+15550143", "Zoe"),
    ];
    Event::SimPhonebook(Arc::new(SimPhonebook {
        entries,
        capacity,
        number_length: 20,
        name_length: 14,
    }))
}

fn phonebook(capacity: u16) -> Rig {
    let mut rig = window(NORMAL, data::ready().into_iter().chain([data::contacts()]));
    rig.tell(Event::Link(LinkState::Ready(LinkAddress::Demo)));
    rig.key(egui::Modifiers::COMMAND, egui::Key::Num5);
    rig.harness.get_by_label("SIM phonebook").click_accesskit();
    rig.harness.run();
    assert!(rig.shows("The SIM’s phonebook is not read yet"));
    rig.click("Read the SIM");
    assert_eq!(rig.last(), Command::Sim(SimCommand::ReadPhonebook));
    assert!(rig.shows("Reading the SIM…"));
    let request = rig.engine.last_request();
    rig.tell(book(capacity));
    rig.tell(Event::Done { request });
    rig
}

#[test]
fn unknown_entries_become_contacts_and_known_ones_stay() {
    let mut rig = phonebook(250);
    assert!(rig.shows("3 of 250 places used"));
    let before = rig.engine.commands().len();
    rig.click("Copy all to contacts");
    let saved = rig.engine.commands().split_off(before);
    assert_eq!(saved.len(), 1, "two numbers of one name are one contact, Ada is known");
    let Command::Contact(ContactCommand::Save(contact)) = &saved[0] else { panic!("{saved:?}") };
    assert_eq!((contact.name.as_str(), contact.numbers.len()), ("Zoe", 2));
    assert!(rig.shows("1 contact added, 1 was known"));
}

#[test]
fn one_entry_is_copied_changed_or_deleted_after_asking() {
    let mut rig = phonebook(250);
    rig.click_nth("More about Zoe on the SIM", 0);
    rig.click("Copy to contacts");
    let Command::Contact(ContactCommand::Save(contact)) = rig.last() else { panic!("no contact") };
    assert_eq!(contact.numbers[0].number.as_str(), "+15550142");
    rig.click("More about Ada on the SIM");
    rig.click("Edit");
    rig.type_into("Name on the SIM", " L");
    assert!(rig.shows("5 of 14 characters") && rig.shows("of 20 digits"));
    rig.click("Save");
    let changed = entry(1, data::ADA, "Ada L");
    assert_eq!(rig.last(), Command::Sim(SimCommand::WriteEntry(changed)));
    let request = rig.engine.last_request();
    rig.tell(Event::Done { request });
    assert!(!rig.shows("Name on the SIM"), "the form has gone");
    assert!(rig.shows("Saved on the SIM"));
    rig.click("More about Ada on the SIM");
    rig.click("Delete from the SIM");
    assert!(rig.shows("Delete Ada?"));
    rig.click("Delete");
    assert_eq!(rig.last(), Command::Sim(SimCommand::DeleteEntry(1)));
}

#[test]
fn a_contact_is_copied_to_the_sim_and_a_refusal_keeps_the_form() {
    let mut rig = phonebook(250);
    rig.click("Copy a contact…");
    rig.type_into("Find a contact", "grace");
    rig.click(&format!(
        "Grace Hopper, {}",
        deskphone::number::format_for_display("+12025550166", "GB")
    ));
    rig.click("Save");
    let new = entry(0, "+12025550166", "Grace Hopper");
    assert_eq!(rig.last(), Command::Sim(SimCommand::WriteEntry(new)));
    let request = rig.engine.last_request();
    let diagnosis = data::why("The SIM is full", "Delete an entry");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(20), diagnosis });
    assert!(rig.shows("The SIM is full") && rig.shows("Delete an entry"));
    assert_eq!(rig.value("Name on the SIM"), "Grace Hopper");
}

#[test]
fn enter_in_a_field_of_the_form_saves_the_entry() {
    for field in ["Name on the SIM", "Number on the SIM"] {
        let mut rig = phonebook(250);
        rig.click("Add entry…");
        rig.type_into("Number on the SIM", "+15550144");
        rig.type_into("Name on the SIM", "Bo");
        rig.type_into(field, "");
        rig.key(egui::Modifiers::NONE, egui::Key::Enter);
        let new = entry(0, "+15550144", "Bo");
        assert_eq!(rig.last(), Command::Sim(SimCommand::WriteEntry(new)), "{field}");
    }
}

#[test]
fn a_name_too_long_for_the_sim_is_not_saved() {
    let mut rig = phonebook(250);
    rig.click("Add entry…");
    rig.type_into("Number on the SIM", "+15550144");
    rig.type_into("Name on the SIM", "Fifteen letters");
    assert!(rig.shows("15 of 14 characters"));
    let before = rig.engine.commands().len();
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    rig.click("Save");
    assert_eq!(rig.engine.commands().len(), before);
    rig.type_into("Name on the SIM", "");
    rig.key(egui::Modifiers::NONE, egui::Key::Backspace);
    rig.click("Save");
    let new = entry(0, "+15550144", "Fifteen letter");
    assert_eq!(rig.last(), Command::Sim(SimCommand::WriteEntry(new)));
}

#[test]
fn a_full_sim_says_so_before_anything_is_typed() {
    let mut rig = phonebook(3);
    assert!(rig.shows("The SIM is full: delete an entry first"));
    let before = rig.engine.commands().len();
    rig.click("Add entry…");
    assert!(!rig.shows("Name on the SIM"));
    assert_eq!(rig.engine.commands().len(), before);
}

#[test]
fn the_tries_left_are_told_once() {
    let mut rig = asking(SimState::PinRequired(Some(3)));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    let request = rig.engine.last_request();
    let sim = SimState::PinRequired(Some(2));
    rig.tell(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    let diagnosis = data::why("The PIN was wrong", "2 tries are left");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(16), diagnosis });
    assert!(rig.shows("The PIN was wrong"));
    let told = rig.harness.query_all_by_label_contains("2 tries").count();
    assert_eq!(told, 1);
}

#[test]
fn tries_that_nobody_tells_are_called_so_and_each_may_be_the_last() {
    let unlock = |sim: SimState, words: &str| {
        let mut rig = window(NORMAL, data::ready());
        let network = NetworkState { tries_at_most: true, sim, ..NetworkState::default() };
        rig.tell(Event::Network(network));
        assert!(rig.shows(words), "{words}");
        rig.type_into("PIN", "1234");
        rig.click("Unlock");
        assert!(rig.engine.commands().is_empty(), "asked first");
        assert!(rig.shows("This may be the last try"));
        rig.click("Try it");
        let (code, new_pin) = (secret("1234"), None);
        assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: true });
    };
    unlock(SimState::PinRequired(None), "How many tries are left is not known");
    unlock(SimState::PinRequired(Some(2)), "At most 2 tries left");
}

#[test]
fn the_dialog_for_the_puk_says_once_why_it_is_there() {
    let mut rig = asking(SimState::PinRequired(Some(2)));
    rig.type_into("PIN", "1234");
    rig.click("Unlock");
    let request = rig.engine.last_request();
    let sim = SimState::PukRequired(Some(10));
    rig.tell(Event::Network(NetworkState { sim: sim.clone(), ..NetworkState::default() }));
    let diagnosis = data::why("The PIN was wrong", "The SIM asks for its PUK now");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(16), diagnosis });
    assert!(rig.shows("The PIN was wrong too often"));
    assert!(!rig.shows("The SIM asks for its PUK now"));
    rig.type_into("PUK", "12345678");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.click("Unlock");
    let request = rig.engine.last_request();
    let diagnosis = data::why("The PUK was wrong", "9 tries are left");
    rig.tell(Event::Failed { request, error: CommandError::Equipment(16), diagnosis });
    assert!(rig.shows("The PUK was wrong"));
}

#[test]
fn the_new_pin_is_typed_twice_and_can_be_looked_at_before_a_try_is_spent() {
    let mut rig = asking(SimState::PukRequired(Some(9)));
    rig.type_into("PUK", "12345678");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4322");
    rig.click("Unlock");
    assert!(rig.engine.commands().is_empty(), "no try is spent");
    assert!(rig.shows("The two new PINs differ"));
    assert_eq!(rig.value("New PIN"), "••••");
    rig.click("Show the digits");
    assert_eq!(
        (rig.value("New PIN").as_str(), rig.value("New PIN again").as_str()),
        ("4321", "4322")
    );
    rig.type_into("New PIN again", "");
    rig.key(egui::Modifiers::NONE, egui::Key::Backspace);
    rig.type_text("1");
    rig.click("Unlock");
    let (code, new_pin) = (secret("12345678"), Some(secret("4321")));
    assert_eq!(rig.last(), Command::EnterPin { code, new_pin, last_try: false });
}

#[test]
fn enter_in_the_last_field_changes_the_pin() {
    let mut rig = settings(Some(true));
    rig.click("Change PIN…");
    rig.type_into("Current PIN", "1234");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4321");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    let (old, new) = (secret("1234"), secret("4321"));
    assert_eq!(rig.last(), Command::Sim(SimCommand::ChangePin { old, new, last_try: false }));
}

#[test]
fn the_field_that_is_wrong_has_the_keyboard() {
    let mut rig = settings(Some(true));
    rig.click("Change PIN…");
    rig.type_into("Current PIN", "1234");
    rig.type_into("New PIN", "4321");
    rig.type_into("New PIN again", "4322");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(rig.shows("The two new PINs differ"));
    rig.key(egui::Modifiers::COMMAND, egui::Key::A);
    rig.type_text("4321");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    let (old, new) = (secret("1234"), secret("4321"));
    assert_eq!(rig.last(), Command::Sim(SimCommand::ChangePin { old, new, last_try: false }));
}

#[test]
fn a_sim_that_asks_for_no_pin_is_given_no_other_one() {
    let mut rig = settings(Some(false));
    rig.click("Change PIN…");
    assert_eq!(rig.count("Current PIN"), 0);
}

#[test]
fn a_contact_that_is_on_the_sim_is_not_copied_a_second_time() {
    let mut rig = phonebook(250);
    rig.click("Copy a contact…");
    rig.type_into("Find a contact", "ada");
    let ada = deskphone::number::format_for_display(data::ADA, "GB");
    rig.click(&format!("Ada Lovelace, {ada}"));
    assert!(rig.shows("Find a contact"), "it is still to be chosen");
}
