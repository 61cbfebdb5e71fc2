//! Settings take effect and are kept as soon as they are changed.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;

fn open() -> Rig {
    let mut rig = window(NORMAL, data::ready());
    rig.click("Settings");
    rig
}

fn saved(rig: &Rig) -> Settings {
    match rig.last() {
        Command::SaveSettings(settings) => settings,
        other => panic!("not saved but {other:?}"),
    }
}

#[test]
fn colors_change_at_once() {
    let mut rig = open();
    rig.click("Dark");
    assert_eq!(saved(&rig).theme, Theme::Dark);
    assert!(rig.harness.ctx.global_style().visuals.dark_mode);
    rig.click("Light");
    assert_eq!(saved(&rig).theme, Theme::Light);
    assert!(!rig.harness.ctx.global_style().visuals.dark_mode);
}

#[test]
fn text_size_changes_everything() {
    let mut rig = open();
    rig.click("150 %");
    assert_eq!(saved(&rig).text_size_percent, 150);
    rig.harness.run();
    assert!((rig.harness.ctx.zoom_factor() - 1.5).abs() < 0.01);
}

#[test]
fn every_switch_is_saved() {
    let mut rig = open();
    rig.click("Hide my number in calls");
    assert!(saved(&rig).hide_own_number);
    rig.click("Show desktop notifications for calls and texts");
    assert!(!saved(&rig).notifications);
    for (name, get) in [
        (
            "Enter sends the text, Shift+Enter makes a line",
            (|s| s.enter_sends) as fn(&Settings) -> bool,
        ),
        ("Ask for delivery reports", |s| s.delivery_reports),
        ("Delete texts from the modem once they are stored here", |s| s.delete_from_modem),
        ("Connect to the last modem by itself", |s| s.reconnect),
    ] {
        use egui_kittest::kittest::Queryable;
        rig.harness.get_by_label(name).click_accesskit();
        rig.harness.run();
        assert!(!get(&saved(&rig)), "{name}");
    }
}

#[test]
fn the_country_is_two_letters_or_nothing() {
    let mut rig = open();
    rig.key(egui::Modifiers::NONE, egui::Key::Tab);
    rig.type_into("Country of numbers without +", "1");
    assert!(rig.engine.commands().is_empty(), "a digit is no country");
}

#[test]
fn texts_are_sent_as_the_settings_say() {
    let mut rig = window([1100.0, 3600.0], data::ready());
    rig.click("Settings");
    rig.click("Use national alphabets");
    assert!(!saved(&rig).national_alphabets);
    rig.click("Number the parts of long texts with 16 bits");
    assert!(saved(&rig).wide_references);
    rig.click("Try again by itself");
    assert!(!saved(&rig).retry_texts);
    rig.click("Texts per minute");
    rig.click("20");
    assert_eq!(saved(&rig).texts_per_minute, 20);
    rig.click("How long the network tries to deliver");
    rig.click("3 days");
    assert_eq!(saved(&rig).validity_minutes, 3 * 24 * 60);
}

#[test]
fn the_text_centre_is_kept_when_it_is_whole() {
    let mut rig = window([1100.0, 3600.0], data::ready());
    rig.click("Settings");
    rig.type_into("Text centre", "+1 555 0190");
    assert!(rig.engine.commands().is_empty(), "not while it is typed");
    rig.key(egui::Modifiers::NONE, egui::Key::Tab);
    assert_eq!(saved(&rig).smsc, "+15550190");
    rig.type_into("Text centre", "x");
    assert!(rig.shows("“x”") || rig.shows("x"), "what is wrong stands under it");
}

#[test]
fn a_template_that_was_deleted_can_be_brought_back() {
    let mut rig = window([1100.0, 3600.0], data::ready());
    let (name, text) = ("Late".to_owned(), "I am late".to_owned());
    let template = Template { id: TemplateId(7), name, text };
    rig.tell(Event::Templates(vec![template.clone()].into()));
    rig.click("Settings");
    rig.click("Delete Late");
    let deleted = Command::Message(MessageCommand::DeleteTemplate(TemplateId(7)));
    assert_eq!(rig.last(), deleted);
    assert!(rig.shows("Late deleted"));
    rig.click("Undo");
    let again = Template { id: TemplateId::NEW, ..template };
    assert_eq!(rig.last(), Command::Message(MessageCommand::SaveTemplate(again)));
}
