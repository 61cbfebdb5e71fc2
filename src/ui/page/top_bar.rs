//! The top bar: which modem, how it stands, the network, and the way to search and settings. Below
//! it the banner of a link that failed.

mod port;

use super::{Pages, View, voicemail};
use crate::phone::{
    Command, LinkCommand, LinkState, NetworkState, Registration, SimState, registration_told,
};
use crate::ui::action::{Action, Actions, Field, Page};
use crate::ui::layout::Width;
use crate::ui::model::ViewContext;
use crate::ui::sending::Ask;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{
    Button, Icon, Kind, at_right, button, icon, icon::icons, icon_button, label, menu, progress,
    signal,
};
use crate::ui::{on_click, text};
use egui::{Align, Color32, CornerRadius, Frame, Layout, Margin, Panel, Rect, Role, Sense, Stroke};
use egui::{Ui, Vec2, WidgetInfo};

/// Room for fewer letters of the operator's name than can be read is left empty, in points.
const LEAST_WORD: f32 = 36.0;

/// The bar itself.
pub fn top_bar_ui(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    view: &mut View,
    pages: &mut Pages,
    actions: &mut Actions,
) {
    let p = theme::palette(ui);
    let frame = Frame::new().fill(p.panel).inner_margin(Margin::symmetric(8, 0));
    Panel::top("top bar")
        .exact_size(cx.layout.top_bar())
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            let rect = ui.max_rect().expand2(Vec2::new(8.0, 0.0));
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                port::port_button_ui(ui, cx, view, pages, actions);
                // The buttons take what they need, the network what is left.
                let buttons = at_right::width(ui, "buttons").unwrap_or_default();
                let room = ui.available_width() - buttons - ui.spacing().item_spacing.x;
                let place = Vec2::new(room.max(0.0), ui.available_height());
                let layout = Layout::left_to_right(Align::Center);
                ui.allocate_ui_with_layout(place, layout, |ui| network_ui(ui, cx, actions));
                at_right::show(ui, "buttons", |ui| buttons_ui(ui, cx, view, actions));
            });
        });
}

fn buttons_ui(ui: &mut Ui, cx: &ViewContext<'_>, view: &View, actions: &mut Actions) {
    let narrow = cx.layout.width == Width::Narrow;
    voicemail::button_ui(ui, cx, actions);
    // Where there is no room the menu alone leads to it.
    if !narrow || cx.layout.size.x >= 360.0 {
        outbox_button_ui(ui, cx, view, actions);
    }
    if narrow {
        more_menu_ui(ui, cx, actions);
        return;
    }
    let p = theme::palette(ui);
    let chosen = |page: &Page| if view.page == *page { p.accent_text } else { p.weak };
    let mut shown = |ui: &mut Ui, icon: Icon, name: &str, color: Color32, action: Action| {
        let side = size::CONTROL;
        let response = button::icon_button_sized(ui, icon, name, side, color);
        on_click(&response, actions, action);
    };
    if cx.layout.width == Width::Medium {
        let color = if view.drawer { p.accent_text } else { p.weak };
        let drawer = Action::Drawer(!view.drawer);
        shown(ui, icons::ICON_DIALPAD, text::DIALPAD, color, drawer);
    }
    let write = Action::NewText(String::new());
    shown(ui, icons::ICON_EDIT_SQUARE, text::message::WRITE_TEXT, p.weak, write);
    let find = Action::Focus(Field::Search);
    shown(ui, icons::ICON_SEARCH, text::GO_TO_SEARCH, p.weak, find);
    let codes = Action::Show(Page::Codes);
    shown(ui, icons::ICON_TAG, text::codes::CODES, chosen(&Page::Codes), codes);
    let console = Action::Show(Page::Console);
    shown(ui, icons::ICON_TERMINAL, text::CONSOLE, chosen(&Page::Console), console);
    let settings = Action::Show(Page::Settings);
    shown(ui, icons::ICON_SETTINGS, text::SETTINGS, chosen(&Page::Settings), settings);
}

/// The way to the outbox, while there is something in it.
fn outbox_button_ui(ui: &mut Ui, cx: &ViewContext<'_>, view: &View, actions: &mut Actions) {
    let phone = &cx.model.phone;
    let count = cx.model.sending.count(phone);
    let open = view.page == Page::Outbox;
    if count == 0 && !open {
        return;
    }
    let p = theme::palette(ui);
    let color = match () {
        () if cx.model.sending.needs_decision(phone) => p.doubt_text,
        () if open => p.accent_text,
        () => p.weak,
    };
    let name = text::sending::outbox_button(count);
    let response = counted_button(ui, icons::ICON_OUTBOX, &name, color, count as u32);
    on_click(&response, actions, Action::Show(Page::Outbox));
}

/// A button with an icon and, beside it, a count that is not zero.
pub fn counted_button(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    color: Color32,
    count: u32,
) -> egui::Response {
    let font = theme::strong(type_size::CAPTION);
    let word = if count > 999 { "999+".to_owned() } else { count.to_string() };
    let galley = ui.painter().layout_no_wrap(word, font, color);
    let extra = if count > 0 { galley.size().x + 4.0 } else { 0.0 };
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(size::CONTROL + extra, size::CONTROL), Sense::click());
    let p = theme::palette(ui);
    let radius = CornerRadius::same(size::RADIUS);
    if response.hovered() {
        ui.painter().rect_filled(rect, radius, p.hover);
    }
    button::focus_ring(ui, p, rect, radius, &response);
    let middle = egui::pos2(rect.left() + size::CONTROL / 2.0, rect.center().y);
    icon::paint(ui.painter(), middle, icon, 20.0, color);
    if count > 0 {
        let at = egui::pos2(rect.left() + size::CONTROL - 2.0, rect.center().y);
        let up = Vec2::new(0.0, galley.size().y / 2.0);
        ui.painter().galley(at - up, galley, color);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name).on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// How full the modem's memory is: a bar and words, amber when it is nearly full.
pub fn storage_ui(ui: &mut Ui, (used, total): (u16, u16)) {
    if total == 0 {
        return;
    }
    let p = theme::palette(ui);
    let full = nearly_full((used, total));
    let words = text::sending::storage(used, total);
    let color = if full { p.doubt_text } else { p.weak };
    label::styled(ui, &words, theme::font(type_size::CAPTION), color);
    let color = if full { p.doubt_text } else { p.accent };
    let share = progress::Share { count: u32::from(used), color };
    progress::bar(ui, &[share], u32::from(total), &words);
    if full {
        let font = theme::font(type_size::CAPTION);
        label::styled(ui, text::sending::STORAGE_FULL, font, p.doubt_text);
    }
}

fn nearly_full((used, total): (u16, u16)) -> bool {
    total > 0 && u32::from(used) * 10 >= u32::from(total) * 9
}

fn more_menu_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let button = icon_button(ui, icons::ICON_MORE_VERT, text::MORE);
    egui::Popup::menu(&button).show(|ui| {
        let outbox = match cx.model.sending.count(&cx.model.phone) {
            0 => text::sending::OUTBOX.to_owned(),
            count => format!("{} ({count})", text::sending::OUTBOX),
        };
        let write = Action::NewText(String::new());
        let entries: [(Icon, &str, Action); 10] = [
            (icons::ICON_EDIT_SQUARE, text::message::WRITE_TEXT, write),
            (icons::ICON_GROUPS, text::sending::SEND_TO_LIST, Action::Sending(Ask::OpenList)),
            (icons::ICON_OUTBOX, &outbox, Action::Show(Page::Outbox)),
            (icons::ICON_SEARCH, text::GO_TO_SEARCH, Action::Focus(Field::Search)),
            (icons::ICON_TAG, text::codes::CODES, Action::Show(Page::Codes)),
            (icons::ICON_TUNE, text::codes::SERVICES, Action::Show(Page::Services)),
            (icons::ICON_SIM_CARD, text::sim::PHONEBOOK, Action::Show(Page::SimPhonebook)),
            (icons::ICON_TERMINAL, text::CONSOLE, Action::Show(Page::Console)),
            (icons::ICON_SETTINGS, text::SETTINGS, Action::Show(Page::Settings)),
            (icons::ICON_KEYBOARD, text::SHORTCUTS, Action::Shortcuts(true)),
        ];
        menu::entries(ui, 180.0, |ui| {
            for (symbol, word, action) in entries {
                if menu::item(ui, symbol, word) {
                    actions.push(action);
                }
            }
        });
    });
}

/// Operator, technology, bars and dBm, SIM: what fits, the rest on hover.
fn network_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let phone = &cx.model.phone;
    let network = &phone.network;
    let room = ui.available_width() >= 40.0 || pin_wanted(&network.sim);
    if !phone.link.ready() || !room {
        return;
    }
    let p = theme::palette(ui);
    let all = network_words(network);
    let start = ui.cursor().min;
    if pin_wanted(&network.sim) {
        let word = text::link::sim(&network.sim);
        let button = Button::new(&word).icon(icons::ICON_LOCK).kind(Kind::Plain);
        let button = match button.width(ui) <= ui.available_width() {
            true => button.show(ui),
            false => {
                let (lock, side) = (icons::ICON_LOCK, size::CONTROL);
                button::icon_button_sized(ui, lock, &word, side, p.doubt_text)
            }
        };
        on_click(&button, actions, Action::PinDialog(true));
        return;
    }
    ui.add_space(space::SMALL);
    signal::bars(ui, network.signal.map(|signal| signal.bars()));
    ui.add_space(space::TIGHT);
    let room = ui.available_width();
    if room < LEAST_WORD {
        return;
    }
    let font = theme::font(type_size::CAPTION + 1.0);
    let mut line = String::new();
    for word in &all {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} · {word}") };
        let width = ui.painter().layout_no_wrap(longer.clone(), font.clone(), p.text).size().x;
        if width > room && !line.is_empty() {
            break;
        }
        line = longer;
    }
    let warn = network_warns(network) || network.message_storage.is_some_and(nearly_full);
    let color = if warn { p.doubt_text } else { p.text };
    label::foreign(ui, &line, font, color);
    let whole = Rect::from_min_max(start, ui.min_rect().max);
    let response = ui.interact(whole, ui.scope_id().with("network"), Sense::hover());
    response.on_hover_text(all.join("\n"));
}

/// True when the SIM wants a code.
pub fn pin_wanted(sim: &SimState) -> bool {
    matches!(sim, SimState::PinRequired(_) | SimState::PukRequired(_))
}

fn network_warns(network: &NetworkState) -> bool {
    let fine = matches!(
        registration_told(network),
        Registration::Home | Registration::Roaming | Registration::Unknown
    );
    !fine || matches!(network.sim, SimState::NotInserted | SimState::Failure | SimState::Locked(_))
}

/// The state of the network in the order of its weight.
fn network_words(network: &NetworkState) -> Vec<String> {
    let mut words = Vec::new();
    let registration = text::link::registration(registration_told(network));
    let sim = text::link::sim(&network.sim);
    let sim_is_fine = network.sim == SimState::Ready;
    if !sim_is_fine && !sim.is_empty() {
        words.push(sim.clone());
    }
    if !network.operator.is_empty() {
        words.push(crate::ui::safe_text::line(&network.operator, 40));
    }
    if !registration.is_empty() {
        words.push(registration.to_owned());
    }
    if let Some(technology) = network.access_technology {
        words.push(technology.word().to_owned());
    }
    match network.signal {
        Some(signal) => words.push(format!("−{} dBm", signal.rssi_dbm().unsigned_abs())),
        None if network.registration.registered() => {}
        None => words.push("No signal".to_owned()),
    }
    if sim_is_fine {
        words.push(sim);
    }
    if let Some(percent) = network.battery_percent {
        words.push(format!("Battery {percent} %"));
    }
    if let Some((used, total)) = network.message_storage
        && nearly_full((used, total))
    {
        words.push(text::sending::storage(used, total));
    }
    words
}

/// Why the link does not stand and what to do, across the window.
pub fn banner_ui(ui: &mut Ui, cx: &ViewContext<'_>, view: &mut View, actions: &mut Actions) {
    let (address, reason, advice, retrying, silent) = match &cx.model.phone.link {
        LinkState::Silent { address, reason, advice } => (address, reason, advice, false, true),
        LinkState::Failed { address, reason, advice, retrying } => {
            (address, reason, advice, *retrying, false)
        }
        _ => return,
    };
    let p = theme::palette(ui);
    let (fill, color, symbol) = if silent {
        (p.doubt_soft, p.doubt_text, icons::ICON_WARNING)
    } else {
        (p.danger_soft, p.danger_text, icons::ICON_ERROR)
    };
    let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(16, 8));
    Panel::top("banner").resizable(false).show_separator_line(false).frame(frame).show(ui, |ui| {
        let buttons = |ui: &mut Ui, view: &mut View, actions: &mut Actions| {
            let again = Command::Link(LinkCommand::Connect(address.clone()));
            if !retrying || cx.layout.width != Width::Narrow {
                let retry = Button::new(text::link::RETRY).icon(icons::ICON_REFRESH);
                on_click(&retry.show(ui), actions, Action::Command(again));
            }
            if let Some(command) = command_in(advice) {
                let copy = Button::new(text::link::COPY_COMMAND)
                    .icon(icons::ICON_CONTENT_COPY)
                    .tip(command)
                    .show(ui);
                on_click(&copy, actions, Action::Copy(command.to_owned()));
            }
            if Button::new("Other port").show(ui).clicked() {
                view.picker = true;
            }
            let stop = Action::Command(Command::Link(LinkCommand::Disconnect));
            on_click(&Button::new(text::link::DISCONNECT).show(ui), actions, stop);
        };
        // Where it is narrow the buttons have the whole width, so that no word is cut.
        let narrow = cx.layout.width == Width::Narrow;
        ui.horizontal_top(|ui| {
            icon::show(ui, symbol, 20.0, color);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let line = label::styled(ui, reason, theme::strong(type_size::BODY), p.text);
                label::announce(&line);
                if !advice.is_empty() {
                    let advice = advice.replace('`', "");
                    label::styled(ui, &advice, theme::font(type_size::CAPTION + 1.0), p.text);
                }
                if !narrow {
                    ui.add_space(space::TIGHT);
                    ui.horizontal_wrapped(|ui| buttons(ui, view, actions));
                }
            });
        });
        if narrow {
            ui.spacing_mut().item_spacing = Vec2::splat(space::TIGHT);
            ui.add_space(space::TIGHT);
            ui.horizontal_wrapped(|ui| buttons(ui, view, actions));
        }
    });
}

/// The shell command in an advice: between back quotes, or from `sudo` on.
fn command_in(advice: &str) -> Option<&str> {
    if let Some((_, rest)) = advice.split_once('`')
        && let Some((command, _)) = rest.split_once('`')
    {
        return Some(command.trim()).filter(|command| !command.is_empty());
    }
    let start = advice.find("sudo ")?;
    let rest = &advice[start..];
    let end = rest.find(['\n', ',', ';', '–', '”', '"']).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_of_an_advice_can_be_copied() {
        assert_eq!(
            command_in("Run `sudo usermod -aG dialout $USER`, then"),
            Some("sudo usermod -aG dialout $USER")
        );
        assert_eq!(
            command_in("Run: sudo systemctl stop ModemManager"),
            Some("sudo systemctl stop ModemManager")
        );
        assert_eq!(
            command_in("Run: sudo usermod -aG dialout ada – then log out and in again"),
            Some("sudo usermod -aG dialout ada")
        );
        assert_eq!(command_in("Plug it in again"), None);
    }
}
