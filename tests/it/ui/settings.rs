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
