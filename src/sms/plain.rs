//! A text without the characters that force UCS-2: quotes, dashes, spaces, accents and the like in
//! their plain form (3GPP TS 23.038 §6.2.1).

use unicode_segmentation::UnicodeSegmentation;

use super::plain_letters::{COMPOSED, GREEK, LETTERS, SIGNS};
use super::plan::{self, Plan};
use super::shape::Shape;
use super::{Alphabet, Encoding, PlainText, count_segments};

/// The most pairs that are listed.
const MAX_PAIRS: usize = 100;

/// The text with everything replaced that forces UCS-2; see [`super::plain_text`].
pub(super) fn plain_text(text: &str, encoding: Encoding) -> Option<PlainText> {
    if Plan::of(text, encoding).shape.alphabet == Alphabet::Gsm7 {
        return None;
    }
    // A joiner has no plain form inside a letter or a picture, and none of its own: what is left
    // out must not change what stands beside it. So whole clusters are looked at.
    let near = plan::nearest(text, encoding);
    let mut plain = String::with_capacity(text.len());
    let mut replaced: Vec<(String, String)> = Vec::new();
    for cluster in text.graphemes(true) {
        if cluster.chars().all(|c| near.cost(c).is_some()) {
            plain.push_str(cluster);
            continue;
        }
        let start = plain.len();
        push_plain(cluster, near, &mut plain)?;
        let new = &plain[start..];
        let listed = replaced.iter().any(|(old, _)| old == cluster);
        if !listed && replaced.len() < MAX_PAIRS {
            replaced.push((cluster.to_owned(), new.to_owned()));
        }
    }
    let info = count_segments(&plain, encoding);
    let better = info.alphabet == Alphabet::Gsm7 && !plain.is_empty();
    better.then_some(PlainText { text: plain, segments: info.segments, replaced })
}

/// Appends the plain form of a cluster; none if it has none.
fn push_plain(cluster: &str, near: Shape, plain: &mut String) -> Option<()> {
    let mut letter: Option<char> = None;
    for character in cluster.chars() {
        match letter {
            // A mark on a letter: one letter for both if the alphabet has it, else without.
            Some(base) if is_mark(character) => {
                if let Some(whole) = composed(base, character)
                    && near.cost(whole).is_some()
                {
                    letter = Some(whole);
                }
            }
            _ => {
                push_letter(letter.take(), near, plain)?;
                letter = Some(character);
            }
        }
    }
    push_letter(letter, near, plain)
}

/// Appends the plain form of one character.
fn push_letter(letter: Option<char>, near: Shape, plain: &mut String) -> Option<()> {
    let Some(letter) = letter else { return Some(()) };
    if near.cost(letter).is_some() {
        plain.push(letter);
        return Some(());
    }
    let base = row_with(LETTERS, letter).or_else(|| row_with(GREEK, letter));
    if let Some(base) = base.or_else(|| simple(letter)) {
        plain.push(base);
        return Some(());
    }
    let (_, sign) = SIGNS.iter().find(|(signs, _)| signs.contains(letter))?;
    plain.push_str(sign);
    Some(())
}

fn row_with(rows: &[(char, &str)], letter: char) -> Option<char> {
    rows.iter().find(|(_, letters)| letters.contains(letter)).map(|(plain, _)| *plain)
}

/// Full-width forms, superscript and subscript digits: blocks in the order of ASCII.
fn simple(character: char) -> Option<char> {
    let code = u32::from(character);
    let ascii = match code {
        0xFF01..=0xFF5E => code - 0xFF01 + 0x21,
        0x2070 | 0x2074..=0x2079 => code - 0x2070 + 0x30,
        0x2080..=0x2089 => code - 0x2080 + 0x30,
        _ => return None,
    };
    // A grave accent is no character of the alphabet.
    char::from_u32(ascii).filter(|plain| *plain != '`')
}

/// Combining marks of European scripts.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{0300}'..='\u{036F}')
}

/// The letter that a mark makes of another.
fn composed(base: char, mark: char) -> Option<char> {
    let (_, pairs) = COMPOSED.iter().find(|(of, _)| *of == mark)?;
    let mut pairs = pairs.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == base {
            return Some(to);
        }
    }
    None
}
