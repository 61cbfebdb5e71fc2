//! What happens between Call and the call: pauses, the own number, emergency numbers, links,
//! redialing, blocking, auto-answer.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::clock::Instant;
use deskphone::number::{DialString, parse_with_tones};
use deskphone::phone::*;
use egui::{Key, Modifiers};

fn ready() -> Rig {
    window(NORMAL, data::ready().into_iter().chain([data::contacts()]))
}

fn last_dial(rig: &Rig) -> Dial {
    match rig.last() {
        Command::Call(CallCommand::Dial(dial)) => dial,
        other => panic!("no call but {other:?}"),
    }
}

#[test]
fn what_follows_a_number_is_dialed_with_it_and_told_in_words() {
    for typed in ["+442079460018,,12#;4", "+44 20 7946 0018pp12#w4"] {
        let mut rig = ready();
        rig.type_into("Number", typed);
        assert!(rig.shows("After the answer: 2 pauses · 12# · wait · 4"), "{typed}");
        rig.click("Call");
        let (number, post_dial) = parse_with_tones("+442079460018,,12#;4").expect("a number");
        assert_eq!(last_dial(&rig), Dial { post_dial, ..Dial::to(number) });
        // Recalled with what follows it.
        rig.click("Call");
        assert!(rig.value("Number").ends_with(",,12#;4"));
    }
}

#[test]
fn star_and_hash_held_down_are_a_pause_and_a_wait() {
    use egui_kittest::kittest::Queryable;
    let mut rig = ready();
    rig.click("5");
    for (key, held) in [("*", "5,"), ("#", "5,;")] {
        let place = rig.harness.get_by_label(key).rect().center();
        rig.harness.drag_at(place);
        rig.harness.run_steps(6);
        rig.harness.drop_at(place);
        rig.harness.run();
        assert_eq!(rig.value("Number"), held);
    }
    rig.click("*");
    assert_eq!(rig.value("Number"), "5,;*");
    rig.click("Backspace");
    rig.click("Backspace");
    assert_eq!(rig.value("Number"), "5,");
}

#[test]
fn backspace_held_down_clears_the_number_and_a_short_press_takes_one_digit() {
    use egui_kittest::kittest::Queryable;
    let mut rig = ready();
    rig.type_into("Number", "+442079460018");
    rig.click("Backspace");
    assert_eq!(rig.value("Number"), "+44 20 7946 001");
    let place = rig.harness.get_by_label("Backspace").rect().center();
    rig.harness.drag_at(place);
    rig.harness.run_steps(6);
    assert_eq!(rig.value("Number"), "");
    rig.harness.drop_at(place);
    rig.harness.run();
    rig.type_into("Number", "55");
    assert_eq!(rig.value("Number"), "55", "letting go takes nothing more");
}

#[test]
fn one_held_down_calls_the_mailbox() {
    use egui_kittest::kittest::Queryable;
    let hold_one = |rig: &mut Rig| {
        let place = rig.harness.get_by_label("1").rect().center();
        rig.harness.drag_at(place);
        rig.harness.run_steps(6);
        rig.harness.drop_at(place);
        rig.harness.run();
    };
    let mut rig = ready();
    hold_one(&mut rig);
    assert!(rig.shows("No voicemail number is known"));
    assert_eq!(rig.value("Number"), "", "and no 1 either");
    rig.tell(Event::Network(NetworkState {
        registration: Registration::Home,
        sim: SimState::Ready,
        voicemail_number: "+15550121".to_owned(),
        ..NetworkState::default()
    }));
    hold_one(&mut rig);
    assert_eq!(rig.dialed(), "+15550121");
    let voicemail_number = "+15550122".to_owned();
    rig.tell(Event::Settings(Settings { voicemail_number, ..Settings::default() }));
    hold_one(&mut rig);
    assert_eq!(rig.dialed(), "+15550122", "the user knows better than the SIM");
}

#[test]
fn a_pause_typed_outside_a_field_goes_behind_the_number() {
    let mut rig = ready();
    rig.type_text(",");
    assert_eq!(rig.value("Number"), "", "nothing to pause after");
    for text in ["5", "5", ",", "1"] {
        rig.type_text(text);
    }
    assert_eq!(rig.value("Number"), "55,1");
}

#[test]
fn the_own_number_is_hidden_or_shown_for_one_call() {
    for (entry, caller_id) in [
        ("Call and hide my number", CallerId::Hide),
        ("Call and show my number", CallerId::Show),
        ("Call as the network is set", CallerId::Default),
    ] {
        let mut rig = ready();
        rig.type_into("Number", "5550100");
        rig.click("Ways to call");
        rig.click(entry);
        assert_eq!(last_dial(&rig).caller_id, caller_id, "{entry}");
    }
    let hidden = Settings { hide_own_number: true, region: "GB".into(), ..Settings::default() };
    let mut rig = window(NORMAL, data::ready().into_iter().chain([Event::Settings(hidden)]));
    rig.type_into("Number", "5550100");
    rig.click("Call");
    assert_eq!(last_dial(&rig).caller_id, CallerId::Hide, "as the settings say");
    rig.type_into("Number", "*31#5550100");
    rig.click("Call");
    assert_eq!(last_dial(&rig).caller_id, CallerId::Show, "3GPP TS 22.030 §6.5.5.1");
    assert_eq!(rig.dialed(), "5550100");
}

#[test]
fn an_emergency_number_is_asked_about_once_and_enter_says_yes() {
    let mut rig = ready();
    rig.type_into("Number", "112");
    assert_eq!(rig.count("Call"), 0, "the button says what it does");
    rig.click("Emergency call");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("Call 112?"));
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.dialed(), "112");
    assert!(!rig.shows("Call 112?"));
    assert_eq!(rig.engine.commands().len(), 1);
}

#[test]
fn an_enter_held_down_does_not_answer_the_question() {
    let mut rig = ready();
    rig.type_into("Number", "911");
    // A second press without a release between is a repeat.
    for _ in 0..2 {
        rig.harness.event(egui::Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        rig.harness.run();
        assert!(rig.shows("Call 911?"));
        assert!(rig.engine.commands().is_empty());
    }
    rig.key(Modifiers::NONE, Key::Escape);
    assert!(!rig.shows("Call 911?"));
    assert!(rig.engine.commands().is_empty());
}

#[test]
fn emergency_calls_need_a_modem_and_neither_sim_nor_network() {
    let without = NetworkState {
        sim: SimState::NotInserted,
        registration: Registration::EmergencyOnly,
        emergency_numbers: vec!["133".to_owned()],
        ..NetworkState::default()
    };
    let link = Event::Link(LinkState::Ready(LinkAddress::Demo));
    let mut rig = window(NORMAL, [link, Event::Network(without.clone())]);
    assert!(rig.shows("Emergency calls only"));
    rig.type_into("Number", "133");
    rig.click("Emergency call");
    rig.click("Call 133 now");
    assert_eq!(rig.dialed(), "133");
    let mut rig = window(NORMAL, [Event::Network(without)]);
    rig.type_into("Number", "112");
    rig.click("Emergency call");
    assert!(rig.engine.commands().is_empty());
    assert!(rig.shows("No modem is connected"));
    assert_eq!(rig.count("Try anyway"), 0, "there is nothing to try it with");
}

#[test]
fn a_link_only_fills_the_dialpad() {
    let contact = Contact::new("Web shop").with_number("tel:+44-20-7946-0018;ext=5", "Work");
    let contacts = Event::Contacts(vec![contact].into());
    let mut rig = window(NORMAL, data::ready().into_iter().chain([contacts]));
    rig.click("Call Web shop");
    assert!(rig.engine.commands().is_empty());
    let typed = DialString::parse(&rig.value("Number")).expect("a number");
    assert_eq!(typed.as_str(), "+442079460018");
}

#[test]
fn tones_of_a_contact_are_dialed_with_its_number() {
    let contact = Contact::new("Bridge").with_number("+442079460018,,77#", "Work");
    let contacts = Event::Contacts(vec![contact].into());
    let mut rig = window(NORMAL, data::ready().into_iter().chain([contacts]));
    rig.click("Call Bridge");
    let dial = last_dial(&rig);
    assert_eq!((dial.number.as_str(), dial.post_dial.as_str()), ("+442079460018", ",,77#"));
    rig.type_into("Number", "020 7946 0018");
    rig.click("Call");
    assert_eq!(last_dial(&rig).post_dial.as_str(), "", "typed without them");
}

#[test]
fn a_number_dialed_again_by_itself_counts_down_and_can_be_stopped() {
    let mut rig = ready();
    let number = DialString::parse(data::ADA).expect("a number");
    let redial = Redial { number, attempt: 2, of: 5, at: Instant::from_secs(130) };
    rig.tell(Event::Redial(Some(redial)));
    assert!(rig.shows("Try 2 of 5 in 00:30"));
    rig.clock.set(Instant::from_millis(112_300));
    rig.harness.step();
    let output = rig.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    // 17.7 s are left and shown as 18; the next figure is due in 700 ms.
    assert!(rig.shows("Try 2 of 5 in 00:18"));
    assert!(delay.is_some_and(|d| (650..=1000).contains(&d.as_millis())), "{delay:?}");
    rig.click("Stop calling again");
    assert_eq!(rig.last(), Command::Call(CallCommand::CancelRedial));
    rig.tell(Event::Redial(None));
    assert!(!rig.shows("Try 2 of 5"));
}

#[test]
fn call_recalls_the_last_outgoing_call_of_an_earlier_run() {
    let engine = super::fake::FakeEngine::default();
    engine.script.borrow_mut().calls = data::history();
    let mut rig = super::rig::window_with(NORMAL, engine, data::ready());
    rig.click("Call");
    let typed = DialString::parse(&rig.value("Number")).expect("a number");
    assert_eq!(typed.as_str(), "+15550101", "the newest one was missed, not dialed");
}

#[test]
fn auto_answer_is_warned_about_and_switched_off_there() {
    let on = Settings { auto_answer_seconds: 5, region: "GB".into(), ..Settings::default() };
    let mut rig = window(NORMAL, data::ready().into_iter().chain([Event::Settings(on)]));
    assert!(rig.shows("Every call is answered by itself after 5 seconds"));
    rig.click("Turn auto-answer off");
    assert!(matches!(rig.last(), Command::SaveSettings(s) if s.auto_answer_seconds == 0));
    assert!(!rig.shows("answered by itself"));
}

#[test]
fn a_number_is_blocked_and_unblocked_from_its_conversation() {
    let mut rig = window(NORMAL, data::ready().into_iter().chain([data::contacts()]));
    rig.click("Text Ada Lovelace");
    let list = |rig: &Rig| match rig.last() {
        Command::SaveSettings(settings) => settings.block_list,
        other => panic!("no settings but {other:?}"),
    };
    let menu = deskphone::ui::text::talk::MORE;
    rig.click(menu);
    rig.click("Block");
    assert_eq!(list(&rig), [data::ADA]);
    assert!(rig.shows("Ada Lovelace is blocked: calls are refused"));
    rig.click(menu);
    rig.click("Unblock");
    assert!(list(&rig).is_empty());
    // An entry that is written in another way is the same number.
    let other = vec!["020 7946 0018".to_owned()];
    let settings = Settings { block_list: other, region: "GB".into(), ..Settings::default() };
    rig.tell(Event::Settings(settings));
    rig.click(menu);
    rig.click("Unblock");
    assert!(list(&rig).is_empty());
}

#[test]
fn all_numbers_of_a_contact_are_blocked_together() {
    let mut rig = ready();
    rig.click("Edsger Dijkstra");
    rig.click("Block");
    let saved = rig.last();
    assert!(matches!(&saved, Command::SaveSettings(s) if s.block_list == ["+31205551234"]));
    rig.click("Unblock");
    assert!(matches!(rig.last(), Command::SaveSettings(s) if s.block_list.is_empty()));
}
