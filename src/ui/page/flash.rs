//! Flash texts: a card over the window, one after the other, with the sender's name in our words
//! and the text in a frame of its own, so that it can't pass for the program.

use crate::number::PhoneNumber;
use crate::phone::TextMessage;
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::sending::Ask;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{Button, Kind, icon, icon::icons, label};
use crate::ui::{bidi, on_click, safe_text};
use egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, ScrollArea, Stroke, Ui, Vec2};

/// The oldest flash text that was not closed yet.
pub fn cards_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let flashes = &cx.model.sending.flashes;
    let Some(message) = flashes.front() else { return };
    let p = theme::palette(ui);
    let width = (cx.layout.size.x - 48.0).min(420.0);
    Area::new(Id::unique("flash"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, Vec2::new(0.0, cx.layout.top_bar() + 24.0))
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(p.card)
                .stroke(Stroke::new(1.5, p.accent_text))
                .corner_radius(CornerRadius::same(size::CARD_RADIUS))
                .shadow(ui.visuals().window_shadow)
                .inner_margin(Margin::same(16))
                .show(ui, |ui| {
                    ui.set_width(width - 32.0);
                    ui.push_id(message.id, |ui| {
                        card_ui(ui, cx, message, flashes.len() - 1, actions);
                    });
                });
        });
}

fn card_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    message: &TextMessage,
    more: usize,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = space::SMALL;
    ui.horizontal(|ui| {
        icon::show(ui, icons::ICON_BOLT, 22.0, p.accent_text);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let title = words::flash_from(&cx.name(&message.number));
            let line = label::foreign(ui, &title, theme::strong(type_size::NAME), p.text);
            label::announce(&line);
            let time = text::format::clock(message.time, cx.wall_time);
            label::caption(ui, &format!("{time} · {}", words::FLASH_WHY));
        });
    });
    text_ui(ui, cx, message);
    if more > 0 {
        label::caption(ui, &words::more_flashes(more));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        let close = Button::new(text::CLOSE).kind(Kind::Primary).show(ui);
        on_click(&close, actions, Action::Sending(Ask::CloseFlash(message.id)));
        if callable(&message.number) {
            let reply = Button::new(words::REPLY).icon(icons::ICON_REPLY).show(ui);
            let answer = Ask::ReplyFlash(message.id, message.number.clone());
            on_click(&reply, actions, Action::Sending(answer));
            // Named apart from the button of the dialpad.
            let name = format!("Call {} back", safe_text::line(&cx.name(&message.number), 40));
            let call = Button::new(words::CALL).name(&name).icon(icons::ICON_CALL).show(ui);
            if call.clicked() {
                actions.push(Action::FillDialpad(message.number.as_str().to_owned()));
                actions.push(Action::Sending(Ask::CloseFlash(message.id)));
            }
        }
    });
}

fn text_ui(ui: &mut Ui, cx: &ViewContext<'_>, message: &TextMessage) {
    let p = theme::palette(ui);
    let frame = Frame::new()
        .fill(p.raised)
        .corner_radius(CornerRadius::same(size::RADIUS))
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let height = (cx.layout.size.y * 0.4).max(60.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            let safe = safe_text::text(&message.text);
            let style = bidi::Style {
                font: theme::font(type_size::BODY + 1.0),
                color: p.text,
                max_width: ui.available_width(),
                max_rows: 200,
            };
            let laid = bidi::layout(ui, &safe, &style);
            let width = ui.available_width();
            label::show_laid(ui, &laid, &safe, p.text, width);
        });
    });
}

fn callable(number: &PhoneNumber) -> bool {
    let digits = number.as_str().chars().filter(char::is_ascii_digit).count();
    digits > 1 && !number.as_str().chars().any(char::is_alphabetic)
}
