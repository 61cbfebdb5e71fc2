//! Toasts: lines that come and go at the bottom of the window.

use super::button::{Button, Kind, icon_button};
use super::icon::{self, icons};
use super::label;
use crate::ui::action::{Action, Actions};
use crate::ui::model::{Toast, ViewContext};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, Stroke, Ui, Vec2};

/// A toast narrower than this has its button below the words, and no sign before them.
const TIGHT: f32 = 260.0;
/// Side of the sign.
const SIGN: f32 = 20.0;

/// Notes of the moment above the model's toasts.
pub fn toasts_ui(ui: &mut Ui, cx: &ViewContext<'_>, notes: &[&str], actions: &mut Actions) {
    let toasts = &cx.model.toasts;
    if toasts.is_empty() && notes.is_empty() {
        return;
    }
    // Above the composer and the tabs, where nothing else is to be clicked.
    let up = if cx.layout.short { 48.0 } else { 96.0 };
    let width = (cx.layout.size.x - 32.0).min(400.0);
    Area::new(Id::unique("toasts"))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_BOTTOM, Vec2::new(0.0, -up))
        .show(ui.ctx(), |ui| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            for note in notes {
                frame(ui, false).show(ui, |ui| {
                    label::announce(&label::strong(ui, note));
                });
            }
            for toast in toasts {
                ui.push_id(toast.key, |ui| toast_ui(ui, toast, actions));
            }
        });
}

fn frame(ui: &Ui, problem: bool) -> Frame {
    let p = theme::palette(ui);
    Frame::new()
        .fill(if problem { p.danger_soft } else { p.card })
        .stroke(Stroke::new(1.0, if problem { p.danger_text } else { p.outline }))
        .corner_radius(CornerRadius::same(size::CARD_RADIUS))
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8))
}

fn toast_ui(ui: &mut Ui, toast: &Toast, actions: &mut Actions) {
    let p = theme::palette(ui);
    frame(ui, toast.problem).show(ui, |ui| {
        // All as wide, so that several stand under each other with one edge.
        let whole = ui.available_width();
        let deed = match &toast.page {
            _ if !toast.undo.is_empty() => Some((text::UNDO, Action::Undo(toast.key))),
            Some(page) => Some((text::SHOW, Action::Show(page.clone()))),
            None => None,
        };
        let quiet = |word| Button::new(word).kind(Kind::Quiet);
        let below = whole < TIGHT;
        let deed_width = match &deed {
            Some((word, _)) if !below => quiet(word).width(ui) + space::SMALL,
            _ => 0.0,
        };
        let sign = if below { 0.0 } else { SIGN + space::SMALL };
        let room = (whole - sign - deed_width - size::CONTROL - space::SMALL).max(60.0);
        let line = safe_text::line(&toast.text, 300);
        let advice = safe_text::line(&toast.advice, 300);
        let mut lines = vec![(line, theme::strong(type_size::BODY))];
        if !advice.is_empty() {
            lines.push((advice, theme::font(type_size::CAPTION + 1.0)));
        }
        let tall = |(line, font): &(String, egui::FontId)| {
            ui.painter().layout(line.clone(), font.clone(), p.text, room).size().y + 2.0
        };
        let tall = lines.iter().map(tall).sum::<f32>() - 2.0;
        let height = tall.max(size::CONTROL);
        let row = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(Vec2::new(whole, height), row, |ui| {
            let (symbol, color) = if toast.problem {
                (icons::ICON_ERROR, p.danger_text)
            } else {
                (icons::ICON_CHECK_CIRCLE, p.accent_text)
            };
            ui.spacing_mut().item_spacing.x = space::SMALL;
            if !below {
                icon::show(ui, symbol, SIGN, color);
            }
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add_space((height - tall) / 2.0);
                for (line, font) in &lines {
                    label::announce(&label::styled(ui, line, font.clone(), p.text));
                }
            });
            if let Some(deed) = deed.as_ref().filter(|_| !below) {
                deed_ui(ui, toast, deed, actions);
            }
            let close = icon_button(ui, icons::ICON_CLOSE, "Dismiss");
            on_click(&close, actions, Action::CloseToast(toast.key));
        });
        if let Some(deed) = deed.as_ref().filter(|_| below) {
            deed_ui(ui, toast, deed, actions);
        }
    });
}

/// The button with what can be done about it.
fn deed_ui(ui: &mut Ui, toast: &Toast, (word, action): &(&str, Action), actions: &mut Actions) {
    let response = Button::new(word).kind(Kind::Quiet).show(ui);
    if response.clicked() && toast.page.is_some() {
        actions.push(Action::CloseToast(toast.key));
    }
    on_click(&response, actions, action.clone());
}
