//! The middle of the window: a conversation with its composer, or a new text to people yet to be
//! named.

use super::composer::{Composer, Sent};
use super::picker::PickerPage;
use super::recipients::Recipients;
use super::{head_ui, recents};
use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::{CallRecord, Direction, LinkState, MessageId, TextMessage, TimelineItem};
use crate::ui::action::{Action, Actions, List, Outgoing, contact_page};
use crate::ui::layout::Width;
use crate::ui::model::{Model, ViewContext};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::bubble::{self, Bubble};
use crate::ui::widget::{Button, Kind, avatar, empty, icon, icon::icons, icon_button, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, CentralPanel, CornerRadius, CursorIcon, Frame, Layout, Margin, Panel, Role};
use egui::{ScrollArea, Sense, Stroke, Ui, Vec2, WidgetInfo};
use std::collections::BTreeSet;
use std::time::Duration;

/// Texts closer than this stand in one group.
const GROUP: i64 = 5 * 60 * 1000;
/// A draft is kept this long after the last key.
const DRAFT_AFTER: Duration = Duration::from_millis(800);

/// What is typed, to whom, and what is folded out.
#[derive(Default)]
pub struct ConversationPage {
    number: Option<PhoneNumber>,
    composer: Composer,
    recipients: Recipients,
    asks_to_delete: bool,
    unfolded: BTreeSet<MessageId>,
    /// Height of the timeline in the frame before, in points.
    height: f32,
}

impl ConversationPage {
    /// Begins with a number and what was typed to it before.
    pub fn open(&mut self, number: &PhoneNumber, draft: String) {
        self.number = Some(number.clone());
        self.composer = Composer::with(draft);
        self.asks_to_delete = false;
        self.unfolded.clear();
    }

    /// Leaves the conversation for a new text.
    pub fn close(&mut self) {
        if self.number.take().is_some() {
            self.composer = Composer::default();
            self.recipients = Recipients::default();
        }
    }

    /// Adds somebody to a new text.
    pub fn add_recipient(&mut self, number: &str) {
        self.recipients.add(number);
    }

    /// A new text has somebody to go to.
    pub fn has_recipients(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// Puts a text that the engine refused back where it was typed; as a draft if something else
    /// is open now.
    pub fn follow(&mut self, model: &mut Model, now: Instant, actions: &mut Actions) {
        let Some((outgoing, why)) = model.refused_text.take() else { return };
        match (&self.number, outgoing.to.as_slice()) {
            (Some(open), [to]) if open.as_str() == to => self.composer.refuse(outgoing.text, why),
            (None, _) if self.composer.is_empty() => {
                outgoing.to.iter().for_each(|to| self.recipients.add(to));
                self.composer.refuse(outgoing.text, why);
            }
            (_, to) => {
                if let Some(to) = to.first() {
                    actions.push(Action::SaveDraft(PhoneNumber::new(to), outgoing.text));
                }
                model.toast(&why.cause, &why.advice, true, now);
            }
        }
    }

    /// Pushes the draft when nothing was typed for a while; returns when to look again.
    pub fn save_due(&mut self, now: Instant, actions: &mut Actions) -> Option<Duration> {
        let waited = now.since(self.composer.changed_at()?);
        if waited < DRAFT_AFTER {
            return Some(DRAFT_AFTER - waited);
        }
        self.save_now(actions);
        None
    }

    /// Pushes the draft if it changed.
    pub fn save_now(&mut self, actions: &mut Actions) {
        let number = match &self.number {
            Some(number) => Some(number.clone()),
            None => self.recipients.only().map(PhoneNumber::new),
        };
        if let Some(text) = self.composer.take_changed()
            && let Some(number) = number
        {
            actions.push(Action::SaveDraft(number, text));
        }
    }

    /// A text to people yet to be named. `picker` fills the room while no modem is chosen.
    pub fn new_text_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        picker: Option<&mut PickerPage>,
        actions: &mut Actions,
    ) {
        let disconnected = cx.model.phone.link == LinkState::Disconnected;
        let picker = picker.filter(|_| disconnected && ui.available_height() > 300.0);
        if picker.is_none() && (cx.layout.width == Width::Narrow || !cx.layout.short) {
            head_ui(ui, cx, (text::message::NEW_TEXT, false), actions, |_, _| {});
        }
        self.composer_ui(ui, cx, true, actions);
        // Without a modem the first thing to do is to choose one; whom to write to comes below.
        if let Some(picker) = picker {
            let frame = Frame::new().inner_margin(Margin { bottom: 0, ..Margin::same(16) });
            Panel::bottom("to")
                .resizable(false)
                .show_separator_line(true)
                .frame(frame)
                .show(ui, |ui| self.recipients.ui(ui, cx, actions));
            CentralPanel::no_frame().show(ui, |ui| {
                ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                    Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                        ui.set_max_width(ui.available_width().min(520.0));
                        picker.ui(ui, cx, actions);
                    });
                });
            });
            return;
        }
        CentralPanel::no_frame().show(ui, |ui| {
            let frame = Frame::new().inner_margin(Margin::symmetric(16, 12));
            frame.show(ui, |ui| self.recipients.ui(ui, cx, actions));
            if ui.available_height() > 140.0 {
                let (line, why) = (text::message::START, text::message::START_WHY);
                empty::state(ui, icons::ICON_CHAT, line, why, None);
            }
        });
    }

    /// The conversation with a number.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        actions: &mut Actions,
    ) {
        self.header_ui(ui, cx, number, actions);
        if self.asks_to_delete {
            self.delete_ui(ui, cx, number, actions);
        }
        if can_reply(number) {
            self.composer_ui(ui, cx, false, actions);
        } else {
            let p = theme::palette(ui);
            let frame = Frame::new().inner_margin(Margin::same(16));
            Panel::bottom("no reply").show_separator_line(false).frame(frame).show(ui, |ui| {
                let font = theme::font(type_size::BODY);
                label::styled(ui, text::message::NO_REPLY, font, p.weak);
            });
        }
        CentralPanel::no_frame().show(ui, |ui| self.timeline_ui(ui, cx, number, actions));
    }

    fn header_ui(
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
        let builder = egui::UiBuilder::new()
            .max_rect(rect.shrink2(Vec2::new(space::ITEM, 4.0)))
            .layout(Layout::left_to_right(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            if cx.layout.width == Width::Narrow {
                let back = icon_button(ui, icons::ICON_ARROW_BACK, text::BACK);
                on_click(&back, actions, Action::Back);
            }
            let known = cx.model.phone.name_for(number);
            let face = if cx.layout.short { 28.0 } else { 40.0 };
            let (place, _) = ui.allocate_exact_size(Vec2::splat(face), Sense::hover());
            let letters = !can_reply(number);
            let initials = known.unwrap_or(if letters { number.as_str() } else { "" });
            avatar::paint(ui, place, initials);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.header_buttons_ui(ui, cx, number, actions);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    names_ui(ui, cx, number);
                });
            });
        });
    }

    fn header_buttons_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let more = icon_button(ui, icons::ICON_MORE_VERT, "More about this conversation");
        egui::Popup::menu(&more).show(|ui| {
            ui.set_min_width(180.0);
            if ui.button("Copy number").clicked() {
                actions.push(Action::Copy(number.as_str().to_owned()));
                ui.close();
            }
            if ui.button(text::message::DELETE_CHAT).clicked() {
                self.asks_to_delete = true;
                ui.close();
            }
        });
        let known = cx.model.phone.contact_for(number).is_some();
        let (symbol, name) = if known {
            (icons::ICON_PERSON, text::message::OPEN_CONTACT)
        } else {
            (icons::ICON_PERSON_ADD, "Add to contacts")
        };
        let open = icon_button(ui, symbol, name);
        on_click(&open, actions, Action::Show(contact_page(&cx.model.phone, number)));
        if can_reply(number) {
            let who = safe_text::line(&cx.name(number), 40);
            let name = format!("Call {who} now");
            let side = size::CONTROL;
            let call = crate::ui::widget::button::icon_button_sized(
                ui,
                icons::ICON_CALL,
                &name,
                side,
                p.call_text,
            );
            on_click(&call, actions, Action::Dial(number.as_str().to_owned()));
        }
    }

    fn delete_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        number: &PhoneNumber,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let frame = Frame::new().fill(p.danger_soft).inner_margin(Margin::symmetric(16, 8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                label::strong(ui, text::message::DELETE_CHAT_ASK);
                let delete = Button::new(text::DELETE).kind(Kind::Danger).show(ui);
                if delete.clicked() {
                    self.asks_to_delete = false;
                    if let Some(thread) = cx.model.phone.thread_for(number) {
                        actions.push(Action::DeleteThread(thread.id));
                    }
                }
                if Button::new(text::KEEP).show(ui).clicked() {
                    self.asks_to_delete = false;
                }
            });
        });
    }

    /// The composer at the bottom; sends to the open number or to the people named.
    fn composer_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, new: bool, actions: &mut Actions) {
        let p = theme::palette(ui);
        let (side, above) = if cx.layout.short { (8, 4) } else { (16, 8) };
        let frame = Frame::new().fill(p.base).inner_margin(Margin {
            left: side,
            right: side,
            top: above,
            bottom: above,
        });
        let count = if new { self.recipients.count() } else { 1 };
        let last = last_sent(&cx.model.timeline.items);
        let sent = Panel::bottom("composer")
            .resizable(false)
            .show_separator_line(false)
            .frame(frame)
            .show(ui, |ui| self.composer.ui(ui, cx, count, last))
            .inner;
        let Some(Sent { text }) = sent else { return };
        if !new {
            let to: Vec<String> = self.number.iter().map(|n| n.as_str().to_owned()).collect();
            actions.push(Action::SendText(Outgoing { to, text }));
            self.save_now(actions);
            return;
        }
        let to = self.recipients.take(&cx.model.phone);
        let only = (to.len() == 1).then(|| PhoneNumber::new(&to[0]));
        if let Some(number) = &only {
            actions.push(Action::SaveDraft(number.clone(), String::new()));
        }
        let _ = self.composer.take_changed();
        actions.push(Action::SendText(Outgoing { to, text }));
        match only {
            Some(number) => actions.push(Action::Converse(number)),
            None => actions.push(Action::ShowList(List::Chats)),
        }
    }

    fn timeline_ui(
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
            if timeline.query.is_none() {
                let (line, why) = (text::message::EMPTY_CHAT, text::message::EMPTY_CHAT_WHY);
                empty::state(ui, icons::ICON_CHAT, line, why, None);
            }
            return;
        }
        let area = ScrollArea::vertical()
            .id_salt(("timeline", number))
            .auto_shrink([false, false])
            .stick_to_bottom(true);
        // A short conversation stands at the bottom, beside what is being written.
        let spare = (ui.available_height() - self.height).max(0.0);
        let output = area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(spare);
            let side = if cx.layout.short { 8 } else { 16 };
            let shown = Frame::new().inner_margin(Margin::symmetric(side, 8)).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if timeline.more {
                    ui.vertical_centered(|ui| {
                        let older = Button::new(text::message::OLDER).kind(Kind::Quiet).show(ui);
                        on_click(&older, actions, Action::LoadOlder);
                    });
                }
                self.items_ui(ui, cx, &timeline.items, actions);
            });
            shown.response.rect.height()
        });
        // Sticking to the end takes effect in the frame after.
        let height = output.inner;
        if (height - self.height).abs() > 0.5 {
            self.height = height;
            ui.ctx().request_repaint();
        }
    }

    fn items_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        items: &[TimelineItem],
        actions: &mut Actions,
    ) {
        let day = |item: &TimelineItem| text::format::day_number(item.time(), cx.wall_time);
        for (index, item) in items.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &items[before]);
            let after = items.get(index + 1);
            if before.is_none_or(|before| day(before) != day(item)) {
                day_ui(ui, &text::format::day(item.time(), cx.wall_time));
            }
            match item {
                TimelineItem::Text(message) => {
                    let first = !before.is_some_and(|before| grouped(before, message, cx));
                    let last = !after.is_some_and(|after| grouped(after, message, cx));
                    ui.add_space(if first { 8.0 } else { 2.0 });
                    let unfolded = self.unfolded.contains(&message.id);
                    let shown = Bubble { message, first, last, unfolded };
                    if ui.push_id(message.id, |ui| bubble::bubble_ui(ui, cx, &shown, actions)).inner
                    {
                        self.unfolded.insert(message.id);
                    }
                }
                TimelineItem::Call(record) => {
                    ui.add_space(space::SMALL);
                    ui.push_id(record.id, |ui| call_ui(ui, cx, record, actions));
                }
            }
        }
    }
}

/// Digits can be answered; a name such as `BANK` can't.
fn can_reply(number: &PhoneNumber) -> bool {
    !number.as_str().chars().any(char::is_alphabetic)
}

/// The last text of mine, for Up in an empty composer.
fn last_sent(items: &[TimelineItem]) -> Option<&str> {
    items.iter().rev().find_map(|item| match item {
        TimelineItem::Text(message) if message.direction == Direction::MobileOriginated => {
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

fn names_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &PhoneNumber) {
    let p = theme::palette(ui);
    let known = cx.model.phone.name_for(number).is_some();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let two_lines = known && !cx.layout.short;
        let lines = if two_lines { 40.0 } else { 22.0 };
        ui.add_space(((ui.available_height() - lines) / 2.0).max(0.0));
        label::foreign(ui, &cx.name(number), theme::strong(type_size::NAME), p.text);
        if two_lines {
            let font = theme::font(type_size::CAPTION + 1.0);
            label::foreign(ui, &cx.display(number), font, p.weak);
        }
    });
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

/// A call in the conversation: click to call back.
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
    if let Some(number) = record.remote.number() {
        on_click(&response, actions, Action::FillDialpad(number.as_str().to_owned()));
    }
}
