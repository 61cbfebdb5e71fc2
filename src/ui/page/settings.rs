//! The settings, in effect as soon as they are changed, and what this program is.

use super::call_settings::CallSettings;
use super::head_ui;
use super::modem_settings::ModemSettings;
use super::sim_settings::SimSettings;
use super::text_settings::TextSettings;
use crate::phone::{Settings, Theme};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, link as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, button, combo, icon::icons, label, still, toggle};
use egui::{Frame, Margin, ScrollArea, Ui};

/// Text sizes offered, in percent.
const TEXT_SIZES: [u16; 5] = [75, 100, 125, 150, 200];
/// Below this width every point counts.
const NARROW: f32 = 260.0;
/// Widest choice, in points.
const CHOICE: f32 = 240.0;

/// What is typed.
#[derive(Default)]
pub struct SettingsPage {
    calls: CallSettings,
    texts: TextSettings,
    sim: SimSettings,
    modem: ModemSettings,
}

impl SettingsPage {
    /// The page was left: PINs typed are forgotten.
    pub fn close(&mut self) {
        self.sim.close();
    }

    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        head_ui(ui, cx, (text::SETTINGS, true), actions, |_, _| {});
        let before = &cx.model.phone.settings;
        let mut settings = before.clone();
        still::area(
            ui,
            ScrollArea::vertical().id_salt("settings").auto_shrink([false, false]),
            |ui| {
                Frame::new().inner_margin(margin(ui)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(560.0));
                    ui.spacing_mut().item_spacing.y = space::SMALL;
                    appearance_ui(ui, &mut settings);
                    self.calls.ui(ui, cx, &mut settings, actions);
                    group(ui, words::TEXTS, |ui| self.texts.ui(ui, cx, &mut settings));
                    group(ui, text::sending::TEMPLATES, |ui| {
                        self.texts.templates_ui(ui, cx, actions);
                    });
                    group(ui, text::sim::SIM, |ui| self.sim.ui(ui, cx, &mut settings, actions));
                    group(ui, words::MODEM, |ui| self.modem.ui(ui, cx, &mut settings, actions));
                    about_ui(ui, actions);
                });
            },
        );
        if settings != *before {
            actions.push(Action::Save(settings));
        }
    }
}

/// Room around groups and inside them: less where there is hardly any.
pub fn margin(ui: &Ui) -> Margin {
    Margin::same(if ui.available_width() < NARROW { 10 } else { 16 })
}

/// A heading and a card below it.
pub fn group(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) {
    let p = theme::palette(ui);
    still::mark(ui, title);
    label::styled(ui, title, theme::strong(type_size::NAME), p.text);
    super::card_frame(ui).inner_margin(margin(ui)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
    ui.add_space(space::SMALL);
}

/// A switch.
pub fn check(ui: &mut Ui, value: &mut bool, text: &str) {
    still::mark(ui, text);
    toggle::toggle_ui(ui, value, text);
}

/// A word and, below it, one of several values to be chosen.
pub fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    (name, shown): (&str, &str),
    all: &[(T, &str)],
    chosen: &mut T,
) {
    still::mark(ui, name);
    label::above_field(ui, name);
    let width = (ui.available_width() - 8.0).min(CHOICE);
    combo::show(ui, (name, shown), width, |ui| {
        for (value, word) in all {
            ui.selectable_value(chosen, *value, *word);
        }
    });
}

fn appearance_ui(ui: &mut Ui, settings: &mut Settings) {
    group(ui, words::APPEARANCE, |ui| {
        label::caption(ui, words::THEME);
        let themes = [
            (Theme::System, words::SYSTEM),
            (Theme::Light, words::LIGHT),
            (Theme::Dark, words::DARK),
        ];
        if let Some(theme) = button::segmented(ui, settings.theme, &themes) {
            settings.theme = theme;
        }
        ui.add_space(space::TIGHT);
        label::caption(ui, words::TEXT_SIZE);
        let sizes: Vec<(u16, String)> =
            TEXT_SIZES.iter().map(|size| (*size, format!("{size} %"))).collect();
        let sizes: Vec<(u16, &str)> =
            sizes.iter().map(|(size, word)| (*size, word.as_str())).collect();
        if let Some(size) = button::segmented(ui, settings.text_size_percent, &sizes) {
            settings.text_size_percent = size;
        }
    });
}

fn about_ui(ui: &mut Ui, actions: &mut Actions) {
    group(ui, words::ABOUT, |ui| {
        label::strong(ui, &format!("{} {}", text::APP, env!("CARGO_PKG_VERSION")));
        label::caption(ui, "Calls and texts through a GSM or LTE modem");
        label::caption(ui, "Free software under the MIT or Apache 2.0 license");
        let keys = Button::new(text::SHORTCUTS).icon(icons::ICON_KEYBOARD).kind(Kind::Quiet);
        crate::ui::on_click(&keys.show(ui), actions, Action::Shortcuts(true));
    });
}
