//! The column of the call: cards of live calls, answers of service codes, cards of calls that
//! ended, and below them the dialpad.

use super::card_frame;
use super::dialer::{DialerPage, SIDE_BY_SIDE};
use crate::phone::{Command, UssdCommand, UssdStatus};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::ended_card;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, icon, icon::icons, icon_button, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};

/// Least height of the cards that scroll above the dialpad.
const CARDS_ROOM: f32 = 80.0;
/// Height of the dialpad with field and keys side by side.
const SMALL_PAD: f32 = 190.0;
/// Height of the dialpad with the smallest keys below the field.
const NARROW_PAD: f32 = 264.0;
/// The same in a window with hardly any height.
const LEAST_PAD: f32 = 130.0;

/// What is typed and folded.
#[derive(Debug, Default)]
pub struct CallPage {
    reply: String,
    /// The ended call whose raw lines are folded out.
    unfolded: Option<u64>,
    /// The service-code dialogue that was closed.
    closed_code: Option<UssdStatus>,
}

impl CallPage {
    /// Cards above, dialpad below.
    pub fn column_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        dialer: &mut DialerPage,
        actions: &mut Actions,
    ) {
        let margin = if cx.layout.short { 8 } else { space::PANEL as i8 };
        Frame::new().inner_margin(Margin::symmetric(margin, space::SMALL as i8)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::SMALL;
            let room = ui.available_height();
            // The pad keeps a useful size even when cards need the room; then the cards scroll.
            let least = if dialer.sends_tones(cx) { 250.0 } else { 330.0 };
            let small = match ui.available_width() {
                width if width >= SIDE_BY_SIDE => SMALL_PAD,
                _ if cx.model.active_call().is_some() => NARROW_PAD + 40.0,
                _ => NARROW_PAD,
            };
            let least = if room - least >= CARDS_ROOM { least } else { small };
            if room - least >= CARDS_ROOM {
                ScrollArea::vertical()
                    .id_salt("cards")
                    .auto_shrink([false, true])
                    .max_height(room - least - space::SMALL)
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = space::SMALL;
                        self.cards_ui(ui, cx, actions);
                    });
                let height = ui.available_height();
                pad_ui(ui, cx, dialer, height, actions);
                return;
            }
            // So little room that everything scrolls together.
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::SMALL;
                let top = ui.cursor().top();
                self.cards_ui(ui, cx, actions);
                let left = room - (ui.cursor().top() - top);
                pad_ui(ui, cx, dialer, left.max(LEAST_PAD), actions);
            });
        });
    }

    /// All cards that are not in the strip.
    fn cards_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        for call in &cx.model.phone.calls {
            if !call_card::rings(call) {
                ui.push_id(call.id, |ui| call_card::live_ui(ui, cx, call, Place::Column, actions));
            }
        }
        self.code_ui(ui, cx, actions);
        for ended in cx.model.ended.iter().rev() {
            ui.push_id(ended.key, |ui| {
                let unfolded = self.unfolded == Some(ended.key);
                if ended_card::card_ui(ui, cx, ended, unfolded, actions) {
                    self.unfolded = if unfolded { None } else { Some(ended.key) };
                }
            });
        }
    }

    /// The answer of the network to a service code, and the reply to its question.
    fn code_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let Some(status) = &cx.model.phone.ussd else { return };
        if self.closed_code.as_ref() == Some(status) {
            return;
        }
        self.closed_code = None;
        card_frame(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                label::strong(ui, text::call::CODE_ANSWER);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if icon_button(ui, icons::ICON_CLOSE, "Close answer").clicked() {
                        self.closed_code = Some(status.clone());
                        if !matches!(status, UssdStatus::Ended(_)) {
                            actions.command(Command::Ussd(UssdCommand::Cancel));
                        }
                    }
                });
            });
            match status {
                UssdStatus::Waiting => {
                    ui.horizontal(|ui| {
                        let p = theme::palette(ui);
                        icon::show(ui, icons::ICON_HOURGLASS_EMPTY, 18.0, p.weak);
                        label::announce(&label::body(ui, text::call::CODE_WAITING));
                    });
                    let stop = Button::new(text::CANCEL).show(ui);
                    on_click(&stop, actions, Action::Command(Command::Ussd(UssdCommand::Cancel)));
                }
                UssdStatus::Answer { text: answer, reply_expected } => {
                    answer_ui(ui, answer);
                    if *reply_expected {
                        self.reply_ui(ui, actions);
                    }
                }
                UssdStatus::Ended(line) => answer_ui(ui, line),
            }
        });
    }

    fn reply_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let id = egui::Id::unique("code reply");
        let output =
            Field::new(id, text::call::REPLY).hint(text::call::REPLY).show(ui, &mut self.reply);
        let response = output.response.response;
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        ui.horizontal(|ui| {
            let send = Button::new(text::call::SEND_REPLY).kind(Kind::Primary).show(ui);
            let end = Button::new(text::call::END_DIALOGUE).show(ui);
            on_click(&end, actions, Action::Command(Command::Ussd(UssdCommand::Cancel)));
            if (send.clicked() || enter) && !self.reply.trim().is_empty() {
                actions.push(Action::SendCode(std::mem::take(&mut self.reply)));
            }
        });
    }
}

/// The dialpad, this high.
fn pad_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    dialer: &mut DialerPage,
    height: f32,
    actions: &mut Actions,
) {
    let size = egui::Vec2::new(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_height(height);
        ui.set_max_height(height);
        dialer.ui(ui, cx, actions);
    });
}

/// What the network said, safe to show, in full.
fn answer_ui(ui: &mut Ui, answer: &str) {
    let p = theme::palette(ui);
    let safe = safe_text::text(answer);
    let style = crate::ui::bidi::Style {
        font: theme::font(type_size::BODY),
        color: p.text,
        max_width: ui.available_width(),
        max_rows: 40,
    };
    let laid = crate::ui::bidi::layout(ui, &safe, &style);
    let width = ui.available_width();
    let response = label::show_laid(ui, &laid, &safe, p.text, width);
    label::announce(&response);
}
