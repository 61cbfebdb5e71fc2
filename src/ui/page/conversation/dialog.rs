//! Dialogs over a conversation: before a doubtful link is opened, and to select a part of a text.

use super::ConversationPage;
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::page::shortcuts::dialog_frame;
use crate::ui::talk::Talk;
use crate::ui::text;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, label};
use egui::{Id, Modal, ScrollArea, TextEdit, Ui};

/// Which one is open.
pub(super) enum Dialog {
    /// A link, and why it is asked about.
    Link(String, &'static str),
    /// The words of a text, made safe.
    Words(String),
}

impl ConversationPage {
    pub(super) fn dialog_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let Some(dialog) = &mut self.dialog else { return };
        let width = (cx.layout.size.x - 64.0).min(440.0);
        let height = (cx.layout.size.y - 200.0).clamp(80.0, 360.0);
        let modal = Modal::new(Id::unique("text dialog")).frame(dialog_frame(ui));
        let mut done = false;
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::SMALL;
            done = match dialog {
                Dialog::Link(link, why) => link_ui(ui, link, why, actions),
                Dialog::Words(words) => words_ui(ui, words, height, actions),
            };
        });
        if done || response.should_close() {
            self.dialog = None;
        }
    }
}

fn link_ui(ui: &mut Ui, link: &str, why: &str, actions: &mut Actions) -> bool {
    let p = theme::palette(ui);
    label::title(ui, text::talk::OPEN_LINK_ASK);
    // Letter by letter as it is: every octet that is no plain letter is written out.
    label::styled(ui, &spelled(link), theme::font(type_size::BODY), p.text);
    label::styled(ui, why, theme::font(type_size::BODY), p.doubt_text);
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        if Button::new(text::CANCEL).kind(Kind::Primary).height(36.0).show(ui).clicked() {
            done = true;
        }
        if Button::new(text::talk::COPY_LINK).height(36.0).show(ui).clicked() {
            actions.push(Action::Copy(link.to_owned()));
            done = true;
        }
        if Button::new(text::talk::OPEN_LINK).height(36.0).show(ui).clicked() {
            actions.push(Talk::OpenLink(link.to_owned()).into());
            done = true;
        }
    });
    done
}

/// A link in which letters that look like others can be told from them.
fn spelled(link: &str) -> String {
    let mut out = String::with_capacity(link.len());
    for c in link.chars().take(600) {
        if c.is_ascii_graphic() {
            out.push(c);
        } else {
            out.push_str(&format!("[{c} U+{:04X}]", u32::from(c)));
        }
    }
    out
}

fn words_ui(ui: &mut Ui, words: &str, height: f32, actions: &mut Actions) -> bool {
    label::title(ui, text::talk::SELECT_TITLE);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        // A field on a borrowed text: what is typed changes nothing, what is selected is copied.
        let mut shown = words;
        let name = label::section(ui, text::message::MESSAGE);
        let edit = TextEdit::multiline(&mut shown)
            .id(Id::unique("words to select"))
            .desired_width(f32::INFINITY)
            .font(theme::font(type_size::BODY));
        ui.add(edit).labelled_by(name.id);
    });
    let mut done = false;
    ui.horizontal(|ui| {
        if Button::new(text::message::COPY_TEXT).height(36.0).show(ui).clicked() {
            actions.push(Action::Copy(words.to_owned()));
            done = true;
        }
        done |= Button::new(text::CLOSE).height(36.0).show(ui).clicked();
    });
    done
}
