//! The middle of the window: a conversation with its composer, or a new text to people yet to be
//! named.

mod dialog;
mod header;
pub mod menu;
mod scroll;
mod timeline;

use super::composer::{Composer, Sent};
use super::head_ui;
use super::picker::PickerPage;
use super::recipients::Recipients;
use crate::clock::Instant;
use crate::number::PhoneNumber;
use crate::phone::{LinkState, MessageId};
use crate::ui::action::{Action, Actions, Outgoing, Page};
use crate::ui::layout::Width;
use crate::ui::model::{Model, ViewContext};
use crate::ui::talk::Talk;
use crate::ui::text;
use crate::ui::theme::{self, type_size};
use crate::ui::timeline::Key;
use crate::ui::widget::facts::Facts;
use crate::ui::widget::{empty, icon::icons, label};
use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use dialog::Dialog;
use scroll::Scroll;
use timeline::last_sent;

/// A draft is kept this long after the last key.
const DRAFT_AFTER: Duration = Duration::from_millis(800);

/// What is typed, to whom, and what is folded out.
#[derive(Default)]
pub struct ConversationPage {
    number: Option<PhoneNumber>,
    composer: Composer,
    recipients: Recipients,
    unfolded: BTreeSet<MessageId>,
    scroll: Scroll,
    /// Which of the timeline's answers the place was taken from.
    opened: u64,
    facts: BTreeMap<Key, Facts>,
    dialog: Option<Dialog>,
    /// Numbers of the conversation that is to be written to a file.
    pub exporting: Vec<PhoneNumber>,
}

impl ConversationPage {
    /// Begins with a number and what was typed to it before.
    pub fn open(&mut self, number: &PhoneNumber, draft: String) {
        self.number = Some(number.clone());
        self.composer = Composer::with(draft);
        self.unfolded.clear();
        self.scroll = Scroll::default();
        self.opened = 0;
        self.facts.clear();
        self.dialog = None;
    }

    /// Texts go to another number of the same person from now on.
    pub fn write_to(&mut self, number: &PhoneNumber, now: Instant, actions: &mut Actions) {
        let before = self.number.replace(number.clone());
        if let Some(before) = before.filter(|before| before != number)
            && !self.composer.is_empty()
        {
            // What is typed moves with it.
            actions.push(Action::SaveDraft(before, String::new()));
            self.composer.touch(now);
        }
    }

    /// Begins a text to somebody with words that stand elsewhere already.
    pub fn forward(&mut self, words: String, now: Instant) {
        self.composer = Composer::with(words);
        self.composer.touch(now);
    }

    /// The end of the timeline is in sight.
    pub fn at_end(&self) -> bool {
        self.scroll.at_end()
    }

    /// Asks before a link is opened that may deceive.
    pub fn ask_about_link(&mut self, link: String, why: &'static str) {
        self.dialog = Some(Dialog::Link(link, why));
    }

    /// Shows words in a field where parts of them can be selected.
    pub fn select(&mut self, words: String) {
        self.dialog = Some(Dialog::Words(words));
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
        for key in std::mem::take(&mut model.timeline.changed) {
            self.facts.remove(&key);
        }
        let Some((outgoing, why)) = model.refused_text.take() else { return };
        match (&self.number, outgoing.to.as_slice()) {
            (Some(open), [to]) if open.as_str() == to => self.composer.refuse(outgoing, why),
            (None, _) if self.composer.is_empty() => {
                outgoing.to.iter().for_each(|to| self.recipients.add(to));
                self.composer.refuse(outgoing, why);
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
        self.dialog_ui(ui, cx, actions);
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
            .show(ui, |ui| self.composer.ui(ui, cx, count, last, actions))
            .inner;
        let Some(Sent { text, options }) = sent else { return };
        if !new {
            let to: Vec<String> = self.number.iter().map(|n| n.as_str().to_owned()).collect();
            actions.push(Action::SendText(Outgoing { to, text, options }));
            self.save_now(actions);
            self.scroll.go_to_end();
            if cx.model.timeline.newer {
                actions.push(Talk::Newest.into());
            }
            return;
        }
        let to = self.recipients.take(&cx.model.phone);
        let only = (to.len() == 1).then(|| PhoneNumber::new(&to[0]));
        if let Some(number) = &only {
            actions.push(Action::SaveDraft(number.clone(), String::new()));
        }
        let _ = self.composer.take_changed();
        actions.push(Action::SendText(Outgoing { to, text, options }));
        match only {
            Some(number) => actions.push(Action::Converse(number)),
            None => actions.push(Action::Show(Page::Outbox)),
        }
    }
}

/// Digits can be answered; a name such as `BANK` can't.
fn can_reply(number: &PhoneNumber) -> bool {
    !number.as_str().chars().any(char::is_alphabetic)
}
