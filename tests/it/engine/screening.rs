//! Callers on the block list: never heard, always recorded.

use super::*;
use deskphone::phone::{Call, CallDetail, CallRecord, RemoteParty, Settings, ThreadFlags};

fn calls(rig: &mut Rig, from: Option<&str>) {
    let now = rig.now();
    let from = from.map(str::to_owned);
    rig.modem.handle_action(NetworkAction::IncomingCall { from }, now);
}

fn with_list(entries: &[&str], withheld: bool) -> Rig {
    let mut rig = Rig::connected();
    let block_list = entries.iter().map(|&entry| entry.to_owned()).collect();
    let settings = Settings { block_list, block_withheld: withheld, ..rig.state.settings.clone() };
    rig.done(Command::SaveSettings(settings)).unwrap();
    rig
}

/// Every call that was told.
fn told(rig: &Rig) -> Vec<&Call> {
    let calls = rig.events.iter().filter_map(|event| match event {
        Event::Call(call) => Some(call),
        _ => None,
    });
    calls.collect()
}

pub fn detail(rig: &mut Rig, record: &CallRecord) -> CallDetail {
    let id = rig.query(Query::CallDetail(record.id));
    while let Some(event) = rig.try_event() {
        match event {
            Event::Answer(of, Answer::CallDetail(detail)) if of == id => return *detail.unwrap(),
            _ => {}
        }
    }
    panic!("the detail was not told");
}

#[test]
fn a_blocked_number_is_refused_without_a_sound() {
    for entry in ["+1 555 0106", "555 0106", "+1555010*", "*0106", "+1555010?"] {
        let mut rig = with_list(&["+49*", entry], false);
        calls(&mut rig, Some("+15550106"));
        rig.run_for(Duration::from_secs(10));
        assert_eq!(told(&rig), Vec::<&Call>::new(), "{entry}");
        assert_eq!(rig.state.missed_calls, 0);
        let history = history(&mut rig);
        assert_eq!(history.len(), 1, "{entry}");
        assert_eq!(history[0].outcome, Outcome::Blocked);
        assert_eq!(history[0].cause, format!("Refused by the block list: {entry}"));
        assert!(history[0].seen);
        assert_eq!(detail(&mut rig, &history[0]).blocked_by, entry);
        assert!(rig.modem.network().calls().is_empty(), "it still rings");
    }
}

#[test]
fn others_ring_as_soon_as_their_number_is_known() {
    let mut rig = with_list(&["+1 555 0107"], true);
    let began = rig.now();
    calls(&mut rig, Some("+15550106"));
    rig.until("the phone to ring", |rig| rig.state.ringing_call().is_some());
    assert!(rig.now().since(began) < Duration::from_millis(1500));
    let remote = rig.state.ringing_call().unwrap().remote.clone();
    assert_eq!(remote, RemoteParty::Known(PhoneNumber::new("+15550106")));
    rig.done(Command::Call(CallCommand::Answer)).unwrap();
    rig.until("the answer", |rig| {
        rig.state.calls.iter().any(|call| call.state == CallState::Active)
    });
}

#[test]
fn withheld_numbers_are_refused_if_the_user_wants_so() {
    for blocked in [true, false] {
        let mut rig = with_list(&["+49*"], blocked);
        calls(&mut rig, None);
        rig.run_for(Duration::from_secs(4));
        assert_eq!(rig.state.ringing_call().is_some(), !blocked);
        if blocked {
            let history = history(&mut rig);
            assert_eq!(history[0].outcome, Outcome::Blocked);
            assert_eq!(history[0].remote, RemoteParty::Withheld);
        }
    }
}

#[test]
fn a_ring_without_a_number_is_held_back_for_a_moment_only() {
    let mut rig = with_list(&["+49*"], false);
    // Nothing but RING is heard.
    let attempt = deskphone::engine::input::Attempt(1);
    let ring = Input::Bytes(attempt, b"\r\nRING\r\n".to_vec());
    rig.wire.swallows = Some("AT+CLCC");
    rig.input(ring.clone());
    rig.run_for(Duration::from_millis(1400));
    assert!(rig.state.ringing_call().is_none());
    rig.run_for(Duration::from_millis(200));
    assert!(rig.state.ringing_call().is_some());
}

#[test]
fn a_call_during_a_call_is_refused_and_the_first_one_goes_on() {
    let mut rig = with_list(&["+1 555 0106"], false);
    rig.send(dial("+15550100"));
    let active = |rig: &Rig| rig.state.calls.iter().any(|call| call.state == CallState::Active);
    rig.until("the call to be active", active);
    calls(&mut rig, Some("+15550106"));
    rig.run_for(Duration::from_secs(10));
    assert!(active(&rig), "the first call goes on");
    assert_eq!(rig.state.calls.len(), 1);
    let history = history(&mut rig);
    let outcomes: Vec<Outcome> = history.iter().map(|record| record.outcome).collect();
    assert_eq!(outcomes, [Outcome::Blocked, Outcome::Unfinished]);
}

#[test]
fn who_is_blocked_in_the_chats_can_not_call_either() {
    let mut rig = Rig::connected();
    incoming(&mut rig, "hello");
    rig.until("the text", |rig| !rig.state.threads.is_empty());
    let thread = rig.state.threads[0].id;
    let flags = ThreadFlags { blocked: true, ..ThreadFlags::default() };
    rig.done(Command::Message(MessageCommand::SetFlags(thread, flags))).unwrap();
    calls(&mut rig, Some("+15550107"));
    rig.run_for(Duration::from_secs(5));
    assert_eq!(told(&rig), Vec::<&Call>::new());
    assert_eq!(history(&mut rig)[0].outcome, Outcome::Blocked);
}

#[test]
fn a_text_of_a_blocked_number_is_kept_out_of_sight() {
    let mut rig = with_list(&["+1555010*"], false);
    incoming(&mut rig, "buy this");
    rig.until("the text", |rig| !rig.state.threads.is_empty());
    let thread = &rig.state.threads[0];
    assert!(thread.flags.blocked);
    assert_eq!((thread.unread, rig.state.unread()), (0, 0));
    let received = messages(&rig, Direction::MobileTerminated);
    assert_eq!((received[0].text.as_str(), received[0].read), ("buy this", true));
}

#[test]
fn a_held_back_call_that_ends_is_a_missed_one() {
    let mut rig = with_list(&["+49*"], false);
    rig.wire.swallows = Some("AT+CLCC");
    let attempt = deskphone::engine::input::Attempt(1);
    rig.input(Input::Bytes(attempt, b"\r\nRING\r\n".to_vec()));
    rig.run_for(Duration::from_millis(100));
    rig.unplug();
    rig.run_for(Duration::from_millis(100));
    let history = history(&mut rig);
    assert_eq!((history.len(), history[0].outcome), (1, Outcome::Missed));
}

#[test]
fn the_list_and_the_blocked_conversations_say_the_same() {
    let mut rig = with_list(&["+49*"], false);
    incoming(&mut rig, "Hello");
    rig.until("the text", |rig| !rig.state.threads.is_empty());
    let id = rig.state.threads[0].id;
    let set = |rig: &mut Rig, blocked: bool, pinned: bool| {
        let flags = ThreadFlags { blocked, pinned, ..ThreadFlags::default() };
        rig.done(Command::Message(MessageCommand::SetFlags(id, flags))).unwrap();
    };
    let list = |rig: &mut Rig, entries: &[&str]| {
        let mut settings = rig.state.settings.clone();
        settings.block_list = entries.iter().map(|entry| (*entry).to_owned()).collect();
        rig.done(Command::SaveSettings(settings)).unwrap();
    };
    let blocked = |rig: &Rig| rig.state.threads[0].flags.blocked;
    set(&mut rig, true, false);
    assert_eq!(rig.state.settings.block_list, ["+49*", "+15550107"]);
    set(&mut rig, true, true);
    assert_eq!(rig.state.settings.block_list.len(), 2, "once");
    set(&mut rig, false, true);
    assert_eq!(rig.state.settings.block_list, ["+49*"]);
    // However it is written, and by a pattern.
    for entry in ["+1 555-0107", "+1555*"] {
        list(&mut rig, &["+49*", entry]);
        assert!(blocked(&rig), "{entry}");
        list(&mut rig, &["+49*"]);
        assert!(!blocked(&rig), "{entry}");
    }
    let kept = rig.engine().store().settings().unwrap().block_list;
    assert_eq!(kept, ["+49*"]);
    assert!(rig.state.threads[0].flags.pinned, "the rest of the flags stays");
}
