//! The port picker: every port with what a person recognises, one click to connect.

use super::{Pages, View};
use crate::phone::{
    Command, LinkAddress, LinkCommand, PhoneState, PortDescription, ProbeResult, Settings,
};
use crate::ui::action::{Action, Actions};
use crate::ui::model::ViewContext;
use crate::ui::theme::{self, Palette, size, space, type_size};
use crate::ui::widget::button::focus_ring;
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Icon, Kind, combo, empty, icon, icon::icons, label};
use crate::ui::{on_click, safe_text, text};
use egui::{Align, Color32, CornerRadius, CursorIcon, Layout, Rect, Response, Role, Sense, Stroke};
use egui::{Ui, Vec2, WidgetInfo};

/// Speeds offered; modems find most of them by themselves.
const BAUD_RATES: [u32; 7] = [9_600, 19_200, 38_400, 57_600, 115_200, 460_800, 921_600];
/// Width of the popup in points.
const WIDTH: f32 = 440.0;

/// What is typed.
#[derive(Debug, Default)]
pub struct PickerPage {
    address: String,
    problem: String,
}

/// The picker below its button, while it is open.
pub fn popup_ui(
    button: &Response,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    let width = WIDTH.min(cx.layout.size.x - 40.0);
    let height = (cx.layout.size.y - cx.layout.top_bar() - 56.0).max(120.0);
    egui::Popup::from_response(button)
        .id(egui::Id::unique("port picker"))
        .open_bool(&mut view.picker)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(text::link::PICKER_TITLE)
        .gap(4.0)
        .show(|ui| {
            ui.set_width(width);
            egui::ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    egui::Frame::new().inner_margin(egui::Margin::same(10)).show(ui, |ui| {
                        pages.picker.ui(ui, cx, actions);
                    });
                });
        });
}

impl PickerPage {
    /// The list, the typed address and the baud rate.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let phone = &cx.model.phone;
        label::title(ui, text::link::PICKER_TITLE);
        label::caption(ui, text::link::PICKER_HINT);
        ui.add_space(space::SMALL);
        let only_demo = phone.ports.iter().all(|port| port.address == LinkAddress::Demo);
        if only_demo {
            label::body(ui, text::link::NO_PORTS);
            ui.add_space(space::TIGHT);
        }
        ui.spacing_mut().item_spacing.y = 6.0;
        for port in ports(phone) {
            ui.push_id(&port.address, |ui| port_ui(ui, cx, port, actions));
        }
        if !phone.ports.iter().any(|port| port.address == LinkAddress::Demo) {
            port_ui(ui, cx, &demo(), actions);
        }
        ui.add_space(space::SMALL);
        self.address_ui(ui, actions);
        ui.add_space(space::TIGHT);
        ui.horizontal(|ui| {
            baud_ui(ui, &phone.settings, actions);
            if phone.link.address().is_some() {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let stop = Action::Command(Command::Link(LinkCommand::Disconnect));
                    on_click(&Button::new(text::link::DISCONNECT).show(ui), actions, stop);
                });
            }
        });
    }

    fn address_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        label::section(ui, text::link::OTHER_ADDRESS);
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 100.0).max(80.0);
            let output = Field::new(ui.scope_id().with("address"), text::link::ADDRESS)
                .hint(text::link::ADDRESS_HINT)
                .width(room)
                .error(!self.problem.is_empty())
                .show(ui, &mut self.address);
            let response = output.response.response;
            if response.changed() {
                self.problem.clear();
            }
            let enter =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let button = Button::new(text::link::CONNECT).kind(Kind::Primary).height(36.0).show(ui);
            if enter || button.clicked() {
                match self.address.parse::<LinkAddress>() {
                    Ok(address) => actions.push(Action::Connect(address)),
                    Err(error) => self.problem = error.to_string(),
                }
            }
        });
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
    }
}

/// Rows narrower than this have no button of their own, and name the state below the title.
const TIGHT: f32 = 240.0;

/// Likely modems first, the Demo modem last.
fn ports(phone: &PhoneState) -> Vec<&PortDescription> {
    let mut ports: Vec<&PortDescription> = phone.ports.iter().collect();
    let weight = |port: &PortDescription| match (&port.address, &port.probe) {
        (LinkAddress::Demo, _) => 3,
        (_, Some(ProbeResult::Modem(_))) => 0,
        _ if port.likely_modem => 1,
        _ => 2,
    };
    ports.sort_by_key(|port| weight(port));
    ports
}

fn demo() -> PortDescription {
    PortDescription {
        address: LinkAddress::Demo,
        title: "Demo modem (simulated)".to_owned(),
        detail: "Built in, with a small network to try calls and texts".to_owned(),
        usb: None,
        likely_modem: false,
        probe: None,
    }
}

/// One port: a row that connects, and a button that only asks who is there.
fn port_ui(ui: &mut Ui, cx: &ViewContext<'_>, port: &PortDescription, actions: &mut Actions) {
    let p = theme::palette(ui);
    let link = &cx.model.phone.link;
    let current = link.address() == Some(&port.address);
    let width = ui.available_width();
    let tight = width < TIGHT;
    let checkable = !current && port.address != LinkAddress::Demo && !tight;
    let desired = Vec2::new(width, 56.0);
    let (rect, response) = ui.allocate_exact_size(desired, Sense::click());
    let radius = CornerRadius::same(10);
    let fill = match () {
        () if current => p.accent_soft,
        () if response.hovered() => p.hover,
        () => p.raised,
    };
    ui.painter().rect_filled(rect, radius, fill);
    if current {
        let stroke = Stroke::new(1.0, p.accent_text);
        ui.painter().rect_stroke(rect, radius, stroke, egui::StrokeKind::Inside);
    }
    focus_ring(ui, p, rect, radius, &response);
    let (text_color, weak) =
        if current { (p.on_accent_soft, p.weak_on_accent_soft) } else { (p.text, p.weak) };
    let icon_at = egui::pos2(rect.left() + if tight { 20.0 } else { 24.0 }, rect.center().y);
    icon::paint(ui.painter(), icon_at, symbol(port), 22.0, text_color);
    let (word, color) = state(p, port, current.then_some(link));
    let title = theme::strong(type_size::BODY);
    let detail = theme::font(type_size::CAPTION);
    let name = accessible_name(&cx.model.phone, port);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, current, &name));
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    on_click(&response, actions, Action::Connect(port.address.clone()));
    if tight {
        // What it is comes before where it is.
        let words = Rect::from_min_max(rect.min + Vec2::new(40.0, 9.0), rect.max);
        let words = words.with_max_x(rect.right() - space::SMALL);
        let (first, second) = words.split_top_bottom_at_fraction(0.43);
        label::paint_line(ui, first, &port.title, title, text_color);
        let (word, color) =
            if word.is_empty() { (port.detail.clone(), weak) } else { (word, color) };
        let color = if current { text_color } else { color };
        label::paint_line(ui, second.with_max_y(rect.bottom() - 9.0), &word, detail, color);
        return;
    }
    let check_width = if checkable { 70.0 } else { 0.0 };
    let word = fit(ui, &word, (width * 0.34).max(60.0));
    let word_width = ui.painter().layout_no_wrap(word.clone(), theme::font(12.0), color).size().x;
    let right = rect.right() - 12.0 - check_width;
    let place = egui::pos2(right, rect.center().y);
    let color = if current { text_color } else { color };
    ui.painter().text(place, egui::Align2::RIGHT_CENTER, word, theme::font(12.0), color);
    let left = rect.left() + 48.0;
    let text_right = right - word_width - space::SMALL;
    let line =
        |y: f32| Rect::from_min_max(egui::pos2(left, y - 10.0), egui::pos2(text_right, y + 10.0));
    label::paint_line(ui, line(rect.top() + 19.0), &port.title, title, text_color);
    label::paint_line(ui, line(rect.top() + 38.0), &port.detail, detail, weak);
    if checkable {
        check_ui(ui, rect, port, &name, actions);
    }
}

fn check_ui(ui: &mut Ui, row: Rect, port: &PortDescription, name: &str, actions: &mut Actions) {
    let place = Rect::from_center_size(
        egui::pos2(row.right() - 42.0, row.center().y),
        Vec2::new(72.0, size::CONTROL),
    );
    let busy = port.probe == Some(ProbeResult::Probing);
    let check_name = format!("{} {name}", text::link::CHECK);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().max_rect(place).layout(layout), |ui| {
        let check = Button::new(text::link::CHECK)
            .kind(Kind::Quiet)
            .name(&check_name)
            .tip(text::link::CHECK_TIP)
            .disabled_because(busy.then_some(text::link::PROBING))
            .show(ui);
        let probe = Command::Link(LinkCommand::Probe(port.address.clone()));
        on_click(&check, actions, Action::Command(probe));
    });
}

/// The title; with the port where several have one title.
fn accessible_name(phone: &PhoneState, port: &PortDescription) -> String {
    let same = phone.ports.iter().filter(|other| other.title == port.title).count();
    if same > 1 {
        format!("{}, {}", port.title, text::link::short_address(&port.address))
    } else {
        port.title.clone()
    }
}

fn symbol(port: &PortDescription) -> Icon {
    match &port.address {
        LinkAddress::Demo | LinkAddress::Replay(_) => icons::ICON_SCIENCE,
        LinkAddress::Tcp { .. } => icons::ICON_LAN,
        LinkAddress::Serial(_) if port.usb.is_some() => icons::ICON_USB,
        LinkAddress::Serial(_) => icons::ICON_CABLE,
    }
}

/// What is known of a port, in words and a colour.
fn state(
    p: &Palette,
    port: &PortDescription,
    link: Option<&crate::phone::LinkState>,
) -> (String, Color32) {
    if let Some(link) = link {
        return (text::link::state(link).to_owned(), p.on_accent_soft);
    }
    match &port.probe {
        Some(ProbeResult::Probing) => (text::link::PROBING.to_owned(), p.weak),
        Some(ProbeResult::Modem(name)) if name.is_empty() => {
            (text::link::ANSWERED.to_owned(), p.call_text)
        }
        Some(ProbeResult::Modem(name)) => (safe_text::line(name, 40), p.call_text),
        Some(ProbeResult::Silent) => (text::link::NO_ANSWER.to_owned(), p.doubt_text),
        Some(ProbeResult::Unavailable(why)) => (safe_text::line(why, 120), p.danger_text),
        None if port.address == LinkAddress::Demo => (text::link::SIMULATED.to_owned(), p.weak),
        None if port.likely_modem => (text::link::LIKELY.to_owned(), p.call_text),
        None => (String::new(), p.weak),
    }
}

/// Cuts a word of state to the room it has.
fn fit(ui: &Ui, text: &str, width: f32) -> String {
    let measure = |text: &str| {
        let font = theme::font(12.0);
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::WHITE).size().x
    };
    if measure(text) <= width {
        return text.to_owned();
    }
    let mut cut: String = text.to_owned();
    while cut.pop().is_some() && measure(&cut) + 12.0 > width {}
    cut + "…"
}

/// The speed of serial ports.
pub fn baud_ui(ui: &mut Ui, settings: &Settings, actions: &mut Actions) {
    let color = theme::palette(ui).text;
    label::beside_field(ui, text::link::BAUD_RATE, theme::font(type_size::BODY), color);
    let mut rate = settings.baud_rate;
    let shown = rate.to_string();
    combo::show(ui, (text::link::BAUD_RATE, &shown), 96.0, |ui| {
        for offered in BAUD_RATES {
            ui.selectable_value(&mut rate, offered, offered.to_string());
        }
    });
    if rate != settings.baud_rate {
        actions.push(Action::Save(Settings { baud_rate: rate, ..settings.clone() }));
    }
}
