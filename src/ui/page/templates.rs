//! Templates: the menu that inserts one, the dialog that keeps one, the editor in the settings.

use super::send_options::{buttons_ui, focus_once};
use crate::phone::{Command, MessageCommand, Template, TemplateId};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::safe_text;
use crate::ui::sending::Ask;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, icon::icons, icon_button, label};
use egui::{Id, ScrollArea, Ui};

/// Longest name in a menu, in characters.
const NAME_CHARS: usize = 40;

/// The templates to choose from; returns the text of the one chosen.
pub fn menu_ui(ui: &mut Ui, cx: &ViewContext<'_>) -> Option<String> {
    let templates = &cx.model.phone.templates;
    if templates.is_empty() {
        ui.add_enabled(false, egui::Button::new(words::NO_TEMPLATES));
        return None;
    }
    let mut picked = None;
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        for template in templates.iter() {
            let name = safe_text::line(&template.name, NAME_CHARS);
            let tip = safe_text::line(&template.text, 200);
            if ui.button(name).on_hover_text(tip).clicked() {
                picked = Some(template.text.clone());
                ui.close();
            }
        }
    });
    picked
}

/// The dialog that keeps a text under a name; true when it is over. A name that is taken replaces
/// the template that has it.
pub fn save_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    name: &mut String,
    text: &str,
    actions: &mut Actions,
) -> bool {
    label::title(ui, words::TEMPLATE_TITLE);
    let p = theme::palette(ui);
    label::foreign(ui, text, theme::font(type_size::BODY), p.weak);
    label::above_field(ui, words::TEMPLATE_NAME);
    let id = Id::unique("template name");
    focus_once(ui, id);
    Field::new(id, words::TEMPLATE_NAME).show(ui, name);
    let trimmed = name.trim();
    let known = cx.model.phone.templates.iter().find(|template| template.name == trimmed);
    if known.is_some() {
        label::caption(ui, "It takes the place of the template of this name");
    }
    let reason = trimmed.is_empty().then_some(words::TEMPLATE_NEEDS);
    let (go, cancel) = buttons_ui(ui, text::SAVE, reason);
    if go {
        let id = known.map_or(TemplateId::NEW, |template| template.id);
        save(id, trimmed, text, actions);
    }
    go || cancel
}

fn save(id: TemplateId, name: &str, text: &str, actions: &mut Actions) {
    let template = Template { id, name: name.to_owned(), text: text.to_owned() };
    actions.push(Action::Command(Command::Message(MessageCommand::SaveTemplate(template))));
}

/// The editor's state.
#[derive(Debug, Default)]
pub struct TemplateEditor {
    open: Option<Template>,
}

impl TemplateEditor {
    /// All templates, the open one with its fields.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        label::caption(ui, words::TEMPLATES_WHY);
        for template in cx.model.phone.templates.iter() {
            if self.open.as_ref().is_some_and(|open| open.id == template.id) {
                self.fields_ui(ui, actions);
            } else {
                ui.push_id(template.id, |ui| self.row_ui(ui, template, actions));
            }
        }
        if self.open.as_ref().is_some_and(|open| open.id == TemplateId::NEW) {
            self.fields_ui(ui, actions);
        } else if self.open.is_none() {
            let new = Button::new(words::NEW_TEMPLATE).icon(icons::ICON_ADD).kind(Kind::Quiet);
            if new.show(ui).clicked() {
                let (name, text) = (String::new(), String::new());
                self.open = Some(Template { id: TemplateId::NEW, name, text });
            }
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, template: &Template, actions: &mut Actions) {
        let p = theme::palette(ui);
        let name = safe_text::line(&template.name, NAME_CHARS);
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 80.0).max(60.0);
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.spacing_mut().item_spacing.y = 0.0;
                label::foreign(ui, &template.name, theme::font(type_size::BODY), p.text);
                label::foreign(ui, &template.text, theme::font(type_size::CAPTION), p.weak);
            });
            if icon_button(ui, icons::ICON_EDIT, &format!("Edit {name}")).clicked() {
                self.open = Some(template.clone());
            }
            if icon_button(ui, icons::ICON_DELETE, &format!("Delete {name}")).clicked() {
                actions.push(Action::Sending(Ask::DeleteTemplate(template.clone())));
                self.open = None;
            }
        });
    }

    fn fields_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        let Some(open) = &mut self.open else { return };
        label::above_field(ui, words::TEMPLATE_NAME);
        Field::new(Id::unique("edit template name"), words::TEMPLATE_NAME).show(ui, &mut open.name);
        label::above_field(ui, words::TEMPLATE_TEXT);
        Field::new(Id::unique("edit template text"), words::TEMPLATE_TEXT)
            .rows(3, false)
            .show(ui, &mut open.text);
        let mut over = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            let empty = open.name.trim().is_empty() || open.text.trim().is_empty();
            let reason = empty.then_some("A template needs a name and a text");
            let keep = Button::new(text::SAVE).kind(Kind::Primary).disabled_because(reason);
            if keep.show(ui).clicked() {
                save(open.id, open.name.trim(), &open.text, actions);
                over = true;
            }
            over |= Button::new(text::CANCEL).show(ui).clicked();
        });
        if over {
            self.open = None;
        }
    }
}
