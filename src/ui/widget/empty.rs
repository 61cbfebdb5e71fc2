//! What a list or page shows while it has nothing: why, and the next action.

use super::button::{Button, Kind};
use super::icon::{self, Icon};
use super::label;
use crate::ui::theme::{self, space, type_size};
use egui::{Align, Layout, Ui};

/// An icon, a line, an explanation and an action. Returns true when the action was clicked.
pub fn state(ui: &mut Ui, icon: Icon, line: &str, explanation: &str, action: Option<&str>) -> bool {
    let p = theme::palette(ui);
    let mut clicked = false;
    let width = (ui.available_width() - 2.0 * space::PANEL).clamp(80.0, 420.0);
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        let spare = ui.available_height() - 150.0;
        ui.add_space((spare * 0.4).clamp(space::ITEM, 120.0));
        if spare > -40.0 {
            icon::show(ui, icon, 44.0, p.outline);
            ui.add_space(space::TIGHT);
        }
        ui.spacing_mut().item_spacing.y = space::SMALL;
        centered(ui, width, line, theme::strong(type_size::NAME), p.text);
        if !explanation.is_empty() {
            centered(ui, width, explanation, theme::font(type_size::BODY), p.weak);
        }
        if let Some(action) = action {
            ui.add_space(space::TIGHT);
            clicked = Button::new(action).kind(Kind::Primary).show(ui).clicked();
        }
    });
    clicked
}

/// Lines of at most `width` points in the middle.
fn centered(ui: &mut Ui, width: f32, text: &str, font: egui::FontId, color: egui::Color32) {
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, color, width);
    job.halign = Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.add(egui::Label::new(galley).halign(Align::Center));
}

/// A line under a control that says what is wrong with it.
pub fn problem(ui: &mut Ui, text: &str) {
    let p = theme::palette(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        icon::show(ui, icon::icons::ICON_ERROR, 16.0, p.danger_text);
        let response = label::styled(ui, text, theme::font(type_size::CAPTION), p.danger_text);
        label::announce(&response);
    });
}
