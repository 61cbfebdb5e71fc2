//! The services of the network as switches. Nothing is shown that the network did not say: a change
//! is shown when its answer has come.

mod forms;

use super::head_ui;
use super::settings::margin;
use crate::phone::{
    Barring, Command, Diagnosis, ForwardingReason, NetworkState, OwnNumber, Registration, Service,
    ServiceAction, ServiceClass, ServiceLine, ServiceRequest, SimState, VoiceCapability, readiness,
};
use crate::ui::action::{Action, Actions, Page};
use crate::ui::model::ViewContext;
use crate::ui::text::codes as words;
use crate::ui::theme::{self, size, space, type_size};
use crate::ui::widget::{
    Button, Kind, at_right, button, empty, icon, icon::icons, icon_button, label, still, toggle,
};
use crate::ui::{on_click, safe_text};
use egui::{Align, Frame, Layout, ScrollArea, Ui, Vec2};
use forms::Form;

/// Below this width the title is short.
const NARROW: f32 = 300.0;
/// A button stands beside words that have at least this room, in points.
const BESIDE: f32 = 180.0;
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
        still::area(
            ui,
            ScrollArea::vertical().id_salt("services").auto_shrink([false, false]),
            |ui| {
                Frame::new().inner_margin(margin(ui)).show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(560.0));
                    ui.spacing_mut().item_spacing.y = space::SMALL;
                    label::caption(ui, words::SERVICES_WHY);
                    super::codes::played_ui(ui, cx);
                    standing_ui(ui, cx);
                    if let Some(why) = no_way(cx) {
                        empty::problem(ui, &why.cause);
                        let more = words::nothing_asked(&why.advice);
                        if !more.is_empty() {
                            label::caption(ui, &more);
                        }
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
            },
        );
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
            still::mark(ui, service);
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
        let known = cx.model.phone.services.get(&service);
        let open = self.form.as_ref().is_some_and(|form| form.service == service);
        let why_not = why_not(cx, &[service]);
        let usable = why_not.is_none();
        let switched = matches!(service, Service::Waiting | Service::Barring(_));
        match (service, known) {
            (_, Some(state)) if switched => {
                self.switch_ui(ui, (service, state.on_for_voice()), usable, actions);
                state_ui(ui, cx, service);
            }
            _ if switched => {
                toggle::untold_ui(ui, words::short(service));
                state_ui(ui, cx, service);
            }
            (Service::Forwarding(_), _) if !open => {
                self.forwarding_ui(ui, cx, service, why_not.as_deref());
            }
            _ => {
                label::body(ui, words::short(service));
                state_ui(ui, cx, service);
            }
        }
        if open {
            self.form_ui(ui, cx, actions);
            return;
        }
        // The network would not say how it stands, but may take a change.
        let refused = cx.model.codes.refused(service).is_some();
        if usable && switched && known.is_none() && refused {
            ui.horizontal_wrapped(|ui| {
                for (word, on) in [(words::SWITCH_ON, true), (words::SWITCH_OFF, false)] {
                    if Button::new(word).show(ui).clicked() {
                        self.switch(service, on, actions);
                    }
                }
            });
        }
    }

    /// Name and state, and beside them, where there is room, the button that opens the form. It
    /// keeps its place while the network is asked.
    fn forwarding_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        service: Service,
        why_not: Option<&str>,
    ) {
        let name = words::change_name(service);
        let button = Button::new(words::CHANGE).name(&name).disabled_because(why_not);
        let room = ui.available_width() - button.width(ui) - ui.spacing().item_spacing.x;
        let words_ui = |ui: &mut Ui| {
            label::body(ui, words::short(service));
            state_ui(ui, cx, service);
        };
        let change = match room >= BESIDE {
            true => {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(room);
                        words_ui(ui);
                    });
                    button.show(ui)
                })
                .inner
            }
            false => {
                words_ui(ui);
                button.show(ui)
            }
        };
        if change.clicked() {
            let known = cx.model.phone.services.get(&service);
            self.form = Some(Form::forwarding(service, known));
        }
    }

    /// The switch as the network has it; a click asks, and moves nothing.
    fn switch_ui(
        &mut self,
        ui: &mut Ui,
        (service, on): (Service, bool),
        usable: bool,
        actions: &mut Actions,
    ) {
        let mut wished = on;
        ui.add_enabled_ui(usable, |ui| toggle::toggle_ui(ui, &mut wished, words::short(service)));
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
            label::body(ui, words::short(all));
            self.form_ui(ui, cx, actions);
            return;
        }
        refused_ui(ui, cx, all);
        let why = why_not(cx, &[all]);
        let off = Button::new(words::ALL_BARRING_OFF).disabled_because(why.as_deref()).show(ui);
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
    still::mark(ui, title);
    let asking = services.iter().any(|one| cx.model.codes.under_way(*one).is_some());
    let reason = why_not(cx, services);
    let name = format!("{}: {title}", words::ASK);
    let word = if asking { words::ASKING } else { words::ASK };
    let ask = Button::new(word).name(&name).kind(Kind::Quiet).icon(icons::ICON_REFRESH);
    let ask = ask.disabled_because(reason.as_deref());
    let font = theme::strong(type_size::NAME);
    let taken = ui.painter().layout_no_wrap(title.to_owned(), font.clone(), p.text).size().x;
    // The words come first where there is no room for both.
    let beside = ui.available_width() >= taken + ask.width(ui) + space::ITEM;
    ui.add_space(space::SMALL);
    let heading = |ui: &mut Ui| label::styled(ui, title, font, p.text);
    let ask = match beside {
        true => {
            let row = Vec2::new(ui.available_width(), size::CONTROL);
            let layout = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(row, layout, |ui| {
                heading(ui);
                at_right::show(ui, title, |ui| ask.show(ui))
            })
            .inner
        }
        false => {
            heading(ui);
            ask.show(ui)
        }
    };
    if ask.clicked() {
        for service in services {
            actions.command(Command::Service(ServiceRequest::query(*service)));
        }
    }
    super::card_frame(ui).inner_margin(margin(ui)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if !why.is_empty() {
            label::caption(ui, why);
            ui.separator();
        }
        add(ui, actions);
    });
}

/// Why the network can't be asked at all: without service there is nobody to ask, and what it
/// refuses then says nothing about the contract.
fn no_way(cx: &ViewContext<'_>) -> Option<Diagnosis> {
    let phone = &cx.model.phone;
    if !phone.link.ready() {
        return Some(Diagnosis::new(words::NO_MODEM, ""));
    }
    let sim = matches!(phone.network.sim, SimState::Ready | SimState::Unknown);
    use Registration::{Denied, EmergencyOnly, NotRegistered, Searching};
    let none = [Denied, EmergencyOnly, NotRegistered, Searching];
    if sim && !none.contains(&phone.network.registration) {
        return None;
    }
    // In the words that the lamp has for it.
    let network = NetworkState { voice: VoiceCapability::Unknown, ..phone.network.clone() };
    Some(readiness(&phone.link, &network).why)
}

/// Why these can't be asked now.
fn why_not(cx: &ViewContext<'_>, services: &[Service]) -> Option<String> {
    let asking = services.iter().any(|one| cx.model.codes.under_way(*one).is_some());
    no_way(cx).map(|why| why.cause).or_else(|| asking.then(|| words::ASKING.to_owned()))
}

/// How it stands or that it is being asked, on a line that has its place from the beginning; and
/// why it was refused.
fn state_ui(ui: &mut Ui, cx: &ViewContext<'_>, service: Service) {
    let p = theme::palette(ui);
    let known = cx.model.phone.services.get(&service);
    let font = theme::font(type_size::CAPTION);
    let changing = cx.model.codes.under_way(service);
    let stands = known.map(|state| safe_text::line(&words::state(state), 300));
    match (changing, stands) {
        (Some(changing), stands) => {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::TIGHT;
                let height = ui.fonts_mut(|fonts| fonts.row_height(&font));
                icon::show(ui, icons::ICON_HOURGLASS_EMPTY, height, p.weak);
                label::caption(ui, &words::waiting(stands.as_deref(), changing));
            });
        }
        (None, Some(stands)) => {
            label::announce(&label::styled(ui, &stands, font, p.text));
        }
        // The refusal stands in its place.
        (None, None) if cx.model.codes.refused(service).is_some() => {}
        (None, None) => {
            label::caption(ui, words::NOT_ASKED);
        }
    }
    refused_ui(ui, cx, service);
}

/// What keeps calls away, whoever has switched it on: said before everything else.
fn standing_ui(ui: &mut Ui, cx: &ViewContext<'_>) {
    let p = theme::palette(ui);
    for line in standing(cx) {
        ui.horizontal_top(|ui| {
            icon::show(ui, icons::ICON_WARNING, 18.0, p.doubt_text);
            let font = theme::font(type_size::BODY);
            label::announce(&label::styled(ui, &line, font, p.doubt_text));
        });
    }
}

fn standing(cx: &ViewContext<'_>) -> Vec<String> {
    let on = |service| cx.model.phone.services.get(&service).filter(|state| state.on_for_voice());
    let mut lines = Vec::new();
    if let Some(state) = on(Service::Forwarding(ForwardingReason::Unconditional)) {
        let voice = |line: &&ServiceLine| line.active && line.class.0 & ServiceClass::VOICE.0 != 0;
        let number = state.lines.iter().find(voice).and_then(|line| line.number.as_ref());
        let whom = number.map(|number| safe_text::line(&cx.name(number), 60));
        lines.push(words::all_forwarded(whom.as_deref()));
    }
    for what in [Barring::Outgoing, Barring::Incoming] {
        if on(Service::Barring(what)).is_some() {
            lines.push(words::barred(what).to_owned());
        }
    }
    lines
}

fn refused_ui(ui: &mut Ui, cx: &ViewContext<'_>, service: Service) {
    if let Some(why) = cx.model.codes.refused(service) {
        empty::problem(ui, &safe_text::line(&why.cause, 300));
        if !why.advice.is_empty() && no_way(cx).is_none() {
            label::caption(ui, &safe_text::line(&why.advice, 300));
        }
    }
}

fn own_ui(ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) {
    let service = Service::HideOwnNumber;
    still::mark(ui, service);
    label::body(ui, words::short(service));
    state_ui(ui, cx, service);
    let ready = why_not(cx, &[service]).is_none();
    let own = cx.model.phone.services.get(&service).and_then(|state| state.own_number);
    let now = match own {
        Some(OwnNumber::AlwaysHidden | OwnNumber::HiddenByDefault) => OwnChoice::Hide,
        Some(OwnNumber::ShownByDefault | OwnNumber::NotProvided) => OwnChoice::Show,
        Some(OwnNumber::HiddenByContract | OwnNumber::ShownByContract) => OwnChoice::Contract,
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
