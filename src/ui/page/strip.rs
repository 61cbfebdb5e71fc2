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
use crate::ui::widget::{Button, ended_card, icon, icon::icons, label, redial_card};
use crate::ui::{on_click, text};
use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui, Vec2};

/// Side of the icon of a warning, in points.
const WARNING: f32 = 20.0;
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
    if strips.cards.is_empty() && redial.is_none() && ended.is_none() {
        return;
    }
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
        scroll.show(ui, |ui| all_ui(ui, cx, &strips, actions)).content_size.y
    });
    let wanted = shown.inner.ceil();
    if wanted != known {
        ui.data_mut(|data| data.insert_temp(id, wanted));
        // The frame is drawn twice, once, so that none is cut.
        ui.ctx().request_discard("other strips");
        ui.ctx().request_repaint();
    }
}

fn all_ui(ui: &mut Ui, cx: &ViewContext<'_>, strips: &Strips<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 4.0;
    for card in &strips.cards {
        ui.push_id(card.first().id, |ui| {
            call_card::live_ui(ui, cx, card, Place::Strip, actions);
        });
    }
    if let Some(redial) = strips.redial {
        redial_card::card_ui(ui, cx, redial, actions);
    }
    if let Some(ended) = strips.ended {
        ui.push_id(ended.key, |ui| ended_card::strip_ui(ui, cx, ended, actions));
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
        let off = Button::new(text::call::AUTO_ANSWER_OFF).name("Turn auto-answer off");
        let line = text::call::auto_answer(seconds);
        let font = theme::strong(type_size::CAPTION + 1.0);
        let words = ui.painter().layout_no_wrap(line.clone(), font.clone(), p.text).size().x;
        let wanted = WARNING + words + off.width(ui) + 2.0 * space::SMALL + 1.0;
        let warning = |ui: &mut Ui| {
            icon::show(ui, icons::ICON_WARNING, WARNING, p.doubt_text);
            label::announce(&label::styled(ui, &line, font, p.text));
        };
        if wanted > ui.available_width() {
            ui.horizontal_top(warning);
            on_click(&off.show(ui), actions, Ask::AutoAnswerOff.into());
            return;
        }
        let row = Vec2::new(ui.available_width(), 32.0);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            on_click(&off.show(ui), actions, Ask::AutoAnswerOff.into());
            ui.with_layout(Layout::left_to_right(Align::Center), warning);
        });
    });
}
