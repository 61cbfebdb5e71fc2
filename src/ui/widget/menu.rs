//! Entries of menus: an icon, a word, and the whole line to click on.

use super::button::focus_ring;
use super::icon::{self, Icon, icons};
use crate::ui::theme::{self, size, space, type_size};
use egui::{
    Color32, CornerRadius, CursorIcon, Galley, Response, Role, Sense, Ui, Vec2, WidgetInfo,
};
use std::sync::Arc;

/// Height of an entry in points.
const HEIGHT: f32 = 34.0;
/// Size of its icon in points.
const ICON: f32 = 18.0;
/// Room for the icon before the words.
const BEFORE: f32 = space::SMALL + ICON + space::SMALL + 2.0;

/// Entries of a menu that may be higher than the window: then it scrolls.
pub fn entries<R>(ui: &mut Ui, least: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let height = (ui.ctx().content_rect().height() - 2.0 * space::GROUP).max(120.0);
    let area = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    let shown = area.show(ui, |ui| {
        ui.set_min_width(least);
        ui.spacing_mut().item_spacing.y = 1.0;
        add(ui)
    });
    shown.inner
}

/// An entry; true, and the menu closes, when it is chosen.
pub fn item(ui: &mut Ui, symbol: Icon, word: &str) -> bool {
    let p = theme::palette(ui);
    let response = line_ui(ui, (symbol, p.weak), word, p.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, word));
    chosen(ui, &response)
}

/// The same with a sentence, in as many lines as it takes.
pub fn sentence(ui: &mut Ui, symbol: Icon, words: &str) -> bool {
    let p = theme::palette(ui);
    let room = ui.available_width() - BEFORE - space::ITEM;
    let font = theme::font(type_size::BODY);
    let galley = ui.painter().layout(words.to_owned(), font, p.text, room.max(40.0));
    let response = galley_ui(ui, (symbol, p.weak), galley, p.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    chosen(ui, &response)
}

/// An entry that deletes.
pub fn delete(ui: &mut Ui, word: &str) -> bool {
    let p = theme::palette(ui);
    let color = p.danger_text;
    let response = line_ui(ui, (icons::ICON_DELETE, color), word, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, word));
    chosen(ui, &response)
}

fn chosen(ui: &Ui, response: &Response) -> bool {
    if response.clicked() {
        ui.close();
    }
    response.clicked()
}

fn line_ui(ui: &mut Ui, symbol: (Icon, Color32), word: &str, color: Color32) -> Response {
    let font = theme::font(type_size::BODY);
    let galley = ui.painter().layout_no_wrap(word.to_owned(), font, color);
    galley_ui(ui, symbol, galley, color)
}

fn galley_ui(
    ui: &mut Ui,
    (symbol, tint): (Icon, Color32),
    galley: Arc<Galley>,
    color: Color32,
) -> Response {
    let p = theme::palette(ui);
    let high = HEIGHT.max(galley.size().y + space::SMALL);
    let wanted = Vec2::new(BEFORE + galley.size().x + space::ITEM, high);
    // As wide as the menu.
    let (rect, response) = ui.allocate_at_least(wanted, Sense::click());
    if ui.is_rect_visible(rect) {
        let radius = CornerRadius::same(size::RADIUS);
        let fill = match () {
            () if response.is_pointer_button_down_on() => p.outline,
            () if response.hovered() => p.hover,
            () => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, p, rect.shrink(2.0), radius, &response);
        let middle = rect.left_center() + Vec2::new(space::SMALL + ICON / 2.0, 0.0);
        icon::paint(ui.painter(), middle, symbol, ICON, tint);
        let at = egui::pos2(rect.left() + BEFORE, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
