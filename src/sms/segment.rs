//! Text → coded segments, and what the composer's counter shows (3GPP TS 23.040 §9.2.3.24.1).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::dcs::Dcs;
use super::plan::{self, Plan};
use super::shape::Shape;
use super::user_data::UserData;
use super::{Alphabet, Concat, EncodeError, Encoding, SegmentInfo};

/// The most clusters that [`forcing_clusters`] names.
const MAX_CLUSTERS: usize = 10_000;

/// Counts segments; see [`super::count_segments`].
pub(super) fn count(text: &str, encoding: Encoding) -> SegmentInfo {
    let plan = Plan::of(text, encoding);
    let (shape, segments) = (plan.shape, plan.segments());
    let segments_if_gsm7 = match shape.alphabet {
        Alphabet::Gsm7 => segments,
        Alphabet::Ucs2 => count_as(text, plan.total, plan::nearest(text, encoding)),
    };
    SegmentInfo {
        alphabet: shape.alphabet,
        segments,
        used_in_last: plan.used_in_last,
        capacity: if segments == 1 { shape.alone() } else { shape.in_segment() },
        forced_by: plan.forced_by,
        segments_if_gsm7,
        tables: (shape.single, shape.locking),
    }
}

/// Segments in a coding if every cluster that it lacks were replaced by one plain character;
/// `units` of UTF-16.
fn count_as(text: &str, units: usize, shape: Shape) -> usize {
    // No unit costs more than two septets.
    if units <= shape.alone() / 2 {
        return 1;
    }
    let limit = shape.in_segment();
    let (mut total, mut segments, mut used) = (0, 1, 0);
    for cluster in text.graphemes(true) {
        let cost = cluster.chars().map(|c| shape.cost(c)).sum::<Option<usize>>().unwrap_or(1);
        total += cost;
        if used + cost > limit {
            segments += 1;
            used = 0;
        }
        used += cost;
    }
    if total <= shape.alone() { 1 } else { segments }
}

/// The clusters that force UCS-2; see [`super::forcing_clusters`].
pub(super) fn forcing_clusters(text: &str, encoding: Encoding) -> Vec<Range<usize>> {
    let plan = Plan::of(text, encoding);
    if plan.shape.alphabet == Alphabet::Gsm7 {
        return Vec::new();
    }
    let near = plan::nearest(text, encoding);
    text.grapheme_indices(true)
        .filter(|(_, cluster)| cluster.chars().any(|c| near.cost(c).is_none()))
        .map(|(at, cluster)| at..at + cluster.len())
        .take(MAX_CLUSTERS)
        .collect()
}

/// The segments of a text, coded. Made by [`encode`].
pub(super) struct Segments<'a> {
    text: &'a str,
    shape: Shape,
    dcs: Dcs,
    /// Ends of the segments to come but the last.
    cuts: std::vec::IntoIter<usize>,
    start: usize,
    /// Place of the next segment; none if the text stands alone.
    place: Option<Concat>,
}

/// Cuts a text into coded segments, class 0 if `flash`.
#[inline]
pub(super) fn encode(
    text: &str,
    reference: u16,
    encoding: Encoding,
    flash: bool,
) -> Result<Segments<'_>, EncodeError> {
    if text.is_empty() {
        return Err(EncodeError::Empty);
    }
    let plan = Plan::of(text, encoding);
    let Ok(parts) = u8::try_from(plan.segments()) else {
        return Err(EncodeError::TooLong(plan.segments()));
    };
    let (shape, wide) = (plan.shape, plan.shape.wide);
    let reference = if wide { reference } else { reference & 0xFF };
    let place = (parts > 1).then_some(Concat { reference, wide, parts, part: 1 });
    let dcs = if flash { shape.dcs().with_class(0) } else { shape.dcs() };
    Ok(Segments { text, shape, dcs, cuts: plan.cuts.into_iter(), start: 0, place })
}

impl Iterator for Segments<'_> {
    type Item = UserData;

    #[inline]
    fn next(&mut self) -> Option<UserData> {
        if self.start == self.text.len() {
            return None;
        }
        let end = self.cuts.next().unwrap_or(self.text.len());
        let segment = &self.text[self.start..end];
        self.start = end;
        let (header, length) = self.shape.header(self.place);
        let data = UserData::coded(self.dcs, &header[..length], self.shape.tables(), segment);
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
