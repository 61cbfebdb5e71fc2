//! Threads, timelines, calls, contacts, settings and search.

use super::*;
use deskphone::phone::{
    CallRecord, Contact, ContactId, Direction, Draft, LinkAddress, Outcome, RemoteParty, Settings,
    Theme, UsbIdentity,
};
use deskphone::store::ImportCounts;
use std::time::Duration;

fn receive(store: &mut Store, from: &str, words: &str, seconds: i64) -> TextMessage {
    let octets = format!("{from} {words} {seconds}");
    let got = store.receive_text(octets.as_bytes(), &text(from, words), None, at(seconds));
    got.unwrap().message
}

#[test]
fn threads_are_found_however_the_number_is_written() {
    let mut store = Store::in_memory().unwrap();
    receive(&mut store, "+989123456789", "one", 0);
    receive(&mut store, "BANK", "code", 1);
    receive(&mut store, "Bank", "code", 2);
    receive(&mut store, "40404", "ad", 3);
    let thread = store.thread_for(&number("0912 345 6789"), at(9), "IR").unwrap();
    assert_eq!(thread.preview, "one");
    let threads = store.threads().unwrap();
    let names: Vec<_> = threads.iter().map(|thread| thread.number.as_str()).collect();
    assert_eq!(names, ["40404", "Bank", "+989123456789"]);
    let draft = Draft { number: number("00989123456789"), text: "سلام".into() };
    assert_eq!(store.save_draft(&draft, at(10), "IR").unwrap().unwrap().id, thread.id);
    // Known at home only where the region says so.
    store.set_region("IR").unwrap();
    receive(&mut store, "09123456789", "two", 4);
    assert_eq!(store.threads().unwrap().len(), 3);
    let read = store.mark_read(thread.id).unwrap().unwrap();
    assert_eq!((read.unread, read.preview.as_str(), read.draft.as_str()), (0, "two", "سلام"));
    assert_eq!(store.thread(thread.id).unwrap().unwrap(), read);
}

#[test]
fn the_list_says_what_the_texts_say() {
    let mut store = Store::in_memory().unwrap();
    let first = receive(&mut store, "+1555", "first\nline  two\u{0}\tend", 0);
    let second = receive(&mut store, "+1555", &"very long words ".repeat(50), 5);
    let thread = store.thread(first.thread).unwrap().unwrap();
    assert!(thread.preview.starts_with("very long words very") && thread.preview.ends_with('…'));
    assert_eq!(thread.preview.chars().count(), 121);
    assert_eq!((thread.unread, thread.time), (2, at(5)));
    let thread = store.delete_message(second.id, at(9)).unwrap().unwrap();
    assert_eq!((thread.preview.as_str(), thread.unread), ("first line two end", 1));
    assert_eq!(thread.time, at(0));
    store.delete_thread(thread.id, at(9)).unwrap();
    assert_eq!(store.threads().unwrap(), []);
    assert_eq!(store.thread(thread.id).unwrap(), None);
    assert_eq!(store.mark_read(thread.id).unwrap(), None);
}

#[test]
fn drafts_are_kept_and_threads_without_anything_are_not() {
    let folder = Folder::new();
    let mut store = folder.open();
    let draft = |words: &str| Draft { number: number("+15550101"), text: words.into() };
    assert_eq!(store.save_draft(&draft(""), at(0), "").unwrap(), None);
    store.save_draft(&draft("hello"), at(0), "").unwrap();
    store.thread_for(&number("+15550102"), at(0), "").unwrap();
    assert_eq!(store.threads().unwrap().len(), 2);
    drop(store);
    let mut store = folder.open();
    let threads = store.threads().unwrap();
    assert_eq!(threads.len(), 1);
    assert_eq!(threads[0].draft, "hello");
    assert_eq!(store.save_draft(&draft(""), at(0), "").unwrap().unwrap().draft, "");
    drop(store);
    assert_eq!(folder.open().threads().unwrap(), []);
}

#[test]
fn a_timeline_has_texts_and_calls_in_pages() {
    let mut store = Store::in_memory().unwrap();
    let known = RemoteParty::Known(number("+15550107"));
    for n in 0..30 {
        if n % 3 == 0 {
            store.begin_call(Direction::MobileTerminated, &known, at(n)).unwrap();
        } else {
            receive(&mut store, "+1 555 0107", &format!("text {n}"), n);
        }
    }
    let other = RemoteParty::Known(number("+15550108"));
    store.begin_call(Direction::MobileOriginated, &other, at(7)).unwrap();
    store.begin_call(Direction::MobileTerminated, &RemoteParty::Withheld, at(8)).unwrap();
    receive(&mut store, "+15550108", "other", 9);
    let reader = store.reader().unwrap();
    let (all, more) = page(&reader, "15550107", None, 1000);
    let expected: Vec<String> =
        (0..30).map(|n| if n % 3 == 0 { "call".to_owned() } else { format!("text {n}") }).collect();
    assert_eq!(all, expected);
    assert!(!more);
    for size in [1, 4, 7, 29, 30, 31] {
        let mut pages = Vec::new();
        let mut before = None;
        loop {
            let query = Query::Timeline {
                numbers: vec![number("+15550107")],
                page: before.map_or(Page::Newest, Page::Before),
                limit: size,
            };
            let Answer::Timeline { items, older: more, .. } = reader.answer(&query, "") else {
                panic!("no timeline");
            };
            assert!(items.len() <= size as usize);
            before = items.first().map(|item| item.time().unix_millis);
            pages.splice(0..0, items);
            if !more {
                break;
            }
        }
        assert_eq!(pages.len(), 30, "pages of {size}");
        assert!(pages.windows(2).all(|pair| pair[0].time() < pair[1].time()));
    }
}

#[test]
fn items_of_one_moment_are_never_torn_apart() {
    let mut store = Store::in_memory().unwrap();
    for n in 0..10 {
        receive(&mut store, "+1555", &format!("text {n}"), n / 4);
    }
    let reader = store.reader().unwrap();
    let (newest, more) = page(&reader, "+1555", None, 1);
    assert_eq!(newest, ["text 8", "text 9"]);
    assert!(more);
    let (middle, more) = page(&reader, "+1555", Some(at(2).unix_millis), 2);
    assert_eq!(middle, ["text 4", "text 5", "text 6", "text 7"]);
    assert!(more);
    let (oldest, more) = page(&reader, "+1555", Some(at(1).unix_millis), 3);
    assert_eq!(oldest, ["text 0", "text 1", "text 2", "text 3"]);
    assert!(!more);
}

#[test]
fn calls_have_one_row_from_beginning_to_end() {
    let mut store = Store::in_memory().unwrap();
    let first = store.begin_call(Direction::MobileTerminated, &RemoteParty::NotAvailable, at(0));
    let mut record = first.unwrap();
    assert_eq!((record.outcome, record.seen), (Outcome::Unfinished, false));
    record.remote = RemoteParty::Known(number("+15550106"));
    record.outcome = Outcome::Missed;
    record.cause = "The caller hung up".into();
    record.advice = "Call back".into();
    store.update_call(&record).unwrap();
    let answered = CallRecord {
        outcome: Outcome::Answered,
        talk_time: Some(Duration::from_millis(61_500)),
        seen: true,
        ..store.begin_call(Direction::MobileOriginated, &RemoteParty::Withheld, at(5)).unwrap()
    };
    store.update_call(&answered).unwrap();
    let reader = store.reader().unwrap();
    let calls = |limit| reader.answer(&Query::Calls { limit }, "");
    assert_eq!(calls(10), Answer::Calls(vec![answered.clone(), record.clone()]));
    assert_eq!(calls(1), Answer::Calls(vec![answered]));
    assert_eq!(store.missed_unseen().unwrap(), 1);
    store.mark_calls_seen().unwrap();
    assert_eq!(store.missed_unseen().unwrap(), 0);
    assert_eq!(page(&reader, "+15550106", None, 10).0, ["call"]);
    store.delete_call(record.id).unwrap();
    assert_eq!(page(&reader, "+15550106", None, 10).0.len(), 0);
    assert!(store.update_call(&record).is_err());
}

#[test]
fn settings_out_of_their_range_are_put_into_it() {
    let folder = Folder::new();
    drop(folder.open());
    let db = rusqlite::Connection::open(folder.path()).unwrap();
    for (key, value) in [
        ("text_size_percent", "9000"),
        ("auto_answer_seconds", "255"),
        ("redial_attempts", "99999999999"),
        ("redial_pause_seconds", "1"),
        ("texts_per_minute", "70000"),
        ("block_list", "[\"\", \" +1 \"]"),
        ("reject_texts", "[1, 2]"),
    ] {
        db.execute("INSERT INTO settings VALUES (?1, ?2)", [key, value]).unwrap();
    }
    drop(db);
    let read = folder.open().settings().unwrap();
    let default = Settings::default();
    assert_eq!((read.text_size_percent, read.auto_answer_seconds), (200, 60));
    assert_eq!((read.redial_attempts, read.redial_pause_seconds), (0, 5));
    assert_eq!(read.texts_per_minute, u16::MAX);
    assert_eq!((read.block_list, read.reject_texts), (vec!["+1".into()], default.reject_texts));
    let mut store = folder.open();
    // No texts at all are a choice, not a lack of one.
    let none = Settings { reject_texts: Vec::new(), ..Settings::default() };
    store.save_settings(&none).unwrap();
    assert_eq!(store.settings().unwrap().reject_texts, Vec::<String>::new());
}

#[test]
fn tones_stay_with_their_number_and_make_no_other_one() {
    let mut store = Store::in_memory().unwrap();
    let mut ada = Contact::new("Ada").with_number("+49 30 1234567 ,,123#;45", "Work");
    assert_eq!(ada.numbers[0].number, number("+49 30 1234567"));
    assert_eq!(ada.numbers[0].tones.as_str(), ",,123#;45");
    ada.id = store.save_contact(&ada).unwrap();
    assert_eq!(store.contacts().unwrap(), [ada.clone()]);
    assert_eq!(ada.numbers[0].dialed(), "+49 30 1234567,,123#;45");
    // The same number without tones, or with others, is the same person's.
    for card in ["+49301234567", "+49301234567p9"] {
        let counts = store.import_contacts(&[Contact::new("Ada").with_number(card, "")]).unwrap();
        assert_eq!((counts.added, counts.unchanged), (0, 1), "{card}");
    }
    let bob = Contact::new("Bob").with_number("+15550101", "");
    store.import_contacts(std::slice::from_ref(&bob)).unwrap();
    let with_tones = Contact::new("Bob").with_number("+1 555 0101;77", "");
    assert_eq!(store.import_contacts(&[with_tones]).unwrap().merged, 1);
    assert_eq!(store.contacts().unwrap()[1].numbers[0].tones.as_str(), ";77");
}

#[test]
fn blocked_conversations_are_found_by_their_numbers() {
    let mut store = Store::in_memory().unwrap();
    assert!(!store.any_blocked().unwrap());
    let thread = receive(&mut store, "+989123456789", "one", 0).thread;
    let blocked = |store: &Store, text| store.is_blocked(&number(text), "IR").unwrap();
    assert!(!blocked(&store, "+989123456789"));
    let flags = deskphone::phone::ThreadFlags { blocked: true, ..Default::default() };
    store.set_flags(thread, flags).unwrap();
    assert!(store.any_blocked().unwrap());
    assert!(blocked(&store, "0912 345 6789") && !blocked(&store, "+989123456780"));
}

#[test]
fn contacts_are_kept_whole_and_sorted() {
    let mut store = Store::in_memory().unwrap();
    let mut ada = Contact::new("ada").with_number("+15550101", "Mobile").with_number("123", "");
    ada.email = "ada@example.org".into();
    ada.note = "line\nline".into();
    ada.favorite = true;
    ada.id = store.save_contact(&ada).unwrap();
    assert_ne!(ada.id, ContactId::NEW);
    let mut bob = Contact::new("Bob");
    bob.id = store.save_contact(&bob).unwrap();
    let mut eva = Contact::new("Émile");
    eva.id = store.save_contact(&eva).unwrap();
    assert_eq!(store.contacts().unwrap(), [ada.clone(), bob.clone(), eva]);
    bob.name = "Aaron".into();
    bob.numbers = ada.numbers.clone();
    assert_eq!(store.save_contact(&bob).unwrap(), bob.id);
    assert_eq!(store.contacts().unwrap()[0], bob);
    store.delete_contact(ada.id).unwrap();
    assert_eq!(store.contacts().unwrap().len(), 2);
    assert!(store.save_contact(&ada).is_err());
    assert!(store.save_contact(&Contact::new("  ")).is_err());
    let nameless = Contact::new("").with_number("+15550109", "");
    store.save_contact(&nameless).unwrap();
    assert_eq!(store.contacts().unwrap()[0].name, "+15550109");
}

#[test]
fn an_import_merges_and_does_not_double() {
    let mut store = Store::in_memory().unwrap();
    let counts = |added, merged, unchanged| ImportCounts { added, merged, unchanged };
    let cards = [
        Contact::new("Ada").with_number("+98 912 345 6789", "Mobile"),
        Contact::new("Bob").with_number("+15550101", ""),
        Contact::new(" ADA ").with_number("09123456789", "Home"),
        Contact::new("Ada").with_number("+15550199", "Mobile"),
        Contact::new(""),
    ];
    assert_eq!(store.import_contacts(&cards).unwrap(), counts(3, 0, 1));
    assert_eq!(store.import_contacts(&cards).unwrap(), counts(0, 0, 4));
    let mut more = Contact::new("bob").with_number("5550101", "x").with_number("777", "Work");
    more.note = "met in Rome".into();
    assert_eq!(store.import_contacts(&[more.clone()]).unwrap(), counts(0, 1, 0));
    assert_eq!(store.import_contacts(&[more]).unwrap(), counts(0, 0, 1));
    let contacts = store.contacts().unwrap();
    let bob = contacts.iter().find(|contact| contact.name == "Bob").unwrap();
    let numbers: Vec<_> = bob.numbers.iter().map(|number| number.number.as_str()).collect();
    assert_eq!((numbers, bob.note.as_str()), (vec!["+15550101", "777"], "met in Rome"));
}

#[test]
fn an_import_of_thousands_of_namesakes_ends() {
    let mut store = Store::in_memory().unwrap();
    let card = |n: usize| Contact::new("Same name").with_number(&format!("+4479{n:08}"), "");
    let cards: Vec<Contact> = (0..20_000).map(card).collect();
    assert_eq!(store.import_contacts(&cards).unwrap().added, 20_000);
    assert_eq!(store.import_contacts(&cards).unwrap().unchanged, 20_000);
    // A card without a number is the first of them, and one is not doubled for lack of one.
    let bare = [Contact::new("same NAME"), Contact::new("Nobody"), Contact::new("Nobody")];
    let counts = store.import_contacts(&bare).unwrap();
    assert_eq!((counts.added, counts.unchanged), (1, 2));
    let known = [Contact::new("Nobody").with_number("+15550101", "Mobile")];
    assert_eq!(store.import_contacts(&known).unwrap().merged, 1);
}

#[test]
fn demo_contacts_come_once() {
    let mut store = Store::in_memory().unwrap();
    let demo = [Contact::new("Answers after two rings").with_number("+15550100", "")];
    assert_eq!(store.seed_demo_contacts(&demo).unwrap().added, 1);
    let id = store.contacts().unwrap()[0].id;
    store.delete_contact(id).unwrap();
    assert_eq!(store.seed_demo_contacts(&demo).unwrap(), ImportCounts::default());
    assert!(store.contacts().unwrap().is_empty());
}

#[test]
fn settings_are_what_was_saved() {
    let folder = Folder::new();
    let mut store = folder.open();
    assert_eq!(store.settings().unwrap(), Settings::default());
    let mut settings = Settings {
        theme: Theme::Dark,
        text_size_percent: 150,
        delivery_reports: false,
        delete_from_modem: false,
        enter_sends: false,
        notifications: false,
        region: "IR".into(),
        baud_rate: 921_600,
        reconnect: false,
        last_address: Some(LinkAddress::Tcp { host: "::1".into(), port: 7 }),
        last_usb: None,
        profile: "Huawei".into(),
        hide_own_number: true,
        auto_answer_seconds: 60,
        redial_attempts: 10,
        redial_pause_seconds: 600,
        block_list: vec!["+49 900*".into(), "\"quoted\", [x]".into(), "0912 345 6789".into()],
        block_withheld: true,
        reject_texts: vec!["Später".into(), "two\nlines".into()],
        remember_pin: true,
        mask_console: false,
        voicemail_number: "+15550198".into(),
        wide_references: true,
        national_alphabets: false,
        retry_texts: false,
        texts_per_minute: 30,
        validity_minutes: 60,
        smsc: "+15550199".into(),
    };
    for serial in [None, Some(String::new()), Some("01:23 x".to_owned())] {
        for interface in [None, Some(0), Some(255)] {
            let serial = serial.clone();
            settings.last_usb = Some(UsbIdentity { vid: 0x2C7C, pid: 0x125, serial, interface });
            store.save_settings(&settings).unwrap();
            assert_eq!(folder.open().settings().unwrap(), settings);
        }
    }
}
