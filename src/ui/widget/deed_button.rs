//! What can be done with a call, as buttons: with icon and word, or with either where there is
//! little room. A click that was meant for what stood there before does nothing.

use super::button::{Button, Kind, icon_button_sized};
use super::call_deeds::{Card, Deed};
use super::settled;
use crate::phone::Call;
use crate::ui::action::Actions;
use crate::ui::text;
use crate::ui::theme::{self, size, space};
use egui::{Color32, Response, Ui, Vec2};

/// What of a deed is on its button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// Icon and word.
    Both,
    /// The word.
    Word,
    /// The icon; the word is its name.
    Icon,
}

impl Face {
    /// The most that fits into this width.
    pub fn that_fits(ui: &Ui, deed: &Deed, width: f32) -> Face {
        let fits = |face: &Face| face.width(ui, deed) <= width;
        [Face::Both, Face::Word].into_iter().find(fits).unwrap_or(Face::Icon)
    }

    /// How wide the button of this deed is with it.
    pub fn width(self, ui: &Ui, deed: &Deed) -> f32 {
        self.button(deed).width(ui)
    }

    fn button(self, deed: &Deed) -> Button<'_> {
        let word = if self == Face::Icon { "" } else { deed.word };
        let button = Button::new(word).kind(deed.kind);
        if self == Face::Word { button } else { button.icon(deed.icon) }
    }
}

/// Does it, if it was clicked and had stood there for a while.
fn press(ui: &Ui, call: &Call, deed: &Deed, response: &Response, actions: &mut Actions) {
    let ends = matches!(deed.kind, Kind::Danger | Kind::QuietDanger);
    // Hanging up means the same in every state; the others change what they do with it.
    let state = if ends { "" } else { text::call::state(&call.state) };
    let grave = ends || deed.word == text::call::ANSWER_AND_END;
    let wait = if grave { settled::GRAVE } else { settled::QUICK };
    let word = match deed.word {
        // The microphone is switched back and forth in one place.
        text::call::UNMUTE => text::call::MUTE,
        // Both end the call, whether or not somebody has just answered it.
        text::call::REJECT => text::call::HANG_UP,
        word => word,
    };
    let key = (call.id.0, word, state, deed.actions.len());
    if settled::clicked(ui, response, key, wait) && deed.disabled.is_none() {
        deed.actions.iter().for_each(|action| actions.push(action.clone()));
    }
}

/// A deed as a round button with its icon only.
pub fn icon_ui(ui: &mut Ui, call: &Call, deed: &Deed, color: Color32, actions: &mut Actions) {
    let p = theme::palette(ui);
    let color = if deed.disabled.is_some() { p.outline } else { color };
    let enabled = deed.disabled.is_none();
    let side = size::CONTROL;
    let button = |ui: &mut Ui| icon_button_sized(ui, deed.icon, &deed.name, side, color);
    let response = ui.add_enabled_ui(enabled, button).inner;
    press(ui, call, deed, &response, actions);
    if let Some(why) = deed.disabled {
        response.on_disabled_hover_text(why);
    }
}

/// A deed as a button this high and as wide as there is room.
pub fn wide_ui(
    ui: &mut Ui,
    card: &Card<'_>,
    deed: &Deed,
    (height, face): (f32, Face),
    actions: &mut Actions,
) {
    let mut button = face
        .button(deed)
        .name(&deed.name)
        .chosen(deed.chosen)
        .disabled_because(deed.disabled)
        .height(height);
    if face == Face::Icon {
        button = button.tip(deed.word);
    } else if !deed.tip.is_empty() {
        button = button.tip(deed.tip);
    }
    let response = button.full_width().show(ui);
    press(ui, card.first(), deed, &response, actions);
}

/// The same in a width of its own.
pub fn sized_ui(
    ui: &mut Ui,
    card: &Card<'_>,
    deed: &Deed,
    (width, height): (f32, f32),
    actions: &mut Actions,
) {
    let face = Face::that_fits(ui, deed, width);
    ui.allocate_ui(Vec2::new(width, height), |ui| {
        wide_ui(ui, card, deed, (height, face), actions);
    });
}

/// Width of each of so many in a row, and the gap between them: closer together where there are
/// many, since their words tell more than the gaps.
fn shares(ui: &Ui, count: usize) -> (f32, f32) {
    let gap = if count > 2 { space::TIGHT } else { space::SMALL };
    ((ui.available_width() + gap) / count.max(1) as f32 - gap, gap)
}

/// All of them can have their words side by side in the room there is.
pub fn worded(ui: &Ui, deeds: &[Deed]) -> bool {
    let (width, _) = shares(ui, deeds.len());
    deeds.iter().all(|deed| Face::that_fits(ui, deed, width) != Face::Icon)
}

/// Equal parts of the row; where words and icons do not fit there are only words, or only icons.
pub fn tiles_ui(ui: &mut Ui, card: &Card<'_>, deeds: &[Deed], height: f32, actions: &mut Actions) {
    if deeds.is_empty() {
        return;
    }
    let (width, gap) = shares(ui, deeds.len());
    let faces = deeds.iter().map(|deed| Face::that_fits(ui, deed, width));
    let face = faces.max_by_key(|face| *face as u8).unwrap_or(Face::Both);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for deed in deeds {
            ui.allocate_ui(Vec2::new(width, height), |ui| {
                wide_ui(ui, card, deed, (height, face), actions);
            });
        }
    });
}
