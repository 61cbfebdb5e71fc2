//! The services of the network as switches. Nothing is shown that the network did not say: a change
//! is shown when its answer has come.

mod forms;

use super::head_ui;
use super::settings::margin;
use crate::phone::{
    Barring, Command, ForwardingReason, OwnNumber, Service, ServiceAction, ServiceRequest,
};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::model::ViewContext;
use crate::ui::text::codes as words;
use crate::ui::theme::{self, space, type_size};
use crate::ui::widget::{
    Button, Kind, button, empty, icon, icon::icons, icon_button, label, toggle,
};
use crate::ui::{on_click, safe_text};
use egui::{Frame, ScrollArea, Ui};
use forms::Form;

/// Below this width the title is short.
const NARROW: f32 = 300.0;
/// The four conditions.
const FORWARDING: [Service; 4] = [
    Service::Forwarding(ForwardingReason::Unconditional),
    Service::Forwarding(ForwardingReason::Busy),
    Service::Forwarding(ForwardingReason::NoReply),
    Service::Forwarding(ForwardingReason::NotReachable),
];
/// What can be barred.
const BARRING: [Service; 5] = [
    Service::Barring(Barring::Outgoing),
    Service::Barring(Barring::OutgoingInternational),
    Service::Barring(Barring::OutgoingInternationalExceptHome),
    Service::Barring(Barring::Incoming),
    Service::Barring(Barring::IncomingRoaming),
];
/// What can only be asked for.
const NUMBERS: [Service; 2] = [Service::CallerNumber, Service::ConnectedNumber];

/// How calls that ask for nothing show the own number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OwnChoice {
    /// Nobody said.
    Unknown,
    /// Hidden.
    Hide,
    /// Shown.
    Show,
    /// The modem asks for neither: as it is in the contract (`+CLIR=0`, 27.007 §7.7).
    Contract,
}

/// The form that is open, and what is typed into it.
#[derive(Default)]
pub struct ServicesPage {
    form: Option<Form>,
}

impl ServicesPage {
    /// The page was left: a password typed is forgotten.
    pub fn close(&mut self) {
        self.form = None;
    }

    /// The page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let title = if ui.available_width() < NARROW { words::SHORT } else { words::SERVICES };
        head_ui(ui, cx, (title, true), actions, |ui, actions| {
            let codes = icon_button(ui, icons::ICON_DIALPAD, words::CODES);
            on_click(&codes, actions, Action::Show(Page::Codes));
        });
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            Frame::new().inner_margin(margin(ui)).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(560.0));
                ui.spacing_mut().item_spacing.y = space::SMALL;
                label::caption(ui, words::SERVICES_WHY);
                if !cx.model.phone.link.ready() {
                    empty::problem(ui, words::NO_MODEM);
                }
                group(ui, cx, (words::FORWARDING, ""), &FORWARDING, actions, |ui, actions| {
                    self.rows_ui(ui, cx, &FORWARDING, actions);
                });
                let waiting = [Service::Waiting];
                let heads = (words::WAITING, words::WAITING_WHY);
                group(ui, cx, heads, &waiting, actions, |ui, actions| {
                    self.rows_ui(ui, cx, &waiting, actions);
                });
                let own = [Service::HideOwnNumber];
                let heads = (words::OWN_NUMBER, words::OWN_NUMBER_WHY);
                group(ui, cx, heads, &own, actions, |ui, actions| own_ui(ui, cx, actions));
                let heads = (words::NUMBERS, words::NUMBERS_WHY);
                group(ui, cx, heads, &NUMBERS, actions, |ui, actions| {
                    self.rows_ui(ui, cx, &NUMBERS, actions);
                });
                let heads = (words::BARRING, words::BARRING_WHY);
                group(ui, cx, heads, &BARRING, actions, |ui, actions| {
                    self.rows_ui(ui, cx, &BARRING, actions);
                    self.all_off_ui(ui, cx, actions);
                });
            });
        });
    }

    fn rows_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        services: &[Service],
        actions: &mut Actions,
    ) {
        for (at, service) in services.iter().enumerate() {
            if at > 0 {
                ui.separator();
            }
            ui.push_id(service, |ui| self.row_ui(ui, cx, *service, actions));
        }
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        service: Service,
        actions: &mut Actions,
    ) {
        let busy = cx.model.codes.under_way(service).is_some();
        let known = cx.model.phone.services.get(&service);
        match (service, known) {
            (Service::Waiting | Service::Barring(_), Some(state)) => {
                self.switch_ui(ui, (service, state.on_for_voice()), busy, actions);
            }
            _ => {
                label::strong(ui, words::short(service));
            }
        }
        state_ui(ui, cx, service);
        let open = self.form.as_ref().is_some_and(|form| form.service == service);
        if open {
            self.form_ui(ui, cx, actions);
            return;
        }
        if !cx.model.phone.link.ready() || busy {
            return;
        }
        match service {
            Service::Forwarding(_) => {
                let name = words::change_name(service);
                let change = Button::new(words::CHANGE).name(&name).show(ui);
                if change.clicked() {
                    self.form = Some(Form::forwarding(service, known));
                }
            }
            // The network would not say how it stands, but may take a change.
            Service::Waiting | Service::Barring(_)
                if known.is_none() && cx.model.codes.refused(service).is_some() =>
            {
                ui.horizontal_wrapped(|ui| {
                    for (word, on) in [(words::SWITCH_ON, true), (words::SWITCH_OFF, false)] {
                        if Button::new(word).show(ui).clicked() {
                            self.switch(service, on, actions);
                        }
                    }
                });
            }
            _ => {}
        }
    }

    /// The switch as the network has it; a click asks, and moves nothing.
    fn switch_ui(
        &mut self,
        ui: &mut Ui,
        (service, on): (Service, bool),
        busy: bool,
        actions: &mut Actions,
    ) {
        let mut wished = on;
        ui.add_enabled_ui(!busy, |ui| toggle::toggle_ui(ui, &mut wished, words::short(service)));
        if wished != on {
            self.switch(service, wished, actions);
        }
    }

    fn switch(&mut self, service: Service, on: bool, actions: &mut Actions) {
        if matches!(service, Service::Barring(_)) {
            self.form = Some(Form::barring(service, on));
            return;
        }
        let action = if on { ServiceAction::Activate } else { ServiceAction::Deactivate };
        actions
            .command(Command::Service(ServiceRequest { action, ..ServiceRequest::query(service) }));
    }

    fn all_off_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        let all = Service::Barring(Barring::All);
        ui.separator();
        if self.form.as_ref().is_some_and(|form| form.service == all) {
            label::strong(ui, words::short(all));
            self.form_ui(ui, cx, actions);
            return;
        }
        refused_ui(ui, cx, all);
        let busy = cx.model.codes.under_way(all).is_some() || !cx.model.phone.link.ready();
        let why = busy.then_some(words::NO_MODEM);
        let off = Button::new(words::ALL_BARRING_OFF).disabled_because(why).show(ui);
        if off.clicked() {
            self.form = Some(Form::barring(all, false));
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
        if let Some(form) = &mut self.form
            && form.ui(ui, cx, actions)
        {
            self.form = None;
        }
    }
}

/// Heading, why, the button that asks, and the rows.
fn group(
    ui: &mut Ui,
    cx: &ViewContext<'_>,
    (title, why): (&str, &str),
    services: &[Service],
    actions: &mut Actions,
    add: impl FnOnce(&mut Ui, &mut Actions),
) {
    let p = theme::palette(ui);
    ui.add_space(space::SMALL);
    label::styled(ui, title, theme::strong(type_size::NAME), p.text);
    super::card_frame(ui).inner_margin(margin(ui)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if !why.is_empty() {
            label::caption(ui, why);
        }
        let asking = services.iter().any(|one| cx.model.codes.under_way(*one).is_some());
        let reason = match () {
            () if !cx.model.phone.link.ready() => Some(words::NO_MODEM),
            () if asking => Some(words::ASKING),
            () => None,
        };
        let name = format!("{}: {title}", words::ASK);
        let word = if asking { words::ASKING } else { words::ASK };
        let mut ask = Button::new(word).name(&name).disabled_because(reason);
        // The words come first where there is no room for both.
        if ui.available_width() >= NARROW - 40.0 {
            ask = ask.icon(icons::ICON_REFRESH);
        }
        let ask = ask.show(ui);
        if ask.clicked() {
            for service in services {
                actions.command(Command::Service(ServiceRequest::query(*service)));
            }
        }
        ui.separator();
        add(ui, actions);
    });
}

/// How it stands, that it is being asked, and why it was refused.
fn state_ui(ui: &mut Ui, cx: &ViewContext<'_>, service: Service) {
    let p = theme::palette(ui);
    let known = cx.model.phone.services.get(&service);
    match known {
        Some(state) => {
            let line = safe_text::line(&words::state(state), 300);
            label::announce(&label::body(ui, &line));
        }
        None if cx.model.codes.under_way(service).is_none() => {
            label::caption(ui, words::NOT_ASKED);
        }
        None => {}
    }
    if let Some(changing) = cx.model.codes.under_way(service) {
        ui.horizontal_top(|ui| {
            icon::show(ui, icons::ICON_HOURGLASS_EMPTY, 16.0, p.weak);
            label::caption(ui, if changing { words::CHANGING } else { words::ASKING });
        });
    }
    refused_ui(ui, cx, service);
}

fn refused_ui(ui: &mut Ui, cx: &ViewContext<'_>, service: Service) {
    if let Some(why) = cx.model.codes.refused(service) {
        empty::problem(ui, &safe_text::line(&why.cause, 300));
        if !why.advice.is_empty() {
            label::caption(ui, &safe_text::line(&why.advice, 300));
        }
    }
}

fn own_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let service = Service::HideOwnNumber;
    label::strong(ui, words::short(service));
    state_ui(ui, cx, service);
    let ready = cx.model.phone.link.ready() && cx.model.codes.under_way(service).is_none();
    let own = cx.model.phone.services.get(&service).and_then(|state| state.own_number);
    let now = match own {
        Some(OwnNumber::AlwaysHidden | OwnNumber::HiddenByDefault) => OwnChoice::Hide,
        Some(OwnNumber::ShownByDefault | OwnNumber::NotProvided) => OwnChoice::Show,
        _ => OwnChoice::Unknown,
    };
    let choices = [
        (OwnChoice::Hide, words::HIDE),
        (OwnChoice::Show, words::SHOW),
        (OwnChoice::Contract, words::AS_CONTRACT),
    ];
    let picked = ui.add_enabled_ui(ready, |ui| button::segmented(ui, now, &choices)).inner;
    if let Some(picked) = picked.filter(|_| ready) {
        let action = match picked {
            OwnChoice::Hide => ServiceAction::Activate,
            OwnChoice::Show => ServiceAction::Deactivate,
            OwnChoice::Contract | OwnChoice::Unknown => ServiceAction::Erase,
        };
        actions
            .command(Command::Service(ServiceRequest { action, ..ServiceRequest::query(service) }));
    }
}

/// The way to this page, from the settings.
pub fn button_ui(ui: &mut Ui, actions: &mut Actions) {
    let services = Button::new(words::SERVICES).icon(icons::ICON_TUNE).kind(Kind::Quiet);
    on_click(&services.show(ui), actions, Action::Show(Page::Services));
}
