//! Throughput of the framer: a modem that babbles at 1 MB/s must not keep the engine busy, and a
//! `RING` must be out of the framer long before anybody could notice.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deskphone::at::{Framer, Hint, Unsolicited};
use std::hint::black_box;

/// Takes all frames and counts them.
fn count(framer: &mut Framer) -> usize {
    std::iter::from_fn(|| framer.next(Hint::default())).count()
}

fn framer(criterion: &mut Criterion) {
    let dialog = "\r\n+CREG: 2,1,\"CE00\",\"01CEAD8F\",7\r\n\r\nOK\r\n\r\nRING\r\n\r\n\
                  +CLIP: \"+4930123456\",145,,,\"Alice\",0\r\n\r\n^RSSI:17\r\n";
    let dialog = dialog.repeat(64 * 1024 / dialog.len());
    let babble = vec![b'x'; 64 * 1024];
    let mut group = criterion.benchmark_group("framer");
    group.throughput(Throughput::Bytes(dialog.len() as u64));
    group.bench_function("lines", |bencher| {
        let mut framer = Framer::new();
        bencher.iter(|| {
            framer.push(black_box(dialog.as_bytes()));
            count(&mut framer)
        });
    });
    group.throughput(Throughput::Bytes(babble.len() as u64));
    group.bench_function("babble", |bencher| {
        let mut framer = Framer::new();
        bencher.iter(|| {
            framer.push(black_box(&babble));
            count(&mut framer)
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("ring", |bencher| {
        let mut framer = Framer::new();
        bencher.iter(|| {
            framer.push(black_box(b"\r\nRING\r\n"));
            let frame = framer.next(Hint::default());
            match frame {
                Some(deskphone::at::Frame::Line(line)) => Unsolicited::parse(&line),
                other => panic!("a line, not {other:?}"),
            }
        });
    });
    group.finish();
}

criterion_group!(benches, framer);
criterion_main!(benches);
