//! The console: traffic with meaning, a command line with history, and no watching while hidden.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::engine::{Cause, TraceDirection};
use deskphone::phone::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

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
fn a_command_that_does_harm_is_asked_about_first() {
    let mut rig = open();
    rig.type_into("AT command", "AT+CFUN=0");
    assert!(rig.shows("switches the radio off"));
    rig.click("Run");
    assert!(rig.shows("Send this command?"));
    let console = |(_, command): &(RequestId, Command)| matches!(command, Command::Console(_));
    let sent = rig.engine.script.borrow().commands.iter().any(console);
    assert!(!sent, "nothing is sent before the answer");
    rig.key(Modifiers::NONE, Key::Escape);
    assert!(!rig.shows("Send this command?"));
    rig.type_text("1");
    assert_eq!(rig.value("AT command"), "AT+CFUN=01", "the field has the keyboard again");
    assert_eq!(rig.value("Number"), "");
    rig.key(Modifiers::NONE, Key::Backspace);
    rig.click("Run");
    rig.click("Send it");
    assert_eq!(rig.last(), Command::Console("AT+CFUN=0".to_owned()));
}

#[test]
fn names_are_completed_and_parameters_explained_while_typing() {
    let mut rig = open();
    rig.type_into("AT command", "AT+CMU");
    assert!(rig.shows("+CMUT"));
    rig.key(Modifiers::NONE, Key::Tab);
    assert_eq!(rig.value("AT command"), "AT+CMUT");
    rig.type_into("AT command", "=");
    assert!(rig.shows("microphone (0 on, 1 off)"));
}

#[test]
fn a_line_is_taken_apart_on_a_click_and_numbers_are_hidden_until_they_are_asked_for() {
    let mut rig = open();
    push(&rig, "+CLIP: \"+4930123456\",145,,,,1");
    rig.harness.run();
    assert!(rig.shows("+CLIP: \"+49••••56\""));
    assert!(!rig.shows("4930123456"));
    rig.click("← +CLIP: \"+49••••56\",145,,,,1");
    assert!(rig.shows("CLI validity"));
    assert!(rig.shows("withheld by the caller"));
    assert!(!rig.shows("4930123456"));
    rig.click("Show numbers and texts");
    assert!(rig.shows("+4930123456"));
}

#[test]
fn names_and_values_of_parameters_are_not_cut() {
    let mut rig = open();
    push(&rig, "+CPMS: 120,255,0,20,0,20");
    rig.harness.run();
    rig.click("← +CPMS: 120,255,0,20,0,20");
    for words in ["total1", "used2", "255"] {
        let painted = rig.painted(words);
        assert!(painted.iter().any(|(_, lines)| *lines == 1), "{words}: {painted:?}");
    }
}

#[test]
fn lines_are_filtered_found_and_held_back() {
    let mut rig = open();
    let time = super::fake::TODAY;
    let trace = rig.engine.trace.clone();
    trace.push(time, TraceDirection::Sent, "AT+CLCC".to_owned(), String::new());
    trace.push(time, TraceDirection::Received, "RING".to_owned(), String::new());
    rig.harness.run();
    rig.click("Sent");
    assert!(rig.shows("AT+CLCC") && !rig.shows("← RING"));
    rig.click("All");
    rig.type_into("Find in the traffic", "ring");
    assert!(!rig.shows("AT+CLCC") && rig.shows("← RING"));
    rig.type_into("Find in the traffic", "no such words");
    assert!(rig.shows("No line fits"));
    rig.click("Show all lines");
    rig.click("Pause");
    trace.push(time, TraceDirection::Received, "NO CARRIER".to_owned(), String::new());
    rig.harness.run();
    assert!(rig.shows("1 new line") && !rig.shows("← NO CARRIER"));
    rig.click("Go on");
    assert!(rig.shows("← NO CARRIER"));
}

/// More lines than fit, scrolled to the first.
fn scrolled_up() -> Rig {
    let mut rig = open();
    for line in 1..=200 {
        push(&rig, &format!("+CSQ: {line},99"));
    }
    rig.harness.run();
    assert!(rig.shows("← +CSQ: 200,99") && !rig.shows("← +CSQ: 1,99"), "the end is followed");
    rig.click("Pause");
    let middle = rig.harness.get_by_label("← +CSQ: 190,99").rect().center();
    rig.harness.event(egui::Event::PointerMoved(middle));
    rig.harness.run_steps(2);
    rig.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 100_000.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    for _ in 0..60 {
        rig.harness.run_steps(1);
    }
    assert!(rig.shows("← +CSQ: 1,99") && !rig.shows("← +CSQ: 200,99"));
    rig
}

fn follows(rig: &mut Rig) {
    rig.harness.run();
    assert!(!rig.shows("← +CSQ: 1,99"), "it has gone to the end");
    for line in ["+CREG: 5", "+CREG: 1", "RING"] {
        push(rig, line);
        rig.harness.run();
        assert!(rig.shows(&format!("← {line}")), "{line} is followed");
    }
}

#[test]
fn the_end_is_followed_again_after_a_pause() {
    let mut rig = scrolled_up();
    rig.click("Go on");
    follows(&mut rig);
}

#[test]
fn the_end_is_followed_after_a_pause_in_which_something_was_looked_for() {
    let mut rig = scrolled_up();
    rig.type_into("Find in the traffic", "no such words");
    rig.click("Show all lines");
    rig.click("Go on");
    follows(&mut rig);
}

#[test]
fn following_that_is_switched_on_goes_to_the_end() {
    let mut rig = scrolled_up();
    rig.click("More");
    rig.click("Follow");
    rig.click("Go on");
    assert!(rig.shows("← +CSQ: 1,99"), "not followed, it stays");
    rig.click("More");
    rig.click("Follow");
    follows(&mut rig);
}

#[test]
fn routine_checks_are_left_out_when_wanted_and_the_button_behind_a_line_is_told() {
    let mut rig = open();
    let time = super::fake::TODAY;
    let trace = rig.engine.trace.clone();
    let cause = |words: &str, routine| Cause { words: words.to_owned(), routine };
    let line = |text: &str, cause: &Cause| {
        let text = text.to_owned();
        trace.push_for(time, TraceDirection::Sent, text, String::new(), cause);
    };
    line("AT+CSQ", &cause("Signal and registration", true));
    line("AT+CHUP", &cause("Hang up", false));
    rig.harness.run();
    assert!(rig.shows("AT+CSQ"));
    rig.click("Hide routine checks");
    assert!(!rig.shows("AT+CSQ") && rig.shows("AT+CHUP"));
    rig.click("→ AT+CHUP");
    assert!(rig.shows("Hang up"));
}

#[test]
fn all_lines_can_be_copied() {
    let mut rig = open();
    push(&rig, "OK");
    rig.harness.run();
    rig.click("More");
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
        rig.click("Send it");
        assert_eq!(rig.last(), Command::Console(secret.to_owned()));
        rig.type_into("AT command", "");
        rig.key(Modifiers::NONE, Key::ArrowUp);
        assert_eq!(rig.value("AT command"), "AT+CPIN?", "{secret}");
        rig.key(Modifiers::NONE, Key::ArrowDown);
    }
}

/// A list that is longer than the page, at its end.
fn many() -> Rig {
    let mut rig = open();
    for line in 1..=200 {
        push(&rig, &format!("+CSQ: {line},99"));
    }
    rig.harness.run();
    rig
}

fn top_of(rig: &Rig, line: &str) -> Option<f32> {
    rig.harness.query_by_label(line).map(|line| line.rect().top())
}

#[test]
fn a_line_that_is_taken_apart_stays_where_it_is_while_others_come() {
    let mut rig = many();
    let first = (150..=200).find(|line| rig.shows(&format!("← +CSQ: {line},99")));
    let line = format!("← +CSQ: {},99", first.expect("a line") + 3);
    let before = top_of(&rig, &line);
    rig.click(&line);
    assert!(rig.shows("Close") && before.is_some());
    assert_eq!(top_of(&rig, &line), before, "nothing moves");
    push(&rig, "RING");
    rig.harness.run();
    assert_eq!(top_of(&rig, &line), before, "and nothing moves while it is read");
    rig.click("Close");
    assert!(rig.shows("← RING"), "the end is followed again");
}

#[test]
fn a_line_that_its_explanation_would_cover_is_scrolled_into_sight() {
    let mut rig = many();
    let last = "← +CSQ: 200,99";
    rig.click(last);
    let page = rig.harness.get_by_label("Close").rect();
    let line = rig.harness.get_by_label(last).rect();
    assert!(line.bottom() <= page.top(), "{line} above {page}");
}

#[test]
fn what_is_copied_hides_what_the_page_hides() {
    let mut rig = open();
    push(&rig, "+CLIP: \"+4930123456\",145,,,,1");
    rig.harness.run();
    let copied = |rig: &mut Rig| {
        rig.click("More");
        rig.harness.get_by_label("Copy all").click();
        let mut text = String::new();
        for _ in 0..5 {
            rig.harness.step();
            for command in &rig.harness.output().platform_output.commands {
                if let egui::OutputCommand::CopyText(copied) = command {
                    text.clone_from(copied);
                }
            }
        }
        text
    };
    let hidden = copied(&mut rig);
    assert!(hidden.contains("+49••••56") && !hidden.contains("4930123456"), "{hidden}");
    rig.click("Show numbers and texts");
    assert!(copied(&mut rig).contains("+4930123456"));
}

#[test]
fn what_answers_a_command_is_followed_from_anywhere() {
    for apart in [false, true] {
        let mut rig = many();
        if apart {
            rig.click("← +CSQ: 195,99");
        }
        rig.type_into("AT command", "AT+CSQ");
        rig.key(Modifiers::NONE, Key::Enter);
        for line in ["AT+CSQ", "+CSQ: 21,99", "OK", "RING"] {
            push(&rig, line);
            rig.harness.run();
            assert!(rig.shows(&format!("← {line}")), "{line}, {apart}");
        }
    }
}

#[test]
fn a_sentence_hides_what_its_line_hides() {
    let mut rig = open();
    let time = super::fake::TODAY;
    for (line, meaning) in [
        ("+CPBR: 5,\"+4930123456\",145,\"Ada\"", "Place 5 of the phone book: Ada, +4930123456"),
        ("+CUSD: 0,\"Your balance is 5\",15", "The service answered: Your balance is 5"),
    ] {
        let (way, line) = (TraceDirection::Received, line.to_owned());
        rig.engine.trace.push(time, way, line, meaning.to_owned());
    }
    rig.harness.run();
    let words = |rig: &Rig| -> String {
        let shapes =
            rig.harness.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
                egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
                _ => None,
            });
        shapes.collect::<Vec<_>>().join("\n")
    };
    let shown = words(&rig);
    assert!(shown.contains("Place 5 of the phone book"), "{shown}");
    assert!(!shown.contains("Ada") && !shown.contains("Your balance"), "{shown}");
    rig.click("Show numbers and texts");
    assert!(words(&rig).contains("Your balance is 5"));
}

#[test]
fn in_the_smallest_window_the_menu_has_pause_and_the_filter() {
    let mut rig = window([226.0, 376.0], data::ready());
    rig.click("More");
    rig.harness.get_by_role_and_label(egui::Role::Button, "Console").click_accesskit();
    rig.harness.run();
    push(&rig, "+CSQ: 21,99");
    push(&rig, "RING");
    rig.harness.run();
    let choose = |rig: &mut Rig, entry: &str| {
        rig.harness.query_all_by_label("More").last().expect("the menu").click();
        rig.harness.run();
        rig.harness.get_by_role_and_label(egui::Role::Button, entry).click_accesskit();
        rig.harness.run();
    };
    choose(&mut rig, "Find in the traffic");
    rig.type_text("ring");
    assert_eq!(rig.value("Find in the traffic"), "ring", "it has the keyboard");
    assert!(rig.shows("← RING") && !rig.shows("+CSQ"));
    rig.click("Stop finding");
    choose(&mut rig, "Sent");
    assert!(rig.shows("Filtered") && !rig.shows("← RING"));
    rig.click_nth("Show all lines", 0);
    assert!(rig.shows("← RING"));
    choose(&mut rig, "Pause");
    push(&rig, "NO CARRIER");
    rig.harness.run();
    assert!(rig.shows("1 new line") && !rig.shows("← NO CARRIER"));
    rig.click("Go on");
    assert!(rig.shows("← NO CARRIER"));
}
