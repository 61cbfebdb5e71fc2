//! The form of a service: where calls are forwarded to and after how long, or the password that
//! barring needs.

use crate::number::DialString;
use crate::phone::{
    Command, ForwardingReason, Secret, Service, ServiceAction, ServiceRequest, ServiceState,
};
use crate::ui::action::Actions;
use crate::ui::model::ViewContext;
use crate::ui::page::number_offers;
use crate::ui::text::{self, codes as words};
use crate::ui::widget::field::Field;
use crate::ui::widget::{Button, Kind, button, empty, label};
use egui::{Id, Key, Ui};

/// Seconds before a call without an answer is forwarded (27.007 §7.11).
const SECONDS: [(u8, &str); 6] =
    [(5, "5"), (10, "10"), (15, "15"), (20, "20"), (25, "25"), (30, "30")];
/// Digits of the password (22.030 §6.5.4).
const PASSWORD_DIGITS: usize = 4;

/// What is typed.
pub struct Form {
    /// Whose form it is.
    pub service: Service,
    /// What the button does.
    on: bool,
    number: String,
    seconds: u8,
    /// Never kept: it leaves with the form.
    password: String,
    problem: String,
    fresh: bool,
}

impl Form {
    /// Where calls go, filled with what the network has.
    pub fn forwarding(service: Service, known: Option<&ServiceState>) -> Self {
        let lines = known.map(|state| state.lines.as_slice()).unwrap_or_default();
        let number = lines.iter().find_map(|line| line.number.as_ref());
        let seconds = lines.iter().find_map(|line| line.seconds).unwrap_or(20);
        Form {
            number: number.map(|number| number.as_str().to_owned()).unwrap_or_default(),
            seconds: seconds.div_ceil(5).clamp(1, 6) * 5,
            ..Form::barring(service, true)
        }
    }

    /// The password to switch this on, or off.
    pub fn barring(service: Service, on: bool) -> Self {
        Form {
            service,
            on,
            number: String::new(),
            seconds: 20,
            password: String::new(),
            problem: String::new(),
            fresh: true,
        }
    }

    /// The form; true when it is to close.
    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewContext<'_>, actions: &mut Actions) -> bool {
        let fresh = std::mem::take(&mut self.fresh);
        match self.service {
            Service::Forwarding(_) => self.forwarding_ui(ui, cx, fresh, actions),
            _ => self.barring_ui(ui, fresh, actions),
        }
    }

    fn forwarding_ui(
        &mut self,
        ui: &mut Ui,
        cx: &ViewContext<'_>,
        fresh: bool,
        actions: &mut Actions,
    ) -> bool {
        label::above_field(ui, words::FORWARD_TO);
        let field = Field::new(Id::unique("forward to"), words::FORWARD_TO)
            .hint(words::FORWARD_HINT)
            .error(!self.problem.is_empty())
            .width((ui.available_width() - 24.0).clamp(80.0, 240.0));
        let response = field.show(ui, &mut self.number).response.response;
        if fresh {
            response.request_focus();
        }
        if response.changed() {
            self.problem.clear();
        }
        let mut enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if enter && number_offers::take_first(cx, &mut self.number) {
            // The number is seen before calls go there.
            enter = false;
            response.request_focus();
        }
        if number_offers::offers_ui(ui, cx, "forward", &mut self.number) {
            self.problem.clear();
            response.request_focus();
        }
        if self.service == Service::Forwarding(ForwardingReason::NoReply) {
            label::caption(ui, words::AFTER_SECONDS);
            if let Some(seconds) = button::segmented(ui, self.seconds, &SECONDS) {
                self.seconds = seconds;
            }
        }
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
        let known = cx.model.phone.services.get(&self.service);
        let lines = known.map(|state| state.lines.as_slice()).unwrap_or_default();
        let may_be_on = known.is_none() || lines.iter().any(|line| line.active);
        let may_be_kept = known.is_none() || lines.iter().any(|line| line.number.is_some());
        let mut wish = None;
        let mut close = false;
        ui.horizontal_wrapped(|ui| {
            let on = Button::new(words::SWITCH_ON).kind(Kind::Primary).show(ui).clicked();
            if on && number_offers::take_first(cx, &mut self.number) {
                response.request_focus();
            } else if on || enter {
                wish = self.register();
                if wish.is_none() {
                    response.request_focus();
                }
            }
            if may_be_on && Button::new(words::SWITCH_OFF).show(ui).clicked() {
                wish = Some(ServiceAction::Deactivate);
            }
            if may_be_kept && Button::new(words::FORGET).kind(Kind::QuietDanger).show(ui).clicked()
            {
                wish = Some(ServiceAction::Erase);
            }
            close = Button::new(text::CANCEL).kind(Kind::Quiet).show(ui).clicked();
        });
        if let Some(action) = wish {
            let query = ServiceRequest::query(self.service);
            actions.command(Command::Service(ServiceRequest { action, ..query }));
            return true;
        }
        close
    }

    /// The wish to forward to what is typed; what is wrong with it is shown.
    fn register(&mut self) -> Option<ServiceAction> {
        if self.number.trim().is_empty() {
            words::NUMBER_MISSING.clone_into(&mut self.problem);
            return None;
        }
        match DialString::parse(self.number.trim()) {
            Ok(number) if !number.as_str().contains(['*', '#']) => {
                let timed = self.service == Service::Forwarding(ForwardingReason::NoReply);
                let seconds = timed.then_some(self.seconds);
                Some(ServiceAction::Register { number: number.to_number(), seconds })
            }
            Ok(_) => {
                words::NUMBER_MISSING.clone_into(&mut self.problem);
                None
            }
            Err(error) => {
                self.problem = error.to_string();
                None
            }
        }
    }

    fn barring_ui(&mut self, ui: &mut Ui, fresh: bool, actions: &mut Actions) -> bool {
        label::above_field(ui, words::PASSWORD);
        let field = Field::new(Id::unique("barring password"), words::PASSWORD)
            .password()
            .error(!self.problem.is_empty())
            .width(120.0);
        let response = field.show(ui, &mut self.password).response.response;
        if fresh {
            response.request_focus();
        }
        self.password.retain(|c| c.is_ascii_digit());
        self.password.truncate(PASSWORD_DIGITS);
        if response.changed() {
            self.problem.clear();
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !self.problem.is_empty() {
            empty::problem(ui, &self.problem);
        }
        let (mut go, mut close) = (enter, false);
        ui.horizontal_wrapped(|ui| {
            let word = if self.on { words::SWITCH_ON } else { words::SWITCH_OFF };
            go |= Button::new(word).kind(Kind::Primary).show(ui).clicked();
            close = Button::new(text::CANCEL).kind(Kind::Quiet).show(ui).clicked();
        });
        if !go {
            return close;
        }
        if self.password.len() != PASSWORD_DIGITS {
            words::PASSWORD_SHAPE.clone_into(&mut self.problem);
            return false;
        }
        let action = if self.on { ServiceAction::Activate } else { ServiceAction::Deactivate };
        let password = Some(Secret(std::mem::take(&mut self.password)));
        let query = ServiceRequest::query(self.service);
        actions.command(Command::Service(ServiceRequest { action, password, ..query }));
        true
    }
}
