//! The texts and calls of a conversation, one under the other.

use super::ConversationPage;
use super::scroll::{Needs, Rows, Scroll};
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, TextMessage, TimelineItem};
use crate::ui::action::Actions;
use crate::ui::calling::Ask;
use crate::ui::model::ViewContext;
use crate::ui::page::recents;
use crate::ui::talk::Talk;
use crate::ui::theme::{self, space, type_size};
use crate::ui::timeline::{Key, key};
use crate::ui::widget::bubble::{self, Bubble};
use crate::ui::widget::facts::Facts;
use crate::ui::widget::{empty, icon, icon::icons, label, row};
use crate::ui::{on_click, safe_text, text};
use egui::WidgetInfo;
use egui::{CornerRadius, CursorIcon, Frame, Margin, Rect, Role, Sense, Stroke, Ui, Vec2};

/// Texts closer than this stand in one group.
const GROUP: i64 = 5 * 60 * 1000;
/// Texts whose looks are remembered.
const MOST_FACTS: usize = 1_200;

impl ConversationPage {
    /// The timeline of the person with this number.
    pub(super) fn timeline_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        actions: &mut Actions,
    ) {
        let timeline = &cx.model.timeline;
        if !timeline.problem.is_empty() {
            empty::state(ui, icons::ICON_ERROR, "Can’t be shown", &timeline.problem, None);
            return;
        }
        if timeline.items.is_empty() {
            if !timeline.waits() {
                let why = text::message::EMPTY_CHAT_WHY;
                let why = if super::can_reply(number) { why } else { "" };
                let line = text::message::EMPTY_CHAT;
                empty::state(ui, icons::ICON_CHAT, line, why, None);
            }
            return;
        }
        self.begin(cx);
        let whole = ui.available_rect_before_wrap();
        let side = if cx.layout.short { 8 } else { 16 };
        let keys: Vec<Key> = timeline.items.iter().map(key).collect();
        let guess = |index: usize| guess(&timeline.items[index], whole.width());
        let rows = Rows { keys: &keys, guess: &guess, more_below: timeline.newer };
        let mut scroll = std::mem::take(&mut self.scroll);
        let needs = scroll.show(ui, &rows, &mut |ui, index| {
            Frame::new()
                .inner_margin(Margin::symmetric(side, 0))
                .show(ui, |ui| self.item_ui(ui, cx, index, actions));
        });
        self.scroll = scroll;
        ask_for_more(cx, needs, actions);
        if !self.scroll.at_end() {
            self.newest_ui(ui, cx, number, whole, actions);
        }
    }

    /// Takes the place that was asked for after the items were replaced.
    fn begin(&mut self, cx: &ViewContext<'_>) {
        let timeline = &cx.model.timeline;
        if self.opened == timeline.opened {
            return;
        }
        self.opened = timeline.opened;
        self.facts.clear();
        self.scroll = Scroll::at_the_end();
        if let Some(spot) = &timeline.spot {
            // Whatever was found stands in sight, also far down in a long text.
            self.unfolded.insert(spot.message);
            self.scroll.go_to_row((false, spot.message.0));
        } else if let Some(first) = timeline.first_unread {
            self.scroll.go_to_row((false, first.0));
        }
    }

    fn item_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, index: usize, actions: &mut Actions) {
        let items = &cx.model.timeline.items;
        let item = &items[index];
        let before = index.checked_sub(1).map(|before| &items[before]);
        let after = items.get(index + 1);
        ui.spacing_mut().item_spacing.y = 0.0;
        let day = |item: &TimelineItem| text::format::day_number(item.time(), cx.wall_time);
        if before.is_none_or(|before| day(before) != day(item)) {
            day_ui(ui, &text::format::day(item.time(), cx.wall_time));
        }
        match item {
            TimelineItem::Text(message) => {
                if cx.model.timeline.first_unread == Some(message.id) {
                    new_ui(ui);
                }
                let first = !before.is_some_and(|before| grouped(before, message, cx));
                let last = !after.is_some_and(|after| grouped(after, message, cx));
                ui.add_space(if first { 8.0 } else { 2.0 });
                let spot = cx.model.timeline.spot.as_ref();
                let spot = spot.filter(|spot| spot.message == message.id);
                let unfolded = self.unfolded.contains(&message.id);
                if self.facts.len() > MOST_FACTS {
                    self.facts.clear();
                }
                let facts = self.facts.entry(key(item)).or_insert_with(|| {
                    let marks = spot.map_or(&[][..], |spot| &spot.marks);
                    Facts::of(message, marks, unfolded)
                });
                let shown = Bubble { message, facts, first, last, pointed: spot.is_some() };
                if bubble::bubble_ui(ui, cx, &shown, actions) {
                    self.unfolded.insert(message.id);
                    self.facts.remove(&key(item));
                }
            }
            TimelineItem::Call(record) => {
                ui.add_space(space::SMALL);
                call_ui(ui, cx, record, actions);
            }
        }
    }

    /// The round button over the lower right corner, with what arrived meanwhile.
    fn newest_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        whole: Rect,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let center = whole.right_bottom() - Vec2::new(38.0, 30.0);
        let place = Rect::from_center_size(center, Vec2::splat(40.0));
        let unread = cx.model.phone.threads_with(number).iter().map(|thread| thread.unread).sum();
        let response = ui.interact(place, ui.scope_id().with("newest"), Sense::click());
        let name = text::talk::to_newest(unread);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let fill = if response.hovered() { p.hover } else { p.card };
        ui.painter().circle(center, 20.0, fill, Stroke::new(1.0, p.outline));
        crate::ui::widget::button::focus_ring(ui, p, place, CornerRadius::same(20), &response);
        icon::paint(ui.painter(), center, icons::ICON_KEYBOARD_ARROW_DOWN, 24.0, p.text);
        if unread > 0 {
            row::badge(ui, center + Vec2::new(22.0, -18.0), unread);
        }
        if response.on_hover_text(text::talk::TO_NEWEST).clicked() {
            self.scroll.go_to_end();
            if cx.model.timeline.newer {
                actions.push(Talk::Newest.into());
            }
        }
    }
}

fn ask_for_more(cx: &ViewContext<'_>, needs: Needs, actions: &mut Actions) {
    let timeline = &cx.model.timeline;
    if needs.above && timeline.older_page().is_some() {
        actions.push(Talk::Older.into());
    } else if needs.below && timeline.newer_page().is_some() {
        actions.push(Talk::Newer.into());
    }
}

/// About the height of an item that was never drawn.
fn guess(item: &TimelineItem, width: f32) -> f32 {
    match item {
        TimelineItem::Text(message) => {
            let per_line = (width * 0.7 / 7.5).max(8.0);
            let lines = (message.text.len().min(3_000) as f32 / per_line).ceil().max(1.0);
            18.0 + lines * 18.0 + 20.0
        }
        TimelineItem::Call(_) => 38.0,
    }
}

/// The last text of mine, for Up in an empty composer.
pub(super) fn last_sent(items: &[TimelineItem]) -> Option<&str> {
    items.iter().rev().find_map(|item| match item {
        TimelineItem::Text(message)
            if message.direction == crate::phone::Direction::MobileOriginated =>
        {
            Some(message.text.as_str())
        }
        _ => None,
    })
}

/// Same side, same day, a few minutes apart.
fn grouped(other: &TimelineItem, message: &TextMessage, cx: &ViewContext<'_>) -> bool {
    let TimelineItem::Text(other) = other else { return false };
    let apart = (other.time.unix_millis - message.time.unix_millis).abs();
    let day = |message: &TextMessage| text::format::day_number(message.time, cx.wall_time);
    other.direction == message.direction && apart < GROUP && day(other) == day(message)
}

/// The day, between lines of the conversation.
fn day_ui(ui: &mut Ui, day: &str) {
    let p = theme::palette(ui);
    ui.add_space(space::ITEM);
    ui.vertical_centered(|ui| {
        label::styled(ui, day, theme::strong(type_size::CAPTION), p.weak);
    });
    ui.add_space(space::TIGHT);
}

/// Above the first text that was unread.
fn new_ui(ui: &mut Ui) {
    let p = theme::palette(ui);
    ui.add_space(space::SMALL);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), 20.0), Sense::hover());
    let font = theme::strong(type_size::CAPTION);
    let middle = egui::Align2::CENTER_CENTER;
    let word = text::talk::NEW_TEXTS;
    let used = ui.painter().text(rect.center(), middle, word, font, p.accent_text);
    let stroke = Stroke::new(1.0, p.accent);
    let y = rect.center().y;
    ui.painter().hline(rect.left()..=used.left() - 8.0, y, stroke);
    ui.painter().hline(used.right() + 8.0..=rect.right(), y, stroke);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
}

/// A call in the conversation; a click opens its page.
fn call_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord, actions: &mut Actions) {
    let p = theme::palette(ui);
    let (symbol, color) = recents::mark(p, record);
    let time = text::format::clock(record.started, cx.wall_time);
    let line = format!("{} · {time}", text::call::record_in_chat(record));
    let line = safe_text::line(&line, 200);
    let font = theme::font(type_size::CAPTION + 1.0);
    let room = ui.available_width() - 60.0;
    let laid = label::foreign_line(ui, &line, font, color, room);
    let size = Vec2::new(laid.size().x + 44.0, 30.0);
    let (row, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 30.0), Sense::hover());
    let rect = egui::Rect::from_center_size(row.center(), size);
    let response = ui.interact(rect, ui.scope_id().with("call"), Sense::click());
    let fill = if response.hovered() { p.hover } else { p.panel };
    ui.painter().rect_filled(rect, CornerRadius::same(15), fill);
    let at = egui::pos2(rect.left() + 18.0, rect.center().y);
    icon::paint(ui.painter(), at, symbol, 16.0, color);
    let top = rect.center().y - laid.size().y / 2.0;
    let place = egui::Rect::from_min_size(egui::pos2(rect.left() + 32.0, top), laid.size());
    laid.paint(ui.painter(), place, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &line));
    let exact = text::format::exact(record.started, cx.wall_time);
    let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
        ui.label(exact);
        if !record.advice.is_empty() {
            ui.label(safe_text::line(&record.advice, 300));
        }
    });
    on_click(&response, actions, Ask::Open(record.clone()).into());
}
