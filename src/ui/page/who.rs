//! The left column: chats, contacts and recent calls under one search field.

use super::{View, chats, contacts, recents};
use crate::ui::action::{Action, Actions, Field as FieldId, List, Page};
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::button::focus_ring;
use crate::ui::widget::field::Field;
use crate::ui::widget::row;
use crate::ui::widget::{icon::icons, icon_button};
use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

/// What is searched for.
#[derive(Debug, Default)]
pub struct WhoPage {
    search: String,
    folder: chats::Folder,
    calls: recents::Filter,
}

impl WhoPage {
    /// Tabs, search, list.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        view: &mut View,
        actions: &mut Actions,
    ) {
        ui.spacing_mut().item_spacing.y = 0.0;
        if cx.layout.width != Width::Narrow {
            ui.add_space(space::SMALL);
            tabs_ui(ui, cx, view, actions);
        }
        ui.add_space(space::SMALL);
        self.search_ui(ui, cx, view, actions);
        ui.add_space(space::SMALL);
        let wanted = self.search.trim();
        match view.list {
            List::Chats => {
                let what = (wanted, &mut self.folder);
                chats::list_ui(ui, cx, what, open_number(view), actions);
            }
            List::Contacts => contacts::list_ui(ui, cx, wanted, open_contact(view), actions),
            List::Recents => {
                let what = (wanted, &mut self.calls);
                recents::list_ui(ui, cx, what, open_call(view), actions);
            }
        }
    }

    fn search_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, view: &View, actions: &mut Actions) {
        let hint = match view.list {
            List::Chats => text::SEARCH_CHATS,
            List::Contacts => text::SEARCH_CONTACTS,
            List::Recents => text::SEARCH_RECENTS,
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            ui.add_space(space::ITEM);
            let buttons = match view.list {
                List::Contacts => 2.0,
                List::Chats => 1.0,
                List::Recents => 0.0,
            };
            let clear = if self.search.is_empty() { 0.0 } else { 1.0 };
            let room = ui.available_width()
                - (buttons + clear) * (size::CONTROL + space::TIGHT)
                - space::ITEM;
            let output = Field::new(FieldId::Search.id(), text::SEARCH)
                .hint(hint)
                .width(room)
                .show(ui, &mut self.search);
            let mut changed = output.response.response.changed();
            if !self.search.is_empty()
                && icon_button(ui, icons::ICON_CLOSE, "Clear search").clicked()
            {
                self.search.clear();
                changed = true;
            }
            if changed && view.list == List::Chats {
                actions.push(Action::Search(self.search.clone()));
            }
            match view.list {
                List::Contacts => contacts::buttons_ui(ui, actions),
                List::Chats => {
                    let write = icon_button(ui, icons::ICON_ADD_COMMENT, text::message::NEW_CHAT);
                    crate::ui::on_click(&write, actions, Action::NewText(String::new()));
                }
                List::Recents => {}
            }
        });
        // Searching in texts follows the list.
        if view.list == List::Chats && cx.model.found.text != self.search {
            actions.push(Action::Search(self.search.clone()));
        }
    }
}

fn open_number(view: &View) -> Option<&crate::number::PhoneNumber> {
    match &view.page {
        Page::Conversation(number) => Some(number),
        _ => None,
    }
}

fn open_contact(view: &View) -> Option<crate::phone::ContactId> {
    match &view.page {
        Page::Contact(contact) => Some(contact.id),
        _ => None,
    }
}

fn open_call(view: &View) -> Option<crate::phone::CallRecordId> {
    match &view.page {
        Page::Call(record) => Some(record.id),
        _ => None,
    }
}

/// The three words above the list.
fn tabs_ui(ui: &mut Ui, cx: &ViewContext<'_>, view: &mut View, actions: &mut Actions) {
    let p = theme::palette(ui);
    let phone = &cx.model.phone;
    let unread = phone.unread();
    let tabs = [
        (List::Chats, text::CHATS, unread, "Ctrl+1"),
        (List::Contacts, text::CONTACTS, 0, "Ctrl+2"),
        (List::Recents, text::RECENTS, phone.missed_calls, "Ctrl+3"),
    ];
    let (whole, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 36.0), Sense::hover());
    let inner = whole.shrink2(Vec2::new(space::ITEM, 0.0));
    ui.painter().rect_filled(inner, CornerRadius::same(10), p.raised);
    // What a tab holds, and an equal share of the room that is left.
    let needs = tabs.map(|(_, word, badge, _)| {
        let font = theme::strong(type_size::BODY);
        let word = ui.painter().layout_no_wrap(word.to_owned(), font, p.text).size().x;
        word + if badge > 0 { space::TIGHT + row::badge_width(ui, badge) } else { 0.0 }
    });
    let spare = (inner.width() - needs.iter().sum::<f32>()).max(0.0) / 3.0;
    let mut left = inner.left();
    for ((list, word, badge, keys), need) in tabs.into_iter().zip(needs) {
        let width = need + spare;
        let tab = Rect::from_min_size(egui::pos2(left, inner.top()), Vec2::new(width, 36.0));
        left += width;
        let chosen = view.list == list;
        let response = ui.interact(tab, ui.scope_id().with(word), Sense::click());
        let face = tab.shrink(3.0);
        let radius = CornerRadius::same(8);
        if chosen {
            ui.painter().rect_filled(face, radius, p.card);
            let stroke = Stroke::new(1.0, p.line);
            ui.painter().rect_stroke(face, radius, stroke, egui::StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_filled(face, radius, p.hover);
        }
        focus_ring(ui, p, face, radius, &response);
        let (font, color) = if chosen {
            (theme::strong(type_size::BODY), p.text)
        } else {
            (theme::font(type_size::BODY), p.weak)
        };
        // The word and its count stand in the middle together, whatever the count's width.
        let counted = if badge > 0 { space::TIGHT + row::badge_width(ui, badge) } else { 0.0 };
        let center = tab.center() - Vec2::new(counted / 2.0, 0.0);
        let used = ui.painter().text(center, Align2::CENTER_CENTER, word, font, color);
        if badge > 0 {
            row::badge(ui, egui::pos2(used.right() + counted, tab.center().y), badge);
        }
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, word));
        if response.on_hover_text(keys).clicked() {
            actions.push(Action::ShowList(list));
        }
    }
}
