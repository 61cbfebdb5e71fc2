//! How and when a text goes, what it is made of, and templates.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;
use std::time::Duration;

fn ready() -> Rig {
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    window(NORMAL, events)
}

fn open_ada(rig: &mut Rig) {
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
}

pub fn submitted(rig: &Rig) -> NewMessage {
    let commands = rig.engine.commands();
    let found = commands.into_iter().rev().find_map(|command| match command {
        Command::Message(MessageCommand::Submit(message)) => Some(message),
        _ => None,
    });
    found.expect("a text")
}

/// Opens the menu and a menu in it.
fn choose(rig: &mut Rig, path: &[&str]) {
    rig.click("Send options");
    for name in path {
        rig.harness.get_by_label_contains(name).click();
        rig.harness.run();
    }
    rig.harness.run();
}

#[test]
fn a_text_goes_as_the_settings_say() {
    let mut rig = ready();
    rig.tell(Event::Settings(Settings {
        delivery_reports: false,
        validity_minutes: 1440,
        smsc: "+15550190".to_owned(),
        ..Settings::default()
    }));
    open_ada(&mut rig);
    rig.type_into("Message", "hello");
    rig.press_button("Send");
    let options = submitted(&rig).options;
    assert!(!options.status_report && !options.flash);
    assert_eq!(options.validity, Some(Duration::from_secs(86_400)));
    assert_eq!(options.smsc.map(|smsc| smsc.as_str().to_owned()), Some("+15550190".to_owned()));
    assert_eq!(options.at, None);
}

#[test]
fn options_are_chosen_for_one_text_and_shown_above_it() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "hello");
    choose(&mut rig, &["Flash text"]);
    choose(&mut rig, &["Delivery report"]);
    choose(&mut rig, &["Try for", "1 hour"]);
    for chip in ["Remove: Flash text", "Remove: No delivery report", "Remove: Tried for 1 hour"] {
        assert!(rig.shows(chip), "{chip}");
    }
    rig.click("Remove: No delivery report");
    rig.press_button("Send");
    let options = submitted(&rig).options;
    assert!(options.flash && options.status_report);
    assert_eq!(options.validity, Some(Duration::from_secs(3600)));
    assert!(!rig.shows("Remove: Flash text"), "the next text is as usual again");
}

#[test]
fn a_text_can_be_sent_later() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "good evening");
    choose(&mut rig, &["Send later", "This evening"]);
    assert!(rig.shows("Remove: Goes out at 20:00"));
    rig.press_button("Schedule for 20:00");
    let at = submitted(&rig).options.at.expect("a time");
    // The clock of the tests: Sunday 22 November 2026, 18:04, an hour east of Greenwich.
    assert_eq!(at.rfc3339(), "2026-11-22T20:00:00+01:00");
}

#[test]
fn any_day_and_time_can_be_picked_and_none_that_is_over() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "later");
    choose(&mut rig, &["Send later", "Pick a time…"]);
    rig.click("Next month");
    rig.click("24 Dec");
    rig.type_into("Time", "");
    rig.key(egui::Modifiers::COMMAND, egui::Key::A);
    rig.type_text("25:00");
    assert!(rig.shows("Type a time such as 9:30"));
    rig.key(egui::Modifiers::COMMAND, egui::Key::A);
    rig.type_text("7:05");
    rig.click("Send then");
    rig.press_button("Schedule for 24 Dec 07:05");
    let at = submitted(&rig).options.at.expect("a time");
    assert_eq!(at.rfc3339(), "2026-12-24T07:05:00+01:00");
}

#[test]
fn keys_typed_over_a_dialog_do_not_dial() {
    let mut rig = ready();
    open_ada(&mut rig);
    choose(&mut rig, &["Send later", "Pick a time…"]);
    rig.type_text("112");
    rig.key(egui::Modifiers::NONE, egui::Key::Escape);
    assert!(!rig.shows("When to send"), "Esc closes the dialog alone");
    assert!(rig.shows("Ada Lovelace"));
    assert_eq!(rig.value("Number"), "");
}

#[test]
fn another_text_centre_is_a_number() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "through another");
    choose(&mut rig, &["Other text centre…"]);
    rig.type_into("Number of the text centre", "*100#");
    assert!(rig.shows("That is a service code"));
    rig.key(egui::Modifiers::COMMAND, egui::Key::A);
    rig.type_text("+15550190");
    rig.click("Use it");
    rig.press_button("Send");
    let smsc = submitted(&rig).options.smsc.expect("a centre");
    assert_eq!(smsc.as_str(), "+15550190");
}

#[test]
fn options_come_back_with_a_refused_text() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "precious words");
    choose(&mut rig, &["Flash text"]);
    rig.press_button("Send");
    let commands = &rig.engine.script.borrow().commands.clone();
    let request = commands
        .iter()
        .rev()
        .find(|(_, command)| matches!(command, Command::Message(MessageCommand::Submit(_))))
        .expect("a text")
        .0;
    let diagnosis = data::why("The disk is full", "Free some space, then send again");
    rig.tell(Event::Failed { request, error: CommandError::Storage, diagnosis });
    assert_eq!(rig.value("Message"), "precious words");
    assert!(rig.shows("Remove: Flash text"));
}

fn templates() -> Event {
    let all = [
        Template { id: TemplateId(1), name: "Late".to_owned(), text: "I am late".to_owned() },
        Template { id: TemplateId(2), name: "Yes".to_owned(), text: "Yes, gladly".to_owned() },
    ];
    Event::Templates(Arc::new(all))
}

#[test]
fn a_template_is_put_where_the_cursor_is_and_can_be_undone() {
    let mut rig = ready();
    rig.tell(templates());
    open_ada(&mut rig);
    rig.type_into("Message", "Sorry. ");
    choose(&mut rig, &["Templates", "Late"]);
    assert_eq!(rig.value("Message"), "Sorry. I am late");
    rig.key(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(rig.value("Message"), "Sorry. ");
}

#[test]
fn what_is_written_can_become_a_template() {
    let mut rig = ready();
    rig.tell(templates());
    open_ada(&mut rig);
    rig.type_into("Message", "On my way");
    choose(&mut rig, &["Templates", "Save as template…"]);
    rig.type_into("Name of the template", "Way");
    rig.press_button("Save");
    let saved =
        Template { id: TemplateId::NEW, name: "Way".to_owned(), text: "On my way".to_owned() };
    let command = Command::Message(MessageCommand::SaveTemplate(saved));
    assert!(rig.engine.commands().contains(&command));
}

#[test]
fn templates_are_edited_in_the_settings() {
    let mut rig = window([1100.0, 3600.0], data::ready());
    rig.tell(templates());
    rig.click("Settings");
    rig.click("Edit Late");
    rig.type_into("Text of the template", " again");
    rig.press_button("Save");
    let saved =
        Template { id: TemplateId(1), name: "Late".to_owned(), text: "I am late again".to_owned() };
    assert_eq!(rig.last(), Command::Message(MessageCommand::SaveTemplate(saved)));
    rig.click("Delete Yes");
    let deleted = MessageCommand::DeleteTemplate(TemplateId(2));
    assert_eq!(rig.last(), Command::Message(deleted));
}

#[test]
fn characters_that_make_a_text_dear_are_replaced_with_one_click() {
    let mut rig = ready();
    open_ada(&mut rig);
    // 101 characters: one segment of up to 160 septets, or two of up to 67 UCS-2 characters
    // (23.040 §9.2.3.24.1).
    let text = format!("It’s “{}”", "x".repeat(94));
    rig.type_into("Message", &text);
    assert!(rig.shows("Unicode because of “’”: 2 texts instead of 1"));
    rig.press_button("Replace 3 characters: 1 text instead of 2");
    assert_eq!(rig.value("Message"), format!("It's \"{}\"", "x".repeat(94)));
    assert!(rig.shows("GSM-7 · 101 of 160 · 1 text"));
    rig.key(egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(rig.value("Message"), text, "Ctrl+Z brings the characters back");
}

#[test]
fn right_to_left_text_keeps_its_logical_order() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "سلام (123) abc\nhello עולם");
    // In a paragraph that reads from right to left, Left goes on.
    let control = egui::Modifiers::COMMAND | egui::Modifiers::CTRL;
    rig.key(control, egui::Key::Home);
    rig.key(egui::Modifiers::NONE, egui::Key::ArrowLeft);
    rig.type_text("X");
    assert_eq!(rig.value("Message"), "سXلام (123) abc\nhello עולם");
    // Shift selects, and what is typed takes the place of "لا".
    rig.key(egui::Modifiers::NONE, egui::Key::Backspace);
    rig.key(egui::Modifiers::SHIFT, egui::Key::ArrowLeft);
    rig.key(egui::Modifiers::SHIFT, egui::Key::ArrowLeft);
    rig.type_text("ل");
    assert_eq!(rig.value("Message"), "سلم (123) abc\nhello עולם");
    rig.key(control, egui::Key::End);
    rig.type_text("!");
    rig.press_button("Send");
    assert_eq!(submitted(&rig).text, "سلم (123) abc\nhello עולם!");
}

#[test]
fn a_click_in_right_to_left_text_puts_the_caret_there() {
    let mut rig = ready();
    open_ada(&mut rig);
    rig.type_into("Message", "שלום");
    let field = {
        let all = rig.harness.query_all_by_label("Message");
        let mut fields = all.filter(|node| node.rect().height() > 20.0);
        fields.next().expect("the field").rect()
    };
    // The paragraph stands at the right; beyond its left end is behind the last letter.
    let click = |rig: &mut Rig, x: f32| {
        let pos = egui::pos2(x, field.center().y);
        rig.harness.hover_at(pos);
        rig.harness.run();
        rig.harness.drag_at(pos);
        rig.harness.run();
        rig.harness.drop_at(pos);
        rig.harness.run();
    };
    click(&mut rig, field.right() - 11.0);
    rig.type_text("א");
    assert_eq!(rig.value("Message"), "אשלום");
    click(&mut rig, field.left() + 20.0);
    rig.type_text("ב");
    assert_eq!(rig.value("Message"), "אשלוםב");
}
