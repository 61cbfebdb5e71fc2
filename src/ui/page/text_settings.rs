//! The settings of texts: how they are written, sent and kept, each with a line that says why.

use super::templates::TemplateEditor;
use super::top_bar;
use crate::number::DialString;
use crate::phone::Settings;
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::text::{link, sending as words};
use crate::ui::widget::field::Field;
use crate::ui::widget::{combo, empty, label, toggle};
use egui::Ui;

/// What is typed.
#[derive(Debug, Default)]
pub struct TextSettings {
    smsc: Option<String>,
    templates: TemplateEditor,
}

impl TextSettings {
    /// What stands under "Texts".
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, settings: &mut Settings) {
        check(ui, &mut settings.enter_sends, link::ENTER_SENDS, "");
        check(ui, &mut settings.delivery_reports, link::REPORTS, words::REPORTS_WHY);
        check(ui, &mut settings.retry_texts, words::RETRY, words::RETRY_WHY);
        let rates = words::RATES.map(|(rate, word)| (rate, word.to_owned()));
        let rate = match settings.texts_per_minute {
            0 => words::RATES[0].1.to_owned(),
            rate => rate.to_string(),
        };
        choice(ui, (words::RATE, &rate), &rates, &mut settings.texts_per_minute);
        label::hint(ui, words::RATE_WHY);
        let validities = words::VALIDITIES.map(|(minutes, word)| (minutes, word.to_owned()));
        let minutes = settings.validity_minutes;
        let shown = words::validity(
            (minutes > 0).then(|| std::time::Duration::from_secs(60 * u64::from(minutes))),
        );
        let names = (words::DEFAULT_VALIDITY, shown.as_str());
        choice(ui, names, &validities, &mut settings.validity_minutes);
        label::hint(ui, words::VALIDITY_WHY);
        self.smsc_ui(ui, settings);
        check(ui, &mut settings.national_alphabets, words::NATIONAL, words::NATIONAL_WHY);
        check(ui, &mut settings.wide_references, words::WIDE, words::WIDE_WHY);
        check(ui, &mut settings.delete_from_modem, link::DELETE_FROM_MODEM, words::DELETE_WHY);
        if let Some(storage) = cx.model.phone.network.message_storage
            && cx.model.phone.link.ready()
        {
            top_bar::storage_ui(ui, storage);
        }
    }

    /// What stands under "Templates".
    pub fn templates_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        self.templates.ui(ui, cx, actions);
    }

    fn smsc_ui(&mut self, ui: &mut Ui, settings: &mut Settings) {
        label::above_field(ui, words::SMSC);
        let typed = self.smsc.get_or_insert_with(|| settings.smsc.clone());
        let problem = problem(typed);
        let response = Field::new(egui::Id::unique("smsc"), words::SMSC)
            .hint(words::SMSC_HINT)
            .width(200.0)
            .error(problem.is_some())
            .show(ui, typed)
            .response
            .response;
        if let Some(problem) = &problem {
            empty::problem(ui, problem);
        }
        if response.lost_focus() && problem.is_none() {
            // Kept when it is whole, not at each key.
            let parsed = DialString::parse(typed.trim());
            settings.smsc = parsed.map_or(String::new(), |number| number.as_str().to_owned());
        }
        if !response.has_focus() && problem.is_none() {
            self.smsc = None;
        }
        label::hint(ui, words::SMSC_WHY);
    }
}

/// Why it can't be the number of a centre.
fn problem(typed: &str) -> Option<String> {
    if typed.trim().is_empty() {
        return None;
    }
    match DialString::parse(typed.trim()) {
        Ok(number) if number.is_service_code() => Some("That is a service code".to_owned()),
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    }
}

fn check(ui: &mut Ui, value: &mut bool, words: &str, why: &str) {
    toggle::toggle_ui(ui, value, words);
    if !why.is_empty() {
        label::hint(ui, why);
    }
}

fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    (name, shown): (&str, &str),
    all: &[(T, String)],
    chosen: &mut T,
) {
    label::above_field(ui, name);
    let width = (ui.available_width() - 8.0).min(240.0);
    combo::show(ui, (name, shown), width, |ui| {
        for (value, word) in all {
            ui.selectable_value(chosen, *value, word);
        }
    });
}
