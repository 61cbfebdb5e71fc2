//! The form of an entry of the SIM's phonebook: a new one, one that is changed, or a contact that
//! is copied to the SIM.

use crate::number::{self, DialString};
use crate::phone::{Command, SimCommand, SimEntry, SimPhonebook};
use crate::sms::gsm7;
use crate::ui::action::Actions;
use crate::ui::codes::SimDeed;
use crate::ui::model::ViewContext;
use crate::ui::text::{self, sim as words};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, empty, label};
use crate::ui::{page, safe_text};
use egui::{Id, Key, Ui};

/// Contacts offered to be copied.
const OFFERED: usize = 6;
/// Characters of a name offered.
const NAME_CHARS: usize = 40;

/// What is typed.
#[derive(Default)]
pub struct Editor {
    /// The entry was sent to the SIM, which has not answered, or refused it.
    pub sent: bool,
    index: u16,
    name: String,
    number: String,
    /// A contact is still to be chosen, by this.
    choosing: Option<String>,
    problem: String,
    open: bool,
}

impl Editor {
    /// An empty one.
    pub fn new() -> Self {
        Editor::default()
    }

    /// One that begins with the choice of a contact.
    pub fn choosing() -> Self {
        Editor { choosing: Some(String::new()), ..Editor::default() }
    }

    /// An entry to be changed.
    pub fn of(entry: &SimEntry) -> Self {
        let (name, number) = (entry.name.clone(), entry.number.clone());
        Editor { index: entry.index, name, number, ..Editor::default() }
    }

    /// The form; true when it is to close.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        book: &SimPhonebook,
        actions: &mut Actions,
    ) -> bool {
        let first = !std::mem::replace(&mut self.open, true);
        page::card_frame(ui)
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                if self.choosing.is_some() {
                    return self.choice_ui(ui, cx, book, first);
                }
                let enter = self.fields_ui(ui, cx, book, first);
                self.buttons_ui(ui, cx, (book, enter), actions)
            })
            .inner
    }

    fn choice_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        book: &SimPhonebook,
        first: bool,
    ) -> bool {
        let Some(wanted) = &mut self.choosing else { return true };
        label::above_field(ui, words::FIND_CONTACT);
        let field = Field::new(Id::unique("sim contact"), words::FIND_CONTACT);
        let response = field.show(ui, wanted).response.response;
        if first {
            response.request_focus();
        }
        let folded = wanted.trim().to_lowercase();
        let contacts = cx.model.phone.contacts.iter();
        let fits = contacts.filter(|contact| contact.name.to_lowercase().contains(&folded));
        let numbers = fits.flat_map(|contact| contact.numbers.iter().map(move |n| (contact, n)));
        let mut chosen = None;
        for (at, (contact, number)) in numbers.take(OFFERED).enumerate() {
            let name = safe_text::line(&contact.name, NAME_CHARS);
            let line = format!("{name}, {}", cx.display(&number.number));
            // The SIM would take it a second time.
            let known = book.entries.iter().any(|entry| {
                number::same_number(&entry.number, number.number.as_str(), &cx.model.phone.region)
            });
            let button = Button::new(&line).kind(Kind::Quiet);
            let button = button.disabled_because(known.then_some(words::ON_SIM));
            let pick = |ui: &mut Ui| button.show(ui).clicked();
            if ui.push_id(at, pick).inner {
                chosen = Some((contact.name.clone(), number.number.as_str().to_owned()));
            }
        }
        if let Some((name, number)) = chosen {
            *self = Editor { name, number, ..Editor::default() };
            return false;
        }
        Button::new(text::CANCEL).show(ui).clicked()
    }

    /// The fields; true if Enter was pressed in one of them.
    fn fields_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        book: &SimPhonebook,
        first: bool,
    ) -> bool {
        label::above_field(ui, words::NAME);
        let room = sim_characters(self.name.trim());
        let too_long = self.name_too_long(book);
        let field = Field::new(Id::unique("sim name"), words::NAME).error(too_long);
        let name = field.show(ui, &mut self.name).response.response;
        if first {
            name.request_focus();
        }
        if book.name_length > 0 {
            limit_ui(ui, &words::characters(room, book.name_length), too_long);
        }
        label::above_field(ui, words::NUMBER);
        let digits = self.number.chars().filter(|c| c.is_alphanumeric() || is_sign(*c)).count();
        let too_long = book.number_length > 0 && digits > usize::from(book.number_length);
        let wrong = too_long || !self.problem.is_empty();
        let field = Field::new(Id::unique("sim number"), words::NUMBER).error(wrong);
        let number = field.show(ui, &mut self.number).response.response;
        if number.changed() {
            self.problem.clear();
        }
        if page::number_offers::offers_ui(ui, cx, "sim number", &mut self.number) {
            self.problem.clear();
            number.request_focus();
        }
        if book.number_length > 0 {
            limit_ui(ui, &words::digits(digits, book.number_length), too_long);
        }
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
        let left = name.lost_focus() || number.lost_focus();
        let enter = left && ui.input(|input| input.key_pressed(Key::Enter));
        if enter && self.name_too_long(book) {
            name.request_focus();
        } else if enter && wrong {
            number.request_focus();
        }
        enter
    }

    fn name_too_long(&self, book: &SimPhonebook) -> bool {
        let room = sim_characters(self.name.trim());
        book.name_length > 0 && room > usize::from(book.name_length)
    }

    fn buttons_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        (book, enter): (&SimPhonebook, bool),
        actions: &mut Actions,
    ) -> bool {
        let busy = cx.model.codes.sim_busy(SimDeed::Write);
        let too_long = self.name_too_long(book).then_some(words::NAME_TOO_LONG);
        let why_not = if busy { Some(words::WRITING) } else { too_long };
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            let save = Button::new(text::SAVE).kind(Kind::Primary).disabled_because(why_not);
            if save.show(ui).clicked() || (enter && why_not.is_none()) {
                self.save(actions);
            }
            close = Button::new(text::CANCEL).show(ui).clicked();
        });
        close
    }

    /// The SIM says itself what it can't take; only what is no number at all is not sent.
    fn save(&mut self, actions: &mut Actions) {
        let number = self.number.trim().to_owned();
        let plain: String = number.chars().filter(|c| !"pPwW,;".contains(*c)).collect();
        self.problem = match DialString::parse(&plain) {
            _ if plain.is_empty() => words::NUMBER_MISSING.to_owned(),
            Ok(_) => String::new(),
            Err(_) => words::NUMBER_SHAPE.to_owned(),
        };
        if self.problem.is_empty() {
            let name = self.name.trim().to_owned();
            let entry = SimEntry { index: self.index, number, name };
            actions.command(Command::Sim(SimCommand::WriteEntry(entry)));
            self.sent = true;
        }
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '#' | ',' | ';')
}

/// A caption, or what is too long.
fn limit_ui(ui: &mut Ui, line: &str, too_long: bool) {
    if too_long {
        empty::problem(ui, line);
    } else {
        label::hint(ui, line);
    }
}

/// Room that a name takes (31.102 annex A): one octet a character of the GSM alphabet, or two for
/// each and one that says so, where there are others.
fn sim_characters(name: &str) -> usize {
    match gsm7::to_septets(name) {
        Some(septets) => septets.len(),
        None => 1 + 2 * name.encode_utf16().count(),
    }
}
