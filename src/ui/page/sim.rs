//! The SIM's phonebook: what is on it, how full it is, and the ways to and from the contacts.

mod editor;

use super::head_ui;
use crate::number::PhoneNumber;
use crate::phone::{Command, Diagnosis, SimCommand, SimEntry, SimPhonebook};
use crate::ui::action::{Action, Actions};
use crate::ui::codes::{Ask, SimDeed};
use crate::ui::model::ViewContext;
use crate::ui::text::{self, sim as words};
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{
    Button, Kind, at_right, empty, icon, icon::icons, icon_button, label, menu, progress,
};
use crate::ui::{on_click, safe_text};
use editor::Editor;
use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, Vec2};

/// Below this width the title is short.
const NARROW: f32 = 300.0;
/// Height of an entry in points.
const ROW: f32 = 52.0;

/// What is open.
#[derive(Default)]
pub struct SimPage {
    editor: Option<Editor>,
    /// The place of the entry that is asked about before it is deleted.
    deleting: Option<u16>,
}

impl SimPage {
    /// The page was left.
    pub fn close(&mut self) {
        self.editor = None;
        self.deleting = None;
    }

    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let codes = &cx.model.codes;
        let ready = cx.model.phone.link.ready();
        let reading = codes.sim_busy(SimDeed::Read);
        let book = cx.model.phone.sim_phonebook.clone();
        let title = if ui.available_width() < NARROW { words::SHORT } else { words::PHONEBOOK };
        head_ui(ui, cx, (title, true), actions, |ui, actions| {
            if book.is_some() && ready && !reading {
                let read = Action::Command(Command::Sim(SimCommand::ReadPhonebook));
                let again = icon_button(ui, icons::ICON_REFRESH, words::READ_AGAIN);
                on_click(&again, actions, read);
            }
        });
        let Some(book) = book else {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                unread_ui(ui, cx, reading, actions);
            });
            return;
        };
        // What was asked for is under way or over: its form is not needed any more.
        if self.editor.as_ref().is_some_and(|editor| editor.sent)
            && codes.sim_outcome(SimDeed::Write) == Some(None)
        {
            self.editor = None;
        }
        let area = ScrollArea::vertical().id_salt("sim").auto_shrink([false, false]);
        area.show(ui, |ui| {
            Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(560.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                super::codes::played_ui(ui, cx);
                self.top_ui(ui, cx, &book, actions);
                if let Some(editor) = &mut self.editor
                    && editor.ui(ui, cx, &book, actions)
                {
                    self.editor = None;
                }
                self.entries_ui(ui, cx, &book, actions);
            });
        });
    }

    /// The gauge, what is under way, what went wrong, and what can be done with all.
    fn top_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        book: &SimPhonebook,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let used = book.entries.len();
        let full = book.capacity > 0 && used >= usize::from(book.capacity);
        if book.capacity > 0 {
            let line = words::gauge(used, book.capacity);
            let color = if full { p.doubt_text } else { p.weak };
            label::styled(ui, &line, theme::font(type_size::CAPTION), color);
            let fill = if full { p.doubt_text } else { p.accent };
            let share = progress::Share { count: used as u32, color: fill };
            progress::bar(ui, &[share], u32::from(book.capacity), &line);
        }
        busy_ui(ui, cx);
        for deed in [SimDeed::Read, SimDeed::Write, SimDeed::Delete] {
            if let Some(Some(why)) = cx.model.codes.sim_outcome(deed) {
                problem_ui(ui, why);
            }
        }
        if cx.model.codes.sim_outcome(SimDeed::Write) == Some(None) {
            ui.horizontal(|ui| {
                icon::show(ui, icons::ICON_CHECK_CIRCLE, 16.0, p.call_text);
                label::announce(&label::caption(ui, words::SAVED));
            });
        }
        let new = new_entries(cx, book);
        let why_not = full.then_some(words::FULL);
        ui.horizontal_wrapped(|ui| {
            let add = Button::new(words::ADD)
                .icon(icons::ICON_ADD)
                .disabled_because(why_not)
                .kind(Kind::Primary);
            if add.show(ui).clicked() {
                self.editor = Some(Editor::new());
            }
            let from = Button::new(words::FROM_CONTACT).disabled_because(why_not).show(ui);
            if from.clicked() {
                self.editor = Some(Editor::choosing());
            }
            let known = (new.is_empty() && used > 0).then_some(words::ALL_KNOWN);
            let copy = Button::new(words::COPY_ALL).disabled_because(known);
            if used > 0 && copy.show(ui).clicked() {
                actions.push(Ask::Contacts(book.entries.clone()).into());
            }
        });
        if full {
            empty::problem(ui, words::FULL);
        }
    }

    fn entries_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        book: &SimPhonebook,
        actions: &mut Actions,
    ) {
        if book.entries.is_empty() {
            empty::state(ui, icons::ICON_SIM_CARD, words::EMPTY, words::EMPTY_WHY, None);
            return;
        }
        for entry in &book.entries {
            ui.push_id(entry.index, |ui| self.entry_ui(ui, cx, entry, actions));
        }
    }

    fn entry_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        entry: &SimEntry,
        actions: &mut Actions,
    ) {
        let p = theme::palette(ui);
        let place = Vec2::new(ui.available_width(), ROW);
        // A SIM may hold a thousand: what is out of sight takes its room and no more.
        let (_, rect) = ui.allocate_space(place);
        if !ui.is_rect_visible(rect) {
            return;
        }
        let layout = Layout::left_to_right(Align::Center);
        let builder = egui::UiBuilder::new().max_rect(rect).layout(layout);
        let name = shown_name(entry);
        // Made from left to right: the order of focus is that of reading.
        ui.scope_builder(builder, |ui| {
            let buttons = at_right::width(ui, "entry").unwrap_or(size::CONTROL);
            let room = ui.available_width() - buttons - ui.spacing().item_spacing.x;
            let lines = Vec2::new(room.max(40.0), ROW);
            ui.allocate_ui_with_layout(lines, Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.add_space(6.0);
                let number = cx.display(&PhoneNumber::new(&entry.number));
                let nameless = entry.name.trim().is_empty();
                let lines: [&str; 2] =
                    if nameless { [&number, words::NO_NAME] } else { [&name, &number] };
                label::foreign(ui, lines[0], theme::font(type_size::BODY + 1.0), p.text);
                label::foreign(ui, lines[1], theme::font(type_size::CAPTION + 1.0), p.weak);
            });
            at_right::show(ui, "entry", |ui| {
                if cx.model.phone.contact_for(&dialable(entry)).is_some() {
                    let icon = icon::show(ui, icons::ICON_PERSON, 18.0, p.weak);
                    let id = ui.scope_id().with("known");
                    let hover = ui.interact(icon, id, egui::Sense::hover());
                    hover.on_hover_text(words::KNOWN);
                }
                let opener = icon_button(ui, icons::ICON_MORE_VERT, &words::more(&name));
                egui::Popup::menu(&opener).show(|ui| {
                    menu::entries(ui, 180.0, |ui| self.menu_ui(ui, cx, entry, actions));
                });
            });
        });
        if self.deleting == Some(entry.index) {
            self.delete_ui(ui, entry, actions);
        }
    }

    fn menu_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        entry: &SimEntry,
        actions: &mut Actions,
    ) {
        let known = cx.model.phone.contact_for(&dialable(entry)).is_some();
        if menu::item(ui, icons::ICON_CALL, &text::call_somebody(&shown_name(entry))) {
            // What a card holds is seen before it is dialed.
            actions.push(Action::FillDialpad(dialable(entry).as_str().to_owned()));
        }
        if !known && menu::item(ui, icons::ICON_PERSON_ADD, words::COPY_ONE) {
            actions.push(Ask::Contacts(vec![entry.clone()]).into());
        }
        if menu::item(ui, icons::ICON_EDIT, words::EDIT) {
            self.editor = Some(Editor::of(entry));
        }
        if menu::delete(ui, words::DELETE_ENTRY) {
            self.deleting = Some(entry.index);
        }
    }

    fn delete_ui(&mut self, ui: &mut Ui, entry: &SimEntry, actions: &mut Actions) {
        super::card_frame(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            label::body(ui, &text::delete_somebody(&shown_name(entry)));
            ui.horizontal_wrapped(|ui| {
                let delete = Button::new(text::DELETE).kind(Kind::Danger).show(ui).clicked();
                if delete {
                    let command = SimCommand::DeleteEntry(entry.index);
                    actions.command(Command::Sim(command));
                }
                if Button::new(text::KEEP).show(ui).clicked() || delete {
                    self.deleting = None;
                }
            });
        });
    }
}

/// The number without what follows it, as a number to look for.
fn dialable(entry: &SimEntry) -> PhoneNumber {
    let end = entry.number.find(['p', 'w', ',', ';']).unwrap_or(entry.number.len());
    PhoneNumber::new(&entry.number[..end])
}

/// The name, or the number of an entry without one.
fn shown_name(entry: &SimEntry) -> String {
    let name = if entry.name.trim().is_empty() { &entry.number } else { &entry.name };
    safe_text::line(name, 60)
}

/// Those that no contact has.
fn new_entries<'a>(cx: &ViewContext<'_>, book: &'a SimPhonebook) -> Vec<&'a SimEntry> {
    let new = |entry: &&SimEntry| cx.model.phone.contact_for(&dialable(entry)).is_none();
    book.entries.iter().filter(new).collect()
}

fn unread_ui(ui: &mut Ui, cx: &ViewContext<'_>, reading: bool, actions: &mut Actions) {
    let ready = cx.model.phone.link.ready();
    if reading {
        Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| busy_ui(ui, cx));
        return;
    }
    if let Some(Some(why)) = cx.model.codes.sim_outcome(SimDeed::Read) {
        Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| problem_ui(ui, why));
    }
    let offered = cx.model.phone.identity.abilities.phonebook;
    let (line, why, action) = match (ready, offered) {
        (false, _) => (words::UNREAD, text::codes::NO_MODEM, None),
        (true, false) => (words::NO_PHONEBOOK, "", None),
        (true, true) => (words::UNREAD, words::UNREAD_WHY, Some(words::READ)),
    };
    if empty::state(ui, icons::ICON_SIM_CARD, line, why, action) {
        actions.command(Command::Sim(SimCommand::ReadPhonebook));
    }
}

fn busy_ui(ui: &mut Ui, cx: &ViewContext<'_>) {
    let codes = &cx.model.codes;
    let writing = codes.sim_busy(SimDeed::Write) || codes.sim_busy(SimDeed::Delete);
    if !writing && !codes.sim_busy(SimDeed::Read) {
        return;
    }
    ui.horizontal(|ui| {
        let color = theme::palette(ui).weak;
        icon::show(ui, icons::ICON_HOURGLASS_EMPTY, 18.0, color);
        let line = if writing { words::WRITING } else { words::READING };
        label::announce(&label::body(ui, line));
    });
}

/// Why something was refused, and what to do.
pub fn problem_ui(ui: &mut Ui, why: &Diagnosis) {
    empty::problem(ui, &safe_text::line(&why.cause, 300));
    if !why.advice.is_empty() {
        label::caption(ui, &safe_text::line(&why.advice, 300));
    }
}

/// The way to this page, from the settings.
pub fn button_ui(ui: &mut Ui, actions: &mut Actions) {
    let open = Button::new(words::PHONEBOOK)
        .icon(icons::ICON_SIM_CARD)
        .kind(Kind::Quiet)
        .height(size::CONTROL)
        .show(ui);
    on_click(&open, actions, Action::Show(crate::ui::action::Page::SimPhonebook));
}
