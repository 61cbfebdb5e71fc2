//! Texts that were sent together: how far they are, and each of them.

use super::{head_ui, outbox};
use crate::phone::{Batch, BatchAction, BatchId, Command, MessageCommand, TextMessage};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::sending as words;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, empty, icon::icons, label, progress};
use crate::ui::{on_click, safe_text};
use egui::{Frame, Margin, ScrollArea, Sense, Stroke, Ui, Vec2};

/// Height of a text in the list: all are as high, so that 10,000 of them scroll lightly.
const ROW: f32 = 62.0;

/// The page.
pub fn page_ui(ui: &mut Ui, cx: &ViewContext<'_>, id: BatchId, actions: &mut Actions) {
    let Some(batch) = cx.model.phone.batches.iter().find(|batch| batch.id == id) else {
        head_ui(ui, cx, (words::OUTBOX, true), actions, |_, _| {});
        empty::state(ui, icons::ICON_OUTBOX, words::NO_BATCH, "", None);
        return;
    };
    let title = safe_text::line(&batch.name, 60);
    head_ui(ui, cx, (&title, true), actions, |_, _| {});
    let margin = Margin { bottom: 8, ..Margin::same(16) };
    Frame::new().inner_margin(margin).show(ui, |ui| progress_ui(ui, batch, actions));
    let Some(open) = cx.model.sending.batch.as_ref().filter(|open| open.id == id) else { return };
    let area = ScrollArea::vertical().auto_shrink([false, false]);
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW, open.texts.len(), |ui, rows| {
        for message in open.texts.get(rows).unwrap_or_default() {
            ui.push_id(message.id, |ui| row_ui(ui, cx, message, actions));
        }
    });
}

fn progress_ui(ui: &mut Ui, batch: &Batch, actions: &mut Actions) {
    let p = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = space::SMALL;
    let done = words::progress(batch);
    label::styled(ui, &done, theme::strong(type_size::NAME), p.text);
    let shares = progress::batch_shares(p, batch.counts);
    progress::bar(ui, &shares, batch.counts.total(), &done);
    label::caption(ui, &words::counts(batch));
    let command = |action: BatchAction| {
        Action::Command(Command::Message(MessageCommand::Batch(batch.id, action)))
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        if batch.counts.waiting > 0 {
            let (word, symbol, action) = if batch.paused {
                (words::RESUME, icons::ICON_PLAY_ARROW, BatchAction::Resume)
            } else {
                (words::PAUSE, icons::ICON_PAUSE, BatchAction::Pause)
            };
            let main = Button::new(word).icon(symbol).kind(Kind::Primary).height(36.0).show(ui);
            on_click(&main, actions, command(action));
            let cancel = Button::new(words::CANCEL_REST).height(36.0).show(ui);
            on_click(&cancel, actions, command(BatchAction::Cancel));
        } else {
            let remove = Button::new(words::REMOVE)
                .tip("Its texts stay in their conversations")
                .height(36.0)
                .show(ui);
            if remove.clicked() {
                actions.push(command(BatchAction::Remove));
                actions.push(Action::Show(crate::ui::action::Page::Outbox));
            }
        }
    });
}

/// A text in a row of fixed height; a click opens its conversation.
fn row_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage, actions: &mut Actions) {
    let p = theme::palette(ui);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    let inner = rect.shrink2(Vec2::new(16.0, 6.0));
    if response.hovered() {
        ui.painter().rect_filled(rect, egui::CornerRadius::ZERO, p.hover);
    }
    crate::ui::widget::button::focus_ring(ui, p, rect, egui::CornerRadius::ZERO, &response);
    ui.painter().hline(inner.x_range(), rect.bottom(), Stroke::new(1.0, p.line));
    let line = |index: f32| {
        let top = inner.top() + index * 17.0;
        egui::Rect::from_min_size(egui::pos2(inner.left(), top), Vec2::new(inner.width(), 17.0))
    };
    let who = cx.name(&message.number);
    label::paint_line(ui, line(0.0), &who, theme::strong(type_size::BODY), p.text);
    let (state, color) = outbox::state_line(p, message, cx.wall_time);
    let small = theme::font(type_size::CAPTION);
    label::paint_line(ui, line(1.0), &state, small.clone(), color);
    label::paint_line(ui, line(2.0), &message.text, small, p.weak);
    let name = format!("{}, {state}", safe_text::line(&who, 60));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    on_click(&response, actions, Action::Converse(message.number.clone()));
}
