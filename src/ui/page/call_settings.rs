//! The settings of calls: by itself answered and dialed again, the mailbox, who is blocked, and the
//! words to reject a call with.

use super::number_offers::{self, offers_ui};
use super::services;
use super::settings::{check, choice, group};
use crate::engine::shortest_pause;
use crate::number::{self, DialString, PhoneNumber};
use crate::phone::{BLOCK_LIST_LIMIT, REJECT_TEXTS_LIMIT, Settings};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::text::{calling as words, link};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, at_right, empty, icon, icon::icons, icon_button, label};
use crate::ui::{bidi, safe_text};
use egui::{Align, Id, Key, Layout, ScrollArea, Ui};

/// Height of a list before it scrolls by itself.
const LIST_HEIGHT: f32 = 260.0;
/// Entries of a list that is short.
const SHORT_LIST: usize = 20;
/// Rows of an entry in a short list.
const ENTRY_ROWS: usize = 5;
/// Least height of an entry in points.
const ROW: f32 = 36.0;
/// Below this width a button is an icon.
const NARROW: f32 = 240.0;
/// Longest text to reject a call with, in characters: two texts.
const TEXT_CHARS: usize = 300;

/// What is typed.
#[derive(Debug, Default)]
pub struct CallSettings {
    region: Option<String>,
    voicemail: Option<String>,
    block: String,
    block_problem: &'static str,
    text: String,
}

impl CallSettings {
    /// The three groups.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        settings: &mut Settings,
        actions: &mut Actions,
    ) {
        group(ui, link::CALLS, |ui| {
            check(ui, &mut settings.hide_own_number, link::HIDE_NUMBER);
            check(ui, &mut settings.notifications, link::NOTIFICATIONS);
            by_itself_ui(ui, settings);
            self.voicemail_ui(ui, cx, settings);
            self.region_ui(ui, settings);
            ui.add_space(space::TIGHT);
            services::button_ui(ui, actions);
        });
        group(ui, words::BLOCKED, |ui| self.blocked_ui(ui, cx, settings));
        group(ui, words::REJECT_TEXTS, |ui| self.texts_ui(ui, settings));
    }

    fn voicemail_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, settings: &mut Settings) {
        label::above_field(ui, words::VOICEMAIL);
        let typed = self.voicemail.get_or_insert_with(|| settings.voicemail_number.clone());
        let parsed = DialString::parse(typed.trim());
        let problem = match &parsed {
            Err(error) if !typed.trim().is_empty() => error.to_string(),
            _ => String::new(),
        };
        let told = &cx.model.phone.network.voicemail_number;
        let told = safe_text::line(&cx.display(&PhoneNumber::new(told)), 40);
        let hint = if told.is_empty() { words::VOICEMAIL_HINT } else { told.as_str() };
        let response = Field::new(Id::unique("voicemail"), words::VOICEMAIL)
            .hint(hint)
            .width(200.0)
            .error(!problem.is_empty())
            .show(ui, typed)
            .response
            .response;
        let picked = offers_ui(ui, cx, "voicemail", typed);
        if picked {
            settings.voicemail_number.clone_from(typed);
        } else if !problem.is_empty() {
            if !number_offers::any(cx, typed) {
                empty::problem(ui, &problem);
            }
        } else if response.lost_focus() {
            // Kept when it is whole, not at each key.
            settings.voicemail_number =
                parsed.map_or(String::new(), |number| number.as_str().to_owned());
        }
        if !response.has_focus() && problem.is_empty() {
            self.voicemail = None;
        }
    }

    fn region_ui(&mut self, ui: &mut Ui, settings: &mut Settings) {
        label::above_field(ui, link::REGION);
        let typed = self.region.get_or_insert_with(|| settings.region.clone());
        let output = Field::new(Id::unique("region"), link::REGION)
            .hint(link::REGION_HINT)
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
        label::hint(ui, link::REGION_EXPLAINED);
    }

    fn blocked_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, settings: &mut Settings) {
        label::caption(ui, words::BLOCKED_WHY);
        check(ui, &mut settings.block_withheld, words::WITHHELD);
        let full = settings.block_list.len() >= BLOCK_LIST_LIMIT;
        let line = words::list_full(BLOCK_LIST_LIMIT);
        let full = full.then_some(line.as_str());
        let names = (words::BLOCK, words::BLOCK_HINT, words::ADD_BLOCK);
        if add_ui(ui, "block", names, &mut self.block, full) {
            let typed = self.block.trim().to_owned();
            self.block_problem = refusal(&typed, &settings.block_list, &cx.model.phone.region);
            if self.block_problem.is_empty() {
                settings.block_list.push(typed);
                self.block.clear();
            }
        }
        if offers_ui(ui, cx, "block", &mut self.block) {
            ui.memory_mut(|memory| memory.request_focus(Id::unique("block")));
        }
        if self.block.is_empty() {
            self.block_problem = "";
        }
        if !self.block_problem.is_empty() {
            empty::problem(ui, self.block_problem);
        }
        if settings.block_list.is_empty() {
            label::caption(ui, words::NOTHING_BLOCKED);
            return;
        }
        let shown = |entry: &str| match entry.contains(['*', '?']) {
            true => entry.to_owned(),
            false => match cx.model.phone.name_for(&PhoneNumber::new(entry)) {
                Some(name) => format!("{name}, {}", cx.display(&PhoneNumber::new(entry))),
                None => cx.display(&PhoneNumber::new(entry)),
            },
        };
        list_ui(ui, "blocked", &mut settings.block_list, shown);
        let count = words::count(settings.block_list.len(), BLOCK_LIST_LIMIT);
        label::caption(ui, &count);
    }

    fn texts_ui(&mut self, ui: &mut Ui, settings: &mut Settings) {
        list_ui(ui, "reject texts", &mut settings.reject_texts, str::to_owned);
        let full = settings.reject_texts.len() >= REJECT_TEXTS_LIMIT;
        let line = words::list_full(REJECT_TEXTS_LIMIT);
        let full = full.then_some(line.as_str());
        let names = (words::REJECT_TEXT, "", words::ADD_TEXT);
        if add_ui(ui, "reject text", names, &mut self.text, full) {
            let typed: String = self.text.trim().chars().take(TEXT_CHARS).collect();
            if !settings.reject_texts.contains(&typed) {
                settings.reject_texts.push(typed);
            }
            self.text.clear();
        }
    }
}

/// What happens without a hand.
fn by_itself_ui(ui: &mut Ui, settings: &mut Settings) {
    let p = theme::palette(ui);
    let seconds = settings.auto_answer_seconds;
    let other = format!("After {}", words::seconds(u16::from(seconds)));
    let shown = word_of(&words::AUTO_SECONDS, seconds).unwrap_or(&other);
    let names = (words::AUTO_ANSWER, shown);
    choice(ui, names, &words::AUTO_SECONDS, &mut settings.auto_answer_seconds);
    if settings.auto_answer_seconds > 0 {
        ui.horizontal_top(|ui| {
            icon::show(ui, icons::ICON_WARNING, 16.0, p.doubt_text);
            let font = theme::font(type_size::CAPTION);
            label::announce(&label::styled(ui, words::AUTO_WARNING, font, p.doubt_text));
        });
    }
    let tries = settings.redial_attempts;
    let other = format!("{tries} times");
    let shown = word_of(&words::REDIAL_TRIES, tries).unwrap_or(&other);
    choice(ui, (words::REDIAL, shown), &words::REDIAL_TRIES, &mut settings.redial_attempts);
    if settings.redial_attempts > 0 {
        let pause = settings.redial_pause_seconds;
        let other = words::seconds(pause);
        let shown = word_of(&words::PAUSES, pause).unwrap_or(&other);
        let names = (words::REDIAL_PAUSE, shown);
        choice(ui, names, &words::PAUSES, &mut settings.redial_pause_seconds);
        let longer =
            |again| shortest_pause(again).as_secs().max(u64::from(settings.redial_pause_seconds));
        let pauses: Vec<u64> = (1..=tries).map(longer).collect();
        label::announce(&label::hint(ui, &words::pauses(&pauses)));
        label::hint(ui, words::REDIAL_WHY);
    }
}

fn word_of<T: PartialEq>(all: &[(T, &'static str)], value: T) -> Option<&'static str> {
    all.iter().find(|(known, _)| *known == value).map(|(_, word)| *word)
}

/// A field and the button that adds what is in it; true when it is to be added.
fn add_ui(
    ui: &mut Ui,
    id: &str,
    (name, hint, word): (&str, &str, &str),
    typed: &mut String,
    full: Option<&str>,
) -> bool {
    label::above_field(ui, name);
    ui.horizontal(|ui| {
        let narrow = ui.available_width() < NARROW;
        let button = Button::new(if narrow { "" } else { word })
            .name(word)
            .disabled_because(full)
            .icon(icons::ICON_ADD);
        let room = ui.available_width() - button.width(ui) - space::SMALL;
        let field = Field::new(Id::unique(id), name).hint(hint).width(room.max(60.0));
        let response = field.show(ui, typed).response.response;
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let add = button.show(ui).clicked() || enter;
        add && full.is_none() && !typed.trim().is_empty()
    })
    .inner
}

/// The entries, each with a button that takes it away.
fn list_ui(ui: &mut Ui, id: &str, entries: &mut Vec<String>, shown: impl Fn(&str) -> String) {
    let mut gone = None;
    let area =
        ScrollArea::vertical().id_salt(id).max_height(LIST_HEIGHT).auto_shrink([false, true]);
    let mut entry_ui = |ui: &mut Ui, at: usize, entry: &String, max_rows| {
        if ui.push_id(at, |ui| line_ui(ui, &shown(entry), max_rows)).inner {
            gone = Some(at);
        }
    };
    // A short list shows its entries whole; in a long one only those in sight are laid out.
    if entries.len() <= SHORT_LIST {
        for (at, entry) in entries.iter().enumerate() {
            entry_ui(ui, at, entry, ENTRY_ROWS);
        }
    } else {
        area.show_rows(ui, ROW, entries.len(), |ui, range| {
            for at in range {
                entry_ui(ui, at, &entries[at], 1);
            }
        });
    }
    if let Some(at) = gone {
        entries.remove(at);
    }
}

/// An entry; true when it is to be taken away.
fn line_ui(ui: &mut Ui, entry: &str, max_rows: usize) -> bool {
    let color = theme::palette(ui).text;
    let safe = safe_text::line(entry, 300);
    let max_width = (ui.available_width() - size::CONTROL - 2.0 * space::SMALL).max(40.0);
    let font = theme::font(type_size::BODY);
    let laid = bidi::layout(ui, &safe, &bidi::Style { font, color, max_width, max_rows });
    let height = ROW.max(laid.size().y + space::SMALL);
    let place = egui::Vec2::new(ui.available_width(), height);
    let layout = Layout::left_to_right(Align::Center);
    let row = ui.allocate_ui_with_layout(place, layout, |ui| {
        let line = label::show_laid(ui, &laid, &safe, color, laid.size().x);
        line.on_hover_text(&safe);
        let name = words::remove(&safe_text::line(entry, 60));
        at_right::show(ui, "entry", |ui| icon_button(ui, icons::ICON_CLOSE, &name).clicked())
    });
    row.inner
}

/// Why this can't be blocked; empty if it can.
fn refusal(typed: &str, known: &[String], region: &str) -> &'static str {
    let pattern = typed.contains(['*', '?']);
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let sign = |c: char| c.is_ascii_digit() || "+*? -./()".contains(c);
    match () {
        () if pattern && !typed.chars().all(sign) => words::BLOCK_SHAPE,
        () if pattern && digits == 0 => words::BLOCK_ALL,
        // Senders of texts may have names.
        () if !pattern && !typed.chars().any(char::is_alphanumeric) => words::BLOCK_SHAPE,
        () if known.iter().any(|entry| {
            entry == typed || !pattern && number::same_number(entry, typed, region)
        }) =>
        {
            words::BLOCK_KNOWN
        }
        () => "",
    }
}

/// The mailbox: the one chosen, else the SIM's; empty: none is known.
pub fn mailbox<'a>(cx: &ViewContext<'a>) -> &'a str {
    let phone = &cx.model.phone;
    match phone.settings.voicemail_number.trim() {
        "" => phone.network.voicemail_number.trim(),
        chosen => chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_blocked_is_a_number_a_sender_or_a_pattern_with_digits() {
        let known = ["+442079460018".to_owned()];
        for (typed, why) in [
            ("+4930*", ""),
            ("0900?????", ""),
            ("BANK", ""),
            ("020 7946 0018", words::BLOCK_KNOWN),
            ("*", words::BLOCK_ALL),
            ("??*", words::BLOCK_ALL),
            ("BANK*", words::BLOCK_SHAPE),
            ("-", words::BLOCK_SHAPE),
        ] {
            assert_eq!(refusal(typed, &known, "GB"), why, "{typed}");
        }
    }
}
