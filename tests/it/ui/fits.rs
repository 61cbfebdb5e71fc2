//! Every page in windows of little width and height: nothing is cut at a side, and everything that
//! can be pressed or typed into can be brought into sight.

use super::data;
use super::fake::TODAY;
use super::rig::{Rig, window};
use deskphone::engine::TraceDirection;
use deskphone::phone::*;
use egui::{Rect, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use std::sync::Arc;

/// What the harness keeps free on either side of the window, in points.
const EDGE: f32 = 8.0;
/// Windows in points: 420 by 480 pixels, 420 by 720 at 200 %, 1100 by 720 at 200 %.
const SIZES: [[f32; 2]; 3] = [[420.0, 480.0], [210.0, 360.0], [550.0, 360.0]];
/// What is pressed or typed into.
const CONTROLS: [Role; 7] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::TextInput,
    Role::PasswordInput,
    Role::MultilineTextInput,
    Role::Link,
];

/// A window in which this page is open, with something on it.
fn open(size: [f32; 2], page: &str) -> Rig {
    let size = [size[0] + 2.0 * EDGE, size[1] + 2.0 * EDGE];
    let events = data::ready().into_iter().chain([data::ports(), data::contacts()]);
    let mut rig = window(size, events);
    let entries = (1..4)
        .map(|index| SimEntry {
            index,
            number: data::ADA.to_owned(),
            name: "Ada Lovelace of London".to_owned(),
        })
        .collect();
    let book = SimPhonebook { entries, capacity: 250, number_length: 40, name_length: 14 };
    rig.tell(Event::SimPhonebook(Arc::new(book)));
    rig.click("More");
    rig.harness.get_by_role_and_label(Role::Button, page).click_accesskit();
    rig.harness.run();
    rig
}

/// Name, kind and place of everything that is pressed or typed into, in the order of reading.
fn controls(rig: &Rig) -> Vec<(Role, String, Rect)> {
    let all = rig.harness.root().children_recursive();
    let all = all.filter_map(|node| {
        let kit = node.accesskit_node();
        // What has no place is not painted.
        kit.bounding_box()?;
        Some((kit.role(), kit.label().unwrap_or_default(), node.rect()))
    });
    all.filter(|(role, _, rect)| CONTROLS.contains(role) && rect.area() > 0.0).collect()
}

/// Nothing reaches out at the sides, no word of a button is cut, and everything can be scrolled to.
#[track_caller]
fn fits(rig: &mut Rig, what: &str) {
    let screen = rig.harness.ctx.content_rect().shrink(EDGE).expand(0.6);
    cut_words(rig, what, screen);
    let found = controls(rig);
    assert!(found.len() > 2, "{what}: {found:?}");
    for (at, (role, name, rect)) in found.iter().enumerate() {
        assert!(
            rect.left() >= screen.left() && rect.right() <= screen.right(),
            "{what}: {name:?} at {rect} is cut at a side of {screen}"
        );
        if screen.contains_rect(*rect) {
            continue;
        }
        let same = |(other, label, _): &&(Role, String, Rect)| other == role && label == name;
        let nth = found[..at].iter().filter(same).count();
        let node = rig.harness.query_all_by_role_and_label(*role, name).nth(nth);
        let Some(node) = node else { continue };
        node.scroll_to_me();
        rig.harness.run();
        let node = rig.harness.query_all_by_role_and_label(*role, name).nth(nth);
        let rect = node.map(|node| node.rect()).expect(name);
        let height = rect.height().min(screen.height() / 2.0);
        let seen = rect.intersect(screen).height();
        assert!(seen >= height - 0.6, "{what}: {name:?} at {rect} can't be scrolled into {screen}");
    }
}

/// Words that are painted across the edge of what they stand in.
#[track_caller]
fn cut_words(rig: &Rig, what: &str, screen: Rect) {
    for clipped in &rig.harness.output().shapes {
        let egui::Shape::Text(text) = &clipped.shape else { continue };
        let rect = text.visual_bounding_rect();
        let clip = clipped.clip_rect.intersect(screen).expand(1.0);
        let seen = clip.top() < rect.center().y && rect.center().y < clip.bottom();
        let cut = rect.left() < clip.left() || rect.right() > clip.right();
        assert!(!seen || !cut, "{what}: {:?} at {rect} is cut by {clip}", text.galley.text());
    }
}

fn trace(rig: &mut Rig) {
    let lines = [
        (TraceDirection::Sent, "AT+COPS?"),
        (TraceDirection::Received, "+COPS: 0,0,\"A network with a name\",7"),
        (TraceDirection::Received, "OK"),
    ];
    for (way, line) in lines {
        let words = "What this line of the traffic says, in a sentence".to_owned();
        rig.engine.trace.push(TODAY, way, line.to_owned(), words);
    }
    rig.harness.run();
}

#[test]
fn the_pages_fit_in_windows_of_every_size() {
    for size in SIZES {
        for page in ["Codes", "Call services", "SIM phonebook", "Console", "Settings"] {
            let mut rig = open(size, page);
            fits(&mut rig, &format!("{page} in {size:?}"));
        }
    }
}

#[test]
fn a_line_taken_apart_and_what_is_recorded_fit() {
    for size in SIZES {
        let mut rig = open(size, "Console");
        trace(&mut rig);
        fits(&mut rig, &format!("lines in {size:?}"));
        let line = "← +COPS: 0,0,\"A network with a name\",7";
        rig.harness.get_by_label(line).click_accesskit();
        rig.harness.run();
        fits(&mut rig, &format!("a line taken apart in {size:?}"));
        let file = "/home/somebody/Documents/traffic-of-a-modem-2026-11-22.txt";
        rig.tell(Event::Recording(Some(file.into())));
        rig.type_into("AT command", "AT+CCFC=0,");
        fits(&mut rig, &format!("a recording in {size:?}"));
    }
}

#[test]
fn the_forms_of_services_fit() {
    for size in SIZES {
        let mut rig = open(size, "Call services");
        rig.harness.get_by_label("Change: Forwarding without an answer").click_accesskit();
        rig.harness.run();
        fits(&mut rig, &format!("forwarding in {size:?}"));
        let what = "The network refused this without a reason that could be told in few words";
        rig.harness.get_by_label("Ask the network: Barring").click_accesskit();
        rig.harness.run();
        let request = rig.engine.last_request();
        let diagnosis = data::why(what, "Ask your operator whether the contract has this");
        let error = CommandError::Equipment(3);
        rig.tell(Event::Failed { request, error, diagnosis });
        fits(&mut rig, &format!("a refusal in {size:?}"));
    }
}

#[test]
fn the_forms_of_the_sim_fit() {
    for size in SIZES {
        let mut rig = open(size, "SIM phonebook");
        for form in ["Add entry…", "Copy a contact…"] {
            rig.harness.get_by_label(form).click_accesskit();
            rig.harness.run();
            fits(&mut rig, &format!("{form} in {size:?}"));
        }
        let mut rig = open(size, "Settings");
        let sim = SimState::Ready;
        let network = NetworkState { sim, pin_lock: Some(true), ..NetworkState::default() };
        rig.tell(Event::Network(network));
        rig.harness.get_by_label("Change PIN…").click_accesskit();
        rig.harness.run();
        fits(&mut rig, &format!("another PIN in {size:?}"));
    }
}

#[test]
fn a_dialogue_of_codes_fits() {
    for size in SIZES {
        let mut rig = open(size, "Codes");
        let text = "1 Balance\n2 Offers\n3 Everything else that this network has".to_owned();
        rig.tell(Event::Ussd(UssdStatus::Answer { text, reply_expected: true }));
        fits(&mut rig, &format!("a reply in {size:?}"));
        rig.tell(Event::Ussd(UssdStatus::Waiting));
        fits(&mut rig, &format!("waiting in {size:?}"));
    }
}
