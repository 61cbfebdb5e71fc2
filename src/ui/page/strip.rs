//! Calls as strips under the top bar: an incoming call in every layout, the others while their
//! column is out of sight; and the warning while calls are answered by themselves.

use crate::phone::Redial;
use crate::ui::action::Actions;
use crate::ui::calling::Ask;
use crate::ui::ended::EndedCall;
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::call_card::{self, Place};
use crate::ui::widget::call_deeds::{self, Card};
use crate::ui::widget::{Button, ended_strip, icon, icon::icons, icon_button, label, redial_card};
use crate::ui::{on_click, text};
use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui, Vec2};
use std::time::Duration;

/// Side of the icon of a warning, in points.
const WARNING: f32 = 20.0;
/// How long a page that has moved takes no click of a pointer that rests, in seconds.
const SHIELD: f64 = 0.7;
/// A hand that does not aim moves the pointer less far, in points.
const REST: f32 = 6.0;
/// The most of the window that strips take; more of them scroll.
const SHARE: f32 = 0.55;

/// What is shown.
struct Strips<'a> {
    cards: Vec<Card<'a>>,
    redial: Option<&'a Redial>,
    ended: Option<&'a EndedCall>,
}

/// All strips. `column` says that the column of the call is on the screen.
pub fn strips_ui(ui: &mut Ui, cx: &ViewContext<'_>, column: bool, actions: &mut Actions) {
    let phone = &cx.model.phone;
    let mut cards = call_deeds::cards(&phone.calls);
    cards.retain(|card| !column || card.rings());
    // What rings comes first: it can't wait.
    cards.sort_by_key(|card| !card.rings());
    let redial = phone.redial.as_ref().filter(|_| !column);
    // What is dialed again by itself tells on its own card how it ended.
    let told = cx.model.redialed().map(|ended| ended.key);
    let ended = cx.model.ended.last().filter(|ended| !column && Some(ended.key) != told);
    let strips = Strips { cards, redial, ended };
    let nothing = strips.cards.is_empty() && redial.is_none() && ended.is_none();
    let height = if nothing { 0.0 } else { shown_ui(ui, cx, &strips, actions) };
    shield_ui(ui, height);
}

/// Nothing below the strips takes a click while the pointer rests where it was when they came or
/// went, for a moment: what moved below it was not aimed at.
fn shield_ui(ui: &Ui, height: f32) {
    let (time, pointer) = ui.input(|input| (input.time, input.pointer.latest_pos()));
    let id = egui::Id::unique("height below which the page begins");
    let known = ui.data(|data| data.get_temp::<Shift>(id));
    let Some(known) = known.filter(|known| known.height == height) else {
        // The first frame of all moves nothing.
        let at = pointer.filter(|_| known.is_some());
        ui.data_mut(|data| data.insert_temp(id, Shift { height, time, at }));
        return;
    };
    let rests = known.at.zip(pointer).is_some_and(|(at, now)| at.distance(now) < REST);
    let page = ui.available_rect_before_wrap();
    if !rests || time - known.time > SHIELD || !pointer.is_some_and(|at| page.contains(at)) {
        return;
    }
    // It goes by itself, so that the next click counts.
    let left = Duration::from_secs_f64((SHIELD - time + known.time).max(0.0));
    ui.ctx().request_repaint_after(left + Duration::from_millis(10));
    let area = egui::Area::new(egui::Id::unique("shield")).fixed_pos(page.min).constrain(false);
    area.order(egui::Order::Middle).show(ui.ctx(), |ui| {
        ui.allocate_exact_size(page.size(), egui::Sense::click());
    });
}

/// When the page below the strips moved, and where the pointer was then.
#[derive(Clone, Copy)]
struct Shift {
    height: f32,
    time: f64,
    at: Option<egui::Pos2>,
}

/// The strips in a panel as high as they are; how high.
fn shown_ui(ui: &mut Ui, cx: &ViewContext<'_>, strips: &Strips<'_>, actions: &mut Actions) -> f32 {
    // As high as what is in it, which is known from the pass before; many strips scroll and leave
    // the page below its room.
    let id = egui::Id::unique("height of the strips");
    let known = ui.data_mut(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    let height = known.min(cx.layout.size.y * SHARE);
    let p = theme::palette(ui);
    let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(8, 4));
    let panel = Panel::top("strips").resizable(false).show_separator_line(false).frame(frame);
    let shown = panel.exact_size(height + 8.0).show(ui, |ui| {
        let scroll = ScrollArea::vertical().auto_shrink([false, false]);
        scroll.show(ui, |ui| all_ui(ui, cx, strips, actions)).content_size.y
    });
    let wanted = shown.inner.ceil();
    if wanted != known {
        ui.data_mut(|data| data.insert_temp(id, wanted));
        // The frame is drawn twice, once, so that none is cut.
        ui.ctx().request_discard("other strips");
        ui.ctx().request_repaint();
    }
    wanted
}

fn all_ui(ui: &mut Ui, cx: &ViewContext<'_>, strips: &Strips<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 4.0;
    for card in &strips.cards {
        ui.push_id(card.first().id, |ui| {
            call_card::live_ui(ui, cx, card, Place::Strip, actions);
        });
    }
    if let Some(redial) = strips.redial {
        redial_card::strip_ui(ui, cx, redial, actions);
    }
    if let Some(ended) = strips.ended {
        ui.push_id(ended.key, |ui| ended_strip::strip_ui(ui, cx, ended, Place::Strip, actions));
    }
}

/// Says that every call is answered by itself, with the way to stop that.
pub fn auto_answer_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let seconds = cx.model.phone.settings.auto_answer_seconds;
    if seconds == 0 {
        return;
    }
    let p = theme::palette(ui);
    let narrow = cx.layout.width == Width::Narrow;
    let margin = Margin::symmetric(if narrow { 8 } else { 16 }, 4);
    let frame = Frame::new().fill(p.doubt_soft).inner_margin(margin);
    let panel = Panel::top("auto answer").resizable(false).show_separator_line(false);
    panel.frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::new(space::SMALL, space::TIGHT);
        let name = text::call::AUTO_ANSWER_OFF_NAME;
        let off = Button::new(text::call::AUTO_ANSWER_OFF).name(name);
        let font = theme::strong(type_size::CAPTION + 1.0);
        let room = ui.available_width() - WARNING - off.width(ui) - 2.0 * space::SMALL - 1.0;
        let lines = text::call::auto_answer(seconds);
        let fits = |line: &&String| label::width(ui, line, font.clone()) <= room;
        let fitting = lines.iter().find(fits);
        let worded = fitting.is_some();
        let line = fitting.unwrap_or(&lines[lines.len() - 1]).clone();
        let warning = |ui: &mut Ui| {
            icon::show(ui, icons::ICON_WARNING, WARNING, p.doubt_text);
            let words = label::styled(ui, &line, font, p.text);
            label::announce(&words.on_hover_text(&lines[0]));
        };
        let row = Vec2::new(ui.available_width(), 32.0);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            // Where that is too much, a cross turns it off.
            let off = match worded {
                true => off.show(ui),
                false => icon_button(ui, icons::ICON_CLOSE, name),
            };
            on_click(&off, actions, Ask::AutoAnswerOff.into());
            ui.with_layout(Layout::left_to_right(Align::Center), warning);
        });
    });
}
