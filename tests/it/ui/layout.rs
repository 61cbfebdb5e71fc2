//! The main controls are inside the window at every size that matters, and at large text.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::phone::*;
use egui_kittest::kittest::{NodeT, Queryable};

fn all() -> Vec<Event> {
    data::ready().into_iter().chain([data::ports(), data::contacts(), data::threads()]).collect()
}

/// Asserts that what has this name is on the screen, whole.
#[track_caller]
fn in_sight(rig: &Rig, name: &str) {
    let screen = rig.harness.ctx.content_rect().expand(0.5);
    let nodes: Vec<_> = rig.harness.query_all_by_label(name).collect();
    let rects: Vec<_> = nodes.iter().map(|node| node.rect()).collect();
    let inside = rects.iter().any(|rect| screen.contains_rect(*rect) && rect.area() > 0.0);
    assert!(inside, "{name:?} at {rects:?} is not inside {screen:?}");
}

fn with_text_size(size: [f32; 2], percent: u16) -> Rig {
    let settings =
        Settings { text_size_percent: percent, region: "GB".to_owned(), ..Settings::default() };
    let mut events = all();
    events.push(Event::Settings(settings));
    let mut rig = window(size, events);
    // The harness speaks of points, and a point is larger by the same factor now.
    let factor = f32::from(percent) / 100.0;
    rig.harness.set_size(egui::Vec2::new(size[0] / factor, size[1] / factor));
    rig.harness.run();
    rig
}

#[test]
fn a_new_window_shows_picker_dialpad_composer_and_contacts_at_once() {
    for events in [all(), vec![data::ports(), data::contacts()]] {
        let rig = window(NORMAL, events);
        for name in [
            "Choose port",
            "Number",
            "1",
            "5",
            "9",
            "#",
            "Call",
            "To",
            "Message",
            "Send",
            "Search",
            "Ada Lovelace",
            "Call Ada Lovelace",
            "Add contact",
            "Settings",
            "Console",
        ] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn the_main_controls_have_names_of_their_own() {
    let mut rig = window(NORMAL, all());
    rig.click("Chats");
    for name in [
        "Choose port",
        "Number",
        "1",
        "0",
        "Call",
        "Backspace",
        "To",
        "Message",
        "Send",
        "Search",
        "Chats",
        "Contacts",
        "Recents",
        "Settings",
        "Console",
    ] {
        assert_eq!(rig.harness.query_all_by_label(name).count(), 1, "{name}");
    }
    rig.click("Contacts");
    rig.click("Add contact");
    for name in ["Name", "Phone number", "Email", "Company", "Note", "Favorite", "Save", "Cancel"] {
        assert_eq!(rig.harness.query_all_by_label(name).count(), 1, "{name}");
    }
}

#[test]
fn at_640_by_480_everything_is_one_click_away_and_whole() {
    let mut rig = window([640.0, 480.0], all());
    for name in ["Choose port", "Search", "Ada Lovelace", "Message", "Send", "To", "Dialpad"] {
        in_sight(&rig, name);
    }
    rig.click("Dialpad");
    for name in ["Number", "Backspace", "1", "3", "*", "0", "#", "Call"] {
        in_sight(&rig, name);
    }
}

#[test]
fn a_narrow_window_shows_one_part_at_a_time() {
    let mut rig = window([400.0, 600.0], all());
    for name in ["Choose port", "Search", "Ada Lovelace", "Chats", "Recents", "Dialpad", "More"] {
        in_sight(&rig, name);
    }
    rig.click("Dialpad");
    for name in ["Number", "1", "#", "Call", "Contacts"] {
        in_sight(&rig, name);
    }
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
    for name in ["Back", "Message", "Send", "Call Ada Lovelace now"] {
        in_sight(&rig, name);
    }
    rig.click("Back");
    in_sight(&rig, "Search");
}

#[test]
fn text_at_200_percent_fits_in_640_by_480() {
    let mut rig = with_text_size([640.0, 480.0], 200);
    for name in ["Choose port", "Search", "Ada Lovelace", "Chats", "Recents", "Dialpad", "More"] {
        in_sight(&rig, name);
    }
    rig.click("Dialpad");
    for name in ["Number", "1", "2", "3", "*", "0", "#", "Call", "Backspace"] {
        in_sight(&rig, name);
    }
    rig.click("Contacts");
    rig.click("Text Ada Lovelace");
    for name in ["Back", "Message", "Send"] {
        in_sight(&rig, name);
    }
}

#[test]
fn text_at_200_percent_fits_in_a_new_window() {
    let rig = with_text_size(NORMAL, 200);
    for name in ["Choose port", "Search", "Ada Lovelace", "Chats", "Dialpad"] {
        in_sight(&rig, name);
    }
}

#[test]
fn small_text_fits_too() {
    let rig = with_text_size(NORMAL, 75);
    for name in ["Choose port", "Number", "Call", "Message", "Send", "Ada Lovelace"] {
        in_sight(&rig, name);
    }
}

#[test]
fn a_call_is_in_sight_in_every_layout_and_on_every_page() {
    for size in [NORMAL, [800.0, 600.0], [640.0, 480.0], [400.0, 600.0]] {
        let mut rig = window(size, all());
        rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Incoming)));
        in_sight(&rig, "Answer");
        in_sight(&rig, "Reject");
        rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Active)));
        in_sight(&rig, "Hang up");
        rig.key(egui::Modifiers::COMMAND, egui::Key::Num5);
        in_sight(&rig, "Hang up");
        in_sight(&rig, "00:12");
    }
}

#[test]
fn an_incoming_call_fits_at_200_percent() {
    let mut rig = with_text_size([640.0, 480.0], 200);
    rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Incoming)));
    in_sight(&rig, "Answer");
    in_sight(&rig, "Reject");
}

#[test]
fn the_picker_fits_and_scrolls_in_a_small_window() {
    let mut rig = window([640.0, 480.0], all());
    rig.click("Choose port");
    in_sight(&rig, "Quectel EC25, ttyUSB2");
    let screen = rig.harness.ctx.content_rect();
    let title = rig.harness.get_by_role_and_label(egui::Role::Heading, "Choose your modem").rect();
    assert!(screen.contains_rect(title), "{title:?}");
}

#[test]
fn no_input_is_without_a_name() {
    // The harness itself panics on unnamed inputs after every run; this visits every page.
    let mut rig = window(NORMAL, all());
    for name in
        ["Console", "Settings", "Add contact", "Write a text", "Chats", "Recents", "Contacts"]
    {
        let node = rig.harness.query_all_by_label(name).next().expect(name);
        node.click();
        rig.harness.run();
    }
    rig.click("Choose port");
    let unnamed = rig.harness.root().accesskit_node().children().next().is_none();
    assert!(!unnamed, "there is a tree");
}

fn ended(number: &str, id: u32) -> [Event; 2] {
    let live = data::call(id, number, CallState::Alerting);
    let mut gone = data::call(id, number, CallState::Released(ReleaseCause::NoAnswer));
    gone.diagnosis = Some(data::why(
        "The network ended the call before anybody answered",
        "Check the number, then call again or send a text instead",
    ));
    [Event::Call(live), Event::Call(gone)]
}

#[test]
fn cards_of_ended_calls_leave_the_dialpad_its_room() {
    for size in [NORMAL, [640.0, 480.0]] {
        let mut rig = window(size, all());
        for event in ended("+12025550166", 3).into_iter().chain(ended("+12025550177", 4)) {
            rig.tell(event);
        }
        assert_eq!(rig.harness.state().model().ended.len(), 2);
        if size != NORMAL {
            rig.click("Dialpad");
        }
        for name in ["Number", "1", "0", "#", "Call"] {
            in_sight(&rig, name);
        }
        // A call that follows has its button in sight above the pad, too.
        rig.tell(Event::Call(data::call(5, "+12025550188", CallState::Active)));
        for name in ["Hang up", "1", "0", "#"] {
            in_sight(&rig, name);
        }
        rig.click("New call");
        for name in ["Hang up", "Number", "1", "0", "#", "Call"] {
            in_sight(&rig, name);
        }
    }
}

#[test]
fn a_strip_is_whole_in_its_first_frame() {
    let mut rig = window([640.0, 480.0], all());
    let [live, gone] = ended("+12025550166", 3);
    rig.tell(live);
    // The strip of the call was lower than the card of its end.
    rig.engine.push(gone);
    rig.harness.step();
    assert_eq!(whole(&rig, "Check the number"), Some(true));
    // It comes to rest: the harness panics when a window repaints without end.
    rig.harness.run();
    assert_eq!(whole(&rig, "Check the number"), Some(true));
}

/// True if nothing is cut off the painted text that begins like this; `None` if there is none.
fn whole(rig: &Rig, begin: &str) -> Option<bool> {
    rig.harness.output().shapes.iter().find_map(|clipped| match &clipped.shape {
        egui::Shape::Text(text) if text.galley.text().starts_with(begin) => {
            Some(clipped.clip_rect.contains_rect(text.visual_bounding_rect()))
        }
        _ => None,
    })
}

#[test]
fn nothing_overlaps_in_the_head_of_the_console() {
    for (size, percent) in [([640.0, 480.0], 100), ([640.0, 480.0], 200), (NORMAL, 200)] {
        let mut rig = with_text_size(size, percent);
        rig.key(egui::Modifiers::COMMAND, egui::Key::Num4);
        let heading = egui::Role::Heading;
        let mut parts = vec![rig.harness.get_by_role_and_label(heading, "Console").rect()];
        for name in ["Back", "Pause", "Show numbers and texts", "More"] {
            in_sight(&rig, name);
            // A narrow window's top bar has a menu of that name, too, and comes first.
            let node = rig.harness.query_all_by_label(name).last().expect(name);
            parts.push(node.rect());
        }
        for (at, one) in parts.iter().enumerate() {
            for other in &parts[at + 1..] {
                let shared = one.shrink(0.5).intersect(other.shrink(0.5));
                assert!(!shared.is_positive(), "{one:?} {other:?} at {size:?}, {percent} %");
            }
        }
        assert!(parts[0].height() < 40.0, "the title is on one line");
    }
}

#[test]
fn a_count_stands_beside_its_word_and_not_on_it() {
    for unread in [3, 17, 250] {
        let mut rig = window(NORMAL, all());
        let Event::Threads(threads) = data::threads() else { panic!("no threads") };
        let mut threads = threads.to_vec();
        threads.iter_mut().for_each(|thread| thread.unread = 0);
        threads[1].unread = unread;
        rig.tell(Event::Threads(threads.into()));
        let count = if unread > 99 { "99+".to_owned() } else { unread.to_string() };
        let word = rig.painted("Chats")[0].0;
        let mut counts = rig.painted(&count).into_iter().map(|(rect, _)| rect);
        let count = counts.find(|rect| (rect.center().y - word.center().y).abs() < 8.0);
        let count = count.expect("a count in the tab");
        // The count's round face reaches five points beyond its figures.
        assert!(count.left() - 5.0 >= word.right(), "{unread}: {word:?} {count:?}");
    }
}

#[test]
fn what_the_modem_says_of_itself_is_beside_whole_words() {
    let mut rig = window([1100.0, 3600.0], all());
    rig.click("Settings");
    for word in ["Maker", "Revision", "Own number"] {
        let painted = rig.painted(word);
        assert_eq!(painted.iter().map(|(_, lines)| *lines).collect::<Vec<_>>(), [1], "{word}");
    }
}

#[test]
fn the_codes_are_one_click_away_at_medium_width() {
    let mut rig = window([800.0, 600.0], all());
    in_sight(&rig, "Codes");
    rig.click("Codes");
    in_sight(&rig, "Code");
}

/// A phone's width at twice the size of text; the harness keeps 8 points free on every side.
const PHONE: [f32; 2] = [420.0 + 32.0, 700.0 + 32.0];

#[test]
fn the_warning_of_auto_answer_is_one_line() {
    let on = Settings {
        auto_answer_seconds: 5,
        text_size_percent: 200,
        region: "GB".to_owned(),
        ..Settings::default()
    };
    let mut rig = with_text_size(PHONE, 200);
    rig.tell(Event::Settings(on));
    let (rect, lines) = rig.painted("Auto-answer 5 s")[0];
    assert_eq!(lines, 1);
    let off = rig.harness.get_by_label("Turn auto-answer off").rect();
    assert!(off.left() >= rect.right(), "beside the words: {off} {rect}");
    in_sight(&rig, "Turn auto-answer off");
}

#[test]
fn the_name_of_the_modem_is_whole_at_200_percent() {
    let mut rig = with_text_size(PHONE, 200);
    assert_eq!(rig.painted("Demo modem").len(), 1, "without what explains it");
    let sim = SimState::PinRequired(Some(3));
    rig.tell(Event::Network(NetworkState { sim, ..NetworkState::default() }));
    assert_eq!(rig.painted("Demo modem").len(), 1, "also beside the lock");
    rig.click("Later");
    let address: LinkAddress = "/dev/ttyUSB2".parse().expect("a port");
    rig.tell(Event::Link(LinkState::Ready(address)));
    rig.tell(Event::Identity(ModemIdentity {
        manufacturer: "Quectel".to_owned(),
        model: "EC25".to_owned(),
        ..ModemIdentity::default()
    }));
    let whole = rig.painted("Quectel EC25").len() + rig.painted("EC25").len();
    assert_eq!(whole, 1);
    in_sight(&rig, "Choose port");
    in_sight(&rig, "More");
}

#[test]
fn what_is_wrong_with_a_number_leaves_the_call_button_in_sight() {
    let mut rig = window([1100.0, 560.0], all());
    rig.tell(Event::Call(data::call(5, "+12025550188", CallState::Active)));
    rig.key(egui::Modifiers::COMMAND, egui::Key::L);
    rig.type_into("Number", "2+15550100");
    rig.key(egui::Modifiers::NONE, egui::Key::Enter);
    assert!(rig.shows("can only be the first character"));
    for name in ["Call", "1", "#"] {
        in_sight(&rig, name);
    }
}

#[test]
fn a_toast_has_whole_words_at_200_percent() {
    let mut rig = with_text_size(PHONE, 200);
    let text = "You have 3 GB left".to_owned();
    rig.tell(Event::Ussd(UssdStatus::Answer { text, reply_expected: false }));
    for words in ["Show", "Message from the network"] {
        assert_eq!(rig.painted(words).len(), 1, "{words}");
    }
    let (_, lines) = rig.painted("Message from the network")[0];
    assert!(lines <= 3, "{lines} lines");
    in_sight(&rig, "Show");
    in_sight(&rig, "Dismiss");
}

#[test]
fn the_buttons_under_a_link_that_failed_keep_their_words_at_200_percent() {
    let failed = Event::Link(LinkState::Failed {
        address: "/dev/ttyUSB2".parse().expect("an address"),
        reason: "Permission to use /dev/ttyUSB2 was refused".to_owned(),
        advice: "Run `sudo usermod -aG dialout $USER`, then log in again".to_owned(),
        retrying: false,
    });
    for size in [[210.0, 360.0], [420.0, 720.0], NORMAL] {
        let rig = window(size, all().into_iter().chain([failed.clone()]));
        for word in ["Retry", "Copy command", "Other port", "Disconnect"] {
            assert_eq!(rig.painted(word).len(), 1, "{word} in {size:?}");
        }
    }
}
