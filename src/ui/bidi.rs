//! Right-to-left and mixed text as layout jobs: egui lays text out from left to right only, so the
//! order of the Unicode bidirectional algorithm (UAX #9) is made here, and each run of one
//! direction becomes a section that the shaper sees alone.
//!
//! Lines are cut in logical order, then turned into visual order. The text must have been made
//! safe (`safe_text`) before.

mod job;

use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Galley, Pos2, Rect, Vec2};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use job::{Builder, Marked, format, plain_job};
pub use job::{Look, Mark};

/// Laid-out texts remembered.
const CACHE_SIZE: usize = 2_000;

/// What to lay out and how.
#[derive(Clone)]
pub struct Style {
    /// Font and size.
    pub font: FontId,
    /// Colour.
    pub color: Color32,
    /// Lines are at most this wide, in points.
    pub max_width: f32,
    /// At most this many lines; what is left becomes `…`.
    pub max_rows: usize,
}

/// A text laid out: a galley a paragraph, one under the other, each aligned by its own direction.
#[derive(Clone)]
pub struct Laid {
    blocks: Vec<Block>,
    size: Vec2,
}

#[derive(Clone)]
struct Block {
    galley: Arc<Galley>,
    top: f32,
    right: bool,
    /// Characters of the galley's text that a mark covers, with the mark's place in the list.
    marked: Vec<(Range<usize>, usize)>,
}

impl Laid {
    /// Width and height in points.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// True when the first paragraph reads from right to left.
    pub fn right_to_left(&self) -> bool {
        self.blocks.first().is_some_and(|block| block.right)
    }

    /// Where a mark, by its place in the list, is painted into `rect`.
    pub fn places(&self, rect: Rect, mark: usize) -> Vec<Rect> {
        let mut places: Vec<Rect> = Vec::new();
        for block in &self.blocks {
            let x = if block.right { rect.right() } else { rect.left() };
            let shift = Vec2::new(x, rect.top() + block.top);
            let ours = block.marked.iter().filter(|(_, of)| *of == mark);
            for at in ours.flat_map(|(range, _)| range.clone()) {
                let cursor = |index| egui::text::CCursor::new(index);
                let start = block.galley.pos_from_cursor(cursor(at));
                let end = block.galley.pos_from_cursor(cursor(at + 1));
                let same_row = (start.top() - end.top()).abs() < 1.0;
                let right = if same_row { end.left() } else { start.right() + 8.0 };
                let char = Rect::from_x_y_ranges(start.left()..=right, start.y_range());
                let char = char.translate(shift);
                match places.last_mut() {
                    Some(last) if (last.top() - char.top()).abs() < 1.0 => *last |= char,
                    _ => places.push(char),
                }
            }
        }
        places
    }

    /// Paints into `rect`, whose width may be larger than the text.
    pub fn paint(&self, painter: &egui::Painter, rect: Rect, color: Color32) {
        for block in &self.blocks {
            let x = if block.right { rect.right() } else { rect.left() };
            painter.galley(Pos2::new(x, rect.top() + block.top), block.galley.clone(), color);
        }
    }
}

/// True if there is any right-to-left letter in it.
pub fn has_rtl(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL))
}

/// Lays a safe text out.
pub fn layout(ui: &egui::Ui, text: &str, style: &Style) -> Laid {
    layout_marked(ui, text, style, &[])
}

/// Lays a safe text out in which some parts look different. The marks are in order and do not
/// overlap.
pub fn layout_marked(ui: &egui::Ui, text: &str, style: &Style, marks: &[Mark]) -> Laid {
    if !has_rtl(text) {
        let (mut job, marked) = plain_job(text, style, marks);
        job.wrap.max_width = style.max_width;
        job.wrap.max_rows = style.max_rows;
        job.wrap.break_anywhere = style.max_rows == 1;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let size = galley.size();
        return Laid { blocks: vec![Block { galley, top: 0.0, right: false, marked }], size };
    }
    let jobs = cached_jobs(ui, text, style, marks);
    let mut laid = Laid { blocks: Vec::new(), size: Vec2::ZERO };
    for (job, right, marked) in jobs.iter() {
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job.clone()));
        let top = laid.size.y;
        laid.size.x = laid.size.x.max(galley.size().x);
        laid.size.y += galley.size().y;
        laid.blocks.push(Block { galley, top, right: *right, marked: marked.clone() });
    }
    laid
}

type Jobs = Arc<Vec<(LayoutJob, bool, Marked)>>;

#[derive(Clone, Default)]
struct Cache(Arc<egui::mutex::Mutex<BTreeMap<u64, Jobs>>>);

fn cached_jobs(ui: &egui::Ui, text: &str, style: &Style, marks: &[Mark]) -> Jobs {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    style.font.hash(&mut hasher);
    style.color.hash(&mut hasher);
    marks.iter().for_each(|mark| (&mark.range, mark.look).hash(&mut hasher));
    style.max_rows.hash(&mut hasher);
    style.max_width.to_bits().hash(&mut hasher);
    ui.pixels_per_point().to_bits().hash(&mut hasher);
    let key = hasher.finish();
    let cache = ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Cache>(egui::Id::unique("bidi cache")).clone()
    });
    if let Some(jobs) = cache.0.lock().get(&key) {
        return jobs.clone();
    }
    let mut width = |part: &str| {
        let (job, _) = plain_job(part, style, &[]);
        ui.fonts_mut(|fonts| fonts.layout_job(job)).size().x
    };
    let paragraphs = visual_paragraphs(text, style.max_width, style.max_rows, &mut width);
    let job = |p: &Paragraph| {
        let (job, marked) = job_of(p, style, marks);
        (job, p.rtl, marked)
    };
    let jobs: Jobs = Arc::new(paragraphs.iter().map(job).collect());
    let mut entries = cache.0.lock();
    if entries.len() >= CACHE_SIZE {
        entries.clear();
    }
    entries.insert(key, jobs.clone());
    jobs
}

fn job_of(paragraph: &Paragraph, style: &Style, marks: &[Mark]) -> (LayoutJob, Marked) {
    let plain = format(style, None);
    let mut builder = Builder::default();
    for (index, line) in paragraph.lines.iter().enumerate() {
        if index > 0 {
            builder.push("\n", &plain, None);
        }
        for atom in line {
            // An atom is a word or less: it is marked as a whole, or its letters would not join.
            let overlaps =
                |mark: &Mark| mark.range.start < atom.at.end && atom.at.start < mark.range.end;
            let mark = marks.iter().position(overlaps);
            let format = mark.map_or_else(|| plain.clone(), |at| format(style, Some(&marks[at])));
            builder.push(&atom.text, &format, mark);
        }
    }
    if builder.job.sections.is_empty() {
        builder.push(" ", &plain, None);
    }
    builder.job.break_on_newline = true;
    builder.job.wrap.max_width = f32::INFINITY;
    builder.job.halign = if paragraph.rtl { Align::RIGHT } else { Align::LEFT };
    (builder.job, builder.marked)
}

/// What the shaper sees alone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Atom {
    text: String,
    /// Octets of the whole text that it stands for.
    at: Range<usize>,
}

/// One paragraph in visual order.
#[derive(Debug, PartialEq, Eq)]
struct Paragraph {
    rtl: bool,
    /// Lines of atoms, each of one direction, from left to right.
    lines: Vec<Vec<Atom>>,
}

/// Cuts into paragraphs and lines of at most `max_width`, and puts each line in visual order.
fn visual_paragraphs(
    text: &str,
    max_width: f32,
    max_rows: usize,
    width: &mut dyn FnMut(&str) -> f32,
) -> Vec<Paragraph> {
    let mut rows_left = max_rows;
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        if rows_left == 0 {
            break;
        }
        let (mut isolated, inserted) = isolate(paragraph);
        // Where an octet of the isolated paragraph stands in the whole text.
        let place = |at: usize| {
            let before = inserted.partition_point(|&insertion| insertion < at);
            start + at.saturating_sub(before * '\u{2066}'.len_utf8()).min(paragraph.len())
        };
        let mut lines = wrap(&isolated, max_width, width);
        if lines.len() > rows_left {
            let last = lines[rows_left - 1].clone();
            let cut = cut_to_fit(&isolated[last.clone()], max_width, width);
            isolated.truncate(last.start + cut);
            isolated.push('…');
            lines.truncate(rows_left);
            lines[rows_left - 1] = last.start..isolated.len();
        }
        rows_left -= lines.len();
        paragraphs.push(order(&isolated, &lines, &place));
        start += paragraph.len() + 1;
    }
    paragraphs
}

/// Line ranges, cut at word bounds in logical order; a word that is too long is cut anywhere.
pub fn wrap(text: &str, max_width: f32, width: &mut dyn FnMut(&str) -> f32) -> Vec<Range<usize>> {
    let (mut lines, mut start, mut x) = (Vec::new(), 0, 0.0);
    for (at, word) in words(text) {
        let word_width = width(word);
        let blank = word.chars().all(char::is_whitespace);
        if x + word_width > max_width && at > start && !blank {
            lines.push(start..at);
            (start, x) = (at, 0.0);
        }
        if word_width <= max_width || blank {
            x += word_width;
            continue;
        }
        for (offset, grapheme) in word.grapheme_indices(true) {
            let grapheme_width = width(grapheme);
            if x + grapheme_width > max_width && at + offset > start {
                lines.push(start..at + offset);
                (start, x) = (at + offset, 0.0);
            }
            x += grapheme_width;
        }
    }
    lines.push(start..text.len());
    lines
}

/// Words with their places; a telephone number or link between isolates is one word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let plain = rest.find('\u{2066}').unwrap_or(rest.len());
        let bounds = rest[..plain].split_word_bound_indices();
        words.extend(bounds.map(|(offset, word)| (at + offset, word)));
        let isolated = &rest[plain..];
        let close = isolated.find('\u{2069}').map(|close| close + '\u{2069}'.len_utf8());
        let end = close.unwrap_or(isolated.len());
        if end > 0 {
            words.push((at + plain, &isolated[..end]));
        }
        at += plain + end;
    }
    words
}

/// Octets of `line` that fit with an ellipsis after them.
fn cut_to_fit(line: &str, max_width: f32, width: &mut dyn FnMut(&str) -> f32) -> usize {
    let (mut x, mut end) = (width("…"), 0);
    for (at, grapheme) in line.grapheme_indices(true) {
        x += width(grapheme);
        if x > max_width {
            break;
        }
        end = at + grapheme.len();
    }
    end
}

/// The visual order of each line (UAX #9, rules L1–L4).
fn order(text: &str, lines: &[Range<usize>], place: &dyn Fn(usize) -> usize) -> Paragraph {
    let info = BidiInfo::new(text, None);
    let Some(paragraph) = info.paragraphs.first() else {
        return Paragraph { rtl: false, lines: vec![Vec::new()] };
    };
    let mut visual = Vec::new();
    for line in lines {
        let line = line.start..line.start + text[line.clone()].trim_end().len();
        let mut atoms = Vec::new();
        if !line.is_empty() {
            let (levels, runs) = info.visual_runs(paragraph, line);
            for run in runs {
                let rtl = levels[run.start].is_rtl();
                push_run(text, run, rtl, &mut atoms);
            }
        }
        let placed = |(text, at): (String, Range<usize>)| {
            let at = place(at.start)..place(at.end);
            Atom { text, at }
        };
        visual.push(atoms.into_iter().map(placed).collect());
    }
    Paragraph { rtl: paragraph.level.is_rtl(), lines: visual }
}

/// Cuts one run into atoms that the shaper lays out alone, from left to right.
fn push_run(text: &str, run: Range<usize>, rtl: bool, atoms: &mut Vec<(String, Range<usize>)>) {
    let mut parts: Vec<(String, Range<usize>)> = Vec::new();
    let mut word = false;
    for (at, grapheme) in text[run.clone()].grapheme_indices(true) {
        let Some(first) = grapheme.chars().next() else { continue };
        if is_isolate(first) {
            continue;
        }
        let start = run.start + at;
        let end = start + grapheme.len();
        // The shaper would guess a direction from the script: letters of a right-to-left run stay
        // together, for it turns them round itself; digits of those scripts must stand alone.
        let together = if rtl { strong_rtl(first) } else { !strong_rtl(first) && !digit(first) };
        match parts.last_mut() {
            Some((letters, place)) if together && word => {
                letters.push_str(grapheme);
                place.end = end;
            }
            _ => {
                let mirror = !together && rtl && grapheme.chars().count() == 1;
                let shown = if mirror { mirrored(first).to_string() } else { grapheme.to_owned() };
                parts.push((shown, start..end));
            }
        }
        word = together;
    }
    if rtl {
        parts.reverse();
    }
    atoms.append(&mut parts);
}

fn strong_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::NSM)
        || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Arabic-Indic and Persian digits.
fn digit(c: char) -> bool {
    matches!(c, '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}')
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2066}'..='\u{2069}')
}

/// Rule L4: brackets of a right-to-left run face the other way.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

/// Puts telephone numbers and links between isolates (U+2066, U+2069), so that `+98 912 345` in an
/// Arabic sentence keeps its order; with the places of what was inserted.
pub fn isolate(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len() + 12);
    let mut inserted = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at_start = out.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let length = if at_start { number_length(rest).max(link_length(rest)) } else { 0 };
        if length > 0 {
            inserted.push(out.len());
            out.push('\u{2066}');
            out.push_str(&rest[..length]);
            inserted.push(out.len());
            out.push('\u{2069}');
            rest = &rest[length..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    (out, inserted)
}

/// Octets of the number with separators at the start of `text`; 0 for a plain run of digits, which
/// needs no help.
fn number_length(text: &str) -> usize {
    let (mut end, mut digits, mut separators) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
            }
            '+' if at == 0 => separators += 1,
            ' ' | '-' | '(' | ')' | '/' | '.' | ':' if digits > 0 && at == end => separators += 1,
            '*' | '#' => {
                separators += 1;
                end = at + 1;
            }
            _ => break,
        }
    }
    if digits > 1 && separators > 0 { end } else { 0 }
}

/// Octets of the link at the start of `text`.
fn link_length(text: &str) -> usize {
    if !["http://", "https://", "www."].iter().any(|prefix| text.starts_with(prefix)) {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_graphic()).unwrap_or(text.len())
}

#[cfg(test)]
#[path = "bidi_tests.rs"]
mod tests;
