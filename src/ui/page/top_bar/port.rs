//! The button that opens the port picker: a dot, the modem's name as far as there is room, and the
//! state of the link in a word.

use super::super::{Pages, View, picker};
use crate::phone::{LinkAddress, LinkState};
use crate::ui::bidi::Laid;
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::text;
use crate::ui::theme::{self, Palette, size, type_size};
use crate::ui::widget::{button, icon, icon::icons, label};
use crate::ui::{action::Actions, safe_text};
use egui::{Color32, CornerRadius, FontId, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

/// Windows narrower than this leave the button what the others do not need.
const TIGHT: f32 = 360.0;
/// The least width of the button.
const LEAST: f32 = 110.0;

/// Wide enough for every name.
const UNCUT: f32 = 2_000.0;

/// Room before and behind the words.
#[derive(Clone, Copy)]
struct Room {
    left: f32,
    right: f32,
    /// The widest the button may be.
    most: f32,
}

impl Room {
    fn of(ui: &Ui, cx: &ViewContext<'_>) -> Room {
        let whole = cx.layout.size.x;
        if whole >= TIGHT {
            let share = if cx.layout.width == Width::Narrow { 0.55 } else { 0.34 };
            return Room { left: 30.0, right: 28.0, most: (whole * share).clamp(120.0, 290.0) };
        }
        // The menu, a mark for each kind of message that waits, and the lock; the bars go.
        let waiting = cx.model.phone.waiting.iter().filter(|mark| mark.count != Some(0)).count();
        let lock = usize::from(super::pin_wanted(&cx.model.phone.network.sim));
        let others = (1 + waiting + lock) as f32 * (size::CONTROL + 4.0);
        let most = (ui.available_width() - others).max(LEAST);
        Room { left: 18.0, right: 18.0, most }
    }

    fn words(self) -> f32 {
        self.most - self.left - self.right
    }
}

/// The button, and the picker below it.
pub fn port_button_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let phone = &cx.model.phone;
    let names = modem_names(cx);
    let word = text::link::state(&phone.link);
    let room = Room::of(ui, cx);
    let height = (cx.layout.top_bar() - 8.0).min(40.0);
    let shown = that_fits(ui, &names, room.words());
    let small = theme::font(type_size::CAPTION);
    let state = label::foreign_line(ui, word, small, p.weak, room.words());
    let state_size = if cx.layout.short { Vec2::ZERO } else { state.size() };
    let words = shown.size().x.max(state_size.x);
    let width = (room.left + words + room.right).clamp(LEAST.min(room.most), room.most);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    let fill = if response.hovered() || view.picker { p.hover } else { Color32::TRANSPARENT };
    let radius = CornerRadius::same(size::RADIUS);
    ui.painter().rect_filled(rect, radius, fill);
    button::focus_ring(ui, p, rect, radius, &response);
    let dot = egui::pos2(rect.left() + room.left / 2.0 - 1.0, rect.center().y);
    ui.painter().circle_filled(dot, 5.0, link_color(p, &phone.link));
    let left = rect.left() + room.left;
    let top = rect.center().y - (shown.size().y + state_size.y) / 2.0;
    let place = Rect::from_min_size(egui::pos2(left, top), shown.size());
    shown.paint(ui.painter(), place, p.text);
    if !cx.layout.short {
        let place = Rect::from_min_size(egui::pos2(left, place.bottom()), state.size());
        state.paint(ui.painter(), place, p.weak);
    }
    let arrow = egui::pos2(rect.right() - room.right / 2.0, rect.center().y);
    icon::paint(ui.painter(), arrow, icons::ICON_EXPAND_MORE, 18.0, p.weak);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text::link::CHOOSE_PORT));
    let name = safe_text::line(names.first().map_or("", String::as_str), 80);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(format!("{name}, {word}"));
    });
    let response = response.on_hover_text(format!("{}: {name}, {word}", text::link::CHOOSE_PORT));
    if response.clicked() {
        view.picker = !view.picker;
    }
    picker::popup_ui(&response, cx, view, pages, actions);
}

/// The fullest name that fits, in smaller letters if need be; the last is cut.
fn that_fits(ui: &Ui, names: &[String], room: f32) -> Laid {
    let color = theme::palette(ui).text;
    let fonts = [type_size::BODY, type_size::CAPTION].map(theme::strong);
    let lay =
        |name: &str, font: FontId, width: f32| label::foreign_line(ui, name, font, color, width);
    for name in names {
        for font in fonts.clone() {
            let laid = lay(name, font, UNCUT);
            if laid.size().x <= room {
                return laid;
            }
        }
    }
    let [_, small] = fonts;
    lay(names.last().map_or("", String::as_str), small, room)
}

/// The modem's name, or that there is none: the fullest first, shorter ones behind it.
fn modem_names(cx: &ViewContext<'_>) -> Vec<String> {
    let phone = &cx.model.phone;
    let Some(address) = phone.link.address() else {
        return vec![text::link::NO_MODEM.to_owned()];
    };
    let port = phone.ports.iter().find(|port| port.address == *address);
    let identity = phone.identity.display_name();
    let short = text::link::short_address(address);
    let title = port.map_or(short.clone(), |port| port.title.clone());
    let played = matches!(address, LinkAddress::Demo | LinkAddress::Replay(_));
    if phone.link.ready() && identity != "Modem" && !played {
        let model = phone.identity.model.trim().to_owned();
        let names = [format!("{identity} on {short}"), identity, model];
        return names.into_iter().filter(|name| !name.is_empty()).collect();
    }
    // What stands in brackets explains the name.
    let plain = title.split(" (").next().unwrap_or_default().to_owned();
    vec![title, plain]
}

fn link_color(p: &Palette, link: &LinkState) -> Color32 {
    match link {
        LinkState::Disconnected => p.outline,
        LinkState::Opening(_) | LinkState::Initialising(_) => p.doubt_text,
        LinkState::Ready(_) => p.call_text,
        LinkState::Silent { .. } => p.doubt_text,
        LinkState::Failed { .. } => p.danger_text,
    }
}
