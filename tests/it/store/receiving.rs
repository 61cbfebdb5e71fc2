//! Texts coming in: stored once, whatever the modem repeats; long ones become whole in any order.

use super::*;
use deskphone::phone::Delivery;
use deskphone::store::Received;

fn delivery(received: &Received) -> (u8, u8) {
    match &received.message.delivery {
        Delivery::Received(count) => (count.done, count.total),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_is_kept_exactly() {
    let mut store = Store::in_memory().unwrap();
    let long = "0123456789".repeat(1000);
    for (seconds, words) in
        ["a\0b\u{1b}\u{1a}", "👩‍👩‍👧‍👦 सलाम سلام\u{202e}", " lead and trail \r\n", "", &long]
            .into_iter()
            .enumerate()
    {
        let time = at(seconds as i64);
        let got = store.receive_text(&[seconds as u8], &text("+15550107", words), None, time);
        let got = got.unwrap();
        assert!(got.new && got.complete);
        assert_eq!(got.message.text, words);
        assert_eq!(got.message.time, time);
        assert_eq!(got.message.sent_at, Some(at(-5)));
        assert!(!got.message.read);
        assert_eq!(conversation(&store, "+15550107").last().unwrap(), words);
    }
    assert_eq!(store.threads().unwrap()[0].unread, 5);
}

#[test]
fn a_pdu_read_again_from_its_place_is_known() {
    let mut store = Store::in_memory().unwrap();
    let first = store.receive_text(b"x", &text("+1555", "hi"), Some(&place(3)), at(0)).unwrap();
    let again = store.receive_text(b"x", &text("+1555", "hi"), Some(&place(3)), at(9999)).unwrap();
    assert!(!again.new);
    assert_eq!(again.message, first.message);
    // The same octets at another place are another text: somebody sent it twice.
    let twin = store.receive_text(b"x", &text("+1555", "hi"), Some(&place(4)), at(1)).unwrap();
    assert!(twin.new);
    let memory = StoredAt { memory: "ME".into(), index: 3 };
    assert!(store.receive_text(b"x", &text("+1555", "hi"), Some(&memory), at(2)).unwrap().new);
    // Once the modem has said that the place is free, the same octets there are new.
    store.mark_removed(&place(3)).unwrap();
    let later = store.receive_text(b"x", &text("+1555", "hi"), Some(&place(3)), at(3)).unwrap();
    assert!(later.new);
    assert_eq!(conversation(&store, "+1555").len(), 4);
}

#[test]
fn another_pdu_at_a_place_shows_that_the_first_is_gone_from_there() {
    let mut store = Store::in_memory().unwrap();
    for (octets, seconds) in [(b"x", 0), (b"y", 1), (b"x", 2)] {
        let got = store.receive_text(octets, &text("+1555", "hi"), Some(&place(0)), at(seconds));
        assert!(got.unwrap().new);
    }
    assert_eq!(conversation(&store, "+1555").len(), 3);
}

#[test]
fn the_same_octets_of_the_same_second_are_the_same_text_however_they_come_again() {
    let mut store = Store::in_memory().unwrap();
    let words = text("+1555", "hi");
    assert!(store.receive_text(b"x", &words, Some(&place(3)), at(0)).unwrap().new);
    // A deletion without effect, a card that has forgotten it, places that move up.
    store.mark_removed(&place(3)).unwrap();
    let mut new = |place: Option<&StoredAt>, seconds| {
        store.receive_text(b"x", &words, place, at(seconds)).unwrap().new
    };
    assert!(!new(Some(&place(3)), 200));
    assert!(!new(Some(&place(2)), 300));
    let memory = StoredAt { memory: "ME".into(), index: 3 };
    assert!(!new(Some(&memory), 400));
    // The network did not hear that it was delivered.
    assert!(!new(None, 24 * 3600));
    for index in [2, 3] {
        store.mark_removed(&place(index)).unwrap();
    }
    let again = store.receive_text(b"x", &words, Some(&place(3)), at(6 * 24 * 3600)).unwrap();
    assert!(!again.new);
    assert_eq!(conversation(&store, "+1555"), ["hi"]);
    // Without a time stamp the same words may be said again.
    let timeless = IncomingText { sent_at: None, ..text("+1556", "alarm") };
    for seconds in [0, 1000, 2000] {
        assert!(store.receive_text(b"y", &timeless, Some(&place(9)), at(seconds)).unwrap().new);
        store.mark_removed(&place(9)).unwrap();
    }
}

#[test]
fn a_routed_pdu_is_known_for_ten_minutes() {
    let mut store = Store::in_memory().unwrap();
    let timeless = IncomingText { sent_at: None, ..text("BANK", "1234") };
    let mut new = |seconds| store.receive_text(b"x", &timeless, None, at(seconds)).unwrap().new;
    assert!(new(0));
    assert!(!new(599));
    assert!(!new(600));
    assert!(new(601));
    // A clock that was set back does not lose the memory.
    assert!(!new(300));
    assert!(new(200_000));
}

#[test]
fn a_routed_pdu_that_was_not_acknowledged_and_lies_in_a_memory_then_is_the_same_text() {
    let mut store = Store::in_memory().unwrap();
    let words = IncomingText { sent_at: None, ..text("BANK", "1234") };
    assert!(store.receive_text(b"x", &words, None, at(0)).unwrap().new);
    assert!(!store.receive_text(b"x", &words, Some(&place(3)), at(60)).unwrap().new);
    // It is known there however long it stays, and no longer than that.
    assert!(!store.receive_text(b"x", &words, Some(&place(3)), at(9_000)).unwrap().new);
    store.mark_removed(&place(3)).unwrap();
    assert!(store.receive_text(b"x", &words, Some(&place(3)), at(9_100)).unwrap().new);
}

#[test]
fn parts_become_whole_in_any_order() {
    let orders = [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]];
    for order in orders {
        let mut store = Store::in_memory().unwrap();
        for (done, n) in (1..).zip(order) {
            let words = ["one ", "two ", "three"][usize::from(n) - 1];
            // The sender is written in another way in the second part to come.
            let from = if done == 2 { "00989123456789" } else { "+989123456789" };
            let got = store.receive_text(
                &[n],
                &part(from, words, 77, 3, n),
                Some(&place(n.into())),
                at(done),
            );
            let got = got.unwrap();
            assert!(got.new);
            assert_eq!(delivery(&got), (done as u8, 3));
            assert_eq!(got.complete, done == 3);
            assert_eq!(got.shown, done == 3);
            assert_eq!(got.thread.unread, u32::from(done == 3));
            assert_eq!(store.threads().unwrap().len(), usize::from(done == 3));
        }
        assert_eq!(conversation(&store, "+989123456789"), ["one two three"]);
    }
}

#[test]
fn missing_parts_are_named() {
    let mut store = Store::in_memory().unwrap();
    let mut receive = |n: u8, words: &str| {
        let got = store.receive_text(&[n], &part("+1555", words, 1, 5, n), None, at(i64::from(n)));
        got.unwrap().message.text
    };
    assert_eq!(receive(2, "B"), "[part 1 of 5 is missing]B[parts 3 to 5 of 5 are missing]");
    assert_eq!(
        receive(4, "D"),
        "[part 1 of 5 is missing]B[part 3 of 5 is missing]D[part 5 of 5 is missing]"
    );
    assert_eq!(receive(1, "A"), "AB[part 3 of 5 is missing]D[part 5 of 5 is missing]");
    receive(5, "E");
    assert_eq!(receive(3, "C"), "ABCDE");
}

#[test]
fn surrogates_cut_between_parts_are_joined() {
    // U+1F600 is D83D DE00 (Unicode 15, table of Emoticons).
    let mut store = Store::in_memory().unwrap();
    let halves: [&[u16]; 2] = [&[0x61, 0xD83D], &[0xDE00, 0x62]];
    for n in [2, 1] {
        let utf16 = Some(halves[usize::from(n) - 1].to_vec());
        let half = IncomingText { utf16, ..part("+1555", "?", 9, 2, n) };
        store.receive_text(&[n], &half, None, at(0)).unwrap();
    }
    assert_eq!(conversation(&store, "+1555"), ["a😀b"]);
}

#[test]
fn parts_of_different_texts_are_not_mixed() {
    let mut store = Store::in_memory().unwrap();
    let mut receive = |octets: &[u8], segment: IncomingText, seconds| {
        store.receive_text(octets, &segment, None, at(seconds)).unwrap()
    };
    receive(b"1", part("+15550101", "a", 5, 2, 1), 0);
    // Other sender, other reference, other count, other width, too late, second copy of a part.
    assert!(!receive(b"2", part("+15550102", "b", 5, 2, 2), 1).complete);
    assert!(!receive(b"3", part("+15550101", "c", 6, 2, 2), 2).complete);
    assert!(!receive(b"4", part("+15550101", "d", 5, 3, 2), 3).complete);
    let wide = Some(Concat { reference: 5, wide: true, parts: 2, part: 2 });
    assert!(!receive(b"5", IncomingText { concat: wide, ..text("+15550101", "e") }, 4).complete);
    assert!(!receive(b"6", part("+15550101", "f", 5, 2, 1), 5).complete);
    let late = 7 * 24 * 3600 + 6;
    let sent_at = Some(at(late));
    let second = IncomingText { sent_at, ..part("+15550101", "g", 5, 2, 2) };
    assert!(!receive(b"7", second, late).complete);
    // The message that lacks the part and was handed in at about the same time gets it.
    let first = IncomingText { sent_at, ..part("+15550101", "h", 5, 2, 1) };
    let whole = receive(b"8", first, late + 1);
    assert!(whole.complete);
    assert_eq!(whole.message.text, "hg");
}

#[test]
fn a_part_that_comes_for_a_text_of_each_age_completes_it() {
    let mut store = Store::in_memory().unwrap();
    store.receive_text(b"1", &part("+1555", "a", 5, 2, 1), Some(&place(1)), at(0)).unwrap();
    store.mark_removed(&place(1)).unwrap();
    let almost = 7 * 24 * 3600 - 1;
    let got = store.receive_text(b"2", &part("+1555", "b", 5, 2, 2), Some(&place(1)), at(almost));
    assert_eq!(got.unwrap().message.text, "ab");
}

#[test]
fn nonsense_in_the_header_makes_a_text_of_its_own() {
    let mut store = Store::in_memory().unwrap();
    for (parts, n) in [(0, 0), (0, 1), (3, 0), (3, 4), (1, 1)] {
        let segment = part("+1555", "x", 1, parts, n);
        let got = store.receive_text(&[parts, n], &segment, None, at(0)).unwrap();
        assert!(got.new && got.complete, "{parts} {n}");
        assert_eq!(got.message.text, "x");
    }
    for n in 1..=255u8 {
        store.receive_text(&[9, n], &part("+1556", "y", 2, 255, n), None, at(0)).unwrap();
    }
    assert_eq!(conversation(&store, "+1556"), ["y".repeat(255)]);
}

#[test]
fn what_can_not_be_read_is_kept_too() {
    let mut store = Store::in_memory().unwrap();
    let problem = "TP-UD at octet 9: too short";
    let got = store.receive_undecodable("07915892", problem, Some(&place(1)), at(0)).unwrap();
    assert!(got.new);
    assert_eq!(got.message.undecodable_pdu.as_deref(), Some("07915892"));
    assert_eq!(got.message.text, format!("This text could not be read: {problem}"));
    assert_eq!(got.thread.number.as_str(), "Unknown sender");
    assert!(!store.receive_undecodable("07915892", problem, Some(&place(1)), at(1)).unwrap().new);
    let garbage = "é".repeat(100_000);
    let got = store.receive_undecodable(&garbage, "no hex", None, at(2)).unwrap();
    let kept = got.message.undecodable_pdu.unwrap();
    assert!(garbage.starts_with(&kept) && kept.len() > 10_000 && kept.len() < 20_000);
    // A PDU without a sender belongs to the same thread.
    let got = store.receive_text(b"x", &text("", "who am I"), None, at(3)).unwrap();
    assert_eq!(got.thread.unread, 3);
}

#[test]
fn a_deleted_text_does_not_come_back_from_the_modem() {
    let mut store = Store::in_memory().unwrap();
    let got = store.receive_text(b"x", &text("+1555", "spam"), Some(&place(3)), at(0)).unwrap();
    let thread = store.delete_message(got.message.id, at(5)).unwrap().unwrap();
    assert_eq!((thread.preview.as_str(), thread.unread, thread.last_direction), ("", 0, None));
    assert!(conversation(&store, "+1555").is_empty());
    let again = store.receive_text(b"x", &text("+1555", "spam"), Some(&place(3)), at(9)).unwrap();
    assert!(!again.new);
    assert!(conversation(&store, "+1555").is_empty());
    assert!(store.delete_message(got.message.id, at(5)).unwrap().is_none());
    // The same for its thread.
    store.delete_thread(got.thread.id, at(6)).unwrap();
    let other = store.receive_text(b"y", &text("+1556", "spam"), Some(&place(4)), at(0)).unwrap();
    store.delete_thread(other.thread.id, at(7)).unwrap();
    assert!(store.threads().unwrap().is_empty());
    assert!(!store.receive_text(b"y", &text("+1556", "spam"), Some(&place(4)), at(9)).unwrap().new);
    assert!(store.threads().unwrap().is_empty());
    // A new text brings the thread back without the old one.
    let fresh = store.receive_text(b"z", &text("+1556", "new"), Some(&place(5)), at(10)).unwrap();
    assert_eq!(fresh.thread.unread, 1);
    assert_eq!(conversation(&store, "+1556"), ["new"]);
    // And the free place forgets.
    store.mark_removed(&place(3)).unwrap();
    let new = store.receive_text(b"x", &text("+1555", "spam"), Some(&place(3)), at(11)).unwrap();
    assert!(new.new);
}

/// A machine without a clock of its own begins in 1970 or so until it has asked for the time.
#[test]
fn a_clock_that_is_set_while_a_long_text_comes_does_not_part_it() {
    let year = 365 * 24 * 3600;
    for set in [50 * year, -5 * 3600] {
        let mut store = Store::in_memory().unwrap();
        store.receive_text(b"1", &part("+1555", "a", 5, 2, 1), None, at(0)).unwrap();
        let whole = store.receive_text(b"2", &part("+1555", "b", 5, 2, 2), None, at(set)).unwrap();
        assert_eq!((whole.complete, whole.message.text.as_str()), (true, "ab"), "{set}");
    }
}

#[test]
fn a_clock_that_is_set_back_does_not_make_an_old_text_new() {
    let mut store = Store::in_memory().unwrap();
    let first = store.receive_text(b"1", &text("+1555", "a"), Some(&place(1)), at(0)).unwrap();
    store.mark_removed(&place(1)).unwrap();
    // The modem's deletion had no effect, and it is read again from another place.
    let again = store.receive_text(b"1", &text("+1555", "a"), Some(&place(2)), at(-5 * 3600));
    let again = again.unwrap();
    assert_eq!((again.new, again.message.id), (false, first.message.id));
}

#[test]
fn a_clock_that_is_set_back_does_not_hide_an_incomplete_text_for_hours() {
    let mut store = Store::in_memory().unwrap();
    store.receive_text(b"1", &part("+1555", "a", 5, 2, 1), None, at(0)).unwrap();
    let now = -5 * 3600;
    store.clock_set_back(&owner("us"), at(now)).unwrap();
    assert_eq!(store.next_incomplete().unwrap(), Some(at(now + 90)));
}
