//! The head of a conversation: who, which number, and what can be done with all of it.

use super::{ConversationPage, can_reply, menu};
use crate::number::PhoneNumber;
use crate::ui::action::{Action, Actions, contact_page};
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::button::icon_button_sized;
use crate::ui::widget::{avatar, icon, icon::icons, icon_button, label, menu as entry};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, CursorIcon, Layout, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

/// Below this width there is room for a name and two buttons.
const TIGHT: f32 = 300.0;

impl ConversationPage {
    pub(super) fn header_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let height = if cx.layout.short { 40.0 } else { 60.0 };
        let (rect, _) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, p.line));
        // With little room the name is worth more than its picture and a second way to the page.
        let tight = rect.width() < TIGHT;
        let margin = if tight { space::TIGHT } else { space::ITEM };
        let inner = rect.shrink2(Vec2::new(margin, 4.0));
        let count = buttons(number, tight);
        let width = count * size::CONTROL + (count - 1.0) * space::SMALL;
        // What is read first comes first, also for the keyboard.
        let left = inner.with_max_x(inner.right() - width - space::SMALL);
        let row = Layout::left_to_right(Align::Center);
        ui.scope_builder(egui::UiBuilder::new().max_rect(left).layout(row), |ui| {
            ui.spacing_mut().item_spacing.x = if tight { space::TIGHT } else { space::SMALL };
            if cx.layout.width == Width::Narrow {
                let back = icon_button(ui, icons::ICON_ARROW_BACK, text::BACK);
                on_click(&back, actions, Action::Back);
            }
            if !tight {
                let known = cx.model.phone.name_for(number);
                let face = if cx.layout.short { 28.0 } else { 40.0 };
                let (place, _) = ui.allocate_exact_size(Vec2::splat(face), Sense::hover());
                let letters = !can_reply(number);
                let initials = known.unwrap_or(if letters { number.as_str() } else { "" });
                avatar::paint(ui, place, initials);
            }
            names_ui(ui, cx, number, actions);
        });
        let right = inner.with_min_x(inner.right() - width);
        ui.scope_builder(egui::UiBuilder::new().max_rect(right).layout(row), |ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            buttons_ui(ui, cx, (number, tight), actions);
        });
    }
}

/// How many buttons there are.
fn buttons(number: &PhoneNumber, tight: bool) -> f32 {
    let call = if can_reply(number) { 1.0 } else { 0.0 };
    if tight { 1.0 + call } else { 2.0 + call }
}

fn buttons_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (number, tight): (&PhoneNumber, bool),
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    if can_reply(number) {
        let who = safe_text::line(&cx.name(number), 40);
        let name = format!("Call {who} now");
        let call = icon_button_sized(ui, icons::ICON_CALL, &name, size::CONTROL, p.call_text);
        on_click(&call, actions, Action::Dial(number.as_str().to_owned()));
    }
    let known = cx.model.phone.contact_for(number).is_some();
    let (symbol, name) = if known {
        (icons::ICON_PERSON, text::message::OPEN_CONTACT)
    } else {
        (icons::ICON_PERSON_ADD, "Add to contacts")
    };
    let open = Action::Show(contact_page(&cx.model.phone, number));
    if !tight {
        on_click(&icon_button(ui, symbol, name), actions, open.clone());
    }
    let more = icon_button(ui, icons::ICON_MORE_VERT, text::talk::MORE);
    egui::Popup::menu(&more).show(|ui| {
        entry::entries(ui, 190.0, |ui| {
            if tight && entry::item(ui, symbol, name) {
                actions.push(open);
            }
            menu::entries_ui(ui, cx, number, actions);
        });
    });
}

fn names_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber, actions: &mut Actions) {
    let p = theme::palette(ui);
    let known = cx.model.phone.name_for(number).is_some();
    let name = cx.name(number);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        // The name is no button: its row is as high as it is.
        ui.spacing_mut().interact_size.y = 0.0;
        let two_lines = known && !cx.layout.short;
        let lines = if two_lines { 40.0 } else { 22.0 };
        ui.add_space(((ui.available_height() - lines) / 2.0).max(0.0));
        let points = if ui.available_width() < 140.0 { type_size::BODY } else { type_size::NAME };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            let blocked = crate::ui::blocking::is_blocked(cx, number);
            // The name is cut before the word is.
            let word = label::width(ui, text::talk::BLOCKED, blocked_font()) + 24.0;
            let room = ui.available_width() - if blocked { word } else { 0.0 };
            let laid = label::foreign_line(ui, &name, theme::strong(points), p.text, room);
            label::show_laid(ui, &laid, &name, p.text, laid.size().x);
            if blocked {
                icon::show(ui, icons::ICON_BLOCK, 16.0, p.doubt_text);
                label::styled(ui, text::talk::BLOCKED, blocked_font(), p.doubt_text);
            }
        });
        if two_lines {
            number_ui(ui, cx, number, actions);
        }
    });
}

fn blocked_font() -> egui::FontId {
    theme::strong(type_size::CAPTION)
}

/// The number that texts go to; with several, a chooser.
fn number_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber, actions: &mut Actions) {
    let p = theme::palette(ui);
    let font = theme::font(type_size::CAPTION + 1.0);
    let numbers = cx.model.phone.numbers_with(number);
    let shown = cx.display(number);
    if numbers.len() < 2 {
        label::foreign(ui, &shown, font, p.weak);
        return;
    }
    let room = ui.available_width() - 24.0;
    let laid = label::foreign_line(ui, &shown, font, p.weak, room);
    let wanted = Vec2::new(laid.size().x + 20.0, laid.size().y);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let color = if response.hovered() { p.text } else { p.weak };
    laid.paint(ui.painter(), rect.with_max_x(rect.left() + laid.size().x), color);
    let arrow = rect.right_center() - Vec2::new(9.0, 0.0);
    icon::paint(ui.painter(), arrow, icons::ICON_KEYBOARD_ARROW_DOWN, 16.0, color);
    let radius = egui::CornerRadius::same(4);
    crate::ui::widget::button::focus_ring(ui, p, rect.expand(2.0), radius, &response);
    let name = format!("{} {shown}", text::talk::SEND_TO);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(200.0);
        let contact = cx.model.phone.contact_for(number);
        // In the order of the contact, whichever is chosen.
        let mut all: Vec<&PhoneNumber> = numbers.iter().collect();
        all.sort_by_key(|one| {
            contact.and_then(|c| c.numbers.iter().position(|known| known.number == **one))
        });
        for one in all {
            let label = contact
                .and_then(|c| c.numbers.iter().find(|known| known.number == *one))
                .map(|known| safe_text::line(&known.label, 20))
                .filter(|label| !label.is_empty());
            let word = match label {
                Some(label) => format!("{} · {label}", cx.display(one)),
                None => cx.display(one),
            };
            if ui.selectable_label(one == number, word).clicked() {
                actions.push(Action::Converse(one.clone()));
                ui.close();
            }
        }
    });
}
