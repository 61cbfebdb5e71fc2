//! Menus of a call: other ways to reject, and the rarer actions.

use super::call_deeds::{Card, Deed};
use super::icon::icons;
use super::{icon_button, label, menu};
use crate::phone::{CallCommand, CallId};
use crate::ui::action::Actions;
use crate::ui::calling::Ask;
use crate::ui::model::ViewContext;
use crate::ui::theme::{size, space};
use crate::ui::{safe_text, text};
use egui::{Popup, ScrollArea, Ui};

/// Texts offered to reject with.
const MAX_TEXTS: usize = 20;
/// The most of one that is shown, in characters.
const MAX_CHARS: usize = 300;

/// What can be done with the ringing call beside answering it: writing to its number, and
/// forwarding it.
fn otherwise(cx: &ViewContext<'_>) -> Option<(CallId, bool, bool)> {
    let phone = &cx.model.phone;
    let ringing = phone.ringing_call()?;
    let (can_write, deflect) =
        (ringing.remote.number().is_some(), phone.identity.abilities.deflect);
    (can_write || deflect).then_some((ringing.id, can_write, deflect))
}

/// The room that [`reject_ui`] takes, with the gap beside it.
pub fn reject_width(cx: &ViewContext<'_>) -> f32 {
    otherwise(cx).map_or(0.0, |_| size::CONTROL + space::SMALL)
}

/// Rejecting with a text, and forwarding the call to another number; nothing for a call that does
/// not ring.
pub fn reject_ui(ui: &mut Ui, cx: &ViewContext<'_>, card: &Card<'_>, actions: &mut Actions) {
    let phone = &cx.model.phone;
    let Some((call, can_write, deflect)) = otherwise(cx).filter(|_| card.rings()) else { return };
    let button = icon_button(ui, icons::ICON_MORE_VERT, text::call::REJECT_OTHERWISE);
    Popup::menu(&button).show(|ui| {
        ui.set_width((cx.layout.size.x - 48.0).clamp(140.0, 340.0));
        ui.spacing_mut().item_spacing.y = 1.0;
        let height = (cx.layout.size.y * 0.6).max(80.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            if can_write {
                label::section(ui, text::call::REJECT_WITH);
                for words in phone.settings.reject_texts.iter().take(MAX_TEXTS) {
                    let shown = safe_text::line(words, MAX_CHARS);
                    if menu::sentence(ui, icons::ICON_CHAT_BUBBLE, &shown) {
                        actions.push(CallCommand::RejectWithText(call, words.clone()).into());
                    }
                }
                if menu::item(ui, icons::ICON_EDIT, text::call::OWN_WORDS) {
                    actions.push(Ask::RejectWords(call).into());
                }
            }
            if deflect {
                if can_write {
                    ui.separator();
                }
                if menu::item(ui, icons::ICON_PHONE_FORWARDED, text::call::DEFLECT) {
                    actions.push(Ask::Deflect(call).into());
                }
            }
        });
    });
}

/// The rarer actions.
pub fn rarer_ui(ui: &mut Ui, deeds: &[Deed], actions: &mut Actions) {
    let button = icon_button(ui, icons::ICON_MORE_VERT, text::call::MORE);
    Popup::menu(&button).show(|ui| {
        for deed in deeds {
            if menu::item(ui, deed.icon, deed.word) {
                deed.actions.iter().for_each(|action| actions.push(action.clone()));
            }
        }
    });
}
