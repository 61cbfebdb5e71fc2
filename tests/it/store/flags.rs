//! What the user makes of a conversation; marks, templates; and what other programs write.

use super::*;
use deskphone::phone::{Template, TemplateId, ThreadFlags, ThreadId, WaitingKind, WaitingMark};

fn receive(store: &mut Store, from: &str, words: &str) -> Thread {
    let got = store.receive_text(words.as_bytes(), &text(from, words), None, at(0)).unwrap();
    assert!(got.shown);
    got.thread
}

const NONE: ThreadFlags =
    ThreadFlags { pinned: false, archived: false, muted: false, blocked: false };

fn flags(store: &mut Store, thread: ThreadId, flags: ThreadFlags) -> Thread {
    store.set_flags(thread, flags).unwrap().unwrap()
}

#[test]
fn a_new_text_takes_a_conversation_out_of_the_archive_unless_it_is_muted() {
    let mut store = Store::in_memory().unwrap();
    let thread = receive(&mut store, "+1555", "one");
    assert_eq!(thread.flags, NONE);
    let archived = ThreadFlags { archived: true, pinned: true, ..NONE };
    assert_eq!(flags(&mut store, thread.id, archived).flags, archived);
    assert_eq!(receive(&mut store, "+1555", "two").flags, ThreadFlags { pinned: true, ..NONE });
    let muted = ThreadFlags { archived: true, muted: true, ..NONE };
    flags(&mut store, thread.id, muted);
    let thread = receive(&mut store, "+1555", "three");
    assert_eq!((thread.flags, thread.unread), (muted, 3));
    assert_eq!(store.set_flags(ThreadId(99), NONE).unwrap(), None);
}

#[test]
fn texts_of_somebody_blocked_are_kept_and_not_counted() {
    let mut store = Store::in_memory().unwrap();
    let thread = receive(&mut store, "+1555", "one");
    let blocked = ThreadFlags { blocked: true, archived: true, ..NONE };
    assert_eq!(flags(&mut store, thread.id, blocked).unread, 0);
    let thread = receive(&mut store, "+1555", "two");
    assert_eq!((thread.flags, thread.unread), (blocked, 0));
    assert_eq!(store.mark_unread(thread.id).unwrap().unwrap().unread, 0);
    assert_eq!(conversation(&store, "+1555"), ["one", "two"]);
    flags(&mut store, thread.id, NONE);
    assert_eq!(receive(&mut store, "+1555", "three").unread, 1);
}

#[test]
fn somebody_blocked_stays_so_when_the_conversation_is_deleted() {
    let folder = Folder::new();
    let mut store = folder.open();
    let thread = receive(&mut store, "+1555", "one");
    let blocked = ThreadFlags { blocked: true, ..NONE };
    flags(&mut store, thread.id, blocked);
    store.delete_thread(thread.id, at(1)).unwrap();
    assert_eq!(store.purge(at(61)).unwrap(), None);
    drop(store);
    let mut store = folder.open();
    assert_eq!(store.threads().unwrap(), []);
    let thread = receive(&mut store, "+1555", "two");
    assert_eq!((thread.flags, thread.unread), (blocked, 0));
    assert_eq!(conversation(&store, "+1555"), ["two"]);
}

#[test]
fn the_newest_received_text_can_be_unread_again() {
    let mut store = Store::in_memory().unwrap();
    let thread = receive(&mut store, "+1555", "one");
    receive(&mut store, "+1555", "two");
    submit(&mut store, "+1555", "three", 1, 5, &owner("us")).unwrap();
    assert_eq!(store.mark_read(thread.id).unwrap().unwrap().unread, 0);
    assert_eq!(store.mark_unread(thread.id).unwrap().unwrap().unread, 1);
    assert_eq!(store.mark_unread(thread.id).unwrap().unwrap().unread, 1);
    assert_eq!(store.mark_unread(ThreadId(99)).unwrap(), None);
}

#[test]
fn marks_of_what_waits_are_kept_one_of_a_kind() {
    let folder = Folder::new();
    let mut store = folder.open();
    let mark = |kind, count, seconds| WaitingMark {
        kind,
        count,
        from: number("+15550177"),
        time: at(seconds),
    };
    store.set_waiting(&mark(WaitingKind::Fax, None, 0)).unwrap();
    store.set_waiting(&mark(WaitingKind::Voicemail, Some(1), 1)).unwrap();
    store.set_waiting(&mark(WaitingKind::Voicemail, Some(3), 2)).unwrap();
    drop(store);
    let mut store = folder.open();
    let (voicemail, fax) =
        (mark(WaitingKind::Voicemail, Some(3), 2), mark(WaitingKind::Fax, None, 0));
    assert_eq!(store.waiting().unwrap(), [voicemail, fax.clone()]);
    store.set_waiting(&mark(WaitingKind::Voicemail, Some(0), 3)).unwrap();
    assert_eq!(store.waiting().unwrap(), [fax]);
    store.clear_waiting(WaitingKind::Fax).unwrap();
    assert_eq!(store.waiting().unwrap(), []);
}

#[test]
fn templates_are_kept_by_name() {
    let mut store = Store::in_memory().unwrap();
    let template =
        |id, name: &str, text: &str| Template { id, name: name.into(), text: text.into() };
    let late = store.save_template(&template(TemplateId::NEW, "Late", "I am late")).unwrap();
    let hello = store.save_template(&template(TemplateId::NEW, "hello", "Hi {name}")).unwrap();
    store.save_template(&template(late, "Late ", "Running late")).unwrap();
    assert_eq!(
        store.templates().unwrap(),
        [template(hello, "hello", "Hi {name}"), template(late, "Late", "Running late")]
    );
    assert!(store.save_template(&template(TemplateId::NEW, " ", "x")).is_err());
    store.delete_template(late).unwrap();
    assert!(store.save_template(&template(late, "Late", "x")).is_err());
    assert_eq!(store.templates().unwrap().len(), 1);
}

#[test]
fn what_another_program_writes_is_noticed() {
    let folder = Folder::new();
    let mut ours = folder.open();
    let mut theirs = folder.open();
    let before = ours.foreign_changes().unwrap();
    receive(&mut ours, "+1555", "ours");
    assert_eq!(ours.foreign_changes().unwrap(), before);
    receive(&mut theirs, "+1555", "theirs");
    assert_ne!(ours.foreign_changes().unwrap(), before);
}
