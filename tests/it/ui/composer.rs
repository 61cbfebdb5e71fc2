//! Writing texts: recipients, counter, sending, drafts, and what happens when one is refused.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::clock::Instant;
use deskphone::number::PhoneNumber;
use deskphone::phone::*;

fn ready() -> Rig {
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    window(NORMAL, events)
}

fn submitted(rig: &Rig) -> NewMessage {
    let commands = rig.engine.commands();
    let found = commands.into_iter().rev().find_map(|command| match command {
        Command::Message(MessageCommand::Submit(message)) => Some(message),
        _ => None,
    });
    found.expect("a text")
}

#[test]
fn a_new_text_goes_to_the_number_that_was_typed() {
    let mut rig = ready();
    rig.type_into("To", "+15550107");
    rig.type_into("Message", "hello there");
    rig.press_button("Send");
    let message = submitted(&rig);
    assert_eq!(message.text, "hello there");
    assert_eq!(message.to.iter().map(|to| to.as_str()).collect::<Vec<_>>(), ["+15550107"]);
    assert!(message.options.status_report, "as the settings say");
    assert_eq!(rig.value("Message"), "", "the conversation is open and empty");
}

#[test]
fn people_are_found_by_name_and_several_can_be_named() {
    let mut rig = ready();
    rig.type_into("To", "ada,");
    rig.type_into("To", "+15550107;");
    rig.type_into("Message", "hi");
    rig.press_button("Send 2 texts");
    let message = submitted(&rig);
    let to: Vec<&str> = message.to.iter().map(|to| to.as_str()).collect();
    assert_eq!(to, [data::ADA, "+15550107"]);
}

#[test]
fn nothing_is_sent_without_a_text_or_a_recipient() {
    let mut rig = ready();
    rig.type_into("Message", "to nobody");
    rig.press_button("Send");
    rig.type_into("To", "+15550107");
    rig.type_into("Message", "");
    assert!(
        !rig.engine
            .commands()
            .iter()
            .any(|command| matches!(command, Command::Message(MessageCommand::Submit(_)))),
        "no text"
    );
}

fn open_ada(rig: &mut Rig) {
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
}

#[test]
fn enter_sends_and_shift_enter_makes_a_line() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "one");
    rig.key(egui::Modifiers::SHIFT, egui::Key::Enter);
    rig.type_into("Message", "two");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(submitted(&rig).text, "one\ntwo");
}

#[test]
fn with_the_other_setting_enter_makes_a_line_and_control_enter_sends() {
    let mut rig = ready();
    rig.tell(Event::Settings(Settings { enter_sends: false, ..Settings::default() }));
    open_ada(&mut rig);
    rig.type_into("Message", "one");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    rig.type_into("Message", "two");
    rig.key(egui::Modifiers::COMMAND, egui::Key::Enter);
    assert_eq!(submitted(&rig).text, "one\ntwo");
}

#[test]
fn a_draft_is_kept_a_moment_after_the_last_key() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "half a");
    let before = rig.engine.commands().len();
    rig.clock.set(Instant::from_millis(100_900));
    rig.harness.run();
    let saved = rig.engine.commands().split_off(before);
    let draft = Draft { number: PhoneNumber::new(data::ADA), text: "half a".to_owned() };
    assert!(saved.contains(&Command::Message(MessageCommand::SaveDraft(draft))), "{saved:?}");
}

#[test]
fn a_draft_is_back_when_its_conversation_is_opened() {
    let mut rig = ready();
    rig.click("Chats");
    let number = deskphone::number::format_for_display("+15550199", "GB");
    rig.click(&format!("{number}, Draft: Half a thought that"));
    assert_eq!(rig.value("Message"), "Half a thought that");
}

#[test]
fn a_refused_text_is_put_back_with_the_reason() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "precious words");
    rig.press_button("Send");
    let found = rig.engine.script.borrow().commands.iter().rev().find_map(|(id, command)| {
        matches!(command, Command::Message(MessageCommand::Submit(_))).then_some(*id)
    });
    let request = found.expect("a text");
    let diagnosis = data::why("The disk is full", "Free some space, then send again");
    rig.tell(Event::Failed { request, error: CommandError::Storage, diagnosis });
    assert_eq!(rig.value("Message"), "precious words");
    assert!(rig.shows("The disk is full"));
}

#[test]
fn a_refused_text_is_kept_as_a_draft_when_something_else_is_open() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "precious words");
    rig.press_button("Send");
    let found = rig.engine.script.borrow().commands.iter().rev().find_map(|(id, command)| {
        matches!(command, Command::Message(MessageCommand::Submit(_))).then_some(*id)
    });
    rig.click("Console");
    let request = found.expect("a text");
    rig.click("Settings");
    rig.click("Write a text");
    rig.type_into("Message", "another");
    let diagnosis = data::why("The disk is full", "Free some space, then send again");
    rig.tell(Event::Failed { request, error: CommandError::Storage, diagnosis });
    assert_eq!(rig.value("Message"), "another");
    let draft = Draft { number: PhoneNumber::new(data::ADA), text: "precious words".to_owned() };
    let kept = Command::Message(MessageCommand::SaveDraft(draft));
    assert!(rig.engine.commands().contains(&kept));
    assert!(rig.shows("The disk is full"));
}

#[test]
fn up_in_an_empty_composer_recalls_the_last_text() {
    let engine = super::fake::FakeEngine::default();
    engine.script.borrow_mut().timeline = data::conversation();
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = super::rig::window_with(NORMAL, engine, events);
    open_ada(&mut rig);
    rig.key(egui::Modifiers::NONE, egui::Key::ArrowUp);
    assert_eq!(rig.value("Message"), "A long one in three parts");
}

#[test]
fn a_sender_without_a_number_cannot_be_answered() {
    let mut rig = ready();
    rig.click("Chats");
    rig.click("BANK, Your code is 482913. Never share it., 2 unread");
    assert!(rig.shows("This sender can’t be answered by text"));
}
