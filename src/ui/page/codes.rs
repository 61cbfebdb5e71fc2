//! The dialogue of service codes: what was sent on the right, what the network said on the left,
//! and below it the next code or the reply.

use super::head_ui;
use crate::phone::{Command, LinkAddress, UssdCommand, UssdStatus};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::bidi;
use crate::ui::codes::{Ask, Line, masked};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, codes as words};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{
    Button, Icon, Kind, at_right, empty, icon, icon::icons, icon_button, label,
};
use crate::ui::{on_click, safe_text};
use egui::{Align, CornerRadius, Frame, Key, Layout, Margin, Panel, ScrollArea, Ui};

/// Share of the width a line may take.
const SHARE: f32 = 0.8;
/// Rows of the longest answer shown; menus of networks have far fewer.
const MAX_ROWS: usize = 200;
/// Rows of an answer on its card beside another page.
const CARD_ROWS: usize = 4;
/// Below this width buttons are icons.
const NARROW: f32 = 340.0;

/// Typed before something else was asked.
struct Left {
    typed: String,
    /// See [`CodesPage::about`].
    about: Option<u64>,
}

/// What is typed.
#[derive(Default)]
pub struct CodesPage {
    typed: String,
    problem: bool,
    /// What is typed is for: a reply to the answer of this number; `None`: a code.
    about: Option<u64>,
    /// What was typed for something else, and is not sent by itself.
    left: Option<Left>,
    /// Lines in the last frame, to follow a new one.
    lines: usize,
}

impl CodesPage {
    /// What was typed is no code; it stays in the field.
    pub fn refuse(&mut self, typed: &str) {
        self.typed = typed.to_owned();
        self.problem = true;
    }

    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let narrow = ui.available_width() < NARROW;
        head_ui(ui, cx, (words::CODES, true), actions, |ui, actions| {
            let services = Action::Show(Page::Services);
            let response = if narrow {
                icon_button(ui, icons::ICON_TUNE, words::SERVICES)
            } else {
                Button::new(words::SERVICES).icon(icons::ICON_TUNE).kind(Kind::Quiet).show(ui)
            };
            on_click(&response, actions, services);
        });
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 10));
        Panel::bottom("code composer")
            .resizable(false)
            .show_separator_line(false)
            .frame(frame)
            .show(ui, |ui| self.composer_ui(ui, cx, actions));
        self.dialogue_ui(ui, cx, actions);
    }

    fn dialogue_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let lines = &cx.model.codes.lines;
        let waiting = cx.model.phone.ussd == Some(UssdStatus::Waiting);
        if lines.is_empty() && !waiting {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                empty::state(ui, icons::ICON_DIALPAD, words::NONE_YET, words::NONE_YET_WHY, None);
            });
            return;
        }
        let new = std::mem::replace(&mut self.lines, lines.len()) != lines.len();
        ScrollArea::vertical().auto_shrink([false, false]).stick_to_bottom(true).show(ui, |ui| {
            Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                ui.set_width(ui.available_width().min(640.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                for (at, line) in lines.iter().enumerate() {
                    ui.push_id(at, |ui| line_ui(ui, line));
                }
                if waiting {
                    waiting_ui(ui, actions);
                }
                if new {
                    ui.scroll_to_cursor(Some(Align::BOTTOM));
                }
            });
        });
    }

    fn composer_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let status = cx.model.phone.ussd.as_ref();
        let reply = matches!(status, Some(UssdStatus::Answer { reply_expected: true, .. }));
        let waiting = status == Some(&UssdStatus::Waiting);
        let asked_anew = self.turn_to(reply.then_some(cx.model.codes.answers));
        ui.spacing_mut().item_spacing.y = space::SMALL;
        played_ui(ui, cx);
        if !waiting {
            self.left_ui(ui, reply);
        }
        if self.problem {
            empty::problem(ui, words::NO_CODE);
        }
        let narrow = ui.available_width() < NARROW;
        let (name, hint, send_name) = match reply {
            true => (text::call::REPLY, text::call::REPLY, text::call::SEND_REPLY),
            false => (words::CODE, words::CODE_HINT, words::SEND_NAME),
        };
        let missing = if reply { words::TYPE_REPLY } else { words::TYPE_CODE };
        let why_not = match () {
            () if waiting => Some(text::call::CODE_WAITING),
            () if self.typed.trim().is_empty() => Some(missing),
            () => None,
        };
        let mut go = false;
        ui.horizontal(|ui| {
            let id = egui::Id::unique("code");
            let send = Button::new(if narrow { "" } else { words::SEND })
                .name(send_name)
                .tip(send_name)
                .icon(icons::ICON_SEND)
                .kind(Kind::Primary)
                .disabled_because(why_not)
                .height(size::CONTROL + 4.0);
            let room = ui.available_width() - send.width(ui) - space::SMALL;
            let output = Field::new(id, name).hint(hint).width(room.max(60.0));
            let response = output.show(ui, &mut self.typed).response.response;
            if response.changed() {
                self.problem = false;
            }
            let nothing_else = ui.memory(|memory| memory.focused().is_none());
            if reply && asked_anew && nothing_else {
                response.request_focus();
            }
            go = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if go {
                // What is typed next is meant for the same field, not for the dialpad.
                response.request_focus();
            }
            go |= send.show(ui).clicked();
        });
        ui.horizontal_wrapped(|ui| {
            if reply {
                let end = Button::new(text::call::END_DIALOGUE).show(ui);
                on_click(&end, actions, Action::Command(Command::Ussd(UssdCommand::Cancel)));
            } else if !waiting {
                let imei = Button::new(words::SHOW_IMEI).kind(Kind::Quiet).show(ui);
                on_click(&imei, actions, Ask::Typed("*#06#".to_owned()).into());
            }
        });
        if go && !waiting && !self.typed.trim().is_empty() {
            // A code that was being typed waits for the end of the dialogue.
            self.left.take_if(|left| left.about.is_some());
            let typed = std::mem::take(&mut self.typed).trim().to_owned();
            match reply {
                true => actions.push(Action::SendCode(typed)),
                false => actions.push(Ask::Typed(typed).into()),
            }
        }
    }
}

impl CodesPage {
    /// Takes what was typed while no field had the keyboard.
    pub fn type_in(&mut self, ctx: &egui::Context, text: &str) {
        self.typed.push_str(text);
        ctx.memory_mut(|memory| memory.request_focus(egui::Id::unique("code")));
    }

    /// Begins to type for this; true if it is something else than before. What was typed for the
    /// other is put aside: nobody wrote it as an answer to this.
    fn turn_to(&mut self, about: Option<u64>) -> bool {
        if self.about == about {
            return false;
        }
        let before = std::mem::replace(&mut self.about, about);
        if !self.typed.trim().is_empty() {
            let typed = std::mem::take(&mut self.typed);
            self.left = Some(Left { typed, about: before });
            self.problem = false;
        } else if let Some(left) = self.left.take_if(|left| left.about == about) {
            self.typed = left.typed;
        }
        true
    }

    /// What was put aside, and the way to use it all the same.
    fn left_ui(&mut self, ui: &mut Ui, reply: bool) {
        let Some(left) = &self.left else { return };
        // A reply is no code: it can only be read again.
        let usable = reply || left.about.is_none();
        let words = words::not_sent(&masked(&safe_text::line(&left.typed, 60)), reply);
        label::announce(&label::caption(ui, &words));
        ui.horizontal_wrapped(|ui| {
            if usable
                && Button::new(words::USE_IT).show(ui).clicked()
                && let Some(left) = self.left.take()
            {
                let typed = std::mem::replace(&mut self.typed, left.typed);
                let other = !typed.trim().is_empty();
                self.left = other.then_some(Left { typed, about: self.about });
                ui.memory_mut(|memory| memory.request_focus(egui::Id::unique("code")));
            }
            if Button::new(words::DROP_IT).kind(Kind::Quiet).show(ui).clicked() {
                self.left = None;
            }
        });
    }
}

/// While a recording stands in for a modem: what can be expected of it.
pub fn played_ui(ui: &mut Ui, cx: &ViewContext<'_>) {
    if matches!(cx.model.phone.link.address(), Some(LinkAddress::Replay(_))) {
        ui.horizontal_top(|ui| {
            hourglass_ui(ui, icons::ICON_SCIENCE);
            label::caption(ui, text::link::PLAYED_HERE);
        });
    }
}

/// A line of the dialogue.
fn line_ui(ui: &mut Ui, line: &Line) {
    let p = theme::palette(ui);
    match line {
        Line::Sent(code) => {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let look = (p.accent_soft, p.on_accent_soft, words::YOU);
                bubble_ui(ui, code, look, MAX_ROWS);
            });
        }
        Line::Network(answer) => {
            ui.horizontal(|ui| {
                let look = (p.raised, p.text, words::NETWORK);
                bubble_ui(ui, answer, look, MAX_ROWS);
            });
        }
        Line::Over(cause, advice) => {
            ui.horizontal_top(|ui| {
                icon::show(ui, icons::ICON_INFO, 16.0, p.weak);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    label::announce(&label::body(ui, &safe_text::line(cause, 300)));
                    if !advice.is_empty() {
                        label::caption(ui, &safe_text::line(advice, 300));
                    }
                });
            });
        }
    }
}

fn bubble_ui(
    ui: &mut Ui,
    words: &str,
    (fill, color, who): (egui::Color32, egui::Color32, &str),
    max_rows: usize,
) {
    let safe = safe_text::text(words);
    let max_width = (ui.available_width() * SHARE - 24.0).max(60.0);
    let style = bidi::Style { font: theme::font(type_size::BODY), color, max_width, max_rows };
    let laid = bidi::layout(ui, &safe, &style);
    let radius = CornerRadius::same(size::CARD_RADIUS);
    let frame =
        Frame::new().fill(fill).corner_radius(radius).inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        let width = laid.size().x;
        let name = format!("{who}: {safe}");
        label::announce(&label::show_laid(ui, &laid, &name, color, width));
    });
}

fn waiting_ui(ui: &mut Ui, actions: &mut Actions) {
    ui.horizontal_wrapped(|ui| {
        hourglass_ui(ui, icons::ICON_HOURGLASS_EMPTY);
        label::announce(&label::body(ui, text::call::CODE_WAITING));
        let stop = Button::new(text::CANCEL).show(ui);
        on_click(&stop, actions, Action::Command(Command::Ussd(UssdCommand::Cancel)));
    });
}

fn hourglass_ui(ui: &mut Ui, symbol: Icon) {
    let color = theme::palette(ui).weak;
    icon::show(ui, symbol, 18.0, color);
}

/// What came while another page is open: the beginning of it, and the way to the rest.
pub fn card_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    if !cx.model.codes.unseen {
        return;
    }
    let Some(Line::Network(answer) | Line::Over(answer, _)) = cx.model.codes.lines.last() else {
        return;
    };
    let status = cx.model.phone.ussd.as_ref();
    let reply = matches!(status, Some(UssdStatus::Answer { reply_expected: true, .. }));
    super::card_frame(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            label::strong(ui, cx.model.codes.title());
            at_right::show(ui, "close", |ui| {
                let close = icon_button(ui, icons::ICON_CLOSE, words::CLOSE_ANSWER);
                on_click(&close, actions, Ask::Seen.into());
            });
        });
        let p = theme::palette(ui);
        let safe = safe_text::text(answer);
        let max_width = ui.available_width();
        let font = theme::font(type_size::BODY);
        let style = bidi::Style { font, color: p.text, max_width, max_rows: CARD_ROWS };
        let laid = bidi::layout(ui, &safe, &style);
        label::announce(&label::show_laid(ui, &laid, &safe, p.text, max_width));
        let word = if reply { words::OPEN_REPLY } else { words::OPEN_DIALOGUE };
        let kind = if reply { Kind::Primary } else { Kind::Plain };
        on_click(&Button::new(word).kind(kind).show(ui), actions, Ask::Open.into());
    });
}
