//! What the network sends beside ordinary texts: silent ones, indications, texts of the SIM.

use super::*;
use deskphone::phone::{MessageKind, ThreadFlags, UNDO_FOR, WaitingKind};

/// An SMS-DELIVER from +15550107 of 2026-11-22T12:00:00Z with this TP-PID, TP-DCS and TP-UD of
/// septets (23.040 §9.2.2.1).
fn deliver(pid: u8, dcs: u8, septets: u8, data: &[u8]) -> NetworkAction {
    let mut tpdu = vec![0x04, 0x08, 0x91, 0x51, 0x55, 0x10, 0x70, pid, dcs];
    tpdu.extend([0x62, 0x11, 0x22, 0x21, 0x00, 0x00, 0x00, septets]);
    tpdu.extend(data);
    NetworkAction::IncomingTpdu(tpdu)
}

/// `Hi` in septets (23.038 §6.1.2.1).
const HI: [u8; 2] = [0xC8, 0x34];

fn happens(rig: &mut Rig, action: NetworkAction) {
    let now = rig.now();
    rig.modem.handle_action(action, now);
    rig.run_for(Duration::from_secs(10));
}

#[test]
fn a_silent_text_is_acknowledged_and_neither_kept_nor_shown() {
    let mut rig = Rig::connected();
    happens(&mut rig, deliver(0x40, 0, 2, &HI));
    assert!(rig.messages.is_empty() && rig.state.threads.is_empty());
    assert!(rig.modem.network().texts_waiting().is_empty(), "the network may forget it");
    assert_eq!(rig.written_since(0).matches("AT+CMGD").count(), 1);
}

#[test]
fn voicemail_is_a_mark_until_the_network_or_the_user_clears_it() {
    let mut rig = Rig::connected();
    // TP-DCS 1100 1000: discard the text, indication active, voicemail (23.038 §4).
    happens(&mut rig, deliver(0, 0xC8, 0, &[]));
    assert_eq!(rig.state.waiting.len(), 1);
    assert_eq!(rig.state.waiting[0].kind, WaitingKind::Voicemail);
    assert!(rig.messages.is_empty(), "nothing to read");
    happens(&mut rig, deliver(0, 0xC0, 0, &[]));
    assert!(rig.state.waiting.is_empty());
    // 1101 1000: the text is to be stored as well.
    happens(&mut rig, deliver(0, 0xD8, 2, &HI));
    assert_eq!(rig.state.waiting.len(), 1);
    let texts = messages(&rig, Direction::MobileTerminated);
    assert_eq!((texts.len(), texts[0].kind), (1, MessageKind::Waiting));
    let clear = MessageCommand::ClearWaiting(WaitingKind::Voicemail);
    rig.done(Command::Message(clear)).unwrap();
    assert!(rig.state.waiting.is_empty());
}

#[test]
fn a_mark_in_the_sender_s_place_is_only_a_mark() {
    let mut rig = Rig::connected();
    // CPHS phase 2, B.4.2.1: the sender says it, and the text is a space.
    let mark = |set: u8| {
        let mut tpdu = vec![0x04, 0x04, 0xD0, set, 0x00, 0, 0];
        tpdu.extend([0x62, 0x11, 0x22, 0x21, 0x00, 0x00, 0x00, 1, 0x20]);
        NetworkAction::IncomingTpdu(tpdu)
    };
    happens(&mut rig, mark(0x11));
    assert_eq!(rig.state.waiting.len(), 1);
    assert!(rig.messages.is_empty() && rig.state.threads.is_empty());
    happens(&mut rig, mark(0x10));
    assert!(rig.state.waiting.is_empty());
}

#[test]
fn a_text_of_class_2_is_shown_and_stays_on_the_sim() {
    let mut rig = Rig::connected();
    let (from, text) = ("+15550107".to_owned(), "Yours".to_owned());
    happens(&mut rig, NetworkAction::IncomingClassText { from, text, class: 2 });
    let texts = messages(&rig, Direction::MobileTerminated);
    assert_eq!((texts.len(), texts[0].kind), (1, MessageKind::OnSim));
    assert!(!rig.written_since(0).contains("AT+CMGD"));
    rig.unplug();
    rig.until("the modem to be back", |rig| rig.state.link.ready());
    rig.run_for(Duration::from_secs(30));
    assert_eq!(messages(&rig, Direction::MobileTerminated).len(), 1, "read again, told once");
    assert_eq!(rig.state.threads[0].unread, 1);
}

#[test]
fn what_the_user_deletes_leaves_the_sim_too_when_it_can_t_be_undone_any_more() {
    let mut rig = Rig::connected();
    let (from, text) = ("+15550107".to_owned(), "Yours".to_owned());
    happens(&mut rig, NetworkAction::IncomingClassText { from, text, class: 2 });
    let id = messages(&rig, Direction::MobileTerminated)[0].id;
    rig.done(Command::Message(MessageCommand::Delete(id))).unwrap();
    rig.done(Command::Message(MessageCommand::Undelete(id))).unwrap();
    rig.run_for(UNDO_FOR * 2);
    assert!(!rig.written_since(0).contains("AT+CMGD"), "it was undone");
    rig.done(Command::Message(MessageCommand::Delete(id))).unwrap();
    assert!(!rig.written_since(0).contains("AT+CMGD"), "it can still be undone");
    rig.run_for(UNDO_FOR * 2);
    let written = rig.written_since(0);
    assert_eq!(written.matches("AT+CMGD=").count(), 1);
    let (before, _) = written.split_once("AT+CMGD=").unwrap();
    assert!(before.trim_end().lines().last().unwrap().contains("AT+CMGR="), "read once more");
}

#[test]
fn what_was_deleted_while_the_modem_was_away_leaves_the_sim_when_it_is_back() {
    let mut rig = Rig::connected();
    let (from, text) = ("+15550107".to_owned(), "Yours".to_owned());
    happens(&mut rig, NetworkAction::IncomingClassText { from, text, class: 2 });
    let id = messages(&rig, Direction::MobileTerminated)[0].id;
    rig.done(Command::Link(LinkCommand::Disconnect)).unwrap();
    rig.done(Command::Message(MessageCommand::Delete(id))).unwrap();
    rig.run_for(UNDO_FOR * 2);
    assert!(!rig.written_since(0).contains("AT+CMGD"));
    rig.connect();
    rig.run_for(Duration::from_secs(30));
    assert_eq!(rig.written_since(0).matches("AT+CMGD=").count(), 1);
    assert!(rig.state.threads.is_empty(), "it is not shown again");
}

#[test]
fn a_flash_text_is_told_like_others_and_says_what_it_is() {
    let mut rig = Rig::connected();
    let (from, text) = ("BANK".to_owned(), "Look".to_owned());
    happens(&mut rig, NetworkAction::IncomingClassText { from, text, class: 0 });
    let texts = messages(&rig, Direction::MobileTerminated);
    assert_eq!((texts.len(), texts[0].kind), (1, MessageKind::Flash));
}

#[test]
fn texts_of_a_blocked_sender_are_kept_and_not_counted() {
    let mut rig = Rig::connected();
    incoming(&mut rig, "First");
    rig.run_for(Duration::from_secs(10));
    let thread = rig.state.threads[0].id;
    let flags = ThreadFlags { blocked: true, ..ThreadFlags::default() };
    rig.done(Command::Message(MessageCommand::SetFlags(thread, flags))).unwrap();
    rig.done(Command::Message(MessageCommand::MarkRead(thread))).unwrap();
    incoming(&mut rig, "Second");
    rig.run_for(Duration::from_secs(10));
    assert_eq!(messages(&rig, Direction::MobileTerminated).len(), 2);
    assert!(rig.state.threads.iter().all(|thread| thread.unread == 0), "{:?}", rig.state.threads);
}

#[test]
fn a_text_is_marked_unread_again() {
    let mut rig = Rig::connected();
    incoming(&mut rig, "Hello");
    rig.run_for(Duration::from_secs(10));
    let thread = rig.state.threads[0].id;
    rig.done(Command::Message(MessageCommand::MarkRead(thread))).unwrap();
    assert_eq!(rig.state.threads[0].unread, 0);
    rig.done(Command::Message(MessageCommand::MarkUnread(thread))).unwrap();
    assert_eq!(rig.state.threads[0].unread, 1);
}
