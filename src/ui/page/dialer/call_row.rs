//! The row below the keys: Call in the colour of what it does, the ways to call, and a text.

use super::DialerPage;
use crate::number;
use crate::phone::CallerId;
use crate::ui::action::{Action, Actions};
use crate::ui::calling::{self, Ask};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, size, space};
use crate::ui::widget::{Button, Kind, button, icon::icons, menu};
use crate::ui::{on_click, text};
use egui::{Popup, Ui, Vec2};

/// Below this width the text has no button of its own.
const ROOM_FOR_TEXT: f32 = 210.0;
/// Below this width the word of an emergency call is a short one.
const ROOM_FOR_EMERGENCY: f32 = 180.0;
/// Width of the button with the ways to call.
const MENU: f32 = 36.0;

/// What stands in the field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    Nothing,
    Number,
    Emergency,
    Code,
}

impl DialerPage {
    pub(super) fn call_row_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let typed = self.kind_of_typed(cx);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            let room = ui.available_width();
            let number = typed == Typed::Number;
            let text_room = if number && room >= ROOM_FOR_TEXT { size::PRIMARY + 4.0 } else { 0.0 };
            let menu_room = if number { MENU + 4.0 } else { 0.0 };
            let call = Vec2::new(room - text_room - menu_room, size::PRIMARY);
            ui.allocate_ui(call, |ui| self.call_button_ui(ui, cx, typed, actions));
            if number {
                self.ways_ui(ui, text_room == 0.0, actions);
            }
            if text_room > 0.0 {
                let color = theme::palette(ui).accent_text;
                let (icon, name) = (icons::ICON_CHAT_BUBBLE, text::call::TEXT);
                let write = button::icon_button_sized(ui, icon, name, size::PRIMARY, color);
                on_click(&write, actions, Action::NewText(self.typed.clone()));
            }
        });
    }

    /// An emergency number stands in the field: it.
    pub(super) fn emergency(&self, cx: &ViewContext<'_>) -> Option<String> {
        let (number, _) = number::parse_with_tones(&self.typed).ok()?;
        let (_, number) = number.split_caller_id_prefix();
        let emergency = calling::is_emergency(&cx.model.phone, number.as_str());
        emergency.then(|| number.as_str().to_owned())
    }

    fn kind_of_typed(&self, cx: &ViewContext<'_>) -> Typed {
        if self.typed.trim().is_empty() {
            return Typed::Nothing;
        }
        match number::parse_with_tones(&self.typed) {
            Ok((number, _)) if number.is_service_code() => Typed::Code,
            _ if self.emergency(cx).is_some() => Typed::Emergency,
            _ => Typed::Number,
        }
    }

    fn call_button_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        typed: Typed,
        actions: &mut Actions,
    ) {
        let room = ui.available_width();
        let (word, icon, kind, tip) = match typed {
            Typed::Nothing => {
                (text::call::CALL, icons::ICON_CALL, Kind::Call, text::call::REDIAL_TIP)
            }
            Typed::Number => (text::call::CALL, icons::ICON_CALL, Kind::Call, text::call::CALL_TIP),
            Typed::Code => {
                (text::call::SEND_CODE, icons::ICON_SEND, Kind::Call, text::call::CALL_TIP)
            }
            Typed::Emergency if room < ROOM_FOR_EMERGENCY => {
                let word = text::call::EMERGENCY_SHORT;
                (word, icons::ICON_EMERGENCY, Kind::Call, text::call::CALL_TIP)
            }
            Typed::Emergency => {
                let word = text::call::EMERGENCY;
                (word, icons::ICON_EMERGENCY, Kind::Call, text::call::CALL_TIP)
            }
        };
        let name = if typed == Typed::Emergency { text::call::EMERGENCY } else { word };
        let button = Button::new(word).name(name).kind(kind).icon(icon).tip(tip);
        if button.height(size::PRIMARY).full_width().show(ui).clicked() {
            self.call(cx, actions);
        }
    }

    /// With the own number hidden or shown, for this call.
    fn ways_ui(&self, ui: &mut Ui, with_text: bool, actions: &mut Actions) {
        let p = theme::palette(ui);
        let name = text::call::CALL_MENU;
        let icon = icons::ICON_EXPAND_MORE;
        let side = Vec2::new(MENU, size::PRIMARY);
        let (rect, _) = ui.allocate_exact_size(side, egui::Sense::hover());
        let place = egui::Rect::from_center_size(rect.center(), Vec2::splat(MENU));
        let opener = button::icon_button_in(ui, place, icon, name, p.call_text);
        Popup::menu(&opener).show(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for (symbol, word, caller_id) in [
                (icons::ICON_VISIBILITY_OFF, text::call::HIDE_NUMBER, CallerId::Hide),
                (icons::ICON_VISIBILITY, text::call::SHOW_NUMBER, CallerId::Show),
                (icons::ICON_CALL, text::call::DEFAULT_NUMBER, CallerId::Default),
            ] {
                if menu::item(ui, symbol, word) {
                    actions.push(Ask::DialAs(self.typed.clone(), caller_id).into());
                }
            }
            if with_text && menu::item(ui, icons::ICON_CHAT_BUBBLE, text::call::WRITE) {
                actions.push(Action::NewText(self.typed.clone()));
            }
        });
    }
}
