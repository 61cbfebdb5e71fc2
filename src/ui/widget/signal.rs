//! Signal strength as bars; the words stand beside them.

use crate::ui::theme;
use egui::{CornerRadius, Pos2, Rect, Sense, Ui, Vec2};

/// Four bars of which `bars` are filled; `None` while the strength is not known.
pub fn bars(ui: &mut Ui, bars: Option<u8>) {
    let p = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(18.0, 14.0), Sense::hover());
    for index in 0..4_u8 {
        let height = 5.0 + 3.0 * f32::from(index);
        let left = rect.left() + f32::from(index) * 5.0;
        let bar = Rect::from_min_max(
            Pos2::new(left, rect.bottom() - height),
            Pos2::new(left + 3.0, rect.bottom()),
        );
        let filled = bars.is_some_and(|bars| index < bars);
        let color = if filled { p.text } else { p.outline };
        ui.painter().rect_filled(bar, CornerRadius::same(1), color);
    }
}
