//! The list of conversations, newest first, with the archive and the blocked ones apart.

use super::conversation::menu;
use super::found;
use crate::number::PhoneNumber;
use crate::phone::{Conversation, Direction, Thread};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::text::talk;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::row::{self, Extra, Row};
use crate::ui::widget::{button, empty, icon, icon::Icon, icon::icons, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

/// Height of the row of a folder, in points.
const FOLDER: f32 = 44.0;

/// Which conversations are listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Folder {
    /// Those that are neither archived nor blocked.
    #[default]
    Chats,
    /// Archived ones.
    Archived,
    /// Blocked ones.
    Blocked,
}

impl Folder {
    fn has(self, conversation: &Conversation) -> bool {
        let flags = conversation.flags;
        match self {
            Folder::Chats => !flags.blocked && !flags.archived,
            Folder::Archived => flags.archived && !flags.blocked,
            Folder::Blocked => flags.blocked,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Folder::Chats => text::CHATS,
            Folder::Archived => talk::ARCHIVED,
            Folder::Blocked => talk::BLOCKED,
        }
    }
}

/// A line of the list.
pub(super) enum Line<'a> {
    /// Back to the chats from this folder.
    Back(Folder),
    /// Opens folders, side by side, each with so many conversations.
    Folders(Vec<(Folder, usize)>),
    /// A conversation.
    Chat(&'a Conversation),
    /// Something found.
    Found(found::Line<'a>),
}

impl Line<'_> {
    fn height(&self) -> f32 {
        match self {
            Line::Back(_) | Line::Folders(_) => FOLDER,
            Line::Chat(_) => size::ROW,
            Line::Found(line) => line.height(),
        }
    }
}

/// The list. `open` is the conversation on the page.
pub fn list_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (wanted, folder): (&str, &mut Folder),
    open: Option<&PhoneNumber>,
    actions: &mut Actions,
) {
    let lines = if wanted.is_empty() { lines(cx, *folder) } else { found::lines(cx, wanted) };
    if lines.is_empty() {
        let (line, why, action) = if wanted.is_empty() {
            let action = Some(text::message::WRITE_FIRST_TEXT);
            (text::message::NO_CHATS, text::message::NO_CHATS_WHY, action)
        } else {
            (text::NOTHING_FOUND, text::NOTHING_FOUND_WHY, None)
        };
        if empty::state(ui, icons::ICON_FORUM, line, why, action) {
            actions.push(Action::NewText(String::new()));
        }
        return;
    }
    let open: Vec<crate::phone::ThreadId> = match open {
        Some(number) => cx.model.phone.threads_with(number).iter().map(|t| t.id).collect(),
        None => Vec::new(),
    };
    let total: f32 = lines.iter().map(Line::height).sum();
    let area = ScrollArea::vertical().id_salt(("chats", *folder as u8)).auto_shrink([false, false]);
    let mut chosen = None;
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let top = ui.max_rect().top();
        let mut at = 0.0;
        for line in &lines {
            let tall = line.height();
            if at + tall >= viewport.top() && at <= viewport.bottom() {
                place(ui, top + at, |ui| match line {
                    Line::Back(folder) => {
                        chosen = back_ui(ui, *folder, actions).then_some(Folder::Chats).or(chosen);
                    }
                    Line::Folders(folders) => chosen = folders_ui(ui, folders).or(chosen),
                    Line::Chat(conversation) => chat_ui(ui, cx, conversation, &open, actions),
                    Line::Found(line) => found::line_ui(ui, cx, line, actions),
                });
            }
            at += tall;
        }
        if lines.len() == 1 && *folder != Folder::Chats {
            place(ui, top + FOLDER + 40.0, |ui| {
                let (line, why) = (talk::NOTHING_HERE, talk::NOTHING_HERE_WHY);
                empty::state(ui, icons::ICON_FORUM, line, why, None);
            });
        }
    });
    if let Some(chosen) = chosen {
        *folder = chosen;
        ui.ctx().request_repaint();
    }
}

fn lines<'a>(cx: &ViewContext<'a>, folder: Folder) -> Vec<Line<'a>> {
    let all = &cx.model.conversations;
    let mut lines = Vec::new();
    if folder == Folder::Chats {
        let count = |folder: Folder| {
            all.iter().filter(|chat| folder.has(chat) && !empty_chat(cx, chat)).count()
        };
        let folders = [Folder::Archived, Folder::Blocked].map(|folder| (folder, count(folder)));
        let folders: Vec<_> = folders.into_iter().filter(|(_, count)| *count > 0).collect();
        if !folders.is_empty() {
            lines.push(Line::Folders(folders));
        }
    } else {
        lines.push(Line::Back(folder));
    }
    let listed = |chat: &&Conversation| folder.has(chat) && !empty_chat(cx, chat);
    lines.extend(all.iter().filter(listed).map(Line::Chat));
    lines
}

/// Nothing is in it: its last text was deleted, which can still be undone.
fn empty_chat(cx: &ViewContext<'_>, conversation: &Conversation) -> bool {
    let threads = &cx.model.phone.threads;
    let mut all = conversation.threads.iter().filter_map(|&at| threads.get(at));
    all.all(|thread| thread.last_direction.is_none() && thread.draft.is_empty())
}

/// Draws one row at its height in a list.
pub fn place(ui: &mut Ui, top: f32, add: impl FnOnce(&mut Ui)) {
    let rect = Rect::from_min_size(
        egui::pos2(ui.max_rect().left(), top),
        Vec2::new(ui.max_rect().width(), size::ROW),
    );
    let id = egui::Id::unique(("row", (top - ui.max_rect().top()) as i64));
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).id_salt(id), add);
}

/// The folders in one row; the one that is clicked.
fn folders_ui(ui: &mut Ui, folders: &[(Folder, usize)]) -> Option<Folder> {
    let width = ui.available_width() / folders.len() as f32;
    // The word of one stands under the names of the list; two share the row.
    let face = if folders.len() == 1 { 44.0 } else { 20.0 };
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (folder, count) in folders {
            let symbol = match folder {
                Folder::Blocked => icons::ICON_BLOCK,
                _ => icons::ICON_ARCHIVE,
            };
            let name = talk::folder(folder.name(), *count);
            if low_row_ui(ui, (width, face), symbol, (folder.name(), &count.to_string()), &name) {
                chosen = Some(*folder);
            }
        }
    });
    chosen
}

fn back_ui(ui: &mut Ui, folder: Folder, _actions: &mut Actions) -> bool {
    let width = ui.available_width();
    low_row_ui(ui, (width, 44.0), icons::ICON_ARROW_BACK, (folder.name(), ""), "Back to all chats")
}

fn low_row_ui(
    ui: &mut Ui,
    (width, face): (f32, f32),
    symbol: Icon,
    (word, right): (&str, &str),
    name: &str,
) -> bool {
    let p = theme::palette(ui);
    let gap = if face < 44.0 { space::SMALL } else { space::ITEM };
    let desired = Vec2::new(width, FOLDER);
    let (rect, response) = ui.allocate_exact_size(desired, Sense::click());
    let inner = rect.shrink2(Vec2::new(space::ITEM, 0.0));
    let back = rect.shrink2(Vec2::new(6.0, 2.0));
    let radius = egui::CornerRadius::same(10);
    if response.hovered() {
        ui.painter().rect_filled(back, radius, p.hover);
    }
    button::focus_ring(ui, p, back.shrink(2.0), radius, &response);
    let middle = egui::pos2(inner.left() + face / 2.0, inner.center().y);
    icon::paint(ui.painter(), middle, symbol, 20.0, p.weak);
    let font = theme::font(type_size::BODY);
    let at = egui::pos2(inner.left() + face + gap, inner.center().y);
    let word = ui.painter().text(at, egui::Align2::LEFT_CENTER, word, font, p.text);
    let font = theme::font(type_size::CAPTION);
    let right = ui.painter().layout_no_wrap(right.to_owned(), font, p.weak);
    let end = inner.right() - right.size().x;
    // A count that would run into the word is told by the name alone.
    if end > word.right() + space::TIGHT {
        let top = inner.center().y - right.size().y / 2.0;
        ui.painter().galley(egui::pos2(end, top), right, p.weak);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// What stands before the newest text, in our own words and colour.
fn lead(p: &theme::Palette, thread: &Thread) -> (&'static str, Option<egui::Color32>) {
    match (thread.last_delivery.as_str(), thread.last_direction) {
        _ if !thread.draft.is_empty() => (text::message::DRAFT, Some(p.danger_text)),
        ("failed", _) => ("Not sent: ", Some(p.danger_text)),
        ("unknown", _) => ("May have been sent: ", Some(p.doubt_text)),
        ("scheduled", _) => ("Scheduled: ", None),
        (_, Some(Direction::MobileOriginated)) => ("You: ", None),
        _ => ("", None),
    }
}

/// A conversation.
pub(super) fn chat_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    conversation: &Conversation,
    open: &[crate::phone::ThreadId],
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let phone = &cx.model.phone;
    let mut threads = conversation.threads.iter().filter_map(|&at| phone.threads.get(at));
    // What is typed and not sent comes before what was sent.
    let Some(newest) = threads.clone().next() else { return };
    let thread = threads.find(|thread| !thread.draft.is_empty()).unwrap_or(newest);
    let contact = conversation.contact.and_then(|at| phone.contacts.get(at));
    let display = cx.display(&newest.number);
    let title = contact.map_or(display.as_str(), |contact| contact.name.as_str());
    let time = text::format::when(newest.time, cx.wall_time);
    let (lead, color) = lead(p, thread);
    let detail = if thread.draft.is_empty() { &thread.preview } else { &thread.draft };
    let unread = match conversation.unread {
        0 => String::new(),
        count => format!(", {count} unread"),
    };
    let name =
        format!("{}, {lead}{}{unread}", safe_text::line(title, 80), safe_text::line(detail, 80));
    let letters = newest.number.as_str().chars().any(char::is_alphabetic);
    let face = contact.map_or(if letters { newest.number.as_str() } else { "" }, |c| &c.name);
    let menu_id = ui.scope_id().with("menu open");
    let menu_open = ui.data(|data| data.get_temp::<bool>(menu_id)).unwrap_or_default();
    let more = menu_open || ui.rect_contains_pointer(ui.max_rect());
    let shown = Row {
        title,
        detail,
        detail_color: color,
        time: &time,
        badge: conversation.unread,
        chosen: open.contains(&newest.id),
        name: &name,
        reserved: if more { size::CONTROL } else { 0.0 },
        avatar: face,
    };
    let mut marks = Vec::new();
    if conversation.flags.muted {
        marks.push(icons::ICON_NOTIFICATIONS_OFF);
    }
    if conversation.flags.pinned {
        marks.push(icons::ICON_KEEP);
    }
    let extra = Extra { lead, icons: &marks, ..Extra::default() };
    let row = row::show_with(ui, &shown, &extra, 0.0);
    on_click(&row.response, actions, Action::Converse(newest.number.clone()));
    row.response.context_menu(|ui| menu::chat_ui(ui, cx, &newest.number, actions));
    if more {
        let name = format!("More about {}", safe_text::line(title, 60));
        let place = Rect::from_center_size(row.reserved.center(), Vec2::splat(size::CONTROL));
        let button = button::icon_button_in(ui, place, icons::ICON_MORE_VERT, &name, p.weak);
        let shown = egui::Popup::menu(&button)
            .show(|ui| menu::chat_ui(ui, cx, &newest.number, actions))
            .is_some();
        ui.data_mut(|data| data.insert_temp(menu_id, shown));
    }
}

/// The heading of a group of lines.
pub(super) fn heading_ui(ui: &mut Ui, word: &str) {
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        ui.add_space(space::PANEL);
        label::section(ui, word);
    });
}
