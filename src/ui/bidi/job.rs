//! Layout jobs made piece by piece, with what is marked in them.

use super::Style;
use egui::Color32;
use egui::text::{LayoutJob, LayoutSection, TextFormat, TextWrapping};
use std::ops::Range;

/// A part of the text that looks different.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// Octets of the text.
    pub range: Range<usize>,
    /// What it looks like.
    pub look: Look,
}

/// How a part of a text looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Look {
    /// On a background, in a colour that can be read on it: found by a search.
    Found(Color32, Color32),
    /// In this colour, underlined: it can be clicked.
    Link(Color32),
}

/// What a part looks like that has this mark, or none.
pub(super) fn format(style: &Style, mark: Option<&Mark>) -> TextFormat {
    let mut format = TextFormat::simple(style.font.clone(), style.color);
    match mark.map(|mark| mark.look) {
        Some(Look::Found(background, color)) => {
            (format.background, format.color) = (background, color)
        }
        Some(Look::Link(color)) => {
            format.color = color;
            format.underline = egui::Stroke::new(1.0, color);
        }
        None => {}
    }
    format
}

/// Characters of a job that a mark covers, with the mark's place in its list.
pub(super) type Marked = Vec<(Range<usize>, usize)>;

/// One section for each stretch with or without a mark.
pub(super) fn plain_job(text: &str, style: &Style, marks: &[Mark]) -> (LayoutJob, Marked) {
    let mut builder = Builder::default();
    let mut at = 0;
    for (index, mark) in marks.iter().enumerate() {
        let range = mark.range.start.max(at)..mark.range.end.min(text.len());
        let Some(words) = text.get(range.clone()).filter(|words| !words.is_empty()) else {
            continue;
        };
        builder.push(&text[at..range.start], &format(style, None), None);
        builder.push(words, &format(style, Some(mark)), Some(index));
        at = range.end;
    }
    builder.push(&text[at..], &format(style, None), None);
    if builder.job.sections.is_empty() {
        builder.push_section("", &format(style, None));
    }
    builder.job.wrap = TextWrapping { max_width: f32::INFINITY, ..TextWrapping::default() };
    (builder.job, builder.marked)
}

/// A job that grows, and what of it is marked.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) job: LayoutJob,
    chars: usize,
    pub(super) marked: Marked,
}

impl Builder {
    pub(super) fn push(&mut self, text: &str, format: &TextFormat, mark: Option<usize>) {
        if text.is_empty() {
            return;
        }
        let count = text.chars().count();
        if let Some(mark) = mark {
            self.marked.push((self.chars..self.chars + count, mark));
        }
        self.chars += count;
        self.push_section(text, format);
    }

    fn push_section(&mut self, text: &str, format: &TextFormat) {
        let start = self.job.text.len();
        self.job.text.push_str(text);
        let byte_range = start.into()..self.job.text.len().into();
        let format = format.clone();
        self.job.sections.push(LayoutSection { leading_space: 0.0, byte_range, format });
    }
}
