//! One text of a conversation: a bubble, and what can be done with it. What the program says about
//! the text stands outside the bubble, what others wrote inside.

use super::bubble_state::state_ui;
use super::button::{Button, Kind, focus_ring, icon_button_in};
use super::facts::{Facts, kind_label};
use super::icon::{Icon, icons};
use super::{label, menu};
use crate::number::PhoneNumber;
use crate::phone::{Delivery, Direction, MessageKind, TextMessage};
use crate::ui::action::{Action, Actions, Page, contact_page};
use crate::ui::bidi;
use crate::ui::links::Target;
use crate::ui::model::ViewContext;
use crate::ui::talk::Talk;
use crate::ui::theme::{self, space, type_size};
use crate::ui::{on_click, text};
use egui::{CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

/// Share of the width a bubble may take.
const MAX_SHARE: f32 = 0.7;
/// Lines shown at all.
const MAX_ROWS: usize = 2_000;
/// Space between the text and the bubble's border.
const PADDING: Vec2 = Vec2::new(12.0, 8.0);

/// A text and its place among its neighbours.
pub struct Bubble<'a> {
    /// The text.
    pub message: &'a TextMessage,
    /// What is known of it.
    pub facts: &'a Facts,
    /// The first of its group.
    pub first: bool,
    /// The last of its group: it shows time and state.
    pub last: bool,
    /// Pointed out: a search led here.
    pub pointed: bool,
}

impl Bubble<'_> {
    fn mine(&self) -> bool {
        self.message.direction == Direction::MobileOriginated
    }
}

/// Shows it; returns true when it is to be shown whole.
pub fn bubble_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    bubble: &Bubble<'_>,
    actions: &mut Actions,
) -> bool {
    let (message, mine) = (bubble.message, bubble.mine());
    let layout = if mine {
        egui::Layout::right_to_left(egui::Align::Min)
    } else {
        egui::Layout::left_to_right(egui::Align::Min)
    };
    if let Some(kind) = kind_label(message.kind) {
        let color = theme::palette(ui).weak;
        ui.with_layout(layout, |ui| {
            ui.add_space(4.0);
            label::styled(ui, kind, theme::strong(type_size::CAPTION), color);
        });
    }
    frame_ui(ui, cx, bubble, actions);
    let unfold = buttons_ui(ui, cx, bubble, layout, actions);
    if bubble.last || needs_state(message) {
        state_ui(ui, cx, message, actions);
    }
    unfold
}

/// The buttons right under the bubble.
fn buttons_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    bubble: &Bubble<'_>,
    layout: egui::Layout,
    actions: &mut Actions,
) -> bool {
    let (message, facts) = (bubble.message, bubble.facts);
    let batch = message.batch.and_then(|id| {
        let batch = cx.model.phone.batches.iter().find(|batch| batch.id == id)?;
        (batch.counts.total() > 1).then_some(batch)
    });
    let any = facts.folded
        || facts.code.is_some()
        || facts.card.is_some()
        || message.undecodable_pdu.is_some()
        || batch.is_some();
    if !any {
        return false;
    }
    let mut unfold = false;
    let quiet = |ui: &mut Ui, word: &str| Button::new(word).kind(Kind::Quiet).height(24.0).show(ui);
    ui.add_space(2.0);
    ui.with_layout(layout.with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        if facts.folded {
            let data = message.kind == MessageKind::Data;
            let word = if data { text::talk::SHOW_DATA } else { text::message::SHOW_ALL };
            unfold = quiet(ui, word).clicked();
        }
        if let Some(code) = &facts.code {
            let copy = Button::new(&text::talk::copy_code(code))
                .kind(Kind::Plain)
                .icon(icons::ICON_CONTENT_COPY)
                .height(28.0)
                .show(ui);
            on_click(&copy, actions, Action::Copy(code.clone()));
        }
        if let Some(card) = &facts.card {
            let save = quiet(ui, text::talk::SAVE_CONTACT);
            on_click(&save, actions, Action::Show(Page::Contact(Box::new(card.clone()))));
        }
        if let Some(pdu) = &message.undecodable_pdu {
            let copy = quiet(ui, text::message::UNDECODABLE);
            on_click(&copy, actions, Action::Copy(pdu.clone()));
        }
        if let Some(batch) = batch {
            let open = quiet(ui, &text::talk::one_of(batch.counts.total()));
            on_click(&open, actions, Action::Show(Page::Batch(batch.id)));
        }
    });
    unfold
}

/// The bubble itself, with its menu and what can be clicked in it.
fn frame_ui(ui: &mut Ui, cx: &ViewContext<'_>, bubble: &Bubble<'_>, actions: &mut Actions) {
    let p = theme::palette(ui);
    let (message, facts, mine) = (bubble.message, bubble.facts, bubble.mine());
    let (fill, color) = if mine { (p.accent_soft, p.on_accent_soft) } else { (p.raised, p.text) };
    let room = ui.available_width();
    let share = if room < 420.0 { 0.86 } else { MAX_SHARE };
    let style = bidi::Style {
        font: theme::font(type_size::BODY),
        color,
        max_width: (room * share - 2.0 * PADDING.x).max(40.0),
        max_rows: MAX_ROWS,
    };
    let (marks, targets) = facts.marks(p, if mine { color } else { p.accent_text });
    let laid = bidi::layout_marked(ui, &facts.shown, &style, &marks);
    let size = laid.size() + 2.0 * PADDING;
    let (row, _) = ui.allocate_exact_size(Vec2::new(room, size.y), Sense::hover());
    let left = if mine { row.right() - size.x } else { row.left() };
    let rect = Rect::from_min_size(egui::pos2(left, row.top()), size);
    let visible = ui.is_rect_visible(row);
    // The keyboard goes only where it can be seen.
    let sense = if visible { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with("bubble"), sense);
    let inner = rect.shrink2(PADDING);
    if visible {
        let radius = corners(mine, bubble.first, bubble.last);
        ui.painter().rect_filled(rect, radius, fill);
        if bubble.pointed {
            let stroke = Stroke::new(2.0, p.accent);
            ui.painter().rect_stroke(rect, radius, stroke, egui::StrokeKind::Outside);
        }
        focus_ring(ui, p, rect, radius, &response);
        // Whatever marks and letters do, they do it inside their bubble.
        laid.paint(&ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())), inner, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, facts.safe.as_str()));
    response.context_menu(|ui| menu_ui(ui, message, facts, actions));
    if visible {
        for (mark, target) in targets.iter().enumerate() {
            if let Some(target) = target {
                let places = laid.places(inner, mark);
                target_ui(ui, cx, (mark, &facts.targets[*target].1), &places, actions);
            }
        }
        let x = if mine { rect.left() - 20.0 } else { rect.right() + 20.0 };
        let place = Rect::from_center_size(egui::pos2(x, rect.center().y), Vec2::splat(28.0));
        let near = ui.rect_contains_pointer(rect.expand2(Vec2::new(40.0, 0.0)));
        more_ui(ui, (place, near || response.has_focus()), message, facts, actions);
    }
}

/// The button beside a bubble with its menu: while the pointer or the keyboard is at the bubble, at
/// the button or in the menu.
fn more_ui(
    ui: &mut Ui,
    (place, near): (Rect, bool),
    message: &TextMessage,
    facts: &Facts,
    actions: &mut Actions,
) {
    let name = "Text actions";
    let open_id = ui.scope_id().with("menu open");
    let open = ui.data(|data| data.get_temp::<bool>(open_id)).unwrap_or_default();
    let focused = ui.memory(|memory| memory.has_focus(ui.scope_id().with(name)));
    if !(near || open || focused) {
        return;
    }
    let color = theme::palette(ui).weak;
    let more = icon_button_in(ui, place, icons::ICON_MORE_VERT, name, color);
    let menu = egui::Popup::menu(&more).show(|ui| menu_ui(ui, message, facts, actions));
    // A click opens it from the next frame on, wherever the pointer is by then.
    let opens = menu.is_some() || more.clicked();
    if opens != open {
        ui.data_mut(|data| data.insert_temp(open_id, opens));
    }
}

/// A link or number in the text; it may stand on several lines.
fn target_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (mark, target): (usize, &Target),
    places: &[Rect],
    actions: &mut Actions,
) {
    for (index, place) in places.iter().enumerate() {
        let name = match target {
            Target::Link(link) => link,
            Target::Number(number) => number,
        };
        let id = ui.scope_id().with(("target", mark, index));
        let response = ui.interact(*place, id, Sense::click());
        focus_ring(ui, theme::palette(ui), *place, CornerRadius::same(4), &response);
        // One thing for assistive technology, however many lines it takes.
        if index == 0 {
            let role = match target {
                Target::Link(_) => Role::Link,
                Target::Number(_) => Role::Button,
            };
            response.widget_info(|| WidgetInfo::labeled(role, true, name));
        }
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        match target {
            Target::Link(link) => {
                let response = response.on_hover_text(link);
                on_click(&response, actions, Talk::Link(link.clone()).into());
            }
            Target::Number(number) => {
                let open_id = id.with("open");
                let before = ui.data(|data| data.get_temp::<bool>(open_id)).unwrap_or_default();
                let mut open = before != response.clicked();
                egui::Popup::menu(&response).open_bool(&mut open).show(|ui| {
                    menu::entries(ui, 160.0, |ui| number_menu_ui(ui, cx, number, actions))
                });
                if open != before {
                    ui.data_mut(|data| data.insert_temp(open_id, open));
                }
            }
        }
    }
}

fn number_menu_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &str, actions: &mut Actions) {
    let phone = PhoneNumber::new(number);
    let known = cx.model.phone.contact_for(&phone).is_some();
    let contact = if known { text::message::OPEN_CONTACT } else { text::ADD_CONTACT };
    let face = if known { icons::ICON_PERSON } else { icons::ICON_PERSON_ADD };
    let page = Action::Show(contact_page(&cx.model.phone, &phone));
    let call = format!("Call {}", cx.display(&phone));
    for (symbol, word, action) in [
        (icons::ICON_CALL, call.as_str(), Action::FillDialpad(number.to_owned())),
        (icons::ICON_CHAT_BUBBLE, "Send a text", Action::Converse(phone.clone())),
        (icons::ICON_CONTENT_COPY, text::talk::COPY_NUMBER, Action::Copy(number.to_owned())),
        (face, contact, page),
    ] {
        if menu::item(ui, symbol, word) {
            actions.push(action);
        }
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

fn menu_ui(ui: &mut Ui, message: &TextMessage, facts: &Facts, actions: &mut Actions) {
    menu::entries(ui, 150.0, |ui| entries_ui(ui, message, facts, actions));
}

fn entries_ui(ui: &mut Ui, message: &TextMessage, facts: &Facts, actions: &mut Actions) {
    let mut entry = |ui: &mut Ui, symbol: Icon, word: &str, action: Action| {
        if menu::item(ui, symbol, word) {
            actions.push(action);
        }
    };
    let copy = Action::Copy(message.text.clone());
    entry(ui, icons::ICON_CONTENT_COPY, text::message::COPY_TEXT, copy);
    if message.kind != MessageKind::ContactCard {
        let select = Talk::Select(facts.safe.clone()).into();
        entry(ui, icons::ICON_TEXT_SELECT_START, text::talk::SELECT, select);
        let forward = Talk::Forward(message.text.clone()).into();
        entry(ui, icons::ICON_FORWARD, text::talk::FORWARD, forward);
    }
    if menu::delete(ui, text::message::DELETE_TEXT) {
        actions.push(Talk::DeleteText(message.id).into());
    }
}

/// States that are told under every text, not only the last of a group.
fn needs_state(message: &TextMessage) -> bool {
    match &message.delivery {
        Delivery::Failed(_)
        | Delivery::Unknown(_)
        | Delivery::Scheduled(_)
        | Delivery::Retrying(_)
        | Delivery::Queued
        | Delivery::Sending(_) => true,
        Delivery::Received(count) => count.total > count.done,
        Delivery::Sent => message.delivered_segments > 0,
        Delivery::Delivered => false,
    }
}
