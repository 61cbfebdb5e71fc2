//! Every kind of line in the corpus is either one that the program uses, and then each sample of it
//! is read or stands in a list of those that can't be; or it is none of its business, and then no
//! line of it may look like anything that moves a call, a text or the SIM.

use super::corpus::{Sample, samples};
use super::lines;
use deskphone::at::response::*;
use deskphone::at::{FinalResult, Unsolicited};
use std::collections::BTreeMap;

/// Whether a sample is read; by the parser that the driver uses for it.
type Reads = fn(&[String]) -> bool;

fn any(lines: &[String], reads: impl Fn(&str) -> bool) -> bool {
    lines.iter().any(|line| reads(line))
}

fn unsolicited(lines: &[String], is: impl Fn(&Unsolicited) -> bool) -> bool {
    any(lines, |line| Unsolicited::parse(line).is_some_and(|known| is(&known)))
}

fn result(lines: &[String]) -> bool {
    any(lines, |line| FinalResult::parse(line).is_some())
}

/// What the program uses.
const USED: [(&str, Reads); 41] = [
    ("+CLCC", |l| any(l, |line| clcc::parse(line).is_some())),
    ("^SLCC", |l| {
        unsolicited(l, |urc| matches!(urc, Unsolicited::Call(_) | Unsolicited::CallListEnd))
    }),
    ("^CIEV", |l| unsolicited(l, |urc| matches!(urc, Unsolicited::Ciev { .. }))),
    ("+CREG", registration),
    ("+CGREG", registration),
    ("+CEREG", registration),
    ("+C5GREG", registration),
    ("+COPS", |l| {
        any(l, |line| cops::parse(line).is_some())
            || !cops::parse_list(l.iter().map(String::as_str)).is_empty()
    }),
    ("+CMGL", |l| !cmgl::parse_block(l.iter().map(String::as_str)).is_empty()),
    ("+CMGR", |l| any(l, |line| cmgr::parse(line).is_some())),
    ("+CPMS", |l| any(l, |line| cpms::parse(line).is_some() || cpms::parse_test(line).is_some())),
    ("+CNUM", |l| any(l, |line| cnum::parse(line).is_some())),
    ("+CLIP", |l| unsolicited(l, |urc| matches!(urc, Unsolicited::Clip(_)))),
    ("+CCWA", |l| {
        any(l, |line| ccwa::parse(line).is_some())
            || ccwa::parse_status(l.iter().map(String::as_str)).is_some()
    }),
    ("+CPIN", |l| any(l, |line| cpin::parse(line).is_some())),
    ("+CEER", |l| any(l, |line| ceer::parse(line).is_some())),
    ("+CIND", |l| any(l, |line| !cind::parse_test(line).is_empty())),
    ("+CSQ", |l| any(l, |line| csq::parse(line).is_some())),
    ("+CESQ", |l| any(l, |line| cesq::parse(line).is_some())),
    ("+CBC", |l| any(l, |line| cbc::parse(line).is_some())),
    ("+CNMI", |l| any(l, |line| cnmi::parse(line).is_some() || line.contains('('))),
    ("+CSCS", |l| any(l, |line| after(line, "+CSCS").is_some())),
    ("+CMGF", |l| any(l, |line| after(line, "+CMGF").is_some())),
    ("+CLCK", |l| any(l, |line| after(line, "+CLCK").is_some())),
    ("+CRING", |l| unsolicited(l, |urc| *urc == Unsolicited::Cring("VOICE".to_owned()))),
    ("RING", |l| unsolicited(l, |urc| *urc == Unsolicited::Ring)),
    ("+RXDTMF", |l| {
        let tone = l[0].chars().last();
        unsolicited(l, |urc| matches!(urc, Unsolicited::Dtmf(heard) if Some(*heard) == tone))
    }),
    ("+CDS", |l| unsolicited(l, |urc| *urc == Unsolicited::Cds { length: Some(24) })),
    ("+CBM", |l| unsolicited(l, |urc| matches!(urc, Unsolicited::Cbm { length: Some(_) }))),
    ("NORMAL POWER DOWN", |l| unsolicited(l, |urc| *urc == Unsolicited::PowerDown)),
    ("OK", result),
    ("ERROR", result),
    ("+CME ERROR", result),
    ("+CMS ERROR", result),
    ("COMMAND NOT SUPPORT", result),
    ("NO CARRIER", result),
    ("BUSY", result),
    ("NO ANSWER", result),
    ("NO DIALTONE", result),
    ("CONNECT", result),
    ("+CFUN", |l| any(l, |line| after(line, "+CFUN").is_some())),
];

fn registration(lines: &[String]) -> bool {
    any(lines, |line| creg::parse(line).is_some())
}

/// The beginnings of samples of those kinds that say nothing that could be read, and why.
const NOTHING_TO_READ: [(&str, &str, &str); 7] = [
    ("+COPS", "+COPS=", "a command"),
    ("+COPS", "+COPS: (0,1,2,3", "the modes alone, and no operator"),
    ("+CCWA", "+CCWA: 0,2", "nothing about voice calls, class 1"),
    ("+CCWA", "+CCWA: 1,2", "nothing about voice calls, class 1"),
    ("+CCWA", "+CCWA: 2,1", "2 is neither on nor off"),
    ("+CLCC", "+CLCC: (0-1)", "the answer to a test command"),
    ("ERROR", "ERROR CALLING", "another program's own words"),
];

#[test]
fn every_sample_of_a_kind_that_is_used_is_read() {
    let Some(samples) = samples() else { return };
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut unread = Vec::new();
    for sample in &samples {
        let Some((key, reads)) = USED.iter().find(|(key, _)| *key == sample.key) else {
            continue;
        };
        let lines = lines(&sample.raw);
        let read = reads(&lines);
        let start = sample.raw.trim_start();
        let excused = NOTHING_TO_READ
            .iter()
            .any(|(other, begins, _)| other == key && start.starts_with(begins));
        if !read && !excused {
            unread.push(format!("{} {:?}", sample.id, sample.raw));
        }
        let count = counts.entry(key).or_default();
        count[0] += 1;
        count[1] += usize::from(read);
        count[2] += usize::from(!sample.expect.is_null());
        count[3] += usize::from(!read);
    }
    for (key, [all, read, expected, excused]) in &counts {
        println!("{key}: {all}, read {read}, with values to compare {expected}, left {excused}");
    }
    assert!(unread.is_empty(), "not read: {unread:#?}");
    let left: usize = counts.values().map(|count| count[3]).sum();
    println!("{left} left: {NOTHING_TO_READ:?}");
    let seen: Vec<&str> = USED.iter().map(|(key, _)| *key).collect();
    assert!(seen.iter().all(|key| counts.contains_key(key)), "a kind without a sample");
}

/// Nothing that would move a call, a text or the SIM. A result code is one wherever it stands.
fn harmless(sample: &Sample, line: &str) {
    let known = Unsolicited::parse(line);
    let harmless = matches!(
        known,
        None | Some(
            Unsolicited::Noise
                | Unsolicited::Signal(_)
                | Unsolicited::Ciev { .. }
                | Unsolicited::SimChanged
                | Unsolicited::Started(_)
        )
    );
    assert!(harmless, "{} {line:?}: {known:?}", sample.id);
    assert!(clcc::parse(line).is_none() && cusd::parse(line).is_none(), "{} {line:?}", sample.id);
}

#[test]
fn every_other_line_is_ignored_harmlessly() {
    let Some(samples) = samples() else { return };
    let mut ignored: BTreeMap<&str, usize> = BTreeMap::new();
    for sample in &samples {
        if USED.iter().any(|(key, _)| *key == sample.key) {
            continue;
        }
        lines(&sample.raw).iter().for_each(|line| harmless(sample, line));
        *ignored.entry(&sample.key).or_default() += 1;
    }
    let total: usize = ignored.values().sum();
    println!("{total} samples of {} kinds are none of our business: {ignored:?}", ignored.len());
    assert!(total > 400, "{total}");
}
