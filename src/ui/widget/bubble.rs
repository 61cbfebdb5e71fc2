//! One text of a conversation: a bubble, its time and state, and what can be done with it.

use super::button::{Button, Kind, focus_ring, icon_button_in};
use super::icon::{self, Icon, icons};
use super::label;
use crate::phone::{Command, Delivery, Direction, MessageCommand, TextMessage};
use crate::ui::action::{Action, Actions};
use crate::ui::bidi::{self, Laid};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::{on_click, safe_text, text};
use egui::{Color32, CornerRadius, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

/// Share of the width a bubble may take.
const MAX_SHARE: f32 = 0.7;
/// Characters shown before "Show all".
const FOLD_AT: usize = 1_500;
/// Lines shown at all.
const MAX_ROWS: usize = 2_000;
/// Space between the text and the bubble's border.
const PADDING: Vec2 = Vec2::new(12.0, 8.0);

/// A text and its place among its neighbours.
pub struct Bubble<'a> {
    /// The text.
    pub message: &'a TextMessage,
    /// The first of its group.
    pub first: bool,
    /// The last of its group: it shows time and state.
    pub last: bool,
    /// Shown whole although it is long.
    pub unfolded: bool,
}

/// Shows it; returns true when it is to be shown whole.
pub fn bubble_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    bubble: &Bubble<'_>,
    actions: &mut Actions,
) -> bool {
    let p = theme::palette(ui);
    let message = bubble.message;
    let mine = message.direction == Direction::MobileOriginated;
    let (fill, color) = if mine { (p.accent_soft, p.on_accent_soft) } else { (p.raised, p.text) };
    let safe = safe_text::text(&message.text);
    let folded = !bubble.unfolded && safe.chars().count() > FOLD_AT;
    let shown: String =
        if folded { safe.chars().take(FOLD_AT).chain(['…']).collect() } else { safe.to_string() };
    let room = ui.available_width();
    let share = if room < 420.0 { 0.86 } else { MAX_SHARE };
    let style = bidi::Style {
        font: theme::font(type_size::BODY),
        color,
        max_width: (room * share - 2.0 * PADDING.x).max(40.0),
        max_rows: MAX_ROWS,
    };
    let laid = bidi::layout(ui, &shown, &style);
    frame_ui(ui, bubble, &laid, (fill, color), actions);
    let mut unfold = false;
    let layout = if mine {
        egui::Layout::right_to_left(egui::Align::Min)
    } else {
        egui::Layout::left_to_right(egui::Align::Min)
    };
    if folded {
        ui.with_layout(layout, |ui| {
            let all = Button::new(text::message::SHOW_ALL).kind(Kind::Quiet).height(24.0);
            unfold = all.show(ui).clicked();
        });
    }
    if let Some(pdu) = &message.undecodable_pdu {
        ui.with_layout(layout, |ui| {
            let copy = Button::new(text::message::UNDECODABLE).kind(Kind::Quiet).show(ui);
            on_click(&copy, actions, Action::Copy(pdu.clone()));
        });
    }
    if bubble.last || needs_state(&message.delivery) {
        state_ui(ui, cx, p, message, actions);
    }
    unfold
}

/// The bubble itself, with its menu.
fn frame_ui(
    ui: &mut Ui,
    bubble: &Bubble<'_>,
    laid: &Laid,
    (fill, color): (Color32, Color32),
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let message = bubble.message;
    let mine = message.direction == Direction::MobileOriginated;
    let room = ui.available_width();
    let size = laid.size() + 2.0 * PADDING;
    let (row, _) = ui.allocate_exact_size(Vec2::new(room, size.y), Sense::hover());
    let left = if mine { row.right() - size.x } else { row.left() };
    let rect = Rect::from_min_size(egui::pos2(left, row.top()), size);
    let response = ui.interact(rect, ui.scope_id().with("bubble"), Sense::click());
    if ui.is_rect_visible(row) {
        let radius = corners(mine, bubble.first, bubble.last);
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, p, rect, radius, &response);
        laid.paint(ui.painter(), rect.shrink2(PADDING), color);
    }
    let safe = safe_text::text(&message.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, safe.as_ref()));
    response.context_menu(|ui| menu_ui(ui, message, actions));
    let near = rect.expand2(Vec2::new(40.0, 0.0));
    if ui.rect_contains_pointer(near) && ui.is_rect_visible(row) {
        let x = if mine { rect.left() - 20.0 } else { rect.right() + 20.0 };
        let place = Rect::from_center_size(egui::pos2(x, rect.center().y), Vec2::splat(28.0));
        let more = icon_button_in(ui, place, icons::ICON_MORE_VERT, "Text actions", p.weak);
        egui::Popup::menu(&more).show(|ui| menu_ui(ui, message, actions));
    }
}

fn corners(mine: bool, first: bool, last: bool) -> CornerRadius {
    let (round, tight) = (16, 5);
    let mut radius = CornerRadius::same(round);
    if mine {
        radius.ne = if first { round } else { tight };
        radius.se = if last { round } else { tight };
    } else {
        radius.nw = if first { round } else { tight };
        radius.sw = if last { round } else { tight };
    }
    radius
}

fn menu_ui(ui: &mut Ui, message: &TextMessage, actions: &mut Actions) {
    ui.set_min_width(140.0);
    if ui.button(text::message::COPY_TEXT).clicked() {
        actions.push(Action::Copy(message.text.clone()));
        ui.close();
    }
    if ui.button(text::message::DELETE_TEXT).clicked() {
        actions.push(Action::DeleteMessage(message.id));
        ui.close();
    }
}

/// States that are told under every text, not only the last of a group.
fn needs_state(delivery: &Delivery) -> bool {
    match delivery {
        Delivery::Failed(_) | Delivery::Unknown(_) | Delivery::Queued | Delivery::Sending(_) => {
            true
        }
        Delivery::Received(count) => count.total > count.done,
        Delivery::Sent | Delivery::Delivered => false,
    }
}

fn state_look(p: &Palette, delivery: &Delivery) -> (Option<Icon>, Color32) {
    match delivery {
        Delivery::Queued | Delivery::Sending(_) => (Some(icons::ICON_SCHEDULE), p.weak),
        Delivery::Sent => (Some(icons::ICON_DONE), p.weak),
        Delivery::Delivered => (Some(icons::ICON_DONE_ALL), p.accent_text),
        Delivery::Failed(_) => (Some(icons::ICON_ERROR), p.danger_text),
        Delivery::Unknown(_) => (Some(icons::ICON_HELP), p.doubt_text),
        Delivery::Received(count) if count.total > count.done => {
            (Some(icons::ICON_WARNING), p.doubt_text)
        }
        Delivery::Received(_) => (None, p.weak),
    }
}

/// Time and state under a bubble, and the remedy where there is one.
fn state_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    p: &Palette,
    message: &TextMessage,
    actions: &mut Actions,
) {
    let mine = message.direction == Direction::MobileOriginated;
    let time = text::format::clock(message.time, cx.wall_time);
    let state = text::message::delivery(&message.delivery);
    let (symbol, color) = state_look(p, &message.delivery);
    let font = theme::font(type_size::CAPTION);
    ui.add_space(2.0);
    let line = if state.is_empty() { time } else { format!("{time} · {state}") };
    let row = Vec2::new(ui.available_width(), 18.0);
    let (rect, response) = ui.allocate_exact_size(row, Sense::hover());
    let galley = ui.painter().layout_no_wrap(line.clone(), font, color);
    let mut x = if mine { rect.right() - galley.size().x - 4.0 } else { rect.left() + 4.0 };
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(x, top), galley, color);
    if let Some(symbol) = symbol {
        x -= 12.0;
        if !mine {
            x = rect.left() + ui.available_width().min(8.0);
        }
        if mine {
            icon::paint(ui.painter(), egui::pos2(x, rect.center().y), symbol, 15.0, color);
        }
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &line));
    response.on_hover_text_at_pointer(text::format::exact(message.time, cx.wall_time));
    remedy_ui(ui, p, message, actions);
}

/// Why it failed, and a button.
fn remedy_ui(ui: &mut Ui, p: &Palette, message: &TextMessage, actions: &mut Actions) {
    let (why, word, command) = match &message.delivery {
        Delivery::Failed(why) => {
            (Some(why), text::message::RETRY, MessageCommand::Retry(message.id))
        }
        Delivery::Unknown(why) => {
            (Some(why), text::message::SEND_AGAIN, MessageCommand::Retry(message.id))
        }
        Delivery::Queued => (None, text::message::CANCEL, MessageCommand::Cancel(message.id)),
        _ => return,
    };
    let layout = egui::Layout::top_down(egui::Align::Max);
    let inset = ui.available_rect_before_wrap();
    let inset = inset.with_max_x(inset.right() - 4.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inset).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if let Some(why) = why {
            for (line, color) in [(&why.cause, p.text), (&why.advice, p.weak)] {
                if !line.is_empty() {
                    let line = safe_text::line(line, 300);
                    label::styled(ui, &line, theme::font(type_size::CAPTION), color);
                }
            }
        }
        let button = Button::new(word).kind(Kind::Plain).height(size::CONTROL - 4.0);
        let button = if why.is_some() { button.icon(icons::ICON_REPLAY) } else { button };
        on_click(&button.show(ui), actions, Action::Command(Command::Message(command)));
        ui.add_space(space::TIGHT);
    });
}
