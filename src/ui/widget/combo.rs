//! A choice of one from a list that opens: framed as the fields are, with the arrow of our icons.

use super::icon::{self, icons};
use crate::ui::theme;
use egui::{ComboBox, Stroke, Ui};

/// Shows it under this name, `width` points wide; `shown` is what is chosen, `add` makes the list.
pub fn show(ui: &mut Ui, (name, shown): (&str, &str), width: f32, add: impl FnOnce(&mut Ui)) {
    let p = theme::palette(ui);
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = if p.dark { p.raised } else { p.base };
        for visuals in [&mut widgets.inactive, &mut widgets.hovered] {
            visuals.bg_stroke = Stroke::new(1.0, p.outline);
        }
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(width).truncate();
        let arrow = |ui: &Ui, rect: egui::Rect, _: &egui::style::WidgetVisuals, _: bool| {
            icon::paint(ui.painter(), rect.center(), icons::ICON_EXPAND_MORE, 18.0, p.weak);
        };
        let response = combo.icon(arrow).show_ui(ui, add).response;
        let _ = response.accessible_name(name);
    });
}
