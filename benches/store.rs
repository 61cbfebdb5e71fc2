//! The store with a million texts in 500 conversations, one of them with 100,000: what the window
//! waits for at start, on opening a conversation and while searching, what a received text costs,
//! and the outbox with 10,000 texts. `DESKPHONE_BENCH_MESSAGES` makes it smaller.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use deskphone::clock::WallTime;
use deskphone::number::PhoneNumber;
use deskphone::phone::{Answer, Carrier, MessageId, Page, Query, SendOptions};
use deskphone::sms::IncomingText;
use deskphone::store::{OldText, OutgoingSegment, OutgoingText, Owner, Reader, Store};
use std::hint::black_box;
use std::path::Path;

const CONVERSATIONS: usize = 500;

/// One text in so many is of the long conversation.
const LONG_SHARE: usize = 10;

/// English, in every second text, the commonest first.
const ENGLISH: [&str; 32] = [
    "the", "you", "to", "see", "at", "is", "hello", "tomorrow", "call", "me", "back", "thanks",
    "meeting", "station", "are", "here", "there", "when", "where", "café", "coming", "late",
    "train", "please", "bring", "keys", "dinner", "eight", "home", "soon", "love", "meetings",
];

/// German, in every fourth: none of its words stands beside an English one.
const GERMAN: [&str; 16] = [
    "ich", "und", "nicht", "morgen", "bin", "kommst", "du", "heute", "später", "Straße", "schön",
    "wir", "sind", "zuhause", "bitte", "danke",
];

const PERSIAN: [&str; 8] = ["سلام", "خوبی", "من", "فردا", "می‌آیم", "کجایی", "ممنون", "خانه"];

const CHINESE: [&str; 8] =
    ["明天的会议", "三点开始", "请准时到", "谢谢你", "我在车站", "晚上见", "好的", "价格是多少"];

fn time(n: usize) -> WallTime {
    WallTime::from_unix_seconds(1_500_000_000 + 60 * n as i64, 0)
}

fn number(n: usize) -> String {
    let conversation = if n.is_multiple_of(LONG_SHARE) { 7 } else { n % CONVERSATIONS };
    format!("+4479{conversation:08}")
}

/// Numbers that look like chance, the same in every run.
fn chance(n: usize) -> usize {
    let x = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((x ^ (x >> 29)) >> 8) as usize
}

fn words(n: usize) -> String {
    let pick = |list: &[&'static str], k: usize| {
        // The product of two chances: the first words are common, the last ones rare.
        let (a, b) = (chance(n * 31 + k) % 1000, chance(n * 37 + k + 500) % 1000);
        list[a * b * list.len() / 1_000_000]
    };
    let list = |list: &[&'static str], count: usize, space: &str| {
        (0..count).map(|k| pick(list, k)).collect::<Vec<_>>().join(space)
    };
    let text = match n % 8 {
        0..4 => list(&ENGLISH, 12, " "),
        4 | 5 => list(&GERMAN, 10, " "),
        6 => list(&PERSIAN, 8, " "),
        _ => list(&CHINESE, 4, "，"),
    };
    if n.is_multiple_of(20) { format!("{text} Code: {:06}", chance(n) % 1_000_000) } else { text }
}

fn incoming(n: usize) -> IncomingText {
    IncomingText {
        from: number(n),
        sent_at: Some(time(n)),
        text: words(n),
        ..IncomingText::default()
    }
}

fn old(n: usize) -> OldText {
    OldText { from: PhoneNumber::new(&number(n)), text: words(n), time: time(n) }
}

fn count() -> usize {
    let count = std::env::var("DESKPHONE_BENCH_MESSAGES").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(1_000_000)
}

fn page(reader: &Reader, n: usize, page: Page) -> usize {
    let numbers = vec![PhoneNumber::new(&number(n))];
    match reader.answer(&Query::Timeline { numbers, page, limit: 100 }, "GB") {
        Answer::Timeline { items, .. } => items.len(),
        other => panic!("{other:?}"),
    }
}

fn search(reader: &Reader, words: &str) -> usize {
    match reader.answer(&Query::Search { text: words.into(), before: None, limit: 50 }, "GB") {
        Answer::Found { hits, .. } => hits.len(),
        other => panic!("{other:?}"),
    }
}

fn searches(criterion: &mut Criterion, reader: &Reader, count: usize) {
    let mut group = criterion.benchmark_group(format!("search in {count} texts"));
    group.sample_size(20);
    for (what, query) in [
        ("one letter", "t"),
        ("two letters", "he"),
        ("three letters", "the"),
        ("four letters", "meet"),
        ("a common word", "tomorrow"),
        ("a rare word", "meetings"),
        ("two common words", "the you"),
        ("two rare words", "meetings soon"),
        ("words never together", "the ich"),
        ("letters never together", "t ich"),
        ("no hit", "zebra"),
        ("a part of a word", "morrow"),
        ("accents left out", "strasse spat"),
        ("Persian", "سلام فردا"),
        ("one Chinese character", "会"),
        ("Chinese", "会议"),
        ("Chinese never together", "会始"),
        ("a sign", "?!"),
        ("digits", "49"),
        ("a code", "491823"),
        ("a number", "07900000007"),
        ("a part of all numbers", "4479"),
    ] {
        let found = search(reader, query);
        group.bench_function(format!("{what}: {query} ({found} hits)"), |b| {
            b.iter(|| search(black_box(reader), query));
        });
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deskphone.sqlite3");
    let count = count();
    let begun = std::time::Instant::now();
    let mut store = Store::open(&path).unwrap();
    store.fill(&mut (0..count).map(old)).unwrap();
    drop(store);
    let size = std::fs::metadata(&path).unwrap().len() / 1_000_000;
    println!("{count} texts stored in {:.0?}; the file has {size} MB", begun.elapsed());
    {
        let mut store = Store::open(&path).unwrap();
        let reader = store.reader().unwrap();
        searches(criterion, &reader, count);
        let mut group = criterion.benchmark_group(format!("store with {count} texts"));
        group.sample_size(20);
        group.bench_function("open, list, first page", |b| {
            b.iter(|| {
                let store = Store::open(&path).unwrap();
                assert!(store.threads().unwrap().len() >= CONVERSATIONS - 50);
                page(&store.reader().unwrap(), 0, Page::Newest)
            });
        });
        group.bench_function("list of conversations", |b| b.iter(|| store.threads().unwrap()));
        let middle = time(count / 2).unix_millis;
        for (what, which) in [
            ("newest", Page::Newest),
            ("before the middle", Page::Before(middle)),
            ("from the middle on", Page::From(middle)),
            ("around the middle", Page::Around(middle)),
            ("around the beginning", Page::Around(0)),
        ] {
            group.bench_function(format!("page of the long conversation, {what}"), |b| {
                b.iter(|| page(&reader, 0, which));
            });
        }
        let mut n = count + 1;
        group.bench_function("receive a text, with its commit", |b| {
            b.iter_batched(
                || {
                    n += 1;
                    (n.to_string().into_bytes(), incoming(n), time(n))
                },
                |(pdu, text, time)| store.receive_text(&pdu, &text, None, time).unwrap().new,
                BatchSize::PerIteration,
            );
        });
        group.finish();
        println!("{}", memory());
    }
}

/// The share of the memory that this process has to answer for, on Linux.
fn memory() -> String {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    rollup.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default().to_owned()
}

fn fill_outbox(store: &mut Store, texts: usize, owner: &Owner) {
    let segments = [OutgoingSegment { pdu: vec![0x11; 160], tpdu_octets: 159 }];
    let options = SendOptions::default();
    let numbers: Vec<PhoneNumber> =
        (0..texts).map(|n| PhoneNumber::new(&format!("+4478{n:08}"))).collect();
    let texts: Vec<OutgoingText<'_>> = numbers
        .iter()
        .map(|to| OutgoingText { to, text: "hello all", options: &options, segments: &segments })
        .collect();
    let begun = std::time::Instant::now();
    store.submit_batch("everybody", &texts, time(0), owner).unwrap();
    println!("a batch of {} stored in {:.0?}", texts.len(), begun.elapsed());
}

fn sending(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path: &Path = &folder.path().join("deskphone.sqlite3");
    let mut store = Store::open(path).unwrap();
    let owner = Owner("bench".into());
    let mut group = criterion.benchmark_group("outbox with 10000 texts");
    group.sample_size(20);
    fill_outbox(&mut store, 10_000, &owner);
    let batch = store.batches().unwrap()[0].id;
    group.bench_function("next to send", |b| {
        b.iter(|| store.next_to_send(&owner, Carrier::Modem, time(1)).unwrap().unwrap().message);
    });
    group.bench_function("counts of the batch", |b| {
        b.iter(|| store.batch(batch).unwrap().unwrap().counts.waiting);
    });
    group.bench_function("recover once more", |b| b.iter(|| store.recover(&owner).unwrap()));
    let segments = [OutgoingSegment { pdu: vec![0x11; 160], tpdu_octets: 159 }];
    let (to, options) = (PhoneNumber::new(&number(3)), SendOptions::default());
    let text = OutgoingText { to: &to, text: "hello", options: &options, segments: &segments };
    group.bench_function("submit a text, with its commit", |b| {
        b.iter(|| store.submit(&text, time(2), &owner).unwrap().0.id);
    });
    group.finish();
    let begun = std::time::Instant::now();
    let (mut cancelled, mut upto) = (0, Some(MessageId(0)));
    while let Some(after) = upto {
        let some = store.cancel_some(batch, after).unwrap();
        (cancelled, upto) = (cancelled + some.0.len(), some.1);
    }
    println!("a batch of {cancelled} cancelled in {:.0?}", begun.elapsed());
}

criterion_group!(benches, sending, reading);
criterion_main!(benches);
