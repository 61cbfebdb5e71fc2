//! The field a text is written in: it marks the characters that make a text dear, and lays
//! right-to-left paragraphs out as they will be read.

use super::bidi_field;
use super::field::Field;
use crate::ui::bidi;
use crate::ui::page::counter::Analysis;
use crate::ui::theme::{self, type_size};
use egui::text::{CCursor, CCursorRange, CharIndex, LayoutJob, TextFormat};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{Color32, Event, FontId, Galley, Id, Key, Response, Stroke, TextBuffer, Ui};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// How the text looks.
pub struct Look {
    /// Font of all of it.
    pub font: FontId,
    /// Colour of the text.
    pub text: Color32,
    /// Colour of marked characters.
    pub mark: Color32,
    /// Behind marked characters.
    pub mark_back: Color32,
}

impl Look {
    /// The look of the composer.
    pub fn of(ui: &Ui) -> Self {
        let p = theme::palette(ui);
        Look {
            font: theme::font(type_size::BODY),
            text: p.text,
            mark: p.doubt_text,
            mark_back: p.doubt_soft,
        }
    }

    /// How a character is written.
    pub fn format(&self, marked: bool, line_height: f32) -> TextFormat {
        let mut format = TextFormat::simple(self.font.clone(), self.text);
        format.line_height = Some(line_height);
        if marked {
            format.color = self.mark;
            format.background = self.mark_back;
            format.underline = Stroke::new(1.5, self.mark);
        }
        format
    }
}

/// Lays `text` out with these octets marked.
pub fn layout(ui: &Ui, text: &str, marks: &[Range<usize>], look: &Look, width: f32) -> Arc<Galley> {
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&look.font));
    let mut job = LayoutJob { keep_trailing_whitespace: true, ..LayoutJob::default() };
    job.wrap.max_width = width;
    let mut at = 0;
    for mark in marks {
        let Some(marked) = text.get(mark.clone()) else { continue };
        if mark.start < at {
            continue;
        }
        if mark.start > at {
            job.append(&text[at..mark.start], 0.0, look.format(false, line_height));
        }
        job.append(marked, 0.0, look.format(true, line_height));
        at = mark.end;
    }
    if at < text.len() || job.sections.is_empty() {
        job.append(&text[at..], 0.0, look.format(false, line_height));
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A field of several lines with its marks.
pub struct TextArea<'a> {
    analysis: &'a Analysis,
}

impl<'a> TextArea<'a> {
    /// With the marks of this analysis, as long as the text is the one it is of.
    pub fn new(analysis: &'a Analysis) -> Self {
        TextArea { analysis }
    }

    /// Shows the field.
    pub fn show(&self, ui: &mut Ui, id: Id, field: Field<'_>, text: &mut String) -> Response {
        let look = Look::of(ui);
        let analysis = self.analysis;
        let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, width: f32| {
            let text = buffer.as_str();
            let marks = if analysis.is_of(text) { analysis.marks.as_slice() } else { &[] };
            if bidi::has_rtl(text) {
                bidi_field::layout(ui, text, &look, width)
            } else {
                layout(ui, text, marks, &look, width)
            }
        };
        if !bidi::has_rtl(text) {
            return field.show_with(ui, text, Some(&mut layouter)).response.response;
        }
        turn_arrows(ui, id, text);
        // egui's own rectangle reaches from one caret to the other, past what is selected, and its
        // caret goes astray while the pointer is down: both are painted here.
        let usual = ui.visuals().clone();
        ui.visuals_mut().selection.bg_fill = Color32::TRANSPARENT;
        ui.visuals_mut().text_cursor.stroke.color = Color32::TRANSPARENT;
        let output = field.show_with(ui, text, Some(&mut layouter));
        ui.visuals_mut().selection.bg_fill = usual.selection.bg_fill;
        ui.visuals_mut().text_cursor.stroke = usual.text_cursor.stroke;
        let range = point(ui, id, &output, text).or(output.state.cursor.char_range());
        if let Some(range) = range.filter(|_| output.response.response.has_focus()) {
            paint_selection(ui, &output, range, usual.selection.bg_fill);
            paint_caret(ui, &output, range.primary);
        }
        if analysis.is_of(text) {
            paint_marks(ui, &output, text, &analysis.marks, &look);
        }
        output.response.response
    }

    /// The text with another put in place of what is selected, at the cursor; at the end if the
    /// field never had one.
    pub fn insert(ui: &Ui, id: Id, text: &str, new: &str) -> String {
        let state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let chars = text.chars().count();
        let (start, end) = match state.cursor.char_range() {
            Some(range) => {
                let [first, last] = range.sorted_cursors();
                (first.index.0.min(chars), last.index.0.min(chars))
            }
            None => (chars, chars),
        };
        let mut out: String = text.chars().take(start).collect();
        out.push_str(new);
        out.extend(text.chars().skip(end));
        Self::set_cursor(ui, id, start + new.chars().count());
        out
    }

    /// Makes `text` what Ctrl+Z comes back to.
    pub fn remember(ui: &Ui, id: Id, text: &str) {
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let cursor = state.cursor.char_range().unwrap_or_default();
        let mut undoer = state.undoer();
        undoer.add_undo(&(cursor, text.to_owned()));
        state.set_undoer(undoer);
        state.store(ui.ctx(), id);
    }

    /// Puts the cursor after so many characters.
    pub fn set_cursor(ui: &Ui, id: Id, chars: usize) {
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        let cursor = CCursor::new(CharIndex(chars));
        state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
        state.store(ui.ctx(), id);
    }
}

/// In a paragraph that reads from right to left, Left goes on and Right goes back.
fn turn_arrows(ui: &Ui, id: Id, text: &str) {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let at = state.cursor.char_range().map_or(CharIndex(0), |range| range.primary.index);
    if !bidi_field::reads_right_to_left(text, at) {
        return;
    }
    ui.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Key { key, modifiers, .. } = event
                && !modifiers.command
            {
                *key = match *key {
                    Key::ArrowLeft => Key::ArrowRight,
                    Key::ArrowRight => Key::ArrowLeft,
                    other => other,
                };
            }
        }
    });
}

/// Puts the caret where the pointer is: egui looks for it from left to right. Returns what is
/// selected then.
fn point(ui: &Ui, id: Id, output: &TextEditOutput, text: &str) -> Option<CCursorRange> {
    let response = &output.response.response;
    let pos = response.interact_pointer_pos()?;
    let at = bidi_field::column_at(&output.galley, pos - output.galley_pos);
    let (pressed, down, shift) = ui.input(|input| {
        (input.pointer.primary_pressed(), input.pointer.primary_down(), input.modifiers.shift)
    });
    let mut state = output.state.clone();
    let before = state.cursor.char_range().unwrap_or_default();
    let cursor = CCursor { index: at, prefer_next_row: true };
    let range = match () {
        () if response.triple_clicked() => return None,
        () if response.double_clicked() => word_at(text, at),
        () if pressed && !shift => CCursorRange::one(cursor),
        () if down => CCursorRange::two(before.secondary, cursor),
        () => return None,
    };
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
    Some(range)
}

/// The word that has this character.
fn word_at(text: &str, at: CharIndex) -> CCursorRange {
    let mut start = 0;
    for word in text.split_word_bounds() {
        let end = start + word.chars().count();
        if at.0 < end {
            return CCursorRange::two(CCursor::new(CharIndex(start)), CCursor::new(CharIndex(end)));
        }
        start = end;
    }
    CCursorRange::one(CCursor::new(CharIndex(start)))
}

/// A veil over what is selected.
fn paint_selection(ui: &Ui, output: &TextEditOutput, range: CCursorRange, color: Color32) {
    let [first, last] = range.sorted_cursors();
    let painter = ui.painter_at(output.text_clip_rect);
    for rect in bidi_field::selection(&output.galley, first.index.0..last.index.0) {
        let rect = rect.translate(output.galley_pos.to_vec2());
        painter.rect_filled(rect, 2.0, color.gamma_multiply(0.45));
    }
}

/// The caret, blinking as it does in other fields.
fn paint_caret(ui: &Ui, output: &TextEditOutput, cursor: CCursor) {
    let rect = output.galley.pos_from_cursor(cursor).translate(output.galley_pos.to_vec2());
    let painter = ui.painter_at(output.text_clip_rect.expand(1.0));
    let time = ui.input(|input| input.time);
    // Any change begins the cycle anew, so that the caret is seen while it moves.
    let id = output.response.response.id.with("caret");
    let shown = (cursor.index.0, output.galley.job.text.len());
    let since = ui.data_mut(|data| {
        let known = data.get_temp::<((usize, usize), f64)>(id);
        let since = known.filter(|known| known.0 == shown).map_or(time, |known| known.1);
        data.insert_temp(id, (shown, since));
        since
    });
    egui::text_selection::visuals::paint_text_cursor(ui, &painter, rect, time - since);
}

/// Marks as a veil and a line: cutting a word into parts would break its letters apart.
fn paint_marks(ui: &Ui, output: &TextEditOutput, text: &str, marks: &[Range<usize>], look: &Look) {
    let painter = ui.painter_at(output.text_clip_rect);
    let (mut chars, mut at) = (0, 0);
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone()))
        else {
            continue;
        };
        let start = chars + before.chars().count();
        let end = start + inside.chars().count();
        for rect in bidi_field::selection(&output.galley, start..end) {
            let rect = rect.translate(output.galley_pos.to_vec2());
            painter.rect_filled(rect, 0.0, look.mark.gamma_multiply(0.12));
            painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.5, look.mark));
        }
        (chars, at) = (end, mark.end);
    }
}
