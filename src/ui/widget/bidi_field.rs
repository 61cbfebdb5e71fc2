//! Right-to-left text in a field: egui keeps the caret where a character's glyph begins and expects
//! glyphs from left to right. Here the picture of each line is laid out in visual order (UAX #9),
//! and its glyphs are listed in logical order with the places where the caret belongs.
//!
//! What falls short: Up and Down keep the line but may change the column.

use super::text_area::Look;
use crate::ui::bidi;
use egui::epaint::text::{PlacedRow, Row};
use egui::text::{CharIndex, LayoutJob, LayoutSection, TextFormat};
use egui::{Galley, Pos2, Rect, Ui, Vec2, pos2};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;
use unicode_bidi::{BidiClass, BidiInfo, ParagraphInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

/// A run of one direction, or a part of it, that the shaper sees alone.
struct Piece {
    /// Where it is in the paragraph, octets.
    range: Range<usize>,
    /// As it is drawn: brackets of right-to-left runs are mirrored.
    shown: String,
    rtl: bool,
}

/// A paragraph with telephone numbers and links between isolates, and where each octet was before.
struct Isolated {
    text: String,
    /// For each octet and the end: the octet in the paragraph as it was typed.
    typed: Vec<usize>,
}

impl Isolated {
    fn new(text: &str) -> Self {
        let (isolated, inserted) = bidi::isolate(text);
        let mut inserted = inserted.into_iter().peekable();
        let mut typed = Vec::with_capacity(isolated.len() + 1);
        let mut before = 0;
        for (at, c) in isolated.char_indices() {
            typed.extend((0..c.len_utf8()).map(|_| before));
            if inserted.next_if_eq(&at).is_none() {
                before += c.len_utf8();
            }
        }
        typed.push(before);
        Isolated { text: isolated, typed }
    }

    /// The octets of the paragraph as it was typed.
    fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.typed[range.start]..self.typed[range.end]
    }
}

/// What is inserted has no width.
fn isolate_mark(c: char) -> bool {
    matches!(c, '\u{2066}' | '\u{2069}')
}

/// Lays a text out that has right-to-left letters.
pub fn layout(ui: &Ui, text: &str, look: &Look, width: f32) -> Arc<Galley> {
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&look.font));
    let whole = LayoutJob::single_section(text.to_owned(), look.format(false, line_height));
    let mut galley = Galley::clone(&ui.fonts_mut(|fonts| fonts.layout_job(whole)));
    let Some(blank) = galley.rows.first().map(|placed| placed.row.clone()) else {
        return Arc::new(galley);
    };
    galley.rows.clear();
    let mut area = Area { ui, look, line_height, width, galley, blank, top: 0.0 };
    let mut paragraphs = text.split('\n').peekable();
    while let Some(paragraph) = paragraphs.next() {
        area.paragraph(paragraph, paragraphs.peek().is_some());
    }
    Arc::new(area.finish())
}

/// Pieces remembered.
const CACHE_SIZE: usize = 4_000;

type Known = Arc<egui::mutex::Mutex<BTreeMap<u64, Arc<[f32]>>>>;

#[derive(Clone, Default)]
struct Ends(Known);

struct Area<'a> {
    ui: &'a Ui,
    look: &'a Look,
    line_height: f32,
    width: f32,
    galley: Galley,
    /// Stands for a line that could not be laid out.
    blank: Arc<Row>,
    top: f32,
}

impl Area<'_> {
    fn paragraph(&mut self, typed: &str, newline: bool) {
        let isolated = Isolated::new(typed);
        let text = isolated.text.as_str();
        let info = BidiInfo::new(text, None);
        // Separators other than the line feed make several paragraphs of one line; then the order
        // of typing has to do.
        let paragraph = info.paragraphs.first().filter(|_| info.paragraphs.len() == 1);
        let rtl = paragraph.is_some_and(|paragraph| paragraph.level.is_rtl());
        let mut measure = |part: &str| self.measure(&part.replace(isolate_mark, ""));
        let lines = bidi::wrap(text, self.width, &mut measure);
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let pieces = match paragraph {
                Some(paragraph) if !line.is_empty() => visual(&info, paragraph, &isolated, &line),
                _ => logical(typed, isolated.range(&line)),
            };
            let row = self.row(typed, &pieces, rtl);
            debug_assert_eq!(
                row.glyphs.len(),
                typed[isolated.range(&line)].chars().count(),
                "a place for each character"
            );
            let natural: f32 = pieces.iter().map(|piece| self.measure(&piece.shown)).sum();
            let x = if rtl { (self.width - natural).max(0.0) } else { 0.0 };
            let pos = pos2(x, self.top);
            self.top += row.size.y.max(self.line_height);
            let ends_with_newline = newline && index + 1 == count;
            self.galley.rows.push(PlacedRow { pos, row: Arc::new(row), ends_with_newline });
        }
    }

    fn measure(&self, text: &str) -> f32 {
        let format = self.look.format(false, self.line_height);
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.keep_trailing_whitespace = true;
        job.break_on_newline = false;
        self.ui.fonts_mut(|fonts| fonts.layout_job(job)).size().x
    }

    /// The picture of a line, and its characters with the places of the caret.
    fn row(&self, text: &str, pieces: &[Piece], rtl: bool) -> Row {
        let mut job = LayoutJob {
            break_on_newline: false,
            keep_trailing_whitespace: true,
            ..LayoutJob::default()
        };
        for piece in pieces {
            push(&mut job, &piece.shown, self.look.format(false, self.line_height));
        }
        if job.sections.is_empty() {
            push(&mut job, "", self.look.format(false, self.line_height));
        }
        let galley = self.ui.fonts_mut(|fonts| fonts.layout_job(job));
        let Some(placed) = galley.rows.first() else { return Row::clone(&self.blank) };
        let mut row = Row::clone(&placed.row);
        let template = row.glyphs.first().copied();
        let mut places: Vec<(usize, char, f32, f32)> = Vec::new();
        let mut left = 0.0;
        for piece in pieces {
            left = self.places(text, piece, left, &mut places);
        }
        places.sort_by_key(|place| place.0);
        row.glyphs.clear();
        if let Some(template) = template {
            let end = row.visuals.glyph_vertex_range.end as u32;
            row.glyphs.extend(places.iter().map(|(_, chr, before, after)| {
                let mut glyph = template;
                (glyph.chr, glyph.first_vertex) = (*chr, end);
                glyph.pos.x = *before;
                glyph.advance_width = after - before;
                glyph
            }));
        }
        // The caret after the last character stands at the end of the paragraph's direction.
        row.size.x = if rtl { 0.0 } else { left };
        row
    }

    /// Adds octet, character and the caret's places before and after each character of a piece
    /// that begins at `left`; returns where it ends.
    fn places(
        &self,
        text: &str,
        piece: &Piece,
        left: f32,
        places: &mut Vec<(usize, char, f32, f32)>,
    ) -> f32 {
        let right = left + self.measure(&piece.shown);
        let whole = &text[piece.range.clone()];
        let ends = self.ends(whole);
        let last = ends.len().saturating_sub(1);
        let mut before = if piece.rtl { right } else { left };
        for (index, (at, chr)) in whole.char_indices().enumerate() {
            let width = if index == last { right - left } else { ends[index].min(right - left) };
            let after = if piece.rtl { right - width } else { left + width };
            places.push((piece.range.start + at, chr, before, after));
            before = after;
        }
        right
    }

    /// How far each character of a piece reaches from its beginning; remembered, since a field
    /// asks for it in every frame.
    fn ends(&self, whole: &str) -> Arc<[f32]> {
        let mut hasher = DefaultHasher::new();
        whole.hash(&mut hasher);
        self.look.font.hash(&mut hasher);
        self.ui.pixels_per_point().to_bits().hash(&mut hasher);
        let key = hasher.finish();
        let id = egui::Id::unique("carets of pieces");
        let cache = self.ui.data_mut(|data| data.get_temp_mut_or_default::<Ends>(id).clone());
        if let Some(known) = cache.0.lock().get(&key) {
            return known.clone();
        }
        let ends = whole.char_indices().map(|(at, c)| at + c.len_utf8());
        let ends: Arc<[f32]> = ends.map(|end| self.measure(&whole[..end])).collect();
        let mut entries = cache.0.lock();
        if entries.len() >= CACHE_SIZE {
            entries.clear();
        }
        entries.insert(key, ends.clone());
        ends
    }

    fn finish(mut self) -> Galley {
        let size = Vec2::new(self.width.min(100_000.0), self.top);
        let galley = &mut self.galley;
        galley.rect = Rect::from_min_size(Pos2::ZERO, size);
        galley.mesh_bounds = Rect::NOTHING;
        (galley.num_vertices, galley.num_indices) = (0, 0);
        for placed in &galley.rows {
            let visuals = &placed.row.visuals;
            galley.mesh_bounds |= visuals.mesh_bounds.translate(placed.pos.to_vec2());
            galley.num_vertices += visuals.mesh.vertices.len();
            galley.num_indices += visuals.mesh.indices.len();
        }
        self.galley
    }
}

fn push(job: &mut LayoutJob, text: &str, format: TextFormat) {
    let start = job.text.len();
    job.text.push_str(text);
    let byte_range = start.into()..job.text.len().into();
    job.sections.push(LayoutSection { leading_space: 0.0, byte_range, format });
}

/// A line as it was typed.
fn logical(text: &str, line: Range<usize>) -> Vec<Piece> {
    if line.is_empty() {
        return Vec::new();
    }
    let shown = text[line.clone()].to_owned();
    vec![Piece { range: line, shown, rtl: false }]
}

/// The pieces of a line from left to right (UAX #9, rules L1–L4).
fn visual(
    info: &BidiInfo<'_>,
    paragraph: &ParagraphInfo,
    isolated: &Isolated,
    line: &Range<usize>,
) -> Vec<Piece> {
    let (levels, runs) = info.visual_runs(paragraph, line.clone());
    let mut pieces = Vec::new();
    for run in runs {
        let rtl = levels[run.start].is_rtl();
        let mut parts = parts(isolated, &run, rtl);
        if rtl {
            parts.reverse();
        }
        pieces.append(&mut parts);
    }
    pieces
}

/// Cuts a run where the shaper would guess another direction than the run has.
fn parts(isolated: &Isolated, run: &Range<usize>, rtl: bool) -> Vec<Piece> {
    let mut parts: Vec<Piece> = Vec::new();
    let mut open = false;
    for (offset, grapheme) in isolated.text[run.clone()].grapheme_indices(true) {
        let Some(first) = grapheme.chars().next() else { continue };
        let start = run.start + offset;
        let range = isolated.range(&(start..start + grapheme.len()));
        if range.is_empty() {
            continue;
        }
        let strong = strong_rtl(first);
        let together = if rtl { strong } else { !strong && !digit(first) };
        match parts.last_mut() {
            Some(last) if together && open => {
                last.range.end = range.end;
                last.shown.push_str(grapheme);
            }
            _ => {
                let mirror = rtl && grapheme.chars().count() == 1;
                let shown = if mirror { mirrored(first).to_string() } else { grapheme.to_owned() };
                parts.push(Piece { range, shown, rtl });
            }
        }
        open = together;
    }
    parts
}

fn strong_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::NSM)
        || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Arabic-Indic and Persian digits, which the shaper takes for right-to-left.
fn digit(c: char) -> bool {
    matches!(c, '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}')
}

/// Rule L4.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 6] =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let found = PAIRS.iter().find_map(|(left, right)| match c {
        _ if c == *left => Some(*right),
        _ if c == *right => Some(*left),
        _ => None,
    });
    found.unwrap_or(c)
}

/// The character before which a click at `pos`, relative to the galley, puts the caret.
pub fn column_at(galley: &Galley, pos: Vec2) -> CharIndex {
    let mut first = CharIndex(0);
    let mut best = (f32::INFINITY, CharIndex(0));
    for placed in &galley.rows {
        let away = if pos.y < placed.min_y() {
            placed.min_y() - pos.y
        } else {
            (pos.y - placed.max_y()).max(0.0)
        };
        if away < best.0 {
            let x = pos.x - placed.pos.x;
            let count = placed.row.glyphs.len();
            let distance = |column: &usize| (placed.row.x_offset(CharIndex(*column)) - x).abs();
            let nearest =
                (0..=count).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0);
            best = (away, CharIndex(first.0 + nearest));
        }
        first += placed.char_count_including_newline();
    }
    best.1
}

/// Where the characters of this range stand, relative to the galley.
pub fn selection(galley: &Galley, chars: Range<usize>) -> Vec<Rect> {
    let mut rects: Vec<Rect> = Vec::new();
    let mut first = 0;
    for placed in &galley.rows {
        for (column, glyph) in placed.row.glyphs.iter().enumerate() {
            if !chars.contains(&(first + column)) {
                continue;
            }
            let (a, b) = (glyph.pos.x, glyph.pos.x + glyph.advance_width);
            let left = placed.pos.x + a.min(b);
            let right = placed.pos.x + a.max(b);
            let rect = Rect::from_min_max(
                pos2(left, placed.min_y()),
                pos2(right, placed.min_y() + placed.row.size.y),
            );
            match rects.last_mut() {
                Some(last) if last.top() == rect.top() && touch(*last, rect) => *last |= rect,
                _ => rects.push(rect),
            }
        }
        first += placed.char_count_including_newline().0;
    }
    rects
}

fn touch(a: Rect, b: Rect) -> bool {
    (a.left() - b.right()).abs() < 0.6 || (a.right() - b.left()).abs() < 0.6
}

/// The paragraph that has this character reads from right to left.
pub fn reads_right_to_left(text: &str, at: CharIndex) -> bool {
    let mut left = at.0;
    for paragraph in text.split('\n') {
        let chars = paragraph.chars().count();
        if left <= chars {
            let info = BidiInfo::new(paragraph, None);
            return info.paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl());
        }
        left -= chars + 1;
    }
    false
}
