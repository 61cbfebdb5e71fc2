//! Long texts that are held back until they are whole, kinds of texts, and texts that replace
//! others.

use super::*;
use deskphone::phone::{Delivery, MessageKind};
use deskphone::sms::Ports;
use deskphone::store::INCOMPLETE_AFTER;

const WAIT: i64 = INCOMPLETE_AFTER.as_secs() as i64;

fn receive(
    store: &mut Store,
    octets: &[u8],
    text: &IncomingText,
    seconds: i64,
) -> (TextMessage, bool) {
    let got = store.receive_text(octets, text, None, at(seconds)).unwrap();
    assert!(got.new);
    (got.message, got.shown)
}

#[test]
fn an_incomplete_text_is_shown_after_a_time_and_completed_later() {
    let folder = Folder::new();
    let mut store = folder.open();
    assert_eq!(store.next_incomplete().unwrap(), None);
    let (message, shown) = receive(&mut store, b"1", &part("+1555", "one ", 5, 3, 1), 0);
    assert!(!shown);
    assert!(store.threads().unwrap().is_empty());
    assert!(conversation(&store, "+1555").is_empty());
    // Each part begins the waiting anew; it survives a restart.
    assert!(!receive(&mut store, b"3", &part("+1555", "three", 5, 3, 3), 60).1);
    drop(store);
    let mut store = folder.open();
    assert_eq!(store.next_incomplete().unwrap(), Some(at(60 + WAIT)));
    assert_eq!(store.show_incomplete(at(59 + WAIT)).unwrap(), []);
    let shown = store.show_incomplete(at(60 + WAIT)).unwrap();
    assert_eq!(shown.len(), 1);
    let words = "one [part 2 of 3 is missing]three";
    assert_eq!((shown[0].0.id, shown[0].0.text.as_str()), (message.id, words));
    assert_eq!((shown[0].1.unread, shown[0].1.preview.as_str()), (1, words));
    assert_eq!(store.show_incomplete(at(9999)).unwrap(), []);
    assert_eq!(store.next_incomplete().unwrap(), None);
    let thread = store.mark_read(message.thread).unwrap().unwrap();
    assert_eq!(thread.unread, 0);
    // Days later the missing part comes.
    let days = 3 * 24 * 3600;
    let (whole, shown) = receive(&mut store, b"2", &part("+1555", "two ", 5, 3, 2), days);
    assert_eq!((whole.id, whole.text.as_str(), shown), (message.id, "one two three", true));
    assert!(!whole.read);
    assert_eq!(conversation(&store, "+1555"), ["one two three"]);
    // A copy of a part of a whole text is known, wherever it is read.
    let copy = part("+1555", "two ", 5, 3, 2);
    assert!(!store.receive_text(b"2", &copy, Some(&place(9)), at(days + 7000)).unwrap().new);
    assert!(!store.receive_text(b"2", &copy, None, at(days + 7000)).unwrap().new);
}

#[test]
fn a_held_text_does_not_disturb_its_conversation() {
    let mut store = Store::in_memory().unwrap();
    receive(&mut store, b"0", &text("+1555", "before"), 0);
    receive(&mut store, b"1", &part("+1555", "half ", 5, 2, 1), 5);
    let thread = &store.threads().unwrap()[0];
    assert_eq!((thread.preview.as_str(), thread.unread, thread.time), ("before", 1, at(0)));
    // Not even when it is deleted: what was held back is shown later.
    let id = thread.id;
    store.delete_thread(id, at(6)).unwrap();
    assert_eq!(store.purge(at(100)).unwrap(), None);
    assert_eq!(store.show_incomplete(at(5 + WAIT)).unwrap().len(), 1);
    assert_eq!(conversation(&store, "+1555"), ["half [part 2 of 2 is missing]"]);
}

#[test]
fn a_late_part_of_a_deleted_text_does_not_bring_it_back() {
    let mut store = Store::in_memory().unwrap();
    let (message, _) = receive(&mut store, b"1", &part("+1555", "one ", 5, 2, 1), 0);
    store.show_incomplete(at(WAIT)).unwrap();
    store.delete_message(message.id, at(100)).unwrap();
    assert!(!receive(&mut store, b"2", &part("+1555", "two", 5, 2, 2), 110).1);
    assert!(conversation(&store, "+1555").is_empty());
    assert_eq!(store.undelete_message(message.id).unwrap().unwrap().0.text, "one two");
}

#[test]
fn a_reference_that_is_used_again_begins_another_text() {
    // Parts are handed in at the centre one after the other: TP-SCTS tells the two apart.
    let sent = |part: IncomingText, seconds| IncomingText { sent_at: Some(at(seconds)), ..part };
    let hours = 3600;
    let mut store = Store::in_memory().unwrap();
    receive(&mut store, b"1", &sent(part("+1555", "old one ", 5, 2, 1), 0), 0);
    let later = 30 * hours;
    receive(&mut store, b"2", &sent(part("+1555", "new two", 5, 2, 2), later), later);
    let (old, _) =
        receive(&mut store, b"3", &sent(part("+1555", "old two", 5, 2, 2), 2), later + 1);
    assert_eq!(old.text, "old one old two");
    let (new, _) =
        receive(&mut store, b"4", &sent(part("+1555", "new one ", 5, 2, 1), later), later + 2);
    assert_eq!(new.text, "new one new two");
}

#[test]
fn kinds_are_told_apart() {
    let mut store = Store::in_memory().unwrap();
    let plain = text("+1555", "words");
    let ports = |destination| Some(Ports { destination, originator: 0 });
    for (n, (incoming, kind)) in (0u8..).zip([
        (plain.clone(), MessageKind::Text),
        (IncomingText { class: Some(0), ..plain.clone() }, MessageKind::Flash),
        (IncomingText { class: Some(1), ..plain.clone() }, MessageKind::Text),
        (IncomingText { class: Some(2), ..plain.clone() }, MessageKind::OnSim),
        (IncomingText { ports: ports(9204), ..plain.clone() }, MessageKind::ContactCard),
        (IncomingText { ports: ports(1), ..plain.clone() }, MessageKind::Text),
        (IncomingText { binary: true, ..plain.clone() }, MessageKind::Data),
    ]) {
        let (message, _) = receive(&mut store, &[n], &incoming, i64::from(n));
        assert_eq!((message.kind, message.text.as_str()), (kind, "words"));
    }
    let unreadable =
        IncomingText { unreadable: "it is compressed", text: String::new(), ..plain.clone() };
    let (message, _) = receive(&mut store, &[0xAB, 0xCD], &unreadable, 100);
    assert_eq!(message.kind, MessageKind::Unreadable);
    assert_eq!(message.text, "This text could not be read: it is compressed");
    assert_eq!(message.undecodable_pdu.as_deref(), Some("ABCD"));
    let cut = IncomingText { is_cut: true, ..plain };
    let (message, _) = receive(&mut store, b"cut", &cut, 101);
    assert_eq!(message.text, "words[the rest is missing]");
}

#[test]
fn data_is_readable_if_it_can_be_and_hex_if_not() {
    let mut store = Store::in_memory().unwrap();
    for (n, (data, words)) in (0u8..).zip([
        (&b"temp=21\r\n"[..], "temp=21\r\n"),
        ("grün".as_bytes(), "grün"),
        (&[0x00, 0xFF, 0x41], "00FF41"),
        (b"a\x07b", "610762"),
    ]) {
        let data = Some(data.to_vec());
        let incoming = IncomingText { binary: true, data, ..text("+1555", "") };
        let (message, _) = receive(&mut store, &[n], &incoming, 0);
        assert_eq!((message.kind, message.text.as_str()), (MessageKind::Data, words));
    }
}

#[test]
fn a_contact_card_in_several_parts_is_joined_in_octets() {
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë 😀\r\nEND:VCARD\r\n";
    let octets = card.as_bytes();
    let mut store = Store::in_memory().unwrap();
    // 16 octets a part: one cut is within a character.
    let chunks: Vec<&[u8]> = octets.chunks(16).collect();
    assert!((1..chunks.len()).any(|n| !card.is_char_boundary(n * 16)));
    let total = chunks.len() as u8;
    for n in (1..=total).rev() {
        let incoming = IncomingText {
            binary: true,
            data: Some(chunks[usize::from(n) - 1].to_vec()),
            ports: Some(Ports { destination: 9204, originator: 9204 }),
            ..part("+1555", "", 5, total, n)
        };
        let (message, shown) = receive(&mut store, &[n], &incoming, 0);
        assert_eq!((message.kind, shown), (MessageKind::ContactCard, n == 1));
        if n == 1 {
            assert_eq!(message.text, card);
            assert_eq!(store.threads().unwrap()[0].preview, "Contact card: Zoë 😀");
        }
    }
    // Latin-1, as old phones write it.
    let incoming = IncomingText {
        binary: true,
        data: Some(b"N:Zo\xEB".to_vec()),
        ports: Some(Ports { destination: 9204, originator: 0 }),
        ..text("+1555", "")
    };
    assert_eq!(receive(&mut store, b"latin", &incoming, 1).0.text, "N:Zoë");
    assert_eq!(store.threads().unwrap()[0].preview, "Contact card");
}

#[test]
fn a_text_may_replace_an_earlier_one() {
    // 23.040 §9.2.3.9: same replace type, originating address and service centre.
    let mut store = Store::in_memory().unwrap();
    let typed = |words: &str, code, smsc: &str| IncomingText {
        replaces: Some(code),
        smsc: smsc.into(),
        ..text("WEATHER", words)
    };
    let (rain, _) = receive(&mut store, b"1", &typed("rain", 1, "+4917"), 0);
    store.mark_read(rain.thread).unwrap();
    let (sun, _) = receive(&mut store, b"2", &typed("sun", 1, "+4917"), 5);
    assert_eq!((sun.id, sun.text.as_str(), sun.time, sun.read), (rain.id, "sun", at(5), false));
    let others = [
        (b"3", typed("another type", 2, "+4917")),
        (b"4", typed("another centre", 1, "+4918")),
        (b"5", IncomingText { from: "OTHER".into(), ..typed("another sender", 1, "+4917") }),
        (b"6", text("WEATHER", "no type")),
    ];
    for (octets, other) in others {
        assert_ne!(receive(&mut store, octets, &other, 6).0.id, rain.id);
    }
    let all = ["sun", "another type", "another centre", "no type"];
    assert_eq!(conversation(&store, "WEATHER"), all);
    assert_eq!(super::search::search(&store.reader().unwrap(), "rain").len(), 0);
    // One that the user has deleted is not touched.
    store.delete_message(rain.id, at(7)).unwrap();
    assert_ne!(receive(&mut store, b"7", &typed("snow", 1, "+4917"), 8).0.id, rain.id);
    assert_eq!(store.undelete_message(rain.id).unwrap().unwrap().0.text, "sun");
}

#[test]
fn an_older_text_that_is_read_later_does_not_replace_the_newer_one() {
    // 27.005 §4.1 says nothing of the order of a list: it goes by places, and a place that became
    // free is used again.
    let mut store = Store::in_memory().unwrap();
    let mut receive = |index, sent: i64, words: &str| {
        let incoming = IncomingText {
            replaces: Some(1),
            smsc: "+4917".into(),
            sent_at: Some(at(sent)),
            ..text("WEATHER", words)
        };
        let octets = words.as_bytes();
        let got = store.receive_text(octets, &incoming, Some(&place(index)), at(200)).unwrap();
        assert!(got.new && got.shown, "{words}");
        (got.message.id, conversation(&store, "WEATHER"))
    };
    let (newer, _) = receive(3, 100, "sun");
    let (older, both) = receive(7, 50, "rain");
    assert_ne!(older, newer);
    assert_eq!(both, ["sun", "rain"]);
    // What replaces the sun is not the rain's business, nor that of a second old one.
    assert_eq!(receive(8, 60, "fog").1, ["sun", "rain", "fog"]);
    assert_eq!(
        receive(9, 100, "of the same second"),
        (newer, { ["of the same second", "rain", "fog"].map(String::from).to_vec() })
    );
    assert_eq!(
        receive(4, 150, "snow"),
        (newer, ["snow", "rain", "fog"].map(String::from).to_vec())
    );
}

#[test]
fn a_text_in_text_mode_is_known_by_place_sender_time_and_words() {
    let mut store = Store::in_memory().unwrap();
    let mut new = |from: &str, sent, words: &str, index, seconds| {
        let place = place(index);
        let got = store.receive_plain(from, sent, words, Some(&place), at(seconds)).unwrap();
        assert_eq!((got.message.text.as_str(), got.complete), (words, true));
        assert!(matches!(got.message.delivery, Delivery::Received(_)));
        got.new
    };
    assert!(new("+1555", Some(at(0)), "hi", 1, 1));
    assert!(!new("+1555", Some(at(0)), "hi", 1, 9000));
    assert!(new("+1555", Some(at(0)), "hi", 2, 2));
    assert!(new("+1555", Some(at(60)), "hi", 2, 61));
    assert!(new("+1555", None, "hi", 2, 62));
    assert!(new("+1556", None, "hi", 2, 63));
    assert!(new("+1556", None, "ho", 2, 64));
}
