//! The card of a number that is dialed again by itself: whom, which try, when, and stopping it.

use super::button::{Button, icon_button};
use super::icon::{self, icons};
use super::{ended_card, label};
use crate::phone::{CallCommand, Redial};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, text};
use egui::{Align, CornerRadius, Frame, Layout, Margin, Response, Stroke, Ui, Vec2};
use std::time::Duration;

/// Height of the name and a line below it.
const ROW: f32 = 36.0;
/// Windows narrower than this, in points, have no room for the word.
const LITTLE: f32 = 300.0;

/// Flat: whom, which try and when, and stopping it.
pub fn strip_ui(ui: &mut Ui, cx: &ViewContext<'_>, redial: &Redial, actions: &mut Actions) {
    let p = theme::palette(ui);
    let frame = Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::symmetric(8, 4));
    let shown = frame.show(ui, |ui| {
        let row = Vec2::new(ui.available_width(), ROW);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            ui.set_width(row.x);
            let stop = stop_ui(ui, cx.layout.size.x < LITTLE);
            on_click(&stop, actions, CallCommand::CancelRedial.into());
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.add_space(1.0);
                let name = cx.name(&redial.number.to_number());
                label::foreign_whole(ui, &name, theme::strong(type_size::BODY), p.text);
                let line = text::call::redial_line(redial, full_seconds(cx, redial));
                let font = theme::font(type_size::CAPTION + 1.0);
                let cause = cx.model.redialed().map(|tried| ended_card::cause(cx, tried));
                let cause = cause.filter(|cause| !cause.is_empty());
                let both = cause.map(|cause| format!("{line} · {cause}"));
                let fits =
                    |both: &String| label::width(ui, both, font.clone()) <= ui.available_width();
                let line = both.filter(fits).unwrap_or(line);
                label::tabular(ui, &line, font, p.weak);
            });
        });
    });
    if let Some(tried) = cx.model.redialed() {
        ended_card::tells(ui, tried, &shown.response);
    }
}

/// With its word, or as an icon where there is `little` room.
fn stop_ui(ui: &mut Ui, little: bool) -> Response {
    if little {
        return icon_button(ui, icons::ICON_CLOSE, text::call::STOP_REDIAL);
    }
    Button::new(text::call::STOP).name(text::call::STOP_REDIAL).show(ui)
}

/// The same in the column. What became of the try before is told by the same card.
pub fn card_ui(ui: &mut Ui, cx: &ViewContext<'_>, redial: &Redial, actions: &mut Actions) {
    let p = theme::palette(ui);
    let low = cx.layout.size.y < 480.0;
    let frame = Frame::new()
        .fill(p.card)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .inner_margin(Margin::same(space::ITEM as i8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let name = cx.name(&redial.number.to_number());
        label::foreign(ui, &name, theme::strong(type_size::BODY), p.text);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            icon::show(ui, icons::ICON_PHONE_FORWARDED, 16.0, p.weak);
            let font = theme::strong(type_size::CAPTION);
            label::announce(&label::styled(ui, text::call::REDIAL, font, p.weak));
        });
        let tried = cx.model.redialed();
        if let Some(tried) = tried {
            ended_card::cause_ui(ui, cx, tried);
        }
        let line = text::call::redial_line(redial, full_seconds(cx, redial));
        label::tabular(ui, &line, theme::font(type_size::BODY), p.text);
        if let Some(tried) = tried.filter(|tried| !low && !tried.diagnosis.evidence.is_empty()) {
            ended_card::fold_ui(ui, tried, actions);
            if tried.unfolded {
                ended_card::lines_ui(ui, tried);
            }
        }
        let stop =
            Button::new(text::call::STOP).name(text::call::STOP_REDIAL).icon(icons::ICON_CLOSE);
        on_click(&stop.show(ui), actions, CallCommand::CancelRedial.into());
    });
    if let Some(tried) = cx.model.redialed() {
        ended_card::tells(ui, tried, &shown.response);
    }
}

/// What is left until it is dialed, rounded up to full seconds.
fn full_seconds(cx: &ViewContext<'_>, redial: &Redial) -> Duration {
    let left = redial.at.since(cx.now);
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
