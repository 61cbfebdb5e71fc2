//! How the segments of one text are coded: alphabet, national language tables, width of the
//! reference; and so what fits into one (3GPP TS 23.040 §9.2.3.24, 23.038 §6.2.1.2).

use super::dcs::Dcs;
use super::gsm7;
use super::user_data::{MAX_OCTETS, MAX_SEPTETS};
use super::user_data_header::{IEI_LOCKING_SHIFT, IEI_SINGLE_SHIFT, concat_element};
use super::{Alphabet, Concat};

/// Octets of one language element: identifier, length, language.
const LANGUAGE_ELEMENT: usize = 3;
/// The most octets a header of ours has after its length: a wide reference and two languages.
const MAX_HEADER: usize = 6 + 2 * LANGUAGE_ELEMENT;

/// The coding of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    pub(super) alphabet: Alphabet,
    /// National language identifier of the single shift table; 0 is the extension table.
    pub(super) single: u8,
    /// National language identifier of the locking shift table; 0 is the default alphabet.
    pub(super) locking: u8,
    /// References have 16 bits.
    pub(super) wide: bool,
}

impl Shape {
    pub(super) const fn gsm7(wide: bool) -> Shape {
        Shape { alphabet: Alphabet::Gsm7, single: 0, locking: 0, wide }
    }

    pub(super) const fn ucs2(wide: bool) -> Shape {
        Shape { alphabet: Alphabet::Ucs2, ..Shape::gsm7(wide) }
    }

    /// Whether a national language table is used.
    pub(super) fn is_national(self) -> bool {
        self.single != 0 || self.locking != 0
    }

    /// National language identifiers: single shift, locking shift.
    #[inline]
    pub(super) fn tables(self) -> (u8, u8) {
        (self.single, self.locking)
    }

    /// Less is simpler: the default alphabet, a single shift table, a locking one, both, UCS-2.
    pub(super) fn rank(self) -> u8 {
        match self.alphabet {
            Alphabet::Ucs2 => 4,
            Alphabet::Gsm7 => u8::from(self.locking != 0) * 2 + u8::from(self.single != 0),
        }
    }

    /// Septets or UTF-16 units that a character costs; none if the alphabet lacks it.
    #[inline]
    pub(super) fn cost(self, character: char) -> Option<usize> {
        match self.alphabet {
            Alphabet::Ucs2 => Some(character.len_utf16()),
            Alphabet::Gsm7 if self.is_national() => {
                gsm7::national_cost(character, self.single, self.locking)
            }
            Alphabet::Gsm7 => gsm7::cost(character),
        }
    }

    /// Septets or UTF-16 units of a text that stands alone: 160 or 70 without national tables.
    pub(super) fn alone(self) -> usize {
        self.after_header(self.language_octets())
    }

    /// Septets or UTF-16 units of a segment of a long text: 153 or 67 with 8-bit references and
    /// without national tables.
    pub(super) fn in_segment(self) -> usize {
        self.after_header(self.language_octets() + if self.wide { 6 } else { 5 })
    }

    fn language_octets(self) -> usize {
        LANGUAGE_ELEMENT * (usize::from(self.single != 0) + usize::from(self.locking != 0))
    }

    /// What fits behind a header with so many octets of elements.
    fn after_header(self, elements: usize) -> usize {
        let header = if elements == 0 { 0 } else { elements + 1 };
        match self.alphabet {
            // The text begins at a septet's boundary (§9.2.3.24).
            Alphabet::Gsm7 => MAX_SEPTETS - (header * 8).div_ceil(7),
            Alphabet::Ucs2 => (MAX_OCTETS - header) / 2,
        }
    }

    /// The information elements of a segment, and how many octets they are.
    #[inline]
    pub(super) fn header(self, place: Option<Concat>) -> ([u8; MAX_HEADER], usize) {
        let (mut header, mut end) = ([0; MAX_HEADER], 0);
        if let Some(place) = place {
            let (element, length) = concat_element(place);
            header[..6].copy_from_slice(&element);
            end = length;
        }
        if !self.is_national() {
            return (header, end);
        }
        for (identifier, language) in
            [(IEI_SINGLE_SHIFT, self.single), (IEI_LOCKING_SHIFT, self.locking)]
        {
            if language != 0 {
                let element = [identifier, 1, language];
                header[end..end + LANGUAGE_ELEMENT].copy_from_slice(&element);
                end += LANGUAGE_ELEMENT;
            }
        }
        (header, end)
    }

    /// TP-DCS without class.
    pub(super) fn dcs(self) -> Dcs {
        match self.alphabet {
            Alphabet::Gsm7 => Dcs::GSM7,
            Alphabet::Ucs2 => Dcs::UCS2,
        }
    }
}
