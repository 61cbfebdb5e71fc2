//! What is looked for, taken apart as the texts are, and where it stands in a text.

use super::fold::{self, Folded, NUMBER_TAIL, Piece};
use std::ops::Range;

/// Characters of a query that count.
const QUERY_LIMIT: usize = 200;

/// Pieces of a query that count.
const TERM_LIMIT: usize = 16;

/// Marks of one text.
const MARK_LIMIT: usize = 200;

/// Digits that make a query a number.
const NUMBER_DIGITS: usize = 3;

/// One piece of a query; a text has to have all of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Term {
    /// The beginning of a word.
    Word(String),
    /// Characters of a script without spaces, one after the other.
    Run(Vec<char>),
    /// An emoji or the like.
    Symbol(char),
}

/// A query, understood.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Wanted {
    pub(super) terms: Vec<Term>,
    /// The digits of a query that is a number and nothing else: found with other signs between
    /// them, and as the sender.
    pub(super) digits: Option<String>,
    /// What stands between white space, folded: for texts that are looked through.
    pub(super) literals: Vec<Vec<char>>,
}

impl Wanted {
    pub(super) fn read(query: &str) -> Wanted {
        let query: String = query.chars().take(QUERY_LIMIT).collect();
        let folded = Folded::of(&query);
        let mut wanted = Wanted { digits: digits(&folded.chars), ..Wanted::default() };
        for piece in folded.pieces() {
            let term = match piece {
                Piece::Word(range) => Term::Word(folded.word(range)),
                Piece::Run(range) => Term::Run(folded.chars[range].to_vec()),
                Piece::Symbol(at) => Term::Symbol(folded.chars[at]),
            };
            if wanted.terms.len() < TERM_LIMIT && !wanted.terms.contains(&term) {
                wanted.terms.push(term);
            }
        }
        let words = folded.chars.split(|c| c.is_whitespace() || c.is_control());
        let words = words.filter(|word| !word.is_empty()).take(TERM_LIMIT);
        wanted.literals = words.map(<[char]>::to_vec).collect();
        wanted
    }

    /// Where the terms stand in a text, in octets, in order, without overlaps. `None` if one of the
    /// runs does not stand in it: the index knows pairs of characters only.
    pub(super) fn marks(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let folded = Folded::of(text);
        let mut found = Vec::new();
        let pieces = folded.pieces();
        let numbers = folded.numbers();
        for term in &self.terms {
            let before = found.len();
            match term {
                Term::Word(word) => {
                    let word: Vec<char> = word.chars().collect();
                    words(&folded, &pieces, &word, &mut found);
                    tails(&folded, &numbers, &word, &mut found);
                }
                Term::Run(run) => {
                    substrings(&folded, run, &mut found);
                    if found.len() == before {
                        return None;
                    }
                }
                Term::Symbol(symbol) => substrings(&folded, &[*symbol], &mut found),
            }
        }
        if let Some(digits) = &self.digits {
            let digits: Vec<char> = digits.chars().collect();
            tails(&folded, &numbers, &digits, &mut found);
        }
        Some(merged(&folded, found))
    }

    /// The same for a text that is looked through: every word anywhere. `None` if one is missing.
    pub(super) fn literal_marks(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let folded = Folded::of(text);
        let mut found = Vec::new();
        for literal in &self.literals {
            let before = found.len();
            substrings(&folded, literal, &mut found);
            if found.len() == before {
                return None;
            }
        }
        Some(merged(&folded, found))
    }
}

/// The digits of a number, without leading zeros and the `+`; `None` if there is anything else.
fn digits(query: &[char]) -> Option<String> {
    let plain = |c: &char| c.is_ascii_digit() || *c == '+' || fold::groups(*c);
    if !query.iter().all(plain) {
        return None;
    }
    let all: String = query.iter().filter(|c| c.is_ascii_digit()).collect();
    let significant = all.trim_start_matches('0');
    let digits = if significant.len() >= NUMBER_TAIL { significant } else { all.as_str() };
    (digits.len() >= NUMBER_DIGITS).then(|| digits.to_owned())
}

fn words(folded: &Folded, pieces: &[Piece], word: &[char], found: &mut Vec<Range<usize>>) {
    for piece in pieces {
        if let Piece::Word(range) = piece
            && folded.chars[range.clone()].starts_with(word)
        {
            found.push(range.start..range.start + word.len());
        }
    }
}

/// Digits within a number, whatever stands between them.
fn tails(folded: &Folded, numbers: &[Vec<usize>], digits: &[char], found: &mut Vec<Range<usize>>) {
    if digits.is_empty() || !digits.iter().all(char::is_ascii_digit) {
        return;
    }
    for number in numbers {
        let starts = (number.len() + 1).saturating_sub(NUMBER_TAIL.max(digits.len()));
        for tail in (0..starts).map(|start| &number[start..start + digits.len()]) {
            if tail.iter().zip(digits).all(|(&at, digit)| folded.chars[at] == *digit) {
                found.push(tail[0]..tail[tail.len() - 1] + 1);
            }
        }
    }
}

fn substrings(folded: &Folded, wanted: &[char], found: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at + wanted.len() <= folded.chars.len() && found.len() < MARK_LIMIT {
        if folded.chars[at..].starts_with(wanted) {
            found.push(at..at + wanted.len());
            at += wanted.len().max(1);
        } else {
            at += 1;
        }
    }
}

/// In order, and overlapping ones joined.
fn merged(folded: &Folded, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut marks: Vec<Range<usize>> = Vec::new();
    for range in found {
        let octets = folded.octets(range);
        match marks.last_mut() {
            Some(last) if octets.start < last.end => last.end = last.end.max(octets.end),
            _ => marks.push(octets),
        }
    }
    marks.truncate(MARK_LIMIT);
    marks
}
