//! Calls as strips under the top bar: an incoming call in every layout, the others while their
//! column is out of sight.

use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::theme;
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::ended_card;
use egui::{Frame, Margin, Panel, Ui};

/// All strips. `column` says that the column of the call is on the screen.
pub fn strips_ui(ui: &mut Ui, cx: &ViewContext<'_>, column: bool, actions: &mut Actions) {
    let calls = &cx.model.phone.calls;
    let strips: Vec<_> = calls.iter().filter(|call| !column || call_card::rings(call)).collect();
    let ended = if column { None } else { cx.model.ended.last() };
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
