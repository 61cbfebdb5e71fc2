//! The settings of the modem: its port, which dialect it speaks, and what it says of itself.

use super::picker;
use super::settings::check;
use crate::engine::{profile_names, profile_table};
use crate::phone::{Command, Settings};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::safe_text;
use crate::ui::text::{calling, link as words};
use crate::ui::theme::{space, type_size};
use crate::ui::widget::{Button, Kind, combo, icon::icons, label};
use egui::Ui;

/// Width of the words beside what the modem says of itself, in points.
const WORD_COLUMN: f32 = 96.0;

/// What is folded out.
#[derive(Debug, Default)]
pub struct ModemSettings {
    /// The rows of the profile with this name.
    table: Option<(String, Vec<(String, String)>)>,
}

impl ModemSettings {
    /// What stands under "Modem".
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        settings: &mut Settings,
        actions: &mut Actions,
    ) {
        check(ui, &mut settings.reconnect, words::RECONNECT);
        check(ui, &mut settings.mask_console, calling::MASK);
        ui.horizontal_wrapped(|ui| picker::baud_ui(ui, &cx.model.phone.settings, actions));
        profile_ui(ui, cx, settings);
        label::hint(ui, words::PROFILE_HINT);
        self.table_ui(ui, cx);
        identity_ui(ui, cx, actions);
    }

    /// The profile in use as a table.
    fn table_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let chosen = &cx.model.phone.settings.profile;
        let name = if chosen.is_empty() { &cx.model.phone.identity.profile } else { chosen };
        let open = self.table.is_some();
        let word = if open { calling::HIDE_PROFILE } else { calling::SHOW_PROFILE };
        let symbol = if open { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
        if Button::new(word).icon(symbol).kind(Kind::Quiet).show(ui).clicked() {
            self.table = if open { None } else { Some((name.clone(), profile_table(name))) };
        }
        let Some((shown, rows)) = &mut self.table else { return };
        if shown != name {
            (*shown, *rows) = (name.clone(), profile_table(name));
        }
        let mut before = "";
        for (heading, line) in rows.iter() {
            if heading != before {
                ui.add_space(space::TIGHT);
                label::section(ui, heading);
                before = heading;
            }
            let label = egui::Label::new(egui::RichText::new(line).size(type_size::CAPTION + 1.0));
            ui.add(label.wrap().selectable(true));
        }
    }
}

fn profile_ui(ui: &mut Ui, cx: &ViewContext<'_>, settings: &mut Settings) {
    label::above_field(ui, words::PROFILE);
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
    let width = (ui.available_width() - 8.0).clamp(80.0, 240.0);
    combo::show(ui, (words::PROFILE, &shown), width, |ui| {
        let chosen = &mut settings.profile;
        ui.selectable_value(chosen, String::new(), words::AUTOMATIC);
        for profile in profile_names() {
            ui.selectable_value(chosen, profile.to_owned(), profile);
        }
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
            let value = safe_text::line(value, 60);
            ui.add(egui::Label::new(value).selectable(true));
            ui.end_row();
        }
    });
    let refresh = Button::new("Ask the modem again").icon(icons::ICON_REFRESH).kind(Kind::Quiet);
    crate::ui::on_click(&refresh.show(ui), actions, Action::Command(Command::Refresh));
}
