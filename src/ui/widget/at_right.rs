//! What stands at the right end of a line, made from left to right, so that the order of focus is
//! the order of reading.

use egui::{Align, Id, InnerResponse, Layout, Ui, UiBuilder};

/// A change of the width smaller than this is not seen, in points.
const UNSEEN: f32 = 0.5;

/// How wide that was when it was shown last, in points; `None`: it never was.
pub fn width(ui: &Ui, salt: &str) -> Option<f32> {
    let id = id(ui, salt);
    ui.ctx().data(|data| data.get_temp(id))
}

/// Shows what `add` makes against the right end of the room that is left. Its width is known from
/// the pass before; where that was another one, the pass is done again and not shown.
pub fn show<R>(ui: &mut Ui, salt: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = id(ui, salt);
    let known: Option<f32> = ui.ctx().data(|data| data.get_temp(id));
    let room = ui.available_width();
    let mut place = ui.available_rect_before_wrap();
    place.min.x = place.right() - known.unwrap_or(room).min(room);
    // It may take all there is, or it could never grow.
    place.max.x = place.min.x + room;
    let layout = Layout::left_to_right(Align::Center);
    let InnerResponse { inner, response } =
        ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), add);
    let taken = response.rect.width();
    if known.is_none_or(|known| (known - taken).abs() > UNSEEN) {
        ui.ctx().data_mut(|data| data.insert_temp(id, taken));
        ui.ctx().request_discard("the width at the right end");
        ui.ctx().request_repaint();
    }
    inner
}

fn id(ui: &Ui, salt: &str) -> Id {
    ui.scope_id().with(("at right", salt))
}
