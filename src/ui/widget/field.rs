//! Text fields: one frame, one focus ring, always a name.

use crate::ui::theme::{self, size, type_size};
use egui::text_edit::TextEditOutput;
use egui::{CornerRadius, FontId, Frame, Galley, Id, Margin, Stroke, TextBuffer, TextEdit, Ui};
use std::sync::Arc;

/// Lays out what is typed: the text, and the width of lines in points.
pub type Layouter<'a> = &'a mut dyn FnMut(&Ui, &dyn TextBuffer, f32) -> Arc<Galley>;

/// A field to be shown.
pub struct Field<'a> {
    id: Id,
    name: &'a str,
    hint: &'a str,
    font: FontId,
    password: bool,
    rows: usize,
    multiline: bool,
    lock_enter: bool,
    width: f32,
    error: bool,
    max_chars: usize,
}

/// Characters a field of one line takes.
const LINE_CHARS: usize = 1_000;
/// Characters a field of several lines takes; 255 segments hold fewer.
const TEXT_CHARS: usize = 40_000;

impl<'a> Field<'a> {
    /// A field of one line as wide as there is room.
    pub fn new(id: Id, name: &'a str) -> Self {
        Field {
            id,
            name,
            hint: "",
            font: theme::font(type_size::BODY),
            password: false,
            rows: 1,
            multiline: false,
            lock_enter: false,
            width: f32::INFINITY,
            error: false,
            max_chars: LINE_CHARS,
        }
    }

    /// Shown while it is empty.
    pub fn hint(self, hint: &'a str) -> Self {
        Field { hint, ..self }
    }

    /// Another font.
    pub fn font(self, font: FontId) -> Self {
        Field { font, ..self }
    }

    /// Shows dots.
    pub fn password(self) -> Self {
        Field { password: true, ..self }
    }

    /// Several lines. Enter makes a line unless `enter_is_ours`; then Shift+Enter does.
    pub fn rows(self, rows: usize, enter_is_ours: bool) -> Self {
        Field { rows, multiline: true, lock_enter: enter_is_ours, max_chars: TEXT_CHARS, ..self }
    }

    /// Width in points.
    pub fn width(self, width: f32) -> Self {
        Field { width, ..self }
    }

    /// Marked as wrong.
    pub fn error(self, error: bool) -> Self {
        Field { error, ..self }
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> TextEditOutput {
        self.show_with(ui, text, None)
    }

    /// Shows it, its text laid out in another way than in one font and colour.
    pub fn show_with(
        self,
        ui: &mut Ui,
        text: &mut String,
        layouter: Option<Layouter<'_>>,
    ) -> TextEditOutput {
        let p = theme::palette(ui);
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        let border = match (self.error, focused) {
            (true, _) => Stroke::new(1.5, p.danger_text),
            (false, true) => Stroke::new(1.5, p.accent_text),
            (false, false) => Stroke::new(1.0, p.outline),
        };
        let fill = if p.dark { p.raised } else { p.base };
        let row_height = ui.fonts_mut(|fonts| fonts.row_height(&self.font));
        let vertical = ((size::CONTROL + 4.0 - row_height) / 2.0).clamp(3.0, 10.0) as i8;
        let frame = Frame::new()
            .fill(fill)
            .stroke(border)
            .corner_radius(CornerRadius::same(size::RADIUS))
            .inner_margin(Margin::symmetric(10, vertical));
        let edit = if self.multiline {
            TextEdit::multiline(text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(text)
        };
        let mut edit = edit
            .id(self.id)
            .font(self.font)
            .hint_text(egui::RichText::new(self.hint).color(p.weak))
            .password(self.password)
            .char_limit(self.max_chars)
            .desired_width(self.width)
            .text_color(p.text)
            .frame(frame);
        if self.lock_enter {
            let shift_enter = egui::KeyboardShortcut::new(egui::Modifiers::SHIFT, egui::Key::Enter);
            edit = edit.return_key(shift_enter);
        }
        if let Some(layouter) = layouter {
            edit = edit.layouter(layouter);
        }
        let mut output = edit.show(ui);
        let inner = output.response.response.clone().accessible_name(self.name);
        output.response.response = inner;
        output
    }
}
