//! A text to everybody in a file: the file, the column with the numbers, the text with its fields,
//! what each person gets, and Send.

use super::counter::{self, Analysis};
use super::head_ui;
use super::send_options::{Picked, SendOptionsUi, settle};
use crate::clock::Instant;
use crate::merge::{self, Merged};
use crate::number::PhoneNumber;
use crate::phone::{NewBatch, Table};
use crate::sms::{self, Encoding};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::sending::Ask;
use crate::ui::text::{self, sending as words};
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::field::Field;
use crate::ui::widget::text_area::TextArea;
use crate::ui::widget::{Button, Kind, empty, icon::icons, label};
use crate::ui::{on_click, safe_text};
use egui::{Frame, Id, Margin, Panel, ScrollArea, Ui};
use std::sync::Arc;
use std::time::Duration;

/// Height of a person in the preview.
const ROW: f32 = 44.0;
/// Lines left out that are shown one by one.
const MAX_PROBLEMS: usize = 50;
/// Lists up to so many lines are made again at each key.
const AT_ONCE: usize = 500;
/// Longer ones after this pause.
const PAUSE: Duration = Duration::from_millis(250);
/// Columns offered as fields.
const MAX_FIELDS: usize = 30;

/// What is being prepared.
#[derive(Default)]
pub struct ListPage {
    text: String,
    options: SendOptionsUi,
    table: Option<Arc<Table>>,
    column: Option<usize>,
    preview: Option<Preview>,
    /// The preview is of an earlier text.
    stale: bool,
    analysis: Analysis,
    changed_at: Option<Instant>,
}

/// The texts of the list as they are now; made again when anything changes.
struct Preview {
    text: String,
    column: usize,
    encoding: Encoding,
    merged: Merged,
    /// Segments of each text.
    segments: Vec<usize>,
    unknown: Vec<String>,
}

impl Preview {
    fn total(&self) -> usize {
        self.segments.iter().sum()
    }
}

impl ListPage {
    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        head_ui(ui, cx, (words::LIST, true), actions, |_, _| {});
        self.follow(ui, cx);
        let Some(table) = self.table.clone() else {
            start_ui(ui, cx, actions);
            return;
        };
        self.send_ui(ui, cx, &table, actions);
        egui::CentralPanel::no_frame().show(ui, |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(680.0));
                    ui.spacing_mut().item_spacing.y = space::SMALL;
                    self.file_ui(ui, &table, actions);
                    self.text_ui(ui, cx, &table);
                    self.people_ui(ui, cx, &table);
                });
            });
        });
        self.options.dialogs_ui(ui, cx, &self.text, actions);
    }

    /// Takes a new file in and keeps the preview up to date.
    fn follow(&mut self, ui: &Ui, cx: &ViewContext<'_>) {
        let read = &cx.model.sending.list.table;
        let same = match (&self.table, read) {
            (Some(ours), Some(theirs)) => Arc::ptr_eq(ours, theirs),
            (ours, theirs) => ours.is_none() && theirs.is_none(),
        };
        if !same {
            self.table.clone_from(read);
            self.column = self.table.as_deref().and_then(merge::number_column);
            self.preview = None;
        }
        let (Some(table), Some(column)) = (&self.table, self.column) else {
            self.preview = None;
            return;
        };
        let encoding = counter::encoding(&cx.model.phone.settings);
        self.analysis.follow(&self.text, encoding);
        if self.text.trim().is_empty() {
            self.preview = None;
        }
        let current = self.preview.as_ref().is_some_and(|preview| {
            preview.text == self.text && preview.column == column && preview.encoding == encoding
        });
        self.stale = !current && !self.text.trim().is_empty();
        if !self.stale {
            return;
        }
        // A long list is made again when the typing pauses.
        let waited = cx.now.since(self.changed_at.unwrap_or_default());
        if table.rows.len() > AT_ONCE && self.preview.is_some() && waited < PAUSE {
            ui.ctx().request_repaint_after(PAUSE - waited);
            return;
        }
        self.stale = false;
        let merged = merge::merge(&self.text, table, column);
        let count = |text: &String| sms::count_segments(text, encoding).segments;
        let segments = merged.texts.iter().map(|(_, text)| count(text)).collect();
        let unknown = merge::unknown_fields(&self.text, table);
        let text = self.text.clone();
        self.preview = Some(Preview { text, column, encoding, merged, segments, unknown });
    }

    fn file_ui(&mut self, ui: &mut Ui, table: &Table, actions: &mut Actions) {
        let p = theme::palette(ui);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::SMALL;
            label::foreign(ui, &table.name, theme::strong(type_size::NAME), p.text);
            let lines = text::format::count(table.rows.len(), "line", "lines");
            label::caption(ui, &lines);
            let other = Button::new(words::OTHER_FILE).kind(Kind::Quiet).show(ui);
            on_click(&other, actions, Action::Sending(Ask::ChooseTable));
        });
        for problem in table.problems.iter().take(5) {
            empty::problem(ui, &safe_text::line(problem, 200));
        }
        ui.horizontal_wrapped(|ui| {
            let color = p.text;
            label::beside_field(ui, words::NUMBERS_IN, theme::font(type_size::BODY), color);
            let name = |index: usize| match table.columns.get(index).map(|name| name.trim()) {
                Some(name) if !name.is_empty() => safe_text::line(name, 30),
                _ => format!("Column {}", index + 1),
            };
            let shown = self.column.map_or(words::CHOOSE_COLUMN.to_owned(), name);
            let combo = egui::ComboBox::from_id_salt("numbers").selected_text(shown).width(180.0);
            let combo = combo.show_ui(ui, |ui| {
                for index in 0..table.columns.len() {
                    ui.selectable_value(&mut self.column, Some(index), name(index));
                }
            });
            let _ = combo.response.accessible_name(words::NUMBERS_IN);
        });
    }

    fn text_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, table: &Table) {
        let id = Id::unique("list text");
        label::above_field(ui, words::LIST_TEXT);
        let field = Field::new(id, words::LIST_TEXT).hint(words::LIST_TEXT_HINT).rows(4, false);
        if TextArea::new(&self.analysis).show(ui, id, field, &mut self.text).changed() {
            self.changed_at = Some(cx.now);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(space::TIGHT);
            let font = theme::font(type_size::CAPTION);
            label::beside_field(ui, words::INSERT_FIELD, font, theme::palette(ui).weak);
            for (index, column) in table.columns.iter().take(MAX_FIELDS).enumerate() {
                let field = format!("{{{}}}", column.trim());
                let shown = safe_text::line(&field, 30);
                let button = Button::new(&shown).height(26.0);
                let clicked = ui.push_id(index, |ui| button.show(ui).clicked()).inner;
                if clicked && column.trim() != "" {
                    TextArea::remember(ui, id, &self.text);
                    self.text = TextArea::insert(ui, id, &self.text, &field);
                    ui.memory_mut(|memory| memory.request_focus(id));
                }
            }
        });
        if let Some(preview) = &self.preview
            && !preview.unknown.is_empty()
        {
            empty::problem(ui, &words::unknown_fields(&preview.unknown));
        }
    }

    fn people_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, table: &Table) {
        let Some(preview) = &self.preview else { return };
        let p = theme::palette(ui);
        let problems = &preview.merged.problems;
        if !problems.is_empty() {
            let total = text::format::count(table.rows.len(), "line", "lines");
            label::section(ui, words::PROBLEMS);
            let line = format!("{} of {total}", problems.len());
            label::styled(ui, &line, theme::font(type_size::BODY), p.doubt_text);
            for problem in problems.iter().take(MAX_PROBLEMS) {
                let sentence = safe_text::line(&problem.sentence, 200);
                label::caption(ui, &words::line_problem(problem.row, &sentence));
            }
            if problems.len() > MAX_PROBLEMS {
                label::caption(ui, &format!("and {} more", problems.len() - MAX_PROBLEMS));
            }
        }
        if preview.merged.texts.is_empty() {
            return;
        }
        label::section(ui, words::PEOPLE);
        let height = (ui.available_height()).max(ROW * 5.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt("people").max_height(height).show_rows(
            ui,
            ROW,
            preview.merged.texts.len(),
            |ui, rows| {
                for index in rows {
                    let Some((number, text)) = preview.merged.texts.get(index) else { break };
                    let segments = preview.segments.get(index).copied().unwrap_or(1);
                    person_ui(ui, cx, number.as_str(), text, segments);
                }
            },
        );
    }

    /// The sum and the button at the bottom.
    fn send_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, table: &Table, actions: &mut Actions) {
        let frame = Frame::new().inner_margin(Margin::symmetric(16, 8));
        let list = &cx.model.sending.list;
        Panel::bottom("send list").resizable(false).frame(frame).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::TIGHT;
            if let Some((cause, advice)) = &list.problem {
                empty::problem(ui, cause);
                if !advice.is_empty() {
                    label::caption(ui, advice);
                }
            }
            self.options.chips_ui(ui, cx);
            let people = self.preview.as_ref().map_or(0, |p| p.merged.texts.len());
            let segments = self.preview.as_ref().map_or(0, Preview::total);
            let unknown = self.preview.as_ref().is_some_and(|p| !p.unknown.is_empty());
            let reason = match () {
                () if list.submitting.is_some() => Some(words::STORING),
                () if self.column.is_none() => Some("Choose the column with the numbers first"),
                () if self.text.trim().is_empty() => Some(text::message::WRITE_FIRST),
                () if unknown => Some("The text has a field that the file has not"),
                () if self.stale => Some(words::COUNTING),
                () if people == 0 => Some("No line of the file has a number"),
                () => self.options.problem(cx.wall_time),
            };
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                let word = words::send_list(people, self.options.at(), cx.wall_time);
                let send = Button::new(&word)
                    .kind(Kind::Primary)
                    .icon(icons::ICON_SEND)
                    .height(40.0)
                    .disabled_because(reason)
                    .show(ui);
                let shown = (self.text.as_str(), false);
                let picked = self.options.button_ui(ui, cx, shown, actions);
                if let Some(Picked::Insert(template)) = picked {
                    self.text =
                        TextArea::insert(ui, Id::unique("list text"), &self.text, &template);
                }
                if people > 0 {
                    label::caption(ui, &words::list_sum(people, segments));
                }
                if send.clicked()
                    && let Some(preview) = &self.preview
                {
                    let batch = NewBatch {
                        name: table.name.clone(),
                        texts: preview.merged.texts.clone(),
                        options: self.options.options(&cx.model.phone.settings),
                    };
                    actions.push(Action::Sending(Ask::SendList(batch)));
                }
            });
            settle(ui, "list");
        });
    }
}

fn start_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let list = &cx.model.sending.list;
    if let Some((cause, advice)) = &list.problem {
        Frame::new().inner_margin(Margin::same(16)).show(ui, |ui| {
            empty::problem(ui, cause);
            label::caption(ui, advice);
        });
    }
    if list.reading.is_some() {
        empty::state(ui, icons::ICON_TABLE, words::READING, "", None);
        return;
    }
    let (line, why) = (words::LIST_START, words::LIST_START_WHY);
    if empty::state(ui, icons::ICON_TABLE, line, why, Some(words::CHOOSE_FILE)) {
        actions.push(Action::Sending(Ask::ChooseTable));
    }
}

fn person_ui(ui: &mut Ui, cx: &ViewContext<'_>, number: &str, text: &str, segments: usize) {
    let p = theme::palette(ui);
    let size = egui::Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, p.line));
    let line = |top: f32| {
        let corner = egui::pos2(rect.left(), rect.top() + top);
        egui::Rect::from_min_size(corner, egui::Vec2::new(rect.width(), 18.0))
    };
    let who = cx.name(&PhoneNumber::new(number));
    let texts = text::format::count(segments, "text", "texts");
    let head = format!("{who} · {texts}");
    label::paint_line(ui, line(3.0), &head, theme::strong(type_size::CAPTION), p.text);
    label::paint_line(ui, line(21.0), text, theme::font(type_size::BODY), p.weak);
    let name = format!("{head}: {}", safe_text::line(text, 200));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    response.on_hover_text(safe_text::text(text));
}
