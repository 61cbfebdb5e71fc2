//! A bar that shows how much is done, in colours with a meaning; words beside it say the same.

use crate::ui::theme::{self, Palette};
use egui::{Color32, CornerRadius, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

/// Height in points.
const HEIGHT: f32 = 8.0;

/// A part of the bar.
#[derive(Clone, Copy)]
pub struct Share {
    /// How many of the whole.
    pub count: u32,
    /// Its colour.
    pub color: Color32,
}

/// Shows the shares of `total` one beside the other, as wide as there is room. `name` says for
/// assistive technology what is counted.
pub fn bar(ui: &mut Ui, shares: &[Share], total: u32, name: &str) -> Response {
    let p = theme::palette(ui);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, HEIGHT), Sense::hover());
    let radius = CornerRadius::same((HEIGHT / 2.0) as u8);
    ui.painter().rect_filled(rect, radius, p.raised);
    let total = total.max(1) as f32;
    let mut left = rect.left();
    let done: u32 = shares.iter().map(|share| share.count).sum();
    let mut counted = 0;
    for share in shares.iter().filter(|share| share.count > 0) {
        counted += share.count;
        let width = rect.width() * share.count as f32 / total;
        let size = Vec2::new(width.max(2.0), HEIGHT);
        let part = Rect::from_min_size(egui::pos2(left, rect.top()), size).intersect(rect);
        // Round at the ends of what is done, straight where one share meets the next.
        let mut corners = CornerRadius::ZERO;
        if counted == share.count {
            (corners.nw, corners.sw) = (radius.nw, radius.sw);
        }
        if counted == done {
            (corners.ne, corners.se) = (radius.ne, radius.se);
        }
        ui.painter().rect_filled(part, corners, share.color);
        left += width;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_numeric_value(f64::from(done));
        node.set_max_numeric_value(f64::from(total));
    });
    response
}

/// Sent, failed and doubtful texts of a batch, in this order.
pub fn batch_shares(p: &Palette, counts: crate::phone::BatchCounts) -> [Share; 3] {
    [
        Share { count: counts.sent + counts.delivered, color: p.accent },
        Share { count: counts.unknown, color: p.doubt_text },
        Share { count: counts.failed, color: p.danger },
    ]
}
