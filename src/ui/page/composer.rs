//! The composer: the text, how many texts it makes and why, and Send.

use crate::clock::Instant;
use crate::phone::Diagnosis;
use crate::sms::{self, Alphabet, SegmentInfo};
use crate::ui::action::Field as FieldId;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, icon::icons, label};
use egui::{Align, Key, Layout, Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2};

/// Lines shown before the field scrolls.
const MAX_ROWS: f32 = 6.0;
/// More than those lines take, in points.
const MAX_HEIGHT: f32 = 400.0;
/// Height of the send button in points.
const BUTTON: f32 = 40.0;

/// What is typed.
#[derive(Default)]
pub struct Composer {
    text: String,
    changed_at: Option<Instant>,
    problem: Option<Diagnosis>,
    field_height: f32,
}

/// What was sent.
pub struct Sent {
    /// The text, not empty.
    pub text: String,
}

impl Composer {
    /// Begins with a draft.
    pub fn with(text: String) -> Self {
        Composer { text, ..Composer::default() }
    }

    /// Nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// When something was typed that is not kept yet.
    pub fn changed_at(&self) -> Option<Instant> {
        self.changed_at
    }

    /// The text, if it changed since it was last kept.
    pub fn take_changed(&mut self) -> Option<String> {
        self.changed_at.take().map(|_| self.text.clone())
    }

    /// The engine refused the text: it is back, with the reason. What was typed since stays.
    pub fn refuse(&mut self, text: String, why: Diagnosis) {
        if self.text.is_empty() {
            self.text = text;
        }
        self.problem = Some(why);
    }

    /// Field, button and counter. `recipients` is how many people it goes to; `last` what Up
    /// recalls.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        recipients: usize,
        last: Option<&str>,
    ) -> Option<Sent> {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        if let Some(why) = &self.problem {
            empty::problem(ui, &why.cause);
            if !why.advice.is_empty() {
                label::caption(ui, &why.advice);
            }
        }
        let info = sms::count_segments(&self.text);
        let texts = info.segments * recipients.max(1);
        let word = text::message::send(if self.text.is_empty() { 1 } else { texts });
        let reason = match () {
            () if self.text.trim().is_empty() => Some(text::message::WRITE_FIRST),
            () if recipients == 0 => Some(text::message::NO_RECIPIENT),
            () => None,
        };
        let mut send = false;
        // The button keeps its place at the bottom while the field grows, by the height that the
        // field had in the frame before.
        let height = self.field_height.max(BUTTON);
        let (row, _) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
        let right = UiBuilder::new()
            .max_rect(Rect::from_min_max(Pos2::new(row.left(), row.bottom() - BUTTON), row.max))
            .layout(Layout::right_to_left(Align::Max));
        let button = ui
            .scope_builder(right, |ui| {
                Button::new(&word)
                    .kind(Kind::Primary)
                    .icon(icons::ICON_SEND)
                    .height(BUTTON)
                    .tip(if cx.model.phone.settings.enter_sends { "Enter" } else { "Ctrl+Enter" })
                    .disabled_because(reason)
                    .show(ui)
            })
            .inner;
        send |= button.clicked();
        // As much height as it may ever take: what it takes of it is its height.
        let edge = Pos2::new(button.rect.left() - space::SMALL, row.top() + MAX_HEIGHT);
        let left = UiBuilder::new()
            .max_rect(Rect::from_min_max(row.min, edge))
            .layout(Layout::top_down(Align::Min));
        let shown = ui.scope_builder(left, |ui| {
            let room = ui.available_width().max(60.0);
            self.field_ui(ui, cx, room, last)
        });
        send |= shown.inner;
        let field_height = shown.response.rect.height();
        if (field_height - self.field_height).abs() > 0.5 {
            self.field_height = field_height;
            ui.ctx().request_discard("the composer grew");
        }
        if !(cx.layout.short && self.text.is_empty()) {
            self.counter_ui(ui, cx, &info);
        }
        if send && reason.is_none() {
            self.problem = None;
            self.changed_at = Some(cx.now);
            return Some(Sent { text: std::mem::take(&mut self.text) });
        }
        None
    }

    /// Returns true when the keyboard asks to send.
    fn field_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        room: f32,
        last: Option<&str>,
    ) -> bool {
        let enter_sends = cx.model.phone.settings.enter_sends;
        let id = FieldId::Message.id();
        let font = theme::font(type_size::BODY);
        let row = ui.fonts_mut(|fonts| fonts.row_height(&font));
        let rows = if cx.layout.short { 2.0 } else { MAX_ROWS };
        let focused = ui.memory(|memory| memory.has_focus(id));
        let pressed = |modifiers: egui::Modifiers, key: Key| {
            focused
                && ui.input(|input| {
                    input.key_pressed(key) && input.modifiers.matches_exact(modifiers)
                })
        };
        let send = if enter_sends {
            pressed(egui::Modifiers::NONE, Key::Enter)
        } else {
            pressed(egui::Modifiers::COMMAND, Key::Enter)
        };
        let send = send || pressed(egui::Modifiers::COMMAND, Key::Enter);
        let recall = self.text.is_empty() && pressed(egui::Modifiers::NONE, Key::ArrowUp);
        let response = ScrollArea::vertical()
            .id_salt("message")
            .max_height(row * rows + 22.0)
            .min_scrolled_height(40.0)
            .show(ui, |ui| {
                Field::new(id, text::message::MESSAGE)
                    .hint(text::message::MESSAGE_HINT)
                    .rows(1, enter_sends)
                    .font(font)
                    .width(room)
                    .show(ui, &mut self.text)
                    .response
                    .response
            })
            .inner;
        if recall && let Some(last) = last {
            last.clone_into(&mut self.text);
            self.changed_at = Some(cx.now);
        }
        if response.changed() {
            self.changed_at = Some(cx.now);
            self.problem = None;
        }
        send
    }

    fn counter_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, info: &SegmentInfo) {
        let p = theme::palette(ui);
        let costly = info.alphabet == Alphabet::Ucs2 && info.segments > info.segments_if_gsm7;
        let color = if costly { p.doubt_text } else { p.weak };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            let line = text::message::counter(info);
            label::styled(ui, &line, theme::font(type_size::CAPTION), color);
            if info.alphabet == Alphabet::Ucs2
                && let Some(plain) = replaced(&self.text)
            {
                let button = Button::new(text::message::REPLACE)
                    .kind(Kind::Quiet)
                    .height(20.0)
                    .tip("Write it with plain quotes, dashes and spaces")
                    .show(ui);
                if button.clicked() {
                    self.text = plain;
                    self.changed_at = Some(cx.now);
                }
            }
        });
    }
}

/// The text in GSM 7-bit by replacing characters nobody misses; `None` if that is not enough.
fn replaced(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .map(|c| match text::message::replaceable(c) {
            Some(plain) => plain.to_owned(),
            None => c.to_string(),
        })
        .collect();
    let worth = plain != text && sms::count_segments(&plain).alphabet == Alphabet::Gsm7;
    worth.then_some(plain)
}
