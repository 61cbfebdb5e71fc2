//! How many PDUs a second the text-message codec decodes and encodes on one core.
//!
//! The mix, made here from a fixed seed, is 1000 SMS-DELIVER: GSM 7-bit and UCS-2 texts of all
//! lengths and parts of long ones. Every text is compared before anything is timed, so that no
//! figure is for wrong texts. Allocations are counted, too, and have a bound.

mod counting;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deskphone::clock::WallTime;
use deskphone::sms::{
    self, Alphabet, Encoding, Incoming, Pdu, SmsDeliver, SubmitOptions, Tpdu, decode_incoming,
    encode_submit,
};

const COUNT: usize = 1000;

/// Prints how many allocations one of `count` messages takes, and refuses more than `bound`.
fn allocations(what: &str, count: usize, bound: f64, mut all: impl FnMut()) {
    let before = counting::allocations();
    all();
    let each = (counting::allocations() - before) as f64 / count as f64;
    println!("{what}: {each:.2} allocations a message");
    assert!(each <= bound, "{what}: {each:.2} allocations a message, {bound} at most");
}

const GSM7_WORDS: &[&str] = &[
    "your",
    "code",
    "is",
    "385 201",
    "Grüße",
    "à demain",
    "delivery",
    "on",
    "Monday",
    "[ok]",
    "price: 12,50 €",
    "call me",
    "señor",
    "http://example.com/a?b=c&d=1",
    "@home",
    "ΔΩ",
    "10:45",
    "thanks\nbye",
];
const UCS2_WORDS: &[&str] =
    &["سلام", "خوبی؟", "کد شما", "۱۲۳۴", "Привет", "как дела", "你好", "明天见", "👍", "नमस्ते", "ok"];

/// A small generator (xorshift), so that the mix is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn text(&mut self, words: &[&str], length: usize) -> String {
        let mut text = String::new();
        while text.chars().count() < length {
            text.push_str(words[self.below(words.len())]);
            text.push(' ');
        }
        text.chars().take(length).collect()
    }
}

/// PDU lines with the texts they hold.
fn mix() -> Vec<(String, String)> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut lines = Vec::new();
    let mut reference = 0u8;
    while lines.len() < COUNT {
        let text = match random.below(8) {
            0..=3 => {
                let length = 1 + random.below(140);
                random.text(GSM7_WORDS, length)
            }
            4..=5 => {
                let length = 1 + random.below(60);
                random.text(UCS2_WORDS, length)
            }
            6 => {
                let length = 200 + random.below(400);
                random.text(GSM7_WORDS, length)
            }
            _ => {
                let length = 80 + random.below(200);
                random.text(UCS2_WORDS, length)
            }
        };
        reference = reference.wrapping_add(1);
        let from = format!("+98912{:07}", random.below(10_000_000));
        let at = WallTime::from_unix_seconds(1_700_000_000 + lines.len() as i64 * 61, 14);
        let segments = SmsDeliver::segments(&from, &text, at, reference).expect("a valid sender");
        let mut whole = String::new();
        for segment in segments {
            let part = segment.user_data.text();
            whole.push_str(&part);
            lines.push((Pdu::from(Tpdu::Deliver(segment)).to_hex(), part));
        }
        assert_eq!(whole, text, "the segments are the text");
    }
    lines.truncate(COUNT);
    lines
}

fn decode_text<'a>(line: &str, text: &'a mut String) -> &'a str {
    text.clear();
    let pdu = Pdu::from_hex(line).expect("a valid PDU");
    pdu.tpdu.user_data().expect("a deliver has user data").text_into(text);
    text
}

fn decode(criterion: &mut Criterion) {
    let lines = mix();
    let octets: Vec<_> = lines.iter().map(|(line, _)| sms::from_hex(line).unwrap()).collect();
    let mut text = String::new();
    for ((line, wanted), octets) in lines.iter().zip(&octets) {
        assert_eq!(decode_text(line, &mut text), wanted);
        let Ok(Incoming::Text(incoming)) = decode_incoming(octets) else {
            panic!("{line} is no text");
        };
        assert_eq!(incoming.text, *wanted);
    }
    // A line is read into a buffer that stays; an owned message has its text and its sender, a
    // UCS-2 one its units, too, and the centre's number where the PDU has one.
    allocations("hex to text", COUNT, 0.0, || {
        for (line, _) in &lines {
            decode_text(line, &mut text);
        }
    });
    allocations("octets to owned text, sender and time", COUNT, 4.0, || {
        assert_eq!(octets.iter().filter(|pdu| decode_incoming(pdu).is_ok()).count(), COUNT);
    });
    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("hex to text", |bencher| {
        bencher.iter(|| {
            lines
                .iter()
                .map(|(line, _)| decode_text(black_box(line), &mut text).len())
                .sum::<usize>()
        });
    });
    group.bench_function("octets to owned text, sender and time", |bencher| {
        bencher
            .iter(|| octets.iter().filter(|pdu| decode_incoming(black_box(pdu)).is_ok()).count());
    });
    group.finish();
}

fn encode(criterion: &mut Criterion) {
    let texts: Vec<String> = mix().into_iter().map(|(_, text)| text).collect();
    let options =
        SubmitOptions { status_report: true, concat_reference: 7, ..SubmitOptions::default() };
    for text in &texts {
        let segments = encode_submit("+989121234567", text, &options).unwrap();
        let decode = |pdu: &[u8]| Pdu::decode(pdu).unwrap().tpdu.user_data().unwrap().text();
        assert_eq!(segments.iter().map(|s| decode(&s.pdu)).collect::<String>(), *text);
    }
    // The list of segments and the octets of one; cuts of long texts come on top.
    allocations("text to octets", texts.len(), 3.0, || {
        for text in &texts {
            black_box(encode_submit("+989121234567", text, &options).is_ok());
        }
    });
    let mut group = criterion.benchmark_group("encode");
    group.throughput(Throughput::Elements(COUNT as u64));
    let mut bench = |name: &str, each: &mut dyn FnMut(&str) -> usize| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| texts.iter().map(|text| each(black_box(text))).sum::<usize>());
        });
    };
    bench("text to octets", &mut |text| {
        encode_submit("+989121234567", text, &options).map_or(0, |segments| segments.len())
    });
    let mut hex = String::new();
    bench("text to hex", &mut |text| {
        hex.clear();
        for segment in encode_submit("+989121234567", text, &options).unwrap_or_default() {
            sms::to_hex_into(&segment.pdu, &mut hex);
        }
        hex.len()
    });
    bench("count segments", &mut |text| {
        sms::count_segments(text, sms::Encoding::default()).segments
    });
    group.finish();
}

/// What the composer asks for every key: the counter, the culprits and the plain form.
fn compose(criterion: &mut Criterion) {
    const HINDI: &str = "नमस्ते आप कैसे हैं Monday ";
    let national = Encoding { national_tables: true, wide_reference: false };
    let repeated = |words: &str, length| words.chars().cycle().take(length).collect::<String>();
    let mut group = criterion.benchmark_group("compose");
    for (name, words, encoding, alphabet) in [
        ("plain", "hello world ", Encoding::default(), Alphabet::Gsm7),
        ("emoji", "hello “world” 👍🏽 ", Encoding::default(), Alphabet::Ucs2),
        ("Hindi tables", HINDI, national, Alphabet::Gsm7),
        ("nearest tables", "नमस्ते 你好 Monday ", national, Alphabet::Ucs2),
    ] {
        for length in [160, 10_000] {
            let text = repeated(words, length);
            assert_eq!(sms::count_segments(&text, encoding).alphabet, alphabet);
            group.bench_function(format!("count {length} characters, {name}"), |bencher| {
                bencher.iter(|| sms::count_segments(black_box(&text), encoding).segments);
            });
        }
    }
    let quotes = repeated("“Déjà vu” – it’s Šimůnek… ", 10_000);
    let plain = sms::plain_text(&quotes, Encoding::default()).expect("a plain form");
    assert_eq!(sms::count_segments(&plain.text, Encoding::default()).alphabet, Alphabet::Gsm7);
    group.bench_function("plain form of 10000 characters", |bencher| {
        bencher.iter(|| sms::plain_text(black_box(&quotes), Encoding::default()).is_some());
    });
    group.bench_function("forcing clusters of 10000 characters", |bencher| {
        bencher.iter(|| sms::forcing_clusters(black_box(&quotes), Encoding::default()).len());
    });
    group.finish();
}

criterion_group!(benches, decode, encode, compose);
criterion_main!(benches);
