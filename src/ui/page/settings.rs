//! The settings, in effect as soon as they are changed, and what this program is.

use super::text_settings::TextSettings;
use super::{head_ui, picker};
use crate::phone::{Command, Settings, Theme};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, link as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, button, icon::icons, label, toggle};
use egui::{Frame, Margin, ScrollArea, Ui};

/// Text sizes offered, in percent.
const TEXT_SIZES: [u16; 5] = [75, 100, 125, 150, 200];
/// Profiles that can be chosen by hand.
const PROFILES: [&str; 11] = [
    "generic",
    "Huawei",
    "SIMCom",
    "Quectel",
    "u-blox",
    "Telit",
    "Cinterion",
    "ZTE",
    "Ericsson",
    "Wavecom",
    "Intel",
];

/// Width of the words beside what the modem says of itself, in points.
const WORD_COLUMN: f32 = 96.0;

/// What is typed.
#[derive(Debug, Default)]
pub struct SettingsPage {
    region: Option<String>,
    texts: TextSettings,
}

impl SettingsPage {
    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        head_ui(ui, cx, (text::SETTINGS, true), actions, |_, _| {});
        let before = &cx.model.phone.settings;
        let mut settings = before.clone();
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(560.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                appearance_ui(ui, &mut settings);
                self.calls_ui(ui, &mut settings);
                group(ui, words::TEXTS, |ui| self.texts.ui(ui, cx, &mut settings));
                group(ui, text::sending::TEMPLATES, |ui| {
                    self.texts.templates_ui(ui, cx, actions);
                });
                modem_ui(ui, cx, &mut settings, actions);
                about_ui(ui, actions);
            });
        });
        if settings != *before {
            actions.push(Action::Save(settings));
        }
    }

    fn calls_ui(&mut self, ui: &mut Ui, settings: &mut Settings) {
        group(ui, words::CALLS, |ui| {
            check(ui, &mut settings.hide_own_number, words::HIDE_NUMBER);
            check(ui, &mut settings.notifications, words::NOTIFICATIONS);
            label::above_field(ui, words::REGION);
            let typed = self.region.get_or_insert_with(|| settings.region.clone());
            let output = Field::new(egui::Id::unique("region"), words::REGION)
                .hint(words::REGION_HINT)
                .width(110.0)
                .show(ui, typed);
            let response = output.response.response;
            if response.changed() {
                typed.retain(|c| c.is_ascii_alphabetic());
                typed.truncate(2);
                typed.make_ascii_uppercase();
                if typed.is_empty() || typed.len() == 2 {
                    settings.region.clone_from(typed);
                }
            }
            if !response.has_focus() {
                self.region = None;
            }
            label::caption(ui, words::REGION_EXPLAINED);
        });
    }
}

fn group(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui)) {
    let p = theme::palette(ui);
    label::styled(ui, title, theme::strong(type_size::NAME), p.text);
    super::card_frame(ui).inner_margin(Margin::same(16)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
    ui.add_space(space::SMALL);
}

fn check(ui: &mut Ui, value: &mut bool, text: &str) {
    toggle::toggle_ui(ui, value, text);
}

fn appearance_ui(ui: &mut Ui, settings: &mut Settings) {
    group(ui, words::APPEARANCE, |ui| {
        label::body(ui, words::THEME);
        let themes = [
            (Theme::System, words::SYSTEM),
            (Theme::Light, words::LIGHT),
            (Theme::Dark, words::DARK),
        ];
        if let Some(theme) = button::segmented(ui, settings.theme, &themes) {
            settings.theme = theme;
        }
        label::body(ui, words::TEXT_SIZE);
        let sizes: Vec<(u16, String)> =
            TEXT_SIZES.iter().map(|size| (*size, format!("{size} %"))).collect();
        let sizes: Vec<(u16, &str)> =
            sizes.iter().map(|(size, word)| (*size, word.as_str())).collect();
        if let Some(size) = button::segmented(ui, settings.text_size_percent, &sizes) {
            settings.text_size_percent = size;
        }
    });
}

fn modem_ui(ui: &mut Ui, cx: &ViewContext<'_>, settings: &mut Settings, actions: &mut Actions) {
    group(ui, words::MODEM, |ui| {
        check(ui, &mut settings.reconnect, words::RECONNECT);
        ui.horizontal_wrapped(|ui| picker::baud_ui(ui, &cx.model.phone.settings, actions));
        ui.horizontal_wrapped(|ui| {
            let color = theme::palette(ui).text;
            label::beside_field(ui, words::PROFILE, theme::font(type_size::BODY), color);
            let shown = if settings.profile.is_empty() {
                let profile = &cx.model.phone.identity.profile;
                if profile.is_empty() {
                    words::AUTOMATIC.to_owned()
                } else {
                    format!("{}: {profile}", words::AUTOMATIC)
                }
            } else {
                settings.profile.clone()
            };
            let combo = egui::ComboBox::from_id_salt("profile")
                .selected_text(shown)
                .width(160.0)
                .show_ui(ui, |ui| {
                    let chosen = &mut settings.profile;
                    ui.selectable_value(chosen, String::new(), words::AUTOMATIC);
                    for profile in PROFILES {
                        ui.selectable_value(chosen, profile.to_owned(), profile);
                    }
                });
            let _ = combo.response.accessible_name(words::PROFILE);
        });
        label::caption(ui, words::PROFILE_HINT);
        identity_ui(ui, cx, actions);
    });
}

/// What the modem says of itself.
fn identity_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let phone = &cx.model.phone;
    if !phone.link.ready() {
        return;
    }
    let identity = &phone.identity;
    let own = identity.own_numbers.join(", ");
    let rows = [
        ("Maker", identity.manufacturer.as_str()),
        ("Model", &identity.model),
        ("Revision", &identity.revision),
        ("IMEI", &identity.imei),
        ("IMSI", &identity.imsi),
        ("Own number", &own),
    ];
    ui.add_space(space::TIGHT);
    let grid = egui::Grid::new("identity").num_columns(2).spacing([16.0, 4.0]);
    // The first frame gives a column nothing, and words break into letters in it.
    grid.min_col_width(WORD_COLUMN).show(ui, |ui| {
        for (word, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            label::caption(ui, word);
            let value = crate::ui::safe_text::line(value, 60);
            ui.add(egui::Label::new(value).selectable(true));
            ui.end_row();
        }
    });
    let refresh = Button::new("Ask the modem again").icon(icons::ICON_REFRESH).kind(Kind::Quiet);
    crate::ui::on_click(&refresh.show(ui), actions, Action::Command(Command::Refresh));
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
