//! Deleting with undo.

use super::*;

fn receive(store: &mut Store, from: &str, words: &str, index: u16) -> TextMessage {
    let place = place(index);
    let got = store.receive_text(words.as_bytes(), &text(from, words), Some(&place), at(0));
    got.unwrap().message
}

#[test]
fn a_deleted_text_can_be_had_back_for_a_minute() {
    let mut store = Store::in_memory().unwrap();
    let first = receive(&mut store, "+1555", "first", 1);
    let second = receive(&mut store, "+1555", "second", 2);
    let thread = store.delete_message(second.id, at(10)).unwrap().unwrap();
    assert_eq!((thread.preview.as_str(), thread.unread), ("first", 1));
    assert_eq!(store.purge(at(69)).unwrap(), Some(at(70)));
    let (back, thread) = store.undelete_message(second.id).unwrap().unwrap();
    assert_eq!(back, second);
    assert_eq!((thread.preview.as_str(), thread.unread), ("second", 2));
    assert_eq!(store.undelete_message(second.id).unwrap(), None);
    assert_eq!(store.purge(at(1000)).unwrap(), None);
    // The last text of a conversation leaves the conversation, empty.
    store.delete_message(first.id, at(20)).unwrap();
    store.delete_message(second.id, at(25)).unwrap();
    assert_eq!(store.purge(at(80)).unwrap(), Some(at(85)));
    assert_eq!(store.undelete_message(first.id).unwrap(), None);
    assert!(store.undelete_message(second.id).unwrap().is_some());
    assert_eq!(conversation(&store, "+1555"), ["second"]);
}

#[test]
fn a_deleted_conversation_comes_back_with_its_texts_and_draft() {
    let mut store = Store::in_memory().unwrap();
    let thread = receive(&mut store, "+1555", "first", 1).thread;
    let deleted_before = receive(&mut store, "+1555", "before", 2);
    let draft = deskphone::phone::Draft { number: number("+1555"), text: "hel".into() };
    store.save_draft(&draft, at(1), "").unwrap();
    store.delete_message(deleted_before.id, at(2)).unwrap();
    let before = store.thread(thread).unwrap().unwrap();
    store.delete_thread(thread, at(3)).unwrap();
    assert!(store.threads().unwrap().is_empty());
    // A new text meanwhile.
    receive(&mut store, "+1555", "new", 3);
    assert_eq!(conversation(&store, "+1555"), ["new"]);
    assert_eq!(store.threads().unwrap()[0].draft, "");
    let back = store.undelete_thread(thread).unwrap().unwrap();
    assert_eq!((back.id, back.draft.as_str(), back.unread), (before.id, "hel", 2));
    assert_eq!(conversation(&store, "+1555"), ["first", "new"]);
    assert_eq!(store.undelete_thread(thread).unwrap(), None);
    // Too late.
    store.delete_thread(thread, at(100)).unwrap();
    assert_eq!(store.purge(at(160)).unwrap(), None);
    assert_eq!(store.undelete_thread(thread).unwrap(), None);
    assert!(conversation(&store, "+1555").is_empty());
}

#[test]
fn deletions_are_final_when_the_program_ends() {
    let folder = Folder::new();
    let mut store = folder.open();
    let message = receive(&mut store, "+1555", "gone", 1);
    let thread = receive(&mut store, "+1556", "gone too", 2).thread;
    store.delete_message(message.id, at(1)).unwrap();
    store.delete_thread(thread, at(1)).unwrap();
    drop(store);
    let mut store = folder.open();
    assert_eq!(store.undelete_message(message.id).unwrap(), None);
    assert_eq!(store.undelete_thread(thread).unwrap(), None);
    // The modem still has them, and they stay known.
    let again = store.receive_text(b"gone", &text("+1555", "gone"), Some(&place(1)), at(9));
    assert!(!again.unwrap().new);
    assert!(store.threads().unwrap().is_empty());
    store.mark_removed(&place(1)).unwrap();
    let again = store.receive_text(b"gone", &text("+1555", "gone"), Some(&place(1)), at(9));
    assert!(again.unwrap().new);
}

#[test]
fn another_program_that_starts_leaves_deletions_to_be_undone() {
    let folder = Folder::new();
    let mut window = folder.open();
    window.recover(&owner("window")).unwrap();
    let message = receive(&mut window, "+1555", "deleted", 1);
    window.delete_message(message.id, at(1)).unwrap();
    drop(folder.open());
    assert!(window.undelete_message(message.id).unwrap().is_some());
    window.delete_message(message.id, at(2)).unwrap();
    drop(window);
    assert_eq!(folder.open().undelete_message(message.id).unwrap(), None);
}

#[test]
fn a_deleted_text_is_not_sent() {
    let mut store = Store::in_memory().unwrap();
    let us = owner("us");
    let id = submit(&mut store, "+1555", "x", 2, 0, &us).unwrap().0.id;
    let other = submit(&mut store, "+1555", "y", 1, 0, &us).unwrap().0;
    store.delete_message(id, at(1)).unwrap();
    assert_eq!(next(&mut store, &us), Some((other.id, 1)));
    store.delete_thread(other.thread, at(2)).unwrap();
    assert_eq!(next(&mut store, &us), None);
    let back = store.undelete_message(id).unwrap().unwrap().0;
    assert_eq!(back.delivery.word(), "failed");
    assert_eq!(next(&mut store, &us), None);
    store.retry(id, &us, None).unwrap();
    assert_eq!(next(&mut store, &us), Some((id, 1)));
}

#[test]
fn thousands_are_purged_a_part_at_a_time() {
    let mut store = Store::in_memory().unwrap();
    let old = |n: i64| deskphone::store::OldText {
        from: number("+1555"),
        text: format!("text {n}"),
        time: at(n),
    };
    assert_eq!(store.fill(&mut (0..5000).map(old)).unwrap(), 5000);
    let thread = store.threads().unwrap()[0].id;
    store.delete_thread(thread, at(1)).unwrap();
    let mut calls = 0;
    while let Some(again) = store.purge(at(100)).unwrap() {
        assert_eq!(again, at(100));
        calls += 1;
    }
    assert!(calls >= 2, "{calls}");
    assert_eq!(store.undelete_thread(thread).unwrap(), None);
}
