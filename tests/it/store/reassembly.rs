//! Long texts under random order, copies, interleaving, time and restarts, against a model that
//! knows what was sent.

use super::*;
use deskphone::store::INCOMPLETE_AFTER;
use std::collections::BTreeMap;

/// Chance from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) >> 16) as usize % limit
    }
}

/// A long text as its sender knows it.
struct Sent {
    from: &'static str,
    concat: Concat,
    words: Vec<String>,
    seconds: i64,
}

impl Sent {
    fn segment(&self, n: u8) -> (Vec<u8>, IncomingText) {
        let words = &self.words[usize::from(n) - 1];
        let octets = format!("{} {:?} {} {n} {words}", self.from, self.concat, self.seconds);
        let concat = Some(Concat { part: n, ..self.concat });
        let sent_at = Some(at(self.seconds + i64::from(n)));
        (octets.into_bytes(), IncomingText { concat, sent_at, ..text(self.from, words) })
    }

    /// What is to be shown when these parts are here.
    fn with(&self, here: &[u8]) -> String {
        let total = self.words.len();
        let mut shown = String::new();
        let mut n = 1;
        while n <= total {
            if here.contains(&(n as u8)) {
                shown.push_str(&self.words[n - 1]);
                n += 1;
                continue;
            }
            let first = n;
            while n <= total && !here.contains(&(n as u8)) {
                n += 1;
            }
            shown.push_str(&if first == n - 1 {
                format!("[part {first} of {total} is missing]")
            } else {
                format!("[parts {first} to {} of {total} are missing]", n - 1)
            });
        }
        shown
    }
}

/// Texts of few senders with few references, so that they are mixed up wherever they can be: the
/// same reference with other totals, widths, senders, and again much later.
fn sent(chance: &mut Chance) -> Vec<Sent> {
    let mut sent: Vec<Sent> = Vec::new();
    let mut seconds = 0;
    for n in 0..14 {
        let from = ["+15550101", "+15550102", "BANK"][chance.below(3)];
        let parts = 2 + chance.below(3) as u8;
        let reference = chance.below(2) as u16;
        let concat = Concat { reference, wide: chance.below(2) == 0, parts, part: 0 };
        let twin = |other: &&Sent| other.from == from && other.concat == concat;
        // The same reference comes again when it has gone round, which takes its time.
        let last = sent.iter().filter(twin).map(|twin| twin.seconds).max();
        seconds += chance.below(100) as i64;
        if let Some(last) = last {
            seconds = seconds.max(last + 8 * 3600);
        }
        let words = (1..=parts).map(|part| format!("{n}.{part};")).collect();
        sent.push(Sent { from, concat, words, seconds });
    }
    sent
}

fn life(seed: u64) {
    let mut chance = Chance(seed);
    let sent = sent(&mut chance);
    // Every part at least once and some again; a few never. Mixed up, but those of one text not
    // by more than a few places, so that time goes on.
    let mut deliveries: Vec<(i64, usize, u8)> = Vec::new();
    for (which, text) in sent.iter().enumerate() {
        for n in 1..=text.concat.parts {
            let copies = [1, 1, 1, 1, 1, 2, 3, 0][chance.below(8)];
            for _ in 0..copies {
                let late = [0, 10, 60, 1000, 3 * 24 * 3600][chance.below(5)];
                deliveries.push((text.seconds + late + chance.below(30) as i64, which, n));
            }
        }
    }
    deliveries.sort();
    let folder = Folder::new();
    let mut store = folder.open();
    // The parts that are here, and when the last one came.
    let mut here: BTreeMap<usize, (Vec<u8>, i64)> = BTreeMap::new();
    for (seconds, which, n) in deliveries {
        for (message, thread) in store.show_incomplete(at(seconds)).unwrap() {
            assert!(!message.read && thread.unread > 0);
        }
        let (octets, segment) = sent[which].segment(n);
        let slot = place(chance.below(6) as u16);
        let location = (chance.below(3) > 0).then_some(&slot);
        let got = store.receive_text(&octets, &segment, location, at(seconds)).unwrap();
        let known = here.entry(which).or_default();
        let what = format!("seed {seed}: text {which} part {n}");
        assert_eq!(got.new, !known.0.contains(&n), "{what}");
        if got.new {
            known.0.push(n);
            known.1 = seconds;
        }
        assert_eq!(got.message.text, sent[which].with(&known.0), "{what}");
        let complete = known.0.len() == sent[which].words.len();
        assert_eq!(got.complete, complete, "{what}");
        assert!(got.shown || !complete, "{what}");
        if chance.below(3) == 0
            && let Some(location) = location
        {
            store.mark_removed(location).unwrap();
        }
        if chance.below(12) == 0 {
            drop(store);
            store = folder.open();
        }
    }
    let last = here.values().map(|known| known.1).max().unwrap_or(0);
    let wait = INCOMPLETE_AFTER.as_secs() as i64;
    store.show_incomplete(at(last + wait)).unwrap();
    assert_eq!(store.next_incomplete().unwrap(), None, "seed {seed}");
    for from in ["+15550101", "+15550102", "BANK"] {
        let mut expected: Vec<String> = here
            .iter()
            .filter(|(which, _)| sent[**which].from == from)
            .map(|(which, known)| sent[*which].with(&known.0))
            .collect();
        let mut shown = conversation(&store, from);
        expected.sort();
        shown.sort();
        assert_eq!(shown, expected, "seed {seed}: {from}");
    }
}

#[test]
fn long_texts_come_out_as_they_were_sent() {
    let seeds = std::env::var("DESKPHONE_TEST_SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    for seed in 0..seeds.unwrap_or(25) {
        life(seed);
    }
}
