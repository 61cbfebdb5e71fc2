//! One line of the traffic taken apart: its command, each parameter by name, errors in words, the
//! fields of a PDU.

use crate::engine::lens::{self, Row, Section};
use crate::engine::{TraceDirection, TraceEntry};
use crate::ui::safe_text;
use crate::ui::text::{self, console as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{at_right, icon::icons, icon_button, label};
use egui::{Color32, FontId, Frame, Margin, Panel, ScrollArea, Ui};

/// Widest name or value, in points.
const CELL: f32 = 180.0;
/// Below this width there is no room for columns.
const STACKED: f32 = 360.0;

/// What the line is made of.
pub(super) fn sections(entry: &TraceEntry) -> Vec<Section> {
    match entry.direction {
        TraceDirection::Note => Vec::new(),
        way => lens::explain_line(&entry.line, way == TraceDirection::Sent),
    }
}

/// Shows it below the lines; true when it was closed.
pub(super) fn detail_ui(
    ui: &mut Ui,
    line: &str,
    cause: &str,
    sections: &[Section],
    masked: bool,
) -> bool {
    let p = theme::palette(ui);
    let mut close = false;
    let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(16, 8));
    let most = (ui.available_height() * 0.5).max(80.0);
    Panel::bottom("line taken apart")
        .resizable(true)
        .max_size(most)
        .default_size(most.min(220.0))
        .frame(frame)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let buttons = at_right::width(ui, "buttons").unwrap_or_default();
                let room = ui.available_width() - buttons - space::SMALL;
                let font = theme::mono(type_size::BODY);
                let safe = safe_text::line(line, 400);
                let laid = label::foreign_line(ui, &safe, font, p.text, room);
                label::show_laid(ui, &laid, &safe, p.text, laid.size().x);
                at_right::show(ui, "buttons", |ui| {
                    if icon_button(ui, icons::ICON_CONTENT_COPY, text::COPY).clicked() {
                        ui.ctx().copy_text(line.to_owned());
                    }
                    close = icon_button(ui, icons::ICON_CLOSE, text::CLOSE).clicked();
                });
            });
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                if !cause.is_empty() {
                    label::caption(ui, cause);
                }
                if sections.is_empty() {
                    label::caption(ui, words::NOT_KNOWN);
                }
                for section in sections {
                    section_ui(ui, section, masked);
                }
            });
        });
    close
}

fn section_ui(ui: &mut Ui, section: &Section, masked: bool) {
    let p = theme::palette(ui);
    ui.add_space(space::TIGHT);
    let what = if masked { lens::mask(&section.what) } else { section.what.as_str().into() };
    let title = match (section.title.is_empty(), what.is_empty()) {
        (true, _) => what.into_owned(),
        (false, true) => section.title.clone(),
        (false, false) => format!("{} · {what}", section.title),
    };
    label::strong(ui, &safe_text::line(&title, 200));
    if !section.clause.is_empty() {
        label::caption(ui, &section.clause);
    }
    if ui.available_width() < STACKED {
        for row in &section.rows {
            stacked_ui(ui, row, masked);
        }
        return;
    }
    let grid = egui::Grid::new(("fields", &section.title)).num_columns(3).striped(true);
    grid.spacing([16.0, 4.0]).show(ui, |ui| {
        for row in &section.rows {
            let (value, meaning) = row_words(row, masked);
            let name = format!("{}{}", "  ".repeat(usize::from(row.depth)), row.name);
            cell_ui(ui, &name, theme::font(type_size::CAPTION), p.weak);
            cell_ui(ui, &safe_text::line(&value, 60), theme::mono(type_size::CAPTION), p.text);
            let font = theme::font(type_size::CAPTION);
            label::foreign(ui, &safe_text::line(&meaning, 300), font, p.text);
            ui.end_row();
        }
    });
}

/// A field where there is no room for columns: what it means stands below it.
fn stacked_ui(ui: &mut Ui, row: &Row, masked: bool) {
    let p = theme::palette(ui);
    let (value, meaning) = row_words(row, masked);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        cell_ui(ui, &row.name, theme::font(type_size::CAPTION), p.weak);
        cell_ui(ui, &safe_text::line(&value, 60), theme::mono(type_size::CAPTION), p.text);
    });
    if !meaning.is_empty() {
        let meaning = safe_text::line(&meaning, 300);
        label::styled(ui, &meaning, theme::font(type_size::CAPTION), p.text);
    }
}

/// A cell as wide as its words, up to a limit: the table gives a new one hardly any room.
fn cell_ui(ui: &mut Ui, text: &str, font: FontId, color: Color32) {
    let width = CELL.min(ui.max_rect().width());
    let laid = label::foreign_line(ui, text, font, color, width);
    label::show_laid(ui, &laid, text, color, laid.size().x);
}

/// Value and meaning of a field. Masked, the fields that hold addresses and texts say nothing.
fn row_words(row: &Row, masked: bool) -> (String, String) {
    if !masked {
        return (row.value.clone(), row.meaning.clone());
    }
    if PERSONAL.contains(&row.name.as_str()) {
        return ("••••".to_owned(), words::MASKED_PART.to_owned());
    }
    (lens::mask(&row.value).into_owned(), lens::mask(&row.meaning).into_owned())
}

/// Fields of a PDU that say who or what (23.040 §9.2.3).
const PERSONAL: [&str; 9] =
    ["SMSC", "TP-OA", "TP-DA", "TP-RA", "TP-UD", "TP-CD", "number", "text", "data"];
