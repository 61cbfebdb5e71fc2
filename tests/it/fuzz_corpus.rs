//! The fuzzer's corpus, and mutations of it, through the functions that the fuzzer calls: what it
//! has found once stays found. `SEED=7 cargo test fuzz_corpus` makes other mutations.

#[path = "../fuzz/checks.rs"]
mod checks;

use deskphone::simulator::Random;
use std::fs;
use std::path::Path;

/// Mutations of each target's corpus.
const MUTATIONS: usize = 2000;
/// Octets of a mutation at most.
const LONGEST: usize = 4096;

/// Says which input it was if the check panics.
struct Tried<'a>(&'a str, &'a [u8]);

impl Drop for Tried<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{} with b\"{}\"", self.0, self.1.escape_ascii());
        }
    }
}

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut found: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect();
    found.sort();
    assert!(found.len() >= 10, "{} has {} files", folder.display(), found.len());
    found
}

/// One or a few changes of the kinds that a fuzzer makes.
fn mutated(one: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut octets = one.to_vec();
    for _ in 0..random.between((1, 4)) {
        let at = random.below(octets.len() as u64 + 1) as usize;
        match random.below(6) {
            0 => octets.insert(at, random.next() as u8),
            1 => octets.truncate(at),
            2 => octets.extend_from_slice(&other[random.below(other.len() as u64) as usize..]),
            3 => drop(octets.drain(at..(at + 3).min(octets.len()))),
            _ => {
                if let Some(octet) = octets.get_mut(at) {
                    *octet ^= 1 << random.below(8);
                }
            }
        }
    }
    octets.truncate(LONGEST);
    octets
}

fn replay(target: &str, check: fn(&[u8])) {
    let corpus = corpus(target);
    for (name, octets) in &corpus {
        let _tried = Tried(name, octets);
        check(octets);
    }
    let seed = std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut random = Random::new(seed);
    for _ in 0..MUTATIONS {
        let [one, other] = [0; 2].map(|_| &corpus[random.below(corpus.len() as u64) as usize].1);
        let octets = mutated(one, other, &mut random);
        let _tried = Tried(target, &octets);
        check(&octets);
    }
}

#[test]
fn any_octets_as_pdu() {
    replay("codec", checks::codec);
}

#[test]
fn any_text_to_send() {
    replay("segment", checks::segment);
}

#[test]
fn any_octets_from_a_modem_in_any_pieces() {
    replay("framer", checks::framer);
}

#[test]
fn any_conversation_with_a_modem() {
    replay("modem", checks::modem);
}

#[test]
fn any_file_as_contacts() {
    replay("vcard", checks::vcard);
}

#[test]
fn any_file_as_list_of_texts() {
    replay("merge", checks::merge);
}
