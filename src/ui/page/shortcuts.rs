//! The sheet of keyboard shortcuts.

use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{Button, Kind, label};
use egui::{CornerRadius, Frame, Margin, Stroke, Ui};

/// The sheet, above everything.
pub fn sheet_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let width = (cx.layout.size.x - 48.0).min(460.0);
    let height = cx.layout.size.y - 170.0;
    let modal = egui::Modal::new(egui::Id::unique("shortcuts")).frame(dialog_frame(ui));
    let response = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        label::title(ui, text::SHORTCUTS);
        ui.add_space(space::SMALL);
        egui::ScrollArea::vertical().max_height(height.max(80.0)).show(ui, |ui| {
            let p = theme::palette(ui);
            egui::Grid::new("shortcut rows").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
                for (keys, meaning) in text::SHORTCUT_ROWS {
                    let font = theme::mono(type_size::CAPTION + 1.0);
                    let keys = egui::RichText::new(*keys).font(font).color(p.accent_text);
                    ui.label(keys);
                    ui.label(*meaning);
                    ui.end_row();
                }
            });
        });
        ui.add_space(space::SMALL);
        Button::new(text::CLOSE).kind(Kind::Primary).show(ui).clicked()
    });
    if response.inner || response.should_close() {
        actions.push(Action::Shortcuts(false));
    }
}

/// The frame of a dialog.
pub fn dialog_frame(ui: &Ui) -> Frame {
    let p = theme::palette(ui);
    Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().window_shadow)
        .inner_margin(Margin::same(20))
}
