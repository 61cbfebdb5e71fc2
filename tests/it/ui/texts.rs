//! Single texts: codes, links, numbers, kinds, states, and what can be done with them.

use super::data::{self, ADA};
use super::fake::FakeEngine;
use super::rig::{NORMAL, Rig, window_with};
use deskphone::phone::*;

fn showing(texts: Vec<TextMessage>) -> Rig {
    let engine = FakeEngine::default();
    engine.script.borrow_mut().timeline = texts.into_iter().map(TimelineItem::Text).collect();
    let batch = Batch {
        id: BatchId(3),
        name: "List".to_owned(),
        created: data::ago(500),
        paused: false,
        counts: BatchCounts { waiting: 1, sent: 4, ..BatchCounts::default() },
    };
    let events = data::ready().into_iter().chain([
        data::contacts(),
        data::threads(),
        Event::Batches(vec![batch].into()),
    ]);
    let mut rig = window_with(NORMAL, engine, events);
    rig.click("Chats");
    rig.click("Ada Lovelace, See you at the station then");
    rig
}

fn received(words: &str) -> TextMessage {
    data::text(1, ADA, words, 60, data::received())
}

fn mine(delivery: Delivery) -> TextMessage {
    data::text(1, ADA, "Mine", 60, delivery)
}

/// What the last click put on the clipboard.
fn copied(rig: &mut Rig, name: &str) -> Option<String> {
    use egui_kittest::kittest::Queryable;
    rig.harness.get_by_label(name).click();
    for _ in 0..4 {
        rig.harness.step();
        let commands = &rig.harness.output().platform_output.commands;
        for command in commands {
            if let egui::OutputCommand::CopyText(text) = command {
                return Some(text.clone());
            }
        }
    }
    None
}

#[test]
fn the_code_of_a_text_is_copied_alone_in_ascii() {
    let mut rig = showing(vec![received("کد شما ۱۲۳۴۵۶ است")]);
    assert_eq!(copied(&mut rig, "Copy 123456").as_deref(), Some("123456"));
    let rig = showing(vec![received("See you at 1845")]);
    assert!(!rig.shows("Copy 1845"));
}

#[test]
fn a_plain_link_opens_and_one_that_may_deceive_asks_first() {
    let opened = |rig: &Rig| {
        rig.harness.output().platform_output.commands.iter().any(|command| {
            matches!(command, egui::OutputCommand::OpenUrl(url) if url.url.starts_with("https://"))
        })
    };
    use egui_kittest::kittest::Queryable;
    let mut rig = showing(vec![received("See https://bank.example/help now")]);
    rig.harness.get_by_label("https://bank.example/help").click();
    let mut seen = false;
    for _ in 0..4 {
        rig.harness.step();
        seen |= opened(&rig);
    }
    assert!(seen);
    let mut rig = showing(vec![received("See https://b\u{430}nk.example/ now")]);
    rig.click("https://b\u{430}nk.example/");
    assert!(rig.shows("Open this link?"));
    // The letter that looks like another is named.
    assert!(rig.shows("U+0430"));
    rig.click("Cancel");
    assert!(!rig.shows("Open this link?"));
}

#[test]
fn a_number_in_a_text_offers_what_can_be_done_with_it() {
    let mut rig = showing(vec![received("Call Grace: (202) 555-0166 ok")]);
    rig.click("2025550166");
    rig.click("Send a text");
    assert!(rig.harness.state().view().page != deskphone::ui::action::Page::NewText);
    let mut rig = showing(vec![received("Ring 020 7946 0018")]);
    rig.click("02079460018");
    assert!(rig.shows("Open contact"));
    rig.click("Call 020 7946 0018");
    assert!(!rig.value("Number").is_empty(), "in the dialpad, not dialed");
    let dialed = |command: &Command| matches!(command, Command::Call(_));
    assert!(!rig.engine.commands().iter().any(dialed));
}

#[test]
fn a_contact_card_is_shown_as_one_and_can_be_saved() {
    let card =
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Emmy Noether\r\nTEL;CELL:+4991318525\r\nEND:VCARD\r\n";
    let mut text = received(card);
    text.kind = MessageKind::ContactCard;
    let mut rig = showing(vec![text]);
    assert!(rig.shows("Contact card") && rig.shows("Emmy Noether"));
    assert!(!rig.shows("BEGIN:VCARD"));
    rig.click("Save contact");
    assert_eq!(rig.value("Name"), "Emmy Noether");
}

#[test]
fn other_kinds_of_texts_say_what_they_are() {
    for (kind, words) in [
        (MessageKind::Flash, "Flash text"),
        (MessageKind::OnSim, "On the SIM"),
        (MessageKind::Waiting, "Mailbox"),
        (MessageKind::Data, "Data for an application"),
    ] {
        let mut text = received(&"0A1B2C3D4E5F".repeat(20));
        text.kind = kind;
        let mut rig = showing(vec![text]);
        assert!(rig.shows(words), "{words}");
        if kind == MessageKind::Data {
            rig.click("Show the data");
            assert!(!rig.shows("Show the data"));
        }
    }
}

#[test]
fn a_scheduled_text_can_be_sent_now_or_taken_back() {
    let mut rig = showing(vec![mine(Delivery::Scheduled(data::ago(-86_400)))]);
    assert!(rig.shows("Scheduled for tomorrow 18:04"));
    rig.click("Send now");
    assert_eq!(rig.last(), Command::Message(MessageCommand::SendNow(MessageId(1))));
    rig.click("Cancel sending");
    assert_eq!(rig.last(), Command::Message(MessageCommand::Cancel(MessageId(1))));
}

#[test]
fn a_text_that_is_tried_again_says_when_and_why() {
    let why = data::why("The network is busy", "");
    let retry = Retry { at: data::ago(-120), attempts: 2, why };
    let rig = showing(vec![mine(Delivery::Retrying(retry))]);
    assert!(rig.shows("Will be tried again at 18:06, after attempt 2"));
    assert!(rig.shows("The network is busy"));
}

#[test]
fn delivered_parts_and_the_other_recipients_are_told() {
    let mut text = mine(Delivery::Sent);
    (text.segments, text.delivered_segments) = (3, 1);
    text.batch = Some(BatchId(3));
    let mut rig = showing(vec![text]);
    assert!(rig.shows("Delivered 1 of 3"));
    rig.click("One of 5 recipients");
    assert_eq!(rig.harness.state().view().page, deskphone::ui::action::Page::Batch(BatchId(3)));
}

#[test]
fn a_text_is_deleted_forwarded_and_selected_from_its_menu() {
    let mut rig = showing(vec![received("Bring the drawings")]);
    rig.click_secondary("Bring the drawings");
    rig.click("Delete text");
    assert_eq!(rig.last(), Command::Message(MessageCommand::Delete(MessageId(1))));
    rig.click("Undo");
    assert_eq!(rig.last(), Command::Message(MessageCommand::Undelete(MessageId(1))));
    rig.click_secondary("Bring the drawings");
    rig.click("Select a part…");
    assert!(rig.shows("Select and copy"));
    rig.press_button("Close");
    rig.click_secondary("Bring the drawings");
    rig.click("Forward");
    assert_eq!(rig.value("Message"), "Bring the drawings");
    assert_eq!(rig.harness.state().view().page, deskphone::ui::action::Page::NewText);
}

#[test]
fn hostile_texts_are_bounded_in_height_and_time() {
    let tower = format!("e{}", "\u{301}\u{336}\u{489}".repeat(20_000));
    let word = "W".repeat(60_000);
    let lines = "a\n\n\n\n".repeat(10_000);
    let rtl = "\u{202e}\u{5d0}".repeat(20_000);
    let joiners = "\u{200d}\u{1f468}".repeat(10_000);
    for words in [tower, word, lines, rtl, joiners] {
        let started = std::time::Instant::now();
        let rig = showing(vec![received(&words), {
            let mut after = data::text(2, ADA, "After it", 50, data::received());
            after.id = MessageId(2);
            after
        }]);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
        assert!(rig.shows("After it"));
    }
}

#[test]
fn words_of_ours_in_a_text_stay_in_its_bubble() {
    let fake = "18:04 · Delivered\nNot sent\u{2028}Send again";
    let mut text = received(fake);
    text.id = MessageId(5);
    let rig = showing(vec![text]);
    // One thing with one name: what a person or a screen reader meets is the text as a whole.
    assert!(rig.shows("18:04 · Delivered\nNot sent\nSend again"));
    assert_eq!(rig.count("Send again"), 0);
    assert_eq!(rig.count("Not sent"), 0);
}

#[test]
fn a_conversation_is_written_to_a_file() {
    let mut rig = showing(vec![received("Hello")]);
    rig.harness.state_mut().set_file_chooser(|_| Some("/tmp/ada.csv".into()));
    rig.click("More about this conversation");
    rig.click("Export as CSV…");
    for _ in 0..50 {
        std::thread::yield_now();
        rig.harness.run();
        let wanted = |command: &Command| match command {
            Command::Message(MessageCommand::Export(export)) => {
                export.format == ExportFormat::Csv && export.numbers[0].as_str() == ADA
            }
            _ => false,
        };
        if rig.engine.commands().iter().any(wanted) {
            return;
        }
    }
    panic!("nothing was exported");
}

#[test]
fn deleting_what_lies_on_the_sim_says_so() {
    for (kind, kept, line) in [
        (MessageKind::Text, false, "Text deleted"),
        (MessageKind::OnSim, false, "Text deleted; in a moment from the SIM, too"),
        (MessageKind::Text, true, "Text deleted; in a moment from the SIM, too"),
    ] {
        let mut rig = showing(vec![TextMessage { kind, ..received("Bring the drawings") }]);
        let settings = Settings { delete_from_modem: !kept, ..Settings::default() };
        rig.tell(Event::Settings(settings));
        rig.click_secondary("Bring the drawings");
        rig.click("Delete text");
        assert_eq!(rig.painted(line).len(), 1, "{kind:?} {line}");
    }
}

#[test]
fn a_text_that_another_modem_is_to_send_says_so() {
    for (carrier, words) in [
        (Carrier::Modem, Some("Queued · waits for a real modem")),
        (Carrier::Recording, Some("Queued · waits for a recording")),
        // The window is connected to it.
        (Carrier::Demo, None),
    ] {
        let mut text = mine(Delivery::Queued);
        text.options.carrier = carrier;
        let mut rig = showing(vec![text]);
        match words {
            Some(words) => assert!(rig.shows(words), "{words}"),
            None => assert!(rig.shows("Queued") && !rig.shows("waits for"), "{carrier:?}"),
        }
        let modem = "/dev/ttyUSB2".parse().expect("an address");
        rig.tell(Event::Link(LinkState::Ready(modem)));
        let waits = carrier != Carrier::Modem;
        assert_eq!(rig.shows("waits for"), waits, "{carrier:?}");
    }
}

#[test]
fn name_and_number_above_a_conversation_stand_in_the_middle_of_their_line() {
    use egui_kittest::kittest::Queryable;
    let rig = showing(vec![received("Hello")]);
    let region = &rig.harness.state().model().phone.region;
    let number = deskphone::number::format_for_display(ADA, region);
    let call = rig.harness.get_by_label("Call Ada Lovelace now").rect();
    let above = |label: &str| {
        let mut nodes = rig.harness.query_all_by_label(label).map(|node| node.rect());
        nodes.rfind(|rect| (rect.center().y - call.center().y).abs() < 40.0)
    };
    let (name, number) = (above("Ada Lovelace").expect("name"), above(&number).expect("number"));
    assert!(name.bottom() <= number.top(), "{name:?} {number:?}");
    let middle = (name.top() + number.bottom()) / 2.0;
    assert!((middle - call.center().y).abs() <= 2.0, "{name:?} {number:?} {call:?}");
}
