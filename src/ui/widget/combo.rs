//! A choice of one from a list that opens: framed as the fields are, with the arrow of our icons.

use super::icon::{self, icons};
use crate::ui::theme;
use egui::{ComboBox, Key, Stroke, Ui};

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
        let list = |ui: &mut Ui| {
            add(ui);
            if chosen_by_key(ui) {
                ui.close();
            }
        };
        let response = combo.icon(arrow).show_ui(ui, list).response;
        let _ = response.accessible_name(name);
    });
}

/// A click closes the list by itself; a key does the same, once it is pressed on an entry. The one
/// that opened the list was pressed elsewhere.
fn chosen_by_key(ui: &Ui) -> bool {
    let pressed = ui.input(|i| i.key_pressed(Key::Enter) || i.key_pressed(Key::Space));
    let focused = ui.memory(egui::Memory::focused).filter(|_| pressed);
    let entry = focused.and_then(|id| ui.ctx().read_response(id));
    entry.is_some_and(|entry| entry.layer_id == ui.layer_id())
}
