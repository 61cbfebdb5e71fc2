//! The page of one call: what happened when, on which network, why it ended, and the AT lines.

mod lines;

use super::{head_ui, recents};
use crate::phone::diagnosis::call_cause;
use crate::phone::{CallDetail, CallRecord, CallRecordId, Command, TranscriptLine};
use crate::ui::action::{Action, Actions, contact_page};
use crate::ui::calling;
use crate::ui::model::ViewContext;
use crate::ui::text::history as words;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{Button, Kind, avatar, call_card, empty, icon, icon::icons, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Frame, Margin, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

/// Lines of evidence shown.
const MAX_EVIDENCE: usize = 20;
/// Height of a step.
const STEP: f32 = 28.0;

/// What is folded out.
#[derive(Debug, Default)]
pub struct CallDetailPage {
    /// The call whose AT lines are shown.
    unfolded: Option<CallRecordId>,
    lines: lines::Lines,
}

impl CallDetailPage {
    /// The page; the record as the history has it now, or else as it was when it was opened.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        opened: &CallRecord,
        actions: &mut Actions,
    ) {
        let record = cx.model.history.iter().find(|known| known.id == opened.id);
        let record = record.unwrap_or(opened);
        head_ui(ui, cx, (words::TITLE, true), actions, |_, _| {});
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let margin = if cx.layout.short { 8 } else { space::PANEL as i8 };
            Frame::new().inner_margin(Margin::same(margin)).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(560.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                who_ui(ui, cx, record);
                buttons_ui(ui, cx, record, actions);
                why_ui(ui, cx, record);
                self.kept_ui(ui, cx, record, actions);
            });
        });
    }

    /// What is kept beside the line in the history.
    fn kept_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        record: &CallRecord,
        actions: &mut Actions,
    ) {
        let open = &cx.model.detail;
        if !open.problem.is_empty() {
            empty::problem(ui, &safe_text::line(&open.problem, 300));
            return;
        }
        let Some(detail) = open.detail.as_deref().filter(|_| open.id == Some(record.id)) else {
            let line = if open.query.is_some() { words::LOADING } else { words::NOTHING_KEPT };
            label::caption(ui, line);
            return;
        };
        course_ui(ui, cx, record, detail);
        network_ui(ui, detail);
        if !detail.keys.is_empty() {
            section(ui, words::KEYS);
            let p = theme::palette(ui);
            let keys = safe_text::line(&detail.keys, 200);
            label::styled(ui, &keys, theme::mono(type_size::BODY), p.text);
        }
        if !detail.transcript.is_empty() {
            self.transcript_ui(ui, record.id, &detail.transcript, actions);
        }
    }

    fn transcript_ui(
        &mut self,
        ui: &mut Ui,
        id: CallRecordId,
        lines: &[TranscriptLine],
        actions: &mut Actions,
    ) {
        ui.add_space(space::SMALL);
        let unfolded = self.unfolded == Some(id);
        let symbol = if unfolded { icons::ICON_EXPAND_LESS } else { icons::ICON_EXPAND_MORE };
        ui.horizontal_wrapped(|ui| {
            let fold = Button::new(words::TRANSCRIPT).icon(symbol).kind(Kind::Quiet).show(ui);
            if fold.clicked() {
                self.unfolded = (!unfolded).then_some(id);
            }
            let copy = Button::new(text::COPY).name(words::COPY_TRANSCRIPT).kind(Kind::Quiet);
            let copy = copy.icon(icons::ICON_CONTENT_COPY).show(ui);
            if copy.clicked() {
                let all: Vec<String> = lines.iter().map(lines::plain_line).collect();
                actions.push(Action::Copy(all.join("\n")));
            }
        });
        if unfolded {
            self.lines.ui(ui, id, lines);
        }
    }
}

fn section(ui: &mut Ui, word: &str) {
    ui.add_space(space::SMALL);
    label::section(ui, word);
}

/// Avatar, name, number, and what kind of call it was when.
fn who_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord) {
    let p = theme::palette(ui);
    let number = record.remote.number();
    let known = number.and_then(|number| cx.model.phone.name_for(number));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::ITEM;
        let side = if cx.layout.short { 32.0 } else { 48.0 };
        let (face, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        avatar::paint(ui, face, known.unwrap_or_default());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let title = call_card::title(cx, &record.remote);
            let points = if cx.layout.short { type_size::BODY } else { type_size::NAME };
            label::foreign(ui, &title, theme::strong(points), p.text);
            if let (Some(number), true) = (number, known.is_some()) {
                label::foreign(ui, &cx.display(number), theme::font(type_size::BODY), p.weak);
            }
            let when = text::format::exact(record.started, cx.wall_time);
            let (symbol, color) = recents::mark(p, record);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                icon::show(ui, symbol, 16.0, color);
                let font = theme::strong(type_size::CAPTION);
                label::styled(ui, words::kind(record), font, color);
                if let Some(talked) = record.talk_time {
                    label::caption(ui, &text::format::timer(talked));
                }
            });
            label::caption(ui, &when);
        });
    });
}

fn buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord, actions: &mut Actions) {
    ui.add_space(space::TIGHT);
    ui.horizontal_wrapped(|ui| {
        if let Some(number) = record.remote.number() {
            let who = safe_text::line(&cx.name(number), 40);
            let call = Button::new(text::call::CALL).kind(Kind::Call).icon(icons::ICON_CALL);
            let name = format!("Call {who} from here");
            let call = call.name(&name).show(ui);
            on_click(&call, actions, Action::Dial(number.as_str().to_owned()));
            if calling::takes_texts(cx, number) {
                let name = format!("Text {who} from here");
                let write = Button::new(text::call::TEXT).name(&name).icon(icons::ICON_CHAT_BUBBLE);
                on_click(&write.show(ui), actions, Action::Converse(number.clone()));
            }
            let known = cx.model.phone.contact_for(number).is_some();
            let word = if known { text::message::OPEN_CONTACT } else { text::ADD_CONTACT };
            let name = format!("{word}: {who}");
            let contact = Button::new(word).name(&name).icon(icons::ICON_PERSON).show(ui);
            on_click(&contact, actions, Action::Show(contact_page(&cx.model.phone, number)));
            if let Some((word, action)) = recents::block_deed(cx, number) {
                let block = Button::new(word).icon(icons::ICON_BLOCK).show(ui);
                on_click(&block, actions, action);
            }
        }
        let delete = Button::new(text::call::DELETE_CALL).icon(icons::ICON_DELETE);
        if delete.kind(Kind::QuietDanger).show(ui).clicked() {
            actions.command(Command::DeleteCallRecord(record.id));
            actions.push(Action::Back);
        }
    });
}

/// The sentence, the suggestion, the cause by number, and the modem's words.
fn why_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord) {
    let p = theme::palette(ui);
    let open = &cx.model.detail;
    let detail = open.detail.as_deref().filter(|_| open.id == Some(record.id));
    let blocked = detail.map(|detail| detail.blocked_by.as_str()).unwrap_or_default();
    let number = detail.and_then(|detail| detail.cause);
    if record.cause.is_empty() && blocked.is_empty() && number.is_none() {
        return;
    }
    section(ui, words::WHY);
    if !blocked.is_empty() {
        let line = words::blocked_by(&safe_text::line(blocked, 60));
        label::styled(ui, &line, theme::strong(type_size::BODY), p.doubt_text);
    }
    if !record.cause.is_empty() && blocked.is_empty() {
        let cause = safe_text::line(&record.cause, 300);
        let cause = text::format::numbers_in(&cause, &cx.model.phone.region);
        label::styled(ui, &cause, theme::strong(type_size::BODY), p.text);
    }
    if !record.advice.is_empty() {
        let advice = safe_text::line(&record.advice, 400);
        label::styled(ui, &advice, theme::font(type_size::BODY), p.weak);
    }
    if let Some(number) = number {
        let row = call_cause(u16::from(number));
        label::caption(ui, &words::cause(number, row.map(|row| row.cause)));
    }
    for line in detail.iter().flat_map(|detail| detail.evidence.iter().take(MAX_EVIDENCE)) {
        let line = safe_text::line(line, 200);
        label::styled(ui, &line, theme::mono(type_size::CAPTION), p.weak);
    }
}

/// The steps, each with the time of day and the seconds since the beginning.
fn course_ui(ui: &mut Ui, cx: &ViewContext<'_>, record: &CallRecord, detail: &CallDetail) {
    if detail.milestones.is_empty() {
        return;
    }
    section(ui, words::COURSE);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut answered = false;
    let last = detail.milestones.len() - 1;
    for (at, step) in detail.milestones.iter().enumerate() {
        let word = words::milestone(&step.state, answered);
        answered |= step.state == "active";
        let mut time = record.started;
        let millis = i64::try_from(step.at_ms).unwrap_or(i64::MAX);
        time.unix_millis = time.unix_millis.saturating_add(millis);
        let clock = text::format::clock_seconds(time, cx.wall_time);
        let ends = (at == 0, at == last);
        step_ui(ui, (&clock, word, &words::offset(step.at_ms)), ends, &step.state);
    }
    ui.spacing_mut().item_spacing.y = space::SMALL;
}

/// A dot on a line, the time, the step, and the seconds on the right.
fn step_ui(
    ui: &mut Ui,
    (clock, word, offset): (&str, &str, &str),
    (first, last): (bool, bool),
    state: &str,
) {
    let p = theme::palette(ui);
    let width = ui.available_width().min(360.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, STEP), Sense::hover());
    let dot = egui::pos2(rect.left() + 8.0, rect.center().y);
    let stroke = egui::Stroke::new(2.0, p.line);
    let top = if first { dot.y } else { rect.top() };
    let bottom = if last { dot.y } else { rect.bottom() };
    ui.painter().vline(dot.x, top..=bottom, stroke);
    let color = match state {
        "active" => p.call_text,
        "held" => p.doubt_text,
        _ => p.weak,
    };
    ui.painter().circle_filled(dot, 5.0, color);
    let middle = rect.center().y;
    let small = theme::font(type_size::CAPTION);
    let left = egui::Align2::LEFT_CENTER;
    let painter = ui.painter();
    painter.text(egui::pos2(rect.left() + 24.0, middle), left, clock, small.clone(), p.weak);
    let at = egui::pos2(rect.left() + 84.0, middle);
    let room = (rect.right() - 64.0 - at.x).max(40.0);
    let place = egui::Rect::from_min_size(egui::pos2(at.x, rect.top()), Vec2::new(room, STEP));
    label::paint_line(ui, place, word, theme::font(type_size::BODY), p.text);
    let right = egui::Align2::RIGHT_CENTER;
    ui.painter().text(egui::pos2(rect.right(), middle), right, offset, small, p.weak);
    let name = format!("{clock} {word} {offset}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
}

/// Operator, technology, signal and registration in one line.
fn network_ui(ui: &mut Ui, detail: &CallDetail) {
    let mut parts: Vec<String> = Vec::new();
    if !detail.operator.is_empty() {
        parts.push(safe_text::line(&detail.operator, 40));
    }
    if let Some(technology) = detail.access_technology {
        parts.push(technology.word().to_owned());
    }
    if let Some(signal) = detail.signal {
        parts.push(format!("−{} dBm", signal.rssi_dbm().unsigned_abs()));
    }
    let registration = words::registration(detail.registration);
    if !registration.is_empty() {
        parts.push(registration.to_owned());
    }
    if !parts.is_empty() {
        section(ui, words::NETWORK);
        label::body(ui, &parts.join(" · "));
    }
}
