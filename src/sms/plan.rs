//! Where a text is cut, and in which coding (3GPP TS 23.040 §9.2.3.24.1).
//!
//! Counting and encoding both use a [`Plan`], so they can't disagree. A plan never cuts an escape
//! pair, a surrogate pair or a grapheme cluster; a cluster that is longer than a whole segment is
//! cut between characters.

use unicode_segmentation::GraphemeCursor;

use super::census::{self, Census};
use super::gsm7;
use super::shape::Shape;
use super::{Alphabet, Encoding};

/// Where a text is cut, and into what.
pub(super) struct Plan {
    pub(super) shape: Shape,
    /// Septets or units of the whole text.
    pub(super) total: usize,
    /// Ends of all segments but the last, in octets of UTF-8, if it doesn't stand alone.
    pub(super) cuts: Vec<usize>,
    /// Septets or units in the last segment.
    pub(super) used_in_last: usize,
    /// The first character that forces UCS-2.
    pub(super) forced_by: Option<char>,
}

impl Plan {
    /// The plan with the fewest segments, the simplest of equals.
    #[inline]
    pub(super) fn of(text: &str, encoding: Encoding) -> Plan {
        let wide = encoding.wide_reference;
        let (plan, forced_by) = Plan::gsm7(text, wide);
        match forced_by {
            None if encoding.national_tables && plan.segments() > 1 => {
                Plan::national(text, Some(plan), wide)
            }
            None => plan,
            Some(_) if encoding.national_tables => Plan::national(text, None, wide),
            Some(_) => Plan { forced_by, ..Plan::walk(text, Shape::ucs2(wide)) },
        }
    }

    fn new(shape: Shape) -> Plan {
        Plan { shape, total: 0, cuts: Vec::new(), used_in_last: 0, forced_by: None }
    }

    /// Takes the cuts back if the text fits into one.
    fn finished(mut self, used_in_last: usize) -> Plan {
        self.used_in_last = used_in_last;
        if self.total <= self.shape.alone() {
            self.cuts.clear();
            self.used_in_last = self.total;
        }
        self
    }

    /// Cuts a text in the default alphabet, or names the first character that it lacks. All its
    /// characters are clusters by themselves, but for CR LF.
    #[inline]
    fn gsm7(text: &str, wide: bool) -> (Plan, Option<char>) {
        let mut plan = Plan::new(Shape::gsm7(wide));
        let limit = plan.shape.in_segment();
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
        (plan.finished(used), None)
    }

    /// Cuts a text in a coding that has all its characters.
    fn walk(text: &str, shape: Shape) -> Plan {
        match shape.alphabet {
            Alphabet::Ucs2 => Plan::cut(text, shape, char::len_utf16),
            // What the alphabet lacks was ruled out before.
            Alphabet::Gsm7 => Plan::cut(text, shape, |c| shape.cost(c).unwrap_or(1)),
        }
    }

    #[inline]
    fn cut(text: &str, shape: Shape, cost_of: impl Fn(char) -> usize) -> Plan {
        let mut plan = Plan::new(shape);
        let limit = shape.in_segment();
        let (mut start, mut used) = (0, 0);
        for (at, character) in text.char_indices() {
            let cost = cost_of(character);
            // Twice at most: what is carried over may be as long as a segment itself.
            while used + cost > limit {
                start = cluster_start(text, start, at);
                used = text[start..at].chars().map(&cost_of).sum();
                plan.cuts.push(start);
            }
            used += cost;
            plan.total += cost;
        }
        plan.finished(used)
    }

    /// Compares all codings: `default` is the plan in the default alphabet, if that can say it.
    fn national(text: &str, default: Option<Plan>, wide: bool) -> Plan {
        let census = Census::of(text);
        let mut candidates: Vec<(usize, u8, Shape)> = census
            .candidates(wide)
            .map(|(shape, septets)| (at_least(septets, shape), shape.rank(), shape))
            .collect();
        if default.is_none() {
            let shape = Shape::ucs2(wide);
            let units = text.chars().map(char::len_utf16).sum();
            candidates.push((at_least(units, shape), shape.rank(), shape));
        }
        candidates.sort_by_key(|(segments, rank, shape)| (*segments, *rank, shape.locking));
        let mut best = default;
        for (at_least, rank, shape) in candidates {
            if let Some(best) = &best {
                let (segments, best_rank) = (best.segments(), best.shape.rank());
                if at_least > segments {
                    break;
                }
                if at_least == segments && rank >= best_rank {
                    continue;
                }
            }
            let plan = Plan::walk(text, shape);
            let order = |plan: &Plan| (plan.segments(), plan.shape.rank());
            if best.as_ref().is_none_or(|best| order(&plan) < order(best)) {
                best = Some(plan);
            }
        }
        let mut plan = best.unwrap_or_else(|| Plan::walk(text, Shape::ucs2(wide)));
        if plan.shape.alphabet == Alphabet::Ucs2 {
            let near = nearest(text, Encoding { national_tables: true, wide_reference: wide });
            plan.forced_by = text.chars().find(|character| near.cost(*character).is_none());
        }
        plan
    }

    pub(super) fn segments(&self) -> usize {
        self.cuts.len() + 1
    }
}

/// The coding in GSM 7-bit that a text is nearest to; what it lacks forces UCS-2.
pub(super) fn nearest(text: &str, encoding: Encoding) -> Shape {
    if encoding.national_tables {
        census::nearest(text, encoding.wide_reference)
    } else {
        Shape::gsm7(encoding.wide_reference)
    }
}

/// Segments that so many septets or units need if no room is lost at the cuts.
fn at_least(units: usize, shape: Shape) -> usize {
    if units <= shape.alone() { 1 } else { units.div_ceil(shape.in_segment()) }
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
