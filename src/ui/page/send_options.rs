//! How and when a text goes: a menu beside the send button, chips for what was chosen, and the
//! dialogs for a time and for another text centre.

use super::shortcuts::dialog_frame;
use super::templates;
use crate::clock::WallTime;
use crate::number::DialString;
use crate::phone::{SendOptions, Settings};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::model::ViewContext;
use crate::ui::sending::Ask;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, space};
use crate::ui::widget::calendar::TimePicker;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, button, empty, icon::icons, label};
use egui::{Id, Modal, Ui};
use std::time::Duration;

/// Shortest and longest validity that the network can be told (23.040 §9.2.3.12.1), in minutes.
const VALIDITY_LIMITS: (u32, u32) = (5, 63 * 7 * 24 * 60);

/// What was chosen for this text; the rest is as the settings say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendOptionsUi {
    report: Option<bool>,
    flash: bool,
    validity: Option<Option<Duration>>,
    smsc: Option<DialString>,
    at: Option<WallTime>,
    dialog: Option<Dialog>,
}

#[derive(Clone, Debug)]
enum Dialog {
    Time(TimePicker),
    Centre(String),
    Template(String),
}

impl PartialEq for Dialog {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Takes one choice back.
type TakeBack = fn(&mut SendOptionsUi);

/// What the menu was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked {
    /// Put this template into the text.
    Insert(String),
}

impl SendOptionsUi {
    /// Everything as the settings say again.
    pub fn reset(&mut self) {
        *self = SendOptionsUi::default();
    }

    /// As a text that comes back was to be sent.
    pub fn restore(&mut self, options: &SendOptions, settings: &Settings) {
        let usual = defaults(settings);
        self.report =
            (options.status_report != usual.status_report).then_some(options.status_report);
        self.validity = (options.validity != usual.validity).then_some(options.validity);
        self.smsc = options.smsc.clone().filter(|smsc| Some(smsc) != usual.smsc.as_ref());
        self.flash = options.flash;
        self.at = options.at;
    }

    /// When it goes, if not at once.
    pub fn at(&self) -> Option<WallTime> {
        self.at
    }

    /// Why it can't be sent like this.
    pub fn problem(&self, now: WallTime) -> Option<&'static str> {
        let past = self.at.is_some_and(|at| at.unix_millis <= now.unix_millis);
        past.then_some(words::TIME_PAST)
    }

    /// The choice together with the settings.
    pub fn options(&self, settings: &Settings) -> SendOptions {
        let usual = defaults(settings);
        SendOptions {
            status_report: self.report.unwrap_or(usual.status_report),
            flash: self.flash,
            validity: self.validity.unwrap_or(usual.validity),
            smsc: self.smsc.clone().or(usual.smsc),
            at: self.at,
            ..usual
        }
    }

    /// What differs from the settings, each with a way to take it back.
    pub fn chips_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        let mut chips: Vec<(String, TakeBack)> = Vec::new();
        if let Some(at) = self.at {
            chips.push((words::at_chip(at, cx.wall_time), |chosen| chosen.at = None));
        }
        if self.flash {
            chips.push((words::FLASH.to_owned(), |chosen| chosen.flash = false));
        }
        if let Some(report) = self.report {
            let word = if report { words::REPORT } else { words::NO_REPORT };
            chips.push((word.to_owned(), |chosen| chosen.report = None));
        }
        if let Some(validity) = self.validity {
            chips.push((words::validity_chip(validity), |chosen| chosen.validity = None));
        }
        if let Some(smsc) = &self.smsc {
            chips.push((format!("Through {}", smsc.as_str()), |chosen| chosen.smsc = None));
        }
        if chips.is_empty() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(space::TIGHT);
            for (word, remove) in chips {
                let name = format!("Remove: {word}");
                let chip = Button::new(&word).icon(icons::ICON_CLOSE).chosen(true);
                if chip.name(&name).tip(&name).height(28.0).show(ui).clicked() {
                    remove(self);
                }
            }
        });
    }

    /// The button with the menu. `text` is what is written, `list` adds the way to a list.
    pub fn button_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        (text, list): (&str, bool),
        actions: &mut Actions,
    ) -> Option<Picked> {
        let p = theme::palette(ui);
        let changed = *self != SendOptionsUi::default();
        let color = if changed { p.accent_text } else { p.weak };
        let side = theme::size::CONTROL + 4.0;
        let opener =
            button::icon_button_sized(ui, icons::ICON_MORE_HORIZ, words::OPTIONS, side, color);
        let menu = egui::Popup::menu(&opener).show(|ui| {
            ui.set_min_width(200.0);
            self.menu_ui(ui, cx, (text, list), actions)
        });
        menu.and_then(|menu| menu.inner)
    }

    fn menu_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        (text, list): (&str, bool),
        actions: &mut Actions,
    ) -> Option<Picked> {
        let mut picked = None;
        ui.menu_button(words::LATER, |ui| self.later_ui(ui, cx));
        ui.menu_button(words::TEMPLATES, |ui| {
            picked = templates::menu_ui(ui, cx).map(Picked::Insert);
            ui.separator();
            let save =
                ui.add_enabled(!text.trim().is_empty(), egui::Button::new(words::SAVE_TEMPLATE));
            if save.clicked() {
                self.dialog = Some(Dialog::Template(String::new()));
            }
            if ui.button(words::EDIT_TEMPLATES).clicked() {
                actions.push(Action::Show(Page::Settings));
            }
        });
        if list && ui.button(words::SEND_TO_LIST).clicked() {
            actions.push(Action::Sending(Ask::OpenList));
        }
        ui.separator();
        let usual = defaults(&cx.model.phone.settings);
        let mut report = self.report.unwrap_or(usual.status_report);
        if ui.checkbox(&mut report, words::REPORT).changed() {
            self.report = (report != usual.status_report).then_some(report);
        }
        ui.checkbox(&mut self.flash, words::FLASH).on_hover_text(words::FLASH_TIP);
        ui.menu_button(words::VALIDITY, |ui| {
            let now = self.validity.unwrap_or(usual.validity);
            for (minutes, word) in words::VALIDITIES {
                let offered = validity(minutes);
                if ui.selectable_label(offered == now, word).clicked() {
                    self.validity = (offered != usual.validity).then_some(offered);
                }
            }
        });
        if ui.button(words::OTHER_CENTRE).clicked() {
            let before = self.smsc.as_ref().map_or("", |smsc| smsc.as_str());
            self.dialog = Some(Dialog::Centre(before.to_owned()));
        }
        picked
    }

    fn later_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>) {
        for (word, at) in quick_times(cx.wall_time) {
            if ui.button(word).clicked() {
                self.at = Some(at);
            }
        }
        ui.separator();
        if ui.button(words::PICK_TIME).clicked() {
            let start = self.at.unwrap_or(cx.wall_time.plus(Duration::from_secs(3600)));
            self.dialog = Some(Dialog::Time(TimePicker::new(start)));
        }
    }

    /// The open dialog. `text` is what would become a template.
    pub fn dialogs_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        text: &str,
        actions: &mut Actions,
    ) {
        let Some(mut dialog) = self.dialog.take() else { return };
        let width = (cx.layout.size.x - 64.0).min(360.0);
        let modal = Modal::new(Id::unique("send options")).frame(dialog_frame(ui));
        let mut done = false;
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(width);
            let height = (cx.layout.size.y - 88.0).max(80.0);
            // As high as the window allows: a dialog alone would offer less.
            let area = egui::ScrollArea::vertical().auto_shrink([false, true]);
            area.max_height(height).min_scrolled_height(height).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::SMALL;
                done = match &mut dialog {
                    Dialog::Time(picker) => self.time_ui(ui, cx, picker),
                    Dialog::Centre(typed) => self.centre_ui(ui, typed),
                    Dialog::Template(name) => templates::save_ui(ui, cx, name, text, actions),
                };
            });
        });
        if !done && !response.should_close() {
            self.dialog = Some(dialog);
        }
    }

    fn time_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, picker: &mut TimePicker) -> bool {
        label::title(ui, words::PICK_TIME_TITLE);
        ui.scope(|ui| picker.ui(ui, cx.wall_time));
        let picked = picker.picked(cx.wall_time);
        if let Err(problem) = picked {
            empty::problem(ui, problem);
        }
        let (go, cancel) = buttons_ui(ui, words::SET_TIME, picked.err());
        if go && let Ok(at) = picked {
            self.at = Some(at);
        }
        go || cancel
    }

    fn centre_ui(&mut self, ui: &mut Ui, typed: &mut String) -> bool {
        label::title(ui, words::CENTRE_TITLE);
        let id = Id::unique("text centre");
        focus_once(ui, id);
        Field::new(id, words::CENTRE).hint("+15550199").show(ui, typed);
        label::caption(ui, words::CENTRE_WHY);
        let parsed = DialString::parse(typed.trim());
        let problem = match &parsed {
            _ if typed.trim().is_empty() => None,
            Ok(number) if number.is_service_code() => Some("That is a service code".to_owned()),
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        if let Some(problem) = &problem {
            empty::problem(ui, problem);
        }
        let reason = problem.as_deref().or(typed.trim().is_empty().then_some(words::CENTRE));
        let (go, cancel) = buttons_ui(ui, words::USE, reason);
        if go {
            self.smsc = parsed.ok();
        }
        go || cancel
    }
}

/// Gives a field the keyboard when its dialog opens; Tab goes on from there.
pub fn focus_once(ui: &Ui, id: Id) {
    let now = ui.ctx().cumulative_pass_nr();
    let key = id.with("in sight since");
    let since = ui.data_mut(|data| {
        let shown = data.get_temp::<(u64, u64)>(key);
        let since = shown.filter(|(_, last)| last + 1 >= now).map_or(now, |(since, _)| since);
        data.insert_temp(key, (since, now));
        since
    });
    // A dialog is measured before it can have the keyboard.
    if now - since < 3 {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
}

/// A panel is as high as its content was in the frame before: when the content grows or shrinks the
/// frame is drawn again, so that nothing is cut. Called at the end of the content.
pub fn settle(ui: &Ui, salt: &str) {
    let id = Id::unique(("height of", salt));
    let height = ui.min_rect().height();
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<f32>(id);
        data.insert_temp(id, height);
        before
    });
    if before.is_none_or(|before| (before - height).abs() > 0.5) {
        ui.ctx().request_discard("a panel changed its height");
        ui.ctx().request_repaint();
    }
}

/// The main button and the way out; true for the one that was clicked.
pub fn buttons_ui(ui: &mut Ui, word: &str, reason: Option<&str>) -> (bool, bool) {
    ui.horizontal(|ui| {
        let go = Button::new(word).kind(Kind::Primary).height(36.0).disabled_because(reason);
        let go = go.show(ui).clicked();
        let cancel = Button::new(text::CANCEL).height(36.0).show(ui);
        let enter = ui.input(|input| input.key_pressed(egui::Key::Enter)) && reason.is_none();
        (go || (enter && !cancel.has_focus() && !cancel.clicked()), cancel.clicked())
    })
    .inner
}

/// How the settings send a text.
pub fn defaults(settings: &Settings) -> SendOptions {
    SendOptions {
        status_report: settings.delivery_reports,
        validity: validity(settings.validity_minutes),
        smsc: DialString::parse(settings.smsc.trim()).ok(),
        ..SendOptions::default()
    }
}

fn validity(minutes: u32) -> Option<Duration> {
    let (least, most) = VALIDITY_LIMITS;
    (minutes > 0).then(|| Duration::from_secs(60 * u64::from(minutes.clamp(least, most))))
}

/// Times people choose: in an hour, this evening, tomorrow morning, Monday morning.
fn quick_times(now: WallTime) -> Vec<(String, WallTime)> {
    let c = now.civil();
    let in_days = |days: u64, hour: u8| {
        let day = now.plus(Duration::from_secs(days * 86_400)).civil();
        let date = (day.year, day.month, day.day);
        WallTime::from_civil(date, (hour, 0, 0), now.utc_offset_quarters)
    };
    let said = |at: WallTime| text::format::clock(at, at);
    let hour = now.plus(Duration::from_secs(3600));
    let mut times = vec![(format!("In 1 hour ({})", said(hour)), hour)];
    if c.hour < 19 {
        let evening = in_days(0, 20);
        times.push((format!("This evening {}", said(evening)), evening));
    }
    let tomorrow = in_days(1, 9);
    times.push((format!("Tomorrow {}", said(tomorrow)), tomorrow));
    // 1970-01-01 was a Thursday: Monday is day 0 of the week.
    let weekday = (c.days_since_epoch + 3).rem_euclid(7) as u64;
    let monday = 7 - weekday;
    let at = in_days(monday, 9);
    // On a Sunday that is tomorrow.
    if at != tomorrow {
        times.push((format!("Monday {}", said(at)), at));
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_times_are_ahead_and_on_the_hour() {
        // 22 November 2026 is a Sunday.
        let sunday = WallTime::from_civil((2026, 11, 22), (18, 4, 5), 4);
        let times: Vec<(String, String)> =
            quick_times(sunday).into_iter().map(|(word, at)| (word, at.rfc3339())).collect();
        let expected = [
            ("In 1 hour (19:04)", "2026-11-22T19:04:05+01:00"),
            ("This evening 20:00", "2026-11-22T20:00:00+01:00"),
            ("Tomorrow 09:00", "2026-11-23T09:00:00+01:00"),
        ];
        assert_eq!(times, expected.map(|(word, at)| (word.to_owned(), at.to_owned())));
        let monday = WallTime::from_civil((2026, 11, 23), (19, 30, 0), 4);
        let times = quick_times(monday);
        assert!(times.iter().all(|(word, _)| !word.contains("evening")));
        assert_eq!(times[2].1.rfc3339(), "2026-11-30T09:00:00+01:00", "not today");
    }

    #[test]
    fn what_comes_back_is_chosen_as_before() {
        let settings = Settings { validity_minutes: 1440, ..Settings::default() };
        let mut chosen = SendOptionsUi {
            report: Some(false),
            validity: Some(None),
            flash: true,
            ..SendOptionsUi::default()
        };
        let options = chosen.options(&settings);
        assert_eq!(options.validity, None, "the network's choice although the settings say a day");
        let before = chosen.clone();
        chosen.reset();
        assert_eq!(chosen.options(&settings).validity, Some(Duration::from_secs(86_400)));
        chosen.restore(&options, &settings);
        assert_eq!(chosen, before);
    }
}
