//! Texts as the search sees them: lower case, without accents, every digit an ASCII digit, letters
//! that are written in several ways written in one; and cut into words. What is stored and what is
//! typed go the same way, so that they meet.

use std::ops::Range;
use unicode_normalization::char::decompose_compatible;

/// Characters of a word that count.
const WORD_LIMIT: usize = 40;

/// Digits of a number that count.
const NUMBER_LIMIT: usize = 24;

/// A number is found by its digits from any place on, if so many follow.
pub(super) const NUMBER_TAIL: usize = 4;

/// A text in folded characters, and where each comes from.
#[derive(Default, Debug)]
pub(super) struct Folded {
    pub(super) chars: Vec<char>,
    /// Octets of the text that each character stands for.
    at: Vec<(u32, u32)>,
}

/// What a character is to the search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// Part of a word.
    Word,
    /// Of a script whose words are not parted by spaces.
    Unspaced,
    /// Stands for itself: emoji, currency.
    Symbol,
    /// Parts words.
    Break,
}

/// A piece that the index holds, as a range of folded characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// A word of an alphabet.
    Word(Range<usize>),
    /// A run of a script without spaces.
    Run(Range<usize>),
    /// One symbol.
    Symbol(usize),
}

impl Folded {
    pub(super) fn of(text: &str) -> Folded {
        let mut folded =
            Folded { chars: Vec::with_capacity(text.len()), at: Vec::with_capacity(text.len()) };
        for (start, c) in text.char_indices() {
            let octets = (start as u32, (start + c.len_utf8()) as u32);
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase(), octets);
                continue;
            }
            let before = folded.chars.len();
            fold(c, &mut |c| folded.push(c, octets));
            // A mark without a letter of its own belongs to the letter before.
            if folded.chars.len() == before
                && let Some(last) = folded.at.last_mut()
            {
                last.1 = octets.1;
            }
        }
        folded
    }

    fn push(&mut self, c: char, octets: (u32, u32)) {
        self.chars.push(c);
        self.at.push(octets);
    }

    /// The octets of the text that a range of folded characters comes from; it is not empty.
    pub(super) fn octets(&self, range: Range<usize>) -> Range<usize> {
        self.at[range.start].0 as usize..self.at[range.end - 1].1 as usize
    }

    /// Words, runs and symbols, in order.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < self.chars.len() {
            let class = class(self.chars[at]);
            let mut end = at + 1;
            if matches!(class, Class::Word | Class::Unspaced) {
                while end < self.chars.len() && self::class(self.chars[end]) == class {
                    end += 1;
                }
            }
            match class {
                Class::Word => pieces.push(Piece::Word(at..end)),
                Class::Unspaced => pieces.push(Piece::Run(at..end)),
                Class::Symbol => pieces.push(Piece::Symbol(at)),
                Class::Break => {}
            }
            at = end;
        }
        pieces
    }

    /// The numbers in it with the places of their digits: groups of digits with one or two signs
    /// between them are one number (`+44 (7911) 123-456`).
    pub(super) fn numbers(&self) -> Vec<Vec<usize>> {
        let mut numbers: Vec<Vec<usize>> = Vec::new();
        let mut last_digit = None;
        for (at, c) in self.chars.iter().enumerate() {
            if !c.is_ascii_digit() {
                continue;
            }
            let joins = last_digit.is_some_and(|last: usize| {
                at - last <= 3 && self.chars[last + 1..at].iter().all(|&c| groups(c))
            });
            last_digit = Some(at);
            match numbers.last_mut() {
                Some(number) if joins && number.len() < NUMBER_LIMIT => number.push(at),
                _ => numbers.push(vec![at]),
            }
        }
        numbers
    }

    /// A piece as the index holds it, cut to a length.
    pub(super) fn word(&self, range: Range<usize>) -> String {
        self.chars[range].iter().take(WORD_LIMIT).collect()
    }
}

/// All that the index shall hold of a text, with spaces between.
pub(super) fn words(text: &str) -> String {
    let folded = Folded::of(text);
    let mut words = String::with_capacity(text.len() + 16);
    let mut add = |chars: &mut dyn Iterator<Item = char>| {
        words.extend(chars);
        words.push(' ');
    };
    for piece in folded.pieces() {
        match piece {
            Piece::Word(range) => {
                add(&mut folded.chars[range].iter().copied().take(WORD_LIMIT));
            }
            Piece::Run(range) => {
                for at in range.clone() {
                    add(&mut folded.chars[at..range.end.min(at + 2)].iter().copied());
                }
            }
            Piece::Symbol(at) => add(&mut std::iter::once(folded.chars[at])),
        }
    }
    for number in folded.numbers() {
        for start in 0..(number.len() + 1).saturating_sub(NUMBER_TAIL) {
            add(&mut number[start..].iter().map(|&at| folded.chars[at]));
        }
    }
    words
}

/// Signs that stand between the groups of a number.
pub(super) fn groups(c: char) -> bool {
    matches!(
        c,
        ' ' | '-' | '.' | ',' | '/' | ':' | '(' | ')' | '\u{2010}' | '\u{2011}' | '\u{2013}'
    )
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            '$' | '%' => Class::Symbol,
            c if c.is_ascii_alphanumeric() => Class::Word,
            _ => Class::Break,
        };
    }
    match u32::from(c) {
        // Thai, Lao, Burmese, Khmer, kana, Han.
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3005..=0x3007
        | 0x3040..=0x30FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF => Class::Unspaced,
        // The signs of Indian scripts are not all letters; danda and double danda end sentences.
        0x0964 | 0x0965 => Class::Break,
        0x0900..=0x0DFF => Class::Word,
        0x00A2..=0x00A5 | 0x20A0..=0x20CF | 0x2190..=0x2BFF | 0x1F000..=0x1FAFF => Class::Symbol,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Break,
    }
}

fn fold(c: char, out: &mut impl FnMut(char)) {
    decompose_compatible(c, |part| {
        if is_mark(part) {
            return;
        }
        if let Some(digit) = digit(part) {
            return out(digit);
        }
        for lower in part.to_lowercase() {
            match lower {
                'ß' => "ss".chars().for_each(&mut *out),
                'æ' => "ae".chars().for_each(&mut *out),
                'œ' => "oe".chars().for_each(&mut *out),
                'þ' => "th".chars().for_each(&mut *out),
                _ => out(one_spelling(lower)),
            }
        }
    });
}

/// Letters that keyboards and languages write in several ways.
fn one_spelling(c: char) -> char {
    match c {
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ħ' => 'h',
        'ı' => 'i',
        'ŋ' => 'n',
        'ς' => 'σ',
        // Arabic yeh and alef maksura, Persian yeh; kaf and keheh; teh marbuta, heh variants.
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ة' | 'ە' | 'ہ' | 'ھ' => 'ه',
        'ٱ' => 'ا',
        // Spaces of all widths.
        '\u{2000}'..='\u{200A}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// What is left out: accents and points, signs that are not seen, the stretched Arabic line.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x0300..=0x036F | 0x0591..=0x05BD | 0x05BF | 0x05C1 | 0x05C2 | 0x05C4 | 0x05C5
        | 0x05C7 | 0x0610..=0x061A | 0x061C | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC
        | 0x06DF..=0x06E8 | 0x06EA..=0x06ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F
        | 0xFEFF | 0xE0000..=0xE01EF)
}

/// Where the ten digits of other scripts begin (Unicode, general category Nd).
const ZEROS: [u32; 20] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810,
];

fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}
