//! Noise: octets that no modem would send. Nothing may panic, grow, or be taken for success.

use super::read_in_every_way;
use deskphone::at::framer::{MAX_LINE, MAX_PENDING};
use deskphone::at::{Frame, Framer, Hint};

/// A small generator of numbers (SplitMix64), so that a seed names a run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Pieces that make noise look like AT text.
const PIECES: [&str; 44] = [
    "\r\n",
    "\r",
    "\n",
    "\r\r\n",
    "OK",
    "ERROR",
    "+CME ERROR: ",
    "+CMS ERROR: ",
    "RING",
    "> ",
    ">",
    "NO CARRIER",
    "+CLCC: ",
    "+CREG: ",
    "+COPS: (",
    "+CUSD: 0,\"",
    "+CMGL: ",
    "+CMGR: ",
    "+CMT: ",
    "+CPMS: (",
    "^CEND:",
    "^DSCI: ",
    "#ECAM: ",
    "*ECAV: ",
    "^SLCC:",
    "VOICE CALL: END",
    "+CBC: ",
    "+CEER: ",
    "+QIND: \"ccinfo\",",
    "\"",
    ",",
    ",,",
    "(",
    ")",
    "-",
    "1",
    "0",
    "145",
    "255",
    "99999999999999999999",
    "00410042",
    "D83D",
    "\\22",
    "+49301234567",
];

/// Noise that looks like AT text here and there.
fn noise(numbers: &mut Numbers, pieces: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..numbers.below(pieces) {
        match numbers.below(8) {
            0 => bytes.push(numbers.next() as u8),
            1 => bytes.extend(numbers.next().to_le_bytes()),
            _ => bytes.extend(PIECES[numbers.below(PIECES.len())].as_bytes()),
        }
    }
    bytes
}

#[test]
fn noise_gives_the_same_frames_in_every_split() {
    for seed in 0..1000 {
        let mut numbers = Numbers(seed);
        let hint = Hint { expect_prompt: seed % 2 == 0 };
        let stream = noise(&mut numbers, 80);
        let mut whole = Framer::new();
        whole.push(&stream);
        let mut cut = Framer::new();
        let mut frames = Vec::new();
        let mut rest = stream.as_slice();
        while !rest.is_empty() {
            let (first, behind) = rest.split_at(1 + numbers.below(rest.len()));
            cut.push(first);
            frames.extend(std::iter::from_fn(|| cut.next(hint)));
            rest = behind;
        }
        frames.extend(std::iter::from_fn(|| cut.flush_partial()));
        let mut expected: Vec<Frame> = std::iter::from_fn(|| whole.next(hint)).collect();
        expected.extend(std::iter::from_fn(|| whole.flush_partial()));
        assert_eq!(frames, expected, "seed {seed}");
    }
}

#[test]
fn noise_in_any_split_is_survived() {
    for seed in 0..400 {
        let mut numbers = Numbers(seed);
        let mut framer = Framer::new();
        for _ in 0..numbers.below(60) {
            let bytes = noise(&mut numbers, 12);
            framer.push(&bytes);
            let hint = Hint { expect_prompt: numbers.below(3) == 0 };
            while let Some(frame) = framer.next(hint) {
                let Frame::Line(line) = frame else { continue };
                assert!(!line.trim_matches([' ', '\t']).is_empty(), "seed {seed}: a blank line");
                let control = |c: char| c.is_control() && c != '\n' && c != '\t';
                assert!(!line.contains(control), "seed {seed}: {line:?}");
                read_in_every_way(&line);
            }
        }
        while let Some(Frame::Line(line)) = framer.flush_partial() {
            read_in_every_way(&line);
        }
        assert!(!framer.has_partial(), "seed {seed}");
    }
}

#[test]
fn babble_without_an_end_gives_no_line_and_needs_no_memory() {
    let mut framer = Framer::new();
    for _ in 0..1000 {
        framer.push(&[b'x'; 1000]);
        assert_eq!(framer.next(Hint::default()), None);
    }
    framer.push(b"\r\nOK\r\n");
    assert_eq!(framer.next(Hint::default()), Some(Frame::Line("x".repeat(MAX_LINE))));
    assert_eq!(framer.next(Hint::default()), Some(Frame::Line("OK".to_owned())));
    assert_eq!(framer.next(Hint::default()), None);
}

#[test]
fn what_nobody_reads_is_dropped_at_a_limit_and_what_follows_is_read() {
    let mut framer = Framer::new();
    for _ in 0..3 * MAX_PENDING / 8 {
        framer.push(b"+CSQ: 1\n");
    }
    framer.push(b"lost\r\nRING\r\n");
    let mut count = 0;
    let mut last = String::new();
    while let Some(Frame::Line(line)) = framer.next(Hint::default()) {
        count += 1;
        last = line;
    }
    assert!((MAX_PENDING / 8 - 2..=MAX_PENDING / 8 + 2).contains(&count), "{count} lines");
    assert!(last.starts_with("+CSQ"), "{last}");
    framer.push(b"RING\r\n");
    assert_eq!(framer.next(Hint::default()), Some(Frame::Line("RING".to_owned())));
}

#[test]
fn a_long_list_of_quotes_and_parentheses_is_read_in_no_time() {
    let started = std::time::Instant::now();
    for piece in ["\"", "(", ")", ",", "\",", "(\"", "\"x,", "),(", "\\22", "0041", "1,", "(0-9"] {
        for head in ["+COPS: ", "+CPMS: ", "+CIND: ", "+CUSD: 0,", "+CLCC: ", "+CMGL: ", "^DSCI: "]
        {
            let line = format!("{head}{}", piece.repeat((MAX_LINE - head.len()) / piece.len()));
            read_in_every_way(&line);
        }
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
