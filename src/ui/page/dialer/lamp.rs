//! The readiness lamp: a dot and a word, with the reason and the remedy on hover and on a click.

use crate::number::PhoneNumber;
use crate::phone::{
    Barring, ForwardingReason, Lamp, PhoneState, Readiness, Service, ServiceState, VoiceCapability,
    readiness,
};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::calling;
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, space, type_size};
use crate::ui::widget::button::focus_ring;
use crate::ui::widget::{Button, Icon, Kind, icon, icon::icons, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, Color32, CornerRadius, CursorIcon, Layout, Popup, Response, Role, Sense, Ui};
use egui::{Vec2, WidgetInfo};

/// Height of the line.
pub const HEIGHT: f32 = 24.0;
/// The dot's radius.
const DOT: f32 = 5.0;
/// Side of the sign that callers don't reach this phone.
const MARK: f32 = 16.0;

fn color(p: &Palette, lamp: Lamp) -> Color32 {
    match lamp {
        Lamp::Ready => p.call_text,
        Lamp::Doubtful | Lamp::EmergencyOnly => p.doubt_text,
        Lamp::NotReady => p.danger_text,
    }
}

/// Dot and word; with an emergency number in the field, whether that can be dialed.
pub fn line_ui(ui: &mut Ui, cx: &ViewContext<'_>, emergency: Option<&str>, actions: &mut Actions) {
    let p = theme::palette(ui);
    let judged = judge(cx, emergency);
    let (color, word) = (color(p, judged.lamp), word(&judged, emergency));
    let font = theme::font(type_size::CAPTION + 1.0);
    let galley = ui.painter().layout_no_wrap(word.clone(), font, p.text);
    let kept = kept_away(&cx.model.phone);
    let mark = if kept.is_some() { MARK + space::SMALL } else { 0.0 };
    let width = 2.0 * DOT + space::SMALL + galley.size().x + mark + 2.0 * space::SMALL;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, HEIGHT), Sense::click());
    paint_back(ui, rect, &response);
    let dot = egui::pos2(rect.left() + space::SMALL + DOT, rect.center().y);
    ui.painter().circle_filled(dot, DOT, color);
    let at = egui::pos2(dot.x + DOT + space::SMALL, rect.center().y - galley.size().y / 2.0);
    if let Some((symbol, _)) = kept {
        let place = egui::pos2(at.x + galley.size().x + space::SMALL + MARK / 2.0, dot.y);
        icon::paint(ui.painter(), place, symbol, MARK, p.doubt_text);
    }
    ui.painter().galley(at, galley, p.text);
    details_ui(cx, &response, (&judged, &word), actions);
}

/// What stands for the dot where the word is left out: no state is told by its colour alone.
fn symbol(lamp: Lamp) -> Option<Icon> {
    match lamp {
        Lamp::Ready => None,
        Lamp::Doubtful => Some(icons::ICON_WARNING),
        Lamp::EmergencyOnly => Some(icons::ICON_EMERGENCY),
        Lamp::NotReady => Some(icons::ICON_BLOCK),
    }
}

/// The dot alone, or an icon in its place, where there is no room for the word.
pub fn dot_ui(ui: &mut Ui, cx: &ViewContext<'_>, emergency: Option<&str>, actions: &mut Actions) {
    let p = theme::palette(ui);
    let judged = judge(cx, emergency);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
    paint_back(ui, rect, &response);
    let color = color(p, judged.lamp);
    match symbol(judged.lamp) {
        Some(symbol) => icon::paint(ui.painter(), rect.center(), symbol, 16.0, color),
        None => {
            ui.painter().circle_filled(rect.center(), DOT, color);
        }
    }
    details_ui(cx, &response, (&judged, &word(&judged, emergency)), actions);
}

/// What speaks against other calls does not speak against an emergency call: that takes neither a
/// SIM nor a registration (3GPP TS 22.101 §10), but a modem.
fn judge(cx: &ViewContext<'_>, emergency: Option<&str>) -> Readiness {
    let phone = &cx.model.phone;
    let judged = readiness(&phone.link, &phone.network);
    let only = judged.lamp.refuses() && phone.link.ready() && emergency.is_some();
    let voice = phone.network.voice != VoiceCapability::NotOffered;
    if only && voice { Readiness { lamp: Lamp::EmergencyOnly, ..judged } } else { judged }
}

fn word(judged: &Readiness, emergency: Option<&str>) -> String {
    match emergency.filter(|_| judged.lamp == Lamp::EmergencyOnly) {
        Some(number) => text::call::can_be_dialed(number),
        None => text::call::lamp(judged.lamp).to_owned(),
    }
}

/// Why no caller reaches this phone, as far as the network was asked: all calls are forwarded, or
/// barred. Its sign and a sentence.
fn kept_away(phone: &PhoneState) -> Option<(Icon, String)> {
    let on = |service: Service| phone.services.get(&service).filter(|state| state.on_for_voice());
    if let Some(state) = on(Service::Forwarding(ForwardingReason::Unconditional)) {
        return Some((icons::ICON_PHONE_FORWARDED, text::call::all_forwarded(target(state))));
    }
    let barred = on(Service::Barring(Barring::Incoming)).is_some();
    barred.then(|| (icons::ICON_PHONE_DISABLED, text::call::INCOMING_BARRED.to_owned()))
}

/// Where the voice calls go.
fn target(state: &ServiceState) -> Option<&PhoneNumber> {
    let mut voice = state.lines.iter().filter(|line| line.active && line.class.0 & 1 == 1);
    voice.find_map(|line| line.number.as_ref())
}

fn paint_back(ui: &Ui, rect: egui::Rect, response: &Response) {
    let p = theme::palette(ui);
    let radius = CornerRadius::same(8);
    if response.hovered() {
        ui.painter().rect_filled(rect, radius, p.hover);
    }
    focus_ring(ui, p, rect, radius, response);
}

/// Reason and remedy, in a card below the lamp.
fn details_ui(
    cx: &ViewContext<'_>,
    response: &Response,
    (judged, word): (&Readiness, &str),
    actions: &mut Actions,
) {
    let cause = safe_text::line(&judged.why.cause, 300);
    let advice = safe_text::line(&judged.why.advice, 300);
    let kept = kept_away(&cx.model.phone).map(|(_, words)| safe_text::line(&words, 300));
    let said = match &kept {
        Some(kept) => format!("{cause}. {advice}. {kept}"),
        None => format!("{cause}. {advice}"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, word));
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_description(said.clone());
    });
    let response = response.clone().on_hover_cursor(CursorIcon::PointingHand);
    let open = Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let open = open.layout(Layout::top_down(Align::Min));
    let shown = open.show(|ui| {
        let p = theme::palette(ui);
        ui.set_width((cx.layout.size.x - 48.0).clamp(120.0, 260.0));
        ui.spacing_mut().item_spacing.y = space::TIGHT;
        label::strong(ui, &cause);
        if !advice.is_empty() {
            label::styled(ui, &advice, theme::font(type_size::BODY), p.weak);
        }
        if let Some(kept) = &kept {
            ui.add_space(space::TIGHT);
            label::strong(ui, kept);
        }
        let services = (text::codes::SERVICES, Action::Show(Page::Services));
        if let Some((word, action)) = calling::remedy(cx).or(kept.is_some().then_some(services)) {
            ui.add_space(space::TIGHT);
            let button = Button::new(word).kind(Kind::Primary).show(ui);
            on_click(&button, actions, action);
            if button.clicked() {
                ui.close();
            }
        }
    });
    if shown.is_none() {
        let kept = kept.unwrap_or_default();
        response.on_hover_text(format!("{cause}\n{advice}\n{kept}").trim_end());
    }
}
