//! Text → segments, and what the composer's counter shows (3GPP TS 23.040 §9.2.3.24.1).
//!
//! One walk, [`Plan::of`], decides where a text is cut; counting and encoding both use it, so they
//! can't disagree. It never cuts an escape pair, a surrogate pair or a grapheme cluster; a cluster
//! that is longer than a whole segment is cut between characters.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::dcs::Dcs;
use super::gsm7;
use super::user_data::UserData;
use super::{Alphabet, Concat, EncodeError, SegmentInfo};

impl Alphabet {
    /// Septets or UTF-16 units of a text that stands alone.
    fn alone(self) -> usize {
        match self {
            Alphabet::Gsm7 => 160,
            Alphabet::Ucs2 => 70,
        }
    }

    /// Septets or UTF-16 units of a segment after the six octets of an 8-bit reference.
    fn in_segment(self) -> usize {
        match self {
            Alphabet::Gsm7 => 153,
            Alphabet::Ucs2 => 67,
        }
    }

    fn dcs(self) -> Dcs {
        match self {
            Alphabet::Gsm7 => Dcs::GSM7,
            Alphabet::Ucs2 => Dcs::UCS2,
        }
    }
}

/// Where a text is cut, and into what.
struct Plan {
    alphabet: Alphabet,
    /// Septets or units of the whole text.
    total: usize,
    /// Ends of all segments but the last, in octets of UTF-8, if it doesn't stand alone.
    cuts: Vec<usize>,
    /// Septets or units in the last segment.
    used_in_last: usize,
    forced_by: Option<char>,
}

impl Plan {
    fn of(text: &str) -> Plan {
        let (mut plan, forced_by) = Plan::gsm7(text);
        if forced_by.is_some() {
            plan = Plan::ucs2(text);
            plan.forced_by = forced_by;
        }
        if plan.total <= plan.alphabet.alone() {
            plan.cuts.clear();
            plan.used_in_last = plan.total;
        }
        plan
    }

    fn new(alphabet: Alphabet) -> Plan {
        Plan { alphabet, total: 0, cuts: Vec::new(), used_in_last: 0, forced_by: None }
    }

    /// Cuts a text in the default alphabet, or names the first character that it lacks. All its
    /// characters are clusters by themselves, but for CR LF.
    fn gsm7(text: &str) -> (Plan, Option<char>) {
        let mut plan = Plan::new(Alphabet::Gsm7);
        let limit = plan.alphabet.in_segment();
        let (mut used, mut previous) = (0, ' ');
        for (at, character) in text.char_indices() {
            let Some(cost) = gsm7::cost(character) else { return (plan, Some(character)) };
            if used + cost > limit {
                let pair = character == '\n' && previous == '\r';
                plan.cuts.push(at - usize::from(pair));
                used = usize::from(pair);
            }
            used += cost;
            plan.total += cost;
            previous = character;
        }
        plan.used_in_last = used;
        (plan, None)
    }

    fn ucs2(text: &str) -> Plan {
        let mut plan = Plan::new(Alphabet::Ucs2);
        let limit = plan.alphabet.in_segment();
        let (mut start, mut used) = (0, 0);
        for (at, character) in text.char_indices() {
            let cost = character.len_utf16();
            // Twice at most: what is carried over may be as long as a segment itself.
            while used + cost > limit {
                start = cluster_start(text, start, at);
                used = text[start..at].encode_utf16().count();
                plan.cuts.push(start);
            }
            used += cost;
            plan.total += cost;
        }
        plan.used_in_last = used;
        plan
    }

    fn segments(&self) -> usize {
        self.cuts.len() + 1
    }
}

/// Where the cluster that would be cut at `at` begins; `at` itself if none would be cut, or one
/// that began with the segment at `start`. More than `start`.
fn cluster_start(text: &str, start: usize, at: usize) -> usize {
    let rest = &text[start..];
    let mut cursor = GraphemeCursor::new(at - start, rest.len(), true);
    if cursor.is_boundary(rest, 0) != Ok(false) {
        return at;
    }
    match cursor.prev_boundary(rest, 0) {
        Ok(Some(boundary)) if boundary > 0 => start + boundary,
        _ => at,
    }
}

/// Counts segments; see [`super::count_segments`].
pub(super) fn count(text: &str) -> SegmentInfo {
    let plan = Plan::of(text);
    let (alphabet, segments) = (plan.alphabet, plan.segments());
    let segments_if_gsm7 = match alphabet {
        Alphabet::Gsm7 => segments,
        // No character costs more than two septets.
        Alphabet::Ucs2 if plan.total <= Alphabet::Gsm7.alone() / 2 => 1,
        Alphabet::Ucs2 => count_as_gsm7(text),
    };
    SegmentInfo {
        alphabet,
        segments,
        used_in_last: plan.used_in_last,
        capacity: if segments == 1 { alphabet.alone() } else { alphabet.in_segment() },
        forced_by: plan.forced_by,
        segments_if_gsm7,
    }
}

/// Segments if every cluster that needs UCS-2 were replaced by one plain character.
fn count_as_gsm7(text: &str) -> usize {
    let (mut total, mut segments, mut used) = (0, 1, 0);
    for cluster in text.graphemes(true) {
        let cost = cluster.chars().map(gsm7::cost).sum::<Option<usize>>().unwrap_or(1);
        total += cost;
        if used + cost > Alphabet::Gsm7.in_segment() {
            segments += 1;
            used = 0;
        }
        used += cost;
    }
    if total <= Alphabet::Gsm7.alone() { 1 } else { segments }
}

/// The segments of a text, coded. Made by [`encode`].
pub(super) struct Segments<'a> {
    text: &'a str,
    alphabet: Alphabet,
    /// Ends of the segments to come but the last.
    cuts: std::vec::IntoIter<usize>,
    start: usize,
    /// Place of the next segment; none if the text stands alone.
    place: Option<Concat>,
}

/// Cuts a text into coded segments.
pub(super) fn encode(text: &str, concat_reference: u8) -> Result<Segments<'_>, EncodeError> {
    if text.is_empty() {
        return Err(EncodeError::Empty);
    }
    let plan = Plan::of(text);
    let Ok(parts) = u8::try_from(plan.segments()) else {
        return Err(EncodeError::TooLong(plan.segments()));
    };
    let reference = u16::from(concat_reference);
    let place = (parts > 1).then_some(Concat { reference, wide: false, parts, part: 1 });
    Ok(Segments { text, alphabet: plan.alphabet, cuts: plan.cuts.into_iter(), start: 0, place })
}

impl Iterator for Segments<'_> {
    type Item = UserData;

    fn next(&mut self) -> Option<UserData> {
        if self.start == self.text.len() {
            return None;
        }
        let end = self.cuts.next().unwrap_or(self.text.len());
        let segment = &self.text[self.start..end];
        self.start = end;
        let data = UserData::segment(self.alphabet.dcs(), self.place, segment);
        if let Some(place) = &mut self.place {
            place.part = place.part.saturating_add(1);
        }
        data
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let last = usize::from(self.start < self.text.len());
        (self.cuts.len() + last, Some(self.cuts.len() + last))
    }
}
