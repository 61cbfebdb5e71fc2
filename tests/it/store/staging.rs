//! Lists that are stored bit by bit, and removed bit by bit when they are not stored to their end.

use super::*;
use deskphone::phone::{BatchId, Draft};
use deskphone::store::Discarded;
use std::collections::BTreeSet;

/// Stores `count` texts to different people, of a list that stays unfinished.
fn half(store: &mut Store, name: &str, count: usize, owner: &Owner) -> (BatchId, Vec<MessageId>) {
    let batch = store.begin_batch(name, at(0), owner).unwrap();
    (batch, extend(store, batch, count, owner))
}

fn extend(store: &mut Store, batch: BatchId, count: usize, owner: &Owner) -> Vec<MessageId> {
    let (options, segments) = (SendOptions::default(), segments(1));
    let to: Vec<_> = (0..count).map(|n| number(&format!("+155501{n:05}"))).collect();
    let text = |to| OutgoingText { to, text: "hello all", options: &options, segments: &segments };
    let texts: Vec<_> = to.iter().map(text).collect();
    let (messages, _) = store.extend_batch(batch, &texts, at(0), owner).unwrap();
    messages.iter().map(|message| message.id).collect()
}

fn drafts(store: &Store) -> Vec<(String, String)> {
    let threads = store.threads().unwrap().into_iter();
    threads.map(|thread| (thread.number.to_string(), thread.draft)).collect()
}

#[test]
fn what_is_sent_to_many_leaves_every_draft() {
    let mut store = Store::in_memory().unwrap();
    let us = owner("us");
    let draft = Draft { number: number("+15550100001"), text: "Dear".into() };
    store.save_draft(&draft, at(0), "").unwrap();
    let kept = [("+15550100001".to_owned(), "Dear".to_owned())];
    // Stored in part and removed again: the conversation of a draft alone stays in the list.
    let (batch, texts) = half(&mut store, "guests", 3, &us);
    assert!(drafts(&store).contains(&kept[0]));
    let gone = store.discard_batch(batch).unwrap().unwrap();
    assert_eq!(gone.texts.iter().collect::<BTreeSet<_>>(), texts.iter().collect());
    assert_eq!((gone.name.as_str(), gone.more), ("guests", false));
    assert_eq!(store.discard_batch(batch).unwrap(), None);
    assert_eq!(drafts(&store), kept);
    // Stored to its end, and at once.
    let (batch, _) = half(&mut store, "guests", 3, &us);
    store.finish_batch(batch).unwrap();
    assert!(drafts(&store).contains(&kept[0]));
    assert_eq!(store.discard_batch(batch).unwrap(), None, "it is whole");
    let (to, options, segments) = (draft.number, SendOptions::default(), segments(1));
    let text = OutgoingText { to: &to, text: "all", options: &options, segments: &segments };
    store.submit_batch("both", &[text, text], at(1), &us).unwrap();
    assert!(drafts(&store).contains(&kept[0]));
}

#[test]
fn a_list_that_was_not_stored_to_its_end_is_removed_in_parts_and_named() {
    let folder = Folder::new();
    let (mut dying, died) = (folder.open(), owner("died"));
    submit(&mut dying, "+15550100007", "known before", 1, 0, &died).unwrap();
    let (_, mut texts) = half(&mut dying, "guests.csv", 450, &died);
    half(&mut dying, "never begun", 0, &died);
    let mut other = folder.open();
    other.recover(&owner("other")).unwrap();
    assert_eq!(other.discard_half_stored().unwrap(), None, "the program lives");
    drop(dying);
    let mut gone = Vec::new();
    while let Some(Discarded { name, texts, more }) = other.discard_half_stored().unwrap() {
        assert!(texts.len() <= 200);
        gone.push((name, more, texts));
    }
    let parts = gone.iter().map(|(name, more, texts)| (&**name, *more, texts.len()));
    let parts: Vec<_> = parts.collect();
    let list = "guests.csv";
    assert_eq!(
        parts,
        [(list, true, 200), (list, true, 200), (list, false, 50), ("never begun", false, 0)]
    );
    let mut removed: Vec<_> = gone.into_iter().flat_map(|(_, _, texts)| texts).collect();
    removed.sort_unstable();
    texts.sort_unstable();
    assert_eq!(removed, texts);
    let threads = other.threads().unwrap();
    let previews: Vec<_> = threads.iter().map(|thread| thread.preview.as_str()).collect();
    assert_eq!(previews, ["known before"]);
    // Its own are not orphans.
    let us = owner("other");
    let (batch, _) = half(&mut other, "ours", 2, &us);
    assert_eq!(other.discard_half_stored().unwrap(), None);
    assert_eq!(other.finish_batch(batch).unwrap().counts.waiting, 2);
}
