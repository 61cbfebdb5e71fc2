//! Which national language tables could carry a text, found in one walk over it (3GPP TS 23.038
//! §6.2.1.2).
//!
//! What a text costs depends on its locking shift table alone: a character in it costs one septet,
//! any other two. The single shift table decides only whether the others can be said at all. So
//! there are no more candidates than locking shift tables.

use super::gsm7::{self, LANGUAGES};
use super::shape::Shape;

/// One lane for each language, and two to fill a vector register.
const LANES: usize = 16;

/// What a text asks of the tables.
pub(super) struct Census {
    /// Characters.
    characters: usize,
    /// How many characters each locking shift table lacks.
    missing: [u32; LANES],
    /// The single shift tables that have all of those.
    single: [u16; LANES],
}

impl Census {
    pub(super) fn of(text: &str) -> Census {
        let mut census = Census { characters: 0, missing: [0; LANES], single: [u16::MAX; LANES] };
        for character in text.chars() {
            let tables = gsm7::membership(character);
            census.characters += 1;
            for language in 0..LANES {
                let has = tables.locking >> language & 1;
                census.missing[language] += u32::from(has ^ 1);
                // All bits where the locking shift table has the character.
                census.single[language] &= tables.single | has.wrapping_neg();
            }
        }
        census
    }

    /// The codings in GSM 7-bit that have all characters, with the septets they need; the one with
    /// the default tables is not among them.
    pub(super) fn candidates(&self, wide: bool) -> impl Iterator<Item = (Shape, usize)> {
        (0..LANGUAGES).filter_map(move |locking| {
            let missing = self.missing[locking];
            let single = match self.single[locking] {
                _ if missing == 0 => 0,
                tables if tables & 1 != 0 => 0,
                // The same language rather than another that has the characters, too.
                tables if tables >> locking & 1 != 0 => locking as u8,
                tables => tables.trailing_zeros() as u8,
            };
            let locking = locking as u8;
            let shape = Shape { single, locking, ..Shape::gsm7(wide) };
            // Spanish has no locking shift table.
            let known = usize::from(single) < LANGUAGES && locking != 2;
            let septets = self.characters + missing as usize;
            (known && shape.is_national()).then_some((shape, septets))
        })
    }
}

/// The coding in GSM 7-bit that lacks the fewest characters of a text, the simplest of equals: what
/// a text that goes as UCS-2 could be brought to.
pub(super) fn nearest(text: &str, wide: bool) -> Shape {
    // Lacking with a single shift table alone, and with both tables of a language.
    let (mut shifted, mut locked) = ([0u32; LANES], [0u32; LANES]);
    for character in text.chars() {
        let tables = gsm7::membership(character);
        let default = (tables.locking & 1).wrapping_neg();
        let (one, both) = (default | tables.single, tables.locking | tables.single);
        for language in 0..LANES {
            shifted[language] += u32::from(one >> language & 1 ^ 1);
            locked[language] += u32::from(both >> language & 1 ^ 1);
        }
    }
    let single = (0..).zip(&shifted).map(|(single, lacks)| (*lacks, single, 0));
    // Spanish has no locking shift table.
    let both = (0..).zip(&locked).filter(|(language, _)| *language != 0 && *language != 2);
    let both = both.map(|(language, lacks)| (*lacks, language, language));
    let best = single
        .take(LANGUAGES)
        .chain(both.take(LANGUAGES - 2))
        .min_by_key(|(lacks, single, locking)| (*lacks, *locking, *single));
    let (_, single, locking) = best.unwrap_or_default();
    Shape { single, locking, ..Shape::gsm7(wide) }
}
