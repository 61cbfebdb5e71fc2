//! The settings of calls, and every page of this kind in the smallest window.

use super::data;
use super::rig::{Rig, window};
use deskphone::phone::*;
use egui_kittest::kittest::Queryable;

const TALL: [f32; 2] = [1100.0, 3200.0];

fn open() -> Rig {
    let mut rig = window(TALL, data::ready());
    rig.click("Settings");
    rig
}

#[track_caller]
fn saved(rig: &Rig) -> Settings {
    match rig.last() {
        Command::SaveSettings(settings) => settings,
        other => panic!("not saved but {other:?}"),
    }
}

#[test]
fn answering_by_itself_is_chosen_with_a_warning() {
    let mut rig = open();
    assert!(!rig.shows("Whoever calls hears this room"));
    rig.click("Answer calls by itself");
    rig.click("After 10 seconds");
    assert_eq!(saved(&rig).auto_answer_seconds, 10);
    assert!(rig.shows("Whoever calls hears this room"));
}

#[test]
fn a_choice_is_made_and_its_list_closed_by_keys_alone() {
    let mut rig = open();
    let keys = |rig: &mut Rig, keys: &[egui::Key]| {
        keys.iter().for_each(|key| rig.key(egui::Modifiers::NONE, *key));
    };
    rig.harness.get_by_label("Answer calls by itself").focus();
    keys(&mut rig, &[egui::Key::Enter]);
    assert_eq!(rig.count("After 20 seconds"), 1, "the key that opens the list leaves it open");
    keys(&mut rig, &[egui::Key::ArrowDown, egui::Key::ArrowDown, egui::Key::ArrowDown]);
    keys(&mut rig, &[egui::Key::Enter]);
    assert!(saved(&rig).auto_answer_seconds > 0);
    assert_eq!(rig.count("After 20 seconds"), 0, "the list is closed");
}

#[test]
fn redial_has_tries_and_a_pause() {
    let mut rig = open();
    rig.click("Dial a busy number again");
    rig.click("3 times");
    assert_eq!(saved(&rig).redial_attempts, 3);
    rig.click("Shortest pause before a try");
    rig.click("1 minute");
    assert_eq!(saved(&rig).redial_pause_seconds, 60);
}

#[test]
fn the_pauses_of_redial_are_those_that_will_be_waited() {
    // 3GPP TS 22.001 annex E: 5 seconds, then 1 minute three times, then 3 minutes each.
    let told = |tries: u8, pause: u16| {
        let mut rig = open();
        let (redial_attempts, redial_pause_seconds) = (tries, pause);
        let settings = Settings { redial_attempts, redial_pause_seconds, ..Settings::default() };
        rig.tell(Event::Settings(settings));
        rig
    };
    assert!(told(10, 5).shows("Pauses: 5 seconds, 3 × 1 minute, 6 × 3 minutes"));
    assert!(told(5, 30).shows("Pauses: 30 seconds, 3 × 1 minute, 3 minutes"));
    assert!(told(3, 120).shows("Pauses: 3 × 2 minutes"));
    assert!(told(1, 15).shows("Pause: 15 seconds"));
}

#[test]
fn choosing_auto_answer_does_not_move_the_page_under_the_pointer() {
    let mut rig = window([1100.0, 720.0], data::ready());
    rig.click("Settings");
    let place = |rig: &Rig| rig.harness.get_by_label("Hide my number in calls").rect();
    rig.click("Answer calls by itself");
    let before = place(&rig);
    rig.click("After 20 seconds");
    assert!(rig.shows("Every call is answered by itself after 20 seconds"), "the banner is there");
    let after = place(&rig);
    assert!((after.top() - before.top()).abs() < 1.0, "{before} {after}");
}

#[test]
fn a_name_is_taken_where_a_number_is_asked_for() {
    let mut rig = open();
    rig.tell(data::contacts());
    rig.type_into("Voicemail number", "ada");
    let offer = "Ada Lovelace · Mobile · 020 7946 0018";
    rig.click(offer);
    assert_eq!(saved(&rig).voicemail_number, data::ADA);
    rig.type_into("Number or pattern to block", "turing");
    rig.click("Alan Turing · Mobile · +44 1632 960123");
    assert_eq!(rig.value("Number or pattern to block"), "+441632960123");
    rig.click("Block");
    assert_eq!(saved(&rig).block_list, ["+441632960123"]);
}

#[test]
fn numbers_and_patterns_are_blocked_and_taken_off_the_list() {
    let mut rig = open();
    rig.type_into("Number or pattern to block", "+4930*");
    rig.click("Block");
    assert_eq!(saved(&rig).block_list, ["+4930*"]);
    rig.type_into("Number or pattern to block", "020 7946 0018");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(saved(&rig).block_list, ["+4930*", "020 7946 0018"]);
    let count = rig.engine.commands().len();
    rig.type_into("Number or pattern to block", "+44 20 7946 0018");
    rig.click("Block");
    assert_eq!(rig.engine.commands().len(), count);
    assert!(rig.shows("It is in the list already"));
    rig.click("Remove +4930*");
    assert_eq!(saved(&rig).block_list, ["020 7946 0018"]);
    rig.click("Block calls that withhold their number");
    assert!(saved(&rig).block_withheld);
}

#[test]
fn a_pattern_that_blocks_everybody_is_refused() {
    let mut rig = open();
    rig.type_into("Number or pattern to block", "*");
    rig.click("Block");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("This would block everybody"));
}

#[test]
fn texts_to_reject_with_are_added_and_removed() {
    let mut rig = open();
    rig.type_into("New text to reject a call with", "Back at five");
    rig.click("Add");
    assert_eq!(saved(&rig).reject_texts.last().map(String::as_str), Some("Back at five"));
    rig.click("Remove I'm on my way.");
    assert_eq!(saved(&rig).reject_texts.len(), 3);
}

#[test]
fn the_mailbox_is_kept_when_it_is_whole_and_called_from_the_top_bar() {
    let mut rig = open();
    rig.type_into("Voicemail number", "+44 1632 960 100");
    assert!(rig.engine.commands().is_empty(), "not while it is typed");
    rig.key(egui::Modifiers::NONE, egui::Key::Tab);
    assert_eq!(saved(&rig).voicemail_number, "+441632960100");
    let mark = WaitingMark {
        kind: WaitingKind::Voicemail,
        from: deskphone::number::PhoneNumber::new("+15550199"),
        count: Some(2),
        time: super::fake::TODAY,
    };
    rig.tell(Event::Waiting(vec![mark].into()));
    rig.click("2 voice messages at the network");
    let shown = deskphone::number::format_for_display("+441632960100", "GB");
    rig.click(&format!("Call voicemail {shown}"));
    assert_eq!(rig.dialed(), "+441632960100");
}

#[test]
fn the_console_is_masked_unless_it_is_switched_off() {
    let mut rig = open();
    rig.click("Mask numbers and texts in the console");
    assert!(!saved(&rig).mask_console);
}

#[test]
fn the_profile_is_a_table_to_read() {
    let mut rig = open();
    rig.click("How Deskphone talks to this modem");
    assert!(rig.shows("OK to ATD") && rig.shows("Hang up"));
    rig.click("Hide the table");
    assert!(!rig.shows("OK to ATD"));
}

/// Nothing that can be used reaches out of the window, at 420 by 700 pixels and 200 %.
#[test]
fn every_page_fits_in_the_smallest_window() {
    let entries = vec![SimEntry { index: 1, number: data::ADA.to_owned(), name: "Ada".to_owned() }];
    let book = SimPhonebook { entries, capacity: 250, number_length: 40, name_length: 14 };
    for entry in ["Settings", "Codes", "Call services", "SIM phonebook"] {
        let mut rig = window([210.0, 350.0], data::ready());
        rig.tell(Event::SimPhonebook(std::sync::Arc::new(book.clone())));
        for reason in [ForwardingReason::NoReply, ForwardingReason::Busy] {
            let service = Service::Forwarding(reason);
            rig.tell(Event::Service(ServiceState { service, lines: Vec::new(), own_number: None }));
        }
        rig.click("More");
        rig.harness.get_by_role_and_label(egui::Role::Button, entry).click_accesskit();
        rig.harness.run();
        let wide: Vec<_> = rig
            .harness
            .output()
            .shapes
            .iter()
            .filter_map(|clipped| match &clipped.shape {
                egui::Shape::Text(text) => {
                    Some((text.galley.text().to_owned(), text.visual_bounding_rect()))
                }
                _ => None,
            })
            .filter(|(text, rect)| !text.is_empty() && rect.right() > 211.0)
            .collect();
        assert!(wide.is_empty(), "{entry}: {wide:?}");
    }
}
