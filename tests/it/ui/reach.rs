//! What can be reached by the keyboard, in the order of reading, and in the smallest window.

use super::data::{self, ADA};
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::phone::*;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};

fn showing(size: [f32; 2], text: &str) -> Rig {
    let engine = FakeEngine::default();
    let text = data::text(1, ADA, text, 60, data::received());
    engine.script.borrow_mut().timeline = vec![TimelineItem::Text(text)];
    let events = data::ready().into_iter().chain([data::contacts(), data::threads()]);
    let mut rig = window_with(size, engine, events);
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
    rig
}

/// The button of this name has the keyboard.
#[track_caller]
fn focused(rig: &Rig, name: &str) -> bool {
    rig.harness.get_by_role_and_label(Role::Button, name).accesskit_node().is_focused()
}

#[test]
fn tab_goes_from_the_text_over_its_options_to_send() {
    let mut rig = showing(NORMAL, "Hello");
    rig.type_into("Message", "hi");
    rig.key(Modifiers::NONE, Key::Tab);
    assert!(focused(&rig, "Send options"));
    rig.key(Modifiers::NONE, Key::Tab);
    assert!(focused(&rig, "Send"));
}

#[test]
fn tab_leaves_the_name_of_a_template_and_enter_on_cancel_cancels() {
    let mut rig = showing(NORMAL, "Hello");
    rig.type_into("Message", "On my way");
    rig.click("Send options");
    rig.click("Templates");
    rig.click("Save as template…");
    rig.type_text("Way");
    assert_eq!(rig.value("Name of the template"), "Way", "the field has the keyboard");
    rig.key(Modifiers::NONE, Key::Tab);
    assert!(focused(&rig, "Save"));
    rig.key(Modifiers::NONE, Key::Tab);
    assert!(focused(&rig, "Cancel"));
    rig.key(Modifiers::NONE, Key::Enter);
    assert!(!rig.shows("Name of the template"));
    let saves =
        |command: &Command| matches!(command, Command::Message(MessageCommand::SaveTemplate(_)));
    assert!(!rig.engine.commands().iter().any(saves));
}

/// 210 by 350 points are a window of 420 by 700 at a text size of 200 %.
const SMALL: [f32; 2] = [210.0, 350.0];

#[test]
fn in_the_smallest_window_a_text_can_be_written_and_whose_it_is_be_read() {
    let mut rig = showing(SMALL, "Hello");
    let field = rig.harness.get_by_role_and_label(Role::MultilineTextInput, "Message").rect();
    assert!(field.width() > 90.0, "{field}");
    assert!(field.height() < 44.0, "its hint stands on one line: {field}");
    let send = rig.harness.get_by_role_and_label(Role::Button, "Send").rect();
    assert!(send.left() >= field.right() && send.right() <= SMALL[0], "{field} {send}");
    let back = rig.harness.get_by_label("Back").rect();
    let call = rig.harness.get_by_label("Call Ada Lovelace now").rect();
    assert!(call.left() - back.right() > 80.0, "room for a name: {back} {call}");
    rig.click("More about this conversation");
    assert!(rig.shows("Open contact"), "what has no button any more is in the menu");
}

#[test]
fn in_the_smallest_window_a_contact_s_fields_and_buttons_are_inside_it() {
    let mut rig = showing(SMALL, "Hello");
    rig.click("More about this conversation");
    rig.click("Open contact");
    for name in ["Favorite", "Call this number", "Text this number", "Phone number", "Label"] {
        let place = rig.harness.get_by_label(name).rect();
        assert!(place.left() >= 0.0 && place.right() <= SMALL[0], "{name} at {place}");
        assert!(place.width() >= 28.0, "{name} at {place}");
    }
}
