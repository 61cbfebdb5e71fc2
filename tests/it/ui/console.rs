//! The console: traffic with meaning, a command line with history, and no watching while hidden.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::engine::TraceDirection;
use deskphone::phone::*;
use egui::{Key, Modifiers};

fn open() -> Rig {
    let mut rig = window(NORMAL, data::ready());
    rig.click("Console");
    rig
}

fn push(rig: &Rig, line: &str) -> bool {
    let time = super::fake::TODAY;
    rig.engine.trace.push(time, TraceDirection::Received, line.to_owned(), "In words".to_owned())
}

#[test]
fn traffic_is_watched_only_while_it_is_on_the_screen() {
    let mut rig = open();
    assert!(push(&rig, "+CSQ: 21,99"), "somebody watches");
    rig.harness.run();
    assert!(rig.shows("+CSQ: 21,99"));
    rig.click("Settings");
    assert!(!push(&rig, "OK"), "nobody watches");
}

#[test]
fn a_command_is_sent_and_recalled() {
    let mut rig = open();
    rig.type_into("AT command", "AT+CSQ");
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.last(), Command::Console("AT+CSQ".to_owned()));
    rig.type_into("AT command", "ATI");
    rig.key(Modifiers::NONE, Key::Enter);
    rig.type_into("AT command", "");
    rig.key(Modifiers::NONE, Key::ArrowUp);
    rig.key(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(rig.value("AT command"), "AT+CSQ");
    rig.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(rig.value("AT command"), "ATI");
}

#[test]
fn a_dial_command_without_a_semicolon_is_warned_of() {
    let mut rig = open();
    rig.type_into("AT command", "ATD+15550100");
    assert!(rig.shows("places a data call"));
    rig.type_into("AT command", ";");
    assert!(!rig.shows("places a data call"));
}

#[test]
fn all_lines_can_be_copied() {
    let mut rig = open();
    push(&rig, "OK");
    rig.harness.run();
    rig.click("Copy all");
    assert!(rig.shows("Copied"));
}

#[test]
fn a_command_with_a_secret_is_not_recalled() {
    let mut rig = open();
    for secret in ["AT+CPIN=\"1234\"", "at+clck = \"SC\",1,\"1234\"", "AT+CPWD=\"SC\",\"1\",\"2\""]
    {
        rig.type_into("AT command", "AT+CPIN?");
        rig.key(Modifiers::NONE, Key::Enter);
        rig.type_into("AT command", secret);
        rig.key(Modifiers::NONE, Key::Enter);
        assert_eq!(rig.last(), Command::Console(secret.to_owned()));
        rig.key(Modifiers::NONE, Key::ArrowUp);
        assert_eq!(rig.value("AT command"), "AT+CPIN?", "{secret}");
        rig.key(Modifiers::NONE, Key::ArrowDown);
    }
}
