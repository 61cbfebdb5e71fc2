//! Everything by keys: digits outside fields, shortcuts, Enter and Esc.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui::{Key, Modifiers};

fn ready() -> Rig {
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    window(NORMAL, events)
}

#[test]
fn digits_typed_anywhere_go_to_the_dialpad_and_enter_calls() {
    let mut rig = ready();
    rig.type_text("5");
    rig.type_text("5");
    rig.type_text("1");
    assert_eq!(rig.value("Number").replace(' ', ""), "551");
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.dialed(), "551");
}

#[test]
fn what_is_typed_beside_the_fields_of_a_page_is_not_dialed() {
    let mut rig = ready();
    rig.key(Modifiers::COMMAND, Key::Num5);
    let before = rig.engine.commands().len();
    rig.type_text("1234");
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.value("Number"), "");
    assert_eq!(rig.engine.commands().len(), before);
    rig.click("Codes");
    rig.type_text("*100#");
    assert_eq!((rig.value("Code").as_str(), rig.value("Number").as_str()), ("*100#", ""));
}

#[test]
fn a_code_without_its_end_calls_nobody() {
    let mut rig = ready();
    let before = rig.engine.commands().len();
    rig.type_text("**21*15550100");
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.engine.commands().len(), before);
    assert!(rig.shows("A service code ends with #"));
    assert_eq!(rig.value("Number"), "**21*15550100", "what was typed stays");
}

#[test]
fn in_a_call_digits_typed_anywhere_are_tones() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.type_text("9");
    let tones = deskphone::number::DtmfTones::parse("9").expect("tone");
    assert_eq!(rig.last(), Command::Call(CallCommand::SendDtmf(tones)));
}

#[test]
fn digits_typed_into_a_text_stay_there() {
    let mut rig = ready();
    rig.click("Text Ada Lovelace");
    rig.type_into("Message", "at 9");
    assert_eq!(rig.value("Message"), "at 9");
    assert_eq!(rig.value("Number"), "");
}

#[test]
fn control_and_a_digit_go_to_a_place() {
    let mut rig = ready();
    for (key, words) in [
        (Key::Num1, "See you at the station then"),
        (Key::Num2, "Favorites"),
        (Key::Num3, "No calls yet"),
        (Key::Num4, "No traffic yet"),
        (Key::Num5, "Appearance"),
    ] {
        rig.key(Modifiers::COMMAND, key);
        assert!(rig.shows(words), "{words}");
    }
}

#[test]
fn control_l_f_and_n_go_to_their_fields() {
    use egui_kittest::kittest::{NodeT, Queryable};
    let mut rig = ready();
    for (key, field) in [(Key::L, "Number"), (Key::F, "Search"), (Key::N, "To")] {
        rig.key(Modifiers::COMMAND, key);
        let focused =
            rig.harness.query_all_by_label(field).any(|node| node.accesskit_node().is_focused());
        assert!(focused, "{field}");
    }
}

#[test]
fn escape_rejects_a_call_only_when_pressed_twice() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(3, data::ADA, CallState::Incoming)));
    rig.key(Modifiers::NONE, Key::Escape);
    assert!(rig.shows("Press Esc again to reject the call"));
    assert!(rig.engine.commands().is_empty());
    rig.key(Modifiers::NONE, Key::Escape);
    assert_eq!(rig.last(), Command::Call(CallCommand::Reject));
}

#[test]
fn control_enter_answers() {
    let mut rig = ready();
    rig.tell(Event::Call(data::call(3, data::ADA, CallState::Incoming)));
    rig.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(rig.last(), Command::Call(CallCommand::Answer));
}

#[test]
fn f1_shows_the_shortcuts_and_escape_closes_them() {
    let mut rig = ready();
    rig.key(Modifiers::NONE, Key::F1);
    assert!(rig.shows("Keyboard shortcuts"));
    rig.key(Modifiers::NONE, Key::Escape);
    assert!(!rig.shows("Keyboard shortcuts"));
}

#[test]
fn control_plus_and_minus_change_the_text_size() {
    let mut rig = ready();
    rig.key(Modifiers::COMMAND, Key::Plus);
    assert!(matches!(rig.last(), Command::SaveSettings(s) if s.text_size_percent == 110));
    rig.key(Modifiers::COMMAND, Key::Minus);
    assert!(matches!(rig.last(), Command::SaveSettings(s) if s.text_size_percent == 100));
}

#[test]
fn a_pasted_number_fills_the_dialpad_and_dials_nothing() {
    let mut rig = ready();
    rig.harness.event(egui::Event::Paste("+44 (20) 7946-0018".to_owned()));
    rig.harness.run();
    let digits: String = rig.value("Number").chars().filter(|c| c.is_ascii_digit()).collect();
    assert_eq!(digits, "442079460018");
    assert!(rig.engine.commands().is_empty());
}

#[test]
fn tab_goes_through_the_top_bar_as_it_is_read() {
    use egui_kittest::kittest::NodeT;
    for size in [NORMAL, [800.0, 600.0], [420.0, 720.0]] {
        let mut rig = window(size, data::ready());
        let mut order = Vec::new();
        for _ in 0..80 {
            rig.key(Modifiers::NONE, Key::Tab);
            let focused = rig
                .harness
                .root()
                .children_recursive()
                .find(|node| node.accesskit_node().is_focused());
            match focused.map(|node| node.rect()).filter(|rect| rect.bottom() <= 60.0) {
                Some(place) => order.push(place.left()),
                None if order.is_empty() => {}
                None => break,
            }
        }
        assert!(order.len() > 1 && order.is_sorted(), "{order:?} at {size:?}");
    }
}
