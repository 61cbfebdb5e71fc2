//! The composer: the text, how many texts it makes and why, how and when it goes, and Send.

use super::counter::{self, Analysis};
use super::send_options::{Picked, SendOptionsUi, settle};
use crate::clock::Instant;
use crate::phone::{Diagnosis, SendOptions};
use crate::ui::action::Field as FieldId;
use crate::ui::action::{Actions, Outgoing};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::text_area::TextArea;
use crate::ui::widget::{Button, Kind, empty, icon::icons, label};
use egui::{Align, Key, Layout, Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2};

/// Lines shown before the field scrolls.
const MAX_ROWS: f32 = 6.0;
/// More than those lines take, in points.
const MAX_HEIGHT: f32 = 400.0;
/// Below this width of the row the send button has no word.
const TIGHT_ROW: f32 = 300.0;
/// Height of the send button in points.
const BUTTON: f32 = 40.0;

/// What is typed.
#[derive(Default)]
pub struct Composer {
    text: String,
    changed_at: Option<Instant>,
    problem: Option<Diagnosis>,
    /// The text came back: its options are to be shown again.
    restore: Option<SendOptions>,
    options: SendOptionsUi,
    analysis: Analysis,
    field_height: f32,
}

/// What was sent.
pub struct Sent {
    /// The text, not empty.
    pub text: String,
    /// How.
    pub options: SendOptions,
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

    /// What is typed is to be kept again.
    pub fn touch(&mut self, now: Instant) {
        self.changed_at = Some(now);
    }

    /// The text, if it changed since it was last kept.
    pub fn take_changed(&mut self) -> Option<String> {
        self.changed_at.take().map(|_| self.text.clone())
    }

    /// The engine refused the text: it is back, with the reason. What was typed since stays.
    pub fn refuse(&mut self, outgoing: Outgoing, why: Diagnosis) {
        if self.text.is_empty() {
            self.text = outgoing.text;
            self.restore = Some(outgoing.options);
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
        actions: &mut Actions,
    ) -> Option<Sent> {
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        let settings = &cx.model.phone.settings;
        if let Some(options) = self.restore.take() {
            self.options.restore(&options, settings);
        }
        if let Some(why) = &self.problem {
            empty::problem(ui, &why.cause);
            if !why.advice.is_empty() {
                label::caption(ui, &why.advice);
            }
        }
        self.options.chips_ui(ui, cx);
        self.analysis.follow(&self.text, counter::encoding(settings));
        let texts = self.analysis.info.segments * recipients.max(1);
        let texts = if self.text.is_empty() { 1 } else { texts };
        let word = words::send(texts, self.options.at(), cx.wall_time);
        let reason = match () {
            () if self.text.trim().is_empty() => Some(text::message::WRITE_FIRST),
            () if recipients == 0 => Some(text::message::NO_RECIPIENT),
            () => self.options.problem(cx.wall_time),
        };
        let send = self.row_ui(ui, cx, (&word, reason), last, actions);
        if !(cx.layout.short && self.text.is_empty()) {
            self.counter_ui(ui, cx);
        }
        settle(ui, "composer");
        self.options.dialogs_ui(ui, cx, &self.text, actions);
        if send && reason.is_none() {
            self.problem = None;
            self.changed_at = Some(cx.now);
            let options = self.options.options(settings);
            self.options.reset();
            return Some(Sent { text: std::mem::take(&mut self.text), options });
        }
        None
    }

    /// The field, and beside it the menu and the button. Returns true when it is to be sent.
    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        (word, reason): (&str, Option<&str>),
        last: Option<&str>,
        actions: &mut Actions,
    ) -> bool {
        // The button keeps its place at the bottom while the field grows, by the height that the
        // field had in the frame before.
        let height = self.field_height.max(BUTTON);
        let (row, _) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
        let shown = match () {
            () if row.width() < TIGHT_ROW => "",
            () if self.options.at().is_some() && row.width() < 420.0 => words::SCHEDULE,
            () => word,
        };
        let enter_sends = cx.model.phone.settings.enter_sends;
        let tip = match (shown.is_empty(), enter_sends) {
            (true, true) => format!("{word} (Enter)"),
            (true, false) => format!("{word} (Ctrl+Enter)"),
            (false, true) => "Enter".to_owned(),
            (false, false) => "Ctrl+Enter".to_owned(),
        };
        let button = Button::new(shown)
            .name(word)
            .kind(Kind::Primary)
            .icon(icons::ICON_SEND)
            .height(BUTTON)
            .tip(&tip)
            .disabled_because(reason);
        // The field comes first, as it is read and as Tab goes.
        let menu = theme::size::CONTROL + 4.0;
        let left_end = row.right() - button.width(ui) - menu - space::TIGHT;
        let right = UiBuilder::new()
            .max_rect(Rect::from_min_max(Pos2::new(left_end, row.bottom() - BUTTON), row.max))
            .layout(Layout::left_to_right(Align::Center));
        // As much height as it may ever take: what it takes of it is its height.
        let edge = Pos2::new(left_end - space::TIGHT, row.top() + MAX_HEIGHT);
        let below = ((BUTTON - self.field_height) / 2.0).clamp(0.0, 4.0);
        let left = UiBuilder::new()
            .max_rect(Rect::from_min_max(row.min + Vec2::new(0.0, below), edge))
            .layout(Layout::top_down(Align::Min));
        let field = ui.scope_builder(left, |ui| {
            let room = ui.available_width().max(60.0);
            self.field_ui(ui, cx, room, last)
        });
        let field_height = field.response.rect.height();
        if (field_height - self.field_height).abs() > 0.5 {
            self.field_height = field_height;
            ui.ctx().request_discard("the composer grew");
        }
        let (picked, button) = ui
            .scope_builder(right, |ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                let picked = self.options.button_ui(ui, cx, (&self.text, true), actions);
                (picked, button.show(ui))
            })
            .inner;
        if let Some(Picked::Insert(template)) = picked {
            let new = TextArea::insert(ui, FieldId::Message.id(), &self.text, &template);
            self.change(ui, cx, new);
        }
        button.clicked() || field.inner
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
        let area = TextArea::new(&self.analysis);
        let text = &mut self.text;
        let response = ScrollArea::vertical()
            .id_salt("message")
            .max_height(row * rows + 22.0)
            .min_scrolled_height(40.0)
            .show(ui, |ui| {
                let field = Field::new(id, text::message::MESSAGE)
                    .hint(if room < 130.0 { "Text…" } else { text::message::MESSAGE_HINT })
                    .rows(1, enter_sends)
                    .font(font)
                    .width(room);
                area.show(ui, id, field, text)
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

    fn counter_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        // What was typed in this frame counts in this frame.
        self.analysis.follow(&self.text, counter::encoding(&cx.model.phone.settings));
        if let Some(plain) = counter::ui(ui, &self.analysis) {
            self.change(ui, cx, plain);
        }
    }

    /// Another text in the field; Ctrl+Z brings the one before back.
    fn change(&mut self, ui: &Ui, cx: &ViewContext<'_>, text: String) {
        TextArea::remember(ui, FieldId::Message.id(), &self.text);
        self.text = text;
        self.changed_at = Some(cx.now);
        ui.memory_mut(|memory| memory.request_focus(FieldId::Message.id()));
        ui.ctx().request_repaint();
    }
}
