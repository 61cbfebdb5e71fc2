//! Calls as strips under the top bar: an incoming call in every layout, the others while their
//! column is out of sight.

use crate::phone::Call;
use crate::ui::action::Actions;
use crate::ui::model::{EndedCall, ViewContext};
use crate::ui::theme;
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::ended_card;
use egui::{Frame, Margin, Panel, Ui};
use std::hash::{DefaultHasher, Hash, Hasher};

/// All strips. `column` says that the column of the call is on the screen.
pub fn strips_ui(ui: &mut Ui, cx: &ViewContext<'_>, column: bool, actions: &mut Actions) {
    let calls = &cx.model.phone.calls;
    let strips: Vec<_> = calls.iter().filter(|call| !column || call_card::rings(call)).collect();
    let ended = if column { None } else { cx.model.ended.last() };
    settle(ui, &strips, ended, cx.layout.size.x);
    if strips.is_empty() && ended.is_none() {
        return;
    }
    let p = theme::palette(ui);
    let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(8, 4));
    Panel::top("strips").resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for call in strips {
            ui.push_id(call.id, |ui| call_card::live_ui(ui, cx, call, Place::Strip, actions));
        }
        if let Some(ended) = ended {
            ui.push_id(ended.key, |ui| ended_card::strip_ui(ui, cx, ended, actions));
        }
    });
}

/// A panel is as high as its content was in the frame before. When other strips are to be shown,
/// the frame is drawn twice, once, so that none is cut.
fn settle(ui: &Ui, strips: &[&Call], ended: Option<&EndedCall>, width: f32) {
    let mut hasher = DefaultHasher::new();
    width.to_bits().hash(&mut hasher);
    for call in strips {
        (call.id, format!("{:?}", call.state)).hash(&mut hasher);
    }
    ended.map(|ended| ended.key).hash(&mut hasher);
    let now = hasher.finish();
    let id = egui::Id::unique("strips shown");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<u64>(id);
        data.insert_temp(id, now);
        before
    });
    if before != Some(now) {
        ui.ctx().request_discard("other strips");
        ui.ctx().request_repaint();
    }
}
