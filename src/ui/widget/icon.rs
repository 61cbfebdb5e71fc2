//! Icons: glyphs of the icon font, painted on a fixed square.

use egui::{Color32, FontFamily, FontId, Painter, Pos2, Rect, Sense, Vec2};
pub use egui_material_icons::MaterialIcon as Icon;
pub use egui_material_icons::icons;

/// Paints an icon with its middle at `center`, `size` points high.
pub fn paint(painter: &Painter, center: Pos2, icon: Icon, size: f32, color: Color32) {
    let family = FontFamily::Name(egui_material_icons::FONT_FAMILY.into());
    let font = FontId::new(size, family);
    let galley = painter.layout_no_wrap(icon.codepoint.to_owned(), font, color);
    // The glyph's own box, not the line's: icons of one size then stand on one line.
    let bounds = galley.mesh_bounds;
    let middle = if bounds.is_positive() { bounds.center().to_vec2() } else { galley.size() / 2.0 };
    painter.galley(center - middle, galley, color);
}

/// An icon in the flow of a row, silent for assistive technology.
pub fn show(ui: &mut egui::Ui, icon: Icon, size: f32, color: Color32) -> Rect {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
    paint(ui.painter(), rect.center(), icon, size, color);
    rect
}
