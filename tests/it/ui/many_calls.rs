//! Several calls: waiting, conference, transfer, deflection, and what the modem does not offer.

use super::data;
use super::rig::{NORMAL, Rig, window};
use deskphone::number::DialString;
use deskphone::phone::*;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

fn with(abilities: Abilities) -> Rig {
    let identity = Event::Identity(ModemIdentity { abilities, ..ModemIdentity::default() });
    window(NORMAL, data::ready().into_iter().chain([data::contacts(), identity]))
}

fn everything() -> Rig {
    with(Abilities { transfer: true, deflect: true, ..Abilities::default() })
}

fn member(id: u32, number: &str) -> Event {
    let mut call = data::call(id, number, CallState::Active);
    call.multiparty = true;
    Event::Call(call)
}

fn last_call(rig: &Rig) -> CallCommand {
    match rig.last() {
        Command::Call(command) => command,
        other => panic!("no call command but {other:?}"),
    }
}

#[test]
fn a_waiting_call_is_answered_beside_the_other_or_in_its_place() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Waiting)));
    rig.click("Answer and hold");
    assert_eq!(last_call(&rig), CallCommand::Answer);
    rig.click("Answer and end");
    assert_eq!(last_call(&rig), CallCommand::AnswerAndEnd);
    rig.click("Reject");
    assert_eq!(last_call(&rig), CallCommand::Reject);
}

#[test]
fn a_call_is_rejected_with_a_text_of_the_list_or_with_own_words() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Incoming)));
    rig.click("Reject in another way");
    rig.click("I'm on my way.");
    assert_eq!(
        last_call(&rig),
        CallCommand::RejectWithText(CallId(2), "I'm on my way.".to_owned())
    );
    rig.click("Reject in another way");
    rig.click("Write a text…");
    rig.type_into("Text to the caller", "Ring me at 9");
    assert_eq!(rig.value("Number"), "", "digits of the text stay in it");
    rig.click("Reject and send");
    assert_eq!(last_call(&rig), CallCommand::RejectWithText(CallId(2), "Ring me at 9".to_owned()));
    assert!(!rig.shows("Text to the caller"));
}

#[test]
fn a_withheld_number_gets_no_text() {
    let mut rig = everything();
    let mut call = data::call(2, "", CallState::Incoming);
    call.remote = RemoteParty::Withheld;
    rig.tell(Event::Call(call));
    rig.click("Reject in another way");
    assert!(!rig.shows("Reject with a text"));
    assert!(rig.shows("Forward this call…"));
}

#[test]
fn a_call_is_deflected_to_a_number_that_can_be_dialed() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Incoming)));
    rig.click("Reject in another way");
    rig.click("Forward this call…");
    let before = rig.engine.commands().len();
    rig.type_into("Forward to", "*100#");
    rig.click("Forward call");
    assert_eq!(rig.engine.commands().len(), before, "a code is no number");
    assert!(rig.shows("not a service code"));
    rig.click("Cancel");
    rig.click("Reject in another way");
    rig.click("Forward this call…");
    rig.type_into("Forward to", "+1 555 0100");
    rig.key(Modifiers::NONE, Key::Enter);
    let to = DialString::parse("+15550100").expect("a number");
    assert_eq!(last_call(&rig), CallCommand::Deflect(CallId(2), to));
}

#[test]
fn a_call_is_deflected_to_somebody_whose_name_is_typed() {
    let mut rig = everything();
    rig.tell(data::contacts());
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Incoming)));
    rig.click("Reject in another way");
    rig.click("Forward this call…");
    let before = rig.engine.commands().len();
    rig.type_into("Forward to", "ada");
    rig.key(Modifiers::NONE, Key::Enter);
    assert_eq!(rig.engine.commands().len(), before, "the number is seen first");
    assert_eq!(rig.value("Forward to"), data::ADA);
    rig.key(Modifiers::NONE, Key::Enter);
    let to = DialString::parse(data::ADA).expect("a number");
    assert_eq!(last_call(&rig), CallCommand::Deflect(CallId(2), to));
}

/// The caller gives up while this entry's question is open.
fn gone_while_asked(entry: &str, field: &str) -> Rig {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Incoming)));
    rig.click("Reject in another way");
    rig.click(entry);
    rig.type_into(field, "55");
    let mut gone = data::call(2, "+12025550166", CallState::Released(ReleaseCause::Remote));
    gone.direction = Direction::MobileTerminated;
    rig.tell(Event::Call(gone));
    let words = entry == "Write a text…";
    assert_eq!(rig.shows(field), words, "{entry}");
    assert!(rig.shows("The caller has given up"), "{entry}");
    assert_eq!(rig.shows("Cancel"), words, "{entry}");
    rig
}

#[test]
fn words_for_a_caller_who_gives_up_are_kept_and_go_as_a_text() {
    let mut rig = gone_while_asked("Write a text…", "Text to the caller");
    rig.type_text(" o'clock");
    assert_eq!(rig.value("Text to the caller"), "55 o'clock");
    assert_eq!(rig.value("Number"), "", "nothing goes to the dialpad");
    rig.click("Send as text");
    let Command::Message(MessageCommand::Submit(sent)) = rig.last() else { panic!("no text") };
    assert_eq!((sent.to[0].as_str(), sent.text.as_str()), ("+12025550166", "55 o'clock"));
    assert!(!rig.shows("The caller has given up") && rig.shows("Missed call"));
    // The card tells what becomes of it.
    rig.tell(Event::Message(data::text(70, "+12025550166", "55 o'clock", 0, Delivery::Queued)));
    assert!(rig.shows("Text waiting to be sent"));
    rig.tell(Event::Message(data::text(70, "+12025550166", "55 o'clock", 0, Delivery::Sent)));
    assert!(rig.shows("Text sent") && !rig.shows("Text waiting to be sent"));
}

#[test]
fn the_card_of_a_call_rejected_with_a_text_tells_what_became_of_the_text() {
    let failed = Delivery::Failed(data::why("The memory of the SIM is full", ""));
    for (delivery, said, stays) in [
        (Delivery::Queued, "Text waiting to be sent", true),
        (Delivery::Sent, "Text sent", false),
        (failed, "Text not sent: The memory of the SIM is full", true),
    ] {
        let mut rig = everything();
        rig.tell(Event::Call(data::call(2, data::ADA, CallState::Incoming)));
        rig.click("Reject in another way");
        rig.click("I'm on my way.");
        // Another text to the same person is not this one.
        rig.tell(Event::Message(data::text(
            71,
            data::ADA,
            "Bye",
            0,
            Delivery::Unknown(data::why("", "")),
        )));
        let text = data::text(70, data::ADA, "I'm on my way.", 0, delivery);
        rig.tell(Event::Message(text));
        let mut gone = data::call(2, data::ADA, CallState::Released(ReleaseCause::Rejected));
        gone.direction = Direction::MobileTerminated;
        rig.tell(Event::Call(gone));
        assert!(rig.shows(said), "{said}");
        rig.clock.set(deskphone::clock::Instant::from_secs(120));
        rig.harness.run();
        assert_eq!(rig.shows(said), stays, "{said}");
    }
}

#[test]
fn a_question_about_a_call_that_is_over_says_so_and_keeps_the_keyboard_until_it_is_closed() {
    for (entry, field) in [("Forward this call…", "Forward to")] {
        for key in [Key::Enter, Key::Escape] {
            let mut rig = gone_while_asked(entry, field);
            rig.type_text("5");
            rig.key(Modifiers::NONE, Key::Space);
            rig.type_text("0100");
            assert_eq!(rig.value("Number"), "", "nothing goes to the dialpad");
            assert!(rig.shows("The caller has given up"));
            rig.key(Modifiers::NONE, key);
            assert!(!rig.shows("The caller has given up"), "{key:?}");
            assert!(rig.shows("Missed call") && rig.shows("Call back"));
            let call = |(_, command): &(RequestId, Command)| matches!(command, Command::Call(_));
            assert!(!rig.engine.script.borrow().commands.iter().any(call), "{key:?}");
        }
        let mut rig = gone_while_asked(entry, field);
        // The card of the call that ended has one, too: at the right edge, under the dialog.
        let in_dialog = |node: &egui_kittest::Node<'_>| node.rect().center().x < 700.0;
        rig.harness.query_all_by_label("Close").find(in_dialog).expect("a button").click();
        rig.harness.run();
        assert!(!rig.shows("The caller has given up"));
    }
}

#[test]
fn a_question_is_about_the_caller_it_was_opened_for_and_no_other() {
    let mut rig = gone_while_asked("Write a text…", "Text to the caller");
    rig.tell(Event::Call(data::call(3, data::ADA, CallState::Incoming)));
    assert!(rig.shows("The caller has given up") && !rig.shows("Reject and send"));
    rig.click("Send as text");
    let rejects = |c: &Command| matches!(c, Command::Call(_));
    assert!(!rig.engine.commands().iter().any(rejects), "the other caller is not rejected");
    let Command::Message(MessageCommand::Submit(sent)) = rig.last() else { panic!("no text") };
    assert_eq!(sent.to[0].as_str(), "+12025550166");
}

#[test]
fn a_question_about_a_call_that_was_answered_says_that() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Incoming)));
    rig.click("Reject in another way");
    rig.click("Forward this call…");
    rig.tell(Event::Call(data::call(2, "+12025550166", CallState::Active)));
    assert!(rig.shows("The call was answered") && !rig.shows("Forward to"));
}

#[test]
fn a_conference_is_one_card_with_its_members() {
    let mut rig = everything();
    rig.tell(member(1, data::ADA));
    rig.tell(member(2, "+15550100"));
    rig.tell(member(3, "+12025550166"));
    assert!(rig.shows("Conference · 3 people"));
    rig.click("Talk with Ada Lovelace alone");
    assert_eq!(last_call(&rig), CallCommand::Private(CallId(1)));
    rig.click("Drop Demo: answers");
    assert_eq!(last_call(&rig), CallCommand::Release(CallId(2)));
    let before = rig.engine.commands().len();
    rig.click("Hang up all");
    let ended = rig.engine.commands().split_off(before);
    let all = [1, 2, 3].map(|id| Command::Call(CallCommand::Release(CallId(id))));
    assert_eq!(ended, all);
}

#[test]
fn two_calls_are_merged_or_connected_with_each_other() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.tell(Event::Call(data::call(2, "+15550100", CallState::Held)));
    rig.click("Merge");
    assert_eq!(last_call(&rig), CallCommand::Merge);
    rig.click("More for this call");
    rig.click("Connect them and leave");
    assert_eq!(last_call(&rig), CallCommand::Transfer);
}

#[test]
fn what_the_modem_does_not_offer_is_not_there() {
    let mut rig = with(Abilities {
        hold: false,
        release_one: false,
        private: false,
        merge: false,
        transfer: false,
        deflect: false,
        mute: false,
        phonebook: false,
    });
    rig.tell(member(1, data::ADA));
    rig.tell(member(2, "+15550100"));
    rig.tell(Event::Call(data::call(3, "+16175550142", CallState::Held)));
    let mut waiting = data::call(4, "", CallState::Waiting);
    waiting.remote = RemoteParty::Withheld;
    rig.tell(Event::Call(waiting));
    for name in ["Hold", "Swap", "Mute", "Merge", "More for this call", "Answer and hold", "Resume"]
    {
        assert_eq!(rig.count(name), 0, "{name}");
    }
    assert!(!rig.shows("Talk with") && !rig.shows("Drop "));
    assert_eq!(rig.count("Reject in another way"), 0);
    for name in ["Answer and end", "Reject", "Hang up all"] {
        assert_eq!(rig.count(name), 1, "{name}");
    }
}

#[test]
fn the_microphone_is_switched_by_click_and_key_and_its_state_is_told() {
    let mut rig = everything();
    rig.tell(Event::Call(data::call(1, data::ADA, CallState::Active)));
    rig.click("Mute");
    assert_eq!(last_call(&rig), CallCommand::Mute(true));
    assert!(!rig.shows("Muted"), "not before the modem says so");
    rig.tell(Event::Muted(true));
    assert!(rig.shows("Muted"));
    rig.key(Modifiers::COMMAND, Key::M);
    assert_eq!(last_call(&rig), CallCommand::Mute(false));
    rig.click("Unmute");
    assert_eq!(last_call(&rig), CallCommand::Mute(false));
}

#[test]
fn keys_do_what_the_main_buttons_do() {
    let mut rig = with(Abilities { hold: false, ..Abilities::default() });
    rig.tell(member(1, data::ADA));
    rig.tell(member(2, "+15550100"));
    rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Waiting)));
    rig.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(last_call(&rig), CallCommand::AnswerAndEnd, "without hold there is no other way");
    let before = rig.engine.commands().len();
    rig.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    let all = [1, 2].map(|id| Command::Call(CallCommand::Release(CallId(id))));
    assert_eq!(rig.engine.commands().split_off(before), all);
}

#[test]
fn keys_that_were_sent_are_shown_and_a_wait_asks() {
    let mut rig = everything();
    let mut call = data::call(1, data::ADA, CallState::Active);
    call.keys = Keys { sent: "12#".into(), pending: ",,45;6".into(), asks: false };
    rig.tell(Event::Call(call.clone()));
    assert!(rig.shows("Tones sent 12#"), "on the keypad");
    assert!(rig.shows("To be sent: 2 pauses · 45 · wait · 6"));
    assert_eq!(rig.count("Send now"), 0);
    for rest in ["6", ";6"] {
        call.keys = Keys { sent: "12#45".into(), pending: rest.into(), asks: true };
        rig.tell(Event::Call(call.clone()));
        // The wait is what asks: it is nothing to be sent.
        assert!(rig.shows("Send 6 now?"), "{rest}");
    }
    rig.click("Send now");
    assert_eq!(last_call(&rig), CallCommand::ContinueDial(CallId(1)));
    rig.click("Skip");
    assert_eq!(last_call(&rig), CallCommand::DropPostDial(CallId(1)));
}

#[test]
fn a_strip_shows_the_keys_that_were_sent() {
    let events = data::ready().into_iter().chain([data::contacts()]);
    let mut rig = window([420.0, 700.0], events);
    let mut call = data::call(1, data::ADA, CallState::Active);
    call.keys.sent = "12#".into();
    rig.tell(Event::Call(call));
    assert!(rig.shows("Keys sent: 12#"), "the keypad is out of sight");
}

#[test]
fn seven_calls_scroll_and_what_rings_is_in_sight() {
    for size in [NORMAL, [420.0, 700.0], [210.0, 350.0]] {
        let events = data::ready().into_iter().chain([data::contacts()]);
        let mut rig = window(size, events);
        for (id, number) in ["1", "2", "3", "4", "5"].into_iter().enumerate() {
            rig.tell(member(id as u32 + 1, &format!("+1202555016{number}")));
        }
        rig.tell(Event::Call(data::call(6, "+16175550142", CallState::Held)));
        rig.tell(Event::Call(data::call(7, "+12025550166", CallState::Waiting)));
        let screen = rig.harness.ctx.content_rect().expand(0.5);
        let answer = rig.harness.get_by_label("Answer and hold").rect();
        assert!(screen.contains_rect(answer), "{answer:?} in {screen:?}");
        rig.click("Answer and hold");
        assert_eq!(last_call(&rig), CallCommand::Answer);
    }
}

#[test]
fn a_double_click_does_not_hit_what_comes_up_in_its_place() {
    let events = data::ready().into_iter().chain([
        Event::Call(data::call(1, data::ADA, CallState::Active)),
        Event::Call(data::call(2, "+15550100", CallState::Held)),
    ]);
    let mut rig = window(NORMAL, events);
    let before = rig.engine.commands().len();
    let place = rig.harness.get_by_label("Merge").rect().center();
    // Both clicks at one moment.
    rig.harness.input_mut().time = Some(1_000.0);
    for _ in 0..2 {
        for pressed in [true, false] {
            rig.harness.event(egui::Event::PointerMoved(place));
            rig.harness.event(egui::Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
        }
    }
    rig.harness.run();
    let asked = rig.engine.commands().split_off(before);
    assert_eq!(asked, [Command::Call(CallCommand::Merge)]);
}

#[test]
fn a_conference_on_hold_names_its_members_and_drops_none() {
    let mut rig = everything();
    for (id, number) in [(1, data::ADA), (2, "+15550100")] {
        let mut call = data::call(id, number, CallState::Held);
        call.multiparty = true;
        rig.tell(Event::Call(call));
    }
    rig.tell(Event::Call(data::call(3, "+12025550166", CallState::Active)));
    assert_eq!(rig.painted("Ada Lovelace, Demo: answers").len(), 1);
    assert!(!rig.shows("Drop ") && !rig.shows("Talk with"));
    // Both cards have their buttons in sight.
    let pad = rig.harness.get_by_label("Tones").rect().top();
    for name in ["Hang up all", "Swap to Conference · 2 people", "Hang up Grace Hopper", "Merge"] {
        let rect = rig.harness.get_by_label(name).rect();
        assert!(rect.bottom() < pad, "{name} {rect:?} {pad}");
    }
}
