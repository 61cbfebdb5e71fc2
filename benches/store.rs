//! The store with 10,000 and 100,000 texts in 500 conversations: what the window waits for at
//! start, on opening a conversation and while searching, and what a received text costs.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use deskphone::clock::WallTime;
use deskphone::number::PhoneNumber;
use deskphone::phone::{Answer, Query};
use deskphone::sms::IncomingText;
use deskphone::store::{OutgoingSegment, Owner, Reader, Store};
use std::hint::black_box;
use std::path::{Path, PathBuf};

const CONVERSATIONS: usize = 500;

const WORDS: [&str; 16] = [
    "hello", "the", "meeting", "tomorrow", "code", "is", "see", "you", "at", "station", "café",
    "سلام", "thanks", "call", "me", "back",
];

fn time(n: usize) -> WallTime {
    WallTime::from_unix_seconds(1_500_000_000 + 60 * n as i64, 0)
}

fn number(n: usize) -> String {
    format!("+4479{:08}", n % CONVERSATIONS)
}

fn incoming(n: usize) -> IncomingText {
    let words: Vec<&str> = (0..12).map(|k| WORDS[(n * 7 + k * k + n / 16) % 16]).collect();
    IncomingText {
        from: number(n),
        sent_at: Some(time(n)),
        text: format!("{} {n}", words.join(" ")),
        utf16: None,
        class: None,
        concat: None,
        binary: false,
    }
}

/// A database with `count` texts, made anew for each run.
fn filled(folder: &Path, count: usize) -> PathBuf {
    let path = folder.join(format!("{count}.sqlite3"));
    let mut store = Store::in_memory().unwrap();
    for n in 0..count {
        store.receive_text(n.to_string().as_bytes(), &incoming(n), None, time(n)).unwrap();
    }
    store.copy_to(&path).unwrap();
    path
}

fn page(reader: &Reader, n: usize) -> usize {
    let query = Query::Timeline { number: PhoneNumber::new(&number(n)), before: None, limit: 50 };
    match reader.answer(&query, "GB") {
        Answer::Timeline { items, .. } => items.len(),
        other => panic!("{other:?}"),
    }
}

fn search(reader: &Reader, words: &str) -> usize {
    match reader.answer(&Query::Search { text: words.into(), limit: 50 }, "") {
        Answer::Found(found) => found.len(),
        other => panic!("{other:?}"),
    }
}

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    for count in [10_000, 100_000] {
        let path = filled(folder.path(), count);
        let mut group = criterion.benchmark_group(format!("store with {count} texts"));
        group.sample_size(20);
        group.bench_function("open, list, first page", |b| {
            b.iter(|| {
                let store = Store::open(&path).unwrap();
                assert_eq!(store.threads().unwrap().len(), CONVERSATIONS);
                page(&store.reader().unwrap(), 7)
            });
        });
        let store = Store::open(&path).unwrap();
        let reader = store.reader().unwrap();
        let mut n = 0;
        group
            .bench_function("list of conversations", |b| b.iter(|| store.threads().unwrap().len()));
        group.bench_function("page of a conversation", |b| {
            b.iter(|| {
                n += 1;
                page(&reader, n)
            });
        });
        for words in ["hel", "meeting tomorrow", "a", "سلام", "etin", "nowhere"] {
            group.bench_function(format!("search {words}"), |b| {
                b.iter(|| search(black_box(&reader), words));
            });
        }
        group.finish();
    }
}

fn writing(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("store, each with its commit");
    group.sample_size(50);
    for count in [0, 10_000] {
        let mut store = Store::open(&filled(folder.path(), count)).unwrap();
        let mut n = count + 1;
        group.bench_function(format!("receive a text after {count}"), |b| {
            b.iter_batched(
                || {
                    n += 1;
                    (n.to_string().into_bytes(), incoming(n), time(n))
                },
                |(pdu, text, time)| store.receive_text(&pdu, &text, None, time).unwrap().new,
                BatchSize::PerIteration,
            );
        });
        let owner = Owner("bench".into());
        let segments = [OutgoingSegment { pdu: vec![0x11; 160], tpdu_octets: 159 }];
        let to = PhoneNumber::new(&number(3));
        group.bench_function(format!("submit a text after {count}"), |b| {
            b.iter(|| store.submit(&to, "hello", true, &segments, time(n), &owner).unwrap().0.id);
        });
    }
    group.finish();
}

criterion_group!(benches, reading, writing);
criterion_main!(benches);
