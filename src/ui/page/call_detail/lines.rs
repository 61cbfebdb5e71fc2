//! The AT lines of a call: each with its time, its way, and what it means; taken apart where it is
//! clicked.

use crate::engine::lens::{self, Section};
use crate::phone::{CallRecordId, TranscriptLine};
use crate::ui::safe_text;
use crate::ui::text::{console, history as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::button::focus_ring;
use crate::ui::widget::{icon, icon::icons, label};
use egui::WidgetInfo;
use egui::{
    Align2, CornerRadius, CursorIcon, Frame, Margin, Rect, Response, Role, Sense, Ui, Vec2,
};

/// Height of a line, and of what it means below it.
const LINE: f32 = 18.0;
const MEANING: f32 = 16.0;
/// Room left of the lines: time and arrow.
const INDENT: f32 = 86.0;

/// What the lines of one call mean, found once.
#[derive(Debug, Default)]
pub(super) struct Lines {
    call: Option<CallRecordId>,
    meanings: Vec<String>,
    /// The line that is taken apart.
    open: Option<usize>,
}

impl Lines {
    /// Shows them all; what is out of sight is not laid out.
    pub fn ui(&mut self, ui: &mut Ui, call: CallRecordId, lines: &[TranscriptLine]) {
        if self.call != Some(call) || self.meanings.len() != lines.len() {
            let meanings = lines.iter().map(meaning).collect();
            *self = Lines { call: Some(call), meanings, open: None };
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        for (at, line) in lines.iter().enumerate() {
            let meaning = self.meanings.get(at).map(String::as_str).unwrap_or_default();
            let open = self.open == Some(at);
            if line_ui(ui, line, meaning, open).clicked() {
                self.open = (!open).then_some(at);
            }
            if open {
                apart_ui(ui, line);
            }
        }
    }
}

/// One sentence; empty if nothing is known of it.
fn meaning(line: &TranscriptLine) -> String {
    let sections = lens::explain_line(&line.text, line.sent);
    let whats: Vec<&str> = sections.iter().map(|section| section.what.as_str()).collect();
    let known: Vec<&str> = whats.into_iter().filter(|what| !what.is_empty()).collect();
    safe_text::line(&known.join("; "), 300)
}

/// Time, direction, text, and below it the meaning.
fn line_ui(ui: &mut Ui, line: &TranscriptLine, meaning: &str, open: bool) -> Response {
    let p = theme::palette(ui);
    let height = LINE + if meaning.is_empty() { 2.0 } else { MEANING };
    let size = Vec2::new(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = plain_line(line);
    let whole = if meaning.is_empty() { name } else { format!("{name}, {meaning}") };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &whole));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if open {
        ui.painter().rect_filled(rect, CornerRadius::same(4), p.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(4), p.hover);
    }
    let (text, weak) =
        if open { (p.on_accent_soft, p.weak_on_accent_soft) } else { (p.text, p.weak) };
    let color = if line.sent && !open { p.accent_text } else { text };
    let font = theme::mono(type_size::CAPTION);
    let middle = rect.top() + LINE / 2.0;
    let time = words::line_time(line.at_ms);
    let end = egui::pos2(rect.left() + 62.0, middle);
    ui.painter().text(end, Align2::RIGHT_CENTER, time, font.clone(), weak);
    let symbol = if line.sent { icons::ICON_ARROW_FORWARD } else { icons::ICON_ARROW_BACK };
    icon::paint(ui.painter(), egui::pos2(rect.left() + 74.0, middle), symbol, 13.0, color);
    let place = |top: f32, height: f32| {
        let corner = egui::pos2(rect.left() + INDENT, top);
        Rect::from_min_max(corner, egui::pos2(rect.right() - 4.0, top + height))
    };
    let safe = safe_text::line(&line.text, 400);
    label::paint_line(ui, place(rect.top(), LINE), &safe, font, color);
    if !meaning.is_empty() {
        let below = place(rect.top() + LINE - 2.0, MEANING);
        label::paint_line(ui, below, meaning, theme::font(type_size::CAPTION), weak);
    }
    focus_ring(ui, p, rect.shrink(2.0), CornerRadius::same(4), &response);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_text(if meaning.is_empty() { safe } else { format!("{safe}\n{meaning}") })
}

/// Command, each parameter by name, and errors in words.
fn apart_ui(ui: &mut Ui, line: &TranscriptLine) {
    let margin = Margin { left: INDENT as i8, right: 4, top: 4, bottom: 8 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let sections = lens::explain_line(&line.text, line.sent);
        if sections.is_empty() {
            label::caption(ui, console::NOT_KNOWN);
        }
        sections.iter().for_each(|section| section_ui(ui, section));
    });
}

fn section_ui(ui: &mut Ui, section: &Section) {
    let p = theme::palette(ui);
    let title = [section.title.as_str(), section.what.as_str()];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let font = theme::strong(type_size::CAPTION);
    label::styled(ui, &safe_text::line(&title.join(" · "), 300), font, p.text);
    for row in &section.rows {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            label::caption(ui, &row.name);
            let mono = theme::mono(type_size::CAPTION);
            label::styled(ui, &safe_text::line(&row.value, 100), mono, p.text);
            if !row.meaning.is_empty() {
                let font = theme::font(type_size::CAPTION);
                label::styled(ui, &safe_text::line(&row.meaning, 300), font, p.text);
            }
        });
    }
    if !section.clause.is_empty() {
        label::caption(ui, &section.clause);
    }
}

/// A line as it is copied.
pub(super) fn plain_line(line: &TranscriptLine) -> String {
    let direction = if line.sent { ">" } else { "<" };
    format!("{} {direction} {}", words::line_time(line.at_ms), line.text)
}
